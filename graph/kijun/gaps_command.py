"""How ``kijun gaps`` is called; :mod:`kijun.uncovering` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_MORE = """

PROFILE is a workbook, a folder of CSV or RDF in which you describe your own systems (see kijun
profile). Nothing of it is kept. Exit status 0 means that nothing is uncovered within the declared
scope, 1 that something is."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    gaps = add("gaps", "what is uncovered at the boundaries of shared systems", _MORE)
    gaps.add_argument("profiles", nargs="*", metavar="PROFILE")
    gaps.set_defaults(run="kijun.uncovering")
