"""Sheets that people fill in: headings with notes, cells of the right kind, lists to choose from.

Marks and names are text cells, so that Excel makes no number or date of them, and each page that
is printed says how it is to be handled.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kijun.lines import display_width, visible
from kijun.workbook import put

ROWS = 1_000
"""How far down drop-downs reach."""

DARK = "1F3864"
_LIGHT, _SHADE, _TEXT, _RED = "E7EDF3", "F4F6F9", "FFFFFF", "9C0006"
_DARKNESS = {(True, False): DARK, (False, False): _LIGHT, (False, True): "D9DEE7"}
"""How dark a heading is, by whether its column must be filled in and is only shown."""

_FLOW = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LINE = Border(bottom=Side(style="hair", color="8496B0"))
_OLDEST = "1900-03-01"
"""Before this day Excel counts a 29 February that never was."""


class Field(NamedTuple):
    """One column of a sheet: its heading, what its cells are, and the texts in them so far.

    A column that is ``shown`` only is for people to read; reading passes over it, as its heading
    begins with ※. ``choice`` is where a list to choose from stands, ``bound`` whether nothing else
    may be written.
    """

    heading: str
    note: str
    texts: Sequence[str] = ()
    required: bool = False
    is_date: bool = False
    shown: bool = False
    width: float = 16
    widest: float = 44
    choice: str | None = None
    bound: bool = False


def fill(sheet: Worksheet, fields: Sequence[Field], lang: str) -> None:
    """Write a table with its headings, room for more rows, and the row of headings fixed."""
    count = max((len(field.texts) for field in fields), default=0)
    lines = [1] * count
    for place, field in enumerate(fields, 1):
        letter = get_column_letter(place)
        head = put(sheet, 1, place, field.heading)
        _heading(head, _DARKNESS[field.required, field.shown])
        head.comment = _comment(field, lang)
        size = sheet.column_dimensions[letter]
        size.number_format = "yyyy-mm-dd" if field.is_date else "@"
        size.alignment = _FLOW
        size.width = _width(field)
        for number, text in enumerate(field.texts):
            _put(sheet, number + 2, place, text, field)
            lines[number] = max(lines[number], _lines(text, size.width))
        if field.choice is not None:
            _offer(sheet, field, f"{letter}2:{letter}{ROWS}", lang)
    for number, needed in enumerate(lines, 2):
        sheet.row_dimensions[number].height = min(17.0 * needed, 400)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{max(2, count + 1)}"
    sheet.print_title_rows = "1:1"


def _heading(cell: Any, fill: str) -> None:
    cell.font = Font(bold=True, color=_TEXT if fill == DARK else "000000")
    cell.fill = PatternFill("solid", fgColor=fill)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(bottom=Side(style="thin"))


def _put(sheet: Worksheet, row: int, place: int, text: str, field: Field) -> None:
    if field.is_date and text >= _OLDEST:
        cell = sheet.cell(row, place)
        cell.value = datetime.date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    else:
        cell = put(sheet, row, place, text)
        cell.number_format = "@"
    cell.alignment, cell.border = _FLOW, _LINE
    if field.shown:
        cell.fill = PatternFill("solid", fgColor=_SHADE)


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(display_width(line) * 1.05 / width)) for line in text.split("\n"))


def _width(field: Field) -> float:
    least = display_width(field.heading) + 5
    texts = (line for text in field.texts for line in text.split("\n"))
    most = max(map(display_width, texts), default=0)
    return float(max(min(max(field.width, most + 2), field.widest), least))


def _comment(field: Field, lang: str) -> Comment:
    must = ("必須。", "Required. ")[int(lang != "ja")] if field.required else ""
    note = Comment(must + field.note, "kijun")
    note.width, note.height = 280, 30 + 20 * (1 + display_width(must + field.note) // 36)
    return note


def _offer(sheet: Worksheet, field: Field, area: str, lang: str) -> None:
    made = DataValidation(type="list", formula1=field.choice, allow_blank=True)
    made.showErrorMessage = field.bound
    made.errorTitle = field.heading
    made.error = "一覧から選ぶ。" if lang == "ja" else "Choose from the list."
    sheet.add_data_validation(made)
    made.add(area)


def guide(
    sheet: Worksheet,
    head: str,
    warnings: Sequence[str],
    lines: Sequence[str],
    listed: Sequence[tuple[str, str]],
    headings: tuple[str, str],
) -> None:
    """Write the sheet that explains the others: a title, warnings, lines, and the sheets' list."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 84
    put(sheet, 1, 1, head).font = Font(bold=True, size=16)
    for row, text in enumerate(warnings, 2):
        put(sheet, row, 1, text).font = Font(bold=True, color=_RED)
    row = len(warnings) + 2
    for text in lines:
        row += 1
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        put(sheet, row, 1, f"・{text}").alignment = _FLOW
        sheet.row_dimensions[row].height = 17 * ceil((display_width(text) + 2) / 112)
    row += 2
    for place, text in enumerate(headings, 1):
        _heading(put(sheet, row, place, text), DARK)
    for name, said in listed:
        row += 1
        cell, note = put(sheet, row, 1, name), put(sheet, row, 2, said)
        cell.hyperlink = f"#{quote_sheetname(name)}!A1"
        cell.font = Font(color=DARK, underline="single")
        for one in (cell, note):
            one.border, one.alignment = _LINE, _FLOW
        sheet.row_dimensions[row].height = 17 * ceil((display_width(said) + 1) / 92)


def page(sheet: Worksheet, marking: str, lang: str) -> None:
    """Set how a sheet is printed, its marking on top and at the foot of every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    handling = "取扱い：" if lang == "ja" else "Handling: "
    # Excel takes & for the beginning of a code.
    said = f"{handling}{visible(marking)}".replace("&", "&&").replace("\n", " ")[:200]
    sheet.oddHeader.left.text = "&A"
    sheet.oddHeader.right.text = said if marking else ""
    sheet.oddFooter.left.text = said if marking else ""
    sheet.oddFooter.right.text = "&P / &N"
