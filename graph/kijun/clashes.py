"""Which statements contradict each other, since the reasoner only says that some do.

Two ways lead there. First, what a thing is follows step by step from what is stated of it
(subclasses, domains and ranges, defined classes), and each step keeps the statements it rests on;
where a thing ends up in two classes that exclude each other, or a value outside its property's
range, those statements clash. Second, for whatever that does not see, statements are taken out
for as long as the reasoner still finds a contradiction; what is left is needed for it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad

from kijun.owl_profile import Place, Subject, Term
from kijun.owl_view import Statement
from kijun.owl_words import CLASHES, said
from kijun.saturation import Saturation
from kijun.terms import OWL, RDFS, curie

_OF_CLASSES = (RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith")
MOST = 50
"""How many clashes are told at once."""


class Assertion(NamedTuple):
    """One stated fact, in compact IRIs, and the file or graph in which it stands."""

    subject: str
    predicate: str
    object: str
    source: str

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ({self.source})"


class Clash(NamedTuple):
    """Statements that cannot all hold.

    ``kind`` is that of a :class:`~kijun.saturation.Contradiction`, or ``contradiction`` where the
    reasoner alone saw it, or ``narrowed`` where some of the statements may not be needed for it;
    ``thing`` is what it is about, ``excluded`` what cannot go together.
    """

    kind: str
    thing: str
    excluded: tuple[str, ...]
    assertions: tuple[Assertion, ...]

    def sentence(self, lang: str = "ja") -> str:
        """Return why the statements cannot all hold, in Japanese or English."""
        return said(CLASHES[self.kind], lang, self.thing, *self.excluded)

    def __str__(self) -> str:
        return f"{self.sentence('en')}: {'; '.join(map(str, self.assertions))}"


def clashes(
    statements: Collection[Statement], place: Place, classes: Iterable[str] = ()
) -> list[Clash]:
    """Return the contradictions that the ontology's own constructs explain, at most :data:`MOST`.

    ``classes`` names classes found to be impossible; why is told as if each had a member.
    """
    said = [one for one in statements if one.predicate.value in _OF_CLASSES]
    found = set()
    for one in Saturation(statements).contradictions(classes):
        why = one.why or [
            axiom
            for axiom in said
            if isinstance(axiom.subject, NamedNode) and curie(axiom.subject.value) == one.thing
        ]
        found.add(Clash(one.kind, one.thing, one.excluded, _assertions(why, place)))
    return sorted(found)[:MOST]


def narrowed(
    statements: Sequence[Statement],
    consistent: Callable[[Sequence[Statement]], bool],
    place: Place,
    seconds: float,
) -> Clash:
    """Return a clash of as few statements as the time allows, by asking the reasoner again.

    The facts are halved for as long as a part still contradicts itself: first by the thing they
    are about, then one by one.
    """
    axioms = [one for one in statements if one.is_ours]
    end = time.monotonic() + seconds
    units = _units([one for one in statements if not one.is_ours])

    def clashing(some: list[list[Statement]]) -> bool:
        return not consistent([*axioms, *(fact for part in some for fact in part)])

    by_thing: dict[Subject, list[list[Statement]]] = defaultdict(list)
    for unit in units:
        by_thing[unit[0].subject].append(unit)
    kept, _ = _fewest(
        [[f for unit in found for f in unit] for found in by_thing.values()], clashing, end
    )
    rest = {fact for part in kept for fact in part}
    kept, exact = _fewest([unit for unit in units if unit[0] in rest], clashing, end)
    left = [fact for part in kept for fact in part]
    named = (one.subject for one in left if isinstance(one.subject, NamedNode))
    thing = next((curie(node.value) for node in named), "the ontology")
    return Clash("contradiction" if exact else "narrowed", thing, (), _assertions(left, place))


def _units(facts: Iterable[Statement]) -> list[list[Statement]]:
    """Part facts so that what hangs together by blank nodes, and means nothing apart, stays so."""
    units: dict[int, list[Statement]] = {}
    home: dict[Term, int] = {}
    for number, fact in enumerate(facts):
        unit = [fact]
        for node in (fact.subject, fact.object):
            if isinstance(node, BlankNode) and (other := home.get(node)) in units:
                assert other is not None
                unit = [*units.pop(other), *unit]
        units[number] = unit
        for one in unit:
            for node in (one.subject, one.object):
                if isinstance(node, BlankNode):
                    home[node] = number
    return list(units.values())


def _fewest(
    parts: list[list[Statement]],
    clashing: Callable[[list[list[Statement]]], bool],
    end: float,
) -> tuple[list[list[Statement]], bool]:
    """Return parts that still clash, fewest where time was left (then True)."""
    needed: list[list[Statement]] = []
    rest = parts
    while time.monotonic() < end:
        if clashing(needed):
            return needed, True
        # The shortest beginning of the rest that clashes ends in a part that is needed.
        low, high = 0, len(rest)
        while low + 1 < high and time.monotonic() < end:
            middle = (low + high) // 2
            low, high = (low, middle) if clashing([*needed, *rest[:middle]]) else (middle, high)
        rest = rest[:high]
        if low + 1 < high or not rest:
            break
        needed = [*needed, rest[-1]]
        rest = rest[:-1]
    return [*needed, *rest], False


def _assertions(statements: Iterable[Statement], place: Place) -> tuple[Assertion, ...]:
    quads = {quad: None for one in statements for quad in one.sources}
    told = [_told(quad, place) for quad in quads if not _is_register(quad)]
    return tuple(sorted(set(told)))


def _is_register(quad: Quad) -> bool:
    return quad.predicate.value.endswith("#register")


def _told(quad: Quad, place: Place) -> Assertion:
    ends = [
        curie(node.value) if isinstance(node, NamedNode) else _plain(node)
        for node in (quad.subject, quad.predicate, quad.object)
    ]
    return Assertion(ends[0], ends[1], ends[2], place(quad))


def _plain(node: Term) -> str:
    return "[]" if isinstance(node, BlankNode) else str(node)
