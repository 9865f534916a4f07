"""What is in the cells of an Excel workbook, as it stands there, read within limits.

A cell is what its author put in: text, a number, a day, a truth value, an error or a formula; what
a formula came to is not read. The file is taken to be hostile: it is measured before it is
unpacked, its XML may declare no entities, and reading ends at the first limit.

This is no general reader. It reads what a table needs and openpyxl does not tell: which rows are
hidden without loading the whole book, the dates in Japan's own formats (numbers 27 to 36 and 50 to
58 of Excel's list, which are in no file), and all of it in a tenth of the time.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from kijun.errors import BadInput
from kijun.saying import worded
from kijun.workbook_faults import damaged, refuse_old

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_CELLS = 500_000

_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
_NOT_FORMAT = re.compile(r'\\.|"[^"]*"|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Cell(NamedTuple):
    """One cell that is not empty.

    ``kind`` is ``text``, ``number``, ``date`` (``text`` is then as in ISO 8601), ``truth`` (``1``
    or ``0``), ``error`` or ``formula``. ``shown_as`` is the format of a number, ``General`` where
    it is shown as it is.
    """

    column: int
    kind: str
    text: str
    shown_as: str = "General"


class SheetRow(NamedTuple):
    """The cells of one row that are not empty; ``number`` counts from 1."""

    number: int
    hidden: bool
    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """One sheet: its rows that hold something, its merged ranges, its hidden columns by number."""

    name: str
    hidden: bool
    rows: tuple[SheetRow, ...]
    merged: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()


def letters(column: int) -> str:
    """Return the letters of a column.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def column_number(reference: str) -> int:
    """Return the column of a cell's reference.

    >>> column_number("A1"), column_number("AA30")
    (1, 27)
    """
    number = 0
    for char in reference:
        if not char.isalpha():
            break
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def read_sheets(path: Path, shown: str, wanted: Callable[[str], bool]) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; of those not ``wanted`` by their name, no rows.

    ``shown`` is what the file is called in errors.

    Raises:
        BadInput: it is no workbook (but the old format, encrypted, damaged), or beyond a limit.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise BadInput(
            worded(
                "{shown}: larger than {mb} MB; split it", shown=shown, mb=LARGEST_FILE // 1_000_000
            )
        )
    refuse_old(path, shown)
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(_Book(archive, shown).sheets(wanted))
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, OSError, EOFError) as error:
        if isinstance(error, BadInput):
            raise
        raise damaged(shown, error) from error
    except (NotImplementedError, RuntimeError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise damaged(shown, error) from error


class _Book:
    def __init__(self, archive: zipfile.ZipFile, shown: str) -> None:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
            raise BadInput(
                worded(
                    "{shown}: unpacks to more than a profile can hold; it is not read", shown=shown
                )
            )
        self.archive = archive
        self.shown = shown
        self.names = set(archive.namelist())
        self.cells = 0

    def sheets(self, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
        book = _Workbook()
        at = self._office_document()
        self._parse(at, book)
        targets = self._targets(at)
        strings, styles = _Strings(), _Styles()
        for kind, part in (("sharedStrings", strings), ("styles", styles)):
            place = next((place for k, place in targets.values() if k == kind), None)
            if place in self.names:
                self._parse(str(place), part)
        formats = styles.formats()
        for name, hidden, relation in book.listed:
            kind, place = targets[relation]
            if kind != "worksheet" or not wanted(name):
                yield Sheet(name, hidden, ())
                continue
            rows = _Rows(self, name, strings.found, formats, book.from_1904)
            self._parse(place, rows)
            yield Sheet(
                name, hidden, tuple(rows.found), tuple(rows.merged), frozenset(rows.hidden_columns)
            )

    def _office_document(self) -> str:
        found = (place for kind, place in self._targets("").values() if kind == "officeDocument")
        place = next(found, "xl/workbook.xml")
        if place not in self.names:
            raise BadInput(
                worded("{shown}: no workbook in this file; give an .xlsx file", shown=self.shown)
            )
        return place

    def _targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return what each relation of a part leads to: its kind and its place."""
        folder, name = posixpath.split(part)
        relations = _Relations()
        self._parse(posixpath.join(folder, "_rels", f"{name}.rels"), relations)
        return {
            key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            for key, kind, target in relations.found
        }

    def _parse(self, part: str, handler: _Handler) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        with self.archive.open(part) as file:
            parser.ParseFile(file)

    def _refuse(self, *_: object) -> None:
        raise BadInput(
            worded(
                "{shown}: its XML declares entities, as no workbook does; not read",
                shown=self.shown,
            )
        )


class _Handler:
    """Takes the events of one part; names come with their namespace in front."""

    def start(self, name: str, attributes: dict[str, str], /) -> None: ...

    def end(self, name: str, /) -> None: ...

    def text(self, data: str, /) -> None: ...


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Relations(_Handler):
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            self.found.append((attributes["Id"], kind, attributes["Target"]))


class _Workbook(_Handler):
    def __init__(self) -> None:
        self.listed: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif _local(name) == "sheet":
            relation = next(v for k, v in attributes.items() if _local(k) == "id" and " " in k)
            hidden = attributes.get("state", "visible") != "visible"
            self.listed.append((attributes["name"], hidden, relation))


class _Strings(_Handler):
    """The shared strings, without the readings that Japanese Excel keeps beside them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._now: list[str] = []
        self._reading = self._inside = False

    def start(self, name: str, _: dict[str, str]) -> None:
        name = _local(name)
        if name == "si":
            self._now = []
        elif name == "rPh":
            self._reading = True
        elif name == "t":
            self._inside = not self._reading

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "si":
            self.found.append(_unescaped("".join(self._now)))
        elif name == "rPh":
            self._reading = False
        elif name == "t":
            self._inside = False

    def text(self, data: str) -> None:
        if self._inside:
            self._now.append(data)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Styles(_Handler):
    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._used: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "numFmt":
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._used.append(int(attributes.get("numFmtId", 0)))

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._inside = False

    def formats(self) -> list[str]:
        """Return the format of each style: ``date`` for all that show a day."""
        return [self._format(number) for number in self._used]

    def _format(self, number: int) -> str:
        code = self._codes.get(number)
        if code is None:
            plain = {0: "General", 1: "0", 49: "@"}
            return "date" if number in _DATES else plain.get(number, f"number {number}")
        bare = _NOT_FORMAT.sub("", code).lower()
        return "date" if {"y", "e", "d"} & set(bare.replace("general", "")) else code


class _Rows(_Handler):
    def __init__(
        self, book: _Book, name: str, strings: list[str], formats: list[str], from_1904: bool
    ) -> None:
        self.book, self.name = book, name
        self.strings, self.formats = strings, formats
        self.epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.found: list[SheetRow] = []
        self.merged: list[str] = []
        self.hidden_columns: set[int] = set()
        self._row, self._hidden, self._cells = 0, False, list[Cell]()
        self._column, self._type, self._style, self._formula = 0, "n", 0, False
        self._text: list[str] = []
        self._inside = self._reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            at = attributes.get("r")
            self._column = column_number(at) if at else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._text, self._formula = [], False
        elif name in ("v", "t"):
            self._inside = not self._reading
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._hidden = attributes.get("hidden") in ("1", "true")
            self._cells, self._column = [], 0
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self.merged.append(attributes["ref"])
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), int(attributes["min"]) + 200)
            self.hidden_columns.update(range(int(attributes["min"]), last + 1))

    def end(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t"):
            self._inside = False
        elif name == "c":
            cell = self._cell("".join(self._text))
            if cell is not None:
                self._cells.append(cell)
        elif name == "rPh":
            self._reading = False
        elif name == "row" and self._cells:
            self.found.append(SheetRow(self._row, self._hidden, tuple(self._cells)))
            self._count()

    def text(self, data: str) -> None:
        if self._inside:
            self._text.append(data)

    def _count(self) -> None:
        self.book.cells += len(self._cells)
        if len(self.found) > MOST_ROWS or self.book.cells > MOST_CELLS:
            raise BadInput(
                worded(
                    "{shown}, sheet {sheet}, row {row}: more than {most_rows} rows or "
                    "{most_cells} cells; split the profile",
                    shown=self.book.shown,
                    sheet=self.name,
                    row=self._row,
                    most_rows=MOST_ROWS,
                    most_cells=MOST_CELLS,
                )
            )

    def _cell(self, text: str) -> Cell | None:
        kind = self._type
        if self._formula:
            return Cell(self._column, "formula", text)
        if kind == "s":
            text = self.strings[int(text)] if text else ""
            return Cell(self._column, "text", text) if text else None
        if not text:
            return None
        if kind in ("inlineStr", "str"):
            return Cell(self._column, "text", _unescaped(text))
        if kind in ("b", "e"):
            return Cell(self._column, "truth" if kind == "b" else "error", text)
        if kind == "d":
            return Cell(self._column, "date", text[:10])
        shown_as = self.formats[self._style] if self._style < len(self.formats) else "General"
        if shown_as == "date":
            return Cell(self._column, "date", self._day(text))
        return Cell(self._column, "number", text, shown_as)

    def _day(self, text: str) -> str:
        """Return the day of a serial number; Excel counts a 29 February 1900 that never was."""
        serial = int(float(text))
        if self.epoch.year == 1899 and serial < 60:
            serial += 1
        try:
            return (self.epoch + timedelta(days=serial)).isoformat()
        except OverflowError:
            return text
