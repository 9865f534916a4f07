"""The snapshot against full disks, kills and other processes: whole, absent or in memory."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kijun import cache, store
from snapshots import KEY, folder, harm, in_memory, never, place, posix, quads, whole

__all__ = ["folder", "place"]


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
from snapshots import KEY, quads, whole
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
