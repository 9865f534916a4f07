"""Every notebook runs from top to bottom, and the figures it asserts hold.

A kernel for each takes a while, so this has its own command: ``make test-notebooks``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import notebooks

nbclient = pytest.importorskip("nbclient", reason="needs nbclient")


@pytest.mark.parametrize("script", notebooks.SCRIPTS, ids=lambda script: script.stem)
def test_a_notebook_runs_from_top_to_bottom(script: Path, tmp_path: Path) -> None:
    notebook = notebooks.notebook_of(script)
    nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert not list(tmp_path.iterdir()), "a notebook leaves nothing behind"
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in shown if output.output_type == "error"]
    warned = [o.text for o in shown if o.output_type == "stream" and o.name == "stderr"]
    assert not warned, "nothing is complained about"
