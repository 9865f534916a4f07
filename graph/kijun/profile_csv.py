"""A profile from CSV: a folder with a file for each table, or one such file; and back.

UTF-8 with or without a byte-order mark is read, then cp932, which is what Excel in Japan writes.
What is written begins with the byte-order mark, so that Excel knows it for UTF-8, and with a line
that says how the file is to be handled. A text that a spreadsheet would run as a formula has an
apostrophe in front, and one that begins so already has one more; reading takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from kijun.delivery import to_file
from kijun.errors import BadInput
from kijun.lines import visible
from kijun.profile import Finding, Place, Profile, Reading, Row, several
from kijun.profile_faults import fault
from kijun.profile_grid import rows_of, table_called, text_row, unknown_table
from kijun.profile_schema import TABLES, WORDS, Column, Table
from kijun.saying import cause, listing, worded
from kijun.sheets import LARGEST_FILE, MOST_ROWS, SheetRow

_GUARDED = re.compile(r"'+\s*[=＝+＋\-－@＠]")
_RISKY = re.compile(r"'*\s*[=＝+＋\-－@＠]")
_OTHER_SEPARATOR = re.compile(r"^[^,\n]*[\t;][^,\n]*$")
csv.field_size_limit(LARGEST_FILE)


def read_csv(path: Path, shown: str) -> Reading:
    """Return the profile in a folder of CSV files, or in one of them.

    Raises:
        BadInput: no file is a table, or one is no text in UTF-8 or cp932, or beyond a limit.
    """
    files = sorted(path.glob("*.[cC][sS][vV]")) if path.is_dir() else [path]
    rows: dict[str, tuple[Row, ...]] = {}
    places = {t.key: Place(f"{shown}/{t.key}.csv") for t in TABLES if path.is_dir()}
    found: list[Finding] = []
    strange: list[tuple[str, Place]] = []
    for file in files:
        place = Place(f"{shown}/{file.name}" if path.is_dir() else shown)
        table = table_called(file.stem)
        if table is None:
            strange.append((file.stem, place))
        elif table.key in rows:
            found.append(fault("double-sheet", place, text=table.ja))
        else:
            read, wrong = _table(table, file, place)
            rows[table.key], places[table.key] = tuple(read), place
            found += wrong
    if not rows:
        known = listing(f"{table.key}.csv" for table in TABLES)
        raise BadInput(
            worded(
                "{shown}: no CSV file of a profile here; they are called {known}",
                shown=shown,
                known=known,
            )
        )
    missing = [table for table in TABLES if table.key not in rows]
    for name, place in strange:
        finding, meant = unknown_table(name, place, missing)
        found.append(finding)
        if meant is not None:
            places[meant.key] = place
    return Reading(Profile(shown, rows, places), tuple(found))


def _table(table: Table, file: Path, place: Place) -> tuple[list[Row], list[Finding]]:
    text = _decoded(file, place.file)
    rows: list[SheetRow] = []
    wrong: list[Finding] = []
    first = next((line for line in text.splitlines() if not line.startswith("#")), "")
    if _OTHER_SEPARATOR.match(first):
        raise BadInput(
            worded(
                "{file}: columns are not apart by commas; save it as CSV with commas",
                file=place.file,
            )
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells):
                rows.append(text_row(number, map(_unguarded, cells)))
            if len(rows) > MOST_ROWS:
                raise BadInput(
                    worded(
                        "{file}, row {number}: more than {most_rows} rows; split it",
                        file=place.file,
                        number=number,
                        most_rows=MOST_ROWS,
                    )
                )
    except csv.Error as error:
        at = place._replace(row=len(rows) + 1)
        wrong.append(fault("bad-csv", at, text=str(error)))
    read, found = rows_of(table, rows, place)
    return read, [*wrong, *found]


def _decoded(file: Path, shown: str) -> str:
    if not file.is_file() or file.stat().st_size > LARGEST_FILE:
        raise BadInput(
            worded(
                "{shown}: no file, or larger than {largest_file} MB; split it",
                shown=shown,
                largest_file=LARGEST_FILE // 1_000_000,
            )
        )
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(worded("{shown}: encoded in UTF-16; save it as CSV UTF-8", shown=shown))
    reached = 0
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            reached = max(reached, error.start)
    line = data.count(b"\n", 0, reached) + 1
    raise BadInput(
        worded(
            "{shown}, line {line}: neither UTF-8 nor cp932; save it as CSV UTF-8",
            shown=shown,
            line=line,
        )
    )


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(text: str) -> str:
    """Return a text for a cell of CSV that no spreadsheet runs, so that reading gives it back.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("総務省")
    ("'=1+1", "''=1+1", '総務省')
    """
    return f"'{text}" if _RISKY.match(text) else text


def write_csv(profile: Profile, folder: Path, shown: str, lang: str = "ja") -> None:
    """Write a profile as a new folder of CSV files, one for each table.

    Raises:
        BadInput: the folder holds something already, or cannot be made.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise BadInput(
                worded("{shown}: the folder holds something already; name a new one", shown=shown)
            )
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadInput(
            worded(
                "{shown}: no folder can be made here ({reason})", shown=shown, reason=cause(error)
            )
        ) from error
    for table in TABLES:
        to_file(_csv_bytes(profile, table, lang), folder / f"{table.key}.csv")


def _csv_bytes(profile: Profile, table: Table, lang: str) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    if profile.marking:
        label = "取扱い：" if lang == "ja" else "Handling: "
        writer.writerow([f"# {label}{' '.join(visible(profile.marking).split())}"])
    writer.writerow(column.ja if lang == "ja" else column.en for column in table.columns)
    for row in profile.table(table.key):
        writer.writerow(_cells(row, table.columns, lang))
    return written.getvalue().encode("utf-8-sig")


def _cells(row: Row, columns: tuple[Column, ...], lang: str) -> Iterator[str]:
    for column in columns:
        yield guarded(visible(word(row.get(column.key), column, lang)))


def word(text: str, column: Column, lang: str = "ja") -> str:
    """Return a cell as people write it: a code of a closed list as its word."""
    words = WORDS["concerns"] if column.form == "concern" else column.words
    if not words:
        return text
    values = several(text) if column.many else (text,)
    at = int(lang != "ja")
    return "、".join(words[value][at] if value in words else value for value in values)
