"""Holes at boundaries: exactly what is planted is found, and every rule is needed for it."""

from __future__ import annotations

import contextlib
import os
from collections import Counter

import pytest

from kijun import boundary as boundaries
from kijun.boundary import Boundary, Hole, Role, boundary, boundary_rule_names
from kijun.dates import State
from kijun.knowledge import KnowledgeGraph
from kijun.local_names import local_parts
from kijun.lookup import norm
from kijun.profile import Profile
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation, situation
from kijun.terms import ID, LOCAL, NS
from planted import Key, planted, profiles
from profile_rows import profile

COUNT = int(os.environ.get("KIJUN_PLANTED", "1000"))
TOGETHER = 50
"""How many profiles are examined as one situation."""


@pytest.fixture(scope="session")
def examine(kg: KnowledgeGraph):  # type: ignore[no-untyped-def]
    asserted = asserted_part(kg.store)

    def examined(found: Situation, without: tuple[str, ...] = ()) -> Boundary:
        assert not found.errors, found.errors[0]
        state = state_with(kg.state, found) or State("none", ())
        return boundary(asserted, state, found, without=without)

    return examined


@pytest.fixture(scope="session")
def told(kg: KnowledgeGraph):  # type: ignore[no-untyped-def]
    def of(*found: Profile) -> Situation:
        return situation(found, kg.find, lambda text: norm(kg.engine, text))

    return of


def key(hole: Hole, labels: dict[str, str]) -> Key:
    """Return a hole as it is planted."""

    def name(iri: str | None) -> str | None:
        if iri is None:
            return None
        parts = local_parts(iri)
        marked = parts is not None and parts[0] in ("system", "document")
        return parts[1][0] if parts and marked else labels.get(iri, iri)

    ends = [name(hole.party), name(hole.other)]
    if hole.kind == "unconnected":
        ends = sorted(map(str, ends))
    return hole.kind, str(name(hole.system)), name(hole.concern), ends[0], ends[1]


def found_in(result: Boundary, found: Situation) -> Counter[Key]:
    from kijun.profile_schema import TERMS, WORDS
    from kijun.terms import NS

    printed = {NS + term: WORDS["concerns"][code][0] for code, term in TERMS["concerns"].items()}
    labels = {**printed, **found.labels}
    return Counter(key(hole, labels) for hole in result.holes)


@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_exactly_what_is_planted_is_found(examine, told, first: int) -> None:  # type: ignore[no-untyped-def]
    made, expected = profiles(range(first, min(first + TOGETHER, COUNT)))
    found = told(*made)
    holes = found_in(examine(found), found)
    assert max(holes.values(), default=1) == 1
    assert not set(holes) - expected, sorted(map(str, set(holes) - expected))[:5]
    assert not expected - set(holes), sorted(map(str, expected - set(holes)))[:5]


def test_every_kind_of_hole_is_planted() -> None:
    _, expected = profiles(range(100))
    assert {kind for kind, *_ in expected} == set(boundaries.KINDS)


def test_a_profile_alone_gives_what_it_gives_among_others(examine, told) -> None:  # type: ignore[no-untyped-def]
    for seed in range(5):
        made = planted(seed)
        found = told(made.profile)
        assert set(found_in(examine(found), found)) == made.holes


# What else is said of a boundary, by hand

HAND = profile(
    bodies=["架空法人 指定法人 財務省", "無縁機構 指定法人 -"],
    systems=[
        "P1 基盤一 基盤 総務省 厚生労働省",
        "P2 基盤二 基盤 総務省",
        "P3 基盤三 基盤 総務省",
        "S1 業務一 単独 NICT",
        "S2 業務二 単独 財務省 架空法人",
        "S3 業務三 単独 財務省",
    ],
    layers=["P1 機器 総務省", "P1 応用 環境省", "S3 全体 財務省", "S1 全体 NICT"],
    uses=["環境省 S3", "防衛省 P1", "総務省 P1", "防衛省 P2", "防衛省 P3"],
    connections=["S1 P1", "S2 P1", "S1 P3"],
    concerns=["点検 共同 P2", "記録 一者"],
    documents=[
        "D1 P1 共通規程 規程一 - 体制、記録",
        "D2 P2 共通規程 規程二",
        "D3 P1 包括文書 文書 総務省",
        "D4 P1 その他 資料 厚生労働省",
    ],
    agreements=["D4 総務省 合意"],
    allocations=["P1 包括的な文書 NICT 提供 - はい 規程"],
    exclusions=[
        "P1 体制 NICT 例",
        "P1 非常時の具体的対応策 - 例",
        "P1 - 環境省 例",
        "P3 - - 例",
    ],
)
P1, P2, P3, S1, S2 = (f"{LOCAL}system/{mark}" for mark in ("P1", "P2", "P3", "S1", "S2"))
FICTION = f"{LOCAL}body/架空法人"
MIC, MHLW, MOE, MOD, NICT = (
    f"{ID}body/{number}"
    for number in (
        *("2000012020001", "6000012070001", "1000012110001", "9000012120001", "7012405000492"),
    )
)


@pytest.fixture(scope="module")
def hand(examine, told) -> Boundary:  # type: ignore[no-untyped-def]
    return examine(told(HAND))  # type: ignore[no-any-return]


def test_parties_have_their_roles(hand: Boundary) -> None:
    assert hand.parties[P1] == {
        MIC: (Role("layer"), Role("operator")),
        MHLW: (Role("manager"),),
        MOE: (Role("layer"),),
        NICT: (Role("connection", S1),),
        FICTION: (Role("connection", S2),),
    }
    assert set(hand.parties[P2]) == {MIC}
    assert set(hand.examined) == {P1, P2, P3}


def test_who_merely_uses_a_platform_is_no_party(hand: Boundary) -> None:
    assert hand.users == {(P1, MOD), (P2, MOD), (P3, MOD)}


def test_a_platform_without_layers_is_taken_as_declared_and_said_to_be(hand: Boundary) -> None:
    assert hand.unlayered == {P2, P3}


def test_what_one_agency_manages_all_of_is_no_platform(hand: Boundary) -> None:
    assert hand.carved_out == {f"{LOCAL}system/S3"}


def test_exclusions_leave_out_what_they_name(hand: Boundary) -> None:
    of = {(concern.rpartition("#")[2], party) for p, concern, party in hand.scope if p == P1}
    assert ("operatingStructure", NICT) not in of
    assert ("operatingStructure", MIC) in of
    assert not {party for concern, party in of if concern == "emergencyResponse"}
    assert not {concern for concern, party in of if party == MOE}
    assert not {party for platform, _, party in hand.scope if platform == P3}
    assert hand.outside == {(P1, MOE), (P3, MIC), (P3, NICT)}
    assert {party for p, c, party in hand.left_out if p == P1 and c.endswith("agreement")} == {MOE}
    pairs = {frozenset((h.party, h.other)) for h in hand.holes if h.kind == "unconnected"}
    assert not [pair for pair in pairs if MOE in pair]


def test_added_concerns_belong_to_one_platform_or_to_all(hand: Boundary) -> None:
    own, all_ = f"{LOCAL}concern/点検", f"{LOCAL}concern/記録"
    assert {platform for platform, concern, _ in hand.scope if concern == own} == {P2}
    assert {platform for platform, concern, _ in hand.scope if concern == all_} == {P1, P2}
    assert all_ in hand.single
    assert {h.norm for h in hand.holes if h.concern in (own, all_)} == {f"{ID}norm/6-3-1a"}


def test_a_common_rule_displaces_in_its_scope_only(hand: Boundary) -> None:
    first = {(c, party) for document, party, c in hand.displaced if document.endswith("D1")}
    assert {concern for concern, _ in first} == {
        f"{NS}operatingStructure",
        f"{LOCAL}concern/記録",
    }
    # Not where the concern was left out.
    assert (f"{NS}operatingStructure", NICT) not in first
    second = {c for document, _, c in hand.displaced if document.endswith("D2")}
    assert {f"{NS}agreement", f"{LOCAL}concern/点検"} <= second


def test_a_line_joins_two_parties_whichever_way_it_goes(hand: Boundary) -> None:
    pairs = {frozenset((h.party, h.other)) for h in hand.holes if h.kind == "unconnected"}
    # 総務省 supervises 情報通信研究機構; nobody here supervises 架空法人.
    assert frozenset((MIC, NICT)) not in pairs
    assert frozenset((MIC, FICTION)) in pairs
    assert frozenset((MIC, MHLW)) in pairs


def test_every_hole_has_a_node_of_its_own(hand: Boundary) -> None:
    iris = [hole.iri for hole in hand.holes]
    assert len(set(iris)) == len(iris)
    assert all(iri.startswith(f"{LOCAL}hole/") for iri in iris)


def test_an_extra_body_has_the_lines_of_its_class(examine, told) -> None:  # type: ignore[no-untyped-def]
    found = told(
        profile(
            bodies=["架空法人 指定法人 財務省"],
            systems=["P1 基盤 基盤 財務省", "S1 業務 単独 架空法人"],
            connections=["S1 P1"],
        )
    )
    assert "unconnected" not in {hole.kind for hole in examine(found).holes}


BESIDE = profile(
    systems=["P9 照合基盤 基盤 総務省", "S8 経理 単独 財務省", "S9 検査 単独 会計検査院"],
    layers=["P9 ハード 総務省", "P9 ＯＳ 財務省", "S8 ハード 財務省", "S8 アプリ 総務省"],
    uses=["防衛省 P9"],
    connections=["S9 P9"],
    allocations=["P9 責任分界 財務省 充足 - - 記録"],
    documents=["D9 P9 共通規程 財務省の規程 財務省"],
    source="beside",
)
"""What only this module asks about: who is bound, who holds, whose rules count."""

MOF = f"{ID}body/8000012050001"
P9, BOUNDARY = f"{LOCAL}system/P9", f"{NS}responsibilityBoundary"


def test_only_government_bodies_are_parties(examine, told) -> None:  # type: ignore[no-untyped-def]
    assert set(examine(told(BESIDE)).parties[P9]) == {MIC, MOF}


def held(examine, told, *allocations: str) -> set[str]:  # type: ignore[no-untyped-def]
    rows = profile(
        systems=["P9 照合基盤 基盤 総務省"],
        layers=["P9 ハード 総務省", "P9 ＯＳ 財務省"],
        uses=["防衛省 P9"],
        allocations=[f"P9 責任分界 {row} - - 記録" for row in allocations],
    )
    return {hole.kind for hole in examine(told(rows)).holes if hole.concern == BOUNDARY}


def test_who_has_met_a_concern_holds_it_where_nobody_provides_it(examine, told) -> None:  # type: ignore[no-untyped-def]
    assert held(examine, told) == {"unallocated"}
    assert held(examine, told, "財務省 充足") == set()
    assert held(examine, told, "防衛省 充足") == {"unallocated"}
    assert held(examine, told, "財務省 充足", "総務省 充足") == {"doubly_owned"}
    assert held(examine, told, "財務省 充足", "総務省 提供") == set()
    assert held(examine, told, "財務省 提供", "総務省 提供") == {"doubly_owned"}


def test_several_managers_of_an_own_system_are_told_though_nobody_uses_it(examine, told) -> None:  # type: ignore[no-untyped-def]
    found = examine(told(BESIDE))
    (hole,) = (hole for hole in found.holes if hole.kind == "misclassified")
    assert (hole.system, hole.other) == (f"{LOCAL}system/S8", "several_managers")


def test_only_the_operator_sets_common_rules(examine, told) -> None:  # type: ignore[no-untyped-def]
    found = examine(told(BESIDE))
    assert not found.displaced
    assert not [hole for hole in found.holes if hole.other and hole.other.endswith("D9")]
    own = profile(
        systems=["P9 照合基盤 基盤 総務省"],
        layers=["P9 ハード 総務省", "P9 ＯＳ 財務省"],
        uses=["防衛省 P9"],
        documents=["D9 P9 共通規程 規程 総務省"],
    )
    assert {party for _, party, _ in examine(told(own)).displaced} == {MIC, MOF}


# Mutations


def covering() -> list[int]:
    """Return a few seeds in which there is a hole of every kind and form."""
    seeds: list[int] = []
    seen: set[tuple[object, ...]] = set()
    for seed in range(200):
        forms = {
            (kind, concern is None, party is None, other if party is None else other is None)
            for kind, _, concern, party, other in planted(seed).holes
        }
        if forms - seen:
            seeds.append(seed)
            seen |= forms
    return seeds


def picture(found: Boundary) -> tuple[object, ...]:
    """Return all that a boundary says."""
    return (
        set(found.holes),
        found.examined,
        found.unlayered,
        found.carved_out,
        found.parties,
        found.users,
        found.scope,
        found.outside,
        found.displaced,
    )


@pytest.fixture(scope="module")
def rich(told) -> Situation:  # type: ignore[no-untyped-def]
    return told(HAND._replace(source="hand"), BESIDE, *profiles(covering())[0])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def whole(examine, rich: Situation) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    return picture(examine(rich))


@pytest.mark.parametrize("rule", boundary_rule_names())
def test_every_rule_is_needed(examine, rich: Situation, whole, rule: str) -> None:  # type: ignore[no-untyped-def]
    changed = None
    with contextlib.suppress(KeyError):  # a party of a platform that is no longer examined
        changed = picture(examine(rich, (rule,)))
    assert changed != whole, f"nothing changes without {rule}"
