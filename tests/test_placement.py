"""Where things stand in pictures: apart, in order, and the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.boxes import MARK_CELLS, Box, measure
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.lines import display_width
from kijun.picture import Link, Mark, Picture
from kijun.placement import Placement, extent, place
from kijun.ports import APART, PORT, stacked
from test_pictures import ALL, picture

NAMES = (
    "国立研究開発法人情報通信研究機構",
    "総務省",
    "NISC",
    "高齢・障害・求職者雇用支援機構",
    "省",
)


def overlap(one: Box, other: Box) -> bool:
    a, b = one.edges, other.edges
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def overlaps(shown: Picture, placed: Placement) -> list[tuple[str, str]]:
    """Return the pairs of boxes that lie on each other; a member lies on its own frame."""
    inside = {(member.id, mark.id) for mark in shown.marks for member in mark.members}
    whole = [(name, box) for name, box in placed.boxes.items() if box.label]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(whole, 2)
        if overlap(a, b) and not {(one, other), (other, one)} & inside
    ]


def crossed(shown: Picture, placed: Placement) -> list[tuple[str, str]]:
    """Return the links that run level through a box that is not theirs."""
    found = []
    frames = [mark.id for mark in shown.marks]
    frames += [link.id for link in shown.links if link.label]
    for link in shown.links:
        for one, other in pairwise(placed.boxes[name] for name in placed.ways[link.id]):
            if one.y != other.y:
                continue
            left, right = sorted((one.x, other.x))
            line = Box((left + right) / 2, one.y, right - left - 1, 0)
            found += [
                (link.id, name)
                for name in frames
                if name not in (link.id, link.source, link.target)
                and overlap(line, placed.boxes[name])
            ]
    return found


def drawn(marks: Iterable[Mark], links: Iterable[Link]) -> Picture:
    return Picture("図", "ja", tuple(marks), tuple(links), Answer("x", (), ()))


def random_picture(seed: int, marks: int, links: int, *, labelled: bool = True) -> Picture:
    pick = random.Random(seed)
    made = [
        Mark(f"m{number}", f"{pick.choice(NAMES)}{number}", "ministry", pick.randrange(4))
        for number in range(marks)
    ]
    made[0] = made[0]._replace(
        kind="frame", members=tuple(Mark(f"f{n}", pick.choice(NAMES), "norm") for n in range(9))
    )
    return drawn(
        made,
        [
            Link(
                f"l{number}",
                *(mark.id for mark in pick.sample(made, 2)),
                ("share",),
                f"6(4)-{number}a 共有\n{pick.choice(NAMES)}" if labelled and number % 3 else "",
            )
            for number in range(links)
        ],
    )


@pytest.mark.parametrize(("what", "names", "options"), ALL)
def test_no_two_labels_lie_on_each_other(
    kg: KnowledgeGraph, what: str, names: tuple[str, ...], options: dict[str, object]
) -> None:
    shown = picture(kg, what, *names, **options)
    placed = place(shown)
    assert not overlaps(shown, placed)
    assert not crossed(shown, placed)
    assert placed == place(shown)


@pytest.mark.parametrize("seed", range(4))
def test_sixty_japanese_labels_do_not_overlap(seed: int) -> None:
    shown = random_picture(seed, 60, 60)
    placed = place(shown)
    assert len([box for box in placed.boxes.values() if box.label]) > 100
    assert not overlaps(shown, placed)
    assert not crossed(shown, placed)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(0, 30), st.booleans())
def test_any_picture_is_placed_soundly(seed: int, marks: int, links: int, labelled: bool) -> None:
    shown = random_picture(seed, marks, links, labelled=labelled)
    placed = place(shown)
    assert not overlaps(shown, placed)
    by_id = {mark.id: mark for mark in shown.marks}
    for link in shown.links:
        way = [placed.boxes[name] for name in placed.ways[link.id]]
        assert len(way) >= 2
        for end, met in ((link.source, way[0]), (link.target, way[-1])):
            left, top, right, bottom = placed.boxes[end].edges
            assert met.x in (left, right), "links meet boxes at their sides"
            assert top <= met.y <= bottom
        if link.label:
            edges = placed.boxes[link.id].edges
            assert {edges[0], edges[2]} & {box.x for box in way}, "and run through their labels"
    for mark in shown.marks:
        frame = placed.boxes[mark.id].edges
        for member in by_id[mark.id].members:
            box = placed.boxes[member.id].edges
            assert frame[0] <= box[0]
            assert frame[1] <= box[1]
            assert box[2] <= frame[2]
            assert box[3] <= frame[3]


def test_ports_of_one_side_are_apart(kg: KnowledgeGraph) -> None:
    placed = place(picture(kg, "route", "情報通信研究機構", "NISC", about="incident"))
    met = sorted((placed.boxes[way[-1]].x, placed.boxes[way[-1]].y) for way in placed.ways.values())
    for one, other in pairwise(met):
        assert one[0] != other[0] or other[1] - one[1] > PORT - 0.01


def test_ranks_go_from_left_to_right(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "duties", "日本年金機構")
    placed = place(shown)
    for one, other in combinations(shown.marks, 2):
        if one.rank < other.rank:
            assert placed.boxes[one.id].edges[2] < placed.boxes[other.id].edges[0]


def test_what_belongs_together_is_at_one_height() -> None:
    shown = drawn(
        [
            Mark("a", "甲", "ministry"),
            Mark("b", "乙", "ministry", 1),
            Mark("c", "丙", "ministry", 1),
        ],
        [Link("x", "a", "b", ("share",), "共有"), Link("y", "a", "c", ("share",), "共有")],
    )
    boxes = place(shown).boxes
    assert boxes["a"].y == pytest.approx((boxes["b"].y + boxes["c"].y) / 2)


def test_order_lessens_crossings() -> None:
    marks = [Mark(f"{side}{n}", "省", "ministry", rank)
             for rank, side in enumerate("lr") for n in range(6)]  # fmt: skip
    links = [Link(f"k{n}", f"l{n}", f"r{5 - n}", ("share",)) for n in range(6)]
    boxes = place(drawn(marks, links)).boxes
    for one, other in combinations(links, 2):
        left = boxes[one.source].y - boxes[other.source].y
        right = boxes[one.target].y - boxes[other.target].y
        assert left * right > 0


def test_an_empty_picture_and_a_lone_mark_can_be_placed() -> None:
    lone = place(drawn([Mark("a", "総務省", "ministry")], []))
    assert lone.boxes["a"].label == "総務省"
    assert extent(lone) == lone.boxes["a"].edges
    assert place(drawn([], [])).boxes == {}


@given(
    st.lists(st.tuples(st.floats(1, 50), st.floats(-500, 500)), min_size=1, max_size=20),
)
def test_stacking_keeps_order_and_distance(asked: list[tuple[float, float]]) -> None:
    sizes, wanted = [size for size, _ in asked], [want for _, want in asked]
    found = stacked(sizes, wanted)
    for (one, size), (other, height) in pairwise(zip(found, sizes, strict=True)):
        assert other - one >= (size + height) / 2 + APART - 1e-6
    assert sum(found) == pytest.approx(sum(wanted), abs=1e-6), "least squares keep the mean"


def test_labels_are_broken_evenly_and_joined_where_they_fit() -> None:
    assert measure("6(4)-2a 連絡\nインシデント", 40).label == "6(4)-2a 連絡　インシデント"
    assert measure("6(4)-2a 連絡\nインシデント", 20).label == "6(4)-2a 連絡\nインシデント"
    lines = measure("サイバーセキュリティ対策推進会議", MARK_CELLS).label.split("\n")
    assert [display_width(line) for line in lines] == [20, 12]
    assert measure("国立重度知的障害者総合施設のぞみの園", MARK_CELLS).label.count("\n") == 1
