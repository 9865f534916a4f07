"""What a picture shows: marks, links between them, and what each says when it is asked.

A picture knows nothing of positions, colours or formats. It is made from an answer, and keeps that
answer, so that whoever cannot see the picture, or wants to check it, has the same rows as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kijun.formats import Answer
from kijun.tables import Column

Facts = tuple[tuple[str, str], ...]
"""What something says about itself: pairs of a heading and a text."""


class Mark(NamedTuple):
    """Someone or something in a picture.

    ``kind`` is a key of :data:`kijun.legend.MARKS`, ``rank`` the column from left to right in
    which the mark stands. A mark with ``members`` is a frame around them. ``asked`` marks what the
    picture is about.
    """

    id: str
    label: str
    kind: str
    rank: int = 0
    facts: Facts = ()
    members: tuple[Mark, ...] = ()
    asked: bool = False


class Link(NamedTuple):
    """A directed connection between two marks, by their ids.

    ``kinds`` are keys of :data:`kijun.legend.LINKS`: the first says what the link is, the others
    what else holds for it. ``label`` is written on the link.
    """

    id: str
    source: str
    target: str
    kinds: tuple[str, ...]
    label: str = ""
    facts: Facts = ()


class Picture(NamedTuple):
    """Marks and links with a title, the notes to be said first, and the answer they come from."""

    title: str
    lang: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    table: Answer

    @property
    def notes(self) -> Sequence[str]:
        """What must be said before anything is read off the picture."""
        return self.table.notes

    def all_marks(self) -> Iterator[Mark]:
        """Yield every mark, each frame before its members."""
        for mark in self.marks:
            yield mark
            yield from mark.members


def said(row: Mapping[str, object], columns: Iterable[Column], keys: str, lang: str) -> Facts:
    """Return what a row says under some of its keys (apart by blanks), without what is empty.

    The key ``citation`` stands for section and sentence together.

    >>> said({"section": "6(4)", "sentence": 2, "timing": None}, (), "citation timing", "ja")
    (('根拠', '6(4) 第2文'),)
    """
    by_key = {column.key: column for column in columns}
    facts = []
    for key in keys.split():
        if key == "citation":
            facts.append(("根拠" if lang == "ja" else "citation", citation(row, lang)))
        elif key in by_key:
            facts.append((by_key[key].label(lang), by_key[key].text(row.get(key), lang)))
    return tuple((heading, text) for heading, text in facts if text)


def citation(row: Mapping[str, object], lang: str) -> str:
    """Return the place of a row's sentence as it is cited, or nothing where there is none.

    >>> citation({"section": "6(4)", "sentence": 2}, "en"), citation({}, "en")
    ('6(4), sentence 2', '')
    """
    section, sentence = row.get("section"), row.get("sentence")
    if sentence is None:
        return "" if section is None else str(section)
    return f"{section} 第{sentence}文" if lang == "ja" else f"{section}, sentence {sentence}"
