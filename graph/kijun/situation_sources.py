"""A situation whose statements know where they were written, for judges that only see statements.

Each place of a user's files is a named graph of its own, so that whoever finds a contradiction can
name the file, the sheet and the row of each statement that takes part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kijun.profile import Place
from kijun.resolution import Resolved
from kijun.situation import Situation
from kijun.situation_graph import REGISTER
from kijun.terms import NS, RDF, graph_iri

_TYPE = NamedNode(RDF + "type")
_IN_USE = Quad(
    NamedNode(REGISTER), NamedNode(NS + "inUse"), Literal(True), NamedNode(graph_iri("derived"))
)

GIVEN = "urn:kijun:given:"
"""What the IRIs of graphs begin with that stand for a user's file or a place in it."""


class Sourced(NamedTuple):
    """The quads of a situation, and what the place that each graph stands for is called."""

    quads: tuple[Quad, ...]
    names: Mapping[str, str]


def sourced(found: Situation, lang: str) -> Sourced:
    """Return a situation's statements with their places; what no row states has no place.

    A body is of the class that its row states, and the register of added bodies is in use.
    """
    nodes = {row.node: row.place for row in reversed(found.rows) if row.node is not None}
    pairs = _pairs(found.rows)
    graphs: dict[Place, NamedNode] = {}

    def placed(quad: Quad, place: Place | None) -> Quad:
        if place is None:
            return quad
        graph = graphs.setdefault(place, NamedNode(f"{GIVEN}{len(graphs) + 1}"))
        return Quad(quad.subject, quad.predicate, quad.object, graph)

    quads = [_IN_USE]
    for quad in found.quads():
        told = (quad.subject, quad.predicate, quad.object)
        ends = tuple(str(getattr(end, "value", end)) for end in told)
        above = (nodes[node] for end in (ends[0], ends[2]) for node in _above(end) if node in nodes)
        quads.append(placed(quad, pairs.get(ends) or next(above, None)))
    for row in found.rows:
        if row.table.key == "bodies":
            kind = Quad(NamedNode(str(row.node)), _TYPE, NamedNode(row.the("class")))
            quads.append(placed(kind, row.place))
    return Sourced(tuple(quads), {graph.value: at.words(lang) for at, graph in graphs.items()})


def _pairs(rows: Iterable[Resolved]) -> dict[tuple[str, ...], Place]:
    """Return where the rows stand that make one statement between two things."""
    found: dict[tuple[str, ...], Place] = {}
    for row in rows:
        if row.node is None:
            first, second = row.table.columns
            found[row.the(first.key), NS + first.relation, row.the(second.key)] = row.place
    return found


def _above(iri: str) -> tuple[str, str]:
    """Return a node and the one of which it is a part: an entry belongs to its body."""
    return iri, iri.rpartition("/")[0]
