"""The facts about the text are those of the guideline, and complete."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import URIRef

from kijun import content, sections, source, text, text_facts, turtle
from kijun.terms import ID, NS, RDF, SKOS

SOURCE = Path(__file__).parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
FACTS = content.ONTOLOGY / "facts"
LABEL = URIRef(SKOS + "prefLabel")
TERM = re.compile(r"以下「([^」]+)」という")


@pytest.fixture(scope="module")
def edition() -> text.Edition:
    if not SOURCE.is_file():
        pytest.skip("the guideline's text is not beside the repository (../shared/sources)")
    return source.read(SOURCE)


@pytest.fixture(scope="module")
def facts() -> rdflib.Graph:
    graph = turtle.read(FACTS / "text.ttl")
    return graph + turtle.read(FACTS / "text-definitions.ttl")


def of_class(graph: rdflib.Graph, name: str) -> set[rdflib.term.Node]:
    return set(graph.subjects(URIRef(RDF + "type"), URIRef(NS + name)))


def definitions(facts: rdflib.Graph) -> dict[str, rdflib.term.Node]:
    return {
        str(label): node
        for node in of_class(facts, "Definition")
        for label in facts.objects(node, LABEL)
        if isinstance(label, rdflib.Literal) and label.language == "ja"
    }


# --- against the real text ----------------------------------------------------------------


def test_the_shipped_file_is_what_the_generator_writes(
    edition: text.Edition, tmp_path: Path
) -> None:
    output = tmp_path / "text.ttl"
    assert text_facts.main([str(SOURCE), "-o", str(output)]) == 0
    assert output.read_bytes() == (FACTS / "text.ttl").read_bytes()


def test_every_bracketed_definition_is_a_node(edition: text.Edition, facts: rdflib.Graph) -> None:
    printed = {
        text.bare(term): URIRef(sections.sentence_iri(sentence.section, sentence.ordinal))
        for sentence in edition.sentences
        for term in TERM.findall(text.bare(sentence.text))
    }
    assert len(printed) == 12
    nodes = definitions(facts)
    for term, sentence_node in printed.items():
        assert facts.value(nodes[term], URIRef(NS + "definedIn")) == sentence_node, term


def test_other_forms_of_definition_are_nodes_too(
    edition: text.Edition, facts: rdflib.Graph
) -> None:
    """Those with 以下同じ, をいう and の総称をいい: the term stands before the bracket or は."""
    marks = ("以下同じ。）", "をいう。", "の総称をいい")
    words = [text.bare(sentence.text) for sentence in edition.sentences]
    assert sum(mark in sentence for sentence in words for mark in marks) == 4
    assert {"独立行政法人等", "本部監査", "統一基準群"} <= set(definitions(facts))


def test_a_term_is_printed_in_the_sentence_that_defines_it(
    edition: text.Edition, facts: rdflib.Graph
) -> None:
    words = {
        URIRef(sections.sentence_iri(sentence.section, sentence.ordinal)): text.bare(sentence.text)
        for sentence in edition.sentences
    }
    for term, node in definitions(facts).items():
        sentence_node = facts.value(node, URIRef(NS + "definedIn"))
        assert isinstance(sentence_node, URIRef)
        assert term in words[sentence_node], term


def test_the_replaced_guideline_is_the_printed_one(
    edition: text.Edition, facts: rdflib.Graph
) -> None:
    node = URIRef(f"{ID}document/guideline-2005")
    title = next(label for label in facts.objects(node, LABEL) if label.language == "ja")  # type: ignore[attr-defined]
    council = facts.value(node, URIRef(NS + "decidedBy"))
    maker = next(label for label in facts.objects(council, LABEL) if label.language == "ja")  # type: ignore[attr-defined]
    assert text.bare(edition.sentences[-1].text).startswith(
        f"{title}（平成17年9月15日{maker}決定）"
    )
    assert str(facts.value(node, URIRef(NS + "decidedOn"))) == "2005-09-15"


# --- without it ---------------------------------------------------------------------------


def test_every_node_of_the_text_is_named(facts: rdflib.Graph) -> None:
    sections, sentences = of_class(facts, "Section"), of_class(facts, "Sentence")
    assert (len(sections), len(sentences)) == (26, 63)
    with_text = set(facts.objects(None, URIRef(NS + "section")))
    assert len(with_text) == 21
    assert with_text == set(facts.subjects(URIRef(NS + "order"), None)) - sentences
    for node in sections | of_class(facts, "Definition") | of_class(facts, "Document"):
        languages = [getattr(label, "language", None) for label in facts.objects(node, LABEL)]
        assert sorted(map(str, languages)) == ["en", "ja"], node


def test_handwritten_facts_name_only_what_exists(facts: rdflib.Graph) -> None:
    by_hand = turtle.read(FACTS / "text-definitions.ttl")
    generated = set(turtle.read(FACTS / "text.ttl").subjects())
    parts = (f"{ID}section/", f"{ID}sentence/")
    named = {node for triple in by_hand for node in triple if str(node).startswith(parts)}
    assert named <= generated


def test_the_order_runs_through_the_text(facts: rdflib.Graph) -> None:
    for name, count in (("Section", 21), ("Sentence", 63)):
        nodes = of_class(facts, name)
        found = [facts.value(node, URIRef(NS + "order")) for node in nodes]
        assert sorted(int(str(order)) for order in found if order is not None) == [
            *range(1, count + 1)
        ]


def test_the_sentences_without_a_norm(facts: rdflib.Graph) -> None:
    kinds = {
        str(node).removeprefix(f"{ID}sentence/"): str(kind).removeprefix(NS)
        for node, kind in facts.subject_objects(URIRef(NS + "kind"))
    }
    assert kinds == {
        "1-1": "purpose",
        "4-1-1": "constitutive",
        "3-3-5": "explanatory",
        "suppl-1": "repeal",
    }


def test_the_facts_of_a_small_edition() -> None:
    edition = text.split("題\n１ 目的\n(1) 「範\\囲」\n猫は 歩く。犬は走る。\n附則 終わる。")
    prefix = "PREFIX kijun: <https://w3id.org/kijun/ns#>"
    written = turtle.canonical(text_facts.graph(edition))
    assert written.startswith(prefix)
    assert '    skos:prefLabel "「範\\\\囲」"@ja ;\n' in written
    section = written[written.index("section:1-1\n") :].partition("\n.\n")[0]
    assert section.splitlines() == [
        "section:1-1",
        "    a kijun:Section ;",
        '    kijun:notation "1(1)" ;',
        "    kijun:order 1 ;",
        "    kijun:partOf section:1 ;",
        '    skos:prefLabel "「範\\\\囲」"@ja ;',
    ]
    sentence = written[written.index("sentence:1-1-2\n") :].partition("\n.\n")[0]
    assert sentence.splitlines() == [
        "sentence:1-1-2",
        "    a kijun:Sentence ;",
        "    kijun:length 5 ;",
        "    kijun:order 2 ;",
        "    kijun:ordinal 2 ;",
        "    kijun:section section:1-1 ;",
        f'    kijun:sha256 "{text.sha256("犬は走る。")}" ;',
    ]


def test_the_generator_refuses_in_one_line(tmp_path: Path) -> None:
    said = io.StringIO()
    missing = tmp_path / "absent.txt"
    assert text_facts.main([str(missing), "-o", str(tmp_path / "text.ttl")], said) == 2
    assert said.getvalue().startswith(f"{missing}: there is no such file")
    assert said.getvalue().count("\n") == 1
    assert list(tmp_path.iterdir()) == []
