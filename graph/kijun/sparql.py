"""User's queries, answered by a worker process that can be killed.

The engine cannot be interrupted, and some queries crash it: so a query is bounded and
screened here, and answered by :mod:`kijun.sparql_worker`, which reads the snapshot and can
open neither file nor connection while it does. One process answers one query here; a server
keeps some of them (:mod:`kijun.workers`).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import pyoxigraph

from kijun import exchange
from kijun.exchange import Forms, Limits
from kijun.query_text import Code, read_query
from kijun.store import Snapshot

TIMEOUT, MEMORY, ANSWER = Limits()

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
    limits = Limits(timeout, memory, answer)
    said = exchange.opening(snapshot, memory) + exchange.request(code, limits, Forms())
    status, out, err = _run(said, limits)
    # A line for the opening, a line for the query, and the result.
    ready, _, rest = out.partition(b"\n")
    head, _, body = rest.partition(b"\n")
    if not head:
        failed = json.loads(ready) if ready else {}
        if failed.get("kind") == "store":
            raise exchange.unreadable(" ".join(str(failed["message"]).split()))
        raise exchange.breakdown(status, err, limits)
    return _result(json.loads(head), body, code, limits)


def _run(said: bytes, limits: Limits) -> tuple[int, bytes, bytes]:
    """Return exit status, output and error stream of a worker."""
    try:
        worker = subprocess.Popen(
            exchange.COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=exchange.FLAGS,
        )
    except OSError as error:
        raise exchange.unstarted(error) from error
    with worker:
        try:
            out, err = worker.communicate(said, timeout=limits.timeout)
        except subprocess.TimeoutExpired:
            raise exchange.slow(limits) from None
        finally:
            worker.kill()
    return worker.returncode, out, err


def _result(head: dict[str, Any], body: bytes, code: Code, limits: Limits) -> Result:
    error = exchange.refusal(head, code, limits)
    if error is not None:
        raise error
    if head["kind"] == "construct":
        triples = [quad.triple for quad in pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES)]
        return Result("construct", triples=triples)
    parsed = pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(parsed, pyoxigraph.QueryBoolean):
        return Result("ask", truth=bool(parsed))
    return Result("select", tuple(head["variables"]), [tuple(row) for row in parsed])
