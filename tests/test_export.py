"""Exports: what is written is read back as the same graph, the same bytes each time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

import kijun
from kijun import jsonld, turtle
from kijun.content import ONTOLOGY
from kijun.errors import BadInput
from kijun.export import ASSERTED, export_bytes
from kijun.formats import answer_bytes
from kijun.knowledge import KnowledgeGraph
from kijun.terms import LAYERS, NS, SKOS, XSD, graph_iri


def triples_of(kg: KnowledgeGraph, layers: Iterable[str]) -> set[Triple]:
    return {
        quad.triple
        for layer in layers
        for quad in kg.store.quads_for_pattern(None, None, None, NamedNode(graph_iri(layer)))
    }


def canonical(triples: Iterable[Triple]) -> pyoxigraph.Dataset:
    made = pyoxigraph.Dataset(Quad(*triple) for triple in triples)
    made.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return made


def parsed(data: bytes, form: RdfFormat) -> list[Triple]:
    quads = list(pyoxigraph.parse(data, form))
    assert {quad.graph_name for quad in quads} <= {pyoxigraph.DefaultGraph()}
    return [quad.triple for quad in quads]


def by_rdflib(data: bytes, form: str) -> list[Triple]:
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = rdflib.Graph().parse(data=data, format=form)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return parsed(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)


LAYERS_TRIED = [*[(layer,) for layer in LAYERS], ASSERTED]


@pytest.mark.parametrize("layers", LAYERS_TRIED, ids="+".join)
def test_json_ld_gives_the_same_triples_back(kg: KnowledgeGraph, layers: tuple[str, ...]) -> None:
    wanted = canonical(triples_of(kg, layers))
    data = export_bytes(kg, "jsonld", layers)
    assert canonical(parsed(data, RdfFormat.JSON_LD)) == wanted
    assert canonical(by_rdflib(data, "json-ld")) == wanted
    assert data == export_bytes(kg, "jsonld", layers)


@pytest.mark.parametrize("layers", LAYERS_TRIED, ids="+".join)
def test_turtle_gives_the_same_triples_back(kg: KnowledgeGraph, layers: tuple[str, ...]) -> None:
    data = export_bytes(kg, "turtle", layers)
    assert canonical(parsed(data, RdfFormat.TURTLE)) == canonical(triples_of(kg, layers))
    assert data == export_bytes(kg, "turtle", layers)


def test_turtle_is_canonical_below_its_notes(kg: KnowledgeGraph) -> None:
    data = export_bytes(kg, "turtle", ASSERTED)
    notes, text = data.decode().split("\n", 1)
    assert notes == f"# {kg.notes()[0]}"
    assert turtle.canonical(turtle.parse(data)) == text


def test_json_ld_begins_with_the_notes_and_reads_well(kg: KnowledgeGraph) -> None:
    data = export_bytes(kg, "jsonld", ["norms"])
    whole = json.loads(data)
    assert list(whole) == ["notes", "@context", "@graph"]
    assert whole["notes"] == kg.notes()
    things = {thing["@id"]: thing for thing in whole["@graph"]}
    assert list(things) == sorted(things)
    norm = things["id:norm/6-4-2a"]
    assert norm["@type"] == "Norm"
    assert norm["force"] == "must"
    assert norm["bearer"] == "Ministry"
    assert norm["source"] == "id:sentence/6-4-2"
    assert norm["bearerImplicit"] is False
    assert isinstance(norm["order"], int)
    assert set(norm["statement"]) == {"en", "ja"}
    assert data.endswith(b"\n")
    assert b'\n "force": "must",\n' in data, "one property a line"


def test_no_reader_needs_the_network(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("reached for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    data = export_bytes(kg, "jsonld", ["norms"])
    assert isinstance(json.loads(data)["@context"], dict)
    assert len(by_rdflib(data, "json-ld")) == len(triples_of(kg, ["norms"]))


def test_the_bundled_context_is_made_from_the_graph() -> None:
    found = (ONTOLOGY / "context.jsonld").read_bytes()
    assert found == jsonld.made_context(), (
        "make it again: python -m kijun.jsonld -o ontology/context.jsonld"
    )


def test_the_context_knows_every_property(kg: KnowledgeGraph) -> None:
    whole = json.loads(export_bytes(kg, "jsonld", LAYERS))
    known = whole["@context"].keys() | {"@id", "@type"}
    assert not {key for thing in whole["@graph"] for key in thing} - known


def node(name: str) -> NamedNode:
    return NamedNode(NS + name)


@pytest.mark.parametrize(
    "triple",
    [
        Triple(node("a"), node("order"), pyoxigraph.Literal("2.10")),
        Triple(
            node("a"),
            node("order"),
            pyoxigraph.Literal("007", datatype=NamedNode(XSD + "integer")),
        ),
        Triple(node("a"), node("statement"), pyoxigraph.Literal("no language")),
        Triple(node("a"), node("statement"), node("must")),
        Triple(node("a"), node("force"), pyoxigraph.Literal("must")),
        Triple(node("a"), node("force"), pyoxigraph.Literal("must", language="en")),
        Triple(node("a"), node("force"), node("definition")),
        Triple(node("a"), node("force"), node("notes")),
        Triple(node("a"), node("force"), node("id")),
        Triple(node("a"), node("force"), node("odd-name")),
        Triple(node("a"), node("force"), NamedNode("urn:x:y")),
        Triple(node("a"), node("changedOn"), pyoxigraph.Literal("2016-10-12")),
        Triple(node("a"), node("neverHeardOf"), pyoxigraph.Literal("x", language="ja")),
        Triple(node("a"), NamedNode("https://example.org/p"), pyoxigraph.Literal(True)),
        Triple(NamedNode("https://example.org/s"), NamedNode(SKOS + "notation"), node("a")),
        Triple(
            node("a"),
            node("bearerImplicit"),
            pyoxigraph.Literal("1", datatype=NamedNode(XSD + "boolean")),
        ),
    ],
    ids=str,
)
def test_what_does_not_fit_the_context_is_kept_too(triple: Triple) -> None:
    data = jsonld.document([triple])
    assert parsed(data, RdfFormat.JSON_LD) == [triple]
    assert by_rdflib(data, "json-ld") == [triple]


def test_lists_and_blank_nodes_are_written_in_place() -> None:
    text = b"""
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix k: <https://w3id.org/kijun/ns#> .
        k:A owl:unionOf ( k:B [ owl:onProperty k:p ; owl:hasValue true ] () ) .
        [] a owl:AllDisjointClasses ; owl:members ( k:A k:B ) .
    """
    triples = parsed(text, RdfFormat.TURTLE)
    data = jsonld.document(triples)
    assert b"_:" not in data
    assert canonical(parsed(data, RdfFormat.JSON_LD)) == canonical(triples)
    assert canonical(by_rdflib(data, "json-ld")) == canonical(triples)
    twice = parsed(b"<x:a> <x:p> _:b . <x:c> <x:p> _:b . _:b <x:q> <x:d> .", RdfFormat.TURTLE)
    circle = parsed(b"_:a <x:p> _:b . _:b <x:p> _:a .", RdfFormat.TURTLE)
    for odd in (twice, circle):
        with pytest.raises(BadInput, match="blank node"):
            jsonld.document(odd)


def test_the_python_face_writes_files(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "k.jsonld", layers=["text"])
    kg.export(tmp_path / "k.ttl", layers=["text"])
    kg.export(tmp_path / "k.data", "jsonld", layers=["text"])
    assert (tmp_path / "k.data").read_bytes() == (tmp_path / "k.jsonld").read_bytes()
    assert len(rdflib.Graph().parse(tmp_path / "k.ttl")) == len(triples_of(kg, ["text"]))
    with pytest.raises(BadInput, match='no layer is called "txt"'):
        kg.export(tmp_path / "k.ttl", layers=["txt"])
    with pytest.raises(BadInput, match="no format"):
        kg.export(tmp_path / "k.ttl", "rdfxml")
    with pytest.raises(BadInput, match=r"k\.ttl: \.ttl is for turtle, but --format says jsonld"):
        kg.export(tmp_path / "k.ttl", "jsonld")
    assert not (tmp_path / "k.ttl").read_bytes().startswith(b"{")


# The book of all norms


def test_the_book_of_norms_holds_what_the_table_holds(kg: KnowledgeGraph) -> None:
    norms = kg.norms()
    sheet = openpyxl.load_workbook(io.BytesIO(answer_bytes(norms, "xlsx"))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "norm")
    assert [row[0] for row in rows[1 : head - 1]] == list(norms.notes)
    keys = [str(key) for key in rows[head]]
    assert keys == list(norms.keys)
    body = [dict(zip(keys, row, strict=True)) for row in rows[head + 1 :]]
    assert [row["norm"] for row in body] == [row["norm"] for row in norms]
    for row, norm in zip(body, norms, strict=True):
        assert row["section"] == norm["section"], "a section is a text, also in Excel"
        assert row["sentence"] == norm["sentence"]
        assert row["phrase"] == norm["phrase"]
        assert (row["recipient"] or "") == "; ".join(norm["recipient"])
        assert row["sentence_iri"] == norm["sentence_iri"]
    assert sheet.auto_filter.ref == f"A{head + 1}:U{len(rows)}"
    assert sheet.freeze_panes == f"A{head + 2}"
    folded = {
        key
        for key, cell in zip(keys, sheet[head + 1], strict=True)
        if sheet.column_dimensions[cell.column_letter].hidden
    }
    assert folded == {key for key in keys if key.endswith("_iri")}


def test_rows_of_the_book_are_as_high_as_their_text(kg: KnowledgeGraph) -> None:
    import zipfile

    data = answer_bytes(kg.norms(), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    longest = max(range(5, 90), key=lambda n: len(str(sheet.cell(n, 15).value or "")))
    shortest = min(range(5, 90), key=lambda n: len(str(sheet.cell(n, 15).value or "")))
    assert sheet.row_dimensions[longest].height > sheet.row_dimensions[shortest].height
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"customHeight" not in xml, "Excel may fit the rows again"


def test_csv_and_excel_of_english_answers() -> None:
    norms = kijun.open(lang="en").norms(section="6(4)")
    assert b"ministry" in answer_bytes(norms, "csv", lang="en")
    assert answer_bytes(norms, "xlsx", lang="en")[:2] == b"PK"
