"""What can be asked of a graph in which users describe their own systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from kijun import lookup
from kijun.answering import Rows
from kijun.dates import State
from kijun.engine import Embedded
from kijun.errors import BadInput, UnknownName
from kijun.formats import Answer
from kijun.lines import visible
from kijun.norms import in_words, norms
from kijun.saying import worded
from kijun.table import Table
from kijun.tables import Column
from kijun.terms import NS, is_a
from kijun.viewing import Viewing

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kijun.boundary import Boundary
    from kijun.boundary_facts import Facts
    from kijun.declarations import About
    from kijun.explanations import Explainer
    from kijun.printable import Printable
    from kijun.report_source import Reportable
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
                worded(
                    "no profile is open; give one: kijun gaps FILE, or kijun.open(FILE) from Python"
                )
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
        """What the rules say of the boundaries of shared systems, grounded when first used.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> len(kg.boundary.holes), len(kg.boundary.examined)
        (9, 1)
        """
        return self._examined(self._described)

    def _examined(self, situation: Situation) -> Boundary:
        from kijun.boundary import boundary

        return boundary(self._asserted, self.state or State("none", ()), situation)

    @cached_property
    def _asserted(self) -> Store:
        from kijun.situated import asserted_part

        return asserted_part(self.plain.store)

    @cached_property
    def _program(self) -> str | None:
        if self.situation is None:
            return None
        from kijun.boundary import boundary_program

        state = self.state or State("none", ())
        return boundary_program(self._asserted, state, self._stated or {})

    @cached_property
    def _stated(self) -> Facts | None:
        if self.situation is None:
            return None
        from kijun.boundary_facts import facts

        return facts(self.situation)

    @cached_property
    def _hole_explainer(self) -> Explainer:
        # Holes need neither duties nor routes, so nothing of these is derived for them.
        from kijun.explanations import Explainer

        engine = Embedded(self._asserted)
        engine.names = self._boundary_names
        return Explainer(
            self._asserted,
            engine,
            self.state,
            self.lang,
            self._texts,
            text=self._program,
            stated=self._stated,
        )

    def explain(
        self,
        body: str,
        norm: str | None = None,
        *,
        to: str | None = None,
        route: str | None = None,
        all_paths: bool = False,
    ) -> Answer:
        """Return the proof of a duty, a line, a classification or a hole, or why there is none.

        See :meth:`kijun.analysing.Analysing.explain`. Of a hole, ``body`` is its IRI and nothing
        else is given; its premises cite the row of your profile, with file, sheet and row.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> proof = kg.explain(kg.gaps().where(kind="unmet")[0]["hole_iri"])
        >>> proof.rows[0]["rule"]
        'hole_unmet'
        """
        if not is_a("hole", body):
            return super().explain(body, norm, to=to, route=route, all_paths=all_paths)
        if norm is not None or to is not None or route is not None:
            raise BadInput(worded("a hole is explained by its IRI alone; leave out the rest"))
        hole = next((one for one in self.boundary.holes if one.iri == body), None)
        if hole is None:
            raise UnknownName(
                worded('there is no hole "{body}"; see kijun gaps', body=visible(body)[:80]), body
            )
        from kijun.hole_words import HoleWords
        from kijun.outline import explanation, shortened

        words = HoleWords(self.boundary, self._boundary_names, self.lang)
        nodes = self._hole_explainer.atoms("hole", *hole.arguments)
        for node in nodes:
            node["statement"] = words.told(hole)
            readings = [*words.readings(hole), str(node["interpretation"] or "")]
            node["interpretation"] = in_words(readings, self.lang)
        return explanation(shortened(nodes, self.lang), self.notes())

    @cached_property
    def _boundary_names(self) -> Mapping[str, str]:
        from kijun.holes import names

        return names(self.boundary, self._described, Embedded(self.plain.store), self.lang)

    def _of_boundary(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Rows,
        keys: tuple[str, ...],
        more: Iterable[str] = (),
    ) -> Table:
        from kijun.boundary_notes import notes

        said = notes(self.boundary, self._described, self._boundary_names, self.lang)
        return self._answer(kind, columns, rows, [*said, *more], keys)

    def gaps(self) -> Table:
        """Return the holes at the boundaries of the systems that the profiles describe.

        One row for each hole: its kind, the platform, the parties and the concern, what is
        uncovered in words, and the norm on which it rests; ``places`` say where a user wrote what
        it rests on. Nothing is examined that the profiles do not declare.

        Raises:
            BadInput: the graph was opened without a profile.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> hole = kg.gaps().where(kind="unmet")[0]
        >>> hole["norm"], hole["section"], hole["sentence"], len(hole["places"])
        ('6(3)-3a', '6(3)', 3, 1)
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

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> sorted({row["status"] for row in kg.matrix()})
        ['covered', 'hole', 'other']
        """
        from kijun.boundary_tables import MATRIX_COLUMNS, matrix_rows

        rows = matrix_rows(self.boundary, self._described, self._boundary_names, self.lang)
        return self._of_boundary("matrix", MATRIX_COLUMNS, rows, ("platform_iri", "concern_iri"))

    def coverage(self) -> Table:
        """Return how much is covered, of all, of each platform and of each party.

        Raises:
            BadInput: the graph was opened without a profile.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> whole = kg.coverage()[0]
        >>> whole["items"], whole["covered"], whole["percent"]
        (32, 26, 81)
        """
        from kijun.boundary_tables import SUMMARY_COLUMNS, summary_rows

        rows = summary_rows(self.boundary, self._described, self._boundary_names, self.lang)
        return self._of_boundary("coverage", SUMMARY_COLUMNS, rows, ("name_iri",))

    def learning(self) -> Table:
        """Return who would learn of an incident on each platform, by which way, and who not.

        Raises:
            BadInput: the graph was opened without a profile.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> kg.learning().where(role="other")[0]["by"]
        ['6(4)-2a']
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

    def repair(self) -> Table:
        """Return a smallest set of steps that would close every hole, and who would take them.

        ``in_all`` says whether every smallest set has the step; there are nearly always several.
        The boundaries are examined again as if all were taken, and have no hole left. Where a
        system is declared wrongly, the steps at its boundary as it should be are among them.

        Raises:
            BadInput: the graph was opened without a profile.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> len(kg.gaps()), len(kg.repair().where(step="redeclare"))
        (9, 1)
        """
        from kijun.holes import names
        from kijun.repair import REPAIR_COLUMNS, repair, repair_rows, said

        by_norm = norms(Embedded(self.plain.store), self.lang)
        found = repair(self.boundary, self._described, self._examined)
        named = names(found.boundary, found.situation, Embedded(self.plain.store), self.lang)
        rows = repair_rows(found, named, by_norm)
        keys = ("holes_iri", "norm_iri", "sentence_iri")
        return self._of_boundary(
            "repair", REPAIR_COLUMNS, rows, keys, said(found, named, self.lang)
        )

    def displaced(self) -> Table:
        """Return what the common rules of each platform displace, party by party.

        Raises:
            BadInput: the graph was opened without a profile.

        >>> import kijun
        >>> from kijun.content import ONTOLOGY
        >>> kg = kijun.open(ONTOLOGY / "profiles" / "examples" / "shared-platform", lang="en")
        >>> sorted({row["heard"] for row in kg.displaced()})
        ['consulted', 'maker', 'no']
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

    def report(self, body: str) -> Printable:
        """Return a printable report about a body, which saves itself as HTML or DOCX.

        What is still to be done comes first, then what is met, the reporting lines, the boundaries
        of the systems that the body shares, and the sentences behind every row.

        Raises:
            UnknownName: no such body; BadInput for one that bears no norm on that day.

        >>> import kijun
        >>> len(kijun.open().report("日本年金機構").parts.parts) > 3
        True
        """
        import datetime

        from kijun.printable import Printable
        from kijun.report_parts import report_of

        whole = cast("Reportable", self)
        return Printable(report_of(whole, body, datetime.date.today()))
