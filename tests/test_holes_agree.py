"""Rules, SPARQL on two engines and networkx find the same holes at the boundaries of systems.

The definitions of ``queries/checks/holes-*.rq`` were written from ``docs/decisions/0007``, over
what profiles assert; only the lines between bodies are derived, and ``lines.rq`` says those again.
They are compared on the examples, on seeded profiles with planted holes and on the same profiles
shaken, in which anything may be amiss. ``KIJUN_PLANTED`` says on how many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import clingo
import networkx as nx
import pyoxigraph as ox
import pytest

from agreement import HOLES, Finding, Row, by_pyoxigraph, by_rdflib, rdflib_graph, told
from kijun.boundary import KINDS, Boundary, boundary
from kijun.dates import State
from kijun.derivation import derived_quads
from kijun.knowledge import KnowledgeGraph
from kijun.lookup import norm
from kijun.profile import Profile
from kijun.profile_command import EXAMPLES
from kijun.profile_files import read
from kijun.profiling import example
from kijun.reasoning import Model, atoms
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation, situation
from kijun.terms import LOCAL, NS, expand
from planted import profiles
from shaken import shaken
from test_boundary import HAND

COUNT = int(os.environ.get("KIJUN_PLANTED", "1000"))
SHAKEN = COUNT // 4
TOGETHER = 50
"""How many profiles make one situation."""

BY_RDFLIB = 20
"""How many seeds rdflib answers for as well, one by one, as it takes far longer."""

PROFILES = Path(__file__).with_name("profiles")
GIVEN = {
    **{name: example(name) for name in EXAMPLES},
    **{
        f"{kind}/{side}": read(PROFILES / kind / side).profile
        for kind in KINDS
        for side in ("pass", "fail")
    },
}
"""The shipped examples, and those that pass and fail for each kind."""


class Case(NamedTuple):
    """A situation with what the rules say of it, and the graph that the definitions are put to."""

    said: Situation
    found: Boundary
    quads: list[ox.Quad]


@pytest.fixture(scope="module")
def asserted(kg: KnowledgeGraph) -> ox.Store:
    return asserted_part(kg.store)


def case(
    kg: KnowledgeGraph, asserted: ox.Store, made: Iterable[Profile], *, whole: bool = False
) -> Case:
    """Return the case of some profiles; ``whole`` derives all that follows, not lines only."""
    said = resolved(kg, made)
    assert not said.errors, said.errors[0]
    state = state_with(kg.state, said) or State("none", ())
    found = boundary(asserted, state, said)
    quads = list(said.quads())
    if whole:
        store = ox.Store()
        store.bulk_extend([*asserted, *quads])
        quads += derived_quads(store, state)
    else:
        quads += lines_between(found._model)
        quads += in_use(state)
    return Case(said, found, quads)


def resolved(kg: KnowledgeGraph, made: Iterable[Profile]) -> Situation:
    return situation(tuple(made), kg.find, lambda text: norm(kg.engine, text))


def in_use(state: State) -> Iterator[ox.Quad]:
    """Yield which registers are in use, as the derived graph states it."""
    for one in state.registers:
        yield ox.Quad(ox.NamedNode(one.iri), ox.NamedNode(NS + "inUse"), ox.Literal(True))


def lines_between(model: clingo.Control | Model) -> Iterator[ox.Quad]:
    """Yield the lines between agencies as the derived graph states them."""
    for number, (_, sender, end, _, _, reading) in enumerate(atoms(model, "line", 6)):
        if not isinstance(end, str):
            continue
        said = {"level": NS + "bodyLevel", "from": expand(str(sender)), "to": expand(end)}
        if str(reading).startswith("id:reading/"):
            said["underReading"] = expand(str(reading))
        line = ox.NamedNode(f"urn:line:{number}")
        for name, value in said.items():
            yield ox.Quad(line, ox.NamedNode(NS + name), ox.NamedNode(value))


def by_rules(found: Boundary) -> dict[str, Finding]:
    """Return the holes of the rules by check, as the checks tell them."""
    rows: dict[str, set[Row]] = {name: set() for name in HOLES}
    for kind, system, concern, party, other, cited in found.holes:
        state = NS + str(other) if kind == "unevidenced" else other
        rows[f"holes-{kind}"].add((system, concern, party, state, cited))
    return {name: frozenset(found) for name, found in rows.items()}


def by_networkx(one: Case) -> Finding:
    """Return the pairs without a line or contact: the complement of what joins the parties."""
    lines = atoms(one.found._model, "line", 6)
    joined = nx.Graph(
        (expand(str(sender)), expand(str(end)))
        for _, sender, end, _, _, reading in lines
        if not str(reading).startswith("id:reading/")
    )
    pairs: set[Row] = set()
    for platform, parties in one.found.parties.items():
        graph = joined.copy()
        graph.add_nodes_from(parties)
        graph.add_edges_from(
            (contact.sender, contact.receiver)
            for contact in one.said.contacts
            if contact.platform in (None, platform)
        )
        outside = {party for where, party in one.found.outside if where == platform}
        apart = nx.complement(graph.subgraph(set(parties) - outside))
        pairs.update((platform, *sorted(pair)) for pair in apart.edges)
    return frozenset(pairs)


def disagreements(seed: object, one: Case, asserted: ox.Store, *, rdflib: bool) -> list[str]:
    """Say where the engines differ on a case."""
    store = ox.Store()
    store.bulk_extend(asserted)
    store.bulk_extend(one.quads)
    graph = rdflib_graph(store, HOLES) if rdflib else None
    wrong = []
    for name, rows in by_rules(one.found).items():
        answers = {"SPARQL on pyoxigraph": by_pyoxigraph(store, name)}
        if graph is not None:
            answers["SPARQL on rdflib"] = by_rdflib(graph, name)
        for engine, answer in answers.items():
            if answer != rows:
                wrong.append(told(name, seed, ("the rules", rows), (engine, answer)))
    pairs = frozenset(
        (hole.system, *sorted((str(hole.party), str(hole.other))))
        for hole in one.found.holes
        if hole.kind == "unconnected"
    )
    if (answer := by_networkx(one)) != pairs:
        wrong.append(told("unconnected", seed, ("the rules", pairs), ("networkx", answer)))
    return wrong


@pytest.mark.parametrize("name", GIVEN)
def test_the_engines_agree_on_the_examples(
    name: str, kg: KnowledgeGraph, asserted: ox.Store
) -> None:
    one = case(kg, asserted, [GIVEN[name]])
    assert not disagreements(name, one, asserted, rdflib=True)


def test_the_engines_agree_where_all_that_follows_is_derived(
    kg: KnowledgeGraph, asserted: ox.Store
) -> None:
    one = case(kg, asserted, [HAND, example("shared-platform")], whole=True)
    assert {hole.kind for hole in one.found.holes} == set(KINDS)
    assert not disagreements("by hand", one, asserted, rdflib=True)


@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_the_engines_agree_on_what_is_planted(
    first: int, kg: KnowledgeGraph, asserted: ox.Store
) -> None:
    made, _ = profiles(range(first, min(first + TOGETHER, COUNT)))
    assert not disagreements(f"from {first}", case(kg, asserted, made), asserted, rdflib=False)


def sound(kg: KnowledgeGraph, seeds: Iterable[int]) -> list[Profile]:
    """Return the shaken profiles of some seeds that have no errors."""
    return [one for one in map(shaken, seeds) if not resolved(kg, [one]).errors]


@pytest.mark.parametrize("first", range(0, SHAKEN, TOGETHER))
def test_the_engines_agree_where_anything_may_be_amiss(
    first: int, kg: KnowledgeGraph, asserted: ox.Store
) -> None:
    made = sound(kg, range(first, min(first + TOGETHER, SHAKEN)))
    assert not disagreements(f"from {first}", case(kg, asserted, made), asserted, rdflib=False)


@pytest.mark.parametrize("seed", range(BY_RDFLIB))
def test_rdflib_agrees(seed: int, kg: KnowledgeGraph, asserted: ox.Store) -> None:
    for made in (profiles([seed])[0], sound(kg, [seed])):
        one = case(kg, asserted, made)
        assert not disagreements(seed, one, asserted, rdflib=True)


def test_there_is_something_to_compare(kg: KnowledgeGraph, asserted: ox.Store) -> None:
    made = sound(kg, range(100))
    assert len(made) > 80
    holes = case(kg, asserted, made).found.holes
    kinds = Counter(hole.kind for hole in holes)
    assert min(kinds[kind] for kind in KINDS) >= 5, kinds
    assert any((hole.concern or "").startswith(LOCAL) for hole in holes), "no added concern"


def test_a_hole_too_few_is_told(kg: KnowledgeGraph, asserted: ox.Store) -> None:
    one = case(kg, asserted, [example("shared-platform")])
    fewer = [quad for quad in one.quads if quad.predicate.value != NS + "contactFrom"]
    (wrong,) = disagreements(1, one._replace(quads=fewer), asserted, rdflib=False)
    assert wrong.startswith("seed 1, holes-unconnected: only SPARQL on pyoxigraph: ")
