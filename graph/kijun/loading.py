"""A graph put onto an endpoint, in batches, beside what is there, and shown only when whole.

Batches are sets of triples that may be sent twice, in an order that is always the same: the number
of triples that arrived says where an interrupted load goes on. What is there in the end is counted
and summed up by the server itself before the graph is listed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kijun.loaded import LIST, LoadedGraph, listed, rows
from kijun.remote_endpoint import RemoteEndpoint
from kijun.remote_refusals import Unanswered
from kijun.saying import worded
from kijun.terms import DCTERMS, LAYERS, XSD, graph_iri

BATCH = 1000
"""How many triples one update holds; some servers take no more than some thousand constants."""

BYTES = 256 << 10
"""How many bytes one update has, more or less."""

BEGUN = f"{LIST}/begun"
"""The graph that names those that were begun, so that what a stopped load left can be found."""

_BOOLEAN = NamedNode(XSD + "boolean")
_DIGITS = 9
"""How many hexadecimal digits of each triple's hash are summed: 10 million of them fit 64 bits."""

Named = tuple[str, str, NamedNode | Literal]
"""A triple without blank nodes: the IRIs of its subject and predicate, and its value."""

Progress = Callable[[int, int], None]
"""Told how many triples are there, of how many."""


class Done(NamedTuple):
    """What a load did: the graph, how many triples it sent, and the graphs that it took away."""

    graph: LoadedGraph
    sent: int
    removed: tuple[LoadedGraph, ...]


class Sum(NamedTuple):
    """How many triples there are, and the sum of the beginnings of their hashes."""

    number: int = 0
    hashes: int = 0

    @classmethod
    def of(cls, triples: Iterable[Named]) -> Sum:
        """Return the sum of some triples, as a server makes it (see :func:`_found`)."""
        number = hashes = 0
        for subject, predicate, value in triples:
            written = quote(value.value, safe="")
            if isinstance(value, Literal):
                written += f" @{value.language or ''}"
            text = f"{subject} {predicate} {written}"
            digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
            number += 1
            hashes += int(digest[:_DIGITS], 16)
        return cls(number, hashes)


def load(
    endpoint: RemoteEndpoint,
    graph: LoadedGraph,
    store: Store,
    *,
    keep: bool = False,
    progress: Progress = lambda _done, _whole: None,
) -> Done:
    """Load the union of a store's layers as one graph, and list it when it is whole.

    A graph that is there already is verified only. Where an earlier load was stopped, this one
    goes on. Graphs of the same state that other versions of kijun made are dropped afterwards,
    unless ``keep`` says that older versions still ask them.

    Raises:
        Unanswered: the endpoint refuses, or holds something else in the end than was sent.
        LimitReached: it was too slow, or too busy.
    """
    expected = Sum.of(triples(store))
    graph = graph._replace(triples=expected.number)
    there = listed(endpoint)
    sent = 0
    if graph not in there or _found(endpoint, graph) != expected:
        withdraw(endpoint, [one for one in there if one.iri == graph.iri])
        begun = f"<{graph.iri}> <{DCTERMS}temporal> {Literal(graph.key)}"
        endpoint.update(f"INSERT DATA {{ GRAPH <{BEGUN}> {{ {begun} }} }}")
        sent = _send(endpoint, graph, store, progress)
        found = _found(endpoint, graph)
        if found != expected:
            # What is wrong may have been there before, so the next load begins afresh.
            withdraw(endpoint, [graph])
            raise Unanswered(
                worded(
                    "{address}: <{iri}> had {there} triples that sum up to {sum} "
                    "instead of {wanted} to {wanted_sum}, so it was dropped and not "
                    "listed; load again",
                    address=endpoint.address,
                    iri=graph.iri,
                    there=found.number,
                    sum=found.hashes,
                    wanted=expected.number,
                    wanted_sum=expected.hashes,
                )
            )
        endpoint.update(f"INSERT DATA {{ GRAPH <{LIST}> {{ {graph.entry()} }} }}")
    progress(expected.number, expected.number)
    removed = [] if keep else _others(endpoint, graph)
    withdraw(endpoint, removed)
    endpoint.update(f"DELETE WHERE {{ GRAPH <{BEGUN}> {{ <{graph.iri}> ?p ?o }} }}")
    return Done(graph, sent, tuple(removed))


def withdraw(endpoint: RemoteEndpoint, graphs: Iterable[LoadedGraph]) -> None:
    """Take graphs off the list and then drop them: nobody is answered from half of one."""
    for one in graphs:
        endpoint.update(f"DELETE WHERE {{ GRAPH <{LIST}> {{ <{one.iri}> ?p ?o }} }}")
        endpoint.update(f"DROP SILENT GRAPH <{one.iri}>")
        endpoint.update(f"DELETE WHERE {{ GRAPH <{BEGUN}> {{ <{one.iri}> ?p ?o }} }}")


def _others(endpoint: RemoteEndpoint, graph: LoadedGraph) -> list[LoadedGraph]:
    """Return the other graphs of the same state, whole ones and those that were only begun."""
    text = f"SELECT ?graph ?key FROM <{BEGUN}> WHERE {{ ?graph <{DCTERMS}temporal> ?key }}"
    found = {one.iri: one for one in listed(endpoint)}
    for row in rows(endpoint.select(text), ("graph", "key"), endpoint.address):
        iri, key = (getattr(term, "value", "") for term in row)
        # Only the beginning of its fingerprint is known, and its name has no more.
        found.setdefault(iri, LoadedGraph(key, "", iri.rpartition("/")[2]))
    found.pop(graph.iri, None)
    return [one for one in found.values() if one.key == graph.key]


def _send(endpoint: RemoteEndpoint, graph: LoadedGraph, store: Store, progress: Progress) -> int:
    """Send what is not there yet, and return how many triples that were."""
    there = _counted(endpoint, graph)
    if there > graph.triples:
        # Not what a load of this graph sends: nothing of it can be trusted.
        withdraw(endpoint, [graph])
        there = 0
    # The last batch that arrived may have done so in part, and is sent again.
    reached = max(there - BATCH, 0)
    sent = 0
    lines = (_line(*triple) for triple in triples(store))
    for batch in batches(islice(lines, reached, None)):
        endpoint.update(f"INSERT DATA {{ GRAPH <{graph.iri}> {{\n{''.join(batch)}}} }}")
        sent += len(batch)
        progress(reached + sent, graph.triples)
    return sent


def batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield lines in portions that a server takes at once."""
    batch: list[str] = []
    size = 0
    for line in lines:
        if batch and (len(batch) == BATCH or size + len(line) > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line)
    if batch:
        yield batch


def triples(store: Store) -> Iterator[Named]:
    """Yield the union of the layers of a store, each triple once, always in the same order.

    Blank nodes get names, as they would be another node in each batch.
    """
    blank = []
    for place, layer in enumerate(LAYERS):
        before = [NamedNode(graph_iri(one)) for one in LAYERS[:place]]
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph_iri(layer))):
            subject, predicate, value = quad.triple
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
                blank.append(quad)
            elif not any(Quad(subject, predicate, value, one) in store for one in before):
                yield _ends(quad)
    if blank:
        from pyoxigraph import CanonicalizationAlgorithm, Dataset

        named = Dataset(Quad(*quad.triple) for quad in blank)
        named.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        yield from sorted((_ends(quad) for quad in named), key=str)


def _ends(quad: Quad) -> Named:
    subject, value = quad.subject, quad.object
    if isinstance(value, BlankNode):
        value = NamedNode(f"{LIST}/node/{value.value}")
    assert isinstance(value, (NamedNode, Literal))
    if isinstance(subject, BlankNode):
        return f"{LIST}/node/{subject.value}", quad.predicate.value, value
    assert isinstance(subject, NamedNode)
    return subject.value, quad.predicate.value, value


def _line(subject: str, predicate: str, value: NamedNode | Literal) -> str:
    return f"<{subject}> <{predicate}> {value} .\n"


def _counted(endpoint: RemoteEndpoint, graph: LoadedGraph) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph.iri}> {{ ?s ?p ?o }} }}"
    ((number,),) = rows(endpoint.select(text), ("n",), endpoint.address)
    return _number(number)


def _found(endpoint: RemoteEndpoint, graph: LoadedGraph) -> Sum:
    """Return what an endpoint counts and sums up in a graph, in plain SPARQL 1.1."""
    digits = " + ".join(
        f'{16 ** (_DIGITS - place)} * STRLEN(STRBEFORE("0123456789abcdef", '
        f"SUBSTR(?hash, {place}, 1)))"
        for place in range(1, _DIGITS + 1)
    )
    # Virtuoso writes true as 1, hashes what is not ASCII as if it were another text, and leaves
    # one sign of those that are to be encoded.
    value = f'IF(DATATYPE(?o) = {_BOOLEAN}, IF(?o, "true", "false"), STR(?o))'
    value = f'REPLACE(ENCODE_FOR_URI(IF(isLiteral(?o), {value}, STR(?o))), "@", "%40")'
    text = f"""
        SELECT (COUNT(*) AS ?count) (SUM({digits}) AS ?hashes) WHERE {{ GRAPH <{graph.iri}> {{
            ?s ?p ?o .
            BIND(IF(isLiteral(?o), CONCAT(" @", LANG(?o)), "") AS ?tag)
            BIND(MD5(CONCAT(STR(?s), " ", STR(?p), " ", {value}, ?tag)) AS ?hash)
        }} }}"""
    ((count, hashes),) = rows(endpoint.select(text), ("count", "hashes"), endpoint.address)
    return Sum(_number(count), _number(hashes))


def _number(term: object) -> int:
    value = getattr(term, "value", "")
    # A sum may come as a decimal or a double, and of nothing it may be missing.
    return int(float(value)) if re.fullmatch(r"[0-9.]+(?:[eE]\+?[0-9]+)?", value) else 0
