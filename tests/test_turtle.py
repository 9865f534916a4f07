"""The canonical form: stable, lossless, and quiet in a diff."""

from __future__ import annotations

import difflib
import io
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, XSD, BNode, Literal, URIRef
from rdflib.collection import Collection

from kijun import turtle
from kijun.errors import BadInput
from kijun.terms import ID, NS

A_TERM = """\
PREFIX kijun: <https://w3id.org/kijun/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

kijun:informs
    a owl:ObjectProperty ;
    skos:definition "The party whom someone is obliged to tell."@en , "知らせる相手。"@ja ;
    skos:prefLabel "informs"@en , "知らせる"@ja ;
.
"""

A_DEFINED_CLASS = """\
PREFIX kijun: <https://w3id.org/kijun/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

kijun:SharedPlatform
    a owl:Class ;
    owl:equivalentClass [
        a owl:Class ;
        owl:intersectionOf (
            kijun:System
            [
                a owl:Restriction ;
                owl:minQualifiedCardinality "2"^^xsd:nonNegativeInteger ;
                owl:onProperty kijun:usedBy ;
            ]
        ) ;
    ] ;
    rdfs:subClassOf kijun:System , [
        a owl:Restriction ;
        owl:onProperty kijun:usedBy ;
        owl:someValuesFrom kijun:Body ;
    ] ;
.

[]
    a owl:AllDisjointClasses ;
    owl:members (
        kijun:Ministry
        kijun:Corporation
    ) ;
.
"""


def made_from(text: str) -> rdflib.Graph:
    return turtle.parse(text.encode())


@pytest.mark.parametrize("text", [A_TERM, A_DEFINED_CLASS, ""])
def test_canonical_text_is_what_the_models_show(text: str) -> None:
    assert turtle.canonical(made_from(text)) == text


def test_kinds_of_things_are_prefixes_and_odd_names_stay_whole() -> None:
    graph = rdflib.Graph()
    see = URIRef(NS + "see")
    for name in (
        "sentence/6-4-2",
        "law/322AC0000000001/art-25",
        "body/7012405000492",
        "graph/text",
    ):
        graph.add((URIRef(ID + name), see, URIRef(ID + name)))
    text = turtle.canonical(graph)
    assert "\nsentence:6-4-2\n    kijun:see sentence:6-4-2 ;\n.\n" in text
    assert "\nbody:7012405000492\n" in text
    assert f"\n<{ID}law/322AC0000000001/art-25>\n" in text
    assert "PREFIX law:" not in text


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (Literal("2.10"), '"2.10"'),
        (Literal("2.10", datatype=XSD.decimal, normalize=False), '"2.10"^^xsd:decimal'),
        (Literal("20", datatype=XSD.integer), "20"),
        (Literal("020", datatype=XSD.integer, normalize=False), '"020"^^xsd:integer'),
        (Literal("true", datatype=XSD.boolean), "true"),
        (Literal("1", datatype=XSD.boolean, normalize=False), '"1"^^xsd:boolean'),
        (Literal("2016-10-12", datatype=XSD.date), '"2016-10-12"^^xsd:date'),
        (Literal("きじゅん", lang="ja-Hira"), '"きじゅん"@ja-Hira'),
        (Literal("x", datatype=XSD.string), '"x"'),
        (Literal('"\\\n\t'), r'"\"\\\n\t"'),
        (Literal("a\u202eb\u200bc\u00a0d\ufeff"), r'"a\u202Eb\u200Bc\u00A0d\uFEFF"'),
        (Literal("葛\U000e0100"), r'"葛\U000E0100"'),
        (Literal("全角\u3000空白 と①髙㈱"), '"全角\u3000空白 と①髙㈱"'),
    ],
)
def test_literals_keep_their_form(literal: Literal, written: str) -> None:
    graph = rdflib.Graph()
    graph.add((URIRef(NS + "s"), URIRef(NS + "p"), literal))
    text = turtle.canonical(graph)
    assert f"    kijun:p {written} ;\n" in text
    assert turtle.canonical(made_from(text)) == text
    (read,) = made_from(text).objects()
    assert isinstance(read, Literal)
    assert (str(read), read.language) == (str(literal), literal.language)


NAMES = st.sampled_from([NS + "a", NS + "b-2", ID + "norm/6-4-2b", ID + "x/y/z", "urn:x:日本", ID])
PREDICATES = st.sampled_from([RDF.type, RDF.first, RDF.rest, URIRef(NS + "p"), URIRef("urn:q")])
LITERALS = st.one_of(
    st.builds(Literal, st.text(max_size=8), lang=st.sampled_from([None, "ja", "en", "ja-Latn"])),
    st.builds(
        lambda text, kind: Literal(text, datatype=kind, normalize=False),
        st.text(alphabet="0123456789.-+eT", max_size=6),
        st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.date, URIRef("urn:t")]),
    ),
)
LEAVES = st.one_of(st.builds(URIRef, NAMES), LITERALS, st.just(RDF.nil))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(st.tuples(PREDICATES, inner), max_size=3).map(tuple),
    ),
    max_leaves=8,
)
TREES = st.lists(
    st.tuples(st.one_of(st.none(), st.builds(URIRef, NAMES)), PREDICATES, VALUES), max_size=8
)


def planted(trees: list[tuple[URIRef | None, URIRef, object]], seed: int) -> rdflib.Graph:
    """A graph of trees: a list is an RDF list, a tuple of pairs a blank node."""
    graph = rdflib.Graph()

    def node(value: object) -> rdflib.term.Node:
        if isinstance(value, list):
            return Collection(graph, BNode(), [node(v) for v in value]).uri if value else RDF.nil
        if isinstance(value, tuple):
            blank = BNode()
            for predicate, inner in value:
                graph.add((blank, predicate, node(inner)))
            return blank
        assert isinstance(value, rdflib.term.Node)
        return value

    shuffled = list(trees)
    random.Random(seed).shuffle(shuffled)
    for subject, predicate, value in shuffled:
        graph.add((BNode() if subject is None else subject, predicate, node(value)))
    return graph


def without_labels(graph: rdflib.Graph) -> set[ox.Quad]:
    """The triples, blank nodes named by where they stand.

    rdflib's own comparison calls some equal graphs different where blank nodes are alike.
    """
    found = ox.Dataset(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(found)


@pytest.mark.filterwarnings("ignore::UserWarning")  # rdflib's opinion of "9e8+"^^xsd:decimal
@settings(max_examples=150, deadline=None)
@given(TREES)
def test_round_trip(trees: list[tuple[URIRef | None, URIRef, object]]) -> None:
    graph = planted(trees, 0)
    text = turtle.canonical(graph)
    again = made_from(text)
    assert without_labels(again) == without_labels(graph)
    assert turtle.canonical(again) == text
    assert turtle.canonical(planted(trees, 1)) == text, "labels and order must not matter"


def test_one_new_triple_changes_one_line() -> None:
    text = A_DEFINED_CLASS
    graph = made_from(text)
    graph.add((URIRef(NS + "SharedPlatform"), OWL.versionInfo, Literal("2.10")))
    new = turtle.canonical(graph).splitlines()
    assert [line for line in difflib.ndiff(text.splitlines(), new) if line[0] != " "] == [
        '+     owl:versionInfo "2.10" ;'
    ]


def test_shared_and_circular_blank_nodes_are_refused() -> None:
    shared = made_from("<a:s> <a:p> _:x . <a:t> <a:p> _:x . _:x <a:q> 1 .")
    with pytest.raises(BadInput, match="from <a:p>"):
        turtle.canonical(shared)
    with pytest.raises(BadInput, match="IRI"):
        turtle.canonical(made_from("_:x <a:p> _:y . _:y <a:p> _:x ."))
    deep = made_from("<a:s> <a:p> " + "[ <a:p> " * 60 + "1" + " ]" * 60 + " .")
    with pytest.raises(BadInput, match="50 levels"):
        turtle.canonical(deep)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a:b> <a:c> 'x' ;\n <a b> .", "bad.ttl, line 2, column 2: no valid Turtle: Invalid IRI"),
        (b"<b> <a:c> 'x' .", "line 1.*IRI"),
        (b"<a:b> <a:c> '\xff' .", "UTF-8"),
        (b"\xef\xbb\xbf<a:b> <a:c> 'x' .", "line 1"),
        (b"<a:s> <a:p> " + b"[ <a:p> " * 900 + b"1" + b" ]" * 900 + b" .", "bad.ttl.*too deep"),
    ],
)
def test_what_is_not_turtle_is_named_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        turtle.parse(data, "bad.ttl")


def test_nodes_that_no_file_can_hold_are_refused() -> None:
    for node in (URIRef("a b"), Literal("\ud800")):
        graph = rdflib.Graph()
        graph.add((URIRef(NS + "s"), URIRef(NS + "p"), node))
        with pytest.raises(BadInput):
            turtle.canonical(graph)


def test_check_and_write(tmp_path: Path) -> None:
    good, loose, bad = tmp_path / "good.ttl", tmp_path / "loose.ttl", tmp_path / "bad.ttl"
    good.write_text(A_TERM, encoding="utf-8")
    loose.write_text("# a comment\n" + A_TERM, encoding="utf-8")
    bad.write_text("no", encoding="utf-8")
    missing = tmp_path / "missing.ttl"
    problems = turtle.check([good, loose, bad, missing])
    assert [problem.partition(":")[0] for problem in problems] == [
        f"{loose}, line 1",
        f"{bad}, line 1, column 1",
        f"{missing}",
    ]
    out = io.StringIO()
    assert turtle.main(["--check", str(good)], out) == 0
    assert turtle.main(["--check", str(good), str(loose)], out) == 1
    assert turtle.main(["--write", str(good), str(loose)], out) == 0
    assert loose.read_text(encoding="utf-8") == A_TERM
    assert turtle.main(["--write", str(bad)], out) == 2
    assert out.getvalue().count("\n") == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.ttl", "good.ttl", "loose.ttl"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("# old\n", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match=r"a\.ttl.*No space"):
        turtle.write(path, made_from(A_TERM))
    assert path.read_text(encoding="utf-8") == "# old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
