"""How ``kijun check`` is called; :mod:`kijun.checking` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kijun.arguments import seconds

_MORE = """

Checks profiles of your own systems: what cannot be read or resolved, what breaks a rule, what does
not fit together, and, of several profiles, what one says of another that the other does not say.
Everything is told at once, with file, sheet, row and column, and how to mend it.

--owl also puts the ontology, the facts of the day and your files to the OWL reasoner HermiT:
whether all of it can hold at once, whether each class can have members, whether the profile of
OWL 2 DL is kept, and if not, which statements clash and where they stand. It needs the extra "owl".
RDF that describes no profile is judged as it stands.

Exit status: 0 nothing found, 1 something found (also where it is only warnings), 2 a file cannot be
read, 3 the reasoner needed more time or memory."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    check = add("check", "whether what you wrote, or the ontology itself, holds together", _MORE)
    check.add_argument(
        "profiles", nargs="*", metavar="PROFILE", help="a workbook, a folder of CSV, or RDF"
    )
    check.add_argument("--owl", action="store_true", help="ask the OWL reasoner")
    check.add_argument(
        "--timeout",
        type=seconds,
        default=180.0,
        metavar="SECONDS",
        help="for each question to the reasoner (default 180)",
    )
    check.set_defaults(run="kijun.checking")
