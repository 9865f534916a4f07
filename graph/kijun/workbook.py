"""An answer as a workbook that Excel shows as it is meant, and no cell of it runs.

On top stand the title and what the answer must say first, then one row of labels in
the reader's language and one of keys, both frozen, with a filter on the keys. Every
text is a text cell, so the section 2(10) stays 2(10), and is marked as quoted where it
looks like a formula. The columns with IRIs are folded away behind the ＋ above them, so
that neither screen nor print drowns in them. The same answer gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kijun.cells import neutral, plain
from kijun.errors import BadInput
from kijun.lines import display_width, visible
from kijun.saying import worded
from kijun.tables import Column, Row, cell_text, code

_LIMIT_OF_ROWS = 1_048_576
_LIMIT_OF_TEXT = 32_767
_WIDEST = 30
_WIDEST_TEXT = 60
_LINE, _HIGHEST = 16.0, 409.0
_IS_TEXT = 6
"""From this weight on a column is one to read, and gets more room."""

_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOMENT = "2000-01-01T00:00:00Z"


def workbook_bytes(
    title: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Row],
    lang: str = "ja",
) -> bytes:
    """Return a workbook of one sheet.

    Codes are in words where the column knows Japanese for them and ``lang`` is
    ``"ja"``; lists are joined by ``"; "``.

    Raises:
        BadInput: more rows than a sheet holds.
    """
    above = [title, *notes]
    head = len(above) + 2
    if head + len(rows) > _LIMIT_OF_ROWS:
        raise BadInput(
            worded("{count} rows are more than a sheet of Excel holds; choose csv", count=len(rows))
        )
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = re.sub(r"[\[\]:*?/\\'\n]", " ", visible(title)).strip()[:31] or "kijun"
    for number, text in enumerate(above, 1):
        cell = put(sheet, number, 1, text.replace("\n", " "))
        cell.font = Font(bold=True, size=14) if number == 1 else Font(color="9C0006")
    lines: dict[int, int] = {}
    for place, column in enumerate(columns, 1):
        _put_header(sheet, head, place, column, lang)
        listed = [_shown(row.get(column.key), column, lang) for row in rows]
        _fill(sheet, head + 1, place, column, listed)
        letter = get_column_letter(place)
        size = sheet.column_dimensions[letter]
        size.width = _room([column.label(lang), column.key], listed, column)
        if column.key.endswith("_iri"):
            size.outlineLevel, size.hidden = 1, True
        else:
            for row, value in enumerate(listed, head + 1):
                lines[row] = max(lines.get(row, 1), _lines(value, size.width))
    for row, number in lines.items():
        # Excel fits rows by itself, LibreOffice shows what the file says.
        sheet.row_dimensions[row].height = min(number * _LINE, _HIGHEST)
    if columns:
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A{head}:{last}{head + len(rows)}"
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head - 1}:{head}"
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.5)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.title = visible(title)
    book.properties.creator = "kijun"
    return timeless(book)


def _shown(value: object, column: Column, lang: str) -> str | int | bool | None:
    if column.words is None or lang != "ja":
        return plain(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(cell_text(item, lang, column.words) for item in value)
    return column.words.get(code(value), plain(value))


def put(sheet: Worksheet, row: int, place: int, value: str | int | bool | None) -> Any:
    """Write a value into a cell and return that: a text stays text, whatever it looks like."""
    cell: Any = sheet.cell(row, place)
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = visible(value)
    if not text:
        return cell
    if len(text) > _LIMIT_OF_TEXT:
        mark = f"… [{len(text)}]"
        text = text[: _LIMIT_OF_TEXT - len(mark)] + mark
    # Excel takes _x0041_ for A.
    cell.value = _LIKE_ESCAPE.sub("_x005F_", text)
    # openpyxl takes "=1" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    if neutral(value) != value:
        cell.quotePrefix = True
    return cell


def _put_header(sheet: Worksheet, row: int, place: int, column: Column, lang: str) -> None:
    label = put(sheet, row - 1, place, column.label(lang))
    label.font = Font(bold=True)
    key = put(sheet, row, place, column.key)
    key.font = Font(color="595959", size=9)
    key.border = Border(bottom=Side(style="thin"))
    for cell in (label, key):
        cell.fill = PatternFill("solid", fgColor="E7EDF3")
        cell.alignment = Alignment(vertical="top", wrap_text=cell is label)


def _fill(
    sheet: Worksheet,
    first: int,
    place: int,
    column: Column,
    values: Iterable[str | int | bool | None],
) -> None:
    # An IRI in several lines would only make every row tall.
    flow = Alignment(vertical="top", wrap_text=not column.key.endswith("_iri"))
    for row, value in enumerate(values, first):
        cell = put(sheet, row, place, value)
        cell.alignment = flow
        if isinstance(value, str):
            cell.number_format = "@"


def _room(names: Sequence[str], values: Iterable[str | int | bool | None], column: Column) -> int:
    texts = {str(value) for value in values if value is not None}
    # Room for the filter's arrow beside the key.
    need = max(display_width(name) + 4 for name in names)
    for text in texts:
        need = max(need, *(display_width(line) + 2 for line in (visible(text).split("\n"))))
    return min(need, _WIDEST_TEXT if column.weight >= _IS_TEXT else _WIDEST)


def _lines(value: str | int | bool | None, width: float) -> int:
    """Return how many lines a cell takes, rather one too many than one too few."""
    if not isinstance(value, str) or len(value) < width / 2:
        return 1
    room = width / 1.1
    return sum(max(1, ceil(display_width(line) / room)) for line in visible(value).split("\n"))


def timeless(book: Workbook) -> bytes:
    """Save without the time of day, which is in the properties and in the ZIP itself."""
    written = io.BytesIO()
    book.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _MOMENT.encode(), data)
            if name.startswith("xl/worksheets/"):
                # So a program may fit a row again when its text or a column's width changes.
                data = data.replace(b' customHeight="1"', b"")
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            target.writestr(entry, data)
    return fixed.getvalue()
