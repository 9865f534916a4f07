"""Profiles as folders of CSV, and what ``kijun check`` finds in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from kijun.cli import main
from kijun.profile_schema import TABLES

ABOUT = {"名称": "例のプロファイル", "作成機関": "総務省", "取扱い": "機密性2情報"}
SYSTEM = {"記号": "P1", "名称": "共通基盤", "区分": "基盤", "整備・運用管理機関": "総務省"}
LAYERS = [
    {"システム": "P1", "層": "ハードウェア", "管理機関": "総務省"},
    {"システム": "P1", "層": "アプリケーション", "管理機関": "財務省"},
]


def folder(place: Path, **tables: Iterable[Mapping[str, str]]) -> str:
    """Write a profile as a folder of CSV, with all tables that are needed, and return its path."""
    place.mkdir()
    made = {"表紙": [ABOUT], "システム": [SYSTEM], "層": LAYERS, **tables}
    for table in TABLES:
        rows = list(made.get(table.ja, ()))
        if rows or table.needed:
            head = list(rows[0]) if rows else [column.ja for column in table.columns]
            with (place / f"{table.ja}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, head)
                writer.writeheader()
                writer.writerows(rows)
    return str(place)


def found(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["check", "--format", "json", *words])
    return status, json.loads(capsys.readouterr().out)
