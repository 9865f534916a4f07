"""A picture as plain SVG, for documents: the same places and looks, title, notes and legend.

It holds no script, no style sheet and no reference to anything outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from kijun.boxes import FONT, LINE, Box
from kijun.legend import INK, LINKS, MARKS, LinkLook, MarkLook, look
from kijun.lines import display_width, visible, wrap
from kijun.picture import Link, Mark, Picture
from kijun.placement import Placement, extent, place

BEND = 0.45
"""How far the curve of a link runs level before it bends, as a share of its width."""

_FONT_FACE = "'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo"
_MARGIN = 20
_NARROWEST = 640
_RADII = {"box": 2.0, "round": 8.0, "stadium": 40.0}


def svg_of(picture: Picture) -> str:
    """Return a picture as SVG, the same for the same picture."""
    placed = place(picture)
    left, top, right, bottom = extent(placed)
    width = max(right - left, _NARROWEST)
    words = list(_words(picture, width))
    above = len(words) * (LINE + 4) + 12
    legend = list(_legend(picture, width))
    below = (max((y for _, y, _, _ in legend), default=0) + LINE * 2) if legend else 0
    whole = (
        left - _MARGIN,
        top - above - _MARGIN,
        width + 2 * _MARGIN,
        bottom - top + above + below + 2 * _MARGIN,
    )
    size = " ".join(f"{number:.0f}" for number in whole)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" width="{whole[2]:.0f}"'
        f' height="{whole[3]:.0f}" font-family="{_FONT_FACE}, sans-serif" font-size="{FONT}"'
        f' fill="{INK}" lang="{picture.lang}" role="img">',
        f"<title>{_text(picture.title)}</title>",
        f'<rect x="{whole[0]:.0f}" y="{whole[1]:.0f}" width="100%" height="100%" fill="#ffffff"/>',
    ]
    for place_, (line, bold) in enumerate(words):
        y = whole[1] + _MARGIN + (place_ + 1) * (LINE + 4)
        weight = ' font-weight="bold" font-size="18"' if bold else ' font-size="12"'
        lines.append(f'<text x="{left:.1f}" y="{y:.1f}"{weight}>{_text(line)}</text>')
    lines += _links(picture, placed)
    lines += _marks(picture, placed)
    for x, y, drawn, name in legend:
        lines += _sample(left + x, bottom + _MARGIN + y, drawn, name)
    return "\n".join([*lines, "</svg>", ""])


def _words(picture: Picture, width: float) -> Iterator[tuple[str, bool]]:
    yield from ((line, True) for line in wrap(picture.title, int(width / 9.5)))
    for note in picture.notes:
        yield from ((line, False) for line in wrap(note, int(width / 6.5)))


def _marks(picture: Picture, placed: Placement) -> Iterator[str]:
    for mark in sorted(picture.all_marks(), key=lambda mark: not mark.members):
        yield from _box(mark, placed.boxes[mark.id], MARKS[mark.kind])
    for link in picture.links:
        if link.label:
            drawn = look(link.kinds)
            paper = MarkLook("", "", "#ffffff", drawn.colour, "round", 1, drawn.dashes)
            yield from _box(link, placed.boxes[link.id], paper)


def _box(thing: Mark | Link, box: Box, drawn: MarkLook) -> Iterator[str]:
    left, top, right, bottom = box.edges
    members, asked = (thing.members, thing.asked) if isinstance(thing, Mark) else ((), False)
    radius = min(_RADII[drawn.shape], (bottom - top) / 2)
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}"'
        f' height="{bottom - top:.1f}" rx="{radius:.1f}" fill="{drawn.fill}"'
        f' stroke="{drawn.border}" stroke-width="{drawn.width + 2 * asked}"{_dashed(drawn)}/>'
    )
    lines = box.label.split("\n")
    first = top + LINE + 2 if members else box.y - (len(lines) - 1) * LINE / 2 + FONT * 0.36
    for place_, line in enumerate(lines):
        yield (
            f'<text x="{box.x:.1f}" y="{first + place_ * LINE:.1f}" text-anchor="middle">'
            f"{_text(line)}</text>"
        )


def _links(picture: Picture, placed: Placement) -> Iterator[str]:
    for link in picture.links:
        drawn = look(link.kinds)
        way = [placed.boxes[name] for name in placed.ways[link.id]]
        path = f"M{way[0].x:.1f} {way[0].y:.1f}" + "".join(
            f"C{one.x + (other.x - one.x) * BEND:.1f} {one.y:.1f}"
            f" {other.x - (other.x - one.x) * BEND:.1f} {other.y:.1f}"
            f" {other.x:.1f} {other.y:.1f}"
            for one, other in pairwise(way)
        )
        yield f'<path d="{path}" fill="none"{_stroked(drawn)}/>'
        if drawn.arrow:
            yield _arrow(way[-1], way[-2], drawn)


def _arrow(tip: Box, before: Box, drawn: LinkLook) -> str:
    back = -10 if tip.x >= before.x else 10
    return f'<path d="M{tip.x:.1f} {tip.y:.1f}l{back} -4.5v9Z" fill="{drawn.colour}"/>'


def _legend(
    picture: Picture, width: float
) -> Iterator[tuple[float, float, MarkLook | LinkLook, str]]:
    """Yield the looks in use, line by line, each with its place from the legend's corner."""
    links = {kind for link in picture.links for kind in link.kinds}
    marks = {mark.kind for mark in picture.all_marks()}
    looks: Sequence[MarkLook | LinkLook] = [
        *(LINKS[kind] for kind in LINKS if kind in links),
        *(MARKS[kind] for kind in MARKS if kind in marks),
    ]
    x, y = 0.0, float(LINE)
    for drawn in looks:
        name = drawn.name(picture.lang)
        taken = 60 + display_width(name) * FONT / 2 + 16
        if x and x + taken > width:
            x, y = 0.0, y + LINE + 8
        yield x, y, drawn, name
        x += taken


def _sample(x: float, y: float, drawn: MarkLook | LinkLook, name: str) -> Iterator[str]:
    if isinstance(drawn, MarkLook):
        radius = min(_RADII[drawn.shape], 7)
        yield (
            f'<rect x="{x + 8:.1f}" y="{y - 7:.1f}" width="32" height="14" rx="{radius}"'
            f' fill="{drawn.fill}" stroke="{drawn.border}" stroke-width="{drawn.width}"'
            f"{_dashed(drawn)}/>"
        )
    else:
        yield f'<path d="M{x:.1f} {y:.1f}h44"{_stroked(drawn)}/>'
        if drawn.arrow:
            yield _arrow(Box(x + 50, y, 0, 0), Box(x, y, 0, 0), drawn._replace(colour=_ink(drawn)))
    yield f'<text x="{x + 56:.1f}" y="{y + 5:.1f}">{_text(name)}</text>'


def _ink(drawn: LinkLook) -> str:
    return drawn.colour or INK


def _stroked(drawn: LinkLook) -> str:
    return f' stroke="{_ink(drawn)}" stroke-width="{drawn.width}"{_dashed(drawn)}'


def _dashed(drawn: MarkLook | LinkLook) -> str:
    return f' stroke-dasharray="{" ".join(map(str, drawn.dashes))}"' if drawn.dashes else ""


def _text(words: str) -> str:
    return escape(visible(words))
