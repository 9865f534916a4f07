"""What a point question imports in a fresh process, for that is most of what it costs.

The whole of ``kijun duties BODY`` takes about 45 ms of processor time, of which 12 are Python's
own. Each module below that is kept out would add, measured on the same machine (processor ms):
networkx 85, rdflib 62, openpyxl 58, pyparsing 40, asyncio 28, urllib.request 23,
importlib.metadata 21, http 17, clingo 13, email 9, importlib.resources 7, ssl 7, dataclasses 6,
multiprocessing 6, inspect 5, logging 5, tempfile 4, subprocess 3. What is allowed costs 3 at most
each. ``shutil`` (2, with bz2 and lzma) comes with argparse in any case.

kijun's own modules are listed one by one, so that another one on this path is a decision; of the
standard library the list holds what Python 3.11 to 3.13 bring along for them.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kijun.knowledge import KnowledgeGraph

POINT = ("duties", "情報通信研究機構", "--format", "json")

OWN = (
    "answering arguments cache catalogue cells cli content dates delivery duties engine errors "
    "examining formats analysing knowledge lines lookup names norms ontology parameters queries "
    "reporting questioning saying sections store table tables terms validity viewing"
)
"""The modules of kijun that a point question may import."""

LIGHT = (
    "abc argparse bisect bz2 codecs collections contextlib contextvars copy copyreg csv datetime "
    "encodings enum errno fnmatch functools genericpath gettext glob grp hashlib heapq importlib "
    "io ipaddress itertools json keyword locale lzma math ntpath operator os pathlib posixpath "
    "pwd re reprlib shutil stat string struct sys textwrap types typing unicodedata urllib "
    "warnings weakref zlib"
)
"""The packages of the standard library that it may import."""

HEAVY = (
    "asyncio clingo clorm concurrent dataclasses decimal difflib email http importlib.metadata "
    "importlib.resources inspect kijun.axioms kijun.derivation kijun.network kijun.sparql "
    "kijun.turtle kijun.workbook logging multiprocessing networkx numpy openpyxl pandas "
    "pkg_resources pyparsing random rdflib setuptools socket sqlite3 ssl subprocess tempfile "
    "threading unittest urllib.request uuid xml"
)
"""What no question from the embedded store needs."""

CHILD = """
import sys
before = set(sys.modules)
from kijun.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n" + " ".join([str(status), *sorted(set(sys.modules) - before)]))
"""


def imported(*arguments: str, status: int = 0) -> set[str]:
    """Return the modules that a command imports in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )
    told = done.stderr.decode().rpartition("\n")[2].split()
    assert told[0] == str(status), done.stderr.decode()
    return set(told[1:])


def heavy(modules: set[str], *allowed: str) -> list[str]:
    """Return the heavy modules among some, but for those allowed here."""
    kept_out = [name for name in HEAVY.split() if name not in allowed]
    return sorted(
        module
        for module in modules
        if any(module == name or module.startswith(f"{name}.") for name in kept_out)
    )


@pytest.fixture(scope="module")
def point(kg: KnowledgeGraph) -> set[str]:
    """The modules of the point question, asked where a snapshot is at hand."""
    return imported(*POINT)


def test_a_point_question_imports_nothing_heavy(point: set[str]) -> None:
    assert heavy(point) == []


def test_a_point_question_imports_these_modules_of_kijun(point: set[str]) -> None:
    own = {name.removeprefix("kijun.") for name in point if name.startswith("kijun.")}
    wanted = set(OWN.split())
    assert own - wanted == set(), "a module more on the cold path: measure it, then list it"
    assert wanted - own == set(), "no longer imported: take it off the list"


def test_a_point_question_imports_one_package_of_others(point: set[str]) -> None:
    packages = {name.partition(".")[0] for name in point} - {"kijun"}
    others = {name for name in packages if name not in sys.stdlib_module_names}
    assert others == {"pyoxigraph"}


def test_a_point_question_imports_only_what_is_light(point: set[str]) -> None:
    packages = {name.partition(".")[0] for name in point}
    public = {name for name in packages & sys.stdlib_module_names if not name.startswith("_")}
    assert public - set(LIGHT.split()) == set(), (
        "measure it (python -X importtime), then list it or avoid it"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("norms", "--section", "6(4)"),
        ("duties", "日本年金機構", "--format", "csv"),
        ("duties", "日本年金機構", "--format", "turtle"),
        ("reports", "--from", "総務省"),
        ("ask", "silences"),
        ("ask",),
    ],
    ids=" ".join,
)
def test_other_questions_import_nothing_heavy_either(
    kg: KnowledgeGraph, arguments: tuple[str, ...]
) -> None:
    assert heavy(imported(*arguments)) == []


def test_a_heavy_library_comes_only_with_what_needs_it(kg: KnowledgeGraph) -> None:
    nearest = imported("duties", "総務", status=2)
    assert heavy(nearest, "difflib") == []
    route = imported("route", "総務省", "NISC")
    assert "networkx" in route
    assert not {"rdflib", "clingo", "openpyxl"} & route
    sheet = imported("norms", "--section", "2", "--format", "xlsx")
    assert "openpyxl" in sheet
    assert not {"rdflib", "clingo", "networkx"} & sheet


def test_building_needs_the_rules_engine_only(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path))
    small = ("norms", "--as-of", "2015-01-01")
    built = imported(*small)
    assert "clingo" in built
    assert not {"rdflib", "networkx", "openpyxl"} & built
    assert "clingo" not in imported(*small)
