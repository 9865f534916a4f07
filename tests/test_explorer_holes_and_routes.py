"""Holes and routes of the explorer in a real browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from endpoint_apps import served
from explorer_pages import (
    NICT,
    NISC,
    SOUMU,
    address,
    nodes,
    opened,
    pytestmark,
    settled,
    typed,
    until,
)
from kijun.cli import main
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.serving import application

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["address", "pytestmark"]


# Holes


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the graph with an invented profile that has every kind of hole."""
    place = tmp_path_factory.mktemp("profile") / "shared.xlsx"
    assert main(["profile", "new", "--example", "shared-platform", "-o", str(place)]) == 0
    with served(application(open_graph(profiles=[place]))) as url:
        yield url


def test_no_line_of_a_boundary_seems_to_end_where_it_passes(browser: Browser, own: str) -> None:
    with opened(browser, own, "view=boundary") as page:
        assert len(nodes(page)) > 10
        assert page.evaluate("kijun.touching()") == []


def test_the_matrix_of_holes_leads_to_the_picture(browser: Browser, own: str) -> None:
    with opened(browser, own) as page:
        assert "取扱い：取扱注意（架空の例）" in page.inner_text("#notes")
        page.click("[data-view=holes]")
        page.wait_for_selector(".matrix")
        assert page.locator(".matrix .cell").count() == 40
        assert page.locator(".hole-list tbody tr").count() == 9
        button = page.locator(".matrix [data-hole*=unmet]")
        assert "未達" in button.inner_text()
        button.click()
        page.wait_for_selector("[data-view=boundary][aria-pressed=true]")
        settled(page)
        until(page, "document.querySelector('#details h2').innerText.includes('責任を負うが')")
        told = page.inner_text("#details")
        assert "出典：6(3) 第" in told
        assert "シート「分担」" in told
        page.locator("#details .why").first.click()
        page.wait_for_selector("#details .tree li .tree li")
        assert "urn:kijun:local:system/P1" in nodes(page)
        assert page.evaluate("kijun.touching()") == []


def test_what_leaves_the_page_carries_its_marking(browser: Browser, own: str) -> None:
    with opened(browser, own, "view=holes") as page:
        page.wait_for_selector(".matrix")
        with page.expect_download() as taken:
            page.click("[data-tool=csv]")
        rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
        assert len(rows) == 9
        assert all(row["注記"].startswith("取扱い：取扱注意（架空の例）") for row in rows)
    with opened(browser, own, page="/query") as page:
        assert "取扱注意" in page.inner_text("#notes")
        typed(page, "SELECT ?x { ?x a kijun:SharedPlatform }")
        with page.expect_download() as taken:
            page.click("#save")
        first = next(csv.DictReader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
        assert first["注記"].startswith("取扱い：取扱注意（架空の例）")
        assert first["x"].startswith("urn:kijun:local:system/")


# Routes


def test_a_route_between_two_picked_bodies(
    browser: Browser, address: str, kg: KnowledgeGraph
) -> None:
    with opened(browser, address) as page:
        page.click("[data-view=route]")
        page.wait_for_selector("[data-end=of]")
        page.fill("[data-end=of]", "NICT")
        page.locator("#routes [role=option]:visible").first.click()
        until(page, f"location.hash.includes('of={NICT}')")
        page.fill("[data-end=to]", "NISC")
        page.locator("#routes [role=option]:visible").first.click()
        until(page, "location.hash.includes('to=')")
        page.select_option("select[name=about]", "incident")
        page.wait_for_selector("#routes ol li")
        settled(page)
        until(page, "location.hash.includes('about=incident')")
        rows = kg.route(NICT, NISC, about="incident")
        until(page, f"document.querySelectorAll('#routes ol li').length === {len(rows)}")
        told = page.inner_text("#routes")
        assert f"{len(rows)}本の経路" in told
        points = rows[0]["single_points"]
        line = page.inner_text("#routes .points")
        assert set(points) == set(line.partition("：")[2].split("、"))
        first = re.sub(r"\s+", " ", page.locator("#routes .route").first.inner_text())
        legs = rows[0]["legs"]
        for leg in legs:
            assert leg["norm"] in first
            assert (leg["timing"] or "") in first
        slow = [leg["slow"] for row in rows for leg in row["legs"]].count(True)
        assert page.locator("#routes .leg.slow").count() == slow > 0
        page.locator("#routes .route").first.hover()
        faded = page.evaluate("kijun.faded()")
        assert SOUMU in faded or "id:body/7000012060001" in faded
        assert NICT not in faded
        assert NISC not in faded


def test_no_route_is_said(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=route&of={NISC}&to={NICT}") as page:
        assert "経路はない" in page.inner_text("#routes")
        assert "経路は文にない" in page.inner_text("#notes")
