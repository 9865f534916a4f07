"""The query editor in a real browser, and what leaves the explorer's page: CSV, PNG, links."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from explorer_pages import NICT, SOUMU, address, both_ways, opened, pytestmark, settled, typed
from kijun.catalogue import question
from kijun.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["address", "pytestmark"]


# What leaves the page


def test_the_picture_as_csv(browser: Browser, address: str, kg: KnowledgeGraph) -> None:
    with opened(browser, address, f"view=lines&of={NICT}&section=6(4)") as page:
        with page.expect_download() as taken:
            page.click("[data-tool=csv]")
        data = taken.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    wanted = [row for row in both_ways(kg) if row["section"] == "6(4)"]
    assert sorted((row["発"], row["宛"], row["規範"]) for row in rows) == sorted(
        (row["from"], row["to"], row["norm"]) for row in wanted
    )
    assert {row["要の句"] for row in rows} == {row["phrase"] for row in wanted}
    assert all(row["注記"].startswith("この本文は2016年の案である") for row in rows)


def test_the_picture_as_png(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        with page.expect_download() as taken:
            page.click("[data-tool=png]")
        data = taken.value.path().read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(data[place : place + 4], "big") for place in (16, 20))
    assert width > 600 < height + 300


def test_a_view_is_shared_by_its_address(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=lines&of={NICT}&lane=working") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.click("[data-tool=share]")
        page.wait_for_selector("text=リンクをコピーした")
        copied = page.evaluate("navigator.clipboard.readText()")
    assert f"of={NICT}" in copied
    assert "lane=working" in copied
    assert "day=2016-10-12" in copied


# The query editor


def test_the_catalogue_is_one_click_away(
    browser: Browser, address: str, kg: KnowledgeGraph
) -> None:
    with opened(browser, address, page="/query") as page:
        assert page.locator("#questions button").count() == len(kg.catalogue())
        assert "2016年の案" in page.inner_text("#notes")
        page.fill("#narrow", "所管するか")
        page.click("[data-question=supervision]")
        assert "SELECT ?corporation" in page.inner_text(".CodeMirror-code")
        page.click("#run")
        page.wait_for_selector(".answer tbody tr")
        rows = kg.store.query(question("supervision").text, use_default_graph_as_union=True)
        assert page.inner_text("#results [role=status]").startswith(f"{len(list(rows))}行")
        page.wait_for_selector(".term-name")
        assert "総務省" in page.inner_text(".answer")
        page.locator(".answer a", has_text=SOUMU).first.click()
        page.wait_for_selector("#bar h1")
        settled(page)
        assert page.inner_text("#bar h1") == "総務省"


def test_queries_of_ones_own(browser: Browser, address: str) -> None:
    with opened(browser, address, page="/query") as page:
        typed(page, "ASK { ?norm kijun:force kijun:may }")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".truth")
        assert page.inner_text(".truth") == "はい"
        typed(page, "CONSTRUCT { ?n a kijun:Norm } WHERE { ?n kijun:force kijun:may }")
        page.click("#run")
        page.wait_for_selector("pre.turtle")
        assert "Norm" in page.inner_text("pre.turtle")
        typed(page, 'SELECT ("=1+1" AS ?x) ("a,b" AS ?y) (2 AS ?z) {}')
        with page.expect_download() as taken:
            page.click("#save")
        rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
        assert [(row["x"], row["y"], row["z"]) for row in rows] == [("'=1+1", "a,b", "2")]
        assert rows[0]["注記"].startswith("この本文は2016年の案である")


def test_an_error_says_where(browser: Browser, address: str) -> None:
    with opened(browser, address, page="/query", quiet=False) as page:
        typed(page, "SELECT ?x WHERE { ?x ")
        page.click("#run")
        page.wait_for_selector("#results [role=alert]")
        assert "line 1, column" in page.inner_text("#results")


def test_the_editor_is_no_trap_for_keys_and_keeps_nothing(browser: Browser, address: str) -> None:
    with opened(browser, address, page="/query") as page:
        page.click(".CodeMirror")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "run"
        page.click("#run")
        page.wait_for_selector(".answer")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
