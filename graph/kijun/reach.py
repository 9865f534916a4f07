"""How word of an incident reaches NISC, and whose failure would keep it away.

Lines are the edges of a network of parties (:func:`kijun.network.reporting_network`). A party is
a single point of failure for a body if every route from the body to NISC runs through it: every
route at all, or every route of one of its lines of business or lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

import networkx as nx

from kijun.network import LONGEST, reporting_network
from kijun.reporting import Line
from kijun.terms import ID, NS

NISC = f"{ID}office/nisc"
INCIDENT = f"{NS}incident"

ShareOf = Callable[[Line], str | None]
"""Tells the line of business to which a reporting line belongs (None: to none in particular)."""

Parties = tuple[str, ...]
Legs = tuple[frozenset[str], ...]


class Ways(NamedTuple):
    """The lines of business and the lanes by which a body reaches NISC."""

    businesses: frozenset[str]
    lanes: frozenset[str]


class Dependence(NamedTuple):
    """That a body needs a point: for every route, or for some of its business lines or lanes.

    ``lines`` are the body's own lines on the routes concerned, by IRI.
    """

    point: str
    body: str
    whole: bool
    businesses: tuple[str, ...]
    lanes: tuple[str, ...]
    lines: tuple[str, ...]


def incident_network(
    lines: Iterable[Line], home: Mapping[str, str], covering: Collection[str]
) -> nx.MultiDiGraph:
    """Return the lines that carry word of an incident, as a network of parties.

    ``covering`` are the topic asked about and its broader ones. Lines that only another reading
    of the text makes are left out.
    """
    topics = set(covering)
    return reporting_network(
        (
            line
            for line in lines
            if not line["reading"] and topics.intersection(_listed(line["about_iri"]))
        ),
        home,
    )


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def ways(network: nx.MultiDiGraph, share_of: ShareOf) -> dict[str, Ways]:
    """Return how each body that reaches NISC at all does so."""
    return {
        body: Ways(
            frozenset(name for kind, name in groups if kind == "business"),
            frozenset(name for kind, name in groups if kind == "lane"),
        )
        for body, groups in _dependences(network, share_of).items()
    }


def dependences(network: nx.MultiDiGraph, share_of: ShareOf) -> list[Dependence]:
    """Return every single point of failure with each body that it would cut off.

    NISC itself, where all routes end, is none.
    """
    found = []
    for body, groups in _dependences(network, share_of).items():
        for point in sorted({point for points, _ in groups.values() for point in points}):
            cut = {key: lines for key, (points, lines) in groups.items() if point in points}
            found.append(
                Dependence(
                    point,
                    body,
                    ("all", "") in cut,
                    tuple(sorted(name for kind, name in cut if kind == "business")),
                    tuple(sorted(name for kind, name in cut if kind == "lane")),
                    tuple(sorted({line for lines in cut.values() for line in lines})),
                )
            )
    return sorted(found)


_Group = tuple[str, str]


def _dependences(
    network: nx.MultiDiGraph, share_of: ShareOf
) -> dict[str, dict[_Group, tuple[frozenset[str], frozenset[str]]]]:
    """Return for each body that reaches NISC and each group of its own lines that does:

    the parties on every route that begins with a line of the group, and those lines.
    """
    found = {}
    if NISC not in network:
        return {}
    backwards = nx.DiGraph(network.reverse(copy=False))
    shared = _dominators(backwards)
    for body in sorted(set(network) - {NISC}):
        # Whom nobody tells anything is on no other's route.
        on_every_route = shared
        if backwards.out_degree(body):
            on_every_route = _dominators(nx.restricted_view(backwards, [body], []))
        groups: dict[_Group, set[str]] = {}
        first: dict[_Group, list[frozenset[str]]] = {}
        for _, told, key, line in network.out_edges(body, keys=True, data=True):
            if told not in on_every_route:
                continue
            for group in _groups(line, share_of):
                groups.setdefault(group, set()).add(key)
                first.setdefault(group, []).append(on_every_route[told])
        if groups:
            found[body] = {
                group: (frozenset.intersection(*first[group]), frozenset(lines))
                for group, lines in groups.items()
            }
    return found


def _groups(line: Line, share_of: ShareOf) -> list[_Group]:
    share, lane = share_of(line), line["lane"]
    named = [("business", share), ("lane", None if lane is None else str(lane))]
    return [("all", ""), *((kind, name) for kind, name in named if name is not None)]


def _dominators(backwards: nx.DiGraph) -> dict[str, frozenset[str]]:
    """Return, for each party from which word reaches NISC, who is on each of its routes.

    ``backwards`` has an edge from each party to those that tell it; the party itself counts.
    """
    before = nx.immediate_dominators(backwards, NISC)
    found = {NISC: frozenset[str]()}
    for party in before:
        node, chain = party, set()
        while node is not None and node != NISC:
            chain.add(node)
            node = before[node]
        found[party] = frozenset(chain)
    return found


def routes_by_parties(network: nx.MultiDiGraph) -> dict[Parties, Legs]:
    """Return every route to NISC as the parties on it, with the lines that make each leg."""
    if NISC not in network:
        return {}
    simple = nx.DiGraph(network)
    return {
        tuple(path): tuple(frozenset(network[one][two]) for one, two in pairwise(path))
        for body in sorted(set(network) - {NISC})
        for path in nx.all_simple_paths(simple, body, NISC, cutoff=LONGEST)
    }
