"""What is wrong in profiles, without what only follows from something that is told already.

Whoever mends the first should not have to wonder at the second: a cell is missing because its
column is, a mark cannot be read because its table has no header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kijun.profile import Finding, Place

_UNREAD = ("no-header", "misspelt-sheet")
"""What readers find of a table of which they then read no row."""

_OF_TABLES = {
    "about-rows": _UNREAD,
    "missing-table": _UNREAD,
    "no-table": _UNREAD,
    "no-marks": (*_UNREAD, "missing-column"),
}
"""What is found of a table, and from which findings of the same table it follows."""


def root_faults(read: Iterable[Finding], resolved: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what readers found, and what was found in their rows and does not follow from it."""
    first = list(dict.fromkeys(read))
    then = list(dict.fromkeys(resolved))
    errors = [one for one in first if one.severity == "error"]
    cells = {one.place for one in errors}
    cells |= {one.place._replace(row=None) for one in errors if one.kind == "missing-column"}
    told = {(one.kind, _table(one.place)) for one in errors}
    absent = {one.place for one in then if one.kind == "no-table"}
    yield from first
    for one in then:
        if one.kind == "missing-cell" and {one.place, one.place._replace(row=None)} & cells:
            continue
        if one.kind == "missing-table" and one.place in absent:
            continue
        if any((kind, _table(one.place)) in told for kind in _OF_TABLES.get(one.kind, ())):
            continue
        yield one


def _table(place: Place) -> Place:
    return Place(place.file, place.sheet)
