"""What follows from the facts, and that each rule is needed for it.

Small governments are derived once as they are and once without each rule; an expectation of this
module, or of another that says what must be derived, must fail for every rule that is taken out.
"""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import RdfFormat, Store

import expectations
from kijun import axioms, derivation, reasoning
from kijun.errors import KijunError
from kijun.terms import ID, NS
from small_government import (
    ARCHIVES,
    AUDIT,
    CABINET_OFFICE,
    IPA,
    METI,
    MHLW,
    MIC,
    NICT,
    PENSION,
    POLICE,
    STATISTICS,
    Shown,
    answered,
    declared,
    default_state,
    duties,
    lines,
    shown,
    small,
    types,
    values,
)


def derive(store: Store) -> Shown:
    return shown(derivation.derived_quads(store, default_state()))


@pytest.fixture(scope="module")
def whole() -> Shown:
    return derive(small())


def test_bodies_are_classified(whole: Shown) -> None:
    assert {
        "NationalResearchAgency",
        "IncorporatedAdministrativeAgency",
        "Corporation",
        "GovernmentBody",
        "Agency",
    } <= types(whole, f"{ID}body/{NICT}")
    assert "DesignatedCorporation" in types(whole, f"{ID}body/{PENSION}")
    assert "IncorporatedAdministrativeAgency" not in types(whole, f"{ID}body/{PENSION}")
    assert "ExecutiveAgency" in types(whole, f"{ID}body/{ARCHIVES}")
    assert {"Ministry", "SupervisingMinistry", "CompetentMinister"} <= types(
        whole, f"{ID}body/{MIC}"
    )
    assert "CompetentMinister" in types(whole, f"{ID}office/prime-minister")
    assert {"Office", "Agency"} <= types(whole, f"{ID}office/nisc")
    assert "GovernmentBody" not in types(whole, f"{ID}body/{STATISTICS}")


def test_goal_articles_follow_the_class(whole: Shown) -> None:
    law = f"<{ID}law/411AC0000000103/art-"
    assert values(whole, f"{ID}body/{NICT}", "goalArticle") == {f"{law}35-4-1>"}
    assert values(whole, f"{ID}body/{ARCHIVES}", "goalArticle") == {f"{law}35-9-1>"}
    assert values(whole, f"{ID}body/{IPA}", "goalArticle") == {f"{law}29-1>"}
    assert not values(whole, f"{ID}body/{PENSION}", "goalArticle")


def test_a_platform_is_recognised_by_its_users_and_layers(whole: Shown) -> None:
    platform = {s for s, p, o in whole if p == f"<{NS}partlyManagedBy>"}
    assert platform == {"<urn:test:platform>", "<urn:test:own>"}
    shared = {(s, o) for s, p, o in whole if p == f"<{NS}sharedWith>"}
    assert shared == {
        ("<urn:test:platform>", f"<{ID}body/{NICT}>"),
        ("<urn:test:platform>", f"<{ID}body/{PENSION}>"),
        ("<urn:test:own>", f"<{ID}body/{IPA}>"),
    }
    assert types(whole, "urn:test:platform") == {"InformationSystem", "SharedPlatform"}
    assert types(whole, "urn:test:own") == {"InformationSystem"}
    assert types(whole, "urn:test:untyped") == {"InformationSystem"}
    assert types(whole, "urn:test:far") == {"InformationSystem"}
    assert types(whole, "urn:test:hardware") == {"SystemLayer"}
    assert {"PlatformOperator", "PlatformManagingAgency"} <= types(whole, f"{ID}body/{MIC}")
    assert {"ConnectedSystemManager", "PlatformManagingAgency"} <= types(whole, f"{ID}body/{NICT}")
    # Whoever merely uses a platform, or operates a system of its own, is no managing agency.
    assert "PlatformManagingAgency" not in types(whole, f"{ID}body/{PENSION}")
    assert "PlatformManagingAgency" not in types(whole, f"{ID}body/{METI}")


def test_duties_come_by_their_routes(whole: Shown) -> None:
    nict, pension, mic = (duties(whole, body) for body in (NICT, PENSION, MIC))
    assert {("5-2-1b", "class"), ("6-2-1a", "class"), ("6-1-2a", "role")} <= nict
    assert {("3-1-1-1a", "incorporation"), ("6-5-1a", "incorporation")} <= nict
    assert ("3-3-7a", "incorporation") in nict
    assert not any(norm.startswith("6-4-2") for norm, _ in nict | pension)
    assert {("6-4-2a", "class"), ("6-4-2a", "supervision"), ("4-1-3a", "supervision")} <= mic
    assert ("4-1-4a", "supervision") not in mic  # no designated corporation of MIC is kept
    mhlw = duties(whole, MHLW)
    assert {("4-1-4a", "supervision"), ("4-3-3a", "supervision")} <= mhlw
    assert {("2-1a", "direct"), ("6-4-4b", "direct")} <= duties(whole, "nisc")
    assert ("4-3-3a", "class") not in mhlw
    assert not duties(whole, STATISTICS)


def test_grades_weaken_and_own_norms_displace(whole: Shown) -> None:
    duty = f"{ID}duty/{NICT}/3-1-1-1a/incorporation/1"
    assert values(whole, duty, "derivedForce") == {f"<{NS}regard>"}
    assert values(whole, duty, "grade") == {f"<{NS}consider>"}
    same = f"{ID}duty/{NICT}/6-5-1a/incorporation/1"
    assert values(whole, same, "derivedForce") == {f"<{NS}must>"}
    audit = f"{ID}duty/{NICT}/3-3-8a/incorporation/1"
    assert values(whole, audit, "displacedBy") == {f"<{ID}norm/4-3-5a>"}
    goal = f"{ID}duty/{MIC}/4-1-3a/supervision/1"
    (path,) = values(whole, goal, "path")
    assert path.strip('"').split() == [
        f"{ID}body/{MIC}",
        f"{ID}body/{NICT}",
        f"{ID}law/411AC0000000103/art-35-4-1",
    ]
    through = {
        o for s, p, o in whole if p == f"<{NS}path>" and f"/duty/{CABINET_OFFICE}/4-1-3a/" in s
    }
    assert any("office/prime-minister" in path for path in through)
    evaluated = {
        o for s, p, o in whole if p == f"<{NS}path>" and f"/duty/{CABINET_OFFICE}/4-3-2a/" in s
    }
    assert any(path.count(" ") == 2 and "office/prime-minister" in path for path in evaluated)


def test_lines_join_real_bodies(whole: Shown) -> None:
    joined = lines(whole)
    assert f"6-4-2a/{MIC}/nisc/notify" in joined
    assert f"4-3-4b/nisc/{MHLW}/advise" in joined
    assert f"6-4-4b/nisc/{POLICE}/provideInformation" in joined
    assert f"4-2-4a/{MIC}/nisc/provideInformation/4-2-4a-1" in joined
    assert f"4-2-4a/{MIC}/{NICT}/alert/{MIC}/4-2-4a-2" in joined
    assert f"5-2-1b/{NICT}/{MIC}/report/{MIC}" in joined
    assert f"4-2-3b/{NICT}/{MIC}-manager/disseminate/{MIC}" in joined
    assert f"4-2-3b/{NICT}/{NICT}-executive/disseminate" in joined
    assert f"6-4-3a/{MIC}/{NICT}/share/{MIC}/6-4-3a-1" in joined  # the other reading
    assert f"4-3-2b/{MIC}/Public/publish" in joined
    published = values(whole, f"{ID}line/5-3-1c/headquarters/Public/publish", "level")
    assert published == {f"<{NS}classLevel>", f"<{NS}bodyLevel>"}
    assert f"4-3-2b/{PENSION}/Public/publish" not in joined
    assert f"6-1-4b/{MIC}/{NICT}/share/{MIC}" in joined
    assert "6-4-2a/Ministry/nisc/notify" in joined
    assert not any(
        line.split("/")[1] in (NICT, PENSION) and line.split("/")[2] == "nisc" for line in joined
    )
    informs = {(s, o) for s, p, o in whole if p == f"<{NS}informs>"}
    assert (f"<{ID}body/{NICT}>", f"<{ID}body/{MIC}>") in informs
    assert (f"<{ID}body/{MIC}>", f"<{ID}body/{PENSION}>") not in informs


def test_routes_lead_to_nisc_through_the_ministry(whole: Shown) -> None:
    starts = {s.split("/")[-3] for s, p, _ in whole if p == f"<{NS}length>" and "/route/" in s}
    assert {NICT, PENSION, MIC} <= starts
    lengths = {
        o.split('"')[1] for s, p, o in whole if p == f"<{NS}length>" and f"/route/{PENSION}/" in s
    }
    assert lengths == {"2"}
    # 会計検査院 -> council -> a ministry -> NISC, by the invented norms.
    assert AUDIT in starts


def _silent(found: Shown) -> set[str]:
    return {s.strip("<>").rsplit("/", 1)[1] for s, p, _ in found if p == f"<{NS}silent>"}


def test_what_no_norm_assigns_is_silent(whole: Shown) -> None:
    assert {"platform-incident-operator", "corporation-to-nisc", "csirt"} <= _silent(whole)
    assert values(whole, f"{ID}silence/platform-incident-operator", "searched")


def expect_a_silence_to_end(found: Shown) -> None:
    assert "platform-incident-operator" not in _silent(found)
    wanted = f"{ID}silence/platform-incident-operator"
    assert values(found, wanted, "assignedBy") == {f"<{ID}norm/9-9-1a>"}


def test_a_silence_ends_when_a_norm_is_added() -> None:
    expect_a_silence_to_end(derive(answered()))


def test_broken_returns_name_who_need_not_answer(whole: Shown) -> None:
    broken = {s.split("broken-return/")[1] for s, p, _ in whole if "broken-return/" in s}
    assert "5-2-1b/auditResult/SupervisingMinistry>" in broken
    assert not any(one.startswith("6-4-2a") for one in broken)  # NISC must inform the ministries


GOVERNMENTS = {"small": small, "answered": answered, "declared": declared}
EXPECTATIONS = {
    "small": [
        test_bodies_are_classified,
        test_goal_articles_follow_the_class,
        test_a_platform_is_recognised_by_its_users_and_layers,
        test_duties_come_by_their_routes,
        test_grades_weaken_and_own_norms_displace,
        test_lines_join_real_bodies,
        test_routes_lead_to_nisc_through_the_ministry,
        test_broken_returns_name_who_need_not_answer,
        test_what_no_norm_assigns_is_silent,
    ],
    "answered": [expect_a_silence_to_end],
}
"""What must hold of what is derived, by government; ``expectations.py`` gathers all of them."""


@cache
def made(name: str) -> expectations.Government:
    return expectations.Government(expectations.governments()[name])


@pytest.mark.parametrize("rule", reasoning.rule_names())
def test_every_rule_is_needed(rule: str) -> None:
    said = expectations.expectations()
    assert any(
        expectations.failed(made(name).without(rule), said[name])
        for name in expectations.governments()
    ), f"no expectation fails without the rule {rule}"


def test_with_every_rule_all_expectations_hold() -> None:
    for name, said in expectations.expectations().items():
        assert expectations.failed(made(name).without("no rule"), said) is None, name


def test_deriving_twice_gives_the_same_in_the_same_order() -> None:
    once, twice = (list(derivation.derived_quads(small(), default_state())) for _ in range(2))
    assert list(map(str, once)) == list(map(str, twice))


def test_an_unknown_rule_cannot_be_left_out() -> None:
    with pytest.raises(KeyError):
        reasoning.program(small(), default_state(), without=["no_such_rule"])


def test_an_axiom_without_a_rule_is_an_error() -> None:
    store = Store()
    data = f"""PREFIX k: <{NS}> PREFIX owl: <http://www.w3.org/2002/07/owl#>
    k:A owl:equivalentClass [ owl:complementOf k:B ] ."""
    store.load(data.encode(), format=RdfFormat.TURTLE)
    with pytest.raises(KijunError, match="complementOf"):
        axioms.compile_axioms(store)


def test_the_counts_of_the_real_state(kg) -> None:  # type: ignore[no-untyped-def]
    def count(kind: str) -> int:
        return len(kg.engine.select(f"SELECT ?b WHERE {{ ?b a <{NS}{kind}> ; a <{NS}Agency> }}"))

    assert count("Ministry") == 22
    assert count("IncorporatedAdministrativeAgency") == 88
    assert (count("MidTermAgency"), count("NationalResearchAgency"), count("ExecutiveAgency")) == (
        54,
        27,
        7,
    )
    assert count("DesignatedCorporation") == 9
    assert count("Corporation") == 97
