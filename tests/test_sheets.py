"""The reader of workbooks sees what openpyxl sees, and what openpyxl does not tell."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kijun.profile_files import write
from kijun.profiling import example
from kijun.sheets import Cell, Sheet, column_number, letters, read_sheets


def sheets(place: Path) -> tuple[Sheet, ...]:
    return read_sheets(place, place.name, lambda name: name != "読まない")


def by_openpyxl(place: Path) -> dict[tuple[str, int, int], str]:
    found = {}
    for sheet in load_workbook(place):
        for row in sheet:
            for cell in row:
                value = cell.value
                if value not in (None, ""):
                    day = isinstance(value, datetime.date)
                    text = value.isoformat()[:10] if day else str(value)
                    found[sheet.title, cell.row, cell.column] = text
    return found


def by_ours(place: Path) -> dict[tuple[str, int, int], str]:
    return {
        (sheet.name, row.number, cell.column): cell.text
        for sheet in sheets(place)
        for row in sheet.rows
        for cell in row.cells
    }


@pytest.mark.parametrize("name", ["shared-platform", "clean"])
def test_it_reads_what_openpyxl_reads(name: str, tmp_path: Path) -> None:
    write(example(name), tmp_path / "p.xlsx")
    ours = by_ours(tmp_path / "p.xlsx")
    assert len(ours) > 200
    assert ours == by_openpyxl(tmp_path / "p.xlsx")


def test_every_kind_of_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["文字", 3, 3.5, True, datetime.date(2016, 10, 12), "=1+1", "#N/A"])
    sheet["H1"] = 0.25
    sheet["H1"].number_format = "0%"
    book.save(tmp_path / "p.xlsx")
    ((row,),) = [sheet.rows for sheet in sheets(tmp_path / "p.xlsx")]
    assert row.cells == (
        Cell(1, "text", "文字"),
        Cell(2, "number", "3"),
        Cell(3, "number", "3.5"),
        Cell(4, "truth", "1"),
        Cell(5, "date", "2016-10-12"),
        Cell(6, "formula", ""),
        Cell(7, "error", "#N/A"),
        Cell(8, "number", "0.25", "number 9"),
    )


@pytest.mark.parametrize(
    "form", ["yyyy-mm-dd", "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"', 'm"月"d"日"', "d-mmm-yy"]
)
def test_formats_of_days(form: str, tmp_path: Path) -> None:
    assert kind_shown_as(form, tmp_path) == ("date", "2016-10-12")


@pytest.mark.parametrize("form", ["General", "0.00", '"年"0', "#,##0", "[Red]0", '0"d"', r"0\d"])
def test_formats_of_numbers(form: str, tmp_path: Path) -> None:
    assert kind_shown_as(form, tmp_path) == ("number", "42655")


def kind_shown_as(form: str, folder: Path) -> tuple[str, str]:
    book = Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.number_format = 42655, form
    book.save(folder / "p.xlsx")
    ((row,),) = [sheet.rows for sheet in sheets(folder / "p.xlsx")]
    return row.cells[0].kind, row.cells[0].text


@pytest.mark.parametrize(
    ("serial", "day"), [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01")]
)
def test_the_day_that_never_was(serial: int, day: str, tmp_path: Path) -> None:
    book = Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.number_format = serial, "yyyy-mm-dd"
    book.save(tmp_path / "p.xlsx")
    assert sheets(tmp_path / "p.xlsx")[0].rows[0].cells[0].text == day


def test_a_sheet_that_is_not_wanted_is_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["a"])
    book.create_sheet("読まない").append(["b"])
    book.save(tmp_path / "p.xlsx")
    assert [len(sheet.rows) for sheet in sheets(tmp_path / "p.xlsx")] == [1, 0]


def test_letters_of_columns() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(f"{letters(n)}7") == n for n in range(1, 1000))
