"""The catalogue of messages: ``python tests/messages.py`` brings it up to date and compiles it.

Every sentence that the package says through ``worded``, and all of its help, has an entry in
``kijun.po``; new ones come in with no translation, those no longer said go. Write the Japanese into
the file, and run it again for ``kijun.mo``, which is what is read.
"""

from __future__ import annotations

import argparse
import ast
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kijun.arguments import parser

PACKAGE = Path(__file__).parents[1] / "graph" / "kijun"
SOURCE = PACKAGE / "messages" / "ja" / "LC_MESSAGES" / "kijun.po"
COMPILED = SOURCE.with_suffix(".mo")

FUNCTIONS = ("worded", "translated")
"""What takes a template as its first argument."""

OF_ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "show program's version number and exit",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "not allowed with argument %s",
    "expected one argument",
    "expected at most one argument",
    "expected at least one argument",
    "ignored explicit argument %r",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
)
"""What argparse itself says to a person who types a command."""

OF_SYSTEM = (
    "No such file or directory",
    "Permission denied",
    "Operation not permitted",
    "Is a directory",
    "Not a directory",
    "File exists",
    "File name too long",
    "Read-only file system",
    "No space left on device",
    "Device or resource busy",
    "Too many open files",
    "Address already in use",
    "Cannot assign requested address",
    "Connection refused",
    "Connection reset by peer",
    "Name or service not known",
    "Network is unreachable",
    "timed out",
    "embedded null byte",
)
"""What systems and Python say of a failure; Windows speaks the language of its user itself."""


def said_by_modules() -> Iterator[tuple[str, str, int]]:
    """Yield every template in the package, with its module and line."""
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            first = node.args[0] if node.func.id in FUNCTIONS and node.args else None
            if isinstance(first, ast.Constant):
                yield str(first.value), path.stem, node.lineno


def said_by_help() -> Iterator[tuple[str, str]]:
    """Yield every paragraph of help, with the command that says it."""
    pending: list[tuple[str, argparse.ArgumentParser]] = [("kijun", parser([]))]
    while pending:
        command, made = pending.pop(0)
        for text in (made.description, made.epilog):
            yield from ((part, f"{command} --help") for part in (text or "").split("\n\n") if part)
        for action in made._actions:
            if isinstance(action, argparse._SubParsersAction):
                pending += [(f"kijun {name}", one) for name, one in action.choices.items()]
                for one in action._choices_actions:
                    yield str(one.help), f"{command} --help"
            elif action.help:
                yield action.help, f"{command} --help"


def templates() -> Mapping[str, list[str]]:
    """Return every template with where it is said, as they come."""
    found: dict[str, list[str]] = {}
    for text in OF_ARGPARSE:
        found.setdefault(text, []).append("argparse")
    for text in OF_SYSTEM:
        found.setdefault(text, []).append("system")
    for text, command in said_by_help():
        found.setdefault(text, []).append(command)
    for text, module, _ in sorted(said_by_modules(), key=lambda one: one[1:]):
        found.setdefault(text, []).append(module)
    return {text: list(dict.fromkeys(places)) for text, places in found.items()}


def catalogue() -> Catalog:
    """Return the catalogue as it stands in its source."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale="ja")


def compiled(messages: Catalog) -> bytes:
    """Return what gettext reads."""
    data = io.BytesIO()
    write_mo(data, messages)
    return data.getvalue()


def renewed(japanese: Mapping[str, str]) -> Catalog:
    """Return the catalogue of what is said today, with the Japanese that there is."""
    day = datetime(2026, 11, 25, tzinfo=UTC)
    made = Catalog(
        locale="ja",
        project="kijun",
        version="0",
        msgid_bugs_address="-",
        last_translator="kijun",
        language_team="ja",
        header_comment="# What kijun says beside its answers; tests/messages.py keeps it complete.",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )
    for text, places in templates().items():
        made.add(text, japanese.get(text, ""), auto_comments=[", ".join(places[:4])])
    return made


def main() -> None:
    """Write source and compiled catalogue."""
    before = catalogue() if SOURCE.is_file() else Catalog(locale="ja")
    japanese = {one.id: one.string for one in before if one.id and isinstance(one.id, str)}
    made = renewed(japanese)
    data = io.BytesIO()
    write_po(data, made, width=100)
    SOURCE.write_bytes(data.getvalue())
    COMPILED.write_bytes(compiled(made))
    print(f"{len(made)} messages, {sum(not one.string for one in made if one.id)} without Japanese")


if __name__ == "__main__":
    main()
