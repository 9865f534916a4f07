"""The OWL judge: contradictions that are planted, and the statements that it names for them."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from governments import terms
from hermit_union import needs_judge
from kijun import judge as judging
from kijun.clashes import clashes, narrowed
from kijun.errors import KijunError, LimitReached, MissingExtra
from kijun.judge import Verdict, consistent, judge
from kijun.owl_profile import violations
from kijun.owl_view import Places, Statement, shown
from kijun.saturation import Saturation
from kijun.terms import NS, OWL, RDF, RDFS, SKOS, XSD

PREFIXES = f"""
PREFIX k: <{NS}> PREFIX owl: <{OWL}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}>
PREFIX skos: <{SKOS}> PREFIX xsd: <{XSD}> PREFIX : <urn:t:>
"""
GRAPH = NamedNode("urn:given")
FILE = "ours.ttl"


def quads(data: str, graph: NamedNode = GRAPH) -> list[Quad]:
    found = parse((PREFIXES + data).encode(), RdfFormat.TURTLE, rename_blank_nodes=True)
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]


def place() -> Places:
    return Places({GRAPH.value: FILE})


def judged(data: str, *, alone: bool = False) -> Verdict:
    """Judge facts with the ontology's terms, or by themselves."""
    given = quads(data) if alone else [*terms(), *quads(data)]
    return judge(given, names={GRAPH.value: FILE})


def told(verdict: Verdict) -> set[str]:
    """Return the clashing statements, each with its source."""
    return {str(one) for clash in verdict.clashes for one in clash.assertions}


# Contradictions


@needs_judge
def test_the_terms_alone_hold_together() -> None:
    verdict = judge(terms())
    assert verdict.passed
    assert verdict.judged > 500


@needs_judge
def test_one_body_in_two_classes_that_exclude_each_other() -> None:
    verdict = judged(":a a k:Ministry , k:ExecutiveAgency . :b a k:Ministry .")
    assert not verdict.consistent
    (clash,) = verdict.clashes
    assert (clash.kind, clash.thing) == ("disjoint", "urn:t:a")
    assert set(clash.excluded) == {"kijun:Corporation", "kijun:Ministry"}
    assert told(verdict) == {
        f"urn:t:a rdf:type kijun:Ministry ({FILE})",
        f"urn:t:a rdf:type kijun:ExecutiveAgency ({FILE})",
    }


@needs_judge
def test_a_contradiction_over_three_steps_names_the_facts_that_lead_there() -> None:
    # Whoever operates a system is an agency, what is operated is a system: the two are disjoint.
    verdict = judged(":a k:operates :s . :s k:operates :t . :u k:operates :v .")
    assert not verdict.consistent
    (clash,) = verdict.clashes
    assert clash.thing == "urn:t:s"
    assert told(verdict) == {
        f"urn:t:a kijun:operates urn:t:s ({FILE})",
        f"urn:t:s kijun:operates urn:t:t ({FILE})",
    }


@needs_judge
def test_a_literal_outside_its_range() -> None:
    verdict = judged(':s a k:Sentence ; k:length "three" .')
    assert not verdict.consistent
    (clash,) = verdict.clashes
    assert (clash.kind, clash.excluded) == ("range", ("xsd:integer", "xsd:string"))
    assert told(verdict) == {f'urn:t:s kijun:length "three" ({FILE})'}


@needs_judge
def test_a_class_that_can_have_no_member() -> None:
    verdict = judged(":Both a owl:Class ; rdfs:subClassOf k:Ministry , k:Corporation .")
    assert verdict.consistent  # as long as nobody belongs to it
    assert verdict.unsatisfiable == ("urn:t:Both",)
    (clash,) = verdict.clashes
    assert (clash.kind, clash.thing) == ("memberless", "urn:t:Both")
    assert told(verdict) == {
        f"urn:t:Both rdfs:subClassOf kijun:Ministry ({FILE})",
        f"urn:t:Both rdfs:subClassOf kijun:Corporation ({FILE})",
    }


@needs_judge
def test_what_the_step_by_step_view_does_not_know_is_narrowed_by_asking_again() -> None:
    verdict = judged(
        ":r a owl:ObjectProperty , owl:AsymmetricProperty . :a :r :b . :b :r :a . :a :r :c .",
        alone=True,
    )
    assert not verdict.consistent
    (clash,) = verdict.clashes
    assert clash.kind == "contradiction"
    assert {f"urn:t:a urn:t:r urn:t:b ({FILE})", f"urn:t:b urn:t:r urn:t:a ({FILE})"} <= told(
        verdict
    )
    assert f"urn:t:a urn:t:r urn:t:c ({FILE})" not in told(verdict)


@needs_judge
def test_things_without_a_name_are_judged_too() -> None:
    verdict = judged(":a k:operates [ a k:Ministry ] .")
    assert not verdict.consistent
    assert any("kijun:operates []" in one for one in told(verdict))


def test_narrowing_tells_when_time_ended() -> None:
    facts = shown(quads(":a :p :b . :c :p :d . :e :p :f ."))
    clash = narrowed(facts, lambda some: not some, place(), 0)
    assert clash.kind == "narrowed"
    assert len(clash.assertions) == 3
    assert "time ended" in clash.sentence("en")


def test_blank_nodes_that_hang_together_are_kept_together() -> None:
    facts = shown(quads(":a :p [ :q [ :r :b ] ] . :c :p :d ."))

    def contradicts(some: list[Statement]) -> bool:
        return any(one.predicate.value == "urn:t:r" for one in some)

    clash = narrowed(facts, lambda some: not contradicts(list(some)), place(), 10)
    assert clash.kind == "contradiction"
    assert {one.predicate for one in clash.assertions} == {"urn:t:p", "urn:t:q", "urn:t:r"}


# What the reasoner is shown


@needs_judge
def test_dates_are_left_out_of_what_the_reasoner_sees() -> None:
    data = ':s a k:Register ; k:registerDate "2016-04-01"^^xsd:date .'
    assert judged(data).consistent
    lines = [one.line() for one in shown([*terms(), *quads(data)])]
    assert not [line for line in lines if "XMLSchema#date>" in line and '"' in line]
    # HermiT itself refuses such a value, so that this matters.
    declared = f"<urn:t:p> <{RDF}type> <{OWL}DatatypeProperty> ."
    with pytest.raises(KijunError, match="refuses the statements"):
        consistent([declared, f'<urn:t:s> <urn:t:p> "2016-04-01"^^<{XSD}date> .'])


def test_annotations_and_what_rules_derived_are_not_shown() -> None:
    derived = NamedNode("https://w3id.org/kijun/id/graph/derived")
    given = [
        *quads(':a skos:prefLabel "x"@en . skos:prefLabel a owl:AnnotationProperty .'),
        *quads(":a a k:Ministry .", derived),
    ]
    assert not [one for one in shown(given) if str(one.subject) == "<urn:t:a>"]


def test_only_registers_in_use_say_of_which_class_a_body_is() -> None:
    derived = NamedNode("https://w3id.org/kijun/id/graph/derived")
    data = """
    :old k:entryOf :b ; k:entryClass k:Ministry ; k:register :r0 .
    :new k:entryOf :b ; k:entryClass k:ExecutiveAgency ; k:register :r1 .
    :over k:supervised :b ; k:supervisingMinistry :m ; k:competentMinister :p ; k:register :r1 .
    """
    found = shown([*quads(data), *quads(":r1 k:inUse true .", derived)])
    lines = {one.line() for one in found}
    assert f"<urn:t:b> <{RDF}type> <{NS}ExecutiveAgency> ." in lines
    assert f"<urn:t:b> <{RDF}type> <{NS}Ministry> ." not in lines
    assert f"<urn:t:m> <{NS}supervises> <urn:t:b> ." in lines
    assert f"<urn:t:p> <{NS}competentFor> <urn:t:b> ." in lines
    (entered,) = (one for one in found if f"<{RDF}type> <{NS}ExecutiveAgency>" in one.line())
    assert {str(quad.subject) for quad in entered.sources} >= {"<urn:t:new>"}


def test_who_shares_a_system_and_who_manages_part_of_it_is_stated() -> None:
    lines = {
        one.line()
        for one in shown(
            quads(
                ":a k:operates :s ; k:uses :s . :b k:uses :s . :s k:hasLayer :l , :m . "
                ":l k:layerManagedBy :a . :m k:layerManagedBy :b ."
            )
        )
    }
    assert f"<urn:t:s> <{NS}sharedWith> <urn:t:b> ." in lines
    assert f"<urn:t:s> <{NS}sharedWith> <urn:t:a> ." not in lines
    assert f"<urn:t:s> <{NS}partlyManagedBy> <urn:t:a> ." in lines
    assert f"<urn:t:a> <{OWL}differentFrom> <urn:t:b> ." in lines


# The profile of OWL 2 DL

DECLARED = """
:C a owl:Class . :D a owl:Class . :p a owl:ObjectProperty . :d a owl:DatatypeProperty .
:n a owl:AnnotationProperty . :t a owl:ObjectProperty , owl:TransitiveProperty .
"""

BREACHES = {
    ":a :q :b .": "urn:t:q is used as a property but not declared.",
    ":a a :E .": "urn:t:E is used as a class but not declared.",
    ':a :p "x" .': "urn:t:p is an object property but has a literal.",
    ":a :d :b .": "urn:t:d is a datatype property but has no literal.",
    ':a :d "x"^^xsd:integer .': '"x" is no xsd:integer.',
    ':C :n "2016-01-01"^^xsd:date .': "xsd:date is no datatype of OWL 2.",
    ":C rdfs:subClassOf :E .": "rdfs:subClassOf: urn:t:E is not a declared class.",
    ":p rdfs:subPropertyOf :d .": "rdfs:subPropertyOf: urn:t:d is no declared property",
    ":p rdfs:range :E .": "rdfs:range: urn:t:E is not a declared class.",
    ":d rdfs:range :C .": "rdfs:range: urn:t:C is no datatype of OWL 2.",
    ":z rdfs:domain :C .": "rdfs:domain: urn:t:z is not a declared property.",
    ":C owl:unionOf :nolist .": "owl:unionOf: its list is broken.",
    ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ] .": "A restriction needs one",
    ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :E ] .": (
        "owl:someValuesFrom: urn:t:E is not a declared class."
    ),
    ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue 3 ] .": (
        "owl:hasValue on urn:t:p:"
    ),
    ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality -1 ] .": (
        "owl:minCardinality on urn:t:p needs an xsd:nonNegativeInteger."
    ),
    ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :t ; owl:maxCardinality 1 ] .": (
        "owl:maxCardinality: only for properties that are not transitive"
    ),
    ":t a owl:FunctionalProperty .": "owl:FunctionalProperty: only for properties that are not",
    ":p a owl:DatatypeProperty .": "It is owl:ObjectProperty and owl:DatatypeProperty at once.",
    ":p owl:propertyChainAxiom ( :p :p ) .": "this check does not know property chains.",
    ": owl:imports :other .": "owl:imports: nothing is imported",
    ":C owl:nonsense :D .": "owl:nonsense is reserved and has no meaning here.",
    ":a :p _:x . :b :p _:x .": "urn:t:p: a thing without a name is used twice",
}


@pytest.mark.parametrize("data", BREACHES)
def test_each_breach_of_the_profile_is_named_with_its_file(data: str) -> None:
    found = violations(quads(DECLARED + data), place())
    assert {one.file for one in found} == {FILE}
    assert any(BREACHES[data] in one.sentence("en") for one in found), [
        one.sentence("en") for one in found
    ]
    assert all(one.sentence("ja") != one.sentence("en") for one in found)


def test_what_keeps_to_the_profile_is_no_breach() -> None:
    data = (
        DECLARED
        + """
    :a a :C ; :p :b , [ a :D ] ; :d "x" , 3 , true ; :n "2016"@en .
    :C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :D ] ;
        owl:disjointWith :D .
    :E a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( :C :D ) ] .
    :C :p :a .
    """
    )
    assert violations(quads(data), place()) == []


def test_no_file_of_the_ontology_leaves_the_profile() -> None:
    assert violations(terms(), Places()) == []


# Step by step


def test_saturation_keeps_the_statements_on_which_each_step_rests() -> None:
    statements = shown([*terms(), *quads(":m k:supervises :c . :m a k:Ministry . :c a k:Body .")])
    found = Saturation(statements)
    assert found.contradictions() == []
    node = NamedNode("urn:t:m")
    why = found.types[node][NS + "SupervisingMinistry"]
    lines = {one.line() for one in why if one.subject == node}
    assert lines == {
        f"<urn:t:m> <{NS}supervises> <urn:t:c> .",
        f"<urn:t:m> <{RDF}type> <{NS}Ministry> .",
    }


def test_no_more_clashes_are_told_than_can_be_read() -> None:
    data = " ".join(f":a{i} a k:Ministry , k:Corporation ." for i in range(70))
    found = clashes(shown([*terms(), *quads(data)]), place())
    assert len(found) == 50


# Limits and what is missing


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "installed", lambda: False)
    with pytest.raises(MissingExtra, match=r'pip install "kijun\[owl\]"'):
        judge([])


@needs_judge
def test_a_limit_on_time_is_kept() -> None:
    with pytest.raises(LimitReached, match=r"within 0\.01 s"):
        judge(terms(), seconds=0.01)
