"""Who may speak to the server on this machine, and what every answer says to the browser.

The server listens on loopback, but any page in the user's browser can send requests there. So a
request must name this machine as its host (else a foreign name was bent to 127.0.0.1), must not
come from another page, and no answer may be read, framed or mixed with anything from elsewhere.
"""

from __future__ import annotations

import ipaddress
import os
import re
from typing import TYPE_CHECKING

from kijun.errors import BadInput
from kijun.saying import worded

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    # The graph and the query editor set styles on their elements.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

POLICY = "; ".join(f"{what} {whence}" for what, whence in _SOURCES.items())
"""What a page may load: from this server only."""

HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""What every answer carries."""

_HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_SAFE = {"GET", "HEAD"}


def listening_address(host: str) -> str:
    """Return the address to listen on for the name of a host.

    Raises:
        BadInput: it is not this machine alone.

    >>> listening_address("localhost"), listening_address("[::1]")
    ('127.0.0.1', '::1')
    """
    if host.lower() == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise BadInput(
            worded(
                '--host "{host}": kijun serves this machine only, as a profile lists '
                "weaknesses; use 127.0.0.1, and reach it from elsewhere through ssh -L",
                host=host,
            )
        )
    return str(address)


def is_local(host: str) -> bool:
    """Say whether a Host header names this machine; the port may be that of a tunnel.

    >>> is_local("localhost:8642"), is_local("127.0.0.1.example.org")
    (True, False)
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["name"].lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class Loopback:
    """The outermost layer of the application: refuses strangers and keeps faults to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the headers above added to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name.lower() for name, _ in message["headers"]}
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                more = [(name, value) for name, value in added if name not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        refused = _refusal(scope)
        if refused is not None:
            await _say(sent, *refused)
            return
        try:
            await self.app(scope, receive, sent)
        except Exception as error:
            if begun or os.environ.get("KIJUN_DEBUG"):
                raise
            # Only the kind of the fault: its words might hold what the user asked.
            kind = type(error).__name__
            await _say(sent, 500, f"a fault in kijun itself ({kind}); please report it")


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Return the status and the reason for which a request is refused."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    hosts = headers.get("host", [])
    if len(hosts) != 1 or not is_local(hosts[0]):
        return 421, "the Host header does not name this machine; use 127.0.0.1 or localhost"
    own = f"{scope['scheme']}://{hosts[0]}".lower()
    if any(origin.lower() != own for origin in headers.get("origin", [])):
        return 403, "pages of another origin may not ask this server"
    site = headers.get("sec-fetch-site", ["none"])[-1]
    # A link on another page may lead here; nothing else of it may.
    link = headers.get("sec-fetch-mode") == ["navigate"] and scope["method"] in _SAFE
    if site not in ("none", "same-origin") and not link:
        return 403, "pages of another origin may not ask this server"
    return None


async def _say(send: Send, status: int, text: str) -> None:
    data = f"{text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(data)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})
