"""``kijun profile``: forms to fill in, and one form turned into another."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from openpyxl import load_workbook

import made_profiles
from kijun.cli import main
from kijun.profile_command import EXAMPLES
from kijun.profile_files import read
from kijun.profile_schema import TABLES, WORDS
from kijun.profiling import example


def kijun(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def form(tmp_path: Path) -> Path:
    assert kijun("profile", "new", "-o", tmp_path / "p.xlsx") == 0
    return tmp_path / "p.xlsx"


def test_an_empty_form_has_a_sheet_for_each_table(form: Path) -> None:
    book = load_workbook(form)
    assert book.sheetnames == ["説明", *(table.ja for table in TABLES), "一覧"]
    assert book["一覧"].sheet_state == "hidden"
    for table in TABLES:
        sheet = book[table.ja]
        assert [cell.value for cell in sheet[1]] == [column.ja for column in table.columns]
        assert sheet.freeze_panes == "A2"
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert column.note_ja in cell.comment.text
            assert cell.comment.text.startswith("必須。") == column.required
            plain = sheet.column_dimensions[cell.column_letter].number_format
            assert plain == ("yyyy-mm-dd" if column.form == "date" else "@")


def test_drop_downs_lead_to_lists_that_are_there(form: Path) -> None:
    book = load_workbook(form)
    offered: dict[tuple[str, str], list[object]] = {}
    for table in TABLES:
        for choice in book[table.ja].data_validations.dataValidation:
            name, _, area = choice.formula1.partition("!")
            listed = [c[0].value for c in book[name.strip("'")][area.replace("$", "")]]
            (cells,) = choice.sqref.ranges
            head = book[table.ja].cell(1, cells.min_col).value
            column = next(c for c in table.columns if c.ja == head)
            assert bool(choice.showErrorMessage) == (column.form == "choice")
            offered[table.key, column.key] = listed
    for table in TABLES:
        for column in table.columns:
            there = (table.key, column.key) in offered
            assert there == (column.form not in ("text", "id", "date", "number")), column.key
    assert offered["allocations", "state"] == [ja for ja, _ in WORDS["states"].values()]
    assert {"総務省", "情報通信研究機構", "日本年金機構"} <= set(offered["uses", "body"])
    assert len(offered["uses", "body"]) == 22 + 88 + 9
    assert "6(4)-2a" in offered["evidence", "norm"]
    # The marks of systems are offered as they are written.
    assert offered["uses", "system"][0] is None


def test_the_bodies_offered_are_those_of_the_day(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    assert kijun("profile", "new", "-o", place, "--as-of", "2026-04-01") == 0
    names = {row[0] for row in load_workbook(place)["一覧"].iter_rows(values_only=True)}
    assert "デジタル庁" in names


def test_a_form_in_english_is_read_as_well(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    assert kijun("profile", "new", "--example", "clean", "-o", place, "--lang", "en") == 0
    book = load_workbook(place)
    assert book.sheetnames[:3] == ["guide", "about", "bodies"]
    reading = read(place)
    assert not reading.findings
    assert made_profiles.plain(reading.profile) == made_profiles.plain(example("clean"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_that_it_is_invented(name: str, tmp_path: Path) -> None:
    (about,) = example(name).table("about")
    assert about.get("invented") == "yes"
    assert "架空" in about.get("marking")
    assert kijun("profile", "new", "--example", name, "-o", tmp_path / "p.xlsx") == 0
    book = load_workbook(tmp_path / "p.xlsx")
    said = [cell.value for row in book["説明"].iter_rows(max_row=4) for cell in row]
    assert "架空の例であり、実在の機関や情報システムについて何も述べない。" in said


def test_no_example_names_a_real_body(kg) -> None:  # type: ignore[no-untyped-def]
    from kijun.errors import UnknownName

    for name in EXAMPLES:
        for row in example(name).table("bodies"):
            with pytest.raises(UnknownName):
                kg.find(row.get("name"))


def test_the_marking_is_on_every_printed_page(tmp_path: Path) -> None:
    kijun("profile", "new", "--example", "clean", "-o", tmp_path / "p.xlsx")
    book = load_workbook(tmp_path / "p.xlsx")
    for sheet in book:
        assert "取扱注意" in sheet.oddHeader.right.text
        assert "取扱注意" in sheet.oddFooter.left.text


def test_the_marking_is_in_every_file(tmp_path: Path) -> None:
    kijun("profile", "new", "--example", "clean", "-o", tmp_path / "folder")
    kijun("profile", "new", "--example", "clean", "-o", tmp_path / "p.ttl")
    kijun("profile", "new", "--example", "clean", "-o", tmp_path / "p.jsonld")
    files = [*(tmp_path / "folder").iterdir(), tmp_path / "p.ttl", tmp_path / "p.jsonld"]
    assert len(files) == len(TABLES) + 2
    for file in files:
        start = file.read_text(encoding="utf-8-sig")[:80]
        assert "取扱い：取扱注意" in start, file.name


def test_a_profile_goes_round_all_forms(tmp_path: Path) -> None:
    kijun("profile", "new", "--example", "shared-platform", "-o", tmp_path / "a.xlsx")
    way = ("a.xlsx", "b.ttl", "c", "d.jsonld", "e.xlsx")
    for before, after in itertools.pairwise(way):
        assert kijun("profile", "convert", tmp_path / before, tmp_path / after) == 0
    first, last = (made_profiles.plain(read(tmp_path / f"{n}.xlsx").profile) for n in "ae")
    assert first == last


def test_real_bodies_are_iris_in_rdf_and_names_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "uses.csv").write_text("利用機関,システム\n総務省,P1\nNICT,P1\n", encoding="utf-8")
    kijun("profile", "convert", tmp_path / "uses.csv", tmp_path / "p.ttl")
    text = (tmp_path / "p.ttl").read_text(encoding="utf-8")
    assert "body:2000012020001 kijun:uses own-system:P1" in text
    kijun("profile", "convert", tmp_path / "p.ttl", tmp_path / "p.xlsx")
    bodies = [row.get("body") for row in read(tmp_path / "p.xlsx").profile.table("uses")]
    assert bodies == ["総務省", "情報通信研究機構"]


def test_what_cannot_be_read_whole_is_not_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "documents.csv"
    place.write_text("記号,基盤,種別,名称,日付\nD1,P1,その他,あ,昨日\n", encoding="utf-8")
    assert kijun("profile", "convert", place, tmp_path / "p.ttl") == 1
    told = capsys.readouterr().err.splitlines()
    assert "「昨日」は日付として読めない" in told[0]
    assert told[1] == "読めない所が1か所あるので、書き出していない。"
    assert not (tmp_path / "p.ttl").exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("new",), "say kijun profile new -o FILE"),
        (("new", "x", "-o", "y.xlsx"), "say kijun profile new -o FILE"),
        (("convert", "a"), "say kijun profile convert A B"),
        (("convert", "a", "b", "--example", "clean"), "say kijun profile convert A B"),
        (("new", "-o", "p.docx"), 'no profile is written with the ending ".docx"'),
        (("new", "-o", "p.xlsx", "--format", "csv"), "leave out --format"),
        (("new", "--example", "none", "-o", "p.xlsx"), "invalid choice"),
        (("convert", "nowhere.xlsx", "p.ttl"), "nowhere.xlsx: there is no such file"),
    ],
)
def test_what_does_not_fit_is_told(
    words: tuple[str, ...], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kijun("profile", *words) == 2
    assert error in capsys.readouterr().err


def test_what_was_filled_in_is_not_written_over(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = form.read_bytes()
    assert kijun("profile", "new", "-o", form) == 2
    assert "there is such a file; give another name" in capsys.readouterr().err
    assert form.read_bytes() == before
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    assert kijun("profile", "new", "-o", tmp_path / "folder") == 2
    assert "the folder holds something already" in capsys.readouterr().err
