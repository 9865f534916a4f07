"""Class expressions of the ontology in words: how a defined class is defined.

The Japanese reads as a statute would put it, the English as OWL's Manchester syntax does.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from kijun.errors import KijunError
from kijun.facts import Facts, Node, Piece, Words, said, together
from kijun.terms import OWL, RDF

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"


def expression(facts: Facts, node: Node | Literal) -> Words:
    """Return a class expression in words, each name in it with its link.

    Raises:
        KijunError: it uses a construct that has no words yet.
    """
    if isinstance(node, NamedNode):
        return _name(facts, node)
    if isinstance(node, Literal):
        return facts.value(node)
    union = facts.one(node, OWL + "unionOf")
    if union is not None:
        return _union([expression(facts, one) for one in members(facts, union)])
    intersection = facts.one(node, OWL + "intersectionOf")
    if intersection is not None:
        return _intersection(facts, members(facts, intersection))
    condition, english = _restriction(facts, node)
    return Words((*condition, Piece("あるもの")), english)


def members(facts: Facts, head: Node | Literal) -> list[Node | Literal]:
    """Return the members of an RDF list in its order."""
    found: list[Node | Literal] = []
    place: Node | Literal | None = head
    while isinstance(place, (NamedNode, BlankNode)) and place.value != _NIL:
        first = facts.one(place, _FIRST)
        if first is not None:
            found.append(first)
        place = facts.one(place, _REST)
    return found


def named(facts: Facts, node: Node | Literal) -> set[str]:
    """Return the IRIs of the terms that an expression uses."""
    if isinstance(node, NamedNode):
        return {node.value}
    if isinstance(node, Literal):
        return set()
    found: set[str] = set()
    for predicate in facts.predicates(node):
        if predicate in (OWL + "unionOf", OWL + "intersectionOf"):
            for head in facts.objects(node, predicate):
                found |= {iri for one in members(facts, head) for iri in named(facts, one)}
        elif not predicate.startswith(RDF):
            found |= {iri for one in facts.objects(node, predicate) for iri in named(facts, one)}
    return found


def _name(facts: Facts, node: NamedNode) -> Words:
    label = facts.label(node.value)
    return Words((Piece("「"), *label.ja, Piece("」")), label.en)


def _union(parts: list[Words]) -> Words:
    found = parts[:1]
    for place, part in enumerate(parts[1:], 2):
        found += [said("又は" if place == len(parts) else "、", " or "), part]
    return together(*found)


def _intersection(facts: Facts, parts: list[Node | Literal]) -> Words:
    kinds = [part for part in parts if isinstance(part, NamedNode)]
    rest = [part for part in parts if isinstance(part, BlankNode)]
    found: list[Words] = []
    for place, kind in enumerate(kinds):
        found += [said("であり、", " and ")] if place else []
        found.append(_name(facts, kind))
    if kinds and rest:
        found.append(said("であって、", " and "))
    for place, part in enumerate(rest):
        found += [said("あり、かつ、", " and ")] if place else []
        condition, english = _restriction(facts, part)
        found.append(Words(condition, (Piece("("), *english, Piece(")"))))
    found.append(Words((Piece("あるもの" if rest else "であるもの"),), ()))
    return together(*found)


def _restriction(facts: Facts, node: Node) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return a condition up to 「あり」 or 「ある」, and in English."""
    on = facts.one(node, OWL + "onProperty")
    if not isinstance(on, NamedNode):
        raise KijunError(f"ontology/terms: a class expression has no words yet: {node}")
    relation, label = _name(facts, on), facts.label(on.value)
    some = facts.one(node, OWL + "someValuesFrom")
    if some is not None:
        filler = _within(facts, some)
        return (
            (*relation.ja, Piece("の先に"), *filler.ja, Piece("が1つ以上")),
            (*label.en, Piece(" some "), *filler.en),
        )
    value = facts.one(node, OWL + "hasValue")
    if value is not None:
        shown = facts.value(value)
        return (
            (*relation.ja, Piece("の先に必ず"), Piece("「"), *shown.ja, Piece("」が")),
            (*label.en, Piece(" value "), *shown.en),
        )
    least, kind = (facts.one(node, OWL + one) for one in ("minQualifiedCardinality", "onClass"))
    if isinstance(least, Literal) and kind is not None:
        filler = _within(facts, kind)
        return (
            (*relation.ja, Piece("の先に"), *filler.ja, Piece(f"が{least.value}つ以上")),
            (*label.en, Piece(f" min {least.value} "), *filler.en),
        )
    raise KijunError(f"ontology/terms: a restriction on {on.value} has no words yet")


def _within(facts: Facts, node: Node | Literal) -> Words:
    inner = expression(facts, node)
    if isinstance(node, NamedNode):
        return inner
    return Words((Piece("〔"), *inner.ja, Piece("〕")), (Piece("("), *inner.en, Piece(")")))
