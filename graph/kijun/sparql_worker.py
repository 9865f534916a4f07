"""The process that answers untrusted queries, and may be killed or crash at one of them.

Run as a script, by :mod:`kijun.exchange` only, and so importing nothing of kijun. On its input
come one line of JSON (the opening), for a graph in memory its N-Quads, and then the requests, a
line of JSON each. It answers the opening and each request with one line of JSON; ``kind`` says
what it is, ``size`` how many bytes of the result follow, and ``used`` how many seconds of the
processor the process has had. It ends when its input does.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from typing import Any, NamedTuple

# XML cannot say these at all, and an empty local name only wrongly.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<[^\s>/]*:[\s>/]")


class Reply(NamedTuple):
    """What is answered to a request: a line of JSON and a body."""

    head: dict[str, Any]
    body: bytes | bytearray = b""


class _Bounded:
    """A binary stream that takes so many bytes and no more."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.data = bytearray()

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError("the answer is too large")
        self.data += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is kept until the answer is complete."""


def main() -> None:
    """Answer the opening and then one request after the other."""
    # Ctrl-C at a terminal is for the parent, which decides what becomes of this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = sys.stdin.buffer
    opening = json.loads(source.readline())
    sys.path[:] = opening["path"]
    import pyoxigraph

    try:
        if opening["location"] is not None:
            store = pyoxigraph.Store.read_only(opening["location"])
        else:
            store = pyoxigraph.Store()
            store.bulk_load(source.read(opening["size"]), pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, RuntimeError, SyntaxError) as error:
        _send(_failure("store", str(error)))
        return
    _limit_memory(opening["memory"])
    _close_doors(shut=True)
    _send(Reply({"kind": "ready"}))
    for line in source:
        request = json.loads(line)
        _limit_time(request["seconds"])
        try:
            reply = _answer(store, request)
        except MemoryError:
            _send(_failure("memory"))
            return
        _send(reply)


def _send(reply: Reply) -> None:
    out = sys.stdout.buffer
    head = {**reply.head, "size": len(reply.body), "used": time.process_time()}
    out.write(json.dumps(head).encode() + b"\n")
    out.write(reply.body)
    out.flush()


def _failure(kind: str, message: str = "", **more: object) -> Reply:
    return Reply({"kind": kind, "message": message, **more})


def _answer(store: Any, request: dict[str, Any]) -> Reply:
    import pyoxigraph

    if request["check"] and _calls_service(request["code"]):
        return _failure("service")
    forms = request["forms"]
    out: Any = _Bounded(request["room"])
    try:
        answer = store.query(request["text"], **_options(request))
        if isinstance(answer, pyoxigraph.QueryTriples):
            kind, form, variables = "construct", forms["graph"], []
        elif isinstance(answer, pyoxigraph.QuerySolutions):
            kind, form = "select", forms["results"]
            variables = [variable.value for variable in answer.variables]
        else:
            kind, form, variables = "ask", forms["results"], []
        if form is None:
            return _failure("unacceptable", result=kind)
        if kind != "construct":
            answer.serialize(out, getattr(pyoxigraph.QueryResultsFormat, form))
        elif form == "TURTLE":
            turtle = pyoxigraph.RdfFormat.TURTLE
            pyoxigraph.serialize(answer, out, turtle, prefixes=request["prefixes"])
        else:
            answer.serialize(out, getattr(pyoxigraph.RdfFormat, form))
    except SyntaxError as error:
        return _failure("syntax", str(error), offset=_offset(request["code"]))
    except (OSError, RuntimeError, ValueError) as error:
        return _failure("answer" if out.room < 0 else "query", str(error))
    data = out.data
    if form in ("XML", "RDF_XML"):
        if _NOT_XML.search(data):
            return _failure("unwritable", form)
        # A parser of XML would turn it into a line feed.
        data = data.replace(b"\r", b"&#13;")
    return Reply({"kind": kind, "variables": variables}, data)


def _options(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the engine is told about the query's surroundings."""
    from pyoxigraph import NamedNode

    options = {"prefixes": request["prefixes"], "base_iri": request["base"]}
    if request["graphs"] is None:
        # The engine would let the union win over the query's own FROM.
        return options | {"use_default_graph_as_union": request["union"]}
    default, named = ([NamedNode(iri) for iri in iris] for iris in request["graphs"])
    return options | {"default_graph": default, "named_graphs": named}


# Limits


def _limit_memory(memory: int) -> None:
    """Bound the memory that comes on top of what there is now.

    Called when the store is open: that reserves some 600 MB of addresses, not memory.
    """
    if sys.platform == "win32":
        return
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (no pathlib here)
            mapped = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        mapped = 1 << 30
    _set(resource.RLIMIT_AS, mapped + memory)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)


def _limit_time(seconds: float) -> None:
    """Bound the processor's time for a request, in case nobody is left to kill this process."""
    if sys.platform == "win32":
        return
    import resource

    _set(resource.RLIMIT_CPU, int(time.process_time() + seconds) + 2)


def _close_doors(*, shut: bool) -> None:
    """Let the process open nothing more, neither file nor connection (or let it again)."""
    if sys.platform == "win32":
        return
    import resource

    _set(resource.RLIMIT_NOFILE, 0 if shut else resource.getrlimit(resource.RLIMIT_NOFILE)[1])


def _set(what: int, limit: int) -> None:
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(what)[1]
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(what, (soft, hard))
        except (OSError, ValueError):
            # A limit that this system does not know; the time limit holds everywhere.
            return


# A second opinion, by rdflib's parser


def _parse(code: str) -> Any:
    _close_doors(shut=False)
    try:
        from rdflib.plugins.sparql.parser import parseQuery

        return parseQuery(code)
    finally:
        _close_doors(shut=True)


def _calls_service(code: str) -> bool:
    """Say whether the parsed query calls a service; one that rdflib cannot parse counts as if."""
    try:
        pending: list[Any] = list(_parse(code))
        from rdflib.plugins.sparql.parserutils import CompValue
    except Exception:  # any failure leaves it undecided
        return True
    while pending:
        node = pending.pop()
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                return True
            pending.extend(node.values())
        elif hasattr(node, "__iter__") and not isinstance(node, str):
            pending.extend(node)
    return False


def _offset(code: str) -> int | None:
    """Return where rdflib's parser stops: the engine's own place is often too far right."""
    try:
        _parse(code)
    except Exception as error:  # only a parser's error has a place
        place = getattr(error, "loc", None)
        return place if isinstance(place, int) else None
    return None


if __name__ == "__main__":
    main()
