"""Freeze the answers of the catalogue again: ``python tests/freeze_questions.py [NAME ...]``.

A frozen answer is what the default day answers, in Japanese, without IRIs: ``answers/NAME.csv``.
Nothing else writes there; read what changed before you commit it.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from pathlib import Path

from kijun.asking import HEADINGS
from kijun.catalogue import names
from kijun.knowledge import KnowledgeGraph, open_graph

FOLDER = Path(__file__).parent / "answers"

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "body": {"body": "情報通信研究機構"},
    "moved-articles": {"day": "2026-04-01"},
    "duties": {"body": "情報通信研究機構"},
    "labels": {"thing": "情報通信研究機構"},
    "members": {"class": "指定法人"},
    "posts": {"agency": "総務省"},
    "reports": {"level": "class"},
    "shares": {"corporation": "情報通信研究機構"},
    "superclasses": {"class": "国立研究開発法人"},
    "supervision": {"ministry": "総務省"},
}
"""What is asked of questions whose whole answer would be long."""

LEFT_OUT = {"order", "line", "duty", "supervision", "silence", "presupposed", "term"}
"""Keys that only order or identify rows."""


def answer(graph: KnowledgeGraph, name: str) -> str:
    """Return the answer of a question as the text of its frozen file."""
    found = graph.ask(name, **EXAMPLES.get(name, {}))
    columns = [
        column
        for column in found.columns
        if not column.key.endswith("_iri") and column.key not in LEFT_OUT
    ]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([HEADINGS.get(column.key, column.key) for column in columns])
    for row in found.rows:
        writer.writerow([column.text(row.get(column.key), "ja") for column in columns])
    return file.getvalue()


def frozen(name: str) -> str | None:
    """Return the frozen answer of a question, None where there is none."""
    path = FOLDER / f"{name}.csv"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def freeze(wanted: list[str]) -> list[str]:
    """Write the answers of some questions, or of all, and return the names of those that changed.

    Frozen all together, answers to questions that are gone are removed.
    """
    graph = open_graph()
    FOLDER.mkdir(exist_ok=True)
    changed = []
    for name in wanted or names():
        text = answer(graph, name)
        if text != frozen(name):
            (FOLDER / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
            changed.append(name)
    for path in FOLDER.glob("*.csv") if not wanted else ():
        if path.stem not in names():
            path.unlink()
            changed.append(path.stem)
    return changed


if __name__ == "__main__":
    print("\n".join(freeze(sys.argv[1:])) or "nothing changed")
