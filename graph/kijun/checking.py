"""``kijun check``: what is wrong with the ontology, or with what a user wrote, all at once."""

from __future__ import annotations

import argparse

from kijun.desk import Desk
from kijun.errors import BadInput
from kijun.formats import FORMATS, format_for, write_answer
from kijun.lines import visible
from kijun.saying import listing, worded


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Check what was named, show what is found, and return 1 if that is anything.

    Raises:
        BadInput: nothing to check is named, or a file that cannot be read.
        MissingExtra: the extra ``check`` or ``owl`` is not installed.
        LimitReached: the reasoner needed more time or memory.
    """
    form = format_for(given.output, given.form)
    if form not in FORMATS:
        raise BadInput(
            worded(
                'no format is called "{form}"; choose one of {known}',
                form=form,
                known=listing(FORMATS),
            )
        )
    if not given.owl and not given.profiles:
        raise BadInput(
            worded("name a profile, or say --owl to judge the ontology; see kijun check --help")
        )
    from kijun.knowledge import open_graph

    graph = open_graph(
        given.as_of,
        lang=given.lang or (desk.locale() if form == "table" else "ja"),
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    answer = graph.check(*given.profiles, owl=given.owl, timeout=given.timeout)
    if desk.show is not None:
        desk.show(answer, given, graph, form)
        return 1 if answer.rows else 0
    for note in answer.notes:
        desk.tell(visible(note))
    if answer.rows or form != "table" or given.output is not None:
        write_answer(
            answer,
            form,
            given.output,
            lang=graph.lang,
            width=desk.width,
            describe=graph.describe,
        )
    return 1 if answer.rows else 0
