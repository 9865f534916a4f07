"""Tables that are not there, or of which nothing could be read: told once, by check and by gaps."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from csv_profiles import SYSTEM, folder, found
from kijun.cli import main

pytest.importorskip("pyshacl")


def test_a_file_that_is_missing_is_named_and_gaps_says_it_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p", 利用=[{"利用機関": "財務省", "システム": "P1"}])
    (Path(place) / "分担.csv").unlink()
    status, (row,) = found(capsys, place)
    assert status == 1
    assert (row["severity"], row["kind"]) == ("warning", "missing-table")
    assert row["file"] == f"{place}/allocations.csv"
    assert row["message"] == "「分担」の表がないので、空として読んだ"
    assert main(["gaps", place, "--lang", "ja"]) == 1
    said = capsys.readouterr().err
    assert f"表がないので、空として読んだもの：{place}/allocations.csv。" in said
    assert "注意すべき点が少なくとも1件ある" in said


def test_a_sheet_that_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "p.xlsx"
    assert main(["profile", "new", "--example", "clean", "-o", str(place)]) == 0
    book = openpyxl.load_workbook(place)
    del book["連絡先"], book["除外"]
    book.save(place)
    _, (row,) = found(capsys, str(place))
    assert (row["kind"], row["sheet"]) == ("missing-table", "連絡先")


def test_systems_that_are_no_platforms_need_no_tables_of_platforms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p", システム=[{**SYSTEM, "区分": "単独"}])
    for name in ("分担", "連絡先"):
        (Path(place) / f"{name}.csv").unlink()
    assert main(["check", place]) == 0
    (Path(place) / "層.csv").unlink()
    capsys.readouterr()
    _, (row,) = found(capsys, place)
    assert row["file"] == f"{place}/layers.csv"


def test_what_refers_to_a_missing_table_is_told_once_and_of_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(
        tmp_path / "p",
        利用=[{"利用機関": "財務省", "システム": "P1"}],
        文書=[{"記号": "D1", "名称": "取決め", "基盤": "P1", "種別": "包括文書"}],
        合意=[{"文書": "D1", "相手機関": "財務省", "種別": "合意"}],
    )
    (Path(place) / "システム.csv").unlink()
    status, (row,) = found(capsys, place)
    assert status == 1
    assert (row["severity"], row["kind"]) == ("error", "no-table")
    assert row["file"] == f"{place}/systems.csv"
    assert "これを指す4か所が何を指すか分からない（記号はP1、初めは" in str(row["message"])
    assert f"{place}/層.csv 2行「システム」" in str(row["message"])
    assert main(["gaps", place]) == 2
    said = capsys.readouterr().err
    assert f"kijun: {place}/systems.csv: " in said
    assert "more error" not in said


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("P1,共通基盤,基盤,総務省", "no-header"),
        ("名称,区分,整備・運用管理機関,備考", "missing-column"),
    ],
)
def test_what_refers_to_a_table_that_was_not_understood_is_not_told(
    head: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p", 利用=[{"利用機関": "財務省", "システム": "P1"}])
    rows = f"{head}\n共通基盤,基盤,総務省,\n"
    (Path(place) / "システム.csv").write_text(rows, encoding="utf-8")
    _, told = found(capsys, place)
    errors = [row["kind"] for row in told if row["severity"] == "error"]
    assert errors == [kind]
    assert main(["gaps", place]) == 2
    assert "more error" not in capsys.readouterr().err


@pytest.mark.parametrize(("name", "misspelt"), [("分担", "分担表"), ("システム", "システム一覧")])
def test_what_follows_from_a_misspelt_name_of_a_table_is_not_told(
    name: str, misspelt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p", 利用=[{"利用機関": "財務省", "システム": "P1"}])
    (Path(place) / f"{name}.csv").rename(Path(place) / f"{misspelt}.csv")
    _, (row,) = found(capsys, place)
    assert (row["kind"], row["file"]) == ("misspelt-sheet", f"{place}/{misspelt}.csv")


def test_a_page_of_the_profile_itself_that_was_not_understood_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p")
    (Path(place) / "表紙.csv").write_text("例,総務省,機密性2\n", encoding="utf-8")
    _, (row,) = found(capsys, place)
    assert row["kind"] == "no-header"
    (Path(place) / "表紙.csv").unlink()
    _, (row,) = found(capsys, place)
    assert (row["kind"], row["file"]) == ("about-rows", f"{place}/about.csv")


def test_an_agreement_on_a_document_whose_row_is_wrong_is_not_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(
        tmp_path / "p",
        文書=[{"記号": "D1", "名称": "取決め", "基盤": "P9", "種別": "包括文書"}],
        合意=[{"文書": "D1", "相手機関": "財務省", "種別": "合意"}],
    )
    _, told = found(capsys, place)
    assert [row["kind"] for row in told] == ["dangling-mark"]


def test_gaps_counts_the_errors_that_check_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"基盤": "P1", "事項": "体制", "機関": name} for name in ("総務省", "財務省")]
    place = folder(tmp_path / "p", 分担=rows)
    _, (row,) = found(capsys, place)
    assert row["kind"] == "missing-column"
    assert main(["gaps", place]) == 2
    assert "more error" not in capsys.readouterr().err


def test_gaps_says_that_rules_were_not_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = [{"連絡元": "総務省", "連絡先": "総務省"}]
    place = folder(tmp_path / "p", 利用=[{"利用機関": "財務省", "システム": "P1"}], 連絡先=own)
    _, (row,) = found(capsys, place)
    assert row["kind"] == "own-contact"
    main(["gaps", place, "--lang", "ja"])
    said = capsys.readouterr().err
    assert (
        "プロファイルが規則に合うかは、ここでは確かめていない（kijun check で確かめられる）。"
        in said
    )
    assert "注意すべき点" not in said


def test_who_converts_a_profile_hears_of_what_is_missing_before_it_is_written_as_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path / "p", 利用=[{"利用機関": "財務省", "システム": "P1"}])
    (Path(place) / "分担.csv").unlink()
    assert main(["profile", "convert", place, str(tmp_path / "p.xlsx"), "--lang", "ja"]) == 0
    said = f"{place}/allocations.csv: 「分担」の表がないので、空として読んだ"
    assert said in capsys.readouterr().err
