"""The wheel as a user gets it: built, installed, and used where the sources are gone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "ontology/terms/*.ttl",
    "ontology/facts/*.ttl",
    "ontology/rules/*.lp",
    "ontology/shapes/*.ttl",
    "ontology/profiles/*.csv",
    "ontology/profiles/examples/*/*.csv",
    "ontology/profiles/examples/*/*.csv",
    "ontology/registers/*.csv",
    "queries/questions/*.rq",
    "graph/kijun/messages/*/LC_MESSAGES/*.mo",
    "queries/checks/*.rq",
    "graph/kijun/*.py",
    "graph/kijun/py.typed",
)
ANCHORS = """
import importlib.resources, json, kijun
names = ("kijun", "kijun.ontology", "kijun.queries")
print(json.dumps({name: str(importlib.resources.files(name)) for name in names}))
"""

Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources that is deleted afterwards."""
    copy = tmp_path_factory.mktemp("sources") / "kijun"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "node_modules", ".*_cache", "build", "dist", "*.egg-info"
    )
    shutil.copytree(ROOT, copy, ignore=left_out)
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(out)]
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    shutil.rmtree(copy)
    (found,) = out.glob("kijun-*.whl")
    return found


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a program of a new venv that holds the wheel, in an empty folder and home."""
    place = tmp_path_factory.mktemp("installed")
    venv, empty = place / "venv", place / "empty"
    empty.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    # The hashed dependencies come from this venv. A folder named in a .pth file is searched, but
    # its own .pth files are not read, so the editable install that points to the sources is out.
    paths = sysconfig.get_paths()
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{paths['purelib']}\n{paths['platlib']}\n")
    environment = {
        "HOME": str(empty),
        "PATH": f"{venv / 'bin'}{os.pathsep}{os.defpath}",
        "LANG": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "0",
    }

    def output(*command: str) -> str:
        finished = subprocess.run(
            command, cwd=empty, env=environment, capture_output=True, check=False
        )
        assert finished.returncode == 0, finished.stderr.decode()
        return finished.stdout.decode()

    return output


def test_everything_shipped_is_in_it_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "kijun/" + str(path.relative_to(ROOT)).removeprefix("graph/kijun/")
        for pattern in SHIPPED
        for path in ROOT.glob(pattern)
    }
    assert wanted
    assert wanted <= names
    strays = {
        name
        for name in names - wanted
        if ".dist-info/" not in name
        and not name.startswith(("kijun/static/", "kijun/templates/"))
        and not name.endswith(("__init__.py", ".jsonld"))
    }
    assert not strays


def test_the_explorers_pages_are_in_it_where_they_are_built(wheel: Path) -> None:
    static = ROOT / "graph" / "kijun" / "static"
    if not (static / "index.html").is_file():
        pytest.skip("the pages are not built (make explorer)")
    built = {f"kijun/static/{path.relative_to(static)}" for path in static.rglob("*")}
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if "/static/" in name}
    assert shipped == built
    # What the pages are made of, with its licences.
    assert "kijun/static/THIRD-PARTY.txt" in built


def test_both_licences_are_in_it(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name]
    assert [name.partition("/licenses/")[2] for name in sorted(names)] == [
        "LICENSE",
        "LICENSES/CC-BY-4.0.txt",
    ]


def test_content_is_found_without_the_sources(run: Run) -> None:
    folders = json.loads(run("python", "-c", ANCHORS))
    for folder in folders.values():
        assert "site-packages" in folder
        assert not Path(folder).is_relative_to(ROOT)
    assert list(Path(folders["kijun.ontology"]).glob("terms/*.ttl"))


def test_a_question_is_answered_without_the_sources(run: Run) -> None:
    rows = json.loads(run("kijun", "duties", "情報通信研究機構", "--format", "json"))
    assert rows
    assert {"norm", "body", "route", "section", "sentence", "statement"} <= set(rows[0])


def test_it_speaks_japanese_without_the_sources(run: Run) -> None:
    assert run("kijun", "reports", "--help", "--lang", "ja").startswith("使い方：kijun reports")
