"""What-if questions, each asked once, and what their rows hold."""

from __future__ import annotations

from collections import Counter

from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.whatif import whatif

Rows = list[dict[str, object]]


_ANSWERS: dict[str, Answer] = {}


def answered(kg: KnowledgeGraph, **assumed: object) -> Answer:
    """Return an answer, grounding the rules only once for what several tests look at."""
    key = repr((kg.day, kg.lang, sorted(assumed.items())))
    if key not in _ANSWERS:
        _ANSWERS[key] = whatif(kg, **assumed)  # type: ignore[arg-type]
    return _ANSWERS[key]


def ask(kg: KnowledgeGraph, **assumed: object) -> Rows:
    return [dict(row) for row in answered(kg, **assumed).rows]


def about(rows: Rows, name: str) -> Rows:
    """Return the rows on which a body is named, as itself or by a post in it."""
    found = []
    for row in rows:
        path = row.get("path") or []
        assert isinstance(path, list)
        named = [row["body"], row.get("from"), row.get("to"), *path]
        if any(str(one).split(" ")[0] == name for one in named):
            found.append(row)
    return found


def of(rows: Rows, kind: str, *keys: str) -> list[tuple[object, ...]]:
    return [tuple(row[key] for key in keys) for row in rows if row["kind"] == kind]


def counts(rows: Rows) -> dict[tuple[object, object], int]:
    return dict(Counter((row["kind"], row["change"]) for row in rows))
