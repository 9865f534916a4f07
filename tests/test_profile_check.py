"""Everything wrong with profiles: each kind of finding, its place, its words, each told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_profiles import Check, check, clean
from kijun.content import PACKAGE
from kijun.knowledge import KnowledgeGraph
from kijun.profile import Finding, Place, Reading
from kijun.profile_check import checked
from kijun.profile_faults import kinds
from kijun.profile_schema import BY_KEY
from profile_rows import profile

__all__ = ["check"]


def test_nothing_is_found_where_nothing_is_wrong(check: Check) -> None:
    found = check(
        profile(
            **clean(
                bodies=["架空機構 指定法人 総務省 - 9999999999999"],
                uses=["架空機構 P1"],
                allocations=[
                    "P1 責任分界 総務省 提供 - はい 規程",
                    "P1 責任分界 財務省 責任",
                    "P1 体制 厚生労働省 継承 総務省",
                ],
                documents=["D1 P1 共通規程 規程 総務省", "D2 P1 包括文書 文書 財務省"],
                agreements=["D1 厚生労働省 協議", "D2 総務省 合意"],
                contacts=["総務省 厚生労働省 はい P1", "厚生労働省 NISC"],
                evidence=["総務省 6(4)-2a 達成", "厚生労働省 6(3)-4a", "総務省 6(3)-6a"],
                concerns=["独自 一者"],
                exclusions=["P1 合意形成 財務省 範囲外"],
            )
        )
    )
    assert found == []


OWN = {
    "unsupervised": (
        {"bodies": ["架空機構 指定法人"]},
        "warning",
        "法人に所管府省庁が書かれていないので、どの報告の線もこれに届かない（架空機構）",
    ),
    "ministry-supervised": (
        {"bodies": ["架空省 府省庁 総務省"]},
        "warning",
        "府省庁に、これを所管する府省庁はない（架空省）",
    ),
    "no-ministry": (
        {"bodies": ["架空機構 指定法人 NICT"]},
        "warning",
        "所管するとされた機関が府省庁でない（情報通信研究機構）",
    ),
    "no-government-body": (
        {"uses": ["会計検査院 P1"]},
        "warning",
        "政府機関等（府省庁・独立行政法人・指定法人）でないので、6(3)の当事者にならない（会計検査院）",
    ),
    "check-digit": (
        {"bodies": ["架空機構 指定法人 総務省 - 1234567890123"]},
        "error",
        "法人番号「1234567890123」の検査数字が合わない",
    ),
    "known-number": (
        {"bodies": ["架空省 府省庁 - - 2000012020001"]},
        "error",
        "法人番号「2000012020001」は、名簿にある総務省のものである",
    ),
    "no-operator": (
        {"systems": ["P1 共通基盤 基盤 - 総務省", "S1 業務 単独 厚生労働省"]},
        "warning",
        "基盤の整備・運用管理機関が書かれていない（共通基盤）",
    ),
    "unmanaged": (
        {"systems": ["P1 共通基盤 基盤 総務省", "S1 業務 単独"]},
        "warning",
        "システムを管理する機関が書かれていないので、これについて当事者になる機関がない（業務）",
    ),
    "no-layers": (
        {"layers": []},
        "warning",
        "基盤の層が書かれていないので、一つの機関だけで管理するものでないことを確かめられない（共通基盤）",
    ),
    "no-party": (
        {"allocations": ["P1 体制 防衛省 責任", "P1 責任分界 防衛省 責任"]},
        "warning",
        "この機関は基盤の当事者でない（整備・運用も、層の管理も、連携するシステムの管理もしていない）"
        "（防衛省）",
    ),
    "inherited-from-nobody": (
        {"allocations": ["P1 体制 厚生労働省 継承"]},
        "warning",
        "継承とあるが、提供元が書かれていない（厚生労働省）",
    ),
    "own-counterpart": (
        {"allocations": ["P1 体制 厚生労働省 責任 厚労省"]},
        "warning",
        "相手機関が分担する機関と同じである（厚生労働省）",
    ),
    "lead-on-joint": (
        {"allocations": ["P1 体制 厚生労働省 責任 - はい"]},
        "warning",
        "この事項は全機関がそれぞれ持つので、主導はない（体制）",
    ),
    "two-leads": (
        {"allocations": ["P1 責任分界 総務省 責任 - はい", "P1 責任分界 財務省 責任 - はい"]},
        "warning",
        "同じ事項を二つの機関が主導するとある（総務省）",
    ),
    "allocated-agreement": (
        {"allocations": ["P1 合意形成 総務省 提供"]},
        "warning",
        "合意形成は合意の表だけで満たされるので、この行は効かない（総務省）",
    ),
    "rules-not-by-operator": (
        {"documents": ["D1 P1 共通規程 規程 財務省"]},
        "warning",
        "共通規程を定めることができるのは、基盤の整備・運用管理機関だけである（財務省）",
    ),
    "agreement-with-maker": (
        {"documents": ["D1 P1 包括文書 文書 総務省"], "agreements": ["D1 総務省 合意"]},
        "warning",
        "文書を作った機関自身との合意は要らない（総務省）",
    ),
    "agreement-outside": (
        {"documents": ["D1 P1 包括文書 文書 総務省"], "agreements": ["D1 防衛省 合意"]},
        "warning",
        "文書の基盤の当事者でない機関との合意である（防衛省）",
    ),
    "own-contact": (
        {"contacts": ["総務省 総務省"]},
        "warning",
        "連絡元と連絡先が同じである（総務省）",
    ),
    "norm-not-borne": (
        {"evidence": ["NICT 6(4)-2a 達成"]},
        "warning",
        "この機関は、この規範を負わない（6(4)-2a）",
    ),
    "duplicate-row": (
        {"uses": ["財務省 P1", "ＭＯＦ 共通基盤"]},
        "warning",
        "profile.xlsx シート「利用」2行と同じことが書いてある",
    ),
    "repeated-row": (
        {"allocations": ["P1 体制 財務省 責任", "P1 体制 財務省 責任 総務省"]},
        "warning",
        "profile.xlsx シート「分担」2行と同じものについて、「相手機関」が違う",
    ),
    "two-spellings": (
        {"uses": ["ＮＩＣＴ P1", "nict S1"]},
        "warning",
        "「nict」と「ＮＩＣＴ」は、一つの名前の二つの書き方である（大文字と小文字）",
    ),
    "look-alike-names": (
        {
            "systems": ["P1 共通サーバー 基盤 総務省", "P2 共通サ一バー 単独 総務省"],
            "connections": [],
        },
        "warning",
        "「共通サ一バー」は「共通サーバー」と見分けがつきにくいが、違う文字を含む（一 U+4E00）",
    ),
    "not-in-registers": (
        {"uses": ["こども家庭庁 P1"]},
        "warning",
        "「こども家庭庁」は、2016-10-12から用いる名簿にない",
    ),
}  # fmt: skip
"""A profile with each kind of finding, and what it says; it has no other."""


@pytest.mark.parametrize("kind", OWN)
def test_each_kind_is_found_and_nothing_else(kind: str, check: Check) -> None:
    tables, severity, said = OWN[kind]
    found = check(profile(**clean(**tables)))
    assert {one.kind for one in found} == {kind}
    first = found[0]
    assert (first.severity, first.said[0]) == (severity, said)
    assert first.said[1]
    assert all(first.mend)


@pytest.mark.parametrize("kind", OWN)
def test_each_kind_names_the_cell_to_be_mended(kind: str, check: Check) -> None:
    tables, *_ = OWN[kind]
    written = profile(**clean(**tables))
    for one in check(written):
        table = next(table for table in BY_KEY.values() if table.ja == one.place.sheet)
        assert one.place.row in {row.place.row for row in written.table(table.key)}
        if one.place.column:
            assert one.place.column in {column.ja for column in table.columns}
        else:
            assert kind in ("duplicate-row", "repeated-row")


def test_what_checks_call_an_error_keeps_a_profile_from_being_used(check: Check) -> None:
    """Readers and situation refuse to answer, so an error may not be known to shapes alone."""
    found_by_all = {kind for kind, (_, severity, _) in OWN.items() if severity == "error"}
    assert found_by_all == {"check-digit", "known-number"}
    text = "".join((PACKAGE / f"{name}.py").read_text("utf-8") for name in _REFUSING)
    for kind, row in kinds().items():
        if row["severity"] == "error":
            assert f'"{kind}"' in text or kind in ("two-classes", "wrong-value"), kind


_REFUSING = (
    "profile_files",
    *("complaints", "profile_cells", "profile_grid", "profile_csv", "profile_rdf"),
    *("profile_workbook", "profile_faults"),
)
"""The modules that find what keeps a profile from being used. (Two classes of a body, and values
that do not belong, can only come after something else is an error.)"""


@pytest.mark.parametrize("kind", ["check-digit", "known-number"])
def test_answers_are_refused_for_these_errors(kind: str, kg: KnowledgeGraph) -> None:
    from kijun.errors import BadInput
    from kijun.knowledge import open_graph

    with pytest.raises(BadInput, match="see all with kijun check"):
        open_graph(profiles=[profile(**clean(**OWN[kind][0]))])


@pytest.mark.parametrize(
    ("day", "name", "said"),
    [
        ("2026-04-01", "教員研修センター", "2026-04-01の名簿では「教職員支援機構」という"),
        ("2016-10-12", "教職員支援機構", "2016-10-12の名簿では「教員研修センター」という"),
    ],
)
def test_a_name_of_another_day_is_told_with_that_of_the_day(day: str, name: str, said: str) -> None:
    from kijun.knowledge import open_graph

    (one,) = checked([Reading(profile(**clean(uses=[f"{name} P1"])))], open_graph(day)).findings
    assert (one.kind, one.severity) == ("name-of-another-day", "warning")
    assert one.said[0] == f"「{name}」は、{said}"


def test_an_abbreviation_is_no_name_of_another_day(check: Check) -> None:
    assert check(profile(**clean(uses=["NICT P1", "7012405000492 S1"]))) == []


def test_all_is_told_at_once_in_the_order_of_the_file(check: Check) -> None:
    found = check(
        profile(
            about=[],
            systems=["P1 甲 基盤 総務省", "P2 乙 基盤"],
            uses=["財務賞 P1"],
            contacts=["総務省 総務省", "総務省 P9"],
        )
    )
    sheets = list(dict.fromkeys(one.place.sheet for one in found))
    assert sheets == ["表紙", "システム", "利用", "連絡先"]
    assert [one.kind for one in found] == [
        "about-rows",
        *("no-layers", "no-layers", "no-operator"),
        "unknown-name",
        *("own-contact", "unknown-name"),
    ]


def test_what_one_layer_has_said_the_next_does_not_say_again(check: Check) -> None:
    """A situation and the shapes both see these."""
    found = check(
        profile(
            **clean(
                bodies=["甲 指定法人 乙", "乙 指定法人 甲"],
                connections=["P1 P1", "S1 S1"],
                allocations=["S1 体制 総務省 提供"],
            )
        )
    )
    assert [(one.kind, one.place.row) for one in found] == [
        ("not-a-ministry", 2),
        ("own-supervisor", 2),
        ("not-a-ministry", 3),
        ("own-supervisor", 3),
        ("own-connection", 2),
        ("own-connection", 3),
        ("not-a-platform", 3),
        ("not-a-platform", 2),
    ]


def test_who_is_no_party_is_not_said_while_a_connection_cannot_be_read(check: Check) -> None:
    rows = {"allocations": ["P1 体制 厚生労働省 責任"]}
    found = check(profile(**clean(connections=["S9 P1"], **rows)))
    assert [one.kind for one in found] == ["dangling-mark"]
    found = check(profile(**clean(connections=[], **rows)))
    assert [one.kind for one in found] == ["no-party"]


EXAMPLES = sorted((Path(__file__).parent / "profiles").glob("*/*/"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_holes_are_no_findings(folder: Path, kg: KnowledgeGraph) -> None:
    """What is uncovered is said by gaps; a profile that describes it is a sound profile."""
    assert list(kg.check(folder)) == []


@pytest.mark.parametrize("name", ["shared-platform", "clean", "single-agency"])
def test_nothing_is_found_in_the_examples(name: str, tmp_path: Path) -> None:
    from kijun.cli import main

    place = tmp_path / "example.xlsx"
    assert main(["profile", "new", "--example", name, "-o", str(place)]) == 0
    assert main(["check", str(place)]) == 0


def test_a_cell_that_could_not_be_read_is_not_missing_too(kg: KnowledgeGraph) -> None:
    written = profile(**clean(uses=[{"body": "財務省"}]))
    place = Place("profile.xlsx", "利用", 2, "システム")
    refused = Finding("formula", "error", ("数式", "a formula"), place, ("直す", "mend it"))
    found = checked([Reading(written, (refused,))], kg).findings
    assert found == (refused,)


def test_findings_do_not_depend_on_the_order_of_the_profiles(check: Check) -> None:
    profiles = [
        profile("a.xlsx", about=["甲 機密性2 総務省"], **clean(uses=["財務省 P1"])),
        profile("b.xlsx", about=["乙 機密性2 財務省"], systems=["P1 共通基盤 基盤 財務省"]),
    ]
    forward, backward = check(*profiles), check(*profiles[::-1])
    assert forward
    assert [one.place.file for one in forward] == sorted(one.place.file for one in forward)
    assert sorted(one.kind for one in forward) == sorted(one.kind for one in backward)
