"""The guideline section by section: its sentences by number, and their norms in our words.

The guideline's own words are not here; a sentence is shown by its number, kind and definitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kijun import norm_words
from kijun.facts import (
    DEFINITION,
    LABEL,
    TYPE,
    Facts,
    Row,
    Words,
    anchor,
    listed,
    property_label,
    said,
    section_rank,
)
from kijun.terms import ID, NS, SKOS

_FIRST = (
    "object",
    "action",
    "bearer",
    "roleWithin",
    "recipient",
    "regards",
    "condition",
    "conditionKind",
    "trigger",
    "timing",
    "lane",
    "about",
    "towards",
    "operativePhrase",
    "concern",
    "concernsDocument",
    "passesStage",
    "interpretation",
    "alternativeReading",
    "incorporates",
    "follows",
    "overrides",
    "sameActAs",
    "cites",
)
"""The order in which the properties of a norm are shown; others follow by name."""

_TOLD_ELSEWHERE = {
    TYPE,
    *(NS + name for name in ("notation", "order", "section", "source", "force", "statement")),
    NS + "bearerImplicit",
}


class Norm(NamedTuple):
    """One norm; ``force`` is the local name of its force, ``strength`` what people call it."""

    anchor: str
    name: str
    force: str
    strength: Words
    statement: Words
    rows: tuple[Row, ...]


class Definition(NamedTuple):
    """A term that a sentence defines."""

    term: Words
    meaning: Words
    rows: tuple[Row, ...]


class Sentence(NamedTuple):
    """One sentence: its number, how long it is, and all that rests on it."""

    anchor: str
    name: Words
    length: str
    kind: Words | None
    definitions: tuple[Definition, ...]
    rows: tuple[Row, ...]
    norms: tuple[Norm, ...]


class Section(NamedTuple):
    """One section; ``depth`` is 1 for a chapter, and a section may be a heading only."""

    anchor: str
    notation: str
    heading: Words
    depth: int
    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        """How many norms its sentences hold."""
        return sum(len(sentence.norms) for sentence in self.sentences)


def sections(facts: Facts, presupposed: Mapping[str, Sequence[Words]]) -> list[Section]:
    """Return the guideline from section 1 to the supplement.

    ``presupposed`` gives, by the IRI of a sentence, what it only presupposes.
    """
    iris = facts.subjects(TYPE, NS + "Section")
    names = {iri: norm_words.literal(facts, iri, "notation") for iri in iris}
    found = []
    for iri in sorted(iris, key=lambda one: section_rank(names[one])):
        depth, above = 1, facts.iris(iri, NS + "partOf")
        while above:
            depth, above = depth + 1, facts.iris(above[0], NS + "partOf")
        sentences = [
            one
            for one in facts.subjects(NS + "section", iri)
            if NS + "Sentence" in facts.iris(one, TYPE)
        ]
        found.append(
            Section(
                anchor(iri),
                names[iri],
                _heading(facts, iri, names[iri]),
                depth,
                tuple(_section_rows(facts, iri)),
                tuple(_sentence(facts, one, presupposed.get(one, ())) for one in sentences),
            )
        )
    return found


def _heading(facts: Facts, iri: str, notation: str) -> Words:
    """Return the heading of a section; the supplement's is its notation already."""
    heading = facts.text(iri, LABEL) or said("")
    ja, en = heading.ja[0].text, heading.en[0].text
    return said("" if ja == notation else ja, en)


def _section_rows(facts: Facts, iri: str) -> Iterator[Row]:
    note = facts.text(iri, SKOS + "note")
    if note is not None:
        yield Row(said("注", "note"), (note,))
    yield from _taken_over(facts, iri)


def _taken_over(facts: Facts, iri: str) -> Iterator[Row]:
    """Say which norms take over the norms of a section or sentence."""
    norms = [
        facts.label(norm)
        for node in facts.subjects(NS + "incorporated", iri)
        for norm in facts.subjects(NS + "incorporates", node)
    ]
    if norms:
        yield Row(said("引き継ぐ規範", "taken over by"), (listed(norms),))


def _sentence(facts: Facts, iri: str, presupposed: Sequence[Words]) -> Sentence:
    number = norm_words.literal(facts, iri, "ordinal")
    rows = list(_taken_over(facts, iri))
    if presupposed:
        rows.append(Row(said("前提とするだけの行為", "only presupposes"), tuple(presupposed)))
    named = [one for one in facts.subjects(NS + "namedIn", iri) if one.startswith(f"{ID}law/")]
    if named:
        rows.append(
            Row(said("名を挙げる条文", "names"), tuple(norm_words.article(facts, a) for a in named))
        )
    kind = facts.iris(iri, NS + "kind")
    return Sentence(
        anchor(iri),
        said(f"第{number}文", f"sentence {number}"),
        norm_words.literal(facts, iri, "length"),
        facts.label(kind[0]) if kind else None,
        tuple(_definition(facts, one) for one in facts.subjects(NS + "definedIn", iri)),
        tuple(rows),
        tuple(_norm(facts, one) for one in facts.subjects(NS + "source", iri) if _is_norm(one)),
    )


def _is_norm(iri: str) -> bool:
    return iri.startswith(f"{ID}norm/")


def _definition(facts: Facts, iri: str) -> Definition:
    rows = [
        Row(label, values)
        for label, values in (
            (said("別名", "also called"), facts.values(iri, SKOS + "altLabel")),
            (said("指すもの", "stands for"), facts.values(iri, NS + "defines")),
            (
                said("引用する条文", "cites"),
                tuple(norm_words.article(facts, one) for one in facts.iris(iri, NS + "cites")),
            ),
        )
        if values
    ]
    return Definition(facts.label(iri), facts.text(iri, DEFINITION) or said(""), tuple(rows))


def _norm(facts: Facts, iri: str) -> Norm:
    force = facts.iris(iri, NS + "force")[0]
    order = [NS + name for name in _FIRST]
    rest = [one for one in facts.predicates(iri) if one not in {*order, *_TOLD_ELSEWHERE}]
    rows = [
        Row(property_label(facts, predicate), norm_words.values(facts, iri, predicate))
        for predicate in (*order, *rest)
        if facts.one(iri, predicate) is not None
    ]
    return Norm(
        anchor(iri),
        norm_words.literal(facts, iri, "notation"),
        force.removeprefix(NS),
        facts.label(force),
        facts.text(iri, NS + "statement") or said(""),
        tuple(rows),
    )
