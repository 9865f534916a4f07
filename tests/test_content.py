"""Where the shipped files are, and the fingerprint that a snapshot is keyed by."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kijun import content
from kijun.errors import KijunError

ROOT = Path(__file__).parents[1]


@pytest.fixture
def ontology(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("terms", "facts", "rules"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(content, "ONTOLOGY", tmp_path)
    return tmp_path


def test_the_folders_are_the_sources_or_the_installed_ones() -> None:
    assert (content.PACKAGE / "content.py").is_file()
    assert (content.ONTOLOGY / "__init__.py").is_file()
    assert (content.QUERIES / "__init__.py").is_file()


def test_version_is_the_one_that_is_packaged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == content.VERSION


def test_files_have_the_layer_of_their_subject(ontology: Path) -> None:
    for name in (
        "terms/norm.ttl",
        "terms/body.ttl",
        "facts/text.ttl",
        "facts/norms-6.ttl",
        "facts/norms-2.ttl",
        "facts/open.ttl",
        "facts/editions.ttl",
        "facts/offices.ttl",
        "facts/bodies-2016.ttl",
        "facts/.bodies.ttl.x1.ttl",
        "facts/notes.txt",
    ):
        (ontology / name).touch()
    assert [(layer, path.name) for layer, path in content.graph_files()] == [
        ("bodies", "bodies-2016.ttl"),
        ("bodies", "offices.ttl"),
        ("law", "editions.ttl"),
        ("norms", "norms-2.ttl"),
        ("norms", "norms-6.ttl"),
        ("norms", "open.ttl"),
        ("terms", "body.ttl"),
        ("terms", "norm.ttl"),
        ("text", "text.ttl"),
    ]
    (ontology / "facts" / "stray.ttl").touch()
    with pytest.raises(KijunError, match=r"facts/stray\.ttl"):
        content.graph_files()


def test_the_fingerprint_follows_names_bytes_and_extras(ontology: Path) -> None:
    seen = {content.fingerprint()}

    def is_new() -> bool:
        found = content.fingerprint()
        new = found not in seen
        seen.add(found)
        return new and found == content.fingerprint() and len(found) == 64

    (ontology / "terms" / "a.ttl").write_bytes(b"x")
    assert is_new()
    (ontology / "terms" / "a.ttl").write_bytes(b"y")
    assert is_new()
    (ontology / "terms" / "a.ttl").rename(ontology / "terms" / "b.ttl")
    assert is_new()
    (ontology / "rules" / "a.lp").write_bytes(b"")
    assert is_new()
    (ontology / "facts" / "notes.txt").write_bytes(b"not of the graph")
    assert not is_new()
    assert content.fingerprint("2016-10-12") != content.fingerprint("2026-04-01")
    assert content.fingerprint("a", "b") != content.fingerprint("ab")


def test_nothing_heavy_is_loaded() -> None:
    program = "import sys, kijun.content as c; c.fingerprint(); print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    heavy = {"rdflib", "networkx", "clingo", "openpyxl", "dataclasses", "inspect", "tempfile"}
    assert not heavy & set(run.stdout.split())
