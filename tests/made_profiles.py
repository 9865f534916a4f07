"""Profiles made at random, for tests: every table and form of cell, in the one way of writing."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from kijun.names import name_key
from kijun.profile import Place, Profile, Row, several
from kijun.profile_schema import TABLES, WORDS, Column, Table
from kijun.profile_triples import own_names

LETTERS = "基盤架空省庁ＡＢシステムｶﾅ①・ー()（）'=+-@%/#?<>\"\\{}|^`_x0041aZ09. 😀か゚"
NORMS = ("6(4)-2a", "3(1)①-1a", "4(2)-3a", "附則-1a", "2-1a")


def texts(alphabet: str = LETTERS) -> st.SearchStrategy[str]:
    """Texts as reading leaves them: no white space at the ends, none that is invisible."""
    found = st.text(st.sampled_from(alphabet), min_size=1, max_size=12).map(str.strip)
    return found.filter(lambda text: text and not text.startswith("'"))


def cells(column: Column) -> st.SearchStrategy[str]:
    """What a cell of a column may hold after reading."""
    match column.form:
        case "date":
            value = st.dates().map(lambda day: day.isoformat())
        case "choice":
            value = st.sampled_from(sorted(column.words))
        case "number":
            value = st.from_regex(r"[1-9][0-9]{12}", fullmatch=True)
        case "concern":
            value = st.sampled_from(sorted(WORDS["concerns"])) | texts("追加事項")
        case "norm":
            value = st.sampled_from(NORMS)
        case "id" | "system" | "document":
            value = texts("基盤AbＳ①9-(/).シ".replace("Ｓ", ""))
        case "body":
            value = texts("架空省庁ＡＢa9(/)")
        case _:
            value = texts() | texts().map(lambda text: f"{text}\n=1")
    if column.many:
        value = st.lists(value, min_size=1, max_size=3, unique=True).map("、".join)
    return value


def rows(table: Table) -> st.SearchStrategy[Mapping[str, str]]:
    """One row: all that is required, and some of the rest."""
    # A name that cells refer to is one name.
    named = table.key in ("bodies", "concerns")
    made = {
        column.key: texts() if named and column.key in ("name", "short") else cells(column)
        for column in table.columns
    }
    required = {column.key: made.pop(column.key) for column in table.columns if column.required}
    rest = made
    return st.fixed_dictionaries(required, optional=rest)


def profiles() -> st.SearchStrategy[Profile]:
    """A profile whose rows are apart in what tells them apart."""
    tables = {
        table.key: st.lists(
            rows(table),
            max_size=3 if table.key != "about" else 1,
            unique_by=lambda row, table=table: tuple(row.get(key) for key in table.identity),
        )
        for table in TABLES
    }
    return st.fixed_dictionaries(tables).map(profile_of)


def profile_of(tables: Mapping[str, list[Mapping[str, str]]]) -> Profile:
    """Return a profile of some rows by table."""
    made = {
        key: tuple(Row(row, Place("made", key, number)) for number, row in enumerate(rows, 2))
        for key, rows in tables.items()
    }
    return Profile("made", made)


def plain(profile: Profile) -> dict[str, list[dict[str, object]]]:
    """Return what a profile says, without where.

    Lists and pairs are in no order, and a body of the profile's own has its name throughout.
    """
    own = own_names(profile)

    def named(cell: str, column: Column) -> object:
        values = several(cell) if column.many else (cell,)
        if column.form == "body":
            values = tuple(own.get(value) or own.get(name_key(value), value) for value in values)
        if column.form == "concern":
            codes = {words[0]: code for code, words in WORDS["concerns"].items()}
            values = tuple(codes.get(value, value) for value in values)
        return sorted(set(values))

    said: dict[str, list[dict[str, object]]] = {}
    for table in TABLES:
        found = [
            {
                column.key: named(cell, column)
                for column in table.columns
                if (cell := row.get(column.key))
            }
            for row in profile.table(table.key)
        ]
        said[table.key] = found if table.kind else sorted(found, key=str)
    return said
