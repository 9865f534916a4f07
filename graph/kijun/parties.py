"""The parties of pictures: what kind of mark each is, and what a picture needs to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from kijun import lookup
from kijun.engine import Engine
from kijun.names import Match
from kijun.picture import Facts, Mark
from kijun.table import Table
from kijun.terms import ID, NS

if TYPE_CHECKING:
    import networkx

KIND_OF_CLASS = {
    "Ministry": "ministry",
    "MidTermAgency": "corporation",
    "NationalResearchAgency": "corporation",
    "ExecutiveAgency": "corporation",
    "DesignatedCorporation": "designated",
}
"""The kind of mark of the bodies of each class."""

LEVELS = {
    **dict.fromkeys(("corporation", "designated", "post/executive"), 0),
    **dict.fromkeys(("ministry", "post/manager"), 1),
    **dict.fromkeys(("Corporation", "IncorporatedAdministrativeAgency"), 0),
    **dict.fromkeys(("DesignatedCorporation", "Executive", "RelevantUnit"), 0),
    **dict.fromkeys(("Ministry", "SupervisingMinistry", "CompetentMinister", "Manager"), 1),
    **dict.fromkeys(("GovernmentBody", "PlatformManagingAgency", "PlatformOperator"), 1),
    "office": 2,
}
"""How near to the centre of government a party stands; the others (the public) stand beyond."""

BEYOND = 3


class Answers(Protocol):
    """What is needed of an open knowledge graph (``kijun.knowledge.KnowledgeGraph`` has it)."""

    @property
    def lang(self) -> str:
        """The language of labels and statements."""

    @property
    def engine(self) -> Engine:
        """What answers the questions of the catalogue."""

    def find(self, text: str) -> Match:
        """Return what a name means."""

    def ask(self, name: str, **values: str) -> Table:
        """Answer a question of the catalogue."""

    def norms(self, section: str | None = None, bearer: str | None = None) -> Table:
        """Return the norms of the guideline."""

    def network(self, kind: str = "reporting", level: str | None = None) -> networkx.MultiDiGraph:
        """Return a relation as a networkx graph."""

    def duties(
        self,
        body: str | None = None,
        *,
        members_of: str | None = None,
        route: str | None = None,
        all_paths: bool = False,
    ) -> Table:
        """Return what a body bears."""

    def reports(
        self,
        sender: str | None = None,
        receiver: str | None = None,
        about: str | None = None,
        *,
        expand: bool = False,
    ) -> Table:
        """Return who must tell whom."""

    def route(self, sender: str, receiver: str, about: str | None = None) -> Table:
        """Return every route between two parties."""


class Parties:
    """The kinds and levels of parties, by IRI."""

    def __init__(self, engine: Engine) -> None:
        self._kinds = {
            body: kind
            for name, kind in KIND_OF_CLASS.items()
            for body in lookup.members(engine, NS + name)
        }
        self.homes: Mapping[str, str] = lookup.homes(engine)

    def kind(self, iri: str) -> str:
        """Return the kind of a party's mark, a key of :data:`kijun.legend.MARKS`."""
        return self._kinds.get(iri, "class" if iri.startswith(NS) else "office")

    def level(self, iri: str) -> int:
        """Return how near to the centre a party stands, from 0 to :data:`BEYOND`."""
        if iri.startswith(f"{ID}post/"):
            return LEVELS["post/" + iri.rpartition("/")[2]]
        kind = self.kind(iri)
        return LEVELS.get(iri.removeprefix(NS) if kind == "class" else kind, BEYOND)

    def mark(self, iri: str, label: str, *, rank: int = 0, facts: Facts = ()) -> Mark:
        """Return a party's mark."""
        return Mark(iri, label, self.kind(iri), rank, facts)
