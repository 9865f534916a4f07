"""What the tests of the endpoint share: a small dataset, and an endpoint over it in two ways."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pyoxigraph
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from kijun.endpoint import Endpoint
from kijun.exchange import Limits
from kijun.loopback import Loopback
from kijun.server import listening
from kijun.store import Snapshot
from kijun.workers import Workers

DATA = "http://example.org/data/"
FOAF = "http://xmlns.com/foaf/0.1/"

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
LONG = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"
"""A query that takes longer than any limit."""


def small() -> Snapshot:
    """Return the graphs that the W3C's cases ask for, and some of more trouble."""
    store = pyoxigraph.Store()
    lines = [f"<{DATA}data{n}.rdf> a <{FOAF}Document> <{DATA}data{n}.rdf> ." for n in (1, 2, 3)] + [
        f"<{DATA}s{n}> <{DATA}p> {n} <{DATA}many> .".replace(f" {n} ", f' "{n}" ')
        for n in range(300)
    ]
    lines.append(f'<{DATA}odd> <{DATA}says> "府省庁\\r\\n\\"<&>,\\t𠮷"@ja <{DATA}odd> .')
    nquads = "\n".join(lines).replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
    store.bulk_load(nquads.encode(), pyoxigraph.RdfFormat.N_QUADS)
    return Snapshot(store, None)


def app(snapshot: Snapshot, limits: Limits | None = None, **pool: int) -> Starlette:
    """Return an application that is the endpoint alone."""
    workers = Workers(snapshot, limits, **pool)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with workers.open():
            yield

    endpoint = Endpoint(snapshot, workers, [("案である", "ja")])
    return Starlette(
        routes=[Route("/sparql", endpoint)], middleware=[Middleware(Loopback)], lifespan=lifespan
    )


@contextlib.contextmanager
def served(application: Starlette) -> Iterator[str]:
    """Serve an application with uvicorn on a free port, and give its address."""
    with listening("127.0.0.1", 0) as listener:
        config = uvicorn.Config(application, log_config=None, access_log=False, lifespan="on")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@contextlib.contextmanager
def client_of(application: Starlette, way: str) -> Iterator[httpx.Client]:
    """Give a client that asks the application directly (asgi) or over a port (uvicorn)."""
    if way == "asgi":
        with TestClient(application, base_url="http://127.0.0.1:8642") as client:
            yield client
        return
    with served(application) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def truth(answer: httpx.Response) -> bool:
    """Return what an ASK was answered, as JSON."""
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return bool(found["boolean"])


def values(answer: httpx.Response) -> list[dict[str, str]]:
    """Return the rows that a SELECT was answered, as JSON."""
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]
