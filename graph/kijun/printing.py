"""The run of ``kijun report``: a report about one body, as a page or a document."""

from __future__ import annotations

import argparse

from kijun.desk import Desk
from kijun.errors import BadInput
from kijun.knowledge import open_graph
from kijun.lines import visible
from kijun.printable import report_form
from kijun.saying import worded


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Write the report, say what every answer must say, and return 0.

    Raises:
        BadInput: no file to write is named, or not as .html or .docx.
        UnknownName: no such body.
        MissingExtra: the extra ``report`` is not installed.
    """
    if given.output in (None, "-"):
        raise BadInput(worded("say where to: kijun report BODY -o report.html (or .docx)"))
    form = report_form(given.output, given.form)
    graph = open_graph(
        given.as_of,
        profiles=given.profile,
        lang=given.lang or "ja",
        verbatim=given.verbatim,
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    graph.report(given.body).save(given.output, form)
    for note in graph.notes():
        desk.tell(visible(note))
    return 0
