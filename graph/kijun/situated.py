"""The graph with what users describe in it: asserted, situated and all that follows, in memory.

It is never written anywhere: no snapshot, no cache, no log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from kijun.boundary import Boundary, boundary
from kijun.dates import State
from kijun.derivation import asserted_quads, derived_quads
from kijun.engine import Embedded
from kijun.errors import BadInput
from kijun.hole_words import HoleWords
from kijun.holes import BASIS, kind_term, names
from kijun.profile import Finding, Profile, Reading
from kijun.progress import watched
from kijun.resolution import Find
from kijun.root_faults import root_faults
from kijun.saying import spoken, worded
from kijun.situation import Situation, situation
from kijun.situation_graph import register
from kijun.store import Snapshot
from kijun.terms import LAYERS, NS, RDF, graph_iri

_DERIVED = NamedNode(graph_iri("derived"))


def described(sources: Sequence[object], find: Find, norm: Callable[[str], str]) -> Situation:
    """Return what some files, folders or profiles already read say together.

    Raises:
        BadInput: a file is not there or cannot be read at all, or there are errors in it.
    """
    profiles, read = _profiles(sources)
    found = situation(profiles, find, norm)
    found = found._replace(findings=tuple(root_faults(read, found.findings)))
    refuse(found.findings)
    return found


def _profiles(sources: Sequence[object]) -> tuple[list[Profile], list[Finding]]:
    from kijun.profile_files import read

    profiles: list[Profile] = []
    findings: list[Finding] = []
    for source in watched(sources, "profiles"):
        reading = source if isinstance(source, Reading) else None
        if isinstance(source, Profile):
            reading = Reading(source)
        reading = reading or read(str(source))
        profiles.append(reading.profile)
        findings += reading.findings
    return profiles, findings


def refuse(findings: Sequence[Finding]) -> None:
    """Refuse profiles with errors.

    Raises:
        BadInput: there are errors; it tells the first, with its place, and how many more were read.
    """
    errors = [one for one in findings if one.severity == "error"]
    if errors:
        first, *rest = errors
        # What rules ask of rows together is for kijun check, which may find more.
        told = {
            "place": first.place.words(spoken()),
            "finding": first.sentence(spoken()),
            "number": len(rest),
        }
        raise BadInput(
            worded("{place}: {finding}; see all with kijun check", **told)
            if not rest
            else worded(
                "{place}: {finding}; at least 1 more error; see all with kijun check", **told
            )
            if len(rest) == 1
            else worded(
                "{place}: {finding}; at least {number} more errors; see all with kijun check",
                **told,
            )
        )


def state_with(state: State | None, situation: Situation) -> State | None:
    """Return the registers in use with that of the bodies which profiles add, if they add any."""
    if not situation.bodies:
        return state
    before = state or State("none", ())
    day = max((one.used_from for one in before.registers), default=None)
    return State(before.key, (*before.registers, register(day)))


def asserted_part(store: Store) -> Store:
    """Return what is asserted in a store, without what follows from it, as a store of its own."""
    kept = Store()
    for layer in LAYERS:
        if layer != "derived":
            graph = NamedNode(graph_iri(layer))
            kept.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return kept


def situated(situation: Situation, state: State | None) -> Snapshot:
    """Return the whole graph with a situation in it, in memory."""
    used = state or State("none", ())
    store = Store()
    store.bulk_extend(asserted_quads())
    store.bulk_extend(situation.quads())
    derived = list(derived_quads(store, used))
    found = boundary(store, used, situation)
    store.bulk_extend(derived)
    store.bulk_extend(_hole_quads(found, situation, store))
    return Snapshot(store, None)


def _hole_quads(found: Boundary, situation: Situation, store: Store) -> Iterator[Quad]:
    engine = Embedded(store)
    words = [
        (lang, HoleWords(found, names(found, situation, engine, lang), lang))
        for lang in ("ja", "en")
    ]
    for hole in found.holes:
        node = NamedNode(hole.iri)

        def say(name: str, value: NamedNode | Literal, node: NamedNode = node) -> Quad:
            return Quad(node, NamedNode(NS + name), value, _DERIVED)

        yield Quad(node, NamedNode(RDF + "type"), NamedNode(NS + "Hole"), _DERIVED)
        yield say("holeKind", NamedNode(NS + kind_term(hole.kind)))
        yield say("atPlatform", NamedNode(hole.system))
        yield say("norm", NamedNode(hole.norm))
        yield say("confidence", NamedNode(NS + BASIS))
        if hole.concern is not None:
            yield say("ofConcern", NamedNode(hole.concern))
        for party in words[0][1].parties(hole):
            yield say("ofParty", NamedNode(party))
        for lang, said in words:
            yield say("detail", Literal(said.detail(hole), language=lang))
            for reading in said.readings(hole):
                yield say("interpretation", Literal(reading, language=lang))
