"""How ``kijun gaps`` is called; :mod:`kijun.uncovering` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kijun.saying import worded

_MORE = """

PROFILE is a workbook, a folder of CSV or RDF in which you describe your own systems (see kijun
profile). Nothing of it is kept. Exit status 0 means that nothing is uncovered within the declared
scope, 1 that something is.

The matrix is a coloured workbook with -o FILE.xlsx and a page with -o FILE.html."""

VIEWS = {
    "matrix": "concerns by parties, a grid for each platform",
    "summary": "how much is covered, by platform and by party",
    "learn": "who would learn of an incident on each platform, and who would not",
    "repair": "the fewest steps that would close every hole, and who would take them",
    "displaced": "what common rules displace of the parties' own policies",
}
"""What can be shown instead of the holes."""


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(worded("give the number of a row, from 1 on"))
    return int(text)


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    gaps = add("gaps", "what is uncovered at the boundaries of shared systems", _MORE)
    gaps.add_argument("profiles", nargs="*", metavar="PROFILE")
    instead = gaps.add_mutually_exclusive_group()
    for view, text in VIEWS.items():
        instead.add_argument(
            f"--{view}", dest="view", action="store_const", const=view, default=None, help=text
        )
    instead.add_argument(
        "--explain",
        type=_count,
        metavar="N",
        help="the proof of the hole in row N, premise by premise, with your own rows cited",
    )
    gaps.set_defaults(run="kijun.uncovering")
