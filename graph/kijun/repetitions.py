"""Rows of one profile that say the same thing twice, or twice something else of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kijun.profile import Finding
from kijun.profile_faults import fault
from kijun.profile_schema import Column
from kijun.resolution import Resolved, Value

_TOLD_ELSEWHERE = ("about", "systems", "documents")
"""Tables of which a profile's names are looked up anyway, which finds what is there twice."""


def repetition_findings(rows: Iterable[Resolved]) -> Iterator[Finding]:
    """Yield each row that speaks of what an earlier row of its profile has spoken of."""
    first: dict[tuple[object, ...], Resolved] = {}
    for row in rows:
        if row.table.key in _TOLD_ELSEWHERE:
            continue
        identity = tuple(row.values.get(key, ()) for key in row.table.identity)
        earlier = first.setdefault((row.table.key, row.profile, *identity), row)
        if earlier is not row:
            yield _repeated(earlier, row)


def _repeated(earlier: Resolved, row: Resolved) -> Finding:
    different = [
        column for column in row.table.columns if _values(earlier, column) != _values(row, column)
    ]
    if not different:
        return fault("duplicate-row", row.place, **_there(earlier))
    ja, en = (
        between.join(words)
        for between, words in (
            ("、", [f"「{column.ja}」" for column in different]),
            (", ", [f'"{column.en}"' for column in different]),
        )
    )
    return fault("repeated-row", row.place, columns_ja=ja, columns_en=en, **_there(earlier))


def _values(row: Resolved, column: Column) -> frozenset[Value]:
    return frozenset(row.values.get(column.key, ()))


def _there(row: Resolved) -> dict[str, str]:
    return {f"there_{lang}": row.place.words(lang) for lang in ("ja", "en")}
