"""What is said to the process that answers queries, and what its answers and its end mean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph

from kijun.errors import BadInput, KijunError, LimitReached
from kijun.query_text import Code, locate, show
from kijun.saying import worded
from kijun.store import Snapshot
from kijun.terms import PREFIXES

# -I and -S: nothing of the user's surroundings is imported, and half the start-up saved.
COMMAND = (sys.executable, "-I", "-S", str(Path(__file__).with_name("sparql_worker.py")))
"""How the process is started."""

FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""How the process is created, on Windows."""


class Limits(NamedTuple):
    """What a query may take: seconds, bytes of memory (not on Windows), bytes of the answer."""

    timeout: float = 30.0
    memory: int = 1 << 30
    answer: int = 32 << 20


class Dataset(NamedTuple):
    """The graphs that a request chooses: those of the default graph, and those with a name."""

    default: tuple[str, ...]
    named: tuple[str, ...]


class Forms(NamedTuple):
    """The names of the formats to answer in (None: that kind of answer is not wanted).

    ``results`` is a ``pyoxigraph.QueryResultsFormat``, ``graph`` a ``pyoxigraph.RdfFormat``.
    """

    results: str | None = "JSON"
    graph: str | None = "N_TRIPLES"


class Unwanted(KijunError):
    """The answer is of a kind that was not asked for, or cannot be said in the format asked for."""


def opening(snapshot: Snapshot, memory: int) -> bytes:
    """Return the first thing that is said: which graph.

    A graph in memory goes through the pipe, so that it is never in a file.
    """
    data = b""
    if snapshot.location is None:
        data = pyoxigraph.serialize(snapshot.store, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return (
        data_line(
            path=[str(Path(part).absolute()) for part in sys.path],
            location=None if snapshot.location is None else str(snapshot.location),
            size=len(data),
            memory=memory,
        )
        + data
    )


def request(
    code: Code,
    limits: Limits,
    forms: Forms,
    *,
    dataset: Dataset | None = None,
    base: str | None = None,
) -> bytes:
    """Return the request to answer a query."""
    return data_line(
        text=code.text,
        code=code.blank,
        check=code.mentions_service,
        union=not code.names_dataset,
        graphs=dataset,
        base=base,
        prefixes=PREFIXES,
        seconds=limits.timeout,
        room=limits.answer,
        forms=forms._asdict(),
    )


def data_line(**values: object) -> bytes:
    """Return a line of JSON."""
    return json.dumps(values).encode("ascii") + b"\n"


def refusal(head: dict[str, Any], code: Code, limits: Limits) -> KijunError | None:
    """Return the error that an answer of the process means, None if it is a result."""
    message = " ".join(str(head.get("message", "")).split())
    match head["kind"]:
        case "select" | "ask" | "construct":
            return None
        case "syntax":
            offset, reason = locate(code, message, head["offset"])
            return BadInput(
                worded(
                    "the query does not parse {place}{reason}",
                    place=show(code.text, offset),
                    reason=reason,
                )
            )
        case "service":
            return BadInput(
                worded(
                    "it cannot be ruled out that the query calls SERVICE, which would reach the "
                    "network; rename what is called service in it"
                )
            )
        case "store":
            return unreadable(message)
        case "unacceptable":
            return Unwanted(
                worded("the query gives a graph, and no format for that was asked for")
                if head["result"] == "construct"
                else worded("the query gives results, and no format for that was asked for")
            )
        case "unwritable":
            return Unwanted(
                worded(
                    "the answer holds a character, or the name of a property, that XML cannot "
                    "hold; ask for JSON, Turtle or N-Triples"
                )
            )
        case "answer":
            return LimitReached(
                worded(
                    "the answer is larger than {size:.3g} MB; narrow the query or add a LIMIT",
                    size=limits.answer / 2**20,
                )
            )
        case "memory":
            return _memory(limits)
    return KijunError(worded("the query could not be answered: {message}", message=message))


def breakdown(status: int | None, err: bytes, limits: Limits) -> KijunError:
    """Return the error that the end of the process in the middle of a query means."""
    if status == -24:  # SIGXCPU
        return slow(limits)
    if b"memory allocation" in err or b"bad_alloc" in err:
        return _memory(limits)
    return LimitReached(
        worded(
            "the query engine broke down at the query (status {status}), which is too "
            "deep or too long for it; shorten its paths, chains or nesting",
            status=status,
        )
    )


def slow(limits: Limits) -> LimitReached:
    """Return the error for a query that took too long."""
    return LimitReached(
        worded(
            "the query took longer than {seconds:g} s and was stopped; narrow its "
            "patterns or add a LIMIT",
            seconds=limits.timeout,
        )
    )


def unreadable(message: str) -> KijunError:
    """Return the error for a graph that the process cannot read."""
    return KijunError(
        worded("the graph could not be read for the query ({message}); ask again", message=message)
    )


def unstarted(error: OSError) -> KijunError:
    """Return the error for a process that cannot be started."""
    return KijunError(worded("no process for the query could be started: {error}", error=error))


def _memory(limits: Limits) -> LimitReached:
    return LimitReached(
        worded(
            "the query needed more than {size:.3g} MB of memory and was stopped; "
            "narrow its patterns or add a LIMIT",
            size=limits.memory / 2**20,
        )
    )
