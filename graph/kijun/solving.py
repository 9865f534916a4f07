"""One rule at a time over relations: what its head says, for all rows at once. Needs numpy."""

from __future__ import annotations

import numpy as np

from kijun.clauses import (
    Atom,
    Comparison,
    Pattern,
    Rule,
    Variable,
    Word,
    is_anonymous,
    names_in,
)
from kijun.columns import Columns, Mask, among, each_once, keys, matches
from kijun.errors import KijunError
from kijun.rows import Known, Relations, Seen


def solved(
    relations: Relations, rule: Rule, place: int | None = None, rows: Columns = ()
) -> Columns:
    """Return the rows of a rule's head, each once; the atom at a place holds in some rows only."""
    return _Solving(relations, rule).solved(place, rows)


class _Solving:
    """One rule being solved: what is known of its variables, and what is still to be looked at."""

    def __init__(self, relations: Relations, rule: Rule) -> None:
        self.relations = relations
        self.head = rule.head
        self.atoms = list(rule.atoms)
        self.denied = list(rule.denied)
        self.comparisons = list(rule.comparisons)
        self.known: Known = {}
        self.size = 1

    def solved(self, place: int | None, rows: Columns) -> Columns:
        if place is not None:
            atom = self.atoms.pop(place)
            self._join(self.relations.seen(rows, atom, self._wanted(atom)))
        self._filter()
        while self.atoms and self.size:
            linked = [atom for atom in self.atoms if not atom.names.isdisjoint(self.known)]
            atom = min(linked or self.atoms, key=self._cost)
            self.atoms.remove(atom)
            self._join(self.relations.view(atom, self._wanted(atom)))
            self._filter()
        if not self.size:
            return tuple(np.empty(0, dtype=np.int64) for _ in self.head.parts)
        if self.denied or self.comparisons:
            raise KijunError(f"ontology/rules: of {self.head.key[0]}, a rule leaves open what is")
        made = tuple(self.relations.built(part, self.known, self.size) for part in self.head.parts)
        return made if self.head.names.issuperset(self.known) else each_once(made)

    def _wanted(self, atom: Atom) -> frozenset[str]:
        """Return the variables of an atom that anything else looks at."""
        used = self.head.names.union(self.known, *(other.names for other in self.atoms))
        for other in self.denied:
            used |= other.names
        for one in self.comparisons:
            used = used.union(names_in(one.left, one.right))
        return used & atom.names

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

    def _join(self, found: Seen) -> None:
        """Keep the rows that agree with what was found, and know what that adds."""
        known = self.known
        shared = [name for name in found.known if name in known]
        added = [name for name in found.known if name not in known]
        if not known:
            self.known, self.size = dict(found.known), self.size * found.size
            return
        if shared:
            left_keys, right_keys = keys(
                [known[name] for name in shared], [found.known[name] for name in shared]
            )
            if not added:
                self._keep(among(left_keys, right_keys))
                return
            left, right = matches(left_keys, right_keys)
        elif added:
            left = np.repeat(np.arange(self.size), found.size)
            right = np.tile(np.arange(found.size), self.size)
        else:
            if not found.size:
                self.size = 0
            return
        self.known = {name: column[left] for name, column in known.items()}
        self.known |= {name: found.known[name][right] for name in added}
        self.size = len(left)

    def _keep(self, fits: Mask) -> None:
        self.known = {name: column[fits] for name, column in self.known.items()}
        self.size = int(np.count_nonzero(fits))

    def _filter(self) -> None:
        """Look at all that can be looked at without knowing more."""
        if not (self.comparisons or self.denied):
            return
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
        return all(name in self.known or is_anonymous(name) for name in atom.names)

    def _deny(self, atom: Atom) -> None:
        wanted = atom.names.intersection(self.known)
        found = self.relations.view(atom, wanted)
        if wanted:
            left, right = keys(
                [self.known[name] for name in wanted], [found.known[name] for name in wanted]
            )
            self._keep(~among(left, right))
        elif found.size:
            self.size = 0

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
        self.known, self.size = self.relations.matched(self.known, self.size, [(column, right)])
        return True

    def _is_known(self, pattern: Pattern) -> bool:
        return all(name in self.known for name in names_in(pattern))
