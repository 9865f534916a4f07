"""The explorer's data on things: search, dossiers, proofs and questions."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from explorer_answers import NICT, NISC, SOUMU, Json, client, get, things
from kijun.explorer_data import Explorer
from kijun.knowledge import KnowledgeGraph
from kijun.namebook import Namebook
from kijun.names import name_key
from kijun.terms import NS, curie
from kijun.things import kind_of, titles

__all__ = ["client", "things"]


@pytest.fixture(scope="module")
def explorer(kg: KnowledgeGraph) -> Explorer:
    return Explorer(kg)


# Search


def labels(client: TestClient, text: str, **parameters: str) -> list[str]:
    return [hit["label"] for hit in get(client, "search", q=text, **parameters)["hits"]]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NICT", "情報通信研究機構"),
        ("nict", "情報通信研究機構"),
        ("National Institute of Information and Comm", "情報通信研究機構"),
        ("7012405000492", "情報通信研究機構"),
        ("総", "総務省"),
        ("国家サイバー統括室", "NISC"),
        ("CISO", "最高情報セキュリティ責任者"),
        ("府省庁", "府省庁"),
        ("6(4)-2a", "6(4)-2a"),
        ("６（４）－２ａ", "6(4)-2a"),
        ("6(4)", "6(4) 情報セキュリティインシデントの情報共有"),
        ("6(4) 第2文", "6(4) 第2文"),
        ("独立行政法人通則法", "独立行政法人通則法"),
        ("CSIRT", "CSIRT"),
        ("統一規範", "統一規範"),
        ("incident-route", "ある機関のインシデントが、誰を通ってNISCに届くか"),
    ],
)
def test_a_name_of_any_kind_and_language_is_found_first(
    client: TestClient, text: str, label: str
) -> None:
    assert labels(client, text)[0] == label


def test_what_a_norm_says_is_found_after_names(client: TestClient) -> None:
    hits = get(client, "search", q="すぐにNISCへ知らせる")["hits"]
    assert [hit["label"] for hit in hits] == ["6(4)-2a"]
    assert hits[0]["hint"].startswith("府省庁は、")
    kinds = [hit["kind"] for hit in get(client, "search", q="インシデント", limit="50")["hits"]]
    said = kinds.index("norm")
    assert "section" in kinds[:said]


def test_a_whole_name_comes_before_a_beginning_and_a_part(client: TestClient) -> None:
    found = labels(client, "総務省")
    assert found[0] == "総務省"
    part = [hit["label"] for hit in get(client, "search", q="年金", kinds="body")["hits"]]
    starts = [label for label in part if label.startswith("年金")]
    assert starts
    assert part.index(starts[-1]) < part.index("農業者年金基金")


def test_another_name_that_matched_is_shown(client: TestClient) -> None:
    first = get(client, "search", q="NICT")["hits"][0]
    assert (first["label"], first["matched"]) == ("情報通信研究機構", "NICT")
    assert get(client, "search", q="総務省")["hits"][0]["matched"] is None


def test_search_is_limited_by_kind_and_number_and_says_how_many_there_are(
    client: TestClient,
) -> None:
    found = get(client, "search", q="機構", kinds="body,office", limit="3")
    assert len(found["hits"]) == 3
    assert found["all"] > 10
    assert {hit["kind"] for hit in found["hits"]} <= {"body", "office"}


@pytest.mark.parametrize("text", ["", " ", "・", "<>", "ぬぬぬ"])
def test_a_text_that_names_nothing_finds_nothing(client: TestClient, text: str) -> None:
    assert get(client, "search", q=text) == {"hits": [], "all": 0}


def test_a_body_of_another_day_is_found_and_marked(client: TestClient) -> None:
    def hit(day: str) -> Json:
        found = get(client, "search", q="デジタル庁", day=day)["hits"]
        return next(one for one in found if one["kind"] == "body")

    assert hit("2016-10-12")["absent"]
    assert not hit("2026-04-01")["absent"]


def test_every_thing_that_can_be_shown_can_be_found(
    kg: KnowledgeGraph, things: frozenset[str]
) -> None:
    book = Namebook(kg.store)
    named = titles(kg.engine, kg.store, things, "ja")
    found = {iri: {one.iri for one in book.search(named[iri], limit=200)[0]} for iri in things}
    assert not [named[iri] for iri in things if kind_of(iri) != "post" and iri not in found[iri]]


# Dossiers, proofs, questions


def test_a_norm_is_shown_with_its_citation(client: TestClient, kg: KnowledgeGraph) -> None:
    found = get(client, "thing", id="id:norm/6-4-2a")
    row = next(row for row in kg.norms(section="6(4)") if row["norm"] == "6(4)-2a")
    for key in ("norm", "section", "sentence", "force", "statement", "phrase", "interpretation"):
        assert found[key] == row[key]
    told = {fact["label"]: fact["values"] for fact in found["facts"]}
    assert told["主体"] == [{"text": "府省庁", "id": "kijun:Ministry"}]
    assert told["相手"] == [{"text": "NISC", "id": NISC}]
    assert told["時期"] == [{"text": "速やかに"}]


def test_a_body_is_shown_with_its_register_entry_of_the_day(client: TestClient) -> None:
    def told(day: str) -> dict[str, list[str]]:
        facts = get(client, "thing", id=NICT, day=day)["facts"]
        return {fact["label"]: [one["text"] for one in fact["values"]] for fact in facts}

    assert told("2016-10-12")["名簿"] == ["独立行政法人の名簿（2016年4月1日）"]
    assert told("2026-04-01")["名簿"] == ["独立行政法人の名簿（2026年4月1日）"]
    assert "NICT" in told("2016-10-12")["別名"]
    assert told("2016-10-12")["法人番号"] == ["7012405000492"]


def test_only_web_addresses_become_links(client: TestClient) -> None:
    facts = get(client, "thing", id="id:law/411AC0000000103/art-2-3")["facts"]
    links = [one["href"] for fact in facts for one in fact["values"] if "href" in one]
    assert links
    assert all(link.startswith("https://") for link in links)


def test_everything_that_can_be_shown_has_a_dossier(
    things: frozenset[str], explorer: Explorer
) -> None:
    for iri in things:
        found = explorer.thing(curie(iri))
        assert found["label"]
        assert found["kind"] == kind_of(iri)
        for fact in found["facts"]:
            assert fact["values"]
            # A heading in words, not the name of a property.
            assert name_key(fact["label"]) != name_key(fact["of"].partition(":")[2]), fact


def test_why_and_why_not(client: TestClient, kg: KnowledgeGraph) -> None:
    held = get(client, "why", body=NICT, norm="id:norm/3-1-1-1a")
    assert held["rows"] == [dict(row) for row in kg.explain(NICT, "3(1)①-1a").rows]
    assert held["rows"][0]["holds"]
    denied = get(client, "why", body=NICT, norm="id:norm/6-4-2a")
    assert not denied["rows"][0]["holds"]
    classed = get(client, "why", body=NICT, norm="kijun:NationalResearchAgency")
    assert classed["rows"][0]["holds"]


def test_every_edge_that_offers_a_proof_has_one(client: TestClient) -> None:
    for path, identity in (("near", NICT), ("lines", "kijun:Corporation"), ("duties", SOUMU)):
        edges = get(client, path, id=identity)["edges"]
        offers = [edge["why"] for edge in edges if edge.get("why")]
        assert offers
        for offer in offers[:3]:
            assert get(client, "why", **offer)["rows"][0]["holds"]


def test_every_question_runs_as_it_stands(client: TestClient, kg: KnowledgeGraph) -> None:
    found = get(client, "questions")
    assert {one["id"] for one in found["questions"]} == {row["question"] for row in kg.catalogue()}
    assert found["prefixes"]["kijun"] == NS
    for one in found["questions"]:
        assert one["summary"]
        kg.store.query(one["query"], use_default_graph_as_union=True)


def test_questions_answer_in_the_language_of_the_page(client: TestClient) -> None:
    queries = {one["id"]: one["query"] for one in get(client, "questions", lang="en")["questions"]}
    assert 'LANG(?statement) IN ("en")' in queries["norms"]
    assert not [name for name, query in queries.items() if ' IN ("ja")' in query]
