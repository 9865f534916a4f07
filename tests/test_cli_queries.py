"""Queries of one's own on the command line: what cannot be asked, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from command_line import Run, refused, run, same_in_japanese
from kijun.terms import NS

__all__ = ["refused", "run"]

NORMS_QUERY = "SELECT ?norm WHERE { ?norm a kijun:Norm } ORDER BY ?norm LIMIT 3"


@pytest.fixture
def query_file(tmp_path: Path) -> Callable[[bytes], str]:
    def write(data: bytes) -> str:
        place = tmp_path / "問い.rq"
        place.write_bytes(data)
        return str(place)

    return write


BAD_QUERIES = pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"SELECT ?s WHERE {\n  ?s ?p }\n", ["does not parse", "line 2", "column"]),
        (b"SELEC ?s WHERE { ?s ?p ?o }", ["line 1, column 1"]),
        ("# 注\nSELECT ?s WHERE { ?s nope:x ?o }".encode(), ["line 2", "prefix"]),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", ["update", "INSERT"]),
        (b"PREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", ["update", "DELETE"]),
        (b"DROP ALL", ["update", "DROP"]),
        (b"LOAD <http://example.org/>", ["update", "LOAD"]),
        (b"SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", ["SERVICE"]),
        (b"", ["empty"]),
        (b" \n\t", ["empty"]),
        (b"\xef\xbb\xbf", ["empty"]),
        (b"# only a comment", ["empty"]),
        ('SELECT ?s { ?s ?p "府省庁" }'.encode("cp932"), ["UTF-8"]),
        (b"\xff\xfeS\x00E\x00", ["UTF-8"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["UTF-8"]),
        (b"SELECT ?s { ?s ?p \x00 }", ["line 1"]),
        (b"#" + b"a" * 70_000, ["KB"]),
        (b"SELECT * {" + b"{" * 200 + b"}" * 200 + b"}", ["deep"]),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)


@BAD_QUERIES
def test_a_query_that_cannot_be_asked(
    refused: Callable[..., str],
    query_file: Callable[[bytes], str],
    data: bytes,
    words: Sequence[str],
) -> None:
    told = refused("query", query_file(data))
    for word in words:
        assert word in told


@BAD_QUERIES
def test_a_query_that_cannot_be_asked_in_japanese_too(
    refused: Callable[..., str],
    query_file: Callable[[bytes], str],
    data: bytes,
    words: Sequence[str],
) -> None:
    place = query_file(data)
    same_in_japanese(refused("query", place), refused("query", place, japanese=True))


def test_a_query_file_that_is_none(refused: Callable[..., str], tmp_path: Path) -> None:
    assert "missing.rq" in refused("query", str(tmp_path / "missing.rq"))
    assert str(tmp_path) in refused("query", str(tmp_path))
    assert "kijun" in refused("query", "a\0b.rq")


def test_a_query_from_standard_input(run: Run, refused: Callable[..., str]) -> None:
    rows = run("query", "-", "--format", "json", stdin=NORMS_QUERY.encode()).rows
    assert [list(row) for row in rows] == [["norm"]] * 3
    assert "standard input" in refused("query", "-", stdin=b"")


def test_the_three_kinds_of_answers_to_a_query(run: Run) -> None:
    def rows(text: str) -> list[dict[str, object]]:
        return run("query", "-", "--format", "json", stdin=text.encode()).rows

    assert rows("ASK { ?s a kijun:Norm }") == [{"answer": True}]
    assert rows("ASK { ?s a kijun:Nothing }") == [{"answer": False}]
    assert rows("SELECT ?s { ?s a kijun:Nothing }") == []
    norm = "<https://w3id.org/kijun/id/norm/6-4-2a>"
    made = rows(f"CONSTRUCT {{ {norm} kijun:force ?f }} WHERE {{ {norm} kijun:force ?f }}")
    assert made == [
        {"subject": norm[1:-1], "predicate": f"{NS}force", "object": f"{NS}must"},
    ]
    assert {row["subject"] for row in rows(f"DESCRIBE {norm}")} == {norm[1:-1]}
    values = rows('SELECT (7 AS ?n) (true AS ?t) ("府"@ja AS ?s) (?u AS ?none) WHERE {}')
    assert values == [{"n": 7, "t": True, "s": "府", "none": None}]


def test_ill_typed_literals_are_shown_as_they_are(run: Run) -> None:
    text = 'SELECT ("abc"^^xsd:integer AS ?a) (?n AS ?b) { VALUES ?n { "' + "9" * 5000
    ran = run("query", "-", "--format", "json", stdin=(text + '"^^xsd:integer } }').encode())
    assert ran.rows == [{"a": "abc", "b": "9" * 5000}]


def test_a_query_that_takes_too_long_is_a_limit(run: Run) -> None:
    text = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ran = run("query", "-", "--timeout", "0.5", stdin=text)
    assert (ran.status, ran.data) == (3, b"")
    assert ran.told.startswith("kijun: ")
    assert "0.5秒" in ran.told
    assert ran.told.count("\n") == 1


def test_an_answer_with_no_nodes_has_no_turtle(refused: Callable[..., str]) -> None:
    assert "json" in refused("query", "-", "--format", "turtle", stdin=b"ASK { ?s ?p ?o }")
