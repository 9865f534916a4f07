"""What users say of their own systems, as facts with a place: the situation beside the graph.

:func:`situation` resolves the rows of some profiles (:mod:`kijun.resolution`) and gives each table
its own kind of fact. A few of them fill in what a profile leaves open, as its columns say: who
operates a system manages it where nobody else is named; who manages a system that is connected to
a platform uses it (6(3)); who operates a platform sets its common rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kijun import complaints
from kijun.declarations import (
    About,
    Agreement,
    Allocation,
    Body,
    Concern,
    Connection,
    Contact,
    Document,
    Evidence,
    Exclusion,
    Layer,
    System,
    Use,
)
from kijun.names import Match
from kijun.profile import Finding, Profile
from kijun.profile_schema import BY_KEY, TERMS
from kijun.profile_tables import table_findings
from kijun.resolution import Find, Resolved, Resolver
from kijun.terms import NS

if TYPE_CHECKING:
    from pyoxigraph import Quad


class Situation(NamedTuple):
    """What some profiles say together.

    ``findings`` tell what could not be resolved; with an error among them the rest is not whole.
    ``labels`` hold the names of bodies, systems, documents and added concerns by IRI.
    """

    profiles: tuple[About, ...]
    bodies: tuple[Body, ...]
    systems: tuple[System, ...]
    layers: tuple[Layer, ...]
    uses: tuple[Use, ...]
    connections: tuple[Connection, ...]
    allocations: tuple[Allocation, ...]
    documents: tuple[Document, ...]
    agreements: tuple[Agreement, ...]
    contacts: tuple[Contact, ...]
    evidence: tuple[Evidence, ...]
    concerns: tuple[Concern, ...]
    exclusions: tuple[Exclusion, ...]
    findings: tuple[Finding, ...]
    labels: Mapping[str, str]
    rows: tuple[Resolved, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the profiles from being used."""
        return tuple(one for one in self.findings if one.severity == "error")

    @property
    def markings(self) -> tuple[str, ...]:
        """How the profiles are to be handled, each marking once."""
        return tuple(dict.fromkeys(about.marking for about in self.profiles))

    @property
    def marking(self) -> str | None:
        """How all that rests on the profiles is to be handled, None where they do not say."""
        return "、".join(self.markings) or None

    def handling(self, lang: str) -> str:
        """Return how all that rests on the profiles is to be handled, as one note."""
        if lang == "ja":
            return f"取扱い：{'、'.join(self.markings) or '書かれていない'}"
        return f"Handling: {'; '.join(self.markings) or 'not said'}"

    def quads(self) -> Iterator[Quad]:
        """Yield all of it in the vocabulary of the ontology, in the graph ``situations``."""
        from kijun.situation_graph import quads

        return quads(
            self.rows,
            systems=self.systems,
            uses=self.uses,
            documents=self.documents,
            bodies=self.bodies,
        )


def situation(profiles: Sequence[Profile], find: Find, norm: Callable[[str], str]) -> Situation:
    """Return what some profiles say together, their names resolved.

    ``find`` looks bodies up in the registers of the day and ``norm`` the IRI of a norm; both raise
    UnknownName. Nothing is raised for what a profile says: see ``findings``.
    """
    resolver = Resolver(profiles, find, norm)
    rows = tuple(resolver.rows())
    by: dict[str, list[Resolved]] = {key: [] for key in BY_KEY}
    for row in rows:
        by[row.table.key].append(row)
    said = _Said(by, resolver)
    systems, bodies, concerns = said.systems(), said.bodies(), said.concerns()
    connections = said.connections()
    documents = said.documents({one.iri: one.operators for one in systems})
    resolver.labels.update((_node(row), row.the("layer")) for row in by["layers"])
    shared = {one.iri for one in systems if one.shared}
    said.check_platforms(shared)
    resolver.findings += table_findings(profiles)
    return Situation(
        profiles=tuple(_about(row, profiles) for row in by["about"]),
        bodies=bodies,
        systems=systems,
        layers=tuple(map(_layer, by["layers"])),
        uses=(*map(_use, by["uses"]), *_uses_by_connection(connections, systems)),
        connections=connections,
        allocations=tuple(map(_allocation, by["allocations"])),
        documents=documents,
        agreements=tuple(map(_agreement, by["agreements"])),
        contacts=tuple(map(_contact, by["contacts"])),
        evidence=tuple(map(_evidence, by["evidence"])),
        concerns=concerns,
        exclusions=tuple(map(_exclusion, by["exclusions"])),
        findings=tuple(resolver.findings),
        labels=resolver.labels,
        rows=rows,
    )


class _Said:
    """Puts together what several rows, or several profiles, say of one thing."""

    def __init__(self, by: Mapping[str, Sequence[Resolved]], resolver: Resolver) -> None:
        self.by = by
        self.resolver = resolver
        self.findings = resolver.findings

    def systems(self) -> tuple[System, ...]:
        """Return the systems, each once."""
        found: dict[str, System] = {}
        for row in self.by["systems"]:
            shared = row.the("declared") == NS + TERMS["declared"]["shared"]
            known = found.get(_node(row))
            if known is None:
                found[_node(row)] = System(
                    _node(row),
                    row.the("id"),
                    row.the("name"),
                    shared,
                    row.some("operator"),
                    row.some("manager"),
                    (row.place,),
                )
                continue
            self._agree(known.shared == shared, known.name, ("区分", "declaration"), row)
            found[known.iri] = known._replace(
                operators=_both(known.operators, row.some("operator")),
                named=_both(known.named, row.some("manager")),
                places=(*known.places, row.place),
            )
        return tuple(found.values())

    def bodies(self) -> tuple[Body, ...]:
        """Return the bodies that are added, each once."""
        found: dict[str, Body] = {}
        for row in self.by["bodies"]:
            if isinstance(self.resolver.match(row.the("name")), Match):
                self.findings.append(complaints.known_body(row.the("name"), row.place))
            number = row.one("number")
            known_by = self.resolver.match(number) if number else None
            if number and isinstance(known_by, Match):
                self.findings.append(complaints.known_number(number, known_by.label, row.place))
            body = Body(
                _node(row),
                row.the("name"),
                row.one("short"),
                row.the("class"),
                row.some("ministry"),
                number,
                row.place,
            )
            known = found.setdefault(body.iri, body)
            self._agree(known.kind == body.kind, body.name, ("類型", "class"), row)
            same = set(known.ministries) == set(body.ministries)
            self._agree(same, body.name, ("所管府省庁", "supervising ministries"), row)
        above = {body.iri: body.ministries for body in found.values()}
        for body in found.values():
            if body.iri in _reached(body.ministries, above):
                self.findings.append(complaints.own_supervisor(body.name, body.place))
            for ministry in body.ministries:
                if ministry in found and found[ministry].kind != NS + "Ministry":
                    name = found[ministry].name
                    self.findings.append(complaints.no_ministry(name, body.place))
        return tuple(found.values())

    def concerns(self) -> tuple[Concern, ...]:
        """Return the concerns that are added, one for each platform that a row names."""
        found: dict[tuple[str, str | None], Concern] = {}
        held: dict[str, bool] = {}
        for row in self.by["concerns"]:
            single = row.the("holding") == NS + TERMS["holding"]["single"]
            name = row.the("name")
            same = held.setdefault(_node(row), single) == single
            self._agree(same, name, ("持ち方", "holding"), row)
            concern = Concern(_node(row), name, single, row.one("platform"), row.place)
            found.setdefault((concern.iri, concern.platform), concern)
        return tuple(found.values())

    def connections(self) -> tuple[Connection, ...]:
        """Return the connections, but for those of a system to itself."""
        found = []
        for row in self.by["connections"]:
            connection = Connection(row.the("system"), row.the("platform"), row.place)
            if connection.system == connection.platform:
                name = self.resolver.labels[connection.system]
                self.findings.append(complaints.own_connection(name, row.place))
            else:
                found.append(connection)
        return tuple(found)

    def documents(self, operators: Mapping[str, tuple[str, ...]]) -> tuple[Document, ...]:
        """Return the documents, each once; common rules are their platform's operators' own."""
        found: dict[str, Document] = {}
        for row in self.by["documents"]:
            kind = _code("documents", row.the("kind"))
            document = Document(
                _node(row),
                row.the("id"),
                row.the("name"),
                row.the("platform"),
                kind,
                row.some("maker"),
                row.some("scope"),
                row.day("date"),
                (row.place,),
            )
            known = found.get(document.iri)
            if known is not None:
                same = (known.platform, known.kind) == (document.platform, document.kind)
                what = ("基盤又は種別", "platform or kind")
                self._agree(same, document.name, what, row)
                document = known._replace(
                    makers=_both(known.makers, document.makers),
                    scope=_both(known.scope, document.scope),
                    places=(*known.places, row.place),
                )
            found[document.iri] = document
        return tuple(
            one._replace(makers=operators.get(one.platform, ()))
            if one.kind == "common-rules" and not one.makers
            else one
            for one in found.values()
        )

    def check_platforms(self, shared: set[str]) -> None:
        """Warn of rows about the boundary of a system that is not declared a platform."""
        for rows in self.by.values():
            for row in rows:
                platform = row.one("platform")
                if platform is not None and platform not in shared:
                    name = self.resolver.labels[platform]
                    self.findings.append(complaints.no_platform(name, row.place))

    def _agree(self, same: bool, name: str, what: tuple[str, str], row: Resolved) -> None:
        if not same:
            there = next(one.place for one in self.by[row.table.key] if one.node == row.node)
            self.findings.append(complaints.contradiction(name, what, row.place, there))


def _about(row: Resolved, profiles: Sequence[Profile]) -> About:
    return About(
        _node(row),
        profiles[row.profile - 1].source,
        row.the("title"),
        row.one("author"),
        row.day("date"),
        row.the("marking"),
        row.yes("invented"),
        row.place,
    )


def _layer(row: Resolved) -> Layer:
    managers = row.some("manager")
    return Layer(_node(row), row.the("system"), row.the("layer"), managers, row.place)


def _use(row: Resolved) -> Use:
    return Use(row.the("body"), row.the("system"), None, row.place)


def _uses_by_connection(
    connections: Iterable[Connection], systems: Iterable[System]
) -> Iterator[Use]:
    managers = {system.iri: system.managers for system in systems}
    for one in connections:
        for manager in managers[one.system]:
            yield Use(manager, one.platform, one.system, one.place)


def _allocation(row: Resolved) -> Allocation:
    return Allocation(
        _node(row),
        row.the("platform"),
        row.the("concern"),
        row.the("party"),
        _code("states", row.the("state")),
        row.one("provider"),
        row.yes("lead"),
        row.one("evidence"),
        row.day("date"),
        row.place,
    )


def _agreement(row: Resolved) -> Agreement:
    return Agreement(
        _node(row),
        row.the("document"),
        row.the("body"),
        _code("agreements", row.the("kind")) == "agreed",
        row.day("date"),
        row.one("evidence"),
        row.place,
    )


def _contact(row: Resolved) -> Contact:
    return Contact(
        _node(row),
        row.the("sender"),
        row.the("receiver"),
        row.yes("both"),
        row.one("platform"),
        row.one("lane"),
        row.one("point"),
        row.place,
    )


def _evidence(row: Resolved) -> Evidence:
    return Evidence(
        _node(row),
        row.the("body"),
        row.the("norm"),
        row.one("status"),
        row.one("owner"),
        row.one("document"),
        row.day("date"),
        row.place,
    )


def _exclusion(row: Resolved) -> Exclusion:
    return Exclusion(
        _node(row),
        row.the("platform"),
        row.one("concern"),
        row.one("party"),
        row.the("reason"),
        row.place,
    )


def _node(row: Resolved) -> str:
    assert row.node is not None
    return row.node


_CODES = {name: {NS + term: code for code, term in terms.items()} for name, terms in TERMS.items()}


def _code(name: str, term: str) -> str:
    return _CODES[name][term]


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _reached(start: Iterable[str], above: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    frontier = set(start)
    while frontier:
        found |= frontier
        frontier = {up for one in frontier for up in above.get(one, ())} - found
    return found
