"""A request in the words of the SPARQL 1.1 Protocol: the query, and the graphs to ask.

Only its query operation is spoken. What is wrong with a request is told with the status that the
protocol, or RFC 9110, has for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kijun.errors import BadInput
from kijun.exchange import Dataset
from kijun.lines import visible
from kijun.query_text import SIZE

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What the endpoint can be asked with."""

LARGEST = 4 * SIZE
"""How many bytes the body of a request may have: a query with every sign percent-encoded."""

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MOST = 200


class Refused(BadInput):
    """A request that is not answered; ``status`` is the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Asked(NamedTuple):
    """The query of a request, and the graphs it chooses (None: as the query says, or all)."""

    text: str
    dataset: Dataset | None


def read_request(
    method: str, query_string: bytes, headers: Mapping[str, str], body: bytes
) -> Asked | None:
    """Return what a request asks, or None for one that asks nothing: it wants the description.

    Raises:
        Refused: it is none of the three forms of a query operation, or one with a fault.
    """
    found = _pairs(query_string, "the address")
    text = None
    if method == "POST":
        kind, charset = _content_type(headers)
        if kind == FORM:
            found += _pairs(body, "the form")
        elif kind == DIRECT:
            text = _decoded(body, "the query", charset)
        else:
            raise Refused(415, _wrong_type(kind))
    for name in _UPDATES:
        if any(key == name for key, _ in found):
            raise Refused(400, f"{name}: this endpoint only reads; send a query")
    if not query_string and method != "POST":
        return None
    queries = [value for key, value in found if key == "query"]
    if text is not None:
        queries.append(text)
    if len(queries) != 1:
        told = "no query" if not queries else "more than one query"
        raise Refused(400, f"the request holds {told}; send one, as the parameter query or alone")
    size = len(queries[0].encode())
    if size > SIZE:
        raise Refused(413, f"the query has {size} bytes; {SIZE} are allowed, so shorten it")
    return Asked(queries[0], _dataset(found))


def _content_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the media type of the body and its charset, in small letters."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise Refused(415, f'the body is encoded as "{encoding}"; send it as it is')
    kind, *parameters = headers.get("content-type", "").lower().split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            charset = value.strip().strip('"')
    return kind.strip(), charset


def _wrong_type(kind: str) -> str:
    what = f'is of type "{kind}"' if kind else "says no type"
    update = "; updates are not taken" if kind == "application/sparql-update" else ""
    return f"the body {what}; send a query as {DIRECT}, or a form as {FORM}{update}"


def _decoded(data: bytes, what: str, charset: str) -> str:
    if charset not in ("utf-8", "utf8"):
        raise Refused(415, f'{what} is in "{charset}"; send it in UTF-8')
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"{what}: byte {error.start} is not UTF-8") from None


def _pairs(data: bytes, what: str) -> list[tuple[str, str]]:
    """Return the parameters of an address or a form; all that is not sound is refused."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        text = _decoded(data, what, "utf-8")
        if what == "the address":
            raise Refused(400, f"{what}: byte {error.start} must be percent-encoded") from None
    broken = _BROKEN.search(text)
    if broken is not None:
        raise Refused(
            400, f"{what}: the % at place {broken.start() + 1} begins no percent-encoding"
        )
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError:
        raise Refused(400, f"{what}: its percent-encoding is not UTF-8") from None
    except ValueError:
        raise Refused(400, f"{what} has more than {_MOST} parameters") from None


def _dataset(found: list[tuple[str, str]]) -> Dataset | None:
    default, named = _graphs(found, "default-graph-uri"), _graphs(found, "named-graph-uri")
    return Dataset(default, named) if default or named else None


def _graphs(found: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    iris = tuple(dict.fromkeys(value for key, value in found if key == name))
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError:
            shown = visible(" ".join(iri.split())[:80])
            raise Refused(400, f'{name} "{shown}" is no IRI; give it in full') from None
    return iris
