"""The process of ``kijun serve``: its end, what it says and never keeps, its errors."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError

from kijun import server
from kijun.desk import Desk
from kijun.errors import BadInput, MissingExtra
from kijun.knowledge import KnowledgeGraph
from served_graph import Server, get, running, serving

__all__ = ["running"]

posix = pytest.mark.skipif(os.name != "posix", reason="uses signals of POSIX")

LONG = "/sparql?query=SELECT(COUNT(*)AS%20?n)%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
"""The path of a query that takes longer than any limit."""


def children(started: Server) -> set[int]:
    """Return the processes that answer its queries."""
    command = ["ps", "-o", "pid=", "--ppid", str(started.process.pid)]
    return set(map(int, subprocess.run(command, capture_output=True).stdout.split()))


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> tuple[int, bytes, bytes]:
    process.send_signal(how)
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


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
