"""What stands around a thing: the relations of the graph as edges, one step at a time.

One step costs as much as there are neighbours, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kijun.engine import Engine, ask
from kijun.norms import value
from kijun.relations import INCLUDES, INHERITS, Relation
from kijun.terms import NS, is_a
from kijun.things import is_thing


class Edge(NamedTuple):
    """One edge: its kind, its ends and the link that it was read from, as IRIs."""

    kind: str
    start: str
    end: str
    link: str


class Surroundings:
    """The edges at each thing of a graph.

    Register entries count where their register is in use on the day, inherited duties by their
    shortest path.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._wider, self._narrower = _inclusions(engine)

    def edges(self, iri: str, relation: Relation, *, forth: bool) -> list[Edge]:
        """Return the edges of a relation that start at a thing (or, not ``forth``, end there)."""
        if relation is INCLUDES:
            found = self._narrower if forth else self._wider
            pairs = [(iri, other) if forth else (other, iri) for other in found.get(iri, ())]
            return [Edge("includes", start, end, end) for start, end in sorted(pairs)]
        here, there = (relation.start, relation.end)[:: 1 if forth else -1]
        found_edges = {
            Edge(relation.kind, *((iri, other) if forth else (other, iri)), link.value)
            for link in self._follow(NamedNode(iri), _turned(here))
            if self._counts(relation, link)
            for other in (found.value for found in self._follow(link, there))
            if other != iri and is_thing(self._store, other)
        }
        return sorted(found_edges)

    def _follow(self, node: NamedNode, step: str) -> Iterator[NamedNode]:
        if not step:
            yield node
            return
        predicate = NamedNode(NS + step.removeprefix("^"))
        back = step.startswith("^")
        here, there = (None, node) if back else (node, None)
        for quad in self._store.quads_for_pattern(here, predicate, there, None):
            found = quad.subject if back else quad.object
            if isinstance(found, NamedNode):
                yield found

    def _counts(self, relation: Relation, link: NamedNode) -> bool:
        """Say whether a link is of the kind that its relation is read from."""
        if relation is INHERITS:
            return is_a("duty", link.value) and self._has(link, "rank", Literal(1))
        if "entryOf" in (relation.start, relation.end):
            registers = self._follow(link, "register")
            return any(self._has(register, "inUse", Literal(True)) for register in registers)
        return relation.link is None or is_a(relation.link, link.value)

    def _has(self, node: NamedNode, name: str, found: Literal) -> bool:
        return any(self._store.quads_for_pattern(node, NamedNode(NS + name), found, None))


def _turned(step: str) -> str:
    return step and (step[1:] if step.startswith("^") else f"^{step}")


def _inclusions(engine: Engine) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the next wider and the next narrower classes of each class."""
    above: dict[str, set[str]] = {}
    for row in ask(engine, "superclasses"):
        one, within = value(row, "class"), value(row, "within")
        if one != within and within.startswith(NS) and one.startswith(NS):
            above.setdefault(one, set()).add(within)
    wider = {
        one: {c for c in found if not any(c in above.get(d, ()) for d in found)}
        for one, found in above.items()
    }
    narrower: dict[str, set[str]] = {}
    for one, found in wider.items():
        for other in found:
            narrower.setdefault(other, set()).add(one)
    return wider, narrower
