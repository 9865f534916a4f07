"""A profile from RDF: Turtle, N-Triples, JSON-LD or RDF/XML.

Nothing is fetched: a remote JSON-LD context is refused (but for the bundled one, by its address),
as are relative IRIs, which could mean anything, and a DOCTYPE in RDF/XML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kijun.errors import BadInput
from kijun.jsonld import bundled
from kijun.local_names import local_parts
from kijun.profile import Finding, Place, Profile, Reading, Row
from kijun.profile_cells import text_of
from kijun.profile_faults import fault, nearest
from kijun.profile_schema import TABLES, TERMS, Column, Table
from kijun.saying import listing, worded
from kijun.sections import notation
from kijun.sheets import Cell
from kijun.terms import ID, NS, OWL, RDF, XSD, curie

CONTEXT = "https://w3id.org/kijun/context.jsonld"
"""The address by which a JSON-LD file may name the bundled context; nothing is fetched."""

LARGEST = 20_000_000
MOST_TRIPLES = 200_000
_DEEPEST = 40

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
_TYPE = RDF + "type"
_INEXACT = {XSD + name for name in ("decimal", "double", "float")}
_DAYS = {XSD + name for name in ("date", "dateTime")}
_NORM = re.compile(r"(.+)-([0-9]+[a-z])")
_KINDS = {NS + table.kind: table for table in TABLES if table.kind}
_TURNED = {c.relation for t in TABLES for c in t.columns if c.inverse or t.kind is None}
"""The properties whose subject need not be a row: it may be a body, or a system elsewhere."""

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple


def read_rdf(path: Path, shown: str) -> Reading:
    """Return the profile in an RDF file.

    Raises:
        BadInput: no sound RDF, one that leads elsewhere, nothing of a profile in it, or a limit.
    """
    if path.stat().st_size > LARGEST:
        raise BadInput(
            worded(
                "{shown}: larger than {largest} MB; split it",
                shown=shown,
                largest=LARGEST // 1_000_000,
            )
        )
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    form = _FORMATS.get(path.suffix.lower(), RdfFormat.RDF_XML)
    if form == RdfFormat.RDF_XML:
        _refuse_doctype(data, shown)
    if form == RdfFormat.JSON_LD:
        data = _with_bundled_context(data, shown)
    graph = _Graph(_triples(data, form, shown), shown)
    rows = {table.key: tuple(graph.rows(table)) for table in TABLES}
    graph.note_the_unread()
    if not any(rows.values()):
        known = listing(curie(kind) for kind in _KINDS)
        raise BadInput(
            worded(
                "{shown}: nothing of a profile in this file; its things are {known}",
                shown=shown,
                known=known,
            )
        )
    return Reading(Profile(shown, rows), tuple(graph.findings))


def _refuse_doctype(data: bytes, shown: str) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:100]:
        raise BadInput(worded("{shown}: encoded in UTF-16; save it as UTF-8", shown=shown))
    if b"<!doctype" in data.lower():
        raise BadInput(
            worded("{shown}: it has a DOCTYPE, which is not read; take it out", shown=shown)
        )


def _with_bundled_context(data: bytes, shown: str) -> bytes:
    try:
        document = json.loads(data, object_pairs_hook=_once)
        return json.dumps(_local(document, shown, 0)).encode()
    except RecursionError:
        raise BadInput(
            worded("{shown}: nested too deeply; write things beside one another", shown=shown)
        ) from None
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            worded("{shown}: no sound JSON ({error}); mend it", shown=shown, error=error)
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; where a key comes twice, one of the two would be lost."""
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1)
        raise ValueError(worded('the key "{key}" comes twice in one object', key=twice[:40]))
    return made


def _local(value: Any, shown: str, depth: int) -> Any:
    """Return JSON-LD with the bundled context in place of its address, and no other address."""
    if depth > _DEEPEST:
        raise BadInput(
            worded("{shown}: nested too deeply; write things beside one another", shown=shown)
        )
    if isinstance(value, list):
        return [_local(item, shown, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, item in value.items():
        if key == "@context":
            made[key] = _context(item, shown)
        elif key == "@import":
            raise _remote(item, shown)
        else:
            made[key] = _local(item, shown, depth + 1)
    return made


def _context(value: Any, shown: str) -> Any:
    if isinstance(value, list):
        return [_context(item, shown) for item in value]
    if isinstance(value, str):
        if value != CONTEXT:
            raise _remote(value, shown)
        return bundled()
    return _local(value, shown, _DEEPEST - 5)


def _remote(address: object, shown: str) -> BadInput:
    return BadInput(
        worded(
            '{shown}: the context "{address}" would have to be fetched, which is not '
            "done; write it into the file, or name {context}",
            shown=shown,
            address=str(address)[:80],
            context=CONTEXT,
        )
    )


def _triples(data: bytes, form: RdfFormat, shown: str) -> Iterator[Triple]:
    try:
        for number, quad in enumerate(parse(data, format=form)):
            if number >= MOST_TRIPLES:
                raise BadInput(
                    worded(
                        "{shown}: more than {most_triples} statements; split the profile",
                        shown=shown,
                        most_triples=MOST_TRIPLES,
                    )
                )
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        why = " ".join(str(error).split())
        raise BadInput(
            worded("{shown}: no sound RDF ({why}); write whole IRIs", shown=shown, why=why)
            if "No scheme" in why
            else worded("{shown}: no sound RDF ({why}); mend it", shown=shown, why=why)
        ) from error


class _Statement(NamedTuple):
    predicate: str
    value: Term


class _Graph:
    def __init__(self, triples: Iterable[Triple], shown: str) -> None:
        self.shown = shown
        self.findings: list[Finding] = []
        self.about: dict[Node, list[_Statement]] = {}
        self.into: dict[tuple[str, Term], list[Node]] = {}
        self.pairs: dict[str, list[tuple[Node, Term]]] = {}
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate.value, triple.object
            assert isinstance(subject, (NamedNode, BlankNode))
            self.about.setdefault(subject, []).append(_Statement(predicate, value))
            self.into.setdefault((predicate, value), []).append(subject)
            self.pairs.setdefault(predicate, []).append((subject, value))
        self.kinds = {
            node: _KINDS[said.value.value]
            for node, statements in self.about.items()
            for said in statements
            if said.predicate == _TYPE
            and isinstance(said.value, NamedNode)
            and said.value.value in _KINDS
        }
        self.called: dict[Node, str] = {}
        for node, table in self.kinds.items():
            self.called[node] = self._name(node, table)

    def _name(self, node: Node, table: Table) -> str:
        """Return how cells refer to a thing: by its mark, or by its name."""
        key = "mark" if any(column.form == "id" for column in table.columns) else "name"
        found = [said.value for said in self.about[node] if said.predicate == NS + key]
        if found and isinstance(found[0], Literal):
            return found[0].value
        return self._tail(node)

    def _tail(self, node: Node) -> str:
        if isinstance(node, BlankNode):
            return ""
        parts = local_parts(node.value)
        return parts[1][0] if parts and parts[1] else node.value

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table in the order of the file."""
        if table.kind is None:
            first, second = table.columns
            for subject, value in self.pairs.get(NS + second.relation, ()):
                place = self._place(subject)
                cells = self._cells(place, [(first, [subject]), (second, [value])])
                if cells:
                    yield Row(cells, place)
            return
        for node, kind in self.kinds.items():
            if kind is table:
                place = self._place(node)
                cells = self._cells(place, [(c, self._values(node, c)) for c in table.columns])
                yield Row(self._named(cells, table, node), place)

    def _named(self, cells: dict[str, str], table: Table, node: Node) -> dict[str, str]:
        """Return the cells with a mark taken from the IRI, where none was written."""
        for column in table.columns:
            if column.form == "id" and column.key not in cells and self.called[node]:
                return {column.key: self.called[node], **cells}
        return cells

    def _place(self, node: Node) -> Place:
        name = curie(node.value) if isinstance(node, NamedNode) else "[]"
        return Place(self.shown, node=name)

    def _values(self, node: Node, column: Column) -> list[Term]:
        relation = NS + column.relation
        if column.inverse:
            return list(dict.fromkeys(self.into.get((relation, node), [])))
        found = [said.value for said in self.about[node] if said.predicate == relation]
        return list(dict.fromkeys(found))

    def _cells(self, place: Place, found: Iterable[tuple[Column, list[Term]]]) -> dict[str, str]:
        cells = {}
        for column, terms in found:
            here = place._replace(column=f"kijun:{column.relation}")
            values = terms if column.many else _in_japanese(terms)
            if len(values) > 1 and not column.many:
                self.findings.append(fault("several-values", here, text=here.column))
                continue
            texts = [self._text(term, column, here) for term in values]
            if joined := "、".join(text for text in texts if text):
                cells[column.key] = joined
        return cells

    def _text(self, term: Term, column: Column, place: Place) -> str:
        cell = self._cell(term, column)
        if cell is None:
            shown = getattr(term, "value", str(term))
            self.findings.append(fault("bad-value", place, text=shown))
            return ""
        text, wrong = text_of(cell, column, place)
        self.findings += wrong
        return text

    def _cell(self, term: Term, column: Column) -> Cell | None:
        if isinstance(term, Literal):
            kind = term.datatype.value
            if kind in _INEXACT:
                return Cell(1, "number", term.value, curie(kind))
            if kind == XSD + "boolean":
                return Cell(1, "truth", "1" if term.value in ("true", "1") else "0")
            if kind in _DAYS:
                return Cell(1, "date", term.value)
            return Cell(1, "text", term.value)
        if isinstance(term, Triple):
            return None
        text = self._reference(term, column)
        return Cell(1, "text", text) if text else None

    def _reference(self, node: Node, column: Column) -> str:
        if node in self.called and column.form in ("body", "system", "document", "concern"):
            return self.called[node]
        if isinstance(node, BlankNode) or column.form in ("id", "date", "number"):
            return ""
        iri = node.value
        local = iri.removeprefix(NS)
        if column.form == "choice":
            return _code(column.terms, local) or ""
        if column.form == "concern" and (code := _code(TERMS["concerns"], local)):
            return code
        if column.form == "norm" and iri.startswith(f"{ID}norm/"):
            return _norm_name(iri.removeprefix(f"{ID}norm/"))
        parts = local_parts(iri)
        return parts[1][0] if parts and parts[1] else curie(iri)

    def note_the_unread(self) -> None:
        """Say which things and which of their properties were not read."""
        for node, statements in self.about.items():
            table = self.kinds.get(node)
            place = self._place(node)
            if table is not None:
                self._unread_properties(table, statements, place)
                continue
            classes = [said.value for said in statements if said.predicate == _TYPE]
            named = [c.value for c in classes if isinstance(c, NamedNode)]
            for name in named:
                if not name.startswith(OWL):
                    self.findings.append(_unknown_class(name, place))
            own = {s.predicate for s in statements if s.predicate.startswith(NS)}
            if not named and own - {NS + name for name in _TURNED}:
                known = listing(curie(kind) for kind in _KINDS)
                self.findings.append(fault("untyped-node", place, known=known))

    def _unread_properties(
        self, table: Table, statements: Iterable[_Statement], place: Place
    ) -> None:
        own = [column.relation for column in table.columns if not column.inverse]
        read = {NS + name for name in (*own, *_TURNED)} | {_TYPE}
        for predicate in dict.fromkeys(s.predicate for s in statements):
            if predicate not in read:
                text = curie(predicate)
                near = nearest(text, [f"kijun:{name}" for name in own])
                known = ", ".join(f"kijun:{name}" for name in own)
                self.findings.append(
                    fault("unknown-property", place, text=text, known=known)
                    if near is None or not predicate.startswith(NS)
                    else fault("misspelt-property", place, text=text, near=near)
                )


def _in_japanese(terms: list[Term]) -> list[Term]:
    """Return the Japanese one of several texts that differ in language alone."""
    languages = [term.language if isinstance(term, Literal) else None for term in terms]
    if len(terms) > 1 and len(set(languages)) == len(terms) and None not in languages:
        return [terms[languages.index("ja")] if "ja" in languages else terms[0]]
    return terms


def _code(terms: Mapping[str, str], local: str) -> str | None:
    return next((code for code, term in terms.items() if term == local), None)


def _norm_name(local: str) -> str:
    found = _NORM.fullmatch(local)
    try:
        return f"{notation(found[1])}-{found[2]}" if found else f"id:norm/{local}"
    except BadInput:
        return f"id:norm/{local}"


def _unknown_class(name: str, place: Place) -> Finding:
    text = curie(name)
    kinds = [curie(kind) for kind in _KINDS]
    near = nearest(text, kinds) if name.startswith(NS) else None
    if near is not None:
        return fault("misspelt-class", place, text=text, near=near)
    return fault("unknown-class", place, text=text, known=", ".join(kinds))
