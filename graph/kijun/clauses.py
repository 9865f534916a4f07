"""The rules of ``ontology/rules`` as plain structures, for an engine that is not clingo.

Only what the rules use is known: atoms, comparisons, negation of one atom. Anything else is an
error, so that no rule is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import clingo
from clingo import ast

from kijun.errors import KijunError


class Variable(NamedTuple):
    """A variable; each ``_`` has a name of its own."""

    name: str


class Word(NamedTuple):
    """A ground term: a string, or a constant, which stands without quotes."""

    text: str
    quoted: bool


class Made(NamedTuple):
    """A term made of others; a tuple has no name."""

    name: str
    parts: tuple[Pattern, ...]


def is_anonymous(name: str) -> bool:
    """Say whether a variable is one of those that rules write as ``_``."""
    return ":" in name


Pattern: TypeAlias = Variable | Word | Made


def names_in(*patterns: Pattern) -> Iterator[str]:
    """Yield the variables of patterns; some come twice."""
    for pattern in patterns:
        if isinstance(pattern, Variable):
            yield pattern.name
        elif isinstance(pattern, Made):
            yield from names_in(*pattern.parts)


class Atom(NamedTuple):
    """A relation between terms. ``none(held(P))`` is the relation ``none:held`` of P."""

    key: tuple[str, int]
    parts: tuple[Pattern, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, relation: str, parts: tuple[Pattern, ...]) -> Atom:
        """Return an atom of a relation with its number of ends, and with its variables."""
        return cls((relation, len(parts)), parts, frozenset(names_in(*parts)))


class Comparison(NamedTuple):
    """Two terms that are compared by ``=``, ``!=`` or ``<``."""

    left: Pattern
    operator: str
    right: Pattern


class Rule(NamedTuple):
    """What holds where all atoms hold, none of those denied does, and the comparisons are true."""

    head: Atom
    atoms: tuple[Atom, ...]
    denied: tuple[Atom, ...]
    comparisons: tuple[Comparison, ...]


_OPERATORS = {
    ast.ComparisonOperator.Equal: "=",
    ast.ComparisonOperator.NotEqual: "!=",
    ast.ComparisonOperator.LessThan: "<",
}


@lru_cache(maxsize=8)
def clauses(text: str) -> tuple[Rule, ...]:
    """Return the rules of a text in order.

    Raises:
        KijunError: it has something that is no rule of this kind.
    """
    found: list[Rule] = []

    def take(node: ast.AST) -> None:
        if node.ast_type == ast.ASTType.Rule:
            found.append(_rule(node))
        elif node.ast_type not in (ast.ASTType.Program, ast.ASTType.Comment):
            raise _unknown(node)

    ast.parse_string(text, take)
    return tuple(found)


def _unknown(node: object) -> KijunError:
    return KijunError(f"ontology/rules: {node} cannot run over columns; say it otherwise")


def _rule(node: Any) -> Rule:
    atoms: list[Atom] = []
    denied: list[Atom] = []
    comparisons: list[Comparison] = []
    for literal in node.body:
        inner = literal.atom
        if inner.ast_type == ast.ASTType.Comparison and literal.sign == ast.Sign.NoSign:
            comparisons += _comparisons(inner)
        elif inner.ast_type == ast.ASTType.SymbolicAtom and literal.sign == ast.Sign.NoSign:
            atoms.append(_atom(inner.symbol))
        elif inner.ast_type == ast.ASTType.SymbolicAtom and literal.sign == ast.Sign.Negation:
            denied.append(_atom(inner.symbol))
        else:
            raise _unknown(node)
    if node.head.ast_type != ast.ASTType.Literal:
        raise _unknown(node)
    return Rule(_atom(node.head.atom.symbol), tuple(atoms), tuple(denied), tuple(comparisons))


def _comparisons(node: Any) -> Iterator[Comparison]:
    left = _pattern(node.term)
    for guard in node.guards:
        if guard.comparison not in _OPERATORS:
            raise _unknown(node)
        right = _pattern(guard.term)
        yield Comparison(left, _OPERATORS[guard.comparison], right)
        left = right


def _atom(node: Any) -> Atom:
    found = _pattern(node)
    if isinstance(found, Word):
        return Atom.of(found.text, ())
    if not isinstance(found, Made):
        raise _unknown(node)
    if found.name == "none" and isinstance(inner := found.parts[0], Made):
        return Atom.of(f"{found.name}:{inner.name}", inner.parts)
    return Atom.of(found.name, found.parts)


def _pattern(node: Any) -> Pattern:
    kind = node.ast_type
    if kind == ast.ASTType.Variable:
        place = node.location.begin
        name = node.name
        return Variable(f"_{place.line}:{place.column}" if name == "_" else name)
    if kind == ast.ASTType.SymbolicTerm:
        return _word(node.symbol)
    if kind == ast.ASTType.Function and not node.external:
        parts = tuple(map(_pattern, node.arguments))
        return Made(node.name, parts) if parts else Word(node.name, quoted=False)
    raise _unknown(node)


def _word(symbol: clingo.Symbol) -> Word:
    if symbol.type == clingo.SymbolType.String:
        return Word(symbol.string, quoted=True)
    if symbol.type == clingo.SymbolType.Function and not symbol.arguments:
        return Word(symbol.name, quoted=False)
    raise _unknown(symbol)
