"""Where the answers of commands go: places, formats and endings of files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import rdflib

from command_line import ANSWERS, DRAFT, NENKIN, Run, posix, refused, run
from kijun import cli

__all__ = ["refused", "run"]


def test_places_that_cannot_be_written(refused: Callable[..., str], tmp_path: Path) -> None:
    for name, *arguments in (
        ("x.csv", "norms"),
        ("x.xlsx", "norms", "--format", "xlsx"),
        ("x.ttl", "export", "--layer", "text"),
    ):
        assert "folder" in refused(*arguments, "-o", str(tmp_path))
        assert "does not exist" in refused(*arguments, "-o", str(tmp_path / "none" / name))
    assert list(tmp_path.iterdir()) == []


def _locked(place: Path) -> bool:
    place.chmod(0o500)
    return not os.access(place, os.W_OK)


def test_a_read_only_place(refused: Callable[..., str], tmp_path: Path) -> None:
    if not _locked(tmp_path):
        pytest.skip("whoever runs this may write everywhere")
    assert "permission" in refused("norms", "-o", str(tmp_path / "x.csv"))


@posix
def test_a_full_disk(refused: Callable[..., str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert "/dev/full" in refused("norms", "-o", "/dev/full")


@posix
def test_a_workbook_is_not_poured_into_a_terminal() -> None:
    import pty

    controller, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kijun", "norms", "--format", "xlsx"],
            stdout=terminal,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(controller)
    assert done.returncode == 2
    assert b"terminal" in done.stderr


def test_a_hyphen_is_standard_output(run: Run, tmp_path: Path) -> None:
    plain = run("norms", "--section", "6(4)", "--format", "csv")
    assert run("norms", "--section", "6(4)", "--format", "csv", "-o", "-").data == plain.data
    assert not (tmp_path / "-").exists()
    turtle_text = run("export", "--layer", "text", "-o", "-").text
    assert "kijun:Sentence" in turtle_text


@pytest.mark.parametrize("arguments", ANSWERS, ids=lambda value: value[0])
def test_every_answer_in_every_format_by_the_ending_of_the_file(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    def written(name: str) -> bytes:
        ran = run(*arguments, "-o", str(tmp_path / name))
        assert (ran.status, ran.data) == (0, b"")
        assert DRAFT in ran.told
        return (tmp_path / name).read_bytes()

    rows = json.loads(written("a.json"))
    count = sum(len(row.get("legs", [row])) for row in rows)
    told = list(csv.reader(io.StringIO(written("a.CSV").decode("utf-8-sig"))))
    assert len(told) == 1 + count
    assert len({len(row) for row in told}) == 1
    assert told[0][0] == "note"
    assert all(row[0].startswith(DRAFT) for row in told[1:])
    sheet = openpyxl.load_workbook(io.BytesIO(written("a.xlsx"))).active
    assert sheet is not None
    cells = [
        [cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)
    ]
    assert any(str(row[0]).startswith(DRAFT) for row in cells[:2])
    # Two rows of headings: the words, and the keys.
    assert len([row for row in cells if len(row) > 3]) == 2 + count
    ttl = written("a.ttl").decode()
    assert ttl.startswith(f"# {DRAFT}")
    described = {str(node) for node in rdflib.Graph().parse(data=ttl, format="turtle").subjects()}
    key = next(
        name for name in ("duty_iri", "line_iri", "norm_iri", "silence_iri") if name in told[0]
    )
    assert {row[told[0].index(key)] for row in told[1:]} <= described
    table = written("a.txt").decode()
    assert table.startswith(DRAFT)
    assert all(cli.visible(line) == line for line in table.splitlines())


def test_the_format_given_stands_beside_an_ending_that_names_none(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "a.data"
    assert run("norms", "--format", "json", "-o", str(place)).status == 0
    assert len(json.loads(place.read_text(encoding="utf-8"))) > 80


@pytest.mark.parametrize(
    "words",
    [
        ("norms", "--format", "xlsx", "-o", "a.csv"),
        ("export", "--format", "turtle", "-o", "a.jsonld"),
        ("view", "drafting", "--format", "svg", "-o", "a.html"),
    ],
)
def test_an_ending_that_contradicts_the_format_is_bad_usage(
    refused: Callable[..., str], words: tuple[str, ...], tmp_path: Path
) -> None:
    *command, name = words
    said = refused(*command, str(tmp_path / name))
    assert Path(name).suffix in said
    assert f"--format says {words[words.index('--format') + 1]}" in said
    assert not list(tmp_path.iterdir())


def test_the_day_may_be_written_by_era(run: Run) -> None:
    plain = run("duties", NENKIN, "--as-of", "2026-04-01", "--format", "json")
    for day in ("令和8年4月1日", "2026/4/1", "２０２６-04-01"):
        assert run("duties", NENKIN, "--as-of", day, "--format", "json") == plain


def test_an_existing_file_stays_when_the_command_fails(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    place = tmp_path / "a.json"
    place.write_text("old", encoding="utf-8")
    refused("duties", "どこか", "-o", str(place))
    assert place.read_text(encoding="utf-8") == "old"


def test_an_empty_answer_is_an_answer_with_its_reason(run: Run) -> None:
    ran = run("duties", "会計検査院", "--format", "json")
    assert (ran.status, ran.rows) == (0, [])
    assert "府省庁に含まれない" in ran.told
    ran = run("duties", NENKIN, "--as-of", "2015-01-01", "--format", "json")
    assert (ran.status, ran.rows) == (0, [])
    assert "名簿" in ran.told
    ran = run("route", "NISC", NENKIN, "--about", "incident")
    assert (ran.status, ran.data) == (0, b"")
    assert "経路は文にない" in ran.told
