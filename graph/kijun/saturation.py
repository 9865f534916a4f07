"""What things are, step by step, each step with the statements on which it rests.

This knows the constructs that kijun's ontology uses (subclasses, unions, intersections, existence,
minimum numbers, values, domains, ranges, disjointness) and takes different names for different
things. It finds less than a reasoner does, but can say why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from kijun.owl_profile import DATATYPES, Subject, Term
from kijun.owl_view import Statement
from kijun.terms import OWL, RDF, RDFS, XSD, curie

TYPE = NamedNode(RDF + "type")
Why = frozenset[Statement]
_DEEPEST = 4


class Contradiction(NamedTuple):
    """That what ``why`` states makes a thing impossible.

    ``kind`` is ``disjoint`` (``excluded`` are two classes), ``memberless`` (the same, of a class
    that so has no member) or ``range`` (``excluded`` are the datatype wanted and the one given).
    """

    kind: str
    thing: str
    excluded: tuple[str, str]
    why: Why


_LEAST = {
    XSD + "nonNegativeInteger": 0,
    XSD + "positiveInteger": 1,
    **dict.fromkeys((XSD + f"unsigned{kind}" for kind in ("Long", "Int", "Short", "Byte")), 0),
}
_MOST = {XSD + "nonPositiveInteger": 0, XSD + "negativeInteger": -1}
_WHOLE = {name for name, form in DATATYPES.items() if form == DATATYPES[XSD + "integer"]}


class Saturation:
    """What things are, step by step, and on which statements each step rests."""

    def __init__(self, statements: Collection[Statement]) -> None:
        self.said: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self.types: dict[Subject, dict[str, Why]] = defaultdict(dict)
        self.ends: dict[str, dict[Subject, dict[Term, Why]]] = defaultdict(dict)
        self.values: list[Statement] = []
        self.definitions: dict[str, list[Term]] = defaultdict(list)
        self.supers: dict[str, list[Term]] = defaultdict(list)
        self.invented: dict[Subject, str] = {}
        for one in statements:
            self.said[one.subject, one.predicate.value].append(one.object)
            if one.predicate.value in (RDFS + "subClassOf", OWL + "equivalentClass"):
                self._axiom(one)
        for one in statements:
            why = frozenset([one])
            if one.predicate == TYPE:
                if isinstance(one.object, NamedNode):
                    self.types[one.subject].setdefault(one.object.value, why)
            elif isinstance(one.object, Literal):
                self.values.append(one)
            else:
                ends = self.ends[one.predicate.value].setdefault(one.subject, {})
                ends.setdefault(one.object, why)
        self.disjoint = set(self._disjoint(statements))

    def _axiom(self, one: Statement) -> None:
        if isinstance(one.subject, NamedNode):
            self.supers[one.subject.value].append(one.object)
            if one.predicate.value == OWL + "equivalentClass":
                self.definitions[one.subject.value].append(one.object)
                if isinstance(one.object, NamedNode):
                    self.definitions[one.object.value].append(one.subject)
                    self.supers[one.object.value].append(one.subject)

    def _disjoint(self, statements: Iterable[Statement]) -> Iterator[frozenset[str]]:
        for one in statements:
            members: Sequence[Term] = ()
            if one.predicate.value == OWL + "disjointWith":
                members = (one.subject, one.object)
            elif one.predicate.value == OWL + "members":
                members = list(self._list(one.object))
            for pair in combinations(members, 2):
                yield frozenset(node.value for node in pair if isinstance(node, NamedNode))

    def _list(self, node: Term) -> Iterator[Term]:
        seen = set[Term]()
        while node not in seen and (first := self.said.get((node, RDF + "first"))):
            seen.add(node)
            yield first[0]
            node = next(iter(self.said.get((node, RDF + "rest"), ())), node)

    def _parts(self, expression: Term, name: str) -> list[Term]:
        return [
            member
            for head in self.said.get((expression, OWL + name), ())
            for member in self._list(head)
        ]

    def contradictions(self, classes: Iterable[str] = ()) -> list[Contradiction]:
        """Return what cannot be; ``classes`` are tried as if each had a member."""
        for kind in classes:
            self._make(self._invent(kind), NamedNode(kind), 0)
        self._saturate()
        return [*self._of_values(), *self._of_classes()]

    # What follows

    def _saturate(self) -> None:
        changed = True
        while changed:
            changed = False
            for thing in list(self.types):
                changed |= self._upwards(thing)
            for name, pairs in list(self.ends.items()):
                for side, kind in self._ends_of(NamedNode(name)):
                    for thing, others in pairs.items():
                        for other, why in list(others.items()):
                            node = thing if side == "domain" else other
                            if not isinstance(node, Literal):
                                changed |= self._add(node, kind, why)
            for kind, expressions in self.definitions.items():
                for thing in list(self.types):
                    for expression in expressions:
                        if kind not in self.types[thing] and isinstance(expression, BlankNode):
                            grounds = self._belongs(thing, expression)
                            changed |= grounds is not None and self._add(thing, kind, grounds)

    def _ends_of(self, relation: NamedNode) -> list[tuple[str, str]]:
        return [
            (side, kind.value)
            for side in ("domain", "range")
            for kind in self.said.get((relation, RDFS + side), ())
            if isinstance(kind, NamedNode)
        ]

    def _add(self, thing: Subject, kind: str, why: Why) -> bool:
        if kind in self.types[thing]:
            return False
        self.types[thing][kind] = why
        return True

    def _upwards(self, thing: Subject) -> bool:
        changed = False
        frontier = list(self.types[thing].items())
        while frontier:
            kind, why = frontier.pop(0)
            for above in self.supers.get(kind, ()):
                for part in (above, *self._parts(above, "intersectionOf")):
                    if isinstance(part, NamedNode) and self._add(thing, part.value, why):
                        changed = True
                        frontier.append((part.value, why))
                    elif isinstance(part, BlankNode):
                        changed |= self._has_value(thing, part, why)
        return changed

    def _has_value(self, thing: Subject, restriction: BlankNode, why: Why) -> bool:
        for value in self.said.get((restriction, OWL + "hasValue"), ()):
            for relation in self.said.get((restriction, OWL + "onProperty"), ()):
                if isinstance(relation, NamedNode) and not isinstance(value, Literal):
                    ends = self.ends[relation.value].setdefault(thing, {})
                    if value not in ends:
                        ends[value] = why
                        return True
        return False

    def _belongs(self, thing: Term, expression: Term) -> Why | None:
        """Say why a thing belongs to a class expression, if that follows from what is known."""
        if isinstance(thing, Literal):
            return None
        if isinstance(expression, NamedNode):
            return self.types.get(thing, {}).get(expression.value)
        if parts := self._parts(expression, "intersectionOf"):
            grounds = [self._belongs(thing, part) for part in parts]
            return None if None in grounds else frozenset().union(*filter(None, grounds))
        for part in self._parts(expression, "unionOf"):
            if (why := self._belongs(thing, part)) is not None:
                return why
        for relation in self.said.get((expression, OWL + "onProperty"), ()):
            if isinstance(relation, NamedNode):
                ends = self.ends.get(relation.value, {}).get(thing, {})
                return self._restricted(ends, expression)
        return None

    def _restricted(self, ends: dict[Term, Why], restriction: Term) -> Why | None:
        for value in self.said.get((restriction, OWL + "hasValue"), ()):
            return ends.get(value)
        wanted, fillers = 1, self.said.get((restriction, OWL + "someValuesFrom"), [])
        for count in self.said.get((restriction, OWL + "minQualifiedCardinality"), ()):
            wanted = int(count.value) if isinstance(count, Literal) else 1
            fillers = self.said.get((restriction, OWL + "onClass"), [])
        for filler in fillers:
            fitting = [
                why | belonging
                for end, why in ends.items()
                if (belonging := self._belongs(end, filler)) is not None
            ]
            if len(fitting) >= wanted:
                return frozenset().union(*fitting[:wanted])
        return None

    # What cannot be

    def _invent(self, kind: str) -> BlankNode:
        """Invent a member of a class, or something to which that is related."""
        member = BlankNode(f"member{len(self.invented)}")
        self.invented[member] = kind
        return member

    def _make(self, thing: BlankNode, expression: Term, depth: int) -> None:
        """Let an invented thing be what an expression says, with all that it needs for that."""
        if isinstance(expression, NamedNode):
            if self._add(thing, expression.value, frozenset()):
                for above in self.supers.get(expression.value, ()):
                    self._make(thing, above, depth)
            return
        for part in self._parts(expression, "intersectionOf"):
            self._make(thing, part, depth)
        fillers = [
            filler
            for name in ("someValuesFrom", "onClass")
            for filler in self.said.get((expression, OWL + name), ())
        ]
        for relation in self.said.get((expression, OWL + "onProperty"), ()):
            for filler in fillers if depth < _DEEPEST else ():
                other = self._invent(self.invented[thing])
                assert isinstance(relation, NamedNode)
                self.ends[relation.value].setdefault(thing, {})[other] = frozenset()
                self._make(other, filler, depth + 1)

    def _of_classes(self) -> Iterator[Contradiction]:
        for thing, kinds in self.types.items():
            found: list[tuple[Why, tuple[str, str]]] = []
            for pair in self.disjoint:
                if len(pair) == 2 and pair <= kinds.keys():
                    one, other = sorted(pair)
                    found.append((kinds[one] | kinds[other], (curie(one), curie(other))))
            found.sort(key=lambda clash: (len(clash[0]), clash[1]))
            told: list[Why] = []
            for why, excluded in found:
                if any(known <= why for known in told):
                    continue
                told.append(why)
                if thing in self.invented:
                    yield Contradiction("memberless", curie(self.invented[thing]), excluded, why)
                else:
                    yield Contradiction("disjoint", _name(thing), excluded, why)

    def _of_values(self) -> Iterator[Contradiction]:
        for one in self.values:
            for side, wanted in self._ends_of(one.predicate):
                value = one.object
                if side == "range" and isinstance(value, Literal) and not _fits(value, wanted):
                    excluded = (curie(wanted), curie(value.datatype.value))
                    yield Contradiction("range", _name(one.subject), excluded, frozenset([one]))


def _fits(value: Literal, wanted: str) -> bool:
    """Say whether a literal lies in a datatype, as far as OWL's numbers, words and truths go."""
    given = value.datatype.value
    if wanted in (given, RDFS + "Literal") or wanted not in DATATYPES:
        return True
    if wanted in _WHOLE and given in _WHOLE:
        least, most = _LEAST.get(wanted), _MOST.get(wanted)
        number = int(value.value)
        return (least is None or number >= least) and (most is None or number <= most)
    if wanted == XSD + "decimal":
        return given in _WHOLE
    return wanted == RDF + "PlainLiteral" and given in (XSD + "string", RDF + "langString")


def _name(thing: Subject) -> str:
    return curie(thing.value) if isinstance(thing, NamedNode) else "[]"
