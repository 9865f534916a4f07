"""Which texts of two sequences belong together, by how alike they are.

Texts are numbered by their place.  A :class:`Link` joins one with one, or one with up to four
neighbours.  Everything is deterministic: ties go to the earlier places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kijun.wording import Pairs, likeness, pairs

ALIKE = 0.6
"""From here on two sentences belong together wherever they stand.

In the draft of 2016 only one pair of different sentences is more alike (0.79: the last ones of
3(3) and 4(3), which say the same of different bearers); half of all pairs stay under 0.16.
"""

ALIKE_IN_PLACE = 0.4
"""From here on they do where the sentences around them agree; 1 % of all pairs are above it."""

_NEIGHBOURS = 4
_PART = 0.5
"""How much of a part must come from the whole that it is thought to be a part of."""

_GAIN = 0.03
_SAME_GAP = 0.05


class Link(NamedTuple):
    """Places on the left and right that belong together, and how alike the texts are."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: float


def in_sequence(links: Iterable[Link]) -> list[Link]:
    """Return the most links whose places rise on both sides: what kept its sequence."""
    ordered = sorted(links)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, link in enumerate(ordered):
        size = bisect_left(ends, link.right[0])
        before.append(last[size - 1] if size else -1)
        ends[size:] = [link.right[0], *ends[size + 1 :]]
        last[size:] = [number, *last[size + 1 :]]
    kept = []
    number = last[-1] if last else -1
    while number >= 0:
        kept.append(ordered[number])
        number = before[number]
    return kept[::-1]


def alike(left: Sequence[str], right: Sequence[str], links: Sequence[Link]) -> list[Link]:
    """Return links between texts that ``links`` leaves free, the most alike first."""
    ours, theirs = _free(left, right, links)
    whole = _Side(left, ours), _Side(right, theirs)
    single = {
        (here, there): score
        for here in ours
        for there in theirs
        if (score := _score(whole[0].one(here), whole[1].one(there))) >= ALIKE_IN_PLACE
    }
    found = [Link((i,), (j,), score) for (i, j), score in single.items() if score >= ALIKE]
    for part, score, run in _split(whole[0], whole[1]):
        if score > max(single.get((part, other), 0) for other in run) + _GAIN:
            found.append(Link((part,), run, score))
    for part, score, run in _split(whole[1], whole[0]):
        if score > max(single.get((other, part), 0) for other in run) + _GAIN:
            found.append(Link(run, (part,), score))
    gaps = _Gaps(links)
    taken: list[Link] = []
    used: tuple[set[int], set[int]] = set(), set()
    for link in sorted(found, key=lambda link: (-gaps.score(link), link)):
        if used[0].isdisjoint(link.left) and used[1].isdisjoint(link.right):
            used[0].update(link.left)
            used[1].update(link.right)
            taken.append(link)
    return taken


def gaps_filled(left: Sequence[str], right: Sequence[str], links: Sequence[Link]) -> list[Link]:
    """Return links, in sequence, between texts left free where what is around them is linked."""
    ours, theirs = _free(left, right, links)
    gaps = _Gaps(links)
    taken: list[Link] = []
    for gap in sorted({gaps.left(place) for place in ours}):
        here = [place for place in ours if gaps.left(place) == gap]
        there = [place for place in theirs if gaps.right(place) == gap]
        if there:
            taken += _best_sequence(here, there, left, right)
    return taken


def _free(
    left: Sequence[str], right: Sequence[str], links: Iterable[Link]
) -> tuple[list[int], list[int]]:
    used: tuple[set[int], set[int]] = set(), set()
    for link in links:
        used[0].update(link.left)
        used[1].update(link.right)
    return (
        [place for place in range(len(left)) if place not in used[0]],
        [place for place in range(len(right)) if place not in used[1]],
    )


class _Gaps:
    """The gaps between links that kept their sequence, numbered alike on both sides."""

    def __init__(self, links: Iterable[Link]) -> None:
        kept = in_sequence(links)
        self._starts = [link.left[0] for link in kept], [link.right[0] for link in kept]

    def left(self, place: int) -> int:
        return bisect_left(self._starts[0], place)

    def right(self, place: int) -> int:
        return bisect_left(self._starts[1], place)

    def score(self, link: Link) -> float:
        same = self.left(link.left[0]) == self.right(link.right[0])
        return link.likeness + (_SAME_GAP if same else 0)


class _Side:
    """The free texts of one side, with the pairs of single ones and of runs of neighbours."""

    def __init__(self, texts: Sequence[str], free: Sequence[int]) -> None:
        self.texts = texts
        self.free = free
        self._known: dict[tuple[int, ...], Pairs] = {}

    def one(self, place: int) -> Pairs:
        return self.run((place,))

    def run(self, places: tuple[int, ...]) -> Pairs:
        if places not in self._known:
            self._known[places] = pairs("".join(self.texts[place] for place in places))
        return self._known[places]

    def runs(self) -> list[tuple[int, ...]]:
        """Return every run of two to four free texts that are neighbours."""
        free = set(self.free)
        return [
            tuple(range(start, start + size))
            for start in self.free
            for size in range(2, _NEIGHBOURS + 1)
            if free.issuperset(range(start, start + size))
        ]


def _score(one: Pairs, other: Pairs) -> float:
    """Return the likeness of two texts, or 0 where their lengths alone keep it too low."""
    if 2 * min(len(one), len(other)) < ALIKE_IN_PLACE * (len(one) + len(other)):
        return 0.0
    return likeness(one, other)


def _split(whole: _Side, parts: _Side) -> list[tuple[int, float, tuple[int, ...]]]:
    """Return texts of one side that are made of a run on the other, each part of it needed."""
    found = []
    for run in parts.runs():
        together = parts.run(run)
        for place in whole.free:
            text = whole.one(place)
            score = _score(text, together)
            if score >= ALIKE and _all_needed(text, parts, run):
                found.append((place, score, run))
    return found


def _all_needed(text: Pairs, parts: _Side, run: tuple[int, ...]) -> bool:
    """Whether each part of a run covers what the rest of the run does not."""
    shared = len(text & parts.run(run))
    for part in run:
        rest = tuple(place for place in run if place != part)
        gain = shared - len(text & parts.run(rest))
        if gain < _PART * len(parts.one(part)):
            return False
    return True


def _best_sequence(
    here: Sequence[int], there: Sequence[int], left: Sequence[str], right: Sequence[str]
) -> list[Link]:
    """Return the links in rising order that are alike by the most in all."""
    ours = [pairs(left[place]) for place in here]
    theirs = [pairs(right[place]) for place in there]
    scores = [[likeness(one, other) for other in theirs] for one in ours]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i, row in enumerate(scores, 1):
        for j, score in enumerate(row, 1):
            linked = best[i - 1][j - 1] + score - ALIKE_IN_PLACE
            best[i][j] = max(best[i - 1][j], best[i][j - 1], linked)
    found = []
    i, j = len(here), len(there)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append(Link((here[i],), (there[j],), scores[i][j]))
    return found[::-1]
