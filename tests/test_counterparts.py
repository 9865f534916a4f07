"""Several profiles: claims without their counterpart on the other side, and disagreements."""

from __future__ import annotations

import pytest

from kijun.counterparts import counterpart_findings
from kijun.knowledge import KnowledgeGraph
from kijun.lookup import norm
from kijun.profile import Finding, Profile
from kijun.situation import situation
from profile_rows import profile

SYSTEMS = ["P1 共通基盤 基盤 総務省", "S1 業務 単独 厚生労働省"]


@pytest.fixture(scope="session")
def between(kg: KnowledgeGraph):  # type: ignore[no-untyped-def]
    def of(*profiles: Profile, errors: int = 0) -> list[Finding]:
        found = situation(profiles, kg.find, lambda text: norm(kg.engine, text))
        assert len(found.errors) == errors, found.errors
        return list(counterpart_findings(found.rows, found.labels))

    return of


def ours(**tables):  # type: ignore[no-untyped-def]
    """The profile of the platform's operator, 総務省."""
    return profile("a.xlsx", about=["甲 機密性2 総務省"], **{"systems": SYSTEMS, **tables})


def theirs(**tables):  # type: ignore[no-untyped-def]
    """The profile of 厚生労働省, which manages a system that is connected to it."""
    return profile("b.xlsx", about=["乙 機密性2 厚生労働省"], **{"systems": SYSTEMS, **tables})


DOCUMENT = ["D1 P1 包括文書 文書 総務省"]
ROWS = {
    "connections": ["S1 P1"],
    "layers": ["P1 ハードウェア 総務省、厚生労働省"],
    "uses": ["厚生労働省 P1"],
    "allocations": ["P1 体制 厚生労働省 責任 総務省"],
    "contacts": ["総務省 厚生労働省 - P1"],
}


@pytest.mark.parametrize("table", ROWS)
def test_a_claim_needs_its_counterpart_whoever_makes_it(between, table: str) -> None:  # type: ignore[no-untyped-def]
    rows = {table: ROWS[table]}
    for here, there in ((ours, theirs), (theirs, ours)):
        (one,) = between(here(**rows), there())
        assert (one.kind, one.severity, one.place.row) == ("one-sided", "warning", 2)
        other = "厚生労働省" if here is ours else "総務省"
        assert one.said[0] == f"{other}のプロファイルの{one.place.sheet}に、これに当たる行がない"
    assert between(ours(**rows), theirs(**rows)) == []


@pytest.mark.parametrize("table", ROWS)
def test_nothing_is_asked_of_who_has_no_profile_here(between, table: str) -> None:  # type: ignore[no-untyped-def]
    assert between(ours(**{table: ROWS[table]})) == []
    third = profile("c.xlsx", about=["丙 機密性2 防衛省"])
    assert between(ours(**{table: ROWS[table]}), third) == []


def test_an_agreement_needs_its_counterpart(between) -> None:  # type: ignore[no-untyped-def]
    rows = {"documents": DOCUMENT, "agreements": ["D1 厚生労働省 合意"]}
    (one,) = between(ours(**rows), theirs(documents=DOCUMENT))
    assert (one.kind, one.place.column) == ("one-sided", "相手機関")
    (one,) = between(ours(documents=DOCUMENT), theirs(**rows))
    assert (one.kind, one.place.column) == ("one-sided", "文書")
    assert between(ours(**rows), theirs(**rows)) == []


def test_an_agreement_and_a_consultation_are_not_the_same(between) -> None:  # type: ignore[no-untyped-def]
    found = between(
        ours(documents=DOCUMENT, agreements=["D1 厚生労働省 合意"]),
        theirs(documents=DOCUMENT, agreements=["D1 厚生労働省 協議"]),
    )
    assert [(one.kind, one.place.file) for one in found] == [
        ("one-sided", "a.xlsx"),
        ("one-sided", "b.xlsx"),
    ]


def test_two_days_of_one_agreement_are_told_with_both(between) -> None:  # type: ignore[no-untyped-def]
    def agreed(day: str) -> list[dict[str, str]]:
        return [{"document": "D1", "body": "厚生労働省", "kind": "合意", "date": day}]

    found = between(
        ours(documents=DOCUMENT, agreements=agreed("2016-05-01")),
        theirs(documents=DOCUMENT, agreements=agreed("平成28年5月2日")),
    )
    (one,) = found
    assert (one.kind, one.place.file, one.place.column) == ("disagreement", "b.xlsx", "日付")
    assert one.said[0] == (
        "「文書」の日付がプロファイルによって違う"
        "（「2016-05-02」と、a.xlsx シート「合意」2行の「2016-05-01」）"
    )


def test_who_is_inherited_from_has_to_provide_it(between) -> None:  # type: ignore[no-untyped-def]
    inherited = theirs(allocations=["P1 体制 厚生労働省 継承 総務省"])
    for rows in ([], ["P1 体制 総務省 責任"], ["P1 責任分界 総務省 提供"]):
        (one,) = between(ours(allocations=rows), inherited)
        assert (one.kind, one.place.file, one.place.column) == (
            "not-provided-there",
            "b.xlsx",
            "相手機関",
        )
        assert "総務省から継承するとあるが" in one.said[0]
    assert between(ours(allocations=["P1 体制 総務省 提供"]), inherited) == []


def test_what_is_imposed_has_to_be_listed_by_who_imposes_it(between) -> None:  # type: ignore[no-untyped-def]
    rows = ["P1 体制 厚生労働省 責任 総務省"]
    (one,) = between(ours(), theirs(allocations=rows))
    assert (one.kind, one.place.column) == ("one-sided", "相手機関")
    (one,) = between(ours(allocations=rows), theirs(allocations=["P1 体制 厚生労働省 継承"]))
    assert (one.kind, one.place.column) == ("one-sided", "機関")


def test_a_contact_both_ways_meets_one_each_way(between) -> None:  # type: ignore[no-untyped-def]
    here, there = "総務省 厚生労働省", "厚生労働省 総務省"
    both = ours(contacts=[f"{here} はい P1"])
    assert between(both, theirs(contacts=[f"{there} はい P1"])) == []
    assert between(both, theirs(contacts=[f"{here} - P1", f"{there} - P1"])) == []
    # One way on the one side leaves the way back without its counterpart.
    (one,) = between(ours(contacts=[f"{here} - P1"]), theirs(contacts=[f"{there} はい P1"]))
    assert (one.kind, one.place.file) == ("one-sided", "b.xlsx")


def test_contacts_on_different_platforms_do_not_meet(between) -> None:  # type: ignore[no-untyped-def]
    found = between(
        ours(contacts=["総務省 厚生労働省 - P1"]), theirs(contacts=["総務省 厚生労働省"])
    )
    assert [one.kind for one in found] == ["one-sided", "one-sided"]


def test_a_use_is_shown_by_a_connection(between) -> None:  # type: ignore[no-untyped-def]
    assert (
        between(ours(uses=["厚生労働省 P1"], connections=["S1 P1"]), theirs(connections=["S1 P1"]))
        == []
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("P1 共通基盤 基盤 財務省", "「共通基盤」の整備・運用管理機関がプロファイルによって違う"),
        (
            "P1 共通基盤 基盤 総務省 財務省",
            "「共通基盤」の管理機関がプロファイルによって違う（「財務省」と",
        ),
    ],
)
def test_who_runs_a_system_is_one_for_all(between, rows: str, said: str) -> None:  # type: ignore[no-untyped-def]
    found = between(ours(), theirs(systems=[rows, SYSTEMS[1]]))
    assert said in found[0].said[0]
    assert {one.kind for one in found} == {"disagreement"}


def test_who_is_silent_on_something_does_not_disagree(between) -> None:  # type: ignore[no-untyped-def]
    assert between(ours(), theirs(systems=["P1 共通基盤 基盤"])) == []


def test_makers_and_days_of_documents_are_one_for_all(between) -> None:  # type: ignore[no-untyped-def]
    def document(maker: str, day: str) -> list[dict[str, str]]:
        known = {"id": "D1", "platform": "P1", "kind": "包括文書", "name": "文書"}
        return [{**known, "maker": maker, "date": day}]

    found = between(
        ours(documents=document("総務省", "2016-04-01")),
        theirs(documents=document("財務省", "2016-04-02")),
    )
    assert [one.place.column for one in found] == ["作成機関", "日付"]


def test_one_mark_for_two_names_and_two_marks_for_one_name(between) -> None:  # type: ignore[no-untyped-def]
    (one,) = between(ours(), theirs(systems=["P1 別の基盤 基盤 総務省"]))
    assert (one.kind, one.place.column) == ("same-mark", "記号")
    assert one.said[0] == (
        "記号「P1」が、二つのプロファイルで別の名称になっている"
        "（「別の基盤」と、a.xlsx シート「システム」2行の「共通基盤」）"
    )
    (one,) = between(ours(), theirs(systems=["P9 共通基盤 基盤 総務省"]))
    assert (one.kind, one.place.column) == ("two-marks", "名称")


def test_two_profiles_of_one_author_are_told(between) -> None:  # type: ignore[no-untyped-def]
    again = profile("c.xlsx", about=["丙 機密性2 MIC"])
    (one,) = between(ours(), again)
    assert (one.kind, one.place.file) == ("same-author", "c.xlsx")
    assert one.said[0] == "総務省のプロファイルが、ほかにもある（a.xlsx シート「表紙」2行）"


def test_a_profile_without_author_takes_no_side(between) -> None:  # type: ignore[no-untyped-def]
    nobody = profile("c.xlsx", about=["丙 機密性2"], **ROWS)
    assert between(ours(), theirs(), nobody, errors=1) == []
