"""The process that answers one untrusted query, and may be killed or crash at it.

Run as a script, by :mod:`kijun.sparql` only, and so importing nothing of kijun. On its input
come one line of JSON (the request) and, for a graph in memory, its N-Quads. On its output go
one line of JSON (``kind``, ``variables``) and the answer: SPARQL results in JSON, or
N-Triples. A failure is one line of JSON on the error stream and exit status 10.
"""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

FAILED = 10


class _Bounded:
    """A binary stream that takes so many bytes and no more."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError("the answer is too large")
        return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        sys.stdout.buffer.flush()


def main() -> None:
    """Answer the one request on the input."""
    request = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = request["path"]
    try:
        _answer(request)
    except MemoryError:
        _fail("memory", "")


def _answer(request: dict[str, Any]) -> None:
    import pyoxigraph

    try:
        if request["location"] is not None:
            store = pyoxigraph.Store.read_only(request["location"])
        else:
            store = pyoxigraph.Store()
            store.bulk_load(sys.stdin.buffer, pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, RuntimeError, SyntaxError) as error:
        _fail("store", str(error))
    _limit(request["memory"], request["seconds"])
    if request["check"] and _calls_service(request["code"]):
        _fail("service", "")
    _close_doors(shut=True)
    out: Any = _Bounded(request["room"])
    try:
        answer = store.query(
            request["text"],
            prefixes=request["prefixes"],
            use_default_graph_as_union=request["union"],
        )
        if isinstance(answer, pyoxigraph.QueryTriples):
            _begin(out, "construct", [])
            answer.serialize(out, pyoxigraph.RdfFormat.N_TRIPLES)
        elif isinstance(answer, pyoxigraph.QuerySolutions):
            _begin(out, "select", [variable.value for variable in answer.variables])
            answer.serialize(out, pyoxigraph.QueryResultsFormat.JSON)
        else:
            _begin(out, "ask", [])
            answer.serialize(out, pyoxigraph.QueryResultsFormat.JSON)
        out.flush()
    except SyntaxError as error:
        _close_doors(shut=False)
        _fail("syntax", str(error), offset=_offset(request["code"]))
    except (OSError, RuntimeError, ValueError) as error:
        _fail("answer" if out.room < 0 else "query", str(error))


def _begin(out: _Bounded, kind: str, variables: list[str]) -> None:
    out.write(json.dumps({"kind": kind, "variables": variables}).encode() + b"\n")


def _fail(kind: str, message: str, **more: object) -> NoReturn:
    sys.stderr.write("\n" + json.dumps({"kind": kind, "message": message, **more}) + "\n")
    sys.exit(FAILED)


def _limit(memory: int, seconds: float) -> None:
    """Bound memory, and time too in case nobody is left to kill this process.

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
    for what, limit in (
        (resource.RLIMIT_AS, mapped + memory),
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _set(what, limit)


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


def _calls_service(code: str) -> bool:
    """Say whether the parsed query calls a service; one that rdflib cannot parse counts as if."""
    try:
        from rdflib.plugins.sparql.parser import parseQuery
        from rdflib.plugins.sparql.parserutils import CompValue

        pending: list[Any] = list(parseQuery(code))
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
        from pyparsing import ParseBaseException
        from rdflib.plugins.sparql.parser import parseQuery
    except Exception:  # a second opinion only
        return None
    try:
        parseQuery(code)
    except ParseBaseException as error:
        return int(error.loc)
    except Exception:  # a second opinion only
        return None
    return None


if __name__ == "__main__":
    main()
