"""What a user's profile can say: its tables, their columns, and the words that columns allow.

A profile describes an organisation's own systems and what was agreed about them. It can be written
as an Excel workbook, a folder of CSV files or RDF. ``ontology/profiles`` is the one place that says
which tables and columns there are, what they are called in Japanese and English, and by which
property of the ontology each is said in RDF; this module reads it. A *node table* has one thing a
row, whose class is ``kind``; a *pair table* (no ``kind``) has one statement a row, from its first
column to its second.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kijun.content import ONTOLOGY

Words = Mapping[str, tuple[str, str]]
"""A closed list: the Japanese and the English word of each code, in the order to be shown."""


class Column(NamedTuple):
    """One column of a table.

    ``form`` is what its cells hold: ``text``, ``id`` (the mark by which other tables refer to the
    row), ``date``, ``number`` (a 法人番号), ``choice`` (one of ``words``), or a reference:
    ``body`` (any name of a body, also one of the profile's own), ``system``, ``document`` (their
    marks), ``concern`` (a concern of 6(3) or one of the profile's own), ``norm`` (a name such as
    ``6(4)-2a``). ``many`` allows several, apart by 「、」 or ``;``. ``relation`` is the local name
    of the property that says it in RDF, from the row to the value, or the other way round where
    ``inverse`` is set; ``terms`` has the local name of the term that stands there for each code of
    a choice (none for yes and no, which RDF says as ``true`` and ``false``).
    """

    key: str
    ja: str
    en: str
    form: str
    relation: str
    inverse: bool
    required: bool
    many: bool
    words: Words
    note_ja: str
    note_en: str
    terms: Mapping[str, str]


class Table(NamedTuple):
    """One table: its name in file names and RDF, its sheet's name, and its columns.

    ``identity`` are the columns that tell its rows apart: two rows that agree in them speak of one
    thing. ``needed`` says for what the table has to be there, be it empty: where a ``system`` or
    only where a ``platform`` is described; it is empty for a table that nobody has to have.
    """

    key: str
    ja: str
    en: str
    kind: str | None
    identity: tuple[str, ...]
    needed: str
    note_ja: str
    note_en: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """Return a column by its key; a ``KeyError`` where there is none."""
        found = {column.key: column for column in self.columns}
        return found[key]


def _rows(name: str) -> list[dict[str, str]]:
    with (ONTOLOGY / "profiles" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words() -> dict[str, Words]:
    lists: dict[str, dict[str, tuple[str, str]]] = {}
    for row in _rows("words"):
        lists.setdefault(row["list"], {})[row["code"]] = (row["ja"], row["en"])
    return {name: MappingProxyType(words) for name, words in lists.items()}


def _terms() -> dict[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in _rows("words"):
        if row["term"]:
            lists.setdefault(row["list"], {})[row["code"]] = row["term"]
    return {name: MappingProxyType(terms) for name, terms in lists.items()}


WORDS: Mapping[str, Words] = _words()
"""The closed lists by name. ``states`` are the four words of OSCAL: a party offers something to
the others (provided), is given a task (responsibility), relies on what another provides
(inherited), or has met its task (satisfied). ``classes`` and ``concerns`` have the local names of
terms as codes."""

TERMS: Mapping[str, Mapping[str, str]] = _terms()
"""The local name of the term that stands for each code in RDF, by list and code."""

SINGLE = ("responsibilityBoundary", "comprehensiveDocument")
"""The concerns of 6(3) that one party holds for all; in the others each party has a part."""


def _tables() -> tuple[Table, ...]:
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns"):
        column = Column(
            key=row["column"],
            ja=row["ja"],
            en=row["en"],
            form=row["form"],
            relation=row["relation"],
            inverse=row["inverse"] == "yes",
            required=row["required"] == "yes",
            many=row["many"] == "yes",
            words=WORDS[row["words"]] if row["words"] else {},
            note_ja=row["note_ja"],
            note_en=row["note_en"],
            terms=TERMS.get(row["words"], {}),
        )
        columns.setdefault(row["table"], []).append(column)
    return tuple(
        Table(
            key=row["table"],
            ja=row["ja"],
            en=row["en"],
            kind=row["kind"] or None,
            identity=tuple(row["identity"].split()),
            needed=row["needed"],
            note_ja=row["note_ja"],
            note_en=row["note_en"],
            columns=tuple(columns[row["table"]]),
        )
        for row in _rows("tables")
    )


TABLES: tuple[Table, ...] = _tables()
"""The tables of a profile, in the order in which they are shown."""

BY_KEY: Mapping[str, Table] = {table.key: table for table in TABLES}
"""The tables by key."""
