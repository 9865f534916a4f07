"""What everything is called in one state of the registers, and what each thing is within.

These quads follow from the facts without a rule: the name of a body as its register has it, keys
under which classes, offices and roles are found, and closures that spare queries a path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kijun.dates import State
from kijun.names import name_key
from kijun.terms import NS, ORG, RDF, RDFS, SKOS, graph_iri

_GRAPH = NamedNode(graph_iri("derived"))
_TYPE = NamedNode(RDF + "type")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_LABEL, _ALT = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_ENTRY_OF, _ENTRY_NAME = NamedNode(NS + "entryOf"), NamedNode(NS + "entryName")
_REGISTER, _DATE = NamedNode(NS + "register"), NamedNode(NS + "registerDate")
_KEY, _WITHIN, _IN_USE = (NamedNode(NS + name) for name in ("nameKey", "within", "inUse"))
_NUMBER = NamedNode(NS + "corporateNumber")
_NAMED = ("Agency", "Role", "InformationSystem")

Node = NamedNode | BlankNode | Triple


def names_of_bodies(asserted: Store, state: State) -> Iterator[tuple[str, list[Literal]]]:
    """Yield each body's IRI with its names in a state.

    A body that no register in use enters has the names of its newest entry elsewhere, so that an
    answer can still name it; its classes, not its name, say whether it exists in the state.
    """
    used = {register.iri for register in state.registers}
    entries: dict[str, list[tuple[bool, str, list[Literal]]]] = defaultdict(list)
    for quad in asserted.quads_for_pattern(None, _ENTRY_OF, None, None):
        body, entry = quad.object, quad.subject
        register = _objects(asserted, entry, _REGISTER)[0]
        assert isinstance(body, NamedNode)
        assert isinstance(register, NamedNode)
        # A register that users write has no date of its own.
        day = next(iter(_objects(asserted, register, _DATE)), "")
        names = [
            name for name in _objects(asserted, entry, _ENTRY_NAME) if isinstance(name, Literal)
        ]
        entries[body.value].append((register.value in used, str(day), names))
    for body_iri in sorted(entries):
        yield body_iri, max(entries[body_iri], key=lambda entry: entry[:2])[2]


def naming_quads(
    asserted: Store, state: State, names: Mapping[str, Sequence[Literal]]
) -> Iterator[Quad]:
    """Yield labels of bodies, keys of classes, roles, offices and others, registers in use."""
    for iri, labels in names.items():
        for label in labels:
            yield Quad(NamedNode(iri), _LABEL, label, _GRAPH)
    things = _named_classes(asserted)
    # Organisations in no register are found by name too: what became of a body may be one.
    for kind in (NS + "Office", ORG + "Organization"):
        typed = asserted.quads_for_pattern(None, _TYPE, NamedNode(kind), None)
        things.update(quad.subject for quad in typed if isinstance(quad.subject, NamedNode))
    for thing in sorted(things, key=str):
        found = [
            name for step in (_LABEL, _ALT, _NUMBER) for name in _objects(asserted, thing, step)
        ]
        for key in sorted({name_key(name.value) for name in found if isinstance(name, Literal)}):
            yield Quad(thing, _KEY, Literal(key), _GRAPH)
    for register in state.registers:
        node = NamedNode(register.iri)
        yield Quad(node, _IN_USE, Literal(True), _GRAPH)


def closure_quads(asserted: Store) -> Iterator[Quad]:
    """Yield what each class is a subclass of and each section part of, itself included."""
    parents: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for step in (_SUBCLASS, NamedNode(NS + "partOf")):
        for quad in asserted.quads_for_pattern(None, step, None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                parents[quad.subject].add(quad.object)
    nodes = {*parents, *(parent for found in parents.values() for parent in found)}
    for node in sorted(nodes, key=str):
        reached = {node}
        frontier = {node}
        while frontier:
            frontier = {parent for one in frontier for parent in parents[one]} - reached
            reached |= frontier
        for one in sorted(reached, key=str):
            yield Quad(node, _WITHIN, one, _GRAPH)


def _named_classes(asserted: Store) -> set[NamedNode]:
    classes = {NamedNode(NS + name) for name in _NAMED}
    frontier = set(classes)
    while frontier:
        frontier = {
            quad.subject
            for parent in frontier
            for quad in asserted.quads_for_pattern(None, _SUBCLASS, parent, None)
            if isinstance(quad.subject, NamedNode)
        } - classes
        classes |= frontier
    return classes


def _objects(
    asserted: Store, subject: Node, predicate: NamedNode
) -> list[NamedNode | BlankNode | Literal | Triple]:
    found = asserted.quads_for_pattern(subject, predicate, None, None)
    return sorted((quad.object for quad in found), key=str)
