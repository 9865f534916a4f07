"""Who would learn of an incident on a platform: over lines of the guideline and users' contacts.

Word starts with those who operate the platform. It goes along the lines that the text makes on
incidents or a broader topic, and along contacts of the platform or of all, each from teller to
told. A way all of whose legs hold without a condition is preferred to a shorter one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

import networkx as nx

from kijun.boundary import Boundary
from kijun.network import PROMPT
from kijun.reach import NISC, incident_network
from kijun.reporting import Line
from kijun.situation import Situation
from kijun.tables import Column

LEARNS = {"first": "最初に知る", "yes": "届く", "conditional": "条件付きで届く", "no": "届かない"}
WHO = {"party": "当事者", "user": "利用のみ", "other": "その他"}

LEARNING_COLUMNS = (
    Column("platform", "基盤", "platform", weight=2),
    Column("who", "機関", "who", weight=2),
    Column("role", "立場", "role", words=WHO),
    Column("learns", "知らせ", "word", words=LEARNS),
    Column("path", "道筋", "path", weight=4, between=" → "),
    Column("by", "根拠", "by", weight=3),
    Column("conditions", "条件", "conditions", weight=3),
    Column("legs", "区間数", "legs", in_table=False),
    Column("platform_iri", "基盤IRI", "platform IRI", in_table=False),
    Column("who_iri", "機関IRI", "who IRI", in_table=False),
    Column("path_iri", "道筋IRI", "path IRI", in_table=False),
    Column("by_iri", "根拠IRI", "by IRI", in_table=False),
)
"""The keys of a row: ``by`` names for each leg its norm, or the contact."""


class _Leg:
    """The best way from one party straight to another."""

    def __init__(self, label: str, iri: str, condition: str | None, haste: int) -> None:
        self.label = label
        self.iri = iri
        self.condition = condition
        self.order = (condition is not None, haste, iri)


def network(
    platform: str, situation: Situation, lines: nx.MultiDiGraph, contact: str
) -> nx.DiGraph:
    """Return who tells whom of an incident on a platform; each edge has its best ``leg``."""
    graph: nx.DiGraph = nx.DiGraph()

    def add(sender: str, receiver: str, leg: _Leg) -> None:
        known = graph.get_edge_data(sender, receiver)
        if known is None or leg.order < known["leg"].order:
            graph.add_edge(sender, receiver, leg=leg)

    for sender, receiver, line in lines.edges(data=True):
        prompt = any(one.rpartition("#")[2] in PROMPT for one in line["timing_iri"])
        condition = line["condition"]
        add(sender, receiver, _Leg(line["norm"], line["norm_iri"], condition, 0 if prompt else 1))
    for one in situation.contacts:
        if one.platform in (None, platform):
            label = f"{contact}（{one.point}）" if one.point else contact
            ends = [(one.sender, one.receiver)]
            ends += [(one.receiver, one.sender)] if one.both else []
            for sender, receiver in ends:
                add(sender, receiver, _Leg(label, one.iri, None, 2))
    return graph


def learning_rows(
    boundary: Boundary,
    situation: Situation,
    lines: Iterable[Line],
    home: Mapping[str, str],
    topics: Collection[str],
    named: Mapping[str, str],
    lang: str,
) -> list[dict[str, object]]:
    """Return, for each platform, who would learn of an incident on it, and how."""
    whole = incident_network(lines, home, topics)
    contact = "連絡窓口" if lang == "ja" else "contact"
    apart = "、" if lang == "ja" else "; "
    rows: list[dict[str, object]] = []
    for system in situation.systems:
        if system.iri not in boundary.parties:
            continue
        graph = network(system.iri, situation, whole, contact)
        parties = boundary.parties[system.iri]
        users = {user for platform, user in boundary.users if platform == system.iri}
        start = [one for one in system.operators or parties if one in parties]
        found = ways(graph, start)
        asked = {**dict.fromkeys(parties, "party"), **dict.fromkeys(users, "user")}
        asked.setdefault(NISC, "other")
        for who in sorted(asked, key=lambda iri: (list(WHO).index(asked[iri]), named[iri], iri)):
            path = found.get(who)
            legs = [graph.edges[ends]["leg"] for ends in pairwise(path or ())]
            conditions = [leg.condition for leg in legs if leg.condition]
            told = "conditional" if conditions else "yes"
            rows.append(
                {
                    "platform": system.name,
                    "who": named[who],
                    "role": asked[who],
                    "learns": "no" if path is None else "first" if len(path) == 1 else told,
                    "path": [named.get(one, one) for one in path or ()],
                    "by": [leg.label for leg in legs],
                    "conditions": apart.join(conditions) or None,
                    "legs": len(legs) if path is not None else None,
                    "platform_iri": system.iri,
                    "who_iri": who,
                    "path_iri": path or [],
                    "by_iri": [leg.iri for leg in legs],
                }
            )
    return rows


def ways(graph: nx.DiGraph, start: Iterable[str]) -> dict[str, list[str]]:
    """Return the way by which word reaches each party, from where it starts.

    The fewest legs of those without a condition, and else the fewest with one.
    """
    sources = sorted(set(start))
    graph.add_nodes_from(sources)

    def weight(_one: str, _other: str, edge: Mapping[str, _Leg]) -> int:
        # One leg with a condition is worse than any number without.
        return 1 if edge["leg"].condition is None else len(graph) + 1

    if not sources:
        return {}
    return dict(nx.multi_source_dijkstra_path(graph, sources, weight=weight))
