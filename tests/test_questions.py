"""The catalogue: headers, frozen answers, citations, coverage, mutation, two engines that agree.

Frozen answers were read against the guideline; ``python tests/freeze_questions.py`` makes them
again and names those that changed.
"""

from __future__ import annotations

import copy
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import NamedNode
from rdflib.plugins import sparql as rdflib_sparql

import freeze_questions
from kijun.asking import CODED, HEADINGS
from kijun.catalogue import names, question
from kijun.engine import Embedded
from kijun.errors import UnknownName
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.parameters import example, terms_and_notes, words
from kijun.terms import ID, graph_iri

NAMES = names()
CITING = [name for name in NAMES if question(name).cites]
KEPT = ("7012405000492", "2000012020001", "4011305001653")
"""The bodies whose duties, lines and routes the second engine sees: a research agency under six
ministries, a ministry, a designated corporation."""

LEAST = 2
"""How many questions each section of the guideline must have."""

SAMPLE = 6
"""How many of the nodes behind an answer are dropped in turn to see it change."""

_EXPANDED = re.compile(re.escape(ID) + r"(?:duty|line|route|post)/.*?(\d{13})")
_CLOSED = re.compile(r"\b(?:NOT\s+EXISTS|MINUS|SERVICE)\b|[\w>)][*+](?=[\s;.)/])", re.IGNORECASE)


@pytest.fixture(scope="session")
def quads(kg: KnowledgeGraph) -> list[pyoxigraph.Quad]:
    """The graph of the default day, with the expansions of a few bodies only."""
    derived = graph_iri("derived")
    return [
        quad
        for quad in kg.store
        if quad.graph_name.value != derived  # type: ignore[union-attr]
        or (found := _EXPANDED.match(getattr(quad.subject, "value", ""))) is None
        or found[1] in KEPT
    ]


@pytest.fixture(scope="session")
def small(quads: list[pyoxigraph.Quad]) -> Embedded:
    store = pyoxigraph.Store()
    store.bulk_extend(quads)
    return Embedded(store)


@pytest.fixture(scope="session")
def other(quads: list[pyoxigraph.Quad]) -> rdflib.Graph:
    """The same graph in rdflib, which may fetch nothing."""
    rdflib_sparql.SPARQL_LOAD_GRAPHS = False
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_other(quad.subject), _other(quad.predicate), _other(quad.object)))  # type: ignore[arg-type]
    return graph


def _other(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, pyoxigraph.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


@pytest.fixture(scope="session")
def mutable(kg: KnowledgeGraph) -> KnowledgeGraph:
    """The whole graph of the default day in memory, where triples can be dropped."""
    store = pyoxigraph.Store()
    store.bulk_extend(kg.store)
    found = copy.copy(kg)
    found.engine = Embedded(store)
    # What a question's own words mean is looked up in what is whole.
    found.engine.naming = kg.engine.naming
    return found


def selected(name: str) -> tuple[str, ...]:
    head = r"^SELECT\s+(?:DISTINCT\s+)?(.*?)\s*^WHERE"
    found = re.search(head, question(name).text, re.MULTILINE | re.DOTALL)
    assert found, name
    return tuple(re.findall(r"\?(\w+)", re.sub(r"\(.*? AS (\?\w+)\)", r"\1", found[1])))


# --- headers ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_header_says_what_is_asked_in_both_languages(name: str) -> None:
    found = question(name)
    assert found.summary["ja"] != found.summary["en"], name
    assert found.description["ja"] != found.description["en"], name
    assert re.search(r"[぀-ヿ一-鿿]", found.summary["ja"]), name
    assert re.fullmatch(r"[ -~]+", found.summary["en"].replace("①", "")), name
    projected = selected(name)
    assert found.cites is None or found.cites in projected, name
    assert set(found.lists) <= set(projected), name


def test_no_two_questions_say_the_same() -> None:
    for lang in ("ja", "en"):
        assert len({question(name).summary[lang] for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_its_place(name: str, small: Embedded) -> None:
    found = question(name)
    for parameter in found.parameters:
        value = pyoxigraph.Literal("nothing") if parameter == "lang" else NamedNode(ID + "nothing")
        small.select(found.bound({parameter: [value]}))
    with pytest.raises(UnknownName):
        found.bound({"nonsense": []})


@pytest.mark.parametrize("name", NAMES)
def test_query_is_made_of_plain_patterns_in_a_fixed_order(name: str) -> None:
    text = "\n".join(
        line for line in question(name).text.splitlines() if not line.startswith(("#", "PREFIX"))
    )
    assert not _CLOSED.search(re.sub(r'"[^"]*"', '""', text)), name
    assert "ORDER BY" in text, name


@pytest.mark.parametrize("name", [name for name in NAMES if question(name).sections])
def test_every_column_has_a_japanese_heading(name: str) -> None:
    shown = {CODED.get(key, key) for key in set(selected(name)) - freeze_questions.LEFT_OUT}
    assert not shown - HEADINGS.keys(), name


# --- answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_the_frozen_one(name: str, kg: KnowledgeGraph) -> None:
    kept = freeze_questions.frozen(name)
    assert kept is not None, f"no frozen answer: python tests/freeze_questions.py {name}"
    assert freeze_questions.answer(kg, name) == kept
    assert len(kept.splitlines()) > 1, f"{name} has no rows on the default day"


def test_nothing_is_frozen_that_is_not_asked() -> None:
    assert {path.stem for path in freeze_questions.FOLDER.glob("*.csv")} == set(NAMES)


@pytest.mark.parametrize("name", CITING)
def test_every_row_names_a_sentence_of_a_section_in_the_header(
    name: str, kg: KnowledgeGraph
) -> None:
    cited = _cited(name, kg)
    assert None not in cited, name
    declared = set(question(name).sections)
    assert "all" in declared or cited <= declared, f"{name} also cites {cited - declared}"


def _cited(name: str, kg: KnowledgeGraph) -> set[object]:
    rows = kg.ask(name, **freeze_questions.EXAMPLES.get(name, {})).rows
    assert all(isinstance(row.get("sentence"), int) for row in rows), name
    return {row["section"] for row in rows}


def test_every_section_is_asked_about_twice(kg: KnowledgeGraph) -> None:
    asked: dict[object, set[str]] = defaultdict(set)
    for name in CITING:
        sections = set(question(name).sections)
        for section in sections & _cited(name, kg):
            asked[section].add(name)
    texts = {row["notation"] for row in kg.ask("sections").rows if row["order"] is not None}
    assert len(texts) == 21
    assert not {section: asked[section] for section in texts if len(asked[section]) < LEAST}


# --- two engines ------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same_rows_in_the_same_order(
    name: str, small: Embedded, other: rdflib.Graph
) -> None:
    text = question(name).text
    ours = [tuple(map(_plain, row.values())) for row in small.select(text)]
    theirs = [tuple(map(_plain, row)) for row in other.query(text)]  # type: ignore[arg-type]
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))
    assert ours == theirs, f"{name}: ORDER BY leaves ties"


def _plain(term: object) -> tuple[str, str] | None:
    match term:
        case None:
            return None
        case NamedNode():
            return ("", term.value)
        case rdflib.URIRef():
            return ("", str(term))
        case pyoxigraph.Literal():
            return (term.language or term.datatype.value, term.value)
        case rdflib.Literal():
            kind = str(term.datatype or "http://www.w3.org/2001/XMLSchema#string")
            return (term.language or kind, str(term))
    raise AssertionError(f"unexpected {term!r}")


# --- mutation ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_answer_changes_when_what_it_rests_on_is_dropped(
    name: str, mutable: KnowledgeGraph
) -> None:
    kept = freeze_questions.frozen(name)
    nodes = list(_nodes_behind(name, mutable))
    assert nodes, name
    for node in nodes:
        with _Without(mutable, node):
            assert freeze_questions.answer(mutable, name) != kept, f"{name} without {node}"
    assert freeze_questions.answer(mutable, name) == kept


def _nodes_behind(name: str, graph: KnowledgeGraph) -> Iterator[str]:
    """A sample of the norms and sentences that the rows name; of the first things, if neither."""
    answer = graph.ask(name, **freeze_questions.EXAMPLES.get(name, {}))
    columns = [column.key for column in answer.columns if column.key.endswith("_iri")]
    cited = [key for key in ("norm_iri", "sentence_iri") if key in columns] or columns[:1]
    for key in cited:
        named = [row.get(key) for row in answer.rows]
        flat = [part for one in named for part in (one if isinstance(one, list) else [one])]
        yield from _sample(list(dict.fromkeys(str(part) for part in flat if part)))


def _sample(found: Sequence[str]) -> Sequence[str]:
    if len(found) <= SAMPLE:
        return found
    return [found[place * (len(found) - 1) // (SAMPLE - 1)] for place in range(SAMPLE)]


class _Without:
    """The graph without every triple in which a node stands, for a while."""

    def __init__(self, graph: KnowledgeGraph, node: str) -> None:
        self.store = graph.engine.store
        term = NamedNode(node)
        self.quads = [
            *self.store.quads_for_pattern(term, None, None, None),
            *self.store.quads_for_pattern(None, None, term, None),
        ]

    def __enter__(self) -> None:
        for quad in self.quads:
            self.store.remove(quad)

    def __exit__(self, *_: object) -> None:
        self.store.extend(self.quads)


# --- what must hold of the answers ------------------------------------------------------


def _rows(name: str) -> list[dict[str, str]]:
    kept = freeze_questions.frozen(name)
    assert kept is not None
    return list(csv.DictReader(io.StringIO(kept)))


def test_publication_is_asked_for_agencies_and_the_direction_only() -> None:
    published = {(row["主体"], row["所管の範囲"]) for row in _rows("publications")}
    assert published == {("主務大臣", "独立行政法人"), ("サイバーセキュリティ戦略本部", "")}
    assert "4(3)-3a" in {row["規範"] for row in _rows("unpublished-results")}
    assert "4(3)-2a" not in {row["規範"] for row in _rows("unpublished-results")}


def test_the_classes_differ_where_the_text_makes_them_differ(kg: KnowledgeGraph) -> None:
    def differing(question_: str, one: str, two: str) -> set[object]:
        rows = kg.ask(question_, class1=one, class2=two).rows
        return {row["norm"] for row in rows}

    agency, designated = "IncorporatedAdministrativeAgency", "DesignatedCorporation"
    assert differing("treatment-differences", agency, designated) == {
        "4(1)-3a",
        "4(3)-2a",
        "4(3)-2b",
    }
    assert differing("treatment-differences", designated, agency) == {"4(1)-4a", "4(3)-3a"}
    assert not differing("class-differences", agency, designated)
    assert not differing("class-differences", designated, agency)
    only_ministries = differing("class-differences", "Ministry", "Corporation")
    assert {"6(4)-2a", "6(4)-2b"} <= only_ministries
    only_corporations = differing("class-differences", "Corporation", "Ministry")
    assert {"5(2)-1a", "5(2)-1b", "6(4)-3a"} <= only_corporations
    assert not only_ministries & only_corporations


def test_the_class_bears_what_each_of_its_bodies_bears(kg: KnowledgeGraph) -> None:
    bodies = {"日本年金機構": "指定法人", "情報通信研究機構": "国立研究開発法人"}
    for body, kind in bodies.items():
        by_class = {row["norm"] for row in kg.ask("class-duties", **{"class": kind}).rows}
        assert by_class == {row["norm"] for row in kg.duties(body).rows}, body


def test_a_body_is_under_the_powers_over_its_class(kg: KnowledgeGraph) -> None:
    def powers(body: str) -> set[object]:
        return {row["body"] for row in kg.ask("powers-to-order", body=body).rows}

    assert powers("理化学研究所") == {"国立研究開発法人"}
    assert powers("日本年金機構") == {"日本年金機構"}
    assert len(powers("独立行政法人")) == 3
    assert not powers("地方公共団体情報システム機構")


def test_a_renumbered_article_leads_to_its_successor(kg: KnowledgeGraph) -> None:
    moved = kg.ask("articles-on-day", day="2026-04-01", article="基本法第25条第1項第2号").rows
    assert [(row["article"], row["formerly"]) for row in moved] == [
        ("基本法第26条第1項第2号", ["基本法第25条第1項第2号"])
    ]
    both = kg.ask("articles-on-day", day="2026-04-01", article="基本法第13条").rows
    assert len(both) == 2
    # The one ended on an unknown day, the other began on one.
    assert [(row["earliest"], row["latest"]) for row in both] == [
        (None, "2026-04-09"),
        ("2016-10-21", None),
    ]


def test_goals_are_those_of_the_class_and_of_every_competent_minister(kg: KnowledgeGraph) -> None:
    rows = kg.ask("goal-of-body", body="日本原子力研究開発機構").rows
    assert {row["norm"] for row in rows} == {"4(1)-3a", "4(3)-2a"}
    for row in rows:
        assert row["instrument"] == "中長期目標"
        assert row["chief"] == ["文部科学省"]
        assert row["other"] == ["経済産業省", "原子力規制委員会"]
    assert not kg.ask("goal-of-body", body="日本年金機構").rows


def test_a_supervision_is_one_row_and_its_minister_is_meant_itself(kg: KnowledgeGraph) -> None:
    for day in ("2016-10-12", "2026-04-01"):
        rows = open_graph(day).ask("supervision").rows
        assert len({row["supervision_iri"] for row in rows}) == len(rows)
    rows = kg.ask("supervision", minister="原子力規制委員会").rows
    assert {row["minister"] for row in rows} == {"原子力規制委員会"}
    assert {row["ministry"] for row in rows} == {"環境省"}
    assert len(rows) == 2


def test_what_a_name_was_taken_for_is_said(kg: KnowledgeGraph) -> None:
    def given(question_: str, **values: str) -> tuple[str, list[str]]:
        terms, notes = terms_and_notes(kg.engine, kg.find, question_, values, "ja")
        (found,) = terms.values()
        return str(found[0]), notes

    regulation = kg.find("原子力規制委員会")
    ministry, notes = given("supervision", ministry="原子力規制委員会")
    assert ministry == f"<{regulation.answers_through}>"
    assert notes == [regulation.note]
    assert given("supervision", minister="原子力規制委員会") == (f"<{regulation.iri}>", [])
    assert given("body", body="原子力規制委員会") == (f"<{regulation.iri}>", [])


def test_closed_lists_are_named_in_help_and_errors(kg: KnowledgeGraph) -> None:
    timings = words(kg.engine, "due-by-timing", "timing", "ja")
    assert "速やかに" in timings
    with pytest.raises(UnknownName) as raised:
        kg.ask("due-by-timing", timing="明日")
    assert all(word in str(raised.value) for word in timings)
    assert not words(kg.engine, "duties", "body", "ja")
    for name in NAMES:
        found = question(name)
        for parameter in found.parameters if found.sections else ():
            listed = words(kg.engine, name, parameter, "ja")
            assert parameter == "lang" or listed or example(name, parameter), (name, parameter)


def test_every_norm_has_a_time_an_event_or_neither() -> None:
    timed = {row["規範"] for row in _rows("due-by-timing")}
    on_events = {row["規範"] for row in _rows("due-on-events")}
    neither = {row["規範"] for row in _rows("due-without-date")}
    every = {row["規範"] for row in _rows("norms")}
    assert not neither & (timed | on_events)
    assert timed | on_events | neither == every


def test_the_standards_pass_their_stages_in_order() -> None:
    stages = defaultdict(list)
    for row in _rows("making-of-the-standards"):
        stages[row["文書"]].append((row["段階"], row["関わり方"], row["関わる者"]))
    assert len(stages) == 4
    for document, found in stages.items():
        assert [stage for stage, _, _ in found] == sorted(stage for stage, _, _ in found)
        decider = (
            "NISC" if document == "対策基準策定ガイドライン" else "サイバーセキュリティ戦略本部"
        )
        assert found[-1][1:] == ("決定", decider)


def test_all_sentences_are_norms_or_have_a_kind(kg: KnowledgeGraph) -> None:
    named = {row["sentence_iri"] for row in kg.ask("norms").rows}
    kinds = {row["sentence_iri"] for row in kg.ask("sentences-without-norms").rows}
    every = {row["sentence_iri"] for row in kg.ask("sentences").rows}
    assert len(every) == 63
    assert not named & kinds
    assert named | kinds == every


def test_english_answers_have_as_many_rows(kg: KnowledgeGraph) -> None:
    english = copy.copy(kg)
    english.lang = "en"
    for name in CITING:
        if "word" in question(name).parameters:
            continue
        values = freeze_questions.EXAMPLES.get(name, {})
        assert len(english.ask(name, **values).rows) == len(kg.ask(name, **values).rows), name


def test_a_moved_article_is_told_of_the_norms_that_cite_it_only(kg: KnowledgeGraph) -> None:
    of_norm = kg.ask("moved-articles", day="2026-04-01", norm="3(3)-8a").rows
    assert {row["norm"] for row in of_norm} == {"3(3)-8a"}
    assert {row["definition"] for row in of_norm} == {None}
    assert not kg.ask("moved-articles", day="2026-04-01", norm="6(4)-2a").rows


def test_what_rests_on_an_article_names_norms_and_definitions(kg: KnowledgeGraph) -> None:
    rows = kg.ask("which-law-rests-on", article="基本法第25条第1項第2号").rows
    assert {row["norm"] for row in rows if row["norm"]} >= {"3(3)-8a", "5(1)-2b"}
    assert {row["definition"] for row in rows if row["definition"]} == {"本部監査"}


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_asked_for_in_the_language_that_is_wanted(name: str) -> None:
    asked = question(name)
    places = len(re.findall(r'LANG\(\?\w+\) IN \("ja"\)', asked.text))
    assert "?lang" not in asked.text
    assert ("lang" in asked.parameters) == (places > 0)
    if places:
        text = asked.bound({"lang": [pyoxigraph.Literal("en")]})
        assert text.count(' IN ("en")') == places
        assert ' IN ("ja")' not in text


def test_how_many_questions_there_are_is_said_alike(kg: KnowledgeGraph) -> None:
    listed = kg.catalogue()
    assert listed.notes[0].startswith(f"問いは{len(listed)}件。")
    root = Path(__file__).parents[1]
    for name, phrase in (
        ("README.md", f"lists {len(listed)} questions"),
        ("README.ja.md", f"{len(listed)}の問い"),
        ("CHANGELOG.md", f"A catalogue of {len(listed)} questions"),
    ):
        assert phrase in (root / name).read_text(encoding="utf-8"), name


def test_paths_and_forces_of_duties_are_those_of_the_command(kg: KnowledgeGraph) -> None:
    asked = kg.ask("duties", body="造幣局", rank="1")
    told = {(row["norm"], row["route"]): row for row in kg.duties("造幣局")}
    assert len(asked) == len(told) > 40
    for row in asked:
        route = str(row["route_iri"]).rpartition("#")[2].removesuffix("Route")
        same = told[row["norm"], route]
        assert row["path"] == same["path"]
        assert row["path_iri"] == same["path_iri"]
        assert row["derived_force"] == same["derived_force"]
    column = next(column for column in asked.columns if column.key == "derived_force")
    assert column.text("regard", "ja") == "考慮"


def test_what_is_taken_over_by_regard_arrives_so_in_a_class(kg: KnowledgeGraph) -> None:
    taken = {"regard": 0, "kept": 0}
    for row in kg.ask("class-duties", **{"class": "指定法人"}):
        kept = row["force_iri"] == row["derived_force_iri"]
        assert kept == (row["grade"] not in ("踏まえ", "参照しつつ"))
        taken["kept" if kept else "regard"] += 1
    assert min(taken.values()) > 10


def test_norms_that_use_a_term_come_with_their_own_sentence(kg: KnowledgeGraph) -> None:
    for row in kg.ask("who-definitions-bind"):
        assert str(row["norm"]).startswith(f"{row['section']}-{row['sentence']}")


def test_where_rows_come_from_is_left_out_of_japanese_tables() -> None:
    for name in ("names-on-day", "successions", "supervision"):
        shown = {
            lang: {c.key: c.in_table for c in open_graph(lang=lang).ask(name).columns}
            for lang in ("ja", "en")
        }
        assert [shown[lang]["provenance"] for lang in ("ja", "en")] == [False, True]
