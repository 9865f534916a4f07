"""The notebooks as scripts: what each must have, and what they become."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jupytext", reason="needs jupytext")

import notebooks

IDS = [script.stem for script in notebooks.SCRIPTS]


def cells(script: Path) -> list[Any]:
    return list(notebooks.notebook_of(script).cells)


def test_the_notebooks_are_numbered_in_order() -> None:
    assert [int(name.partition("-")[0]) for name in IDS] == list(range(1, len(IDS) + 1))


@pytest.mark.parametrize("script", notebooks.SCRIPTS, ids=IDS)
def test_a_notebook_explains_itself_and_asserts_its_figures(script: Path) -> None:
    first, *rest = cells(script)
    assert re.match(rf"# {script.stem.partition('-')[0]}\. \S", first.source)
    assert "> **Summary.** " in first.source
    assert sum(cell.source.startswith("assert ") for cell in rest) >= 3
    assert all(not cell.get("outputs") for cell in rest)
    prose = "".join(cell.source for cell in rest if cell.cell_type == "markdown")
    japanese = sum(char >= "぀" for char in prose)
    assert japanese > len(prose) / 2, "written for a Japanese reader"


@pytest.mark.parametrize("script", notebooks.SCRIPTS, ids=IDS)
def test_links_between_notebooks_lead_somewhere(script: Path) -> None:
    for cell in cells(script):
        for target in re.findall(r"\]\(([^)]+\.ipynb)\)", cell.source):
            assert target.removesuffix(".ipynb") in IDS


def test_the_tour_leads_to_every_other_notebook() -> None:
    text = notebooks.SCRIPTS[0].read_text(encoding="utf-8")
    assert [name for name in IDS[1:] if f"({name}.ipynb)" not in text] == []


def test_a_cell_in_sparql_becomes_one_with_its_magic(tmp_path: Path) -> None:
    script = tmp_path / "x.py"
    script.write_text(
        '# %% language="sparql" magic_args="rows --on kg"\n# SELECT ?x {\n#   ?x ?y "#" }\n\n'
        "# %%\n# %load_ext kijun\nrows\n",
        encoding="utf-8",
    )
    made = notebooks.notebook_of(script)
    assert [cell.source for cell in made.cells] == [
        '%%sparql rows --on kg\nSELECT ?x {\n  ?x ?y "#" }',
        "%load_ext kijun\nrows",
    ]
    assert made == notebooks.notebook_of(script)
