"""User's queries, answered by a worker process that can be killed.

The engine cannot be interrupted, and some queries crash it: so a query is bounded and
screened here, and answered by :mod:`kijun.sparql_worker`, which reads the snapshot and can
open neither file nor connection while it does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyoxigraph

from kijun.errors import BadInput, KijunError, LimitReached
from kijun.query_text import Code, locate, read_query, show
from kijun.store import Snapshot
from kijun.terms import PREFIXES

TIMEOUT = 30.0
"""How many seconds a query may take unless told otherwise."""

MEMORY = 1 << 30
"""How many bytes the worker may use unless told otherwise (not on Windows)."""

ANSWER = 32 << 20
"""How many bytes an answer may have, as SPARQL results in JSON or as N-Triples."""

_FAILED = 10

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


class Result(NamedTuple):
    """The answer to a query.

    ``variables`` and ``rows`` (a term or None for each variable) belong to a SELECT,
    ``truth`` to an ASK, ``triples`` to a CONSTRUCT or DESCRIBE.
    """

    kind: Literal["select", "ask", "construct"]
    variables: tuple[str, ...] = ()
    rows: Sequence[tuple[Term | None, ...]] = ()
    triples: Sequence[pyoxigraph.Triple] = ()
    truth: bool | None = None


def ask_sparql(
    snapshot: Snapshot,
    text: str,
    *,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    answer: int = ANSWER,
) -> Result:
    """Answer any SPARQL query over a graph; the default graph is the union of all layers,
    unless the query says FROM.

    The prefixes of :data:`kijun.terms.PREFIXES` need no declaration.

    Raises ``BadInput`` for a query that does not parse (with line and column), that is an
    update, calls SERVICE, or is too large or too deeply nested; ``LimitReached`` when it
    takes more than ``timeout`` seconds or ``memory`` bytes, when its answer has more than
    ``answer`` bytes, or when the engine breaks down at it; ``KijunError`` when the graph
    cannot be read.
    """
    code = read_query(text)
    request = {
        "path": [str(Path(part).absolute()) for part in sys.path],
        "location": None if snapshot.location is None else str(snapshot.location),
        "text": code.text,
        "code": code.blank,
        "check": code.mentions_service,
        # The engine would let the union win over the query's own FROM.
        "union": not code.names_dataset,
        "prefixes": PREFIXES,
        "memory": memory,
        "seconds": timeout,
        "room": answer,
    }
    data = json.dumps(request).encode("ascii") + b"\n"
    if snapshot.location is None:
        data += pyoxigraph.serialize(snapshot.store, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    status, out, err = _run(data, timeout)
    if status == 0:
        return _result(out)
    raise _error(status, err, code, timeout=timeout, memory=memory, answer=answer)


def _run(data: bytes, timeout: float) -> tuple[int, bytes, bytes]:
    """Return exit status, output and error stream of a worker."""
    # -I and -S: nothing of the user's surroundings is imported, and half the start-up saved.
    command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("sparql_worker.py"))]
    try:
        worker = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise KijunError(f"no process for the query could be started: {error}") from error
    with worker:
        try:
            out, err = worker.communicate(data, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise LimitReached(_slow(timeout)) from None
        finally:
            worker.kill()
    return worker.returncode, out, err


def _result(out: bytes) -> Result:
    head, _, body = out.partition(b"\n")
    begun = json.loads(head)
    kind = begun["kind"]
    if kind == "construct":
        triples = [quad.triple for quad in pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES)]
        return Result("construct", triples=triples)
    parsed = pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(parsed, pyoxigraph.QueryBoolean):
        return Result("ask", truth=bool(parsed))
    return Result("select", tuple(begun["variables"]), [tuple(row) for row in parsed])


def _slow(timeout: float) -> str:
    return (
        f"the query took longer than {timeout:g} s and was stopped; "
        "narrow its patterns or add a LIMIT"
    )


def _error(
    status: int, err: bytes, code: Code, *, timeout: float, memory: int, answer: int
) -> KijunError:
    """Return the error that a worker's end means."""
    failure: dict[str, Any] = {"kind": "crash", "message": ""}
    if status == _FAILED:
        failure = json.loads(err.strip().rpartition(b"\n")[2])
    elif status == -24:  # SIGXCPU
        failure["kind"] = "time"
    elif b"memory allocation" in err or b"bad_alloc" in err:
        failure["kind"] = "memory"
    message = " ".join(str(failure["message"]).split())
    match failure["kind"]:
        case "syntax":
            offset, reason = locate(code, message, failure["offset"])
            return BadInput(f"the query does not parse {show(code.text, offset)}{reason}")
        case "service":
            return BadInput(
                "it cannot be ruled out that the query calls SERVICE, which would "
                "reach the network; rename what is called service in it"
            )
        case "store":
            return KijunError(f"the graph could not be read for the query ({message}); ask again")
        case "query":
            return KijunError(f"the query could not be answered: {message}")
        case "answer":
            return LimitReached(
                f"the answer is larger than {answer / 2**20:.3g} MB; "
                "narrow the query or add a LIMIT"
            )
        case "time":
            return LimitReached(_slow(timeout))
        case "memory":
            return LimitReached(
                f"the query needed more than {memory / 2**20:.3g} MB of memory "
                "and was stopped; narrow its patterns or add a LIMIT"
            )
    return LimitReached(
        f"the query engine broke down at the query (status {status}), which is "
        "too deep or too long for it; shorten its paths, chains or nesting"
    )
