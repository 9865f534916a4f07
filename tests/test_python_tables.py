"""How a table behaves in Python: as a sequence, in Jupyter, as a DataFrame."""

from __future__ import annotations

import html.parser
import json
import sys
from pathlib import Path

import pytest

import kijun
from kijun import table_page
from kijun.errors import BadInput, MissingExtra, UnknownName
from kijun.formats import flat
from kijun.knowledge import KnowledgeGraph
from kijun.table import SHOWN, Table
from kijun.tables import Column
from wide_screen import _wide

__all__ = ["_wide"]


# Tables


@pytest.fixture(scope="module")
def norms(kg: KnowledgeGraph) -> Table:
    return kg.norms()


def test_a_table_is_a_sequence_of_rows(norms: Table) -> None:
    assert len(norms) == len(list(norms)) == len(norms.rows)
    assert norms[-1] == list(norms)[-1]
    part = norms[2:4]
    assert isinstance(part, Table)
    assert [row["norm"] for row in part] == [norms[2]["norm"], norms[3]["norm"]]
    assert (part.notes, part.columns, part.lang) == (norms.notes, norms.columns, norms.lang)
    assert set(part.nodes) == {part[n][key] for n in (0, 1) for key in ("norm_iri", "sentence_iri")}
    assert norms[0] in norms
    assert norms == norms[:]
    assert norms != part
    with pytest.raises(IndexError):
        norms[10_000]


def test_a_table_does_not_change(norms: Table) -> None:
    row = norms[0]
    row["recipient"].append("誰か")
    row["norm"] = "x"
    assert norms[0]["norm"] != "x"
    assert "誰か" not in norms[0]["recipient"]
    with pytest.raises(AttributeError, match="does not change"):
        norms.rows = ()
    with pytest.raises(AttributeError):
        norms.lang = "en"
    with pytest.raises(TypeError):
        hash(norms)


def test_the_legs_of_a_route_are_copies_too(kg: KnowledgeGraph) -> None:
    routes = kg.route("情報通信研究機構", "NISC", about="incident")
    routes[0]["legs"][0]["norm"] = "x"
    assert routes[0]["legs"][0]["norm"] != "x"
    assert set(routes[:1].nodes) < set(routes.nodes)


def test_where_filters_by_code_word_list_and_test(norms: Table, kg: KnowledgeGraph) -> None:
    must = norms.where(force="must")
    assert {row["force"] for row in must} == {"must"}
    assert must == norms.where(force="義務") == norms.where(lambda row: row["force"] == "must")
    both = norms.where(force={"should", "may"})
    assert len(both) == len(norms.where(force="should")) + len(norms.where(force="may"))
    assert all("NISC" in row["recipient"] for row in norms.where(recipient="NISC"))
    none = norms.where(recipient=None, condition=None)
    assert none
    assert all(row["recipient"] == [] and row["condition"] is None for row in none)
    lines = kg.reports("総務省")
    assert len(lines.where(from_="総務省")) == len(lines)
    assert len(lines.where(sentence=True)) == 0, "True is not sentence 1"
    assert lines.where(sentence=1) or lines.where(sentence=2)


def test_where_says_which_keys_there_are(norms: Table) -> None:
    with pytest.raises(UnknownName, match=r'no key "farce"; did you mean "force"'):
        norms.where(farce="must")
    with pytest.raises(UnknownName) as caught:
        norms.where(zzz=1)
    assert caught.value.candidates == norms.keys


def test_printing_shows_notes_and_rows(norms: Table) -> None:
    whole, short = str(norms), repr(norms)
    assert whole.startswith(norms.notes[0][:20])
    assert f"{len(norms)}行のうち先頭の{SHOWN}行" in short
    assert norms[SHOWN - 1]["norm"] in short
    assert norms[-1]["norm"] in whole
    assert norms[-1]["norm"] not in short
    assert "該当する行はない。" in str(norms[:0])
    english = kijun.open(lang="en").norms()
    assert f"the first {SHOWN} of {len(norms)} rows" in repr(english)


def test_a_table_is_saved_in_every_format(norms: Table, tmp_path: Path) -> None:
    for name in ("n.csv", "n.json", "n.xlsx", "n.ttl", "n.txt"):
        norms[:3].save(tmp_path / name)
    rows = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert rows == list(norms[:3])
    assert norms[0]["norm_iri"].rpartition("/")[2] in (tmp_path / "n.ttl").read_text()
    with pytest.raises(BadInput, match="no format"):
        norms.save(tmp_path / "n.x", form="docx")


def test_sparql_gives_a_table_of_each_kind(kg: KnowledgeGraph) -> None:
    assert kg.sparql("ASK { ?n a kijun:Norm }")[0] == {"answer": True}
    built = kg.sparql("CONSTRUCT { ?n a kijun:Norm } WHERE { ?n kijun:force kijun:may }")
    assert built.keys == ("subject", "predicate", "object")
    with pytest.raises(BadInput, match="SERVICE"):
        kg.sparql("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")


# In Jupyter


class Page(html.parser.HTMLParser):
    """Collects tags, the text of cells, and addresses that a browser would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.cells: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.fetched += [str(v) for k, v in attrs if k in {"src", "href", "action", "srcset"}]
        assert not [k for k, _ in attrs if k.startswith("on")]
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data


def test_every_row_shows_its_citation(kg: KnowledgeGraph) -> None:
    tables = (
        kg.norms(section="6"),
        kg.duties("総務省"),
        kg.reports("総務省"),
        kg.ask("incident-lines"),
        kg.route("情報通信研究機構", "NISC", about="incident"),
    )
    for table in tables:
        page = Page(table._repr_html_())
        rows = flat(table)[1][: table_page.MOST]
        assert page.tags.count("tr") == len(rows) + 1
        wide = len(page.cells) // len(rows)
        assert page.cells[::wide] == [f"{row['section']} 第{row['sentence']}文" for row in rows]
        assert not page.fetched


def test_html_is_escaped_and_deterministic(kg: KnowledgeGraph) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x1b\u202e"
    row = {"section": evil, "sentence": 1, "phrase": evil, "text": evil, "x": evil}
    columns = (Column("x", evil, evil), Column(evil, "y", "y"))
    table = Table("query", columns, [row | {evil: evil}], [evil])
    text = table._repr_html_()
    page = Page(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text == table._repr_html_()
    script = text.partition("<script>")[2].partition("</script>")[0]
    assert "http" not in script
    assert "alert" not in script


def test_without_script_a_plain_table_is_left(norms: Table) -> None:
    page = Page(norms[:2]._repr_html_())
    assert "input" not in page.tags, "the filter box is made by the script"
    assert {"table", "thead", "tbody", "th", "td"} <= set(page.tags)


def test_long_tables_are_cut_and_say_so(kg: KnowledgeGraph) -> None:
    text = kg.duties()._repr_html_()
    assert f"先頭の{table_page.MOST}行" in text
    assert Page(text).tags.count("tr") == table_page.MOST + 1
    assert "<table>" not in kg.norms()[:0]._repr_html_()
    english = kijun.open(lang="en").norms(section="6(4)")._repr_html_()
    assert "6(4), sentence 1" in english


def test_the_attached_sentence_shows_on_hover(
    source_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kijun.source import attach

    monkeypatch.setenv("KIJUN_DATA", str(tmp_path / "data"))
    (tmp_path / "copy.txt").write_text(source_text, encoding="utf-8")
    attach(tmp_path / "copy.txt")
    kg = kijun.open(verbatim=True)
    table = kg.norms(section="6(4)")
    said = table[0]["text"]
    assert len(said) > 20
    text = table._repr_html_()
    assert text.count("<details>") == len(table)
    assert f'title="{said}"' in text
    leg = kg.route("情報通信研究機構", "NISC", about="incident")[0]["legs"][0]
    assert leg["text"]
    assert "<details>" not in kijun.open().norms(section="6(4)")._repr_html_()


# As a DataFrame


def test_a_frame_has_sensible_types(kg: KnowledgeGraph, norms: Table) -> None:
    pandas = pytest.importorskip("pandas")
    frame = norms.to_frame()
    assert list(frame.columns) == list(norms.keys)
    assert len(frame) == len(norms)
    assert str(frame["section"].dtype) == "string"
    assert isinstance(frame["force"].dtype, pandas.CategoricalDtype)
    assert list(frame["force"].cat.categories)[:3] == ["must", "need", "should"]
    assert str(frame["sentence"].dtype) == "Int64"
    assert frame["recipient"].map(type).eq(tuple).all()
    assert frame.attrs["notes"] == list(norms.notes)
    assert int(frame["condition"].isna().sum()) == len(norms.where(condition=None))
    lines = kg.reports().to_frame()
    assert str(lines["reading"].dtype) == "boolean"
    assert str(lines["in_force"].dtype) == "boolean"
    assert lines["in_force"].isna().all()
    routes = kg.route("情報通信研究機構", "NISC", about="incident")
    legs = routes.to_frame()
    assert len(legs) == sum(row["length"] for row in routes)
    assert list(legs.columns[:2]) == ["route", "leg"]
    assert norms[:0].to_frame().empty
    assert len(kg.sparql("SELECT ?n { ?n a kijun:Norm }").to_frame()) == len(norms)


def test_without_pandas_the_error_names_the_extra(
    norms: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"kijun\[notebook\]"):
        norms.to_frame()
