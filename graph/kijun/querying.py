"""A user's own SPARQL query: read from a file, and its result as an answer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kijun.errors import BadInput
from kijun.formats import Answer
from kijun.saying import cause, worded
from kijun.sparql import Result
from kijun.tables import Column
from kijun.terms import XSD

LARGEST = 1 << 16
"""How many bytes a query may have."""

# A graph may hold "abc"^^xsd:integer, and Python reads no number of more than 4300 digits.
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")


def read_query_text(place: str) -> str:
    """Return the text of a query file, or of standard input for ``-``.

    Raises:
        BadInput: missing, too large, empty or not UTF-8.
    """
    shown = worded("standard input") if place == "-" else place
    try:
        if place == "-":
            # A process may be started with its standard input closed.
            data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        else:
            with Path(place).open("rb") as file:
                data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise BadInput(
            worded(
                "{shown}: cannot be read ({reason}); name a file with a query",
                shown=shown,
                reason=cause(error),
            )
        ) from error
    if len(data) > LARGEST:
        raise BadInput(
            worded(
                "{shown}: larger than {largest} KB; a query is shorter",
                shown=shown,
                largest=LARGEST // 1024,
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            worded(
                "{shown}: byte {start} is not UTF-8; save the query as UTF-8",
                shown=shown,
                start=error.start,
            )
        ) from error
    if not text.strip():
        raise BadInput(worded("{shown}: is empty; write a SPARQL query", shown=shown))
    return text


def result_answer(result: Result, notes: list[str]) -> Answer:
    """Return a query's result with one key per variable.

    An ASK has the key ``answer``; a CONSTRUCT or DESCRIBE has ``subject``, ``predicate`` and
    ``object``. A thing gives its IRI, a literal its text, number or truth.
    """
    if result.kind == "ask":
        return Answer("query", _columns(("answer",)), [{"answer": result.truth}], notes)
    if result.kind == "construct":
        names: tuple[str, ...] = ("subject", "predicate", "object")
        table: list[tuple[object, ...]] = [
            (triple.subject, triple.predicate, triple.object) for triple in result.triples
        ]
    else:
        names, table = result.variables, [tuple(row) for row in result.rows]
    rows = [dict(zip(names, map(_shown, terms), strict=True)) for terms in table]
    nodes = sorted({term.value for terms in table for term in terms if isinstance(term, NamedNode)})
    return Answer("query", _columns(names), rows, notes, nodes)


def _columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name, name, name, weight=2) for name in names)


def _shown(term: object) -> str | bool | int | None:
    if term is None:
        return None
    if isinstance(term, Literal):
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "boolean":
            return term.value in ("true", "1")
        if kind == "integer" and _INTEGER.fullmatch(term.value):
            return int(term.value)
        return term.value
    return term.value if isinstance(term, NamedNode) else str(term)
