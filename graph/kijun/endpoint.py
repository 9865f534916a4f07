"""The SPARQL 1.1 Protocol endpoint as a web application: queries only, one graph."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kijun.errors import BadInput, KijunError, LimitReached
from kijun.exchange import Forms, Unwanted
from kijun.negotiation import GRAPHS, RESULTS, Offer, best
from kijun.protocol import LARGEST, METHODS, Asked, Refused, read_request
from kijun.query_text import read_query
from kijun.service_description import description
from kijun.workers import Busy, Workers

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from kijun.store import Snapshot

_WATCH_AFTER = 0.1
"""After how many seconds it is looked whether anybody still waits for an answer."""

_PAGE = Offer("text/html", "")
_ALLOW = {"allow": ", ".join(METHODS)}
# The answer depends on what is accepted, and may hold what is in a profile.
_HEADERS = {"vary": "Accept", "cache-control": "no-store"}


class Endpoint:
    """Answers the requests at one address.

    ``notes`` are what a reader of the graph should know first, each with its language.
    """

    def __init__(
        self, snapshot: Snapshot, workers: Workers, notes: Sequence[tuple[str, str]] = ()
    ) -> None:
        self._workers = workers
        self._notes = notes
        self._graphs = frozenset(
            graph.value for graph in snapshot.store.named_graphs() if isinstance(graph, NamedNode)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; who does not wait for the answer ends the query."""
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        try:
            if request.method not in METHODS:
                return _said(405, f"{request.method} is not understood here", _ALLOW)
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=_ALLOW)
            asked = read_request(
                request.method,
                request.scope["query_string"],
                request.headers,
                await _body(request),
            )
            if asked is None:
                return self._description(request)
            return await self._answer(request, asked)
        except Refused as error:
            return _said(error.status, str(error))
        except Unwanted as error:
            return _said(406, str(error))
        except BadInput as error:
            return _said(400, str(error))
        except Busy as error:
            return _said(503, str(error), {"retry-after": str(error.after)})
        except LimitReached as error:
            return _said(503, str(error))
        except KijunError as error:
            return _said(500, str(error))

    def _description(self, request: Request) -> Response:
        offer = best(_accepted(request), (*GRAPHS, _PAGE))
        if offer is None:
            raise _unacceptable(GRAPHS)
        if offer is _PAGE:
            return RedirectResponse("/query", 303, _HEADERS)
        data = description(_address(request), self._graphs, self._notes, offer.form)
        return Response(data, headers={**_HEADERS, "content-type": offer.media_type})

    async def _answer(self, request: Request, asked: Asked) -> Response:
        code = read_query(asked.text)
        accept = _accepted(request)
        results, graph = best(accept, RESULTS), best(accept, GRAPHS)
        if results is None and graph is None:
            raise _unacceptable((*RESULTS[:4], *GRAPHS[:4]))
        forms = Forms(results.form if results else None, graph.form if graph else None)
        query = asyncio.ensure_future(
            self._workers.answer(code, forms, dataset=asked.dataset, base=_address(request))
        )
        try:
            await asyncio.wait({query}, timeout=_WATCH_AFTER)
            if not query.done():
                await _first(query, _left(request))
            kind, data = query.result()
        finally:
            query.cancel()
        offer = graph if kind == "construct" else results
        assert offer is not None
        return Response(data, headers={**_HEADERS, "content-type": offer.media_type})


def _said(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    more = {**_HEADERS, **(headers or {}), "content-type": "text/plain; charset=utf-8"}
    return Response(f"{text}\n", status, more)


def _accepted(request: Request) -> str | None:
    return ", ".join(request.headers.getlist("accept")) or None


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _unacceptable(offers: Sequence[Offer]) -> Unwanted:
    known = ", ".join(offer.media_type.partition(";")[0] for offer in offers)
    return Unwanted(f"nothing that is accepted can be answered; accept one of {known}")


async def _body(request: Request) -> bytes:
    """Return the body of a request, as long as it is not too large."""
    if request.method != "POST":
        return b""
    data = b""
    too_large = Refused(413, f"the body is larger than the {LARGEST} bytes allowed; shorten it")
    with suppress(ValueError):
        if int(request.headers.get("content-length", 0)) > LARGEST:
            raise too_large
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise too_large
    return data


async def _first(query: asyncio.Future[Any], left: Coroutine[Any, Any, None]) -> None:
    """Wait for the answer to a query, or raise where the client leaves before."""
    leaving = asyncio.ensure_future(left)
    try:
        await asyncio.wait({query, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
    if not query.done():
        raise ClientDisconnect


async def _left(request: Request) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
