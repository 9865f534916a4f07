"""What could close a hole at a boundary: steps that somebody could take, on their meanings.

Which steps close a hole follows from the meanings of ``docs/decisions/0007``. Contacts join just
the two parties that have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kijun.boundary import Boundary, Hole, Scope
from kijun.coverage import AGREEMENT, DOCUMENT
from kijun.situation import Situation

STEPS = {
    "redeclare": "区分を正す",
    "restate": "層の管理者か利用機関を書き直す",
    "document": "文書をつくる",
    "lead": "主導者を決める",
    "allocate": "分担を決める",
    "provide": "提供する",
    "rename": "提供元を改める",
    "satisfy": "果たす",
    "evidence": "証拠を示す",
    "agree": "合意する",
    "consult": "協議する",
    "contact": "連絡窓口を設ける",
}
"""The kinds of steps, in the order in which they are shown."""


class Step(NamedTuple):
    """One thing that somebody could do; ``other`` is a party, a document or a state."""

    kind: str
    system: str
    who: str | None = None
    concern: str | None = None
    other: str | None = None


class Remedies:
    """The steps each of which closes holes of one boundary."""

    def __init__(self, boundary: Boundary, situation: Situation) -> None:
        self.boundary = boundary
        self.operators = {system.iri: system.operators for system in situation.systems}
        self.documents = situation.documents
        self.allocations = situation.allocations
        self.managers: dict[str, set[str]] = defaultdict(set)
        for layer in situation.layers:
            self.managers[layer.system].update(layer.managers)

    def of(self, hole: Hole) -> Iterator[Step]:
        """Yield the steps each of which closes a hole, the most obvious first."""
        system, concern, party = hole.system, hole.concern, hole.party
        parties = self.boundary.parties.get(system, {})
        match hole.kind:
            case "misclassified":
                # Neither declaration fits what several manage and nobody else uses.
                alone = hole.other in ("several_managers", "not_shared")
                several = len(self.managers[system]) > 1
                yield Step("restate" if alone and several else "redeclare", system)
            case "unallocated" if concern == DOCUMENT:
                yield from self._document(system)
            case "unallocated" if party is None:
                for one in parties:
                    yield Step("provide", system, one, concern)
            case "unallocated":
                yield Step("allocate", system, party, concern)
                yield Step("provide", system, party, concern)
            case "unmet":
                yield Step("satisfy", system, party, concern)
            case "unprovided" if hole.other == party:
                yield Step("rename", system, party, concern)
            case "unprovided" if hole.other is not None:
                yield Step("provide", system, hole.other, concern)
            case "unprovided":
                for one in parties:
                    if one != party:
                        yield Step("provide", system, one, concern)
                yield Step("rename", system, party, concern)
            case "doubly_owned":
                yield Step("lead", system, None, concern)
                if not self.assumed(system, concern):
                    for one in parties:
                        yield Step("provide", system, one, concern)
            case "unevidenced":
                yield Step("evidence", system, party, concern, hole.other)
            case "undocumented" if concern == DOCUMENT:
                yield from self._document(system)
            case "undocumented" if concern == AGREEMENT:
                yield from self._agreement(system, party)
            case "undocumented":
                yield Step("consult", system, party, None, hole.other)
                yield Step("agree", system, party, None, hole.other)
            case _:
                yield Step("contact", system, party, None, hole.other)

    def _agreement(self, system: str, party: str | None) -> Iterator[Step]:
        yield Step("agree", system, party)
        for document in self.documents:
            if document.platform == system:
                yield Step("agree", system, party, None, document.iri)
                if party in document.makers:
                    # Whoever made it agrees on it with whoever agrees on it.
                    for one in self.boundary.parties[system]:
                        if one != party:
                            yield Step("agree", system, one, None, document.iri)
        yield from self._document(system, party)

    def _document(self, system: str, maker: str | None = None) -> Iterator[Step]:
        """Yield who could make the comprehensive document: its maker needs no agreement."""
        holds = any(
            document.platform == system and document.kind == "comprehensive"
            for document in self.documents
        )
        if not holds:
            holders = self.among(self.boundary.holders, system, DOCUMENT)
            makers = self.operators[system] or tuple(self.boundary.parties.get(system, ()))
            for one in dict.fromkeys([*makers, *holders]):
                if maker in (None, one):
                    yield Step("document", system, one, DOCUMENT)
        elif maker is None:
            for one in self.boundary.parties.get(system, ()):
                yield Step("provide", system, one, DOCUMENT)

    def held(self, system: str) -> list[str]:
        """Return the concerns at a platform that one party is to hold."""
        asked = {concern for platform, concern, _ in self.boundary.scope if platform == system}
        return sorted(asked & self.boundary.single)

    @staticmethod
    def among(said: Iterable[Scope], system: str, concern: str | None) -> list[str]:
        """Return the parties of which something is said at one concern of a platform."""
        return sorted(who for *place, who in said if place == [system, concern])

    def assumed(self, system: str, concern: str | None) -> bool:
        """Say whether a party provides a concern, is responsible for it, or made the document."""
        parties = self.boundary.parties[system]
        stated = any(
            (one.platform, one.concern) == (system, concern)
            and one.party in parties
            and one.state in ("provided", "responsibility")
            for one in self.allocations
        )
        return stated or (
            concern == DOCUMENT
            and any(
                one.platform == system
                and one.kind == "comprehensive"
                and parties.keys() & one.makers
                for one in self.documents
            )
        )

    def holder(self, step: Step) -> str | None:
        """Return the party that a step makes a holder of its concern, if it makes one."""
        return self._single_party(step) if step.kind in ("provide", "document") else None

    def satisfier(self, step: Step) -> str | None:
        """Return the party that a step lets meet what one party holds."""
        return self._single_party(step) if step.kind == "rename" else None

    def _single_party(self, step: Step) -> str | None:
        single = step.concern in self.boundary.single
        return step.who if single and step.who in self.boundary.parties[step.system] else None
