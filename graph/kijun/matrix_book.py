"""The matrix of each platform as a coloured sheet; each cell says in words what its colour says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from kijun.lines import visible
from kijun.matrix import Grid, cell_words, grids, legend
from kijun.workbook import put, timeless

COLOURS = {"covered": "E2F0D9", "hole": "F8CBAD", "excluded": "D9D9D9", "other": "FFFFFF"}
"""The fill of each status; ink on it keeps a contrast of 12 to 1 or more."""

_THIN = Border(*(Side(style="thin", color="A6A6A6") for _ in range(4)))
_WRAP = Alignment(vertical="top", wrap_text=True)
_WIDTH, _LINE = 22, 16.0


def matrix_book(
    title: str, notes: Sequence[str], rows: Sequence[Mapping[str, object]], lang: str
) -> bytes:
    """Return a workbook with one sheet for each platform; notes stand on top of every sheet."""
    book = Workbook()
    found = grids(rows)
    names: set[str] = set()
    for number, grid in enumerate(found or [Grid(title, (), ())]):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = _sheet_name(grid.platform, names)
        put(sheet, 1, 1, f"{title}：{grid.platform}" if grid.platform != title else title)
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        for row, note in enumerate([*notes, legend(lang)], 2):
            put(sheet, row, 1, note.replace("\n", " ")).font = Font(color="9C0006")
        head = len(notes) + 4
        _fill(sheet, head, grid, lang)
        sheet.freeze_panes = f"B{head + 1}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.title = visible(title)
    book.properties.creator = "kijun"
    return timeless(book)


def _fill(sheet: object, head: int, grid: Grid, lang: str) -> None:
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    first = "事項" if lang == "ja" else "concern"
    for place, label in enumerate((first, *grid.parties), 1):
        cell = put(sheet, head, place, label)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E7EDF3")
        cell.alignment, cell.border = _WRAP, _THIN
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    for row, (concern, cells) in enumerate(grid.concerns, head + 1):
        label = put(sheet, row, 1, concern)
        label.font, label.alignment, label.border = Font(bold=True), _WRAP, _THIN
        tallest = 1
        for place, one in enumerate(cells, 2):
            words = cell_words(one, lang)
            cell = put(sheet, row, place, words)
            cell.fill = PatternFill("solid", fgColor=COLOURS[str(one["status"])])
            cell.alignment, cell.border = _WRAP, _THIN
            tallest = max(tallest, len(words.split("✕")), -(-2 * len(words) // _WIDTH))
        sheet.row_dimensions[row].height = _LINE * max(tallest, -(-2 * len(concern) // _WIDTH))


def _sheet_name(platform: str, taken: set[str]) -> str:
    """Return a name that Excel allows and no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\'\n]", " ", visible(platform)).strip()[:31] or "kijun"
    name, number = base, 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = base[: 31 - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name
