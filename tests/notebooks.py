"""The notebooks as .ipynb: ``make notebooks`` writes them into build/notebooks.

They are kept as jupytext percent scripts. A cell in SPARQL (``# %% language="sparql"``) becomes a
cell with ``%%sparql``, its ``magic_args`` behind it; its lines are comments to Python.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import jupytext
import nbformat

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
BUILT = ROOT / "build" / "notebooks"

SCRIPTS = sorted(FOLDER.glob("*.py"))
"""The notebooks' scripts, in the order in which they are to be read."""


def notebook_of(script: Path) -> Any:
    """Return a script as a notebook without outputs."""
    made = jupytext.read(script, fmt="py:percent")
    for number, cell in enumerate(made.cells):
        # The same script gives the same file.
        cell.id = f"cell-{number}"
        if cell.metadata.pop("language", None) == "sparql":
            words = cell.metadata.pop("magic_args", "")
            cell.source = f"%%sparql {words}".rstrip() + f"\n{cell.source}"
    made.metadata.pop("jupytext", None)
    return made


def main() -> None:
    """Write every notebook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=BUILT, metavar="FOLDER")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS:
        place = folder / f"{script.stem}.ipynb"
        nbformat.write(notebook_of(script), place)
        print(place)


if __name__ == "__main__":
    main()
