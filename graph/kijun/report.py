"""The parts of a printable report, whatever it is printed as: a page or a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kijun.lines import visible

Rows: TypeAlias = Sequence[Mapping[str, object]]
Say: TypeAlias = Callable[[str, str], str]
"""Returns the one of two texts, Japanese and English, that a report is written in."""


def speaker(lang: str) -> Say:
    """Return what chooses the texts of a report in a language."""
    return lambda ja, en: ja if lang == "ja" else en


class Cell(NamedTuple):
    """A text in a table; ``tone`` is ``open``, ``good``, ``plain`` or ``idle``."""

    text: str
    tone: str = "plain"


def cell(value: object, tone: str = "plain") -> Cell:
    """Return a cell of what may be nothing, or what a user wrote."""
    return Cell(visible("" if value is None else str(value)), tone)


class Grid(NamedTuple):
    """A table: its caption, its headings with their share of the width, and its rows."""

    caption: str
    headings: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


class Part(NamedTuple):
    """One part of a report: a heading, sentences, tables."""

    heading: str
    sentences: tuple[str, ...]
    grids: tuple[Grid, ...] = ()


class Report(NamedTuple):
    """A report: what stands on every page, on the first page, and its parts."""

    title: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    lang: str
