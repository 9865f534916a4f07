"""A small server on loopback that says what a test tells it to say, and remembers who asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs

RESULTS = "application/sparql-results+json"
ONE_ROW = """{"head": {"vars": ["s"]}, "results": {"bindings": [
    {"s": {"type": "literal", "xml:lang": "ja", "value": "府省庁"}}]}}""".encode()
"""An answer with one row, in Japanese."""


class Asked(NamedTuple):
    """One request that came: its path, the fields of its header, its form."""

    method: str
    path: str
    fields: dict[str, str]
    form: dict[str, list[str]]


Says = Callable[[BaseHTTPRequestHandler], None]
"""What answers a request: it writes status, header and body itself."""


class Stub:
    """The server's side: where it is, what it will say next, and who asked.

    ``says`` are used up one by one; the last one stays.
    """

    def __init__(self) -> None:
        self.says: list[Says] = []
        self.asked: list[Asked] = []
        self.address = ""


def says(
    body: bytes = ONE_ROW,
    kind: str = RESULTS,
    status: int = 200,
    **fields: str,
) -> Says:
    """Return an answer; an underscore in the name of a field stands for a hyphen."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in {"Content_Length": str(len(body)), **fields}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def stub() -> Iterator[Stub]:
    """Run a stub until the block ends."""
    made = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            form = parse_qs(body.decode(), keep_blank_values=True)
            made.asked.append(Asked(self.command, self.path, dict(self.headers), form))
            answer = made.says.pop(0) if len(made.says) > 1 else made.says[0]
            self.close_connection = True
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}/query"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
