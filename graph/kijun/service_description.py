"""What the SPARQL endpoint says of itself: SPARQL 1.1 Service Description, for one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kijun.terms import RDF, RDFS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"

_ANSWERS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def description(
    endpoint: str, graphs: Iterable[str], notes: Sequence[tuple[str, str]], form: str
) -> bytes:
    """Return the description in a format, by its name in pyoxigraph.

    ``endpoint`` is the address it is reached at, ``graphs`` are the named graphs, ``notes`` what
    a reader of the graph should know first, each with its language.
    """
    triples = list(_triples(endpoint, graphs, notes))
    prefixes = {"sd": SD, "rdfs": RDFS, "formats": FORMATS}
    turtle = form == "TURTLE"
    return (
        pyoxigraph.serialize(
            triples, format=getattr(RdfFormat, form), prefixes=prefixes if turtle else None
        )
        or b""
    )


def _triples(
    endpoint: str, graphs: Iterable[str], notes: Sequence[tuple[str, str]]
) -> Iterator[Triple]:
    def term(name: str) -> NamedNode:
        return NamedNode(SD + name)

    kind = NamedNode(RDF + "type")
    here = NamedNode(endpoint)
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, kind, term("Service"))
    yield Triple(service, term("endpoint"), here)
    yield Triple(service, term("supportedLanguage"), term("SPARQL11Query"))
    yield Triple(service, term("feature"), term("UnionDefaultGraph"))
    for name in _ANSWERS:
        yield Triple(service, term("resultFormat"), NamedNode(FORMATS + name))
    for text, lang in notes:
        yield Triple(service, NamedNode(RDFS + "comment"), Literal(text, language=lang))
    yield Triple(service, term("defaultDataset"), dataset)
    yield Triple(dataset, kind, term("Dataset"))
    yield Triple(dataset, term("defaultGraph"), default)
    named = {iri: BlankNode(f"named{n}") for n, iri in enumerate(sorted(graphs), 1)}
    for node in named.values():
        yield Triple(dataset, term("namedGraph"), node)
    yield Triple(default, kind, term("Graph"))
    for iri, node in named.items():
        yield Triple(node, kind, term("NamedGraph"))
        yield Triple(node, term("name"), NamedNode(iri))
