"""The graph at which the shapes look: a situation with what it takes to judge it.

Beside what profiles say, that is every class of whatever they name, and the norms that bodies bear.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Store

from kijun.situation import Situation
from kijun.terms import ID, NS, RDF

_TYPE = NamedNode(RDF + "type")
_BODY, _NORM, _WITHIN, _STATED = (
    NamedNode(NS + name) for name in ("body", "norm", "within", "statedClass")
)
_OF_PLATFORMS = f"{ID}norm/6-3-"
_OF_OPERATORS = f"{ID}norm/6-3-6"


def shape_graph(found: Situation, store: Store) -> Iterator[Quad]:
    """Yield the quads at which shapes look; ``store`` is the graph of the day."""
    beside = _Beside(found, store)
    yield from beside.quads
    yield from beside.classes()
    yield from beside.duties()


class _Beside:
    """What shapes need to know beside the situation."""

    def __init__(self, found: Situation, store: Store) -> None:
        self.found = found
        self.store = store
        self.quads = list(found.quads())

    def classes(self) -> Iterator[Quad]:
        """Yield every class of each thing that the situation names, superclasses included."""
        named = {
            node
            for quad in self.quads
            for node in (quad.subject, quad.object)
            if isinstance(node, NamedNode)
        }
        own = ((q.subject, q.object) for q in self.quads if q.predicate in (_TYPE, _STATED))
        theirs = (
            (node, quad.object)
            for node in named
            for quad in self.store.quads_for_pattern(node, _TYPE, None, None)
        )
        things: dict[NamedNode, set[NamedNode]] = {}
        for thing, kind in (*own, *theirs):
            if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
                things.setdefault(kind, set()).add(thing)
        for kind, found in things.items():
            for wide in self._within(kind):
                for thing in found:
                    yield Quad(thing, _TYPE, wide)

    def _within(self, kind: NamedNode) -> set[NamedNode]:
        wider = self.store.quads_for_pattern(kind, _WITHIN, None, None)
        return {kind, *(quad.object for quad in wider if isinstance(quad.object, NamedNode))}

    def duties(self) -> Iterator[Quad]:
        """Yield which norms the bodies that inspected themselves bear.

        What follows from a platform is in no snapshot, so a party to one bears all of 6(3) here,
        but for what is the operator's alone; and a body that a profile adds bears what any body of
        its class does, as only the derivation of the whole situation could tell more exactly.
        """
        kinds = {body.iri: body.kind for body in self.found.bodies}
        operators, parties = self._parties()
        for body in {one.body for one in self.found.evidence}:
            norms = set(self._borne(body))
            if body in kinds:
                for peer in self.store.quads_for_pattern(None, _TYPE, NamedNode(kinds[body]), None):
                    norms.update(self._borne(str(getattr(peer.subject, "value", ""))))
            if body in parties:
                norms.update(
                    one.norm
                    for one in self.found.evidence
                    if one.norm.startswith(_OF_PLATFORMS)
                    and (body in operators or not one.norm.startswith(_OF_OPERATORS))
                )
            duty = NamedNode(f"{body}/duties")
            yield Quad(duty, _BODY, NamedNode(body))
            for norm in norms:
                yield Quad(duty, _NORM, NamedNode(norm))

    def _borne(self, body: str) -> Iterator[str]:
        for duty in self.store.quads_for_pattern(None, _BODY, NamedNode(body), None):
            for one in self.store.quads_for_pattern(duty.subject, _NORM, None, None):
                if isinstance(one.object, NamedNode):
                    yield one.object.value

    def _parties(self) -> tuple[set[str], set[str]]:
        """Return who operates a platform, and who is party to one."""
        shared = {one.iri for one in self.found.systems if one.shared}
        connected = {one.system for one in self.found.connections if one.platform in shared}
        operators = {
            body for one in self.found.systems if one.iri in shared for body in one.operators
        }
        managers = {
            body
            for one in self.found.systems
            if one.iri in shared | connected
            for body in one.managers
        }
        layered = {
            body for one in self.found.layers if one.system in shared for body in one.managers
        }
        return operators, operators | managers | layered
