"""The graph on an endpoint as an engine: the same answers, one whole graph, or an error."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kijun import remote
from kijun.cli import main
from kijun.dates import DEFAULT_DAY, State, state_at
from kijun.errors import AmbiguousName, BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph
from kijun.loaded import LIST, LoadedGraph
from kijun.loading import load
from kijun.names import resolve
from kijun.remote import Remote, opened
from kijun.remote_refusals import Unanswered
from kijun.terms import NS, XSD
from local_endpoint import LocalEndpoint
from stub_server import says, stub

STATE = state_at(DEFAULT_DAY)
GRAPH = LoadedGraph.of(STATE)


@pytest.fixture(scope="module")
def loaded(kg: KnowledgeGraph) -> LocalEndpoint:
    there = LocalEndpoint()
    load(there, GRAPH, kg.store)
    return there


@pytest.fixture
def engine(loaded: LocalEndpoint, monkeypatch: pytest.MonkeyPatch) -> Remote:
    monkeypatch.setattr(remote, "RemoteEndpoint", lambda _address: loaded)
    return opened(loaded.address, GRAPH)


@pytest.fixture
def far(engine: Remote) -> KnowledgeGraph:
    return KnowledgeGraph(DEFAULT_DAY, STATE, engine, "ja", verbatim=False)


# --- names ---------------------------------------------------------------------------------------


def found(store, text: str, state: State | None, lang: str) -> object:  # type: ignore[no-untyped-def]
    try:
        return resolve(store, text, state=state, lang=lang)
    except UnknownName as error:
        return type(error), str(error), error.candidates


def keys(kg: KnowledgeGraph) -> list[str]:
    quads = kg.store.quads_for_pattern(None, NamedNode(NS + "nameKey"), None, None)
    return sorted({quad.object.value for quad in quads})  # type: ignore[union-attr]


def test_every_fifth_name_means_the_same_there_as_here(kg: KnowledgeGraph, engine: Remote) -> None:
    names = keys(kg)[::5]
    assert len(names) > 100
    newest = state_at(DEFAULT_DAY.replace(year=2026))
    for place, name in enumerate(names):
        state = (STATE, newest, None)[place % 3]
        lang = ("ja", "en")[place % 2]
        there = found(engine.naming(name), name, state, lang)
        assert there == found(kg.store, name, state, lang), name


@pytest.mark.parametrize(
    "text",
    [
        *("総務", "国税庁", "NICT", "7012405000492", "森林総合研究所", "教員研修センター", "日本"),
        *("kijun:Ministry", "id:office/nisc", "https://w3id.org/kijun/id/body/nothing"),
        *("内閣総理大臣", "", " ", "・", "x" * 300, 'a" b', "<>", "nothing like it"),
    ],
)
def test_names_of_every_kind_mean_the_same_there(
    kg: KnowledgeGraph, engine: Remote, text: str
) -> None:
    for lang in ("ja", "en"):
        assert found(engine.naming(text), text, STATE, lang) == found(kg.store, text, STATE, lang)


def test_a_name_of_several_things_is_one_there_too(loaded: LocalEndpoint, engine: Remote) -> None:
    graph, key = NamedNode(GRAPH.iri), NamedNode(NS + "nameKey")
    made = [
        Quad(NamedNode(f"https://w3id.org/kijun/id/body/twin-{n}"), key, Literal("twins"), graph)
        for n in (1, 2)
    ]
    loaded.store.extend(made)
    try:
        with pytest.raises(AmbiguousName, match="twin-1"):
            resolve(engine.naming("Twins"), "Twins")
    finally:
        for quad in made:
            loaded.store.remove(quad)


def test_few_requests_find_a_name(loaded: LocalEndpoint, engine: Remote) -> None:
    loaded.selected.clear()
    engine.naming("国税庁")
    assert len(loaded.selected) <= 5


# --- answers -------------------------------------------------------------------------------------


def test_a_query_sees_the_loaded_graph_and_nothing_else(
    loaded: LocalEndpoint, engine: Remote
) -> None:
    stray = Quad(NamedNode("urn:s"), NamedNode(NS + "force"), NamedNode("urn:x"))
    other = Quad(*stray.triple, NamedNode(f"{LIST}/2016-10-12/0000000000000000"))
    loaded.store.extend([stray, other])
    try:
        rows = engine.select(f"SELECT ?f WHERE {{ <urn:s> <{NS}force> ?f }}")
        assert rows == []
    finally:
        loaded.store.remove(stray)
        loaded.store.remove(other)


def test_true_is_true_however_it_is_written() -> None:
    written = [
        Literal(text, datatype=NamedNode(XSD + "boolean")) for text in ("1", "0", "true", "false")
    ]
    assert list(map(remote._term, written)) == [
        Literal(True),
        Literal(False),
        Literal(True),
        Literal(False),
    ]
    for other in (Literal("1"), Literal(1), NamedNode("urn:a"), None):
        assert remote._term(other) == other


def test_the_answer_to_another_question_is_refused(engine: Remote) -> None:
    with stub() as server:
        server.says = [says()]
        engine = Remote(type(engine.endpoint).__mro__[1](server.address, environment={}), GRAPH)  # type: ignore[call-arg]
        with pytest.raises(Unanswered, match="answered another question: it gave s for norm, o"):
            engine.select("SELECT ?norm ?o WHERE { ?norm ?p ?o }")


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("norms", ("6(4)",)),
        ("duties", ("情報通信研究機構",)),
        ("reports", ("総務省", "NISC")),
        ("route", ("情報通信研究機構", "NISC", "incident")),
        ("ask", ("supervision",)),
        ("sparql", ("SELECT ?n { ?n kijun:force kijun:may } ORDER BY ?n",)),
        ("sparql", ("ASK { ?n kijun:force kijun:may }",)),
        ("catalogue", ()),
    ],
)
def test_answers_are_the_same_there(
    kg: KnowledgeGraph, far: KnowledgeGraph, method: str, arguments: tuple[str, ...]
) -> None:
    here, there = (getattr(graph, method)(*arguments) for graph in (kg, far))
    assert list(map(dict, there)) == list(map(dict, here))
    assert there.notes == here.notes
    described = [set(graph.describe(there.nodes[:120])) for graph in (kg, far)]
    assert described[0] == described[1]


def test_triples_are_built_there_too(kg: KnowledgeGraph, far: KnowledgeGraph) -> None:
    text = "CONSTRUCT { ?n kijun:force ?f } WHERE { ?n kijun:force ?f }"
    here, there = ({tuple(row.values()) for row in graph.sparql(text)} for graph in (kg, far))
    assert there == here
    assert here


def test_names_of_another_day_are_those_of_the_day(kg: KnowledgeGraph) -> None:
    from kijun.knowledge import open_graph

    here = open_graph("2026-04-01")
    there = LocalEndpoint()
    state = state_at(here.day)
    graph = load(there, LoadedGraph.of(state), here.store).graph
    far = KnowledgeGraph(here.day, state, Remote(there, graph), "ja", verbatim=False)
    one, other = (list(map(dict, graph.norms(section="2"))) for graph in (here, far))
    assert one == other
    assert far.norms(section="2").notes == here.norms(section="2").notes
    assert far.find("森林総合研究所") == here.find("森林総合研究所")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "queries only read"),
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT ?x { ?x <urn:p> ?service }", "rename what is called service"),
        ("PREFIX x: <urn:x> SELECT * { ?a x:service ?b }", "rename what is called service"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "one graph, so a query with GRAPH or FROM"),
        ("SELECT * FROM <urn:x> { ?s ?p ?o }", "one graph, so a query with GRAPH or FROM"),
        ("DESCRIBE <urn:a>", "has no pattern"),
    ],
)
def test_queries_that_would_mean_something_else_there(
    far: KnowledgeGraph, text: str, error: str
) -> None:
    with pytest.raises(BadInput, match=error):
        far.sparql(text)


# --- which graph ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "error"),
    [
        ([], "holds no graph of kijun; load it with: kijun load http://127.0.0.1:9/query --as-of"),
        (
            [LoadedGraph("2026-04-01", "0.1.0", "c" * 64, 9)],
            "holds the registers used from 2026-04-01, not those from 2016-10-12; load it with",
        ),
        (
            [LoadedGraph("2016-10-12", "9.9", "d" * 64, 9)],
            r"as another kijun made it: 9\.9 \(dddddddd\), where this one is 0\.1\.0 \(",
        ),
    ],
)
def test_a_graph_of_another_version_or_day_is_refused(
    there: list[LoadedGraph], error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = LocalEndpoint()
    for one in there:
        endpoint.update(f"INSERT DATA {{ GRAPH <{LIST}> {{ {one.entry()} }} }}")
    monkeypatch.setattr(remote, "RemoteEndpoint", lambda _address: endpoint)
    with pytest.raises(Unanswered, match=error):
        opened(endpoint.address, GRAPH)


def test_a_listed_graph_that_is_gone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = LocalEndpoint()
    graph = GRAPH._replace(triples=9)
    endpoint.update(f"INSERT DATA {{ GRAPH <{LIST}> {{ {graph.entry()} }} }}")
    monkeypatch.setattr(remote, "RemoteEndpoint", lambda _address: endpoint)
    with pytest.raises(Unanswered, match=r"has lost .*, which it lists; load it again"):
        opened(endpoint.address, GRAPH)


def test_a_graph_that_is_replaced_meanwhile_gives_no_answer(
    loaded: LocalEndpoint, far: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "listed", lambda _endpoint: [])
    for ask in (lambda: far.norms(section="2"), lambda: far.sparql("ASK {}")):
        with pytest.raises(Unanswered, match="was replaced while it was asked; ask again"):
            ask()


# --- what stays on this machine -------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph.rdf,
        lambda graph: graph.store,
        lambda graph: graph.explain("総務省", "6(4)-2a"),
        lambda graph: graph.whatif(without="総務省"),
        lambda graph: graph.diff("総務省", "財務省"),
    ],
)
def test_what_needs_this_machines_graph_says_so(far: KnowledgeGraph, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput, match=r"works on the graph of this machine.*leave out endpoint="):
        ask(far)


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "総務省", "6(4)-2a"),
        ("whatif", "--without", "総務省"),
        ("diff", "総務省", "財務省"),
        ("export",),
        ("source", "attach", "FILE"),
        ("check",),
        ("serve",),
        ("load", "http://127.0.0.1:9/query"),
    ],
)
def test_commands_that_ask_no_endpoint_say_so_in_one_line(
    words: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    # Nothing listens there: the refusal comes before anybody is asked.
    status = main([*words, "--endpoint", "http://127.0.0.1:9/query"])
    out, err = capsysbinary.readouterr()
    assert (status, out) == (2, b"")
    assert err.decode().strip() == (
        f"kijun: kijun {words[0]} works on the graph of this machine, which is the same as there; "
        "leave out --endpoint"
    )


@pytest.mark.parametrize(
    ("address", "status", "error"),
    [
        ("http://me:word@127.0.0.1:9/query", 2, "holds a user name or password"),
        ("127.0.0.1:9", 2, "is none; write http"),
        ("http://127.0.0.1:9/query", 2, "cannot be asked"),
    ],
)
def test_a_bad_endpoint_is_one_line(
    address: str, status: int, error: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["norms", "--endpoint", address]) == status
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert error in err.decode()
    assert err.count(b"\n") == 1
    assert b"word@" not in err


def test_what_profiles_say_is_never_told_to_a_server(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    words = ["duties", "総務省", "--profile", "mine.xlsx", "--endpoint", "http://127.0.0.1:9/query"]
    assert main(words) == 2
    assert b"what profiles say works on the graph of this machine" in capsysbinary.readouterr().err
