"""How an answer is delivered: files replaced whole, devices, terminals, pipes, closed streams."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kijun import delivery
from kijun.errors import BadInput, KijunError
from kijun.formats import write_answer
from plain_answers import ANSWER, NOTES


def test_a_table_in_a_file_begins_with_the_notes_and_on_screen_does_not(tmp_path: Path) -> None:
    write_answer(ANSWER, "table", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("\n".join(NOTES) + "\n\n番号")
    screen = io.BytesIO()
    write_answer(ANSWER, "table", "-", stream=screen)
    assert screen.getvalue().decode().startswith("番号")


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / ("表" * 80 + ".csv")
    write_answer(ANSWER, "csv", target)
    target.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    write_answer(ANSWER, "json", link)
    assert link.is_symlink()
    assert json.loads(target.read_bytes())
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([target.name, "link.csv"])


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(delivery.os, "fsync", fail)
    expected = BadInput if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected) as caught:
        write_answer(ANSWER, "csv", target)
    if expected is BadInput:
        assert "a.csv: not written (No space left on device)" in str(caught.value)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("place", ["", "missing/a.csv", "a\0b", "x" * 300, "file/a.csv"])
def test_places_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput) as caught:
        write_answer(ANSWER, "csv", f"{tmp_path}/{place}")
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value)


def test_devices_are_written_as_they_are() -> None:
    if not Path("/dev/null").exists():
        pytest.skip("this system has no /dev/null")
    write_answer(ANSWER, "csv", "/dev/null")
    assert not Path("/dev/null").is_file()


def test_a_workbook_is_not_poured_into_a_terminal() -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    with pytest.raises(BadInput, match="give -o FILE"):
        write_answer(ANSWER, "xlsx", stream=Terminal())
    write_answer(ANSWER, "csv", stream=Terminal())
    pipe = io.BytesIO()
    write_answer(ANSWER, "xlsx", stream=pipe)
    assert pipe.getvalue().startswith(b"PK")


SCRIPT = """
import sys
from kijun.delivery import to_stream
from kijun.errors import KijunError
try:
    to_stream(("基準 ①髙\\n" * int(sys.argv[1])).encode())
except KijunError as error:
    sys.stderr.write(f"{error}")
    sys.exit(error.exit_status)
"""


def run(count: int, **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": "cp932"}
    command = [sys.executable, "-c", SCRIPT, str(count)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_output_is_utf_8_on_any_code_page() -> None:
    out, err = run(1, stdout=subprocess.PIPE).communicate()
    assert (out.decode(), err) == ("基準 ①髙\n", b"")


def test_a_closed_pipe_ends_silently() -> None:
    process = run(100_000, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    process.stdout = None
    assert process.communicate()[1] == b""
    assert process.returncode == 0


def test_a_full_disk_is_one_line() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        process = run(1, stdout=full)
        _, err = process.communicate()
    assert err == b"standard output: not written (No space left on device); give -o FILE"
    assert process.returncode == 2


def test_a_closed_standard_output_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(KijunError, match="standard output is closed"):
        write_answer(ANSWER, "csv")


def test_notebooks_have_a_text_stream_only(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    write_answer(ANSWER, "json")
    assert json.loads(stream.getvalue())
    with pytest.raises(BadInput, match="give -o FILE"):
        write_answer(ANSWER, "xlsx")
