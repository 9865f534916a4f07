"""What a reader sees of one thing: its facts in words, and how many relations it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kijun.engine import labels
from kijun.norms import Norm, norm_rows
from kijun.relations import RELATIONS
from kijun.surroundings import Surroundings
from kijun.terms import DCTERMS, HOMES, NS, OWL, RDF, RDFS, SKOS, curie
from kijun.things import is_thing, kind_of, sentence_parts, titles

if TYPE_CHECKING:
    from kijun.answering import Answering

Json = dict[str, Any]

MOST = 40
"""How many values of one property are shown; the rest are counted."""

_FOREIGN = {
    f"{SKOS}altLabel": {"ja": "別名", "en": "also called"},
    f"{SKOS}definition": {"ja": "定義", "en": "definition"},
    f"{SKOS}note": {"ja": "注", "en": "note"},
    f"{SKOS}scopeNote": {"ja": "範囲の注", "en": "scope note"},
    f"{SKOS}broader": {"ja": "広い話題", "en": "broader"},
    f"{DCTERMS}replaces": {"ja": "前の文書", "en": "replaces"},
    f"{RDFS}seeAlso": {"ja": "参照", "en": "see also"},
    f"{RDF}type": {"ja": "属する類型", "en": "of the classes"},
}
"""What properties of other vocabularies are called."""

_BESIDE = {f"{SKOS}prefLabel", f"{RDFS}isDefinedBy", f"{RDFS}subClassOf", f"{OWL}equivalentClass"}
_BESIDE |= {
    NS + name
    for name in (
        *("nameKey", "order", "within", "informs", "searched", "statement", "alternativeReading"),
        *("operativePhrase", "force", "entryName", "entryOf", "notation"),
        *("incorporates", "detail", "statedIn"),
    )
}
"""What other parts of the page show, or what is of use to machines only."""

_FIRST = (
    *("skos:definition", "skos:altLabel", "kijun:content", "kijun:bearer", "kijun:recipient"),
    *("kijun:action", "kijun:object", "kijun:condition", "kijun:trigger", "kijun:timing"),
    *("kijun:lane", "kijun:about", "rdf:type", "kijun:entryClass", "kijun:corporateNumber"),
)
"""The properties that a reader looks for first; the others follow by their names."""

_TYPES_SHOWN = ("body", "office")
_ENTRY_OF = NamedNode(f"{NS}entryOf")
_REGISTER = NamedNode(f"{NS}register")
_IN_USE = NamedNode(f"{NS}inUse")


class Dossiers:
    """The dossiers of a graph's things; ``norms`` are all its norms by IRI."""

    def __init__(
        self, graph: Answering, surroundings: Surroundings, norms: Mapping[str, Norm]
    ) -> None:
        self._graph = graph
        self._surroundings = surroundings
        self._norms = norms

    def dossier(self, iri: str) -> Json:
        """Return what the graph says of a thing.

        ``facts`` are pairs of a heading and its values, each with ``text`` and, where it leads
        somewhere, ``id`` or ``href``; ``relations`` are what can be drawn, with its number.
        """
        lang, graph = self._graph.lang, self._graph
        label = titles(graph.engine, graph.store, [iri], lang)[iri]
        found: Json = {
            "id": curie(iri),
            "iri": iri,
            "kind": kind_of(iri),
            "label": label,
            "facts": self._facts(iri, label),
            "relations": self._relations(iri),
        }
        if iri in self._norms:
            found |= self._norm(iri)
        elif kind_of(iri) == "sentence":
            section, number = sentence_parts(iri)
            found |= {"section": section, "sentence": number}
        return found

    def _norm(self, iri: str) -> Json:
        (row,) = norm_rows(self._graph.engine, {iri: self._norms[iri]}, self._graph.lang)
        keys = ("norm", "section", "sentence", "force", "statement", "phrase", "interpretation")
        return {key: row[key] for key in keys} | {"sentence_id": curie(str(row["sentence_iri"]))}

    def _facts(self, iri: str, label: str) -> list[Json]:
        """Return the statements of the graph on a thing, and on its register entry of the day.

        ``label`` is what the thing is called already, so it is not among its other names.
        """
        lang = self._graph.lang
        groups: dict[str, list[NamedNode | Literal]] = {}
        for subject in (NamedNode(iri), *self._entries(iri)):
            for quad in self._graph.store.quads_for_pattern(subject, None, None, None):
                name, value = quad.predicate.value, quad.object
                if name in _BESIDE or (
                    name == f"{RDF}type" and not self._typed(subject, iri, value)
                ):
                    continue
                if name == f"{NS}interpretation" and iri in self._norms:
                    continue
                if name == f"{SKOS}altLabel" and getattr(value, "value", "") == label:
                    continue
                foreign = isinstance(value, Literal) and value.language not in (None, lang)
                if foreign and name != f"{SKOS}altLabel":
                    # Names are shown in every language: any of them may be met in a document.
                    continue
                if isinstance(value, (NamedNode, Literal)):
                    values = groups.setdefault(name, [])
                    if value not in values:
                        values.append(value)
        things = {
            one.value for found in groups.values() for one in found if isinstance(one, NamedNode)
        }
        shown = {one for one in things if one.startswith((*HOMES, NS))}
        named = titles(self._graph.engine, self._graph.store, shown, self._graph.lang)
        headings = labels(self._graph.engine, groups, self._graph.lang)
        facts = [
            {
                "of": curie(name),
                "label": _FOREIGN[name][self._graph.lang] if name in _FOREIGN else headings[name],
                "values": [self._value(one, named) for one in sorted(values, key=str)[:MOST]],
                "more": max(0, len(values) - MOST),
            }
            for name, values in groups.items()
        ]
        return sorted(facts, key=_place)

    def _typed(self, subject: NamedNode, iri: str, value: object) -> bool:
        return (
            subject.value == iri
            and kind_of(iri) in _TYPES_SHOWN
            and isinstance(value, NamedNode)
            and is_thing(self._graph.store, value.value)
        )

    def _entries(self, iri: str) -> list[NamedNode]:
        store = self._graph.store
        found = []
        for quad in store.quads_for_pattern(None, _ENTRY_OF, NamedNode(iri), None):
            entry = quad.subject
            if isinstance(entry, NamedNode):
                registers = store.quads_for_pattern(entry, _REGISTER, None, None)
                if any(
                    any(store.quads_for_pattern(register.object, _IN_USE, Literal(True), None))
                    for register in registers
                    if isinstance(register.object, NamedNode)
                ):
                    found.append(entry)
        return found

    def _value(self, value: NamedNode | Literal, named: Mapping[str, str]) -> Json:
        if isinstance(value, Literal):
            if value.datatype.value.endswith("#boolean"):
                words = ("いいえ", "はい") if self._graph.lang == "ja" else ("no", "yes")
                return {"text": words[value.value in ("true", "1")]}
            return {"text": value.value}
        iri = value.value
        if is_thing(self._graph.store, iri):
            return {"text": named[iri], "id": curie(iri)}
        if iri.startswith(("https://", "http://")) and iri not in named:
            return {"text": iri, "href": iri}
        return {"text": named.get(iri, iri)}

    def _relations(self, iri: str) -> list[Json]:
        found: dict[tuple[str, str], Json] = {}
        for relation in RELATIONS:
            for forth in (True, False):
                edges = self._surroundings.edges(iri, relation, forth=forth)
                if not edges:
                    continue
                words = relation.forth if forth else relation.back
                way = "forth" if forth else "back"
                told = {
                    "kind": relation.kind,
                    "way": way,
                    "label": words[self._graph.lang],
                    "count": 0,
                }
                found.setdefault((relation.kind, way), told)["count"] += len(edges)
        return list(found.values())


def _place(fact: Json) -> tuple[int, str]:
    name = str(fact["of"])
    return _FIRST.index(name) if name in _FIRST else len(_FIRST), name
