"""Tables for terminals: Japanese text by display width, never wider than asked.

A table is plain text: columns apart by two spaces, a rule under the header, a blank
line between rows as soon as one of them takes several lines. Where the columns cannot
stand side by side, each row becomes a record of ``label: value`` lines. What is in a
cell reaches no terminal as a control (:func:`kijun.lines.visible`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kijun.lines import display_width, longest_word, visible, wrap

Row = Mapping[str, object]

GAP = "  "
NARROW = 60
"""Below this width a table gives way to records."""

_SHORT = 8
_WORDS_KEPT = ((26, 3 / 4), (20, 3 / 4), (16, 3 / 4), (12, 1))


class Column(NamedTuple):
    """One key of an answer's rows, and how tables show it.

    ``weight`` is the column's claim on width that is left over once every column has
    what it needs. ``words`` gives Japanese for coded values (``"must"``, ``"true"``,
    ``"null"``); JSON and CSV keep the code. ``columns`` describes the objects in a
    nested list, such as the legs of a route; ``between`` stands between the items of a
    list in place of a comma, such as the arrows of a path.
    """

    key: str
    label_ja: str
    label_en: str
    in_table: bool = True
    weight: int = 1
    words: Mapping[str, str] | None = None
    columns: tuple[Column, ...] = ()
    between: str | None = None

    def label(self, lang: str) -> str:
        """Return the label in ``"ja"`` or ``"en"``."""
        return self.label_ja if lang == "ja" else self.label_en

    def text(self, value: object, lang: str) -> str:
        """Return a value of this column as people read it."""
        if self.between is not None and isinstance(value, (list, tuple)):
            return self.between.join(cell_text(item, lang, self.words) for item in value)
        return cell_text(value, lang, self.words)


HANDLING = Column("handling", "取扱い", "handling", in_table=False)
"""How rows that rest on profiles are to be handled: the markings of these."""


def marked(
    columns: Iterable[Column], rows: Iterable[dict[str, object]], marking: str | None
) -> tuple[Column, ...]:
    """Put a marking onto rows that rest on profiles, and return their columns with its own.

    JSON holds rows only, and what rests on a profile goes nowhere without its marking.
    """
    for row in rows:
        row[HANDLING.key] = marking
    return (*columns, HANDLING)


def cell_text(value: object, lang: str = "ja", words: Mapping[str, str] | None = None) -> str:
    """Return a JSON-ready value as people read it: lists joined, codes in words.

    >>> cell_text(["総務省", "NISC"]), cell_text(["総務省", "NISC"], "en"), cell_text(None)
    ('総務省、NISC', '総務省; NISC', '')
    """
    separator = "、" if lang == "ja" else "; "
    if isinstance(value, (list, tuple)):
        return separator.join(cell_text(item, lang, words) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {cell_text(part, lang)}" for key, part in value.items())
    if words is not None and code(value) in words and (lang == "ja" or not words[code(value)]):
        return words[code(value)]
    if isinstance(value, bool):
        return (("いいえ", "はい") if lang == "ja" else ("no", "yes"))[value]
    return "" if value is None else str(value)


def code(value: object) -> str:
    """Return what a single value is called in a column's ``words``."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def render(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    width: int | None = 100,
    lang: str = "ja",
    ambiguous: int = 1,
) -> str:
    """Return the rows as a table whose lines never exceed ``width`` cells.

    Columns with ``in_table`` unset, and columns that are empty in every row, are left
    out. A column with nested ``columns`` makes a block of each row, one line for each
    of its objects. ``width=None`` wraps nothing; widths under 2 count as 2, which one
    wide character takes. ``ambiguous`` is how many cells a character like ``①`` takes.
    Without rows the answer is the empty string.
    """
    nested = next((c for c in columns if c.columns and c.in_table), None)
    if nested is None:
        blocks = [_Block("", rows)]
    else:
        outer = [c for c in columns if c.in_table and c is not nested]
        common = _common_to_all(outer, rows, lang) if len(rows) > 1 else []
        outer = [c for c in outer if c not in common]
        blocks = [_leg_block(n, row, nested, outer, lang) for n, row in enumerate(rows, 1)]
        columns = [Column(_LEG, "区間", "leg"), *nested.columns]
    shown = [
        c
        for c in columns
        if c.in_table
        and any(c.text(row.get(c.key), lang) for block in blocks for row in block.rows)
    ]
    if width is not None:
        width = max(width, 2)
    table = _Table(shown, blocks, lang, ambiguous)
    widths = table.widths(width)
    lines = table.records(width or NARROW) if widths is None else table.grid(widths, width)
    if nested is not None and common and lines:
        said = [f"{c.label(lang)}: {c.text(rows[0].get(c.key), lang)}" for c in common]
        lines = [*(part for text in said for part in wrap(text, width, ambiguous)), "", *lines]
    return "\n".join([*lines, ""] if lines else [])


def _common_to_all(columns: Sequence[Column], rows: Sequence[Row], lang: str) -> list[Column]:
    """Return the columns that say the same, and something, in every row."""
    found = []
    for column in columns:
        texts = {column.text(row.get(column.key), lang) for row in rows}
        if len(texts) == 1 and texts != {""}:
            found.append(column)
    return found


_LEG = ""


class _Block(NamedTuple):
    """Rows under one heading; the heading is empty where there is but one block."""

    heading: str
    rows: Sequence[Row]


def _leg_block(number: int, row: Row, nested: Column, outer: Sequence[Column], lang: str) -> _Block:
    facts = [f"経路 {number}" if lang == "ja" else f"Route {number}"]
    for column in outer:
        value = column.text(row.get(column.key), lang)
        if value:
            facts.append(f"{column.label(lang)}: {value}")
    inner = row.get(nested.key)
    legs = [leg for leg in inner if isinstance(leg, Mapping)] if isinstance(inner, list) else []
    heading = ("　" if lang == "ja" else GAP).join(facts)
    return _Block(heading, [{_LEG: place, **leg} for place, leg in enumerate(legs, 1)])


class _Table:
    """The texts of one table, ready to be laid out in a grid or as records."""

    def __init__(
        self,
        columns: Sequence[Column],
        blocks: Sequence[_Block],
        lang: str,
        ambiguous: int,
    ) -> None:
        self.ambiguous = ambiguous
        self.weights = [max(column.weight, 1) for column in columns]
        self.labels = [visible(column.label(lang)) for column in columns]
        self.headings = [block.heading for block in blocks]
        self.cells = [
            [[visible(c.text(row.get(c.key), lang)) for c in columns] for row in rows]
            for _, rows in blocks
        ]
        self.listed = [
            any(isinstance(row.get(column.key), list) for block in blocks for row in block.rows)
            for column in columns
        ]

    def widths(self, width: int | None) -> list[int] | None:
        """Share the width out, or return None where records read better.

        Each column first gets what keeps a short cell on one line and its words whole:
        long words if that leaves room to share, short ones at any rate. The rest goes,
        two cells at a time, to where the text is longest for its room, times the
        column's weight; nobody gets more than the longest cell takes.
        """
        if width is not None and width < NARROW:
            return None
        needs: list[int] = []
        longest: list[int] = []
        claims: list[int] = []
        for place, weight in enumerate(self.weights):
            texts = [
                self.labels[place],
                *(row[place] for group in self.cells for row in group),
            ]
            lengths = {
                text: [display_width(part, self.ambiguous) for part in text.split("\n")]
                for text in texts
            }
            listed = self.listed[place]
            words = (longest_word(text, self.ambiguous, listed=listed) for text in lengths)
            needs.append(max(2, *(max(parts) for parts in lengths.values())))
            longest.append(max(words))
            # Cubes, because the longest cell of a row decides how many lines it takes.
            claims.append(weight * sum(sum(lengths[text]) ** 3 for text in texts))
        if width is None:
            return needs
        room = width - len(GAP) * (len(needs) - 1)
        for kept, part in _WORDS_KEPT:
            least = (max(_SHORT, min(word, kept)) for word in longest)
            given = [min(pair) for pair in zip(needs, least, strict=True)]
            if sum(given) <= room * part:
                break
        if sum(given) > room:
            return None
        while (left := room - sum(given)) > 0:
            waiting = [i for i, need in enumerate(needs) if given[i] < need]
            if not waiting:
                break
            neediest = max(waiting, key=lambda i: claims[i] / given[i] ** 4)
            given[neediest] += min(2, left, needs[neediest] - given[neediest])
        return given

    def grid(self, widths: Sequence[int], width: int | None) -> list[str]:
        """Return the lines of the table with its columns side by side."""
        folded: dict[tuple[int, str], list[str]] = {}

        def lines_of(row: Sequence[str]) -> list[str]:
            parts = []
            for place, text in enumerate(row):
                if (place, text) not in folded:
                    folded[place, text] = wrap(
                        text, widths[place], self.ambiguous, listed=self.listed[place]
                    )
                parts.append(folded[place, text])
            return self._side_by_side(parts, widths)

        groups = [[lines_of(row) for row in group] for group in self.cells]
        between = [""] if any(len(row) > 1 for group in groups for row in group) else []
        lines: list[str] = []
        if widths:
            lines += [*lines_of(self.labels), GAP.join("-" * room for room in widths)]
        for place, (heading, group) in enumerate(zip(self.headings, groups, strict=True)):
            if heading:
                lines += [
                    *([""] if place else []),
                    *wrap(heading, width, self.ambiguous),
                ]
            for number, row in enumerate(group):
                lines += [*(between if number else []), *row]
        return lines

    def _side_by_side(self, parts: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
        lines = []
        for number in range(max(map(len, parts), default=0)):
            line = ""
            for part, room in zip(parts, widths, strict=True):
                text = part[number] if number < len(part) else ""
                line += text + " " * (room - display_width(text, self.ambiguous)) + GAP
            lines.append(line.rstrip())
        return lines

    def records(self, width: int) -> list[str]:
        """Return each row as ``label: value`` lines, a blank line between rows."""
        lines: list[str] = []
        for heading, group in zip(self.headings, self.cells, strict=True):
            if heading:
                lines += ["", *wrap(heading, width, self.ambiguous)]
            for row in group:
                lines += ["", *self._record(row, width)]
        return lines[1:]

    def _record(self, row: Sequence[str], width: int) -> list[str]:
        lines: list[str] = []
        labels = (display_width(label, self.ambiguous) for label in self.labels)
        margin = max(labels, default=0) + 2
        for label, text, listed in zip(self.labels, row, self.listed, strict=True):
            if not text:
                continue
            if margin > width // 2:
                lines += wrap(f"{label}:", width, self.ambiguous)
                lines += wrap(text, width, self.ambiguous, listed=listed)
                continue
            start = f"{label}:" + " " * (margin - display_width(label, self.ambiguous) - 1)
            for part in wrap(text, width - margin, self.ambiguous, listed=listed):
                lines.append((start + part).rstrip())
                start = " " * margin
        return lines
