"""Loading onto an endpoint: whole or not at all, gone on with, and checked by the server."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kijun import loading
from kijun.dates import DEFAULT_DAY, state_at
from kijun.loaded import LIST, LoadedGraph, listed
from kijun.loading import BEGUN, Sum, batches, load, triples, withdraw
from kijun.remote_refusals import Unanswered
from kijun.terms import LAYERS, XSD, graph_iri
from local_endpoint import LocalEndpoint

GRAPH = LoadedGraph("2016-10-12", "1.0", "a" * 64)
NEWER = LoadedGraph("2016-10-12", "1.1", "b" * 64)
OTHER_DAY = LoadedGraph("2026-04-01", "1.0", "c" * 64)
NUMBER = 250


def quad(subject: str, value: object, layer: str = "bodies") -> Quad:
    return Quad(
        NamedNode(f"urn:s:{subject}"),
        NamedNode("urn:p"),
        value if isinstance(value, (NamedNode, BlankNode, Literal)) else Literal(str(value)),
        NamedNode(graph_iri(layer)),
    )


@pytest.fixture
def store() -> Store:
    made = Store()
    made.extend(quad(str(number), number) for number in range(NUMBER))
    return made


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 20)


def test_a_graph_is_listed_only_when_it_is_whole(store: Store) -> None:
    there = LocalEndpoint()
    done = load(there, GRAPH, store)
    assert (done.sent, done.graph.triples, done.removed) == (NUMBER, NUMBER, ())
    assert listed(there) == [GRAPH._replace(triples=NUMBER)]
    assert there.sizes() == {GRAPH.iri: NUMBER, LIST: 4}
    assert there.kinds() == [
        "INSERT begun",
        *["INSERT aaaaaaaaaaaaaaaa"] * 13,
        "INSERT loaded",
        "DELETE begun",
    ]
    # The server's own sum stands between the last batch and the entry on the list.
    assert "MD5" in there.selected[2]


def test_a_graph_that_is_there_is_checked_and_not_sent_again(store: Store) -> None:
    there = LocalEndpoint()
    load(there, GRAPH, store)
    told: list[tuple[int, int]] = []
    again = load(there, GRAPH, store, progress=lambda *numbers: told.append(numbers))
    assert again.sent == 0
    assert told == [(NUMBER, NUMBER)]


@pytest.mark.parametrize("stopped_at", range(1, 15))
def test_a_load_that_was_stopped_is_invisible_and_goes_on(store: Store, stopped_at: int) -> None:
    there = LocalEndpoint()
    there.updates_left = stopped_at
    with pytest.raises(KeyboardInterrupt):
        load(there, GRAPH, store)
    assert listed(there) == []
    sent_before = there.sizes().get(GRAPH.iri, 0)
    there.updates_left = 1_000
    done = load(there, GRAPH, store)
    assert listed(there) == [GRAPH._replace(triples=NUMBER)]
    # The last batch before the stop is sent twice, and no more than that.
    assert done.sent == NUMBER - max(sent_before - 20, 0)
    assert there.sizes() == {GRAPH.iri: NUMBER, LIST: 4}


def test_progress_never_goes_back_and_ends_at_the_whole(store: Store) -> None:
    there = LocalEndpoint()
    told: list[tuple[int, int]] = []
    load(there, GRAPH, store, progress=lambda *numbers: told.append(numbers))
    assert told == sorted(told)
    assert {whole for _, whole in told} == {NUMBER}
    assert told[-1][0] == NUMBER


def changed(there: LocalEndpoint, name: str) -> None:
    """Change one triple of a graph, so that its number stays."""
    graph = NamedNode(name)
    one = next(iter(there.store.quads_for_pattern(None, None, None, graph)))
    there.store.remove(one)
    there.store.add(Quad(one.subject, one.predicate, Literal("another"), graph))


def test_a_listed_graph_that_was_tampered_with_is_loaded_again(store: Store) -> None:
    there = LocalEndpoint()
    load(there, GRAPH, store)
    changed(there, GRAPH.iri)
    assert load(there, GRAPH, store).sent == NUMBER
    assert load(there, GRAPH, store).sent == 0


def test_what_is_wrong_in_a_stopped_load_is_found_dropped_and_not_listed(store: Store) -> None:
    there = LocalEndpoint()
    there.updates_left = 6
    with pytest.raises(KeyboardInterrupt):
        load(there, GRAPH, store)
    changed(there, GRAPH.iri)
    there.updates_left = 1_000
    with pytest.raises(Unanswered, match=r"251 triples that sum up to|250 triples that sum up to"):
        load(there, GRAPH, store)
    assert listed(there) == []
    assert there.sizes() == {}
    assert load(there, GRAPH, store).sent == NUMBER


def test_more_than_was_sent_is_not_gone_on_with(store: Store) -> None:
    there = LocalEndpoint()
    stray = NamedNode(GRAPH.iri)
    there.store.extend(
        Quad(NamedNode(f"urn:x:{number}"), NamedNode("urn:p"), Literal("x"), stray)
        for number in range(NUMBER + 1)
    )
    load(there, GRAPH, store)
    assert there.sizes()[GRAPH.iri] == NUMBER


def test_the_new_version_takes_the_place_of_the_old_one_when_it_is_whole(store: Store) -> None:
    there = LocalEndpoint()
    load(there, GRAPH, store)
    load(there, OTHER_DAY, store)
    there.done.clear()
    done = load(there, NEWER, store)
    assert [one.iri for one in done.removed] == [GRAPH.iri]
    assert {one.iri for one in listed(there)} == {NEWER.iri, OTHER_DAY.iri}
    assert GRAPH.iri not in there.sizes()
    texts = there.done
    entered = next(i for i, text in enumerate(texts) if "INSERT" in text and f"<{LIST}>" in text)
    left = next(i for i, text in enumerate(texts) if "DELETE" in text and GRAPH.iri in text)
    dropped = texts.index(f"DROP SILENT GRAPH <{GRAPH.iri}>")
    assert entered < left < dropped


def test_older_versions_stay_where_that_is_asked(store: Store) -> None:
    there = LocalEndpoint()
    load(there, GRAPH, store)
    assert load(there, NEWER, store, keep=True).removed == ()
    assert [one.iri for one in listed(there)] == [GRAPH.iri, NEWER.iri]


def test_what_a_stopped_load_of_another_version_left_is_cleared_away(store: Store) -> None:
    there = LocalEndpoint()
    there.updates_left = 5
    with pytest.raises(KeyboardInterrupt):
        load(there, GRAPH, store)
    there.updates_left = 1_000
    assert [one.iri for one in load(there, NEWER, store).removed] == [GRAPH.iri]
    assert there.sizes() == {NEWER.iri: NUMBER, LIST: 4}
    assert BEGUN not in there.sizes()


def test_a_graph_leaves_the_list_before_it_is_dropped(store: Store) -> None:
    there = LocalEndpoint()
    graph = load(there, GRAPH, store).graph
    there.updates_left = 1
    with pytest.raises(KeyboardInterrupt):
        withdraw(there, [graph])
    assert listed(there) == []
    assert there.sizes()[GRAPH.iri] == NUMBER


def test_a_list_that_others_wrote_on_is_refused(store: Store) -> None:
    there = LocalEndpoint()
    load(there, GRAPH, store)
    there.store.update(
        f'DELETE {{ GRAPH <{LIST}> {{ ?s ?p "a{"a" * 63}" }} }} '
        f'INSERT {{ GRAPH <{LIST}> {{ ?s ?p "ffff" }} }} WHERE {{ GRAPH <{LIST}> '
        f'{{ ?s ?p "a{"a" * 63}" }} }}'
    )
    with pytest.raises(Unanswered, match="is not as kijun writes it; drop that graph"):
        listed(there)


# --- what is sent ---------------------------------------------------------------------------------


def test_the_union_holds_each_triple_once_and_no_blank_node() -> None:
    store = Store()
    store.extend([quad("a", 1, "terms"), quad("a", 1, "derived"), quad("b", 2, "derived")])
    inner = BlankNode()
    store.extend(
        [
            quad("c", inner, "terms"),
            Quad(inner, NamedNode("urn:q"), Literal("x"), NamedNode(graph_iri("terms"))),
        ]
    )
    found = list(triples(store))
    assert len(found) == len(set(found)) == 4
    named = next(value.value for subject, _, value in found if subject == "urn:s:c")
    assert named.startswith(f"{LIST}/node/")
    assert (named, "urn:q", Literal("x")) in found


def test_blank_nodes_get_the_same_names_each_time(kg) -> None:  # type: ignore[no-untyped-def]
    again = Store()
    again.bulk_extend(kg.store)
    assert list(triples(kg.store)) == list(triples(kg.store))
    assert set(triples(again)) == set(triples(kg.store))


def test_batches_are_bounded_in_number_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BYTES", 100)
    lines = ["x" * 9 + "\n"] * 45 + ["y" * 500 + "\n"] + ["z\n"] * 3
    made = list(batches(lines))
    assert [line for batch in made for line in batch] == lines
    assert all(len(batch) <= 20 for batch in made)
    assert all(sum(map(len, batch)) <= 100 or len(batch) == 1 for batch in made)


VALUES = [
    Literal("府省庁", language="ja"),
    Literal("府省庁", language="en"),
    Literal("府省庁"),
    Literal(""),
    Literal("".join(map(chr, range(32, 127)))),
    Literal('a "quoted" \\ line\nand a tab\t'),
    Literal("𠮷野家 😀 ﾊﾝｶｸ"),
    Literal(True),
    Literal(False),
    Literal("2016-10-12", datatype=NamedNode(XSD + "date")),
    Literal(42),
    NamedNode("https://example.org/a?b=c&d=e%20f#g"),
]


def test_the_servers_sum_is_ours_whatever_the_triples_hold() -> None:
    store = Store()
    store.extend(quad(str(place), value) for place, value in enumerate(VALUES))
    there = LocalEndpoint()
    load(there, GRAPH, store)
    assert loading._found(there, GRAPH) == Sum.of(triples(store))


@pytest.mark.parametrize("place", range(len(VALUES)))
def test_each_difference_changes_the_sum(place: int) -> None:
    def summed(values: list[object]) -> Sum:
        return Sum.of((f"urn:s:{i}", "urn:p", value) for i, value in enumerate(values))  # type: ignore[misc]

    whole = summed(list(VALUES))
    assert summed([*VALUES[:place], Literal("x"), *VALUES[place + 1 :]]).hashes != whole.hashes
    assert summed([*VALUES[:place], *VALUES[place + 1 :]]).number == whole.number - 1


def test_an_empty_graph_sums_up_to_nothing() -> None:
    assert loading._found(LocalEndpoint(), GRAPH) == Sum()


def test_the_graph_of_this_version_is_named_by_state_and_content() -> None:
    state = state_at(DEFAULT_DAY)
    graph = LoadedGraph.of(state)
    assert graph.iri.startswith(f"{LIST}/2016-10-12/")
    assert LoadedGraph.of(state) == graph
    assert LoadedGraph.of(None).key == "none"
    assert LoadedGraph.of(None).made_from != graph.made_from


def test_all_layers_are_sent() -> None:
    store = Store()
    store.extend(quad(layer, layer, layer) for layer in LAYERS)
    assert {subject for subject, _, _ in triples(store)} == {f"urn:s:{layer}" for layer in LAYERS}
