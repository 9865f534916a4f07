"""How ``kijun report`` is called; :mod:`kijun.printing` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_MORE = """

A printable report about one body: what is still to be done first, then what is met, its reporting
lines, the boundaries of the systems that it shares, and the sentences behind every row. --profile
adds its self-inspection (kijun profile checklist) and its systems; their marking stands on every
page. The form is that of the file's ending, .html or .docx. It needs the extra "report"."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    report = add("report", "a printable report about a body", _MORE)
    report.add_argument("body", metavar="BODY")
    report.set_defaults(run="kijun.printing")
