"""The rules of ``ontology/rules`` over columns: all that follows, for all bodies at once.

The rules are the same that clingo grounds (:mod:`kijun.reasoning`), so each question still has one
definition; the tests hold the two to the same atoms. Clingo takes them one atom after the other
and can prove each; this takes whole relations by a join each, and only those that were asked for
(``docs/decisions/0014-bulk-path.md``). Needs numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kijun.clauses import Rule, Word, clauses, needed, strata
from kijun.columns import Columns
from kijun.errors import KijunError
from kijun.reasoning import Program, Term
from kijun.rows import Key, Relations
from kijun.solving import solved

SWITCH = ("rule", 1)
"""The relation that names the rules which are on."""


class Bulk:
    """A program whose relations are worked out when they are asked for."""

    def __init__(self, program: Program) -> None:
        self.relations = Relations(program.facts)
        self._rules = tuple(self._switched(clauses(program.rules)))
        self._whole: set[Key] = set()

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

    def columns(self, name: str, arity: int) -> Columns:
        """Return the atoms of a relation as numbers of ``relations.terms``."""
        self._derive((name, arity))
        return self.relations.rows((name, arity))

    def _derive(self, wanted: Key) -> None:
        """Add what follows by rules, as far as a relation rests on it."""
        rules = needed(self._rules, wanted)
        for group in strata(rule for rule in rules if rule.head.key not in self._whole):
            heads = {rule.head.key for rule in group}
            new = _take(self.relations, [(rule, solved(self.relations, rule)) for rule in group])
            if any(atom.key in heads for rule in group for atom in rule.atoms):
                while any(len(columns[0]) for columns in new.values()):
                    new = _take(
                        self.relations,
                        [
                            (rule, solved(self.relations, rule, place, new[atom.key]))
                            for rule in group
                            for place, atom in enumerate(rule.atoms)
                            if atom.key in new
                        ],
                    )
            self._whole |= heads


def _take(relations: Relations, found: Iterable[tuple[Rule, Columns]]) -> dict[Key, Columns]:
    """Add what rules found, and return what of it is new."""
    by_head: dict[Key, list[Columns]] = {}
    for rule, columns in found:
        if len(columns[0]):
            by_head.setdefault(rule.head.key, []).append(columns)
    return {
        key: relations.add(key, tuple(map(np.concatenate, zip(*rows, strict=True))))
        for key, rows in by_head.items()
    }
