"""The explorer for everyone: keys, days, languages, strangers' words, small screens, weak eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from browser import DESKTOP, PHONE
from endpoint_apps import served
from explorer_pages import (
    NICT,
    NISC,
    SOUMU,
    address,
    heading,
    nodes,
    opened,
    options,
    pytestmark,
    settled,
    table,
    typed,
    until,
)
from kijun.knowledge import KnowledgeGraph
from kijun.serving import application
from kijun.store import Snapshot
from kijun.terms import ID, NS, SKOS, graph_iri

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["address", "pytestmark"]

EVIL = "<script>window.hit = 1</script>\"'</script><img src=x onerror='window.hit = 2'>"


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
