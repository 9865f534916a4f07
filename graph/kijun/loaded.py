"""What an endpoint holds of ours: the graphs that were loaded, and which of them are whole.

The graph of one state, as one version of kijun makes it, is one named graph, whose name holds both.
It is the union of all layers: over one graph a layer, Virtuoso took up to ten times as long. One
more graph, the list, names those that are whole. A graph is on it from the moment when it was
verified to the moment before it is dropped: whoever finds it on the list before asking and again
afterwards was answered from all of it.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.content import VERSION, fingerprint
from kijun.dates import State
from kijun.remote_endpoint import RemoteEndpoint, Solutions
from kijun.remote_refusals import Unanswered
from kijun.saying import listing, worded
from kijun.terms import DCTERMS, ID

LIST = f"{ID}graph/loaded"
"""The graph that lists what is loaded."""

_VERSION = f"{DCTERMS}hasVersion"
_STATE = f"{DCTERMS}temporal"
_FINGERPRINT = f"{DCTERMS}identifier"
_TRIPLES = f"{DCTERMS}extent"


class LoadedGraph(NamedTuple):
    """The graph of one state as one version of kijun makes it.

    ``key`` is that of the state, ``made_from`` the fingerprint of what the graph is made from,
    ``triples`` how many it holds (0: not yet known).
    """

    key: str
    version: str
    made_from: str
    triples: int = 0

    @classmethod
    def of(cls, state: State | None) -> LoadedGraph:
        """Return the graph that this version of kijun makes for a state (None: no registers)."""
        key = state.key if state else "none"
        return cls(key, VERSION, fingerprint(key, on_disk=False))

    @property
    def iri(self) -> str:
        """Its name, on the endpoint and on the list."""
        return f"{LIST}/{self.key}/{self.made_from[:16]}"

    def entry(self) -> str:
        """Return what the list says of it, as triples."""
        said = (
            (_STATE, self.key),
            (_VERSION, self.version),
            (_FINGERPRINT, self.made_from),
            (_TRIPLES, str(self.triples)),
        )
        return " ".join(f"<{self.iri}> <{name}> {Literal(value)} ." for name, value in said)


def listed(endpoint: RemoteEndpoint) -> list[LoadedGraph]:
    """Return the whole graphs that an endpoint holds, in the order of their names.

    Raises:
        Unanswered: the endpoint gives no whole answer, or its list is not as kijun writes it.
    """
    names = (_STATE, _VERSION, _FINGERPRINT, _TRIPLES)
    patterns = " ".join(f"?graph <{name}> ?v{place} ." for place, name in enumerate(names))
    text = f"SELECT ?graph ?v0 ?v1 ?v2 ?v3 FROM <{LIST}> WHERE {{ {patterns} }} ORDER BY ?graph"
    found = []
    for row in rows(endpoint.select(text), ("graph", "v0", "v1", "v2", "v3"), endpoint.address):
        words = [term.value for term in row if isinstance(term, (NamedNode, Literal))]
        if len(words) == 5 and words[4].isdecimal():
            one = LoadedGraph(words[1], words[2], words[3], int(words[4]))
            if one.iri == words[0]:
                found.append(one)
                continue
        raise Unanswered(
            worded(
                "{address}: the list of loaded graphs (<{list}>) is not as kijun writes it; "
                "drop that graph and load again",
                address=endpoint.address,
                list=LIST,
            )
        )
    return found


def rows(found: Solutions, names: tuple[str, ...], address: str) -> tuple[tuple[object, ...], ...]:
    """Return the rows of an answer if it has just these variables, in this order.

    Raises:
        Unanswered: it has others, so that it is the answer to something else.
    """
    if sorted(found.variables) != sorted(names):
        raise Unanswered(
            worded(
                "{address} answered another question: it gave {variables} for {names}",
                address=address,
                variables=listing(found.variables) or "-",
                names=listing(names),
            )
        )
    places = [found.variables.index(name) for name in names]
    return tuple(tuple(row[place] for place in places) for row in found.rows)
