"""A notebook in JupyterLab itself, as an analyst sees it: tables, queries and pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser import browser, watched

__all__ = ["browser"]

nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
pytest.importorskip("jupyterlab", reason="needs jupyterlab")

TOKEN = "of-this-test-only"

CELLS = (
    "import kijun\n%load_ext kijun",
    "%kijun reports --from 総務省 --to NISC",
    "%%sparql\nSELECT ?name { ?norm kijun:force kijun:may ; kijun:notation ?name }",
    'kijun.open().view("drafting")',
    "%%sparql\nSELECT ?name {\n  ?norm foaf:name ?name }",
)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """JupyterLab on loopback with one notebook, as the address of that notebook."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    work, runtime = tmp_path / "work", tmp_path / "runtime"
    work.mkdir()
    nbformat.write(notebook, work / "seen.ipynb")
    options = (
        *("--no-browser", "--allow-root", "--expose-app-in-browser", "--ip=127.0.0.1", "--port=0"),
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={work}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )
    folders = ("RUNTIME_DIR", "CONFIG_DIR", "DATA_DIR")
    own = {f"JUPYTER_{name}": str(tmp_path / name.lower()) for name in folders}
    own["JUPYTER_RUNTIME_DIR"] = str(runtime)
    own["JUPYTERLAB_SETTINGS_DIR"] = own["JUPYTERLAB_WORKSPACES_DIR"] = str(tmp_path / "lab")
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
        )
        try:
            yield f"{_address(runtime, server)}lab/tree/seen.ipynb?token={TOKEN}"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(runtime: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(240):
        for file in runtime.glob("jpserver-*.json"):
            told = json.loads(file.read_text(encoding="utf-8"))
            return f"http://127.0.0.1:{told['port']}/"
        assert server.poll() is None, "JupyterLab ended; see its log"
        time.sleep(0.25)
    raise AssertionError("JupyterLab did not start in a minute")


def test_tables_queries_and_pictures_show_in_jupyterlab(browser: Any, lab: str) -> None:
    # JupyterLab itself may complain in the console; that it strays nowhere is watched all the same.
    with watched(browser, lab, quiet=False) as page:
        page.set_default_timeout(120_000)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady"
        )
        # Not awaited: it lasts until the last cell, which fails.
        page.evaluate("() => { jupyterapp.commands.execute('runmenu:run-all'); }")

        table = page.locator(".kijun-table").first
        table.locator("input[type=search]").fill("速やかに")
        assert table.locator("tbody tr:visible").count() == 1
        assert "6(4) 第2文" in table.inner_text()

        page.locator(".jp-OutputArea td", has_text="6(3)-6a").first.wait_for()

        page.locator(".jp-OutputArea iframe").scroll_into_view_if_needed()
        picture = page.frame_locator(".jp-OutputArea iframe")
        picture.locator("html[data-ready]").wait_for()
        assert picture.locator("h1").inner_text() == "統一基準群の策定の流れ"
        picture.locator("#search").fill("戦略本部")
        picture.locator("#search").press("Enter")
        assert "サイバーセキュリティ戦略本部" in picture.locator("#told").inner_text()

        failed = page.locator(".jp-OutputArea", has_text="UsageError").first
        said = failed.inner_text()
        assert "at line 2, column 9" in said
        assert said.rstrip().endswith("^")
        assert "Traceback" not in said
