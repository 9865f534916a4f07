"""A small government of real bodies, on which the rules are tried out.

The registers are cut down to a few bodies of each class; what they lack to make every rule fire
is invented, in namespaces and under numbers that the guideline does not use.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kijun import derivation
from kijun.dates import State, states
from kijun.terms import ID, NS, RDF, graph_iri

MIC, MHLW, CABINET_OFFICE, POLICE = (
    "2000012020001",
    "6000012070001",
    "2000012010019",
    "8000012130001",
)
NICT, PENSION, IPA = "7012405000492", "4011305001653", "5010005007126"
ARCHIVES, NIBIOHN, METI = "3010005005429", "9120905002657", "4000012090001"
SAFETY_COMMISSION, STATISTICS, AUDIT = "7000012010022", "9000012020003", "6000012150001"
KEPT = {MIC, MHLW, CABINET_OFFICE, POLICE, METI, NICT, PENSION, IPA, ARCHIVES, NIBIOHN}
KEPT |= {SAFETY_COMMISSION, STATISTICS, AUDIT}

PLATFORM = f"""
PREFIX k: <{NS}>
PREFIX b: <{ID}body/>
PREFIX s: <urn:test:>
b:{MIC} k:operates s:platform ; k:uses s:platform .
b:{NICT} k:uses s:platform ; k:manages s:connected .
b:{PENSION} k:uses s:platform .
s:connected k:connectedTo s:platform .
s:platform k:hasLayer s:hardware , s:application .
s:hardware k:layerManagedBy b:{MIC} .
s:application k:layerManagedBy b:{IPA} .
b:{METI} k:operates s:own ; k:uses s:own .
b:{IPA} k:uses s:own .
s:own k:hasLayer s:whole .
s:whole k:layerManagedBy b:{METI} .
s:untyped k:connectedTo s:own , s:far .
<{ID}norm/9-8-1a> a k:Norm ; k:bearer k:IndependentOrgan ; k:recipient <{ID}office/council> ;
    k:action k:notify ; k:about k:incident ; k:force k:must .
<{ID}norm/9-8-1b> a k:Norm ; k:bearer <{ID}office/council> ; k:recipient k:Ministry ;
    k:action k:notify ; k:about k:incident ; k:force k:must .
"""
"""Invented: a platform of MIC, a system of METI's own, and two norms that make a longer route."""

NORM_FOR_SILENCE = f"""
PREFIX k: <{NS}>
<{ID}norm/9-9-1a> a k:Norm ; k:bearer k:ConnectedSystemManager ;
    k:recipient k:PlatformOperator ; k:action k:notify ; k:about k:incident ; k:force k:must .
"""

Shown: TypeAlias = frozenset[tuple[str, ...]]


def default_state() -> State:
    """Return the state of the default day."""
    return next(state for state in states() if state.key == "2016-10-12")


@cache
def small() -> Store:
    """Return the asserted graph with the registers cut down to a few bodies, and a platform."""
    store = Store()
    store.bulk_extend(derivation.asserted_quads())
    for name in ("entryOf", "supervised", "supervisingMinistry"):
        for quad in list(store.quads_for_pattern(None, NamedNode(NS + name), None, None)):
            if str(quad.object).strip("<>").rsplit("/", 1)[1] not in KEPT:
                for gone in list(store.quads_for_pattern(quad.subject, None, None, None)):
                    store.remove(gone)
    _add(store, PLATFORM, "bodies")
    return store


@cache
def answered() -> Store:
    """Return the small government with a norm that ends one silence."""
    changed = Store()
    changed.bulk_extend(small())
    _add(changed, NORM_FOR_SILENCE, "norms")
    return changed


GOVERNMENTS = {"small": small, "answered": answered}
"""The governments by name; their stores are shared, so nobody may change them."""


def _add(store: Store, data: str, layer: str) -> None:
    graph = NamedNode(graph_iri(layer))
    for quad in parse(data.encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))


def shown(quads: Iterable[Quad]) -> Shown:
    return frozenset((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


def values(found: Shown, subject: str, name: str) -> set[str]:
    return {o for s, p, o in found if s == f"<{subject}>" and p == f"<{NS}{name}>"}


def types(found: Shown, thing: str) -> set[str]:
    kind = f"<{RDF}type>"
    return {o.strip("<>").removeprefix(NS) for s, p, o in found if s == f"<{thing}>" and p == kind}


def duties(found: Shown, body: str) -> set[tuple[str, str]]:
    """Return the pairs (norm, route) of a body or office."""
    start = f"<{ID}duty/{body}/"
    return {
        (s.split("/")[-3], s.split("/")[-2])
        for s, p, _ in found
        if s.startswith(start) and p.endswith("#rank>")
    }


def lines(found: Shown) -> set[str]:
    """Return the local names of all lines: norm/from/to/act[/supervision][/reading]."""
    return {s.strip("<>").removeprefix(f"{ID}line/") for s, p, _ in found if p.endswith("#act>")}
