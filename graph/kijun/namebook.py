"""Every name in the graph, in both languages, for search as one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kijun.asking import norm_name
from kijun.catalogue import names as question_names
from kijun.catalogue import question
from kijun.names import name_key
from kijun.sections import notation
from kijun.terms import ID, NS, SKOS
from kijun.things import KINDS, kind_of, sentence_parts

_NAMING = (SKOS + "prefLabel", SKOS + "altLabel", NS + "nameKey", NS + "notation")
_STATING = (NS + "statement", NS + "content", NS + "detail", SKOS + "definition")
_ORDER = {
    kind: place for place, kind in enumerate([*list(KINDS)[:8], "question", *list(KINDS)[8:]])
}
_EXACT, _START, _INSIDE, _SAID = range(4)


class Found(NamedTuple):
    """Something found: its IRI (the name of a question), its kind, and the words that matched."""

    iri: str
    kind: str
    matched: str


class Namebook:
    """The names of all things of a graph, and what norms and the like say.

    A name is compared in the form of :func:`kijun.names.name_key`, so that width, case and
    punctuation make no difference. What a thing says (in our words) is searched after all names.
    """

    def __init__(self, store: Store) -> None:
        terms = {
            quad.subject.value
            for quad in store.quads_for_pattern(None, NamedNode(NS + "nameKey"), None, None)
            if isinstance(quad.subject, NamedNode)
        }
        self.present = _present(store)
        self._names: dict[str, dict[str, str]] = {}
        self._said: dict[str, dict[str, str]] = {}
        for properties, book in ((_NAMING, self._names), (_STATING, self._said)):
            for name in properties:
                for quad in store.quads_for_pattern(None, NamedNode(name), None, None):
                    iri = getattr(quad.subject, "value", "")
                    kind = kind_of(iri)
                    if (
                        kind
                        and (kind != "class" or iri in terms)
                        and isinstance(quad.object, Literal)
                    ):
                        book.setdefault(iri, {}).setdefault(
                            name_key(quad.object.value), quad.object.value
                        )
        sentence = NamedNode(NS + "Sentence")
        for quad in store.quads_for_pattern(None, None, sentence, None):
            iri = getattr(quad.subject, "value", "")
            if kind_of(iri) == "sentence":
                section, number = sentence_parts(iri)
                self._names[iri] = _keyed([f"{section}-{number}", f"{section} 第{number}文"])
        for iri in self._names:
            if kind_of(iri) == "norm":
                self._names[iri] |= _keyed([norm_name(iri)])
            elif kind_of(iri) == "section":
                place = notation(iri.removeprefix(f"{ID}section/"))
                self._names[iri] |= _keyed(
                    [f"{place} {name}" for name in self._names[iri].values()]
                )
        for name in question_names():
            asked = question(name)
            if asked.sections:
                self._names[name] = _keyed([name, *asked.summary.values()])
                self._said[name] = _keyed(asked.description.values())

    def search(
        self, text: str, kinds: Iterable[str] = (), limit: int = 20
    ) -> tuple[list[Found], int]:
        """Return what answers to a text, the best first, and how many there are in all.

        A whole name comes before a beginning, a beginning before a part, and all of these before
        what things say; then bodies before offices, and so on, and what the registers of the day
        do not hold last of its kind.
        """
        key = name_key(text)
        if not key:
            return [], 0
        wanted = frozenset(kinds)
        ranked = []
        for iri in self._names.keys() | self._said.keys():
            kind = kind_of(iri) or "question"
            if wanted and kind not in wanted:
                continue
            best = self._best(iri, key)
            if best is not None:
                degree, length, matched = best
                absent = kind == "body" and iri not in self.present
                order = (degree, absent, _ORDER[kind], length, iri)
                ranked.append((order, Found(iri, kind, matched)))
        ranked.sort()
        return [found for _, found in ranked[:limit]], len(ranked)

    def _best(self, iri: str, key: str) -> tuple[int, int, str] | None:
        fits = []
        for name, shown in self._names.get(iri, {}).items():
            if key in name:
                degree = _EXACT if name == key else _START if name.startswith(key) else _INSIDE
                # A name as it is written goes before the bare key of a former name.
                fits.append((degree, len(name), shown == name, shown))
        if not fits:
            for said, shown in self._said.get(iri, {}).items():
                if key in said:
                    fits.append((_SAID, len(said), False, shown))
        if not fits:
            return None
        degree, length, _, shown = min(fits)
        return degree, length, shown


def _keyed(names: Iterable[str]) -> dict[str, str]:
    return {name_key(name): name for name in names}


def _present(store: Store) -> frozenset[str]:
    """Return the bodies that the registers of the day hold."""
    agency = NamedNode(NS + "Agency")
    quads = store.quads_for_pattern(None, None, agency, None)
    return frozenset(
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and kind_of(quad.subject.value) == "body"
    )
