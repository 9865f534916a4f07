"""A real browser for tests: headless Chromium, watched for what a page of ours must not do.

A test takes the fixture ``browser`` and opens pages by :func:`watched`::

    with watched(browser, address) as page:
        page.get_by_role("searchbox").fill("総務省")

Leaving the block fails the test if the page asked for anything outside its own origin, wrote an
error to the console, or let an exception escape. Where there is no Chromium, the test is skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What the browser is called on the systems where it is found."""

ARGUMENTS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

DESKTOP, PHONE = (1280, 800), (390, 844)
"""The two sizes at which a page must be good to look at."""


# While playwright runs, its event loop counts as running: other modules' asyncio.run would fail.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once for a module of tests, or skip them where it is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium (on Debian: apt install chromium fonts-noto-cjk)")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@contextmanager
def watched(
    browser: Browser,
    address: str,
    size: tuple[int, int] = DESKTOP,
    *,
    quiet: bool = True,
    scripts: bool = True,
) -> Iterator[Page]:
    """Open a page of a server or a file, and fail when it strays, breaks or complains.

    Requests outside its origin (for a file: to anything else) are refused and fail the test.
    ``quiet=False`` lets the console hold errors, for pages that are not all ours.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="ja-JP",
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    strays: list[str] = []
    complaints: list[str] = []

    def judge(route: Route, request: Request) -> None:
        if is_own(address, request.url):
            route.continue_()
        else:
            strays.append(request.url)
            route.abort()

    context.route("**/*", judge)
    page = context.new_page()
    page.on("websocket", lambda made: is_own(address, made.url) or strays.append(made.url))
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    try:
        page.goto(address)
        yield page
        # What the last action set off gets the time to go wrong.
        page.wait_for_timeout(100)
    finally:
        context.close()
    assert not strays, f"asked for what is not its own: {strays}"
    assert not (quiet and complaints), complaints


def is_own(address: str, asked: str) -> bool:
    """Say whether a page at an address may ask for another one: the same file or server."""
    if asked.startswith(("data:", "blob:", "about:")):
        return True
    own, other = urlsplit(address), urlsplit(asked)
    if own.scheme == "file":
        return (own.scheme, own.path) == (other.scheme, other.path)
    return (own.scheme, own.netloc) == (other.scheme.replace("ws", "http"), other.netloc)
