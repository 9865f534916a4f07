"""All classes and duties of the small government, built up from the guideline, not an answer.

Each set below says which norms the guideline lays on whom (read sentence by sentence), and what
that comes to for these bodies; the derivation must give just that, neither less nor more.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from kijun import derivation
from kijun.terms import ID, NS
from small_government import (
    ARCHIVES,
    AUDIT,
    CABINET_OFFICE,
    CORPORATIONS,
    IPA,
    METI,
    MHLW,
    MIC,
    MINISTRIES,
    NIBIOHN,
    NICT,
    PENSION,
    POLICE,
    SAFETY_COMMISSION,
    STATISTICS,
    SUPERVISED,
    Shown,
    answered,
    declared,
    default_state,
    duties,
    lines,
    pairs,
    related,
    shown,
    small,
    types,
    values,
)

OFFICES = ("nisc", "headquarters", "council", "prime-minister")

# 3(1)①-③, 3(2), 3(3): what the ministries bear, and what 4 hands to the corporations.
PLANNING = "3-1-1-1a 3-1-1-2a 3-1-1-2b 3-1-1-3a 3-1-2-1a 3-1-2-2a 3-1-2-3a 3-1-3-1a 3-1-3-2a"
OPERATION = "3-2-1a 3-2-1b 3-2-1c 3-2-1d"
CHECKING = "3-3-1a 3-3-1b 3-3-2a 3-3-3a 3-3-3b 3-3-4a 3-3-6a 3-3-8a"
OFFICER_CHECKING = "3-3-7a 3-3-7b"
RESPONSE = "6-5-1a 6-5-1b"
# 6(1) first and third, 6(2), 6(4) first sentence: 政府機関等.
OF_ALL = "6-1-1a 6-1-1b 6-1-3a 6-2-1a 6-2-2a 6-2-3a 6-2-4a 6-4-1a"
OFFICER_OF_ALL = "6-1-2a 6-1-2b 6-1-2c"
OF_MINISTRIES = f"{PLANNING} {OPERATION} {CHECKING} {RESPONSE} {OF_ALL} 5-1-1a 5-1-2a 6-1-4a"
OF_MINISTRIES += " 6-4-2a 6-4-2b"
OF_CORPORATIONS = "4-1-2a 4-2-1a 4-2-1b 4-2-2a 4-2-3a 4-2-3b 4-3-1a 4-3-1b 4-3-5a 5-2-1a 5-2-1b"
OF_CORPORATIONS += f" 6-4-3a 6-5-2a {OF_ALL}"
TAKEN_OVER = f"{PLANNING} {OPERATION} {CHECKING} {OFFICER_CHECKING} {RESPONSE}"
FOR_ANY_CORPORATION = "4-2-4a 6-1-4b 6-1-4c 6-4-2a"
FOR_AN_AGENCY = "4-1-3a 4-3-2a 4-3-2b"
FOR_A_DESIGNATED = "4-1-4a 4-3-3a"
OF_NISC = "2-1a 2-1-1a 2-1-1b 2-2a 2-2-1a 2-3a 4-3-4a 4-3-4b 5-1-2c 6-4-4a 6-4-4b 6-5-3a 6-5-4a"
OF_NISC += " 6-5-4b"
OF_HEADQUARTERS = "2-1b 5-1-2b 5-3-1a 5-3-1b 5-3-1c"

# 6(3): those who operate a shared platform or manage a system connected to one; the last
# sentence is for those who operate it.
OF_PLATFORM = "6-3-1a 6-3-2a 6-3-2b 6-3-3a 6-3-3b 6-3-4a 6-3-4b 6-3-5a 6-3-5b"
OF_OPERATOR = "6-3-6a"

LAW = f"{ID}law/411AC0000000103/art-"
GOALS = {ARCHIVES: "35-9-1", IPA: "29-1", NIBIOHN: "35-4-1", NICT: "35-4-1"}
"""通則法: 年度目標 of an executive agency, 中期目標, 中長期目標 of a research agency."""


@pytest.fixture(scope="module")
def whole() -> Shown:
    return shown(derivation.derived_quads(small(), default_state()))


@pytest.fixture(scope="module")
def more() -> Shown:
    return shown(derivation.derived_quads(answered(), default_state()))


def _by_route(found: Shown, body: str) -> dict[str, set[str]]:
    routes = defaultdict(set)
    for norm, route in duties(found, body):
        routes[route].add(norm)
    return dict(routes)


def test_everything_has_just_its_classes(whole: Shown) -> None:
    def classes(thing: str) -> set[str]:
        return types(whole, thing) - {"http://www.w3.org/ns/org#Organization"}

    agency = {"IncorporatedAdministrativeAgency", "Corporation", "GovernmentBody", "Agency"}
    connected = {"ConnectedSystemManager", "PlatformManagingAgency"}
    assert classes(f"{ID}body/{NICT}") == {"NationalResearchAgency"} | agency | connected
    assert classes(f"{ID}body/{NIBIOHN}") == {"NationalResearchAgency"} | agency
    assert classes(f"{ID}body/{IPA}") == {"MidTermAgency"} | agency
    assert classes(f"{ID}body/{ARCHIVES}") == {"ExecutiveAgency"} | agency
    designated = {"DesignatedCorporation", "Corporation", "GovernmentBody", "Agency"}
    assert classes(f"{ID}body/{PENSION}") == designated
    supervising = {"SupervisingMinistry", "Ministry", "GovernmentBody", "Agency"}
    # Before the police stands a commission, before the Cabinet Office the Prime Minister.
    for ministry in (POLICE, CABINET_OFFICE):
        assert classes(f"{ID}body/{ministry}") == supervising
    for ministry in (MHLW, METI):
        assert classes(f"{ID}body/{ministry}") == supervising | {"CompetentMinister"}
    operator = {"PlatformOperator", "PlatformManagingAgency"}
    assert classes(f"{ID}body/{MIC}") == supervising | operator | {"CompetentMinister"}
    commission = {"MinisterialOffice", "CompetentMinister", "Agency"}
    assert classes(f"{ID}body/{SAFETY_COMMISSION}") == commission
    assert classes(f"{ID}body/{STATISTICS}") == {"SubordinateAgency", "Agency"}
    assert classes(f"{ID}body/{AUDIT}") == {"IndependentOrgan", "Agency"}
    for office in OFFICES:
        minister = {"CompetentMinister"} if office == "prime-minister" else set()
        assert classes(f"{ID}office/{office}") == {"Office", "Agency"} | minister
    organisation = "http://www.w3.org/ns/org#Organization"
    for body in (*MINISTRIES, *CORPORATIONS, SAFETY_COMMISSION, STATISTICS, AUDIT):
        assert organisation in types(whole, f"{ID}body/{body}")
    for layer in ("hardware", "application", "whole"):
        assert types(whole, f"urn:test:{layer}") == {"SystemLayer"}
    assert types(whole, "urn:test:connected") == {"InformationSystem"}
    kind = {s for s, p, _ in whole if p.endswith("#type>") and "/norm/" in s}
    kind |= {s for s, p, _ in whole if p.endswith("#type>") and s.startswith(f"<{NS}")}
    assert not kind, "norms and acts state all their classes themselves"


def test_supervision_is_as_the_registers_have_it(whole: Shown) -> None:
    assert related(whole, "supervises") == {(m, b) for b, m, _ in SUPERVISED}
    assert related(whole, "competentFor") == {(p, b) for b, _, p in SUPERVISED}
    assert {(body, f"art-{article}") for body, article in GOALS.items()} == related(
        whole, "goalArticle"
    )


def test_each_body_bears_just_these(whole: Shown) -> None:
    for body in CORPORATIONS:
        assert _by_route(whole, body) == {
            "class": set(OF_CORPORATIONS.split()),
            "role": set(OFFICER_OF_ALL.split()),
            "incorporation": set(TAKEN_OVER.split()),
            **({"platform": set(OF_PLATFORM.split())} if body == NICT else {}),
        }
    for body in MINISTRIES:
        kinds = {corporation for corporation, ministry, _ in SUPERVISED if ministry == body}
        through = set(FOR_ANY_CORPORATION.split())
        through |= set(FOR_AN_AGENCY.split()) if kinds & set(GOALS) else set()
        through |= set(FOR_A_DESIGNATED.split()) if PENSION in kinds else set()
        assert _by_route(whole, body) == {
            "class": set(OF_MINISTRIES.split()),
            "role": set(f"{OFFICER_CHECKING} {OFFICER_OF_ALL}".split()),
            "supervision": through,
            **({"platform": {*OF_PLATFORM.split(), OF_OPERATOR}} if body == MIC else {}),
        }
    assert _by_route(whole, "nisc") == {"direct": set(OF_NISC.split())}
    assert _by_route(whole, "headquarters") == {"direct": set(OF_HEADQUARTERS.split())}
    assert _by_route(whole, "council") == {"direct": {"9-8-1b"}}
    assert _by_route(whole, AUDIT) == {"class": {"9-8-1a"}}
    bearing = {s.split("/duty/")[1].split("/")[0] for s, _, _ in whole if "/duty/" in s}
    assert bearing == {*MINISTRIES, *CORPORATIONS, "nisc", "headquarters", "council", AUDIT}


def _paths(found: Shown, body: str, norm: str, route: str) -> set[tuple[str, ...]]:
    """Return the paths of a duty, each a tuple of local names from the body on."""
    start = f"<{ID}duty/{body}/{norm}/{route}/"
    paths = [o.strip('"').split() for s, o in pairs(found, "path") if s.startswith(start)]
    return {tuple(node.rsplit("/", 1)[-1].split("#")[-1] for node in path) for path in paths}


def test_every_path_is_there_and_no_other(whole: Shown) -> None:
    for norm in f"{FOR_ANY_CORPORATION} {FOR_AN_AGENCY} {FOR_A_DESIGNATED}".split():
        expected = defaultdict(set)
        for body, ministry, minister in SUPERVISED:
            behind = () if ministry == minister else (minister,)
            if norm == "4-1-3a" and body in GOALS:
                expected[ministry].add((ministry, *behind, body, f"art-{GOALS[body]}"))
            elif norm in FOR_ANY_CORPORATION or (norm in FOR_A_DESIGNATED) == (body == PENSION):
                expected[ministry].add((ministry, *behind, body))
        for ministry in MINISTRIES:
            found = _paths(whole, ministry, norm, "supervision")
            assert found == expected[ministry], (ministry, norm)
    chains = {
        NICT: ("NationalResearchAgency", "IncorporatedAdministrativeAgency", "Corporation"),
        PENSION: ("DesignatedCorporation", "Corporation"),
    }
    handed = {
        PLANNING: ("4-1-2a",),
        OPERATION: ("4-2-1a", "4-2-1b"),
        f"{CHECKING} {OFFICER_CHECKING}": ("4-3-1a", "4-3-1b"),
        RESPONSE: ("6-5-2a",),
    }
    for body, chain in chains.items():
        assert _paths(whole, body, "5-2-1b", "class") == {(body, *chain)}
        assert _paths(whole, body, "6-2-1a", "class") == {(body, *chain, "GovernmentBody")}
        role = {(body, "ChiefInformationSecurityOfficer")}
        assert _paths(whole, body, "6-1-2b", "role") == role
        for taken, through in handed.items():
            for norm in taken.split():
                end = ("ChiefInformationSecurityOfficer",) if norm in OFFICER_CHECKING else ()
                expected = {(body, *chain, own, norm, *end) for own in through}
                assert _paths(whole, body, norm, "incorporation") == expected
    assert _paths(whole, MIC, "6-4-2b", "class") == {(MIC, "Ministry")}
    assert _paths(whole, MIC, "3-3-7a", "role") == {(MIC, "ChiefInformationSecurityOfficer")}
    assert _paths(whole, "nisc", "2-1a", "direct") == {("nisc",)}
    operating = (MIC, "urn:test:platform", "PlatformOperator")
    assert _paths(whole, MIC, "6-3-6a", "platform") == {operating}
    for norm in OF_PLATFORM.split():
        assert _paths(whole, MIC, norm, "platform") == {(*operating, "PlatformManagingAgency")}
        assert _paths(whole, NICT, norm, "platform") == {
            (
                *(NICT, "urn:test:connected", "urn:test:platform"),
                *("ConnectedSystemManager", "PlatformManagingAgency"),
            )
        }


def test_a_duty_is_as_sure_as_its_grounds(whole: Shown) -> None:
    def sure(body: str, route: str) -> set[str]:
        start = f"<{ID}duty/{body}/"
        found = [
            o
            for s, p, o in whole
            if s.startswith(start) and p == f"<{NS}confidence>" and s.split("/")[-2] == route
        ]
        return {one.strip("<>").rsplit("#", 1)[1] for one in found}

    # The lists of corporations are found; of the ministries, 警察庁 is recalled.
    for body, route in product(CORPORATIONS, ("class", "role", "incorporation")):
        assert sure(body, route) == {"found"}
    for body, route in product(MINISTRIES, ("class", "role", "supervision")):
        assert sure(body, route) == {"recalled" if body == POLICE else "derived"}
    assert sure(AUDIT, "class") == {"recalled"}
    for office in ("nisc", "headquarters", "council"):
        assert sure(office, "direct") == {"found"}
    # What users say of a platform makes a duty derived at best.
    assert sure(NICT, "platform") == sure(MIC, "platform") == {"derived"}


def test_duties_keep_grade_supervision_and_displacement(whole: Shown) -> None:
    through = {
        (s.split("/duty/")[1].split("/")[0], o.strip("<>").split("/supervision/")[1])
        for s, p, o in whole
        if p == f"<{NS}throughSupervision>" and "/duty/" in s
    }
    assert {(m, one.split("/")[1]) for m, one in through} == {(m, b) for b, m, _ in SUPERVISED}
    assert {(one.split("/")[1], one.split("/")[2]) for _, one in through} == {
        (b, p) for b, _, p in SUPERVISED
    }
    own = {"4-1-2a": "3-1-2-1a", "4-2-1a": "3-2-1b", "4-2-1b": "3-2-1d", "4-3-1a": "3-3-1a"}
    own |= {"4-3-1b": "3-3-1b", "4-3-5a": "3-3-8a"}
    displaced = {
        (s.split("/duty/")[1].split("/")[0], s.split("/")[-3], o.strip("<>").rsplit("/", 1)[1])
        for s, p, o in whole
        if p == f"<{NS}displacedBy>"
    }
    assert displaced == {(b, taken, stands) for b in CORPORATIONS for stands, taken in own.items()}
    for norm in TAKEN_OVER.split():
        grade = "sameAs" if norm in RESPONSE else "consider"
        found = values(whole, f"{ID}duty/{IPA}/{norm}/incorporation/1", "grade")
        assert found == {f"<{NS}{grade}>"}, norm


def test_what_only_a_relation_names_has_its_class(more: Shown) -> None:
    def kinds(thing: str) -> set[str]:
        return types(more, thing) - {"http://www.w3.org/ns/org#Organization"}

    assert kinds(f"{ID}body/unlisted-ministry") == {"Agency"}
    assert kinds(f"{ID}body/unlisted-minister") == {"Agency"}
    assert kinds(f"{ID}body/unlisted-corporation") == {"Corporation", "GovernmentBody", "Agency"}
    for thing in ("operator", "user", "manager", "keeper"):
        assert kinds(f"urn:test:{thing}") == {"Agency"}
    for thing in ("operated", "used", "managed", "joined", "joint", "stack"):
        assert kinds(f"urn:test:{thing}") == {"InformationSystem"}
    for thing in ("one", "other"):
        assert kinds(f"urn:test:{thing}") == {"SystemLayer"}
    # Nobody knows of which class it is, so nobody owes it anything, nor it anybody.
    assert not {line for line in lines(more) if "unlisted" in line}
    assert not duties(more, "unlisted-ministry") | duties(more, "unlisted-corporation")


def test_only_a_ministry_bears_by_supervision(more: Shown) -> None:
    # 9-9-5 speaks of corporations, but its bearer supervises none; 9-9-2c does not say of which.
    through = {s.split("/")[-3] for s, p, _ in more if "/supervision/" in s and "#rank>" in p}
    of_text = f"{FOR_ANY_CORPORATION} {FOR_AN_AGENCY} {FOR_A_DESIGNATED}".split()
    assert through == {*of_text, "9-9-2c"}


def test_a_norm_on_a_class_reaches_all_its_subclasses(more: Shown) -> None:
    def bearing(norm: str) -> set[str]:
        found = {s.split("/duty/")[1] for s, p, _ in more if "/duty/" in s and p.endswith("#rank>")}
        return {duty.split("/")[0] for duty in found if duty.split("/")[1] == f"9-9-{norm}"}

    assert bearing("2a") == {*MINISTRIES, *CORPORATIONS, SAFETY_COMMISSION, STATISTICS, AUDIT}
    assert bearing("2b") == set(CORPORATIONS)
    assert bearing("6b") == {*MINISTRIES, *CORPORATIONS}
    assert bearing("9a") == set(MINISTRIES)


@pytest.fixture(scope="module")
def told() -> Shown:
    return shown(derivation.derived_quads(declared(), default_state()))


def test_a_declaration_is_taken_where_no_layer_is_known(told: Shown) -> None:
    shared = {"InformationSystem", "SharedPlatform"}
    assert types(told, "urn:test:undivided") == shared
    # Used by its operator alone, or with one manager from hardware to application.
    assert types(told, "urn:test:lonely") == {"InformationSystem"}
    assert types(told, "urn:test:single") == {"InformationSystem"}
    # Used by others, but nobody says that it is a platform.
    assert types(told, "urn:test:unsaid") == {"InformationSystem"}
    assert _by_route(told, CABINET_OFFICE).get("platform") == {*OF_PLATFORM.split(), OF_OPERATOR}
    assert "platform" not in _by_route(told, METI)


def test_who_is_in_no_register_bears_nothing_by_a_platform(told: Shown) -> None:
    assert "ConnectedSystemManager" in types(told, "urn:test:outsider")
    assert not _by_route(told, "outsider")


def _by_platform(found: Shown) -> set[tuple[str, ...]]:
    """Return each duty by way of a platform: norm, steps of its path, confidence."""
    return {
        (s.split("/")[-3], *(node.rsplit("/", 1)[-1].split("#")[-1] for node in path), confidence)
        for s, o in pairs(found, "path")
        if s.split("/")[-2] == "platform"
        for path in [o.strip('"').split()]
        for confidence in values(found, s.strip("<>"), "confidence")
    }


def test_platforms_bring_just_these_duties_by_just_these_paths(told: Shown) -> None:
    operating = {CABINET_OFFICE: "urn:test:undivided", MIC: "urn:test:platform"}
    joined = {
        (NICT, "urn:test:connected", "urn:test:platform"): "derived",
    }
    expected = set()
    for norm in OF_PLATFORM.split():
        expected |= {
            (norm, body, platform, "PlatformOperator", "PlatformManagingAgency", _sure("derived"))
            for body, platform in operating.items()
        }
        expected |= {
            (norm, *steps, "ConnectedSystemManager", "PlatformManagingAgency", _sure(confidence))
            for steps, confidence in joined.items()
        }
    expected |= {
        (OF_OPERATOR, body, platform, "PlatformOperator", _sure("derived"))
        for body, platform in operating.items()
    }
    assert _by_platform(told) == expected
    ranked = [s for s, _ in pairs(told, "rank") if s.split("/")[-2] == "platform"]
    assert len(ranked) == len(expected)


def _sure(confidence: str) -> str:
    return f"<{NS}{confidence}>"


def test_platforms_bring_only_norms_of_platforms(more: Shown) -> None:
    norms = {norm for norm, *_ in _by_platform(more)}
    assert norms == {*OF_PLATFORM.split(), OF_OPERATOR, "9-9-1a"}


EXPECTATIONS = {
    "small": [
        test_everything_has_just_its_classes,
        test_supervision_is_as_the_registers_have_it,
        test_each_body_bears_just_these,
        test_every_path_is_there_and_no_other,
        test_a_duty_is_as_sure_as_its_grounds,
        test_duties_keep_grade_supervision_and_displacement,
    ],
    "answered": [
        test_what_only_a_relation_names_has_its_class,
        test_only_a_ministry_bears_by_supervision,
        test_a_norm_on_a_class_reaches_all_its_subclasses,
        test_platforms_bring_only_norms_of_platforms,
    ],
    "declared": [
        test_a_declaration_is_taken_where_no_layer_is_known,
        test_who_is_in_no_register_bears_nothing_by_a_platform,
        test_platforms_bring_just_these_duties_by_just_these_paths,
    ],
}
"""What must hold of what is derived, by government; ``mutations.py`` runs the same."""
