"""What is wrong in profiles, without what only follows from something that is told already.

Whoever mends the first should not have to wonder at the second: a cell is missing because its
column is, a mark cannot be read because its table has no header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kijun.profile import Finding, Place


def root_faults(read: Iterable[Finding], resolved: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what readers found, and what was found in their rows and does not follow from it."""
    first = list(dict.fromkeys(read))
    then = list(dict.fromkeys(resolved))
    errors = [one for one in first if one.severity == "error"]
    cells = {one.place for one in errors}
    cells |= {one.place._replace(row=None) for one in errors if one.kind == "missing-column"}
    tables = {_table(one.place) for one in errors if one.kind in ("no-header", "missing-column")}
    absent = {one.place for one in then if one.kind == "no-table"}
    yield from first
    for one in then:
        if one.kind == "missing-cell":
            follows = bool({one.place, one.place._replace(row=None)} & cells)
        elif one.kind == "no-marks":
            follows = _table(one.place) in tables
        else:
            follows = one.kind == "missing-table" and one.place in absent
        if not follows:
            yield one


def _table(place: Place) -> Place:
    return Place(place.file, place.sheet)
