"""All questions of the catalogue: headers, frozen answers, citations, mutation, two engines.

Frozen answers were read against the guideline; ``python tests/freeze_questions.py`` makes them
again and names those that changed.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

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
from kijun.knowledge import KnowledgeGraph
from kijun.parameters import example, words
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


# --- parameters, languages ---------------------------------------------------------------


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


def test_english_answers_have_as_many_rows(kg: KnowledgeGraph) -> None:
    english = copy.copy(kg)
    english.lang = "en"
    for name in CITING:
        if "word" in question(name).parameters:
            continue
        values = freeze_questions.EXAMPLES.get(name, {})
        assert len(english.ask(name, **values).rows) == len(kg.ask(name, **values).rows), name


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
