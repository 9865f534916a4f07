"""How a party stands on a day: its entries in the registers in use, and who supervises whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Store

from kijun.dates import State
from kijun.engine import Engine
from kijun.names import Match
from kijun.terms import ID, NS, graph_iri
from kijun.validity import Validity

BODY, OFFICE = f"{ID}body/", f"{ID}office/"

CORPORATE = ("MidTermAgency", "NationalResearchAgency", "ExecutiveAgency", "DesignatedCorporation")
"""The classes under which a register enters a corporation."""

DERIVED = NamedNode(graph_iri("derived"))


class Graph(Protocol):
    """What is needed of an open knowledge graph (``kijun.knowledge.KnowledgeGraph`` has it)."""

    @property
    def day(self) -> date:
        """The day asked about."""

    @property
    def state(self) -> State | None:
        """The registers in use on that day."""

    @property
    def lang(self) -> str:
        """The language of labels and statements."""

    @property
    def engine(self) -> Engine:
        """What answers the questions of the catalogue."""

    @property
    def store(self) -> Store:
        """All layers of the graph."""

    @property
    def validity(self) -> Validity:
        """Whether the text was in force on the day."""

    def find(self, text: str, *, near: bool = True) -> Match:
        """Return what a name, 法人番号 or IRI means on the day."""

    def notes(self) -> list[str]:
        """Return what every answer begins by saying."""


class Standing:
    """The asserted facts of a graph, and the rows of its registers in use."""

    def __init__(self, graph: Graph) -> None:
        self.store = graph.store
        registers = graph.state.registers if graph.state else ()
        self.registers = {register.iri for register in registers}

    def quads(
        self, subject: NamedNode | None, name: str | None, value: NamedNode | None
    ) -> Iterator[Quad]:
        """Yield the asserted quads of a pattern; ``name`` is that of a property of kijun's."""
        predicate = None if name is None else NamedNode(NS + name)
        for quad in self.store.quads_for_pattern(subject, predicate, value, None):
            if quad.graph_name != DERIVED:
                yield quad

    def rows(self, name: str, party: str) -> list[NamedNode]:
        """Return the rows of the registers in use (entries, supervisions) that name a party.

        ``name`` is the property by which they do: ``entryOf``, ``supervised`` and so on.
        """
        found = {quad.subject for quad in self.quads(None, name, NamedNode(party))}
        return sorted(
            (node for node in found if isinstance(node, NamedNode) and self._in_use(node)),
            key=str,
        )

    def _in_use(self, row: NamedNode) -> bool:
        return any(
            isinstance(quad.object, NamedNode) and quad.object.value in self.registers
            for quad in self.quads(row, "register", None)
        )

    def values(self, node: NamedNode, name: str) -> list[str]:
        """Return the values of a property, sorted."""
        return sorted(
            quad.object.value
            for quad in self.quads(node, name, None)
            if isinstance(quad.object, (NamedNode, Literal))
        )

    def value(self, node: NamedNode, name: str) -> str | None:
        """Return the value of a property that has at most one."""
        return next(iter(self.values(node, name)), None)

    def classes(self, body: str) -> list[str]:
        """Return the classes under which the registers in use enter a body."""
        return [
            kind for row in self.rows("entryOf", body) for kind in self.values(row, "entryClass")
        ]
