"""Rules, SPARQL on two engines, networkx and HermiT say the same of many small governments.

The governments are made by chance from seeds (:mod:`governments`); the real one has its own module,
``test_real_government.py``.
``KIJUN_GOVERNMENTS`` says how many, ``KIJUN_SEED`` from which seed on; a disagreement names its
seed, so ``KIJUN_SEED=417 KIJUN_GOVERNMENTS=1 pytest tests/test_differential.py`` shows it again.
One government is one graph for SPARQL and the rules, since norms speak of classes that all of
them share; for HermiT a hundred are one, with what they share renamed. rdflib, which takes some
fifty times as long, answers for every :data:`RDFLIB_EACH`-th.
"""

from __future__ import annotations

import os
from collections import defaultdict
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from agreement import CHECKS, Counts, compared
from governments import Government, government, governments
from hermit_union import Part, disagreement, judged, needs_judge, part
from kijun import derivation

COUNT = int(os.environ.get("KIJUN_GOVERNMENTS", "500"))
FIRST = int(os.environ.get("KIJUN_SEED", "0"))
RDFLIB_EACH = int(os.environ.get("KIJUN_RDFLIB_EACH", "10"))
SEEDS = range(FIRST, FIRST + COUNT)
TOGETHER = 100
"""How many governments HermiT sees at once; two questions on them take it some seconds."""


class Outcome(NamedTuple):
    """Where engines disagree, in how many governments a check found something, and for HermiT."""

    wrong: list[str]
    seen: Counts
    parts: list[Part]


def derived_from(made: Government) -> tuple[list[ox.Quad], list[ox.Quad]]:
    asserted = made.store()
    return list(asserted), list(derivation.derived_quads(asserted, made.state))


def of_government(made: Government) -> list[str]:
    return compared(made.seed, *derived_from(made))[0]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    found = Outcome([], defaultdict(int), [])
    for seed in SEEDS:
        made = government(seed)
        asserted, derived = derived_from(made)
        by_rdflib = () if seed % RDFLIB_EACH else CHECKS
        wrong, counts = compared(seed, asserted, derived, rdflib=by_rdflib)
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


@needs_judge
@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_hermit_agrees(first: int, outcome: Outcome) -> None:
    assert disagreement(judged(outcome.parts[first : first + TOGETHER])) is None


@needs_judge
def test_hermit_would_tell_a_claim_too_many_and_one_too_few(outcome: Outcome) -> None:
    union = judged(outcome.parts[:3])
    borne = next(one for one in union.claimed if one.relation)
    wrong = union._replace(unclaimed=[*union.unclaimed, borne])
    assert disagreement(wrong) == f"only HermiT: {borne}"
    extra = union.unclaimed[0]
    wrong = union._replace(claimed=[*union.claimed, extra], unclaimed=union.unclaimed[1:])
    assert disagreement(wrong) == f"only the rules: {extra}"
