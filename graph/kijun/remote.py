"""A graph on somebody else's engine: any server that speaks SPARQL 1.1, clusters included.

Every answer comes from one listed graph (:mod:`kijun.loaded`), made by this very version of kijun
for the state asked about, and is given only if that graph was still listed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from kijun.catalogue import Term
from kijun.dates import State
from kijun.engine import Row, embedded_only
from kijun.errors import BadInput
from kijun.loaded import LoadedGraph, listed, rows
from kijun.names import name_key, nearest
from kijun.query_text import over_graphs, read_query
from kijun.remote_endpoint import RemoteEndpoint, Solutions
from kijun.remote_refusals import Unanswered
from kijun.saying import listing, worded
from kijun.sparql import Result
from kijun.terms import ID, NS, PREFIXES, SKOS, XSD, expand

_BACKWARDS = tuple(NS + name for name in ("entryOf", "predecessor"))
_NAMING = (
    *_BACKWARDS,
    *(NS + name for name in ("nameKey", "entryName", "register", "registerDate")),
    *(NS + name for name in ("answersThrough", "successor", "changedOn", "changeKind")),
    *(NS + "interpretation", SKOS + "prefLabel"),
)
_STEPS = 3
"""From a body to its entry, from there to who answers for it, and to that one's entry."""

_AT_ONCE = 100
"""How many things one query names; some servers take no more than some thousand constants."""

_BOOLEAN = NamedNode(XSD + "boolean")
_NOTHING = Store()


class Remote:
    """The graph of one state on an endpoint, as an engine."""

    def __init__(self, endpoint: RemoteEndpoint, graph: LoadedGraph) -> None:
        self.endpoint = endpoint
        self.graph = graph
        self.names: Mapping[str, str] = {}

    def unnamed(self) -> Remote:
        """Return the same engine with the names that the text prints."""
        return Remote(self.endpoint, self.graph)

    def select(self, text: str) -> list[Row]:
        """Return the solutions of a query in its order.

        Raises:
            Unanswered: no whole answer came; LimitReached where a limit was the reason.
        """
        # An empty store says for which variables an answer is expected.
        expected = _NOTHING.query(text)
        if not isinstance(expected, QuerySolutions):
            raise TypeError("a question of the catalogue is a SELECT")
        names = tuple(variable.value for variable in expected.variables)
        found = rows(self._asked(text), names, self.endpoint.address)
        return [dict(zip(names, map(_term, row), strict=True)) for row in found]

    def _asked(self, text: str, timeout: float | None = None) -> Solutions:
        over = over_graphs(text, [self.graph.iri])
        return self.endpoint.select(over, timeout=timeout)

    def sparql(self, text: str, *, timeout: float) -> Result:
        """Answer any query that only reads, over the union of all layers.

        Raises:
            BadInput: an update, or a query that calls SERVICE or names graphs itself.
            Unanswered: no whole answer came; LimitReached where a limit was the reason.
        """
        code = read_query(text)
        if code.mentions_service:
            raise BadInput(
                worded(
                    "it cannot be ruled out that the query calls SERVICE; rename what is called "
                    "service in it"
                )
            )
        if code.names_dataset or code.names_graphs:
            raise BadInput(
                worded(
                    "on an endpoint the layers of kijun are one graph, so a query with GRAPH or "
                    "FROM would find nothing; ask the union, or leave out --endpoint"
                )
            )
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        whole = declared + code.text
        if code.form in ("CONSTRUCT", "DESCRIBE"):
            over = over_graphs(whole, [self.graph.iri])
            return Result("construct", triples=self.endpoint.construct(over, timeout=timeout))
        found = self._asked(whole, timeout)
        if found.truth is not None:
            return Result("ask", truth=found.truth)
        table = [tuple(map(_term, row)) for row in found.rows]
        return Result("select", found.variables, table)

    def described(self, iris: Iterable[str]) -> Iterator[Triple]:
        """Yield the triples whose subject is one of some things."""
        for some in _portions(sorted(set(iris))):
            for subject, predicate, value in self._triples(f"{_values('s', some)} ?s ?p ?o ."):
                yield Triple(subject, predicate, value)

    def naming(self, text: str) -> Store:
        """Return as much of the graph as :func:`kijun.names.resolve` looks at for a name.

        Where nothing has the name, that is all names there are and the nearest things.
        """
        store = Store()
        iri, key = expand(text.strip()), name_key(text)
        found = self._named(f"VALUES ?key {{ {Literal(key)} }}") if key else {}
        if iri.startswith((ID, NS)) and (node := _node(iri)):
            found |= self._named(f"VALUES ?thing {{ {node} }}")
        if not found:
            found = self._named("")
        for thing, keys in found.items():
            store.extend(Quad(NamedNode(thing), NamedNode(NS + "nameKey"), one) for one in keys)
        things = set(found) if len(found) <= _AT_ONCE else set(nearest(store, key)[:_AT_ONCE])
        self._surround(store, things)
        return store

    def _named(self, where: str) -> dict[str, list[Literal]]:
        """Return the keys by which things are found, limited by a pattern."""
        found: dict[str, list[Literal]] = {}
        for row in self.select(f"SELECT ?thing ?key WHERE {{ {where} ?thing <{NS}nameKey> ?key }}"):
            thing, key = row["thing"], row["key"]
            if isinstance(thing, NamedNode) and isinstance(key, Literal):
                found.setdefault(thing.value, []).append(key)
        return found

    def _surround(self, store: Store, things: set[str]) -> None:
        """Put into a store what bears on the names of things, step by step outwards."""
        relations = " ".join(f"<{iri}>" for iri in _NAMING)
        backwards = " ".join(f"<{iri}>" for iri in _BACKWARDS)
        seen: set[str] = set()
        for _ in range(_STEPS):
            new = sorted(things - seen)
            seen |= things
            for some in _portions(new):
                for subject, predicate, value in self._triples(
                    f"VALUES ?p {{ {relations} }} {{ {_values('s', some)} ?s ?p ?o }} UNION "
                    f"{{ {_values('x', some)} VALUES ?back {{ {backwards} }} "
                    "?s ?back ?x . ?s ?p ?o }"
                ):
                    store.add(Quad(subject, predicate, value))
                    ends = (subject, value)
                    things |= {
                        end.value
                        for end in ends
                        if isinstance(end, NamedNode) and end.value.startswith(ID)
                    }

    def _triples(
        self, where: str
    ) -> Iterator[tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]]:
        for row in self.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {where} }}"):
            subject, predicate, value = row["s"], row["p"], row["o"]
            assert isinstance(subject, (NamedNode, BlankNode))
            assert isinstance(predicate, NamedNode)
            assert isinstance(value, (NamedNode, BlankNode, Literal))
            yield subject, predicate, value

    def confirm(self) -> None:
        """Make sure that all that was read came from one whole graph.

        Raises:
            Unanswered: the graph was replaced meanwhile.
        """
        if self.graph not in listed(self.endpoint):
            raise Unanswered(
                worded(
                    "{address}: the graph was replaced while it was asked; ask again",
                    address=self.endpoint.address,
                )
            )


def opened_for(address: str, state: State | None, *, profiles: bool = False) -> Remote:
    """Return the engine for the graph that this version makes of a state, on an endpoint.

    Raises:
        BadInput: an address that may not be asked, or ``profiles``, which no server is told.
        Unanswered: the endpoint does not hold that graph, or cannot be asked.
        MissingExtra: the extra ``remote`` is not installed.
    """
    if profiles:
        raise embedded_only(worded("what profiles say"), "--endpoint (endpoint=)")
    return opened(address, LoadedGraph.of(state))


def opened(address: str, graph: LoadedGraph) -> Remote:
    """Return the engine for a graph on an endpoint.

    Raises:
        BadInput: an address that may not be asked.
        Unanswered: the endpoint does not hold that graph, or cannot be asked.
        MissingExtra: the extra ``remote`` is not installed.
    """
    endpoint = RemoteEndpoint(address)
    there = listed(endpoint)
    found = next((one for one in there if one.iri == graph.iri), None)
    if found is None:
        raise Unanswered(_lack(address, there, graph))
    # Whether all of it is there takes a count, which is for kijun load; this costs nothing.
    probe = endpoint.select(f"SELECT ?s FROM <{found.iri}> WHERE {{ ?s ?p ?o }} LIMIT 1")
    if not rows(probe, ("s",), address):
        raise Unanswered(
            worded(
                "{address} has lost {iri}, which it lists; load it again with: kijun load "
                "{address}",
                address=address,
                iri=found.iri,
            )
        )
    return Remote(endpoint, found)


def _lack(address: str, there: Sequence[LoadedGraph], wanted: LoadedGraph) -> str:
    """Say what an endpoint holds instead of a set, and how to mend that."""
    day = "" if wanted.key == "none" else f" --as-of {wanted.key}"
    command = f"kijun load {address}{day}"
    if others := [one for one in there if one.key == wanted.key]:
        return worded(
            "{address} holds the graph of {key} as another kijun made it: {others}, where this one "
            "is {this}; use that one, or load it with: {command}",
            address=address,
            key=wanted.key,
            others=listing(f"{one.version} ({one.made_from[:8]})" for one in others),
            this=f"{wanted.version} ({wanted.made_from[:8]})",
            command=command,
        )
    if there:
        return worded(
            "{address} holds the registers used from {days}, not those from {key}; "
            "load it with: {command}",
            address=address,
            days=listing(sorted({one.key for one in there})),
            key=wanted.key,
            command=command,
        )
    return worded(
        "{address} holds no graph of kijun; load it with: {command}",
        address=address,
        command=command,
    )


def _term(term: object) -> Term | None:
    """Return a term as it was loaded: some servers write true as 1."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN and term.value in ("0", "1"):
        return Literal(term.value == "1")
    assert term is None or isinstance(term, (NamedNode, BlankNode, Literal))
    return term


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(str(NamedNode(iri)) for iri in iris)} }}"


def _portions(iris: Sequence[str]) -> Iterator[Sequence[str]]:
    return (iris[start : start + _AT_ONCE] for start in range(0, len(iris), _AT_ONCE))
