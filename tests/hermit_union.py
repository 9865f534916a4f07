"""Many governments side by side for the OWL reasoner, and what the rules claim of them.

What governments share (NISC) is renamed in each, and a norm speaks to the bodies that the registers
of its own government enter; so one run answers for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from agreement import CLASSIFIED, Derived
from governments import NISC, terms
from kijun import judge
from kijun.owl_claims import ROUTES, Bearing, Claim, Question, bearing, duty
from kijun.owl_view import Statement, shown
from kijun.terms import NS

needs_judge = pytest.mark.skipif(
    not judge.installed(), reason="needs HermiT: pip install 'kijun[owl]'"
)


class Part(NamedTuple):
    """One government: a mark of its own, what is asserted, and what its rules found."""

    mark: str
    quads: list[ox.Quad]
    duties: frozenset[tuple[str | None, ...]]
    classes: frozenset[tuple[str | None, ...]]


class Judged(NamedTuple):
    """What the judge is shown, what the rules claim, and what they do not claim."""

    statements: list[Statement]
    borne: list[tuple[str, list[str], list[Bearing]]]
    claimed: list[Claim]
    unclaimed: list[Claim]

    def _question(self) -> Question:
        question = Question()
        for mark, bodies, borne in self.borne:
            question.entered(bodies, mark)
            question.borne(borne, mark)
        return question

    def denying(self, claims: Iterable[Claim]) -> list[str]:
        """Return all statements, and that none of the claims holds."""
        question = self._question()
        question.denied(claims)
        return [*(one.line() for one in self.statements), *question.lines]

    def doubting(self, claims: Iterable[Claim]) -> list[str]:
        """Return all statements, and that some claim does not hold."""
        question = self._question()
        question.doubted(claims)
        return [*(one.line() for one in self.statements), *question.lines]


def part(mark: str, asserted: Iterable[ox.Quad], derived: Iterable[ox.Quad]) -> Part:
    """Return a government, or the real one, with what is shared renamed after its mark."""
    given = [*marked(asserted, mark)]
    follows = list(marked(derived, mark))
    given += [quad for quad in follows if quad.predicate.value == NS + "inUse"]
    rules = Derived(follows)
    return Part(mark, given, rules.finding("duties"), rules.finding("classification"))


def marked(quads: Iterable[ox.Quad], mark: str) -> Iterable[ox.Quad]:
    """Give what all governments share a name of its own in each."""
    own = ox.NamedNode(f"{NISC.value}-{mark}")
    for quad in quads:
        ends = (own if node == NISC else node for node in (quad.subject, quad.object))
        subject, value = ends
        yield ox.Quad(subject, quad.predicate, value, quad.graph_name)


def judged(parts: Iterable[Part]) -> Judged:
    """Put governments side by side, with all that their rules claim of classes and duties."""
    quads = list(terms())
    found = Judged([], [], [], [])
    for one in parts:
        quads += one.quads
        bodies, borne = entered(one.quads), bearing(one.quads)
        found.borne.append((one.mark, bodies, borne))
        for some, every in (_of_duties(one, borne, bodies), _of_classes(one)):
            found.claimed.extend(sorted(some, key=str))
            found.unclaimed.extend(sorted(every - some, key=str))
    found.statements.extend(shown(quads))
    return found


def disagreement(union: Judged) -> str | None:
    """Return what HermiT and the rules disagree about, if anything."""
    if not judge.consistent(union.denying(union.unclaimed)):
        wrong = culprit(union.unclaimed, lambda some: not judge.consistent(union.denying(some)))
        return f"only HermiT: {wrong}"
    if judge.consistent(union.doubting(union.claimed)):
        wrong = culprit(union.claimed, lambda some: judge.consistent(union.doubting(some)))
        return f"only the rules: {wrong}"
    return None


def culprit(claims: Sequence[Claim], wrong: Callable[[Sequence[Claim]], bool]) -> Claim:
    """Return one of the claims for which the judge disagrees, by halving them."""
    while len(claims) > 1:
        half = len(claims) // 2
        claims = claims[:half] if wrong(claims[:half]) else claims[half:]
    return claims[0]


def entered(quads: Iterable[ox.Quad]) -> list[str]:
    """Return the bodies that registers in use enter."""
    used, entries = set(), {}
    listed = defaultdict(set)
    for quad in quads:
        name = quad.predicate.value.removeprefix(NS)
        if name == "inUse":
            used.add(quad.subject)
        elif name == "entryOf":
            entries[quad.subject] = quad.object.value
        elif name == "register":
            listed[quad.object].add(quad.subject)
    return sorted({entries[one] for register in used for one in listed[register] if one in entries})


def _of_duties(
    made: Part, borne: list[Bearing], bodies: list[str]
) -> tuple[set[Claim], set[Claim]]:
    # A norm speaks to the bodies of all governments, which only their registers tell apart.
    claims = {
        duty(str(body), str(norm), str(route).removeprefix(NS))
        for body, norm, route, *_ in made.duties
        if str(route).removeprefix(NS) in ROUTES
    }
    possible = {(one.norm, one.route) for one in borne}
    return claims, {duty(body, *one) for body in bodies for one in possible} | claims


def _of_classes(made: Part) -> tuple[set[Claim], set[Claim]]:
    found = {(str(thing), str(kind)) for thing, kind in made.classes}
    things = {thing for thing, _ in found}
    claims = {Claim(thing, kind) for thing, kind in found}
    denied = {Claim(thing, kind) for thing in things for kind in CLASSIFIED}
    # Whatever is supervised is a corporation of *some* class, which OWL knows and no rule tells.
    kinds = {NS + "IncorporatedAdministrativeAgency", NS + "DesignatedCorporation"}
    open_ = {
        thing
        for thing in things
        if (thing, NS + "Corporation") in found and not any((thing, k) in found for k in kinds)
    }
    return claims, {claim for claim in denied if claim.thing not in open_ or claim in claims}
