"""Real SPARQL servers on loopback for tests: own folders, own ports, ended by their process.

Each is None where its program is missing; what needs it then skips and says so.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

STARTUP = 90.0

# What Debian's file of settings says, in a folder of its own, on loopback and small. The limit on
# rows is the default one, which cuts answers without an error.
SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 2
DirsAllowed = {folder}
SchedulerInterval = 10
CheckpointInterval = 0
DefaultIsolation = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
DefaultQuery = select * where {{ ?s ?p ?o }} limit 1
"""


class Server(NamedTuple):
    """A running server: where it answers queries and takes updates, and who may write."""

    name: str
    query: str
    update: str
    user: str | None = None
    password: str | None = None


def oxigraph() -> str | None:
    """Return the program of the ``oxigraph`` wheel, None where it is not installed."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for file in importlib.metadata.files("oxigraph") or ():
            if file.stem == "oxigraph" and file.parent.name in ("bin", "Scripts"):
                return str(file.locate())
    return shutil.which("oxigraph")


def virtuoso() -> str | None:
    """Return Debian's Virtuoso, None where it is not installed."""
    return shutil.which("virtuoso-t")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """Run a server until the block ends; its words go to a file of the folder."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        until = time.monotonic() + STARTUP
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > until:
                said = (folder / "output").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{command[0]} did not come up: {said}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextlib.contextmanager
def oxigraph_server(folder: Path) -> Iterator[Server]:
    """Run Oxigraph's server on a new folder."""
    program = oxigraph()
    assert program is not None
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, base):
        yield Server("oxigraph", f"{base}/query", f"{base}/update")


@contextlib.contextmanager
def virtuoso_server(folder: Path, *, rows: int = 10_000) -> Iterator[Server]:
    """Run Virtuoso on a new folder; writing needs its administrator, by digest."""
    program = virtuoso()
    assert program is not None
    http, sql = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(SETTINGS.format(folder=folder, http=http, sql=sql, rows=rows))
    base = f"http://127.0.0.1:{http}"
    # In the foreground, or it would leave us another process to look for.
    with running([program, "+foreground", "+configfile", str(settings)], folder, base):
        yield Server("virtuoso", f"{base}/sparql", f"{base}/sparql-auth", "dba", "dba")
