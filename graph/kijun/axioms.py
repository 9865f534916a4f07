"""The class axioms of the ontology, compiled to one rule each.

No axiom is written twice: what ``ontology/terms`` says in OWL becomes a clingo rule here.
Only the constructs that the ontology uses are known; any other is an error, so that no
axiom is dropped in silence. A union on the right of a subclass axiom and a disjointness
state what cannot be, not what follows; they are left to the OWL reasoner.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kijun.errors import KijunError
from kijun.terms import NS, OWL, RDF, RDFS, curie

_TYPE = NamedNode(RDF + "type")
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_EQUIVALENT = NamedNode(OWL + "equivalentClass")
_ON_PROPERTY = NamedNode(OWL + "onProperty")
_SOME = NamedNode(OWL + "someValuesFrom")
_VALUE = NamedNode(OWL + "hasValue")
_MIN, _ON_CLASS = NamedNode(OWL + "minQualifiedCardinality"), NamedNode(OWL + "onClass")
_UNION, _INTERSECTION = NamedNode(OWL + "unionOf"), NamedNode(OWL + "intersectionOf")

_UNKNOWN = [
    NamedNode(OWL + name)
    for name in (
        "allValuesFrom",
        "complementOf",
        "oneOf",
        "hasSelf",
        "maxCardinality",
        "maxQualifiedCardinality",
        "cardinality",
        "qualifiedCardinality",
        "minCardinality",
        "propertyChainAxiom",
        "inverseOf",
        "disjointUnionOf",
    )
]

TYPED_BY_USE = (
    "supervises",
    "competentFor",
    "operates",
    "uses",
    "manages",
    "connectedTo",
    "sharedWith",
    "partlyManagedBy",
    "hasLayer",
    "layerManagedBy",
)
"""The properties whose domain and range say what their ends are."""

Node = NamedNode | BlankNode


def quoted(text: str) -> str:
    """Return a string as clingo writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compile_axioms(terms: Store) -> list[str]:
    """Return the rules that follow from the class axioms in a store.

    Raises:
        KijunError: an axiom uses a construct that has no rule.
    """
    for predicate in _UNKNOWN:
        for quad in terms.quads_for_pattern(None, predicate, None, None):
            raise KijunError(
                f"ontology/terms: {curie(predicate.value)} on {quad.subject} has no rule; "
                "add it to kijun.axioms or say it otherwise"
            )
    return [*_class_rules(terms), *_property_rules(terms)]


def _class_rules(terms: Store) -> Iterator[str]:
    for quad in sorted(terms.quads_for_pattern(None, _SUBCLASS, None, None), key=str):
        child, parent = quad.subject, quad.object
        if not isinstance(child, NamedNode):
            raise KijunError(f"ontology/terms: {child} rdfs:subClassOf: only named classes have it")
        if isinstance(parent, NamedNode):
            yield from _subclass(_name(child), _name(parent))
        elif isinstance(parent, BlankNode) and (value := _one(terms, parent, _VALUE)):
            relation = _relation(terms, parent)
            yield f"{relation}(X,{_constant(value)}) :- type(X,{_name(child)}), rule(has_value)."
        else:
            raise KijunError(f"ontology/terms: the superclass of {_name(child)} has no rule")
    for quad in sorted(terms.quads_for_pattern(None, _EQUIVALENT, None, None), key=str):
        defined, expression = quad.subject, quad.object
        if not isinstance(defined, NamedNode) or not isinstance(expression, BlankNode):
            raise KijunError(f"ontology/terms: owl:equivalentClass of {defined} has no rule")
        union = _one(terms, expression, _UNION)
        if union is not None:
            for member in _members(terms, union):
                if not isinstance(member, NamedNode):
                    raise KijunError(f"ontology/terms: a union in {_name(defined)} has no rule")
                yield from _subclass(_name(member), _name(defined))
        else:
            body = ", ".join(_Body(terms).of(expression, "X"))
            yield f"type(X,{_name(defined)}) :- {body}, rule(defined_class)."


def _property_rules(terms: Store) -> Iterator[str]:
    for name in TYPED_BY_USE:
        relation = NamedNode(NS + name)
        for predicate, ends in (("domain", "(X,_)"), ("range", "(_,X)")):
            side = NamedNode(RDFS + predicate)
            for quad in terms.quads_for_pattern(relation, side, None, None):
                yield f"type(X,{_name(quad.object)}) :- {name}{ends}, rule({predicate}_of_use)."


def _subclass(child: str, parent: str) -> Iterator[str]:
    yield f"sub({child},{parent})."
    yield f"type(X,{parent}) :- type(X,{child}), rule(subclass)."


class _Body:
    """The conditions under which something belongs to a class expression."""

    def __init__(self, terms: Store) -> None:
        self.terms = terms
        self.fresh = 0

    def of(self, expression: object, variable: str) -> list[str]:
        if isinstance(expression, NamedNode):
            return [f"type({variable},{_name(expression)})"]
        if not isinstance(expression, BlankNode):
            raise KijunError(f"ontology/terms: {expression} is no class expression")
        members = _one(self.terms, expression, _INTERSECTION)
        if members is not None:
            return [
                atom
                for member in _members(self.terms, members)
                for atom in self.of(member, variable)
            ]
        relation = _relation(self.terms, expression)
        filler = _one(self.terms, expression, _SOME)
        if filler is not None:
            return self._related(relation, variable, filler)[1]
        at_least, kind = (_one(self.terms, expression, one) for one in (_MIN, _ON_CLASS))
        if isinstance(at_least, Literal) and at_least.value == "2" and kind is not None:
            first, one = self._related(relation, variable, kind)
            second, two = self._related(relation, variable, kind)
            return [*one, *two, f"{first} < {second}"]
        raise KijunError(f"ontology/terms: a restriction on {relation} has no rule")

    def _related(self, relation: str, variable: str, filler: object) -> tuple[str, list[str]]:
        self.fresh += 1
        other = f"Y{self.fresh}"
        return other, [f"{relation}({variable},{other})", *self.of(filler, other)]


def _relation(terms: Store, restriction: BlankNode) -> str:
    relation = _one(terms, restriction, _ON_PROPERTY)
    if not isinstance(relation, NamedNode) or not relation.value.startswith(NS):
        raise KijunError(
            "ontology/terms: a class expression without a property of ours has no rule"
        )
    return relation.value[len(NS) :]


def _one(terms: Store, subject: Node, predicate: NamedNode) -> object | None:
    for quad in terms.quads_for_pattern(subject, predicate, None, None):
        return quad.object
    return None


def _members(terms: Store, head: object) -> Iterator[object]:
    while isinstance(head, (NamedNode, BlankNode)) and head != _NIL:
        yield _one(terms, head, _FIRST)
        head = _one(terms, head, _REST)


def _name(node: object) -> str:
    return quoted(curie(node.value)) if isinstance(node, NamedNode) else quoted(str(node))


def _constant(node: object) -> str:
    return _name(node)
