"""Why something does not follow: for each rule that could give it, the first premise that fails.

The rules are read as clingo reads them. Each rule whose head fits is tried against the ground
atoms, premise by premise in the order in which it is written; how far it gets is where it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import clingo
from clingo import ast

from kijun.proofs import Pattern, Proofs

Binding: TypeAlias = Mapping[str, clingo.Symbol]

_ANONYMOUS = "_"


class Wanted(NamedTuple):
    """A premise as one try left it: what its arguments must be, None for anything."""

    name: str
    arguments: tuple[Pattern, ...]


class Failure(NamedTuple):
    """Where one rule fails: the premises that held before, and the one that does not.

    ``tries`` are all the ways in which it got so far; they agree in the predicate that is
    missing, and ``missing`` is what they have in common.
    """

    rule: str
    held: tuple[clingo.Symbol, ...]
    missing: Wanted
    tries: tuple[Wanted, ...]


class Rules:
    """The rules of a program, as they are written."""

    def __init__(self, text: str) -> None:
        """Read the rules of a program; facts and directives are passed over."""
        self._rules: list[tuple[ast.AST, list[ast.AST], str]] = []

        def take(node: ast.AST) -> None:
            if node.ast_type == ast.ASTType.Rule and node.body:
                self._rules.append((node.head.atom.symbol, list(node.body), _name(node)))

        ast.parse_string(text, take)

    def unnamed(self) -> set[str]:
        """Return the predicates of the heads of rules that carry no name."""
        return {name for _, body, name in self._rules if not any(map(_is_label, body))}

    def failures(
        self,
        proofs: Proofs,
        name: str,
        arguments: Sequence[Pattern],
        *,
        only: str | None = None,
        given: Mapping[tuple[str, int], clingo.Symbol] | None = None,
    ) -> list[Failure]:
        """Return, for each rule whose head fits an atom that does not hold, where it fails.

        ``arguments`` are those of the atom, None for anything. ``only`` limits the rules to one
        name; ``given`` fixes arguments of premises, by predicate and place.
        """
        found: list[Failure] = []
        for head, body, rule in self._rules:
            if head.name != name or len(head.arguments) != len(arguments):
                continue
            if only is not None and rule != only:
                continue
            binding: Binding | None = {}
            for term, symbol in zip(head.arguments, arguments, strict=True):
                if binding is not None and symbol is not None:
                    binding = _unified(term, symbol, binding)
            if binding is None:
                continue
            premises = [one for one in body if not _is_label(one)]
            for (predicate, place), symbol in (given or {}).items():
                for one in premises:
                    if binding is not None and _predicate(one) == predicate:
                        binding = _unified(one.atom.symbol.arguments[place], symbol, binding)
            if binding is not None:
                found += _furthest(proofs, rule, premises, binding)
        return found


def _furthest(
    proofs: Proofs, rule: str, premises: Sequence[ast.AST], start: Binding
) -> Iterator[Failure]:
    best = -1
    stopped: list[tuple[tuple[clingo.Symbol, ...], Wanted]] = []
    stack: list[tuple[int, Binding, tuple[clingo.Symbol, ...]]] = [(0, start, ())]
    while stack:
        place, binding, held = stack.pop()
        if place == len(premises):
            return
        following = list(_matches(proofs, premises[place], binding))
        if not following and place >= best:
            if place > best:
                best, stopped = place, []
            stopped.append((held, _wanted(premises[place], binding)))
        for wider, atom in reversed(following):
            stack.append((place + 1, wider, (*held, *([atom] if atom is not None else []))))
    if stopped:
        tries = tuple(dict.fromkeys(wanted for _, wanted in stopped))
        common = Wanted(
            tries[0].name,
            tuple(
                ends[0] if len(set(ends)) == 1 else None
                for ends in zip(*(wanted.arguments for wanted in tries), strict=True)
            ),
        )
        kept = [atom for atom in stopped[0][0] if all(atom in held for held, _ in stopped)]
        yield Failure(rule, tuple(kept), common, tries)


def _matches(
    proofs: Proofs, premise: ast.AST, binding: Binding
) -> Iterator[tuple[Binding, clingo.Symbol | None]]:
    """Yield each way in which a premise holds, with the atom by which it does."""
    if premise.atom.ast_type == ast.ASTType.Comparison:
        if (compared := _compared(premise.atom, binding)) is not None:
            yield compared, None
        return
    function = premise.atom.symbol
    wanted = _wanted(premise, binding)
    for atom in proofs.matching(wanted.name, wanted.arguments):
        wider: Binding | None = binding
        for term, symbol in zip(function.arguments, atom.arguments, strict=True):
            wider = None if wider is None else _unified(term, symbol, wider)
        if wider is not None:
            yield wider, atom


def _wanted(premise: ast.AST, binding: Binding) -> Wanted:
    if premise.atom.ast_type == ast.ASTType.Comparison:
        return Wanted(str(premise.atom), ())
    function = premise.atom.symbol
    return Wanted(function.name, tuple(_ground(term, binding) for term in function.arguments))


def _compared(comparison: ast.AST, binding: Binding) -> Binding | None:
    (guard,) = comparison.guards
    left, right = _ground(comparison.term, binding), _ground(guard.term, binding)
    if guard.comparison == ast.ComparisonOperator.Equal:
        if left is not None:
            return _unified(guard.term, left, binding)
        return binding if right is None else _unified(comparison.term, right, binding)
    if left is None or right is None:
        return binding
    if guard.comparison == ast.ComparisonOperator.LessThan:
        return binding if left < right else None
    assert guard.comparison == ast.ComparisonOperator.NotEqual
    return binding if left != right else None


def _unified(term: ast.AST, symbol: clingo.Symbol, binding: Binding) -> Binding | None:
    """Return a binding widened so that a term is a symbol, or None where it cannot be."""
    if term.ast_type == ast.ASTType.Variable:
        if term.name == _ANONYMOUS:
            return binding
        if term.name in binding:
            return binding if binding[term.name] == symbol else None
        return {**binding, term.name: symbol}
    if term.ast_type == ast.ASTType.SymbolicTerm:
        return binding if term.symbol == symbol else None
    assert term.ast_type == ast.ASTType.Function
    if symbol.type != clingo.SymbolType.Function or symbol.name != term.name:
        return None
    if len(symbol.arguments) != len(term.arguments):
        return None
    found: Binding | None = binding
    for part, value in zip(term.arguments, symbol.arguments, strict=True):
        found = None if found is None else _unified(part, value, found)
    return found


def _ground(term: ast.AST, binding: Binding) -> clingo.Symbol | None:
    """Return the symbol that a term stands for, or None where a variable is open."""
    if term.ast_type == ast.ASTType.Variable:
        return binding.get(term.name)
    if term.ast_type == ast.ASTType.SymbolicTerm:
        symbol: clingo.Symbol = term.symbol
        return symbol
    parts = [_ground(part, binding) for part in term.arguments]
    known = [part for part in parts if part is not None]
    return clingo.Function(term.name, known) if len(known) == len(parts) else None


def _name(rule: ast.AST) -> str:
    for one in rule.body:
        if _is_label(one):
            return str(one.atom.symbol.arguments[0])
    name: str = rule.head.atom.symbol.name
    return name


def _is_label(literal: ast.AST) -> bool:
    return _predicate(literal) == "rule" and len(literal.atom.symbol.arguments) == 1


def _predicate(literal: ast.AST) -> str | None:
    symbolic: bool = literal.atom.ast_type == ast.ASTType.SymbolicAtom
    return literal.atom.symbol.name if symbolic else None
