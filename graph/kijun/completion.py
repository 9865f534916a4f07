"""Shell completion: commands and options, questions and their parameters, names of the graph.

``eval "$(register-python-argcomplete kijun)"`` switches it on where the extra ``completion`` is
installed.
"""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterable

from kijun import catalogue
from kijun.arguments import parser
from kijun.dates import states
from kijun.duties import ROUTES
from kijun.engine import ask, labels
from kijun.errors import KijunError
from kijun.formats import FORMATS
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.norms import value
from kijun.terms import LAYERS
from kijun.view_command import WHAT

_BODIES = (
    *("body", "sender", "receiver", "from", "to", "agency", "party"),
    *("corporation", "ministry", "minister", "names"),
)
_CLASSES = ("members_of", "class", "class1", "class2", "bearer")


def complete() -> None:
    """Answer the shell that asks, and end the process; return where nobody asks."""
    import argcomplete

    line = os.environ.get("COMP_LINE", "")
    try:
        words = shlex.split(line[: int(os.environ.get("COMP_POINT", len(line)))])[1:]
    except ValueError:
        words = line.split()[1:]
    try:
        made = parser(words)
    except KijunError:
        made = parser(words[:1])
    for action in _actions(made):
        action.completer = _Completer(action.dest)  # type: ignore[attr-defined]
    argcomplete.autocomplete(made, always_complete_options=False)


def _actions(made: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _actions(one)
        elif action.choices is None and action.dest not in ("help", "version", "file", "output"):
            yield action


class _Completer:
    """Offers the words that one option or argument may take."""

    def __init__(self, name: str) -> None:
        self.name = name.removeprefix("ask_")

    def __call__(self, prefix: str, **_: object) -> list[str]:
        return [word for word in candidates(self.name) if word.startswith(prefix)]


def candidates(name: str) -> list[str]:
    """Return the words that a parameter of this name may take, sorted.

    Unknown names have none; a graph that cannot be opened offers none.
    """
    fixed = {
        "question": catalogue.names(),
        "form": list(FORMATS),
        "what": list(WHAT),
        "route": list(ROUTES),
        "layer": list(LAYERS),
        "as_of": [state.key for state in states()],
        "day": [state.key for state in states()],
        "level": ["body", "class"],
        "shared": ["false", "true"],
    }
    if name in fixed:
        return fixed[name]
    try:
        return sorted(_of_graph(name, open_graph()))
    except KijunError:
        return []


def _of_graph(name: str, graph: KnowledgeGraph) -> Iterable[str]:
    if name in _BODIES:
        found = [value(row, "body") for row in ask(graph.engine, "members")]
        return set(labels(graph.engine, found, "ja").values())
    if name in _CLASSES:
        found = [value(row, "class") for row in ask(graph.engine, "superclasses")]
        return set(labels(graph.engine, found, "ja").values())
    if name == "section":
        return [value(row, "notation") for row in ask(graph.engine, "sections")]
    if name in ("about", "topic"):
        found = [value(row, "topic") for row in ask(graph.engine, "topics")]
        return set(labels(graph.engine, found, "ja").values())
    if name == "norm":
        return [value(row, "name") for row in ask(graph.engine, "norms")]
    if name == "article":
        found = [value(row, "article") for row in ask(graph.engine, "articles")]
        return set(labels(graph.engine, found, "ja").values())
    return []
