"""What can be asked about an answer: why it holds, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kijun.formats import Answer
from kijun.questioning import Questioning
from kijun.table import Table

if TYPE_CHECKING:
    from os import PathLike

    from kijun.explanations import Explainer
    from kijun.profile import Place


class Analysing(Questioning):
    """A graph whose answers can be proved and put to the test."""

    @cached_property
    def explainer(self) -> Explainer:
        """What proves statements of this graph, grounded once and kept.

        >>> import kijun
        >>> kijun.open().explainer is not None
        True
        """
        from kijun.explanations import Explainer

        return Explainer(
            self.store,
            self.engine,
            self.state,
            self.lang,
            self._texts,
            text=self._program,
            stated=self._stated,
        )

    @property
    def _program(self) -> str | None:
        """The program of the rules, where it is not that of the store."""
        return None

    @property
    def _stated(self) -> Mapping[str, Sequence[Place]] | None:
        """Where users wrote the facts of the program, if they did."""
        return None

    def explain(
        self,
        body: str,
        norm: str | None = None,
        *,
        to: str | None = None,
        route: str | None = None,
        all_paths: bool = False,
    ) -> Answer:
        """Return the proof of a duty, a reporting line or a classification, or why there is none.

        ``norm`` is a norm or a class; ``to`` makes it the line to a party. Each row is a statement
        with ``rule``, ``source`` and ``premises`` (a list of the same): facts cite a register row,
        an article or a sentence, steps name their rule in words.

        Raises:
            UnknownName: no such body, norm or class; BadInput for a question that makes no sense.

        >>> import kijun
        >>> proof = kijun.open().explain("日本年金機構", "6(4)-3a")
        >>> proof.rows[0]["rule"], proof.rows[0]["holds"]
        ('class', True)
        """
        from kijun.inquiries import explained
        from kijun.outline import explanation

        nodes, said = explained(
            self.explainer, self.find, body, norm, to=to, route=route, all_paths=all_paths
        )
        return explanation(nodes, [*self.notes(), *said])

    def whatif(
        self,
        *,
        without: Sequence[str] | str = (),
        without_line: Sequence[str] | str = (),
        minister: Sequence[str] | str = (),
        of_class: Sequence[str] | str = (),
        body: str | None = None,
        single_points: bool = False,
    ) -> Table:
        """Return what would change if things were otherwise; nothing is saved.

        ``without`` takes out bodies or offices, ``without_line`` norms or their lines
        (``6(4)-2a:総務省:NISC``), ``minister`` gives corporations other ministers
        (``日本年金機構=総務省``), ``of_class`` another class. ``body`` limits the answer to one
        body; ``single_points`` asks instead whose failure alone cuts a body off from NISC.

        Raises:
            UnknownName: no such body, norm or class; BadInput for changes that contradict.

        >>> import kijun
        >>> found = kijun.open().whatif(without="厚生労働省", body="日本年金機構")
        >>> "reach" in {row["kind"] for row in found}
        True
        """
        from kijun.whatif import whatif

        return self._told(
            whatif(
                self,
                without=without,
                without_line=without_line,
                minister=minister,
                of_class=of_class,
                body=body,
                single_points=single_points,
            )
        )

    def check(
        self, *profiles: str | PathLike[str], owl: bool = False, timeout: float | None = None
    ) -> Table:
        """Return everything wrong with profiles of your own, and how to mend it; no row if nothing.

        Each row has ``severity`` (``error`` or ``warning``), ``message``, ``mend`` and where it is:
        ``file``, ``sheet``, ``row``, ``column`` or, of RDF, ``node``. With ``owl``, HermiT judges
        the ontology, the facts of the day and the profiles together, each question within
        ``timeout`` seconds.

        Raises:
            BadInput: a file cannot be read; MissingExtra without what the check needs;
            LimitReached where the reasoner needs more.

        >>> import kijun, pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "about.csv"
        >>> _ = place.write_text("名称,作成機関,取扱い\\n例,総務賞,公開\\n", encoding="utf-8")
        >>> found = kijun.open().check(place)[0]
        >>> found["severity"], found["row"], found["column"], found["mend"]
        ('error', 2, '作成機関', '「総務省」のことか')
        """
        from kijun.check_answer import check

        return Table.of(check(self, profiles, owl=owl, timeout=timeout), self.lang, self.describe)

    def _told(self, found: Answer) -> Table:
        """Return an analysis as a table with the sentences of the attached copy."""
        keys = ("norm_iri", "sentence_iri")
        table = self._answer(found.kind, found.columns, list(map(dict, found.rows)), (), keys)
        # The analysis knows best which day and which assumption its notes speak of.
        return table._replace(notes=found.notes)
