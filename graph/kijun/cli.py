"""The command line: what a person types, what they see, and the exit status.

0 answered (an empty answer too), 1 findings, 2 bad input or usage, 3 a limit on time or memory.
Whatever goes wrong is one line on standard error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from typing import NoReturn

from kijun.content import VERSION
from kijun.delivery import to_file, to_stream
from kijun.errors import BadInput, KijunError
from kijun.formats import FORMATS, Answer, format_for, write_answer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import visible

_EPILOG = """\
BODY is a Japanese or English name, an abbreviation, a 法人番号 or an IRI.
Exit status: 0 answered, 1 findings, 2 bad input, 3 a limit on time or memory.
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(
        prog="kijun",
        description="Who must report to whom, what an agency inherits, what is uncovered: "
        "the guideline on government information security as a graph.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"kijun {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=text, description=text, parents=[_common()], allow_abbrev=False
        )

    ask = add("ask", "the catalogue of questions, or one of them")
    ask.add_argument("question", nargs="?", metavar="NAME")
    ask.add_argument("rest", nargs=argparse.REMAINDER, metavar="--PARAM VALUE")

    norms = add("norms", "all norms in the guideline's order")
    norms.add_argument("--section", metavar="S", help="for example 6(4), 3(1)①, or 3 for all of it")
    norms.add_argument("--bearer", metavar="B", help="a class, office or role, or a body")

    duties = add("duties", "what a body bears, by which route, on which sentence")
    whose = duties.add_mutually_exclusive_group(required=True)
    whose.add_argument("body", nargs="?", metavar="BODY")
    whose.add_argument("--all", action="store_true", help="every body")
    whose.add_argument("--class", dest="members_of", metavar="C", help="every body of a class")
    duties.add_argument("--route", metavar="R", help="one route only")
    duties.add_argument("--all-paths", action="store_true", help="not only the shortest path")

    reports = add("reports", "who must tell whom: direct lines")
    reports.add_argument("--from", dest="sender", metavar="BODY")
    reports.add_argument("--to", dest="receiver", metavar="BODY")
    reports.add_argument("--about", metavar="TOPIC")
    reports.add_argument("--expand", action="store_true", help="real bodies in place of classes")

    route = add("route", "every route from one party to another, leg by leg")
    route.add_argument("sender", metavar="FROM")
    route.add_argument("receiver", metavar="TO")
    route.add_argument("--about", metavar="TOPIC")

    query = add("query", "any SPARQL query, read only")
    query.add_argument("file", metavar="FILE|-")
    query.add_argument("--timeout", type=_seconds, default=30.0, metavar="SECONDS")

    source = add("source", "your own copy of the guideline: attach it, or check another edition")
    source.add_argument("action", choices=("attach", "check"))
    source.add_argument("file", metavar="FILE")

    export = add("export", "the graph as Turtle or JSON-LD")
    export.add_argument(
        "--layer", action="append", metavar="L", help="only this layer (repeatable)"
    )
    return top


def _common() -> _Parser:
    common = _Parser(add_help=False, allow_abbrev=False)
    common.add_argument("--format", dest="form", metavar="F", help="|".join(FORMATS))
    common.add_argument("-o", "--output", metavar="FILE")
    common.add_argument("--lang", choices=("ja", "en"))
    common.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD; default 2016-10-12")
    common.add_argument("--verbatim", action="store_true", help="with the attached sentence")
    return common


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("give seconds between 0 and 3600")
    return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        given = parser().parse_args(arguments)
        return _run(given)
    except KijunError as error:
        _tell(f"kijun: {error}")
        return error.exit_status
    except MemoryError:
        _tell("kijun: not enough memory for this answer; ask for less of it at once")
        return 3
    except KeyboardInterrupt:
        _tell("kijun: interrupted")
        return 130


def _run(given: argparse.Namespace) -> int:
    if given.command == "ask":
        _take_options_back(given)
    form = _form(given)
    lang = given.lang or (_locale() if form == "table" else "ja")
    if given.command == "source" and given.action == "attach":
        return _attach(given, lang)
    graph = open_graph(
        given.as_of, lang=lang, verbatim=given.verbatim, notice=lambda text: _tell(f"kijun: {text}")
    )
    if given.command == "export":
        from kijun.export import write_export

        write_export(graph, form, given.output, given.layer)
        return 0
    if given.command == "source":
        return _check(given, graph, form)
    answer = _answer(given, graph)
    _show(answer, given, graph, form)
    return 0


def _form(given: argparse.Namespace) -> str:
    """Return the format asked for, by name or by the ending of the file to write."""
    if given.command == "export":
        ending = str(given.output or "").lower()
        return given.form or ("jsonld" if ending.endswith((".jsonld", ".json")) else "turtle")
    page = given.command == "source" and given.action == "check"
    if page and given.form is None and str(given.output).lower().endswith((".html", ".htm")):
        return "html"
    form = format_for(given.output, given.form)
    known = (*FORMATS, "html") if page else FORMATS
    if form not in known:
        raise BadInput(f'no format is called "{form}"; choose one of {", ".join(known)}')
    return form


def _answer(given: argparse.Namespace, graph: KnowledgeGraph) -> Answer:
    match given.command:
        case "norms":
            return graph.norms(given.section, given.bearer)
        case "duties":
            return graph.duties(
                given.body,
                members_of=given.members_of,
                route=given.route,
                all_paths=given.all_paths,
            )
        case "reports":
            return graph.reports(given.sender, given.receiver, given.about, expand=given.expand)
        case "route":
            return graph.route(given.sender, given.receiver, given.about)
        case "query":
            from kijun.querying import read_query_text

            return graph.query(read_query_text(given.file), timeout=given.timeout)
        case _:
            if given.question is None:
                return graph.catalogue()
            if "--help" in given.rest or "-h" in given.rest:
                return graph.catalogue(given.question)
            return graph.ask(given.question, **_parameters(given.rest))


def _parameters(rest: Sequence[str]) -> dict[str, str]:
    """Return ``--name value`` and ``--name=value`` pairs as a dictionary."""
    found: dict[str, str] = {}
    words = list(rest)
    while words:
        name = words.pop(0)
        if not name.startswith("--"):
            raise BadInput(f'"{name}" stands alone; a parameter is written --NAME VALUE')
        name, equals, text = name.removeprefix("--").partition("=")
        if not equals:
            if not words:
                raise BadInput(f"--{name} lacks its value")
            text = words.pop(0)
        if name in found:
            raise BadInput(f"--{name} is given twice; give it once")
        found[name] = text
    return found


def _take_options_back(given: argparse.Namespace) -> None:
    """Parse the options of every command that stand behind a question's name."""
    known, unknown = _common().parse_known_args(given.rest)
    for name, value in vars(known).items():
        if value:
            setattr(given, name, value)
    if given.lang not in (None, "ja", "en"):
        raise BadInput("--lang is ja or en")
    given.rest = unknown


def _show(answer: Answer, given: argparse.Namespace, graph: KnowledgeGraph, form: str) -> None:
    for note in answer.notes:
        _tell(visible(note))
    if not answer.rows:
        empty = "該当する行はない。" if graph.lang == "ja" else "There are no such rows."
        _tell(empty)
    write_answer(
        answer,
        form,
        given.output,
        lang=graph.lang,
        width=_width(given.output),
        describe=graph.describe,
    )


def _width(output: str | None) -> int:
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    return 100


def _attach(given: argparse.Namespace, lang: str) -> int:
    from kijun.source import attach

    attached = attach(given.file)
    _tell(
        f"{attached.sentences}文すべてのハッシュが一致した。以後 --verbatim で原文を示せる"
        f"（控え：{attached.copy}）。"
        if lang == "ja"
        else f"All {attached.sentences} sentences match. --verbatim now shows them "
        f"(kept in {attached.copy})."
    )
    return 0


def _check(given: argparse.Namespace, graph: KnowledgeGraph, form: str) -> int:
    from kijun.edition_check import check

    found = check(given.file, graph.engine, graph.lang, unchanged=form != "table")
    if form == "html":
        data = found.html().encode()
        if given.output in (None, "-"):
            to_stream(data)
        else:
            to_file(data, given.output)
    else:
        _show(found.answer, given, graph, form)
    return 1 if found.findings else 0


def _locale() -> str:
    """Return the language of the user's locale: English where it names another than Japanese."""
    name = next((v for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(key))), "")
    return "ja" if name.lower().startswith(("ja", "c.", "c", "posix")) or not name else "en"


def _tell(text: str) -> None:
    """Write a line to standard error, in UTF-8 whatever the console's encoding is."""
    if sys.stderr is None:
        return
    buffer = getattr(sys.stderr, "buffer", None)
    try:
        if buffer is None:
            sys.stderr.write(f"{text}\n")
        else:
            sys.stderr.flush()
            buffer.write(f"{text}\n".encode())
            buffer.flush()
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(main())
