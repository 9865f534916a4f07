"""The user's cache folder: where it is, whom to trust in it, and order among processes (cold)."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kijun.saying import worded

KEPT = 4
"""How many unused entries stay when a new one is made, the last used first."""

_HIDDEN = ".kijun-part-"
_DAY = 24 * 3600.0
_LEFTOVER_AFTER = 60.0
_WAIT = 20.0


def folder() -> Path | None:
    """Return the folder that holds the snapshots, or None where there is none to be had.

    ``KIJUN_CACHE`` if set, else ``kijun`` in the user's cache folder.
    """
    own = os.environ.get("KIJUN_CACHE")
    if own:
        return Path(own).absolute()
    windows = sys.platform == "win32"
    base = Path(os.environ.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    # The XDG specification says to ignore a relative path.
    if not base.is_absolute():
        try:
            base = Path.home() / ".cache"
        except RuntimeError:
            return None
    return base / "kijun" if base.is_absolute() else None


def stranger(found: os.stat_result, path: Path) -> str | None:
    """Return why a folder must not be trusted, None when it may be.

    It must belong to this user or to root and not be open to everybody's writing: what is
    in it decides the answers.
    """
    if not stat.S_ISDIR(found.st_mode):
        return worded("{path} is not a folder", path=path)
    if sys.platform == "win32":
        return None
    if found.st_uid not in (os.geteuid(), 0):
        return worded("{path} belongs to another user", path=path)
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        return worded("{path} can be written by everybody", path=path)
    return None


def hidden(folder: Path) -> Path:
    """Return a new name in a folder for something that is being built or deleted."""
    return folder / f"{_HIDDEN}{os.getpid()}-{os.urandom(6).hex()}"


def put_aside(place: Path) -> None:
    """Delete an entry of the cache, by a new name first.

    So nobody ever opens a half-deleted one; and where a reader's open files cannot be
    moved, the entry stays whole. Raises ``OSError`` then.
    """
    aside = hidden(place.parent)
    place.rename(aside)
    delete(aside)


def sync(path: Path) -> None:
    """Make a file or a folder durable."""
    windows = sys.platform == "win32"
    if windows and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def try_lock(path: Path) -> int | None:
    """Lock a folder and return the handle, None where folders cannot be locked.

    The lock ends with the process, however that ends. Raises ``BlockingIOError`` while
    another process holds it.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return handle


def wait_for_lock(folder: Path) -> int | None:
    """Wait for the builders' lock, for some seconds only: it spares work, no more."""
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        try:
            return try_lock(folder)
        except BlockingIOError:
            time.sleep(0.02)
    return None


def release(lock: int | None) -> None:
    """Give back what :func:`try_lock` or :func:`wait_for_lock` returned."""
    if lock is not None:
        os.close(lock)


def clean(folder: Path) -> None:
    """Delete what killed builds left behind."""
    for path, age in _aged(folder, f"{_HIDDEN}*"):
        if age < _LEFTOVER_AFTER:
            continue
        try:
            lock = try_lock(path)
        except OSError:
            continue
        if lock is not None or age > _DAY:
            delete(path)
        release(lock)


def prune(place: Path, pattern: str) -> None:
    """Delete the other entries that hold a file of that pattern, but for new ones and a few."""
    others = sorted((age, path) for path, age in _aged(place.parent, pattern) if path != place)
    for age, path in others[KEPT:]:
        if age > _DAY:
            with contextlib.suppress(OSError):
                put_aside(path)


def mark_used(place: Path) -> None:
    """Keep an entry from being pruned: its time is that of the last use, to the day."""
    with contextlib.suppress(OSError):
        if time.time() - place.stat().st_mtime > _DAY:
            os.utime(place)


def _aged(folder: Path, pattern: str) -> Iterator[tuple[Path, float]]:
    """Yield the folders of a pattern that can be trusted, with their age in seconds."""
    for match in list(folder.glob(pattern)):
        path = folder / match.relative_to(folder).parts[0]
        with contextlib.suppress(OSError):
            found = path.lstat()
            if stranger(found, path) is None:
                yield path, time.time() - found.st_mtime


def delete(path: Path) -> None:
    """Delete a folder or file as far as that is possible."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
