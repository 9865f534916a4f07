"""The shape of the command line: its commands, their options, and what completes them.

The options of ``kijun ask NAME`` are the parameters of the question, so the parser is made for
the words that were typed.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from kijun import catalogue
from kijun.content import VERSION
from kijun.delivery import to_stream
from kijun.duties import ROUTES
from kijun.errors import BadInput, KijunError
from kijun.formats import FORMATS
from kijun.lines import display_width, wrap
from kijun.saying import LANGUAGES, listing, spoken, translated, translated_number, worded

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_EPILOG = """\
BODY is a Japanese or English name, an abbreviation, a 法人番号 or an IRI.
Exit status: 0 answered, 1 findings, 2 bad input, 3 a limit on time or memory.
"""

GROUPS: dict[str, str] = {
    "check": "check_command",
    "gaps": "gaps_command",
    "load": "load_command",
    "profile": "profile_command",
    "report": "report_command",
    "serve": "serve_command",
    "view": "view_command",
}
"""The module of each further command. It has ``add(add)``, which adds its parser and sets ``run``
to the full name of the module that runs it, and imports nothing heavy; that other module has
``run(given, desk) -> int``."""

COMMON = ("form", "output", "lang", "as_of", "verbatim", "profile", "endpoint")
"""The options that every command has, by their place in the namespace."""


# The errors of argparse are made in the middle of its work: it looks its templates up here.
vars(argparse).update(_=translated, ngettext=translated_number)


class Help(argparse.RawDescriptionHelpFormatter):
    """The help of a command in the language that is spoken, in lines by display width."""

    def add_text(self, text: str | None) -> None:
        """Add a description or an epilog, each of its paragraphs in the language spoken."""
        paragraphs = (text or "").split("\n\n")
        super().add_text("\n\n".join(map(translated, paragraphs)) or None)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return translated(action.help or "")

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if spoken() == "en":
            return super()._fill_text(text, width, indent)
        return "\n".join(f"{indent}{line}" for line in wrap(text, width - len(indent)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        if spoken() == "en":
            return super()._split_lines(text, width)
        return wrap(" ".join(text.split()), width)

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        # argparse indents by the number of characters; what stands in for them is as wide.
        heading = translated("usage: ") if prefix is None else prefix
        stand_in = "\0" * display_width(heading)
        found = super()._format_usage(usage, actions, groups, stand_in)
        return found.replace(stand_in, heading, 1) if stand_in else found


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, and whose help is UTF-8 whatever the console's is."""

    def _print_message(self, message: str, _: SupportsWrite[str] | None = None) -> None:
        to_stream(message.encode())

    def error(self, message: str) -> NoReturn:
        """Raise what does not fit as an error of kijun's."""
        raise BadInput(worded("{message}; see {prog} --help", message=message, prog=self.prog))


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line that begins with these words.

    Raises:
        UnknownName: ``ask`` names no question.
    """
    top = Parser(
        prog="kijun",
        description="Who must report to whom, what an agency inherits, what is uncovered: "
        "the guideline on government information security as a graph.",
        epilog=_EPILOG,
        formatter_class=Help,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"kijun {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str, more: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=text,
            description=f"{text}{more}",
            parents=[_common()],
            allow_abbrev=False,
            formatter_class=Help,
        )

    _add_ask(add, words)

    norms = add("norms", "all norms in the guideline's order")
    norms.add_argument("--section", metavar="S", help="for example 6(4), 3(1)①, or 3 for all of it")
    norms.add_argument("--bearer", metavar="B", help="a class, office or role, or a body")

    duties = add("duties", "what a body bears, by which route, on which sentence")
    whose = duties.add_mutually_exclusive_group(required=True)
    whose.add_argument("body", nargs="?", metavar="BODY", help="one body")
    whose.add_argument("--all", action="store_true", help="every body")
    whose.add_argument("--class", dest="members_of", metavar="C", help="every body of a class")
    duties.add_argument("--route", metavar="R", help=f"one route only: {', '.join(ROUTES)}")
    duties.add_argument("--all-paths", action="store_true", help="not only the shortest path")

    reports = add("reports", "who must tell whom: direct lines")
    reports.add_argument("--from", dest="sender", metavar="BODY", help="who tells")
    reports.add_argument("--to", dest="receiver", metavar="BODY", help="who is told")
    reports.add_argument("--about", metavar="TOPIC", help="for example incident, 監査結果")
    reports.add_argument("--expand", action="store_true", help="real bodies in place of classes")

    route = add("route", "every route from one party to another, leg by leg")
    route.add_argument("sender", metavar="FROM", help="who tells")
    route.add_argument("receiver", metavar="TO", help="who is told")
    route.add_argument("--about", metavar="TOPIC", help="for example incident")

    explain = add("explain", "the proof, premise by premise; or why there is none")
    explain.add_argument("body", metavar="BODY", help="one body")
    explain.add_argument("norm", metavar="NORM|CLASS", nargs="?", help="for example 6(4)-3a")
    explain.add_argument("--to", metavar="PARTY", help="the reporting line to a party")
    explain.add_argument("--route", metavar="R", help="one route only")
    explain.add_argument("--all-paths", action="store_true", help="not only the shortest path")

    whatif = add("whatif", "what would change if things were otherwise; nothing is saved")
    whatif.add_argument(
        "--without", action="append", default=[], metavar="BODY", help="take out a body or office"
    )
    whatif.add_argument(
        "--without-line",
        action="append",
        default=[],
        metavar="NORM[:FROM:TO]",
        help="take out a norm, or its lines between two parties (an end left empty is any)",
    )
    whatif.add_argument(
        "--minister",
        action="append",
        default=[],
        metavar="CORP=A,B",
        help="by business line; CORP=A+B jointly; CORP+=A one more; CORP-=A one fewer",
    )
    whatif.add_argument(
        "--class",
        dest="of_class",
        action="append",
        default=[],
        metavar="CORP=CLASS",
        help="as if a corporation were of another class",
    )
    whatif.add_argument("--body", metavar="BODY", help="only what concerns this body")
    whatif.add_argument(
        "--single-points", action="store_true", help="instead: whose failure alone cuts a body off"
    )

    diff = add("diff", "what differs between two bodies or classes, or between two days")
    diff.add_argument("a", metavar="A", help="a body or a class")
    diff.add_argument("b", nargs="?", metavar="B", help="another; not needed with --and")
    diff.add_argument("--and", dest="other_day", metavar="DATE", help="the other day (see --as-of)")

    query = add("query", "any SPARQL query, read only")
    query.add_argument("file", metavar="FILE|-", help="the query; - for standard input")
    query.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="SECONDS", help="how long it may take (30)"
    )

    source = add("source", "your own copy of the guideline: attach it, or check another edition")
    source.add_argument("action", choices=("attach", "check"))
    source.add_argument("file", metavar="FILE", help="a text file in UTF-8")

    export = add("export", "the graph as Turtle or JSON-LD")
    export.add_argument("--layer", action="append", metavar="L", help="one layer only (repeatable)")

    for module in _groups(words, commands.choices):
        importlib.import_module(f"kijun.{module}").add(add)
    return top


def _groups(words: Sequence[str], there: Collection[str]) -> Iterable[str]:
    """Return the modules of further commands that a command line needs: all for help."""
    first = words[0] if words else ""
    if first in there:
        return []
    return [GROUPS[first]] if first in GROUPS else dict.fromkeys(GROUPS.values())


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return what the words of a command line ask for.

    Raises:
        BadInput: they do not fit; the error is one line and says where help is.
    """
    given, rest = parser(words).parse_known_args(words)
    if rest:
        command = f"kijun {given.command}"
        if getattr(given, "question", None):
            command = f"{command} {given.question}"
        known = [f"--{key[4:]}" for key in vars(given) if key.startswith("ask_")]
        raise BadInput(
            worded(
                '"{word}" does not belong to {command}; its parameters are {known}',
                word=rest[0],
                command=command,
                known=listing(known),
            )
            if known
            else worded(
                '"{word}" does not belong to {command}; see kijun {help} --help',
                word=rest[0],
                command=command,
                help=given.command,
            )
        )
    return given


_WITH_VALUE = ("--format", "-o", "--output", "--lang", "--as-of", "--profile", "--endpoint")


def _add_ask(add: Callable[..., argparse.ArgumentParser], words: Sequence[str]) -> None:
    name = _question(words)
    asked = None if name is None else catalogue.question(name)
    more = ""
    if asked is not None:
        lang = spoken()
        more = f"\n\n{asked.name}: {asked.summary[lang]}\n\n{asked.description[lang]}"
    ask = add("ask", "the catalogue of questions, or one of them", more)
    ask.add_argument("question", nargs="?", metavar="NAME", help="of a question")
    if asked is None:
        return
    told_words = _words(asked, words)
    for parameter in asked.parameters:
        if parameter != "lang":
            ask.add_argument(
                f"--{parameter}",
                dest=f"ask_{parameter}",
                metavar="VALUE",
                action=_Once,
                help=told_words.get(parameter),
            )


def _words(asked: catalogue.Question, words: Sequence[str]) -> dict[str, str]:
    """Return what may be given for each parameter; only where help is asked, as it takes the graph.

    A closed list is named whole, in Japanese or English; of the others, one example is shown.
    """
    if not {"-h", "--help"} & set(words):
        return {}
    from kijun import parameters
    from kijun.knowledge import open_graph

    lang = spoken()
    try:
        engine = open_graph(lang=lang).engine
        lists = {
            name: parameters.words(engine, asked.name, name, lang) for name in asked.parameters
        }
    except KijunError:
        lists = {}
    told = {
        name: worded("for example {example}", example=found)
        for name in asked.parameters
        if (found := parameters.example(asked.name, name)) is not None
    }
    told.update(
        (name, worded("one of {known}", known=listing(found)))
        for name, found in lists.items()
        if found
    )
    # argparse reads a percent sign in a help text as the beginning of a format.
    return {name: text.replace("%", "%%") for name, text in told.items()}


class _Once(argparse.Action):
    """An option that may be given once."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(worded("{option} is given twice", option=option_string))
        setattr(namespace, self.dest, values)


def _question(words: Sequence[str]) -> str | None:
    """Return the question that ``ask`` names: its first word that is no option or its value."""
    if not words or words[0] != "ask":
        return None
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            return word
        if "=" not in word and word in _WITH_VALUE:
            rest = rest[1:]
    return None


def asked_values(given: argparse.Namespace) -> dict[str, str]:
    """Return the parameters of a question that were given."""
    return {
        key.removeprefix("ask_"): value
        for key, value in vars(given).items()
        if key.startswith("ask_") and value is not None
    }


def _common() -> Parser:
    common = Parser(add_help=False, allow_abbrev=False)
    common.set_defaults(run=None)
    common.add_argument("--format", dest="form", metavar="F", help="|".join(FORMATS))
    common.add_argument(
        "-o", "--output", metavar="FILE", help="write to a file; its ending names F"
    )
    common.add_argument("--lang", choices=LANGUAGES, help="of the answer, errors and help")
    common.add_argument(
        "--as-of", metavar="DATE", help="YYYY-MM-DD or 平成28年10月12日; default 2016-10-12"
    )
    common.add_argument("--verbatim", action="store_true", help="with the attached sentence")
    common.add_argument(
        "--profile",
        action="append",
        default=[],
        metavar="FILE",
        help="with what a file says of your own systems (repeatable; nothing of it is kept)",
    )
    common.add_argument("--endpoint", metavar="URL", help="ask a SPARQL server (see kijun load)")
    return common


def seconds(text: str) -> float:
    """Return the seconds that a limit on time is given in.

    Raises:
        ArgumentTypeError: no number between 0 and 3600.
    """
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= 3600:
        raise argparse.ArgumentTypeError(worded("give seconds between 0 and 3600"))
    return found
