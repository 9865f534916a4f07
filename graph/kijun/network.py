"""Reporting lines as a networkx graph: routes from party to party, and single points of failure.

A route is a simple path of lines whose legs share the topic or a broader one. Arriving at the
managers of a ministry is arriving at the ministry. Lines that only another reading of the text
makes are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import networkx as nx

from kijun.norms import LANES
from kijun.reporting import REPORT_COLUMNS, Line
from kijun.tables import Column

_ON_ROUTES = ("norm", "from", "to", "act", "about", "timing")
LEG_COLUMNS = (
    *(column._replace(in_table=column.key in _ON_ROUTES) for column in REPORT_COLUMNS),
    Column("slow", "遅い区間", "slow leg", words={"true": "遅い", "false": ""}),
)
ROUTE_COLUMNS = (
    Column("legs", "区間", "legs", columns=LEG_COLUMNS),
    Column("length", "区間数", "length"),
    Column("single_points", "欠けると届かなくなる所", "single points of failure"),
    Column("about", "話題", "about"),
    Column("lane", "系統", "lane", words=LANES),
    Column(
        "single_points_iri",
        "欠けると届かなくなる所IRI",
        "single points IRI",
        in_table=False,
    ),
    Column("about_iri", "話題IRI", "about IRI", in_table=False),
)
"""The keys of a route; ``legs`` are lines, each with ``slow``."""


def route_columns(*, verbatim: bool) -> tuple[Column, ...]:
    """Return the columns of a route; ``verbatim`` adds each leg's sentence."""
    if not verbatim:
        return ROUTE_COLUMNS
    legs, *rest = ROUTE_COLUMNS
    text = Column("text", "原文", "text", weight=8)
    return (legs._replace(columns=(*LEG_COLUMNS, text)), *rest)


LONGEST = 6
"""How many legs a route may have; the guideline's own have two or three."""

PROMPT = ("promptly", "immediately")
"""The timings that make a leg quick."""

Route = dict[str, object]


class Routes(NamedTuple):
    """Routes from one party to another; ``partial`` names the points that do not cut them all.

    Each of those cuts every route of a business line, or else of a lane (``by`` says which).
    """

    rows: list[Route]
    partial: list[str]
    by: Literal["business", "lane"]


def reporting_network(
    lines: Iterable[Line],
    home: Mapping[str, str],
    within: Mapping[str, Collection[str]] | None = None,
) -> nx.MultiDiGraph:
    """Return lines as a directed multigraph of parties, by IRI.

    ``home`` maps a post to the agency in which it stands; a line to a post ends at its agency.
    ``within`` maps a class to the classes that belong to it: what ministries must tell, a
    supervising ministry must tell too.
    Nodes have ``label``; edges have the keys of a line, under the line's IRI as their key.
    """
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for line in lines:
        sender, told = str(line["from_iri"]), str(line["to_iri"])
        receiver = home.get(told, told)
        if receiver == sender:
            continue
        graph.add_node(sender, label=line["from"])
        if told == receiver:
            graph.add_node(receiver, label=line["to"])
        else:
            graph.add_node(receiver)
        for one in {sender, *(within or {}).get(sender, ())}:
            for other in {receiver, *(within or {}).get(receiver, ())}:
                if one != other:
                    graph.add_edge(one, other, key=str(line["line_iri"]), **line)
    return graph


def routes(
    graph: nx.MultiDiGraph,
    sender: str,
    receiver: str,
    topics: Mapping[str, frozenset[str]],
    named: Mapping[str, str],
    share_of: Callable[[Line], str | None],
) -> Routes:
    """Return every route from one party to another: shortest first, by parties, quick first.

    ``topics`` maps each topic asked about to itself and its broader ones, ``named`` its label;
    ``share_of`` tells the business line to which a line belongs (None: to none in particular).
    """
    found: dict[tuple[str, ...], tuple[str, list[Line]]] = {}
    between: list[set[str]] = []
    # The broadest topic first: a line is said to be on its own topic, not on a narrower one.
    for topic, covering in sorted(topics.items(), key=lambda item: (len(item[1]), item[0])):
        fitting = nx.MultiDiGraph()
        for source, target, key, line in graph.edges(keys=True, data=True):
            if not line["reading"] and covering.intersection(line["about_iri"]):
                fitting.add_edge(source, target, key=key, **line)
        if sender not in fitting or receiver not in fitting:
            continue
        for path in nx.all_simple_edge_paths(fitting, sender, receiver, cutoff=LONGEST):
            keys = tuple(key for _, _, key in path)
            lines = [dict(fitting.edges[edge]) for edge in path]
            if keys not in found:
                found[keys] = topic, lines
                between.append({party for _, party, _ in path[:-1]})
    cuts = _single_points([lines for _, lines in found.values()], between, share_of)
    points = sorted(cuts, key=lambda point: (_label(graph, point), point))
    labels = [_label(graph, point) for point in points]
    rows: list[Route] = [
        {
            "legs": [{**line, "slow": _slow(graph, line)} for line in lines],
            "length": len(lines),
            "single_points": labels,
            "about": named.get(topic, topic),
            "lane": next((line["lane"] for line in lines if line["lane"]), None),
            "single_points_iri": points,
            "about_iri": topic,
        }
        for topic, lines in found.values()
    ]
    partial = [point for point in points if "all" not in cuts[point]]
    by_business = any("business" in cuts[point] for point in partial)
    return Routes(
        sorted(rows, key=_order),
        [_label(graph, point) for point in partial],
        "business" if by_business else "lane",
    )


def _order(route: Route) -> tuple[object, ...]:
    legs = route["legs"]
    assert isinstance(legs, list)
    slow = sum(bool(leg["slow"]) for leg in legs)
    parties = [str(leg["from"]) for leg in legs]
    return route["length"], parties, slow, [str(leg["line_iri"]) for leg in legs]


def _slow(graph: nx.MultiDiGraph, line: Line) -> bool:
    """Say whether a leg lacks the haste that another line between its two parties has."""

    def prompt(other: Mapping[str, object]) -> bool:
        timings = other["timing_iri"]
        assert isinstance(timings, Sequence)
        return any(str(timing).endswith(f"#{name}") for timing in timings for name in PROMPT)

    ends = str(line["from_iri"]), str(line["to_iri"])
    beside = graph.get_edge_data(*ends) or {}
    return not prompt(line) and any(prompt(other) for other in beside.values())


def _single_points(
    found: Sequence[Sequence[Line]],
    parties: Sequence[set[str]],
    share_of: Callable[[Line], str | None],
) -> dict[str, set[str]]:
    """Return every party whose removal cuts all routes of one business line or of one lane.

    With each, what it cuts: ``all`` routes, those of a ``business`` line, of a ``lane``. Where a
    line leads there directly, no party can cut it.
    """
    if not all(parties):
        return {}
    groups: dict[tuple[str, object], list[set[str]]] = {}
    # The parties between the two ends, where a post counts as its agency.
    for lines, between in zip(found, parties, strict=True):
        groups.setdefault(("all", ""), []).append(between)
        shares = {share for line in lines if (share := share_of(line)) is not None}
        for share in sorted(shares):
            groups.setdefault(("business", share), []).append(between)
        for lane in {line["lane"] for line in lines if line["lane"]}:
            groups.setdefault(("lane", lane), []).append(between)
    cuts: dict[str, set[str]] = {}
    for (kind, _), group in groups.items():
        for point in set.intersection(*group):
            cuts.setdefault(point, set()).add(kind)
    return cuts


def _label(graph: nx.MultiDiGraph, party: str) -> str:
    return str(graph.nodes[party].get("label", party))
