"""Whatever a person or an attacker puts into a profile: an error or a finding with its place."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kijun.errors import BadInput
from kijun.profile import Finding, Reading
from kijun.profile_files import read
from kijun.profile_schema import BY_KEY

ALLOCATION = ("P1", "責任分界", "架空省", "提供")
HEADER = ("基盤", "事項", "機関", "状態")
NS = "https://w3id.org/kijun/ns#"


def book(folder: Path, *rows: Sequence[object], sheet: str = "分担", more: object = None) -> Path:
    """A workbook of one sheet; ``more`` changes it before it is saved."""
    made = Workbook()
    page = made.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(row)
    if callable(more):
        more(page)
    place = folder / "p.xlsx"
    made.save(place)
    return place


def said(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(f.kind, f.place.sheet, f.place.row, f.place.column) for f in reading.findings]


def only(reading: Reading) -> Finding:
    (finding,) = reading.findings
    return finding


# Workbooks that are none


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


def altered(place: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace something in one part of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(place) as source, zipfile.ZipFile(made, "w", 8) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    place.write_bytes(made.getvalue())
    return place


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


# Cells


def cell(folder: Path, value: object, column: str, form: str | None = None) -> Reading:
    """Read one value in one column of the allocations, documents or evidence."""
    table = next(t for t in BY_KEY.values() if any(c.key == column for c in t.columns))
    header = [c.ja for c in table.columns]
    at = [c.key for c in table.columns].index(column) + 1

    def more(page: object) -> None:
        one = page.cell(2, at)  # type: ignore[attr-defined]
        one.value = value
        if form:
            one.number_format = form

    reading = read(book(folder, header, sheet=table.ja, more=more))
    errors = [f for f in reading.findings if f.severity == "error" and f.kind != "missing-column"]
    for finding in errors:
        assert finding.place.row == 2
        assert finding.place.column == table.column(column).ja
    return reading


def value_of(reading: Reading, column: str) -> str:
    ((row,),) = [rows for rows in reading.profile.rows.values() if rows]
    return row.get(column)


@pytest.mark.parametrize("written", ["=1+1", "=HYPERLINK(A1)"])
def test_a_formula_is_not_read(tmp_path: Path, written: str) -> None:
    reading = cell(tmp_path, written, "norm")
    assert only(reading).kind == "formula"
    assert value_of(reading, "norm") == ""


@pytest.mark.parametrize(
    ("value", "form", "column", "kind"),
    [
        (3.1, None, "norm", "number-as-text"),
        (3.1, None, "id", "number-as-text"),
        (3, '"P"0', "id", "shown-otherwise"),
        (3, "000", "platform", "shown-otherwise"),
        (datetime.date(2016, 1, 2), None, "id", "date-as-text"),
        (True, None, "owner", "truth-as-text"),
        (42655, None, "date", "number-as-date"),
        ("10/12/2016", None, "date", "bad-date"),
        ("平成○年○月○日", None, "date", "bad-date"),
        ("2016-02-30", None, "date", "bad-date"),
        ("平成32年1月1日", None, "date", "bad-date"),
        ("#N/A", None, "owner", "cell-error"),
    ],
)
def test_a_cell_that_cannot_be_trusted_is_left_out(
    tmp_path: Path, value: object, form: str | None, column: str, kind: str
) -> None:
    reading = cell(tmp_path, value, column, form)
    found = only(reading)
    assert (found.kind, found.severity) == (kind, "error")
    assert value_of(reading, column) == ""


@pytest.mark.parametrize(
    ("value", "form", "column", "wanted"),
    [
        (" 　P1\u3000\n", None, "id", "P1"),
        ("Ｐ１", None, "id", "P1"),
        ("ｼｽﾃﾑ", None, "id", "システム"),
        ("第①号", None, "id", "第①号"),
        (3, None, "id", "3"),
        ("６（４）－２ａ", None, "norm", "6(4)-2a"),
        ("3(1)①‐1a", None, "norm", "3(1)①-1a"),
        (7000012020001, "0", "number", "7000012020001"),
        ("７０００-０１２０-２０００１", None, "number", "7000-0120-20001"),
        (datetime.date(2016, 10, 12), None, "date", "2016-10-12"),
        (datetime.datetime(2016, 10, 12, 9, 30), None, "date", "2016-10-12"),  # noqa: DTZ001
        ("平成28年10月12日", None, "date", "2016-10-12"),
        ("H28.10.12", None, "date", "2016-10-12"),
        ("平成二十八年十月十二日（水）", None, "date", "2016-10-12"),
        ("2016/10/12", None, "date", "2016-10-12"),
        (True, None, "lead", "yes"),
        ("はい", None, "lead", "yes"),
        ("一部達成", None, "status", "partly"),
        ("Partly Met", None, "status", "partly"),
        ("きっと", None, "status", "きっと"),
        ("ﾃｽﾄ名", None, "owner", "ﾃｽﾄ名"),
        ("_x000D_ではない", None, "owner", "ではない"),
        ("１", None, "owner", "１"),
    ],
)
def test_what_nobody_means_is_cleaned_in_silence(
    tmp_path: Path, value: object, form: str | None, column: str, wanted: str
) -> None:
    reading = cell(tmp_path, value, column, form)
    assert not reading.findings
    assert value_of(reading, column) == wanted


def test_era_formats_of_japanese_excel_are_dates(tmp_path: Path) -> None:
    """Excel numbers them 27 to 36 and 50 to 58, and writes no code for them into the file."""
    place = tmp_path / "p.xlsx"
    cell(tmp_path, 42655, "date", "0")
    altered(place, "xl/styles.xml", b'numFmtId="1" ', b'numFmtId="28" ')
    reading = read(place)
    assert not reading.findings
    assert value_of(reading, "date") == "2016-10-12"


def test_the_calendar_of_old_macs(tmp_path: Path) -> None:
    place = tmp_path / "p.xlsx"
    cell(tmp_path, datetime.date(2016, 10, 12), "date")
    altered(place, "xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1" />')
    assert value_of(read(place), "date") == "2020-10-13"


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("架空\u200b省", "hidden-characters", "架空省"),
        ("\u202e架空省", "hidden-characters", "架空省"),
        ("架\x07空省", "hidden-characters", "架空省"),
        ("\ufeff架空省", "hidden-characters", "架空省"),
        ("サイハ\u3099ー庁", "decomposed", "サイバー庁"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_told(
    tmp_path: Path, text: str, kind: str, wanted: str
) -> None:
    place = tmp_path / "uses.csv"
    place.write_text(f"利用機関,システム\n{text},P1\n", encoding="utf-8")
    reading = read(place)
    found = only(reading)
    assert (found.kind, found.severity, found.place.row) == (kind, "warning", 2)
    assert value_of(reading, "body") == wanted


def test_kanji_of_an_old_shape_stay_as_they_are(tmp_path: Path) -> None:
    place = tmp_path / "uses.csv"
    place.write_text("利用機関,システム\n\ufa19戸庁,P1\n", encoding="utf-8")
    reading = read(place)
    assert not reading.findings
    assert value_of(reading, "body") == "\ufa19戸庁"


# CSV


def csv_file(folder: Path, data: bytes, name: str = "uses.csv") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    place = csv_file(tmp_path, "利用機関,システム\r\n㈱架空①髙,P1\r\n".encode(encoding))
    reading = read(place)
    assert not reading.findings
    assert value_of(reading, "body") == "㈱架空①髙"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (codecs.BOM_UTF16_LE + "機関".encode("utf-16-le"), "encoded in UTF-16; save it as CSV"),
        ("利用機関,システム\n".encode() + b"ok,\xfd\x80", "line 2: neither UTF-8 nor cp932"),
        ("機関\tシステム\n架空省\tP1\n".encode(), "not apart by commas"),
        ("機関;システム\n".encode(), "not apart by commas"),
    ],
)
def test_csv_that_is_none(tmp_path: Path, data: bytes, error: str) -> None:
    with pytest.raises(BadInput, match=error):
        read(csv_file(tmp_path, data))


@pytest.mark.parametrize("name", ["架空、例示連合会", "架空；例示", "架空\n連合会", "、"])
def test_a_name_that_would_be_taken_for_several(tmp_path: Path, name: str) -> None:
    data = f'名称,類型\n"{name}",府省庁\n'.encode()
    found = only(read(csv_file(tmp_path, data, "bodies.csv")))
    assert (found.kind, found.severity) == ("separator-in-name", "error")
    assert (found.place.row, found.place.column) == (2, "名称")


def test_csv_with_an_open_quote(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, '利用機関,システム\n"架空省,P1\n'.encode())).findings
    assert [(f.kind, f.place.row) for f in found] == [("bad-csv", 2)]


def test_csv_with_a_cell_too_many(tmp_path: Path) -> None:
    found = only(read(csv_file(tmp_path, "利用機関,システム\n架空省,P1,あ\n".encode())))
    assert (found.kind, found.severity, found.place.row) == ("extra-cells", "error", 2)


def test_csv_of_many_rows(tmp_path: Path) -> None:
    data = "利用機関,システム\n".encode() + "架空省,P1\n".encode() * 200_000
    with pytest.raises(BadInput, match="row 20001: more than 20000 rows"):
        read(csv_file(tmp_path, data))


def test_csv_with_a_very_long_cell(tmp_path: Path) -> None:
    data = f"利用機関,システム\n{'架' * 40_000},P1\n".encode()
    found = only(read(csv_file(tmp_path, data)))
    assert (found.kind, found.place.column) == ("too-long", "利用機関")


def test_a_folder_without_a_table_and_one_with_strange_files(tmp_path: Path) -> None:
    with pytest.raises(
        BadInput, match=r"no CSV file of a profile here; they are called about\.csv"
    ):
        read(tmp_path)
    csv_file(tmp_path, "利用機関,システム\n".encode())
    csv_file(tmp_path, b"a,b\n", "システメ.csv")
    csv_file(tmp_path, b"a,b\n", "memo.csv")
    csv_file(tmp_path, b"a,b\n", "notes.txt")
    found = read(tmp_path).findings
    assert [f.kind for f in found] == ["unknown-sheet", "misspelt-sheet"]


def test_a_device_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "uses.csv")
    for place in (tmp_path, tmp_path / "uses.csv"):
        with pytest.raises(BadInput, match=r"no (ordinary )?file"):
            read(place)


def test_a_text_like_a_formula_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = [["文書", "x"], ["'=1+1", "D1"], ["''@a", "D2"], ["'普通", "D3"]]
    text = io.StringIO()
    csv.writer(text).writerows(
        [["相手機関", "文書", "種別"], *[[a, b, "合意"] for a, b in rows[1:]]]
    )
    found = read(csv_file(tmp_path, text.getvalue().encode(), "agreements.csv")).profile
    assert [row.get("body") for row in found.table("agreements")] == ["=1+1", "'@a", "'普通"]


# RDF


def rdf(folder: Path, text: str, name: str = "p.ttl") -> Reading:
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name)


HEAD = f"@prefix kijun: <{NS}> .\n@prefix : <urn:x:> .\n"


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("p.ttl", HEAD + ":a kijun:mark ", "no sound RDF"),
        ("p.ttl", f"<a> a <{NS}InformationSystem> .", "write whole IRIs"),
        ("p.ttl", "<urn:x> <urn:y> <urn:z> .", "nothing of a profile in this file"),
        ("p.ttl", "<urn:a> <urn:b> " + "[ <urn:b> " * 50_000, "no sound RDF"),
        ("p.ttl", "<urn:a> <urn:b> " + "(" * 50_000, "no sound RDF"),
        ("p.rdf", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r/>', "has a DOCTYPE"),
        ("p.rdf", "<a", "no sound RDF"),
        ("p.jsonld", '{"@context": "https://example.org/c.jsonld"}', "would have to be fetched"),
        ("p.jsonld", '{"@context": [{"a": "urn:a"}, "x"], "a": 1}', "would have to be fetched"),
        ("p.jsonld", '{"@context": {"@import": "https://example.org/c"}}', "have to be fetched"),
        (
            "p.jsonld",
            '{"@context": {"a": {"@id": "urn:a", "@context": "https://e.org/c"}}, "a": {}}',
            "would have to be fetched",
        ),
        ("p.jsonld", "[" * 100_000, "nested too deeply"),
        ("p.jsonld", '{"urn:a":' * 60 + "1" + "}" * 60, "nested too deeply"),
        ("p.jsonld", '{"urn:a":' * 50_000 + "1" + "}" * 50_000, "nested too deeply"),
        ("p.jsonld", "{", "no sound JSON"),
        ("p.jsonld", '{"urn:a": 1, "urn:b": 2, "urn:a": 3}', 'key "urn:a" comes twice'),
        ("p.json", '"\\ud800"', "nothing of a profile|no sound"),
        ("p.jsonld", "\xff", "no sound"),
    ],
)
def test_rdf_that_cannot_be_read(tmp_path: Path, name: str, text: str, error: str) -> None:
    with pytest.raises(BadInput, match=error):
        rdf(tmp_path, text, name)


def test_rdf_xml_in_utf_16_hides_no_doctype(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE r><r/>'
    (tmp_path / "p.rdf").write_bytes(text.encode("utf-16"))
    with pytest.raises(BadInput, match="encoded in UTF-16; save it as UTF-8"):
        read(tmp_path / "p.rdf")


def test_many_statements(tmp_path: Path) -> None:
    text = "".join(f"<urn:{n}> <urn:b> <urn:c> .\n" for n in range(200_001))
    with pytest.raises(BadInput, match="more than 200000 statements"):
        rdf(tmp_path, text, "p.nt")


@pytest.mark.parametrize(
    ("text", "kind", "column"),
    [
        (":a a kijun:InformationSystem ; kijun:mark 3.10 .", "number-as-text", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:mark 3.0 .", "shown-otherwise", "kijun:mark"),
        (':a a kijun:InformationSystem ; kijun:mark "A", "B" .', "several-values", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:mark :b .", "bad-value", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:nmae 'a' .", "misspelt-property", ""),
        (":a a kijun:InformationSystem ; :colour 'a' .", "unknown-property", ""),
        (":a a kijun:InformationSystem . :b a kijun:InformationSystme .", "misspelt-class", ""),
        (":a a kijun:InformationSystem . :b a :Cat .", "unknown-class", ""),
        (":a a kijun:InformationSystem . :b kijun:declaredAs 'own' .", "untyped-node", ""),
        (":a a kijun:Profile ; kijun:writtenOn 'soon' .", "bad-date", "kijun:writtenOn"),
        (":a a kijun:SystemLayer ; kijun:layerManagedBy [] .", "bad-value", "kijun:layerManagedBy"),
    ],
)
def test_rdf_that_says_what_cannot_be_read(
    tmp_path: Path, text: str, kind: str, column: str
) -> None:
    found = only(rdf(tmp_path, HEAD + text))
    assert (found.kind, found.place.column) == (kind, column)
    assert found.place.node.startswith("urn:x:")


def test_rdf_as_people_write_it(tmp_path: Path) -> None:
    reading = rdf(
        tmp_path,
        HEAD
        + """
        @prefix body: <https://w3id.org/kijun/id/body/> .
        @prefix norm: <https://w3id.org/kijun/id/norm/> .
        :own a kijun:ExtraBody ; kijun:name "架空省"@ja, "Ministry of Fiction"@en ;
            kijun:operates :P .
        body:2000012020001 kijun:uses :P .
        :P a kijun:InformationSystem ; kijun:mark "P1" ; kijun:declaredAs kijun:declaredShared .
        :Q a kijun:InformationSystem ; kijun:connectedTo :P ; kijun:declaredAs "単独" .
        [] a kijun:Allocation ; kijun:atPlatform :P ; kijun:ofParty :own, "例示省" ;
            kijun:ofConcern kijun:operatingStructure ; kijun:inState kijun:provided .
        [] a kijun:Evidence ; kijun:ofParty "総務省" ; kijun:ofNorm norm:3-1-1-1a .
        """,
    )
    assert [f.kind for f in reading.findings] == ["several-values"]
    rows = {key: [dict(r.cells) for r in rows] for key, rows in reading.profile.rows.items()}
    assert rows["bodies"] == [{"name": "架空省"}]
    assert rows["systems"] == [
        {"id": "P1", "declared": "shared", "operator": "架空省"},
        {"id": "urn:x:Q", "declared": "own"},
    ]
    assert rows["uses"] == [{"body": "id:body/2000012020001", "system": "P1"}]
    assert rows["connections"] == [{"system": "urn:x:Q", "platform": "P1"}]
    assert rows["allocations"] == [
        {"platform": "P1", "concern": "operatingStructure", "state": "provided"}
    ]
    assert rows["evidence"] == [{"body": "総務省", "norm": "3(1)①-1a"}]


def test_the_bundled_context_by_its_address(tmp_path: Path) -> None:
    text = {
        "@context": "https://w3id.org/kijun/context.jsonld",
        "@id": "urn:x:P",
        "@type": "InformationSystem",
        "mark": "P1",
        "declaredAs": "declaredShared",
    }
    reading = rdf(tmp_path, json.dumps(text), "p.jsonld")
    assert not reading.findings
    ((row,),) = [rows for rows in reading.profile.rows.values() if rows]
    assert dict(row.cells) == {"id": "P1", "declared": "shared"}


# What is written


def test_no_cell_of_a_written_workbook_is_a_formula(tmp_path: Path) -> None:
    from kijun.profile_files import write

    risky = ["=1+1", "＝1", "+1", "-1", "@A1", "=cmd|' /C calc'!A0", "_x0041_"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["名称", "持ち方", "備考"])
    writer.writerows([[f"'{one}", "一者", f"'{one}"] for one in risky])
    profile = read(csv_file(tmp_path, text.getvalue().encode(), "concerns.csv")).profile
    write(profile, tmp_path / "w.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "w.xlsx")["追加事項"] for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [row.get("name") for row in read(tmp_path / "w.xlsx").profile.table("concerns")] == [
        row.get("name") for row in profile.table("concerns")
    ]
    write(profile, tmp_path / "folder")
    raw = (tmp_path / "folder" / "concerns.csv").read_text(encoding="utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
    assert not [cell for cell in found if cell[:1] in ("=", "＝", "+", "-", "@")]
