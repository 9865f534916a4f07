"""One request to a SPARQL endpoint, and everything that can go wrong with it.

What comes back is a whole, checked answer or an error, never part of one. Queries and updates go
as form POST: some servers hang on a query that is posted directly, and an address that held the
query would end up in logs.
"""

from __future__ import annotations

import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pyoxigraph

from kijun.addresses import TOKEN, Secrets, checked_address, private
from kijun.errors import BadInput, KijunError, LimitReached, MissingExtra
from kijun.remote_refusals import ATTEMPTS, BUSY, Unanswered, failure, one_line, refusal, title
from kijun.saying import worded

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

TIMEOUT = 60.0
"""How many seconds one request may take, with the reading of its answer."""

PATIENCE = 30.0
"""How many seconds are waited for a busy server before it is asked again, at most."""

LARGEST = 256 << 20
"""How many bytes an answer may have."""

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

_RESULTS = ("application/sparql-results+json", "application/json")
_TRIPLES = ("application/n-triples", "text/plain")
_PIECE = 1 << 16
# What Virtuoso says where it cut an answer; the status is 200 all the same.
_CUT_BY_TIME, _CUT_BY_ROWS = "X-SQL-State", "X-SPARQL-MaxRows"


class Solutions(NamedTuple):
    """The answer to a SELECT, or (``truth``) to an ASK."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None


class Reply(NamedTuple):
    """What came back: the body, and the fields of its header."""

    body: bytes
    fields: Mapping[str, str]


class RemoteEndpoint:
    """A server that speaks SPARQL 1.1 over HTTP.

    ``address`` answers queries, ``updates`` takes updates. ``pause`` waits, ``environment`` holds
    name and password, or a token.

    Raises:
        BadInput: an address that may not be asked, or secrets that would travel in the clear.
        MissingExtra: the extra ``remote`` is not installed.
    """

    def __init__(
        self,
        address: str,
        updates: str | None = None,
        *,
        timeout: float = TIMEOUT,
        pause: Callable[[float], None] = time.sleep,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.address = checked_address(address)
        self.updates = checked_address(updates or address)
        self.timeout = timeout
        self._pause = pause
        self._secrets = Secrets.from_environment(environment)
        for place in (self.address, self.updates):
            if self._secrets.token and not private(place):
                raise BadInput(
                    worded(
                        "{token} would travel in the clear to {hostname}; give an https address",
                        token=TOKEN,
                        hostname=urlsplit(place).hostname,
                    )
                )
        self._wrapper = _wrapper()

    def select(self, text: str, *, timeout: float | None = None) -> Solutions:
        """Return the whole answer to a SELECT or ASK.

        Raises:
            Unanswered: no whole answer came; LimitReached where a limit was the reason.
        """
        reply = self._ask(self.address, text, _RESULTS, timeout)
        if _CUT_BY_TIME in reply.fields:
            raise LimitReached(
                worded(
                    "{address} stopped the query at a limit of its own and sent part of the "
                    "answer only; ask for less, or have the limit raised",
                    address=self.address,
                )
            )
        try:
            found, fault = _solutions(reply.body), ""
        except (SyntaxError, ValueError) as error:
            found, fault = Solutions(), one_line(str(error))
        # Raised here, the error does not keep the parser alive, which must end in its own thread.
        if fault:
            raise Unanswered(
                worded(
                    "{address} sent no whole SPARQL results ({fault}); ask again",
                    address=self.address,
                    fault=fault,
                )
            )
        limit = reply.fields.get(_CUT_BY_ROWS, "")
        if limit.isdecimal() and len(found.rows) >= int(limit):
            raise LimitReached(
                worded(
                    "{address} cuts every answer at {limit} rows, and this one; ask for less, or "
                    "have its limit (ResultSetMaxRows) raised",
                    address=self.address,
                    limit=limit,
                )
            )
        return found

    def construct(self, text: str, *, timeout: float | None = None) -> list[pyoxigraph.Triple]:
        """Return the whole answer to a CONSTRUCT or DESCRIBE.

        Raises:
            Unanswered: no whole answer came; LimitReached where a limit was the reason.
        """
        reply = self._ask(self.address, text, _TRIPLES, timeout)
        if _CUT_BY_TIME in reply.fields or _CUT_BY_ROWS in reply.fields:
            raise LimitReached(
                worded(
                    "{address} cut the answer at a limit of its own; ask for less, or have the "
                    "limit raised",
                    address=self.address,
                )
            )
        try:
            parsed = pyoxigraph.parse(reply.body, pyoxigraph.RdfFormat.N_TRIPLES)
            return [quad.triple for quad in parsed]
        except (SyntaxError, ValueError) as error:
            raise Unanswered(
                worded(
                    "{address} sent no whole N-Triples ({error}); ask again",
                    address=self.address,
                    error=one_line(str(error)),
                )
            ) from None

    def update(self, text: str, *, timeout: float | None = None) -> None:
        """Do a SPARQL update.

        Raises:
            Unanswered: it was not done, or nobody knows; LimitReached where a limit was the reason.
        """
        self._ask(self.updates, text, None, timeout)

    def _ask(
        self, address: str, text: str, kinds: tuple[str, ...] | None, timeout: float | None
    ) -> Reply:
        """Return the reply to a query, or to an update where no kind of answer is expected."""
        request = self._request(address, text, kinds)
        reply = self._sent(address, request, timeout or self.timeout)
        kind = reply.fields.get("Content-Type", "").partition(";")[0].strip().lower()
        if kinds and kind not in kinds:
            told = {"address": address, "title": title(reply.body), "wanted": kinds[0]}
            raise Unanswered(
                worded(
                    "{address} answered with {kind}{title} instead of {wanted}; is it an address "
                    "for queries?",
                    kind=one_line(kind),
                    **told,
                )
                if kind
                else worded(
                    "{address} answered with something that it does not name{title} instead of "
                    "{wanted}; is it an address for queries?",
                    **told,
                )
            )
        return reply

    def _sent(self, address: str, request: urllib.request.Request, seconds: float) -> Reply:
        opener = self._opener(address)
        wait = 0.5
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _read(opener, request, seconds)
            except urllib.error.HTTPError as error:
                with error:
                    body = _beginning(error)
                if error.code not in BUSY or attempt == ATTEMPTS:
                    raise refusal(address, error, body, self._secrets) from None
                self._pause(_wait(error.headers.get("Retry-After"), wait))
                wait *= 2
            except KijunError:
                raise
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise failure(address, error, seconds, self._secrets) from None
        raise AssertionError("the last attempt returns or raises")

    def _request(
        self, address: str, text: str, kinds: tuple[str, ...] | None
    ) -> urllib.request.Request:
        """Return what SPARQLWrapper would send, with the format in the header only."""
        made = self._wrapper(address, address, agent="kijun")
        made.setMethod("POST")
        made.setRequestMethod("urlencoded")
        made.setOnlyConneg(True)
        # Set, not guessed by it from the words of the text: IRIs and literals may hold any.
        made.queryString, made.queryType = text, "SELECT" if kinds else "INSERT"
        request: urllib.request.Request = made._createRequest()
        request.add_header("Accept", kinds[0] if kinds else "*/*")
        if self._secrets.token:
            request.add_unredirected_header("Authorization", f"Bearer {self._secrets.token}")
        return request

    def _opener(self, address: str) -> urllib.request.OpenerDirector:
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if self._secrets.user:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, address, self._secrets.user, self._secrets.password or "")
            handlers.append(urllib.request.HTTPDigestAuthHandler(known))
            if private(address):
                handlers.append(urllib.request.HTTPBasicAuthHandler(known))
        return urllib.request.build_opener(*handlers)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a posted form would arrive as a GET without its query."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _solutions(body: bytes) -> Solutions:
    found = pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Solutions(truth=bool(found))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    return Solutions(names, tuple(tuple(solution) for solution in found))


def _wrapper() -> type[SPARQLWrapper]:
    try:
        from SPARQLWrapper import SPARQLWrapper
    except ImportError as error:
        raise MissingExtra(
            worded(
                "SPARQLWrapper, through which endpoints are asked, is not installed; install "
                "it with: pip install 'kijun[remote]'"
            )
        ) from error
    return SPARQLWrapper


def _read(
    opener: urllib.request.OpenerDirector, request: urllib.request.Request, seconds: float
) -> Reply:
    """Return a whole reply; the time is that of all of it, not of one read."""
    until = time.monotonic() + seconds
    with opener.open(request, timeout=seconds) as response:
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise LimitReached(
                    worded(
                        "the answer of {host} is larger than {largest} MB; ask for less",
                        host=request.host,
                        largest=LARGEST >> 20,
                    )
                )
            if time.monotonic() > until:
                raise TimeoutError
        expected = response.headers.get("Content-Length", "")
        # Reading piece by piece, http.client does not notice that the end is missing.
        if expected.isdecimal() and size != int(expected):
            raise http.client.IncompleteRead(b"", int(expected) - size)
        return Reply(b"".join(pieces), response.headers)


def _beginning(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read(4096)
    except (OSError, http.client.HTTPException):
        return b""


def _wait(told: str | None, otherwise: float) -> float:
    """Return how long to wait before a busy server is asked again."""
    asked = float(told) if told and told.strip().isdecimal() else otherwise
    return min(asked, PATIENCE)
