"""All duties, lines and silences of the invented government, worked out from its norms."""

from __future__ import annotations

from collections import defaultdict

import pytest

from invented_government import CLASSES, SUPERVISED, invented
from kijun import derivation
from kijun.terms import ID, NS
from small_government import Shown, default_state, duties, lines, related, shown, values
from test_lines_in_full import unanswered

MINISTRIES = tuple(body for body, kind in CLASSES.items() if kind == "Ministry")
CORPORATIONS = tuple(body for body in CLASSES if body not in MINISTRIES)
DESIGNATED = ("designated", "guarded")


@pytest.fixture(scope="module")
def whole() -> Shown:
    return shown(derivation.derived_quads(invented(), default_state()))


def _through(norm: str, *kinds: str) -> set[tuple[str, str]]:
    """Return who bears a norm for having a corporation of some classes to supervise."""
    return {(m, norm) for body, m, _ in SUPERVISED if CLASSES[body] in kinds}


def test_just_these_norms_are_borne(whole: Shown) -> None:
    agencies = ("MidTermAgency", "NationalResearchAgency", "ExecutiveAgency")
    supervising = _through("1a", *agencies, "DesignatedCorporation")
    for norm in ("1b", "1c", "2a"):
        supervising |= _through(norm, *agencies)
    for norm in ("3a", "3b", "3c"):
        supervising |= _through(norm, "DesignatedCorporation")
    expected = {(body, norm, "supervision") for body, norm in supervising}
    expected |= {(body, norm, "class") for body in MINISTRIES for norm in ("3c", "4a", "5b")}
    expected |= {(body, norm, "class") for body in CORPORATIONS for norm in ("4a", "4b")}
    expected |= {("executive", "5a", "class"), ("nisc", "6a", "direct")}
    found = {
        (body, *duty)
        for body in (*CLASSES, "nisc", "headquarters", "premier")
        for duty in duties(whole, body)
    }
    assert found == expected


def test_a_path_names_the_goal_article_only_where_it_is_cited(whole: Shown) -> None:
    paths = defaultdict(set)
    for s, p, o in whole:
        if p == f"<{NS}path>":
            body, norm, route, _ = s.strip("<>").split("/duty/")[1].split("/")
            steps = [node.rsplit("/", 1)[1] for node in o.strip('"').split()]
            if route == "supervision":
                paths[norm].add((body, *steps[1:]))
    both = {("both", "mid"), ("both", "premier", "research")}
    agency = {("agency", "research"), ("agency", "executive")}
    designated = {("both", "designated"), ("guardian", "guarded")}
    assert paths["2a"] == {("both", "mid", "art-29-1"), ("both", "premier", "research"), *agency}
    assert paths["1b"] == paths["1c"] == both | agency
    assert paths["1a"] == both | agency | designated
    assert paths["3a"] == paths["3b"] == paths["3c"] == designated


def test_only_who_supervises_is_a_supervising_ministry(whole: Shown) -> None:
    of_class = {kind: {s for s, p, o in whole if o == f"<{NS}{kind}>"} for kind in SUPERVISORS}
    for kind, names in SUPERVISORS.items():
        assert of_class[kind] & {f"<{ID}body/{body}>" for body in CLASSES} == {
            f"<{ID}body/{name}>" for name in names
        }


# Behind the research agency of both stands the premier; the guardian's corporation is no agency.
SUPERVISORS = {
    "SupervisingMinistry": ("both", "guardian", "agency"),
    "CompetentMinister": ("both", "agency"),
}


def test_each_duty_by_supervision_is_as_sure_as_its_weakest_ground(whole: Shown) -> None:
    found = defaultdict(list)
    for s, p, o in whole:
        if p == f"<{NS}throughSupervision>" and "/duty/" in s:
            (sure,) = values(whole, s.strip("<>"), "confidence")
            body, norm, *_ = s.split("/duty/")[1].split("/")
            found[norm, body, o.strip("<>").split("/supervision/")[1]].append(sure.split("#")[1])
    assert {through: sure for (norm, *_, through), sure in found.items() if norm == "1a"} == {
        "mid/both": ["found>"],
        "designated/both": ["found>"],
        "research/both": ["recalled>"],  # the entry of the corporation is
        "research/agency": ["recalled>"],
        "executive/agency": ["derived>"],  # the entry of the ministry is
        "guarded/guardian": ["recalled>"],  # the supervision itself is
    }
    assert all(len(sure) == 1 for sure in found.values())


# No sentence has the party told answer on that matter; 5a and 5b answer each other.
UNANSWERED = {
    ("1a", "auditResult", "headquarters", "SupervisingMinistry"),
    ("1b", "warning", "Corporation", "CompetentMinister"),
    ("1c", "warning", "headquarters", "CompetentMinister"),
    ("3a", "evaluationResult", "headquarters", "Ministry"),
    ("3b", "evaluationResult", "IncorporatedAdministrativeAgency", "Ministry"),
    ("3c", "evaluationResult", "headquarters", "Ministry"),
    ("4a", "incident", "nisc", "GovernmentBody"),
    ("6a", "warning", "Ministry", "nisc"),
}


def test_just_these_need_not_answer(whole: Shown) -> None:
    assert unanswered(whole) == UNANSWERED


BETWEEN_CLASSES = {
    "1a/SupervisingMinistry/headquarters/report",
    "1b/CompetentMinister/Corporation/alert",
    "1c/CompetentMinister/headquarters/report",
    "3a/Ministry/headquarters/notify",
    "3b/Ministry/IncorporatedAdministrativeAgency/share",
    "3c/Ministry/headquarters/share",
    "4a/GovernmentBody/nisc/notify",
    "4a/GovernmentBody/headquarters/notify/4a-told",
    "4a/GovernmentBody/nisc/advise/4a-act",
    "4a/Ministry/nisc/notify/4a-teller",
    "4a/headquarters/nisc/notify/4a-office",
    "4b/Corporation/nisc/provideInformation/4b-act",
    "5a/ExecutiveAgency/SupervisingMinistry/report",
    "5a/ExecutiveAgency/Executive/report",
    "5b/Ministry/ExecutiveAgency/provideInformation",
    "6a/nisc/Ministry/advise/6a-advise",
    "6a/nisc/Public/publish/6a-publish",
}


def test_just_these_lines_run(whole: Shown) -> None:
    own = {(ministry, body) for body, ministry, _ in SUPERVISED}
    expected = set(BETWEEN_CLASSES)
    expected |= {f"1a/{m}/headquarters/report" for m in ("both", "agency", "guardian")}
    # Competent ministers tell all corporations that they supervise, the designated ones too.
    expected |= {f"1b/{m}/{b}/alert/{m}" for m, b in own if m in ("both", "agency")}
    expected |= {f"1c/{m}/headquarters/report" for m in ("both", "agency")}
    expected |= {f"3a/{m}/headquarters/notify" for m in ("both", "guardian")}
    # Whoever supervises a designated corporation tells the agencies that it supervises.
    expected |= {f"3b/both/{b}/share/both" for b in ("mid", "research")}
    expected |= {f"3c/{m}/headquarters/share" for m in MINISTRIES}
    for body in CLASSES:
        expected |= {
            f"4a/{body}/nisc/notify",
            f"4a/{body}/headquarters/notify/4a-told",
            f"4a/{body}/nisc/advise/4a-act",
        }
    expected |= {f"4b/{b}/nisc/provideInformation/4b-act" for b in CORPORATIONS}
    expected |= {"5a/executive/agency/report/agency", "5a/executive/executive-executive/report"}
    expected |= {"5b/agency/executive/provideInformation/agency"}
    expected |= {f"6a/nisc/{m}/advise/6a-advise" for m in MINISTRIES}
    assert lines(whole) == expected


def test_between_two_offices_a_reading_has_both_levels(whole: Shown) -> None:
    line = f"{ID}line/4a/headquarters/nisc/notify/4a-office"
    assert values(whole, line, "level") == {f"<{NS}classLevel>", f"<{NS}bodyLevel>"}
    assert values(whole, line, "underReading") == {f"<{ID}reading/4a-office>"}


def test_only_what_the_sentence_itself_says_informs_and_leads_on(whole: Shown) -> None:
    informs = related(whole, "informs")
    assert ("headquarters", "nisc") not in informs
    assert ("executive", "agency") in informs
    starts = {s.split("/route/")[1].split("/")[0] for s, p, _ in whole if p == f"<{NS}leg>"}
    assert starts == set(CLASSES)


def test_act_recipient_and_topic_of_a_direction_go_together(whole: Shown) -> None:
    assert related(whole, "assignedBy") == {
        ("advice-to-ministries", "6a"),
        ("part-published", "6a"),
    }
    assert related(whole, "searched") == {
        (name, "6a") for name in ("advice-to-public", "part-advised", "whole-published")
    }
    silent = {s.strip("<>").rsplit("/", 1)[1] for s, p, _ in whole if p == f"<{NS}silent>"}
    assert silent == {"advice-to-public", "part-advised", "whole-published"}


GOVERNMENTS = {"invented": invented}
EXPECTATIONS = {
    "invented": [
        test_just_these_norms_are_borne,
        test_a_path_names_the_goal_article_only_where_it_is_cited,
        test_only_who_supervises_is_a_supervising_ministry,
        test_each_duty_by_supervision_is_as_sure_as_its_weakest_ground,
        test_just_these_need_not_answer,
        test_just_these_lines_run,
        test_between_two_offices_a_reading_has_both_levels,
        test_only_what_the_sentence_itself_says_informs_and_leads_on,
        test_act_recipient_and_topic_of_a_direction_go_together,
    ],
}
"""What must hold of what is derived, by government; ``mutations.py`` runs the same."""
