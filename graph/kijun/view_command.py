"""How ``kijun view`` is called; :mod:`kijun.showing` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

WHAT = ("reports", "route", "duties", "boundary", "drafting", "framework")
"""What can be viewed; :data:`kijun.views.VIEWS` says how."""

_MORE = """

  kijun view reports BODY      who must tell it, and whom it must tell
  kijun view route FROM TO     every route, with single points of failure
  kijun view duties BODY       what it inherits, and by which way
  kijun view boundary PLATFORM --profile FILE
                               who is party to a shared platform, and its holes
  kijun view drafting          how the standards are made
  kijun view framework         who does what to whom

Give -o FILE.html for one page that works without a network, -o FILE.svg for documents."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    view = add("view", "a picture to explore: lines, routes, duties, the whole framework", _MORE)
    view.add_argument("what", metavar="WHAT", help="which picture")
    view.add_argument("names", nargs="*", metavar="NAME", help="bodies or classes")
    view.add_argument("--about", metavar="TOPIC", help="lines on this topic only")
    view.add_argument("--expand", action="store_true", help="real bodies in place of classes")
    view.set_defaults(run="kijun.showing")
