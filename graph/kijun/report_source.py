"""What a report needs of an open knowledge graph (``kijun.knowledge.KnowledgeGraph`` has it)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kijun.boundary import Boundary
    from kijun.declarations import About
    from kijun.names import Match
    from kijun.situation import Situation
    from kijun.table import Table


class Stored(Protocol):
    """A graph that lies in a store."""

    @property
    def store(self) -> Store:
        """The store."""


class Reportable(Protocol):
    """A graph about which a report can be written."""

    @property
    def lang(self) -> str:
        """The language of the report."""

    @property
    def day(self) -> date:
        """The day that was asked about."""

    @property
    def plain(self) -> Stored:
        """The graph without what profiles add."""

    @property
    def profiles(self) -> tuple[About, ...]:
        """What the open profiles say of themselves."""

    @property
    def situation(self) -> Situation | None:
        """What they say together."""

    @property
    def boundary(self) -> Boundary:
        """What the rules say of the boundaries."""

    def find(self, text: str, *, near: bool = True) -> Match:
        """Return what a name means."""

    def norms(self, section: str | None = None, bearer: str | None = None) -> Table:
        """Return the norms of the guideline."""

    def duties(self, body: str | None = None) -> Table:
        """Return the duties of a body."""

    def reports(self, sender: str | None = None, receiver: str | None = None) -> Table:
        """Return the direct lines."""

    def matrix(self) -> Table:
        """Return the matrix of each platform."""

    def gaps(self) -> Table:
        """Return the holes."""

    def notes(self) -> list[str]:
        """Return what every answer begins with."""
