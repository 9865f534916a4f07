"""A profile as RDF: its rows as things of the ontology, in any form that is read.

A row of a node table is a thing under ``urn:kijun:local:`` whose class is the table's ``kind``; a
row of a pair table is one triple. A body that the registers know is its IRI there; every other one
is a thing of the profile's own, so that it can be the subject of what it operates or uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kijun.delivery import to_file
from kijun.lines import visible
from kijun.local_names import local_iri
from kijun.names import name_key
from kijun.profile import Profile, Row, several
from kijun.profile_schema import TABLES, TERMS, WORDS, Column, Table
from kijun.sections import slug
from kijun.terms import ID, LOCAL, NS, RDF, XSD, curie, expand

_TYPE = NamedNode(RDF + "type")
_DATE, _BOOLEAN = NamedNode(XSD + "date"), NamedNode(XSD + "boolean")
LOCAL_KINDS = {"bodies": "body", "systems": "system", "documents": "document"} | {
    "concerns": "concern",
    "about": "profile",
}
"""What a thing of a table is called in its IRI, where that is not the table's key."""

Term = NamedNode | Literal
Find = Callable[[str], str | None]
"""Returns the IRI of the body that a name means, or None."""


def write_rdf(profile: Profile, path: Path, find: Find = lambda _: None) -> None:
    """Write a profile as Turtle, JSON-LD, N-Triples or RDF/XML, by the ending of the file.

    Raises:
        BadInput: the file cannot be written.
    """
    triples = list(profile_triples(profile, find))
    notes = [f"取扱い：{visible(profile.marking)}"] if profile.marking else []
    match path.suffix.lower():
        case ".ttl":
            data = _turtle(triples, notes)
        case ".nt" | ".rdf" as ending:
            # Neither has a place for notes that every reader keeps; the marking is in the triples.
            form = RdfFormat.N_TRIPLES if ending == ".nt" else RdfFormat.RDF_XML
            data = serialize(triples, format=form) or b""
        case _:
            from kijun.jsonld import document

            data = document(triples, notes, as_given=True)
    to_file(data, path)


def profile_triples(profile: Profile, find: Find = lambda _: None) -> Iterator[Triple]:
    """Yield what a profile says, row by row."""
    writer = _Writer(profile, find)
    for table in TABLES:
        for row in profile.table(table.key):
            if table.kind is None:
                yield from writer.pair(table, row)
            else:
                yield from writer.thing(table, row)


def _turtle(triples: list[Triple], notes: list[str]) -> bytes:
    used = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    prefixes = {"kijun": NS, "xsd": XSD, "body": f"{ID}body/", "norm": f"{ID}norm/"}
    for table in TABLES:
        kind = LOCAL_KINDS.get(table.key, table.key)
        prefixes[f"own-{kind}"] = f"{LOCAL}{kind}/"
    kept = {
        name: start
        for name, start in prefixes.items()
        if name == "xsd" or any(iri.startswith(start) for iri in used)
    }
    data = serialize(triples, format=RdfFormat.TURTLE, prefixes=kept)
    assert data is not None
    head = "".join(f"# {line}\n" for note in notes for line in note.splitlines())
    lines = data.decode().splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("@prefix "))
    lines[:start] = sorted(lines[:start])
    # A thing begins where a line is not indented.
    parts = [f"\n{line}" if line[:1] not in ("\t", "@", "") else line for line in lines]
    return (head + "\n".join(parts) + "\n").encode()


class _Writer:
    def __init__(self, profile: Profile, find: Find) -> None:
        self.find = find
        self.own = own_names(profile)
        self.concerns = {name_key(row.get("name")): row for row in profile.table("concerns")}
        self.uses: Counter[str] = Counter()

    def pair(self, table: Table, row: Row) -> Iterator[Triple]:
        first, second = table.columns
        ends = [self.terms(column, row.get(column.key)) for column in (first, second)]
        for subject in ends[0]:
            for value in ends[1]:
                if isinstance(subject, NamedNode):
                    yield Triple(subject, NamedNode(NS + second.relation), value)

    def thing(self, table: Table, row: Row) -> Iterator[Triple]:
        node = self.node(table, row)
        yield Triple(node, _TYPE, NamedNode(NS + str(table.kind)))
        turned = []
        for column in table.columns:
            relation = NamedNode(NS + column.relation)
            for term in self.terms(column, row.get(column.key)):
                if not column.inverse:
                    yield Triple(node, relation, term)
                elif isinstance(term, NamedNode):
                    turned.append(Triple(term, relation, node))
        yield from turned

    def node(self, table: Table, row: Row) -> NamedNode:
        """Return the IRI of a row, by what tells it apart; a second one alike is counted."""
        parts = [row.get(key) for key in table.identity]
        while parts and not parts[-1]:
            parts.pop()
        iri = local_iri(LOCAL_KINDS.get(table.key, table.key), *parts)
        self.uses[iri] += 1
        number = self.uses[iri]
        return NamedNode(iri if number == 1 else f"{iri}/{number}")

    def terms(self, column: Column, cell: str) -> list[Term]:
        values = several(cell) if column.many else (cell,) if cell else ()
        return [self.term(column, value) for value in values]

    def term(self, column: Column, value: str) -> Term:
        match column.form:
            case "body":
                return NamedNode(self.body(value))
            case "system":
                return NamedNode(local_iri("system", value))
            case "document":
                return NamedNode(local_iri("document", value))
            case "concern":
                return self.concern(value)
            case "norm":
                return norm_term(value)
            case "date" if len(value) == 10:
                return Literal(value, datatype=_DATE)
            case "choice" if set(column.words) == {"yes", "no"} and value in column.words:
                return Literal("true" if value == "yes" else "false", datatype=_BOOLEAN)
            case "choice" if value in column.terms:
                return NamedNode(NS + column.terms[value])
        return Literal(value)

    def body(self, name: str) -> str:
        own = self.own.get(name) or self.own.get(name_key(name))
        if own is not None:
            return local_iri("body", own)
        iri = expand(name)
        if iri.startswith((ID, NS)):
            return iri
        return self.find(name) or local_iri("body", name)

    def concern(self, name: str) -> Term:
        key = name_key(name)
        for code, words in WORDS["concerns"].items():
            if key in (name_key(code), *map(name_key, words)):
                return NamedNode(NS + TERMS["concerns"][code])
        row = self.concerns.get(key)
        if row is None:
            return Literal(name)
        parts = [part for part in (row.get("name"), row.get("platform")) if part]
        return NamedNode(local_iri("concern", *parts))


def own_names(profile: Profile) -> dict[str, str]:
    """Return the bodies of a profile's own: its name by name, by the key of it, and by short name.

    What is a name already stays as it is, so that to write again what was read changes nothing.
    """
    rows = profile.table("bodies")
    found = {
        name_key(name): row.get("name")
        for key in ("short", "name")
        for row in rows
        if name_key(name := row.get(key))
    }
    return found | {row.get("name"): row.get("name") for row in rows if row.get("name")}


def norm_term(name: str) -> Term:
    """Return the IRI of a norm by its name, or the name where it has not the form of one.

    >>> norm_term("6(4)-2a").value, norm_term("6(4)").value
    ('https://w3id.org/kijun/id/norm/6-4-2a', '6(4)')
    """
    section, dash, rest = name.rpartition("-")
    if dash and rest[:-1].isdecimal() and rest.isascii() and rest[-1].isalpha():
        try:
            return NamedNode(f"{ID}norm/{slug(section)}-{rest}")
        except ValueError:
            pass
    return NamedNode(expand(name)) if curie(expand(name)).startswith("id:norm/") else Literal(name)
