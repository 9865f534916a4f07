"""What follows from one graph, whether the real one or one under an assumption."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import networkx as nx

from kijun.changes import Cut
from kijun.duties import Duty, duty_rows
from kijun.engine import Engine, labels
from kijun.lookup import covering, homes, shares
from kijun.network import PROMPT
from kijun.reach import (
    INCIDENT,
    Legs,
    Parties,
    ShareOf,
    Ways,
    incident_network,
    routes_by_parties,
    ways,
)
from kijun.reporting import Line, line_rows


class World(NamedTuple):
    """What follows from one graph: duties, lines, and how word of an incident travels on the lines.

    ``named`` holds the labels of the parties in the network.
    """

    duties: list[Duty]
    lines: list[Line]
    network: nx.MultiDiGraph
    routes: dict[Parties, Legs]
    ways: dict[str, Ways]
    share_of: ShareOf
    named: Mapping[str, str]


def world(
    engine: Engine,
    lang: str,
    *,
    bodies: Collection[str] | None = None,
    in_force: bool | None = None,
    cuts: Iterable[Cut] = (),
) -> World:
    """Return what follows from a derived graph, without the lines that some cuts take out.

    Duties are those of some bodies only, by IRI, where that is said.
    """
    out, home = list(cuts), homes(engine)
    lines = [
        line
        for line in line_rows(engine, lang, level="body", in_force=in_force)
        if not any(
            cut.hits(str(line["norm_iri"]), str(line["from_iri"]), str(line["to_iri"]))
            for cut in out
        )
    ]
    share = shares(engine)
    network = incident_network(lines, home, covering(engine)[INCIDENT])

    def share_of(line: Line) -> str | None:
        return share.get(str(line["line_iri"]))

    return World(
        duty_rows(engine, bodies, lang, all_paths=True, in_force=in_force)
        if bodies is None or bodies
        else [],
        lines,
        network,
        routes_by_parties(network),
        ways(network, share_of),
        share_of,
        labels(engine, network, lang),
    )


_OF_FIRST = (
    *("norm", "norm_iri", "section", "section_iri", "sentence", "sentence_iri"),
    *("phrase", "force", "interpretation", "in_force"),
)
_STRENGTH = ("found", "derived", "recalled")


def place(line: Line) -> tuple[str, int, str]:
    """Return the place of a line among others: by section, sentence and name."""
    return str(line["section_iri"]), int(str(line["sentence"])), str(line["line_iri"])


def citation(lines: Sequence[Line]) -> dict[str, object]:
    """Return what a row says of the lines on which it rests: the first, all norms, the basis.

    The basis is that of the weakest.
    """
    found = {str(line["norm_iri"]): line["norm"] for line in lines}
    return {
        **{key: lines[0][key] for key in _OF_FIRST},
        "basis": max((str(line["basis"]) for line in lines), key=_STRENGTH.index),
        "norms": list(found.values()),
        "norms_iri": list(found),
    }


def told_first(world: World, body: str, lang: str) -> str | None:
    """Return whom a body tells on its routes to NISC."""
    told = {route[1] for route in world.routes if route[0] == body}
    return ("、" if lang == "ja" else ", ").join(sorted(world.named[one] for one in told)) or None


def business_names(world: World, body: str, lang: str) -> dict[str, str]:
    """Return the name of each line of business of a body: the ministries that share it."""
    ministries: dict[str, set[str]] = {}
    for _, told, line in world.network.out_edges(body, data=True):
        share = world.share_of(line)
        if share is not None:
            ministries.setdefault(share, set()).add(world.named[told])
    apart = "・" if lang == "ja" else " and "
    return {share: apart.join(sorted(names)) for share, names in ministries.items()}


def legs_in_words(world: World, parties: Parties, lang: str) -> str | None:
    """Return in how many ways a route can be gone, and how many of its legs ask for haste."""
    if parties not in world.routes:
        return None
    ways, quick = 1, 0
    for ends, keys in zip(pairwise(parties), world.routes[parties], strict=True):
        ways *= len(keys)
        timings = [iri for key in keys for iri in world.network.edges[(*ends, key)]["timing_iri"]]
        quick += any(iri.rpartition("#")[2] in PROMPT for iri in timings)
    if lang == "ja":
        return f"{ways}通り、速やかな区間{quick}"
    return f"{ways} way{'s' if ways > 1 else ''}, {quick} prompt leg{'s' if quick != 1 else ''}"
