"""Mistakes planted in the rules on boundaries and repairs, and whether anything catches them.

They are grounded only with what users describe, so they are judged over situations and not over
the governments of :mod:`mutations`: one by hand, and some made by chance in which anything may be
amiss. What must hold there is said twice over and never by the rules: the holes by SPARQL from the
definitions, all else by plain Python. A mutant of ``repair.lp`` chooses steps for small sets of
holes of which every smallest repair is known by trying all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import clingo
import pyoxigraph as ox
from clingo import ast
from clingo.ast import AST, ASTType

from agreement import HOLES, Finding, by_pyoxigraph
from expectations import CRASH
from kijun.boundary import NEEDED, Boundary, boundary_rule_names
from kijun.boundary_facts import Facts, facts
from kijun.content import ONTOLOGY, SITUATED, rules_of_situations
from kijun.dates import State
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.reasoning import ground, program
from kijun.repair import smallest
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation
from mutations import (
    HELPERS,
    IDLE,
    IMPLIED,
    Mutant,
    Outcome,
    Rule,
    forgotten_joins,
    in_body,
    in_literal,
    is_safe,
    mutants_of,
    parsed,
    rules_of,
)
from plain_boundary import Plain, differing
from planted import profiles
from profile_rows import profile
from test_boundary import BESIDE, HAND, covering
from test_holes_agree import by_rules, in_use, lines_between, resolved, sound
from test_repair import all_smallest, puzzle

LEADERS = profile(
    "leaders.xlsx",
    systems=[
        *("L1 主導一 基盤 総務省", "L2 主導二 基盤 総務省", "L3 主導三 基盤 総務省"),
        "T1 業務十 単独 環境省",
    ],
    connections=["T1 L1", "T1 L2", "T1 L3"],
    allocations=[
        *("L1 責任分界 総務省 提供 - はい 記録", "L1 責任分界 環境省 提供 - - 記録"),
        *("L2 責任分界 総務省 提供 - はい 記録", "L2 責任分界 環境省 提供 - はい 記録"),
        *("L3 責任分界 総務省 提供 - - 記録", "L3 責任分界 環境省 責任"),
        *("L3 責任分界 防衛省 提供 - はい 記録", "L3 体制 総務省 充足"),
    ],
)
"""Two hold what one is to hold: one of them leads, both lead, or only one that is no party.

And one claims to have met a concern, with no evidence.
"""

SHAKEN = range(40)
"""The seeds of the situation made by chance."""


BOUNDARIES, REPAIR = SITUATED
PUZZLES = range(60)
"""The seeds of the sets of holes for which steps are chosen."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of both files, and the statement that the fewest steps be chosen."""
    return (*rules_of(ONTOLOGY / "rules" / BOUNDARIES), *choosing())


@cache
def mutants() -> tuple[Mutant, ...]:
    """Return every mutant of every rule, in the order of the rules."""
    plain = [rule for rule in rules() if not rule.text.startswith(("1 <=", ":~"))]
    found = [*mutants_of(plain), *_mischosen()]
    return tuple(sorted(found, key=lambda mutant: rules().index(mutant.rule)))


@cache
def choosing() -> tuple[Rule, ...]:
    """Return the rules that choose the steps of a repair."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for node in _statements(rules_of_situations(REPAIR)):
        name = "fewest" if node.ast_type == ASTType.Minimize else _head(node)
        counts[name] += 1
        number = "" if counts[name] == 1 else f" ({counts[name]})"
        found.append(Rule(REPAIR, name + number, str(node)))
    return tuple(found)


def _statements(text: str) -> list[AST]:
    nodes: list[AST] = []
    ast.parse_string(text, nodes.append)
    return [node for node in nodes if node.ast_type in (ASTType.Rule, ASTType.Minimize)]


def _head(node: AST) -> str:
    if node.head.ast_type == ASTType.Aggregate:
        return "choice"
    symbol = node.head.atom.symbol
    return f"{symbol.name}/{len(symbol.arguments)}"


def _mischosen() -> Iterator[Mutant]:
    """Yield the mutants of rules that choose, and of what makes the choice the smallest."""
    for rule in choosing():
        (node,) = _statements(rule.text)
        if node.ast_type == ASTType.Minimize:
            first = "the most obvious before the fewest"
            if "R@1" in rule.text:
                yield Mutant(rule, "another level", rule.text.replace("R@1", "R@3"), first)
                continue
            yield Mutant(rule, "drop rule", "", "the rule")
            most, alike = (rule.text.replace("1@2,S", other) for other in ("-1@2,S", "1@2"))
            yield Mutant(rule, "negate", most, "the most instead of the fewest")
            yield Mutant(rule, "forget join", alike, "steps are not told apart")
        elif node.head.ast_type == ASTType.Aggregate:
            for operator, text, change in (("drop rule", "", "the rule"), *_in_choice(node)):
                if not text or is_safe(text):
                    yield Mutant(rule, operator, text, change)


def _in_choice(node: AST) -> Iterator[tuple[str, str, str]]:
    text = str(node)
    yield "negate", text.replace("1 <= {", "0 <= {"), "none need be chosen"
    (element,) = node.head.elements
    conditions = list(element.condition)
    for place, condition in enumerate(conditions):
        others = [*conditions[:place], *conditions[place + 1 :]]
        changed = [("drop condition", others, f"without `{condition}`")]
        for operator, mistaken in in_literal(condition):
            there = [*conditions[:place], mistaken, *conditions[place + 1 :]]
            changed.append((operator, there, f"`{condition}` → `{mistaken}`"))
        for operator, there, change in changed:
            head = node.head.update(elements=[element.update(condition=there)])
            yield operator, str(node.update(head=head)), change
        for variable in "SHK":
            forgotten = str(condition).replace(variable, "_")
            if forgotten != str(condition):
                change = f"`{condition}` → `{forgotten}`"
                yield "forget join", text.replace(str(condition), forgotten), change
    yield from in_body(node)
    yield from forgotten_joins(node)


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
    for made in (
        [HAND, LEADERS, BESIDE],
        [HAND._replace(source="hand"), *profiles(covering())[0]],
        [HAND._replace(source="hand"), LEADERS, *sound(kg, SHAKEN)],
    ):
        world = _world(kg, asserted, resolved(kg, made), {kg.find("会計検査院").iri})
        control = world.ground([rule.text for rule in rules_of_boundaries()])
        assert world.wrong(control) is None
        found.append(Unharmed(world, _atoms(control)))
    return tuple(found)


def _world(
    kg: KnowledgeGraph, asserted: ox.Store, said: Situation, unbound: Collection[str]
) -> World:
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
    store.bulk_extend(in_use(state))
    holes = {name: by_pyoxigraph(store, name) for name in HOLES}
    return World(text, stated, Plain(said, unbound), holes)


def _atoms(control: clingo.Control) -> frozenset[clingo.Symbol]:
    return frozenset(atom.symbol for atom in control.symbolic_atoms)


def ready() -> None:
    """Make what all workers share, before the clock of any of them runs."""
    worlds()
    _puzzles()


def outcome(mutant: Mutant) -> Outcome:
    """Find the boundaries of each world with one mutant in place of its rule, and judge it."""
    if mutant.rule.file == REPAIR:
        return _chosen(mutant)
    texts = [mutant.text if rule == mutant.rule else rule.text for rule in rules_of_boundaries()]
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
def _puzzles() -> tuple[tuple[list[str], list[set[int]]], ...]:
    """Return small sets of holes with every smallest repair."""
    made = map(puzzle, PUZZLES)
    return tuple((lines, all_smallest(lines, steps)) for lines, steps in made)


def _chosen(mutant: Mutant) -> Outcome:
    """Choose steps for small sets of holes with one mutant in place of its rule, and judge it."""
    texts = [mutant.text if rule == mutant.rule else rule.text for rule in choosing()]
    for lines, every in _puzzles():
        try:
            chosen, shared = smallest(lines, "\n".join(texts))
        except IndexError:
            return Outcome(mutant, "killed", "nothing is minimized")
        if chosen not in every:
            return Outcome(mutant, "killed", "the choice, by trying all")
        if shared != set.intersection(*every):
            return Outcome(mutant, "killed", "what all smallest sets share, by trying all")
    return Outcome(mutant, "equivalent", IMPLIED)


@cache
def rules_of_boundaries() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.file == BOUNDARIES)


@cache
def _fires(rule: Rule) -> bool:
    (node,) = parsed(rule.text)
    body = "; ".join(map(str, node.body)) or "1 = 1"
    texts = [*(one.text for one in rules_of_boundaries()), f"fires :- {body}."]
    controls = [world.ground(texts) for world, _ in worlds()]
    return any(
        True for control in controls for _ in control.symbolic_atoms.by_signature("fires", 0)
    )


def _why(mutant: Mutant) -> str:
    return IMPLIED if _fires(mutant.rule) else IDLE
