"""Law in time: articles, powers, hooks, names and successions, and the questions about them."""

from __future__ import annotations

import datetime
import re

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kijun import catalogue
from kijun.derivation import asserted_quads
from kijun.engine import Embedded, Row, ask
from kijun.terms import ID, NS, RDF, RDFS, SKOS, XSD

BASIC = f"{ID}law/426AC1000000104/"
GENERAL = f"{ID}law/411AC0000000103/"
NISC = NamedNode(f"{ID}office/nisc")

QUESTIONS = (
    "which-law-rests-on",
    "goal-instruments",
    "powers-to-order",
    "legal-readings",
    "designated-hooks",
    "moved-articles",
    "articles-on-day",
    "names-on-day",
    "successions",
    "editions-known",
)

SOURCED = (
    "ArticleState",
    "ArticleChange",
    "GoalInstrument",
    "PowerToOrder",
    "LegalReading",
    "StatutoryHook",
    "NameInTime",
    "OrganisationalChange",
)


def day(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "date"))


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.bulk_extend(asserted_quads())
    return store


@pytest.fixture(scope="module")
def engine(store: Store) -> Embedded:
    return Embedded(store)


@pytest.fixture(scope="module")
def graph(store: Store) -> rdflib.Graph:
    triples = (pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in store)
    data = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None
    return rdflib.Graph().parse(data=data, format="nt")


def things(store: Store, kind: str) -> list[NamedNode]:
    found = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(NS + kind), None)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def values(store: Store, thing: NamedNode, iri: str) -> list[NamedNode | Literal]:
    found = (q.object for q in store.quads_for_pattern(thing, NamedNode(iri), None, None))
    return [value for value in found if isinstance(value, NamedNode | Literal)]


def languages(store: Store, thing: NamedNode, iri: str) -> set[str | None]:
    return {v.language for v in values(store, thing, iri) if isinstance(v, Literal) and v.value}


def texts(rows: list[Row], name: str) -> list[str]:
    return [term.value for row in rows if (term := row[name]) is not None]


@pytest.mark.parametrize("kind", ["Article", "ArticleState"])
def test_every_article_has_address_confidence_and_content(store: Store, kind: str) -> None:
    found = things(store, kind)
    assert len(found) > 25
    for article in found:
        assert values(store, article, RDFS + "seeAlso"), article
        assert len(values(store, article, NS + "confidence")) == 1, article
        assert len(values(store, article, NS + "provenance")) == 1, article
        assert languages(store, article, NS + "content") == {"ja", "en"}, article
        assert len(values(store, article, NS + "content")) == 2, article


@pytest.mark.parametrize("kind", SOURCED)
def test_every_fact_about_time_says_where_it_comes_from(store: Store, kind: str) -> None:
    for thing in things(store, kind):
        assert values(store, thing, RDFS + "seeAlso"), thing
        assert values(store, thing, NS + "confidence"), thing
        assert values(store, thing, NS + "provenance"), thing
        assert languages(store, thing, SKOS + "prefLabel") == {"ja", "en"}, thing


def test_a_date_that_is_only_recalled_says_so(store: Store) -> None:
    known = {"2015-01-09", "2015-02-10", "2025-07-01"}
    for name in ("validFrom", "validUntil"):
        for quad in store.quads_for_pattern(None, NamedNode(NS + name), None, None):
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, Literal)
            if quad.object.value not in known:
                doubts = values(store, quad.subject, NS + "dateConfidence")
                assert doubts == [NamedNode(NS + "recalled")], quad.subject


def test_dates_are_days_and_intervals_are_not_empty(store: Store) -> None:
    for first, last in (("validFrom", "validUntil"), ("noEarlierThan", "noLaterThan")):
        starts = store.quads_for_pattern(None, NamedNode(NS + first), None, None)
        for quad in starts:
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, Literal)
            start = datetime.date.fromisoformat(quad.object.value)
            assert quad.object.datatype == NamedNode(XSD + "date")
            for end in values(store, quad.subject, NS + last):
                assert start < datetime.date.fromisoformat(end.value), quad.subject


def test_every_link_leads_to_something_with_a_name(store: Store) -> None:
    links = (
        "stateOf changedArticle becameArticle renumberedAs answersSameNeedAs groundedIn "
        "restsOnArticle hookOf heldBy heldOver nameOf predecessor successor concerns addressee "
        "gainedSupervisor lostSupervisor hookKind hookOutcome changeKind reach forClass "
        "editionOf editionStatus"
    )
    # A body's label is the name in its register, which belongs to the register's entry.
    named = {
        quad.subject
        for quad in store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None)
    } | {
        quad.object for quad in store.quads_for_pattern(None, NamedNode(NS + "entryOf"), None, None)
    }
    for name in links.split():
        quads = list(store.quads_for_pattern(None, NamedNode(NS + name), None, None))
        assert quads, name
        for quad in quads:
            assert isinstance(quad.object, NamedNode)
            assert quad.object in named, quad.object


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_both_engines_give_the_same_rows(
    engine: Embedded, graph: rdflib.Graph, name: str, lang: str
) -> None:
    for when in (None, "2016-10-12", "2026-04-01", "2019-04-01"):
        question = catalogue.question(name)
        bound = {"lang": [Literal(lang)]}
        if when:
            if "day" not in question.parameters:
                continue
            bound["day"] = [day(when)]
        text = question.bound(bound)
        ours = engine.select(text)
        theirs = graph.query(text)
        assert theirs.vars is not None
        columns = [str(variable) for variable in theirs.vars]
        other = [
            [
                None if (value := row.get(variable)) is None else str(value)
                for variable in theirs.vars
            ]
            for row in theirs.bindings
        ]
        mine = [[None if (term := row[c]) is None else term.value for c in columns] for row in ours]
        assert sorted(mine, key=repr) == sorted(other, key=repr)
        assert len({repr(row) for row in mine}) == len(mine), "no row twice"
        assert mine or (name, when) == ("moved-articles", "2016-10-12")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_row_carries_its_citation(engine: Embedded, name: str) -> None:
    question = catalogue.question(name)
    for row in ask(engine, name):
        if question.cites:
            assert row[question.cites] is not None
        if name != "editions-known":
            assert row["address"] is not None
        assert row["confidence"] is not None


@pytest.mark.parametrize("name", QUESTIONS)
def test_shipped_questions_are_plain_patterns(name: str) -> None:
    text = catalogue.question(name).text
    assert not re.search(r"NOT EXISTS|MINUS|SERVICE|[\w)][*+]\s", text)


def test_nothing_has_moved_on_the_first_day(engine: Embedded) -> None:
    assert ask(engine, "moved-articles", day=day("2016-10-12")) == []
    assert ask(engine, "moved-articles", day=day("2019-03-31")) == []


def test_article_25_has_become_26(engine: Embedded) -> None:
    rows = ask(engine, "moved-articles", day=day("2026-04-01"))
    assert rows
    assert set(texts(rows, "article")) == {f"{BASIC}art-25-1-2"}
    assert set(texts(rows, "now")) == {f"{BASIC}art-26-1-2"}
    assert set(texts(rows, "dateConfidence")) == {NS + "recalled"}
    citing = engine.select(f"SELECT ?it {{ ?it <{NS}cites> <{BASIC}art-25-1-2> }}")
    assert {*texts(rows, "norm"), *texts(rows, "definition")} == set(texts(citing, "it"))
    assert f"{ID}sentence/4-1-1" in texts(rows, "sentence")


@pytest.mark.parametrize(
    ("when", "state", "who"),
    [
        ("2016-10-12", "art-25-1-2/state-a", 2),
        ("2016-10-21", "art-25-1-2/state-b", 3),
        ("2019-03-31", "art-25-1-2/state-b", 3),
        ("2019-04-01", "art-26-1-2/state-c", 3),
    ],
)
def test_one_article_serves_the_need_on_each_day(
    engine: Embedded, when: str, state: str, who: int
) -> None:
    articles = [NamedNode(f"{BASIC}art-{number}") for number in ("25-1-2", "26-1-2")]
    rows = ask(engine, "articles-on-day", day=day(when), article=articles)
    assert set(texts(rows, "state")) == {BASIC + state}
    assert len(rows) == who


def test_who_chairs_the_headquarters(engine: Embedded) -> None:
    chair = [NamedNode(f"{BASIC}art-{number}") for number in ("27-1", "28-1")]
    found = {
        when: texts(ask(engine, "articles-on-day", day=day(when), article=chair), "content")
        for when in ("2016-10-12", "2025-06-30", "2025-07-01")
    }
    assert [len(rows) for rows in found.values()] == [1, 1, 1]
    assert "内閣総理大臣" not in found["2025-06-30"][0]
    assert "内閣総理大臣" in found["2025-07-01"][0]


@pytest.mark.parametrize(
    ("when", "name", "short"),
    [
        ("2016-10-12", "内閣サイバーセキュリティセンター", "NISC"),
        ("2025-06-30", "内閣サイバーセキュリティセンター", "NISC"),
        ("2025-07-01", "国家サイバー統括室", "NCO"),
        ("2026-04-01", "国家サイバー統括室", "NCO"),
    ],
)
def test_nisc_on_a_day(engine: Embedded, when: str, name: str, short: str) -> None:
    rows = ask(engine, "names-on-day", thing=NISC, day=day(when))
    assert set(texts(rows, "called")) == {name}
    assert set(texts(rows, "short")) == {short}


def test_the_renaming_of_nisc_is_cited(engine: Embedded) -> None:
    rows = ask(engine, "successions", body=NISC)
    assert "2025-07-01" in texts(rows, "on")
    assert any("国家サイバー統括室" in text for text in texts(rows, "statement"))
    assert all(row["address"] is not None for row in rows)


def test_no_body_has_two_names_on_a_day(engine: Embedded) -> None:
    for when in ("2016-10-12", "2017-04-01", "2022-11-14", "2026-04-01"):
        rows = ask(engine, "names-on-day", day=day(when))
        named = {(row["thing"], row["called"]) for row in rows}
        assert len(named) == len({thing for thing, _ in named})


def test_the_power_to_order_differs_by_class(engine: Embedded) -> None:
    reach = {
        body.value.removeprefix(NS): to.value.removeprefix(NS)
        for row in ask(engine, "powers-to-order")
        if (body := row["body"]) is not None and (to := row["reach"]) is not None
    }
    assert reach["MidTermAgency"] == "narrowReach"
    assert reach["NationalResearchAgency"] == "narrowReach"
    assert reach["ExecutiveAgency"] == "broadReach"
    assert "SupervisingMinistry" not in reach
    jlis = NamedNode(f"{ID}body/3010005022218")
    assert ask(engine, "powers-to-order", body=jlis) == []


def test_goal_instruments_agree_with_the_class_axioms(store: Store, engine: Embedded) -> None:
    goal = {(row["class"], row["goalArticle"]) for row in ask(engine, "goal-instruments")}
    axioms: set[tuple[object, object]] = set()
    for kind, _ in goal:
        assert isinstance(kind, NamedNode)
        for parent in store.quads_for_pattern(kind, NamedNode(RDFS + "subClassOf"), None, None):
            value = NamedNode("http://www.w3.org/2002/07/owl#hasValue")
            found = store.quads_for_pattern(parent.object, value, None, None)  # type: ignore[arg-type]
            axioms.update((kind, quad.object) for quad in found)
    assert goal == axioms
    assert len(goal) == 3


def test_all_nine_corporations_were_searched(store: Store, engine: Embedded) -> None:
    entered = store.quads_for_pattern(
        None, NamedNode(NS + "entryClass"), NamedNode(NS + "DesignatedCorporation"), None
    )
    nine = {values(store, q.subject, NS + "entryOf")[0] for q in entered}  # type: ignore[arg-type]
    assert len(nine) == 9
    for kind in ("goalSettingHook", "evaluationHook"):
        rows = ask(engine, "designated-hooks", kind=NamedNode(NS + kind))
        assert {row["body"] for row in rows} == nine
        found = {row["body"] for row in rows if row["outcome"] == NamedNode(NS + "hookFound")}
        assert len(found) == 2


def test_none_seen_says_what_was_searched_and_how_sure(engine: Embedded) -> None:
    rows = ask(engine, "designated-hooks", outcome=NamedNode(NS + "hookNotSeen"))
    assert rows
    for row in rows:
        assert row["scope"] is not None
        assert row["note"] is not None
        assert row["article"] is None
        assert row["confidence"] == NamedNode(NS + "derived")


def test_successions_of_corporations(engine: Embedded) -> None:
    ncgm = ask(engine, "successions", body=NamedNode(f"{ID}body/8011105004456"))
    assert set(texts(ncgm, "successor")) == {f"{ID}organisation/jihs"}
    for number in ("2020005008480", "6030005001745", "7012405000492"):
        rows = ask(engine, "successions", body=NamedNode(f"{ID}body/{number}"))
        assert texts(rows, "lost")
        assert not texts(rows, "on"), "the day is unknown"


def test_renamed_bodies_agree_with_their_registers(store: Store) -> None:
    entered = {
        (quad.subject, quad.object)
        for quad in store.quads_for_pattern(None, NamedNode(NS + "entryName"), None, None)
    }
    names: dict[NamedNode | Literal, set[str]] = {}
    for entry, name in entered:
        assert isinstance(entry, NamedNode)
        assert isinstance(name, Literal)
        names.setdefault(values(store, entry, NS + "entryOf")[0], set()).add(name.value)
    for node in things(store, "NameInTime"):
        (owner,) = values(store, node, NS + "nameOf")
        if owner in names:
            japanese = [
                v.value
                for v in values(store, node, NS + "nameText")
                if isinstance(v, Literal) and v.language == "ja"
            ]
            assert set(japanese) <= names[owner]
    changed = {owner for owner, all_names in names.items() if len(_japanese(all_names)) > 1}
    named = {values(store, node, NS + "nameOf")[0] for node in things(store, "NameInTime")}
    assert changed <= named


def _japanese(names: set[str]) -> set[str]:
    return {name for name in names if not name.isascii() and "’" not in name}


def test_only_editions_of_the_guideline_have_a_decision_that_counts(store: Store) -> None:
    guideline = NamedNode(f"{ID}document/this-guideline")
    dated = 0
    for edition in things(store, "Edition"):
        (document,) = values(store, edition, NS + "editionOf")
        if document != guideline:
            for name in ("decidedOn", "effectiveUntil"):
                assert not values(store, edition, NS + name), edition
        dated += len(values(store, edition, NS + "decidedOn"))
    assert dated == 2


def test_terms_of_law_are_labelled_and_defined(store: Store) -> None:
    for quad in store.quads_for_pattern(
        None,
        NamedNode(RDFS + "isDefinedBy"),
        None,
        NamedNode(f"{ID}graph/terms"),
    ):
        assert isinstance(quad.subject, NamedNode)
        for name in ("prefLabel", "definition"):
            assert {"ja", "en"} <= languages(store, quad.subject, SKOS + name), quad.subject
