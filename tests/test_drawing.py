"""Drawings as files: one page that asks for nothing, plain SVG, and words that stay words."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kijun
from kijun import drawing as pages
from kijun.cli import main
from kijun.completion import candidates
from kijun.errors import BadInput, MissingExtra
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.picture import Link, Mark, Picture
from kijun.svg import svg_of
from kijun.tables import Column
from kijun.view_command import WHAT
from kijun.views import VIEWS, Drawing, drawing_form

EVIL = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>\"'&\x1b\u202e"
"""What a name may hold when somebody means harm; "href" makes pyvis take hover text for HTML."""


def hostile() -> Picture:
    """Return a picture whose every text means harm."""
    said = ((EVIL, f"<a href='https://example.org'>{EVIL}</a>"),)
    return Picture(
        EVIL,
        "ja",
        (
            Mark("a'\"><script>", f"甲{EVIL}", "ministry", 0, said, asked=True),
            Mark("frame</script>", EVIL, "frame", 1, said, (Mark("b", f"乙{EVIL}", "norm"),)),
        ),
        (Link("l<!--", "a'\"><script>", "frame</script>", ("share",), f"丙{EVIL}", said),),
        Answer("x", (Column("x", EVIL, EVIL),), [{"x": EVIL}], (EVIL,)),
    )


class Page(HTMLParser):
    """Collects the tags of a page, and what a browser would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.policy = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.fetched += [str(v) for k, v in attrs if k in {"src", "href", "action", "data"}]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])
        assert not [k for k, _ in attrs if k.startswith("on")]


def test_a_page_is_one_file_that_fetches_nothing(kg: KnowledgeGraph) -> None:
    text = kg.view("reports", "日本年金機構").html()
    page = Page(text)
    assert not page.fetched
    assert page.policy.startswith("default-src 'none'")
    assert "http" not in page.policy
    assert text.startswith('<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">')
    assert page.tags.count("h1") == 1
    assert "link" not in page.tags
    assert len(text) < 1_500_000


def test_a_page_says_its_notes_before_the_picture(kg: KnowledgeGraph) -> None:
    text = kijun.open(as_of="2026-04-01").view("reports", "日本年金機構").html()
    for note in kijun.open(as_of="2026-04-01").reports("日本年金機構").notes:
        assert text.index(html.escape(note, quote=True)) < text.index('id="mynetwork"')


def test_the_same_picture_is_the_same_page(kg: KnowledgeGraph) -> None:
    assert kg.view("drafting").html() == kg.view("drafting").html()


def test_the_table_behind_the_picture_is_in_the_page(kg: KnowledgeGraph) -> None:
    table = kg.norms()
    text = kg.view("framework").html()
    rows = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.count("<tr>") == len(table)
    assert html.escape(table[0]["statement"]) in rows


def test_hostile_words_stay_words() -> None:
    text = pages.page_of(hostile())
    page, clean = Page(text), Page(pages.page_of(_harmless()))
    assert page.tags == clean.tags, "no word becomes a tag"
    assert not page.fetched
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "<script>window.hit" not in text
    assert "<img" not in text


def _harmless() -> Picture:
    said = (("見出し", "内容"),)
    return Picture(
        "図",
        "ja",
        (
            Mark("a", "甲", "ministry", 0, said, asked=True),
            Mark("f", "枠", "frame", 1, said, (Mark("b", "乙", "norm"),)),
        ),
        (Link("l", "a", "f", ("share",), "丙", said),),
        Answer("x", (Column("x", "値", "value"),), [{"x": "値"}], ("注記",)),
    )


def test_svg_is_sound_and_holds_the_words(kg: KnowledgeGraph) -> None:
    shown = kg.view("route", "情報通信研究機構", "NISC", about="incident")
    root = ET.fromstring(shown.svg())
    words = "".join(root.itertext())
    for mark in shown.picture.all_marks():
        assert mark.label.partition("\n")[0] in words
    assert shown.picture.notes[0][:20] in words
    assert "速やかでない区間" in words
    assert not [k for e in root.iter() for k in e.attrib if k.endswith(("href", "src"))]
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        if box.attrib["width"] != "100%":
            x, y = float(box.attrib["x"]), float(box.attrib["y"])
            assert left <= x <= left + width - float(box.attrib["width"])
            assert top <= y <= top + height - float(box.attrib["height"])
    assert shown.svg() == shown.svg()


def test_svg_keeps_hostile_words_as_words() -> None:
    root = ET.fromstring(svg_of(hostile()))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "rect", "text", "path"}


def test_a_notebook_gets_a_frame_that_reaches_nothing(kg: KnowledgeGraph) -> None:
    shown = kg.view("drafting")
    text = shown._repr_html_()
    (frame,) = re.findall(r"<iframe [^>]*>", text)
    assert 'sandbox="allow-scripts"' in frame
    assert html.unescape(re.findall(r'srcdoc="([^"]*)"', frame)[0]) == shown.html()
    assert repr(shown) == '<kijun drawing "統一基準群の策定の流れ">'


def test_drawings_are_saved_whole(kg: KnowledgeGraph, tmp_path: Path) -> None:
    shown = kg.view("drafting")
    shown.save(tmp_path / "a.html")
    shown.save(tmp_path / "a.svg")
    shown.save(tmp_path / "a.data", "svg")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == shown.html()
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "a.data").read_bytes()
    with pytest.raises(BadInput, match=r"a\.pdf: not a drawing; choose one of html, svg"):
        shown.save(tmp_path / "a.pdf")
    with pytest.raises(BadInput, match='no format is called "png"'):
        drawing_form("a.html", "png")
    with pytest.raises(BadInput, match=r"a\.svg: \.svg is for svg, but --format says html"):
        drawing_form("a.svg", "html")
    with pytest.raises(BadInput, match="its folder does not exist"):
        shown.save(tmp_path / "none" / "a.html")


def test_without_pyvis_the_error_names_the_extra(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(MissingExtra, match=r"kijun\[view\]"):
        kg.view("drafting").html()
    assert kg.view("drafting").svg().startswith("<svg"), "SVG needs nothing more"


def test_a_graph_of_ones_own_is_not_touched(kg: KnowledgeGraph) -> None:
    rows = [dict(row) for row in kg.norms()]
    Drawing(kg.view("framework").picture).html()
    assert rows == [dict(row) for row in kg.norms()]


# On the command line


def test_what_can_be_viewed_is_what_the_command_names() -> None:
    assert tuple(VIEWS) == WHAT
    assert candidates("what") == list(WHAT)
    assert "総務省" in candidates("names")


def test_view_writes_a_page_and_tells_the_notes(
    kg: KnowledgeGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "lines.html"
    assert main(["view", "reports", "日本年金機構", "-o", str(place)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("この本文は2016年の案である。")
    assert place.read_text(encoding="utf-8") == kg.view("reports", "日本年金機構").html()


def test_view_writes_svg_and_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "route.svg"
    asked = ["view", "route", "NICT", "NISC", "--about", "incident", "--lang", "en"]
    assert main([*asked, "-o", str(place)]) == 0
    assert 'lang="en"' in place.read_text(encoding="utf-8")
    assert main([*asked, "--format", "svg"]) == 0
    assert capsys.readouterr().out == place.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["everything"], 'there is no view "everything"; choose one of reports, route'),
        (["reports"], "reports: names wanted: 1, given: 0; say view reports BODY"),
        (["drafting", "NISC"], "drafting: names wanted: 0, given: 1; say view drafting"),
        (["duties", "総務"], "did you mean"),
        (["drafting", "--about", "incident"], "view drafting takes no about; leave it out"),
        (["reports", "総務省", "--about", "天気"], "no topic is called"),
        (["drafting", "--format", "png"], 'no format is called "png"; choose one of html, svg'),
        (["drafting", "-o", "a.xlsx"], "a.xlsx: not a drawing; choose one of html, svg"),
        (["drafting", "--as-of", "2016-02-30"], "no such day"),
        ([], "the following arguments are required: WHAT"),
    ],
)
def test_view_refuses_in_one_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert said.err.count("\n") == 1


def test_view_survives_an_old_code_page(tmp_path: Path) -> None:
    place = tmp_path / "drafting.html"
    done = subprocess.run(
        [sys.executable, "-m", "kijun", "view", "drafting", "-o", str(place)],
        env={"PATH": "", "PYTHONIOENCODING": "cp932", "KIJUN_CACHE": str(tmp_path / "cache"),
             "LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert "統一基準群の策定の流れ" in place.read_text(encoding="utf-8")
