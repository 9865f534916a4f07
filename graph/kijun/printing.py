"""The run of ``kijun report``: a report about one body, as a page or a document."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from kijun.delivery import to_file
from kijun.desk import Desk
from kijun.errors import BadInput
from kijun.knowledge import open_graph
from kijun.lines import visible
from kijun.report_parts import report_of
from kijun.saying import worded

FORMS = {"html": "html", "htm": "html", "docx": "docx"}


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Write the report, say what every answer must say, and return 0.

    Raises:
        BadInput: no file to write is named, or not as .html or .docx.
        UnknownName: no such body.
        MissingExtra: the extra ``report`` is not installed.
    """
    if given.output in (None, "-"):
        raise BadInput(worded("say where to: kijun report BODY -o report.html (or .docx)"))
    form = FORMS.get(given.form or Path(given.output).suffix[1:].lower())
    if form is None:
        raise BadInput(
            worded("{output}: a report is written as .html or .docx", output=visible(given.output))
        )
    graph = open_graph(
        given.as_of,
        profiles=given.profile,
        lang=given.lang or "ja",
        verbatim=given.verbatim,
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    report = report_of(graph, given.body, datetime.date.today())
    if form == "html":
        from kijun.report_page import report_page

        data = report_page(report).encode()
    else:
        from kijun.report_document import report_document

        data = report_document(report)
    to_file(data, given.output)
    for note in graph.notes():
        desk.tell(visible(note))
    return 0
