"""Where links meet boxes: each at a port of its own, so that every arrow can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kijun.boxes import Box

APART = 10
"""The room between two boxes in a column."""

PORT = 7
"""The room between two ports at the side of a box."""


def make_room(
    columns: Sequence[Sequence[str]], boxes: dict[str, Box], ways: Mapping[str, Sequence[str]]
) -> None:
    """Heighten the boxes at which more links meet than have room side by side.

    Labels in one column become equally wide, so that no line cuts in front of its neighbour.
    """
    for ids in columns[1::2]:
        wide = max((boxes[name].width for name in ids), default=0)
        for name in ids:
            if boxes[name].label:
                boxes[name] = boxes[name]._replace(width=wide)
    column_of = {name: column for column, ids in enumerate(columns) for name in ids}
    met: Counter[tuple[str, bool]] = Counter()
    for way in ways.values():
        for one, other in pairwise(way):
            met[one, column_of[one] < column_of[other]] += 1
            met[other, column_of[other] < column_of[one]] += 1
    for (name, _), count in met.items():
        box = boxes[name]
        if box.label:
            boxes[name] = box._replace(height=max(box.height, (count + 1) * PORT))


def stacked(sizes: Sequence[float], wanted: Sequence[float], apart: float = APART) -> list[float]:
    """Return middles nearest to those wanted (least squares), in order and apart."""
    offsets = [0.0]
    for one, other in pairwise(sizes):
        offsets.append(offsets[-1] + (one + other) / 2 + apart)
    # Neighbours that would overlap are pooled, and stand where their mean is.
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] >= mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    levels = [mean for mean, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def with_ports(
    columns: Sequence[Sequence[str]], boxes: dict[str, Box], ways: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return ways that meet boxes at their sides, each at a port of its own.

    Within a column a link runs level, so that it passes beneath none of the boxes in it: it bends
    between columns only. Ports, and the points where links leave a column, get their boxes.
    """
    rims = _rims(columns, boxes)
    sides: dict[tuple[str, bool], list[tuple[float, str]]] = {}
    for link, way in ways.items():
        for place, (one, other) in enumerate(pairwise(way)):
            for name, beside, port in ((one, other, "out"), (other, one, "in")):
                met = boxes[beside].y, f"{link} {port} {place}"
                sides.setdefault((name, boxes[beside].x > boxes[name].x), []).append(met)
    stops: dict[str, list[str]] = {}
    for (name, right), ends in sides.items():
        ends.sort()
        left_edge, top, right_edge, bottom = boxes[name].edges
        heights = _spread([height for height, _ in ends], top + PORT, bottom - PORT)
        edge, rim = (right_edge if right else left_edge), rims[name][right]
        if len(ends) > 1 and not boxes[name].label:
            edge = rim  # a link that turns back here
        for (_, port), height in zip(ends, heights, strict=True):
            boxes[port] = Box(edge, height if boxes[name].label else boxes[name].y, 0, 0)
            stops[port] = [port]
            if abs(rim - edge) > 1:
                boxes[f"{port} rim"] = boxes[port]._replace(x=rim)
                stops[port].append(f"{port} rim")
    found = {}
    for link, way in ways.items():
        whole: list[str] = []
        for place in range(len(way) - 1):
            whole += stops[f"{link} out {place}"] + stops[f"{link} in {place}"][::-1]
        found[link] = tuple(whole)
    return found


def _rims(
    columns: Sequence[Sequence[str]], boxes: Mapping[str, Box]
) -> dict[str, tuple[float, float]]:
    """Return for each box the left and the right of its column."""
    found = {}
    for ids in columns:
        edges = [boxes[name].edges for name in ids]
        rim = (min(edge[0] for edge in edges), max(edge[2] for edge in edges)) if ids else (0, 0)
        found.update(dict.fromkeys(ids, rim))
    return found


def _spread(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return heights nearest to those wanted, in order, apart and within bounds that suffice."""
    within = [min(max(height, top), bottom) for height in wanted]
    found = stacked([PORT] * len(wanted), within, 0)
    last = len(found) - 1
    lowered = [max(height, top + place * PORT) for place, height in enumerate(found)]
    return [min(height, bottom - (last - place) * PORT) for place, height in enumerate(lowered)]
