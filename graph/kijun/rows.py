"""Relations as rows of numbers, and what patterns of a rule match in them. Needs numpy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np

from kijun.clauses import Atom, Made, Pattern, Variable, Word
from kijun.columns import Column, Columns, Terms, among, distinct, each_once, keys, number_of, read
from kijun.strata import Key

Known: TypeAlias = dict[str, Column]
"""What variables are, row by row."""


class Seen(NamedTuple):
    """What variables are in some rows, and how many rows there are."""

    known: Known
    size: int


class Relations:
    """Relations by name and number of ends, each as rows that differ from each other."""

    def __init__(self, facts: Iterable[str] = ()) -> None:
        self.terms = Terms()
        self._rows: dict[Key, Columns] = {}
        self._views: dict[Key, dict[object, Seen]] = {}
        self._different: dict[tuple[Key, int], tuple[int, int]] = {}
        found: dict[Key, list[int]] = {}
        for name, ends in read(self.terms, facts):
            found.setdefault((name, len(ends)), []).extend(ends)
        for key, numbers in found.items():
            table = np.array(numbers, dtype=np.int64).reshape(-1, key[1])
            self.add(key, each_once(tuple(np.ascontiguousarray(column) for column in table.T)))

    def rows(self, key: Key) -> Columns:
        """Return the rows of a relation."""
        return self._rows.get(key) or tuple(np.empty(0, dtype=np.int64) for _ in range(key[1]))

    def size(self, key: Key) -> int:
        """Return how many rows a relation has."""
        found = self._rows.get(key)
        return len(found[0]) if found else 0

    def add(self, key: Key, columns: Columns) -> bool:
        """Add rows that differ from each other to a relation; say if any of them was new."""
        if not key[1]:
            raise ValueError(f"{key[0]} has no ends")
        before = self._rows.get(key)
        if before:
            columns = self._new(before, columns)
        if not len(columns[0]):
            return False
        self._rows[key] = (
            tuple(map(np.concatenate, zip(before, columns, strict=True))) if before else columns
        )
        self._views.pop(key, None)
        return True

    @staticmethod
    def _new(rows: Columns, columns: Columns) -> Columns:
        """Return those rows which are not among others."""
        for end, column in zip(rows, columns, strict=True):
            # Often an end is the same in all, which leaves few of the others.
            if len(column) and (column == column[0]).all():
                fits = end == column[0]
                rows = tuple(one[fits] for one in rows)
                break
        if len(rows[0]) and len(columns[0]):
            old, new = keys(rows, columns)
            fits = ~among(new, old)
            columns = tuple(column[fits] for column in columns)
        return columns

    def different(self, key: Key, place: int) -> int:
        """Return about how many terms there are at one end of a relation, at least 1."""
        size = self.size(key)
        counted, found = self._different.get((key, place), (0, 1))
        if size > 2 * counted:
            found = max(number_of(self.rows(key)[place]), 1)
            self._different[key, place] = size, found
        return found

    def view(self, atom: Atom, wanted: frozenset[str]) -> Seen:
        """Return the wanted variables of an atom where it holds, each row once."""
        views = self._views.setdefault(atom.key, {})
        view = (atom.parts, wanted)
        found = views.get(view)
        if found is None:
            found = views[view] = self.seen(self.rows(atom.key), atom, wanted)
        return found

    def seen(self, rows: Columns, atom: Atom, wanted: frozenset[str]) -> Seen:
        """Return the wanted variables of an atom in some rows, each row once."""
        known, size = self.matched({}, len(rows[0]), zip(rows, atom.parts, strict=True))
        kept = {name: column for name, column in known.items() if name in wanted}
        if not kept:
            return Seen(kept, min(size, 1))
        if len(kept) < len(known):
            places = distinct(list(kept.values()))
            return Seen({name: column[places] for name, column in kept.items()}, len(places))
        return Seen(kept, size)

    def matched(self, known: Known, size: int, pairs: Iterable[tuple[Column, Pattern]]) -> Seen:
        """Return what variables are in the rows where columns fit their patterns, and how many."""
        known = dict(known)
        todo = list(pairs)
        while todo:
            column, pattern = todo.pop()
            parts: Columns = ()
            if isinstance(pattern, Variable) and pattern.name not in known:
                known[pattern.name] = column
                continue
            if isinstance(pattern, Made):
                fits, parts = self.terms.parts(pattern.name, len(pattern.parts), column)
            elif isinstance(pattern, Word):
                fits = column == self.number(pattern)
            else:
                fits = known[pattern.name] == column
            known = {name: one[fits] for name, one in known.items()}
            todo = [(one[fits], what) for one, what in todo]
            if isinstance(pattern, Made):
                todo += zip(parts, pattern.parts, strict=True)
            size = int(np.count_nonzero(fits))
        return Seen(known, size)

    def number(self, word: Word) -> int:
        """Return the number of a ground term of a rule."""
        return self.terms.string(word.text) if word.quoted else self.terms.constant(word.text)

    def built(self, pattern: Pattern, known: Known, size: int) -> Column:
        """Return what a pattern is in each row."""
        if isinstance(pattern, Variable):
            return known[pattern.name]
        if isinstance(pattern, Word):
            return np.full(size, self.number(pattern), dtype=np.int64)
        parts = [self.built(part, known, size) for part in pattern.parts]
        return self.terms.made(pattern.name, parts)
