"""The pages in ``docs/``: up to date, well-formed, complete, offline, and not the guideline."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kijun import catalogue, facts, headwords, reference
from kijun.content import graph_files
from kijun.knowledge import KnowledgeGraph
from kijun.terms import ID, NS

pytest.importorskip("jinja2", reason="the pages are made with Jinja, of the [dev] extra")

DOCS = Path(__file__).resolve().parents[1] / "docs"
NAMES = ("index.html", "norms.html", "ontology.html", "questions.html")
LARGEST = 1_000_000
LONGEST_QUOTE = 39
VOID = {"br", "hr", "img", "input", "link", "meta"}
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "manifest"}
ASIDE = {"script", "iframe", "object", "embed", "link", "img", "base", "audio", "video", "source"}


class Page(HTMLParser):
    """What a page holds, and whether each tag that opens is closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labels: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.languages: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name == "for":
                self.labels.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} in line {self.getpos()[0]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@cache
def page(name: str) -> Page:
    return Page((DOCS / name).read_text(encoding="utf-8"))


@cache
def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages as they would be written now."""
    return reference.pages()


def test_the_pages_are_up_to_date(made: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "pages", lambda: made)
    stale = reference.differing(DOCS)
    assert not stale, f"run make docs: {', '.join(stale)} would change"


def test_every_page_is_written_and_tested(made: dict[str, str]) -> None:
    assert sorted(made) == sorted(NAMES)
    assert all((DOCS / name).is_file() for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_well_formed(name: str) -> None:
    assert not page(name).faults
    assert text(name).startswith("<!DOCTYPE html>\n")
    assert not [one for one, count in Counter(page(name).ids).items() if count > 1]
    assert set(page(name).labels) <= set(page(name).ids)


@pytest.mark.parametrize("name", NAMES)
def test_a_strict_parser_finds_no_fault(name: str) -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(text(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_paragraph_or_heading_holds_a_block(name: str) -> None:
    blocks = r"<(?:p|h[1-6])\b[^>]*>(?:(?!</(?:p|h[1-6])>).)*<(?:p|div|ul|dl|table|h[1-6])\b"
    assert not re.search(blocks, text(name), re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_links_inside_lead_to_an_anchor(name: str) -> None:
    broken = []
    for link in page(name).links:
        if "://" in link:
            continue
        place, _, fragment = link.partition("#")
        target = place or name
        if target not in NAMES or (fragment and unquote(fragment) not in page(target).ids):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_the_network_for_nothing(name: str) -> None:
    """Links may lead outside; nothing is loaded, and the page's own policy forbids it."""
    found = page(name)
    assert not [one for one in found.attributes if one[0] in ASIDE or one[1] in LOADING]
    assert not [one for one in found.attributes if one[1].startswith("on")]
    (style,) = re.findall(r"<style>(.*?)</style>", text(name), re.DOTALL)
    assert not re.search(r"url\(|@import|@font-face|expression\(", style)
    assert "default-src 'none'; style-src 'unsafe-inline'" in text(name)
    outside = [link for link in found.links if "://" in link]
    assert all(link.startswith(("https://", "http://")) for link in outside)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_small_and_plain(name: str) -> None:
    data = (DOCS / name).read_bytes()
    assert len(data) < LARGEST
    assert data.endswith(b"</html>\n")
    assert b"\r" not in data
    assert b"\t" not in data
    assert "None" not in re.findall(r">([A-Za-z]+)<", text(name)), "a value is missing"
    assert "&amp;lt;" not in text(name), "something is escaped twice"


def terms() -> Iterator[str]:
    for layer, path in graph_files():
        if layer == "terms":
            yield from re.findall(r"^kijun:(\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_term_has_its_entry() -> None:
    assert not set(terms()) - set(page("ontology.html").ids)
    assert len(set(terms())) > 300


def test_every_term_is_in_both_indexes() -> None:
    japanese, english = (
        set(re.findall(r'<li><a href="#(\w+)">', part))
        for part in text("ontology.html").split('<h2 id="index-ja">')[1].split('id="index-en"')
    )
    assert japanese == english == set(terms())


def test_every_norm_and_sentence_has_its_entry(kg: KnowledgeGraph) -> None:
    found = [str(row["norm_iri"]) for row in kg.norms().rows]
    assert len(found) > 80
    shown = [one for one in page("norms.html").ids if one.startswith("norm-")]
    assert shown == [facts.anchor(iri) for iri in found], "in the guideline's order"
    sentences = [str(row["sentence_iri"]) for row in kg.ask("sentences").rows]
    shown = [one for one in page("norms.html").ids if one.startswith("sentence-")]
    assert shown == [facts.anchor(iri) for iri in sentences]
    assert len(shown) == 63


def test_a_norm_shows_all_that_is_said_of_it(kg: KnowledgeGraph) -> None:
    """Each text of a norm, of its readings and what it relies on is on the page, escaped."""
    shown = re.sub(r"\s+", "", "".join(page("norms.html").words))
    looked = facts.Facts(kg.store)
    for row in kg.norms().rows:
        for key in ("statement", "condition", "trigger", "phrase"):
            if row[key] is not None:
                assert re.sub(r"\s+", "", str(row[key])) in shown, row["norm"]
    for kind in ("reading", "incorporation"):
        for iri in looked.subjects(facts.TYPE, f"{NS}{kind.capitalize()}"):
            words = looked.text(iri, f"{NS}interpretation")
            assert words is not None
            assert re.sub(r"\s+", "", words.ja[0].text) in shown, iri


def test_cited_articles_lead_to_egov() -> None:
    entry = text("norms.html").split('id="norm-4-1-3a"')[1].split("</article>")[0]
    assert entry.count('href="https://laws.e-gov.go.jp/law/411AC0000000103"') == 6
    assert "通則法第35条の9第1項" in entry


def test_every_question_has_its_entry_and_its_command() -> None:
    for name in catalogue.names():
        assert name in page("questions.html").ids
        assert f"$ kijun ask {name}" in text("questions.html")


def test_a_question_is_linked_from_every_section_that_it_names() -> None:
    for part in re.split(r'<section id="', text("questions.html"))[1:]:
        section = part.partition('"')[0]
        for name in catalogue.names():
            asked = catalogue.question(name).sections
            anchors = {"all": "section-all"} | {one: reference_anchor(one) for one in asked}
            if section in {anchors.get(one, reference_anchor(one)) for one in asked}:
                assert f'id="{name}"' in part or f'href="#{name}"' in part


def reference_anchor(section: str) -> str:
    from kijun.sections import section_iri

    return "section-all" if section == "all" else facts.anchor(section_iri(section))


def test_the_answers_shown_are_the_answers_given(kg: KnowledgeGraph) -> None:
    """Read back from the page: the command gives so many rows, and the first says so."""
    for name in ("incident-lines", "silences", "due-every-fiscal-year"):
        entry = text("questions.html").split(f'<article id="{name}">')[1].split("</article>")[0]
        answer = kg.ask(name)
        assert f"全{len(answer.rows)}行" in entry
        first = next(row for row in answer.rows)
        assert f"{first['section']} 第{first['sentence']}文" in entry


def test_no_run_of_the_guideline_is_on_a_page(source_text: str) -> None:
    size = LONGEST_QUOTE + 1
    source = re.sub(r"\s", "", source_text)
    runs = {source[start : start + size] for start in range(len(source) - size + 1)}
    for name in NAMES:
        shown = re.sub(r"\s", "", "".join(page(name).words))
        copied = [
            shown[start : start + 12]
            for start in range(len(shown) - size + 1)
            if shown[start : start + size] in runs
        ]
        assert not copied, name


def test_headings_of_the_japanese_index() -> None:
    labels = ["規範", "NISC", "あて先", "インシデント", "文", "行為", "類", "凜", "ワーク"]
    found = dict(headwords.grouped(labels, str))
    assert list(found) == ["英数字", "ア行", "カ行", "ハ行", "ラ行", "ワ行", "その他の漢字"]
    assert found["ア行"] == ["あて先", "インシデント"]
    assert found["カ行"] == ["規範", "行為"]


def test_an_address_is_where_the_page_shows_it() -> None:
    assert facts.address(f"{NS}Norm") == "ontology.html#Norm"
    assert facts.address(f"{ID}section/3-1-1") == "norms.html#section-3-1-1"
    assert facts.address(f"{ID}body/1234567890123") is None


def test_the_command_writes_and_checks(
    made: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "pages", lambda: made)
    out = io.StringIO()
    assert reference.main(["-o", str(tmp_path)], out) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)
    (tmp_path / "norms.html").write_text("older", encoding="utf-8")
    assert reference.main(["-o", str(tmp_path), "--check"], out) == 1
    assert out.getvalue() == f"{tmp_path / 'norms.html'}: not up to date; run make docs\n"
    assert reference.main(["-o", str(tmp_path / "missing")], out) == 2
