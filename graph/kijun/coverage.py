"""What is covered: each concern of each party at each platform, and how much of it all.

A concern that one party holds for all is one item for its platform; any other is one item for each
party. An item is covered where no hole is on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kijun.boundary import Boundary, Hole
from kijun.profile_schema import TERMS
from kijun.situation import Situation
from kijun.terms import NS

STATUSES = {"covered": "済", "hole": "穴", "excluded": "除外", "other": "－"}
"""What a cell of the matrix is: covered, uncovered, left out of the scope, or not this party's."""

AGREEMENT = NS + "agreement"
DOCUMENT = NS + "comprehensiveDocument"


class Cell(NamedTuple):
    """How a party stands to a concern at a platform: what it says, and what is uncovered."""

    platform: str
    concern: str
    party: str
    status: str
    states: tuple[str, ...]
    holes: tuple[Hole, ...]


class Share(NamedTuple):
    """How many items there are, and how many of them are covered."""

    items: int
    covered: int

    @property
    def percent(self) -> int | None:
        """The share covered in whole percents, rounded down; None of nothing."""
        return 100 * self.covered // self.items if self.items else None


Item = tuple[str, str, str | None]
"""A platform, a concern and the party; None where one party holds the concern for all."""


class Coverage:
    """What is covered of one situation."""

    def __init__(self, boundary: Boundary, situation: Situation) -> None:
        self.boundary = boundary
        self.situation = situation
        self._states = _states(situation)
        self.items: dict[Item, list[Hole]] = {self._item(*one): [] for one in boundary.scope}
        for hole in boundary.holes:
            if hole.concern is not None:
                item = self._item(hole.system, hole.concern, hole.party)
                self.items[item].append(hole)
        self._holders: dict[tuple[str, str], set[str]] = defaultdict(set)
        for platform, concern, party in boundary.holders:
            self._holders[platform, concern].add(party)

    def _item(self, platform: str, concern: str, party: str | None) -> Item:
        return platform, concern, None if concern in self.boundary.single else party

    @property
    def concerns(self) -> list[str]:
        """All concerns in the order in which they are shown."""
        printed = [NS + term for term in TERMS["concerns"].values()]
        return list(dict.fromkeys([*printed, *(one.iri for one in self.situation.concerns)]))

    def cells(self, platform: str) -> Iterator[Cell]:
        """Yield the matrix of a platform, concern by concern and party by party."""
        whole = (*self.boundary.scope, *self.boundary.left_out)
        asked = {concern for one, concern, _ in whole if one == platform}
        for concern in self.concerns:
            if concern in asked:
                for party in self.boundary.parties[platform]:
                    yield self._cell(platform, concern, party)

    def _cell(self, platform: str, concern: str, party: str) -> Cell:
        states = tuple(self._states.get((platform, concern, party), ()))
        if (platform, concern, party) not in self.boundary.scope:
            return Cell(platform, concern, party, "excluded", states, ())
        holes = self.items[self._item(platform, concern, party)]
        holders = self._holders[platform, concern]
        own = [
            hole
            for hole in holes
            if hole.party in (None, party) and (hole.party or party in holders or not holders)
        ]
        idle = concern in self.boundary.single and party not in holders and not states
        status = "hole" if own else "other" if idle else "covered"
        return Cell(platform, concern, party, status, states, tuple(own))

    def of_platforms(self) -> Mapping[str, Share]:
        """Return how much is covered at each platform that is examined."""
        return {
            platform: self._share(item for item in self.items if item[0] == platform)
            for platform in self.boundary.examined
        }

    def of_parties(self) -> Mapping[str, Share]:
        """Return how much is covered of what each party has a part in, at all platforms."""
        parties = {party for found in self.boundary.parties.values() for party in found}
        return {
            party: self._share(
                item
                for item in self.items
                if item[2] == party or (item[2] is None and party in self._holders[item[:2]])
            )
            for party in parties
        }

    def whole(self) -> Share:
        """Return how much is covered of all."""
        return self._share(self.items)

    def _share(self, items: Iterable[Item]) -> Share:
        holes = [self.items[item] for item in items]
        return Share(len(holes), sum(not found for found in holes))


def beside(holes: Iterable[Hole]) -> int:
    """Return how many holes are on no item, and so leave every share as it is.

    Two parties without a contact are such a hole, or common rules that were not discussed.
    """
    return sum(hole.concern is None for hole in holes)


def _states(situation: Situation) -> Mapping[tuple[str, str, str], list[str]]:
    """Return what is said of each party and concern: a state, or a document made or agreed."""
    found: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for one in situation.allocations:
        found[one.platform, one.concern, one.party][one.state] = None
    platform_of = {document.iri: document.platform for document in situation.documents}
    for document in situation.documents:
        for maker in document.makers if document.kind == "comprehensive" else ():
            found[document.platform, DOCUMENT, maker]["made"] = None
            found[document.platform, AGREEMENT, maker]["made"] = None
    for agreement in situation.agreements:
        if agreement.agreed:
            found[platform_of[agreement.document], AGREEMENT, agreement.party]["agreed"] = None
    return {key: list(states) for key, states in found.items()}
