"""The pictures of the explorer: what is drawn of a graph, as JSON-ready dictionaries.

A thing goes by its compact IRI (``id:body/2000012020001``). Every picture has ``nodes`` and
``edges`` (:class:`kijun.elements.Picture`), ``missing`` (how many edges found no room), ``notes``
(what must be said first) and ``centre`` (the thing asked about). Pictures read from left to right:
each node has its ``layer``, 0 at the centre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from kijun import lookup, reporting
from kijun.duties import DUTY_COLUMNS, ROUTES
from kijun.elements import Picture
from kijun.errors import UnknownName
from kijun.knowledge import KnowledgeGraph
from kijun.network import LEG_COLUMNS
from kijun.norms import Norm, norms
from kijun.relations import EDGES, RELATIONS
from kijun.reporting import REPORT_COLUMNS
from kijun.saying import listing, worded
from kijun.surroundings import Edge, Surroundings
from kijun.terms import ID, NS, curie, expand
from kijun.things import is_thing, kind_of

Json = dict[str, Any]

ROOM = 60
"""How many nodes a first picture of a neighbourhood has unless told otherwise."""

MOST_ROOM = 300
"""How many nodes a neighbourhood can be asked to have."""

_WAYS = ("forth", "back")

# From those who are supervised to those who supervise; offices stand after both.
_CLASS_LAYERS = {f"{NS}{name}": 0 for name in ("Corporation", "GovernmentBody")}


class Scenes:
    """The pictures of one graph, on one day and in one language."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph

    @cached_property
    def surroundings(self) -> Surroundings:
        """The edges at each thing."""
        return Surroundings(self.graph.store, self.graph.engine)

    @cached_property
    def norms(self) -> dict[str, Norm]:
        """All norms by IRI."""
        return norms(self.graph.engine, self.graph.lang)

    def known(self, identity: str) -> str:
        """Return the IRI of a thing.

        Raises:
            UnknownName: the graph holds no such thing, or none that can be shown.
        """
        iri = expand(identity)
        if not is_thing(self.graph.store, iri):
            raise UnknownName(
                worded('the graph holds nothing called "{identity}"', identity=identity[:120]),
                identity,
            )
        return iri

    def start(self) -> Json:
        """Return the picture to begin with: the reporting lines between classes and offices."""
        picture = self.picture()
        answer = self.graph.reports()
        layers: dict[str, int] = {}
        for row in answer.rows:
            sender = str(row["from_iri"])
            layers[sender] = 2 if kind_of(sender) == "office" else _CLASS_LAYERS.get(sender, 1)
        for row in answer.rows:
            receiver = str(row["to_iri"])
            if kind_of(receiver) == "office":
                layers[receiver] = 2
            elif receiver not in layers:
                told = [str(one["from_iri"]) for one in answer.rows if one["to_iri"] == receiver]
                layers[receiver] = 1 + min(layers[sender] for sender in told)
        for row in answer.rows:
            picture.line(row, REPORT_COLUMNS)
        for iri, layer in layers.items():
            picture.place(iri, layer=layer)
        return self.made(picture, answer.notes)

    def near(self, identity: str, take: Iterable[str] = (), room: int = ROOM) -> Json:
        """Return what stands around a thing.

        ``take`` names relations, each alone (``supervises``) or with its direction
        (``inherits>back``: those that end at the thing); without it, they are taken up in the
        order of :data:`kijun.surroundings.RELATIONS` until ``room`` nodes are there. ``left`` are
        the relations that were not taken up, each with its number.

        Raises:
            UnknownName: there is no such thing, or no such relation.
        """
        iri = self.known(identity)
        wanted = _relations(take)
        picture = self.picture()
        picture.place(iri, layer=0)
        balance: Counter[str] = Counter()
        left: dict[tuple[str, str], Json] = {}
        for relation in RELATIONS:
            for way in _WAYS:
                forth = way == "forth"
                edges = self.surroundings.edges(iri, relation, forth=forth)
                ends = {edge.end if forth else edge.start for edge in edges}
                key = (relation.kind, way)
                if not edges:
                    continue
                if key in wanted or (not wanted and len(balance.keys() | ends) < room):
                    balance.update(dict.fromkeys(ends, 0))
                    for edge in edges:
                        balance[edge.end if forth else edge.start] += 1 if forth else -1
                    self.draw(picture, edges)
                else:
                    words = relation.forth if forth else relation.back
                    told = {"kind": relation.kind, "way": way, "label": words[self.graph.lang]}
                    left.setdefault(key, {**told, "count": 0})["count"] += len(edges)
        picture.beside(balance)
        return self.made(picture, [], centre=curie(iri), left=list(left.values()))

    def lines(self, identity: str) -> Json:
        """Return the reporting lines of a party: what it must tell, and what it must be told."""
        iri = self.known(identity)
        picture = self.picture()
        picture.place(iri, layer=0)
        notes: list[str] = []
        balance: Counter[str] = Counter()
        told, heard = self.graph.reports(curie(iri)), self.graph.reports(None, curie(iri))
        for answer, own, other, weight in (
            (told, "from_iri", "to_iri", 1),
            (heard, "to_iri", "from_iri", -1),
        ):
            notes += answer.notes
            for row in answer.rows:
                # What a party tells its own posts is drawn from it to them.
                if picture.line(row, REPORT_COLUMNS) is not None and row[other] != iri:
                    picture.place(str(row[own]), layer=0)
                    balance[str(row[other])] += weight
        picture.beside(balance)
        return self.made(picture, notes, centre=curie(iri))

    def duties(self, identity: str) -> Json:
        """Return the norms that a body bears, by the routes on which they reach it."""
        iri = self.known(identity)
        answer = self.graph.duties(curie(iri))
        picture = self.picture()
        centre = str(answer.rows[0]["body_iri"]) if answer.rows else iri
        picture.place(centre, layer=0)
        counts = Counter(str(row["route"]) for row in answer.rows)
        for route in filter(counts.get, ROUTES):
            word = ROUTES[route] if self.graph.lang == "ja" else route
            way = f"{ID}way/{route}"
            picture.place(way, label=f"{word} ({counts[route]})", kind="way", layer=1)
            picture.tie("inherits", centre, way, way, why=None)
        for row in answer.rows:
            picture.duty(row, DUTY_COLUMNS, f"{ID}way/{row['route']}")
            picture.place(str(row["norm_iri"]), layer=2, force=row["derived_force"])
        return self.made(picture, answer.notes, centre=curie(centre))

    def route(self, sender: str, receiver: str, about: str | None = None) -> Json:
        """Return every route from one party to another, as a picture and as ``routes``.

        Each route has its ``legs`` (ids of edges), ``about``, ``lane``, and ``points``: the
        parties whose failure alone cuts all routes of its business line.
        """
        ends = self.known(sender), self.known(receiver)
        answer = self.graph.route(curie(ends[0]), curie(ends[1]), about)
        homes = lookup.homes(self.graph.engine)
        picture = self.picture()
        for end in ends:
            picture.place(end)
        routes = []
        layers = {ends[0]: 0}
        for row in answer.rows:
            legs = []
            for place, leg in enumerate(listed(row["legs"])):
                told = str(leg["to_iri"])
                between = str(leg["from_iri"]), homes.get(told, told)
                legs.append(picture.line(leg, LEG_COLUMNS, between))
                layers[between[0]] = min(layers.get(between[0], place), place)
            points = [curie(str(point)) for point in listed(row["single_points_iri"])]
            for point in listed(row["single_points_iri"]):
                picture.place(str(point), single=True)
            kept = {key: row[key] for key in ("about", "lane", "length")}
            routes.append({**kept, "legs": legs, "points": points})
        layers[ends[1]] = 1 + max(layers.values())
        for party, layer in layers.items():
            picture.place(party, layer=layer)
        made = self.made(picture, answer.notes, centre=curie(ends[0]))
        return {**made, "routes": routes}

    def picture(self) -> Picture:
        """Return an empty picture."""
        return Picture(self.graph, self.surroundings, self.norms)

    def made(self, picture: Picture, notes: Iterable[str], **more: object) -> Json:
        """Return a picture with what must be said of it."""
        said = list(dict.fromkeys([*self.graph.notes(), *notes]))
        return {**picture.elements(), "centre": None, "notes": said, **more}

    def draw(self, picture: Picture, edges: Sequence[Edge]) -> None:
        """Draw edges of the surroundings, reporting lines with all that their rows say."""
        lines = {edge.link: edge for edge in edges if edge.kind == "reports"}
        for edge in edges:
            if edge.kind != "reports":
                picture.edge(edge)
        for level in ("class", "body") if lines else ():
            rows = reporting.line_rows(
                self.graph.engine,
                self.graph.lang,
                level=level,
                senders=sorted({edge.start for edge in lines.values()}),
                receivers=sorted({edge.end for edge in lines.values()}),
                in_force=self.graph.validity.in_force,
            )
            for row in rows:
                if row["line_iri"] in lines:
                    picture.line(row, REPORT_COLUMNS)


def _relations(take: Iterable[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for one in take:
        kind, _, way = one.partition(">")
        if kind not in EDGES or way not in ("", *_WAYS):
            raise UnknownName(
                worded(
                    'no relation is called "{one}"; one of {edges}',
                    one=one[:60],
                    edges=listing(EDGES),
                ),
                one,
            )
        found.update((kind, each) for each in _WAYS if way in ("", each))
    return found


def listed(cell: object) -> list[Any]:
    """Return a cell that holds a list."""
    assert isinstance(cell, list)
    return cell
