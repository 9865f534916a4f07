"""Profiles with holes and without, shipped or small enough to change, and commands on them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kijun.cli import main
from kijun.content import ONTOLOGY
from kijun.knowledge import KnowledgeGraph, open_graph
from profile_rows import profile

EXAMPLES = ONTOLOGY / "profiles" / "examples"
SHARED, CLEAN, ALONE = (str(EXAMPLES / n) for n in ("shared-platform", "clean", "single-agency"))

SMALL = {
    "bodies": ["架空法人 指定法人 財務省"],
    "systems": ["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空法人"],
    "layers": ["P1 機器 総務省", "P1 応用 環境省"],
    "uses": ["防衛省 P1"],
    "connections": ["S1 P1"],
    "allocations": ["P1 責任分界 総務省 提供 - - 規程", "P1 体制 総務省 責任"],
}


def opened(**changes: Iterable[object]) -> KnowledgeGraph:
    return open_graph(profiles=[profile(**{**SMALL, **changes})])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small() -> KnowledgeGraph:
    return opened()


@pytest.fixture(scope="module")
def shared() -> KnowledgeGraph:
    return open_graph(profiles=[SHARED])


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    out, err = capsys.readouterr()
    return status, out, err
