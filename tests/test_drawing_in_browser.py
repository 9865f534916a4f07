"""Drawings in a real browser: what a person sees, hovers, searches and filters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import DESKTOP, PHONE, watched
from kijun.drawing import page_of
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.picture import Link, Mark, Picture
from kijun.placement import place
from test_drawing import EVIL, hostile
from test_placement import overlap, random_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BOXES = """() => nodes.get().filter(node => node.label.trim()).map(node => {
  const { x, y, shape } = network.body.nodes[node.id];
  return [node.id, x - shape.width / 2, y - shape.height / 2,
    x + shape.width / 2, y + shape.height / 2];
})"""
"""The boxes as they are drawn; vis's own bounding boxes are larger by the rounding of corners."""


def written(folder: Path, picture: Picture) -> str:
    path = folder / "picture.html"
    path.write_text(page_of(picture), encoding="utf-8")
    return path.as_uri()


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]", timeout=20_000)


def spot(page: Page, name: str) -> tuple[float, float]:
    """Return where a node is on the screen."""
    found: dict[str, float] = page.evaluate(
        """name => { const at = network.canvasToDOM(network.getPosition(name));
        const box = document.getElementById("mynetwork").getBoundingClientRect();
        return { x: at.x + box.left, y: at.y + box.top }; }""",
        name,
    )
    return found["x"], found["y"]


def shown(page: Page) -> dict[str, bool]:
    """Return by id whether a node is to be seen."""
    found: dict[str, bool] = page.evaluate(
        "() => Object.fromEntries(nodes.get().map(node => [node.id, !node.hidden]))"
    )
    return found


@pytest.fixture
def lines(kg: KnowledgeGraph, tmp_path: Path) -> tuple[str, Picture]:
    picture = kg.view("reports", "総務省").picture
    return written(tmp_path, picture), picture


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_picture_opens_without_asking_for_anything(
    browser: Browser, lines: tuple[str, Picture], size: tuple[int, int]
) -> None:
    with watched(browser, lines[0], size) as page:
        ready(page)
        assert page.inner_text("h1") == lines[1].title
        assert page.inner_text("header .note").startswith("この本文は2016年の案である。")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0], "nothing sticks out at the side"
        drawn = page.evaluate(
            """() => { const canvas = document.querySelector("canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return data.data.some((value, at) => at % 4 === 3 && value > 0); }"""
        )
        assert drawn, "the canvas is not empty"


def test_what_is_drawn_fits_what_was_measured(
    browser: Browser, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    for what, names in (("reports", ("総務省",)), ("duties", ("日本年金機構",)), ("framework", ())):
        picture = kg.view(what, *names).picture
        placed = place(picture)
        with watched(browser, written(tmp_path, picture)) as page:
            ready(page)
            page.wait_for_timeout(200)
            boxes: list[list[Any]] = page.evaluate(BOXES)
        assert len(boxes) > 10
        for name, *edges in boxes:
            measured = placed.boxes[name].edges
            for near, far in ((0, 1), (1, 1), (2, -1), (3, -1)):
                assert (edges[near] - measured[near]) * far > -1, name


def test_sixty_labels_do_not_overlap_on_the_screen(browser: Browser, tmp_path: Path) -> None:
    picture = random_picture(7, 60, 40)
    frame = {member.id for mark in picture.marks for member in mark.members}
    frame |= {mark.id for mark in picture.marks if mark.members}
    with watched(browser, written(tmp_path, picture)) as page:
        ready(page)
        page.wait_for_timeout(200)
        boxes = [box for box in page.evaluate(BOXES) if box[0] not in frame]
    assert len(boxes) > 80
    for place_, (_, *one) in enumerate(boxes):
        for _, *other in boxes[:place_]:
            apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
            assert apart


def test_hover_and_choice_show_statement_and_citation(
    browser: Browser, lines: tuple[str, Picture]
) -> None:
    (link,) = (link for link in lines[1].links if link.label.startswith("6(4)-2a"))
    with watched(browser, lines[0]) as page:
        ready(page)
        page.mouse.move(*spot(page, link.id))
        page.wait_for_selector("#hover:not([hidden])")
        told = page.inner_text("#hover")
        assert "6(4) 第2文" in told
        assert dict(link.facts)["内容（我々の言葉）"] in told
        page.mouse.click(*spot(page, link.id))
        assert "6(4) 第2文" in page.inner_text("#told")
        faint = page.evaluate("() => nodes.get().filter(node => node.opacity < 1).length")
        assert faint, "what has nothing to do with it steps back"
        page.click("#start")
        assert page.evaluate("() => nodes.get().every(node => node.opacity === 1)")
        assert "6(4)" not in page.inner_text("#told")


def test_search_finds_a_node_and_goes_there(browser: Browser, lines: tuple[str, Picture]) -> None:
    with watched(browser, lines[0]) as page:
        ready(page)
        page.fill("#search", "統計ｾﾝﾀｰ")
        assert page.inner_text("#count") == "1件"
        assert page.inner_text("#hits button") == "統計センター"
        page.press("#search", "Enter")
        assert page.inner_text("#told .name") == "統計センター"
        page.fill("#search", "連絡 6(4)")
        assert page.inner_text("#count") == "2件"
        page.click("#hits button >> nth=1")
        assert page.inner_text("#told .name").startswith("6(4)-2b")
        assert page.is_hidden("#hits")
        page.fill("#search", "どこにもない")
        assert page.inner_text("#count") == "0件"
        page.press("#search", "Escape")
        assert page.inner_text("#count") == ""


def test_unticking_a_kind_hides_its_links(browser: Browser, lines: tuple[str, Picture]) -> None:
    address, picture = lines
    public = next(mark.id for mark in picture.marks if mark.label == "国民")
    published = next(link.id for link in picture.links if link.kinds == ("publish",))
    with watched(browser, address) as page:
        ready(page)
        assert shown(page)[public]
        page.uncheck("#legend input[value=publish]")
        seen = shown(page)
        assert not seen[published]
        assert not seen[public], "what is left without a link goes too"
        assert page.evaluate(
            "id => edges.get().filter(e => e.id.startsWith(id)).every(e => e.hidden)", published
        )
        for box in page.query_selector_all("#legend input"):
            box.uncheck()
        left = [mark.id for mark in picture.all_marks() if shown(page)[mark.id]]
        assert left == [mark.id for mark in picture.marks if mark.asked]
        page.check("#legend input[value=publish]")
        assert shown(page)[public]
        page.fill("#search", "6(4)-2a")
        page.press("#search", "Enter")
        assert page.is_checked("#legend input[value=notify]"), "what is searched is shown"


def test_hostile_words_stay_words(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, written(tmp_path, hostile())) as page:
        ready(page)
        assert page.title() == page.inner_text("h1")
        assert "<script>window.hit = 1</script>" in page.inner_text("h1")
        for name in ("a'\"><script>", "l<!--", "b"):
            page.mouse.move(*spot(page, name))
            page.wait_for_selector("#hover:not([hidden])")
            page.mouse.click(*spot(page, name))
            assert EVIL[:30] in page.inner_text("#told .name")
        page.fill("#search", "<img src=x")
        assert page.inner_text("#count") == "4件"
        page.click("#hits button >> nth=0")
        assert page.evaluate("window.hit") is None
        assert page.query_selector("img") is None


def test_without_scripts_the_table_is_left(browser: Browser, lines: tuple[str, Picture]) -> None:
    with watched(browser, lines[0], scripts=False) as page:
        assert "同じ内容は下の表にある" in page.inner_text("noscript")
        assert page.locator("tbody tr").count() == len(lines[1].table.rows)


def test_a_large_picture_opens_where_it_can_be_read(browser: Browser, tmp_path: Path) -> None:
    marks = [Mark("asked", "総務省", "ministry", asked=True)]
    marks += [Mark(f"m{n}", f"国立研究開発法人{n}", "corporation", 1) for n in range(499)]
    links = [Link(f"l{n}", "asked", f"m{n}", ("share",)) for n in range(499)]
    picture = Picture("大きな図", "ja", tuple(marks), tuple(links), Answer("x", (), ()))
    with watched(browser, written(tmp_path, picture)) as page:
        ready(page)
        assert page.evaluate("network.getScale()") == pytest.approx(0.75)
        x, y = spot(page, "asked")
        assert 0 < x < DESKTOP[0]
        assert 0 < y < DESKTOP[1]
        page.click("#whole")
        assert page.evaluate("network.getScale()") < 0.5


def test_the_notebook_frame_draws(browser: Browser, kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    text = kg.view("drafting")._repr_html_()
    path.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{text}", encoding="utf-8")
    with watched(browser, path.as_uri()) as page:
        frame = page.frame_locator("iframe")
        frame.locator("html[data-ready]").wait_for(timeout=20_000)
        assert frame.locator("h1").inner_text() == "統一基準群の策定の流れ"


WEBVIEW = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; child-src data: blob:"
)
"""As strict as a notebook may be that still lets an output's own scripts run."""


@pytest.mark.parametrize("policy", [None, WEBVIEW], ids=["none", "webview"])
@pytest.mark.parametrize("what", ["drawing", "table"])
def test_an_output_set_into_a_notebook_asks_for_nothing(
    browser: Browser, kg: KnowledgeGraph, tmp_path: Path, policy: str | None, what: str
) -> None:
    """Classic notebooks and webviews set the HTML of an output into the page by script."""
    shown_ = kg.view("drafting") if what == "drawing" else kg.reports("日本年金機構")
    with watched(browser, notebook(tmp_path, policy)) as page:
        page.evaluate(SET, shown_._repr_html_())
        if what == "drawing":
            frame = page.frame_locator("iframe")
            frame.locator("html[data-ready]").wait_for(timeout=20_000)
            assert frame.locator("h1").inner_text() == "統一基準群の策定の流れ"
            assert page.frames[1].evaluate("origin") == "null", "it cannot reach the page"
        else:
            page.wait_for_selector(".kijun-table[data-ready]")
            page.fill(".kijun-table input", "5(2)")
            assert page.locator(".kijun-table tbody tr:visible").count() == 1


def test_where_a_notebook_lets_no_script_run_the_table_of_a_drawing_is_left(
    browser: Browser, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    drawn = kg.view("drafting")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    with watched(browser, notebook(tmp_path, policy, drawn._repr_html_()), quiet=False) as page:
        rows = page.frame_locator("iframe").locator("tbody tr")
        rows.first.wait_for()
        assert rows.count() == len(drawn.picture.table.rows)


SET = """text => { const out = document.createElement("div");
out.innerHTML = text;
// As notebooks do: scripts that were set in as HTML are made anew, and so run.
out.querySelectorAll("script").forEach(old => {
  const made = document.createElement("script");
  made.textContent = old.textContent;
  old.replaceWith(made);
});
document.body.append(out); }"""


def notebook(folder: Path, policy: str | None, text: str = "") -> str:
    """Write a page that keeps a policy, as a notebook's page does; return its address."""
    path = folder / "notebook.html"
    kept = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    page = f"<!doctype html><meta charset=utf-8>{kept}<title>n</title><body>{text}"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


def test_the_measure_of_overlap_is_sound() -> None:
    from kijun.boxes import Box

    assert overlap(Box(0, 0, 10, 10), Box(9, 9, 10, 10))
    assert not overlap(Box(0, 0, 10, 10), Box(10, 0, 10, 10))
