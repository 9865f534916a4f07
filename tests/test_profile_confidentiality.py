"""What users write stays in the files that they name: no snapshot, no cache, no log, no rest."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyoxigraph import Store

from kijun.profile import Profile, Row
from kijun.profile_files import write
from kijun.profiling import example

SECRET = "QXZ秘匿"
MARKING = f"機密性3情報 {SECRET}印"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of their own for all that a process may write, and a profile full of one word."""
    folder = tmp_path_factory.mktemp("world")
    places = {name: folder / name for name in ("cache", "data", "tmp", "home", "work", "out")}
    for place in places.values():
        place.mkdir()
    marked = {"about": ("title", "note"), "systems": ("name",), "documents": ("name",)}
    rows: dict[str, tuple[Row, ...]] = {}
    for key, found in example("shared-platform").rows.items():
        told = [dict(row.cells) for row in found]
        for cells in told:
            cells |= {name: f"{cells.get(name, '')}{SECRET}" for name in marked.get(key, ())}
            if key == "about":
                cells["marking"] = MARKING
        rows[key] = tuple(Row(cells, row.place) for cells, row in zip(told, found, strict=True))
    places["profile"] = folder / "profile.xlsx"
    write(Profile("made", rows), places["profile"])
    return places


def kijun(world: dict[str, Path], *words: object, status: tuple[int, ...] = (0, 1)) -> bytes:
    """Run a command in a process that has nowhere else to write."""
    own = {
        "KIJUN_CACHE": str(world["cache"]),
        "KIJUN_DATA": str(world["data"]),
        "TMPDIR": str(world["tmp"]),
        "HOME": str(world["home"]),
        "XDG_CACHE_HOME": str(world["home"] / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kijun", *map(str, words)],
        cwd=world["work"],
        env={**os.environ, **own},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode in status, done.stderr.decode()
    return done.stdout


def left(world: dict[str, Path]) -> list[str]:
    """The files, beside those that were asked for, in which the word stands."""
    kept = ("cache", "data", "tmp", "home", "work")
    files = [place for name in kept for place in world[name].rglob("*") if place.is_file()]
    return [str(p) for p in files if SECRET.encode() in p.read_bytes() or SECRET in p.name]


def test_no_command_leaves_anything_of_a_profile_behind(world: dict[str, Path]) -> None:
    profile, out = world["profile"], world["out"]
    runs: tuple[tuple[object, ...], ...] = (
        ("gaps", profile),
        ("gaps", profile, "--format", "json"),
        ("check", profile),
        ("duties", "架空省", "--profile", profile),
        ("reports", "--from", "架空省", "--profile", profile),
        ("explain", "架空省", "6(3)-4a", "--profile", profile),
        ("report", "架空省", "--profile", profile, "-o", out / "r.html"),
        ("profile", "convert", profile, out / "p.ttl"),
    )
    told = [kijun(world, *words) for words in runs]
    assert any(SECRET.encode() in one for one in told), "the word is in what was asked for"
    assert left(world) == []


def test_what_is_wrong_leaves_nothing_either(world: dict[str, Path], tmp_path: Path) -> None:
    place = tmp_path / "uses.csv"
    place.write_text(f"利用機関,システム\n{SECRET}庁,{SECRET}\n", encoding="utf-8")
    kijun(world, "gaps", place, status=(1, 2))
    kijun(world, "check", place)
    (tmp_path / "p.ttl").write_text(f'<urn:a> <urn:b> "{SECRET}', encoding="utf-8")
    kijun(world, "gaps", tmp_path / "p.ttl", status=(2,))
    assert left(world) == []


def test_no_snapshot_holds_a_statement_of_a_profile(world: dict[str, Path]) -> None:
    kijun(world, "gaps", world["profile"])
    stores = [place.parent for place in world["cache"].rglob("CURRENT")]
    assert stores
    for place in stores:
        values = {str(term) for quad in Store.read_only(str(place)) for term in quad}
        assert not [value for value in values if SECRET in value or "urn:kijun:local:" in value]


def test_every_export_carries_the_marking(world: dict[str, Path]) -> None:
    out = world["out"]
    for name in ("g.csv", "g.xlsx", "g.ttl", "g.txt"):
        kijun(world, "gaps", world["profile"], "-o", out / name)
    rows = list(csv.DictReader(io.StringIO((out / "g.csv").read_text(encoding="utf-8-sig"))))
    assert rows
    assert all(MARKING in row["note"] for row in rows)
    sheet = load_workbook(out / "g.xlsx").worksheets[0]
    assert any(MARKING in str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
    assert MARKING in (out / "g.ttl").read_text(encoding="utf-8").split("\n\n")[0]
    assert MARKING in (out / "g.txt").read_text(encoding="utf-8").split("\n\n")[0]
    # JSON is a bare list: there the marking comes on standard error.
    assert json.loads(kijun(world, "gaps", world["profile"], "--format", "json"))
    kijun(world, "report", "架空省", "--profile", world["profile"], "-o", out / "r.html")
    assert MARKING in (out / "r.html").read_text(encoding="utf-8")
    for name in ("c.ttl", "c.jsonld", "c.xlsx"):
        kijun(world, "profile", "convert", world["profile"], out / name)
    assert MARKING in (out / "c.ttl").read_text(encoding="utf-8")[:80]
    assert MARKING in (out / "c.jsonld").read_text(encoding="utf-8")[:120]
    for sheet in load_workbook(out / "c.xlsx"):
        assert MARKING in sheet.oddHeader.right.text


def test_findings_in_json_carry_the_marking(world: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    book = load_workbook(world["profile"])
    book["層"]["A3"] = "どこにもないシステム"
    book.save(broken)
    rows = json.loads(kijun(world, "check", broken, "--format", "json"))
    assert rows
    assert {row["handling"] for row in rows} == {MARKING}
