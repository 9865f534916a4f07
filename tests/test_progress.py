"""Long work shows a bar on a terminal and none in a pipe, and stops with nothing half-written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kijun.progress import FEW, watched

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")
pytest.importorskip("tqdm")

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "ontology" / "profiles" / "examples" / "clean"
LOOP = """
import time
from kijun.progress import watched
for _ in watched(range(20), "things"):
    time.sleep(0.02)
"""
GAPS = [sys.executable, "-m", "kijun", "gaps"]


def on_terminal(command: list[str]) -> tuple[str, int]:
    """Run a command whose standard error is a terminal, and return what is shown there."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 80))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # Linux says so when the other side is gone
        pass
    os.close(ours)
    return shown.decode(), process.wait()


def test_a_terminal_shows_a_bar_and_a_pipe_none() -> None:
    shown, status = on_terminal([sys.executable, "-c", LOOP])
    assert status == 0
    assert "20" in shown
    assert "things" in shown
    piped = subprocess.run([sys.executable, "-c", LOOP], capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (b"", b"")


def test_a_few_things_need_none_and_come_as_they_are() -> None:
    few = [object()] * (FEW - 1)
    assert watched(few, "things") is few
    assert list(watched(range(FEW), "things")) == list(range(FEW))


def test_without_tqdm_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    things = range(100)
    assert watched(things, "things") is things


@pytest.fixture
def profiles(tmp_path: Path) -> list[str]:
    made = [tmp_path / f"profile-{number}" for number in range(FEW + 2)]
    for place in made:
        shutil.copytree(EXAMPLE, place)
    return [str(place) for place in made]


def test_reading_many_profiles_shows_one(profiles: list[str]) -> None:
    shown, _ = on_terminal([*GAPS, *profiles])
    assert "profiles/s]" in shown


def test_an_interrupted_answer_leaves_the_file_as_it_was(
    profiles: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("before")
    # Many times the same: reading them takes some seconds.
    command = [*GAPS, *(profiles * 40), "--format", "csv", "-o", str(target)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.0)
    assert process.poll() is None, "it was done before it could be interrupted"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode not in (0, 1)
    assert b"Traceback" not in told
    assert b"profiles/s" not in told
    assert target.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".kijun-*"))
