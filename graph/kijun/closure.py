"""Who can reach whom by any number of steps, for all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Closure(Generic[T]):
    """All pairs between which there is a way along some steps.

    One reaches itself only where a circle leads back. For each end the others are one long
    number with a bit for each, so that a thousand of them are taken over at once.
    """

    def __init__(self, steps: Iterable[tuple[T, T]]) -> None:
        self._places: dict[T, int] = {}
        before: dict[int, list[int]] = defaultdict(list)
        reached: dict[int, int] = defaultdict(int)
        for ends in steps:
            one, other = (self._places.setdefault(end, len(self._places)) for end in ends)
            before[other].append(one)
            reached[one] |= 1 << other
        waiting = dict.fromkeys(reached)
        while waiting:
            # Last in, first out: what was found is carried back as far as it goes.
            place, _ = waiting.popitem()
            for one in before[place]:
                wider = reached[one] | reached[place]
                if wider != reached[one]:
                    reached[one] = wider
                    waiting[one] = None
        self._reached = reached
        self._ends = list(self._places)

    def __len__(self) -> int:
        return sum(found.bit_count() for found in self._reached.values())

    def __contains__(self, pair: tuple[T, T]) -> bool:
        one, other = (self._places.get(end) for end in pair)
        if one is None or other is None:
            return False
        return bool(self._reached.get(one, 0) >> other & 1)

    def of(self, one: T) -> Iterator[T]:
        """Yield what one reaches."""
        found = self._reached.get(self._places.get(one, -1), 0)
        while found:
            last = found & -found
            yield self._ends[last.bit_length() - 1]
            found ^= last

    def __iter__(self) -> Iterator[tuple[T, T]]:
        for one in self._ends:
            for other in self.of(one):
                yield one, other
