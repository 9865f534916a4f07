"""The explorer's data: the same answers as the command line's, in small documents."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kijun.boundary import KINDS as KINDS_OF_HOLES
from kijun.cli import main
from kijun.elements import MOST, facts
from kijun.explorer_api import KEPT, LONGEST, Shelf, routes
from kijun.explorer_data import Explorer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.namebook import Namebook
from kijun.names import name_key
from kijun.relations import EDGES, RELATIONS
from kijun.reporting import REPORT_COLUMNS
from kijun.scenes import ROOM
from kijun.store import Snapshot
from kijun.surroundings import Surroundings
from kijun.terms import ID, LOCAL, NS, RDF, SKOS, curie, expand, graph_iri
from kijun.things import KINDS, is_thing, kind_of, titles

NICT = "id:body/7012405000492"
SOUMU = "id:body/2000012020001"
NISC = "id:office/nisc"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api", routes=routes(kg))]))


@pytest.fixture(scope="module")
def explorer(kg: KnowledgeGraph) -> Explorer:
    return Explorer(kg)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph with the invented example that has every kind of hole."""
    place = tmp_path_factory.mktemp("profile") / "shared.xlsx"
    assert main(["profile", "new", "--example", "shared-platform", "-o", str(place)]) == 0
    return open_graph(profiles=[place])


@pytest.fixture(scope="module")
def own(described: KnowledgeGraph) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api", routes=routes(described))]))


def get(client: TestClient, path: str, **parameters: str) -> Json:
    answer = client.get(f"/api/{path}", params={k.rstrip("_"): v for k, v in parameters.items()})
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: Json = answer.json()
    return found


def every_thing(graph: KnowledgeGraph) -> frozenset[str]:
    """Return everything that the explorer can show of a graph, by IRI."""
    subjects = {getattr(quad.subject, "value", "") for quad in graph.store}
    return frozenset(iri for iri in subjects if is_thing(graph.store, iri))


@pytest.fixture(scope="module")
def things(kg: KnowledgeGraph) -> frozenset[str]:
    return every_thing(kg)


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


# Boundaries that a profile declares

P1 = "urn:kijun:local:system/P1"
FICTION = "urn:kijun:local:body/架空省"


def test_the_matrix_is_that_of_matrix(own: TestClient, described: KnowledgeGraph) -> None:
    found = get(own, "matrix")
    assert found["notes"][0] == "取扱い：取扱注意（架空の例）"
    rows = list(described.matrix())
    (grid,) = found["platforms"]
    assert (grid["id"], grid["label"]) == (P1, rows[0]["platform"])
    cells = [
        (concern, party["label"], cell["status"], len(cell["holes"]))
        for concern, row in zip(grid["concerns"], grid["cells"], strict=True)
        for party, cell in zip(grid["parties"], row, strict=True)
    ]
    assert cells == [
        (row["concern"], row["party"], row["status"], len(row["holes_iri"])) for row in rows
    ]
    gaps = list(described.gaps())
    assert [hole["id"] for hole in found["holes"]] == [row["hole_iri"] for row in gaps]
    outside = [row for row in gaps if row["platform_iri"] == rows[0]["platform_iri"]]
    assert grid["beside"] == sum(row["concern"] is None for row in outside) == 2
    assert {hole["kind"] for hole in found["holes"]} == set(KINDS_OF_HOLES.values())
    assert all(hole["places"] for hole in found["holes"])


def test_a_boundary_shows_parties_systems_and_every_hole(
    own: TestClient, described: KnowledgeGraph
) -> None:
    picture = get(own, "boundary", id=P1)
    kinds = {node["id"]: node["kind"] for node in picture["nodes"]}
    wanted = {row["hole_iri"]: row for row in described.gaps() if row["platform_iri"] == P1}
    assert {iri for iri, kind in kinds.items() if kind == "hole"} == wanted.keys()
    parties = {party for row in described.matrix() for party in [row["party_iri"]]}
    assert parties <= kinds.keys()
    lacking = {
        (edge["source"], edge["target"]) for edge in picture["edges"] if edge["kind"] == "lacks"
    }
    assert lacking == {
        (end, iri)
        for iri, row in wanted.items()
        for end in (row["parties_iri"] or [row["platform_iri"]])
    }
    for edge in picture["edges"]:
        if edge["kind"] == "lacks":
            row = wanted[edge["target"]]
            assert (edge["norm"], edge["section"], edge["sentence"]) == (
                (row["norm"], row["section"], row["sentence"])
            )
            assert edge["statement"] == row["detail"]
    assert {"operates", "manages", "layer", "uses", "connected"} < {
        edge["kind"] for edge in picture["edges"]
    }


def test_a_body_has_the_boundaries_in_which_it_has_a_part(own: TestClient) -> None:
    whole = {node["id"] for node in get(own, "boundary")["nodes"]}
    part = {node["id"] for node in get(own, "boundary", id=FICTION)["nodes"]}
    assert {P1, FICTION} <= part <= whole
    other = get(own, "boundary", id=SOUMU)
    assert P1 not in {node["id"] for node in other["nodes"]}
    assert any("関わらない" in note for note in other["notes"])


def test_a_system_that_is_declared_amiss_is_shown_with_its_hole(
    own: TestClient, described: KnowledgeGraph
) -> None:
    (amiss,) = [row for row in described.gaps() if row["kind"] == "misclassified"]
    picture = get(own, "boundary", id=amiss["system_iri"])
    assert amiss["hole_iri"] in {node["id"] for node in picture["nodes"]}


def test_what_a_profile_adds_is_found_and_told(own: TestClient, described: KnowledgeGraph) -> None:
    hits = get(own, "search", q="架空省")["hits"]
    assert (hits[0]["id"], hits[0]["kind"], hits[0]["absent"]) == (FICTION, "body", False)
    assert get(own, "search", q="P1")["hits"][0]["id"] == P1
    hole = described.gaps()[0]
    told = get(own, "thing", id=hole["hole_iri"])
    for key in ("norm", "section", "sentence", "interpretation"):
        assert told[key] == hole[key]
    assert (told["statement"], told["label"]) == (hole["detail"], hole["detail"])
    assert ["記載箇所", "、".join(hole["places"])] in told["told"]
    about = get(own, "about")
    assert (about["marking"], about["profiles"]) == (["取扱注意（架空の例）"], 1)


def test_a_hole_has_its_proof(own: TestClient, described: KnowledgeGraph) -> None:
    hole = described.gaps()[0]["hole_iri"]
    found = get(own, "why", hole=hole)
    assert found["rows"] == [dict(row) for row in described.explain(hole).rows]
    assert found["rows"][0]["premises"]
    offers = [edge["why"] for edge in get(own, "boundary")["edges"] if edge["kind"] == "lacks"]
    assert {"hole": hole} in offers


def test_everything_of_a_profile_has_a_dossier(described: KnowledgeGraph) -> None:
    explorer = Explorer(described)
    local = [iri for iri in every_thing(described) if iri.startswith(LOCAL)]
    assert {kind_of(iri) for iri in local} == {"body", "system", "document", "hole", "post"}
    for iri in local:
        assert explorer.thing(iri)["label"]
        assert explorer.near(iri)["nodes"]


def test_profiles_are_open_in_the_other_language_and_on_another_day(own: TestClient) -> None:
    about = get(own, "about", lang="en", day="2026-04-01")
    assert about["marking"] == ["取扱注意（架空の例）"]
    assert get(own, "matrix", lang="en", day="2026-04-01")["holes"]


def test_without_a_profile_there_is_no_matrix(client: TestClient) -> None:
    answer = client.get("/api/matrix")
    assert answer.status_code == 400
    assert "--profile" in answer.json()["error"]


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


# Days, languages, errors


def test_another_language_and_another_day(client: TestClient) -> None:
    about = get(client, "about", lang="en", day="2026-04-01")
    assert (about["lang"], about["day"], about["in_force"]) == ("en", "2026-04-01", False)
    assert any("later edition" in note for note in about["notes"])
    near = get(client, "near", id=SOUMU, lang="en", day="2026-04-01")
    assert near["nodes"][0]["label"] == "Ministry of Internal Affairs and Communications"
    days = [day["id"] for day in about["days"]]
    assert days == ["2016-04-01", "2016-10-12", "2026-04-01"]


def test_before_the_registers_there_is_an_answer_about_the_text_only(client: TestClient) -> None:
    about = get(client, "about", day="1999-01-01")
    assert any("名簿はデータにない" in note for note in about["notes"])
    assert get(client, "start", day="1999-01-01")["edges"]


@pytest.mark.parametrize(
    ("path", "parameters", "status", "said"),
    [
        ("near", {"id": "id:body/0"}, 404, "holds nothing called"),
        ("near", {"id": "javascript:alert(1)"}, 404, "holds nothing called"),
        ("near", {"id": "id:body/ x"}, 404, "holds nothing called"),
        ("near", {"id": "id:line/6-4-2a/x"}, 404, "holds nothing called"),
        ("near", {"id": "kijun:promptly"}, 404, "holds nothing called"),
        ("thing", {"id": "kijun:Norm"}, 404, "holds nothing called"),
        ("near", {}, 400, '"id" is missing'),
        ("near", {"id": NICT, "take": "eats"}, 404, "no relation is called"),
        ("near", {"id": NICT, "take": "reports>up"}, 404, "no relation is called"),
        ("near", {"id": NICT, "room": "0"}, 400, "a number from 1 to"),
        ("near", {"id": NICT, "room": "1" * 400}, 400, "a number from 1 to"),
        ("search", {"q": "x", "limit": "²"}, 400, "a number from 1 to"),
        ("search", {"q": "x" * (LONGEST + 1)}, 400, "has more than"),
        ("search", [("q", "a"), ("q", "b")], 400, "given twice"),
        ("duties", {"id": "kijun:Ministry"}, 400, "is a class"),
        ("route", {"from": NICT, "to": NICT}, 400, "are one party"),
        ("route", {"from": NICT, "to": NISC, "about": "cats"}, 404, "no topic is called"),
        ("why", {"body": NICT}, 400, "name a line, a hole, or a body and a norm"),
        ("why", {"body": NICT, "norm": "9(9)-9z"}, 404, "no norm is called"),
        ("why", {"line": "id:line/x"}, 404, "there is no line"),
        ("about", {"day": "2016-02-30"}, 400, "no such day"),
        ("about", {"lang": "fr"}, 400, "there is no language"),
    ],
)
def test_an_error_is_one_sentence(
    client: TestClient, path: str, parameters: Any, status: int, said: str
) -> None:
    answer = client.get(f"/api/{path}", params=parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert said in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_only_reading_is_possible(client: TestClient) -> None:
    assert client.post("/api/search", params={"q": "x"}).status_code == 405


def test_graphs_of_other_days_are_opened_once_and_not_without_end(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg)
    assert shelf.explorer({}).graph is kg
    english = shelf.explorer({"lang": "en"})
    assert english is shelf.explorer({"lang": "en"})
    for number in range(1, KEPT + 3):
        shelf.explorer({"day": f"1999-01-{number:02}"})
    assert shelf.explorer({}).graph is kg
    assert shelf.explorer({"lang": "en"}) is not english


def test_facts_are_in_words(kg: KnowledgeGraph) -> None:
    row = next(row for row in kg.reports() if row["lane"] == "working")
    shown = dict(facts(row, REPORT_COLUMNS, "ja"))
    assert shown["系統"] == "実務者"
    assert shown["強さ"] == "義務"
    assert "IRI" not in " ".join(shown)
