"""A profile as an Excel workbook to fill in: one sheet a table, after one that explains them.

Columns that refer to something offer it in a drop-down: closed lists and nothing else, the marks of
the sheet they point to, and the bodies of the registers as a help (any other name may be written).
Marks and names are text cells, so that Excel makes no number or date of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kijun.lines import display_width, visible
from kijun.profile import Profile
from kijun.profile_csv import word
from kijun.profile_schema import TABLES, WORDS, Column, Table
from kijun.profile_workbook import GUIDE, LISTS
from kijun.register_names import NO_NAMES, RegisterNames
from kijun.workbook import put, timeless

_ROWS = 1_000
"""How far down drop-downs reach."""

_DARK, _LIGHT, _TEXT = "1F3864", "E7EDF3", "FFFFFF"
_WIDTHS = {"date": 13, "choice": 16, "number": 17, "id": 12, "system": 14, "document": 14}
_OLDEST = "1900-03-01"
"""Before this day Excel counts a 29 February that never was."""

_FLOW = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LINE = Border(bottom=Side(style="hair", color="8496B0"))
_INVENTED = (
    "架空の例であり、実在の機関や情報システムについて何も述べない。",
    "An invented example, which says nothing about real bodies or systems.",
)
_REQUIRED = ("濃い見出しの列は必ず書く。", "Dark headings must be filled in.")
_HOW = (
    (
        "見出しにカーソルを合わせると、その列の説明が出る。▼のある列は一覧から選べる。"
        "行や列を増やしてよいが、見出しの行は消さない。",
        "Point at a heading to see what belongs there. Columns with ▼ offer a list. "
        "Add rows as you like, but keep the header row.",
    ),
    (
        "システムと文書には短い記号を付け、ほかの表からはその記号で指す。"
        "一つの欄に二つ以上書くときは「、」で区切る。",
        "Give systems and documents a short mark, and refer to them by it in the other tables. "
        "Where a cell holds several, put 、 or ; between them.",
    ),
    (
        "機関は、名簿にある名称、略称又は法人番号で書く。名簿にない機関は「機関」の表に加える。",
        "Write bodies by their name, abbreviation or 法人番号 in the registers; "
        "add others to the table of bodies.",
    ),
    (
        "数式は読まない。結合したセルは読めない。日付は2016-10-12又は平成28年10月12日と書き、"
        "分からないときは空にする。",
        "Formulas are not read and merged cells cannot be. Write days as 2016-10-12; "
        "leave them empty where they are not known.",
    ),
    (
        "確かめるには kijun check、境界の抜けを調べるには kijun gaps にこのファイルを渡す。",
        "Give this file to kijun check to have it checked, to kijun gaps for what is uncovered.",
    ),
)


def template_bytes(
    profile: Profile,
    names: RegisterNames = NO_NAMES,
    lang: str = "ja",
    tables: Sequence[Table] = TABLES,
) -> bytes:
    """Return a workbook with the rows of a profile, and room for more."""
    book = Workbook()
    _guide(book.worksheets[0], profile, tables, lang)
    lists = _Lists(profile, names, lang)
    for table in tables:
        _fill(book.create_sheet(title(table, lang)), table, profile, lists, lang)
    lists.write(book.create_sheet(LISTS if lang == "ja" else "lists"))
    for sheet in book.worksheets:
        _page(sheet, profile.marking, lang)
    book.properties.title = visible(next((r.get("title") for r in profile.table("about")), ""))
    book.properties.creator = "kijun"
    return timeless(book)


def title(table: Table, lang: str) -> str:
    """Return the name of a table's sheet."""
    return table.ja if lang == "ja" else table.en


def label(column: Column, lang: str) -> str:
    """Return the heading of a column."""
    return column.ja if lang == "ja" else column.en


def _guide(sheet: Worksheet, profile: Profile, tables: Sequence[Table], lang: str) -> None:
    at = int(lang != "ja")
    sheet.title = GUIDE if lang == "ja" else "guide"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 84
    about = next(iter(profile.table("about")), None)
    name = about.get("title") if about else ""
    head = name or ("情報システムの境界の記述", "What is said of systems and their boundaries")[at]
    put(sheet, 1, 1, head).font = Font(bold=True, size=16)
    row = 2
    if profile.marking:
        put(sheet, row, 1, f"{('取扱い：', 'Handling: ')[at]}{profile.marking}").font = Font(
            bold=True, color="9C0006"
        )
        row += 1
    if about and about.get("invented") == "yes":
        put(sheet, row, 1, _INVENTED[at]).font = Font(bold=True, color="9C0006")
        row += 1
    for text in (_REQUIRED, *_HOW):
        row += 1
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        put(sheet, row, 1, f"・{text[at]}").alignment = _FLOW
        sheet.row_dimensions[row].height = 17 * ceil((display_width(text[at]) + 2) / 112)
    row += 2
    for place, text in enumerate(((("シート", "sheet")), ("書くこと", "what belongs there")), 1):
        _heading(put(sheet, row, place, text[at]), dark=True)
    for table in tables:
        row += 1
        cell = put(sheet, row, 1, title(table, lang))
        cell.hyperlink = f"#{quote_sheetname(title(table, lang))}!A1"
        cell.font = Font(color="1F3864", underline="single")
        note = put(sheet, row, 2, table.note_ja if lang == "ja" else table.note_en)
        for one in (cell, note):
            one.border, one.alignment = _LINE, _FLOW
        sheet.row_dimensions[row].height = 17 * ceil((display_width(str(note.value)) + 1) / 92)


def _heading(cell: object, *, dark: bool) -> None:
    cell.font = Font(bold=True, color=_TEXT if dark else "000000")  # type: ignore[attr-defined]
    cell.fill = PatternFill("solid", fgColor=_DARK if dark else _LIGHT)  # type: ignore[attr-defined]
    cell.alignment = Alignment(vertical="center", wrap_text=True)  # type: ignore[attr-defined]
    cell.border = Border(bottom=Side(style="thin"))  # type: ignore[attr-defined]


def _fill(sheet: Worksheet, table: Table, profile: Profile, lists: _Lists, lang: str) -> None:
    rows = profile.table(table.key)
    for place, column in enumerate(table.columns, 1):
        head = put(sheet, 1, place, label(column, lang))
        _heading(head, dark=column.required)
        head.comment = _note(column, lang)
        letter = get_column_letter(place)
        size = sheet.column_dimensions[letter]
        size.number_format = "yyyy-mm-dd" if column.form == "date" else "@"
        size.alignment = _FLOW
        texts = [word(row.get(column.key), column, lang) for row in rows]
        size.width = _width(column, lang, texts)
        for number, text in enumerate(texts, 2):
            _put(sheet, number, place, text, column)
        if choice := lists.choice(column, lang):
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{_ROWS}")
    for number, row in enumerate(rows, 2):
        told = enumerate((word(row.get(c.key), c, lang) for c in table.columns), 1)
        lines = max(_lines(sheet, place, text) for place, text in told)
        sheet.row_dimensions[number].height = min(17.0 * lines, 400)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{max(2, len(rows) + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.sheet_properties.tabColor = _DARK if table.key in ("about", "systems") else "8496B0"


def _put(sheet: Worksheet, row: int, place: int, text: str, column: Column) -> None:
    if column.form == "date" and text >= _OLDEST:
        cell = sheet.cell(row, place)
        cell.value = datetime.date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    else:
        cell = put(sheet, row, place, text)
        cell.number_format = "@"
    cell.alignment, cell.border = _FLOW, _LINE


def _lines(sheet: Worksheet, place: int, text: str) -> int:
    width = sheet.column_dimensions[get_column_letter(place)].width
    return sum(max(1, ceil(display_width(line) / width)) for line in text.split("\n"))


def _width(column: Column, lang: str, texts: Sequence[str]) -> float:
    least = max(_WIDTHS.get(column.form, 16), display_width(label(column, lang)) + 5)
    most = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
    return float(min(max(least, most + 2), 44))


def _note(column: Column, lang: str) -> Comment:
    said = column.note_ja if lang == "ja" else column.note_en
    must = ("必須。", "Required. ")[int(lang != "ja")] if column.required else ""
    note = Comment(must + said, "kijun")
    note.width, note.height = 280, 30 + 20 * (1 + display_width(must + said) // 36)
    return note


class _Lists:
    """The lists behind the drop-downs, on a sheet of their own."""

    def __init__(self, profile: Profile, names: RegisterNames, lang: str) -> None:
        at = int(lang != "ja")
        own = [row.get("name") for row in profile.table("bodies")]
        concerns = [pair[at] for pair in WORDS["concerns"].values()]
        added = [row.get("name") for row in profile.table("concerns")]
        self.columns: dict[str, list[str]] = {
            "bodies": [*own, *names.bodies],
            "concerns": [*concerns, *added],
            "norms": list(names.norms),
        }
        self.columns |= {
            name: [pair[at] for pair in words.values()]
            for name, words in WORDS.items()
            if name != "concerns"
        }
        self.sheet = LISTS if lang == "ja" else "lists"
        self.marks = {
            "system": next(table for table in TABLES if table.key == "systems"),
            "document": next(table for table in TABLES if table.key == "documents"),
        }

    def choice(self, column: Column, lang: str) -> DataValidation | None:
        """Return the drop-down of a column: binding for a closed list, a help for a reference."""
        name = {"body": "bodies", "concern": "concerns", "norm": "norms"}.get(column.form)
        if column.form == "choice":
            name = next(key for key, words in WORDS.items() if words is column.words)
        if column.form in self.marks:
            area = f"{quote_sheetname(title(self.marks[column.form], lang))}!$A$2:$A${_ROWS}"
        elif name and self.columns[name]:
            letter = get_column_letter(list(self.columns).index(name) + 1)
            last = len(self.columns[name]) + 1
            area = f"{quote_sheetname(self.sheet)}!${letter}$2:${letter}${last}"
        else:
            return None
        made = DataValidation(type="list", formula1=area, allow_blank=True)
        made.showErrorMessage = column.form == "choice"
        made.errorTitle = label(column, lang)
        made.error = "一覧から選ぶ。" if lang == "ja" else "Choose from the list."
        return made

    def write(self, sheet: Worksheet) -> None:
        for place, (name, items) in enumerate(self.columns.items(), 1):
            put(sheet, 1, place, name).font = Font(bold=True)
            for row, item in enumerate(items, 2):
                put(sheet, row, place, item).number_format = "@"
        sheet.sheet_state = "hidden"


def _page(sheet: Worksheet, marking: str, lang: str) -> None:
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
