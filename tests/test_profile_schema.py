"""The schema of profiles says everything in terms that the ontology has."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Store

from kijun.content import ONTOLOGY
from kijun.profile_schema import SINGLE, TABLES, TERMS, WORDS
from kijun.terms import NS, OWL, RDF, RDFS

A = NamedNode(RDF + "type")
OBJECTS = ("choice", "body", "system", "document", "concern", "norm")


@cache
def terms() -> Store:
    store = Store()
    for path in sorted((ONTOLOGY / "terms").glob("*.ttl")):
        store.load(path.read_bytes(), RdfFormat.TURTLE)
    return store


def kinds(name: str) -> set[str]:
    pattern = terms().quads_for_pattern(NamedNode(NS + name), A, None, None)
    return {quad.object.value for quad in pattern if isinstance(quad.object, NamedNode)}


def test_every_table_of_things_has_a_class() -> None:
    assert not [t.key for t in TABLES if t.kind and OWL + "Class" not in kinds(t.kind)]


def test_every_column_is_a_property_of_the_right_kind() -> None:
    for table in TABLES:
        for column in table.columns:
            thing = column.form in OBJECTS and (column.form != "choice" or column.terms)
            # The layers of a system are things, seen from the system.
            kind = "ObjectProperty" if thing or column.inverse else "DatatypeProperty"
            assert OWL + kind in kinds(column.relation), (table.key, column.key)


def test_every_choice_is_a_term_or_a_truth_value() -> None:
    for name, words in WORDS.items():
        assert set(TERMS.get(name, {})) == (set() if name == "yes_no" else set(words))
        assert all(kinds(term) for term in TERMS.get(name, {}).values()), name


def test_the_terms_of_a_choice_are_in_the_range_of_its_property() -> None:
    ranged = 0
    for table in TABLES:
        for column in table.columns:
            relation = NamedNode(NS + column.relation)
            for quad in terms().quads_for_pattern(relation, NamedNode(RDFS + "range"), None, None):
                assert isinstance(quad.object, NamedNode)
                for term in column.terms.values():
                    ranged += 1
                    assert quad.object.value in kinds(term), (column.key, term)
    assert ranged


def test_the_concerns_that_one_party_holds_are_those_of_the_ontology() -> None:
    by_one = NamedNode(NS + "heldByOne")
    said = {
        quad.subject.value.removeprefix(NS): getattr(quad.object, "value", "") == "true"
        for quad in terms().quads_for_pattern(None, by_one, None, None)
        if isinstance(quad.subject, NamedNode)
    }
    assert set(WORDS["concerns"]) == set(said)
    assert {name for name, single in said.items() if single} == set(SINGLE)
