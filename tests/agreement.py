"""What each engine says of one graph, in a form in which they can be compared.

A *finding* is a set of rows of IRIs under the name of the check that asks for it
(``queries/checks/NAME.rq``). The rules' findings are read off the derived quads; SPARQL's are the
answers of the check, which was written from the definitions and not from the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

import networkx as nx
import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kijun.boundary import KINDS
from kijun.content import QUERIES
from kijun.network import reporting_network, routes
from kijun.terms import ID, NS, ORG, RDF, SKOS, graph_iri

Row = tuple[str | None, ...]
Finding = frozenset[Row]

FROM_FACTS = ("classification", "duties", "class-lines", "assigned")
"""The checks that start from what is asserted, and from which registers are in use."""

FROM_DERIVED = ("displaced", "lines", "routes", "silent")
"""The checks that start from the findings of others, as the rules made them."""

CHECKS = (*FROM_FACTS, *FROM_DERIVED)

HOLES = tuple(f"holes-{kind}" for kind in KINDS)
"""The checks on what users describe, one for each kind of hole (``test_holes_agree.py``)."""

NISC = ID + "office/nisc"
INCIDENT = NS + "incident"
READING = ID + "reading/"
CLASSIFIED = {
    NS + name
    for name in (
        *(
            "Agency",
            "GovernmentBody",
            "Ministry",
            "Corporation",
            "IncorporatedAdministrativeAgency",
        ),
        *("DesignatedCorporation", "MidTermAgency", "NationalResearchAgency", "ExecutiveAgency"),
        *("SubordinateAgency", "IndependentOrgan", "MinisterialOffice", "Office"),
        *("SupervisingMinistry", "CompetentMinister", "PlatformManagingAgency"),
        *("PlatformOperator", "ConnectedSystemManager"),
        *("InformationSystem", "SharedPlatform", "SystemLayer"),
    )
} | {ORG + "Organization"}
"""The classes of which membership is compared."""

_DERIVED = graph_iri("derived")


@cache
def check(name: str) -> str:
    """Return the text of a check."""
    return (QUERIES / "checks" / f"{name}.rq").read_text(encoding="utf-8")


def facts(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return what is asserted, with the registers in use."""
    return [
        quad
        for quad in quads
        if quad.graph_name != ox.NamedNode(_DERIVED) or quad.predicate.value == NS + "inUse"
    ]


# The rules


class Derived:
    """The findings of the rules, read off the quads that they derived."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.types: set[tuple[str, str]] = set()
        self.of_type: dict[str, list[str]] = defaultdict(list)
        self.pairs: dict[str, set[Row]] = defaultdict(set)
        for quad in quads:
            subject, value = quad.subject, quad.object
            assert isinstance(subject, ox.NamedNode)
            assert isinstance(value, (ox.NamedNode, ox.Literal))
            if quad.predicate.value == RDF + "type":
                self.types.add((subject.value, value.value))
                self.of_type[value.value.removeprefix(NS)].append(subject.value)
            else:
                name = quad.predicate.value.removeprefix(NS)
                self.said[subject.value][name].append(value.value)

    def finding(self, name: str) -> Finding:
        found: Iterable[Row] = getattr(self, "_" + name.replace("-", "_"))()
        return frozenset(found)

    def _one(self, thing: str, name: str) -> str | None:
        return next(iter(self.said[thing].get(name, ())), None)

    def _classification(self) -> Iterable[Row]:
        return (row for row in self.types if row[1] in CLASSIFIED)

    def _duties(self) -> Iterable[Row]:
        for duty in self.of_type["InheritedDuty"]:
            through = self._one(duty, "throughSupervision")
            if self._one(duty, "route") == NS + "incorporationRoute":
                steps = str(self._one(duty, "path")).split()
                through = next(step for step in steps if step.startswith(ID + "norm/"))
            ends = (self._one(duty, name) for name in ("body", "norm", "route", "grade"))
            yield (*ends, through)

    def _displaced(self) -> Iterable[Row]:
        for duty in self.of_type["InheritedDuty"]:
            for own in self.said[duty].get("displacedBy", ()):
                yield self._one(duty, "body"), self._one(duty, "norm"), own

    def _lines_of(self, level: str) -> Iterable[tuple[str, str | None]]:
        for line in self.of_type["ReportingLine"]:
            if NS + level in self.said[line]["level"]:
                reading = self._one(line, "underReading") or self._one(line, "inDirection")
                yield line, reading

    def _class_lines(self) -> Iterable[Row]:
        for line, reading in self._lines_of("classLevel"):
            yield (*(self._one(line, name) for name in ("norm", "from", "to", "act")), reading)

    def _lines(self) -> Iterable[Row]:
        for line, reading in self._lines_of("bodyLevel"):
            norm, sender, act = (self._one(line, name) for name in ("norm", "from", "act"))
            told, role = self._told(line)
            yield norm, sender, told, role, act, self._one(line, "throughSupervision"), reading

    def _told(self, line: str) -> tuple[str | None, str | None]:
        """Return the agency that a line reaches, and the role in it."""
        told = self._one(line, "to")
        assert told is not None
        if (told, NS + "Post") not in self.types:
            return told, None
        return self._one(told, "partOfAgency"), NS + told.rpartition("/")[2].capitalize()

    def _routes(self) -> Iterable[Row]:
        for route in self.of_type["ReportingRoute"]:
            legs = sorted(
                self.said[route]["leg"], key=lambda leg: int(str(self._one(leg, "order")))
            )
            row: list[str | None] = []
            for leg in legs:
                line = self._one(leg, "line")
                assert line is not None
                row += [self._one(line, name) for name in ("from", "norm", "act")]
            yield tuple(row + [None] * (9 - len(row)))

    def _assigned(self) -> Iterable[Row]:
        for pattern, said in self.said.items():
            for norm in said.get("assignedBy", ()):
                yield pattern, norm

    def _silent(self) -> Iterable[Row]:
        return ((pattern,) for pattern, said in self.said.items() if "silent" in said)

    def network(self, broader: Mapping[str, Sequence[str]]) -> Finding:
        """Return the routes to NISC of at most three legs that kijun's networkx graph holds."""
        lines = []
        homes = {post: self.said[post]["partOfAgency"][0] for post in self.of_type["Post"]}
        for line, _ in self._lines_of("bodyLevel"):
            lines.append(
                {
                    "line_iri": line,
                    "from_iri": self._one(line, "from"),
                    "to_iri": self._one(line, "to"),
                    "from": self._one(line, "from"),
                    "to": self._one(line, "to"),
                    "reading": self._one(line, "underReading"),
                    "about_iri": self.said[line]["about"],
                    "timing_iri": [],
                    "lane": None,
                }
            )
        graph: nx.MultiDiGraph = reporting_network(lines, homes)
        topics, frontier = {INCIDENT}, [INCIDENT]
        while frontier:
            frontier = [wide for one in frontier for wide in broader.get(one, ())]
            topics.update(frontier)
        found: set[Row] = set()
        for sender in set(graph) - {NISC}:
            if NISC not in graph:
                break
            for route in routes(
                graph, sender, NISC, {INCIDENT: frozenset(topics)}, {}, lambda _: None
            ).rows:
                legs = route["legs"]
                assert isinstance(legs, list)
                if len(legs) <= 3:
                    row: list[str | None] = []
                    for leg in legs:
                        line = str(leg["line_iri"])
                        row += [self._one(line, name) for name in ("from", "norm", "act")]
                    found.add(tuple(row + [None] * (9 - len(row))))
        return frozenset(found)


# SPARQL on two engines


def by_pyoxigraph(store: ox.Store, name: str) -> Finding:
    """Return what a check finds in a store."""
    solutions = store.query(check(name), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return _told_once(
        name,
        frozenset(
            tuple(None if term is None else term.value for term in solution)  # type: ignore[union-attr]
            for solution in solutions
        ),
    )


def _told_once(name: str, rows: Finding) -> Finding:
    """Leave out lines of another reading that the sentence itself makes as well."""
    if name != "lines":
        return rows
    others = {row for row in rows if row[-1] is not None and row[-1].startswith(READING)}
    sentence = {row[:-1] for row in rows - others}
    return rows - {row for row in others if row[:-1] in sentence}


@cache
def _prepared(name: str) -> rdflib.plugins.sparql.sparql.Query:
    return prepareQuery(check(name))


def by_rdflib(graph: rdflib.Graph, name: str) -> Finding:
    """Return what a check finds in an rdflib graph."""
    return _told_once(
        name,
        frozenset(
            tuple(None if term is None else str(term) for term in row)
            for row in graph.query(_prepared(name))  # type: ignore[union-attr]
        ),
    )


def rdflib_graph(quads: Iterable[ox.Quad], names: tuple[str, ...] = CHECKS) -> rdflib.Graph:
    """Return quads as an rdflib graph, without what none of the checks asks for."""
    graph = rdflib.Graph(bind_namespaces="none")
    wanted = _predicates(names)
    blank: dict[str, rdflib.BNode] = {}

    def term(node: object) -> rdflib.term.Node:
        if isinstance(node, ox.NamedNode):
            return rdflib.URIRef(node.value)
        if isinstance(node, ox.BlankNode):
            return blank.setdefault(node.value, rdflib.BNode())
        assert isinstance(node, ox.Literal)
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value))

    for quad in quads:
        if quad.predicate.value in wanted:
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))  # type: ignore[arg-type]
    return graph


@cache
def _predicates(names: tuple[str, ...]) -> frozenset[str]:
    """Return the properties that checks mention."""
    text = "".join(check(name) for name in names)
    words = set(
        text.replace("/", " ").replace("|", " ").replace("(", " ").replace("^", " ").split()
    )
    ours = {NS + word.strip("()*?;,").removeprefix("kijun:") for word in words if "kijun:" in word}
    more = {"type", "subClassOf", "domain", "range"}
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    return frozenset({*ours, RDF + "type", SKOS + "broader", *(rdfs + name for name in more)})


# All of them


Counts = dict[str, int]


def compared(
    seed: object,
    asserted: list[ox.Quad],
    derived: list[ox.Quad],
    *,
    rdflib: Collection[str] = (),
) -> tuple[list[str], Counts]:
    """Compare what the engines say of one graph; say also how much there was to compare.

    ``rdflib`` names the checks that rdflib answers too.
    """
    rules = Derived(derived)
    found = {name: rules.finding(name) for name in CHECKS}
    everything = [*asserted, *derived]
    layers = (facts(everything), everything)
    stores = [ox.Store() for _ in layers]
    for store, quads in zip(stores, layers, strict=True):
        store.bulk_extend(quads)
    graphs = [rdflib_graph(quads) for quads in layers] if rdflib else []
    wrong: list[str] = []

    def compare(name: str, engine: str, answer: Finding) -> None:
        if answer != found[name]:
            wrong.append(told(name, seed, ("the rules", found[name]), (engine, answer)))

    for name in CHECKS:
        layer = int(name not in FROM_FACTS)
        compare(name, "SPARQL on pyoxigraph", by_pyoxigraph(stores[layer], name))
        if name in rdflib:
            compare(name, "SPARQL on rdflib", by_rdflib(graphs[layer], name))
    compare("routes", "networkx", rules.network(broader(asserted)))
    return wrong, {name: len(rows) for name, rows in found.items()}


def broader(quads: list[ox.Quad]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == SKOS + "broader":
            found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
    return found


# Differences


def told(name: str, seed: object, one: tuple[str, Finding], other: tuple[str, Finding]) -> str:
    """Say where two findings differ."""
    parts = [
        f"only {who}: {sorted(map(_short, more - less))[:4]}"
        for who, more, less in ((one[0], one[1], other[1]), (other[0], other[1], one[1]))
        if more - less
    ]
    return f"seed {seed}, {name}: {'; '.join(parts)}"


def _short(row: Row) -> str:
    return " ".join(str(cell).rpartition("/")[2].rpartition("#")[2] for cell in row)
