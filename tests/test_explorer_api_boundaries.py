"""The explorer's data on boundaries that a profile declares, with their holes."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from explorer_answers import SOUMU, client, described, every_thing, get
from kijun.boundary import KINDS as KINDS_OF_HOLES
from kijun.explorer_api import routes
from kijun.explorer_data import Explorer
from kijun.knowledge import KnowledgeGraph
from kijun.terms import LOCAL
from kijun.things import kind_of

__all__ = ["client", "described"]


@pytest.fixture(scope="module")
def own(described: KnowledgeGraph) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api", routes=routes(described))]))


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
