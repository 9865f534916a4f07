"""What the package exports and costs, how it is opened, and that its examples say what happens."""

from __future__ import annotations

import ast
import doctest
import importlib
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kijun
from kijun.errors import BadInput
from kijun.knowledge import KnowledgeGraph
from wide_screen import _wide

__all__ = ["_wide"]

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "kijun"
MODULES = sorted(
    f"kijun.{path.stem}"
    for path in PACKAGE.glob("*.py")
    if ">>> " in path.read_text(encoding="utf-8") and not path.stem.startswith("__")
)
FACE = (kijun.KnowledgeGraph, kijun.Table)


def has_pandas() -> bool:
    try:
        importlib.import_module("pandas")
    except ImportError:
        return False
    return True


# What is exported, and what it costs


def test_the_exported_names_are_the_public_ones() -> None:
    assert list(kijun.__all__) == sorted(kijun.__all__)
    assert dir(kijun) == sorted(kijun.__all__)
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname or alias.name
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("kijun")
        for alias in node.names
    }
    own = {"__version__", "check", "load_ipython_extension", "open"}
    assert typed | own == set(kijun.__all__)
    for name in kijun.__all__:
        assert getattr(kijun, name).__doc__ or name == "__version__"
    with pytest.raises(AttributeError, match="no attribute"):
        _ = kijun.nothing_of_the_kind  # type: ignore[attr-defined]


def test_the_version_is_that_of_the_project() -> None:
    assert f'version = "{kijun.__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_every_public_method_has_a_documented_example() -> None:
    for face in FACE:
        for name in vars(face) if face is kijun.Table else dir(face):
            if name.startswith("_") or name in {"lang", "count", "index", "query"}:
                continue
            member = getattr(face, name)
            if callable(member) or isinstance(member, property) or hasattr(member, "func"):
                text = member.__doc__ or ""
                assert ">>> " in text or name == "of", f"{face.__name__}.{name}"


def test_importing_the_package_loads_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import kijun; dir(kijun); "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = run(code).split()
    assert set(loaded) <= {
        "kijun",
        "typing",
        "_typing",
        "typing.io",
        "typing.re",
        "collections.abc",
    }


def test_answers_load_no_heavy_library() -> None:
    code = (
        "import sys, kijun; kg = kijun.open(); kg.duties('総務省'); kg.ask('definitions'); "
        "str(kg.norms()); kg.norms()._repr_html_(); "
        "print(*({'rdflib', 'networkx', 'pandas', 'numpy', 'openpyxl', 'clingo', 'inspect'} "
        "& set(sys.modules)))"
    )
    kijun.open()  # builds the snapshot, which is heavy
    assert run(code).strip() == ""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout


# Examples


def examples() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    for name in ["kijun", *MODULES]:
        yield from (test for test in finder.find(importlib.import_module(name)) if test.examples)
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if ">>> " in text:
            parser = doctest.DocTestParser()
            plain = text.replace("```", "")
            yield parser.get_doctest(plain, {}, page.name, str(page), 0)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_the_example_says_what_happens(example: doctest.DocTest) -> None:
    if "to_frame" in example.docstring and not has_pandas():  # type: ignore[operator]
        pytest.skip("needs pandas")
    said = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    failed, tried = runner.run(example, out=said.write, clear_globs=False)
    assert tried
    assert not failed, said.getvalue()


# Opening


def test_open_takes_day_and_language(kg: KnowledgeGraph) -> None:
    english = kijun.open(as_of="2026-04-01", lang="en")
    assert str(english.day) == "2026-04-01"
    assert english.norms(section="6(4)")[0]["bearer"] != kg.norms(section="6(4)")[0]["bearer"]
    assert repr(english) == '<kijun.KnowledgeGraph of 2026-04-01, "en">'


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        (("mine.xlsx",), {}, "mine.xlsx: there is no such file"),
        ((), {"lang": "fr"}, "choose ja or en"),
        ((), {"as_of": "yesterday"}, "YYYY-MM-DD"),
        ((), {"verbatim": True}, "no copy of the guideline is attached"),
    ],
)
def test_open_refuses_what_it_cannot_do(
    given: tuple[str, ...], options: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        kijun.open(*given, **options)  # type: ignore[arg-type]


def test_a_graph_that_cannot_be_kept_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "file" / "below"))
    with pytest.warns(UserWarning, match="no snapshot can be kept"):
        kg = kijun.open()
    assert len(kg.sparql("ASK { ?norm a kijun:Norm }")) == 1
