"""What one cell of a profile says: cleaned of what nobody means, refused where it is not certain.

White space at the ends goes silently; marks, norms and numbers are read alike in full and half
width, as nobody means a difference there; days come out as in ISO 8601 and words of a closed list
as their code. All else stays as it was written: what names mean is settled elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kijun.eras import day_of
from kijun.names import name_key
from kijun.profile import Finding, Place
from kijun.profile_faults import fault, short
from kijun.profile_schema import Column
from kijun.sheets import Cell

LONGEST_CELL = 32_767
"""What a cell of Excel holds; no profile says more in one place."""

_MARKS = ("id", "system", "document", "norm", "number")
_ASCII_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_PLAIN_FORMATS = ("General", "0", "@")
_NEXT = re.compile(r"\s*\n\s*")


def text_of(cell: Cell, column: Column, place: Place) -> tuple[str, list[Finding]]:
    """Return what a cell says in a column, empty where it cannot be trusted, and why."""
    match cell.kind:
        case "formula":
            return "", [fault("formula", place)]
        case "error":
            return "", [fault("cell-error", place, text=cell.text)]
        case "date" if column.form != "date":
            return "", [fault("date-as-text", place, text=cell.text)]
        case "truth" if column.form == "choice" and set(column.words) == {"yes", "no"}:
            return "yes" if cell.text == "1" else "no", []
        case "truth":
            return "", [fault("truth-as-text", place)]
        case "number":
            return _number(cell, column, place)
    return _text(cell.text, column, place)


def _number(cell: Cell, column: Column, place: Place) -> tuple[str, list[Finding]]:
    """Return a number where its figures are all that it can have been; 15 is what Excel keeps."""
    value = float(cell.text)
    whole = value == value // 1 and abs(value) < 1e15
    text = str(int(value)) if whole else repr(value)
    if column.form == "date":
        return "", [fault("number-as-date", place, text=text)]
    if not whole:
        return "", [fault("number-as-text", place, text=text)]
    if cell.shown_as not in _PLAIN_FORMATS and column.form != "number":
        return "", [fault("shown-otherwise", place, text=text, format=cell.shown_as)]
    return text, []


def _text(text: str, column: Column, place: Place) -> tuple[str, list[Finding]]:
    cleaned, found = clean(text, place)
    if len(cleaned) > LONGEST_CELL:
        said = fault("too-long", place, text=str(len(cleaned)), known=str(LONGEST_CELL))
        return "", [*found, said]
    if not cleaned:
        return "", found
    if column.form == "date":
        day = day_of(cleaned)
        if day is None:
            return "", [*found, fault("bad-date", place, text=cleaned)]
        return day.isoformat(), found
    if column.form == "choice":
        return code_of(cleaned, column), found
    if column.form in _MARKS:
        cleaned = even_width(cleaned)
    if column.form in ("norm", "number"):
        cleaned = "".join(_DASHES.sub("-", cleaned).split())
    return cleaned, found


def clean(text: str, place: Place) -> tuple[str, list[Finding]]:
    """Return a text without what nobody means, and what a reader should know was taken out.

    >>> clean("　総務省\\u200b ", Place("p.csv"))[0]
    '総務省'
    """
    found: list[Finding] = []
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        hidden = sorted({char for char in text if _is_hidden(char)})
        if hidden:
            text = "".join(char for char in text if not _is_hidden(char))
            named = ", ".join(f"U+{ord(char):04X}" for char in hidden)
            found.append(fault("hidden-characters", place, text=named))
    if any(map(unicodedata.combining, text)):
        composed = "".join(_composed(text))
        if composed != text:
            text = composed
            found.append(fault("decomposed", place))
    return _NEXT.sub("\n", text.strip()), found


def _is_hidden(char: str) -> bool:
    nobody = ord(char) & 0xFFFE == 0xFFFE
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return nobody or (hidden and char != "\n")


def _composed(text: str) -> Iterator[str]:
    """Yield the text with marks put onto their letters; NFC of the whole would change kanji."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            part = text[start:end]
            yield unicodedata.normalize("NFC", part) if len(part) > 1 else part
            start = end


def even_width(text: str) -> str:
    """Return a text with ASCII in half width and kana in full width; ① stays ①.

    >>> even_width("６（４）－２ａ"), even_width("ｼｽﾃﾑ１"), even_width("3(1)①-1a")
    ('6(4)-2a', 'システム1', '3(1)①-1a')
    """
    narrow = text.translate(_ASCII_WIDE)
    return _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), narrow)


def code_of(text: str, column: Column) -> str:
    """Return the code of a word of the column's closed list, or the text where it has no such."""
    key = name_key(text)
    for code, words in column.words.items():
        if key in (name_key(code), *map(name_key, words)):
            return code
    return text


def shown(cell: Cell) -> str:
    """Return a cell for a message."""
    return short(cell.text)
