"""What can be asked of a graph in which users describe their own systems."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kijun.dates import State
from kijun.engine import Embedded
from kijun.errors import BadInput
from kijun.table import Table
from kijun.viewing import Viewing

if TYPE_CHECKING:
    from kijun.boundary import Boundary
    from kijun.declarations import About
    from kijun.situation import Situation


class Examining(Viewing):
    """A graph that examines the boundaries of the systems that profiles describe."""

    @property
    def profiles(self) -> tuple[About, ...]:
        """What the open profiles say of themselves: title, author, marking.

        >>> import kijun
        >>> kijun.open().profiles
        ()
        """
        return self.situation.profiles if self.situation is not None else ()

    @property
    def _described(self) -> Situation:
        if self.situation is None:
            raise BadInput(
                "no profile is open; give one: kijun gaps FILE, or kijun.open(FILE) from Python"
            )
        return self.situation

    @cached_property
    def boundary(self) -> Boundary:
        """What the rules say of the boundaries of shared systems, grounded when first used."""
        from kijun.boundary import boundary
        from kijun.situated import asserted_part

        state = self.state or State("none", ())
        return boundary(asserted_part(self.plain.store), state, self._described)

    def gaps(self) -> Table:
        """Return the holes at the boundaries of the systems that the profiles describe.

        One row for each hole: its kind, the platform, the parties and the concern, what is
        uncovered in words, and the norm on which it rests; ``places`` say where a user wrote what
        it rests on. Nothing is examined that the profiles do not declare.

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.holes import HOLE_COLUMNS, hole_rows

        rows = hole_rows(
            self.boundary,
            self._described,
            Embedded(self.plain.store),
            self.lang,
            in_force=self.validity.in_force,
        )
        keys = ("hole_iri", "norm_iri", "sentence_iri")
        return self._answer("gaps", HOLE_COLUMNS, rows, (), keys)
