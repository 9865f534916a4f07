"""A profile as it was written: rows of text by table, each with the place where it stands.

Whatever a profile was read from (a workbook, CSV, RDF), it is this. Cells hold what a person wrote,
cleaned only of what nobody means (white space at the ends, full-width digits where digits are
meant); what names mean is another matter (:mod:`kijun.situation`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_BETWEEN = re.compile(r"[、，;；\n]")


def several(cell: str) -> tuple[str, ...]:
    """Return the values in a cell of a column that allows several.

    >>> several("架空省、 例示庁;"), several("")
    (('架空省', '例示庁'), ())
    """
    return tuple(part for part in map(str.strip, _BETWEEN.split(cell)) if part)


class Place(NamedTuple):
    """Where something is written: the file, the sheet or table, and the row, line or node.

    ``row`` is counted as the program counts that people use: from 1, the header included. Of RDF,
    which has no rows, ``node`` names the thing instead.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    node: str = ""

    def __str__(self) -> str:
        parts = [self.file, f"sheet {self.sheet}" if self.sheet else ""]
        parts += [f"row {self.row}" if self.row is not None else "", self.node]
        parts += [f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part)

    def words(self, lang: str = "ja") -> str:
        """Return the place as people who read a language write it.

        >>> Place("p.xlsx", "分担", 7, "機関").words()
        'p.xlsx シート「分担」7行「機関」'
        """
        if lang != "ja":
            return str(self)
        parts = [f"シート「{self.sheet}」" if self.sheet else ""]
        parts += [f"{self.row}行" if self.row is not None else "", self.node]
        said = "".join([*parts, f"「{self.column}」" if self.column else ""])
        return f"{self.file} {said}".strip()


class Row(NamedTuple):
    """One row: its cells by column key, empty ones left out, and where it stands."""

    cells: Mapping[str, str]
    place: Place

    def get(self, key: str) -> str:
        """Return a cell, the empty string where it is empty."""
        return self.cells.get(key, "")


class Profile(NamedTuple):
    """What one file or folder says: its rows by the key of their table.

    ``places`` say where each table stands, or would stand if it were there; RDF has no such places.
    """

    source: str
    rows: Mapping[str, tuple[Row, ...]]
    places: Mapping[str, Place] = MappingProxyType({})

    def table(self, key: str) -> tuple[Row, ...]:
        """Return the rows of a table, none where it is not there."""
        return self.rows.get(key, ())

    def place(self, key: str) -> Place:
        """Return where a table stands or would stand."""
        return self.places.get(key, Place(self.source))

    def lacks(self, key: str) -> bool:
        """Say whether a table is not there at all, though it has a place."""
        return key in self.places and key not in self.rows

    @property
    def marking(self) -> str:
        """How the file is to be handled, as its author says; empty where nothing is said."""
        return next((row.get("marking") for row in self.table("about")), "")


class Finding(NamedTuple):
    """Something wrong in what a user wrote: what, where and how to mend it, in both languages.

    ``kind`` is a short code such as ``unknown-name``; an ``error`` keeps the profile from being
    used, a ``warning`` does not.
    """

    kind: str
    severity: str
    said: tuple[str, str]
    place: Place
    mend: tuple[str, str]

    def sentence(self, lang: str = "ja") -> str:
        """Return what is wrong and the mend as one line, without the place."""
        at = int(lang != "ja")
        return (
            f"{self.said[at]}（{self.mend[at]}）" if at == 0 else f"{self.said[1]}; {self.mend[1]}"
        )


class Reading(NamedTuple):
    """What was read from one file or folder, and what was wrong or doubtful in it.

    Cells that could not be trusted are left out of the profile and are among the findings.
    """

    profile: Profile
    findings: tuple[Finding, ...] = ()
