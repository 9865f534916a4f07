"""Where the terms of the ontology are used: in norms, in questions, in axioms about classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode

from kijun import catalogue
from kijun.expressions import members, named
from kijun.facts import Facts
from kijun.terms import ID, NS, OWL, RDFS

_PARTS = tuple(f"{ID}{kind}/" for kind in ("reading", "reliance", "incorporation", "direction"))
_ENDS = ("bearer", "recipient")

Uses = dict[str, dict[tuple[str, ...], list[str]]]
"""For each term, the norms that use it, by the properties that lead from the norm to it."""


def norm_uses(facts: Facts, norms: Iterable[str]) -> Uses:
    """Return the norms that use each term, as a property or as its value."""
    found: Uses = {}

    def add(term: str, way: tuple[str, ...], norm: str) -> None:
        norms = found.setdefault(term, {}).setdefault(way, [])
        if norm not in norms:
            norms.append(norm)

    def visit(node: str, way: tuple[str, ...], norm: str) -> None:
        for predicate in facts.predicates(node):
            if predicate.startswith(NS):
                add(predicate, way, norm)
            for value in facts.iris(node, predicate):
                if value.startswith(NS):
                    add(value, (*way, predicate), norm)
                elif value.startswith(_PARTS):
                    visit(value, (*way, predicate), norm)

    for norm in norms:
        visit(norm, (), norm)
    return {term: dict(sorted(ways.items(), key=_way_rank)) for term, ways in found.items()}


def _way_rank(use: tuple[tuple[str, ...], list[str]]) -> tuple[int, int, tuple[str, ...]]:
    first = use[0][0].removeprefix(NS) if use[0] else ""
    return (len(use[0]), _ENDS.index(first) if first in _ENDS else 2, use[0])


def question_uses() -> dict[str, list[str]]:
    """Return the questions whose query mentions each term."""
    found: dict[str, list[str]] = {}
    for name in catalogue.names():
        lines = catalogue.question(name).text.splitlines()
        query = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        for local in sorted(set(re.findall(r"\bkijun:([A-Za-z]\w*)", query))):
            found.setdefault(NS + local, []).append(name)
    return found


def disjoint_terms(facts: Facts) -> Mapping[str, set[str]]:
    """Return for each class those that an axiom keeps apart from it."""
    found: dict[str, set[str]] = {}

    def add(iris: Iterable[str]) -> None:
        whole = set(iris)
        for iri in whole:
            found.setdefault(iri, set()).update(whole - {iri})

    for quad in facts.store.quads_for_pattern(None, NamedNode(OWL + "disjointWith"), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            add((quad.subject.value, quad.object.value))
    for quad in facts.store.quads_for_pattern(None, NamedNode(OWL + "members"), None):
        if isinstance(quad.object, BlankNode):
            listed_ = members(facts, quad.object)
            add(one.value for one in listed_ if isinstance(one, NamedNode))
    return found


def defined_with(facts: Facts) -> Mapping[str, set[str]]:
    """Return for each term the classes whose definition or restriction uses it."""
    found: dict[str, set[str]] = {}
    for predicate in (OWL + "equivalentClass", RDFS + "subClassOf"):
        for quad in facts.store.quads_for_pattern(None, NamedNode(predicate), None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, BlankNode):
                for iri in named(facts, quad.object) - {quad.subject.value}:
                    found.setdefault(iri, set()).add(quad.subject.value)
    return found
