"""Languages, widths and notes of what commands say."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import ANSWERS, DRAFT, DRAFT_EN, NENKIN, Run, run
from kijun import cli

__all__ = ["run"]


@pytest.mark.parametrize(
    ("locale", "japanese"),
    [
        ({"LC_ALL": "ja_JP.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8"}, False),
        ({"LC_ALL": "de_DE.UTF-8"}, False),
        ({"LC_ALL": "cs_CZ.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "ja_JP"}, False),
    ],
    ids=str,
)
def test_tables_follow_the_locale_and_everything_else_is_japanese(
    run: Run, monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], japanese: bool
) -> None:
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    table = run("norms", "--section", "6(4)")
    assert (DRAFT if japanese else DRAFT_EN) in table.told
    assert ("規範" in table.text) == japanese
    rows = run("norms", "--section", "6(4)", "--format", "json")
    assert rows.rows[1]["bearer"] == "府省庁"
    assert DRAFT in rows.told


def test_lang_wins_over_the_locale(run: Run) -> None:
    ran = run("norms", "--section", "6(4)", "--lang", "en", "--format", "json")
    assert DRAFT_EN in ran.told
    row = ran.rows[1]
    assert row["norm"] == "6(4)-2a"
    assert str(row["bearer"]).isascii()
    assert str(row["statement"]).isascii()
    assert row["phrase"] == "速やかに NISC に連絡する"
    for arguments in (["duties", NENKIN], ["reports", "--from", NENKIN], ["ask", "silences"]):
        english = run(*arguments, "--lang", "en")
        assert DRAFT_EN in english.told
        assert "norm" in english.text or "statement" in english.text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_tables_keep_to_the_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    from kijun.lines import display_width

    monkeypatch.setattr(cli, "_width", lambda output: width)
    for arguments in ANSWERS:
        lines = run(*arguments, "--lang", lang).text.splitlines()
        assert lines
        assert max(map(display_width, lines)) <= width


def test_notes_go_to_standard_error_once_for_every_answer(run: Run) -> None:
    for arguments in ANSWERS:
        ran = run(*arguments, "--as-of", "2026-04-01")
        told = ran.told.splitlines()
        assert "後の版に替わっている" in told[0]
        assert any("確認されていない" in line for line in told)
        assert len(told) == len(set(told))
        assert "後の版" not in ran.text


def test_export_says_what_the_text_is(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--layer", "text", "-o", str(tmp_path / "text.ttl"))
    assert DRAFT in ran.told
    assert (tmp_path / "text.ttl").read_text(encoding="utf-8").startswith(f"# {DRAFT}")
    ran = run("export", "--layer", "text", "--format", "jsonld")
    assert DRAFT in ran.told
