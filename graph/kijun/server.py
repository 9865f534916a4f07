"""``kijun serve``: the web application on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
import threading
import webbrowser
from contextlib import suppress

from kijun.desk import Desk
from kijun.errors import BadInput, MissingExtra
from kijun.exchange import Limits
from kijun.knowledge import open_graph
from kijun.lines import visible
from kijun.loopback import listening_address
from kijun.saying import cause, worded


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Serve the graph until interrupted, and return 0.

    Raises:
        MissingExtra: the extra ``serve`` is not installed.
        BadInput: an address that is not this machine, or a port that cannot be had.
    """
    if given.form is not None or given.output is not None:
        raise BadInput(worded("kijun serve writes no file; leave out --format and -o"))
    address = listening_address(given.host)
    try:
        import uvicorn

        from kijun.serving import application
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("uvicorn", "starlette"):
            raise
        raise MissingExtra(
            worded(
                'kijun serve needs {module}, which is not installed; pip install "kijun[serve]"',
                module=error.name,
            )
        ) from error
    with listening(address, given.port) as listener:
        graph = open_graph(
            given.as_of,
            profiles=given.profile,
            lang=given.lang or desk.locale(),
            verbatim=given.verbatim,
            notice=lambda text: desk.tell(f"kijun: {text}"),
        )
        for note in graph.notes():
            desk.tell(visible(note))
        host = f"[{address}]" if ":" in address else address
        url = f"http://{host}:{listener.getsockname()[1]}/"
        # Requests are the user's own affair: neither they nor faults at them are logged.
        for name in ("uvicorn", "asyncio"):
            quiet = logging.getLogger(name)
            quiet.addHandler(logging.NullHandler())
            quiet.propagate = False
        config = uvicorn.Config(
            application(graph, Limits(timeout=given.timeout)),
            log_config=None,
            ws="none",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            lifespan="on",
        )
        desk.tell(f"kijun: {worded('{url} (SPARQL: {url}sparql); Ctrl-C ends it', url=url)}")
        if given.open:
            # The port listens already; and a browser of the terminal would not return.
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        # uvicorn hands the signal on when all is closed.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    return 0


def listening(address: str, port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine.

    Raises:
        BadInput: the port is taken, or may not be used.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # Only where the protocol is named does asyncio send small packets at once; else the halves of
    # an answer wait for each other, 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise BadInput(
                worded(
                    "port {port} is taken, perhaps by another kijun serve; end that one or "
                    "choose another with --port {next}",
                    port=port,
                    next=port % 65535 + 1,
                )
            ) from error
        raise BadInput(
            worded(
                "port {port} of {address} cannot be used ({reason}); choose another with --port",
                port=port,
                address=address,
                reason=cause(error),
            )
        ) from error
    return listener
