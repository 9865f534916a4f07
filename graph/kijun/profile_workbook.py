"""A profile from an Excel workbook: one sheet a table."""

from __future__ import annotations

from pathlib import Path

from kijun.errors import BadInput
from kijun.names import name_key
from kijun.profile import Finding, Place, Profile, Reading, Row
from kijun.profile_faults import fault
from kijun.profile_grid import rows_of, table_called, unknown_table
from kijun.profile_schema import TABLES, Table
from kijun.saying import worded
from kijun.sheets import Sheet, column_number, letters, read_sheets

GUIDE, LISTS = "説明", "一覧"
"""The sheets that explain the others and hold the lists behind their drop-downs: not read."""

_NOT_READ = {name_key(name) for name in (GUIDE, LISTS, "guide", "lists")}


def read_workbook(path: Path, shown: str) -> Reading:
    """Return the profile in a workbook.

    Raises:
        BadInput: it is no workbook, none of its sheets is a table, or it is beyond a limit.
    """
    sheets = read_sheets(path, shown, lambda name: table_called(name) is not None)
    rows: dict[str, tuple[Row, ...]] = {}
    places = {table.key: Place(shown, table.ja) for table in TABLES}
    found: list[Finding] = []
    strange = []
    for sheet in sheets:
        place = Place(shown, sheet.name)
        table = table_called(sheet.name)
        if table is None:
            strange += [sheet.name] if name_key(sheet.name) not in _NOT_READ else []
        elif table.key in rows:
            found.append(fault("double-sheet", place, text=table.ja))
        else:
            read, wrong = _table(table, sheet, place)
            rows[table.key], places[table.key] = tuple(read), place
            found += wrong
    if not rows:
        known = "、".join(table.ja for table in TABLES)
        raise BadInput(
            worded(
                "{shown}: none of its sheets is a table of a profile; they are {known}",
                shown=shown,
                known=known,
            )
        )
    missing = [table for table in TABLES if table.key not in rows]
    for name in strange:
        place = Place(shown, name)
        finding, meant = unknown_table(name, place, missing)
        found.append(finding)
        if meant is not None:
            places[meant.key] = place
    return Reading(Profile(shown, rows, places), tuple(found))


def _table(table: Table, sheet: Sheet, place: Place) -> tuple[list[Row], list[Finding]]:
    rows, found = rows_of(table, sheet.rows, place)
    if sheet.hidden and rows:
        found.append(fault("hidden-sheet", place))
    if any(row.hidden for row in sheet.rows):
        first = next(row.number for row in sheet.rows if row.hidden)
        found.append(fault("hidden-rows", place._replace(row=first)))
    used = {cell.column for row in sheet.rows for cell in row.cells}
    if hidden := sorted(sheet.hidden_columns & used):
        found.append(fault("hidden-columns", place._replace(column=letters(hidden[0]))))
    found += [
        fault("merged-cells", place._replace(row=_row(area)), text=area)
        for area in sheet.merged
        if column_number(area) in used and rows and _last_row(area) >= (rows[0].place.row or 1)
    ]
    return rows, found


def _row(area: str) -> int:
    return int("".join(filter(str.isdigit, area.partition(":")[0])))


def _last_row(area: str) -> int:
    return int("".join(filter(str.isdigit, area.rpartition(":")[2])))
