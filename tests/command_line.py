"""Commands for tests of the command line, run from end to end.

Most commands run in this process; a real one is started where the surroundings matter (a closed
pipe, another code page, closed streams).
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from kijun import cli

NICT, NENKIN = "情報通信研究機構", "日本年金機構"
DRAFT, DRAFT_EN = "この本文は2016年の案", "This text is a draft of 2016"

posix = pytest.mark.skipif(os.name != "posix", reason="needs devices or limits of POSIX")


class Ran(NamedTuple):
    status: int
    data: bytes
    told: str

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def rows(self) -> list[dict[str, object]]:
        found = json.loads(self.text)
        assert isinstance(found, list)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in a Japanese locale unless the test sets another."""
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")

    def command(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            stream = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
            monkeypatch.setattr(sys, "stdin", stream)
        capsysbinary.readouterr()
        status = cli.main(list(arguments))
        out, err = capsysbinary.readouterr()
        return Ran(status, out, err.decode())

    return command


@pytest.fixture
def refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command that must fail with status 2 and one line, and return the line.

    It is English, as the locale is no Japanese one; with ``japanese``, the same is asked again in
    one, and the Japanese line comes back.
    """

    def command(*arguments: str, stdin: bytes | None = None, japanese: bool = False) -> str:
        monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8" if japanese else "C")
        ran = run(*arguments, stdin=stdin)
        assert ran.status == 2, ran.told
        assert ran.data == b""
        # Where only the writing failed, the notes of the answer stand before the error.
        *notes, told, end = ran.told.split("\n")
        assert (end, told[:7]) == ("", "kijun: ")
        assert all(note.startswith(DRAFT) for note in notes), ran.told
        assert told.isprintable()
        return told

    return command


def same_in_japanese(english: str, japanese: str) -> None:
    """Hold that a line is in Japanese and speaks of the same names, options and places."""
    assert re.search("[ぁ-ん]", japanese), japanese
    assert "「" not in english
    for name in re.findall(r'"([^"]*)"', english):
        assert name.strip() in japanese
    assert set(re.findall(r"--[a-z-]+", english)) <= set(re.findall(r"--[a-z-]+", japanese))
    assert re.findall(r"line \d+", english) == [
        f"line {line}" for line in re.findall(r"(\d+)行\d", japanese)
    ]


ANSWERS = [
    ["norms", "--section", "6(4)"],
    ["duties", NENKIN],
    ["reports", "--from", NENKIN],
    ["route", NENKIN, "NISC", "--about", "incident"],
    ["ask", "silences"],
]
