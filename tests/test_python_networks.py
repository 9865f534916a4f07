"""The graph in Python as networks and as rdflib has it, never leaving the machine."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest

from kijun import graphs
from kijun.dataset import OfflineDataset, OfflineGraph
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph
from wide_screen import _wide

__all__ = ["_wide"]


# Networks


@pytest.mark.parametrize(
    ("kind", "level"), [(kind, level) for kind, has in graphs.NETWORKS.items() for level in has]
)
def test_a_network_is_labelled_and_every_attribute_is_plain(
    kg: KnowledgeGraph, kind: str, level: str
) -> None:
    graph = kg.network(kind, level)
    assert isinstance(graph, nx.MultiDiGraph)
    for node, attributes in graph.nodes(data=True):
        assert attributes["label"]
        assert attributes["iri"] == node
        assert attributes["kind"] in {
            *("body", "class", "office", "document", "norm", "section", "sentence"),
        }
    for _, _, attributes in graph.edges(data=True):
        assert {"label", "kind", "iri"} <= set(attributes)
        assert all(isinstance(value, (str, int, bool)) for value in attributes.values())
        cited = "sentence_iri" in attributes or "law" in attributes or "article" in attributes
        assert cited or attributes["kind"] in {"includes", "supervises"}
    nx.write_graphml(graph, io.BytesIO())
    json.dumps(nx.node_link_data(graph, edges="edges"))


def test_networks_hold_what_the_tables_hold(kg: KnowledgeGraph) -> None:
    assert kg.network("reporting").number_of_edges() == len(kg.reports(expand=True))
    assert kg.network("reporting", "class").number_of_edges() == len(kg.reports())
    assert kg.network("inheritance").number_of_edges() == len(kg.duties())
    told = {row["supervision_iri"] for row in kg.ask("supervision")}
    assert kg.network("supervision").number_of_edges() == len(told)
    drafting = kg.network("drafting")
    assert drafting.number_of_edges() == len(kg.ask("making-of-the-standards"))
    assert kg.network() is not kg.network(), "a graph of one's own each time"


def test_paths_of_the_network_are_the_routes(kg: KnowledgeGraph) -> None:
    graph = kg.network("reporting")
    incident = "https://w3id.org/kijun/ns#incident"
    fitting = graph.edge_subgraph(
        edge
        for edge in graph.edges(keys=True)
        if incident in graph.edges[edge].get("about_iri", "").split()
        and not graph.edges[edge]["reading"]
    )
    ends = (kg.find("情報通信研究機構").iri, kg.find("NISC").iri)
    paths = {
        tuple(key for *_, key in path)
        for path in nx.all_simple_edge_paths(fitting, *ends, cutoff=6)
    }
    routes = {
        tuple(leg["line_iri"] for leg in row["legs"]) for row in kg.route(*ends, about="incident")
    }
    assert paths
    assert paths <= routes


def test_obligations_come_down_through_classes(kg: KnowledgeGraph) -> None:
    graph = kg.network("inheritance", "class")
    by_label = {label: node for node, label in graph.nodes(data="label")}
    assert nx.has_path(graph, by_label["3(1)①-1a"], by_label["国立研究開発法人"])
    assert not nx.has_path(graph, by_label["6(4)-2a"], by_label["独立行政法人"])


def test_unknown_networks_and_levels_are_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="one of reporting, supervision"):
        kg.network("gossip")
    with pytest.raises(BadInput, match="it has class"):
        kg.network("drafting", "body")


# rdflib


def test_rdf_is_the_whole_graph(kg: KnowledgeGraph) -> None:
    assert isinstance(kg.rdf, OfflineDataset)
    assert kg.rdf is kg.rdf
    layers = [graph for graph in kg.rdf.graphs() if len(graph)]
    assert sum(map(len, layers)) == len(kg.store)
    assert all(isinstance(layer, OfflineGraph) for layer in layers)
    text = "SELECT ?n { ?n kijun:bearer ?b . ?b skos:prefLabel '府省庁'@ja } ORDER BY ?n"
    here = [str(row[0]) for row in kg.rdf.query(text)]  # type: ignore[index]
    assert here == [row["n"] for row in kg.sparql(text)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/hosts> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
    ],
)
def test_rdf_never_leaves_the_machine(kg: KnowledgeGraph, text: str) -> None:
    from rdflib.plugins.sparql import prepareQuery

    layer = next(graph for graph in kg.rdf.graphs() if len(graph))
    for graph in (kg.rdf, layer):
        with pytest.raises(BadInput):
            graph.query(text)
        with pytest.raises(BadInput, match="no SPARQL update"):
            graph.update(text)
        if text.startswith(("SELECT", "ASK")):
            with pytest.raises(BadInput, match="outside this graph"):
                graph.query(prepareQuery(text))
