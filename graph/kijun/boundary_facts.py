"""A situation as facts for the rules, each with the places where a user wrote it.

What the ontology has properties for (who operates what, which layers there are) the rules also see
in the graph; here it comes straight from the facts of the situation, which is much faster for
hundreds of systems. Allocations, documents and the rest are seen here only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kijun.axioms import quoted
from kijun.profile import Place
from kijun.situation import Situation
from kijun.situation_graph import CONFIDENCE
from kijun.terms import NS, curie

Facts = Mapping[str, tuple[Place, ...]]
"""Facts as clingo writes them, without the full stop, with the places where they are stated."""

Stated = tuple[str, tuple[Place, ...]]


def facts(situation: Situation) -> Facts:
    """Return the facts of a situation; what several rows state has all their places."""
    found: dict[str, tuple[Place, ...]] = {}
    for fact, places in (*_of_systems(situation), *_of_bodies(situation), *_of_scope(situation)):
        found[fact] = (*found.get(fact, ()), *places)
    # Rows of their own, of which each states another fact.
    found.update(_of_allocations(situation))
    found.update(_of_documents(situation))
    return found


def _of_systems(situation: Situation) -> Iterator[Stated]:
    for system in situation.systems:
        declared = NS + ("declaredShared" if system.shared else "declaredOwn")
        yield _fact("declaredAs", system.iri, declared), system.places
        yield _fact("asserted_type", system.iri, NS + "InformationSystem"), system.places
        for operator in system.operators:
            yield _fact("operates", operator, system.iri), system.places
        for manager in system.managers:
            yield _fact("manages", manager, system.iri), system.places
    for layer in situation.layers:
        places = (layer.place,)
        yield _fact("asserted_type", layer.iri, NS + "SystemLayer"), places
        yield _fact("hasLayer", layer.system, layer.iri), places
        for manager in layer.managers:
            yield _fact("layerManagedBy", layer.iri, manager), places
    for use in situation.uses:
        yield _fact("uses", use.body, use.system), (use.place,)
    for one in situation.connections:
        yield _fact("connectedTo", one.system, one.platform), (one.place,)


def _of_bodies(situation: Situation) -> Iterator[Stated]:
    for body in situation.bodies:
        places = (body.place,)
        yield _fact("entered", body.iri, body.kind, NS + CONFIDENCE), places
        for number, ministry in enumerate(body.ministries, 1):
            node = f"{body.iri}/supervision-{number}"
            yield _fact("supervision", node, ministry, ministry, body.iri), places
            yield _fact("confidence", node, NS + CONFIDENCE), places


def _of_scope(situation: Situation) -> Iterator[Stated]:
    for concern in situation.concerns:
        held = _Word("single" if concern.single else "joint")
        where = concern.platform or _ALL
        yield _fact("added", concern.iri, concern.iri, held, where), (concern.place,)
    for one in situation.exclusions:
        left_out = (one.platform, one.concern or _ALL, one.party or _ALL)
        yield _fact("excluded", one.iri, *left_out), (one.place,)
    for contact in situation.contacts:
        platform = contact.platform or _ALL
        ends = (contact.sender, contact.receiver)
        yield _fact("contact", contact.iri, *ends, platform), (contact.place,)
        if contact.both:
            yield _fact("contact", contact.iri, *reversed(ends), platform), (contact.place,)


def _of_allocations(situation: Situation) -> Iterator[Stated]:
    for one in situation.allocations:
        places = (one.place,)
        ends = (one.iri, one.platform, one.concern, one.party, _Word(one.state))
        yield _fact("allocation", *ends), places
        if one.provider is not None and one.state == "inherited":
            yield _fact("relies_on", one.iri, one.provider), places
        if one.leads:
            yield _fact("leads", one.iri), places
        if one.evidence is not None:
            yield _fact("shows", one.iri), places


def _of_documents(situation: Situation) -> Iterator[Stated]:
    for document in situation.documents:
        kind = _Word(document.kind.replace("-", "_"))
        yield _fact("document", document.iri, document.platform, kind), document.places
        for maker in document.makers:
            yield _fact("made", document.iri, maker), document.places
        for concern in document.scope:
            yield _fact("scope", document.iri, concern), document.places
    for one in situation.agreements:
        name = "agreed" if one.agreed else "consulted"
        yield _fact(name, one.iri, one.document, one.party), (one.place,)


class _Word(str):
    """A constant of the rules, which stands without quotes."""

    __slots__ = ()


_ALL = _Word("all")


def _fact(name: str, *arguments: str) -> str:
    shown = (one if isinstance(one, _Word) else quoted(curie(one)) for one in arguments)
    return f"{name}({','.join(shown)})"
