"""CSV that people may give: encodings, quotes, too many cells or rows, strange files; formulas."""

from __future__ import annotations

import codecs
import csv
import io
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bad_profiles import csv_file, only, value_of
from kijun.errors import BadInput
from kijun.profile_files import read


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
