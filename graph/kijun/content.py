"""Where the shipped files are, which layer each belongs to, and what they add up to."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from kijun.errors import KijunError

VERSION = "0.1.0"
"""The version of kijun, the same as in ``pyproject.toml``."""

LAYER_OF = {
    "text": "text",
    "norms": "norms",
    "open": "norms",
    "law": "law",
    "editions": "law",
    "bodies": "bodies",
    "offices": "bodies",
}
"""The layer of a facts file, by the part of its name before the first hyphen."""

SITUATED = ("boundaries.lp", "repair.lp")
"""The files of rules that are grounded only where users describe their own systems."""

_BUILDERS = (
    *("axioms.py", "derivation.py", "names.py", "naming.py", "reasoning.py"),
    "refusals.py",
)


def _folder(package: str) -> Path:
    # importlib.resources gives the same folder, but loads zipfile, tempfile and random for it:
    # 8 of the 40 ms that a point question takes.
    return Path(importlib.import_module(package).__path__[0])


PACKAGE = _folder("kijun")
"""The folder of the package itself."""

ONTOLOGY = _folder("kijun.ontology")
"""The folder of terms, facts, rules, shapes and registers."""

QUERIES = _folder("kijun.queries")
"""The folder of questions and checks."""


def graph_files() -> list[tuple[str, Path]]:
    """Return every Turtle file of the graph with its layer, sorted by layer and name.

    Raises:
        KijunError: a facts file whose name begins with no known subject.
    """
    files = [("terms", path) for path in _files(ONTOLOGY / "terms", "*.ttl")]
    for path in _files(ONTOLOGY / "facts", "*.ttl"):
        subject = path.stem.partition("-")[0]
        if subject not in LAYER_OF:
            known = ", ".join(sorted(LAYER_OF))
            raise KijunError(f"facts/{path.name}: its name must begin with one of {known}")
        files.append((LAYER_OF[subject], path))
    return sorted(files, key=lambda file: (file[0], file[1].name))


def rule_files() -> list[Path]:
    """Return the files of rules that hold for every graph, sorted by name."""
    return [path for path in _files(ONTOLOGY / "rules", "*.lp") if path.name not in SITUATED]


def rules_of_situations(name: str = SITUATED[0]) -> str:
    """Return a file of rules that concern what users describe."""
    return (ONTOLOGY / "rules" / name).read_text(encoding="utf-8")


def fingerprint(*extra: str, on_disk: bool = True) -> str:
    """Return a SHA-256 in hex of all that a built graph is made of, and of ``extra``.

    That is the names and bytes of terms, facts, rules and of the modules that derive, and the
    version of kijun; ``on_disk`` also that of pyoxigraph, whose format the snapshot has.
    """
    digest = hashlib.sha256()
    for part in (VERSION, pyoxigraph.__version__ if on_disk else "", *extra):
        _add(digest, part.encode())
    builders = [path for name in _BUILDERS if (path := PACKAGE / name).is_file()]
    for path in (*(file for _, file in graph_files()), *rule_files(), *builders):
        _add(digest, f"{path.parent.name}/{path.name}".encode())
        _add(digest, path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    # A name that begins with a dot is a file being written, or an editor's.
    return iter(sorted(path for path in folder.glob(pattern) if not path.name.startswith(".")))


def _add(digest: hashlib._Hash, data: bytes) -> None:
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    digest.update(len(data).to_bytes(8, "big"))
    digest.update(data)
