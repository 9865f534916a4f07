"""What profiles say, resolved: each kind of cell, what is filled in, and each thing wrong."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, Store

from kijun import lookup
from kijun.eras import day_of
from kijun.knowledge import KnowledgeGraph
from kijun.profile import Profile
from kijun.situation import Situation, situation
from kijun.terms import ID, LOCAL, NS, curie, expand, graph_iri
from profile_rows import MARKING, profile

MIC, MOF, MHLW = (f"{ID}body/{n}" for n in ("2000012020001", "8000012050001", "6000012070001"))
P1, S1 = f"{LOCAL}system/P1", f"{LOCAL}system/S1"


@pytest.fixture(scope="session")
def told(kg: KnowledgeGraph):  # type: ignore[no-untyped-def]
    def of(*profiles: Profile) -> Situation:
        return situation(profiles, kg.find, lambda text: lookup.norm(kg.engine, text))

    return of


def kinds(found: Situation, severity: str = "error") -> list[str]:
    return [one.kind for one in found.findings if one.severity == severity]


def test_every_table_becomes_facts_of_its_own(told) -> None:  # type: ignore[no-untyped-def]
    found = told(
        profile(
            about=["例 機密性2 架空機構 2016-10-12 はい"],
            bodies=["架空機構 指定法人 総務省、厚労省 架空 9999999999999"],
            systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空 厚生労働省"],
            layers=["P1 ハードウェア 総務省", "Ｐ１ アプリケーション 架空機構、MHLW"],
            uses=["財務省 P1"],
            connections=["S1 共通基盤"],
            allocations=["P1 責任分界 総務省 提供 - はい 規程", "P1 独自 架空 継承 総務省"],
            documents=["D1 P1 包括文書 運用文書 総務省 体制、独自"],
            agreements=["D1 架空 合意", "運用文書 厚生労働省 協議"],
            contacts=["総務省 架空 はい P1 実務者 窓口", "総務省 財務省"],
            evidence=["架空 ６(4)-3a 達成"],
            concerns=["独自 共同"],
            exclusions=["P1 体制 架空 範囲外"],
        )
    )
    assert not found.findings
    own = next(body.iri for body in found.bodies)
    assert own == expand(curie(own)) == f"{LOCAL}body/架空機構"
    assert found.labels[own] == "架空機構"
    assert found.labels[MHLW] == "厚生労働省"
    assert found.bodies[0].ministries == (MIC, MHLW)
    assert found.bodies[0].kind == NS + "DesignatedCorporation"
    assert [(s.iri, s.shared, s.operators, s.managers) for s in found.systems] == [
        (P1, True, (MIC,), (MIC,)),
        (S1, False, (own,), (MHLW,)),
    ]
    assert [(layer.system, layer.managers) for layer in found.layers] == [
        (P1, (MIC,)),
        (P1, (own, MHLW)),
    ]
    # Who manages a connected system uses the platform.
    assert [(use.body, use.system, use.through) for use in found.uses] == [
        (MOF, P1, None),
        (MHLW, P1, S1),
    ]
    assert found.connections[0][:2] == (S1, P1)
    first, second = found.allocations
    assert (first.concern, first.state, first.leads, first.evidence) == (
        NS + "responsibilityBoundary",
        "provided",
        True,
        "規程",
    )
    concern = found.concerns[0]
    assert (second.concern, second.provider, second.leads) == (concern.iri, MIC, False)
    assert (concern.name, concern.single, concern.platform) == ("独自", False, None)
    document = found.documents[0]
    assert (document.kind, document.makers) == ("comprehensive", (MIC,))
    assert document.scope == (NS + "operatingStructure", concern.iri)
    assert [(one.document, one.party, one.agreed) for one in found.agreements] == [
        (document.iri, own, True),
        (document.iri, MHLW, False),
    ]
    assert [(c.sender, c.receiver, c.both, c.platform, c.lane) for c in found.contacts] == [
        (MIC, own, True, P1, NS + "working"),
        (MIC, MOF, False, None, None),
    ]
    assert found.evidence[0][1:4] == (own, f"{ID}norm/6-4-3a", NS + "statusMet")
    assert found.exclusions[0][1:4] == (P1, NS + "operatingStructure", own)
    assert found.profiles[0].written == datetime.date(2016, 10, 12)
    assert found.markings == ("機密性2",)
    assert str(found.allocations[1].place) == "profile.xlsx, sheet 分担, row 3"


def test_quads_say_it_in_the_vocabulary_and_stay_local(told) -> None:  # type: ignore[no-untyped-def]
    found = told(
        profile(
            bodies=["架空機構 指定法人 総務省"],
            systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空機構"],
            connections=["S1 P1"],
        )
    )
    store = Store()
    store.bulk_extend(found.quads())
    assert {graph.value for graph in store.named_graphs()} == {graph_iri("situations")}
    own = NamedNode(found.bodies[0].iri)

    def has(subject: NamedNode, name: str, value: NamedNode) -> bool:
        return any(store.quads_for_pattern(subject, NamedNode(NS + name), value, None))

    assert has(NamedNode(MIC), "operates", NamedNode(P1))
    assert has(own, "manages", NamedNode(S1))
    assert has(own, "uses", NamedNode(P1))
    assert has(NamedNode(S1), "connectedTo", NamedNode(P1))
    assert has(NamedNode(P1), "declaredAs", NamedNode(NS + "declaredShared"))
    assert has(NamedNode(f"{own.value}/entry"), "entryClass", NamedNode(found.bodies[0].kind))
    assert has(NamedNode(f"{own.value}/supervision-1"), "supervisingMinistry", NamedNode(MIC))


BASE = {"systems": ["P1 共通基盤 基盤 総務省", "S1 業務 単独 厚生労働省"]}


@pytest.mark.parametrize(
    ("tables", "kind", "said"),
    [
        ({"uses": ["総務賞 P1"]}, "unknown-name", "機関はない（「総務省」のことか）"),
        ({"uses": ["ＮＩＣＴ２ P1"]}, "unknown-name", "「ＮＩＣＴ２」という機関はない"),
        ({"uses": ["府省庁 P1"]}, "not-a-body", "「府省庁」は類や役割であって、機関でない"),
        ({"uses": ["総務省 P2"]}, "dangling-mark", "システム「P2」はどの表にもない"),
        (
            {"documents": ["D2 P1 規程 規程"], "agreements": ["D1 総務省 合意"]},
            "dangling-mark",
            "文書「D1」はどの表にもない",
        ),
        ({"allocations": ["P1 責任 総務省 提供"]}, "unknown-concern", "「責任」という事項はない"),
        ({"allocations": ["P1 体制 総務省 済"]}, "unknown-choice", "選ぶ：提供、責任、継承、充足"),
        ({"evidence": ["総務省 6(9)-1a"]}, "unknown-norm", "「6(9)-1a」という規範はない"),
        ({"about": ["例 機密性2 総務省 2016-13-01"]}, "bad-date", "「2016-13-01」は日付として"),
        ({"bodies": ["架空 指定法人 総務省 - 12345"]}, "bad-number", "「12345」は法人番号でない"),
        ({"bodies": ["総務省 府省庁"]}, "known-body", "「総務省」は名簿にある機関である"),
        ({"uses": ["総務省"]}, "missing-cell", "「システム」が空である"),
        ({"about": []}, "about-rows", "0行ある"),
        ({"about": ["例 機密性2 総務省", "例 機密性3 総務省"]}, "about-rows", "2行ある"),
        ({"connections": ["P1 P1"]}, "own-connection", "「共通基盤」が自らに連携している"),
        (
            {"bodies": ["甲 府省庁 乙", "乙 府省庁 甲"]},
            "own-supervisor",
            "「甲」の所管をたどると自らに戻る",
        ),
        (
            {"bodies": ["甲 指定法人 乙", "乙 指定法人 総務省"]},
            "not-a-ministry",
            "「乙」は府省庁でない",
        ),
        (
            {"systems": ["P1 甲 基盤 総務省", "P1 乙 基盤 総務省"]},
            "duplicate-mark",
            "システムの記号「P1」が二度ある",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(told, tables, kind, said) -> None:  # type: ignore[no-untyped-def]
    found = told(profile(**{**BASE, **tables}))
    assert kind in kinds(found)
    (finding, *_) = [one for one in found.errors if one.kind == kind]
    assert said in finding.sentence("ja")
    assert finding.sentence("en")
    assert finding.place.file == "profile.xlsx"
    assert finding.place.sheet


def test_a_table_without_marks_is_told_once_for_all_that_refers_to_it(told) -> None:  # type: ignore[no-untyped-def]
    rows = [f"D{number % 7} 総務省 合意" for number in range(20)]
    found = told(profile(**BASE, documents=[], agreements=rows))
    (finding,) = found.errors
    assert finding.kind == "no-marks"
    assert finding.said[0] == (
        "「文書」の表から記号を一つも読めないので、これを指す20か所が何を指すか分からない"
        "（記号はD0、D1、D2、D3、D4、…、初めはprofile.xlsx シート「合意」2行「文書」）"
    )


def test_a_row_that_means_nothing_is_left_out_and_the_rest_kept(told) -> None:  # type: ignore[no-untyped-def]
    found = told(profile(**BASE, uses=["総務賞 P1", "財務省 P1"]))
    assert [use.body for use in found.uses] == [MOF]


def test_a_body_for_which_another_answers_is_told_once(told) -> None:  # type: ignore[no-untyped-def]
    found = told(profile(**BASE, uses=["国税庁 P1", "国税庁 S1"]))
    assert [use.body for use in found.uses] == [MOF, MOF]
    assert kinds(found, "warning") == ["answered-through"]


def test_rows_about_what_is_no_platform_are_warned_of(told) -> None:  # type: ignore[no-untyped-def]
    found = told(profile(**BASE, allocations=["S1 体制 総務省 提供"]))
    assert kinds(found, "warning") == ["not-a-platform"]
    assert not found.errors


def test_the_nearest_names_are_sought_for_the_first_unknown_ones_only(kg: KnowledgeGraph) -> None:
    asked: list[bool] = []

    def find(text: str, *, near: bool = True):  # type: ignore[no-untyped-def]
        asked.append(near)
        return kg.find(text, near=near)

    rows = [{"body": f"無名{n}", "system": "P1"} for n in range(60)]
    found = situation([profile(**BASE, uses=rows)], find, str)
    assert kinds(found).count("unknown-name") == 60
    assert 10 < asked.count(True) < 60


# Several profiles


def test_profiles_share_bodies_marks_and_concerns(told) -> None:  # type: ignore[no-untyped-def]
    found = told(
        profile("a", bodies=["架空機構 指定法人 総務省"], systems=["P1 共通基盤 基盤 総務省"]),
        profile(
            "b",
            systems=["S1 業務 単独 架空機構"],
            connections=["S1 P1"],
            allocations=["P1 独自 架空機構 継承"],
        ),
        profile("c", concerns=["独自 共同"]),
    )
    assert not found.errors
    assert found.connections[0].platform == P1
    assert found.markings == (MARKING,)


def test_one_system_in_two_profiles_is_one(told) -> None:  # type: ignore[no-untyped-def]
    found = told(
        profile("a", systems=["P1 共通基盤 基盤 総務省"]),
        profile("b", systems=["P1 共通 基盤 - 財務省", "P2 共通基盤 基盤"]),
        profile("c", systems=["P1 共通基盤 基盤 財務省"], uses=["総務省 P1"]),
    )
    names = [(system.mark, system.name, system.operators) for system in found.systems]
    assert names == [
        ("P1", "共通基盤", (MIC, MOF)),
        ("P1", "共通", ()),
        ("P2", "共通基盤", ()),
    ]
    assert len({system.iri for system in found.systems}) == 3
    assert found.uses[0].system == found.systems[0].iri
    assert [place.file for place in found.systems[0].places] == ["a", "c"]


def test_a_mark_of_two_other_profiles_is_ambiguous(told) -> None:  # type: ignore[no-untyped-def]
    two = [profile("a", systems=["P1 甲 基盤"]), profile("b", systems=["P1 乙 基盤"])]
    found = told(*two, profile("c", uses=["総務省 P1"]))
    assert kinds(found) == ["ambiguous-mark"]
    assert not told(*two, profile("c", uses=["総務省 乙"])).errors


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"systems": ["P1 甲 基盤"]}, {"systems": ["P1 甲 単独"]}, "区分"),
        ({"bodies": ["甲 指定法人"]}, {"bodies": ["甲 府省庁"]}, "類型"),
        ({"bodies": ["甲 指定法人 総務省"]}, {"bodies": ["甲 指定法人"]}, "所管府省庁"),
        ({"concerns": ["甲 一者"]}, {"concerns": ["甲 共同"]}, "持ち方"),
        (
            {"systems": ["P1 甲 基盤"], "documents": ["D1 P1 包括文書 甲"]},
            {"documents": ["D1 P1 その他 甲"]},
            "基盤又は種別",
        ),
    ],
)
def test_profiles_that_contradict_each_other(told, first, second, what) -> None:  # type: ignore[no-untyped-def]
    found = told(profile("a", **first), profile("b", **second))
    assert kinds(found) == ["contradiction"]
    assert what in found.errors[0].said[0]


def test_a_short_name_of_two_bodies_is_ambiguous(told) -> None:  # type: ignore[no-untyped-def]
    bodies = ["甲機構 指定法人 - 機構", "乙機構 指定法人 - 機構", "丙 指定法人 - 総務省"]
    found = told(profile(**BASE, bodies=bodies, uses=["機構 P1", "総務省 P1"]))
    assert set(kinds(found)) == {"ambiguous-name"}


def test_common_rules_are_the_operators_own(told) -> None:  # type: ignore[no-untyped-def]
    found = told(profile(**BASE, documents=["D1 P1 共通規程 規程", "D2 P1 包括文書 文書"]))
    assert [document.makers for document in found.documents] == [(MIC,), ()]


# Days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-10-12", (2016, 10, 12)),
        ("2016/1/2", (2016, 1, 2)),
        ("2016年10月12日", (2016, 10, 12)),
        ("２０１６．１０．１２", (2016, 10, 12)),
        ("2016-10-12 00:00:00", (2016, 10, 12)),
        ("平成28年10月12日", (2016, 10, 12)),
        ("H28.10.12", (2016, 10, 12)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("昭和64年1月7日", (1989, 1, 7)),
    ],
)
def test_days_as_people_write_them(text: str, day: Iterable[int]) -> None:
    assert day_of(text) == datetime.date(*day)


@pytest.mark.parametrize(
    "text",
    ["", "昨日", "2016-02-30", "昭和64年1月8日", "平成31年5月1日", "28.10.12", "2016-10", "42655"],
)
def test_what_is_no_day(text: str) -> None:
    assert day_of(text) is None
