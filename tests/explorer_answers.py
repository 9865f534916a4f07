"""The explorer's data as tests ask for it: of the graph alone, and with an invented profile."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kijun.cli import main
from kijun.explorer_api import routes
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.things import is_thing

NICT = "id:body/7012405000492"
SOUMU = "id:body/2000012020001"
NISC = "id:office/nisc"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api", routes=routes(kg))]))


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph with the invented example that has every kind of hole."""
    place = tmp_path_factory.mktemp("profile") / "shared.xlsx"
    assert main(["profile", "new", "--example", "shared-platform", "-o", str(place)]) == 0
    return open_graph(profiles=[place])


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
