"""The web application of ``kijun serve``: explorer, query editor and their data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kijun import explorer_api
from kijun.endpoint import Endpoint
from kijun.loopback import Loopback
from kijun.workers import Workers

if TYPE_CHECKING:
    from kijun.exchange import Limits
    from kijun.knowledge import KnowledgeGraph

STATIC = Path(__file__).with_name("static")
"""What the explorer is built into; a wheel brings it, a clone builds it."""

PAGES = {"/": "index.html", "/query": "query.html"}
"""The pages, by their path."""

_UNBUILT = """\
<!DOCTYPE html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kijun — 画面は未作成 / pages not built</title>
<body style="max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.7 sans-serif">
<h1 style="font-size: 1.4rem">画面がまだ作られていません</h1>
<p>この導入には探索画面と問合せ画面のファイルがありません。ソースの写しで
<code>make explorer</code> を実行すると作られ、この画面を読み直すと表示されます。</p>
<p>SPARQL エンドポイント <code>/sparql</code> はこのままで使えます。</p>
<h2 style="font-size: 1.2rem" lang="en">The pages are not built yet</h2>
<p lang="en">This installation lacks the files of the explorer and the query editor. Run
<code>make explorer</code> in the clone, then load this page again. The SPARQL endpoint at
<code>/sparql</code> works without them.</p>
"""


def application(graph: KnowledgeGraph, limits: Limits | None = None) -> Starlette:
    """Return the application that shows one graph; ``limits`` are those of a query."""
    workers = Workers(graph.snapshot, limits)
    notes = [(note, graph.lang) for note in graph.notes()]
    routes: list[BaseRoute] = [Route(path, _page) for path in PAGES]
    routes.append(Route("/sparql", Endpoint(graph.snapshot, workers, notes)))
    routes.append(Mount("/api", routes=explorer_api.routes(graph)))
    routes.append(Mount("/static", StaticFiles(directory=STATIC, check_dir=False)))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with workers.open():
            yield

    return Starlette(routes=routes, middleware=[Middleware(Loopback)], lifespan=lifespan)


async def _page(request: Request) -> Response:
    # Not "request.url.path": that is empty behind a mount of its own.
    file = STATIC / PAGES[request.scope["path"]]
    if not file.is_file():
        return HTMLResponse(_UNBUILT, 404, {"cache-control": "no-store"})
    return FileResponse(file, media_type="text/html", headers={"cache-control": "no-cache"})
