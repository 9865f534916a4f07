"""The answers about four bodies that are kept in tests/answers, and how to make them again.

Run ``python tests/freeze_answers.py`` after a change that is meant, and read what it changed:
each line of a kept file is one row, with its citation. What belongs to the norm alone (its words,
its parties) is left out of duties, as every row of every body would repeat it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "answers"

BODIES = {
    "nict": "情報通信研究機構",
    "nenkin": "日本年金機構",
    "soumu": "総務省",
    "nisc": "NISC",
}

CASES: dict[str, tuple[str, ...]] = {
    **{f"duties-{slug}": ("duties", name) for slug, name in BODIES.items()},
    **{f"reports-from-{slug}": ("reports", "--from", name) for slug, name in BODIES.items()},
    **{f"reports-to-{slug}": ("reports", "--to", name) for slug, name in BODIES.items()},
    **{
        f"route-{slug}-nisc": ("route", name, "NISC", "--about", "incident")
        for slug, name in BODIES.items()
        if slug != "nisc"
    },
    "route-amed-nisc": ("route", "日本医療研究開発機構", "NISC", "--about", "incident"),
}
"""The command line of each kept answer, by the name of its file."""

DUTY = (
    "norm",
    "section",
    "sentence",
    "force",
    "derived_force",
    "route",
    "grade",
    "path",
    "basis",
    "in_force",
    "displaced_by",
    "interpretation",
)
LINE = (
    "norm",
    "section",
    "sentence",
    "from",
    "to",
    "act",
    "about",
    "trigger",
    "timing",
    "lane",
    "condition",
    "force",
    "basis",
    "in_force",
    "reading",
    "interpretation",
)
LEG = ("norm", "section", "sentence", "from", "to", "act", "about", "timing", "lane", "slow")
ROUTE = ("length", "single_points", "about", "lane")


def answer(arguments: tuple[str, ...]) -> list[dict[str, object]]:
    """Return what the command line prints as JSON."""
    from kijun.cli import main

    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        status = main([*arguments, "--format", "json"])
    assert status == 0, arguments
    assert isinstance(printed.buffer, io.BytesIO)
    rows = json.loads(printed.buffer.getvalue())
    assert isinstance(rows, list)
    return rows


def kept(name: str, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the part of an answer's rows that is kept."""
    if name.startswith("duties"):
        return [_only(row, DUTY) for row in rows]
    if name.startswith("reports"):
        return [_only(row, LINE) for row in rows]
    return [{"legs": [_only(leg, LEG) for leg in _legs(row)], **_only(row, ROUTE)} for row in rows]


def _legs(row: Mapping[str, object]) -> list[dict[str, object]]:
    legs = row["legs"]
    assert isinstance(legs, list)
    return legs


def _only(row: Mapping[str, object], keys: tuple[str, ...]) -> dict[str, object]:
    return {key: row[key] for key in keys}


def text(rows: list[dict[str, object]]) -> str:
    """Return rows as JSON with one row on each line, so that a change shows as one."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def main() -> None:
    """Write every kept answer anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, arguments in CASES.items():
        place = FOLDER / f"{name}.json"
        place.write_text(text(kept(name, answer(arguments))), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{place.name}: kijun {' '.join(arguments)}\n")


if __name__ == "__main__":
    main()
