"""The reports on the examples in tests/shapes, and how to make them again.

For each file of shapes there is an example that passes, one in which each shape is broken, and the
report on it. Run ``python tests/freeze_shapes.py`` after a change that is meant, and read what it
changed: each line is one breach.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import rdflib

from kijun import turtle
from kijun.content import ONTOLOGY
from kijun.shapes import Breach, breaches_in

FOLDER = Path(__file__).parent / "shapes"
LOCAL = "urn:kijun:local:example:"
SUBJECTS = sorted(path.stem for path in (ONTOLOGY / "shapes").glob("*.ttl"))


def shapes_of(subject: str) -> rdflib.Graph:
    """Return the shapes of one file."""
    return turtle.read(ONTOLOGY / "shapes" / f"{subject}.ttl")


def found_in(example: str, shapes: rdflib.Graph) -> list[Breach]:
    """Return what breaks shapes in an example, its things by their local names."""
    found = breaches_in(turtle.read(FOLDER / f"{example}.ttl"), shapes)
    return [
        breach._replace(
            focus=breach.focus.removeprefix(LOCAL), value=breach.value.removeprefix(LOCAL)
        )
        for breach in found
    ]


def report(subject: str) -> str:
    """Return the report on the example that fails, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Breach._fields)
    writer.writerows(found_in(f"{subject}-fail", shapes_of(subject)))
    return text.getvalue()


if __name__ == "__main__":
    for subject in SUBJECTS:
        (FOLDER / f"{subject}-report.csv").write_text(report(subject), encoding="utf-8")
