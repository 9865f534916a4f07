"""The explorer's data over HTTP: small JSON documents, one for each kind of picture.

==============  ======================================  ==========================
path            parameters                              answer
==============  ======================================  ==========================
``/about``                                              :meth:`Explorer.about`
``/search``     ``q``, ``kinds``, ``limit``             :meth:`Explorer.search`
``/thing``      ``id``                                  :meth:`Explorer.thing`
``/start``                                              :meth:`Explorer.start`
``/near``       ``id``, ``take``, ``room``              :meth:`Explorer.near`
``/lines``      ``id``                                  :meth:`Explorer.lines`
``/duties``     ``id``                                  :meth:`Explorer.duties`
``/boundary``   ``id``                                  :meth:`Explorer.boundary`
``/matrix``                                             :meth:`Explorer.matrix`
``/route``      ``from``, ``to``, ``about``             :meth:`Explorer.route`
``/why``        ``body``, ``norm``, or ``line``/``hole``  :meth:`Explorer.why`
``/questions``                                          :meth:`Explorer.questions`
==============  ======================================  ==========================

All are GET and take ``lang`` (``ja``, ``en``) and ``day``; lists are separated by commas. An error
is ``{"error": "one sentence"}`` with status 404 for what is not there and 400 for anything else.
Nothing is kept by the browser: answers may hold what a profile says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from kijun.errors import BadInput, KijunError, UnknownName
from kijun.explorer_data import Explorer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.saying import LANGUAGES, speaking, spoken, worded
from kijun.scenes import MOST_ROOM, ROOM

if TYPE_CHECKING:
    from kijun.explorer_data import Json

LONGEST = 500
"""How many characters a parameter may have."""

MOST_HITS = 50
"""How many results of a search can be asked for."""

KEPT = 8
"""How many graphs of other days and languages are kept open."""

Given = Mapping[str, str]


def routes(graph: KnowledgeGraph) -> list[BaseRoute]:
    """Return the routes of the explorer's data, to be mounted under ``/api``."""
    shelf = Shelf(graph)

    def route(name: str, answer: Callable[[Explorer, Given], Json]) -> Route:
        async def endpoint(request: Request) -> JSONResponse:
            lang = request.query_params.get("lang", "")
            with speaking(lang if lang in LANGUAGES else spoken()):
                try:
                    given = _given(request)
                    found = await run_in_threadpool(lambda: answer(shelf.explorer(given), given))
                except KijunError as error:
                    status = 404 if isinstance(error, UnknownName) else 400
                    return _json({"error": str(error)}, status)
                return _json(found)

        return Route(f"/{name}", endpoint, methods=["GET"])

    return [route(name, answer) for name, answer in _ANSWERS.items()]


class Shelf:
    """Graphs by day and language: the one given, and others as they are asked for."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._given = graph
        self._lock = Lock()
        self._open = {(graph.day.isoformat(), graph.lang): Explorer(graph)}

    def explorer(self, given: Given) -> Explorer:
        """Return the explorer for the day and language asked for.

        Raises:
            BadInput: no such day or language.
        """
        day = given.get("day") or self._given.day.isoformat()
        lang = given.get("lang") or self._given.lang
        if lang not in ("ja", "en"):
            raise BadInput(worded('there is no language "{lang}"; choose ja or en', lang=lang[:20]))
        with self._lock:
            found = self._open.get((day, lang))
            if found is None:
                opened = open_graph(
                    day,
                    profiles=self._given.sources,
                    lang=lang,
                    verbatim=self._given.verbatim,
                )
                found = Explorer(opened)
                while len(self._open) > KEPT:
                    # The first is the graph that was given; the one after it is the oldest other.
                    del self._open[list(self._open)[1]]
                self._open[day, lang] = found
        return found


def _given(request: Request) -> Given:
    found: dict[str, str] = {}
    for name, text in request.query_params.multi_items():
        if len(text) > LONGEST:
            raise BadInput(
                worded(
                    'parameter "{name}" has more than {longest} characters',
                    name=name[:20],
                    longest=LONGEST,
                )
            )
        if name in found:
            raise BadInput(
                worded('parameter "{name}" is given twice; give it once', name=name[:20])
            )
        found[name] = text
    return found


def _json(found: Json, status: int = 200) -> JSONResponse:
    return JSONResponse(found, status, {"cache-control": "no-store"})


def _needed(given: Given, name: str) -> str:
    if not given.get(name):
        raise BadInput(worded('parameter "{name}" is missing', name=name))
    return given[name]


def _number(given: Given, name: str, usual: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise BadInput(
            worded('parameter "{name}" must be a number from 1 to {most}', name=name, most=most)
        )
    return int(text)


def _listed(given: Given, name: str) -> list[str]:
    return [part for part in given.get(name, "").split(",") if part]


_ANSWERS: Mapping[str, Callable[[Explorer, Given], Json]] = {
    "about": lambda explorer, _: explorer.about(),
    "search": lambda explorer, given: explorer.search(
        given.get("q", ""), _listed(given, "kinds"), _number(given, "limit", 20, MOST_HITS)
    ),
    "thing": lambda explorer, given: explorer.thing(_needed(given, "id")),
    "start": lambda explorer, _: explorer.start(),
    "near": lambda explorer, given: explorer.near(
        _needed(given, "id"), _listed(given, "take"), _number(given, "room", ROOM, MOST_ROOM)
    ),
    "lines": lambda explorer, given: explorer.lines(_needed(given, "id")),
    "duties": lambda explorer, given: explorer.duties(_needed(given, "id")),
    "boundary": lambda explorer, given: explorer.boundary(given.get("id")),
    "matrix": lambda explorer, _: explorer.matrix(),
    "route": lambda explorer, given: explorer.route(
        _needed(given, "from"), _needed(given, "to"), given.get("about") or None
    ),
    "why": lambda explorer, given: explorer.why(
        given.get("body"),
        given.get("norm"),
        alone=given.get("line") or given.get("hole"),
        route=given.get("route") or None,
    ),
    "questions": lambda explorer, _: explorer.questions(),
}
