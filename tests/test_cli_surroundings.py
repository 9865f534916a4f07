"""Commands in odd surroundings: consoles, pipes, closed streams, caches; help and version."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import DRAFT, Run, posix, run
from kijun import cli

__all__ = ["run"]


def process(
    *arguments: str, data: bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kijun", *arguments],
        input=data,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "LANG": "C"},
    ],
    ids=str,
)
def test_output_is_utf_8_on_any_console(env: dict[str, str]) -> None:
    done = process("norms", "--section", "3(1)①", env=env)
    assert done.returncode == 0
    assert "3(1)①-1a" in done.stdout.decode("utf-8")
    assert DRAFT in done.stderr.decode("utf-8")
    failed = process("norms", "--section", "㊿", env={**env, "PYTHONUTF8": "1"})
    assert failed.returncode == 2
    assert "㊿" in failed.stderr.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kijun", "duties", "--class", "指定法人", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        assert command.stdout.read(1) == b"["
        command.stdout.close()
        told = command.stderr.read().decode()
        assert command.wait(timeout=60) == 0
    assert "Traceback" not in told
    assert "Broken" not in told


@posix
@pytest.mark.parametrize(
    ("redirected", "status", "word"),
    [("norms >&-", 2, "standard output"), ("norms 2>&-", 0, ""), ("query - <&-", 2, "input")],
)
def test_closed_streams(redirected: str, status: int, word: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m kijun {redirected}', sys.executable],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_damaged_snapshot_is_built_again_and_said_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "cache"))
    # The graph of a day without registers is the smallest.
    command = ["norms", "--as-of", "2015-01-01", "--format", "json"]
    before = run(*command)
    assert "作り直した" not in before.told
    (place,) = (tmp_path / "cache").glob("graph-*")
    table = max(place.glob("*.sst"), key=lambda file: file.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    again = run(*command)
    assert (again.status, again.data) == (0, before.data)
    assert again.told.count("作り直した") == 1
    assert "作り直した" not in run(*command).told


def test_a_cache_that_cannot_be_kept_is_no_obstacle(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("KIJUN_CACHE", str(blocked / "cache"))
    ran = run("ask", "sections", "--as-of", "2015-01-01", "--format", "json")
    assert ran.status == 0
    assert len(ran.rows) > 20
    assert "メモリに作った" in ran.told
    assert list(tmp_path.iterdir()) == [blocked]


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    from kijun.content import VERSION

    for arguments, word in (
        (["--version"], VERSION),
        (["--help"], "Exit status"),
        *([[name, "--help"], "--format"] for name in ("norms", "duties", "reports", "route")),
        (["ask", "--help"], "NAME"),
        (["query", "--help"], "--timeout"),
        (["source", "--help"], "attach"),
        (["export", "--help"], "--layer"),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        assert ended.value.code == 0
        assert word in capsys.readouterr().out
