"""Shell completion: what a shell is offered for the words typed so far."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kijun.completion import candidates

pytest.importorskip("argcomplete", reason="needs the extra completion")


def offered(line: str, folder: Path) -> list[str]:
    answer = folder / "offered"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "_ARGCOMPLETE_IFS": "\n",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_TYPE": "9",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kijun"], env=environment, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return [word.strip() for word in answer.read_text(encoding="utf-8").split("\n") if word]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kijun du", "duties"),
        ("kijun ask silen", "silences"),
        ("kijun ask duties --bo", "--body"),
        ("kijun ask duties --body 情報通信", "情報通信研究機構"),
        ("kijun duties 日本年金", "日本年金機構"),
        ("kijun norms --section 附", "附則"),
        ("kijun duties 総務省 --route super", "supervision"),
    ],
)
def test_a_shell_is_offered(line: str, expected: str, tmp_path: Path) -> None:
    assert expected in offered(line, tmp_path)


def test_names_come_from_the_graph() -> None:
    assert "6(4)" in candidates("section")
    assert "6(4)-2a" in candidates("norm")
    assert "独立行政法人" in candidates("class")
    assert "監査結果" in candidates("about")
    assert candidates("no such parameter") == []
