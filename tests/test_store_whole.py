"""The snapshot: built once, opened whole, kept where the system keeps such things, and pruned."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kijun import cache, store
from kijun.errors import BadInput
from kijun.terms import LAYERS, graph_iri
from snapshots import KEY, OTHER, folder, in_memory, never, place, posix, quads, whole

__all__ = ["folder", "place"]


# Building and opening


def test_a_snapshot_is_built_once_and_holds_everything(folder: Path) -> None:
    first = store.open_snapshot(KEY, quads, notice=pytest.fail)
    second = store.open_snapshot(KEY, never, notice=pytest.fail)
    assert whole(first)
    assert whole(second)
    assert {graph.value for graph in second.store.named_graphs()} == {*map(graph_iri, LAYERS)}
    assert first.location == second.location
    assert [path.name for path in folder.iterdir()] == [f"graph-{KEY[:32]}"]


def test_a_snapshot_cannot_be_written_through(place: Path) -> None:
    found = store.open_snapshot(KEY, never, notice=pytest.fail)
    with pytest.raises((OSError, RuntimeError, ValueError)):
        found.store.add(next(quads()))


def test_a_snapshot_names_nothing_of_the_machine(place: Path) -> None:
    for path in place.iterdir():
        assert str(place.parent).encode() not in path.read_bytes(), path.name


def test_another_key_is_another_snapshot(place: Path) -> None:
    other = store.open_snapshot(OTHER, lambda: quads(7), notice=pytest.fail)
    assert whole(other, 7)
    assert whole(store.open_snapshot(KEY, never, notice=pytest.fail))


def test_an_empty_graph_has_a_snapshot_too(folder: Path) -> None:
    store.open_snapshot(KEY, list, notice=pytest.fail)
    assert len(store.open_snapshot(KEY, never, notice=pytest.fail).store) == 0


@pytest.mark.parametrize("key", ["", "../../x", "ABCDEF0123456789", "0" * 15])
def test_a_key_is_hexadecimal(folder: Path, key: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        store.open_snapshot(key, never, notice=pytest.fail)


def test_an_error_of_the_graph_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[pyoxigraph.Quad]:
        yield from quads(3)
        raise BadInput("a fact is wrong")

    with pytest.raises(BadInput, match="a fact is wrong"):
        store.open_snapshot(KEY, broken, notice=pytest.fail)
    assert list(folder.iterdir()) == []


def test_opening_writes_nothing(place: Path) -> None:
    # That is why it works in a read-only folder; permissions would not show it to root.
    def seen() -> list[tuple[str, int, int]]:
        paths = [place.parent, place, *sorted(place.iterdir())]
        return [(p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in paths]

    before = seen()
    assert whole(store.open_snapshot(KEY, never, notice=pytest.fail))
    assert seen() == before


@posix
def test_an_open_snapshot_outlives_its_folder(place: Path) -> None:
    found = store.open_snapshot(KEY, never, notice=pytest.fail)
    shutil.rmtree(place)
    assert whole(found)


# Where it is


def test_the_folder_follows_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIJUN_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.folder() == tmp_path / "xdg" / "kijun"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() == Path.home() / ".cache" / "kijun"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache.folder() == tmp_path / "local" / "kijun"
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "own"))
    assert cache.folder() == tmp_path / "own"


def test_without_a_home_the_graph_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KIJUN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)

    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", homeless)
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    assert whole(found)
    assert found.location is None
    assert in_memory(notices)


# Pruning


def test_a_few_old_snapshots_stay(folder: Path) -> None:
    keys = [f"{n:032x}" for n in range(cache.KEPT + 3)]
    for key in keys:
        store.open_snapshot(key, lambda: quads(2), notice=pytest.fail)
    for n, key in enumerate(keys):
        os.utime(folder / f"graph-{key}", (time.time() - (100 - n) * 86400,) * 2)
    # It looks like one, but it is not ours.
    (folder / "graph-of-mine").mkdir()
    os.utime(folder / "graph-of-mine", (0, 0))
    # Its use makes the oldest the newest.
    store.open_snapshot(keys[0], never, notice=pytest.fail)
    store.open_snapshot(KEY, quads, notice=pytest.fail)
    kept = {keys[0], *keys[1 - cache.KEPT :]}
    assert {path.name for path in folder.iterdir()} == {
        f"graph-{KEY[:32]}",
        "graph-of-mine",
        *(f"graph-{key}" for key in kept),
    }


def test_new_snapshots_are_never_pruned(folder: Path) -> None:
    for n in range(cache.KEPT + 3):
        store.open_snapshot(f"{n:032x}", lambda: quads(2), notice=pytest.fail)
    assert len(list(folder.iterdir())) == cache.KEPT + 3
