"""What a client accepts, and the format that suits it best (RFC 9110, section 12)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",])+')
_RANGE = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)\s*(?:;(.*))?", re.DOTALL)
_QUALITY = re.compile(r"(?:^|;)\s*q\s*=\s*([0-9.]+)\s*(?=;|$)", re.IGNORECASE)
_ANY_QUALITY = re.compile(r"(?:^|;)\s*q\s*=", re.IGNORECASE)
_NUMBER = re.compile(r"0(?:\.[0-9]*)?|1(?:\.0*)?")


class Offer(NamedTuple):
    """A format that can be answered in: its media type, and its name in pyoxigraph."""

    media_type: str
    form: str


RESULTS = (
    Offer("application/sparql-results+json", "JSON"),
    Offer("application/sparql-results+xml", "XML"),
    Offer("text/csv; charset=utf-8", "CSV"),
    Offer("text/tab-separated-values; charset=utf-8", "TSV"),
    # Asked for by browsers and older clients, which get the type they know.
    Offer("application/json", "JSON"),
    Offer("application/xml", "XML"),
    Offer("text/xml; charset=utf-8", "XML"),
)
"""The formats of a SELECT or an ASK, the one to prefer first."""

GRAPHS = (
    Offer("text/turtle; charset=utf-8", "TURTLE"),
    Offer("application/n-triples", "N_TRIPLES"),
    Offer("application/ld+json", "JSON_LD"),
    Offer("application/rdf+xml", "RDF_XML"),
    Offer("application/json", "JSON_LD"),
    Offer("application/xml", "RDF_XML"),
)
"""The formats of a CONSTRUCT, a DESCRIBE and the description of the service."""


@lru_cache(maxsize=64)
def best(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the offer that an Accept header prefers, or None if it accepts none of them.

    Of equally good ones it is one that the header names, else the first. What is malformed in the
    header is passed over; without a header, or with nothing in it that can be read, everything is
    accepted.

    >>> best("text/csv, application/sparql-results+xml;q=0.9, */*;q=0.1", RESULTS).form
    'CSV'
    >>> best("text/html", RESULTS) is None
    True
    """
    wanted = _ranges(accept or "")
    if not wanted:
        return offers[0]
    rated = [(_quality(offer, wanted), offer) for offer in offers]
    (quality, _), found = max(rated, key=lambda pair: pair[0])
    return found if quality > 0 else None


def _quality(offer: Offer, wanted: dict[str, float]) -> tuple[float, int]:
    """Return how much an offer is wanted, by the most specific range it is in, and how specific."""
    name = offer.media_type.partition(";")[0]
    for rank, key in enumerate((name, f"{name.partition('/')[0]}/*", "*/*")):
        if key in wanted:
            return wanted[key], -rank
    return 0.0, 0


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in _PART.findall(accept):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        quality = 1.0
        if _ANY_QUALITY.search(match[3] or ""):
            given = _QUALITY.search(match[3])
            if given is None or not _NUMBER.fullmatch(given[1]):
                continue
            quality = float(given[1])
        name = f"{match[1]}/{match[2]}".lower()
        # Ranges that differ in parameters alone are one here, the best of them.
        found[name] = max(quality, found.get(name, 0.0))
    return found
