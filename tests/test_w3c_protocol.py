"""The cases of the W3C's SPARQL 1.1 Protocol tests, rebuilt from the specification.

Each is named as there. Each is asked of the application directly and of uvicorn on a port. The
cases of updates hold in their negative form: this endpoint refuses them all and nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from endpoint_apps import DATA, app, client_of, small, truth

DATA0, DATA1, DATA2, DATA3 = (f"{DATA}data{n}.rdf" for n in range(4))
DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
UPDATE = {"content-type": "application/sparql-update"}

BOTH_DEFAULT = f"ASK {{ <{DATA1}> a ?type . <{DATA2}> a ?type }}"
BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{DATA1}> a ?type }} GRAPH ?g2 {{ <{DATA2}> a ?type }} }}"
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")


@pytest.fixture(scope="module", params=["asgi", "uvicorn"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with client_of(app(small()), request.param) as found:
        yield found


def of_type(answer: httpx.Response, *types: str) -> bool:
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].partition(";")[0] in types


# Queries


def test_query_get(client: httpx.Client) -> None:
    assert truth(client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": DATA0}))


def test_query_post_form(client: httpx.Client) -> None:
    graph = {"default-graph-uri": DATA0}
    assert truth(client.post("/sparql", params=graph, headers=FORM, content="query=ASK%20%7B%7D"))
    assert truth(client.post("/sparql", data={"query": "ASK {}", **graph}))


def test_query_post_direct(client: httpx.Client) -> None:
    assert truth(client.post("/sparql", headers=DIRECT, content="ASK {}"))


def test_query_dataset_default_graphs_get(client: httpx.Client) -> None:
    def asked(*graphs: str) -> bool:
        params = {"query": BOTH_DEFAULT, "default-graph-uri": list(graphs)}
        return truth(client.get("/sparql", params=params))

    assert asked(DATA1, DATA2)
    assert not asked(DATA1)
    assert not asked(DATA1, DATA3)


def test_query_dataset_default_graphs_post(client: httpx.Client) -> None:
    def asked(*graphs: str) -> bool:
        params = {"default-graph-uri": list(graphs)}
        return truth(client.post("/sparql", params=params, headers=DIRECT, content=BOTH_DEFAULT))

    assert asked(DATA1, DATA2)
    assert not asked(DATA2)


def test_query_dataset_named_graphs_get(client: httpx.Client) -> None:
    def asked(query: str, *graphs: str) -> bool:
        params = {"query": query, "named-graph-uri": list(graphs)}
        return truth(client.get("/sparql", params=params))

    assert asked(BOTH_NAMED, DATA1, DATA2)
    assert not asked(BOTH_NAMED, DATA1)
    # Then the default graph is empty, and not the union of all.
    assert not asked(BOTH_DEFAULT, DATA1, DATA2)


def test_query_dataset_named_graphs_post(client: httpx.Client) -> None:
    params = {"named-graph-uri": [DATA1, DATA2]}
    assert truth(client.post("/sparql", params=params, headers=DIRECT, content=BOTH_NAMED))
    form = {"query": BOTH_NAMED, "named-graph-uri": [DATA1, DATA2]}
    assert truth(client.post("/sparql", data=form))
    assert not truth(client.post("/sparql", data={**form, "named-graph-uri": [DATA2]}))


def test_query_dataset_full(client: httpx.Client) -> None:
    query = (
        f"ASK {{ <{DATA3}> a ?type GRAPH ?g1 {{ <{DATA1}> a ?type }} "
        f"GRAPH ?g2 {{ <{DATA2}> a ?type }} }}"
    )

    def asked(default: str) -> bool:
        params = {"default-graph-uri": default, "named-graph-uri": [DATA1, DATA2]}
        return truth(client.post("/sparql", params=params, headers=DIRECT, content=query))

    assert asked(DATA3)
    assert not asked(DATA1)


def test_query_multiple_dataset(client: httpx.Client) -> None:
    """What the protocol says wins over the query's own FROM."""
    query = f"ASK FROM <{DATA3}> {{ {BOTH_NAMED.removeprefix('ASK {')}"
    params = {"named-graph-uri": [DATA1, DATA2]}
    assert truth(client.post("/sparql", params=params, headers=DIRECT, content=query))
    query = f"ASK FROM <{DATA1}> {{ <{DATA1}> ?p ?o }}"
    assert truth(client.post("/sparql", headers=DIRECT, content=query))
    params = {"default-graph-uri": [DATA2]}
    assert not truth(client.post("/sparql", params=params, headers=DIRECT, content=query))


def test_query_content_type_select(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content="SELECT (1 AS ?value) {}")
    assert of_type(
        answer,
        "application/sparql-results+xml",
        "application/sparql-results+json",
        "text/tab-separated-values",
        "text/csv",
    )


def test_query_content_type_ask(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content="ASK {}")
    assert of_type(answer, "application/sparql-results+xml", "application/sparql-results+json")


def test_query_content_type_describe(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content="DESCRIBE <http://example.org/>")
    assert of_type(answer, *GRAPH_TYPES)


def test_query_content_type_construct(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content="CONSTRUCT { <s> <p> 1 } WHERE {}")
    assert of_type(answer, *GRAPH_TYPES)
    ((subject, _, _),) = Graph().parse(data=answer.text, format="turtle")
    # The base is the address of the endpoint.
    assert str(subject) == str(client.base_url.copy_with(path="/s"))


# Bad queries


def refused(answer: httpx.Response, status: int) -> bool:
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.strip()
    return answer.status_code == status


def test_bad_query_method(client: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = client.request(method, "/sparql", params={"query": "ASK {}"}, headers=FORM)
        assert refused(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(client: httpx.Client) -> None:
    two = {"query": ["ASK {}", "SELECT * {}"]}
    assert refused(client.get("/sparql", params=two), 400)
    assert refused(client.post("/sparql", data=two), 400)
    one = {"query": "ASK {}"}
    assert refused(client.post("/sparql", params=one, data=one), 400)
    assert refused(client.post("/sparql", params=one, headers=DIRECT, content="ASK {}"), 400)


def test_bad_query_wrong_media_type(client: httpx.Client) -> None:
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
        answer = client.post("/sparql", headers={"content-type": kind}, content="ASK {}")
        assert refused(answer, 415)


def test_bad_query_missing_form_type(client: httpx.Client) -> None:
    assert refused(client.post("/sparql", content="query=ASK%20%7B%7D"), 415)


def test_bad_query_missing_direct_type(client: httpx.Client) -> None:
    assert refused(client.post("/sparql", content="ASK {}"), 415)


def test_bad_query_non_utf8(client: httpx.Client) -> None:
    kind = {"content-type": "application/sparql-query; charset=UTF-16"}
    data = "ASK {}".encode("utf-16")
    assert refused(client.post("/sparql", headers=kind, content=data), 415)
    assert refused(client.post("/sparql", headers=DIRECT, content=data), 400)


def test_bad_query_syntax(client: httpx.Client) -> None:
    assert refused(client.get("/sparql", params={"query": "ASK {"}), 400)


# Updates: this endpoint only reads


def unchanged(client: httpx.Client) -> bool:
    return truth(client.get("/sparql", params={"query": BOTH_DEFAULT}))


@pytest.mark.parametrize("update", ["CLEAR ALL", "CLEAR NAMED", "INSERT DATA { <a:a> <a:b> 1 }"])
def test_update_post_form(client: httpx.Client, update: str) -> None:
    answer = client.post("/sparql", data={"update": update})
    assert refused(answer, 400)
    assert "only reads" in answer.text
    assert unchanged(client)


def test_update_post_direct(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=UPDATE, content="CLEAR ALL")
    assert refused(answer, 415)
    assert "updates are not taken" in answer.text
    assert unchanged(client)


def test_update_base_uri(client: httpx.Client) -> None:
    update = "INSERT DATA { <http://example.org/s> <http://example.org/p> <test> }"
    assert refused(client.post("/sparql", headers=UPDATE, content=update), 415)


@pytest.mark.parametrize(
    "params",
    [
        {"using-graph-uri": DATA1},
        {"using-graph-uri": [DATA1, DATA2]},
        {"using-named-graph-uri": [DATA1, DATA2]},
        {"using-graph-uri": DATA3, "using-named-graph-uri": [DATA1, DATA2]},
    ],
    ids=[
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_named_graphs",
        "update_dataset_full",
    ],
)
def test_update_dataset(client: httpx.Client, params: dict[str, Any]) -> None:
    update = "INSERT { GRAPH <a:g> { ?s a <a:b> } } WHERE { ?s a ?type }"
    assert refused(client.post("/sparql", params=params, headers=UPDATE, content=update), 415)
    assert refused(client.post("/sparql", params=params, data={"update": update}), 400)
    assert unchanged(client)


def test_bad_update_get(client: httpx.Client) -> None:
    assert refused(client.get("/sparql", params={"update": "CLEAR ALL"}), 400)
    both = {"update": "CLEAR ALL", "query": "ASK {}"}
    assert refused(client.get("/sparql", params=both), 400)
    assert unchanged(client)


def test_bad_multiple_updates(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"update": ["CLEAR NAMED", "CLEAR DEFAULT"]})
    assert refused(answer, 400)


def test_bad_update_wrong_media_type(client: httpx.Client) -> None:
    kind = {"content-type": "text/plain"}
    assert refused(client.post("/sparql", headers=kind, content="CLEAR NAMED"), 415)


def test_bad_update_missing_form_type(client: httpx.Client) -> None:
    assert refused(client.post("/sparql", content="update=CLEAR%20NAMED"), 415)


def test_bad_update_non_utf8(client: httpx.Client) -> None:
    kind = {"content-type": "application/sparql-update; charset=UTF-16"}
    assert refused(client.post("/sparql", headers=kind, content="CLEAR".encode("utf-16")), 415)


def test_bad_update_syntax(client: httpx.Client) -> None:
    assert refused(client.post("/sparql", data={"update": "CLEAR XYZ"}), 400)


def test_bad_update_dataset_conflict(client: httpx.Client) -> None:
    form = {
        "using-named-graph-uri": "http://example/people",
        "update": "WITH <http://example/addresses> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    }
    assert refused(client.post("/sparql", data=form), 400)


def test_an_update_sent_as_a_query_is_refused(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content="DROP ALL")
    assert refused(answer, 400)
    assert "update (DROP)" in answer.text
    assert unchanged(client)


# The description of the service


def test_service_description(client: httpx.Client) -> None:
    answer = client.get("/sparql")
    assert of_type(answer, "text/turtle")
    described = Graph().parse(data=answer.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    ((endpoint, comment),) = described.query(
        f"PREFIX sd: <{sd}> SELECT ?endpoint ?comment {{ ?service a sd:Service ; "
        "sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ; "
        "sd:feature sd:UnionDefaultGraph ; "
        "<http://www.w3.org/2000/01/rdf-schema#comment> ?comment }"
    )
    assert str(endpoint) == str(client.base_url.copy_with(path="/sparql"))
    assert str(comment) == "案である"
    named = described.query(
        f"PREFIX sd: <{sd}> SELECT ?name {{ ?dataset a sd:Dataset ; "
        "sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph [ a sd:NamedGraph ; sd:name ?name ] }"
    )
    found = {str(name) for (name,) in named}
    assert found == {DATA1, DATA2, DATA3, f"{DATA}many", f"{DATA}odd"}


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_service_description_is_negotiated(client: httpx.Client, kind: str, form: str) -> None:
    answer = client.get("/sparql", headers={"accept": kind})
    assert of_type(answer, kind)
    assert answer.headers["vary"] == "Accept"
    usual = Graph().parse(data=client.get("/sparql").content, format="turtle")
    assert len(usual) > 30
    assert isomorphic(Graph().parse(data=answer.content, format=form), usual)


def test_service_description_in_no_format(client: httpx.Client) -> None:
    assert refused(client.get("/sparql", headers={"accept": "image/png"}), 406)


def test_a_browser_is_led_to_the_editor(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/sparql", headers={"accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
