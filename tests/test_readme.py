"""The answers that the READMEs show are those that the commands give."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kijun.cli import main

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```\n\$ (kijun [^\n|]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown() -> list[tuple[str, str, str]]:
    return [
        (name, command, answer)
        for name in ("README.md", "README.ja.md")
        for command, answer in BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
        if answer.strip()
    ]


@pytest.mark.parametrize(("name", "command", "answer"), shown())
def test_an_answer_in_the_readme_is_real(
    name: str,
    command: str,
    answer: str,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each line shown is a line of the answer, in its order; lines may be left out."""
    words = shlex.split(command.split("  #", maxsplit=1)[0])[1:]
    # What is shown may have findings, and names files of the clone.
    monkeypatch.chdir(ROOT)
    assert main([*words, "--lang", "ja"]) in (0, 1)
    lines = iter(capfdbinary.readouterr().out.decode().splitlines())
    for line in answer.rstrip("\n").splitlines():
        assert line in lines, line


def test_both_readmes_show_answers() -> None:
    assert {name for name, _, _ in shown()} == {"README.md", "README.ja.md"}
