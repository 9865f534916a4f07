"""Pictures of the graph, as part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kijun.analysing import Analysing

if TYPE_CHECKING:
    from kijun.parties import Answers
    from kijun.views import Drawing


class Viewing(Analysing):
    """A graph that draws what it answers."""

    def view(
        self: Answers, what: str, *names: str, about: str | None = None, expand: bool = False
    ) -> Drawing:
        """Return a drawing that shows itself in Jupyter and saves itself as HTML or SVG.

        ``what`` is ``reports`` (of a body), ``route`` (between two), ``duties`` (of a body),
        ``boundary`` (of a platform that a profile declares), ``drafting`` or ``framework``;
        ``names`` are those that it takes. ``about`` limits lines to a topic, ``expand`` draws real
        bodies in place of classes.

        Raises:
            UnknownName: no such view, body or topic; BadInput for names or options out of place.

        >>> import kijun
        >>> kijun.open(lang="en").view("duties", "国立公文書館")
        <kijun drawing "What National Archives of Japan inherits, and how">
        """
        from kijun.views import drawing

        return drawing(self, what, names, {"about": about, "expand": expand})
