"""The graph as the command line exports it, in whole and by layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from command_line import Run, run
from kijun import turtle
from kijun.terms import LAYERS, graph_iri

__all__ = ["run"]


def _plain(layers: Sequence[str]) -> rdflib.Graph:
    """Return layers of the graph as rdflib holds them."""
    from kijun.knowledge import open_graph

    store = open_graph().store
    triples = {
        quad.triple
        for layer in layers
        for quad in store.quads_for_pattern(
            None, None, None, pyoxigraph.NamedNode(graph_iri(layer))
        )
    }
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=data, format="nt")


def test_exported_turtle_is_canonical_and_the_same_graph(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "kijun.ttl"
    layers = ["--layer", "text", "--layer", "norms"]
    assert run("export", *layers, "-o", str(place)).status == 0
    text = place.read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# "))
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert turtle.canonical(read) == body
    assert len(read) > 2000
    assert set(read) == set(_plain(["text", "norms"]))
    assert run("export", *layers).data == place.read_bytes()


def test_an_export_holds_all_that_is_asserted(run: Run) -> None:
    read = rdflib.Graph().parse(data=run("export").data, format="turtle")
    wanted = _plain([layer for layer in LAYERS if layer != "derived"])
    assert len(read) == len(wanted)
    # Lists of OWL have blank nodes, whose names differ; everything else is the same.
    assert set(_named(read)) == set(_named(wanted))


def _named(graph: rdflib.Graph) -> list[tuple[rdflib.term.Node, ...]]:
    return [
        triple for triple in graph if not any(isinstance(term, rdflib.BNode) for term in triple)
    ]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_exported_json_ld_reads_back(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "kijun.jsonld"
    assert run("export", "--layer", "text", "--layer", "norms", "-o", str(place)).status == 0
    read = rdflib.Graph().parse(data=place.read_text(encoding="utf-8"), format="json-ld")
    assert isomorphic(read, _plain(["text", "norms"]))


def test_export_takes_its_format_from_the_option_or_the_ending(run: Run, tmp_path: Path) -> None:
    for name, form in (("a.jsonld", "{["), ("a.json", "{["), ("a.ttl", "#"), ("a", "#")):
        assert run("export", "--layer", "text", "-o", str(tmp_path / name)).status == 0
        assert (tmp_path / name).read_text(encoding="utf-8")[0] in form
    assert run("export", "--layer", "text", "--format", "jsonld").text[0] in "[{"


def test_one_layer_holds_nothing_of_another(run: Run) -> None:
    text = run("export", "--layer", "text").text
    assert "kijun:Sentence" in text
    assert "kijun:operativePhrase" not in text
    assert "kijun:InheritedDuty" not in run("export", "--layer", "norms").text
