"""Rules that hold for the repository as a whole."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kijun import turtle

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "kijun"
SOURCE = ROOT.parent / "shared" / "sources" / "shishin-2016-draft.txt"

ORDER = (
    ("saying", "errors", "terms", "progress", "lines", "delivery", "cache", "cells", "sections"),
    ("content", "turtle", "eras", "dates", "corporate_numbers", "names"),
    ("text", "source", "text_facts"),
    ("register_tables", "supervision", "registers"),
    ("axioms", "reasoning", "clauses", "strata", "columns", "rows", "solving", "bulk", "modelling"),
    ("refusals", "naming", "derivation", "store", "jsonld"),
    ("query_text", "sparql_worker", "exchange", "sparql", "dataset"),
    (
        "tables",
        "workbook",
        "formats",
        "export",
        "table_page",
        "frame",
        "table",
        "querying",
        "catalogue",
        "engine",
    ),
    ("addresses", "remote_refusals", "remote_endpoint", "loaded", "remote", "loading"),
    (
        "norms",
        "asking",
        "lookup",
        "validity",
        "duties",
        "reporting",
        "network",
        "graphs",
        "history",
        "parameters",
    ),
    (
        "standing",
        "competence",
        "changes",
        "closure",
        "reach",
        "worlds",
        "consequences",
        "single_points",
    ),
    ("whatif", "portraits", "contrasts", "differences"),
    ("owl_words", "owl_profile", "owl_view", "saturation", "clashes", "judge", "owl_claims"),
    ("local_names", "profile_schema", "profile", "shapes", "column_shapes"),
    ("profile_faults", "complaints", "root_faults", "resolution", "declarations"),
    (
        "profile_tables",
        "situation_graph",
        "situation",
        "boundary_facts",
        "boundary",
        "hole_words",
        "holes",
    ),
    ("workbook_faults", "sheets", "profile_cells", "profile_grid"),
    ("register_names", "profile_workbook", "profile_csv", "profile_rdf", "profile_triples"),
    ("profile_sheets", "profile_template", "inspection", "checklist", "profile_files"),
    ("situated", "coverage", "boundary_notes", "boundary_tables", "matrix", "matrix_book"),
    ("matrix_page", "displacement", "learning", "remedies", "mended", "repair"),
    ("spellings", "repetitions", "bygone_names", "cell_words", "counterparts"),
    ("shape_graph", "shape_findings", "check_page", "profile_check"),
    ("situation_sources", "findings", "owl_findings", "check_answer"),
    (
        "proofs",
        "absences",
        "boundary_rule_words",
        "rule_words",
        "atom_words",
        "missing_words",
    ),
    ("boundary_atom_words", "register_citations", "citations"),
    ("phrasing", "narration", "denials", "explanations", "inquiries", "outline"),
    ("wording", "likeness", "editions", "resting", "edition_rows", "edition_page"),
    ("facts", "expressions", "usage", "headwords", "terminology", "norm_words", "commentary"),
    ("picture", "legend", "boxes", "ports", "placement", "drawing", "svg", "parties"),
    ("report_pictures", "duty_picture", "framework_pictures", "boundary_picture", "views"),
    ("report", "report_source", "report_lines", "report_boundary", "report_parts"),
    ("report_page", "report_document", "printable"),
    (
        "edition_check",
        "answering",
        "platform_notes",
        "questioning",
        "analysing",
        "viewing",
        "examining",
        "knowledge",
        "examples",
        "reference",
    ),
    ("desk", "arguments", "check_command", "checking", "gaps_command", "uncovering"),
    (
        "profile_command",
        "profiling",
        "report_command",
        "printing",
    ),
    (
        "things",
        "relations",
        "surroundings",
        "namebook",
        "elements",
        "dossier",
        "scenes",
        "boundary_scenes",
    ),
    ("explorer_data", "explorer_api"),
    ("workers", "negotiation", "protocol", "service_description", "endpoint"),
    ("loopback", "serving", "serve_command", "server"),
    ("view_command", "showing", "load_command", "putting", "invented"),
    ("completion", "cli", "__main__", "magics"),
)
"""The modules from bottom to top: each may import only those before it."""

PLACE = {name: place for place, name in enumerate(itertools.chain(*ORDER))}

SPEAKERS = {
    *("cli", "__main__", "delivery", "sparql_worker"),
    *("turtle", "text_facts", "registers", "reference", "invented"),
    *("judge", "workers"),  # read what their processes say
}
"""Modules that may reach standard output: the command line, what carries its bytes there, the
program of a child process, and what makers of the graph run by ``python -m``."""

LARGEST = 4_000_000
LONGEST_MODULE = 400
LONGEST_QUOTE = 39

# Written in pieces, as this file is searched too.
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:work|tmp|root|home/[a-z]+|Users/[A-Za-z]+)/" r"|[A-Z]:\\\\?" r"Users"
)
REGISTRY = re.compile(
    "|".join(
        re.escape(host).replace("@", r"\.")
        for host in (
            "pypi@org",
            "pythonhosted@org",
            "npmjs@org",
            "npmjs@com",
            "yarnpkg@com",
            "deb@debian@org",
            "crates@io",
            "conda@anaconda@org",
        )
    )
)


@cache
def files() -> tuple[Path, ...]:
    """What git tracks or would track; without git, all files but the usual by-products."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        skipped = re.compile(r"/(\.venv|\.\w+_cache|__pycache__|build|dist|\w+\.egg-info)/")
        found = [path for path in ROOT.rglob("*") if not skipped.search(f"{path}/")]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def texts() -> dict[str, str]:
    """The tracked files that are text, by their path in the repository."""
    found = {}
    for path in files():
        data = path.read_bytes()
        if b"\0" not in data:
            found[str(path.relative_to(ROOT))] = data.decode()
    return found


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}, line {number}: {found[0]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def modules() -> dict[str, ast.Module]:
    paths = sorted(PACKAGE.glob("*.py"))
    return {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of kijun that a module imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("kijun."):
                    yield name.name.split(".")[1]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "kijun names its modules in full"
            if node.module == "kijun":
                yield from (name.name for name in node.names)
            elif node.module and node.module.startswith("kijun."):
                yield node.module.split(".")[1]


def test_no_file_names_a_path_of_a_machine() -> None:
    assert not matches(MACHINE)


def test_no_file_names_a_registry() -> None:
    assert not matches(REGISTRY)


def test_no_file_is_large() -> None:
    assert not [str(path) for path in files() if path.stat().st_size > LARGEST]


@pytest.mark.skipif(not SOURCE.is_file(), reason="the guideline's text is not beside the clone")
def test_no_sentence_of_the_guideline_is_copied() -> None:
    def bare(text: str) -> str:
        return "".join(character for character in text if not character.isspace())

    size = LONGEST_QUOTE + 1
    source = bare(SOURCE.read_text(encoding="utf-8"))
    runs = {source[start : start + size] for start in range(len(source) - size + 1)}
    copied = []
    for name, text in texts().items():
        found = bare(text)
        for start in range(len(found) - size + 1):
            if found[start : start + size] in runs:
                copied.append(f"{name}: {found[start : start + 12]}…")
                break
    assert not copied


def test_every_shipped_turtle_file_is_canonical() -> None:
    assert not turtle.check(path for path in files() if path.suffix == ".ttl")


def test_every_shipped_turtle_file_is_utf8_with_line_feeds() -> None:
    odd = [name for name, text in texts().items() if "\r" in text and not name.endswith(".csv")]
    assert not odd


def test_no_module_is_long() -> None:
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.glob("*.py")
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_modules_import_only_what_lies_below_them() -> None:
    found = modules()
    del found["__init__"]
    assert not set(found) - set(PLACE), "give a new module its place in ORDER"
    wrong = [
        f"{name} imports {other}"
        for name, tree in found.items()
        for other in imported(tree)
        if PLACE.get(other, len(PLACE)) >= PLACE[name]
    ]
    assert not wrong


def test_only_the_command_line_prints() -> None:
    printing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"})
    }
    assert printing <= SPEAKERS


def test_what_the_package_exports_is_there() -> None:
    package = importlib.import_module("kijun")
    exported = list(getattr(package, "__all__", ()))
    assert len(exported) == len(set(exported))
    assert not [name for name in exported if not hasattr(package, name)]
    own = {name for name in vars(package) if not name.startswith("_") and name not in PLACE}
    assert own - {"annotations", "TYPE_CHECKING", "Literal", "ontology", "queries"} <= set(exported)


def test_the_pages_make_elements_and_never_markup() -> None:
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextual")
    pages = {name: text for name, text in texts().items() if name.startswith("graph/explorer/src/")}
    assert len(pages) > 10
    assert not [name for name, text in pages.items() if markup.search(text)]
    assert not [name for name, text in pages.items() if len(text.splitlines()) > LONGEST_MODULE]


def test_links_between_the_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    broken = [
        f"{name}: {target}"
        for name, text in texts().items()
        if name.endswith(".md")
        for target in link.findall(text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert not broken


def test_the_makefile_is_as_its_help_says() -> None:
    makefile = texts()["Makefile"]
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = set(itertools.chain(*re.findall(r"make ([a-z-]+)(?:.*; make ([a-z-]+))?", makefile)))
    assert set(phony.split()) == targets
    assert targets - {"help"} <= named
