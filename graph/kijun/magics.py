"""What ``%load_ext kijun`` brings to a notebook: the words of the command line, and SPARQL.

``%kijun duties 総務省`` gives the table that Python would give, ``%kijun view ...`` the drawing;
with ``-o FILE`` it writes the file. ``%%sparql`` gives a DataFrame, and an error with a caret at
its place.
"""

from __future__ import annotations

import argparse
import html
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kijun import arguments, cli
from kijun.errors import BadInput, KijunError
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import display_width, visible
from kijun.query_text import place_in, show
from kijun.saying import speaking, worded
from kijun.table import Table

if TYPE_CHECKING:
    import pandas
    from IPython.core.interactiveshell import InteractiveShell

    from kijun.views import Drawing

Answered = TypeVar("Answered")


def load(shell: InteractiveShell) -> None:
    """Register ``%kijun`` and ``%%sparql``."""

    def kijun(line: str) -> Table | Drawing | None:
        """Answer the words of kijun's command line: ``%kijun duties 総務省``."""
        return _mended(line, lambda: answered(_words(line)))

    def sparql(line: str, cell: str) -> pandas.DataFrame | None:
        """Answer a query: ``%%sparql [NAME] [--on GRAPH] [--as-of DATE] [--lang ja|en]``."""
        return _mended(line, lambda: queried(shell, _words(line), cell), cell)

    # IPython's own decorator hides what this takes.
    shell.register_magic_function(kijun, "line", "kijun")  # type: ignore[arg-type]
    shell.register_magic_function(sparql, "cell", "sparql")  # type: ignore[arg-type]


def answered(words: list[str]) -> Table | Drawing | None:
    """Return the answer of a command as a table or a drawing, or None where it writes it itself.

    Raises:
        KijunError: as the command line would say it.
    """
    given = arguments.parse(words)
    if given.output is None and given.form is None:
        if given.command == "view":
            from kijun.showing import drawing_for

            return drawing_for(given, _told)
        found: list[Table] = []

        def take(answer: Answer, _: argparse.Namespace, graph: KnowledgeGraph, form: str) -> None:
            if answer.kind == "explain":
                _outlined(answer, graph, form)
            else:
                found.append(_table(answer, graph))

        cli.run(given, take)
        return found[0] if found else None
    cli.run(given)
    return None


def queried(shell: InteractiveShell, words: list[str], query: str) -> pandas.DataFrame | None:
    """Return the rows of a query as a DataFrame, or keep them under the name that is given.

    Raises:
        BadInput: the query or the options cannot be used; LimitReached on its limits.
    """
    given = _sparql_options().parse_args(words)
    if given.on is None:
        graph = open_graph(given.as_of, lang=given.lang or "ja", notice=_told)
    else:
        graph = shell.user_ns.get(given.on)
        if not isinstance(graph, KnowledgeGraph):
            raise BadInput(
                worded(
                    '--on "{on}": no open graph has this name; write {on} = kijun.open()',
                    on=given.on,
                )
            )
        if given.as_of or given.lang:
            raise BadInput(
                worded("--on names a graph, which has its day and language; leave out the rest")
            )
    table = graph.sparql(query, timeout=given.timeout)
    for note in table.notes:
        _told(note)
    frame = table.to_frame()
    if given.name is None:
        return frame
    if not given.name.isidentifier():
        raise BadInput(
            worded(
                '"{name}" cannot be a variable; give a name such as rows',
                name=given.name,
            )
        )
    shell.user_ns[given.name] = frame
    return None


def _sparql_options() -> argparse.ArgumentParser:
    options = arguments.Parser(prog="%%sparql", add_help=False, allow_abbrev=False)
    options.add_argument("name", nargs="?")
    options.add_argument("--on", metavar="GRAPH")
    options.add_argument("--as-of", metavar="DATE")
    options.add_argument("--lang", choices=("ja", "en"))
    options.add_argument("--timeout", type=arguments.seconds, default=30.0)
    return options


def _words(line: str) -> list[str]:
    """Return the words of a line as a shell would, but with backslashes as they are."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    try:
        return list(lexer)
    except ValueError as error:
        raise BadInput(
            worded('"{line}": {error}; close the quotation mark', line=line, error=error)
        ) from error


def _table(answer: Answer, graph: KnowledgeGraph) -> Table:
    if isinstance(answer, Table):
        return answer
    return Table.of(answer, graph.lang, graph.describe)


def _outlined(answer: Answer, graph: KnowledgeGraph, form: str) -> None:
    """Show a proof as it is printed: it has depth, which a table cannot show."""
    from kijun.outline import write_explanation

    for note in answer.notes:
        _told(note)
    write_explanation(answer, form, None, lang=graph.lang, width=100, describe=graph.describe)


def _told(note: str) -> None:
    """Show a note above the answer."""
    from IPython.display import display

    text = visible(note)
    shown = {"text/plain": text, "text/html": f"<p>{html.escape(text)}</p>"}
    display(shown, raw=True)  # type: ignore[no-untyped-call]


def _mended(line: str, ask: Callable[[], Answered], cell: str = "") -> Answered:
    """Ask, and turn an error of kijun's into one that a notebook shows without a traceback.

    What a line asks for is answered in its language, as the command line would.
    """
    from IPython.core.error import UsageError

    with speaking(cli.language_of(line.split())):
        try:
            return ask()
        except KijunError as error:
            raise UsageError(pointed(str(error), cell)) from None


def pointed(message: str, text: str) -> str:
    """Return an error about a text with the line that it names, and a caret under the place.

    >>> from kijun.query_text import show
    >>> print(pointed(f"it fails {show('ASK {', 4)}; mend it", "ASK {"))
    it fails at line 1, column 5; mend it
      ASK {
          ^
    """
    place = place_in(message)
    lines = text.split("\n")
    if place is None or place[0] > len(lines):
        return message
    number, column = place
    line = lines[number - 1]
    excerpt = show(text, sum(len(one) + 1 for one in lines[: number - 1]) + column - 1)
    place_alone = worded("at line {line}, column {column}", line=number, column=column)
    said = message.replace(excerpt, place_alone)
    caret = " " * display_width(visible(line[: column - 1])) + "^"
    return f"{said}\n  {visible(line)}\n  {caret}"
