"""Answers to users' queries: terms, truth, triples; the default graph; queries at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pyoxigraph
import pytest

from asked_snapshots import in_memory, on_disk, snapshot
from kijun.errors import KijunError
from kijun.sparql import Result, ask_sparql
from kijun.store import Snapshot
from kijun.terms import ID, NS, graph_iri

__all__ = ["in_memory", "on_disk", "snapshot"]


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
