"""What breaks a shape, as findings with the file, row and column where it was written.

What a breach is called, and to which rows and column it points, stands in
``ontology/profiles/shapes.csv``; how grave it is and how to mend it, in ``findings.csv`` beside it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pyoxigraph import Store

from kijun.cell_words import cell_words
from kijun.complaints import contradiction, missing_cell
from kijun.content import ONTOLOGY
from kijun.profile import Finding
from kijun.profile_faults import fault, stated
from kijun.profile_schema import BY_KEY
from kijun.resolution import Resolved
from kijun.shape_graph import shape_graph
from kijun.shapes import Breach, breaches, messages
from kijun.situation import Situation
from kijun.terms import LOCAL, curie


class Pointer(NamedTuple):
    """What a broken shape is called as a finding, and to which rows and column it points.

    They are rows of ``tables`` (apart by spaces, as columns are) of which one of the columns
    ``focus`` holds the thing that breaks the shape (the row is that thing where it is empty) and
    whose column ``value`` holds the value (any where it is empty; :data:`ROW` where the row is the
    value). ``column`` is to be mended, and the one that ``shows`` says what the finding is about;
    where they are empty, the one that holds the thing. ``told_as`` is the kind under which it may
    have been told before the shapes were asked.
    """

    kind: str
    tables: str
    focus: str
    value: str
    column: str
    shows: str
    told_as: str = ""


ROW = "row"
"""What stands for the row itself among the columns of a :class:`Pointer`."""


@cache
def pointers() -> Mapping[str, Pointer]:
    """Return where each shape that was written by hand points, by its name."""
    with (ONTOLOGY / "profiles" / "shapes.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["shape"]: Pointer(*(row[name] for name in Pointer._fields))
            for row in csv.DictReader(file)
        }


def other_names() -> Mapping[str, str]:
    """Return, by the kinds of findings of shapes, those under which they may have been told."""
    return {one.kind: one.told_as for one in pointers().values() if one.told_as}


def shape_findings(found: Situation, store: Store) -> Iterator[Finding]:
    """Yield what in a situation breaks a shape; ``store`` is the graph of the day.

    Raises:
        MissingExtra: the extra ``check`` is not installed.
    """
    where = _Where(found.rows)
    for breach in breaches(shape_graph(found, store)):
        finding = _finding(breach, where, found.labels)
        if finding is not None:
            yield finding


class _Where:
    """Finds the rows behind a thing that breaks a shape."""

    def __init__(self, rows: Iterable[Resolved]) -> None:
        self._rows: dict[tuple[str, str, str], list[Resolved]] = defaultdict(list)
        self._nodes: set[str] = set()
        for row in rows:
            if row.node is not None:
                self._nodes.add(row.node)
                self._rows[row.table.key, "", row.node].append(row)
            for key in row.values:
                for value in row.some(key):
                    self._rows[row.table.key, key, value].append(row)

    def left_out(self, iri: str) -> bool:
        """Say whether a thing is of a user's own and its row was left out, for what is wrong there.

        What is said of the thing elsewhere may then be right.
        """
        return iri.startswith(LOCAL) and iri not in self._nodes

    def cells(self, breach: Breach, pointer: Pointer) -> Iterator[tuple[Resolved, str]]:
        """Yield the rows that a pointer leads to, with the column that holds the thing."""
        for table in pointer.tables.split():
            if pointer.value == ROW:
                yield from ((row, "") for row in self._rows[table, "", breach.value])
                continue
            for key in pointer.focus.split() or [""]:
                for row in self._rows[table, key, breach.focus]:
                    if not pointer.value or breach.value in row.some(pointer.value):
                        yield row, key


def _finding(breach: Breach, where: _Where, labels: Mapping[str, str]) -> Finding | None:
    pointer = pointers().get(breach.shape)
    if pointer is None:
        return _of_column(breach, where, labels)
    cells = list(where.cells(breach, pointer))
    if not cells:
        return None
    row, key = cells[-1 if pointer.kind == "contradiction" else 0]
    ja, en = messages()[breach.shape]
    shown = [cell_words(row, pointer.shows or key, labels, lang) for lang in ("ja", "en")]
    said = f"{ja.removesuffix('。')}（{shown[0]}）", f"{en.removesuffix('.')} ({shown[1]})"
    place = row.place._replace(column=row.table.column(pointer.column or key).ja)
    return stated(pointer.kind, place, said)


def _of_column(breach: Breach, where: _Where, labels: Mapping[str, str]) -> Finding | None:
    """Return a finding for a shape that follows from a column.

    What two profiles say differently of one thing is between them (:mod:`kijun.counterparts`).
    """
    table, _, key = breach.shape.partition("-")
    rows = [row for row, _ in where.cells(breach, Pointer("", table, "", "", key, key))]
    if not rows:
        return None
    column = BY_KEY[table].column(key)
    place = rows[-1].place._replace(column=column.ja)
    name = labels.get(breach.focus, breach.focus)
    if breach.constraint == "MinCount":
        return missing_cell(column, place)
    if breach.constraint == "MaxCount":
        if len({row.profile for row in rows}) > 1:
            return None
        return contradiction(name, (column.ja, column.en), place, rows[0].place)
    if where.left_out(breach.value):
        return None
    text = labels.get(breach.value, curie(breach.value))
    ja, en = messages()[breach.shape]
    return fault("wrong-value", place, text=text, rule_ja=ja.removesuffix("。"), rule_en=en)
