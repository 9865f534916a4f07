"""The graph of the bodies, made from the tables in ``ontology/registers``.

``python -m kijun.registers -o ontology/facts/bodies.ttl`` writes bodies, offices, registers,
entries and supervision there, and the laws that establish the bodies beside it, in
``law-bodies.ttl``. The same tables give the same bytes. A legal person is one node, whatever its
names were; what a register says of it on its date is a node of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS
from rdflib.namespace import XSD as XML

from kijun import register_tables, supervision, turtle
from kijun.content import ONTOLOGY
from kijun.dates import Register
from kijun.errors import KijunError
from kijun.names import name_key
from kijun.register_tables import PRIME_MINISTER, Entry, Tables, Text, weakest
from kijun.supervision import Supervision
from kijun.terms import ID, NS

FOLDER = ONTOLOGY / "registers"
"""The tables that are shipped."""

_OFFICE = URIRef(ID + "office/prime-minister")
_PREFIXES = ("独立行政法人", "国立研究開発法人")
_FULL_NAME = {
    "MidTermAgency": _PREFIXES[0],
    "NationalResearchAgency": _PREFIXES[1],
    "ExecutiveAgency": _PREFIXES[0],
}
_SHORT_IN_BRACKETS = re.compile(r"(?P<long>.+) \((?P<short>[A-Za-z-]+)\)")


def bodies(tables: Tables, supervisions: Iterable[Supervision]) -> Graph:
    """Return the layer ``bodies``: registers, bodies, entries and edges of supervision."""
    graph = Graph(bind_namespaces="none")
    for register in tables.registers:
        _add_register(graph, register)
    by_body: dict[str, list[Entry]] = {}
    for entry in tables.entries:
        _add_entry(graph, tables, entry)
        by_body.setdefault(entry.body, []).append(entry)
    for body, entries in by_body.items():
        _add_body(graph, tables, body, entries)
    _add_prime_minister(graph, tables)
    for edge in supervisions:
        _add_supervision(graph, tables, edge)
    return graph


def laws(tables: Tables) -> Graph:
    """Return the laws that establish the bodies, for the layer ``law``."""
    graph = Graph(bind_namespaces="none")
    names: dict[str, dict[str, date]] = {}
    for entry in tables.entries:
        days = names.setdefault(entry.law, {})
        days[entry.law_name] = max(entry.register.date, days.get(entry.law_name, date.min))
    for law, days in names.items():
        node = URIRef(f"{ID}law/{law}")
        newest = max(days, key=lambda name: (days[name], name))
        graph.add((node, RDF.type, _term("Law")))
        graph.add((node, _term("lawId"), Literal(law)))
        graph.add((node, RDFS.seeAlso, URIRef(f"https://laws.e-gov.go.jp/law/{law}")))
        graph.add((node, _term("confidence"), _term(tables.laws.get(law, "found"))))
        for name in days:
            label = SKOS.prefLabel if name == newest else SKOS.altLabel
            graph.add((node, label, Literal(name, lang="ja")))
    return graph


def names_of(tables: Tables, entries: Sequence[Entry]) -> tuple[set[Literal], set[str]]:
    """Return the names of one legal person and the keys under which it is looked up.

    The keys also hold what nobody calls it but somebody may type: either kind of 独立行政法人 put
    before the name, and the number.
    """
    names: set[Literal] = set()
    keys = {entries[0].body} if entries[0].body.isdecimal() else set()
    for entry in entries:
        names.update(_texts(entry.name))
        short = _SHORT_IN_BRACKETS.fullmatch(entry.name.en)
        if short:
            names.update(Literal(part, lang="en") for part in short.groups())
        if entry.kind in _FULL_NAME and _PREFIXES[0] not in entry.name.ja:
            names.add(Literal(_FULL_NAME[entry.kind] + entry.name.ja, lang="ja"))
            keys.update(prefix + entry.name.ja for prefix in _PREFIXES)
    called = {entry.name.ja for entry in entries}
    names.update(
        Literal(alias, lang=lang) for name, alias, lang in tables.aliases if name in called
    )
    return names, {name_key(text) for text in (*keys, *names)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files; return 0, or 2 when a table is wrong."""
    parser = argparse.ArgumentParser(prog="python -m kijun.registers", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--tables", type=Path, default=FOLDER, metavar="FOLDER")
    given = parser.parse_args(arguments)
    try:
        tables = register_tables.read(given.tables)
        graph = bodies(tables, supervision.read(given.tables, tables))
        turtle.write(given.output, graph)
        turtle.write(given.output.with_name("law-bodies.ttl"), laws(tables))
    except KijunError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


def _add_register(graph: Graph, register: Register) -> None:
    node = _register(register)
    graph.add((node, RDF.type, _term("Register")))
    graph.add((node, _term("registerKind"), Literal(register.kind)))
    graph.add((node, _term("registerDate"), Literal(register.date.isoformat(), datatype=XML.date)))
    graph.add((node, _term("usedFrom"), Literal(register.used_from.isoformat(), datatype=XML.date)))
    graph.add((node, _term("confidence"), _term(register.confidence)))
    graph.add((node, _term("provenance"), Literal(register.source)))
    for predicate, texts in (
        (SKOS.prefLabel, register.label),
        (SKOS.note, register.notes),
        (SKOS.note, register.carried),
        (SKOS.scopeNote, register.scope),
    ):
        for lang, text in texts.items():
            graph.add((node, predicate, Literal(text, lang=lang)))


def _add_body(graph: Graph, tables: Tables, body: str, entries: Sequence[Entry]) -> None:
    node = _body(body)
    names, keys = names_of(tables, entries)
    newest = max(entries, key=lambda entry: entry.register.date)
    graph.add((node, RDF.type, _term("Body")))
    if body.isdecimal():
        graph.add((node, _term("corporateNumber"), Literal(body)))
    # Which name is preferred depends on the day; the derived graph says so for each state.
    _add_names(graph, node, set(), names.union(_texts(newest.name)), keys)


def _add_prime_minister(graph: Graph, tables: Tables) -> None:
    name = Text(PRIME_MINISTER, "Prime Minister")
    newest = [register.id for register in tables.registers if register.kind == "ministry"][-1]
    role = tables.roles[newest, PRIME_MINISTER]
    aliases = {Literal(a, lang=lang) for n, a, lang in tables.aliases if n == PRIME_MINISTER}
    keys = {name_key(text) for text in (*name, *aliases)}
    graph.add((_OFFICE, RDF.type, _term("Office")))
    _add_names(graph, _OFFICE, set(_texts(name)), aliases, keys)
    graph.add((_OFFICE, _term("answersThrough"), _body(tables.identity[role.through])))
    graph.add((_OFFICE, _term("confidence"), _term(role.confidence)))
    graph.add((_OFFICE, _term("provenance"), Literal(role.source)))
    _add_readings(graph, _OFFICE, role.reading, role.alternative)


def _add_entry(graph: Graph, tables: Tables, entry: Entry) -> None:
    node = URIRef(f"{ID}entry/{entry.register.id}/{entry.body}")
    role = entry.role
    graph.add((node, RDF.type, _term("RegisterEntry")))
    graph.add((node, _term("entryOf"), _body(entry.body)))
    graph.add((node, _term("register"), _register(entry.register)))
    graph.add((node, _term("entryClass"), _term(entry.kind)))
    graph.add((node, _term("row"), Literal(entry.row)))
    graph.add((node, _term("establishedBy"), _law(entry.law)))
    graph.add((node, _term("provenance"), Literal(entry.source)))
    for name in _texts(entry.name):
        graph.add((node, _term("entryName"), name))
    if entry.articles:
        graph.add((node, _term("articles"), Literal(entry.articles, lang="ja")))
    sure = entry.confidence
    if role:
        # An answer for an organ rests on the row and on what the organ is to the guideline.
        sure = weakest(sure, role.confidence)
        graph.add((node, _term("provenance"), Literal(role.source)))
        _add_readings(graph, node, role.reading, role.alternative)
        if role.through:
            graph.add((node, _term("answersThrough"), _body(tables.identity[role.through])))
    graph.add((node, _term("confidence"), _term(sure)))


def _add_supervision(graph: Graph, tables: Tables, edge: Supervision) -> None:
    entry = edge.entry
    minister = _OFFICE if edge.minister == PRIME_MINISTER else _body(tables.identity[edge.minister])
    local = str(minister).rpartition("/")[2]
    node = URIRef(f"{ID}supervision/{entry.register.id}/{entry.body}/{local}")
    graph.add((node, RDF.type, _term("Supervision")))
    graph.add((node, _term("register"), _register(entry.register)))
    graph.add((node, _term("supervised"), _body(entry.body)))
    graph.add((node, _term("competentMinister"), minister))
    graph.add((node, _term("supervisingMinistry"), _body(tables.identity[edge.ministry])))
    graph.add((node, _term("isPrimary"), Literal(edge.primary)))
    graph.add((node, _term("jointForWholeBody"), Literal(edge.whole_body)))
    graph.add((node, _term("law"), _law(entry.law)))
    graph.add((node, _term("confidence"), _term(edge.confidence)))
    for source in edge.sources:
        graph.add((node, _term("provenance"), Literal(source)))
    if edge.business:
        graph.add((node, _term("business"), Literal(edge.business, lang="ja")))
    if edge.article:
        graph.add((node, _term("article"), Literal(edge.article, lang="ja")))
    for note in _texts(edge.note):
        graph.add((node, SKOS.note, note))
    _add_readings(graph, node, edge.reading, edge.alternative)


def _add_names(
    graph: Graph, node: URIRef, preferred: set[Literal], names: set[Literal], keys: set[str]
) -> None:
    for name in preferred | names:
        graph.add((node, SKOS.prefLabel if name in preferred else SKOS.altLabel, name))
    for key in keys:
        graph.add((node, _term("nameKey"), Literal(key)))


def _add_readings(graph: Graph, node: URIRef, reading: Text, alternative: Text) -> None:
    """Say how a point was read, and in the same breath how else it may be."""
    joined = Text(reading.ja + alternative.ja, f"{reading.en} {alternative.en}".strip())
    for text in _texts(joined):
        graph.add((node, _term("interpretation"), text))


def _texts(text: Text) -> list[Literal]:
    return [Literal(value, lang=lang) for lang, value in text._asdict().items() if value]


def _term(name: str) -> URIRef:
    return URIRef(NS + name)


def _body(local: str) -> URIRef:
    return URIRef(f"{ID}body/{local}")


def _register(register: Register) -> URIRef:
    return URIRef(f"{ID}register/{register.id}")


def _law(law: str) -> URIRef:
    return URIRef(f"{ID}law/{law}")


if __name__ == "__main__":
    sys.exit(main())
