"""Profiles as no one should write them, and what their reading says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from kijun.profile import Finding, Reading

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


def value_of(reading: Reading, column: str) -> str:
    ((row,),) = [rows for rows in reading.profile.rows.values() if rows]
    return row.get(column)


def csv_file(folder: Path, data: bytes, name: str = "uses.csv") -> Path:
    (folder / name).write_bytes(data)
    return folder / name
