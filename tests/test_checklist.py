"""The self-inspection of a body: written as a workbook, filled in, and loaded as evidence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

import kijun
from kijun.checklist import DUES, due, due_words, obligations
from kijun.cli import main
from kijun.knowledge import KnowledgeGraph
from kijun.profile_files import read
from kijun.terms import NS

BODY = "情報通信研究機構"
FILLED = {
    "4(2)-3a": ("達成", "情報システム課", "連絡体制表", "2017-03-31", ""),
    "4(2)-3b": ("一部達成", "情報システム課", "連絡体制表", "平成29年3月31日", "役員分は準備中"),
    "4(3)-1a": ("達成", "監査室", "", "", ""),
    "6(1)-1a": ("未達成", "総務課", "", "", ""),
    "6(1)-3a": ("該当なし", "", "", "", "機関が一つ"),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("checklist") / "c.xlsx"
    assert main(["profile", "checklist", BODY, "-o", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def filled(empty: Path) -> Path:
    return fill(empty, empty.with_name("filled.xlsx"), FILLED)


def fill(source: Path, target: Path, said: Mapping[str, tuple[str, ...]]) -> Path:
    book = load_workbook(source)
    sheet = book["自己点検"]
    heads = [cell.value for cell in sheet[1]]
    first = heads.index("状況") + 1
    for row in range(2, sheet.max_row + 1):
        for place, text in enumerate(said.get(sheet.cell(row, 2).value, ())):
            sheet.cell(row, first + place).value = text or None
    book.save(target)
    return target


def test_there_is_a_row_for_each_obligation_in_the_guideline_s_order(
    empty: Path, kg: KnowledgeGraph
) -> None:
    sheet = load_workbook(empty)["自己点検"]
    listed = [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)]
    order = [row["norm"] for row in kg.norms()]
    duties = kg.duties(BODY)
    owed = {r["norm"] for r in duties if r["derived_force"] != "may" and not r["displaced_by"]}
    assert listed == [norm for norm in order if norm in owed]
    assert len(listed) == len(set(listed)) == 43


def test_each_row_shows_its_sentence_force_route_and_time(empty: Path) -> None:
    sheet = load_workbook(empty)["自己点検"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:7] == ["機関", "規範", "※出典", "※趣旨", "※強さ", "※経路", "※時期"]
    assert heads[7:] == ["状況", "担当", "文書", "日付", "備考"]
    rows = {row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["4(3)-1a"][2] == "4(3) 第1文"
    assert rows["4(3)-1a"][4:7] == ("義務", "類型", "毎年度")
    assert rows["3(1)①-1a"][4:7] == ("考慮", "引き継ぎ", "定めなし")
    assert rows["4(2)-3a"][6] == "事が起きたとき（情報セキュリティインシデントへの対処）"


def test_the_first_sheet_says_on_what_it_rests(empty: Path) -> None:
    said = [row[0] for row in load_workbook(empty)["説明"].iter_rows(values_only=True) if row[0]]
    assert said[0] == f"{BODY}の自己点検"
    assert any("2016年の案" in text for text in said)
    assert said[-4] == "・自らの節の規範が代わる6件は並べていない。"


def test_as_it_is_nothing_is_said_of_any_obligation(empty: Path) -> None:
    assert not read(empty).findings
    duties = kijun.open(empty).duties(BODY)
    assert {row["status"] for row in duties} == {"unsaid", None}
    assert all(row["owner"] is row["document"] is row["date"] is None for row in duties)


def test_what_was_filled_in_is_the_state_of_the_duties(filled: Path) -> None:
    assert not read(filled).findings
    duties = kijun.open(filled).duties(BODY)
    by_norm = {row["norm"]: row for row in duties}
    assert {norm: by_norm[norm]["status"] for norm in FILLED} == {
        "4(2)-3a": "met",
        "4(2)-3b": "partly",
        "4(3)-1a": "unevidenced",
        "6(1)-1a": "open",
        "6(1)-3a": "not-applicable",
    }
    row = by_norm["4(2)-3b"]
    assert (row["owner"], row["document"], row["date"]) == (
        "情報システム課",
        "連絡体制表",
        "2017-03-31",
    )
    assert duties.where(status="unsaid").keys == duties.keys
    summary = next(note for note in duties.notes if note.startswith("自己点検："))
    assert "達成1、一部達成1、未達成1、証拠なし1、記載なし38、該当なし1" in summary
    assert duties.notes[0].startswith("取扱い：")


def test_a_power_and_a_displaced_norm_need_no_evidence(filled: Path) -> None:
    duties = kijun.open(filled).duties(BODY)
    idle = [row for row in duties if row["derived_force"] == "may" or row["displaced_by"]]
    assert len(idle) == 6
    assert {row["status"] for row in idle} == {None}


def test_another_body_s_duties_are_not_touched(filled: Path) -> None:
    assert {row["status"] for row in kijun.open(filled).duties("総務省")} == {"unsaid"}


def test_without_evidence_duties_have_no_status(kg: KnowledgeGraph) -> None:
    assert not {"status", "owner", "document", "date"} & set(kg.duties(BODY).keys)


def test_a_later_inspection_takes_the_place_of_an_earlier(filled: Path, tmp_path: Path) -> None:
    later = {
        "4(2)-3a": ("未達成", "", "", "2018-03-31", ""),
        "4(2)-3b": ("達成", "", "x", "2016-03-31", ""),
    }
    second = fill(filled, tmp_path / "later.xlsx", dict.fromkeys(FILLED, ("", "", "", "", "")))
    second = fill(second, tmp_path / "second.xlsx", later)
    for order in ((filled, second), (second, filled)):
        by_norm = {row["norm"]: row["status"] for row in kijun.open(*order).duties(BODY)}
        assert (by_norm["4(2)-3a"], by_norm["4(2)-3b"]) == ("open", "partly")


def test_the_next_form_shows_the_inspection_before(filled: Path, tmp_path: Path) -> None:
    place = tmp_path / "next.xlsx"
    given = ["profile", "checklist", BODY, "--profile", str(filled), "-o", str(place)]
    assert main(given) == 0
    sheet = load_workbook(place)["自己点検"]
    heads = [str(cell.value) for cell in sheet[1]]
    rows = [dict(zip(heads, (c.value for c in row), strict=True)) for row in sheet.iter_rows(2)]
    (row,) = (row for row in rows if row["規範"] == "4(2)-3b")
    assert [row[f"※前回の{what}"] for what in ("状況", "文書", "点検日")] == [
        "一部達成",
        "連絡体制表",
        "2017-03-31",
    ]
    assert row["担当"] == "情報システム課"
    # Nothing of it is evidence for the next one.
    assert (row["状況"], row["文書"]) == (None, None)
    assert {one["status"] for one in kijun.open(place).duties(BODY)} == {"unsaid", None}
    assert kijun.open(place).profiles[0].marking == kijun.open(filled).profiles[0].marking


def test_a_form_without_an_inspection_before_does_without_its_columns(empty: Path) -> None:
    heads = [str(cell.value) for cell in load_workbook(empty)["自己点検"][1]]
    assert not [head for head in heads if "前回" in head]


def test_only_a_checklist_takes_the_inspection_before(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["profile", "new", "--profile", str(filled), "-o", "x.xlsx"]
    assert main(given) == 2
    assert "checklist" in capsys.readouterr().err


def test_the_command_line_shows_it(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["duties", BODY, "--profile", str(filled), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    head = out.splitlines()[0].split(",")
    assert head[-5:] == ["status", "owner", "document", "date", "handling"]
    assert "取扱い：取扱注意" in out.splitlines()[1]
    assert "自己点検：達成1" in err


@pytest.mark.parametrize(
    ("timing", "trigger", "key", "words"),
    [
        ("everyFiscalYear", None, "yearly", "毎年度"),
        ("regularly", None, "regularly", "定期的"),
        ("ordinaryTimes", None, "always", "平時"),
        ("constantly", None, "always", "平時"),
        ("asNeeded", None, "needed", "必要に応じて"),
        ("promptly", "認知", "event", "事が起きたとき（認知、速やかに）"),
        (None, "認知", "event", "事が起きたとき（認知）"),
        (None, None, "unset", "定めなし"),
    ],
)
def test_when_a_norm_is_due(timing: str, trigger: str, key: str, words: str) -> None:
    row = {
        "timing_iri": [f"{NS}{timing}"] if timing else [],
        "timing": {"promptly": "速やかに"}.get(timing),
        "trigger": trigger,
    }
    assert due(row) == key
    assert due_words(row, "ja") == words


def test_every_timing_of_the_graph_has_its_time(kg: KnowledgeGraph) -> None:
    timed = [row for row in kg.norms() if row["timing_iri"] or row["trigger"]]
    assert timed
    assert not [row["norm"] for row in timed if due(row) == "unset"]
    assert {due(row) for row in kg.norms()} == set(DUES)


def test_a_norm_by_several_routes_is_inspected_once() -> None:
    row = {"norm": "6(2)-1a", "derived_force": "must", "displaced_by": None}
    assert len(obligations([row, {**row, "route": "role"}])) == 1


def test_days_of_inspection_are_days(filled: Path) -> None:
    rows = read(filled).profile.table("evidence")
    days = {row.get("date") for row in rows if row.get("date")}
    assert {datetime.date.fromisoformat(day) for day in days} == {datetime.date(2017, 3, 31)}


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((), "say kijun profile checklist BODY -o FILE.xlsx"),
        ((BODY, "-o", "c.csv"), "say kijun profile checklist BODY -o FILE.xlsx"),
        (("会計検査院", "-o", "c.xlsx"), "bears no norm on that day"),
        (("総務", "-o", "c.xlsx"), "nothing is called"),
    ],
)
def test_what_does_not_fit_is_told(
    words: tuple[str, ...], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "checklist", *words]) == 2
    assert error in capsys.readouterr().err
