"""Snapshots for tests: a small graph, where its snapshot is kept, and what harms it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kijun import store
from kijun.terms import ID, LAYERS, NS, graph_iri

KEY = "0123456789abcdef" * 4
OTHER = "fedcba9876543210" * 4
posix = pytest.mark.skipif(os.name != "posix", reason="uses signals, limits or owners of POSIX")


def quads(count: int = 60) -> Iterator[pyoxigraph.Quad]:
    for n in range(count):
        yield pyoxigraph.Quad(
            pyoxigraph.NamedNode(f"{ID}norm/{n}"),
            pyoxigraph.NamedNode(f"{NS}statement"),
            pyoxigraph.Literal(f"第{n}号", language="ja"),
            pyoxigraph.NamedNode(graph_iri(LAYERS[n % len(LAYERS)])),
        )


def never() -> Iterator[pyoxigraph.Quad]:
    raise AssertionError("the graph was built again")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def place(folder: Path) -> Path:
    """The folder of a sound snapshot."""
    location = store.open_snapshot(KEY, quads, notice=pytest.fail).location
    assert location is not None
    return location


def whole(found: store.Snapshot, count: int = 60) -> bool:
    return set(found.store) == set(quads(count))


def in_memory(notices: list[str]) -> bool:
    return len(notices) == 1 and "in memory" in notices[0] and "\n" not in notices[0]


def harm(path: Path, kind: str) -> None:
    data = path.read_bytes()
    if kind == "missing":
        path.unlink()
    elif kind == "flipped":
        at = len(data) // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
    else:
        path.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "longer": data + b"x"}[kind])
