"""The graph as a file: canonical Turtle, or JSON-LD with the project's prefixes as context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kijun.delivery import to_file, to_stream
from kijun.errors import BadInput
from kijun.lines import visible
from kijun.terms import LAYERS, PREFIXES, graph_iri

if TYPE_CHECKING:
    from kijun.knowledge import KnowledgeGraph

FORMATS = ("turtle", "jsonld")
ASSERTED = tuple(layer for layer in LAYERS if layer != "derived")


def write_export(
    graph: KnowledgeGraph, form: str, output: str | None, layers: Sequence[str] | None
) -> None:
    """Write layers of the graph (all asserted ones unless told otherwise) to a file or stdout.

    Raises:
        BadInput: no such format or layer, or a place that cannot be written.
    """
    if form not in FORMATS:
        raise BadInput(f'export has no format "{form}"; choose one of {", ".join(FORMATS)}')
    for layer in layers or ():
        if layer not in LAYERS:
            raise BadInput(f'no layer is called "{layer}"; choose from {", ".join(LAYERS)}')
    data = export_bytes(graph, form, tuple(layers or ASSERTED))
    if output is not None and output != "-":
        to_file(data, output)
    else:
        to_stream(data, None)


def export_bytes(graph: KnowledgeGraph, form: str, layers: Sequence[str]) -> bytes:
    """Return layers of the graph in one format, the same bytes for the same graph."""
    triples = {
        quad.triple
        for layer in layers
        for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(graph_iri(layer)))
    }
    if form == "jsonld":
        return _jsonld(triples)
    import rdflib

    from kijun.turtle import canonical

    plain = rdflib.Graph()
    plain.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    said = "".join(f"# {line}\n" for note in graph.notes() for line in visible(note).splitlines())
    return (said + canonical(plain)).encode()


def _jsonld(triples: set[Triple]) -> bytes:
    data = serialize(sorted(triples, key=str), format=RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
    return data or b""
