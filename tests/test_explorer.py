"""The explorer and the query editor in a real browser, on the real graph."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from browser import DESKTOP, PHONE, watched
from endpoint_apps import served
from kijun.catalogue import question
from kijun.cli import main
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.serving import PAGES, STATIC, application
from kijun.store import Snapshot
from kijun.terms import ID, NS, SKOS, graph_iri

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.skipif(
    not all((STATIC / name).is_file() for name in PAGES.values()),
    reason="the pages are not built (make explorer)",
)

NICT, SOUMU, NISC = "id:body/7012405000492", "id:body/2000012020001", "id:office/nisc"
EVIL = "<script>window.hit = 1</script>\"'</script><img src=x onerror='window.hit = 2'>"


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


def press(page: Page, identity: str) -> None:
    """Press a node of the picture."""
    place = nodes(page)[identity]
    page.mouse.click(place["x"], place["y"])


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


# Keys, days, languages


def test_the_picture_can_be_walked_with_keys(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=lines&of={NICT}") as page:
        page.focus("#picture")
        page.keyboard.press("ArrowRight")
        until(page, "location.hash.includes('picked=')")
        assert f"picked={NICT}" in page.url
        page.keyboard.press("ArrowRight")
        until(page, f"!location.hash.includes('picked={NICT}')")
        picked = re.search(r"picked=([^&]+)", page.url)
        assert picked
        assert nodes(page)[picked[1]]["x"] > nodes(page)[NICT]["x"]
        page.keyboard.press("Enter")
        until(page, "location.hash.includes('grown=')")
        page.keyboard.press("Escape")
        until(page, "!location.hash.includes('picked=')")


def test_tab_leads_through_the_page_in_reading_order(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={NICT}") as page:
        page.focus(".brand")
        seen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    "(document.activeElement.closest('[id]') || document.activeElement).id"
                )
            )
        wanted = ["search", "day", "lang", "to-query", "bar", "picture", "details"]
        assert [name for name in dict.fromkeys(seen) if name in wanted] == wanted


def test_another_day(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=near&of={SOUMU}") as page:
        page.select_option("select[name=day]", "2026-04-01")
        until(page, "document.getElementById('notes').innerText.includes('効力：なし')")
        until(page, "location.hash.includes('day=2026-04-01')")
        assert "後の版に替わっている" in page.inner_text("#notes")
        page.select_option("select[name=day]", "?")
        page.fill("#day input", "2020-05-05")
        until(page, "location.hash.includes('day=2020-05-05')")
        until(page, "document.getElementById('notes').innerText.includes('2020-05-05')")


def test_english(browser: Browser, address: str) -> None:
    with opened(browser, address, f"view=duties&of={NICT}") as page:
        page.click("#lang button")
        until(page, "document.documentElement.lang === 'en'")
        settled(page)
        page.wait_for_selector("text=Reporting lines")
        assert page.inner_text("#bar h1").startswith("National Institute")
        words = page.inner_text("#bar") + page.inner_text("#filters") + page.inner_text("#notes")
        assert not re.search("[ぁ-ん]", words)


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


def typed(page: Page, text: str) -> None:
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


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


# Strangers' words, small screens, weak eyes


@pytest.fixture(scope="module")
def evil(kg: KnowledgeGraph) -> Iterator[str]:
    """Serve the graph with names and statements that would run if they were not text."""
    store = Store()
    store.bulk_extend(kg.store)
    renamed = (
        (f"{ID}body/2000012020001", f"{SKOS}prefLabel", "derived"),
        (f"{ID}norm/6-4-2a", f"{NS}statement", "norms"),
        (f"{ID}law/411AC0000000162", f"{SKOS}prefLabel", "law"),
    )
    for iri, name, layer in renamed:
        for quad in list(store.quads_for_pattern(NamedNode(iri), NamedNode(name), None, None)):
            store.remove(quad)
        for lang in ("ja", "en"):
            words = Literal(EVIL, language=lang)
            graph = NamedNode(graph_iri(layer))
            store.add(Quad(NamedNode(iri), NamedNode(name), words, graph))
    script = NamedNode("javascript:window.hit=3")
    see = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
    store.add(Quad(NamedNode(f"{ID}law/411AC0000000162"), see, script, NamedNode(graph_iri("law"))))
    graph = KnowledgeGraph(kg.day, kg.state, Snapshot(store, None), "ja", verbatim=False)
    with served(application(graph)) as url:
        yield url


def test_strangers_words_stay_text(browser: Browser, evil: str) -> None:
    with opened(browser, evil, f"view=near&of={NICT}&picked={SOUMU}") as page:
        assert heading(page) == EVIL
        page.fill("#search", "window.hit")
        options(page).first.wait_for()
        assert EVIL in options(page).first.inner_text()
        page.press("#search", "Escape")
        place = nodes(page)[SOUMU]
        page.mouse.move(place["x"], place["y"])
        page.wait_for_selector("#tip:not([hidden])")
        assert EVIL in page.inner_text("#tip")
        assert EVIL in [cell for row in table(page) for cell in row]
        page.goto(f"{evil}/#view=route&of={NICT}&to={NISC}")
        page.wait_for_selector("#routes ol li")
        assert EVIL in page.inner_text("#routes")
        page.goto(f"{evil}/#view=near&of=id:law/411AC0000000162")
        until(page, "document.querySelector('#details').innerText.includes('javascript')")
        assert page.locator("#details a[href^=javascript]").count() == 0
        assert page.evaluate("window.hit") is None
        assert page.locator("img").count() == 0
    with opened(browser, evil, page="/query") as page:
        typed(
            page,
            "SELECT ?x ?y { id:norm\\/6-4-2a kijun:statement ?x "
            "BIND(id:body\\/2000012020001 AS ?y) }",
        )
        page.click("#run")
        page.wait_for_selector(".term-name")
        assert EVIL in page.inner_text(".answer")
        assert EVIL in page.inner_text(".term-name >> nth=0")
        assert page.evaluate("window.hit") is None


VIEWS = (
    "",
    f"view=near&of={NICT}",
    f"view=lines&of={NICT}&mode=table",
    f"view=duties&of={NICT}&picked=id:norm/4-1-2a",
    f"view=route&of={NICT}&to={NISC}",
    f"view=boundary&of={NICT}",
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    for page_name, fragment in [*(("/", view) for view in VIEWS), ("/query", "question=duties")]:
        with opened(browser, address, fragment, page_name, size=size) as page:
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], (page_name, fragment)
            if page_name == "/" and "table" not in fragment:
                # What is too large to be read as a whole opens at its centre.
                page.get_by_role("button", name="全体").click()
                inside = [0 <= place["x"] <= size[0] for place in nodes(page).values()]
                assert all(inside), fragment


CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility({visibilityProperty: true})) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(weak)];
}"""

NAMELESS = """() => [...document.querySelectorAll('button, a, input, select, textarea, #picture')]
  .filter(e => e.checkVisibility())
  .filter(e => !(e.getAttribute('aria-label') || e.innerText.trim() || e.title
    || (e.labels && [...e.labels].some(l => l.innerText.trim()))))
  .map(e => e.outerHTML.slice(0, 80))"""


def test_every_text_can_be_read_and_every_control_has_a_name(
    browser: Browser, address: str
) -> None:
    for page_name, fragment in [*(("/", view) for view in VIEWS), ("/query", "question=duties")]:
        with opened(browser, address, fragment, page_name) as page:
            page.wait_for_timeout(200)
            assert page.evaluate(CONTRAST) == [], fragment
            assert page.evaluate(NAMELESS) == [], fragment
