"""The command line: what a person types, what they see, and the exit status.

0 answered (an empty answer too), 1 findings, 2 bad input or usage, 3 a limit on time or memory.
Whatever goes wrong is one line on standard error.
"""

from __future__ import annotations

import argparse
import importlib
import locale
import os
import shutil
import sys
from collections.abc import Callable, Sequence

from kijun.arguments import asked_values, parse
from kijun.delivery import to_file, to_stream
from kijun.engine import embedded_only
from kijun.errors import BadInput, KijunError
from kijun.formats import FORMATS, Answer, format_for, write_answer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import visible
from kijun.saying import LANGUAGES, listing, speaking, worded

Show = Callable[[Answer, argparse.Namespace, KnowledgeGraph, str], None]
"""Takes an answer with the command, the graph that gave it and the format asked for."""

_ON_THIS_MACHINE = (
    *(("explain", None), ("whatif", None), ("diff", None), ("export", None)),
    ("source", "attach"),
)
"""What no endpoint answers: proofs and assumptions ground the rules again."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    with speaking(language_of(words)):
        return _status(words)


def _status(words: Sequence[str]) -> int:
    try:
        if "_ARGCOMPLETE" in os.environ:
            from kijun.completion import complete

            complete()
        return run(parse(words))
    except KijunError as error:
        _tell(f"kijun: {visible(' '.join(str(error).splitlines()))}")
        return error.exit_status
    except MemoryError:
        told = worded("not enough memory for this answer; ask for less of it at once")
        _tell(f"kijun: {told}")
        return 3
    except Exception as error:  # a fault of ours must not look like an answer or like findings
        if os.environ.get("KIJUN_DEBUG"):
            raise
        told = worded(
            "a fault in kijun itself ({error}); please report it with the command, "
            "or set KIJUN_DEBUG=1 to see where it happened",
            error=" ".join(f"{type(error).__name__}: {error}".split()),
        )
        _tell(f"kijun: {told}")
        return 2
    except KeyboardInterrupt:
        _tell(f"kijun: {worded('interrupted')}")
        return 130


def run(given: argparse.Namespace, show: Show | None = None) -> int:
    """Run a command that was parsed and return its exit status.

    ``show`` takes its answer, the graph and the format in place of a file or standard output.
    """
    if given.run is not None:
        from kijun.desk import Desk

        module = importlib.import_module(given.run)
        if given.endpoint is not None and not getattr(module, "ENDPOINT", False):
            raise embedded_only(f"kijun {given.command}", "--endpoint")
        other: Callable[[argparse.Namespace, Desk], int] = module.run
        return other(given, Desk(_tell, _locale, _width(given.output), show))
    action = (given.command, getattr(given, "action", None))
    if given.endpoint is not None and action in _ON_THIS_MACHINE:
        raise embedded_only(f"kijun {given.command}", "--endpoint")
    form = _form(given)
    # A question about a day is asked of the graph of that day.
    if given.as_of is None:
        given.as_of = getattr(given, "ask_day", None)
    lang = given.lang or (_locale() if form == "table" else "ja")
    if given.command == "source" and given.action == "attach":
        return _attach(given, lang)
    graph = open_graph(
        given.as_of,
        profiles=given.profile,
        lang=lang,
        verbatim=given.verbatim,
        endpoint=given.endpoint,
        notice=lambda text: _tell(f"kijun: {text}"),
    )
    if given.command == "export":
        from kijun.export import write_export

        for note in graph.notes():
            _tell(visible(note))
        write_export(graph, form, given.output, given.layer)
        return 0
    if given.command == "source":
        return _check(given, graph, form)
    (show or _show)(_answer(given, graph), given, graph, form)
    return 0


def _form(given: argparse.Namespace) -> str:
    """Return the format asked for, by name or by the ending of the file to write."""
    if given.command == "export":
        from kijun.export import form_for

        return form_for(given.output, given.form)
    page = given.command == "source" and given.action == "check"
    if page and given.form is None and str(given.output).lower().endswith((".html", ".htm")):
        return "html"
    form = format_for(given.output, given.form)
    known = (*FORMATS, "html") if page else FORMATS
    if form not in known:
        raise BadInput(
            worded(
                'no format is called "{form}"; choose one of {known}',
                form=form,
                known=listing(known),
            )
        )
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
        case "explain":
            return graph.explain(
                given.body, given.norm, to=given.to, route=given.route, all_paths=given.all_paths
            )
        case "whatif":
            return graph.whatif(
                without=given.without,
                without_line=given.without_line,
                minister=given.minister,
                of_class=given.of_class,
                body=given.body,
                single_points=given.single_points,
            )
        case "diff":
            return graph.diff(given.a, given.b, other_day=given.other_day)
        case "query":
            from kijun.querying import read_query_text

            return graph.query(read_query_text(given.file), timeout=given.timeout)
        case _:
            if given.question is None:
                return graph.catalogue()
            return graph.ask(given.question, **asked_values(given))


def _show(answer: Answer, given: argparse.Namespace, graph: KnowledgeGraph, form: str) -> None:
    for note in answer.notes:
        _tell(visible(note))
    if not answer.rows:
        empty = "該当する行はない。" if graph.lang == "ja" else "There are no such rows."
        _tell(empty)
    write = write_answer
    if answer.kind == "explain":
        from kijun.outline import write_explanation as write
    write(
        answer,
        form,
        given.output,
        lang=graph.lang,
        width=_width(given.output),
        describe=graph.describe,
    )


def _width(output: str | None) -> int:
    if output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
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


def language_of(words: Sequence[str]) -> str:
    """Return the language of errors and help: ``--lang``, else Japanese in a Japanese locale."""
    asked = ""
    for word, after in zip(words, [*words, ""][1:], strict=True):
        option, _, given = word.partition("=")
        if option == "--lang":
            asked = given or after
    if asked in LANGUAGES:
        return asked
    # Without a variable, as on Windows, the locale is that of the system.
    named = _named_locale() or _locale_of(locale.getlocale()[0] or "")
    return "ja" if named in ("ja", "japanese") else "en"


def _locale() -> str:
    """Return the language of the user's locale: English where it names another than Japanese."""
    return "ja" if _named_locale() in ("", "ja", "japanese", "c", "posix") else "en"


def _named_locale() -> str:
    """Return the language that the environment names, an empty string where it names none."""
    names = (os.environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return _locale_of(next(filter(None, names), ""))


def _locale_of(name: str) -> str:
    return name.lower().replace("_", ".").partition(".")[0]


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
