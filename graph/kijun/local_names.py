"""IRIs for the things of a user's own profile, made of their marks and names.

They begin with ``urn:kijun:local:`` and never enter a snapshot, a cache or a log.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, unquote

from kijun.terms import LOCAL

_KEPT = "-._~()"


def local_iri(kind: str, *parts: str) -> str:
    """Return the IRI of a thing of a user's own, by its kind and what tells it apart.

    >>> local_iri("system", "共通基盤"), local_iri("layers", "P/1", "OS 層")
    ('urn:kijun:local:system/共通基盤', 'urn:kijun:local:layers/P%2F1/OS%20層')
    """
    return f"{LOCAL}{kind}/{'/'.join(map(encoded, parts))}"


def local_parts(iri: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what :func:`local_iri` made an IRI of, or None for any other IRI.

    >>> local_parts("urn:kijun:local:layers/P%2F1/OS%20層")
    ('layers', ('P/1', 'OS 層'))
    """
    if not iri.startswith(LOCAL):
        return None
    kind, *parts = iri.removeprefix(LOCAL).split("/")
    return kind, tuple(map(unquote, parts))


def encoded(text: str) -> str:
    """Return a text as one part of an IRI, its letters and figures of any script as they are.

    >>> encoded("共通基盤 1/2")
    '共通基盤%201%2F2'
    """
    return "".join(char if _is_plain(char) else quote(char, safe=_KEPT) for char in text)


def _is_plain(char: str) -> bool:
    """Say whether an IRI may hold a character: letters and figures of any script, and marks."""
    return ord(char) > 0x9F and unicodedata.category(char)[0] in "LNM"
