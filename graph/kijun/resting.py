"""What rests on each sentence of the guideline: norms, definitions, and the sentence's kind."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal

from kijun.engine import Engine, ask, labels
from kijun.norms import Norm, norms, optional, things, value


class Defined(NamedTuple):
    """A definition: its IRI and its term in the reader's language."""

    iri: str
    term: str


class Sentences(NamedTuple):
    """The sentences of the guideline and what rests on them, all by sentence IRI.

    ``hashes`` are the SHA-256 of the words, ``kinds`` the IRIs of the kinds of sentences that hold
    no norm; ``named`` holds the labels of kinds, bearers and recipients by their IRI.
    """

    hashes: dict[str, str]
    norms: dict[str, list[Norm]]
    definitions: dict[str, list[Defined]]
    kinds: dict[str, str]
    named: dict[str, str]


def sentences(engine: Engine, lang: str) -> Sentences:
    """Return all sentences with what rests on them, in the guideline's order."""
    hashes: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for row in ask(engine, "sentences"):
        iri = value(row, "sentence")
        hashes[iri] = value(row, "sha256")
        if kind := optional(row, "kind"):
            kinds[iri] = kind
    by_sentence: dict[str, list[Norm]] = {}
    found = norms(engine, lang)
    for norm in found.values():
        by_sentence.setdefault(norm.sentence, []).append(norm)
    definitions: dict[str, list[Defined]] = {}
    for row in ask(engine, "definitions", lang=Literal(lang)):
        defined = Defined(value(row, "definition"), value(row, "term"))
        definitions.setdefault(value(row, "sentence"), []).append(defined)
    named = labels(engine, {*kinds.values(), *things(found.values())}, lang)
    return Sentences(hashes, by_sentence, definitions, kinds, dict(named))
