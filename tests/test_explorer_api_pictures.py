"""The explorer's data for pictures: surroundings, lines, duties, routes, and crowds."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from starlette.testclient import TestClient

from explorer_answers import NICT, NISC, SOUMU, Json, client, described, every_thing, get, things
from kijun.elements import MOST
from kijun.explorer_data import Explorer
from kijun.knowledge import KnowledgeGraph
from kijun.relations import EDGES, RELATIONS
from kijun.scenes import ROOM
from kijun.store import Snapshot
from kijun.surroundings import Surroundings
from kijun.terms import ID, NS, RDF, SKOS, curie, expand, graph_iri
from kijun.things import KINDS

__all__ = ["client", "described", "things"]


# Surroundings


def test_an_edge_is_seen_from_both_its_ends(described: KnowledgeGraph) -> None:
    around = Surroundings(described.store, described.engine)
    things = every_thing(described)
    for relation in RELATIONS:
        forth = {edge for iri in things for edge in around.edges(iri, relation, forth=True)}
        back = {edge for iri in things for edge in around.edges(iri, relation, forth=False)}
        assert forth == back
        assert forth, f"{relation.kind} ties nothing"
        assert {edge.kind for edge in forth} <= EDGES.keys()


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("bears", "?end kijun:bearer ?start ; a kijun:Norm"),
        ("addresses", "?start kijun:recipient ?end ; a kijun:Norm"),
        ("supervises", "?start kijun:supervises ?end"),
        ("inherits", "?link kijun:norm ?start ; kijun:body ?end ; kijun:rank 1"),
        ("reports", "?link a kijun:ReportingLine ; kijun:from ?start ; kijun:to ?end"),
        (
            "member",
            "?link kijun:entryClass ?start ; kijun:entryOf ?end ; kijun:register/kijun:inUse true",
        ),
        ("incorporates", "?start kijun:incorporates/kijun:incorporated ?end"),
    ],
)
def test_edges_are_what_sparql_finds(
    kg: KnowledgeGraph, things: frozenset[str], kind: str, pattern: str
) -> None:
    around = Surroundings(kg.store, kg.engine)
    found = {
        (edge.start, edge.end)
        for iri in things
        for relation in RELATIONS
        if relation.kind == kind
        for edge in around.edges(iri, relation, forth=True)
    }
    rows = kg.sparql(f"SELECT DISTINCT ?start ?end {{ {pattern} }}")
    assert found == {(row["start"], row["end"]) for row in rows if row["start"] != row["end"]}


def test_classes_are_tied_without_shortcuts(kg: KnowledgeGraph) -> None:
    around = Surroundings(kg.store, kg.engine)
    (relation,) = [one for one in RELATIONS if one.kind == "includes"]
    agency = around.edges(f"{NS}Corporation", relation, forth=True)
    assert {edge.end for edge in agency} == {
        f"{NS}IncorporatedAdministrativeAgency",
        f"{NS}DesignatedCorporation",
    }


# Pictures


def check(picture: Json) -> None:
    ids = [node["id"] for node in picture["nodes"]]
    assert len(ids) == len(set(ids))
    assert len({edge["id"] for edge in picture["edges"]}) == len(picture["edges"])
    assert all(node["label"] for node in picture["nodes"])
    assert {end for edge in picture["edges"] for end in (edge["source"], edge["target"])} <= {*ids}
    assert {edge["kind"] for edge in picture["edges"]} <= EDGES.keys()
    assert {node["kind"] for node in picture["nodes"]} <= {*KINDS, "way"}
    assert picture["notes"][0].startswith("この本文は2016年の案")


def test_the_first_picture_is_who_tells_whom_by_class(
    client: TestClient, kg: KnowledgeGraph
) -> None:
    picture = get(client, "start")
    check(picture)
    lines = {edge["link"] for edge in picture["edges"]}
    assert lines == {curie(row["line_iri"]) for row in kg.reports()}


def test_a_neighbourhood_takes_up_what_fits_and_counts_the_rest(client: TestClient) -> None:
    picture = get(client, "near", id=NICT)
    check(picture)
    kinds = {edge["kind"] for edge in picture["edges"]}
    assert {"supervises", "member", "reports", "founded"} <= kinds
    assert picture["left"] == [
        {"kind": "inherits", "way": "back", "label": "負う規範", "count": 49}
    ]
    small = get(client, "near", id=NICT, room="5")
    assert len(small["nodes"]) <= 5 + 1
    assert {told["kind"] for told in small["left"]} == {"inherits", "reports", "supervises"}


def test_a_neighbourhood_takes_what_it_is_told(client: TestClient) -> None:
    picture = get(client, "near", id=NICT, take="inherits>back")
    assert len(picture["edges"]) == 49
    assert {edge["kind"] for edge in picture["edges"]} == {"inherits"}
    both = get(client, "near", id=SOUMU, take="supervises,answers")
    assert {edge["kind"] for edge in both["edges"]} == {"supervises", "answers"}
    assert get(client, "near", id=SOUMU, take="supervises>back")["edges"] == []


@pytest.mark.parametrize(
    "identity",
    [SOUMU, NISC, "kijun:Ministry", "id:norm/4-1-2a", "id:section/6-4", "id:sentence/6-4-2"],
)
def test_a_neighbourhood_of_each_kind(client: TestClient, identity: str) -> None:
    picture = get(client, "near", id=identity)
    check(picture)
    assert picture["centre"] == identity
    assert all(identity in (edge["source"], edge["target"]) for edge in picture["edges"])
    count = len(picture["edges"]) + sum(told["count"] for told in picture["left"])
    counted = sum(told["count"] for told in get(client, "thing", id=identity)["relations"])
    assert count == counted


@pytest.mark.parametrize("identity", [NICT, SOUMU, NISC, "kijun:Ministry"])
def test_lines_are_those_of_reports(client: TestClient, kg: KnowledgeGraph, identity: str) -> None:
    picture = get(client, "lines", id=identity)
    check(picture)
    rows = {row["line_iri"]: row for row in (*kg.reports(identity), *kg.reports(None, identity))}
    assert {expand(edge["link"]) for edge in picture["edges"]} == rows.keys()
    for edge in picture["edges"]:
        row = rows[expand(edge["link"])]
        for key in ("section", "sentence", "force", "lane", "timing", "about", "reading", "basis"):
            assert edge[key] == row[key], key
        assert (edge["label"], edge["norm"]) == (row["act"], row["norm"])
        assert ["要の句", row["phrase"]] in edge["facts"]


@pytest.mark.parametrize("identity", [NICT, SOUMU, NISC])
def test_duties_are_those_of_duties(client: TestClient, kg: KnowledgeGraph, identity: str) -> None:
    picture = get(client, "duties", id=identity)
    check(picture)
    rows = {row["duty_iri"]: row for row in kg.duties(identity)}
    drawn = {expand(edge["link"]): edge for edge in picture["edges"] if edge["why"]}
    assert drawn.keys() == rows.keys()
    for iri, row in rows.items():
        edge = drawn[iri]
        assert edge["source"] == f"id:way/{row['route']}"
        assert (edge["force"], edge["norm"]) == (row["derived_force"], row["norm"])
        assert edge["displaced"] == (row["displaced_by"] is not None)
    ways = [node["label"] for node in picture["nodes"] if node["kind"] == "way"]
    assert sum(int(way.rpartition("(")[2][:-1]) for way in ways) == len(rows)


def test_who_answers_for_a_body_is_at_the_centre_and_told(client: TestClient) -> None:
    agency = get(client, "search", q="消防庁")["hits"][0]["id"]
    picture = get(client, "duties", id=agency)
    assert picture["centre"] == SOUMU
    assert "消防庁については、総務省が答える。" in picture["notes"]
    assert "消防庁については、総務省が答える。" in get(client, "thing", id=agency)["notes"]


def test_routes_are_those_of_route(client: TestClient, kg: KnowledgeGraph) -> None:
    found = get(client, "route", from_=NICT, to=NISC, about="incident")
    check(found)
    rows = list(kg.route(NICT, NISC, about="incident"))
    edges = {edge["id"]: edge for edge in found["edges"]}
    assert len(found["routes"]) == len(rows)
    for route, row in zip(found["routes"], rows, strict=True):
        legs = [edges[leg] for leg in route["legs"]]
        assert [expand(leg["link"]) for leg in legs] == [leg["line_iri"] for leg in row["legs"]]
        assert [leg["slow"] for leg in legs] == [leg["slow"] for leg in row["legs"]]
        assert [expand(point) for point in route["points"]] == row["single_points_iri"]
        # A leg to the managers of a ministry arrives at the ministry, so that the legs join.
        assert [leg["target"] for leg in legs[:-1]] == [leg["source"] for leg in legs[1:]]
        assert (legs[0]["source"], legs[-1]["target"]) == (NICT, NISC)
    single = {node["id"] for node in found["nodes"] if node.get("single")}
    assert single == {point for route in found["routes"] for point in route["points"]}


def test_no_route_is_said(client: TestClient) -> None:
    found = get(client, "route", from_=NISC, to=NICT)
    assert found["routes"] == []
    assert any("経路は文にない" in note for note in found["notes"])


def test_the_boundary_is_that_of_the_text(client: TestClient, kg: KnowledgeGraph) -> None:
    picture = get(client, "boundary", id=NICT)
    check(picture)
    norms = {node["label"] for node in picture["nodes"] if node["kind"] == "norm"}
    assert {row["norm"] for row in kg.norms(section="6(3)")} <= norms
    silences = {node["label"] for node in picture["nodes"] if node["kind"] == "silence"}
    assert silences == {row["statement"] for row in kg.ask("silences", shared="true")}
    assert any("読み込まれていない" in note for note in picture["notes"])


# A crowd

CROWD = 450


@pytest.fixture(scope="module")
def crowded(kg: KnowledgeGraph) -> Explorer:
    """Return the explorer of a government in which one ministry supervises a crowd."""
    store = Store()
    store.bulk_extend(kg.store)
    derived, ministry = NamedNode(graph_iri("derived")), NamedNode(expand(SOUMU))
    for number in range(CROWD):
        body = NamedNode(f"{ID}body/crowd{number}")
        line = NamedNode(f"{ID}line/6-4-3a/crowd{number}")
        said = (
            (body, RDF + "type", NamedNode(f"{NS}Agency")),
            (body, SKOS + "prefLabel", Literal(f"群衆機構{number:03}", language="ja")),
            (ministry, NS + "supervises", body),
            (line, RDF + "type", NamedNode(f"{NS}ReportingLine")),
            (line, NS + "level", NamedNode(f"{NS}bodyLevel")),
            (line, NS + "from", body),
            (line, NS + "to", ministry),
            (line, NS + "norm", NamedNode(f"{ID}norm/6-4-3a")),
            (line, NS + "act", NamedNode(f"{NS}share")),
        )
        store.extend(Quad(one, NamedNode(name), other, derived) for one, name, other in said)
    return Explorer(KnowledgeGraph(kg.day, kg.state, Snapshot(store, None), "ja", verbatim=False))


def test_a_picture_has_room_for_so_many_and_counts_the_rest(crowded: Explorer) -> None:
    picture = crowded.lines(SOUMU)
    assert len(picture["nodes"]) == MOST
    lines = len({edge["link"] for edge in picture["edges"]}) + picture["missing"]
    assert picture["missing"] > 0
    assert lines >= CROWD


def test_a_crowd_is_counted_and_not_drawn_at_first(crowded: Explorer) -> None:
    picture = crowded.near(SOUMU)
    assert len(picture["nodes"]) <= ROOM + 1
    left = {(told["kind"], told["way"]): told["count"] for told in picture["left"]}
    assert left["supervises", "forth"] > CROWD
    assert left["reports", "back"] > CROWD
