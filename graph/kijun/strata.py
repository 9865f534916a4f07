"""In which order rules can be worked out: strata, each resting on itself and on those before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from kijun.clauses import Atom, Rule, Word
from kijun.errors import KijunError

Key: TypeAlias = tuple[str, int]
"""A relation by its name and its number of ends."""

Words: TypeAlias = tuple[Word | None, ...]
"""What stands at the ends of an atom, where it is a ground term."""

Node: TypeAlias = tuple[Rule, ...]
"""Rules whose heads are of one relation, with the same words at their ends."""


class Stratum(NamedTuple):
    """Rules that rest on each other and on strata before; a single one may rest on none."""

    rules: tuple[Rule, ...]
    recursive: bool


class Order:
    """Rules in the order in which what they say can be worked out.

    A relation is not taken as a whole: where all rules for it name a class, as those of a
    taxonomy do, what is said of one class may be asked for, and come, before the others.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        together: dict[tuple[Key, Words], list[Rule]] = {}
        for rule in rules:
            together.setdefault((rule.head.key, _words(rule.head)), []).append(rule)
        self._nodes: dict[Key, list[tuple[Words, Node]]] = {}
        for (key, words), found in together.items():
            self._nodes.setdefault(key, []).append((words, tuple(found)))
        self._making: dict[tuple[Key, Words], list[Node]] = {}

    def strata(self, wanted: Key) -> list[Stratum]:
        """Return the rules on which a relation rests, in groups, each resting on those before.

        Raises:
            KijunError: what is denied rests on the denial.
        """
        return _Strata(self).of(self.making(wanted, (None,) * wanted[1]))

    def making(self, key: Key, words: Words) -> list[Node]:
        """Return the rules that may make atoms with these words at their ends."""
        found = self._making.get((key, words))
        if found is None:
            found = self._making[key, words] = [
                node
                for head, node in self._nodes.get(key, ())
                if all(
                    one is None or other is None or one == other
                    for one, other in zip(head, words, strict=True)
                )
            ]
        return found

    def below(self, node: Node, *, denied: bool) -> Iterator[Node]:
        """Yield the rules that may make what rules rest on; some come twice."""
        for rule in node:
            for atom in (*rule.atoms, *(rule.denied if denied else ())):
                yield from self.making(atom.key, _words(atom))


def _words(atom: Atom) -> Words:
    return tuple(part if isinstance(part, Word) else None for part in atom.parts)


class _Strata:
    """The strongly connected rules, by Tarjan's algorithm; rules of one head are one node."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.places: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.open: dict[int, Node] = {}
        self.found: list[Stratum] = []

    def of(self, nodes: Iterable[Node]) -> list[Stratum]:
        for node in nodes:
            if id(node) not in self.places:
                self._visit(node)
        return self.found

    def _visit(self, node: Node) -> None:
        me = id(node)
        self.places[me] = self.low[me] = len(self.places)
        self.open[me] = node
        for below in self.order.below(node, denied=True):
            other = id(below)
            if other not in self.places:
                self._visit(below)
            if other in self.open:
                self.low[me] = min(self.low[me], self.low[other])
        if self.low[me] == self.places[me]:
            first = list(self.open).index(me)
            group = [self.open.pop(one) for one in list(self.open)[first:]]
            self._close(group)

    def _close(self, group: list[Node]) -> None:
        inside = {id(node) for node in group}
        for rule in (rule for node in group for rule in node):
            for atom in rule.denied:
                if any(id(one) in inside for one in self.order.making(atom.key, _words(atom))):
                    raise KijunError(f"ontology/rules: {atom.key[0]} rests on its own denial")
        rests = {
            rule: sum(id(one) in inside for one in self.order.below((rule,), denied=False))
            for node in group
            for rule in node
        }
        # What rests least on the others comes first, so that less comes after it was looked for.
        self.found.append(Stratum(tuple(sorted(rests, key=rests.__getitem__)), any(rests.values())))
