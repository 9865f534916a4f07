"""``kijun serve`` as a process: clients that exist, its end, its errors, what it never keeps."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from kijun import server
from kijun.desk import Desk
from kijun.errors import BadInput, MissingExtra
from kijun.knowledge import KnowledgeGraph

posix = pytest.mark.skipif(os.name != "posix", reason="uses signals of POSIX")
NORM = "https://w3id.org/kijun/id/norm/6-4-2a"
NOTATION = "SELECT ?norm { ?norm kijun:notation '6(4)-2a' }"
LONG = "/sparql?query=SELECT(COUNT(*)AS%20?n)%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
"""The path of a query that takes longer than any limit."""


class Server(NamedTuple):
    """A server that runs, and its address without a stroke at the end."""

    process: subprocess.Popen[bytes]
    url: str
    said: list[str]


@contextlib.contextmanager
def serving(*words: str, **environment: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kijun", "serve", "--port", "0", "--lang", "en", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        assert process.stderr is not None
        said = []
        while line := process.stderr.readline().decode():
            said.append(line)
            if found := re.search(r"http://\S+?:\d+(?=/)", line):
                yield Server(process, found[0], said)
                return
        pytest.fail("".join(said))
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def running(kg: KnowledgeGraph) -> Iterator[Server]:
    with serving() as found:
        yield found


def children(started: Server) -> set[int]:
    """Return the processes that answer its queries."""
    command = ["ps", "-o", "pid=", "--ppid", str(started.process.pid)]
    return set(map(int, subprocess.run(command, capture_output=True).stdout.split()))


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> tuple[int, bytes, bytes]:
    process.send_signal(how)
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def get(url: str, query: str, accept: str = "*/*") -> tuple[int, bytes]:
    request = urllib.request.Request(
        f"{url}/sparql?{urllib.parse.urlencode({'query': query})}", headers={"accept": accept}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


# Clients that exist


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


# Its end


@posix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_so_do_its_processes(how: signal.Signals) -> None:
    with serving() as started:
        assert get(started.url, "ASK {}")[0] == 200
        pids = children(started)
        assert len(pids) > 2
        status, out, err = end(started.process, how)
        assert (status, out, err) == (0 if how == signal.SIGINT else -how, b"", b"")
        time.sleep(0.2)
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


@posix
def test_it_ends_in_the_middle_of_a_query() -> None:
    with serving() as started:
        host, port = started.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET {LONG} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(1)
            begun = time.monotonic()
            status, out, err = end(started.process, signal.SIGINT)
        assert (status, out, err) == (0, b"", b"")
        assert time.monotonic() - begun < 15


@posix
def test_who_leaves_ends_the_query() -> None:
    """Else a closed tab would go on to compute."""
    with serving() as started:
        assert get(started.url, "ASK {}")[0] == 200
        before = children(started)
        host, port = started.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET {LONG} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
        for _ in range(100):
            if not before <= children(started):
                break
            time.sleep(0.1)
        else:
            pytest.fail("the process of the query goes on")
        assert get(started.url, "ASK {}")[0] == 200


# What it says, and never keeps


def test_it_says_where_it_is_and_which_text_this_is(running: Server) -> None:
    told = "".join(running.said)
    assert f"kijun: {running.url}/ (SPARQL: {running.url}/sparql); Ctrl-C ends it" in told
    assert "draft of 2016" in told
    with urllib.request.urlopen(f"{running.url}/sparql", timeout=60) as answer:
        assert "draft of 2016" in answer.read().decode()


@posix
def test_no_query_is_written_anywhere(tmp_path: Path, kg: KnowledgeGraph) -> None:
    folders = {name: str(tmp_path / name.lower()) for name in ("TMPDIR", "HOME", "KIJUN_DATA")}
    for folder in folders.values():
        Path(folder).mkdir()
    with serving("--timeout", "4", **folders) as started:
        mark = "zz9secretzz"
        statuses = [
            get(started.url, f"ASK {{ ?s ?p '{mark}' }}")[0],
            get(started.url, f"ASK {{ ?{mark} ?p }}")[0],
            get(started.url, f"ASK {{ SERVICE <http://{mark}/> {{}} }}")[0],
            get(started.url, f"ASK {{}} # {mark}", "image/png")[0],
            get(started.url, f"SELECT * {{ ?a ?b ?c . ?d ?e ?{mark} }} ORDER BY ?d")[0],
            get(started.url, f"ASK {{ ?{mark} " + "<a:a>/" * 5000 + "<a:a> ?o }")[0],
        ]
        assert statuses == [200, 400, 400, 406, 503, 503]
        host, port = started.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /{mark} HTTP/9\r\nnonsense {mark}\r\n\r\n".encode())
            assert client.recv(1000)
        _, out, err = end(started.process, signal.SIGINT)
    assert (out, err) == (b"", b"")
    assert mark not in "".join(started.said)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    cache = [path for path in Path(os.environ["KIJUN_CACHE"]).rglob("*") if path.is_file()]
    assert not written
    assert not [path for path in cache if mark.encode() in path.read_bytes()]


@posix
def test_a_profile_is_asked_and_never_kept(tmp_path: Path, kg: KnowledgeGraph) -> None:
    profile = tmp_path / "own.xlsx"
    command = [sys.executable, "-m", "kijun", "profile", "new", "--example", "shared-platform"]
    subprocess.run([*command, "-o", str(profile)], check=True, capture_output=True)
    folders = {name: str(tmp_path / name.lower()) for name in ("TMPDIR", "HOME", "KIJUN_DATA")}
    for folder in folders.values():
        Path(folder).mkdir()
    with serving("--profile", str(profile), **folders) as started:
        # Where the machine is busy, the graph is not yet with the first process.
        query = "SELECT DISTINCT ?kind { ?hole a kijun:Hole ; kijun:holeKind ?kind }"
        for _ in range(10):
            status, found = get(started.url, query, "text/csv")
            if status != 503:
                break
        assert status == 200
        assert len(found.decode().split()) == 1 + 8
        assert get(started.url, "ASK { ?body skos:prefLabel '架空省'@ja }")[1].count(b"true")
        with urllib.request.urlopen(f"{started.url}/sparql", timeout=60) as answer:
            assert "取扱注意（架空の例）" in answer.read().decode()
        assert "取扱注意（架空の例）" in "".join(started.said)
        _, out, err = end(started.process, signal.SIGINT)
    assert (out, err) == (b"", b"")
    places = (tmp_path, Path(os.environ["KIJUN_CACHE"]))
    written = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert [path for path in written if "架空省".encode() in path.read_bytes()] == []
    assert [path for path in written if path.is_relative_to(tmp_path)] == [profile]


# Its errors


def desk() -> Desk:
    return Desk(pytest.fail, lambda: "en", 80)


def words(**other: object) -> argparse.Namespace:
    usual = {
        "form": None,
        "output": None,
        "lang": None,
        "as_of": None,
        "verbatim": False,
        "profile": [],
    }
    serve = {"port": 0, "host": "127.0.0.1", "timeout": 30.0, "open": False}
    return argparse.Namespace(**{**usual, **serve, **other})


def test_a_port_that_is_taken_is_told_in_one_line(running: Server) -> None:
    port = running.url.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "kijun", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert f"port {port} is taken" in line
    assert "--port" in line


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--host", "0.0.0.0"], "this machine only"),
        (["--host", "example.org"], "this machine only"),
        (["--port", "70000"], "between 0 and 65535"),
        (["--port", "-1"], "--port"),
        (["--port", "http"], "between 0 and 65535"),
        (["--timeout", "0"], "between 0 and 3600"),
        (["--format", "json"], "writes no file"),
        (["-o", "x.json"], "writes no file"),
        (["--as-of", "2016-13-01"], "no such day"),
        (["extra"], "extra"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(
    given: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from kijun.cli import main

    port = [] if "--port" in given else ["--port", "0"]
    assert main(["serve", *port, *given]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert message in line


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may use any port")
def test_a_port_that_may_not_be_used_is_told() -> None:
    with pytest.raises(BadInput, match="cannot be used"):
        server.run(words(port=1), desk())


@pytest.mark.parametrize("missing", ["uvicorn", "starlette"])
def test_a_missing_extra_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] == missing or name == "kijun.serving":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=re.escape("kijun[serve]")):
        server.run(words(), desk())


def test_a_time_out_of_ones_own(kg: KnowledgeGraph) -> None:
    with serving("--timeout", "1") as started:
        status, said = get(started.url, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")
        assert status == 503
        assert b"longer than 1 s" in said
        client = SPARQLWrapper(f"{started.url}/sparql", returnFormat=JSON)
        client.setQuery("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")
        with pytest.raises((EndPointInternalError, urllib.error.HTTPError)):
            client.query()


def test_another_day_is_another_graph(kg: KnowledgeGraph) -> None:
    query = "SELECT ?x { ?x a kijun:DesignatedCorporation } LIMIT 1"
    with serving("--as-of", "2015-01-01") as started:
        status, data = get(started.url, query)
        assert (status, json.loads(data)["results"]["bindings"]) == (200, [])
