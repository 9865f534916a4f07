"""How ``kijun load`` is called; :mod:`kijun.putting` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_MORE = """

The graph of the day goes to the server in batches, beside what is there, and is listed only when
the server's own count and checksum are right; a load that was stopped goes on where it was. Then
ask it with --endpoint URL. Name and password come from KIJUN_ENDPOINT_USER and
KIJUN_ENDPOINT_PASSWORD, or a token from KIJUN_ENDPOINT_TOKEN, never from the address."""


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    load = add("load", "the graph onto a SPARQL server, to be asked there", _MORE)
    load.add_argument("address", metavar="URL", help="where the server answers queries")
    load.add_argument(
        "--updates",
        metavar="URL",
        help="where it takes updates (default: /update beside /query, /statements of a "
        "repository, else the same)",
    )
    load.add_argument(
        "--keep",
        action="store_true",
        help="keep the graphs of the same day that other versions of kijun made and still ask",
    )
    load.set_defaults(run="kijun.putting")
