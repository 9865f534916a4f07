"""The rules of ``ontology/rules`` over columns: all that follows, for all bodies at once.

The rules are the same that clingo grounds (:mod:`kijun.reasoning`), so each question still has one
definition; the tests hold the two to the same atoms. Clingo takes them one atom after the other
and can prove each; this takes whole relations by a join each, and only those that were asked for
(``docs/decisions/0014-bulk-path.md``). Needs numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from kijun.clauses import Atom, Rule, Word, clauses
from kijun.columns import Columns, each_once
from kijun.errors import KijunError
from kijun.reasoning import Program, Term
from kijun.rows import Relations
from kijun.solving import solved
from kijun.strata import Key, Order, Stratum

SWITCH = ("rule", 1)
"""The relation that names the rules which are on."""


class Bulk:
    """A program whose relations are worked out when they are asked for."""

    def __init__(self, program: Program) -> None:
        self.relations = Relations(program.facts)
        self._rules = tuple(self._switched(clauses(program.rules)))
        self._order = Order(self._rules)
        self._done: set[Rule] = set()

    def _switched(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """Yield the rules that are on, each without its switch."""
        on = self.relations.rows(SWITCH)[0]
        for rule in rules:
            if rule.head.key == SWITCH:
                raise KijunError("ontology/rules: rules are switched on by facts, not by rules")
            labels = [atom.parts[0] for atom in rule.atoms if atom.key == SWITCH]
            known = [self.relations.number(one) for one in labels if isinstance(one, Word)]
            if len(known) == len(labels) and np.isin(known, on).all():
                yield rule._replace(atoms=tuple(a for a in rule.atoms if a.key != SWITCH))

    def atoms(self, name: str, arity: int) -> list[tuple[Term, ...]]:
        """Return the atoms of a relation as plain terms, in no order."""
        return list(zip(*map(self.relations.terms.plain, self.columns(name, arity)), strict=True))

    def columns(self, name: str, arity: int, ends: Sequence[int] | None = None) -> Columns:
        """Return the atoms of a relation as numbers of ``relations.terms``.

        With ``ends``, only of these ends: what stands at the others is not even worked out.
        """
        key = (name, arity) if ends is None else self._shortened((name, arity), ends)
        self._derive(key)
        return self.relations.rows(key)

    def _shortened(self, key: Key, ends: Sequence[int]) -> Key:
        """Return the relation of some ends of another."""
        name = f"{key[0]} at {' '.join(map(str, ends))}"
        shortened = [
            rule._replace(head=Atom.of(name, tuple(rule.head.parts[end] for end in ends)))
            for rule in self._rules
            if rule.head.key == key
        ]
        self._order = Order((*self._rules, *shortened))
        columns = self.relations.rows(key)
        self.relations.add((name, len(ends)), each_once(tuple(columns[end] for end in ends)))
        return name, len(ends)

    def _derive(self, wanted: Key) -> None:
        """Add what follows by rules, as far as a relation rests on it."""
        for stratum in self._order.strata(wanted):
            if self._done.issuperset(stratum.rules):
                continue
            self._work_out(stratum)
            self._done.update(stratum.rules)

    def _work_out(self, stratum: Stratum) -> None:
        """Add what rules say, until none says more."""
        looked: dict[Rule, dict[Key, int]] = {}
        more = True
        while more:
            more = False
            for rule in stratum.rules:
                before = looked.get(rule)
                looked[rule] = {atom.key: self.relations.size(atom.key) for atom in rule.atoms}
                for columns in self._said(rule, before):
                    more |= self.relations.add(rule.head.key, columns) and stratum.recursive

    def _said(self, rule: Rule, before: Mapping[Key, int] | None) -> Iterator[Columns]:
        """Yield what a rule says, but for what rests on rows that were there before."""
        if before is None:
            yield solved(self.relations, rule)
            return
        for place, atom in enumerate(rule.atoms):
            if before[atom.key] < self.relations.size(atom.key):
                late = (end[before[atom.key] :] for end in self.relations.rows(atom.key))
                yield solved(self.relations, rule, place, tuple(late))
