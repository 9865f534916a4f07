"""What is said of boundaries besides their holes, in plain Python from ``docs/decisions/0007``.

It is what the rules of ``boundaries.lp`` are held to in ``boundary_mutations.py``; it knows the
situation and nothing that the rules make of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from kijun.boundary import Boundary, Role
from kijun.profile_schema import TERMS
from kijun.situation import Situation
from kijun.terms import NS

Triple = tuple[str, str, str]

PRINTED = [NS + term for term in TERMS["concerns"].values()]
DOCUMENT, AGREEMENT = NS + "comprehensiveDocument", NS + "agreement"
PRINTED_SINGLE = {NS + "responsibilityBoundary", DOCUMENT}


class Plain:
    """What is said of the boundaries of a situation, by the names that :class:`Boundary` has.

    ``unbound`` are bodies that are no government bodies.
    """

    def __init__(self, said: Situation, unbound: Collection[str] = ()) -> None:
        self.said = said
        self.unbound = unbound
        self.managers: dict[str, set[str]] = defaultdict(set)
        for layer in said.layers:
            self.managers[layer.system].update(layer.managers)
        operators = {system.iri: set(system.operators) for system in said.systems}
        self.common = {use.system for use in said.uses if use.body not in operators[use.system]}
        self.examined = {
            system.iri
            for system in said.systems
            if system.shared and system.iri in self.common and len(self.managers[system.iri]) != 1
        }
        self.unlayered = {one for one in self.examined if not self.managers[one]}
        self.carved_out = {
            system.iri
            for system in said.systems
            if not system.shared
            and system.iri in self.common
            and len(self.managers[system.iri]) == 1
        }
        self.parties = {platform: self._roles(platform) for platform in self.examined}
        self.users = {
            (use.system, use.body)
            for use in said.uses
            if use.system in self.examined and use.body not in self.parties[use.system]
        }
        self.single = PRINTED_SINGLE | {one.iri for one in said.concerns if one.single}
        asked = set(self._asked())
        self.outside = {
            (platform, party)
            for platform, parties in self.parties.items()
            for party in parties
            if any(
                one.platform == platform and one.concern is None and one.party in (None, party)
                for one in said.exclusions
            )
        }
        self.left_out = {one for one in asked if self._excluded(*one)}
        self.scope = asked - self.left_out
        self.holders = set(self._holders())
        self.leaders = {
            (one.platform, one.concern, one.party) for one in said.allocations if one.leads
        } & self.holders
        self.displaced = {
            (document.iri, party, concern)
            for document in said.documents
            if document.kind == "common-rules"
            and operators[document.platform].intersection(document.makers)
            for platform, concern, party in self.scope
            if platform == document.platform and (not document.scope or concern in document.scope)
        }

    def _roles(self, platform: str) -> dict[str, set[Role]]:
        found: dict[str, set[Role]] = defaultdict(set)
        connected = {one.system for one in self.said.connections if one.platform == platform}
        for system in self.said.systems:
            if system.iri == platform:
                for party in system.operators:
                    found[party].add(Role("operator"))
                for party in system.managers:
                    found[party].add(Role("manager"))
            if system.iri in connected:
                for party in system.managers:
                    found[party].add(Role("connection", system.iri))
        for party in self.managers[platform]:
            found[party].add(Role("layer"))
        return {party: roles for party, roles in found.items() if party not in self.unbound}

    def _asked(self) -> Iterator[Triple]:
        for platform, parties in self.parties.items():
            added = [one.iri for one in self.said.concerns if one.platform in (None, platform)]
            for concern in (*PRINTED, *added):
                for party in parties:
                    yield platform, concern, party

    def _excluded(self, platform: str, concern: str, party: str) -> bool:
        return any(
            one.platform == platform
            and one.concern in (None, concern)
            and one.party in (None, party)
            for one in self.said.exclusions
        )

    def _holders(self) -> Iterator[Triple]:
        assumed = {*self._allocated("provided", "responsibility"), *self._made()}
        yield from assumed
        taken = {(platform, concern) for platform, concern, _ in assumed}
        for platform, concern, party in self._allocated("satisfied"):
            if (platform, concern) not in taken:
                yield platform, concern, party

    def _allocated(self, *states: str) -> Iterator[Triple]:
        for one in self.said.allocations:
            held = one.concern in self.single and one.state in states
            if held and one.party in self.parties.get(one.platform, ()):
                yield one.platform, one.concern, one.party

    def _made(self) -> Iterator[Triple]:
        for document in self.said.documents:
            if document.kind == "comprehensive":
                for maker in document.makers:
                    if maker in self.parties.get(document.platform, ()):
                        yield document.platform, DOCUMENT, maker


def differing(found: Boundary, plain: Plain) -> list[str]:
    """Return what a boundary says otherwise than plain Python does, by name."""
    said = {
        "examined": set(found.examined),
        "unlayered": set(found.unlayered),
        "carved_out": set(found.carved_out),
        "users": found.users,
        "single": set(found.single),
        "outside": found.outside,
        "scope": found.scope,
        "left_out": found.left_out,
        "holders": found.holders,
        "leaders": found.leaders,
        "displaced": found.displaced,
        "parties": {
            platform: {party: set(roles) for party, roles in parties.items()}
            for platform, parties in found.parties.items()
        },
    }
    return [name for name, value in said.items() if value != getattr(plain, name)]
