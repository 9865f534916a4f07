"""Workbooks that LibreOffice filled in and saved load as they were meant."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import made_profiles
from kijun.profile_files import read, write
from kijun.profiling import example

TYPING = Path(__file__).with_name("libreoffice_typing.py")
OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice (soffice) is not installed; apt install libreoffice-calc"
)


def saved(source: Path, folder: Path) -> Path:
    """Have LibreOffice open a workbook and save it again."""
    assert OFFICE is not None
    command = [
        OFFICE,
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        *("--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "saved" / source.name


def python_with_uno() -> str | None:
    for name in ("/usr/bin/python3", sys.executable, "python3"):
        found = shutil.which(name)
        tried = found and subprocess.run([found, "-c", "import uno"], capture_output=True)
        if found and tried and tried.returncode == 0:
            return found
    return None


def typed(source: Path, folder: Path, cells: list[tuple[str, str, str]]) -> Path:
    """Have LibreOffice type into a workbook and save it."""
    python = python_with_uno()
    if python is None:
        pytest.skip("no Python here has uno; apt install python3-uno")
    target = folder / "typed.xlsx"
    words = [str(folder / "typing"), str(source), str(target), json.dumps(cells)]
    subprocess.run([python, str(TYPING), *words], check=True, capture_output=True, timeout=180)
    return target


def test_a_saved_workbook_says_what_the_first_one_said(tmp_path: Path) -> None:
    profile = example("shared-platform")
    write(profile, tmp_path / "p.xlsx")
    reading = read(saved(tmp_path / "p.xlsx", tmp_path))
    assert not reading.findings
    assert made_profiles.plain(reading.profile) == made_profiles.plain(profile)


def test_an_empty_workbook_is_filled_in(tmp_path: Path) -> None:
    write(example("clean")._replace(rows={}), tmp_path / "p.xlsx")
    cells = [
        ("表紙", "A2", "共通基盤の境界"),
        ("表紙", "B2", "総務省"),
        ("表紙", "C2", "2016/10/12"),
        ("表紙", "D2", "取扱注意"),
        ("システム", "A2", "1-2"),
        ("システム", "B2", "共通基盤"),
        ("システム", "C2", "基盤"),
        ("システム", "D2", "総務省、財務省"),
        ("システム", "A3", "3.10"),
        ("システム", "B3", "連携するもの"),
        ("システム", "C3", "単独"),
    ]
    reading = read(typed(tmp_path / "p.xlsx", tmp_path, cells))
    assert not reading.findings
    assert dict(reading.profile.table("about")[0].cells) == {
        "title": "共通基盤の境界",
        "author": "総務省",
        "date": "2016-10-12",
        "marking": "取扱注意",
    }
    # In a column of text, neither is 1-2 a day nor 3.10 a number.
    assert [dict(row.cells) for row in reading.profile.table("systems")] == [
        {"id": "1-2", "name": "共通基盤", "declared": "shared", "operator": "総務省、財務省"},
        {"id": "3.10", "name": "連携するもの", "declared": "own"},
    ]


def test_a_formula_that_was_typed_is_told(tmp_path: Path) -> None:
    write(example("clean")._replace(rows={}), tmp_path / "p.xlsx")
    place = typed(tmp_path / "p.xlsx", tmp_path, [("利用", "A2", "総務省"), ("利用", "F9", "=1+1")])
    (finding,) = read(place).findings
    assert (finding.kind, finding.place.sheet, finding.place.row) == ("extra-cells", "利用", 9)
