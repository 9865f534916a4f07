"""What all tests share: folders of their own, the graph of the default day, the guideline."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import browser

__all__ = ["browser"]

SOURCE = Path(__file__).resolve().parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the caches and copies of whoever runs them."""
    before = {name: os.environ.get(name) for name in ("KIJUN_CACHE", "KIJUN_DATA")}
    for name in before:
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def kg(_own_folders: None):  # type: ignore[no-untyped-def]
    """Return the graph on the default day."""
    from kijun.knowledge import open_graph

    return open_graph()


@pytest.fixture(scope="session")
def source_text() -> str:
    """Return the text of the guideline, or skip the test where it is not at hand."""
    if not SOURCE.is_file():
        pytest.skip("needs the guideline itself at ../shared/sources/shishin-2016-draft.txt")
    return SOURCE.read_text(encoding="utf-8")
