"""One rule at a time over relations: what its head says, for all rows at once. Needs numpy."""

from __future__ import annotations

import numpy as np

from kijun.clauses import Atom, Comparison, Pattern, Rule, Variable, Word, is_anonymous
from kijun.columns import Columns, Mask, among, keys, matches
from kijun.errors import KijunError
from kijun.rows import Known, Relations, names_in


def solved(
    relations: Relations, rule: Rule, place: int | None = None, rows: Columns = ()
) -> Columns:
    """Return the rows of a rule's head; the atom at a place holds in some rows only."""
    return _Solving(relations, rule).solved(place, rows)


class _Solving:
    """One rule being solved: what is known of its variables, and what is still to be looked at."""

    def __init__(self, relations: Relations, rule: Rule) -> None:
        self.relations = relations
        self.head = rule.head
        self.atoms = list(rule.atoms)
        self.denied = list(rule.denied)
        self.comparisons = list(rule.comparisons)
        self.known: Known = {"": np.zeros(1, dtype=np.int64)}

    @property
    def size(self) -> int:
        return len(next(iter(self.known.values())))

    def solved(self, place: int | None, rows: Columns) -> Columns:
        if place is not None:
            atom = self.atoms.pop(place)
            self._join(self.relations.seen(rows, atom, self._wanted(atom)))
        self._filter()
        while self.atoms and self.size:
            atom = min(self.atoms, key=self._cost)
            self.atoms.remove(atom)
            self._join(self.relations.view(atom, self._wanted(atom)))
            self._filter()
        if self.size and (self.denied or self.comparisons):
            raise KijunError(f"ontology/rules: of {self.head.relation}, a rule leaves open what is")
        if not self.size:
            return tuple(np.empty(0, dtype=np.int64) for _ in self.head.parts)
        return tuple(self.relations.built(part, self.known, self.size) for part in self.head.parts)

    def _wanted(self, atom: Atom) -> frozenset[str]:
        """Return the variables of an atom that anything else looks at."""
        others = [*self.atoms, *self.denied, self.head]
        used = {name for other in others if other is not atom for name in names_in(*other.parts)}
        for one in self.comparisons:
            used.update(names_in(one.left, one.right))
        used.update(self.known)
        return frozenset(used.intersection(names_in(*atom.parts)))

    def _cost(self, atom: Atom) -> float:
        """Return how many rows there would be for each, about, if an atom were joined now."""
        rows = float(len(self.relations.rows(atom.key)[0]))
        shared = 1
        for place, part in enumerate(atom.parts):
            if isinstance(part, Word):
                rows /= self.relations.different(atom.key, place)
            elif isinstance(part, Variable) and part.name in self.known:
                shared = max(shared, self.relations.different(atom.key, place))
        return rows / shared

    def _join(self, found: Known) -> None:
        """Keep the rows that agree with what was found, and know what that adds."""
        known = self.known
        shared = [name for name in found if name in known]
        added = [name for name in found if name not in known]
        count = len(next(iter(found.values())))
        if not shared or shared == [""]:
            left = np.repeat(np.arange(self.size), count)
            right = np.tile(np.arange(count), self.size)
        else:
            left_keys, right_keys = keys(
                [known[name] for name in shared], [found[name] for name in shared]
            )
            if not added:
                self._keep(among(left_keys, right_keys))
                return
            left, right = matches(left_keys, right_keys)
        self.known = {name: column[left] for name, column in known.items()}
        self.known |= {name: found[name][right] for name in added}

    def _keep(self, fits: Mask) -> None:
        self.known = {name: column[fits] for name, column in self.known.items()}

    def _filter(self) -> None:
        """Look at all that can be looked at without knowing more."""
        waiting = [one for one in self.comparisons if not self._compared(one)]
        again = len(waiting) < len(self.comparisons)
        self.comparisons = waiting
        for atom in [one for one in self.denied if self._bound(one)]:
            self.denied.remove(atom)
            self._deny(atom)
        if again and waiting:
            self._filter()

    def _bound(self, atom: Atom) -> bool:
        """Say whether all is known that anything else looks at."""
        return all(name in self.known or is_anonymous(name) for name in names_in(*atom.parts))

    def _deny(self, atom: Atom) -> None:
        wanted = frozenset(self.known.keys() & set(names_in(*atom.parts)))
        found = self.relations.view(atom, wanted)
        if not wanted:
            self._keep(np.full(self.size, not len(found[""])))
            return
        left, right = keys([self.known[name] for name in wanted], [found[name] for name in wanted])
        self._keep(~among(left, right))

    def _compared(self, one: Comparison) -> bool:
        """Keep the rows where a comparison is true; say whether it could be told."""
        left, right = one.left, one.right
        known = [self._is_known(side) for side in (left, right)]
        if all(known):
            ends = [self.relations.built(side, self.known, self.size) for side in (left, right)]
            if one.operator == "<":
                ends = self.relations.terms.ranks(*ends)
                self._keep(ends[0] < ends[1])
            else:
                self._keep((ends[0] == ends[1]) == (one.operator == "="))
            return True
        if one.operator != "=" or not any(known):
            return False
        if known[1]:
            left, right = right, left
        column = self.relations.built(left, self.known, self.size)
        self.known, _ = self.relations.matched(self.known, self.size, [(column, right)])
        return True

    def _is_known(self, pattern: Pattern) -> bool:
        return all(name in self.known for name in names_in(pattern))
