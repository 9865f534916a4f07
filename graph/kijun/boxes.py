"""How large the marks and labels of pictures are, measured before anything is drawn.

The measure is of the text and never too small in any usual font, so that what stands apart in the
placement stands apart on the page. Sizes are pixels.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kijun.lines import display_width, longest_word, wrap
from kijun.picture import Mark

FONT = 14
"""The size of labels."""

LINE = 16
"""The height of a line of a label."""

ACROSS, DOWN = 8, 6
"""The room between a label and its box, beside it and above or below it."""

MARK_CELLS, TITLE_CELLS = 28, 44
"""How wide the labels of marks and frames may be, in cells of half a Japanese sign."""

_BESIDE = 8


class Box(NamedTuple):
    """A place: its middle, its size and the label in it, broken into lines."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        across, down = self.width / 2, self.height / 2
        return self.x - across, self.y - down, self.x + across, self.y + down


@lru_cache(maxsize=4096)
def measure(label: str, cells: int) -> Box:
    """Return a box for a label at the origin, its lines broken, large enough in any usual font.

    The lines that the label has itself are joined where all of it fits in one; lines that it is
    broken into are about equally long.
    """
    whole = label.replace("\n", "　")
    cells = max(cells, min(longest_word(label), MARK_CELLS))
    lines = _balanced(whole if display_width(whole) <= cells else label, cells)
    width = max(sum(map(_advance, line)) for line in lines) * FONT
    return Box(0, 0, width + 2 * ACROSS, len(lines) * LINE + 2 * DOWN, "\n".join(lines))


def _balanced(label: str, cells: int) -> list[str]:
    """Break a label into as few lines as will do, as narrow as they can be with no word cut."""
    found = wrap(label, cells)
    needed = longest_word(label)
    while len(found) > 1 and max(map(display_width, found)) > needed:
        cells = max(map(display_width, found)) - 1
        narrower = wrap(label, cells)
        if len(narrower) > len(found) or max(map(display_width, narrower)) > cells:
            break
        found = narrower
    return found


def _advance(char: str) -> float:
    """Return how far a sign may reach, in em."""
    if unicodedata.combining(char):
        return 0
    # Ambiguous signs such as ① are wide in Japanese fonts.
    if unicodedata.east_asian_width(char) in "WFA":
        return 1
    return 0.85 if char.isupper() or char in "mw%@&" else 0.62


def sized(mark: Mark, shape: float = 1, cells: int = MARK_CELLS) -> Box:
    """Return the box of a mark at the origin, its label no wider than so many cells.

    A frame's box holds its members under its title, ``shape`` times as wide as it is high.
    """
    if mark.members:
        return _framed(mark, shape)
    return measure(mark.label, cells)


def _grid(mark: Mark, shape: float) -> tuple[list[Box], int, float, float]:
    """Return the boxes of a frame's members, how many stand in a row, and the size of a cell."""
    boxes = [sized(member) for member in mark.members]
    width = max(box.width for box in boxes) + _BESIDE
    height = max(box.height for box in boxes) + _BESIDE
    count = len(boxes)

    def misfit(across: int) -> tuple[float, int]:
        down = -(-count // across)
        return abs(across * width - shape * down * height), down * across - count

    across = min(range(1, count + 1), key=misfit)
    return boxes, across, width, height


def _framed(mark: Mark, shape: float) -> Box:
    boxes, across, width, height = _grid(mark, shape)
    title = measure(mark.label, TITLE_CELLS)
    down = -(-len(boxes) // across)
    return title._replace(
        width=max(title.width, across * width + 2 * ACROSS),
        height=title.height + down * height + DOWN,
    )


def inside(mark: Mark, frame: Box, shape: float = 1) -> dict[str, Box]:
    """Return the boxes of a frame's members, row by row under its title."""
    if not mark.members:
        return {}
    boxes, across, width, height = _grid(mark, shape)
    title = measure(mark.label, TITLE_CELLS)
    left = frame.x - (across - 1) * width / 2
    top = frame.y - frame.height / 2 + title.height + height / 2
    return {
        member.id: box._replace(
            x=left + place % across * width,
            y=top + place // across * height,
            width=width - _BESIDE,
            height=height - _BESIDE,
        )
        for place, (member, box) in enumerate(zip(mark.members, boxes, strict=True))
    }
