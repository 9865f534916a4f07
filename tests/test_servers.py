"""Two real servers, loaded by ``kijun load``: every question of the catalogue, answered as here.

Each part skips, and says so, where its server is not installed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import freeze_questions
from kijun.catalogue import names, question
from kijun.cli import main
from kijun.dates import DEFAULT_DAY
from kijun.errors import LimitReached
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.loaded import LoadedGraph, listed
from kijun.loading import load
from kijun.parameters import example
from kijun.remote_endpoint import RemoteEndpoint
from kijun.remote_refusals import Unanswered
from servers import Server, oxigraph, oxigraph_server, virtuoso, virtuoso_server

NAMES = names()
SECRETS = ("KIJUN_ENDPOINT_USER", "KIJUN_ENDPOINT_PASSWORD")
KINDS = [
    pytest.param(
        "oxigraph",
        marks=pytest.mark.skipif(oxigraph() is None, reason="the wheel oxigraph is not installed"),
    ),
    pytest.param(
        "virtuoso",
        marks=pytest.mark.skipif(
            virtuoso() is None, reason="Virtuoso is not installed (Debian: virtuoso-opensource)"
        ),
    ),
]


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with the graph of the default day, loaded as a person would."""
    start = oxigraph_server if request.param == "oxigraph" else virtuoso_server
    with start(tmp_path_factory.mktemp(request.param)) as one:
        with pytest.MonkeyPatch.context() as patch:
            write_access(one, patch)
            assert main(["load", one.query, "--updates", one.update, "--lang", "en"]) == 0
        yield one


def write_access(server: Server, patch: pytest.MonkeyPatch) -> None:
    for name, value in zip(SECRETS, (server.user, server.password), strict=True):
        if value is not None:
            patch.setenv(name, value)


@pytest.fixture(scope="module")
def there(server: Server) -> KnowledgeGraph:
    """The graph as that server answers it, with no right to write."""
    return open_graph(endpoint=server.query)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_frozen_one(name: str, there: KnowledgeGraph) -> None:
    assert freeze_questions.answer(there, name) == freeze_questions.frozen(name)


WITH_PARAMETERS = [
    (name, parameter)
    for name in NAMES
    for parameter in question(name).parameters
    if parameter != "lang" and example(name, parameter) is not None
]


@pytest.mark.parametrize(("name", "parameter"), WITH_PARAMETERS)
def test_a_narrower_question_has_the_same_answer(
    name: str, parameter: str, kg: KnowledgeGraph, there: KnowledgeGraph
) -> None:
    value = example(name, parameter)
    assert value is not None
    given = {**freeze_questions.EXAMPLES.get(name, {}), parameter: value}
    here, far = (list(map(dict, graph.ask(name, **given))) for graph in (kg, there))
    assert far == here


def test_english_answers_are_the_same(kg: KnowledgeGraph, server: Server) -> None:
    here, there = open_graph(lang="en"), open_graph(lang="en", endpoint=server.query)
    for name in ("norms", "silences", "class-duties", "moved-articles", "which-law-rests-on"):
        assert list(map(dict, there.ask(name))) == list(map(dict, here.ask(name)))


COMMANDS = [
    ("norms", "--section", "6(4)"),
    ("norms", "--bearer", "総務省", "--format", "csv"),
    ("duties", "情報通信研究機構", "--format", "json"),
    ("duties", "国税庁", "--all-paths", "--format", "json"),
    ("duties", "--class", "行政執行法人", "--format", "csv"),
    ("reports", "--from", "総務省", "--format", "json"),
    ("reports", "--to", "NISC", "--expand", "--about", "incident", "--format", "csv"),
    ("route", "日本年金機構", "NISC", "--about", "incident", "--format", "json"),
    ("ask", "supervision", "--corporation", "NICT", "--format", "json"),
    ("ask",),
    ("norms", "--section", "6(3)", "--format", "turtle"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_write_the_same_bytes(
    words: tuple[str, ...], server: Server, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([*words, "--lang", "ja"]) == 0
    here = capsysbinary.readouterr()
    assert main([*words, "--lang", "ja", "--endpoint", server.query]) == 0
    assert capsysbinary.readouterr() == here


def test_a_query_of_ones_own_is_answered_there(server: Server, there: KnowledgeGraph) -> None:
    found = there.sparql("SELECT ?n ?s { ?n kijun:force kijun:may ; kijun:statement ?s }")
    here = open_graph().sparql("SELECT ?n ?s { ?n kijun:force kijun:may ; kijun:statement ?s }")
    assert sorted(map(str, found)) == sorted(map(str, here))
    with pytest.raises(Unanswered, match=r"refused \(400\)"):
        there.sparql("SELECT ?n { ?n nonsense }")


def test_nothing_is_written_without_the_right_to(server: Server) -> None:
    if server.user is None:
        pytest.skip("this server lets everybody write")
    graph = open_graph()
    wrong = {"KIJUN_ENDPOINT_USER": server.user, "KIJUN_ENDPOINT_PASSWORD": "n0t-it"}
    for environment in ({}, wrong):
        stranger = RemoteEndpoint(server.query, server.update, environment=environment)
        with pytest.raises(Unanswered, match=r"\(401\)") as raised:
            load(stranger, LoadedGraph("2016-10-12", "x", "e" * 64), graph.store)
        assert "n0t-it" not in str(raised.value)


def test_a_second_load_only_checks(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_access(server, monkeypatch)
    assert main(["load", server.query, "--updates", server.update, "--lang", "en"]) == 0
    said = capsysbinary.readouterr().err.decode()
    assert "was there already; count and checksum agree." in said
    # No bar: this is no terminal.
    assert "it/s" not in said
    assert "\r" not in said


def test_another_triple_there_is_noticed_and_mended(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_access(server, monkeypatch)
    endpoint = RemoteEndpoint(server.query, server.update, timeout=600)
    graph = open_graph()
    wanted = LoadedGraph.of(graph.state)
    endpoint.update(f'INSERT DATA {{ GRAPH <{wanted.iri}> {{ <urn:a> <urn:b> "x" }} }}')
    assert load(endpoint, wanted, graph.store).sent > 100_000
    assert load(endpoint, wanted, graph.store).sent == 0


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_an_interrupted_load_leaves_nothing_to_ask_and_goes_on(server: Server) -> None:
    environment = {**os.environ}
    if server.user is not None:
        environment |= dict(zip(SECRETS, (server.user, server.password or ""), strict=True))
    command = [sys.executable, "-m", "kijun", "load", server.query, "--updates", server.update]
    command += ["--as-of", "2026-04-01", "--lang", "en"]
    endpoint = RemoteEndpoint(server.query, environment={})
    wanted = LoadedGraph.of(open_graph("2026-04-01").state)
    sent = f"SELECT ?s FROM <{wanted.iri}> WHERE {{ ?s ?p ?o }} LIMIT 1"
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 120
        while not endpoint.select(sent).rows:
            assert process.poll() is None
            assert time.monotonic() < until
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Stopped. What was sent is not listed" in said
    assert b"Traceback" not in said
    assert wanted.iri not in {one.iri for one in listed(endpoint)}
    with pytest.raises(Unanswered, match="not those from 2026-04-01"):
        open_graph("2026-04-01", endpoint=server.query)
    again = subprocess.run(command, env=environment, capture_output=True, timeout=600, check=True)
    assert b"count and checksum agree" in again.stderr
    rows = open_graph("2026-04-01", endpoint=server.query).duties("デジタル庁")
    assert list(map(dict, rows)) == list(map(dict, open_graph("2026-04-01").duties("デジタル庁")))


@pytest.mark.skipif(virtuoso() is None, reason="Virtuoso is not installed")
def test_a_server_that_cuts_answers_is_caught(tmp_path: Path) -> None:
    with virtuoso_server(tmp_path, rows=50) as one:
        endpoint = RemoteEndpoint(one.query, environment={})
        assert len(endpoint.select("SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 49").rows) == 49
        with pytest.raises(LimitReached, match="cuts every answer at 50 rows"):
            endpoint.select("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")


def test_the_default_day_is_the_one_loaded() -> None:
    assert open_graph().day == DEFAULT_DAY
