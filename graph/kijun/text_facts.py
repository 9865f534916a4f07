"""The facts about the text, generated from the guideline itself.

``python -m kijun.text_facts SOURCE -o ontology/facts/text.ttl`` writes one node for each
section and sentence: where it stands, how long it is, and its SHA-256, but not its words.
What a person has to say about them (kinds, definitions, English names) is written by hand in
``ontology/facts/text-definitions.ttl``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import rdflib
from rdflib import Literal, URIRef

from kijun import sections, source, text, turtle
from kijun.errors import KijunError
from kijun.terms import NS, RDF, SKOS

_TYPE = URIRef(RDF + "type")
_LABEL = URIRef(SKOS + "prefLabel")


def graph(edition: text.Edition) -> rdflib.Graph:
    """Return the nodes of an edition's sections and sentences.

    A section carries ``kijun:notation``, its printed heading as ``skos:prefLabel`` and
    ``kijun:partOf``; one that holds text also ``kijun:order``, its place among those that do.
    A sentence carries ``kijun:section``, ``kijun:ordinal``, ``kijun:order`` over the whole
    text, ``kijun:length`` in code points and ``kijun:sha256``, both without white space.
    """
    triples = rdflib.Graph(bind_namespaces="none")
    with_text = list(dict.fromkeys(sentence.section for sentence in edition.sentences))
    for section in edition.sections:
        node = URIRef(sections.section_iri(section.notation))
        triples.add((node, _TYPE, URIRef(NS + "Section")))
        triples.add((node, URIRef(NS + "notation"), Literal(section.notation)))
        if section.heading:
            triples.add((node, _LABEL, Literal(section.heading, lang="ja")))
        if section.parent:
            triples.add((node, URIRef(NS + "partOf"), URIRef(sections.section_iri(section.parent))))
        if section.notation in with_text:
            order = with_text.index(section.notation) + 1
            triples.add((node, URIRef(NS + "order"), Literal(order)))
    for order, sentence in enumerate(edition.sentences, start=1):
        node = URIRef(sections.sentence_iri(sentence.section, sentence.ordinal))
        section_node = URIRef(sections.section_iri(sentence.section))
        triples.add((node, _TYPE, URIRef(NS + "Sentence")))
        triples.add((node, URIRef(NS + "section"), section_node))
        triples.add((node, URIRef(NS + "ordinal"), Literal(sentence.ordinal)))
        triples.add((node, URIRef(NS + "order"), Literal(order)))
        triples.add((node, URIRef(NS + "length"), Literal(text.length(sentence.text))))
        triples.add((node, URIRef(NS + "sha256"), Literal(text.sha256(sentence.text))))
    return triples


def main(arguments: Sequence[str] | None = None, out: IO[str] | None = None) -> int:
    """Write the facts of a source file; return 0, or 2 with one sentence for bad input."""
    out = out or sys.stderr
    parser = argparse.ArgumentParser(
        prog="python -m kijun.text_facts",
        description="Write the section and sentence nodes of the guideline's text as Turtle.",
    )
    parser.add_argument("source", type=Path, help="the guideline as UTF-8 text")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the Turtle file")
    given = parser.parse_args(arguments)
    try:
        turtle.write(given.output, graph(source.read(given.source)))
    except KijunError as error:
        out.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
