"""What can be asked of a graph in which users describe their own systems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kijun import lookup
from kijun.answering import Rows
from kijun.dates import State
from kijun.engine import Embedded
from kijun.errors import BadInput
from kijun.norms import norms
from kijun.table import Table
from kijun.tables import Column
from kijun.terms import NS
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

    def _inspected(
        self, columns: tuple[Column, ...], rows: list[dict[str, object]], said: list[str]
    ) -> tuple[Column, ...]:
        """Put onto duty rows what open profiles say of them, if they hold evidence."""
        if self.situation is None or not self.situation.evidence:
            return columns
        from kijun.inspection import inspect, summary, with_inspection

        inspect(rows, self.situation.evidence)
        said.append(summary(rows, self.lang))
        return with_inspection(columns)

    @cached_property
    def boundary(self) -> Boundary:
        """What the rules say of the boundaries of shared systems, grounded when first used."""
        from kijun.boundary import boundary
        from kijun.situated import asserted_part

        state = self.state or State("none", ())
        return boundary(asserted_part(self.plain.store), state, self._described)

    @cached_property
    def _boundary_names(self) -> Mapping[str, str]:
        from kijun.holes import names

        return names(self.boundary, self._described, Embedded(self.plain.store), self.lang)

    def _of_boundary(
        self, kind: str, columns: tuple[Column, ...], rows: Rows, keys: tuple[str, ...]
    ) -> Table:
        from kijun.boundary_notes import notes

        said = notes(self.boundary, self._described, self._boundary_names, self.lang)
        return self._answer(kind, columns, rows, said, keys)

    def gaps(self) -> Table:
        """Return the holes at the boundaries of the systems that the profiles describe.

        One row for each hole: its kind, the platform, the parties and the concern, what is
        uncovered in words, and the norm on which it rests; ``places`` say where a user wrote what
        it rests on. Nothing is examined that the profiles do not declare.

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.holes import HOLE_COLUMNS, hole_rows

        by_norm = norms(Embedded(self.plain.store), self.lang)
        rows = hole_rows(
            self.boundary,
            self._described,
            self._boundary_names,
            by_norm,
            self.lang,
            in_force=self.validity.in_force,
        )
        return self._of_boundary(
            "gaps", HOLE_COLUMNS, rows, ("hole_iri", "norm_iri", "sentence_iri")
        )

    def matrix(self) -> Table:
        """Return how each party stands to each concern of each platform, cell by cell.

        ``status`` is ``covered``, ``hole``, ``excluded`` or ``other`` (another party holds what one
        party holds for all).

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.boundary_tables import MATRIX_COLUMNS, matrix_rows

        rows = matrix_rows(self.boundary, self._described, self._boundary_names, self.lang)
        return self._of_boundary("matrix", MATRIX_COLUMNS, rows, ("platform_iri", "concern_iri"))

    def coverage(self) -> Table:
        """Return how much is covered, of all, of each platform and of each party.

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.boundary_tables import SUMMARY_COLUMNS, summary_rows

        rows = summary_rows(self.boundary, self._described, self._boundary_names, self.lang)
        return self._of_boundary("coverage", SUMMARY_COLUMNS, rows, ("name_iri",))

    def learning(self) -> Table:
        """Return who would learn of an incident on each platform, by which way, and who not.

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.engine import labels
        from kijun.learning import LEARNING_COLUMNS, learning_rows
        from kijun.reach import INCIDENT, NISC
        from kijun.reporting import line_rows

        lines = line_rows(self.engine, self.lang, level="body")
        home = lookup.homes(self.engine)
        ends = {str(line[key]) for line in lines for key in ("from_iri", "to_iri")}
        wanted = {NISC, *ends, *home.values()}.difference(self._boundary_names)
        named = {**labels(self.engine, wanted, self.lang), **self._boundary_names}
        topics = lookup.covering(self.engine)[INCIDENT]
        situation = self._described
        rows = learning_rows(self.boundary, situation, lines, home, topics, named, self.lang)
        return self._of_boundary("learning", LEARNING_COLUMNS, rows, ("platform_iri", "who_iri"))

    def displaced(self) -> Table:
        """Return what the common rules of each platform displace, party by party.

        Raises:
            BadInput: the graph was opened without a profile.
        """
        from kijun.displacement import DISPLACED_COLUMNS, NORM, POLICIES, displaced_rows
        from kijun.engine import labels

        engine, situation = Embedded(self.plain.store), self._described
        ministries = set(lookup.members(engine, NS + "Ministry"))
        ministries.update(b.iri for b in situation.bodies if b.kind == NS + "Ministry")
        named = {**self._boundary_names, **labels(engine, POLICIES.values(), self.lang)}
        norm = norms(engine, self.lang, only=[NORM])[NORM]
        rows = displaced_rows(self.boundary, situation, named, norm, ministries, self.lang)
        keys = ("rules_iri", "norm_iri", "sentence_iri")
        return self._of_boundary("displaced", DISPLACED_COLUMNS, rows, keys)
