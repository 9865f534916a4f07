"""Answers of the endpoint in every format, its refusals, and what no query may do to it."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from endpoint_apps import DATA, LONG, PRODUCT, app, client_of, small, truth, values
from kijun.exchange import Limits
from kijun.protocol import LARGEST
from kijun.query_text import SIZE

DIRECT = {"content-type": "application/sparql-query"}
SAID = '府省庁\r\n"<&>,\t𠮷'
"""What the one odd statement of the data says."""

SELECT = f"SELECT ?s ?o ?none {{ ?s <{DATA}says> ?o }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s <{DATA}says> ?o }}"


@pytest.fixture(scope="module", params=["asgi", "uvicorn"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with client_of(app(small()), request.param) as found:
        yield found


@pytest.fixture(scope="module")
def hasty() -> Iterator[httpx.Client]:
    """Give a client of an endpoint with low limits."""
    limits = Limits(timeout=2.0, memory=200 << 20, answer=20_000)
    with client_of(app(small(), limits), "uvicorn") as found:
        yield found


def ask(client: httpx.Client, query: str, accept: str | None = None) -> httpx.Response:
    headers = {} if accept is None else {"accept": accept}
    return client.get("/sparql", params={"query": query}, headers=headers)


def recovered(client: httpx.Client) -> bool:
    """Say whether a short query is answered, if need be after a while: the machine may be busy."""
    for _ in range(20):
        answer = ask(client, "ASK { ?s ?p '7' }")
        if answer.status_code != 503:
            return truth(answer)
    return False


def read(answer: httpx.Response, form: pyoxigraph.QueryResultsFormat) -> list[object]:
    assert answer.status_code == 200, answer.text
    found = pyoxigraph.parse_query_results(answer.content, form)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [tuple(row) for row in found]


# Formats


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
        ("application/json", pyoxigraph.QueryResultsFormat.JSON),
        ("text/xml", pyoxigraph.QueryResultsFormat.XML),
    ],
)
def test_a_select_keeps_its_terms_in_every_format(
    client: httpx.Client, accept: str, form: pyoxigraph.QueryResultsFormat
) -> None:
    answer = ask(client, SELECT, accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert read(answer, form) == [
        (
            pyoxigraph.NamedNode(f"{DATA}odd"),
            pyoxigraph.Literal(SAID, language="ja"),
            None,
        )
    ]


def test_a_select_as_csv(client: httpx.Client) -> None:
    answer = ask(client, SELECT, "text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert rows == [["s", "o", "none"], [f"{DATA}odd", SAID, ""]]


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("application/sparql-results+json", b'{"head":{},"boolean":false}'),
        ("text/csv", b"false"),
        ("text/tab-separated-values", b"false"),
    ],
)
def test_an_ask_in_every_format(client: httpx.Client, accept: str, body: bytes) -> None:
    answer = ask(client, "ASK { <a:a> ?p ?o }", accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert answer.content == body


def test_an_ask_as_xml(client: httpx.Client) -> None:
    answer = ask(client, "ASK {}", "application/sparql-results+xml")
    found = pyoxigraph.parse_query_results(answer.content, pyoxigraph.QueryResultsFormat.XML)
    assert bool(found)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        CONSTRUCT,
        f"DESCRIBE <{DATA}odd>",
        f"CONSTRUCT {{ ?s ?p ?o ; <{DATA}of> [ <{DATA}l> (1 2) ] }} WHERE {{ ?s ?p ?o }}",
    ],
    ids=["construct", "describe", "blank"],
)
def test_a_graph_is_the_same_in_every_format(
    client: httpx.Client, query: str, accept: str, form: str
) -> None:
    answer = ask(client, query, accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == accept
    found = Graph().parse(data=answer.content, format=form)
    assert len(found) > 0
    # Canonical labels cannot be computed in time where hundreds of nodes are alike.
    if "l>" not in query:
        usual = Graph().parse(data=ask(client, query).content, format="turtle")
        assert isomorphic(found, usual)
    else:
        assert len(found) == len(Graph().parse(data=ask(client, query).content, format="turtle"))


def test_numbers_keep_their_spelling_in_json_ld(client: httpx.Client) -> None:
    query = "CONSTRUCT { <a:a> <a:b> '2.10', 2.10, 01, 1e0, true } WHERE {}"
    (node,) = ask(client, query, "application/ld+json").json()
    assert {value["@value"] for value in node["a:b"]} == {"2.10", "01", "1e0", "true"}


@pytest.mark.parametrize(
    "query",
    [
        r'SELECT ("a\u0001b" AS ?x) {}',
        r'SELECT ("\uFFFE" AS ?x) {}',
        r'CONSTRUCT { <a:a> <http://x/b> "a\u0001b" } WHERE {}',
        'CONSTRUCT { <a:a> <http://x/#1> "b" } WHERE {}',
        "CONSTRUCT { <a:a> <http://x/> <a:b> } WHERE {}",
        "CONSTRUCT { <a:a> a <http://x/> } WHERE {}",
        "CONSTRUCT { <a:a> kijun: 1 } WHERE {}",
    ],
)
def test_what_xml_cannot_hold_is_not_sent_as_xml(client: httpx.Client, query: str) -> None:
    answer = ask(client, query, "application/rdf+xml, application/sparql-results+xml")
    assert answer.status_code == 406
    assert "XML cannot hold" in answer.text
    other = ask(client, query, "application/json")
    assert other.status_code == 200
    other.json()


def test_a_format_for_the_other_kind_only_is_told(client: httpx.Client) -> None:
    answer = ask(client, CONSTRUCT, "application/sparql-results+json")
    assert answer.status_code == 406
    assert "a graph" in answer.text
    answer = ask(client, SELECT, "text/turtle")
    assert answer.status_code == 406
    assert "results" in answer.text
    # And the answer to a query of that kind is not even begun.
    begun = time.monotonic()
    assert ask(client, f"SELECT * {{ {PRODUCT} }}", "text/turtle").status_code == 406
    assert time.monotonic() - begun < 10


def test_nothing_acceptable_names_what_is(client: httpx.Client) -> None:
    answer = ask(client, SELECT, "image/png, */*;q=0")
    assert answer.status_code == 406
    assert "text/turtle" in answer.text
    assert "application/sparql-results+json" in answer.text


def test_each_answer_depends_on_what_is_accepted_and_is_not_kept(client: httpx.Client) -> None:
    for answer in (ask(client, "ASK {}"), ask(client, "ASK"), client.get("/sparql")):
        assert answer.headers["vary"] == "Accept"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


# Methods


def test_head_has_the_headers_of_get(client: httpx.Client) -> None:
    for params in ({}, {"query": SELECT}):
        got = client.get("/sparql", params=params)
        head = client.head("/sparql", params=params)
        assert head.status_code == 200
        assert head.content == b""
        for name in ("content-type", "content-length", "vary"):
            assert head.headers[name] == got.headers[name]
    assert client.head("/sparql", params={"query": "ASK"}).status_code == 400


def test_options_says_what_may_be_used(client: httpx.Client) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_preflight_of_another_page_is_refused(client: httpx.Client) -> None:
    headers = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answer = client.options("/sparql", headers=headers)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


# Queries


def test_the_prefixes_of_kijun_need_no_declaration(client: httpx.Client) -> None:
    assert not truth(ask(client, "ASK { ?n a kijun:Norm ; id:x skos:y }"))


@pytest.mark.parametrize("query", ["", "%20", "%23%20comment", "%EF%BB%BF"])
def test_an_empty_query_is_called_empty(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/sparql?query={query}")
    assert answer.status_code == 400
    assert "is empty" in answer.text


def test_a_byte_order_mark_does_no_harm(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content=b"\xef\xbb\xbfASK {}")
    assert truth(answer)


def test_an_error_names_its_place(client: httpx.Client) -> None:
    answer = ask(client, "SELECT * {\n ?s 府 ?o }")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "line 2" in answer.text


def test_a_query_chooses_its_graphs_itself(client: httpx.Client) -> None:
    def count(clause: str) -> str:
        return values(ask(client, f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}"))[0]["n"]

    assert count("") == "304"
    assert count(f"FROM <{DATA}many>") == "300"
    assert count("FROM <file:///etc/hostname>") == "0"
    assert count("FROM <http://127.0.0.1:1/>") == "0"
    assert count(f"FROM NAMED <{DATA}many>") == "0"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { ?s ?p ?o FILTER(?s<?p)SERVICE:x#>\n{ ?a ?b ?c } }",
        "LOAD <file:///etc/hostname>",
        "INSERT DATA { <a:a> <a:b> 1 }",
    ],
)
def test_what_would_leave_the_graph_is_refused(client: httpx.Client, query: str) -> None:
    assert ask(client, query).status_code == 400


# Size


def test_a_query_of_the_largest_size_is_answered(client: httpx.Client) -> None:
    query = "ASK {} #" + "府" * ((SIZE - 8) // 3)
    assert truth(client.post("/sparql", headers=DIRECT, content=query.encode()))
    assert truth(client.post("/sparql", data={"query": query}))


def test_a_query_that_is_too_large_is_refused(client: httpx.Client) -> None:
    query = "ASK {} #" + "x" * SIZE
    assert client.post("/sparql", headers=DIRECT, content=query).status_code == 413
    assert client.post("/sparql", data={"query": query}).status_code == 413


def test_a_huge_body_is_refused_before_it_is_read(client: httpx.Client) -> None:
    answer = client.post("/sparql", headers=DIRECT, content=b"x" * (LARGEST + 1))
    assert answer.status_code == 413


def test_a_huge_body_of_unknown_length_is_refused(client: httpx.Client) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * (LARGEST // 10)

    try:
        answer = client.post("/sparql", headers=DIRECT, content=parts())
    except httpx.WriteError:  # the server has hung up in the middle
        pass
    else:
        assert answer.status_code == 413
    assert truth(ask(client, "ASK {}"))


# Hostile queries


BOMB = (
    f"SELECT (STRLEN(?d) AS ?n) {{ BIND('{'x' * 1000}' AS ?a) "
    + " ".join(f"BIND(CONCAT({', '.join([f'?{x}'] * 100)}) AS ?{y})" for x, y in ("ab", "bc", "cd"))
    + " }"
)
"""A query for one text of 1 GB."""


def deep(pair: str, depth: int) -> str:
    return f"SELECT * {{ ?s ?p {pair[0] * depth}{pair[1] * depth} }}"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (deep("{}", 4000), 400),
        (deep("()", 4000), 400),
        ("SELECT * {" + "FILTER NOT EXISTS { ?s ?p ?o " * 1000 + "}" * 1001, 400),
        ("ASK { ?s " + "<a:a>/" * 9000 + "<a:a> ?o }", 503),
        ("SELECT * {" + "{} UNION " * 7000 + "{} }", 503),
        ("SELECT * { FILTER(" + "!" * 60_000 + "1) }", 503),
        (LONG, 503),
        (f"SELECT * {{ {PRODUCT} }} ORDER BY ?a", 503),
        (f"SELECT * {{ {PRODUCT} }}", 503),
        (f"CONSTRUCT {{ ?a ?b ?l }} WHERE {{ {PRODUCT} }}", 503),
        ('SELECT (STRLEN(REPLACE("' + "a" * 30_000 + '", "(a|a)*b", "")) AS ?n) {}', 200),
        (BOMB, 503),
    ],
    ids=[
        "braces",
        "brackets",
        "exists",
        "path",
        "union",
        "not",
        "product",
        "memory",
        "large",
        "construct",
        "regex",
        "string",
    ],
)
def test_a_hostile_query_is_told_so_and_harms_nobody(
    hasty: httpx.Client, query: str, status: int
) -> None:
    begun = time.monotonic()
    answer = hasty.post("/sparql", headers=DIRECT, content=query)
    assert answer.status_code == status, answer.text[:300]
    assert time.monotonic() - begun < 15
    if status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert "\n" not in answer.text.strip()
    assert recovered(hasty)


def test_a_time_out_is_an_error_and_never_half_an_answer(hasty: httpx.Client) -> None:
    rare = "FILTER(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l)) = '1234')"
    for query in (f"SELECT * {{ {PRODUCT} {rare} }}", LONG):
        answer = ask(hasty, query)
        assert answer.status_code == 503
        assert "longer than 2 s" in answer.text
        # Asking again is no use, so nothing says when to.
        assert "retry-after" not in answer.headers


def test_hostile_queries_at_once_leave_the_server_alive(hasty: httpx.Client) -> None:
    hostile = [LONG, f"SELECT * {{ {PRODUCT} }} ORDER BY ?a", deep("{}", 4000)] * 4
    with ThreadPoolExecutor(len(hostile)) as pool:
        answers = list(pool.map(lambda query: ask(hasty, query), hostile))
    assert {answer.status_code for answer in answers} == {400, 503}
    assert recovered(hasty)


# Many at once


def test_many_clients_get_their_own_answers(client: httpx.Client) -> None:
    def one(n: int) -> bool:
        rows = values(ask(client, f"SELECT ?s {{ ?s <{DATA}p> '{n}' }}"))
        return rows == [{"s": f"{DATA}s{n}"}]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(200)))
