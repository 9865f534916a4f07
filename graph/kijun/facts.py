"""The graph's triples as the documentation reads them: words in both languages, links, order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kijun.sections import SUPPLEMENT, notation
from kijun.terms import ID, NS, RDF, RDFS, SKOS, curie, graph_iri

Node = NamedNode | BlankNode

LABEL = SKOS + "prefLabel"
DEFINITION = SKOS + "definition"
TYPE = RDF + "type"

_DERIVED = graph_iri("derived")
_NORM, _SENTENCE, _SECTION, _LAW = (
    f"{ID}{kind}/" for kind in ("norm", "sentence", "section", "law")
)


class Piece(NamedTuple):
    """A run of text, with the address that it leads to if there is one."""

    text: str
    href: str | None = None


class Words(NamedTuple):
    """The same in Japanese and in English; texts that need no language are equal."""

    ja: tuple[Piece, ...]
    en: tuple[Piece, ...]

    @property
    def neutral(self) -> bool:
        """Whether both languages show the same."""
        return self.ja == self.en


class Row(NamedTuple):
    """One thing that is said of a term or norm: what it is, and its values one a line."""

    label: Words
    values: tuple[Words, ...]


def said(ja: str, en: str | None = None, href: str | None = None) -> Words:
    """Return words of one piece; without English, the same in both languages."""
    return Words((Piece(ja, href),), (Piece(ja if en is None else en, href),))


def together(*parts: Words) -> Words:
    """Return words one after the other, with nothing between them."""
    return Words(
        tuple(piece for part in parts for piece in part.ja),
        tuple(piece for part in parts for piece in part.en),
    )


def listed(parts: Iterable[Words]) -> Words:
    """Return words as one list: 「、」 in Japanese, a comma in English."""
    found: list[Words] = []
    for part in parts:
        found += [said("、", ", "), part] if found else [part]
    return together(*found)


class Facts:
    """Look-ups in a built graph; what rules derived is left out unless it is asked for."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def objects(self, subject: Node | str, predicate: str) -> list[Node | Literal]:
        """Return the asserted values of a property, in the order of the guideline or by name."""
        found = {
            quad.object
            for quad in self.store.quads_for_pattern(_node(subject), NamedNode(predicate), None)
            if not _is_derived(quad.graph_name)
        }
        kept = [one for one in found if isinstance(one, (NamedNode, BlankNode, Literal))]
        return sorted(kept, key=self.rank)

    def iris(self, subject: Node | str, predicate: str) -> list[str]:
        """Return the values of a property that are things with a name."""
        return [one.value for one in self.objects(subject, predicate) if isinstance(one, NamedNode)]

    def subjects(self, predicate: str, value: Node | str) -> list[str]:
        """Return the named things that have a value of a property."""
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), _node(value))
        found = {
            quad.subject
            for quad in quads
            if isinstance(quad.subject, NamedNode) and not _is_derived(quad.graph_name)
        }
        return [one.value for one in sorted(found, key=self.rank)]

    def predicates(self, subject: Node | str) -> list[str]:
        """Return the properties that are asserted of a thing."""
        quads = self.store.quads_for_pattern(_node(subject), None, None)
        return sorted({q.predicate.value for q in quads if not _is_derived(q.graph_name)})

    def count(self, predicate: str, value: Node | str | None = None) -> int:
        """Return how many asserted triples outside the terms have a property, and value."""
        left = {_DERIVED, graph_iri("terms")}
        object_ = None if value is None else _node(value)
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), object_)
        return len(
            {(q.subject, q.object) for q in quads if getattr(q.graph_name, "value", "") not in left}
        )

    def one(self, subject: Node | str, predicate: str) -> Node | Literal | None:
        """Return the value of a property that has at most one, None where it has none."""
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Node | str, predicate: str) -> Words | None:
        """Return a text in both languages; where one lacks, the other stands in its place."""
        texts: dict[str, list[str]] = {}
        for one in self.objects(subject, predicate):
            if isinstance(one, Literal):
                texts.setdefault(one.language or "", []).append(one.value)
        if not texts:
            return None
        ja, en = ("、".join(texts.get("ja", [])), ", ".join(texts.get("en", [])))
        bare = ", ".join(texts.get("", []))
        return said(ja or bare or en, en or bare or ja)

    def label(self, iri: str) -> Words:
        """Return what a thing is called, with a link where the pages show it."""
        href = self.href(iri)
        if iri.startswith(_NORM):
            return said(_cited(iri, _NORM), href=href)
        if iri.startswith(_SENTENCE):
            slug, _, number = iri.removeprefix(_SENTENCE).rpartition("-")
            name = notation(slug)
            return said(f"{name} 第{number}文", f"{name} sentence {number}", href)
        if iri.startswith(_SECTION):
            return said(notation(iri.removeprefix(_SECTION)), href=href)
        text = self.text(iri, LABEL)
        if text is None:
            return said(curie(iri), href=href)
        return Words((Piece(text.ja[0].text, href),), (Piece(text.en[0].text, href),))

    def href(self, iri: str) -> str | None:
        """Return where the pages show a thing, or the public address of a law or article."""
        if not iri.startswith(_LAW):
            return address(iri)
        found = sorted(self.iris(iri, RDFS + "seeAlso"), key=lambda one: ("e-gov" not in one, one))
        return found[0] if found else None

    def value(self, term: Node | Literal) -> Words:
        """Return one value as people read it."""
        if isinstance(term, NamedNode):
            return self.label(term.value)
        if isinstance(term, Literal) and term.value in ("true", "false"):
            return said("はい", "yes") if term.value == "true" else said("いいえ", "no")
        return said(term.value)

    def values(self, subject: Node | str, predicate: str) -> tuple[Words, ...]:
        """Return the values of a property: a text in both languages, or things as one list."""
        found = self.objects(subject, predicate)
        if not found:
            return ()
        if any(isinstance(one, Literal) and one.language for one in found):
            text = self.text(subject, predicate)
            return () if text is None else (text,)
        return (listed(self.value(one) for one in found),)

    def rank(self, term: Node | Literal) -> tuple[int, str]:
        """Return where a term stands among others: by the guideline's order, else by name."""
        if isinstance(term, NamedNode) and term.value.startswith((_NORM, _SENTENCE)):
            order = next(
                iter(self.store.quads_for_pattern(term, NamedNode(NS + "order"), None)), None
            )
            return (0 if order is None else int(getattr(order.object, "value", 0)), term.value)
        return (0, term.value if isinstance(term, NamedNode) else str(term))


def property_label(facts: Facts, iri: str) -> Words:
    """Return what a property is called, in English as a heading: without ``has``."""
    label = facts.label(iri)
    english = label.en[0]._replace(text=label.en[0].text.removeprefix("has "))
    return Words(label.ja, (english, *label.en[1:]))


def address(iri: str) -> str | None:
    """Return where the pages show a thing, None where they do not.

    >>> address("https://w3id.org/kijun/ns#Norm"), address("https://w3id.org/kijun/id/norm/6-4-2a")
    ('ontology.html#Norm', 'norms.html#norm-6-4-2a')
    """
    if iri.startswith(NS):
        return f"ontology.html#{iri.removeprefix(NS)}"
    for start in (_NORM, _SENTENCE, _SECTION):
        if iri.startswith(start):
            return f"norms.html#{anchor(iri)}"
    return None


def anchor(iri: str) -> str:
    """Return the anchor of a norm, sentence or section: the end of its IRI.

    >>> anchor("https://w3id.org/kijun/id/sentence/6-4-2")
    'sentence-6-4-2'
    """
    return iri.removeprefix(ID).replace("/", "-")


def section_rank(name: str) -> tuple[int, str]:
    """Return where a section's notation stands: chapters by number, the supplement last."""
    return (99, "") if name == SUPPLEMENT else (int(name.partition("(")[0]), name)


def _cited(iri: str, start: str) -> str:
    slug, _, rest = iri.removeprefix(start).rpartition("-")
    return f"{notation(slug)}-{rest}"


def _is_derived(graph: object) -> bool:
    return getattr(graph, "value", "") == _DERIVED


def _node(thing: Node | str) -> Node:
    return NamedNode(thing) if isinstance(thing, str) else thing
