"""A request as the protocol has it: what it asks, or the status that says what is wrong."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kijun.exchange import Dataset
from kijun.protocol import DIRECT, FORM, LARGEST, Asked, Refused, read_request
from kijun.query_text import SIZE


def read(
    query: str = "", body: bytes = b"", kind: str | None = None, **headers: str
) -> Asked | None:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind is not None:
        given["content-type"] = kind
    return read_request("GET" if kind is None else "POST", query.encode("latin-1"), given, body)


def status(query: str = "", body: bytes = b"", kind: str | None = None, **headers: str) -> int:
    with pytest.raises(Refused) as caught:
        read(query, body, kind, **headers)
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 300
    return caught.value.status


def test_nothing_asked_is_the_description() -> None:
    assert read() is None


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_query_in_the_address(method: str) -> None:
    asked = read_request(method, b"query=ASK+%7B%7D&format=json&x", {}, b"")
    assert asked == Asked("ASK {}", None)


@pytest.mark.parametrize(
    "text", ["ASK { ?s ?p '府省庁𠮷' }", "ASK {} # + & = ; % é", "\ufeffASK {}"]
)
def test_a_query_comes_as_it_was_written(text: str) -> None:
    encoded = quote(text)
    assert read(f"query={encoded}") == Asked(text, None)
    assert read("", f"query={encoded}".encode(), FORM) == Asked(text, None)
    assert read("", text.encode(), DIRECT) == Asked(text, None)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_as_it_was_written(text: str) -> None:
    encoded = quote(text, safe="")
    assert read(f"query={encoded}") == Asked(text, None)
    assert read("", f"query={encoded}".encode(), FORM) == Asked(text, None)


def test_a_form_may_be_raw_utf8() -> None:
    assert read("", "query=ASK {?s ?p '府'}".encode(), FORM) == Asked("ASK {?s ?p '府'}", None)


def test_graphs_are_taken_from_the_address_and_the_form() -> None:
    asked = read(
        "default-graph-uri=a:1&named-graph-uri=a:n",
        b"query=ASK%7B%7D&default-graph-uri=a:2&default-graph-uri=a:1",
        FORM,
    )
    assert asked == Asked("ASK{}", Dataset(("a:1", "a:2"), ("a:n",)))
    asked = read("default-graph-uri=a:1", b"ASK{}", DIRECT)
    assert asked == Asked("ASK{}", Dataset(("a:1",), ()))


@pytest.mark.parametrize("iri", ["", "norms", "a%20b", "http://x/%7B", "http://%0A"])
def test_a_graph_that_is_no_iri_is_refused(iri: str) -> None:
    assert status(f"query=ASK%7B%7D&named-graph-uri={iri}") == 400


@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset=UTF-8",
        FORM.upper(),
        f'{FORM};charset="utf-8"',
        f" {FORM} ; x=y",
    ],
)
def test_types_are_read_as_http_has_them(kind: str) -> None:
    assert read("", b"query=ASK%7B%7D", kind) == Asked("ASK{}", None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("default-graph-uri=a:b", 400),
        ("q=ASK{}", 400),
        ("query", 0),
        ("query=", 0),
        ("query=a&query=b", 400),
        ("query=a&update=b", 400),
        ("update=b", 400),
        ("update", 400),
        ("query=a&using-graph-uri=a:b", 400),
        ("query=%", 400),
        ("query=%4", 400),
        ("query=%zz", 400),
        ("query=%82%a0", 400),
        ("query=%ed%a0%80", 400),
        ("query=\xe9", 400),
        ("query=a" + "&x=1" * 300, 400),
        ("query=" + "a" * (SIZE + 1), 413),
        ("query=" + "%E5%BA%9C" * (SIZE // 3 + 1), 413),
    ],
    ids=lambda value: str(value)[:24],
)
def test_faults_of_an_address(query: str, expected: int) -> None:
    if expected == 0:  # an empty query is told by who reads the query
        assert read(query) == Asked("", None)
    else:
        assert status(query) == expected


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"", FORM, 400),
        (b"default-graph-uri=a:b", FORM, 400),
        (b"query=a&query=b", FORM, 400),
        (b"query=a&update=b", FORM, 400),
        (b"query=%", FORM, 400),
        (b"query=\xff", FORM, 400),
        (b"query=%ff", FORM, 400),
        (b"ASK { '\xff' }", DIRECT, 400),
        (b"ASK {}", f"{DIRECT}; charset=shift_jis", 415),
        (b"ASK {}", "", 415),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "application/sparql-update", 415),
        (b"ASK {}", "application/sparql-querys", 415),
        (b"a" * (SIZE + 1), DIRECT, 413),
    ],
    ids=lambda value: str(value)[:24],
)
def test_faults_of_a_body(body: bytes, kind: str, expected: int) -> None:
    assert status("", body, kind) == expected


def test_a_compressed_body_is_refused() -> None:
    assert status("", b"x", DIRECT, content_encoding="gzip") == 415
    assert read("", b"ASK{}", DIRECT, content_encoding="identity") == Asked("ASK{}", None)


def test_the_largest_query_fits_into_the_largest_body() -> None:
    encoded = ("query=" + quote("ASK{" + "府" * ((SIZE - 5) // 3) + "}")).encode()
    assert len(encoded) < LARGEST
    assert read("", encoded, FORM) is not None
