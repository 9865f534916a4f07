"""What follows from the facts, and that each rule is needed for it.

A small government of seven real bodies with one invented platform is derived once as it is and
once without each rule; the expectations below must fail for every rule that is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kijun import axioms, derivation, reasoning
from kijun.dates import State, states
from kijun.errors import KijunError
from kijun.terms import ID, NS, RDF, graph_iri

MIC, MHLW, CABINET_OFFICE, POLICE = (
    "2000012020001",
    "6000012070001",
    "2000012010019",
    "8000012130001",
)
NICT, PENSION, IPA = "7012405000492", "4011305001653", "5010005007126"
ARCHIVES, NIBIOHN, METI = "3010005005429", "9120905002657", "4000012090001"
KEPT = {MIC, MHLW, CABINET_OFFICE, POLICE, METI, NICT, PENSION, IPA, ARCHIVES, NIBIOHN}
AUDIT = "6000012150001"
KEPT |= {"7000012010022", "9000012020003", AUDIT}

PLATFORM = f"""
PREFIX k: <{NS}>
PREFIX b: <{ID}body/>
PREFIX s: <urn:test:>
b:{MIC} k:operates s:platform ; k:uses s:platform .
b:{NICT} k:uses s:platform ; k:manages s:connected .
b:{PENSION} k:uses s:platform .
s:connected k:connectedTo s:platform .
s:platform k:hasLayer s:hardware , s:application .
s:hardware k:layerManagedBy b:{MIC} .
s:application k:layerManagedBy b:{IPA} .
b:{METI} k:operates s:own ; k:uses s:own .
b:{IPA} k:uses s:own .
s:own k:hasLayer s:whole .
s:whole k:layerManagedBy b:{METI} .
s:untyped k:connectedTo s:own , s:far .
<{ID}norm/9-8-1a> a k:Norm ; k:bearer k:IndependentOrgan ; k:recipient <{ID}office/council> ;
    k:action k:notify ; k:about k:incident ; k:force k:must .
<{ID}norm/9-8-1b> a k:Norm ; k:bearer <{ID}office/council> ; k:recipient k:Ministry ;
    k:action k:notify ; k:about k:incident ; k:force k:must .
"""
"""Invented: a platform of MIC, a system of METI's own, and two norms that make a longer route."""

NORM_FOR_SILENCE = f"""
PREFIX k: <{NS}>
<{ID}norm/9-9-1a> a k:Norm ; k:bearer k:ConnectedSystemManager ;
    k:recipient k:PlatformOperator ; k:action k:notify ; k:about k:incident ; k:force k:must .
"""


Shown = frozenset[tuple[str, ...]]


def _shown(quads: Iterable[Quad]) -> Shown:
    return frozenset((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


@pytest.fixture(scope="module")
def state() -> State:
    return next(state for state in states() if state.key == "2016-10-12")


@pytest.fixture(scope="module")
def small() -> Store:
    """Return the asserted graph with the registers cut down to a few bodies, and a platform."""
    store = Store()
    store.bulk_extend(derivation.asserted_quads())
    for name in ("entryOf", "supervised", "supervisingMinistry"):
        for quad in list(store.quads_for_pattern(None, NamedNode(NS + name), None, None)):
            if str(quad.object).strip("<>").rsplit("/", 1)[1] not in KEPT:
                for gone in list(store.quads_for_pattern(quad.subject, None, None, None)):
                    store.remove(gone)
    for quad in parse(PLATFORM.encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph_iri("bodies"))))
    return store


@pytest.fixture(scope="module")
def derive(small: Store, state: State) -> Callable[..., Shown]:
    def run(without: Iterable[str] = ()) -> Shown:
        return _shown(derivation.derived_quads(small, state, without=tuple(without)))

    return run


@pytest.fixture(scope="module")
def whole(derive: Callable[..., Shown]) -> Shown:
    return derive()


def _values(found: Shown, subject: str, name: str) -> set[str]:
    return {o for s, p, o in found if s == f"<{subject}>" and p == f"<{NS}{name}>"}


def _types(found: Shown, thing: str) -> set[str]:
    kind = f"<{RDF}type>"
    return {o.strip("<>").removeprefix(NS) for s, p, o in found if s == f"<{thing}>" and p == kind}


def _duties(found: Shown, body: str) -> set[tuple[str, str]]:
    start = f"<{ID}duty/{body}/"
    return {
        (s.split("/")[-3], s.split("/")[-2])
        for s, p, _ in found
        if s.startswith(start) and p.endswith("#rank>")
    }


def _lines(found: Shown) -> set[str]:
    return {s.strip("<>").removeprefix(f"{ID}line/") for s, p, _ in found if p.endswith("#act>")}


def test_bodies_are_classified(whole: Shown) -> None:
    assert {
        "NationalResearchAgency",
        "IncorporatedAdministrativeAgency",
        "Corporation",
        "GovernmentBody",
        "Agency",
    } <= _types(whole, f"{ID}body/{NICT}")
    assert "DesignatedCorporation" in _types(whole, f"{ID}body/{PENSION}")
    assert "IncorporatedAdministrativeAgency" not in _types(whole, f"{ID}body/{PENSION}")
    assert "ExecutiveAgency" in _types(whole, f"{ID}body/{ARCHIVES}")
    assert {"Ministry", "SupervisingMinistry", "CompetentMinister"} <= _types(
        whole, f"{ID}body/{MIC}"
    )
    assert "CompetentMinister" in _types(whole, f"{ID}office/prime-minister")
    assert {"Office", "Agency"} <= _types(whole, f"{ID}office/nisc")
    assert "GovernmentBody" not in _types(whole, f"{ID}body/9000012020003")


def test_goal_articles_follow_the_class(whole: Shown) -> None:
    law = f"<{ID}law/411AC0000000103/art-"
    assert _values(whole, f"{ID}body/{NICT}", "goalArticle") == {f"{law}35-4-1>"}
    assert _values(whole, f"{ID}body/{ARCHIVES}", "goalArticle") == {f"{law}35-9-1>"}
    assert _values(whole, f"{ID}body/{IPA}", "goalArticle") == {f"{law}29-1>"}
    assert not _values(whole, f"{ID}body/{PENSION}", "goalArticle")


def test_a_platform_is_recognised_by_its_users_and_layers(whole: Shown) -> None:
    platform = {s for s, p, o in whole if p == f"<{NS}partlyManagedBy>"}
    assert platform == {"<urn:test:platform>", "<urn:test:own>"}
    shared = {(s, o) for s, p, o in whole if p == f"<{NS}sharedWith>"}
    assert shared == {
        ("<urn:test:platform>", f"<{ID}body/{NICT}>"),
        ("<urn:test:platform>", f"<{ID}body/{PENSION}>"),
        ("<urn:test:own>", f"<{ID}body/{IPA}>"),
    }
    assert _types(whole, "urn:test:platform") == {"InformationSystem", "SharedPlatform"}
    assert _types(whole, "urn:test:own") == {"InformationSystem"}
    assert _types(whole, "urn:test:untyped") == {"InformationSystem"}
    assert _types(whole, "urn:test:far") == {"InformationSystem"}
    assert _types(whole, "urn:test:hardware") == {"SystemLayer"}
    assert {"PlatformOperator", "PlatformManagingAgency"} <= _types(whole, f"{ID}body/{MIC}")
    assert {"ConnectedSystemManager", "PlatformManagingAgency"} <= _types(whole, f"{ID}body/{NICT}")
    # Whoever merely uses a platform, or operates a system of its own, is no managing agency.
    assert "PlatformManagingAgency" not in _types(whole, f"{ID}body/{PENSION}")
    assert "PlatformManagingAgency" not in _types(whole, f"{ID}body/{METI}")


def test_duties_come_by_their_routes(whole: Shown) -> None:
    nict, pension, mic = (_duties(whole, body) for body in (NICT, PENSION, MIC))
    assert {("5-2-1b", "class"), ("6-2-1a", "class"), ("6-1-2a", "role")} <= nict
    assert {("3-1-1-1a", "incorporation"), ("6-5-1a", "incorporation")} <= nict
    assert ("3-3-7a", "incorporation") in nict
    assert not any(norm.startswith("6-4-2") for norm, _ in nict | pension)
    assert {("6-4-2a", "class"), ("6-4-2a", "supervision"), ("4-1-3a", "supervision")} <= mic
    assert ("4-1-4a", "supervision") not in mic  # no designated corporation of MIC is kept
    mhlw = _duties(whole, MHLW)
    assert {("4-1-4a", "supervision"), ("4-3-3a", "supervision")} <= mhlw
    assert {("2-1a", "direct"), ("6-4-4b", "direct")} <= _duties(whole, "nisc")
    assert ("4-3-3a", "class") not in mhlw
    assert not _duties(whole, "9000012020003")


def test_grades_weaken_and_own_norms_displace(whole: Shown) -> None:
    duty = f"{ID}duty/{NICT}/3-1-1-1a/incorporation/1"
    assert _values(whole, duty, "derivedForce") == {f"<{NS}regard>"}
    assert _values(whole, duty, "grade") == {f"<{NS}consider>"}
    same = f"{ID}duty/{NICT}/6-5-1a/incorporation/1"
    assert _values(whole, same, "derivedForce") == {f"<{NS}must>"}
    audit = f"{ID}duty/{NICT}/3-3-8a/incorporation/1"
    assert _values(whole, audit, "displacedBy") == {f"<{ID}norm/4-3-5a>"}
    goal = f"{ID}duty/{MIC}/4-1-3a/supervision/1"
    (path,) = _values(whole, goal, "path")
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
    lines = _lines(whole)
    assert f"6-4-2a/{MIC}/nisc/notify" in lines
    assert f"4-3-4b/nisc/{MHLW}/advise" in lines
    assert f"6-4-4b/nisc/{POLICE}/provideInformation" in lines
    assert f"4-2-4a/{MIC}/nisc/provideInformation/4-2-4a-1" in lines
    assert f"4-2-4a/{MIC}/{NICT}/alert/{MIC}/4-2-4a-2" in lines
    assert f"5-2-1b/{NICT}/{MIC}/report/{MIC}" in lines
    assert f"4-2-3b/{NICT}/{MIC}-manager/disseminate/{MIC}" in lines
    assert f"4-2-3b/{NICT}/{NICT}-executive/disseminate" in lines
    assert f"6-4-3a/{MIC}/{NICT}/share/{MIC}/6-4-3a-1" in lines  # the other reading
    assert f"4-3-2b/{MIC}/Public/publish" in lines
    published = _values(whole, f"{ID}line/5-3-1c/headquarters/Public/publish", "level")
    assert published == {f"<{NS}classLevel>", f"<{NS}bodyLevel>"}
    assert f"4-3-2b/{PENSION}/Public/publish" not in lines
    assert f"6-1-4b/{MIC}/{NICT}/share/{MIC}" in lines
    assert "6-4-2a/Ministry/nisc/notify" in lines
    assert not any(
        line.split("/")[1] in (NICT, PENSION) and line.split("/")[2] == "nisc" for line in lines
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


@pytest.fixture(scope="module")
def answered(small: Store) -> Store:
    """Return the small government with a norm that ends one silence."""
    changed = Store()
    changed.bulk_extend(small)
    for quad in parse(NORM_FOR_SILENCE.encode(), RdfFormat.TURTLE):
        graph = NamedNode(graph_iri("norms"))
        changed.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return changed


def _silent(found: Shown) -> set[str]:
    return {s.strip("<>").rsplit("/", 1)[1] for s, p, _ in found if p == f"<{NS}silent>"}


def test_what_no_norm_assigns_is_silent(whole: Shown) -> None:
    assert {"platform-incident-operator", "corporation-to-nisc", "csirt"} <= _silent(whole)
    assert _values(whole, f"{ID}silence/platform-incident-operator", "searched")


def _ends_the_silence(answered: Store, state: State, without: Iterable[str] = ()) -> None:
    found = _shown(derivation.derived_quads(answered, state, without=tuple(without)))
    assert "platform-incident-operator" not in _silent(found)
    wanted = f"{ID}silence/platform-incident-operator"
    assert _values(found, wanted, "assignedBy") == {f"<{ID}norm/9-9-1a>"}


def test_a_silence_ends_when_a_norm_is_added(answered: Store, state: State) -> None:
    _ends_the_silence(answered, state)


def test_broken_returns_name_who_need_not_answer(whole: Shown) -> None:
    broken = {s.split("broken-return/")[1] for s, p, _ in whole if "broken-return/" in s}
    assert "5-2-1b/auditResult/SupervisingMinistry>" in broken
    assert not any(one.startswith("6-4-2a") for one in broken)  # NISC must inform the ministries


EXPECTATIONS = [
    test_bodies_are_classified,
    test_goal_articles_follow_the_class,
    test_a_platform_is_recognised_by_its_users_and_layers,
    test_duties_come_by_their_routes,
    test_grades_weaken_and_own_norms_displace,
    test_lines_join_real_bodies,
    test_routes_lead_to_nisc_through_the_ministry,
    test_broken_returns_name_who_need_not_answer,
    test_what_no_norm_assigns_is_silent,
]


@pytest.mark.parametrize("rule", reasoning.rule_names())
def test_every_rule_is_needed(
    rule: str,
    answered: Store,
    state: State,
    derive: Callable[..., Shown],
) -> None:
    mutated = derive([rule])
    failed = []
    for expectation in EXPECTATIONS:
        try:
            expectation(mutated)
        except (AssertionError, ValueError):
            failed.append(expectation.__name__)
    if not failed:
        try:
            _ends_the_silence(answered, state, [rule])
        except AssertionError:
            failed.append("silences")
    assert failed, f"no expectation fails without the rule {rule}"


def test_deriving_twice_gives_the_same_in_the_same_order(small: Store, state: State) -> None:
    once = list(map(str, derivation.derived_quads(small, state)))
    assert once == list(map(str, derivation.derived_quads(small, state)))


def test_an_unknown_rule_cannot_be_left_out(small: Store, state: State) -> None:
    with pytest.raises(KeyError):
        reasoning.program(small, state, without=["no_such_rule"])


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
