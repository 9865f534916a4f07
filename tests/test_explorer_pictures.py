"""The explorer's pictures in a real browser: first sight, search, details, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from browser import PHONE, watched
from explorer_pages import (
    NICT,
    NISC,
    SOUMU,
    address,
    both_ways,
    heading,
    nodes,
    opened,
    options,
    pytestmark,
    settled,
    table,
    until,
)
from kijun.knowledge import KnowledgeGraph
from kijun.terms import ID

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["address", "pytestmark"]


def press(page: Page, identity: str) -> None:
    """Press a node of the picture."""
    place = nodes(page)[identity]
    page.mouse.click(place["x"], place["y"])


# First sight, search


def test_the_first_picture_needs_no_question(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        assert {NISC, "kijun:Ministry", "kijun:Corporation"} <= nodes(page).keys()
        assert page.inner_text("#bar h1") == "報告の線のあらまし"
        assert "効力：不明" in page.inner_text("#notes")
        assert "2016年の案" in page.inner_text("#notes")
        assert page.title() == "基準 探索"


def test_search_as_one_types_with_keys_alone(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type("NICT")
        options(page).first.wait_for()
        assert "情報通信研究機構" in options(page).first.inner_text()
        assert options(page).first.get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowDown")
        assert options(page).nth(1).get_attribute("aria-selected") == "true"
        active = page.get_attribute("#search", "aria-activedescendant")
        assert active == options(page).nth(1).get_attribute("id")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        until(page, f"location.hash.includes('of={NICT}')")
        settled(page)
        assert page.inner_text("#bar h1") == "情報通信研究機構"
        assert heading(page) == "情報通信研究機構"
        assert {NICT, SOUMU} <= nodes(page).keys()


def test_escape_closes_the_results_and_then_leaves_the_box(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.fill("#search", "年金")
        options(page).first.wait_for()
        page.press("#search", "Escape")
        assert page.get_attribute("#search", "aria-expanded") == "false"
        page.press("#search", "Escape")
        assert page.evaluate("document.activeElement.id") != "search"


def test_search_in_english_and_for_what_is_not_there(browser: Browser, address: str) -> None:
    with opened(browser, address, "lang=en") as page:
        page.fill("#search", "pension")
        options(page).first.wait_for()
        assert "Pension" in options(page).first.inner_text()
        page.fill("#search", "qqqq")
        page.wait_for_selector("text=Nothing found")
        assert options(page).count() == 0


def test_a_question_found_leads_to_the_query_editor(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.fill("#search", "incident-route")
        options(page).first.click()
        page.wait_for_url("**/query#*")
        settled(page)
        assert "NISC" in page.inner_text("#asked h1")


# Pictures and details


def test_a_node_says_statement_source_and_force(browser: Browser, address: str) -> None:
    with opened(browser, address, "view=near&of=id:sentence/6-4-2") as page:
        press(page, "id:norm/6-4-2a")
        page.wait_for_selector("#details .statement")
        told = page.inner_text("#details")
        assert heading(page) == "6(4)-2a"
        assert "府省庁は、自ら又は所管する独法等のインシデントを知ったら" in told
        assert "出典：6(4) 第2文　要の句「速やかに NISC に連絡する」" in told
        assert "● 義務" in told
        assert "picked=id:norm/6-4-2a" in page.url


def test_an_edge_says_every_line_behind_it_and_why(browser: Browser, address: str) -> None:
    with opened(browser, address, "view=lines&of=id:body/4011305001653") as page:
        rows = table(page)
        place = next(n for n, row in enumerate(rows) if row[2] == "厚生労働省" and row[1] == "報告")
        page.locator("#table tbody tr").nth(place).locator("button").click()
        page.wait_for_selector("#details .card")
        assert page.locator("#details .card").count() == 3
        assert "日本年金機構 → 厚生労働省" in heading(page)
        assert "読み方（解釈）" in page.inner_text("#details")
        page.locator("#details .why").first.click()
        page.wait_for_selector("#details .tree li .tree li")
        assert "による線" in page.inner_text("#details .tree") or "線がある" in page.inner_text(
            "#details .tree"
        )
        page.locator("#details .why").first.click()
        assert page.locator("#details .tree").count() == 0


def test_why_not(browser: Browser, address: str) -> None:
    fragment = f"view=near&of={NICT}&picked=id:norm/6-4-2a"
    with opened(browser, address, fragment) as page:
        page.click("text=情報通信研究機構に及ぶか、なぜ")
        page.wait_for_selector("#details .denied-mark")
        assert "規範6(4)-2aは情報通信研究機構に及ばない。" in page.inner_text("#details .tree")


def test_duties_stand_by_route_and_say_how_they_arrive(
    browser: Browser, address: str, kg: KnowledgeGraph
) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        page.click("[data-view=duties]")
        page.wait_for_selector("[data-view=duties][aria-pressed=true]")
        settled(page)
        assert {row["norm_iri"].replace(ID, "id:") for row in kg.duties(NICT)} <= nodes(page).keys()
        press(page, "id:norm/3-1-2-1a")
        page.wait_for_selector("#details .card")
        told = page.inner_text("#details")
        assert "自らの節の規範に代わられる" in told
        assert "△ 考慮" in told
        assert "引き継ぎ" in told
        rows = table(page)
        assert len(rows) == len(kg.duties(NICT))
        assert {row[0] for row in rows} == {"情報通信研究機構"}


def test_the_boundary_of_the_text(browser: Browser, address: str, kg: KnowledgeGraph) -> None:
    with opened(browser, address, f"view=boundary&of={NICT}") as page:
        silent = {
            row["silence_iri"].replace(ID, "id:") for row in kg.ask("silences", shared="true")
        }
        assert silent <= nodes(page).keys()
        assert "読み込まれていない" in page.inner_text("#notes")


def test_a_picture_grows_and_its_address_draws_it_again(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        before = nodes(page)
        assert "id:body/9000012020003" not in before
        press(page, SOUMU)
        until(page, "document.querySelector('#details h2').innerText === '総務省'")
        press(page, SOUMU)
        until(page, f"location.hash.includes('grown={SOUMU}')")
        until(page, "'id:body/9000012020003' in kijun.places()")
        settled(page)
        after, shared = nodes(page), page.url
    assert before.keys() < after.keys()
    with watched(browser, shared) as page:
        settled(page)
        assert nodes(page) == after
        assert heading(page) == "総務省"


def test_one_relation_can_be_added_alone(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        page.click("[data-take='inherits>back']")
        until(page, "'id:norm/6-2-1a' in kijun.places()")
        assert "grown=id:body/7012405000492|inherits>back" in unquote(page.url)


def test_back_leads_to_the_picture_before(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        page.click("[data-view=lines]")
        page.wait_for_selector("[data-view=lines][aria-pressed=true]")
        page.go_back()
        page.wait_for_selector("[data-view=near][aria-pressed=true]")


@pytest.mark.parametrize(
    "view",
    [
        "",
        f"view=lines&of={NICT}",
        f"view=duties&of={SOUMU}",
        f"view=near&of={NISC}",
        "view=boundary",
    ],
)
def test_no_line_seems_to_end_at_a_node_that_it_only_passes(
    browser: Browser, address: str, view: str
) -> None:
    with opened(browser, address, view) as page:
        assert page.evaluate("kijun.touching()") == []


def test_a_picture_too_large_for_the_screen_opens_where_it_can_be_read(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, f"view=duties&of={SOUMU}", size=PHONE) as page:
        box = page.locator("#picture").bounding_box()
        assert box is not None

        def seen() -> set[str]:
            assert box is not None
            return {
                name
                for name, at in nodes(page).items()
                if box["x"] <= at["x"] <= box["x"] + box["width"]
                and box["y"] <= at["y"] <= box["y"] + box["height"]
            }

        assert SOUMU in seen()
        assert seen() < set(nodes(page))
        page.get_by_role("button", name="全体").click()
        assert seen() == set(nodes(page))


def test_what_is_not_there_is_said(browser: Browser, address: str) -> None:
    with opened(browser, address, "view=near&of=id:body/0", quiet=False) as page:
        assert "「id:body/0」というものはグラフにない" in page.inner_text("#said")
        assert nodes(page) == {}


# Filters


@pytest.mark.parametrize(
    ("name", "value", "key", "word"),
    [
        ("section", "6(4)", "section", "6(4)"),
        ("force", "should", "force", "推奨"),
        ("lane", "working", "lane", "実務者"),
    ],
)
def test_a_filter_leaves_what_kijun_reports_leaves(
    browser: Browser, address: str, kg: KnowledgeGraph, name: str, value: str, key: str, word: str
) -> None:
    every = both_ways(kg)
    # What has no lane is on both.
    wanted = [row for row in every if row[key] in (value, None)]
    with opened(browser, address, f"view=lines&of={NICT}") as page:
        page.select_option(f"select[name={name}]", value)
        until(page, f"location.hash.includes('{name}=')")
        rows = table(page)
        assert sorted((row[0], row[2], row[3]) for row in rows) == sorted(
            (row["from"], row["to"], row["norm"]) for row in wanted
        )
        assert 0 < len(rows) < len(every)
        assert f"絞り込みで{len(every) - len(rows)}本" in page.inner_text("#counts")
        assert word in page.inner_text("#table")


def test_a_section_holds_its_parts_and_no_other(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=duties&of={NICT}&section=3(1)") as page:
        found = {row[3] for row in table(page)}
        assert "3(1)①-1a" in found
        assert all(norm.startswith("3(1)") for norm in found)


def test_kinds_can_be_hidden_and_shown_again(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        whole = nodes(page).keys()
        page.uncheck("[data-filter='node:law']")
        until(page, "location.hash.includes('hidden=node:law')")
        assert whole - nodes(page).keys() == {"id:law/411AC0000000162"}
        page.uncheck("[data-filter='edge:reports']")
        until(page, "location.hash.includes('edge:reports')")
        assert "kijun:RelevantUnit" not in nodes(page)
        assert SOUMU in nodes(page)
        address_of_it = page.url
        page.click(".reset")
        until(page, "!location.hash.includes('hidden')")
        assert nodes(page).keys() == whole
    with watched(browser, address_of_it) as page:
        settled(page)
        assert not page.is_checked("[data-filter='edge:reports']")


def test_the_centre_stays_whatever_is_hidden(browser: Browser, address: str) -> None:
    fragment = f"view=near&of={NICT}&hidden=node:body&hidden=node:class&hidden=edge:reports"
    with opened(browser, address, fragment) as page:
        assert NICT in nodes(page)
        assert SOUMU not in nodes(page)
