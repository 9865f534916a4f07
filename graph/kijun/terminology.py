"""The terms of the ontology as entries of its reference page, by subject and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat

from kijun.content import graph_files
from kijun.expressions import expression
from kijun.facts import (
    DEFINITION,
    LABEL,
    TYPE,
    Facts,
    Row,
    Words,
    listed,
    property_label,
    said,
    together,
)
from kijun.terms import NS, OWL, RDFS, SKOS, curie
from kijun.usage import defined_with, disjoint_terms, norm_uses, question_uses

SUBJECTS = {
    "kijun": said("外から借りた語", "Terms borrowed from elsewhere"),
    "text": said("本文", "Text"),
    "norms": said("規範", "Norms"),
    "acts": said("行為", "Acts"),
    "law": said("法律と時間", "Law and time"),
    "bodies": said("機関と名簿", "Bodies and registers"),
    "systems": said("情報システム", "Information systems"),
    "derived": said("規則が導くもの", "What rules derive"),
}
"""What the files of ``ontology/terms`` are about, in reading order; others follow by name."""

KINDS = {
    OWL + "Class": said("クラス（類）", "Classes"),
    OWL + "ObjectProperty": said("関係（オブジェクトプロパティ）", "Object properties"),
    OWL + "DatatypeProperty": said("値の属性（データプロパティ）", "Datatype properties"),
    OWL + "AnnotationProperty": said("注釈プロパティ", "Annotation properties"),
    OWL + "NamedIndividual": said("個体（決まった選択肢）", "Individuals (closed lists)"),
}

_TOLD_ELSEWHERE = {
    TYPE,
    LABEL,
    DEFINITION,
    RDFS + "isDefinedBy",
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
    RDFS + "domain",
    RDFS + "range",
    OWL + "equivalentClass",
    OWL + "disjointWith",
    SKOS + "altLabel",
    SKOS + "broader",
    SKOS + "closeMatch",
}


class Term(NamedTuple):
    """One entry: its anchor is the local name, so that an IRI of the namespace leads to it."""

    iri: str
    name: str
    label: Words
    definition: Words | None
    rows: tuple[Row, ...]


class Group(NamedTuple):
    """The terms of one kind in a subject; ``kind`` is the IRI of that kind in OWL."""

    kind: str
    title: Words
    terms: tuple[Term, ...]


class Subject(NamedTuple):
    """The terms of one file."""

    name: str
    title: Words
    groups: tuple[Group, ...]
    size: int


def subjects(facts: Facts) -> tuple[list[Subject], list[Term]]:
    """Return the terms of kijun by file, and the terms of other vocabularies that it declares."""
    declared = _declared()
    entries = _Entries(facts)
    found, borrowed = [], []
    for name in sorted(declared, key=_subject_rank):
        iris = declared[name]
        own = [iri for iri in iris if iri.startswith(NS)]
        borrowed += [entries.term(iri) for iri in iris if not iri.startswith(NS)]
        groups = []
        for kind, title in KINDS.items():
            of_kind = [iri for iri in own if _kind(facts, iri) == kind]
            if of_kind:
                groups.append(
                    Group(kind, title, tuple(map(entries.term, _in_order(facts, of_kind))))
                )
        size = sum(len(group.terms) for group in groups)
        if size != len(own):
            raise ValueError(f"ontology/terms/{name}.ttl declares a term of a kind without a name")
        if groups:
            title = SUBJECTS.get(name, said(name))
            found.append(Subject(name, title, tuple(groups), size))
    return found, borrowed


def _declared() -> dict[str, list[str]]:
    """Return the terms that each file of the ontology declares, by IRI."""
    found: dict[str, list[str]] = {}
    for layer, path in graph_files():
        if layer == "terms":
            quads = pyoxigraph.parse(path.read_bytes(), format=RdfFormat.TURTLE)
            iris = {
                quad.subject.value
                for quad in quads
                if isinstance(quad.subject, NamedNode) and quad.predicate.value == TYPE
            }
            found[path.stem] = sorted(iris - {NS.rstrip("#")})
    return found


def _subject_rank(name: str) -> tuple[int, str]:
    order = [*SUBJECTS][1:]
    return (order.index(name) if name in order else len(order), name)


def _kind(facts: Facts, iri: str) -> str | None:
    kinds = facts.iris(iri, TYPE)
    return next((kind for kind in KINDS if kind in kinds), None)


def _in_order(facts: Facts, iris: list[str]) -> list[str]:
    """Return terms by name; individuals by their class, and in its order where it has one."""

    def rank(iri: str) -> tuple[str, int, str]:
        if _kind(facts, iri) != OWL + "NamedIndividual":
            return ("", 0, iri.lower())
        kind = next((one for one in facts.iris(iri, TYPE) if one.startswith(NS)), "")
        order = facts.one(iri, NS + "order")
        return (kind.lower(), int(order.value) if order is not None else 0, iri.lower())

    return sorted(iris, key=rank)


class _Entries:
    """Makes entries; what all of them need is looked up once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.norms = facts.subjects(TYPE, NS + "Norm")
        self.uses = norm_uses(facts, self.norms)
        self.asked = question_uses()
        self.disjoint = disjoint_terms(facts)
        self.used_in = defined_with(facts)

    def term(self, iri: str) -> Term:
        facts = self.facts
        name = iri.removeprefix(NS) if iri.startswith(NS) else curie(iri).replace(":", "-")
        label = facts.text(iri, LABEL) or said(curie(iri))
        rows = tuple(row for row in self._rows(iri) if row.values)
        return Term(iri, name, label, facts.text(iri, DEFINITION), rows)

    def _rows(self, iri: str) -> Iterator[Row]:
        facts = self.facts
        kinds = [kind for kind in facts.iris(iri, TYPE) if kind not in KINDS]
        yield Row(said("種類", "kind"), self._list(kinds))
        yield Row(said("別名", "also called"), facts.values(iri, SKOS + "altLabel"))
        yield from self._hierarchy(iri)
        yield Row(
            said("定義", "defined as"),
            tuple(expression(facts, one) for one in facts.objects(iri, OWL + "equivalentClass")),
        )
        yield Row(
            said("必ず満たすこと", "always"),
            tuple(
                expression(facts, one)
                for one in facts.objects(iri, RDFS + "subClassOf")
                if isinstance(one, BlankNode)
            ),
        )
        yield Row(
            said("重ならない", "disjoint with"), self._list(sorted(self.disjoint.get(iri, ())))
        )
        yield Row(said("主語になるもの", "domain"), self._list(facts.iris(iri, RDFS + "domain")))
        yield Row(said("値になるもの", "range"), self._list(facts.iris(iri, RDFS + "range")))
        yield Row(
            said("主語に取る関係", "domain of"), self._list(facts.subjects(RDFS + "domain", iri))
        )
        yield Row(said("値に取る関係", "range of"), self._list(facts.subjects(RDFS + "range", iri)))
        yield Row(
            said("この語で定義する類", "used to define"),
            self._list(sorted(self.used_in.get(iri, ()))),
        )
        individuals = [one for one in facts.subjects(TYPE, iri) if one.startswith(NS)]
        yield Row(said("個体", "individuals"), self._list(_in_order(facts, individuals)))
        for predicate in facts.predicates(iri):
            if predicate not in _TOLD_ELSEWHERE:
                yield Row(property_label(facts, predicate), facts.values(iri, predicate))
        yield Row(
            said("近い語（他の語彙）", "close match"),
            tuple(said(one, href=one) for one in facts.iris(iri, SKOS + "closeMatch")),
        )
        yield Row(said("規範での使用", "in norms"), tuple(self._norm_uses(iri)))
        yield Row(said("問いでの使用", "in questions"), self._questions(iri))
        yield Row(said("事実の中の数", "in the facts"), self._count(iri))

    def _hierarchy(self, iri: str) -> Iterator[Row]:
        facts = self.facts
        for up, down, above, below in (
            ("上位の類", "下位の類", "superclasses", RDFS + "subClassOf"),
            ("上位の関係", "下位の関係", "superproperties", RDFS + "subPropertyOf"),
            ("より広い", "より狭い", "broader", SKOS + "broader"),
        ):
            english = above.replace("super", "sub").replace("broader", "narrower")
            yield Row(said(up, above), self._list(facts.iris(iri, below)))
            yield Row(said(down, english), self._list(facts.subjects(below, iri)))

    def _list(self, iris: Iterable[str]) -> tuple[Words, ...]:
        found = [self.facts.label(iri) for iri in iris]
        return (listed(found),) if found else ()

    def _norm_uses(self, iri: str) -> Iterator[Words]:
        for way, norms in self.uses.get(iri, {}).items():
            head = [property_label(self.facts, one) for one in way if one != TYPE]
            colon = [said("：", ": ")] if head else []
            for place in range(len(head) - 1, 0, -1):
                head.insert(place, said("・", ", "))
            if norms == self.norms:
                every = said(f"すべての規範（{len(norms)}）", f"all {len(norms)} norms")
                yield together(*head, *colon, every)
            else:
                count = (
                    said(f"（{len(norms)}）", f" ({len(norms)})") if len(norms) > 3 else said("")
                )
                yield together(*head, *colon, listed(map(self.facts.label, norms)), count)

    def _questions(self, iri: str) -> tuple[Words, ...]:
        names = self.asked.get(iri, [])
        found = [said(name, href=f"questions.html#{name}") for name in names]
        return (listed(found),) if found else ()

    def _count(self, iri: str) -> tuple[Words, ...]:
        if _kind(self.facts, iri) == OWL + "Class":
            count = self.facts.count(TYPE, iri)
        elif "Property" in (_kind(self.facts, iri) or ""):
            count = self.facts.count(iri)
        else:
            return ()
        return (said(f"{count:,}"),) if count else ()
