"""Where an endpoint is and who asks: an address without secrets, and secrets from elsewhere."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from kijun.errors import BadInput
from kijun.saying import worded

USER, PASSWORD, TOKEN = (f"KIJUN_ENDPOINT_{name}" for name in ("USER", "PASSWORD", "TOKEN"))
"""The variables of the environment that hold secrets."""


class Secrets(NamedTuple):
    """What proves to an endpoint who asks: a name with a password, or a token, or nothing."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Secrets:
        """Return what the environment holds; an empty value counts as none.

        Raises:
            BadInput: a password without a name, or a name and a token at once.
        """
        found = cls(*(environment.get(name) or None for name in (USER, PASSWORD, TOKEN)))
        if found.password and not found.user:
            raise BadInput(
                worded(
                    "{password} is set without {user}; set both, or {token} alone",
                    password=PASSWORD,
                    user=USER,
                    token=TOKEN,
                )
            )
        if found.user and found.token:
            raise BadInput(
                worded(
                    "{user} and {token} are both set; keep the one that the server takes",
                    user=USER,
                    token=TOKEN,
                )
            )
        return found

    def hidden(self, text: str) -> str:
        """Return a text without them, whatever a server may have repeated."""
        for secret in (self.password, self.token):
            if secret:
                text = text.replace(secret, "…")
        return text


def checked_address(text: str) -> str:
    """Return the address of an endpoint if it is one that may be asked.

    Raises:
        BadInput: it is no http(s) address, holds a user name or password, or has parameters.

    >>> checked_address("http://127.0.0.1:7878/query")
    'http://127.0.0.1:7878/query'
    >>> checked_address("https://me:secret@example.org/query")
    Traceback (most recent call last):
    kijun.errors.BadInput: the address of the endpoint at example.org holds a user name or \
password, which would end up in logs; take it out and set KIJUN_ENDPOINT_USER and \
KIJUN_ENDPOINT_PASSWORD, or KIJUN_ENDPOINT_TOKEN
    """
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or not re.fullmatch(r"[!-~]+", text):
        # What is wrong is not repeated: it may hold a password.
        raise BadInput(
            worded("the address of the endpoint is none; write http(s)://host[:port]/path in ASCII")
        )
    if "@" in parts.netloc:
        raise BadInput(
            worded(
                "the address of the endpoint at {hostname} holds a user name or password, "
                "which would end up in logs; take it out and set {user} and {password}, or "
                "{token}",
                hostname=parts.hostname,
                user=USER,
                password=PASSWORD,
                token=TOKEN,
            )
        )
    if "?" in text or "#" in text:
        raise BadInput(
            worded(
                "the address of the endpoint at {hostname} has parameters; leave out what "
                "follows ? or #",
                hostname=parts.hostname,
            )
        )
    return text


def private(address: str) -> bool:
    """Say whether nobody on the way can read what is sent to an address.

    >>> private("https://example.org/query"), private("http://[::1]:7878/"), private("http://db/")
    (True, True, False)
    """
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def update_address(address: str) -> str:
    """Return where the usual servers take updates, by where they take queries.

    Fuseki, Oxigraph and Stardog have a sibling of ``/query``, GraphDB and RDF4J a part of the
    repository; of all others (Neptune, Virtuoso) it is the same address.

    >>> update_address("http://127.0.0.1:3030/kijun/query")
    'http://127.0.0.1:3030/kijun/update'
    >>> update_address("http://127.0.0.1:7200/repositories/kijun")
    'http://127.0.0.1:7200/repositories/kijun/statements'
    >>> update_address("http://127.0.0.1:8890/sparql-auth")
    'http://127.0.0.1:8890/sparql-auth'
    """
    if address.endswith("/query"):
        return address.removesuffix("query") + "update"
    if re.search(r"/repositories/[^/]+$", address):
        return f"{address}/statements"
    return address
