"""The shapes that follow from the columns of a profile: required, how many, of which form.

They are made from ``ontology/profiles``, so that no rule about a column is written twice. As a
command: ``python -m kijun.column_shapes -o ontology/shapes/columns.ttl`` makes them again.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import rdflib
from rdflib import RDF, XSD, BNode, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kijun import turtle
from kijun.delivery import to_file
from kijun.profile_schema import TABLES, Column, Table
from kijun.terms import DCTERMS, ID, NS, OWL, SH

_NS = Namespace(NS)
_SH = Namespace(SH)
_SHAPE = Namespace(f"{ID}shape/")

_FORMS = {
    "date": ("日付", "a date"),
    "number": ("13桁の法人番号", "a corporate number of 13 digits"),
    "body": ("機関", "a body"),
    "system": ("システムの記号", "the mark of a system"),
    "document": ("文書の記号", "the mark of a document"),
    "concern": ("事項", "a concern"),
    "norm": ("規範の名前", "the name of a norm"),
}
_CLASSES = {
    "system": "InformationSystem",
    "document": "PlatformDocument",
    "concern": "Concern",
    "norm": "Norm",
}


def column_shapes() -> rdflib.Graph:
    """Return a node shape for each table and a property shape for each of its columns.

    A table without a kind has one statement a row, so only what its two ends are is said.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    home = URIRef(f"{ID}shapes/columns")
    graph.add((home, RDF.type, URIRef(f"{OWL}Ontology")))
    graph.add((home, URIRef(f"{OWL}imports"), URIRef(NS.removesuffix("#"))))
    for text, lang in (
        ("表の列が満たすべきこと", "ja"),
        ("What the columns of the tables must satisfy", "en"),
    ):
        graph.add((home, URIRef(f"{DCTERMS}title"), Literal(text, lang=lang)))
    for table in TABLES:
        shape = _SHAPE[table.key]
        graph.add((shape, RDF.type, _SH.NodeShape))
        if table.kind is None:
            column = table.columns[-1]
            graph.add((shape, _SH.targetSubjectsOf, _NS[column.relation]))
            _add_column(graph, table, column._replace(required=False, many=True))
        else:
            graph.add((shape, _SH.targetClass, _NS[table.kind]))
            for column in table.columns:
                _add_column(graph, table, column)
    return graph


def _add_column(graph: rdflib.Graph, table: Table, column: Column) -> None:
    shape = _SHAPE[f"{table.key}-{column.key}"]
    graph.add((_SHAPE[table.key], _SH.property, shape))
    graph.add((shape, RDF.type, _SH.PropertyShape))
    path: URIRef | BNode = _NS[column.relation]
    if column.inverse:
        path = BNode()
        graph.add((path, _SH.inversePath, _NS[column.relation]))
    graph.add((shape, _SH.path, path))
    if column.required:
        graph.add((shape, _SH.minCount, Literal(1)))
    if not column.many:
        graph.add((shape, _SH.maxCount, Literal(1)))
    _add_form(graph, shape, column)
    for text, lang in zip(_message(column), ("ja", "en"), strict=True):
        graph.add((shape, _SH.message, Literal(text, lang=lang)))


def _add_form(graph: rdflib.Graph, shape: URIRef, column: Column) -> None:
    match column.form:
        case "choice" if column.terms:
            codes = BNode()
            terms = dict.fromkeys(column.terms.values())
            Collection(graph, codes, [_NS[term] for term in terms])
            graph.add((shape, _SH["in"], codes))
        case "choice":
            graph.add((shape, _SH.datatype, XSD.boolean))
        case "number":
            graph.add((shape, _SH.pattern, Literal("^[0-9]{13}$")))
        case "date":
            graph.add((shape, _SH.datatype, XSD.date))
        case "text" | "id":
            graph.add((shape, _SH.datatype, XSD.string))
        case "body":
            graph.add((shape, _SH.nodeKind, _SH.IRI))
        case form:
            graph.add((shape, _SH["class"], _NS[_CLASSES[form]]))


def _message(column: Column) -> tuple[str, str]:
    """Say in both languages what a column takes."""
    ja, en = _FORMS.get(column.form, ("", ""))
    if column.form == "choice":
        ja = "か".join(f"「{word[0]}」" for word in column.words.values())
        en = "one of " + ", ".join(word[1] for word in column.words.values())
    what = f"「{column.ja}」には、{ja}を" if ja else f"「{column.ja}」は、"
    how, times = {
        (True, False): ("必ず一つ書く。", "exactly one value"),
        (True, True): ("一つ以上書く。", "one value or more"),
        (False, False): ("一つ書く。空でもよい。", "one value at most"),
        (False, True): ("いくつでも書ける。空でもよい。", "any number of values"),
    }[column.required, column.many]
    return what + how, f'"{column.en}" takes {times}{f": {en}" if en else ""}.'


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the shapes to a file."""
    parser = argparse.ArgumentParser(prog="python -m kijun.column_shapes")
    parser.add_argument("-o", "--output", required=True, metavar="FILE")
    output = parser.parse_args(arguments).output
    to_file(turtle.canonical(column_shapes()).encode(), output)


if __name__ == "__main__":
    main()
