"""Mistakes planted in the rules on boundaries and repairs, and whether anything catches them.

They are grounded only with what users describe, so they are judged over situations and not over
the governments of :mod:`mutations`: one by hand, and some made by chance in which anything may be
amiss. What must hold there is said twice over and never by the rules: the holes by SPARQL from the
definitions, all else by plain Python. A mutant of ``repair.lp`` chooses steps for small sets of
holes of which every smallest repair is known by trying all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import clingo
import pyoxigraph as ox

from agreement import HOLES, Finding, by_pyoxigraph
from expectations import CRASH
from kijun.boundary import NEEDED, Boundary, boundary_rule_names
from kijun.boundary_facts import Facts, facts
from kijun.content import ONTOLOGY, SITUATED
from kijun.dates import State
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.reasoning import ground, program
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation
from mutations import HELPERS, IDLE, IMPLIED, Mutant, Outcome, Rule, mutants_of, parsed, rules_of
from plain_boundary import Plain, differing
from test_boundary import HAND
from test_holes_agree import by_rules, lines_between, resolved, sound

SHAKEN = range(60)
"""The seeds of the situation made by chance."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of the file."""
    return tuple(rules_of(ONTOLOGY / "rules" / SITUATED[0]))


@cache
def mutants() -> tuple[Mutant, ...]:
    """Return every mutant of every rule, in the order of the rules."""
    return mutants_of(rules())


class World(NamedTuple):
    """A situation with what must hold of its boundaries, and what the rules as they are say."""

    facts: str
    stated: Facts
    plain: Plain
    holes: Mapping[str, Finding]

    def ground(self, texts: list[str]) -> clingo.Control:
        return ground("\n".join([self.facts, *texts]))

    def wrong(self, control: clingo.Control) -> str | None:
        """Return what does not hold, if anything does not."""
        found = Boundary(control, self.stated)
        if names := differing(found, self.plain):
            return f"{names[0]} in plain Python"
        said = by_rules(found)
        return next((f"{name} in SPARQL" for name in HOLES if said[name] != self.holes[name]), None)


class Unharmed(NamedTuple):
    """A world with all that its rules make as they are, and which of it answers read."""

    world: World
    atoms: frozenset[clingo.Symbol]


@cache
def worlds() -> tuple[Unharmed, ...]:
    """Return the worlds over which mutants are judged, the smallest first."""
    kg = open_graph(lang="ja")
    asserted = asserted_part(kg.store)
    found = []
    for made in ([HAND], [HAND._replace(source="hand"), *sound(kg, SHAKEN)]):
        world = _world(kg, asserted, resolved(kg, made))
        control = world.ground([rule.text for rule in rules()])
        assert world.wrong(control) is None
        found.append(Unharmed(world, _atoms(control)))
    return tuple(found)


def _world(kg: KnowledgeGraph, asserted: ox.Store, said: Situation) -> World:
    state = state_with(kg.state, said) or State("none", ())
    stated = facts(said)
    text = "\n".join(
        [
            program(asserted, state, subjects=NEEDED),
            *(f"rule({name})." for name in boundary_rule_names()),
            *(f"{fact}." for fact in stated),
        ]
    )
    store = ox.Store()
    store.bulk_extend(asserted)
    store.bulk_extend(said.quads())
    # What joins two bodies does not depend on the rules that are planted with mistakes.
    store.bulk_extend(lines_between(ground(text)))
    holes = {name: by_pyoxigraph(store, name) for name in HOLES}
    return World(text, stated, Plain(said), holes)


def _atoms(control: clingo.Control) -> frozenset[clingo.Symbol]:
    return frozenset(atom.symbol for atom in control.symbolic_atoms)


def outcome(mutant: Mutant) -> Outcome:
    """Find the boundaries of each world with one mutant in place of its rule, and judge it."""
    texts = [mutant.text if rule == mutant.rule else rule.text for rule in rules()]
    same = True
    for world, atoms in worlds():
        control = world.ground(texts)
        if _atoms(control) == atoms:
            continue
        same = False
        try:
            wrong = world.wrong(control)
        except CRASH as error:
            return Outcome(mutant, "killed", f"the derivation stops ({type(error).__name__})")
        if wrong is not None:
            return Outcome(mutant, "killed", wrong)
    return Outcome(mutant, "equivalent", _why(mutant) if same else HELPERS)


@cache
def _fires(rule: Rule) -> bool:
    (node,) = parsed(rule.text)
    body = "; ".join(map(str, node.body)) or "1 = 1"
    texts = [*(one.text for one in rules()), f"fires :- {body}."]
    controls = [world.ground(texts) for world, _ in worlds()]
    return any(
        True for control in controls for _ in control.symbolic_atoms.by_signature("fires", 0)
    )


def _why(mutant: Mutant) -> str:
    return IMPLIED if _fires(mutant.rule) else IDLE
