"""Cells that cannot be trusted, and what is cleaned because nobody means it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bad_profiles import altered, book, only, value_of
from kijun.profile import Reading
from kijun.profile_files import read
from kijun.profile_schema import BY_KEY


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
