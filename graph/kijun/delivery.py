"""Bytes to their place: a file, whole or not at all, or standard output.

A file is written beside its target, forced to disk and renamed, so that a kill at any
moment leaves the old file or the new one. A reader that closes the pipe early
(``kijun norms | head``) is no error.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from kijun.errors import BadInput, KijunError
from kijun.lines import visible
from kijun.saying import cause, worded


def to_file(data: bytes, path: Path | str) -> None:
    """Write a file so that the old content or all of the new is there, never a part.

    An existing file keeps its permissions, a symbolic link is followed, and devices
    and pipes are written as they are.

    Raises:
        BadInput: the place is a folder, is missing, or may not be written.
    """
    given = visible(str(path))
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise BadInput(
                worded("{given}: this is a folder; give the name of a file in it", given=given)
            )
        if not target.parent.is_dir():
            raise BadInput(
                worded("{given}: its folder does not exist; create it first", given=given)
            )
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        if target.exists() and not os.access(target, os.W_OK):
            raise BadInput(
                worded("{given}: the file is read-only; choose another name", given=given)
            )
        _replace(target, data)
    except PermissionError as error:
        raise BadInput(
            worded(
                "{given}: no permission to write here, or another program has the file open; "
                "close it or choose another place",
                given=given,
            )
        ) from error
    except (OSError, ValueError) as error:
        if isinstance(error, KijunError):
            raise
        reason = cause(error)
        raise BadInput(
            worded(
                "{given}: not written ({reason}); choose another place", given=given, reason=reason
            )
        ) from error


def _replace(target: Path, data: bytes) -> None:
    # A short name of its own: the target's may already be as long as a name can be.
    sibling = target.with_name(f".kijun-{os.getpid()}-{os.urandom(6).hex()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(sibling, flags, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            sibling.chmod(stat.S_IMODE(target.stat().st_mode))
        sibling.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            sibling.unlink()
        raise
    with contextlib.suppress(OSError):  # Windows opens no folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def to_stream(data: bytes, stream: BinaryIO | None = None, *, binary: bool = False) -> None:
    """Write to a binary stream, standard output unless given, always as it is.

    Text is UTF-8 also where the console's code page is another. ``binary`` data is
    refused on a terminal. A closed pipe ends the writing silently.

    Raises:
        BadInput: binary data would go to a terminal.
        KijunError: standard output is closed, or its disk is full.
    """
    if stream is None:
        stream = _standard_output(data, binary)
        if stream is None:
            return
    if binary and stream.isatty():
        raise BadInput(worded("xlsx is no text for a terminal; give -o FILE"))
    try:
        stream.write(data)
        stream.flush()
    except OSError as error:
        _hush(stream)
        # Windows says EINVAL where others say EPIPE.
        if error.errno not in {errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN}:
            raise KijunError(
                worded("standard output: not written ({reason}); give -o FILE", reason=cause(error))
            ) from error


def _standard_output(data: bytes, binary: bool) -> BinaryIO | None:
    output = sys.stdout
    if output is None:
        raise KijunError(worded("standard output is closed; give -o FILE"))
    with contextlib.suppress(OSError):
        output.flush()
    buffer = getattr(output, "buffer", None)
    if buffer is None and not binary:  # notebooks have a text stream only
        output.write(data.decode("utf-8"))
        return None
    if buffer is None:
        raise BadInput(worded("xlsx is no text for this output; give -o FILE"))
    return buffer  # type: ignore[no-any-return]


def _hush(stream: BinaryIO) -> None:
    """Point the stream at nothing, so that Python's last flush cannot fail again."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
