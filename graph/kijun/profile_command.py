"""How ``kijun profile`` is called; :mod:`kijun.profiling` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

EXAMPLES = ("shared-platform", "clean", "single-agency")
"""The invented profiles that come with kijun."""

_MORE = """

kijun profile new -o FILE            an empty profile to fill in; --example NAME: a filled one
kijun profile convert A B            the same profile in another form
kijun profile checklist BODY -o FILE.xlsx
                                     a self-inspection of BODY: one row for each obligation, with
                                     its sentence; filled in, it is a profile that holds evidence
                                     (--profile FILE shows the inspection before beside each row)

The form is that of the file's ending: .xlsx (a workbook with lists to choose from), .ttl or
.jsonld (RDF), and a name without an ending for a folder of CSV files. A profile describes systems,
who manages them, what was agreed about them and with whom; it stays on your machine."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    profile = add("profile", "what you say of your own systems: a form, in another form", _MORE)
    profile.add_argument("action", choices=("new", "convert", "checklist"))
    profile.add_argument("names", nargs="*", metavar="A B|BODY", help="from and to; or whose")
    profile.add_argument("--example", choices=EXAMPLES, help="an invented profile to learn from")
    profile.set_defaults(run="kijun.profiling")
