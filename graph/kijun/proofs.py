"""Why a derived atom holds: its proof, read from the ground instances of the rules.

clingo tells an observer every rule instance that it grounds. With facts kept in the bodies these
instances are the proofs: an atom is ranked once all premises of one of its instances are, so no
proof goes in a circle. One derivation of each atom is kept; what must be told apart (the route,
the path) stands in the head of the rules. Grounding leaves negative premises out, so rules have
negation only behind ``none(...)``, which is a premise like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import clingo

from kijun.reasoning import Term

Pattern = clingo.Symbol | None
"""What an argument must be; None for anything."""


class Proof(NamedTuple):
    """An atom that holds, the rule by which it does, and the proofs of that rule's premises.

    ``rule`` is the name that the rule carries, the predicate of its head where it carries none,
    and None for what is asserted.
    """

    atom: clingo.Symbol
    rule: str | None
    premises: tuple[Proof, ...]

    @property
    def name(self) -> str:
        """The predicate of the atom."""
        return self.atom.name

    @property
    def terms(self) -> tuple[Term, ...]:
        """The arguments of the atom as plain terms."""
        return tuple(map(plain, self.atom.arguments))

    def steps(self) -> Iterator[Proof]:
        """Yield this proof and every proof within it, each conclusion before its premises."""
        yield self
        for premise in self.premises:
            yield from premise.steps()

    def leaves(self) -> Iterator[Proof]:
        """Yield the asserted facts on which the conclusion rests."""
        return (step for step in self.steps() if step.rule is None)


class Proofs:
    """The atoms of one ground program, each with its proof."""

    def __init__(self, text: str) -> None:
        """Ground a program of stratified rules, as :func:`kijun.reasoning.program` returns it."""
        observer = _Observer()
        control = clingo.Control(["--warn=none", "--keep-facts"])
        control.register_observer(observer)
        control.add("base", [], text)
        control.ground([("base", [])])
        self._symbols = {one.literal: one.symbol for one in control.symbolic_atoms}
        self._literals = {symbol: literal for literal, symbol in self._symbols.items()}
        self._bodies = _well_founded(observer.instances)
        self._made: dict[int, Proof] = {}
        self._signatures: dict[tuple[str, int], list[clingo.Symbol]] = defaultdict(list)
        for symbol in self._literals:
            self._signatures[symbol.name, len(symbol.arguments)].append(symbol)
        self._indexes: dict[tuple[str, int, int], dict[clingo.Symbol, list[clingo.Symbol]]] = {}

    def __contains__(self, atom: clingo.Symbol) -> bool:
        """Whether an atom holds."""
        return atom in self._literals

    def matching(self, name: str, arguments: Sequence[Pattern]) -> list[clingo.Symbol]:
        """Return the atoms of a signature whose arguments are as given (None: any), sorted."""
        arity = len(arguments)
        found = self._signatures.get((name, arity), [])
        for place, wanted in enumerate(arguments):
            if wanted is not None:
                narrowed = self._index(name, arity, place).get(wanted, [])
                found = min(found, narrowed, key=len)
        pairs = [(place, one) for place, one in enumerate(arguments) if one is not None]
        return sorted(
            atom for atom in found if all(atom.arguments[place] == one for place, one in pairs)
        )

    def proof(self, atom: clingo.Symbol) -> Proof:
        """Return the proof of an atom.

        Raises:
            KeyError: the atom does not hold.
        """
        return self._proof(self._literals[atom])

    def _proof(self, literal: int) -> Proof:
        if literal not in self._made:
            symbol = self._symbols[literal]
            body = list(self._flat(self._bodies.get(literal, ())))
            names = [self._symbols[one].arguments[0].name for one in body if self._labels(one)]
            premises = [one for one in body if not self._labels(one)]
            rule = names[0] if names else symbol.name if premises else None
            # clingo turns bodies round; what a rule says first, a reader wants first.
            ordered = tuple(self._proof(one) for one in reversed(premises))
            self._made[literal] = Proof(symbol, rule, ordered)
        return self._made[literal]

    def _flat(self, body: Sequence[int]) -> Iterator[int]:
        """Replace what clingo projects an atom to, where a rule says ``_``, by that atom."""
        for literal in body:
            if literal in self._symbols:
                yield literal
            else:
                yield from self._flat(self._bodies[literal])

    def _labels(self, literal: int) -> bool:
        symbol = self._symbols[literal]
        return symbol.name == "rule" and len(symbol.arguments) == 1

    def _index(self, name: str, arity: int, place: int) -> dict[clingo.Symbol, list[clingo.Symbol]]:
        key = name, arity, place
        if key not in self._indexes:
            index: dict[clingo.Symbol, list[clingo.Symbol]] = defaultdict(list)
            for atom in self._signatures.get((name, arity), []):
                index[atom.arguments[place]].append(atom)
            self._indexes[key] = index
        return self._indexes[key]


def plain(symbol: clingo.Symbol) -> Term:
    """Return a ground term as :mod:`kijun.reasoning` writes it.

    >>> plain(clingo.parse_term('("kijun:Corporation",("id:body/1",nil))'))
    ('kijun:Corporation', ('id:body/1', None))
    """
    if symbol.type == clingo.SymbolType.String:
        return symbol.string
    if symbol.type == clingo.SymbolType.Number:
        return symbol.number
    if not symbol.arguments:
        return None if symbol.name == "nil" else symbol.name
    parts = tuple(map(plain, symbol.arguments))
    return (symbol.name, *parts) if symbol.name else parts


class _Observer(clingo.Observer):
    """Collects the head and body of every ground rule instance."""

    def __init__(self) -> None:
        self.instances: list[tuple[int, tuple[int, ...]]] = []

    def rule(self, choice: bool, head: Sequence[int], body: Sequence[int]) -> None:
        """Take one instance; rules here have one head, and nothing is chosen."""
        assert not choice
        self.instances.extend((one, tuple(body)) for one in head)


def _well_founded(instances: Sequence[tuple[int, tuple[int, ...]]]) -> dict[int, tuple[int, ...]]:
    """Choose for each head the first body all of whose atoms are proved before it."""
    chosen: dict[int, tuple[int, ...]] = {}
    waiting: dict[int, list[int]] = defaultdict(list)
    missing = [len(set(body)) for _, body in instances]
    ready = [number for number, count in enumerate(missing) if not count]
    for number, (_, body) in enumerate(instances):
        for literal in set(body):
            waiting[literal].append(number)
    while ready:
        following = []
        for number in ready:
            head, body = instances[number]
            if head in chosen:
                continue
            chosen[head] = body
            for other in waiting[head]:
                missing[other] -= 1
                if not missing[other]:
                    following.append(other)
        ready = sorted(following)
    return chosen
