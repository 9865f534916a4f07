"""A situation whose statements know where they were written, for judges that only see statements.

Each place of a user's files is a named graph of its own, so that whoever finds a contradiction can
name the file, the sheet and the row of each statement that takes part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kijun.profile import Place
from kijun.resolution import Resolved
from kijun.situation import Situation
from kijun.terms import NS

GIVEN = "urn:kijun:given:"
"""What the IRIs of graphs begin with that stand for a user's file or a place in it."""


class Sourced(NamedTuple):
    """The quads of a situation, and what the place that each graph stands for is called."""

    quads: tuple[Quad, ...]
    names: Mapping[str, str]


def sourced(found: Situation, lang: str) -> Sourced:
    """Return a situation's statements with their places; what no row states has no place."""
    nodes = {row.node: row.place for row in reversed(found.rows) if row.node is not None}
    pairs = _pairs(found.rows)
    graphs: dict[Place, NamedNode] = {}
    quads = []
    for quad in found.quads():
        ends = tuple(str(getattr(end, "value", end)) for end in quad[:3])
        place = pairs.get(ends) or next(
            (nodes[node] for end in (ends[0], ends[2]) for node in _above(end) if node in nodes),
            None,
        )
        if place is None:
            quads.append(quad)
        else:
            graph = graphs.setdefault(place, NamedNode(f"{GIVEN}{len(graphs) + 1}"))
            quads.append(Quad(quad.subject, quad.predicate, quad.object, graph))
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
