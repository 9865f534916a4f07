"""``kijun serve`` asked by clients that exist: SPARQLWrapper, rdflib, curl, the explorer."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import warnings
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kijun.knowledge import KnowledgeGraph
from served_graph import Server, get, running

__all__ = ["running"]

NORM = "https://w3id.org/kijun/id/norm/6-4-2a"
NOTATION = "SELECT ?norm { ?norm kijun:notation '6(4)-2a' }"


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_results(running: Server, method: str) -> None:
    client = SPARQLWrapper(f"{running.url}/sparql")
    client.setMethod(method)
    client.setQuery(f"PREFIX kijun: <https://w3id.org/kijun/ns#> {NOTATION}")
    with warnings.catch_warnings():
        # It warns where the answer is not of the type that it asked for.
        warnings.simplefilter("error")
        client.setReturnFormat(JSON)
        rows = client.queryAndConvert()["results"]["bindings"]  # type: ignore[index,call-overload]
        assert [row["norm"]["value"] for row in rows] == [NORM]
        client.setReturnFormat(XML)
        assert NORM in client.queryAndConvert().toxml()  # type: ignore[union-attr]
        for form in (CSV, TSV):
            client.setReturnFormat(form)
            assert NORM.encode() in client.queryAndConvert()


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_graphs(running: Server, form: str) -> None:
    client = SPARQLWrapper(f"{running.url}/sparql", returnFormat=form)
    client.setQuery(f"DESCRIBE <{NORM}>")
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Format requested was")
        answer = client.query()
        found = answer.convert()
    if form in (TURTLE, N3):
        found = Graph().parse(data=found, format="turtle")  # type: ignore[arg-type]
    assert URIRef(NORM) in set(found.subjects())  # type: ignore[union-attr]


def test_sparqlwrapper_is_told_of_a_fault(running: Server) -> None:
    client = SPARQLWrapper(f"{running.url}/sparql", returnFormat=JSON)
    client.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="does not parse"):
        client.query()


def test_rdflib_asks_as_a_store(running: Server) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        store = SPARQLStore(f"{running.url}/sparql", method=method)
        graph = Graph(store)
        force = URIRef("https://w3id.org/kijun/ns#force")
        assert list(graph.objects(URIRef(NORM), force)) == [
            URIRef("https://w3id.org/kijun/ns#must")
        ]
        assert bool(graph.query(f"ASK {{ <{NORM}> ?p ?o }}"))
        (row,) = graph.query(
            "PREFIX kijun: <https://w3id.org/kijun/ns#> "
            "SELECT ?said { ?norm kijun:notation '6(4)-2a' ; kijun:statement ?said "
            "FILTER (LANG(?said) = 'ja') }"
        )
        assert row[0].language == "ja"  # type: ignore[index,union-attr]
        built = graph.query(f"CONSTRUCT {{ ?s ?p <{NORM}> }} WHERE {{ ?s ?p <{NORM}> }}")
        assert len(built.graph or ()) > 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_as_the_guide_says(running: Server) -> None:
    def curl(*words: str) -> bytes:
        done = subprocess.run(
            [
                "curl",
                "-sS",
                "--fail-with-body",
                "--max-time",
                "60",
                *words,
                f"{running.url}/sparql",
            ],
            capture_output=True,
            check=True,
        )
        return done.stdout

    assert curl("-H", "Accept: text/csv", "--data-urlencode", f"query={NOTATION}") == (
        f"norm\r\n{NORM}\r\n".encode()
    )
    got = curl("-G", "--data-urlencode", f"query={NOTATION}")
    assert json.loads(got)["results"]["bindings"][0]["norm"]["value"] == NORM
    direct = curl("-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}")
    assert json.loads(direct)["boolean"] is True
    assert b"sd:Service" in curl()


def test_the_guide_holds_in_python(running: Server, kg: KnowledgeGraph) -> None:
    guide = Path(__file__).parents[1].joinpath("docs", "endpoint.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) == 2
    found: dict[str, object] = {}
    for block in blocks:
        exec(block.replace("http://127.0.0.1:8642", running.url), found)
    names = {row["name"]["value"] for row in found["rows"]}  # type: ignore[index,attr-defined]
    assert names == {row["norm"] for row in kg.norms(bearer="主務大臣")}
    assert len(found["graph"]) > 100_000  # type: ignore[arg-type]


def test_the_explorer_finds_its_data(running: Server) -> None:
    with urllib.request.urlopen(f"{running.url}/api/about", timeout=60) as answer:
        assert answer.headers["content-security-policy"]
        assert json.load(answer)


def test_an_address_with_a_stroke_at_its_end_leads_there(running: Server) -> None:
    url = f"{running.url}/sparql/?query=ASK%7B%7D"
    with urllib.request.urlopen(url, timeout=60) as answer:
        assert json.load(answer)["boolean"] is True


def test_an_address_that_is_too_long_is_an_error(running: Server) -> None:
    assert get(running.url, "ASK {} #" + "x" * 60_000)[0] == 200
    # Who is still sending may find the connection closed before the answer is read.
    with contextlib.suppress(ConnectionError, urllib.error.URLError):
        assert get(running.url, "ASK {} #" + "x" * 200_000)[0] == 400
    assert get(running.url, "ASK {}")[0] == 200
