"""The whole graph as an rdflib Dataset whose queries never leave this machine.

rdflib itself fetches what SERVICE, LOAD and FROM name. Here such a query is refused; all the
rest of rdflib is as always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from kijun.errors import BadInput
from kijun.query_text import read_query
from kijun.saying import worded
from kijun.terms import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple
    from rdflib.query import Result

_FETCHING = {
    "ServiceGraphPattern": "SERVICE",
    "DatasetClause": "FROM",
}


class OfflineGraph(rdflib.Graph):
    """An rdflib graph that answers queries from what it holds, and from nothing else."""

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        *more: Any,
        **options: Any,
    ) -> Result:
        """Answer a query as rdflib does; the prefixes of kijun need no declaration.

        Raises:
            BadInput: it uses SERVICE or FROM, is no query, or is nested too deeply.
        """
        if isinstance(query_object, str):
            read_query(query_object)
            prefixes = dict(self.namespaces()) if initNs is None else initNs
            parsed = parseQuery(query_object)
            query_object = translateQuery(parsed, options.get("base"), prefixes)
        for name in _names(query_object.algebra):
            if name in _FETCHING:
                raise BadInput(
                    worded(
                        "the query uses {clause}, for which rdflib would look outside this graph; "
                        "name a layer by GRAPH, or ask kg.sparql, which knows FROM",
                        clause=_FETCHING[name],
                    )
                )
        return super().query(query_object, processor, result, initNs, *more, **options)

    def update(self, *_: Any, **__: Any) -> None:
        """Refuse: updates could fetch from elsewhere; ``add`` and ``remove`` change a copy.

        Raises:
            BadInput: always.
        """
        raise BadInput(
            worded(
                "kg.rdf takes no SPARQL update; use its methods add and remove, which change "
                "this copy only"
            )
        )


class OfflineDataset(OfflineGraph, rdflib.Dataset):
    """All layers, each a named graph; a query that names none sees their union."""

    def get_context(
        self,
        identifier: Any,
        quoted: bool = False,  # noqa: ARG002
        base: str | None = None,
    ) -> rdflib.Graph:
        """Return one layer, with the same care."""
        return OfflineGraph(
            store=self.store,
            identifier=identifier,
            namespace_manager=self.namespace_manager,
            base=base,
        )


def dataset_of(quads: Iterable[Quad]) -> OfflineDataset:
    """Return quads as a dataset: every literal exactly as it is written in the graph."""
    made = OfflineDataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace, replace=True)
    terms = _Terms()
    graphs: dict[Any, rdflib.Graph] = {}
    for quad in quads:
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = made.graph(terms[name]) if isinstance(name, NamedNode) else made
        triple = (terms[quad.subject], terms[quad.predicate], terms[quad.object])
        made.store.add(triple, context=graphs[name], quoted=False)
    # The first queries of several threads at once would break rdflib's parser for good.
    made.query("ASK {}")
    return made


def graph_of(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as a plain rdflib graph, its literals exactly as they are written."""
    made = rdflib.Graph(bind_namespaces="none")
    terms = _Terms()
    for triple in triples:
        made.add((terms[triple.subject], terms[triple.predicate], terms[triple.object]))
    return made


class _Terms(dict[Any, Any]):
    """The rdflib term for each term of the store, made once."""

    def __missing__(self, found: object) -> Any:
        self[found] = made = _term(found)
        return made


def _term(found: object) -> Any:
    if isinstance(found, NamedNode):
        return rdflib.URIRef(found.value)
    if isinstance(found, BlankNode):
        return rdflib.BNode(found.value)
    assert isinstance(found, Literal)
    if found.language:
        return rdflib.Literal(found.value, lang=found.language)
    kind = found.datatype.value
    if kind in (XSD + "string", RDF + "langString"):
        return rdflib.Literal(found.value)
    return rdflib.Literal(found.value, datatype=rdflib.URIRef(kind), normalize=False)


def _names(parsed: object) -> Iterator[str]:
    """Yield the names of all parts of a parsed query, however it nests them."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            yield part.name
        if isinstance(part, Mapping):
            waiting.extend(part.values())
        elif isinstance(part, Iterable) and not isinstance(part, (str, Node)):
            waiting.extend(part)
