"""Workbooks that people or attackers may give: what is none, and sheets and headers amiss."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from bad_profiles import ALLOCATION, HEADER, altered, book, only, said
from kijun.errors import BadInput
from kijun.profile_files import read


def test_a_pdf_by_another_name(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    place.write_bytes(b"%PDF-1.7")
    with pytest.raises(BadInput, match=r"p\.xlsx: no workbook at all; give an \.xlsx file"):
        read(place)


def test_an_old_workbook_renamed(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    place.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000))
    with pytest.raises(BadInput, match=r"old format; save it as \.xlsx"):
        read(place)


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    place.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + name + bytes(1000))
    with pytest.raises(BadInput, match="encrypted; save it without a password"):
        read(place)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"")
    with pytest.raises(BadInput, match="no workbook at all"):
        read(tmp_path / "p.xlsx")


def test_a_cut_workbook(tmp_path: Path) -> None:
    place = book(tmp_path, HEADER, ALLOCATION)
    place.write_bytes(place.read_bytes()[:-200])
    with pytest.raises(BadInput, match=r"no sound workbook \(.*\); open it in Excel and save it"):
        read(place)


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(BadInput, match=r"p\.xlsx: no"):
        read(tmp_path / "p.xlsx")


def test_entities_in_a_workbook(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><worksheet '
    place = book(tmp_path, HEADER, ALLOCATION)
    altered(place, "xl/worksheets/sheet1.xml", b"<worksheet ", bomb)
    with pytest.raises(BadInput, match="declares entities, as no workbook does"):
        read(place)


def test_a_zip_bomb(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w", 8) as archive:
        for number in range(4):
            archive.writestr(f"xl/{number}.xml", b" " * 30_000_000)
    assert (tmp_path / "p.xlsx").stat().st_size < 200_000
    with pytest.raises(BadInput, match="unpacks to more than a profile can hold"):
        read(tmp_path / "p.xlsx")


def test_a_zip_of_ten_thousand_parts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}", b"")
    with pytest.raises(BadInput, match="unpacks to more"):
        read(tmp_path / "p.xlsx")


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    place = book(tmp_path, HEADER, ALLOCATION)
    data = bytearray(place.read_bytes())
    # The directory's sizes: 24 bytes after each signature.
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (5).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    place.write_bytes(data)
    with pytest.raises(BadInput, match="no sound workbook"):
        read(place)


def many_rows(count: int) -> bytes:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>P1</t></is></c></row>'
    rows = "".join(row.format(number) for number in range(1, count + 1))
    return f"<sheetData>{rows}</sheetData>".encode()


def test_two_hundred_thousand_rows(tmp_path: Path) -> None:
    place = book(tmp_path)
    altered(place, "xl/worksheets/sheet1.xml", b"<sheetData></sheetData>", many_rows(200_000))
    with pytest.raises(BadInput, match="sheet 分担, row 20001: more than 20000 rows"):
        read(place)


# Sheets and headers


def test_no_sheet_of_a_profile(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none of its sheets is a table of a profile; they are 表紙"):
        read(book(tmp_path, HEADER, ALLOCATION, sheet="Sheet1"))


def test_a_misspelt_sheet_and_a_strange_one(tmp_path: Path) -> None:
    def more(page: object) -> None:
        page.parent.create_sheet("分但").append(HEADER)  # type: ignore[attr-defined]
        page.parent.create_sheet("メモ").append(["あ"])  # type: ignore[attr-defined]

    reading = read(book(tmp_path, ("記号", "名称", "区分"), sheet="システム", more=more))
    assert said(reading) == [
        ("misspelt-sheet", "分但", None, ""),
        ("unknown-sheet", "メモ", None, ""),
    ]
    assert [f.severity for f in reading.findings] == ["error", "warning"]
    assert (
        reading.findings[0].sentence()
        == "「分但」という表はない。読んでいない（「分担」ではないか）"
    )


def test_the_same_sheet_in_two_languages(tmp_path: Path) -> None:
    def more(page: object) -> None:
        page.parent.create_sheet("allocations").append(HEADER)  # type: ignore[attr-defined]

    found = only(read(book(tmp_path, HEADER, ALLOCATION, more=more)))
    assert (found.kind, found.place.sheet) == ("double-sheet", "allocations")


def test_a_misspelt_and_a_strange_header(tmp_path: Path) -> None:
    header = ("基盤", "事項", "機関", "状態", "証処", "担当者メモ")
    reading = read(book(tmp_path, header, (*ALLOCATION, "議事録", "あ")))
    assert said(reading) == [
        ("misspelt-column", "分担", 1, "証処"),
        ("unknown-column", "分担", 1, "担当者メモ"),
    ]
    assert reading.findings[0].sentence("en").endswith('did you mean "証拠"?')
    assert [f.severity for f in reading.findings] == ["error", "warning"]


def test_a_missing_column(tmp_path: Path) -> None:
    found = only(read(book(tmp_path, HEADER[:3], ALLOCATION[:3])))
    assert found.sentence("en") == 'the column "状態" is missing; add it to the header row'
    assert str(found.place).endswith("p.xlsx, sheet 分担, row 1, column 状態")


def test_a_column_twice(tmp_path: Path) -> None:
    found = only(read(book(tmp_path, (*HEADER, "state"), (*ALLOCATION, "責任"))))
    assert (found.kind, found.place.column) == ("double-column", "state")


def test_no_header(tmp_path: Path) -> None:
    found = only(read(book(tmp_path, ALLOCATION, ALLOCATION)))
    assert (found.kind, found.severity) == ("no-header", "error")


def test_a_title_above_the_header(tmp_path: Path) -> None:
    reading = read(book(tmp_path, ["境界の分担"], HEADER, ALLOCATION))
    assert said(reading) == [("above-header", "分担", 2, "")]
    assert reading.profile.table("allocations")[0].place.row == 3


def test_a_note_above_the_header_is_for_people(tmp_path: Path) -> None:
    assert not read(book(tmp_path, ["※ 取扱注意"], HEADER, ALLOCATION)).findings


def test_headers_in_english_and_full_width(tmp_path: Path) -> None:
    reading = read(book(tmp_path, ("Platform", "concern ", "ＰＡＲＴＹ", "状態＊"), ALLOCATION))
    assert not reading.findings
    assert dict(reading.profile.table("allocations")[0].cells) == {
        "platform": "P1",
        "concern": "責任分界",
        "party": "架空省",
        "state": "provided",
    }


def test_merged_cells(tmp_path: Path) -> None:
    def more(page: object) -> None:
        page.merge_cells("A2:A3")  # type: ignore[attr-defined]

    found = only(read(book(tmp_path, HEADER, ALLOCATION, ALLOCATION, more=more)))
    assert found.sentence("en").startswith("the cells A2:A3 are merged and only the first")
    assert (found.severity, found.place.row) == ("error", 2)


def test_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    def more(page: object) -> None:
        page.row_dimensions[3].hidden = True  # type: ignore[attr-defined]
        page.column_dimensions["C"].hidden = True  # type: ignore[attr-defined]
        page.sheet_state = "hidden"  # type: ignore[attr-defined]
        page.parent.create_sheet("説明")  # type: ignore[attr-defined]
        page.parent.active = 1  # type: ignore[attr-defined]

    reading = read(book(tmp_path, HEADER, ALLOCATION, ALLOCATION, more=more))
    assert said(reading) == [
        ("hidden-sheet", "分担", None, ""),
        ("hidden-rows", "分担", 3, ""),
        ("hidden-columns", "分担", None, "C"),
    ]
    assert {f.severity for f in reading.findings} == {"warning"}
    assert len(reading.profile.table("allocations")) == 2
