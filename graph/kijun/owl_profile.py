"""Whether a graph keeps to OWL 2 DL, as far as its terms and facts can break it.

OWL 2 DL is what the reasoner understands. Each term that a statement uses must be declared, as
one kind of thing only unless OWL lets it be two (a class may stand for itself as an individual),
and used as that kind; class expressions must be well formed; only simple properties may be
counted; and there are datatypes that OWL does not know, ``xsd:date`` among them. Facts may have
those, since the judge does not look at them; what the ontology says of its terms may not.

After the OWL 2 Structural Specification (W3C, 2012), sections 3, 4, 5.8, 5.9, 9 and 11.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kijun.owl_words import VIOLATIONS, said
from kijun.terms import OWL, RDF, RDFS, XSD, curie

Subject: TypeAlias = NamedNode | BlankNode | Triple
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Place: TypeAlias = Callable[[Quad], str]

RESERVED = (OWL, RDF, RDFS, XSD)
CLASS, DATATYPE = OWL + "Class", RDFS + "Datatype"
OBJECT, DATA, ANNOTATION = (
    OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_SORTS = (CLASS, DATATYPE, OBJECT, DATA, ANNOTATION, OWL + "NamedIndividual")
_ONE_OF = ((OBJECT, DATA, ANNOTATION), (CLASS, DATATYPE))
"""The kinds of which a term may be one at most."""

_WHOLE = r"[+-]?[0-9]+"
_BOUNDED = "integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int"
_BOUNDED += " short byte unsignedLong unsignedInt unsignedShort unsignedByte"
_FLOAT = r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN)"
_FORMS = {
    **{XSD + name: _WHOLE for name in _BOUNDED.split()},
    XSD + "boolean": "true|false|0|1",
    XSD + "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    XSD + "double": _FLOAT,
    XSD + "float": _FLOAT,
    XSD + "dateTime": r"-?[0-9]{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",
    XSD + "dateTimeStamp": r"-?[0-9]{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)",
}
_ANY_FORM = "string normalizedString token language Name NCName NMTOKEN hexBinary base64Binary"
DATATYPES = {
    **_FORMS,
    **{XSD + name: r"(?s:.*)" for name in (*_ANY_FORM.split(), "anyURI")},
    **{RDF + name: r"(?s:.*)" for name in ("langString", "PlainLiteral", "XMLLiteral")},
}
"""The datatypes of the OWL 2 map that have literals, each with the form that those must have."""

_BUILT_IN: dict[str, tuple[str, ...]] = {
    CLASS: (OWL + "Thing", OWL + "Nothing"),
    DATATYPE: (*DATATYPES, RDFS + "Literal", OWL + "real", OWL + "rational"),
    OBJECT: (OWL + "topObjectProperty", OWL + "bottomObjectProperty"),
    DATA: (OWL + "topDataProperty", OWL + "bottomDataProperty"),
    ANNOTATION: (
        *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
        *(OWL + name for name in ("deprecated", "versionInfo", "priorVersion")),
        *(OWL + name for name in ("backwardCompatibleWith", "incompatibleWith")),
    ),
}
_TYPES = {
    *(OWL + name for name in ("Ontology", "Restriction", "AllDisjointClasses", "AllDifferent")),
    *(OWL + name for name in ("NamedIndividual", "FunctionalProperty", "TransitiveProperty")),
    *(OWL + name for name in ("InverseFunctionalProperty", "SymmetricProperty", "Axiom")),
    *(OWL + name for name in ("AsymmetricProperty", "ReflexiveProperty", "IrreflexiveProperty")),
    *(OWL + "NegativePropertyAssertion", RDF + "List", CLASS, DATATYPE, OBJECT, DATA, ANNOTATION),
}


class Violation(NamedTuple):
    """One breach of the profile: the term it is about, the file it stands in, what is wrong.

    ``problem`` names a sentence of :data:`kijun.owl_words.VIOLATIONS`, ``parts`` fill it in.
    """

    term: str
    file: str
    problem: str
    parts: tuple[str, ...] = ()

    def sentence(self, lang: str = "ja") -> str:
        """Return what is wrong, in Japanese or English."""
        return said(VIOLATIONS[self.problem], lang, *self.parts)


def violations(quads: Iterable[Quad], place: Place) -> list[Violation]:
    """Return every breach of OWL 2 DL in a graph, sorted; ``place`` tells a quad's file."""
    return _Profile(quads, place).found()


def well_formed(literal: Literal) -> bool:
    """Say whether a literal is of an OWL 2 datatype and has the form that it asks for."""
    form = DATATYPES.get(literal.datatype.value)
    return form is not None and re.fullmatch(form, literal.value) is not None


_CLASSES = "class expression"
_LISTS = {
    OWL + "unionOf": _CLASSES,
    OWL + "intersectionOf": _CLASSES,
    OWL + "disjointUnionOf": _CLASSES,
    OWL + "members": _CLASSES,
    OWL + "oneOf": "individual",
    OWL + "distinctMembers": "individual",
}
_BETWEEN_CLASSES = {RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"}
_BETWEEN_PROPERTIES = {
    RDFS + "subPropertyOf",
    *(OWL + name for name in ("equivalentProperty", "propertyDisjointWith", "inverseOf")),
}
_FILLERS = ("someValuesFrom", "allValuesFrom", "hasValue", "hasSelf")
_COUNTS = ("minCardinality", "maxCardinality", "cardinality")
_QUALIFIED = ("minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality")
_OF_RESTRICTION = {
    *(OWL + name for name in ("onProperty", "onClass", *_FILLERS, *_COUNTS, *_QUALIFIED)),
}
_ONLY_SIMPLE = {
    *(OWL + name for name in ("FunctionalProperty", "InverseFunctionalProperty")),
    *(OWL + name for name in ("AsymmetricProperty", "IrreflexiveProperty")),
}
_UNCHECKED = {
    *(OWL + name for name in ("sameAs", "differentFrom", "complementOf", "versionIRI")),
    *(OWL + name for name in ("sourceIndividual", "assertionProperty", "targetIndividual")),
    *(RDF + name for name in ("first", "rest")),
}


class _Profile:
    """One graph under the profile's rules."""

    def __init__(self, quads: Iterable[Quad], place: Place) -> None:
        self.place = place
        self.quads = list(quads)
        self.said: dict[Subject, list[Quad]] = defaultdict(list)
        self.uses: dict[Term, list[Quad]] = defaultdict(list)
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for kind, names in _BUILT_IN.items():
            for name in names:
                self.kinds[name].add(kind)
        for quad in self.quads:
            self.said[quad.subject].append(quad)
            self.uses[quad.object].append(quad)
            declared = isinstance(quad.subject, NamedNode) and quad.predicate.value == RDF + "type"
            if declared and isinstance(quad.object, NamedNode) and quad.object.value in _SORTS:
                assert isinstance(quad.subject, NamedNode)
                self.kinds[quad.subject.value].add(quad.object.value)
        self.complex = self._complex_properties()
        self.problems: set[Violation] = set()

    def found(self) -> list[Violation]:
        for quad in self.quads:
            self._statement(quad)
        for subject, quads in list(self.said.items()):
            self._kinds_of(subject, quads)
        return sorted(self.problems)

    def _bad(self, quad: Quad, problem: str, *parts: str) -> None:
        owner = self._owner(quad.subject)
        known = next((one for one in self.said.get(owner, []) if one.subject == owner), quad)
        at = quad if isinstance(quad.subject, NamedNode) else known
        name = curie(owner.value) if isinstance(owner, NamedNode) else "[]"
        self.problems.add(Violation(name, self.place(at), problem, parts))

    def _owner(self, node: Subject) -> Subject:
        """Return the named thing within whose description a blank node stands."""
        seen = {node}
        while isinstance(node, BlankNode):
            above = next(
                (quad.subject for quad in self.uses[node] if quad.subject not in seen), None
            )
            if above is None:
                return next(iter(self._named_below(node)), node)
            node = above
            seen.add(node)
        return node

    def _named_below(self, node: Subject) -> Iterator[NamedNode]:
        frontier, seen = [node], {node}
        while frontier:
            for quad in self.said[frontier.pop(0)]:
                value = quad.object
                if quad.predicate.value != RDF + "type" and isinstance(value, NamedNode):
                    yield value
                elif isinstance(value, BlankNode) and value not in seen:
                    seen.add(value)
                    frontier.append(value)

    def _is(self, term: Term, kind: str) -> bool:
        return isinstance(term, NamedNode) and kind in self.kinds.get(term.value, ())

    def _statement(self, quad: Quad) -> None:
        predicate, value = quad.predicate.value, quad.object
        if isinstance(quad.subject, Triple) or isinstance(value, Triple):
            self._bad(quad, "statement", curie(predicate))
            return
        if isinstance(value, Literal):
            self._literal(quad, value)
        kinds = self.kinds.get(predicate, set())
        if predicate == RDF + "type":
            self._type(quad)
        elif OBJECT in kinds:
            if isinstance(value, Literal):
                self._bad(quad, "literal", curie(predicate))
            self._anonymous(quad)
        elif DATA in kinds:
            if not isinstance(value, Literal):
                self._bad(quad, "no-literal", curie(predicate))
        elif ANNOTATION not in kinds:
            if predicate.startswith(RESERVED):
                self._axiom(quad)
            else:
                self._bad(quad, "property", curie(predicate))

    def _literal(self, quad: Quad, value: Literal) -> None:
        datatype = curie(value.datatype.value)
        if value.datatype.value in DATATYPES:
            if not well_formed(value):
                self._bad(quad, "form", value.value[:40], datatype)
        elif isinstance(quad.subject, NamedNode) and self.kinds.get(quad.subject.value):
            self._bad(quad, "datatype", datatype)

    def _type(self, quad: Quad) -> None:
        kind = quad.object
        if isinstance(kind, NamedNode) and kind.value in _TYPES:
            if kind.value in _ONLY_SIMPLE and quad.subject in self.complex:
                self._bad(quad, "simple", curie(kind.value))
            if kind.value == OWL + "Restriction":
                self._restriction(quad)
        elif not self._class(kind):
            self._bad(quad, "class", _shown(kind))

    def _class(self, term: Term) -> bool:
        """Say whether a term is a declared class, or a blank node that describes one."""
        if isinstance(term, BlankNode):
            parts = {quad.predicate.value for quad in self.said[term]}
            return bool(parts & {*_LISTS, OWL + "complementOf", OWL + "onProperty"})
        return self._is(term, CLASS)

    def _anonymous(self, quad: Quad) -> None:
        """Anonymous individuals hang on one thing each, and never on themselves."""
        value = quad.object
        if isinstance(value, BlankNode) and (len(self.uses[value]) > 1 or value == quad.subject):
            self._bad(quad, "anonymous", curie(quad.predicate.value))

    def _axiom(self, quad: Quad) -> None:
        predicate, value = quad.predicate.value, quad.object
        name = curie(predicate)
        if predicate == OWL + "imports":
            self._bad(quad, "import")
        elif predicate in _BETWEEN_CLASSES:
            for end in (quad.subject, value):
                if not self._class(end):
                    self._bad(quad, "no-class", name, _shown(end))
        elif predicate in (RDFS + "domain", RDFS + "range"):
            self._end(quad)
        elif predicate in _BETWEEN_PROPERTIES:
            sorts = [
                {kind for kind in (OBJECT, DATA, ANNOTATION) if self._is(end, kind)}
                for end in (quad.subject, value)
            ]
            if not sorts[0] & sorts[1]:
                self._bad(quad, "kind", name, _shown(value))
            if predicate == OWL + "propertyDisjointWith" and {quad.subject, value} & self.complex:
                self._bad(quad, "simple", name)
        elif predicate in _LISTS:
            for member in self._members(quad):
                if _LISTS[predicate] == _CLASSES and not self._class(member):
                    self._bad(quad, "no-class", name, _shown(member))
        elif predicate == OWL + "propertyChainAxiom":
            self._bad(quad, "chain", name)
        elif predicate not in _UNCHECKED | _OF_RESTRICTION:
            self._bad(quad, "reserved", name)

    def _end(self, quad: Quad) -> None:
        """The domain of a property is a class, its range a class or a datatype as it is."""
        side = curie(quad.predicate.value)
        wants_data = quad.predicate.value == RDFS + "range" and self._is(quad.subject, DATA)
        fits = self._is(quad.object, DATATYPE) if wants_data else self._class(quad.object)
        if not (self._is(quad.subject, OBJECT) or self._is(quad.subject, DATA)):
            self._bad(quad, "no-property", side, _shown(quad.subject))
        elif not fits:
            problem = "no-datatype" if wants_data else "no-class"
            self._bad(quad, problem, side, _shown(quad.object))

    def _members(self, quad: Quad) -> Iterator[Term]:
        node, seen = quad.object, set[Term]()
        while not isinstance(node, Literal) and node != NamedNode(RDF + "nil"):
            parts = self.said.get(node, [])
            first, rest = (
                [part.object for part in parts if part.predicate.value == RDF + name]
                for name in ("first", "rest")
            )
            if len(first) != 1 or len(rest) != 1 or node in seen:
                self._bad(quad, "list", curie(quad.predicate.value))
                return
            seen.add(node)
            yield first[0]
            node = rest[0]

    def _restriction(self, quad: Quad) -> None:
        parts: dict[str, list[Term]] = defaultdict(list)
        for one in self.said[quad.subject]:
            parts[one.predicate.value.removeprefix(OWL)].append(one.object)
        on = parts.get("onProperty", [])
        kinds = [name for name in (*_FILLERS, *_COUNTS, *_QUALIFIED) if name in parts]
        if len(on) != 1 or len(kinds) != 1 or len(parts[kinds[0]]) != 1:
            self._bad(quad, "restriction")
            return
        (kind,), (value,) = kinds, parts[kinds[0]]
        data = self._is(on[0], DATA)
        name = _shown(on[0])
        if not data and not self._is(on[0], OBJECT):
            self._bad(quad, "no-property", f"owl:{kind}", name)
        if kind in ("someValuesFrom", "allValuesFrom"):
            fillers = [value]
        elif kind in _QUALIFIED:
            fillers = parts.get("onClass", []) + parts.get("onDataRange", [])
        else:
            fillers = []
        if kind in _QUALIFIED and len(fillers) != 1:
            self._bad(quad, "on-class", f"owl:{kind}", name)
        for filler in fillers:
            if not (self._is(filler, DATATYPE) if data else self._class(filler)):
                self._bad(quad, "no-class", f"owl:{kind}", _shown(filler))
        if kind == "hasValue" and isinstance(value, Literal) != data:
            self._bad(quad, "value", name, _shown(value))
        # The embedded store keeps every kind of whole number as xsd:integer.
        whole = (XSD + "nonNegativeInteger", XSD + "integer")
        if kind in (*_COUNTS, *_QUALIFIED) and not (
            isinstance(value, Literal) and value.datatype.value in whole and value.value.isdigit()
        ):
            self._bad(quad, "count", f"owl:{kind}", name)
        if kind in (*_COUNTS, *_QUALIFIED, "hasSelf") and on[0] in self.complex:
            self._bad(quad, "simple", f"owl:{kind}")

    def _kinds_of(self, subject: Subject, quads: list[Quad]) -> None:
        if not isinstance(subject, NamedNode):
            return
        kinds = self.kinds.get(subject.value, set())
        for rivals in _ONE_OF:
            both = [curie(kind) for kind in rivals if kind in kinds]
            if len(both) > 1:
                self._bad(quads[0], "two-kinds", *both[:2])

    def _complex_properties(self) -> set[Term]:
        """Return the properties that are transitive or chains, and those that include such."""
        transitive = NamedNode(OWL + "TransitiveProperty")
        found: set[Term] = {quad.subject for quad in self.uses[transitive]}
        found |= {q.subject for q in self.quads if q.predicate.value == OWL + "propertyChainAxiom"}
        steps: Mapping[str, bool] = {RDFS + "subPropertyOf": False, OWL + "inverseOf": True}
        while True:
            more: set[Term] = set()
            for quad in self.quads:
                both_ways = steps.get(quad.predicate.value)
                if both_ways is not None and quad.subject in found:
                    more.add(quad.object)
                if both_ways and quad.object in found:
                    more.add(quad.subject)
            if more <= found:
                return found
            found |= more


def _shown(term: Term) -> str:
    return curie(term.value) if isinstance(term, NamedNode) else str(term)[:60]
