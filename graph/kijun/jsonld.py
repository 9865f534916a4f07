"""JSON-LD that people can read: short keys, one object a thing, the same bytes for the same graph.

The context is ``ontology/context.jsonld`` and stands in every file, so nothing is fetched to read
it back. A key is the local name of a property; how its values are written follows from what the
graph holds: a term of kijun is its local name (``"force": "must"``), another thing a short IRI,
texts are by language, dates strings, numbers and truth values plain JSON. What does not fit that
is written out under the property's short IRI, so no triple is ever changed or lost.

As a command: ``python -m kijun.jsonld -o ontology/context.jsonld`` makes the context again.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kijun.content import ONTOLOGY
from kijun.delivery import to_file
from kijun.errors import BadInput
from kijun.terms import NS, OWL, PREFIXES, RDF, XSD, curie, expand

NOTES = "notes"
"""The key of what the file must say first; the context makes readers of triples pass over it."""

_TYPE = RDF + "type"
_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_OBJECT_PROPERTY = NamedNode(OWL + "ObjectProperty")
_PROPERTIES = {
    _OBJECT_PROPERTY,
    NamedNode(OWL + "DatatypeProperty"),
    NamedNode(OWL + "AnnotationProperty"),
}
_NATIVE = {XSD + "integer", XSD + "boolean", XSD + "string"}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")

Node = NamedNode | BlankNode
Context = Mapping[str, Any]


def bundled() -> dict[str, Any]:
    """Return the context that stands in every file."""
    text = (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


def document(
    triples: Iterable[Triple], notes: Sequence[str] = (), *, as_given: bool = False
) -> bytes:
    """Return triples as JSON-LD, after the notes and the context.

    Things are sorted by IRI, or stand in the order in which they come where ``as_given`` is set.

    Raises:
        BadInput: a blank node is used twice or in a circle.
    """
    context = bundled()
    things = _Writer(triples, context, as_given).things()
    head = {NOTES: list(notes)} if notes else {}
    parts = [*_lines(head), f'"@context": {_object(context)}']
    # One property a line keeps a diff small.
    parts.append('"@graph": [\n' + ",\n".join(_object(thing) for thing in things) + "\n]")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _object(thing: Mapping[str, Any]) -> str:
    return "{\n " + ",\n ".join(_lines(thing)) + "\n}"


def _lines(thing: Mapping[str, Any]) -> list[str]:
    return [f"{_json(key)}: {_json(value)}" for key, value in thing.items()]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Writer:
    def __init__(self, triples: Iterable[Triple], context: Context, as_given: bool) -> None:
        self.context = context
        self.as_given = as_given
        self.about: dict[Node, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.uses: dict[BlankNode, int] = defaultdict(int)
        self.written: set[BlankNode] = set()
        self.keys = {
            expand(definition["@id"] if isinstance(definition, dict) else definition): key
            for key, definition in context.items()
            if definition is not None and key[0] != "@" and key not in PREFIXES
        }
        for triple in triples:
            subject = triple.subject
            assert isinstance(subject, (NamedNode, BlankNode))
            self.about[subject][triple.predicate.value].append(triple.object)
            if isinstance(triple.object, BlankNode):
                self.uses[triple.object] += 1

    def things(self) -> list[dict[str, Any]]:
        named = [node.value for node in self.about if isinstance(node, NamedNode)]
        if not self.as_given:
            named.sort()
        found = [{"@id": curie(iri), **self._thing(NamedNode(iri))} for iri in named]
        tops = [n for n in self.about if isinstance(n, BlankNode) and not self.uses[n]]
        found += sorted((self._blank(node) for node in tops), key=_json)
        if len(self.written) < sum(isinstance(node, BlankNode) for node in self.about):
            raise BadInput(
                "a blank node is used twice or in a circle, which JSON-LD here does not write; "
                "give it an IRI"
            )
        return found

    def _blank(self, node: BlankNode) -> dict[str, Any]:
        if node in self.written:
            raise BadInput("a blank node is used twice, which JSON-LD here does not write")
        self.written.add(node)
        return self._thing(node)

    def _thing(self, node: Node) -> dict[str, Any]:
        about = self.about[node]
        kinds = sorted(self._term(kind.value) for kind in about.get(_TYPE, ()))
        made: dict[str, Any] = {"@type": _one(kinds)} if kinds else {}
        rest: dict[str, Any] = {}
        for predicate, values in about.items():
            if predicate == _TYPE:
                continue
            key = self.keys.get(predicate, curie(predicate))
            definition = self.context.get(key)
            by_language = isinstance(definition, dict) and "@container" in definition
            if by_language and all(isinstance(v, Literal) and v.language for v in values):
                rest[key] = _languages(values)
            else:
                if by_language:
                    key, definition = curie(predicate), None
                kind = definition.get("@type") if isinstance(definition, dict) else None
                made_of = [self._value(value, kind) for value in values]
                rest[key] = _one(made_of if self.as_given else sorted(made_of, key=_json))
        return made | dict(sorted(rest.items()))

    def _value(self, term: Any, kind: str | None) -> Any:
        if isinstance(term, BlankNode):
            return self._list(term)
        if isinstance(term, NamedNode):
            return self._term(term.value) if kind == "@vocab" else {"@id": curie(term.value)}
        assert isinstance(term, Literal)
        if term.language:
            return {"@language": term.language, "@value": term.value}
        datatype = term.datatype.value
        plain: Any = None
        if datatype == XSD + "integer" and _INTEGER.fullmatch(term.value):
            plain = int(term.value)
        elif datatype == XSD + "boolean" and term.value in ("true", "false"):
            plain = term.value == "true"
        elif datatype == XSD + "string":
            plain = term.value
        if plain is not None:
            return plain if kind is None else {"@value": plain}
        if kind == curie(datatype):
            return term.value
        return {"@type": curie(datatype), "@value": term.value}

    def _list(self, node: BlankNode) -> dict[str, Any]:
        """Return a blank node in its place, a list as a list."""
        items: list[Any] = []
        at: Any = node
        while isinstance(at, BlankNode) and self.about[at].keys() == {_FIRST, _REST}:
            first, rest = self.about[at][_FIRST], self.about[at][_REST]
            if len(first) > 1 or len(rest) > 1 or at in self.written or self.uses[at] > 1:
                break
            self.written.add(at)
            items.append(self._value(first[0], None))
            at = rest[0]
        if not items:
            return self._blank(node)
        if at != NamedNode(_NIL):
            raise BadInput("a list of the graph does not end; mend rdf:rest")
        return {"@list": items}

    def _term(self, iri: str) -> str:
        """Return a term of kijun by its local name where that can mean nothing else."""
        local = iri.removeprefix(NS)
        if local == iri or not _NAME.fullmatch(local):
            return curie(iri)
        return local if local not in self.context or self.keys.get(iri) == local else curie(iri)


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _languages(values: Iterable[Literal]) -> dict[str, Any]:
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        found[str(value.language)].append(value.value)
    return {language: _one(sorted(texts)) for language, texts in sorted(found.items())}


def context_of(triples: Iterable[Triple]) -> dict[str, Any]:
    """Return the context for a graph: how each property that it uses or declares is written."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        predicate, subject, value = triple.predicate.value, triple.subject, triple.object
        if predicate == _TYPE and value in _PROPERTIES and isinstance(subject, NamedNode):
            kinds[subject.value].update({"@vocab"} if value == _OBJECT_PROPERTY else ())
        if predicate not in (_TYPE, _FIRST, _REST):
            kinds[predicate].add(_kind(value))
    made: dict[str, Any] = {"@vocab": NS, **PREFIXES, NOTES: None}
    for iri in sorted(kinds, key=lambda iri: (not iri.startswith(NS), iri)):
        local = re.split("[#/]", iri)[-1]
        key = curie(iri) if local in made else local
        found = kinds[iri] - {"@native"}
        kind = found.pop() if len(found) == 1 and kinds[iri] == found else None
        if kind == "@language":
            made[key] = {"@id": curie(iri), "@container": kind}
        else:
            made[key] = {"@id": curie(iri), "@type": kind} if kind else curie(iri)
    return made


def _kind(term: object) -> str:
    if not isinstance(term, Literal):
        return "@vocab"
    if term.language:
        return "@language"
    datatype = term.datatype.value
    return "@native" if datatype in _NATIVE else curie(datatype)


def made_context() -> bytes:
    """Return the content of ``ontology/context.jsonld``, made from the graph of the first day."""
    from kijun.dates import DEFAULT_DAY, state_at
    from kijun.derivation import quads

    state = state_at(DEFAULT_DAY)
    assert state is not None
    context = context_of(quad.triple for quad in quads(state))
    return f'{{"@context": {_object(context)}}}\n'.encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the context to a file."""
    parser = argparse.ArgumentParser(prog="python -m kijun.jsonld")
    parser.add_argument("-o", "--output", required=True, metavar="FILE")
    to_file(made_context(), parser.parse_args(arguments).output)


if __name__ == "__main__":
    main()
