"""Users' queries that are refused: not parsed, updates, SERVICE, with no way out of the process."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time

import pytest

from asked_snapshots import in_memory, on_disk, posix, refusal, snapshot
from kijun import query_text, sparql
from kijun.errors import KijunError
from kijun.sparql import ask_sparql
from kijun.store import Snapshot

__all__ = ["in_memory", "on_disk", "snapshot"]


# Queries that do not parse


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("SELEC * {}", 1, 1, "<-- HERE SELEC * {}"),
        ("SELECT * WHERE {\n  ?s ?p ?o .\n  FILTR(?o > 1) }", 3, 3, "<-- HERE FILTR(?o > 1) }"),
        ("SELECT * { ?s ?p '府省庁' ) }", 1, 24, "SELECT * { ?s ?p '府省庁' <-- HERE ) }"),
        ("SELECT ?a,?b WHERE { ?s ?p ?o }", 1, 10, "SELECT ?a<-- HERE ,?b WHERE"),
        ("SELECT * WHERE {\r\n?s a kijun:Norm\r\n?s ?p ?o }", 3, 1, "<-- HERE ?s ?p ?o }"),
        ("SELECT * WHERE { ?s foo:bar ?o }", 1, 21, "?s <-- HERE foo:bar ?o } (its prefix is not"),
        ("SELECT * { ?s ?p <http://bad iri> }", 1, 18, "?s ?p <-- HERE <http://bad iri> }"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "variable that is unbound"),
        ("SELECT * {\t?s\t?p\t?o }}", 1, 22, "SELECT * { ?s ?p ?o }<-- HERE }"),
        ("SELECT * WHERE {\n?s ?p ?o ", 2, 10, "?s ?p ?o <-- HERE"),
        ("SELECT * {　?s ?p ?o }", 1, 11, "SELECT * {<-- HERE 　?s"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", 1, 23, "<-- HERE ; DROP ALL"),
    ],
)
def test_an_error_names_line_and_column(
    in_memory: Snapshot, text: str, line: int, column: int, shown: str
) -> None:
    message = refusal(in_memory, text)
    assert f"does not parse at line {line}, column {column}: " in message
    assert shown in message


@pytest.mark.parametrize("text", ["", " \n", "# SELECT * {}", "\ufeff"])
def test_an_empty_query_is_called_empty(in_memory: Snapshot, text: str) -> None:
    assert "is empty" in refusal(in_memory, text)


def test_a_long_line_is_shown_in_part(in_memory: Snapshot) -> None:
    many = "?s ?p ?o . " * 500
    message = refusal(in_memory, f"SELECT * {{ {many}FOO {many} }}")
    assert "column 5512" in message
    assert "<-- HERE FOO ?s ?p" in message
    assert len(message) < 300


@pytest.mark.parametrize(
    "text", ["SELECT '\udc80' {}", "ASK {\x00}", "\x00", "ASK { ?s \x1b[31m ?o }"]
)
def test_no_odd_character_gets_into_the_message(in_memory: Snapshot, text: str) -> None:
    assert not re.search(r"[\x00-\x1f\ud800-\udfff]", refusal(in_memory, text))


# Updates


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "insert { ?s ?p 1 } where { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE DATA { <a:a> <a:b> 1 }",
        "LOAD <http://example.org/>",
        "LOAD SILENT <file:///etc/hostname>",
        "CLEAR ALL",
        "CREATE GRAPH <a:g>",
        "DROP ALL",
        "COPY <a:a> TO <a:b>",
        "MOVE <a:a> TO <a:b>",
        "ADD <a:a> TO <a:b>",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# SELECT\nPREFIX a: <http://x#> # b\nBASE<http://x/>\nPREFIX : <y> DROP ALL",
        "\ufeff\tPREFIX é-1.a: <http://x>#\rINSERT DATA {}",
    ],
)
def test_an_update_is_refused_as_one(in_memory: Snapshot, text: str) -> None:
    assert "this one is an update" in refusal(in_memory, text)
    assert len(in_memory.store) == 601


def test_names_of_updates_are_no_updates(in_memory: Snapshot) -> None:
    for text in ("ASK { ?drop ?p 'DELETE' }", "PREFIX insert: <a:> ASK { ?s ?p ?o }"):
        assert ask_sparql(in_memory, text).kind == "ask"


# SERVICE


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://{host}/> { ?a ?b ?c } }",
        "SELECT * { service silent ?x { ?a ?b ?c } }",
        "PREFIX x: <http://{host}/> SELECT * {?a ?b ?c.SERVICE x:y{?a ?b ?c}}",
        "PREFIX : <http://{host}/> SELECT * {SERVICE:x{?a ?b ?c}}",
        "SELECT * { ?s ?p 1SERVICE<http://{host}/>{ ?a ?b ?c } }",
        "SELECT * { { SELECT * { FILTER NOT EXISTS { SERVICE <http://{host}/> {} } } } }",
        "SELECT * { ?s ?p ?o #\rSERVICE <http://{host}/> { ?a ?b ?c }\n}",
        "SELECT * { ?s ?p 'a\\'' SERVICE <http://{host}/> { ?a ?b ?c } # '\n }",
        "SELECT * { ?s ?p '''a''b''' SERVICE <http://{host}/> { ?a ?b ?c } # '''\n }",
        # Here "<" can be read as "less than", and then the rest is not what it seems.
        "PREFIX : <http://{host}/> SELECT * { ?s ?p ?o FILTER(?s<?p)SERVICE:x#>\n{ ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o FILTER(?s<'x>'){} SERVICE <http://{host}/> { ?a ?b ?c } #'\n }",
        "SELECT * { ?s <#'> ?o . SERVICE <http://{host}/> { ?a ?b ?c } #'\n }",
        "PREFIX service: <http://{host}/> SELECT * { service:a{ ?a ?b ?c } }",
    ],
)
def test_a_service_is_refused(in_memory: Snapshot, text: str) -> None:
    assert "SERVICE" in refusal(in_memory, text.replace("{host}", "127.0.0.1:8642"))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'SERVICE <x> { }' } # SERVICE <x> { }",
        'ASK { ?s ?p """ " SERVICE "" """ }',
        "ASK { ?s <https://example.org/service#a> 'it\\'s SERVICE' }",
        "ASK { ?service ?p $SERVICE , 1 }",
        'PREFIX service: <http://x/> ASK { ?s service:service "a"@service }',
        "PREFIX x: <http://x/(y)#'> ASK { ?s x:a-service ?o FILTER (?s < ?o) }",
    ],
)
def test_the_word_alone_is_no_service(in_memory: Snapshot, text: str) -> None:
    assert ask_sparql(in_memory, text).truth is False


class Listener:
    """A server on loopback that only counts who comes."""

    def __enter__(self) -> Listener:
        self.calls = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(0.1)
        self.port = self.server.getsockname()[1]
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()
        return self

    def listen(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.server.accept()
            except OSError:
                continue
            self.calls += 1
            connection.close()

    def __exit__(self, *_error: object) -> None:
        time.sleep(0.3)
        self.over.set()
        self.thread.join()
        self.server.close()


@posix
def test_a_service_that_slips_through_reaches_nobody(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sparql,
        "read_query",
        lambda text: query_text.Code(text, text, False, False, False, "SELECT"),
    )
    with Listener() as listener:
        text = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.port}/> {{ ?a ?b ?c }} }}"
        with pytest.raises(KijunError, match="could not be answered"):
            ask_sparql(snapshot, text)
        assert listener.calls == 0
        # Without the worker it does get there.
        code = f"import pyoxigraph; list(pyoxigraph.Store().query({text!r}))"
        subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=False)
    assert listener.calls == 1
