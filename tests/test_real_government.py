"""Rules, SPARQL on two engines, networkx and HermiT say the same of the real government.

Each state of the registers is compared. rdflib needs half a minute for the three largest checks of
one state; it answers them for the default day, and for all days with ``KIJUN_DEEP=1``.
"""

from __future__ import annotations

import os
from functools import cache

import pyoxigraph as ox
import pytest

from agreement import CHECKS, Counts, compared
from hermit_union import disagreement, judged, needs_judge, part
from kijun import derivation
from kijun.dates import states

DEEP = os.environ.get("KIJUN_DEEP") == "1"
DEFAULT = "2016-10-12"
LARGEST = ("duties", "lines", "routes")

STATES = pytest.mark.parametrize("day", [state.key for state in states()])


@cache
def asserted() -> ox.Store:
    store = ox.Store()
    store.bulk_extend(derivation.asserted_quads())
    return store


@cache
def derived(day: str) -> list[ox.Quad]:
    (state,) = (one for one in states() if one.key == day)
    return list(derivation.derived_quads(asserted(), state))


@cache
def outcome(day: str) -> tuple[list[str], Counts]:
    whole = DEEP or day == DEFAULT
    checks = [name for name in CHECKS if whole or name not in LARGEST]
    return compared(day, list(asserted()), derived(day), rdflib=checks)


@STATES
def test_the_engines_agree(day: str) -> None:
    wrong, _ = outcome(day)
    assert not wrong, "\n".join(wrong)


@STATES
def test_there_is_something_to_compare(day: str) -> None:
    _, counts = outcome(day)
    least = {"classification": 700, "duties": 7_000, "lines": 1_200, "routes": 700}
    least |= {"class-lines": 19, "displaced": 500, "silent": 27}
    assert {name: counts[name] >= count for name, count in least.items()} == dict.fromkeys(
        least, True
    )


@needs_judge
@STATES
def test_hermit_agrees(day: str) -> None:
    assert disagreement(judged([part("real", asserted(), derived(day))])) is None
