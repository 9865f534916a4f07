"""The graph as a file: canonical Turtle, or JSON-LD with the context of kijun in it.

Read back, both give the triples that were written. Layers are merged, as neither format has a
place for them; ``--layer`` writes them one by one. The notes stand on top, in Turtle as comments,
in JSON-LD under a key that says nothing about the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Store

from kijun.delivery import to_file, to_stream
from kijun.errors import BadInput
from kijun.formats import agreed
from kijun.lines import visible
from kijun.saying import listing, worded
from kijun.terms import LAYERS, graph_iri

FORMATS = ("turtle", "jsonld")
_JSONLD = {".jsonld": "jsonld", ".json": "jsonld"}
ASSERTED = tuple(layer for layer in LAYERS if layer != "derived")


class Exportable(Protocol):
    """What is exported: a store with a named graph for each layer, and what to say first."""

    @property
    def store(self) -> Store:
        """The store."""
        ...

    def notes(self) -> list[str]:
        """Return the sentences that stand on top."""
        ...


def form_for(output: str | None, given: str | None = None) -> str:
    """Return the format asked for: the one given, else by the file's ending, else Turtle.

    Raises:
        BadInput: the file's ending is that of another format than the one given.

    >>> form_for("kijun.jsonld"), form_for("kijun.json"), form_for("-")
    ('jsonld', 'jsonld', 'turtle')
    """
    if given is not None:
        return agreed(output, _known(given), _JSONLD)
    ending = Path(output or "").suffix.lower()
    return _JSONLD.get(ending, "turtle")


def _known(form: str) -> str:
    if form not in FORMATS:
        raise BadInput(
            worded(
                'export has no format "{form}"; choose one of {formats}',
                form=visible(form),
                formats=listing(FORMATS),
            )
        )
    return form


def write_export(
    graph: Exportable, form: str, output: str | None, layers: Sequence[str] | None
) -> None:
    """Write layers of the graph (all asserted ones unless told otherwise) to a file or stdout.

    Raises:
        BadInput: no such format or layer, or a place that cannot be written.
    """
    _known(form)
    for layer in layers or ():
        if layer not in LAYERS:
            raise BadInput(
                worded(
                    'no layer is called "{layer}"; choose from {layers}',
                    layer=layer,
                    layers=listing(LAYERS),
                )
            )
    data = export_bytes(graph, form, tuple(layers or ASSERTED))
    if output is not None and output != "-":
        to_file(data, output)
    else:
        to_stream(data, None)


def export_bytes(graph: Exportable, form: str, layers: Sequence[str]) -> bytes:
    """Return layers of the graph in one format, the same bytes for the same graph."""
    triples = {
        quad.triple
        for layer in layers
        for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(graph_iri(layer)))
    }
    if form == "jsonld":
        from kijun.jsonld import document

        return document(triples, graph.notes())
    from kijun.dataset import graph_of
    from kijun.turtle import canonical

    said = "".join(f"# {line}\n" for note in graph.notes() for line in visible(note).splitlines())
    return (said + canonical(graph_of(triples))).encode()
