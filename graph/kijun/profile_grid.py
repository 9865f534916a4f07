"""From the rows of a sheet or a CSV file to the rows of a table: headers found, columns matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kijun.names import name_key
from kijun.profile import Finding, Place, Row
from kijun.profile_cells import clean, shown, text_of
from kijun.profile_faults import fault, nearest
from kijun.profile_schema import TABLES, Column, Table
from kijun.sheets import Cell, SheetRow

_HEADER_WITHIN = 10
_NOTE = ("#", "＃", "※")
"""What begins a line above the header, or the heading of a column, that is for people only."""


class _Header(NamedTuple):
    row: int
    columns: dict[int, tuple[str, Column | None]]
    findings: list[Finding]


def table_called(name: str) -> Table | None:
    """Return the table of a name in either language or of a key, or None."""
    key = name_key(name)
    for table in TABLES:
        if key in (name_key(table.key), name_key(table.ja), name_key(table.en)):
            return table
    return None


def unknown_table(
    name: str, place: Place, missing: Iterable[Table] = TABLES
) -> tuple[Finding, Table | None]:
    """Return what to say of a sheet or file that is no table, and which ``missing`` one it means.

    It means none where no name is near.
    """
    names = {title: table for table in missing for title in (table.ja, table.en, table.key)}
    near = nearest(name, names)
    if near is not None:
        return fault("misspelt-sheet", place, text=name, near=near), names[near]
    known = "、".join(table.ja for table in TABLES)
    return fault("unknown-sheet", place, text=name, known=known), None


def rows_of(
    table: Table, rows: Sequence[SheetRow], place: Place
) -> tuple[list[Row], list[Finding]]:
    """Return the rows of a table, and what is wrong; ``place`` is that of the sheet or file."""
    header = _header(table, rows, place)
    if header is None:
        known = "、".join(column.ja for column in table.columns)
        return [], [fault("no-header", place, known=known)] if rows else []
    found = header.findings
    read = []
    for row in rows:
        if row.number > header.row:
            cells, wrong = _cells(row, header, place._replace(row=row.number))
            found += wrong
            if cells or wrong:
                read.append(Row(cells, place._replace(row=row.number)))
    if read:
        there = {column.key for _, column in header.columns.values() if column is not None}
        at = place._replace(row=header.row)
        found += [
            fault("missing-column", at._replace(column=column.ja), text=column.ja)
            for column in table.columns
            if column.required and column.key not in there
        ]
    return read, found


def _cells(row: SheetRow, header: _Header, place: Place) -> tuple[dict[str, str], list[Finding]]:
    cells: dict[str, str] = {}
    found: list[Finding] = []
    for cell in row.cells:
        name, column = header.columns.get(cell.column, ("", None))
        if column is not None and column.key not in cells:
            text, wrong = text_of(cell, column, place._replace(column=name))
            found += wrong
            if text:
                cells[column.key] = text
        elif not name and clean(cell.text, place)[0]:
            found.append(fault("extra-cells", place, text=shown(cell)))
    return cells, found


def _header(table: Table, rows: Sequence[SheetRow], place: Place) -> _Header | None:
    """Return the first row, near the top, that names two columns, or one and little else."""
    known = {
        name_key(name): column
        for column in table.columns
        for name in (column.key, column.en, column.ja)
    }
    above: list[SheetRow] = []
    for row in rows[:_HEADER_WITHIN]:
        names = {cell.column: clean(cell.text, place)[0] for cell in row.cells}
        hits = [name for name in names.values() if name_key(name) in known]
        if not _is_note(row) and hits and (len(hits) > 1 or len(names) < 3):
            return _matched(table, row.number, names, known, place, above)
        above.append(row)
    return None


def _is_note(row: SheetRow) -> bool:
    return row.cells[0].text.lstrip().startswith(_NOTE)


def _matched(
    table: Table,
    number: int,
    names: dict[int, str],
    known: dict[str, Column],
    place: Place,
    above: Sequence[SheetRow],
) -> _Header:
    at = place._replace(row=number)
    columns: dict[int, tuple[str, Column | None]] = {}
    found: list[Finding] = []
    if not all(map(_is_note, above)):
        found.append(fault("above-header", at))
    there = {known[name_key(name)].key for name in names.values() if name_key(name) in known}
    missing = {
        name: column.ja
        for column in table.columns
        if column.key not in there
        for name in (column.ja, column.en)
    }
    taken: set[str] = set()
    for place_of, name in names.items():
        column = known.get(name_key(name))
        columns[place_of] = (name, column)
        here = at._replace(column=name)
        if column is None and name and not name.startswith(_NOTE):
            near = nearest(name, missing)
            all_of_them = "、".join(column.ja for column in table.columns)
            found.append(
                fault("unknown-column", here, text=name, known=all_of_them)
                if near is None
                else fault("misspelt-column", here, text=name, near=near)
            )
        elif column is not None and column.key in taken:
            found.append(fault("double-column", here, text=name))
        if column is not None:
            taken.add(column.key)
    return _Header(number, columns, found)


def text_row(number: int, cells: Iterable[str]) -> SheetRow:
    """Return a row of texts, as CSV has them."""
    found = (Cell(column, "text", text) for column, text in enumerate(cells, 1) if text)
    return SheetRow(number, False, tuple(found))
