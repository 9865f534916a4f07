"""The words of ``kijun serve``; :mod:`kijun.server` runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kijun.arguments import seconds
from kijun.saying import worded


def add(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    serve = add(
        "serve",
        "on this machine: explorer at /, SPARQL 1.1 endpoint at /sparql, editor at /query",
        "\n\nOnly this machine can reach it, nothing is logged, and Ctrl-C ends it.",
    )
    serve.set_defaults(run="kijun.server")
    serve.add_argument("--port", type=_port, default=8642, metavar="N", help="0 for any free one")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="a loopback address")
    serve.add_argument(
        "--timeout",
        type=seconds,
        default=30.0,
        metavar="SECONDS",
        help="how long a query may take (30)",
    )
    serve.add_argument("--open", action="store_true", help="open the explorer in the browser")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 1 << 16):
        raise argparse.ArgumentTypeError(worded("give a port between 0 and 65535"))
    return int(text)
