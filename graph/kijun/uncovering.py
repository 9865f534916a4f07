"""The run of ``kijun gaps``: what is uncovered, and 1 where that is anything."""

from __future__ import annotations

import argparse

from kijun.desk import Desk
from kijun.errors import BadInput
from kijun.formats import FORMATS, format_for, write_answer
from kijun.knowledge import open_graph
from kijun.lines import visible


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Show the holes at the boundaries that some profiles declare; return 1 if there are any.

    Raises:
        BadInput: no profile is named, or one has errors.
    """
    profiles = [*given.profiles, *given.profile]
    if not profiles:
        raise BadInput("name a profile: kijun gaps FILE; kijun profile new makes an empty one")
    form = format_for(given.output, given.form)
    if form not in FORMATS:
        raise BadInput(f'no format is called "{form}"; choose one of {", ".join(FORMATS)}')
    graph = open_graph(
        given.as_of,
        profiles=profiles,
        lang=given.lang or (desk.locale() if form == "table" else "ja"),
        verbatim=given.verbatim,
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    answer = graph.gaps()
    for note in answer.notes:
        desk.tell(visible(note))
    if not answer.rows:
        ja, en = "宣言された範囲に穴はない。", "Nothing is uncovered within the declared scope."
        desk.tell(ja if graph.lang == "ja" else en)
    write_answer(
        answer, form, given.output, lang=graph.lang, width=desk.width, describe=graph.describe
    )
    return 1 if answer.rows else 0
