"""Claims put to the OWL reasoner, and the axioms that let it judge duties.

HermiT realises thousands of individuals slowly, but finds a contradiction fast. So whether nothing
more holds than what is claimed, and whether all that is claimed holds, are asked as two questions
of consistency: is the graph consistent where everything *else* is denied, and is it inconsistent
where *some* claim is doubted? One run each answers for any number of claims.

A norm's bearer is a class that also stands for itself (punning), from which OWL derives nothing.
:func:`bearing` states what the reasoner needs: whoever belongs to the bearing class has the norm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kijun.terms import NS, OWL, RDF, RDFS

ROUTES = ("classRoute", "supervisionRoute", "roleRoute", "incorporationRoute", "platformRoute")
"""The routes of duties that OWL can judge."""

_OWN = "urn:kijun:judge:"
_OF_PLATFORMS = {
    NS + name for name in ("PlatformOperator", "ConnectedSystemManager", "PlatformManagingAgency")
}
_BOUND = NS + "GovernmentBody"
"""Those on whom norms of platforms lay something."""

_MINISTERIAL = {
    NS + "Ministry": None,
    NS + "SupervisingMinistry": NS + "Corporation",
    NS + "CompetentMinister": NS + "IncorporatedAdministrativeAgency",
}
"""The bearers whose norms regard corporations, and which ones where the sentence names none."""


class Claim(NamedTuple):
    """That a thing belongs to a class, or, with a relation, that it has that value."""

    thing: str
    value: str
    relation: str | None = None


class Bearing(NamedTuple):
    """That whoever is of a class (and of no excepted one) bears a norm by a route.

    With ``supervised`` it is whoever supervises a body of that class; with ``among`` only who
    belongs to that other class too.
    """

    kind: str
    route: str
    norm: str
    supervised: bool = False
    excepted: str | None = None
    among: str | None = None


def duty(body: str, norm: str, route: str) -> Claim:
    """Return the claim that a body bears a norm by one of :data:`ROUTES`."""
    return Claim(body, norm, _OWN + route)


def bearing(quads: Iterable[Quad]) -> list[Bearing]:
    """Return who bears the norms of a graph by which route, as the norms themselves say."""
    return sorted(set(_Norms(quads).bearing()), key=str)


class _Norms:
    """The norms of a graph, by what they say."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.norms = []
        for quad in quads:
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
                continue
            if quad.predicate.value == RDF + "type" and quad.object.value == NS + "Norm":
                self.norms.append(quad.subject.value)
            name = quad.predicate.value.removeprefix(NS)
            self.said[quad.subject.value][name].append(quad.object.value)

    def bearing(self) -> Iterator[Bearing]:
        for norm in self.norms:
            said = self.said[norm]
            for bearer in said["bearer"]:
                if bearer in _OF_PLATFORMS:
                    if not said["regards"]:
                        yield Bearing(bearer, "platformRoute", norm, among=_BOUND)
                elif self._own(norm, bearer):
                    yield Bearing(bearer, "classRoute", norm)
                    yield from self._taken_over(norm, bearer)
                if bearer in _MINISTERIAL:
                    implied = _MINISTERIAL[bearer]
                    for regarded in said["regards"] or ([implied] if implied else []):
                        if regarded != NS + "Ministry":
                            yield Bearing(regarded, "supervisionRoute", norm, supervised=True)
            for within in said["roleWithin"]:
                yield Bearing(within, "roleRoute", norm)

    def _own(self, norm: str, bearer: str) -> bool:
        """Say whether a norm is about its bearer's own affairs."""
        regarded = self.said[norm]["regards"]
        if bearer in (NS + "SupervisingMinistry", NS + "CompetentMinister"):
            return False
        return not regarded or bearer in regarded

    def _taken_over(self, norm: str, bearer: str) -> Iterator[Bearing]:
        taken = {
            place
            for node in self.said[norm]["incorporates"]
            for place in self.said[node]["incorporated"]
        }
        for other in self.norms if taken else ():
            said = self.said[other]
            of_ministries = NS + "Ministry" in (*said["bearer"], *said["roleWithin"])
            if other != norm and of_ministries and taken & self._places(other):
                yield Bearing(bearer, "incorporationRoute", other, excepted=NS + "Ministry")

    def _places(self, norm: str) -> set[str]:
        reached, frontier = set[str](), [*self.said[norm]["source"], *self.said[norm]["section"]]
        while frontier:
            place = frontier.pop()
            if place not in reached:
                reached.add(place)
                frontier += self.said[place]["partOf"]
        return reached


class Question:
    """Axioms and claims in N-Triples, beside what a graph states."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.count = 0
        self.negated: dict[tuple[str | None, str], str] = {}
        for route in ROUTES:
            self._say(f"<{_OWN}{route}>", RDF + "type", f"<{OWL}ObjectProperty>")

    def _say(self, subject: str, predicate: str, value: str) -> None:
        self.lines.append(f"{subject} <{predicate}> {value} .")

    def _blank(self) -> str:
        self.count += 1
        return f"_:judge{self.count}"

    def _list(self, members: Iterable[str]) -> str:
        head = f"<{RDF}nil>"
        for member in reversed(list(members)):
            node = self._blank()
            self._say(node, RDF + "first", member)
            self._say(node, RDF + "rest", head)
            head = node
        return head

    def _class(self, construct: str, value: str) -> str:
        node = self._blank()
        self._say(node, RDF + "type", f"<{OWL}Class>")
        self._say(node, OWL + construct, value)
        return node

    def _restriction(self, relation: str, construct: str, value: str) -> str:
        node = self._blank()
        self._say(node, RDF + "type", f"<{OWL}Restriction>")
        self._say(node, OWL + "onProperty", f"<{relation}>")
        self._say(node, OWL + construct, value)
        return node

    def entered(self, bodies: Iterable[str], mark: str) -> None:
        """State which bodies are entered in registers in use; ``mark`` names the government."""
        self._say(f"<{_OWN}{mark}>", RDF + "type", f"<{OWL}Class>")
        for body in bodies:
            self._say(f"<{body}>", RDF + "type", f"<{_OWN}{mark}>")

    def borne(self, bearing: Iterable[Bearing], mark: str) -> None:
        """State that the entered bodies of a government bear its norms."""
        entered = f"<{_OWN}{mark}>"
        for one in bearing:
            who = [f"<{one.kind}>", entered]
            if one.supervised:
                corporation = self._class("intersectionOf", self._list(who))
                some = self._restriction(NS + "supervises", "someValuesFrom", corporation)
                who = [some, entered]
            if one.among is not None:
                who.append(f"<{one.among}>")
            if one.excepted is not None:
                who.append(self._class("complementOf", f"<{one.excepted}>"))
            condition = self._class("intersectionOf", self._list(who))
            has = self._restriction(_OWN + one.route, "hasValue", f"<{one.norm}>")
            self._say(condition, RDFS + "subClassOf", has)

    def denied(self, claims: Iterable[Claim]) -> None:
        """State that none of the claims holds."""
        for claim in claims:
            self._say(f"<{claim.thing}>", RDF + "type", self._not(claim))

    def doubted(self, claims: Iterable[Claim]) -> None:
        """State that at least one of the claims does not hold.

        The doubt is handed on from thing to thing until one of them lacks what is claimed of it;
        the last has nobody to hand it to. (Saying "one of all these" at once, which is shorter,
        makes the reasoner look at everything for each of them.)
        """
        by_thing: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_thing[claim.thing].append(claim)
        doubted, after = f"<{_OWN}Doubted>", _OWN + "after"
        self._say(doubted, RDF + "type", f"<{OWL}Class>")
        self._say(f"<{after}>", RDF + "type", f"<{OWL}ObjectProperty>")
        things = list(by_thing)
        for thing, following in zip(things, [*things[1:], None], strict=True):
            # Whoever is not doubted has no choice to make, which spares the reasoner all others.
            spared = self._class("complementOf", doubted)
            ways = [spared, *sorted({self._not(claim) for claim in by_thing[thing]})]
            if following is not None:
                self._say(f"<{thing}>", after, f"<{following}>")
                ways.append(self._restriction(after, "allValuesFrom", doubted))
            self._say(f"<{thing}>", RDF + "type", self._class("unionOf", self._list(ways)))
        for first in things[:1]:
            self._say(f"<{first}>", RDF + "type", doubted)

    def _not(self, claim: Claim) -> str:
        """Return the name of the class of those of which a claim does not hold."""
        key = claim.relation, claim.value
        if key not in self.negated:
            positive = f"<{claim.value}>"
            if claim.relation is not None:
                positive = self._restriction(claim.relation, "hasValue", positive)
            name = self.negated[key] = f"<{_OWN}not-{len(self.negated)}>"
            self._say(name, RDF + "type", f"<{OWL}Class>")
            self._say(name, RDFS + "subClassOf", self._class("complementOf", positive))
        return self.negated[key]
