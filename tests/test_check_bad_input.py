"""What a person or an attacker may put into a profile, through the whole of ``kijun check``.

The readers' own tests say exactly what is read of each bad file; here a filled workbook is spoilt
in one place, and the command has to say so there, keep nothing of it, and show no traceback.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from kijun.cli import main

pytest.importorskip("pyshacl")

Change = Callable[[Workbook], None]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The example in which nothing is wrong, as a workbook."""
    place = tmp_path_factory.mktemp("clean") / "clean.xlsx"
    assert main(["profile", "new", "--example", "clean", "-o", str(place)]) == 0
    assert main(["check", str(place)]) == 0
    return place.read_bytes()


@pytest.fixture(autouse=True)
def _quick_and_forgetful(clean: bytes) -> Iterator[None]:
    """Each bad file is told within seconds of work, and nothing of it is kept."""
    before = _kept()
    start = time.process_time()
    yield
    assert time.process_time() - start < 6, "made, read and checked; 2 s are for the check alone"
    assert _kept() == before


def _kept() -> dict[Path, int]:
    homes = [Path(os.environ[name]) for name in ("KIJUN_CACHE", "KIJUN_DATA")]
    files = (path for home in homes for path in home.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files if "LOCK" not in path.name.upper()}


def spoilt(clean: bytes, folder: Path, change: Change) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(clean))
    change(book)
    place = folder / "spoilt.xlsx"
    book.save(place)
    return place


def cell(sheet: str, at: str, value: object, form: str | None = None) -> Change:
    """Return the change that writes something into one cell."""

    def change(book: Workbook) -> None:
        book[sheet][at] = value
        if form is not None:
            book[sheet][at].number_format = form

    return change


def both(*changes: Change) -> Change:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def row(sheet: str, *values: object) -> Change:
    """Return the change that adds a row below those that are filled."""

    def change(book: Workbook) -> None:
        page = book[sheet]
        last = max(number for number, (first, *_) in _rows(page) if first is not None)
        for place, value in enumerate(values, 1):
            page.cell(last + 1, place).value = value

    return change


def _rows(page):  # type: ignore[no-untyped-def]
    return enumerate(page.iter_rows(values_only=True), 1)


CASES: dict[str, tuple[Change, str, str, str]] = {
    "a formula": (cell("分担", "C2", "=CONCAT(A1)"), "formula", "分担", "機関"),
    "an error of Excel": (cell("分担", "C2", "#REF!"), "cell-error", "分担", "機関"),
    "3.1 that was 3.10": (cell("システム", "A3", 3.1), "number-as-text", "システム", "記号"),
    "a date that is none": (cell("分担", "H2", "2017-02-30"), "bad-date", "分担", "日付"),
    "a date by number": (cell("分担", "H2", 42000, "General"), "number-as-date", "分担", "日付"),
    "a day of no era": (cell("分担", "H2", "平成0年1月1日"), "bad-date", "分担", "日付"),
    "a mark that Excel made a date": (
        cell("システム", "A3", datetime.date(2017, 1, 2)),
        "date-as-text",
        "システム",
        "記号",
    ),
    "a mark of nothing": (cell("利用", "B2", "P9"), "dangling-mark", "利用", "システム"),
    "zero-width space": (
        cell("利用", "A2", "例示\u200b省"),
        "hidden-characters",
        "利用",
        "利用機関",
    ),
    "bidi control": (cell("利用", "A2", "例示省\u202e"), "hidden-characters", "利用", "利用機関"),
    "decomposed": (
        cell("システム", "B2", "共通業務基盤か\u3099"),
        "decomposed",
        "システム",
        "名称",
    ),
    "full width beside half": (
        both(row("利用", "ＮＩＣＴ", "P1"), row("利用", "NICT", "S1")),
        "two-spellings",
        "利用",
        "利用機関",
    ),
    "an unknown body": (cell("利用", "A2", "例示賞"), "unknown-name", "利用", "利用機関"),
    "a class for a body": (cell("利用", "A2", "府省庁"), "not-a-body", "利用", "利用機関"),
    "an unknown choice": (cell("分担", "D2", "済"), "unknown-choice", "分担", "状態"),
    "an unknown norm": (row("自己点検", "例示省", "6(9)-9z"), "unknown-norm", "自己点検", "規範"),
    "an unknown concern": (cell("分担", "B2", "責任分解点"), "unknown-concern", "分担", "事項"),
    "a mark twice": (cell("システム", "A4", "S1"), "duplicate-mark", "システム", "記号"),
    "an empty required cell": (cell("システム", "C2", None), "missing-cell", "システム", "区分"),
    "no marking": (cell("表紙", "D2", None), "missing-cell", "表紙", "取扱い"),
    "two title rows": (row("表紙", "もう一つ", "架空省", None, "公開"), "about-rows", "表紙", ""),
    "cyclic supervision": (
        both(cell("機関", "D2", "例示省"), cell("機関", "D3", "架空省")),
        "own-supervisor",
        "機関",
        "",
    ),
    "connected to itself": (row("連携", "P1", "P1"), "own-connection", "連携", ""),
    "a platform without operator": (
        cell("システム", "D2", None),
        "no-operator",
        "システム",
        "整備・運用管理機関",
    ),
    "a number of 12 digits": (cell("機関", "E2", "123456789012"), "bad-number", "機関", "法人番号"),
    "a wrong check digit": (cell("機関", "E2", "1234567890123"), "check-digit", "機関", "法人番号"),
    "another body's number": (
        cell("機関", "E2", "2000012020001"),
        "known-number",
        "機関",
        "法人番号",
    ),
    "a body of the registers": (cell("機関", "A4", "総務省"), "known-body", "機関", ""),
    "two classes": (row("機関", "架空省", None, "指定法人"), "contradiction", "機関", ""),
    "a contact to oneself": (row("連絡先", "架空省", "架空省"), "own-contact", "連絡先", "連絡先"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_spoilt_cell_is_told_with_its_place(
    case: str, clean: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, kind, sheet, column = CASES[case]
    place = spoilt(clean, tmp_path, change)
    assert main(["check", str(place), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    told = [
        one
        for one in json.loads(out)
        if (one["kind"], one["sheet"], one["column"] or "") == (kind, sheet, column)
    ]
    assert told, out
    assert told[0]["file"] == str(place)
    assert told[0]["message"]
    assert told[0]["mend"]
    assert "Traceback" not in err


def _merged(book: Workbook) -> None:
    book["利用"].merge_cells("A2:A3")


def _hidden(book: Workbook) -> None:
    book["利用"].row_dimensions[2].hidden = True


def _misspelt(book: Workbook) -> None:
    book["連携"].title = "連係"


def _headless(book: Workbook) -> None:
    book["連携"].delete_rows(1)


def _columnless(book: Workbook) -> None:
    book["連携"].delete_cols(2)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_merged, "merged-cells"),
        (_hidden, "hidden-rows"),
        (_misspelt, "misspelt-sheet"),
        (_headless, "no-header"),
        (_columnless, "missing-column"),
    ],
)
def test_a_spoilt_sheet_is_told(
    change: Change, kind: str, clean: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = spoilt(clean, tmp_path, change)
    assert main(["check", str(place), "--format", "json"]) == 1
    kinds = [one["kind"] for one in json.loads(capsys.readouterr().out)]
    assert kinds.count(kind) == 1
    assert "missing-cell" not in kinds or kind == "merged-cells"


def _bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b" " * 300_000_000)
    return data.getvalue()


UNREADABLE: dict[str, tuple[str, bytes]] = {
    "an old workbook renamed": ("p.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a PDF by another name": ("p.xlsx", b"%PDF-1.4\n"),
    "an empty file": ("p.xlsx", b""),
    "a cut zip": ("p.xlsx", b"PK\x03\x04" + bytes(40)),
    "no Turtle": ("p.ttl", b"<urn:a> <urn:b> ."),
    "a remote context": ("p.jsonld", b'{"@context": "https://example.org/c.jsonld", "a": 1}'),
    "a DOCTYPE": ("p.rdf", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "an ending of another kind": ("p.docx", b"PK"),
    "RDF of something else": ("p.ttl", b"<urn:a> <urn:b> <urn:c> ."),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_line_and_status_two(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, data = UNREADABLE[case]
    place = tmp_path / name
    place.write_bytes(data)
    assert main(["check", str(place)]) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert line.startswith(f"kijun: {place}")
    assert "fault in kijun" not in line


def test_a_zip_bomb_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "bomb.xlsx"
    place.write_bytes(_bomb())
    assert main(["check", str(place)]) == 2
    assert str(place) in capsys.readouterr().err


def test_csv_of_the_office_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "表紙.csv").write_bytes(
        "名称,作成機関,取扱い\r\n①の票,総務賞,公開\r\n".encode("cp932")
    )
    assert main(["check", str(tmp_path), "--format", "json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["kind"], one["row"], one["file"]) == (
        "unknown-name",
        2,
        f"{tmp_path}/表紙.csv",
    )


def test_ten_thousand_unknown_names_are_all_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "表紙.csv").write_text("名称,作成機関,取扱い\n例,総務省,公開\n", encoding="utf-8")
    (tmp_path / "システム.csv").write_text("記号,名称,区分,管理機関\nS1,甲,単独,総務省\n", "utf-8")
    rows = "".join(f"無名{n},S1\n" for n in range(10_000))
    (tmp_path / "利用.csv").write_text(f"利用機関,システム\n{rows}", encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["row"] for one in found if one["kind"] == "unknown-name"] == list(range(2, 10_002))
