"""Answers that several test modules look at, each asked for once.

The kept answers were read against the guideline; ``python tests/freeze_answers.py`` makes them
again. What the design says of routes, forces, lines and single points is tested on its own beside
them, so that a wrong answer cannot be frozen into a right one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import freeze_answers
from kijun.knowledge import KnowledgeGraph, open_graph

REGISTERS = Path(__file__).resolve().parents[1] / "ontology" / "registers"
YEAR_2016, YEAR_2026 = "2016-10-12", "2026-04-01"
NICT, NENKIN, SOUMU, AMED, JAEA = (
    "情報通信研究機構",
    "日本年金機構",
    "総務省",
    "日本医療研究開発機構",
    "日本原子力研究開発機構",
)
CORPORATIONS, MINISTRIES = "独立行政法人等", "府省庁"

Rows = list[dict[str, object]]


@cache
def graph(day: str = YEAR_2016, lang: str = "ja") -> KnowledgeGraph:
    """Return the graph on a day, opened once."""
    return open_graph(day, lang=lang)


@cache
def printed(*arguments: str) -> Rows:
    """Return what the command line prints as JSON, run in this process."""
    return freeze_answers.answer(arguments)


def duties(body: str, day: str = YEAR_2016, **more: object) -> Rows:
    return list(graph(day).duties(body, **more).rows)  # type: ignore[arg-type]


@cache
def every(*, all_paths: bool = False) -> Rows:
    """Return the duties of all bodies on the default day."""
    return list(graph().duties(all_paths=all_paths).rows)


@cache
def asked(name: str, lang: str = "ja") -> Rows:
    """Return the answer to a question of the catalogue."""
    return list(graph(lang=lang).ask(name).rows)


def names(row: Mapping[str, object], key: str) -> list[str]:
    value = row[key]
    assert isinstance(value, list)
    return value
