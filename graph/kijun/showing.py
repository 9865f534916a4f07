"""The run of ``kijun view``: a picture to a file, the notes to the person."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kijun.delivery import to_stream
from kijun.desk import Desk
from kijun.knowledge import open_graph
from kijun.lines import visible
from kijun.views import Drawing, drawing_form


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Draw what is asked for and return the exit status."""
    to_file = given.output not in (None, "-")
    form = drawing_form(given.output if to_file else None, given.form)
    drawing = drawing_for(given, desk.tell)
    for note in drawing.picture.notes:
        desk.tell(visible(note))
    if to_file:
        drawing.save(given.output, form)
    else:
        to_stream(drawing.bytes_in(form), None)
    return 0


def drawing_for(given: argparse.Namespace, tell: Callable[[str], None]) -> Drawing:
    """Return the drawing that a command line asks for; ``tell`` is told what went wrong."""
    graph = open_graph(
        given.as_of,
        profiles=given.profile,
        lang=given.lang or "ja",
        verbatim=given.verbatim,
        notice=lambda text: tell(f"kijun: {text}"),
    )
    return graph.view(given.what, *given.names, about=given.about, expand=given.expand)
