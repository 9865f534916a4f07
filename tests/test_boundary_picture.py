"""The picture of a boundary holds every hole of its platform, and says what marks the profile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kijun
from kijun.boundary import KINDS
from kijun.cli import main
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph
from kijun.legend import LINKS, MARKS, look
from kijun.picture import Picture
from kijun.placement import place
from test_placement import crossed, overlaps

PLATFORM = "共通業務基盤"
WORD = {"told": "yes", "perhaps_told": "conditional", "untold": "no"}


@pytest.fixture(scope="module")
def example(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place_ = tmp_path_factory.mktemp("profile") / "shared.xlsx"
    assert main(["profile", "new", "--example", "shared-platform", "-o", str(place_)]) == 0
    return place_


@pytest.fixture(scope="module")
def situated(example: Path) -> KnowledgeGraph:
    return kijun.open(example)


@pytest.fixture(scope="module")
def shown(situated: KnowledgeGraph) -> Picture:
    return situated.view("boundary", PLATFORM).picture


def test_every_hole_of_the_platform_is_drawn(situated: KnowledgeGraph, shown: Picture) -> None:
    holes = {row["hole_iri"]: row for row in situated.gaps().where(platform=PLATFORM)}
    assert len(holes) == 8
    told = [text for thing in (*shown.all_marks(), *shown.links) for _, text in thing.facts]
    for row in holes.values():
        assert row["detail"] in told
    assert {row["hole_iri"] for row in shown.table} == set(holes)  # type: ignore[attr-defined]


def test_cells_are_those_of_the_matrix(situated: KnowledgeGraph, shown: Picture) -> None:
    names = {"other": "elsewhere"}
    cells = Counter(
        (frame.label, mark.label[2:], mark.kind)
        for frame in shown.marks
        if frame.id.endswith(" party")
        for mark in frame.members
        if mark.kind not in WORD
    )
    assert cells == Counter(
        (row["party"], row["concern"], names.get(row["status"], row["status"]))
        for row in situated.matrix()
    )


def test_who_learns_of_an_incident_is_said_of_each(
    situated: KnowledgeGraph, shown: Picture
) -> None:
    told = {
        frame.label if frame.id.endswith(" party") else mark.label.removeprefix("→ "): mark
        for frame in shown.marks
        for mark in frame.members
        if mark.kind in WORD
    }
    rows = {row["who"]: row for row in situated.learning() if row["platform"] == PLATFORM}
    assert set(told) == set(rows)
    for who, row in rows.items():
        assert WORD[told[who].kind] == {"first": "yes"}.get(row["learns"], row["learns"])
        assert not row["by"] or any(row["by"][0] in text for _, text in told[who].facts)


def test_a_system_declared_wrongly_stands_beside_its_operators_platform(
    situated: KnowledgeGraph, shown: Picture
) -> None:
    (frame,) = (mark for mark in shown.marks if mark.label == "区分の合わない情報システム")
    (row,) = situated.gaps().where(kind="misclassified")
    assert [mark.label for mark in frame.members] == [f"× {row['system']}"]
    assert row["detail"] in [text for _, text in frame.members[0].facts]


def test_a_party_that_no_word_reaches_is_marked(tmp_path: Path, kg: KnowledgeGraph) -> None:
    assert main(["profile", "new", "--example", "shared-platform", "-o", str(tmp_path / "p")]) == 0
    (tmp_path / "p" / "contacts.csv").unlink()
    lonely = kijun.open(tmp_path / "p")
    drawn = lonely.view("boundary", PLATFORM).picture
    untold = [
        frame.label for frame in drawn.marks for mark in frame.members if mark.kind == "untold"
    ]
    assert untold
    assert set(untold) == {row["who"] for row in lonely.learning() if row["learns"] == "no"}


def test_holes_between_two_parties_join_them(shown: Picture) -> None:
    labels = {mark.id: mark.label for mark in shown.marks}
    between = {
        (link.kinds[0], labels[link.source], labels[link.target])
        for link in shown.links
        if link.kinds[0] in KINDS
    }
    assert ("unprovided", "例示共済連合会", "架空省") in between
    (apart,) = (ends for kind, *ends in between if kind == "unconnected")
    assert set(apart) == {"例示共済連合会", "国立研究開発法人例示研究機構"}
    assert not look(("unconnected",)).arrow, "neither comes first"


def test_what_makes_a_party_is_on_its_link(shown: Picture) -> None:
    (platform,) = (mark for mark in shown.marks if mark.asked)
    assert platform.label == PLATFORM
    assert [member.label for member in platform.members] == ["× 文書なし"]
    roles = {link.label for link in shown.links if link.target == platform.id}
    assert "運用する" in roles
    assert "連携する\n仮設省申請受付システム" in roles


def test_the_marking_of_the_profile_comes_first(example: Path, tmp_path: Path) -> None:
    for form in ("html", "svg"):
        place_ = tmp_path / f"b.{form}"
        asked = ["view", "boundary", PLATFORM, "--profile", str(example), "-o", str(place_)]
        assert main(asked) == 0
        text = place_.read_text(encoding="utf-8")
        assert text.index("取扱い：取扱注意（架空の例）") < text.index("架空の例による。")


def test_the_picture_is_sound(shown: Picture) -> None:
    placed = place(shown)
    assert not overlaps(shown, placed)
    assert not crossed(shown, placed)
    assert {mark.kind for mark in shown.all_marks()} <= set(MARKS)
    assert {kind for link in shown.links for kind in link.kinds} <= set(LINKS)


def test_a_clean_platform_has_no_hole_in_its_picture(kg: KnowledgeGraph, tmp_path: Path) -> None:
    place_ = tmp_path / "clean.xlsx"
    assert main(["profile", "new", "--example", "clean", "-o", str(place_)]) == 0
    clean = kijun.open(place_)
    (platform,) = {row["platform"] for row in clean.matrix()}
    drawn = clean.view("boundary", platform).picture
    assert "hole" not in {mark.kind for mark in drawn.all_marks()}
    assert not {link.kinds[0] for link in drawn.links} & set(KINDS)
    assert [mark.kind for mark in drawn.marks if mark.asked] == ["platform"]


def test_what_cannot_be_drawn_is_refused(situated: KnowledgeGraph, kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match=f'is called "どこか"; one of {PLATFORM}'):
        situated.view("boundary", "どこか")
    with pytest.raises(BadInput, match="no profile is open"):
        kg.view("boundary", PLATFORM)


def test_a_boundary_says_english_words(example: Path) -> None:
    drawn: Any = kijun.open(example, lang="en").view("boundary", PLATFORM).picture
    assert drawn.title.startswith("The boundary of")
    assert any(link.label == "operates" for link in drawn.links)
