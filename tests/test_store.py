"""The snapshot: whole or absent after any kill, mended when damaged, in memory where it must be."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kijun import cache, store
from kijun.errors import BadInput
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


# Damage


def harm(path: Path, kind: str) -> None:
    data = path.read_bytes()
    if kind == "missing":
        path.unlink()
    elif kind == "flipped":
        at = len(data) // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
    else:
        path.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "longer": data + b"x"}[kind])


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


# Where it cannot be kept


def test_a_folder_that_cannot_be_made_means_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "file" / "cache"))
    notices: list[str] = []
    assert whole(store.open_snapshot(KEY, quads, notice=notices.append))
    assert in_memory(notices)


def test_a_read_only_home_means_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write in any folder, so the refusal is played.
    def refuse(path: Path, *_args: object, **_more: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    assert whole(found)
    assert in_memory(notices)
    assert os.strerror(errno.EROFS) in notices[0]
    assert not folder.exists()


@pytest.mark.parametrize("step", range(0, 16, 3))
def test_a_disk_that_fills_up_means_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    synced: list[Path] = []
    sync = cache.sync

    def full(path: Path) -> None:
        synced.append(path)
        if len(synced) > step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        sync(path)

    monkeypatch.setattr(cache, "sync", full)
    notices: list[str] = []
    found = store.open_snapshot(KEY, quads, notice=notices.append)
    assert whole(found)
    if len(synced) > step:
        assert in_memory(notices)
    assert not list(folder.glob(".*"))


CHILD = """
import os, signal, sys, time
sys.path[:0] = {path!r}
from kijun import cache, store
from test_store import KEY, quads, whole
size = 3000
def told():
    print("building", flush=True)
    return list(quads(size))
{before}
notices = []
found = store.open_snapshot(KEY, told, notice=notices.append)
print("answer", whole(found, size), found.location is None, len(notices), flush=True)
"""


def child(before: str = "") -> subprocess.Popen[str]:
    path = [str(Path(__file__).parent)]
    code = CHILD.format(path=path, before=before)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@posix
@pytest.mark.parametrize("limit", [0, 100, 20_000, 80_000])
def test_a_file_that_cannot_grow_means_memory(folder: Path, limit: int) -> None:
    """The limit of the process on sizes of files fails inside RocksDB as a full disk does."""
    before = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    out, _ = child(before).communicate(timeout=30)
    assert out.splitlines()[-1] == "answer True True 1"
    assert list(folder.iterdir()) == []


# Kills


def check_after_kill(folder: Path) -> bool:
    """Whether there is a snapshot; if so, it must be sound, and it is taken away."""
    place = folder / f"graph-{KEY[:32]}"
    if not place.exists():
        return False
    assert whole(store.open_snapshot(KEY, never, notice=pytest.fail), 3000)
    shutil.rmtree(place)
    return True


def age(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)


@posix
def test_a_kill_at_any_step_leaves_the_old_or_the_new(folder: Path) -> None:
    """Kills before each durable step of the build, until one build gets to its end."""
    found, left = [], 0
    for step in range(40):
        before = f"""
steps = {step}
def counted(function):
    def run(*args, **more):
        global steps
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return function(*args, **more)
    return run
cache.sync = counted(cache.sync)
cache.put_aside = counted(cache.put_aside)
store._write = counted(store._write)
store._publish = counted(store._publish)
store.Path.rename = counted(store.Path.rename)
"""
        worker = child(before)
        out, _ = worker.communicate(timeout=30)
        left += len(list(folder.glob(".kijun-part-*")))
        found.append(check_after_kill(folder))
        age(folder)
        if worker.returncode == 0:
            break
        assert worker.returncode == -signal.SIGKILL
    assert worker.returncode == 0
    assert "answer True False 0" in out
    # Only the kill at the very last step comes after the snapshot is there.
    assert found == [False] * (len(found) - 2) + [True, True]
    assert left
    assert not list(folder.glob(".*")), "the next build cleans up what a killed one left"


@posix
def test_a_kill_at_any_time_leaves_the_old_or_the_new(folder: Path) -> None:
    for moment in range(20):
        with child() as worker:
            assert worker.stdout
            assert worker.stdout.readline() == "building\n"
            time.sleep(0.008 * moment)
            worker.kill()
        check_after_kill(folder)
    age(folder)
    assert whole(store.open_snapshot(KEY, quads, notice=pytest.fail))
    assert not list(folder.glob(".*"))


@posix
def test_a_kill_at_a_repair_leaves_a_repair_to_do(place: Path) -> None:
    harm(place / "CURRENT", "flipped")
    with child("cache.delete = lambda path: os.kill(os.getpid(), signal.SIGKILL)") as worker:
        worker.wait(30)
    assert worker.returncode == -signal.SIGKILL
    assert whole(store.open_snapshot(KEY, quads, notice=pytest.fail))


@posix
def test_what_a_living_build_writes_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    living, dead, new = (folder / f".kijun-part-{name}" for name in ("living", "dead", "new"))
    for path in (living, dead, new):
        path.mkdir()
    age(folder)
    os.utime(new)
    lock = cache.try_lock(living)
    cache.clean(folder)
    assert sorted(folder.iterdir()) == [living, new]
    cache.release(lock)
    cache.clean(folder)
    assert list(folder.iterdir()) == [new]


# Several processes


@pytest.mark.parametrize("locks", [True, False])
def test_many_processes_at_once_agree(folder: Path, locks: bool) -> None:
    before = "" if locks else "cache.try_lock = lambda path: None"
    workers = [child(before) for _ in range(5)]
    outs = [worker.communicate(timeout=60)[0].splitlines() for worker in workers]
    assert {out[-1] for out in outs} == {"answer True False 0"}
    if locks and os.name == "posix":
        assert sum("building" in out for out in outs) == 1
    assert [path.name for path in folder.iterdir()] == [f"graph-{KEY[:32]}"]


def test_many_processes_mend_one_damage(place: Path) -> None:
    harm(place / "CURRENT", "cut")
    workers = [child() for _ in range(4)]
    outs = [worker.communicate(timeout=60)[0].splitlines()[-1].split() for worker in workers]
    assert [out[:3] for out in outs] == [["answer", "True", "False"]] * 4
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_lock_that_is_never_given_back_only_costs_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(cache, "_WAIT", 0.1)
    lock = cache.try_lock(folder)
    assert whole(store.open_snapshot(KEY, quads, notice=pytest.fail))
    cache.release(lock)


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
