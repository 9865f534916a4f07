"""The parts of a printable report, whatever it is printed as: a page or a document."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """A text in a table; ``tone`` is ``open``, ``good``, ``plain`` or ``idle``."""

    text: str
    tone: str = "plain"


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
