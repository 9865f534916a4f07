"""A damaged, foreign or untrusted snapshot: seen, mended or replaced."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pyoxigraph
import pytest

from kijun import store
from snapshots import KEY, OTHER, folder, harm, in_memory, never, place, posix, quads, whole

__all__ = ["folder", "place"]


def mended(place: Path) -> bool:
    """Whether the snapshot is built again with one notice, and is then silently sound."""
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    again = store.open_snapshot(KEY, never, notice=pytest.fail)
    return (
        whole(found)
        and whole(again)
        and found.location == place
        and len(notices) == 1
        and str(place) in notices[0]
        and "built again" in notices[0]
        and "\n" not in notices[0]
        and [path.name for path in place.parent.iterdir()] == [place.name]
    )


@pytest.mark.parametrize("kind", ["missing", "empty", "cut", "flipped", "longer"])
def test_a_damaged_file_is_seen_whichever_it_is(place: Path, kind: str) -> None:
    for name in sorted(path.name for path in place.iterdir()):
        path = place / name
        if path.exists() and (path.stat().st_size or kind in ("missing", "longer")):
            harm(path, kind)
            assert mended(place), name


def test_no_flipped_bit_of_the_data_goes_unseen(place: Path) -> None:
    path = max(place.glob("*.sst"), key=lambda file: file.stat().st_size)
    data = path.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 40)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert store._fault(place, KEY) == f"the content of {path.name} changed"


@pytest.mark.parametrize(
    "listing",
    [
        "[]",
        "{}",
        "null",
        "{",
        "\udcff",
        '{"layout": 1, "key": "x"}',
        "1" * 5000,
        "[" * 100_000,
        json.dumps({"layout": 1, "key": KEY, "files": {}}),
        json.dumps({"layout": 1, "key": KEY, "files": []}),
        json.dumps({"layout": 0, "key": KEY, "files": {}}),
    ],
)
def test_a_strange_listing_is_damage(place: Path, listing: str) -> None:
    (place / store.LISTING).write_bytes(listing.encode(errors="surrogateescape"))
    assert mended(place)


def test_a_listing_cannot_lead_outside(place: Path, tmp_path: Path) -> None:
    listing = json.loads((place / store.LISTING).read_text("utf-8"))
    listing["files"]["../../secret"] = [0, 0]
    (tmp_path / "secret").touch()
    (place / store.LISTING).write_text(json.dumps(listing), "utf-8")
    assert mended(place)


def test_a_foreign_snapshot_under_the_key_is_replaced(place: Path) -> None:
    other = store.open_snapshot(OTHER, lambda: quads(7), notice=pytest.fail).location
    assert other is not None
    shutil.rmtree(place)
    other.rename(place)
    assert mended(place)


def test_a_store_that_is_no_snapshot_is_replaced(place: Path) -> None:
    shutil.rmtree(place)
    pyoxigraph.Store(str(place)).flush()
    assert mended(place)


def test_other_things_under_the_key_are_replaced(place: Path, tmp_path: Path) -> None:
    (place / "000099.log").write_bytes(b"")
    assert mended(place)
    (place / "folder").mkdir()
    assert mended(place)
    shutil.rmtree(place)
    place.write_text("a file", "utf-8")
    assert mended(place)


@posix
def test_links_are_not_followed(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    assert mended(place)
    assert (elsewhere / store.LISTING).is_file()
    data = next(place.glob("*.sst"))
    data.rename(tmp_path / data.name)
    data.symlink_to(tmp_path / data.name)
    assert mended(place)
    place.joinpath("CURRENT").unlink()
    os.mkfifo(place / "CURRENT")
    assert mended(place)


@posix
def test_a_snapshot_that_others_can_write_is_replaced(place: Path) -> None:
    place.chmod(0o777)
    assert mended(place)
    assert place.stat().st_mode & 0o777 == 0o700


@posix
def test_a_folder_that_others_can_write_is_not_used(place: Path) -> None:
    place.parent.chmod(0o777)
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    assert whole(found)
    assert found.location is None
    assert in_memory(notices)
    assert "written by everybody" in notices[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root for chown")
@pytest.mark.parametrize("whole_folder", [True, False])
def test_what_belongs_to_others_is_not_trusted(place: Path, whole_folder: bool) -> None:
    os.chown(place.parent if whole_folder else place, 54321, -1)
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    assert whole(found)
    assert (found.location is None) == whole_folder
    assert "another user" in notices[0]
