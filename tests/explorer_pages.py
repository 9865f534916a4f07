"""Pages of the explorer in a real browser, on the real graph: opened, waited for and read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from browser import watched
from endpoint_apps import served
from kijun.knowledge import KnowledgeGraph
from kijun.serving import PAGES, STATIC, application

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.skipif(
    not all((STATIC / name).is_file() for name in PAGES.values()),
    reason="the pages are not built (make explorer)",
)

NICT, SOUMU, NISC = "id:body/7012405000492", "id:body/2000012020001", "id:office/nisc"


@pytest.fixture(scope="module")
def address(kg: KnowledgeGraph) -> Iterator[str]:
    with served(application(kg)) as url:
        yield url


@contextmanager
def opened(
    browser: Browser, address: str, fragment: str = "", page: str = "/", **given: Any
) -> Iterator[Page]:
    """Open a page at a state and wait until it has drawn."""
    with watched(browser, f"{address}{page}#{fragment}", **given) as shown:
        settled(shown)
        yield shown


def settled(page: Page) -> None:
    page.wait_for_selector("#page[data-ready]")
    until(page, "(busy => busy.hidden || !busy.textContent)(document.getElementById('busy'))")


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; playwright's own way needs what the policy forbids."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


def nodes(page: Page) -> dict[str, dict[str, float]]:
    """Return where each node of the picture stands on the page."""
    found: dict[str, dict[str, float]] = page.evaluate("kijun.places()")
    return found


def heading(page: Page) -> str:
    return page.inner_text("#details h2")


def table(page: Page) -> list[list[str]]:
    """Return the cells of the table that says the same as the picture."""
    if page.locator("[data-tool=table]").count():
        page.click("[data-tool=table]")
    rows = page.locator("#table tbody tr")
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def options(page: Page) -> Locator:
    return page.locator("#find [role=option]")


def both_ways(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return the lines from and to one body; what it tells its own executives is in both."""
    rows = [*kg.reports(NICT), *kg.reports(None, NICT)]
    return list({row["line_iri"]: row for row in rows}.values())


def typed(page: Page, text: str) -> None:
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
