"""The printable report about a body, as a page and as a document."""

from __future__ import annotations

import datetime
import html
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kijun
from kijun.cli import main
from kijun.profile import Place, Profile, Row
from kijun.profiling import example
from kijun.report import Part, Report
from kijun.report_page import report_page
from kijun.report_parts import report_of
from profile_rows import profile

docx = pytest.importorskip("docx", reason='needs the extra "report"')
from kijun.report_document import report_document  # noqa: E402

TODAY = datetime.date(2017, 4, 3)
BODY = "情報通信研究機構"
NASTY = "<script>alert('あ')</script>\u202e&"


def inspected(**more: str) -> Profile:
    said = (
        ("6(1)-1a", {"status": "open", "owner": NASTY}),
        ("4(2)-3a", {"status": "met", "document": "連絡体制表", "date": "2017-03-31"}),
        ("4(2)-3b", {"status": "met"}),
        ("6(1)-3a", {"status": "not-applicable"}),
    )
    about = {"title": "点検", "author": BODY, "marking": "取扱注意 & 複製禁止", **more}
    rows = [{"body": BODY, "norm": norm, **cells} for norm, cells in said]
    place = Place("p.xlsx", "自己点検", 2)
    return Profile(
        "p.xlsx",
        {
            "about": (Row(about, place),),
            "evidence": tuple(Row(cells, place) for cells in rows),
        },
    )


@pytest.fixture(scope="module")
def own() -> Report:
    return report_of(kijun.open(inspected()), BODY, TODAY)


@pytest.fixture(scope="module")
def shared() -> Report:
    return report_of(kijun.open(example("shared-platform")), "架空省", TODAY)


def headings(report: Report) -> list[str]:
    return [part.heading.partition("　")[2] for part in report.parts]


def column(report: Report, part: str, place: int) -> list[str]:
    found = next(one for one in report.parts if one.heading.endswith(part))
    return [row[place].text for grid in found.grids for row in grid.rows]


def test_what_is_to_be_done_comes_before_what_is_done(own: Report) -> None:
    assert headings(own) == [
        "概要",
        "対応を要する規範",
        "達成した規範、該当しない規範",
        "考慮すべき規範",
        "権能その他",
        "報告の線",
        "共有する情報システムの境界",
        "読み方",
        "出典",
    ]
    todo = column(own, "対応を要する規範", 0)
    assert todo[:2] == ["6(1)-1a", "4(2)-3b"]
    states = column(own, "対応を要する規範", 5)
    assert states[:3] == ["未達成", "証拠なし", "記載なし"]
    assert set(states[2:]) == {"記載なし"}
    assert column(own, "達成した規範、該当しない規範", 0) == ["4(2)-3a", "6(1)-3a"]


def test_every_obligation_is_in_one_part_only(own: Report) -> None:
    duties = kijun.open().duties(BODY)
    parts = ("対応を要する規範", "達成した規範、該当しない規範", "考慮すべき規範", "権能その他")
    listed = [norm for part in parts for norm in column(own, part, 0)]
    assert sorted(listed) == sorted(row["norm"] for row in duties)


def test_the_summary_counts_what_is_owed_and_what_is_regarded_apart(own: Report) -> None:
    duties = [row for row in kijun.open().duties(BODY) if not row["displaced_by"]]
    regarded = {row["norm"] for row in duties if row["derived_force"] == "regard"}
    owed = {row["norm"] for row in duties if row["derived_force"] not in ("regard", "may")}
    said = own.parts[0].sentences
    assert said[0].startswith(f"{BODY}が負う規範は{len(owed)}件である（")
    assert "考慮" not in said[0]
    assert said[1].startswith(f"このほか、考慮すべき規範が{len(regarded)}件ある。")
    assert len(owed) == 26
    assert len(regarded) == 17
    assert set(column(own, "考慮すべき規範", 0)) == regarded
    assert set(column(own, "考慮すべき規範", 2)) == {"考慮"}
    rest = ("対応を要する規範", "達成した規範、該当しない規範")
    assert {norm for part in rest for norm in column(own, part, 0)} == owed
    assert (
        "自己点検（負う規範）：達成1、一部達成0、未達成1、証拠なし1、記載なし22、該当なし1。"
        in said
    )
    assert (
        "自己点検（考慮すべき規範）：達成0、一部達成0、未達成0、証拠なし0、記載なし17、該当なし0。"
        in said
    )


def test_one_sentence_says_that_the_body_stands_for_the_ministry_by_a_reading(own: Report) -> None:
    (said,) = [text for text in own.parts[0].sentences if "引き継ぎ" in text]
    handed_on = [row["norm"] for row in kijun.open().duties(BODY, route="incorporation")]
    assert f"（{len(handed_on)}件" in said
    assert (
        f"府省庁（とそのCISO）について定めることを、{BODY}（とそのCISO）に置き換えて読んだ" in said
    )
    assert said.endswith("指針の文にはなく、読み方である。")
    assert len(said.split("。")) == 2
    marked = {
        row[0].text
        for part in own.parts[1:5]
        for grid in part.grids
        for row in grid.rows
        if row[4].text == "引き継ぎ"
    }
    assert marked == set(handed_on)
    # A ministry takes nothing over, and is told nothing of it.
    ministry = report_of(kijun.open(), "総務省", TODAY)
    assert not any("引き継ぎ" in text for text in ministry.parts[0].sentences)
    assert not any("考慮" in text for text in ministry.parts[0].sentences)


def test_how_norms_were_read_is_said_norm_by_norm(own: Report) -> None:
    read = dict(zip(column(own, "読み方", 0), column(own, "読み方", 1), strict=True))
    assert read["4(2)-3a"].startswith("主語は書かれていない。")
    assert "置き換えて読む" not in "".join(read.values()), "said once, in the summary"
    for norm, text in read.items():
        lines = text.split("\n")
        assert not [one for one in lines if text.count(one) > 1], norm


def test_every_row_leads_to_its_sentence(own: Report) -> None:
    cited = {norm for text in column(own, "出典", 1) for norm in re.split("、", text)}
    used = {row[0].text for part in own.parts[1:4] for grid in part.grids for row in grid.rows}
    assert used
    assert used <= cited
    lines = set(column(own, "報告の線", 6))
    assert lines <= cited
    assert "4(2) 第3文" in column(own, "出典", 0)


def test_lines_of_both_directions_are_there(own: Report) -> None:
    part = next(one for one in own.parts if one.heading.endswith("報告の線"))
    assert [grid.caption for grid in part.grids[:2]] == ["知らせる", "知らされる"]
    assert {row[0].text for row in part.grids[0].rows} == {BODY}
    assert {row[1].text for row in part.grids[1].rows} >= {BODY}


def test_lines_of_another_reading_stand_apart_and_are_not_counted_with_the_others(
    own: Report,
) -> None:
    kg = kijun.open()
    tables = kg.reports(BODY, None), kg.reports(None, BODY)
    part = next(one for one in own.parts if one.heading.endswith("報告の線"))
    plain, others = part.grids[:2], part.grids[2:]
    assert [grid.caption for grid in others] == [
        "知らせる（別の読み方によれば）",
        "知らされる（別の読み方によれば）",
    ]
    counts = [
        [sum(bool(row["reading"]) is way for row in t) for t in tables] for way in (False, True)
    ]
    assert [len(grid.rows) for grid in plain] == counts[0]
    assert [len(grid.rows) for grid in others] == counts[1]
    assert min(counts[1]) > 0
    said = own.parts[0].sentences
    assert (
        f"報告の線は、知らせるもの{counts[0][0]}本、知らされるもの{counts[0][1]}本である。" in said
    )
    (apart,) = [text for text in said if "別の読み方" in text]
    assert f"知らせるもの{counts[1][0]}本、知らされるもの{counts[1][1]}本ある" in apart
    assert ("関係機関", "6(4)-1a") in {(row[1].text, row[6].text) for row in others[0].rows}
    assert "関係機関" not in {row[1].text for row in plain[0].rows}
    assert all(row[7].text for grid in others for row in grid.rows), "each with its reading"


def boundary(report: Report) -> Part:
    return next(part for part in report.parts if part.heading.endswith("境界"))


def test_the_boundary_shows_the_matrix_and_every_hole(shared: Report) -> None:
    matrix, holes = boundary(shared).grids
    assert matrix.caption == "基盤「共通業務基盤」"
    assert len(matrix.headings) == 6
    assert len(matrix.rows) == 8
    kinds = [row[0].text for row in holes.rows]
    assert len(kinds) == 9
    # It operates the system that is declared wrongly, though that has no parties.
    assert ("区分違い", "職員認証システム") in {(row[0].text, row[1].text) for row in holes.rows}


def test_a_hole_on_what_is_only_presupposed_says_so(shared: Report) -> None:
    rows = list(kijun.open(example("shared-platform")).gaps())
    marks = [row[5].text for row in boundary(shared).grids[1].rows]
    assert [mark == "前提のみ" for mark in marks] == [row["presupposed"] for row in rows]
    number = marks.count("前提のみ")
    assert number > 0
    said = "当事者となる基盤は1、その境界の穴は9件である"
    assert (
        f"{said}（うち、前提とされているだけのことに拠るもの{number}件）。"
        in shared.parts[0].sentences
    )


SMALL = {
    "systems": ["P1 共通基盤 基盤 総務省", "P2 別基盤 基盤 財務省"],
    "layers": ["P1 機器 総務省", "P1 応用 環境省", "P2 機器 財務省", "P2 応用 環境省"],
    "uses": ["防衛省 P1", "総務省 P2"],
    "exclusions": ["P1 体制 環境省 更改待ち", "P1 合意形成 - 別途"],
}


def test_the_scope_and_what_is_left_out_with_its_reason_are_listed() -> None:
    part = boundary(report_of(kijun.open(profile(**SMALL)), "環境省", TODAY))
    assert part.sentences[0].startswith("調べた範囲：基盤2、当事者3、")
    assert part.sentences[0].endswith("理由を付けて除外：3。")
    assert not any(text.startswith("除外：") for text in part.sentences), (
        "the table says it in full"
    )
    grid = part.grids[-1]
    assert grid.caption == "調べる範囲から除外したもの"
    assert [[one.text for one in row[:4]] for row in grid.rows] == [
        ["共通基盤", "体制", "環境省", "更改待ち"],
        ["共通基盤", "合意形成", "すべて", "別途"],
    ]
    assert grid.rows[0][4].text == "profile.xlsx シート「除外」2行"


def test_who_merely_uses_a_platform_is_told_that_it_bears_nothing() -> None:
    kg = kijun.open(profile(**SMALL))
    report = report_of(kg, "防衛省", TODAY)
    assert "使うだけで、6(3)を負わない基盤：共通基盤。" in report.parts[0].sentences
    part = boundary(report)
    assert part.sentences[0] == "この機関が当事者となる基盤は、記述にない。"
    assert "「共通基盤」を使うだけで、6(3)を負わない機関：防衛省。" in part.sentences
    party = report_of(kg, "環境省", TODAY)
    assert "「共通基盤」を使うだけで、6(3)を負わない機関：防衛省。" in boundary(party).sentences
    assert not any("使うだけ" in text for text in party.parts[0].sentences)


def test_where_no_system_is_described_no_boundary_is_said_to_be_examined(own: Report) -> None:
    said = "情報システムの記述は与えられていないので、境界は調べていない。"
    assert boundary(own).sentences == (said,)


def test_without_a_profile_it_says_so() -> None:
    report = report_of(kijun.open(), "総務省", TODAY)
    assert report.marking == ""
    assert "自己点検の結果は与えられていない。" in report.parts[0].sentences
    assert headings(report)[1] == "負う規範"
    assert any("2016年の案" in note for note in report.notes)


def test_in_english() -> None:
    report = report_of(kijun.open(inspected(), lang="en"), BODY, TODAY)
    assert headings(report)[1] == "What is still to be done"
    assert column(report, "What is still to be done", 5)[0] == "open"
    assert report_page(report).count("Handling: 取扱注意") == 1


def test_the_page_stands_alone_and_what_users_wrote_is_text(own: Report) -> None:
    page = report_page(own)
    assert "<script" not in page
    assert html.escape("<script>alert('あ')</script>", quote=False)[:14] in page
    assert "\u202e" not in page
    assert not re.search(r"""(src|href)=|url\(|@import|https?://""", page)
    assert '<div class="marking">取扱い：取扱注意 &amp; 複製禁止</div>' in page
    assert page.count("<table") == page.count("</table>")


def test_the_page_is_the_same_every_time(own: Report) -> None:
    again = report_of(kijun.open(inspected()), BODY, TODAY)
    assert report_page(own) == report_page(again)


def test_the_document_has_its_marking_on_every_page(own: Report) -> None:
    document = docx.Document(io.BytesIO(report_document(own)))
    for section in document.sections:
        for place in (section.header, section.footer):
            assert "取扱注意 & 複製禁止" in place.paragraphs[0].text
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "対応を要する規範" in said
    assert len(document.tables) == sum(len(part.grids) for part in own.parts)
    cells = [cell.text for table in document.tables[:1] for row in table.rows for cell in row.cells]
    assert "<script>alert('あ')</script><U+202E>&" in cells


CHROMIUM = shutil.which("chromium")
PDFTOTEXT = shutil.which("pdftotext")


@pytest.mark.skipif(
    not (CHROMIUM and PDFTOTEXT), reason="needs chromium and pdftotext (poppler-utils)"
)
def test_every_printed_page_of_the_html_says_how_to_handle_it(own: Report, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(report_page(own), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
        *(f"--user-data-dir={tmp_path / 'user'}", f"--print-to-pdf={tmp_path / 'r.pdf'}"),
        (tmp_path / "r.html").as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    words = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(tmp_path / "r.pdf"), "-"], check=True, capture_output=True
    )
    pages = words.stdout.decode().split("\f")[:-1]
    assert len(pages) > 2
    assert all("複製禁止" in page for page in pages)


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_command_writes_it(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / f"r.{ending}"
    assert main(["report", BODY, "-o", str(place)]) == 0
    assert place.stat().st_size > 10_000
    assert "2016年の案" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_python_writes_what_the_command_writes(ending: str, tmp_path: Path) -> None:
    report, place = kijun.open().report(BODY), tmp_path / f"r.{ending}"
    report.save(place)
    assert place.stat().st_size > 10_000
    assert report._repr_html_().startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((BODY,), "say where to: kijun report BODY -o report.html (or .docx)"),
        ((BODY, "-o", "r.pdf"), "r.pdf: a report is written as .html or .docx"),
        (("総務", "-o", "r.html"), "nothing is called"),
        (("会計検査院", "-o", "r.html"), "bears no norm on that day"),
        (("府省庁", "-o", "r.html"), "is a class or a role"),
    ],
)
def test_what_does_not_fit_is_told(
    words: tuple[str, ...], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *words]) == 2
    assert error in capsys.readouterr().err


@pytest.mark.parametrize(("module", "ending"), [("jinja2", "html"), ("docx", "docx")])
def test_without_the_extra_it_says_which(
    module: str,
    ending: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["report", BODY, "-o", str(tmp_path / f"r.{ending}")]) == 2
    assert 'needs the extra "report"' in capsys.readouterr().err
