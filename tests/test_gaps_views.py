"""``kijun gaps`` and its views: the matrix, the summary, who learns, what is displaced."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from boundary_profiles import ALONE, CLEAN, SHARED, opened, run, shared
from kijun.boundary import KINDS
from kijun.coverage import STATUSES
from kijun.knowledge import KnowledgeGraph
from planted import JOINT

__all__ = ["shared"]

# The command line


def test_exit_status_says_whether_there_are_holes(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "gaps", SHARED, "--format", "json", "--lang", "ja")
    assert status == 1
    assert len(json.loads(out)) == 9
    assert err.startswith("取扱い：")
    status, out, err = run(capsys, "gaps", CLEAN, "--format", "json", "--lang", "en")
    assert (status, json.loads(out)) == (0, [])
    assert "Nothing is uncovered within the declared scope." in err


def test_profiles_load_together(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "gaps", SHARED, "--profile", ALONE, "--format", "json")
    assert (status, len(json.loads(out))) == (1, 9)


@pytest.mark.parametrize("view", ["matrix", "summary", "learn", "displaced"])
@pytest.mark.parametrize("form", ["json", "csv", "turtle", "xlsx"])
def test_each_view_in_each_format(
    view: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / f"out.{form}"
    words = ("gaps", SHARED, f"--{view}", "--format", form, "-o", str(place))
    assert run(capsys, *words)[0] == 1
    if form == "xlsx":
        (sheet,) = load_workbook(place).worksheets
        said = "".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    else:
        said = place.read_text(encoding="utf-8")
    assert "共通業務基盤" in said
    assert "取扱注意" in said
    if form == "json":
        assert {row["handling"] for row in json.loads(said)} == {"取扱注意（架空の例）"}


def test_the_matrix_is_a_grid_a_sheet_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "gaps", SHARED, "--matrix", "--lang", "ja")
    assert out.startswith("■ 共通業務基盤")
    assert "提供 ✕二重の" in out
    book, page = tmp_path / "m.xlsx", tmp_path / "m.html"
    assert run(capsys, "gaps", SHARED, "--matrix", "-o", str(book))[0] == 1
    (sheet,) = load_workbook(BytesIO(book.read_bytes())).worksheets
    assert sheet.title == "共通業務基盤"
    assert str(sheet["A2"].value).startswith("取扱い：")
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["✕割当てなし"].fill.fgColor.rgb == "00F8CBAD"
    assert cells["作成"].fill.fgColor.rgb == "00E2F0D9"
    assert run(capsys, "gaps", SHARED, "--matrix", "-o", str(page))[0] == 1
    text = page.read_text(encoding="utf-8")
    assert '<p class="marking">取扱い：' in text
    assert "http" not in re.sub(r"https://w3id\S+", "", text)
    assert "<script" not in text


def test_pages_and_sheets_show_what_users_wrote_as_text(tmp_path: Path) -> None:
    from kijun.matrix_book import matrix_book
    from kijun.matrix_page import matrix_page

    evil = '=cmd|"</script><b>'
    graph = opened(
        systems=[
            {"id": "P1", "name": evil, "declared": "基盤", "operator": "総務省"},
            "S1 業務 単独 架空法人",
        ]
    )
    cells = graph.matrix()
    page = matrix_page("題", cells.notes, cells.rows, graph.gaps().rows, "ja")

    assert html.escape(evil) in page
    assert evil not in page
    assert "<script" not in page
    book = load_workbook(BytesIO(matrix_book("題", cells.notes, cells.rows, "ja")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


# Views


def test_the_matrix_shows_each_cell(shared: KnowledgeGraph) -> None:
    cells = {(row["concern"], row["party"]): row for row in shared.matrix()}
    held = cells["責任分界", "架空省"]
    assert (held["status"], held["states"], held["kinds"]) == (
        "hole",
        ["provided"],
        ["doubly_owned"],
    )
    assert cells["責任分界", "例示省"]["status"] == "other"
    assert cells["非常時の具体的対応策", "例示共済連合会"]["kinds"] == ["unallocated"]
    assert cells["合意形成", "架空省"]["states"] == ["made"]
    assert {row["status"] for row in shared.matrix()} <= set(STATUSES)
    first = shared.matrix()[0]
    assert first["party"] == "架空省", "the operator comes first"


def test_what_is_left_out_shows_in_the_matrix() -> None:
    graph = opened(exclusions=["P1 体制 環境省 範囲外"])
    (cell,) = graph.matrix().where(concern="体制", party="環境省")
    assert (cell["status"], cell["kinds"]) == ("excluded", [])


def test_the_summary_counts(shared: KnowledgeGraph) -> None:
    whole, *rest = shared.coverage()
    assert (whole["level"], whole["holes"], whole["items"], whole["covered"]) == ("all", 9, 32, 26)
    assert whole["percent"] == 81
    assert sum(whole[kind] for kind in KINDS) == 9
    by_name = {row["name"]: row for row in rest}
    platform = by_name["共通業務基盤"]
    assert (platform["items"], platform["covered"], platform["holes"]) == (32, 26, 8)
    party = by_name["例示共済連合会"]
    assert (party["items"], party["covered"], party["unallocated"]) == (6, 3, 1)


def test_a_party_without_a_contact_is_not_wholly_covered_in_silence() -> None:
    """The share is of items; holes that are on none stand beside it, in the rows and the note."""
    graph = opened(
        allocations=[f"P1 {one} 環境省 提供 - - 規程" for one in JOINT],
        documents=["D1 P1 包括文書 取決め 総務省"],
        agreements=["D1 環境省 合意"],
    )
    by_name = {row["name"]: row for row in graph.coverage()}
    party = by_name["環境省"]
    assert party["percent"] == 100
    assert party["holes"] == party["beside"] == party["unconnected"] > 0
    whole = by_name["すべて"]
    assert whole["beside"] == sum(row["concern"] is None for row in graph.gaps()) > 0
    assert whole["holes"] > whole["beside"]
    said = f"どの組にも属さず%に入らない穴が{whole['beside']}件ある。"
    assert said in "\n".join(graph.coverage().notes)
    assert "％に入ら" in str(graph.coverage())


def test_who_learns_by_which_way() -> None:
    graph = opened(
        systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空法人", "S2 研究 単独 NICT"],
        connections=["S1 P1", "S2 P1"],
        contacts=["総務省 環境省 - P1 - 窓口", "防衛省 架空法人"],
    )
    rows = {row["who"]: row for row in graph.learning()}
    assert rows["総務省"]["learns"] == "first"
    assert rows["環境省"]["path"] == ["総務省", "環境省"]
    assert rows["環境省"]["by"] == ["連絡窓口（窓口）"]
    assert rows["NISC"]["by"] == ["6(4)-2a"]
    # Only NISC tells other ministries, with the consent of the source.
    assert rows["防衛省"]["learns"] == "conditional"
    assert rows["防衛省"]["path"] == ["総務省", "NISC", "防衛省"]
    assert rows["防衛省"]["conditions"]
    assert rows["防衛省"]["role"] == "user"
    assert rows["架空法人"]["path"] == ["総務省", "NISC", "防衛省", "架空法人"]
    # No sentence has a ministry tell its corporation of an incident.
    assert rows["情報通信研究機構"]["learns"] == "no"


def test_nobody_who_is_not_told_is_said_to_learn() -> None:
    graph = opened(
        bodies=["無縁法人 指定法人 -"],
        systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 無縁法人"],
    )
    (row,) = graph.learning().where(who="無縁法人")
    assert (row["learns"], row["path"], row["legs"]) == ("no", [], None)


def test_what_common_rules_displace() -> None:
    rules = ["D1 P1 共通規程 規程 - 体制"]
    graph = opened(documents=rules, agreements=["D1 架空法人 協議"])
    rows = {row["party"]: row for row in graph.displaced()}
    assert rows["架空法人"]["policy"] == "独法等ポリシー"
    assert rows["総務省"]["policy"] == "府省庁ポリシー"
    assert {row["heard"] for row in rows.values()} == {"consulted", "maker", "not_asked"}
    assert rows["総務省"]["concerns"] == ["体制"]
    assert "優先すると読む" in rows["総務省"]["interpretation"]
