"""Where the marks and labels of a picture stand, so that none lies on another.

The picture is laid out in columns, from left to right by rank. Between two columns of marks runs
one of labels: a labelled link is drawn through its label, which has a place of its own like a mark.
A link that passes a column gets a knot there, so that it runs around boxes and not through them.
The order within a column lessens crossings (barycentres, as Sugiyama has it); the heights bring
each box as near to its neighbours as the boxes beside it allow (isotonic regression).

That no two boxes overlap is a property of the placement and not of luck. Coordinates are pixels,
y downwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from kijun.boxes import Box, inside, measure, sized
from kijun.picture import Link, Picture
from kijun.ports import make_room, stacked, with_ports

CELLS = ((28, 28), (28, 40), (28, 56), (20, 20), (14, 14))
SHAPES = (0.6, 1.2, 2.5, 5)
"""How wide the labels of marks and links may be, and how wide frames are for their height: the
first with which the picture shows largest are used."""

PAGE = (930, 600)
"""The room that a picture usually has on a page."""

_GAP, _WIDEST_GAP = 32, 110
_SWEEPS = 24


class Placement(NamedTuple):
    """The boxes of marks and of links' labels by id, and each link's way from box to box.

    A way names the boxes through which a link runs: they have no size, being knots and the ports at
    which the link meets a mark or its own label, whose box has the link's id.
    """

    boxes: Mapping[str, Box]
    ways: Mapping[str, tuple[str, ...]]


def place(picture: Picture) -> Placement:
    """Return where everything in a picture stands, the same for the same picture."""
    shapes = SHAPES if any(mark.members for mark in picture.marks) else SHAPES[:1]
    columns, ways = _columns(picture)
    _order(columns, ways)
    best, largest = Placement({}, {}), 0.0
    for cells, shape in product(CELLS, shapes):
        tried = _placed(picture, columns, ways, cells, shape)
        if (scale := _scale(tried)) > largest:
            best, largest = tried, scale
        if largest == 1:
            break
    return best


def extent(placement: Placement) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all that is placed."""
    if not placement.boxes:
        return 0, 0, 0, 0
    lefts, tops, rights, bottoms = zip(
        *(box.edges for box in placement.boxes.values()), strict=True
    )
    return min(lefts), min(tops), max(rights), max(bottoms)


def _scale(placement: Placement) -> float:
    left, top, right, bottom = extent(placement)
    return min(PAGE[0] / max(right - left, 1), PAGE[1] / max(bottom - top, 1), 1)


def _placed(
    picture: Picture,
    columns: Sequence[Sequence[str]],
    ways: Mapping[str, Sequence[str]],
    cells: tuple[int, int],
    shape: float,
) -> Placement:
    boxes = {name: Box(0, 0, 0, 0) for ids in columns for name in ids}
    boxes.update((mark.id, sized(mark, shape, cells[0])) for mark in picture.marks)
    boxes.update((link.id, measure(link.label, cells[1])) for link in picture.links if link.label)
    make_room(columns, boxes, ways)
    heights = _heights(columns, boxes, ways)
    middles = _middles(columns, boxes, heights, ways)
    for column, ids in enumerate(columns):
        for name in ids:
            boxes[name] = boxes[name]._replace(x=middles[column], y=heights[name])
    for mark in picture.marks:
        boxes.update(inside(mark, boxes[mark.id], shape))
    ported = with_ports(columns, boxes, ways)
    used = {name for way in ported.values() for name in way}
    kept = {name: box for name, box in boxes.items() if name in used or box.label}
    return Placement(kept, ported)


def _columns(picture: Picture) -> tuple[list[list[str]], dict[str, tuple[str, ...]]]:
    """Return what stands in each column, and each link's way through its label and knots."""
    homes = {member.id: mark.id for mark in picture.marks for member in (mark, *mark.members)}
    ranks = sorted({mark.rank for mark in picture.marks})
    columns: list[list[str]] = [[] for _ in range(2 * len(ranks) + 1)]
    at = {mark.id: 2 * ranks.index(mark.rank) for mark in picture.marks}
    for mark in picture.marks:
        columns[at[mark.id]].append(mark.id)
    turns = {link.id: _turn(link, at[homes[link.source]], at[homes[link.target]])
             for link in picture.links}  # fmt: skip
    for name, turn in turns.items():
        if turn is not None:
            columns[turn].append(name)
    ways: dict[str, tuple[str, ...]] = {}
    for link in picture.links:
        source, target, turn = homes[link.source], homes[link.target], turns[link.id]
        stops = [at[source], at[target]] if turn is None else [at[source], turn, at[target]]
        way = [source]
        for start, end in pairwise(stops):
            step = 1 if end > start else -1
            for column in range(start + step, end, step):
                if columns[column]:
                    knot = f"{link.id} knot {column}"
                    columns[column].append(knot)
                    way.append(knot)
            way.append(link.id if end == turn and link.id not in way else target)
        ways[link.id] = tuple(way)
    return columns, ways


def _turn(link: Link, source: int, target: int) -> int | None:
    """Return the column between marks where a link's label stands, or where it turns back."""
    if not link.label and source != target:
        return None
    middle = (source + target) // 2
    return middle if middle % 2 else middle + (1 if target >= source else -1)


def _neighbours(ways: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for way in ways.values():
        for one, other in pairwise(way):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _order(columns: list[list[str]], ways: Mapping[str, Sequence[str]]) -> None:
    """Bring what is linked to the same height in order, sweeping to and fro."""
    near = _neighbours(ways)
    spots = {name: _spot(place, ids) for ids in columns for place, name in enumerate(ids)}
    places = list(range(len(columns)))
    best, fewest = [list(ids) for ids in columns], _crossings(columns, ways, spots)
    for sweep in range(_SWEEPS):
        for column in places if sweep % 2 == 0 else reversed(places):
            ids = columns[column]
            wanted = {name: _mean([spots[other] for other in near.get(name, ())], spots[name])
                      for name in ids}  # fmt: skip
            ids.sort(key=lambda name: wanted[name])
            spots.update((name, _spot(place, ids)) for place, name in enumerate(ids))
        count = _crossings(columns, ways, spots)
        if count < fewest:
            best, fewest = [list(ids) for ids in columns], count
    columns[:] = best


def _spot(place: int, ids: Sequence[str]) -> float:
    return (place + 0.5) / len(ids)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(
    columns: Sequence[Sequence[str]],
    ways: Mapping[str, Sequence[str]],
    spots: Mapping[str, float],
) -> int:
    """Count the pairs of segments between the same two columns that cross."""
    column_of = {name: column for column, ids in enumerate(columns) for name in ids}
    between: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for way in ways.values():
        for one, other in pairwise(way):
            left, right = sorted((one, other), key=lambda name: column_of[name])
            ends = column_of[left], column_of[right]
            between.setdefault(ends, []).append((spots[left], spots[right]))
    return sum(map(_inversions, between.values()))


def _inversions(segments: Sequence[tuple[float, float]]) -> int:
    count = 0
    ends: list[float] = []
    for _, end in sorted(segments):
        place = bisect_right(ends, end)
        count += len(ends) - place
        ends.insert(place, end)
    return count


def _heights(
    columns: Sequence[Sequence[str]],
    boxes: Mapping[str, Box],
    ways: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """Return the y of each box: as near to its neighbours as its column allows."""
    near = _neighbours(ways)
    y = {name: 0.0 for ids in columns for name in ids}
    for sweep in range(_SWEEPS):
        for ids in columns if sweep % 2 == 0 else reversed(columns):
            if ids:
                wanted = [_mean([y[other] for other in near.get(name, ())], y[name])
                          for name in ids]  # fmt: skip
                y.update(zip(ids, stacked([boxes[name].height for name in ids], wanted),
                             strict=True))  # fmt: skip
    return y


def _middles(
    columns: Sequence[Sequence[str]],
    boxes: Mapping[str, Box],
    heights: Mapping[str, float],
    ways: Mapping[str, Sequence[str]],
) -> list[float]:
    """Return the x of each column; the steeper the links between two, the farther apart."""
    widths = [max((boxes[name].width for name in ids), default=0.0) for ids in columns]
    column_of = {name: column for column, ids in enumerate(columns) for name in ids}
    steep = [0.0] * len(columns)
    for way in ways.values():
        for one, other in pairwise(way):
            first = min(column_of[one], column_of[other])
            steep[first] = max(steep[first], abs(heights[one] - heights[other]))
    middles: list[float] = []
    right = 0.0
    for column, width in enumerate(widths):
        middles.append(right + width / 2)
        if columns[column]:
            right += width + min(max(_GAP, steep[column] / 5), _WIDEST_GAP)
    return middles
