"""Why an endpoint gave no answer, as the sentence that a person reads."""

from __future__ import annotations

import http.client
import re
import urllib.error
from typing import Any
from urllib.parse import urlsplit

from kijun.addresses import PASSWORD, TOKEN, USER, Secrets, private
from kijun.errors import KijunError, LimitReached
from kijun.saying import cause, worded

BUSY = (429, 503)
"""The statuses of a server that wants to be asked again later."""

ATTEMPTS = 5
"""How often a request is made of a server that is busy."""

_MOVED = (301, 302, 303, 307, 308)


class Unanswered(KijunError):
    """An endpoint cannot be reached, or what it says is no whole answer."""


def refusal(
    address: str, error: urllib.error.HTTPError, body: bytes, secrets: Secrets
) -> KijunError:
    """Return the error that a status means."""
    said = secrets.hidden(_words(error, body))
    code = error.code
    if code in BUSY:
        return LimitReached(
            worded(
                "{address} was busy ({code}) at each of {attempts} attempts; try later{said}",
                address=address,
                code=code,
                attempts=ATTEMPTS,
                said=said,
            )
        )
    if code in (401, 403):
        challenge = (error.headers.get("WWW-Authenticate") or "").lower()
        refused = {"address": address, "code": code, "said": said}
        if not (secrets.user or secrets.token):
            return Unanswered(
                worded(
                    "{address} does not let you in ({code}); set {user} and {password}, or {token}"
                    "{said}",
                    user=USER,
                    password=PASSWORD,
                    token=TOKEN,
                    **refused,
                )
            )
        return Unanswered(
            worded(
                "{address} does not let you in ({code}); it wants the password in the clear, so "
                "give an https address{said}",
                **refused,
            )
            if "basic" in challenge and not private(address)
            else worded(
                "{address} does not let you in ({code}); what the environment holds is not enough "
                "for it{said}",
                **refused,
            )
        )
    if code in _MOVED:
        return Unanswered(
            worded(
                "{address} sends elsewhere ({code}); give the right address{said}",
                address=address,
                code=code,
                said=said,
            )
        )
    if code == 404:
        return Unanswered(
            worded(
                "{address} is no endpoint (404); check its path{said}", address=address, said=said
            )
        )
    if code == 413:
        return LimitReached(
            worded("{address} finds the request too large (413){said}", address=address, said=said)
        )
    return Unanswered(
        worded("{address} refused ({code}){said}", address=address, code=code, said=said)
    )


def failure(address: str, error: Exception, seconds: float, secrets: Secrets) -> KijunError:
    """Return the error for a reply that never came, or not to its end."""
    reason: Any = getattr(error, "reason", None) or error
    if isinstance(reason, TimeoutError):
        return LimitReached(
            worded(
                "{address} gave no whole answer within {seconds:g} s; ask for less, or wait "
                "until it has less to do",
                address=address,
                seconds=seconds,
            )
        )
    if isinstance(reason, http.client.IncompleteRead):
        return Unanswered(
            worded("{address} broke off in the middle of its answer; ask again", address=address)
        )
    words = secrets.hidden(
        one_line(cause(reason)) if isinstance(reason, BaseException) else one_line(str(reason))
    )
    return Unanswered(
        worded(
            "{address} cannot be asked ({words}); check the address, and whether the server runs",
            address=address,
            words=words or type(reason).__name__,
        )
    )


def _words(error: urllib.error.HTTPError, body: bytes) -> str:
    """Return what a server said with a refusal, as far as it is meant for people."""
    if location := error.headers.get("Location"):
        parts = urlsplit(location)
        # Without what may be secret in it.
        return f": {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if "html" in error.headers.get("Content-Type", ""):
        return title(body)
    # Virtuoso repeats the query behind its reason: an update's may be anybody's data.
    said = one_line(body.decode("utf-8", "replace").partition("SPARQL query:")[0])
    return f": {said}" if said else ""


def title(body: bytes) -> str:
    """Return the title of a page in brackets, or nothing where there is none."""
    found = re.search(rb"<title[^>]*>([^<]{1,80})", body[:4096], re.IGNORECASE)
    return f' ("{one_line(found[1].decode("utf-8", "replace"))}")' if found else ""


def one_line(text: str) -> str:
    """Return the beginning of a text without line breaks."""
    return " ".join(text.split())[:300]
