"""Mistakes planted in the rules one at a time, and whether the expectations catch them.

``make mutations`` runs them all; ``mutation_report.py`` writes the page. A mutant is a rule with a
mistake of a kind that people make: a condition forgotten, two arguments swapped, a class taken
for its parent. It is derived over the governments of :mod:`expectations`; it is *killed* when
something fails that must hold there, *equivalent* when it derives the same on every government,
and has *survived* when it derives something else and no expectation says so.
"""

from __future__ import annotations

import itertools
import multiprocessing
import multiprocessing.connection
import re
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple, TypeAlias

import clingo
from clingo import ast
from clingo.ast import AST, ASTType, Sign
from pyoxigraph import Store

from expectations import CRASH, Expectation, Government, World, expectations, failed, governments
from kijun import derivation, reasoning
from kijun.axioms import compile_axioms
from kijun.boundary import KINDS
from kijun.content import rule_files
from small_government import default_state

AXIOMS = "ontology/terms"
"""Where the compiled class axioms come from."""

Share: TypeAlias = tuple[BaseProcess, Sequence[int]]
"""A worker and the places of the mutants that it judges."""

LIMIT_S = 3
"""How much time of a processor one mutant may take, which takes a fraction of a second."""

IDLE = "the rule has no instance: nothing in these governments meets its body"
HELPERS = "only helping atoms differ, which no answer reads"
IMPLIED = "the very same atoms: what was changed follows from the rest, or never matters here"
"""Why a mutant can derive the same."""

OPERATORS = {
    "drop rule": "the whole rule is gone",
    "drop condition": "one condition of the body is gone, be it a relation, `none(…)` or `!=`",
    "negate": "`not` is lost, `!=` becomes `=`, `<` becomes `<=`",
    "swap": "two neighbouring arguments of a relation or pair change places, in head or body",
    "forget join": "a condition no longer asks for the same thing as the rest (`X` becomes `_`)",
    "parent": "a class, topic or office is taken for a broader one",
    "sibling": "a class, topic, confidence, office, role or route is taken for its neighbour",
    "sister": "a relation is taken for one like it (`bearerSought` for `recipientSought`)",
    "another level": "what is preferred among smallest repairs is preferred after all else",
}
"""The kinds of mistakes, and what each does to a rule."""

_COMPARED = {
    ast.ComparisonOperator.NotEqual: ast.ComparisonOperator.Equal,
    ast.ComparisonOperator.LessThan: ast.ComparisonOperator.LessEqual,
}
_LOOP = re.compile(r'^sub\("([^"]*)","\1"\)')
# A variable, that is no part of a name in quotes.
_VARIABLE = re.compile(r'\b[A-Z][A-Z0-9]*\b(?=(?:[^"]*"[^"]*")*[^"]*$)')
_RINGS = [
    ["class", "supervision", "incorporation", "role", "direct"],
    ["bearer", "recipient", "topic", "document", "scope"],
    ["kijun:found", "kijun:derived", "kijun:recalled"],
    ["id:office/nisc", "id:office/headquarters"],
    ["manager", "executive"],
    # What only rules on boundaries speak of.
    ["provided", "responsibility", "inherited", "satisfied"],
    ["comprehensive", "common_rules"],
    ["single", "joint"],
    ["operator", "layer"],
    ["one_manager", "not_shared", "shared"],
    ["kijun:agreement", "kijun:comprehensiveDocument", "kijun:normalCooperation"],
    ["kijun:preventOmission", "kijun:setCommonRules"],
    [*KINDS],
]
_SISTERS = [
    ["bearerSought", "recipientSought", "topicSought", "documentSought", "regardsSought"],
    ["bearer", "recipient"],
    ["bearer_read", "recipient_read"],
    ["source", "section"],
    ["supervises", "competentFor"],
    ["operates", "uses", "manages"],
    ["agreed", "consulted"],
    ["made", "heard"],
    ["single", "joint"],
    ["common", "layered"],
    ["held", "leading"],
    ["outside", "party_at", "at_boundary"],
    ["in_scope", "left_out"],
]


class Rule(NamedTuple):
    """A rule where it stands: its file, its name there and its text."""

    file: str
    name: str
    text: str


class Mutant(NamedTuple):
    """A rule with one mistake; ``text`` is empty where the whole rule is gone."""

    rule: Rule
    operator: str
    text: str
    change: str


class Outcome(NamedTuple):
    """What became of a mutant: ``killed``, ``equivalent`` or ``survived``, and by what or why."""

    mutant: Mutant
    verdict: str
    reason: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of the files and of the compiled axioms, each once."""
    found = [rule for path in rule_files() for rule in rules_of(path)]
    # An axiom that the ontology states twice, as a union and as a subclass, is one rule here.
    for node in parsed("\n".join(dict.fromkeys(compile_axioms(_asserted())))):
        label, head = re.findall(r"\brule\(([a-z_]+)\)", str(node)), node.head.atom.symbol
        name = label[0] if label else f"{head.name}/{len(head.arguments)}"
        if name == "defined_class":
            name += " " + str(head.arguments[1]).strip('"').removeprefix("kijun:")
        found.append(Rule(AXIOMS, name, str(node)))
    return tuple(found)


def rules_of(path: Path) -> Iterator[Rule]:
    """Yield the rules of a file."""
    counts: dict[str, int] = defaultdict(int)
    for node in parsed(path.read_text(encoding="utf-8")):
        head = node.head.atom.symbol
        labels = re.findall(r"\brule\(([a-z_]+)\)", str(node))
        name = labels[0] if labels else f"{head.name}/{len(head.arguments)}"
        counts[name] += 1
        number = "" if counts[name] == 1 else f" ({counts[name]})"
        yield Rule(path.name, name + number, str(node))


@cache
def mutants() -> tuple[Mutant, ...]:
    """Return every mutant of every rule, in the order of the rules; no two are the same text."""
    return mutants_of(rules())


def mutants_of(rules: Iterable[Rule]) -> tuple[Mutant, ...]:
    """Return every mutant of some rules."""
    found = []
    for rule in rules:
        (node,) = parsed(rule.text)
        texts = {rule.text}
        for operator, text, change in itertools.chain(
            [("drop rule", "", "the rule")], _mistakes(node, compiled=rule.file == AXIOMS)
        ):
            # A class above itself would only make the run wait for the clock.
            if text not in texts and not _LOOP.search(text):
                texts.add(text)
                found.append(Mutant(rule, operator, text, change))
    return tuple(mutant for mutant in found if not mutant.text or is_safe(mutant.text))


def parsed(text: str) -> list[AST]:
    """Return the rules of a text."""
    nodes: list[AST] = []
    ast.parse_string(text, nodes.append)
    return [node for node in nodes if node.ast_type == ASTType.Rule]


def is_safe(text: str) -> bool:
    """Say whether clingo takes a rule."""
    try:
        control = clingo.Control(["--warn=none"], logger=lambda *_: None)
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError:
        return False
    return True


def _mistakes(node: AST, *, compiled: bool) -> Iterator[tuple[str, str, str]]:
    """Yield each mistake in one rule: its kind, the rule with it, and what it changed."""
    yield from in_body(node)
    head = node.head
    for operator, symbol in _in_term(head.atom.symbol):
        # In an axiom's head it is the superclass that can be mistaken.
        if compiled and operator == "swap" and head.atom.symbol.name == "type":
            continue
        changed = head.update(atom=head.atom.update(symbol=symbol))
        yield operator, str(node.update(head=changed)), f"`{head}` → `{changed}`"
    yield from forgotten_joins(node)


def in_body(node: AST) -> Iterator[tuple[str, str, str]]:
    """Yield each mistake in the conditions of a rule."""
    body = list(node.body)
    for place, literal in enumerate(body):
        if _is_label(literal):
            continue
        rest = [*body[:place], *body[place + 1 :]]
        yield "drop condition", str(node.update(body=rest)), f"without `{literal}`"
        for operator, changed in in_literal(literal):
            text = str(node.update(body=[*body[:place], changed, *body[place + 1 :]]))
            yield operator, text, f"`{literal}` → `{changed}`"


def _is_label(literal: AST) -> bool:
    return str(literal).startswith("rule(")


def in_literal(literal: AST) -> Iterator[tuple[str, AST]]:
    """Yield a condition with one mistake in it."""
    atom = literal.atom
    if literal.sign == Sign.Negation:
        yield "negate", literal.update(sign=Sign.NoSign)
    if atom.ast_type == ASTType.Comparison:
        (guard,) = atom.guards
        if guard.comparison in _COMPARED:
            other = guard.update(comparison=_COMPARED[guard.comparison])
            yield "negate", literal.update(atom=atom.update(guards=[other]))
        for operator, term in _in_term(guard.term):
            changed = atom.update(guards=[guard.update(term=term)])
            yield operator, literal.update(atom=changed)
    else:
        for operator, symbol in _in_term(atom.symbol):
            yield operator, literal.update(atom=atom.update(symbol=symbol))


def _in_term(term: AST) -> Iterator[tuple[str, AST]]:
    """Yield a term with one mistake in it, at whatever depth."""
    if term.ast_type == ASTType.SymbolicTerm:
        symbol = term.symbol
        if symbol.type == clingo.SymbolType.String:
            for operator, name in _relatives(symbol.string):
                yield operator, term.update(symbol=clingo.String(name))
        else:
            for name in _next(_RINGS, symbol.name):
                yield "sibling", term.update(symbol=clingo.Function(name))
    elif term.ast_type == ASTType.Function:
        arguments = list(term.arguments)
        for name in _next(_SISTERS, term.name):
            yield "sister", term.update(name=name)
        for place, (one, other) in enumerate(itertools.pairwise(arguments)):
            swapped = [*arguments[:place], other, one, *arguments[place + 2 :]]
            yield "swap", term.update(arguments=swapped)
        for place, argument in enumerate(arguments):
            for operator, changed in _in_term(argument):
                replaced = [*arguments[:place], changed, *arguments[place + 1 :]]
                yield operator, term.update(arguments=replaced)


def forgotten_joins(node: AST) -> Iterator[tuple[str, str, str]]:
    """Yield the rule with one variable of one condition replaced by ``_``."""
    for place, literal in enumerate(node.body):
        if literal.atom.ast_type == ASTType.Comparison or literal.sign != Sign.NoSign:
            continue
        written = str(literal)
        for found in _VARIABLE.finditer(written):
            changed = f"{written[: found.start()]}_{written[found.end() :]}"
            body = [str(one) for one in node.body]
            body[place] = changed
            text = f"{node.head} :- {'; '.join(body)}."
            yield "forget join", text, f"`{written}` → `{changed}`"


def _next(rings: Iterable[Sequence[str]], name: str) -> Iterator[str]:
    for ring in rings:
        if name in ring:
            yield ring[(ring.index(name) + 1) % len(ring)]


@cache
def _relatives(name: str) -> tuple[tuple[str, str], ...]:
    """Return a class's or topic's parents and next sibling, or what stands beside the name."""
    ringed = [("sibling", other) for other in _next(_RINGS, name)]
    parents = sorted(parent for child, parent in _broader() if child == name)
    family = sorted({child for child, parent in _broader() if parent in parents})
    beside = [("sibling", other) for other in _next([family], name) if other != name]
    return (*ringed, *(("parent", parent) for parent in parents), *beside)


@cache
def _broader() -> frozenset[tuple[str, str]]:
    text = "\n".join([*reasoning.facts(_asserted(), default_state()), *compile_axioms(_asserted())])
    pairs = re.findall(r'^(?:sub|broader)\("(kijun:\w+)","(kijun:\w+)"\)\.$', text, re.MULTILINE)
    return frozenset(pairs)


@cache
def _asserted() -> Store:
    store = Store()
    store.bulk_extend(derivation.asserted_quads())
    return store


class Unharmed(Government):
    """A government with what its rules derive as they are."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.control = self.grounded([rule.text for rule in rules()])
        self.atoms = _atoms(self.control)
        self.whole = self.derived(self.control)


def _atoms(control: clingo.Control) -> frozenset[clingo.Symbol]:
    return frozenset(atom.symbol for atom in control.symbolic_atoms)


@cache
def _governments() -> dict[str, tuple[Unharmed, tuple[Expectation, ...]]]:
    said = expectations()
    return {name: (Unharmed(world), said[name]) for name, world in governments().items()}


def outcome(mutant: Mutant) -> Outcome:
    """Derive each government with one mutant in place of its rule, and judge it."""
    texts = [mutant.text if rule == mutant.rule else rule.text for rule in rules()]
    different: list[str] = []
    same_atoms = True
    for name, (government, said) in _governments().items():
        control = government.grounded(texts)
        if _atoms(control) == government.atoms:
            continue
        same_atoms = False
        try:
            found = government.derived(control)
        except CRASH as error:
            return Outcome(mutant, "killed", f"the derivation stops ({type(error).__name__})")
        if found == government.whole:
            continue
        if (expectation := failed(found, said)) is not None:
            return Outcome(mutant, "killed", expectation)
        lost, more = len(government.whole - found), len(found - government.whole)
        different.append(f"{name}: {lost} triples lost, {more} more")
    if different:
        return Outcome(mutant, "survived", "; ".join(different))
    return Outcome(mutant, "equivalent", _why_equivalent(mutant, same_atoms))


def _why_equivalent(mutant: Mutant, same_atoms: bool) -> str:
    if not same_atoms:
        return HELPERS
    fires = any(_fires(mutant.rule, government) for government, _ in _governments().values())
    return IMPLIED if fires else IDLE


@cache
def _fires(rule: Rule, government: Unharmed) -> bool:
    """Say whether anything meets the body of a rule."""
    (node,) = parsed(rule.text)
    body = "; ".join(map(str, node.body)) or "1 = 1"
    control = government.grounded([*(one.text for one in rules()), f"fires :- {body}."])
    return any(True for _ in control.symbolic_atoms.by_signature("fires", 0))


def run(
    chosen: Sequence[Mutant] | None = None,
    workers: int = 2,
    judge: Callable[[Mutant], Outcome] | None = None,
) -> list[Outcome]:
    """Judge mutants, all by default, in order; ``judge`` is :func:`outcome` by default.

    Each worker is a fork that the clock ends when a mutant grounds without end; the next one
    takes up its share after that mutant.
    """
    chosen = mutants() if chosen is None else chosen
    if judge is None:
        _governments()
        judge = outcome
    judged: dict[int, Outcome] = {}
    shares = [list(range(start, len(chosen), workers)) for start in range(workers)]
    working = dict(_worker(judge, chosen, share) for share in shares)
    while working:
        for pipe in multiprocessing.connection.wait(list(working)):
            try:
                place, verdict, reason = pipe.recv()
                judged[place] = Outcome(chosen[place], verdict, reason)
            except EOFError:
                worker, share = working.pop(pipe)
                worker.join()
                left = [place for place in share if place not in judged]
                if worker.exitcode == -signal.SIGPROF:
                    judged[left[0]] = Outcome(chosen[left[0]], "killed", "it never ends")
                    working.update([_worker(judge, chosen, left[1:])])
                elif worker.exitcode or left:
                    raise RuntimeError(f"a worker ended with {worker.exitcode}") from None
    return [judged[place] for place in range(len(chosen))]


def _worker(
    judge: Callable[[Mutant], Outcome], chosen: Sequence[Mutant], share: Sequence[int]
) -> tuple[Connection, Share]:
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def work() -> None:
        ours.close()
        for place in share:
            # Grounding answers no Python signal handler; the default one ends the process. What
            # counts is the worker's own time, as others may use the machine too.
            signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
            found = judge(chosen[place])
            signal.setitimer(signal.ITIMER_PROF, 0)
            theirs.send((place, found.verdict, found.reason))

    worker = multiprocessing.get_context("fork").Process(target=work, daemon=True)
    worker.start()
    theirs.close()
    return ours, (worker, share)
