"""Ground terms as numbers, and relations between them as columns of these numbers.

What a million facts say fits into a few arrays; a join of two relations is then one sort and one
binary search, whatever they mean. A term that is made of others, as a path is, has a number of
its own, the same wherever the same others make it. Needs numpy, which the core install lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kijun.reasoning import Term

Column: TypeAlias = NDArray[np.int64]
Columns: TypeAlias = tuple[Column, ...]
Mask: TypeAlias = NDArray[np.bool_]

_ROOM = 1 << 62
_HALF = 32
_SMALL = 8
"""For so many times as many numbers, a table of all is made sooner than they are sorted."""

_FACT = re.compile(r'"((?:[^"\\]|\\.)*)"|([a-z_][A-Za-z_0-9]*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Terms:
    """The numbers of ground terms: strings, constants, and terms made of others."""

    def __init__(self) -> None:
        self._plain: list[Term] = []
        self._strings: dict[str, int] = {}
        self._constants: dict[str, int] = {}
        self._made: dict[tuple[str, int, int], _Pairs] = {}

    def string(self, text: str) -> int:
        """Return the number of a string."""
        found = self._strings.get(text)
        if found is None:
            found = self._strings[text] = self._new(text)
        return found

    def constant(self, name: str) -> int:
        """Return the number of a constant, which stands without quotes; ``nil`` is none."""
        found = self._constants.get(name)
        if found is None:
            found = self._constants[name] = self._new(None if name == "nil" else name)
        return found

    def _new(self, term: Term) -> int:
        self._plain.append(term)
        return len(self._plain) - 1

    def made(self, name: str, parts: Sequence[Column]) -> Column:
        """Return the numbers of terms made of others, row by row; a tuple has no name."""
        found = parts[0]
        rest = parts[1:] or (np.zeros_like(found),)
        for level, part in enumerate(rest):
            pairs = self._made.setdefault((name, len(parts), level), _Pairs())
            found = pairs.numbers(found, part, self)
        return found

    def parts(self, name: str, arity: int, terms: Column) -> tuple[Mask, Columns]:
        """Return which terms are made so, and of those that are, of what they are made."""
        kept = np.ones(len(terms), dtype=bool)
        found: list[Column] = []
        for level in reversed(range(max(arity - 1, 1))):
            pairs = self._made.get((name, arity, level))
            if pairs is None:
                nothing = np.empty(0, dtype=np.int64)
                return np.zeros(len(terms), dtype=bool), (nothing,) * arity
            fits, terms, last = pairs.split(terms)
            kept[kept] = fits
            found = [last, *(column[fits] for column in found)]
        return kept, (terms, *found) if arity > 1 else (terms,)

    def room(self, number: int) -> Column:
        """Return new numbers for terms made of others."""
        first = len(self._plain)
        self._plain.extend([None] * number)
        return np.arange(first, first + number, dtype=np.int64)

    def plain(self, terms: Column) -> list[Term]:
        """Return terms as :func:`kijun.reasoning.atoms` gives them."""
        used, places = np.unique(terms, return_inverse=True)
        told = [self._plain[number] for number in used.tolist()]
        for name, arity in {(name, arity) for name, arity, _ in self._made}:
            made, parts = self.parts(name, arity, used)
            if made.any():
                rows = zip(*map(self.plain, parts), strict=True)
                for place, inner in zip(np.flatnonzero(made).tolist(), rows, strict=True):
                    told[place] = (name, *inner) if name else inner
        return list(map(told.__getitem__, places.tolist()))

    def ranks(self, *columns: Column) -> list[Column]:
        """Return for each term its place in the order of all; strings only."""
        used = np.unique(np.concatenate(columns))
        texts = [str(term) for term in self.plain(used)]
        if [self._strings.get(text) for text in texts] != used.tolist():
            raise TypeError("only strings have an order")
        order = sorted(range(len(texts)), key=lambda place: texts[place].encode())
        rank = np.empty(len(used), dtype=np.int64)
        rank[order] = np.arange(len(used))
        return [rank[np.searchsorted(used, column)] for column in columns]


class _Pairs:
    """Pairs of numbers, each with a number of its own."""

    def __init__(self) -> None:
        empty: Column = np.empty(0, dtype=np.int64)
        self._keys: Column = empty
        self._numbers: Column = empty
        # In the order in which they were made, which is that of their numbers.
        self._made: Column = empty
        self._firsts: Column = empty
        self._seconds: Column = empty

    def numbers(self, first: Column, second: Column, terms: Terms) -> Column:
        keys: Column
        keys, places = np.unique(first << _HALF | second, return_inverse=True)
        at = places_in(self._keys, keys)
        known = np.zeros(len(keys), dtype=bool)
        inside = at < len(self._keys)
        known[inside] = self._keys[at[inside]] == keys[inside]
        found = np.empty(len(keys), dtype=np.int64)
        found[known] = self._numbers[at[known]]
        new = keys[~known]
        if len(new):
            found[~known] = made = terms.room(len(new))
            self._keys = np.insert(self._keys, at[~known], new)
            self._numbers = np.insert(self._numbers, at[~known], made)
            self._made = np.concatenate((self._made, made))
            self._firsts = np.concatenate((self._firsts, new >> _HALF))
            self._seconds = np.concatenate((self._seconds, new & ((1 << _HALF) - 1)))
        return found[places]

    def split(self, terms: Column) -> tuple[Mask, Column, Column]:
        at = places_in(self._made, terms)
        fits = at < len(self._made)
        fits[fits] = self._made[at[fits]] == terms[fits]
        return fits, self._firsts[at[fits]], self._seconds[at[fits]]


def distinct(columns: Sequence[Column]) -> Column:
    """Return the places of rows that differ from each other: of equal ones the first."""
    return np.unique(packed(columns), return_index=True)[1]


def each_once(columns: Columns) -> Columns:
    """Return rows without those that stood before."""
    places = np.sort(distinct(columns))
    return tuple(column[places] for column in columns)


def packed(columns: Sequence[Column]) -> Column:
    """Return one number for each row, equal where the rows are."""
    made = columns[0]
    size = 1 + int(made.max(initial=0))
    for column in columns[1:]:
        wide = 1 + int(column.max(initial=0))
        if size > _ROOM // wide:
            used, made = np.unique(made, return_inverse=True)
            size = len(used)
        made = made * wide + column
        size *= wide
    return made


def keys(left: Sequence[Column], right: Sequence[Column]) -> tuple[Column, Column]:
    """Return one number for each row on the left and on the right, equal where the rows are."""
    if len(left) == 1:
        return left[0], right[0]
    both = packed([np.concatenate(pair) for pair in zip(left, right, strict=True)])
    return both[: len(left[0])], both[len(left[0]) :]


def places_in(ordered: Column, column: Column) -> Column:
    """Return where numbers stand, or would stand, among others in order."""
    return np.asarray(np.searchsorted(ordered, column), dtype=np.int64)


def number_of(column: Column) -> int:
    """Return how many numbers a column has, each counted once."""
    there = np.zeros(1 + int(column.max(initial=0)), dtype=bool)
    there[column] = True
    return int(there.sum()) if len(column) else 0


def among(left: Column, right: Column) -> Mask:
    """Say of each number on the left whether it stands on the right too."""
    most = int(right.max(initial=0))
    if most < _SMALL * (1 + len(left) + len(right)):
        there = np.zeros(2 + most, dtype=bool)
        there[right] = True
        return there[np.minimum(left, most + 1)]
    ordered = np.sort(right)
    at = places_in(ordered, left)
    at[at == len(ordered)] = 0
    found: Mask = ordered[at] == left
    return found


def matches(left: Column, right: Column) -> tuple[Column, Column]:
    """Return the places on the left and on the right where numbers are equal, pair by pair."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    low = np.searchsorted(ordered, left, "left")
    counts = np.searchsorted(ordered, left, "right") - low
    starts = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return np.repeat(np.arange(len(left)), counts), order[starts + np.arange(len(starts))]


def read(terms: Terms, facts: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the relation and the ends of each fact, as clingo writes it."""
    numbered: dict[str, int] = {}
    for fact in facts:
        name, _, inner = fact.partition("(")
        ends = []
        for found in _FACT.finditer(inner):
            text = found[0]
            number = numbered.get(text)
            if number is None:
                string = found[1]
                number = numbered[text] = (
                    terms.constant(text)
                    if string is None
                    else terms.string(_ESCAPED.sub(_unescaped, string))
                )
            ends.append(number)
        yield name, tuple(ends)


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]
