"""What can be asked about an answer: why it holds, and what would change it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kijun.answering import Answering
from kijun.formats import Answer

if TYPE_CHECKING:
    from kijun.explanations import Explainer


class Analysing(Answering):
    """A graph whose answers can be proved and put to the test."""

    @cached_property
    def explainer(self) -> Explainer:
        """What proves statements of this graph, grounded once and kept.

        >>> import kijun
        >>> kijun.open().explainer is not None
        True
        """
        from kijun.explanations import Explainer

        return Explainer(self.store, self.engine, self.state, self.lang, self._texts)

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
