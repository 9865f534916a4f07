"""A small government of real bodies, on which the rules are tried out.

The registers are cut down to a few bodies of each class; what they lack to make every rule fire
is invented, in namespaces and under numbers that the guideline does not use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
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

MINISTRIES = (MIC, MHLW, CABINET_OFFICE, POLICE, METI)
CORPORATIONS = (NICT, NIBIOHN, IPA, ARCHIVES, PENSION)
SUPERVISED = {
    (ARCHIVES, CABINET_OFFICE, "prime-minister"),
    (IPA, METI, METI),
    (NIBIOHN, CABINET_OFFICE, "prime-minister"),
    (NIBIOHN, MHLW, MHLW),
    (NICT, MIC, MIC),
    (NICT, POLICE, SAFETY_COMMISSION),
    (PENSION, MHLW, MHLW),
}
"""Corporation, supervising ministry, competent minister."""

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

_NORMS = {
    "1a": "k:bearer k:ConnectedSystemManager ; k:recipient k:PlatformOperator ; "
    "k:action k:notify ; k:about k:incident",
    # A norm on a wider class covers a narrower one, not the other way round.
    "2a": "k:bearer k:Agency ; k:action k:setUpTeam",
    "2b": "k:bearer k:Corporation ; k:action k:setUpTeam",
    "2c": "k:bearer k:SupervisingMinistry ; k:action k:setUpTeam",
    "3a": "k:bearer office:nisc ; k:recipient k:Agency ; k:action k:arbitrate",
    "3b": "k:bearer office:nisc ; k:recipient k:PlatformOperator ; k:action k:arbitrate",
    "3c": "k:bearer office:nisc ; k:action k:arbitrate",
    "3d": "k:bearer office:nisc ; k:recipient k:PlatformManagingAgency ; k:action k:arbitrate",
    "4a": "k:bearer office:nisc ; k:action k:monitor ; k:concernsDocument d:common-rules",
    "4b": "k:bearer office:nisc ; k:action k:monitor ; k:concernsDocument d:platform-document",
    "4c": "k:bearer office:nisc ; k:action k:monitor",
    "5a": "k:bearer office:headquarters ; k:recipient k:Public ; k:action k:publish ; "
    "k:about k:evaluationResult ; k:regards k:Corporation",
    "5b": "k:bearer office:headquarters ; k:action k:publish ; k:about k:evaluationResult",
    "5c": "k:bearer office:headquarters ; k:action k:publish ; k:about k:evaluationResult ; "
    "k:regards k:IncorporatedAdministrativeAgency",
    "5d": "k:bearer office:headquarters ; k:action k:publish ; k:about k:auditResult ; "
    "k:regards k:DesignatedCorporation",
    "5e": "k:bearer office:headquarters ; k:action k:publish ; k:about k:evaluationResult ; "
    "k:regards k:DesignatedCorporation",
    "5f": "k:bearer office:headquarters ; k:recipient k:Public , k:RelatedOrganisation ; "
    "k:action k:publish ; k:about k:evaluationResult , k:auditResult ; k:towards r:5f-1 , r:5f-2",
    # Told of the incident is the Headquarters, told of the audit NISC.
    "6a": "k:bearer k:Corporation ; k:recipient office:nisc , office:headquarters ; "
    "k:action k:notify ; k:about k:auditResult , k:incident ; k:towards r:6a-1 , r:6a-2",
    "6b": "k:bearer k:GovernmentBody ; k:recipient office:nisc , office:headquarters ; "
    "k:action k:notify ; k:about k:incidentInformation , k:overallDirection ; "
    "k:towards r:6b-1 , r:6b-2",
    "6c": "k:bearer k:Corporation ; k:recipient office:nisc ; k:action k:notify ; "
    "k:about k:incidentInformation",
    "6d": "k:bearer k:Corporation ; k:recipient office:nisc ; k:action k:notify ; "
    "k:about k:collectedIncidentInformation",
    "7a": "k:bearer office:nisc ; k:recipient k:GovernmentBody ; k:action k:support",
    "7b": "k:bearer office:nisc ; k:recipient k:IncorporatedAdministrativeAgency ; "
    "k:action k:support",
    "7c": "k:bearer office:headquarters ; k:recipient k:Corporation , office:nisc ; "
    "k:action k:support ; k:towards r:7c-1 , r:7c-2",
    "8a": "k:bearer office:nisc ; k:action k:inspect ; k:concernsDocument d:standards-group",
    "8b": "k:bearer office:headquarters ; k:action k:inspect ; "
    "k:concernsDocument d:standards-group",
    # The ministries tell the council, which tells them: a way back, where no route may turn.
    "9a": "k:bearer k:Ministry ; k:recipient office:council ; k:action k:notify ; "
    "k:about k:incident",
}
"""Invented: each fits, or just fails to fit, something for which the text is searched."""

_DIRECTIONS = {
    "5f-1": "k:recipient k:Public ; k:action k:publish ; k:about k:evaluationResult",
    "5f-2": "k:recipient k:RelatedOrganisation ; k:action k:publish ; k:about k:auditResult",
    "6a-1": "k:recipient office:nisc ; k:action k:notify ; k:about k:auditResult",
    "6a-2": "k:recipient office:headquarters ; k:action k:notify ; k:about k:incident",
    "6b-1": "k:recipient office:nisc ; k:action k:notify ; k:about k:incidentInformation",
    "6b-2": "k:recipient office:headquarters ; k:action k:notify ; k:about k:overallDirection",
    "7c-1": "k:recipient k:Corporation ; k:action k:support",
    "7c-2": "k:recipient office:nisc ; k:action k:support",
}

_MORE = f"""
PREFIX d: <{ID}document/>
PREFIX k: <{NS}>
PREFIX office: <{ID}office/>
PREFIX r: <{ID}direction/9-9->
PREFIX b: <{ID}body/>
PREFIX s: <urn:test:>
# Bodies that only a supervision names, and things that only a relation to a system does.
<{ID}supervision/test/minister> k:register <{ID}register/iaa-2016-04-01> ;
    k:supervisingMinistry b:unlisted-ministry ; k:competentMinister b:unlisted-minister ;
    k:supervised b:unlisted-corporation ; k:confidence k:found .
s:operator k:operates s:operated .
s:user k:uses s:used .
s:manager k:manages s:managed .
s:joined k:connectedTo s:joint .
s:stack k:hasLayer s:one .
s:other k:layerManagedBy s:keeper .
# An act that no norm lays down.
s:note k:bearer k:Ministry ; k:action k:assessRisk .
"""

DECLARED = f"""
PREFIX k: <{NS}>
PREFIX b: <{ID}body/>
PREFIX s: <urn:test:>
b:{CABINET_OFFICE} k:operates s:undivided .
b:{IPA} k:uses s:undivided , s:unsaid , s:single .
s:undivided k:declaredAs k:declaredShared .
s:outside k:connectedTo s:undivided .
s:outsider k:manages s:outside .
b:{METI} k:operates s:lonely , s:single , s:unsaid ; k:uses s:lonely .
s:lonely k:declaredAs k:declaredShared .
s:single k:declaredAs k:declaredShared ; k:hasLayer s:all .
s:all k:layerManagedBy b:{METI} .
"""
"""Invented: what users say of systems, of whose layers not all is known."""

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
    """Return the small government with norms that end some silences, and some odd bodies."""
    data = [_MORE]
    for name, said in _NORMS.items():
        data.append(f"<{ID}norm/9-9-{name}> a k:Norm ; k:force k:must ; {said} .")
    data += [f"r:{name} a k:Direction ; {said} ." for name, said in _DIRECTIONS.items()]
    changed = Store()
    changed.bulk_extend(small())
    _add(changed, "\n".join(data), "norms")
    return changed


@cache
def declared() -> Store:
    """Return the small government with systems that users declare to be platforms."""
    changed = Store()
    changed.bulk_extend(small())
    _add(changed, DECLARED, "bodies")
    return changed


def _add(store: Store, data: str, layer: str) -> None:
    graph = NamedNode(graph_iri(layer))
    for quad in parse(data.encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))


def shown(quads: Iterable[Quad]) -> Shown:
    return frozenset((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


@lru_cache(maxsize=8)
def _about(found: Shown) -> dict[str, list[tuple[str, str]]]:
    """Return what is said of each thing; expectations ask for one thing after the other."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, *rest in found:
        if len(rest) == 2:
            said[subject].append((rest[0], rest[1]))
    return dict(said)


@lru_cache(maxsize=8)
def _of_relations(found: Shown) -> dict[str, list[tuple[str, str]]]:
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, said in _about(found).items():
        for predicate, value in said:
            pairs[predicate].append((subject, value))
    return dict(pairs)


def values(found: Shown, subject: str, name: str) -> set[str]:
    return {o for p, o in _about(found).get(f"<{subject}>", ()) if p == f"<{NS}{name}>"}


def pairs(found: Shown, name: str) -> list[tuple[str, str]]:
    """Return the subjects and objects of a relation, as N-Triples."""
    return _of_relations(found).get(f"<{NS}{name}>", [])


def types(found: Shown, thing: str) -> set[str]:
    kind = f"<{RDF}type>"
    said = _about(found).get(f"<{thing}>", ())
    return {o.strip("<>").removeprefix(NS) for p, o in said if p == kind}


def duties(found: Shown, body: str) -> set[tuple[str, str]]:
    """Return the pairs (norm, route) of a body or office."""
    start = f"<{ID}duty/{body}/"
    return {
        (s.split("/")[-3], s.split("/")[-2]) for s, _ in pairs(found, "rank") if s.startswith(start)
    }


def lines(found: Shown) -> set[str]:
    """Return the local names of all lines: norm/from/to/act[/supervision][/reading]."""
    return {s.strip("<>").removeprefix(f"{ID}line/") for s, _ in pairs(found, "act")}


def related(found: Shown, name: str) -> set[tuple[str, ...]]:
    """Return the pairs of a relation, by the last part of each name."""
    return {tuple(one.strip("<>").rsplit("/", 1)[1] for one in pair) for pair in pairs(found, name)}
