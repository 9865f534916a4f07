"""The built graph as a snapshot on disk, opened read-only by any number of processes.

A snapshot is one flat folder of the user's cache, named after the key of what it was made
from: the RocksDB files of pyoxigraph and ``kijun.json``, which lists them with size and
checksum and is written last. It is built in a hidden sibling and renamed into place, so
that a kill at any moment leaves either no snapshot under that key or a whole one. Where it
cannot be kept (no home, a read-only or full disk) the graph is built in memory.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph

from kijun import cache
from kijun.saying import cause, worded

LAYOUT = 1
"""The version of the folder's layout, raised whenever that changes."""

LISTING = "kijun.json"
"""The file that lists the others; a folder without it is no snapshot."""

_PREFIX = "graph-"
_LISTING_LIMIT = 1 << 20
# RocksDB opens read-only without these; its log also names folders of this machine.
_NEEDLESS = re.compile(r"LOG(\.old.*)?|LOCK|IDENTITY|OPTIONS-.*")

Notice = Callable[[str], None]


class Snapshot(NamedTuple):
    """An open graph: the store, and the folder it was opened from (None: in memory)."""

    store: pyoxigraph.Store
    location: Path | None


def open_snapshot(
    key: str, quads: Callable[[], Iterable[pyoxigraph.Quad]], *, notice: Notice
) -> Snapshot:
    """Open the snapshot of a key read-only, and build it first where it is not there.

    ``key`` is the hexadecimal fingerprint of everything the graph is made from, ``quads``
    makes the graph (called at most once, and only when it must be built), ``notice`` takes
    a sentence for the user: a damaged or foreign snapshot was built again, or the graph is
    in memory only because it could not be kept.

    Raises ``ValueError`` for a key that is not hexadecimal, and whatever ``quads`` raises.
    """
    if not re.fullmatch(r"[0-9a-f]{16,128}", key):
        raise ValueError(f"the key of a snapshot must be hexadecimal, not {key!r}")
    folder = cache.folder()
    if folder is None:
        notice(
            worded(
                "there is no home folder, so the graph was built in memory for this run only; "
                "set KIJUN_CACHE to a folder to keep it"
            )
        )
        return Snapshot(_in_memory(quads()), None)
    place = folder / f"{_PREFIX}{key[:32]}"
    found, fault = _open(place, key)
    if found is not None:
        return found
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = cache.wait_for_lock(folder)
    except OSError as error:
        return _unkept(quads(), folder, error, notice)
    try:
        # Another process may have built it, or mended it, while this one waited.
        found, fault = _open(place, key)
        if found is not None:
            return found
        made = list(quads())
        try:
            _build(place, key, made)
            found, again = _open(place, key)
            if found is None:
                raise OSError(again or worded("it vanished after it was built"))
        except (OSError, RuntimeError) as error:
            return _unkept(made, folder, error, notice)
        if fault:
            notice(
                worded(
                    "the snapshot {place} could not be used ({fault}), so it was built again",
                    place=place,
                    fault=fault,
                )
            )
        cache.prune(place, f"{_PREFIX}*/{LISTING}")
        return found
    finally:
        cache.release(lock)


def _in_memory(quads: Iterable[pyoxigraph.Quad]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_extend(quads)
    return store


def _unkept(
    quads: Iterable[pyoxigraph.Quad], folder: Path, error: Exception, notice: Notice
) -> Snapshot:
    notice(
        worded(
            "no snapshot can be kept in {folder} ({reason}), so the graph was built in memory for "
            "this run only; set KIJUN_CACHE to a folder of yours with room",
            folder=folder,
            reason=cause(error)[:200],
        )
    )
    return Snapshot(_in_memory(quads), None)


# Reading


def _open(place: Path, key: str) -> tuple[Snapshot | None, str | None]:
    """Return the snapshot, or None and what is wrong with it (None too: there is none)."""
    try:
        fault = cache.stranger(place.parent.stat(), place.parent) or _fault(place, key)
        if fault is None:
            found = Snapshot(pyoxigraph.Store.read_only(str(place)), place)
            cache.mark_used(place)
            return found, None
    except FileNotFoundError:
        if not os.path.lexists(place):
            return None, None
        fault = worded("a file is missing")
    except (OSError, RuntimeError) as error:
        fault = cause(error)[:200]
    except (ValueError, LookupError, TypeError, AttributeError):
        fault = worded("{file} is not what was written", file=LISTING)
    return None, fault


def _fault(place: Path, key: str) -> str | None:
    """Return what is wrong with the files of a snapshot, None when they are sound."""
    if reason := cache.stranger(place.lstat(), place):
        return reason
    sizes = {}
    with os.scandir(place) as entries:
        for entry in entries:
            if not entry.is_file(follow_symlinks=False):
                return worded("{file} is not a file", file=entry.name)
            sizes[entry.name] = entry.stat(follow_symlinks=False).st_size
    if not 0 < sizes.pop(LISTING, 0) <= _LISTING_LIMIT:
        return worded("it has no {file}, or a strange one", file=LISTING)
    listing: Any = json.loads(_read(place / LISTING))
    if (listing["layout"], listing["key"]) != (LAYOUT, key):
        return worded("it was made from something else")
    files = listing["files"]
    # An extra file is as bad as a missing one: RocksDB would replay an extra log.
    if sizes.keys() != files.keys():
        return worded("its files are not the ones that were written")
    for name, (size, checksum) in files.items():
        if sizes[name] != size:
            return worded(
                "{file} has {found} bytes instead of {size}",
                file=name,
                found=sizes[name],
                size=size,
            )
        if zlib.crc32(_read(place / name)) != checksum:
            return worded("the content of {file} changed", file=name)
    return None


def _read(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return file.read()


# Building


def _build(place: Path, key: str, quads: list[pyoxigraph.Quad]) -> None:
    """Write a snapshot and rename it into place; another's sound one may stand instead."""
    folder = place.parent
    if reason := cache.stranger(folder.stat(), folder):
        raise OSError(reason)
    cache.clean(folder)
    part = cache.hidden(folder)
    part.mkdir(mode=0o700)
    lock = None
    try:
        lock = cache.try_lock(part)
        count = _write(part, quads)
        files = {}
        for path in sorted(part.iterdir()):
            if _NEEDLESS.fullmatch(path.name):
                path.unlink()
                continue
            data = _read(path)
            files[path.name] = [len(data), zlib.crc32(data)]
            cache.sync(path)
        if len(pyoxigraph.Store.read_only(str(part))) != count:
            raise OSError(worded("it does not hold what was written"))
        listing = {"layout": LAYOUT, "key": key, "files": files}
        (part / LISTING).write_text(json.dumps(listing), encoding="utf-8")
        cache.sync(part / LISTING)
        cache.sync(part)
        _publish(part, place, key)
        cache.sync(folder)
    finally:
        cache.release(lock)
        cache.delete(part)


def _write(part: Path, quads: list[pyoxigraph.Quad]) -> int:
    """Write the RocksDB files, and return how many different quads they hold."""
    store = pyoxigraph.Store(str(part))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    return len(store)


def _publish(part: Path, place: Path, key: str) -> None:
    for _ in range(3):
        try:
            part.rename(place)
            return
        except OSError:
            if not os.path.lexists(place):
                raise
        found, _reason = _open(place, key)
        if found is not None:
            return
        cache.put_aside(place)
    raise OSError(f"{place} is replaced by others again and again")
