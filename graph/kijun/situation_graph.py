"""A situation in the vocabulary of the ontology: quads of the graph ``situations``.

Each row of a profile is a node, or a statement between two; by which property each of its cells is
said stands in the schema. Bodies that a profile adds are entered in a register of their own, which
is in use beside those of the day, so that the rules reach them like any other body. What rests on
the word of a profile is ``derived`` at best: it follows, if the profile is right.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kijun.dates import Register
from kijun.declarations import Body, Document, System, Use
from kijun.names import name_key
from kijun.profile_schema import Column
from kijun.resolution import Resolved, Value
from kijun.terms import LOCAL, NS, RDF, SITUATIONS, SKOS, XSD, graph_iri

GRAPH = NamedNode(graph_iri(SITUATIONS))
REGISTER = f"{LOCAL}register/profiles"
"""The register of the bodies that profiles add."""

CONFIDENCE = "derived"
"""How far the word of a profile on a body is confirmed."""

_DATE = NamedNode(XSD + "date")
_NAMED = ("systems", "documents", "bodies", "concerns")
_THINGS = ("body", "system", "document", "concern", "norm")


def quads(
    rows: Iterable[Resolved],
    *,
    systems: Iterable[System],
    uses: Iterable[Use],
    documents: Iterable[Document],
    bodies: Collection[Body],
) -> Iterator[Quad]:
    """Yield a situation as quads: its rows, and what the rest fills in; some come twice."""
    for row in rows:
        yield from _row(row)
    for use in uses:
        yield _quad(use.body, NS + "uses", NamedNode(use.system))
    for system in systems:
        for manager in system.managers:
            yield _quad(manager, NS + "manages", NamedNode(system.iri))
    for document in documents:
        for maker in document.makers:
            yield _quad(document.iri, NS + "madeBy", NamedNode(maker))
    if bodies:
        yield _quad(REGISTER, RDF + "type", NamedNode(NS + "Register"))
        yield _quad(REGISTER, NS + "registerKind", Literal("profiles"))
        yield _quad(REGISTER, NS + "confidence", NamedNode(NS + CONFIDENCE))
        for lang, label in register().label.items():
            yield _quad(REGISTER, SKOS + "prefLabel", Literal(label, language=lang))
    for body in bodies:
        yield from _entered(body)


def register(day: datetime.date | None = None) -> Register:
    """Return the register of the bodies that profiles add, as it is used from a day on."""
    return Register(
        id=REGISTER,
        kind="profiles",
        date=day or datetime.date.min,
        used_from=day or datetime.date.min,
        co_supervision="",
        label={"ja": "利用者が加えた機関", "en": "bodies added by profiles"},
        notes={},
        carried={},
        scope={},
        source="profiles",
        confidence=CONFIDENCE,
    )


def _row(row: Resolved) -> Iterator[Quad]:
    if row.node is None:
        first, second = row.table.columns
        subject = row.the(first.key)
        yield _quad(subject, NS + first.relation, NamedNode(row.the(second.key)))
        return
    assert row.table.kind is not None
    yield _quad(row.node, RDF + "type", NamedNode(NS + row.table.kind))
    for lang in ("ja", "en"):
        yield _quad(row.node, NS + "statedAt", Literal(row.place.words(lang), language=lang))
    if row.table.key != "about":
        yield _quad(row.node, NS + "statedIn", NamedNode(f"{LOCAL}profile/{row.profile}"))
    for column in row.table.columns:
        for value in row.values.get(column.key, ()):
            term = _term(column, value)
            if column.inverse:
                yield _quad(str(value), NS + column.relation, NamedNode(row.node))
            else:
                yield _quad(row.node, NS + column.relation, term)
    label = row.one("name") or row.one("layer") or row.one("title")
    if label is not None:
        yield _quad(row.node, SKOS + "prefLabel", Literal(label))
    if row.table.key in _NAMED:
        for key in {name_key(row.one(key) or "") for key in ("id", "name", "short", "number")}:
            if key:
                yield _quad(row.node, NS + "nameKey", Literal(key))


def _entered(body: Body) -> Iterator[Quad]:
    entry = f"{body.iri}/entry"
    yield _quad(entry, RDF + "type", NamedNode(NS + "RegisterEntry"))
    yield _quad(entry, NS + "entryOf", NamedNode(body.iri))
    yield _quad(entry, NS + "entryClass", NamedNode(body.kind))
    for lang in ("ja", "en"):
        yield _quad(entry, NS + "entryName", Literal(body.name, language=lang))
    yield _quad(entry, NS + "register", NamedNode(REGISTER))
    yield _quad(entry, NS + "confidence", NamedNode(NS + CONFIDENCE))
    yield _quad(entry, NS + "provenance", Literal(str(body.place)))
    for number, ministry in enumerate(body.ministries, 1):
        node = f"{body.iri}/supervision-{number}"
        yield _quad(node, RDF + "type", NamedNode(NS + "Supervision"))
        yield _quad(node, NS + "supervised", NamedNode(body.iri))
        for end in ("supervisingMinistry", "competentMinister"):
            yield _quad(node, NS + end, NamedNode(ministry))
        for flag, said in (("isPrimary", number == 1), ("jointForWholeBody", False)):
            yield _quad(node, NS + flag, Literal(said))
        yield _quad(node, NS + "register", NamedNode(REGISTER))
        yield _quad(node, NS + "confidence", NamedNode(NS + CONFIDENCE))
        yield _quad(node, NS + "provenance", Literal(str(body.place)))


def _term(column: Column, value: Value) -> NamedNode | Literal:
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, datetime.date):
        return Literal(value.isoformat(), datatype=_DATE)
    if column.form in _THINGS or column.form == "choice":
        return NamedNode(value)
    return Literal(value)


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, GRAPH)
