"""The run of ``kijun gaps``: what is uncovered, and 1 where that is anything."""

from __future__ import annotations

import argparse

from kijun.delivery import to_file, to_stream
from kijun.desk import Desk
from kijun.errors import BadInput
from kijun.formats import FORMATS, Answer, format_for, write_answer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import visible, wrap
from kijun.outline import write_explanation
from kijun.saying import listing, worded


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Show the holes at the boundaries that some profiles declare; return 1 if there are any.

    Raises:
        BadInput: no profile is named, or one has errors.
    """
    profiles = [*given.profiles, *given.profile]
    if not profiles:
        raise BadInput(
            worded("name a profile: kijun gaps FILE; kijun profile new makes an empty one")
        )
    form = _form(given)
    graph = open_graph(
        given.as_of,
        profiles=profiles,
        lang=given.lang or (desk.locale() if form == "table" else "ja"),
        verbatim=given.verbatim,
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    answer = _answer(graph, given)
    if desk.show is not None:
        desk.show(answer, given, graph, form)
        return 1 if graph.boundary.holes else 0
    for note in answer.notes:
        desk.tell(visible(note))
    if not graph.boundary.holes:
        ja, en = "宣言された範囲に穴はない。", "Nothing is uncovered within the declared scope."
        desk.tell(ja if graph.lang == "ja" else en)
    if given.view == "matrix" and form in ("table", "xlsx", "html"):
        _write_matrix(answer, graph, form, given.output, desk.width)
    else:
        write = write_explanation if given.explain is not None else write_answer
        write(
            answer, form, given.output, lang=graph.lang, width=desk.width, describe=graph.describe
        )
    return 1 if graph.boundary.holes else 0


def _form(given: argparse.Namespace) -> str:
    page = given.view == "matrix"
    if page and given.form is None and str(given.output).lower().endswith((".html", ".htm")):
        return "html"
    form = format_for(given.output, given.form)
    known = (*FORMATS, "html") if page else FORMATS
    if form not in known:
        raise BadInput(
            worded("html is for --matrix only; choose one of {known}", known=listing(known))
            if form == "html"
            else worded(
                'no format is called "{form}"; choose one of {known}',
                form=form,
                known=listing(known),
            )
        )
    return form


def _answer(graph: KnowledgeGraph, given: argparse.Namespace) -> Answer:
    if given.explain is not None:
        holes = graph.gaps()
        if given.explain > len(holes):
            raise BadInput(
                worded(
                    "--explain {explain}: there are {count} holes",
                    explain=given.explain,
                    count=len(holes),
                )
            )
        return graph.explain(holes[given.explain - 1]["hole_iri"])
    match given.view:
        case "matrix":
            return graph.matrix()
        case "summary":
            return graph.coverage()
        case "learn":
            return graph.learning()
        case "repair":
            return graph.repair()
        case "displaced":
            return graph.displaced()
        case _:
            return graph.gaps()


def _write_matrix(
    answer: Answer, graph: KnowledgeGraph, form: str, output: str | None, width: int
) -> None:
    """Write the matrix as grids: text, a coloured workbook or a page."""
    saved = output not in (None, "-")
    lang = graph.lang
    if form == "table":
        from kijun.matrix import legend, matrix_text

        said = [line for note in answer.notes for line in wrap(note, width)] if saved else []
        grids = matrix_text(answer.rows, width, lang)
        text = "\n".join([*said, "", grids] if said else [grids])
        data = (f"{text}\n{legend(lang)}\n" if answer.rows else text).encode()
    elif form == "xlsx":
        from kijun.matrix_book import matrix_book

        data = matrix_book(answer.title, answer.notes, answer.rows, lang)
    else:
        from kijun.matrix_page import matrix_page

        data = matrix_page(
            answer.title, answer.notes, answer.rows, graph.gaps().rows, lang
        ).encode()
    if saved:
        assert output is not None
        to_file(data, output)
    else:
        to_stream(data, None, binary=form == "xlsx")
