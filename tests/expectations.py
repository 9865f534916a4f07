"""What must be derived over which small government, gathered from the modules that say so.

``test_derivation.py`` and every ``test_*_in_full.py`` may have
    ``GOVERNMENTS``, by name: a function that returns the store, or a :class:`World`;
    ``EXPECTATIONS``, by the name of a government: functions of what is derived over it.
A rule that is left out must make one of them fail (``test_derivation.py``), and so must a mistake
in it (``mutations.py``). A new file of rules needs no more than such a module beside it.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import clingo
from pyoxigraph import Store

from kijun import derivation, reasoning
from kijun.axioms import compile_axioms
from kijun.content import rule_files
from kijun.naming import closure_quads, names_of_bodies, naming_quads
from small_government import Shown, default_state, shown

Expectation = Callable[[Shown], None]

CRASH = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""How a test fails: by what it asserts, or because what it reads cannot be there."""


class World(NamedTuple):
    """A government with more than its store.

    ``facts`` are atoms that come from elsewhere (a user's profile); ``read`` are signatures whose
    atoms are shown to the expectations beside the triples, each as a tuple of its name and
    arguments.
    """

    store: Store
    facts: tuple[str, ...] = ()
    read: tuple[tuple[str, int], ...] = ()


def modules() -> list[str]:
    """Return the names of the modules that say what must be derived."""
    return [
        "test_derivation",
        *sorted(p.stem for p in Path(__file__).parent.glob("test_*_in_full.py")),
    ]


@cache
def governments() -> dict[str, World]:
    """Return all governments by name, the smallest first, as a mistake shows there soonest."""
    found: dict[str, World] = {}
    for name in modules():
        for government, made in getattr(importlib.import_module(name), "GOVERNMENTS", {}).items():
            there = made()
            found[government] = there if isinstance(there, World) else World(there)
    return dict(sorted(found.items(), key=lambda one: len(one[1].store)))


@cache
def expectations() -> dict[str, tuple[Expectation, ...]]:
    """Return what must hold, by government."""
    found: dict[str, list[Expectation]] = defaultdict(list)
    for name in modules():
        for government, said in getattr(importlib.import_module(name), "EXPECTATIONS", {}).items():
            found[government] += said
    assert set(found) == set(governments()), "a government without expectations, or the reverse"
    return {name: tuple(said) for name, said in found.items()}


def failed(found: Shown, said: Iterable[Expectation]) -> str | None:
    """Return the name of the first expectation that fails, if any does."""
    for expectation in said:
        try:
            expectation(found)
        except CRASH:
            return expectation.__name__
    return None


class Government:
    """One small government, ready to be derived with other rules."""

    def __init__(self, world: World) -> None:
        state = default_state()
        self.world = world
        self.rules = reasoning.rule_names()
        self.facts = [*reasoning.facts(world.store, state), *world.facts]
        self.names = dict(names_of_bodies(world.store, state))
        # None of these comes from a rule, so no mistake in one changes them.
        self.constant = shown(
            [*naming_quads(world.store, state, self.names), *closure_quads(world.store)]
        )

    def grounded(self, texts: Iterable[str], without: Collection[str] = ()) -> clingo.Control:
        """Return the facts with these rules, ground; rules of the names in ``without`` are off."""
        labels = [f"rule({name})." for name in self.rules if name not in without]
        return reasoning.ground("\n".join([*labels, *self.facts, *texts]))

    def derived(self, control: clingo.Control) -> Shown:
        """Return the triples that ground rules amount to, and the atoms that are read as such."""
        with (
            patch.object(derivation, "parts", lambda *_, **__: None),
            patch.object(derivation, "model", lambda _: control),
            patch.object(derivation, "names_of_bodies", lambda *_: self.names.items()),
            patch.object(derivation, "naming_quads", lambda *_: ()),
            patch.object(derivation, "closure_quads", lambda *_: ()),
        ):
            triples = shown(derivation.derived_quads(self.world.store, default_state()))
        atoms = {
            (name, *map(str, atom.symbol.arguments))
            for name, arity in self.world.read
            for atom in control.symbolic_atoms.by_signature(name, arity)
        }
        return self.constant | triples | atoms

    def without(self, rule: str) -> Shown:
        """Return what is derived if one rule is switched off."""
        texts = [path.read_text(encoding="utf-8") for path in rule_files()]
        axioms = compile_axioms(self.world.store)
        return self.derived(self.grounded([*axioms, *texts], without=[rule]))
