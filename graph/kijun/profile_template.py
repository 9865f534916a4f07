"""A profile as an Excel workbook to fill in: one sheet a table, after one that explains them.

Columns that refer to something offer it in a drop-down: closed lists and nothing else, the marks of
the sheet they point to, and the bodies of the registers as a help (any other name may be written).
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from kijun.lines import visible
from kijun.profile import Profile
from kijun.profile_csv import word
from kijun.profile_schema import BY_KEY, TABLES, WORDS, Column, Table
from kijun.profile_sheets import DARK, ROWS, Field, fill, guide, page
from kijun.profile_workbook import GUIDE, LISTS
from kijun.register_names import NO_NAMES, RegisterNames
from kijun.workbook import put, timeless

_WIDTHS = {"date": 13, "choice": 16, "number": 17, "id": 12, "system": 14, "document": 14}
_UNTITLED = ("情報システムの境界の記述", "What is said of systems and their boundaries")
_INVENTED = (
    "架空の例であり、実在の機関や情報システムについて何も述べない。",
    "An invented example, which says nothing about real bodies or systems.",
)
_HEADINGS = (("シート", "書くこと"), ("sheet", "what belongs there"))
_HOW = (
    ("濃い見出しの列は必ず書く。", "Dark headings must be filled in."),
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
        "自分のための列は、見出しを※で始めれば読まれない。",
        "A column of your own is passed over if its heading begins with ※.",
    ),
    (
        "確かめるには kijun check、境界の抜けを調べるには kijun gaps にこのファイルを渡す。",
        "Give this file to kijun check to have it checked, to kijun gaps for what is uncovered.",
    ),
)


def template_bytes(profile: Profile, names: RegisterNames = NO_NAMES, lang: str = "ja") -> bytes:
    """Return a workbook with the rows of a profile, and room for more."""
    lists = Lists(profile, names, lang)
    sheets = [(table, fields_of(table, profile, lists, lang)) for table in TABLES]
    how = [text[int(lang != "ja")] for text in _HOW]
    return book_bytes(profile, sheets, lists, how, lang)


def book_bytes(
    profile: Profile,
    sheets: Sequence[tuple[Table, Sequence[Field]]],
    lists: Lists,
    how: Sequence[str],
    lang: str,
) -> bytes:
    """Return a workbook: the sheet that explains, those to fill in, and the lists behind them."""
    at = int(lang != "ja")
    about = next(iter(profile.table("about")), None)
    name = about.get("title") if about else ""
    warnings = []
    if profile.marking:
        warnings.append(f"{('取扱い：', 'Handling: ')[at]}{profile.marking}")
    if about and about.get("invented") == "yes":
        warnings.append(_INVENTED[at])
    book = Workbook()
    first = book.worksheets[0]
    first.title = (GUIDE, "guide")[at]
    listed = [(title(t, lang), (t.note_ja, t.note_en)[at]) for t, _ in sheets]
    guide(first, name or _UNTITLED[at], warnings, how, listed, _HEADINGS[at])
    for table, fields in sheets:
        sheet = book.create_sheet(title(table, lang))
        fill(sheet, fields, lang)
        sheet.sheet_properties.tabColor = DARK if table.key in ("about", "systems") else "8496B0"
    lists.write(book.create_sheet(lists.sheet))
    for sheet in book.worksheets:
        page(sheet, profile.marking, lang)
    book.properties.title = visible(name)
    book.properties.creator = "kijun"
    return timeless(book)


def title(table: Table, lang: str) -> str:
    """Return the name of a table's sheet."""
    return table.ja if lang == "ja" else table.en


def fields_of(table: Table, profile: Profile, lists: Lists, lang: str) -> list[Field]:
    """Return the columns of a table with what a profile says in them."""
    rows = profile.table(table.key)
    return [
        Field(
            heading=column.ja if lang == "ja" else column.en,
            note=column.note_ja if lang == "ja" else column.note_en,
            texts=[word(row.get(column.key), column, lang) for row in rows],
            required=column.required,
            is_date=column.form == "date",
            width=_WIDTHS.get(column.form, 16),
            choice=lists.place(column),
            bound=column.form == "choice",
        )
        for column in table.columns
    ]


class Lists:
    """The lists behind the drop-downs, on a sheet of their own."""

    def __init__(self, profile: Profile, names: RegisterNames, lang: str) -> None:
        at = int(lang != "ja")
        self.lang = lang
        self.sheet = (LISTS, "lists")[at]
        self.columns = {
            "bodies": [*(row.get("name") for row in profile.table("bodies")), *names.bodies],
            "norms": list(names.norms),
            **{name: [pair[at] for pair in words.values()] for name, words in WORDS.items()},
        }
        self.columns["concerns"] += [row.get("name") for row in profile.table("concerns")]

    def place(self, column: Column) -> str | None:
        """Return where the list for a column stands, None where there is none."""
        if column.form in ("system", "document"):
            sheet = title(BY_KEY[f"{column.form}s"], self.lang)
            return f"{quote_sheetname(sheet)}!$A$2:$A${ROWS}"
        name = {"body": "bodies", "concern": "concerns", "norm": "norms"}.get(column.form)
        if column.form == "choice":
            name = next(key for key, words in WORDS.items() if words is column.words)
        if name is None or not self.columns[name]:
            return None
        letter = get_column_letter(list(self.columns).index(name) + 1)
        last = len(self.columns[name]) + 1
        return f"{quote_sheetname(self.sheet)}!${letter}$2:${letter}${last}"

    def write(self, sheet: Worksheet) -> None:
        """Write the lists, each under its name, and hide the sheet."""
        for place, (name, items) in enumerate(self.columns.items(), 1):
            put(sheet, 1, place, name).font = Font(bold=True)
            for row, item in enumerate(items, 2):
                put(sheet, row, place, item).number_format = "@"
        sheet.sheet_state = "hidden"
