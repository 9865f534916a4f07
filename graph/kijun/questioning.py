"""Questions of the catalogue and of one's own, asked of the graph."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kijun import parameters
from kijun.answering import Answering
from kijun.formats import Answer
from kijun.store import Snapshot
from kijun.table import Table


class Questioning(Answering):
    """A graph that answers the catalogue's questions and SPARQL."""

    def ask(self, name: str, **values: str) -> Table:
        """Answer a question of the catalogue; each row names the sentence it rests on.

        ``values`` are what a person writes for the question's parameters: names of bodies,
        sections, norms, topics, days. A parameter that is a word of Python takes an underscore:
        ``from_="総務省"``.

        Raises:
            UnknownName: no such question or parameter; BadInput for a value that means nothing.

        >>> import kijun
        >>> kijun.open().ask("supervision", corporation="情報通信研究機構")[0]["ministry"]
        '総務省'
        """
        from kijun.asking import question_answer
        from kijun.catalogue import question

        if "day" in question(name).parameters:
            values.setdefault("day", self.day.isoformat())
        terms, said = parameters.terms_and_notes(self.engine, self.find, name, values, self.lang)
        columns, rows = question_answer(self.engine, name, self.lang, terms)
        nodes = tuple(column.key for column in columns if column.key.endswith("_iri"))
        given = (term for found in terms.values() for term in found)
        asked = [term.value for term in given if isinstance(term, NamedNode)]
        return self._answer(name, columns, rows, said, nodes, asked)

    def catalogue(self) -> Table:
        """Return the questions that can be asked, by section of the guideline.

        >>> import kijun
        >>> "supervision" in [row["question"] for row in kijun.open().catalogue()]
        True
        """
        from kijun.asking import CATALOGUE_COLUMNS, catalogue_rows

        rows = catalogue_rows(self.lang)
        note = (
            f"問いは{len(rows)}件。kijun ask 名前 --help が一つを説明する。"
            if self.lang == "ja"
            else f"{len(rows)} questions; kijun ask NAME --help explains one."
        )
        answer = Answer("ask", CATALOGUE_COLUMNS, rows, [note])
        return Table.of(answer, self.lang, self.describe)

    def sparql(self, text: str, *, timeout: float = 30.0) -> Table:
        """Answer a SPARQL query of your own, read only, in a process that can be stopped.

        The default graph is the union of all layers; the prefixes of kijun need no declaration.
        An ASK gives one row with ``answer``, a CONSTRUCT ``subject``, ``predicate``, ``object``.

        Raises:
            BadInput: it does not parse, is an update or calls SERVICE; LimitReached on its limits.

        >>> import kijun
        >>> kijun.open().sparql("SELECT (COUNT(*) AS ?norms) { ?n kijun:force kijun:may }")[0]
        {'norms': 1}
        """
        from kijun.querying import result_answer
        from kijun.sparql import ask_sparql

        if isinstance(self._source, Snapshot):
            result = ask_sparql(self.snapshot, text, timeout=timeout)
        else:
            result = self._source.sparql(text, timeout=timeout)
            self._source.confirm()
        return Table.of(result_answer(result, self.notes()), self.lang, self.describe)

    query = sparql
