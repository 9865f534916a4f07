"""User's queries: answered by a worker, bounded, read-only, with no way out of the process."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kijun import query_text, sparql, store
from kijun.errors import BadInput, KijunError, LimitReached
from kijun.sparql import Result, ask_sparql
from kijun.store import Snapshot
from kijun.terms import ID, NS, graph_iri

KEY = "0123456789abcdef" * 4
posix = pytest.mark.skipif(os.name != "posix", reason="uses limits of POSIX")


def quads() -> Iterator[pyoxigraph.Quad]:
    node, literal = pyoxigraph.NamedNode, pyoxigraph.Literal
    norms, text = node(graph_iri("norms")), node(graph_iri("text"))
    for n in range(300):
        norm = node(f"{ID}norm/{n}")
        yield pyoxigraph.Quad(norm, node(f"{NS}section"), literal(f"6({n})"), norms)
        said = literal(f"第{n}の義務", language="ja")
        yield pyoxigraph.Quad(norm, node(f"{NS}statement"), said, text)
    blank = pyoxigraph.BlankNode("b")
    yield pyoxigraph.Quad(node(f"{ID}norm/0"), node(f"{NS}about"), blank, norms)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIJUN_CACHE", str(tmp_path_factory.mktemp("cache") / "写し x"))
        yield store.open_snapshot(KEY, quads, notice=pytest.fail)


@pytest.fixture(scope="module")
def in_memory() -> Snapshot:
    held = pyoxigraph.Store()
    held.bulk_extend(quads())
    return Snapshot(held, None)


@pytest.fixture(params=["on_disk", "in_memory"])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    found: Snapshot = request.getfixturevalue(request.param)
    return found


def refusal(snapshot: Snapshot, text: str, kind: type[KijunError] = BadInput) -> str:
    with pytest.raises(kind) as caught:
        ask_sparql(snapshot, text)
    assert "\n" not in str(caught.value)
    assert type(caught.value) is kind
    return str(caught.value)


# Answers


def test_a_select_answers_terms_and_gaps(snapshot: Snapshot) -> None:
    answer = ask_sparql(
        snapshot,
        "SELECT ?n ?label ?none { ?n kijun:section '6(7)' ; kijun:statement ?label"
        " OPTIONAL { ?n kijun:nothing ?none } }",
    )
    assert answer == Result(
        "select",
        ("n", "label", "none"),
        [
            (
                pyoxigraph.NamedNode(f"{ID}norm/7"),
                pyoxigraph.Literal("第7の義務", language="ja"),
                None,
            )
        ],
    )


def test_an_ask_answers_truth(snapshot: Snapshot) -> None:
    assert ask_sparql(snapshot, "ASK { ?n kijun:section '6(7)' }") == Result("ask", truth=True)
    assert ask_sparql(snapshot, "ASK { ?n kijun:section '7' }") == Result("ask", truth=False)


def test_a_construct_and_a_describe_answer_triples(snapshot: Snapshot) -> None:
    built = ask_sparql(snapshot, "CONSTRUCT { ?n a kijun:Norm } WHERE { ?n kijun:section ?s }")
    assert (built.kind, len(built.triples), built.rows) == ("construct", 300, ())
    told = ask_sparql(snapshot, f"DESCRIBE <{ID}norm/7>")
    assert {triple.predicate.value for triple in told.triples} == {f"{NS}section", f"{NS}statement"}


def test_strings_keep_their_spelling(snapshot: Snapshot) -> None:
    answer = ask_sparql(
        snapshot,
        r'SELECT ("2.10" AS ?a) ("a\n\"\u0022'
        r'\t𠮷　①" AS ?b) (2.10 AS ?c) {}',
    )
    values = [term.value for term in answer.rows[0] if isinstance(term, pyoxigraph.Literal)]
    assert values[:2] == ["2.10", 'a\n""\t𠮷　①']


def test_an_empty_answer_is_an_answer(snapshot: Snapshot) -> None:
    assert ask_sparql(snapshot, "SELECT ?x { ?x a kijun:Nothing }") == Result("select", ("x",), [])
    assert ask_sparql(snapshot, "CONSTRUCT WHERE { ?x a kijun:Nothing }").triples == []


def test_the_default_graph_is_all_layers_unless_the_query_says(snapshot: Snapshot) -> None:
    def count(clause: str) -> int:
        answer = ask_sparql(snapshot, f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}")
        term = answer.rows[0][0]
        assert isinstance(term, pyoxigraph.Literal)
        return int(term.value)

    assert count("") == 601
    assert count(f"FROM <{graph_iri('text')}>") == 300
    assert count("FROM <file:///etc/hostname>") == 0
    assert count(f"FROM <{graph_iri('text')}>\nfrom<{graph_iri('norms')}>") == 601
    assert count("WHERE # FROM <a:b>\n") == 601
    assert len(ask_sparql(snapshot, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows) == 2


def test_a_byte_order_mark_does_no_harm(snapshot: Snapshot) -> None:
    assert ask_sparql(snapshot, "\ufeffASK { ?s ?p ?o }").truth


def test_a_prefix_of_the_query_wins(snapshot: Snapshot) -> None:
    text = f"PREFIX kijun: <{ID}> SELECT ?p {{ kijun:norm\\/7 ?p ?o }}"
    assert len(ask_sparql(snapshot, text).rows) == 2


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


# Limits


def test_a_query_that_is_too_large_is_refused(in_memory: Snapshot) -> None:
    assert str(query_text.SIZE) in refusal(in_memory, "ASK {} #" + "府" * (query_text.SIZE // 3))


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_a_query_that_is_too_deep_is_refused(in_memory: Snapshot, pair: str) -> None:
    deep = pair[0] * 4000 + pair[1] * 4000
    assert "deep" in refusal(in_memory, f"SELECT * {{ ?s ?p {deep} }}")


def test_a_thousand_nested_exists_are_refused(in_memory: Snapshot) -> None:
    text = "SELECT * {" + "FILTER NOT EXISTS { ?s ?p ?o " * 1000 + "}" * 1001
    assert "deep" in refusal(in_memory, text)


def test_brackets_in_strings_do_not_count(in_memory: Snapshot) -> None:
    assert ask_sparql(in_memory, f"ASK {{ ?s ?p '{'(' * 500}' }} # {'{' * 500}").truth is False


def test_the_allowed_depth_is_harmless(in_memory: Snapshot) -> None:
    depth = query_text.DEPTH - 1
    for text in (
        "ASK {" + "{" * depth + "}" * depth + "}",
        "ASK { FILTER(" + "(" * (depth - 1) + "1" + ")" * (depth - 1) + ") }",
        "ASK {" + "FILTER NOT EXISTS { ?s ?p 1 " * depth + "}" * depth + "}",
    ):
        assert ask_sparql(in_memory, text).kind == "ask"


@posix
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s " + "<a:a>/" * 9000 + "<a:a> ?o }",
        "SELECT * {" + "{} UNION " * 7000 + "{} }",
        "SELECT * { FILTER(" + "!" * 60_000 + "1) }",
    ],
    ids=["path", "union", "not"],
)
def test_a_query_that_crashes_the_engine_does_not_crash_us(snapshot: Snapshot, text: str) -> None:
    assert "broke down" in refusal(snapshot, text, LimitReached)


PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"


def test_a_query_that_takes_too_long_is_stopped(snapshot: Snapshot) -> None:
    begun = time.monotonic()
    with pytest.raises(LimitReached, match=r"longer than 0\.5 s") as caught:
        ask_sparql(snapshot, f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", timeout=0.5)
    assert time.monotonic() - begun < 5
    assert caught.value.exit_status == 3


@posix
def test_a_query_that_eats_memory_is_stopped(snapshot: Snapshot) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS does not hold processes to such a limit")
    with pytest.raises(LimitReached, match="100 MB of memory"):
        ask_sparql(snapshot, f"SELECT * {{ {PRODUCT} }} ORDER BY ?a", memory=100 << 20, timeout=60)


def test_a_huge_answer_is_stopped(snapshot: Snapshot) -> None:
    for text in (f"SELECT * {{ {PRODUCT} }}", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(LimitReached, match="answer is larger than 0"):
            ask_sparql(snapshot, text, answer=10_000)


@posix
def test_a_worker_of_a_dead_parent_ends_by_itself() -> None:
    """It may use a little more processor time than allowed, and no more."""
    code = (
        "import sys\nsys.path[:0] = " + repr([str(Path(__file__).parent)]) + "\n"
        "import os, signal, subprocess\nfrom test_sparql import *\n"
        "real = subprocess.Popen\n"
        "class Told(real):\n"
        "    def __init__(self, *a, **k):\n"
        "        super().__init__(*a, **k)\n"
        "        print(self.pid, flush=True)\n"
        "subprocess.Popen = Told\n"
        "held = pyoxigraph.Store(); held.bulk_extend(quads())\n"
        f"ask_sparql(Snapshot(held, None), 'SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}', timeout=1)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    for _ in range(600):  # processor time is scarce where many tests run at once
        try:
            os.kill(worker, 0)
            state = Path(f"/proc/{worker}/stat")
            if state.exists() and state.read_text("ascii").split()[2] == "Z":
                return
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker is still there")


# The graph


def test_a_snapshot_that_went_away_is_told(tmp_path: Path) -> None:
    gone = Snapshot(pyoxigraph.Store(), tmp_path / "gone")
    with pytest.raises(KijunError, match="could not be read"):
        ask_sparql(gone, "ASK {}")
    assert not (tmp_path / "gone").exists()


def test_queries_at_once_do_not_disturb_each_other(on_disk: Snapshot) -> None:
    answers: list[Result] = []

    def ask() -> None:
        answers.append(ask_sparql(on_disk, "ASK { ?service ?p 1 }"))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Result("ask", truth=False)] * 6


def test_the_surroundings_do_not_reach_the_worker(
    on_disk: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('planted')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert ask_sparql(on_disk, "ASK { ?s ?p ?o }").truth
