"""The floor: what the questions cost as plain passes of numpy over integer edges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.int64]
Row = tuple[str, ...]

JOINT = (
    *("responsibilityAndRoles", "operatingStructure", "normalCooperation"),
    *("emergencyCooperation", "emergencyResponse"),
)
SINGLE = ("responsibilityBoundary", "comprehensiveDocument")
MINISTERIAL = ("Ministry", "SupervisingMinistry", "CompetentMinister")
OF_ALL = {
    "CompetentMinister": "IncorporatedAdministrativeAgency",
    "SupervisingMinistry": "Corporation",
}


class Data:
    """The edges, by relation: each relation is two columns of numbers."""

    def __init__(self, folder: Path) -> None:
        edges = np.load(folder / "edges.npy")
        self.terms = np.array((folder / "terms.txt").read_text("utf-8").split("\n"), dtype=object)
        self.number = {text: place for place, text in enumerate(self.terms)}
        order = np.argsort(edges[:, 1], kind="stable")
        self.edges = edges[order]
        self.size = np.int64(len(self.terms))
        relations, starts = np.unique(self.edges[:, 1], return_index=True)
        ends = np.append(starts[1:], len(self.edges))
        self.place = {int(r): slice(a, b) for r, a, b in zip(relations, starts, ends, strict=True)}

    def pairs(self, name: str) -> Pairs:
        """Return subjects and objects of a relation."""
        found = self.place.get(self.number.get(name, -1))
        edges = self.edges[found] if found is not None else self.edges[:0]
        return edges[:, [0, 2]].astype(np.int64)

    def having(self, name: str, value: str) -> NDArray[np.int64]:
        """Return the subjects with a value of a relation."""
        pairs = self.pairs(name)
        return pairs[pairs[:, 1] == self.number.get(value, -1), 0]

    def joined(self, left: Pairs, right: Pairs) -> Pairs:
        """Return (a, c) for each (a, b) on the left and (b, c) on the right."""
        right = right[np.argsort(right[:, 0], kind="stable")]
        low = np.searchsorted(right[:, 0], left[:, 1], "left")
        high = np.searchsorted(right[:, 0], left[:, 1], "right")
        counts = high - low
        starts = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        places = starts + np.arange(counts.sum())
        return np.column_stack((np.repeat(left[:, 0], counts), right[places, 1]))

    def key(self, *columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return one number for each row of columns."""
        made = columns[0]
        for column in columns[1:]:
            made = made * self.size + column
        return made

    def column(self, name: str, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the value of a relation for each node, -1 where there is none."""
        values = np.full(self.size, -1, dtype=np.int64)
        pairs = self.pairs(name)
        values[pairs[:, 0]] = pairs[:, 1]
        return values[nodes]


def load(folder: Path) -> Data:
    return Data(folder)


def duties_of(data: Data, body: str) -> set[Row]:
    return {row for row in duties(data) if row[0] == body}


def holes_at(data: Data, platform: str) -> set[Row]:
    return {row for row in holes(data) if row[1] == platform}


def _above(data: Data) -> dict[int, set[int]]:
    """Return each class with all that include it."""
    up: dict[int, set[int]] = {}
    for child, parent in data.pairs("http://www.w3.org/2000/01/rdf-schema#subClassOf").tolist():
        up.setdefault(child, set()).add(parent)
    found = {}
    for start in set(up) | {parent for parents in up.values() for parent in parents}:
        reached, frontier = {start}, {start}
        while frontier:
            frontier = {p for one in frontier for p in up.get(one, ())} - reached
            reached |= frontier
        found[start] = reached
    return found


def _many(data: Data, name: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in data.pairs(name).tolist():
        found.setdefault(one, set()).add(other)
    return found


def duties(data: Data) -> Iterator[Row]:
    """Yield body, norm and route: by class first, which is little, then spread over the bodies."""
    number, above = data.number, _above(data)
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    norms = set(data.having(a, "Norm").tolist())
    offices = set(data.having(a, "Office").tolist())
    bearer, regards, within = (_many(data, n) for n in ("bearer", "regards", "roleWithin"))
    entries = data.having("register", "register/invented")
    bodies = data.column("entryOf", entries)
    kinds = data.column("entryClass", entries)
    bodies, kinds = bodies[bodies >= 0], kinds[bodies >= 0]
    ministry = number["Ministry"]

    def own(norm: int) -> bool:
        return norm not in regards or bool(regards[norm] & bearer[norm])

    by_class: dict[int, set[tuple[int, str]]] = {}
    for kind in set(kinds.tolist()):
        wide = above.get(kind, {kind})
        got = by_class.setdefault(kind, set())
        takers = []
        for norm in norms:
            if bearer.get(norm, set()) & wide and own(norm):
                got.add((norm, "class"))
                takers.append(norm)
            if within.get(norm, set()) & wide:
                got.add((norm, "role"))
        if ministry not in wide:
            got |= {(norm, "incorporation") for norm in _taken_over(data, takers, bearer, within)}
    norm_of, route_of, body_of = [], [], []
    for kind, got in by_class.items():
        members = bodies[kinds == kind]
        for norm, route in got:
            body_of.append(members)
            norm_of.append(np.full(len(members), norm))
            route_of.append((route, len(members)))
    for norm in norms:
        for office in bearer.get(norm, set()) & offices:
            yield data.terms[office], data.terms[norm], "direct"
    yield from _rows(data, body_of, norm_of, route_of)
    yield from _supervision(data, norms, bearer, regards, above, bodies, kinds)
    yield from _platform(data, bearer, regards)


def _rows(data: Data, bodies, norms, routes) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    names = [route for route, count in routes for _ in range(count)]
    if not names:
        return
    found = data.terms[np.concatenate(bodies)], data.terms[np.concatenate(norms)]
    yield from zip(*found, names, strict=True)


def _taken_over(data: Data, takers: list[int], bearer, within) -> set[int]:  # type: ignore[no-untyped-def]
    ministry = data.number["Ministry"]
    incorporates, taken = _many(data, "incorporates"), _many(data, "incorporated")
    places: dict[int, set[int]] = {}
    up = _many(data, "partOf")
    for relation in ("source", "section"):
        for norm, place in data.pairs(relation).tolist():
            frontier = {place}
            while frontier:
                places.setdefault(norm, set()).update(frontier)
                frontier = {p for one in frontier for p in up.get(one, ())}
    found = set()
    for taker in takers:
        for incorporation in incorporates.get(taker, ()):
            for part in taken.get(incorporation, ()):
                for norm, where in places.items():
                    ours = ministry in bearer.get(norm, set()) | within.get(norm, set())
                    if part in where and ours and norm != taker:
                        found.add(norm)
    return found


def _supervision(data: Data, norms, bearer, regards, above, bodies, kinds) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    number = data.number
    kind_of = np.full(data.size, -1, dtype=np.int64)
    kind_of[bodies] = kinds
    supervisions = data.having("register", "register/invented")
    corporations = data.column("supervised", supervisions)
    ministries = data.column("supervisingMinistry", supervisions)
    kept = corporations >= 0
    over = np.unique(np.column_stack((ministries[kept], kind_of[corporations[kept]])), axis=0)
    ministerial = {number[name] for name in MINISTERIAL}
    scopes: dict[int, list[int]] = {}
    for norm in norms:
        whose = bearer.get(norm, set()) & ministerial
        if whose and norm in regards:
            scopes.setdefault(norm, []).extend(regards[norm] - {number["Ministry"]})
        elif norm not in regards:
            wide = [number[OF_ALL[n]] for n in OF_ALL if number[n] in whose]
            scopes.setdefault(norm, []).extend(wide)
    for norm, classes in scopes.items():
        within = [k for k in set(kinds.tolist()) if above.get(k, {k}) & set(classes)]
        for ministry in np.unique(over[np.isin(over[:, 1], within), 0]):
            yield data.terms[ministry], data.terms[norm], "supervision"


def _platform(data: Data, bearer, regards) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    number = data.number
    managed = np.unique(data.joined(data.pairs("hasLayer"), data.pairs("layerManagedBy")), axis=0)
    several, counts = np.unique(managed[:, 0], return_counts=True)
    shared = several[counts > 1]
    bare = np.setdiff1d(data.having("declaredAs", "declaredShared"), managed[:, 0])
    candidates = np.union1d(shared, bare)
    uses, operates = data.pairs("uses"), data.pairs("operates")
    foreign = uses[
        ~np.isin(data.key(uses[:, 0], uses[:, 1]), data.key(operates[:, 0], operates[:, 1]))
    ]
    platforms = np.intersect1d(candidates, foreign[:, 1])
    operators = np.unique(operates[np.isin(operates[:, 1], platforms), 0])
    connected = data.joined(data.pairs("manages"), data.pairs("connectedTo"))
    managers = np.unique(connected[np.isin(connected[:, 1], platforms), 0])
    groups = {"PlatformOperator": operators, "ConnectedSystemManager": managers}
    groups["PlatformManagingAgency"] = np.union1d(operators, managers)
    for norm, whose in bearer.items():
        for name, agencies in groups.items():
            if number[name] in whose and norm not in regards:
                yield from ((data.terms[one], data.terms[norm], "platform") for one in agencies)


def parties(data: Data) -> Pairs:
    """Return platforms with their parties, each pair once."""
    platforms = data.having("declaredAs", "declaredShared")
    flip = [1, 0]
    direct = np.concatenate((data.pairs("operates"), data.pairs("manages")))[:, flip]
    layers = data.joined(data.pairs("hasLayer"), data.pairs("layerManagedBy"))
    linked = data.joined(data.pairs("connectedTo")[:, flip], data.pairs("manages")[:, flip])
    found = np.concatenate((direct, layers, linked))
    return np.unique(found[np.isin(found[:, 0], platforms)], axis=0)


def holes(data: Data) -> Iterator[Row]:
    """Yield kind, platform, concern, party and other of six kinds of holes."""
    number, terms, key = data.number, data.terms, data.key
    pair = parties(data)
    platforms = np.unique(pair[:, 0])
    joint = np.array([number[name] for name in JOINT])
    single = [number[name] for name in SINGLE]
    rows = data.having("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "Allocation")
    where, what, who, state, provider = (
        data.column(name, rows)
        for name in ("atPlatform", "ofConcern", "ofParty", "inState", "counterparty")
    )
    shows = data.column("evidencedBy", rows) >= 0
    full = key(where, what, who)
    inside = np.isin(key(where, who), key(pair[:, 0], pair[:, 1]))
    at = {
        name: state == number.get(name, -2)
        for name in ("provided", "satisfied", "responsibility", "inherited")
    }

    def told(kind: str, kept: NDArray[np.bool_], other: str = "") -> Iterator[Row]:
        places = np.flatnonzero(kept)
        places = places[np.unique(full[places], return_index=True)[1]]
        for row in zip(terms[where[places]], terms[what[places]], terms[who[places]], strict=True):
            yield kind, *row, other

    documents = data.having("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "PlatformDocument")
    of_platform = data.column("atPlatform", documents)
    comprehensive = data.column("documentKind", documents) == number["comprehensiveDocumentKind"]
    made = data.pairs("madeBy")
    # Holders of the concerns that one party holds.
    holding = at["provided"] | at["responsibility"]
    document_made = data.joined(
        np.column_stack((of_platform[comprehensive], documents[comprehensive])), made
    )
    for concern in single:
        mine = holding & (what == concern)
        held = np.column_stack((where[mine], who[mine]))
        if concern == number["comprehensiveDocument"]:
            held = np.concatenate((held, document_made))
        held = np.unique(held, axis=0)
        for platform in np.setdiff1d(platforms, held[:, 0]):
            yield "unallocated", terms[platform], terms[concern], "", ""
        owners, counts = np.unique(held[:, 0], return_counts=True)
        for platform in owners[counts > 1]:
            yield "doubly_owned", terms[platform], terms[concern], "", ""
    # Parts in the joint ones.
    every = np.repeat(pair, len(joint), axis=0)
    concerns = np.tile(joint, len(pair))
    lacking = ~np.isin(key(every[:, 0], concerns, every[:, 1]), full)
    for p, x, a in zip(
        terms[every[lacking, 0]], terms[concerns[lacking]], terms[every[lacking, 1]], strict=True
    ):
        yield "unallocated", p, x, a, ""
    met = full[at["satisfied"]]
    yield from told("unmet", at["responsibility"] & inside & ~np.isin(full, met))
    supplied = np.isin(key(where, what, provider), full[at["provided"]]) & (provider != who)
    for place in np.flatnonzero(at["inherited"] & inside & (provider >= 0) & ~supplied):
        yield "unprovided", *terms[[where[place], what[place], who[place], provider[place]]]
    for name in ("provided", "satisfied"):
        shown = full[at[name] & shows]
        yield from told("unevidenced", at[name] & inside & ~np.isin(full, shown), name)
    yield from _undocumented(data, pair, platforms, documents, of_platform, comprehensive, made)


def _undocumented(
    data, pair, platforms, documents, of_platform, comprehensive, made
) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    terms, key, number = data.terms, data.key, data.number
    for platform in np.setdiff1d(platforms, of_platform[comprehensive]):
        yield "undocumented", terms[platform], "comprehensiveDocument", "", ""
    rows = data.having("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "Agreement")
    document, who, how = (data.column(n, rows) for n in ("ofDocument", "ofParty", "agreementKind"))
    home = np.full(data.size, -1, dtype=np.int64)
    home[documents] = of_platform
    yes = how == number["agreed"]
    agreed = [key(home[document[yes]], who[yes])]
    maker = np.column_stack((home[made[:, 0]], made[:, 1]))
    is_whole = np.isin(made[:, 0], documents[comprehensive])
    agreed.append(key(*maker[is_whole].T))
    # Whoever made a document has agreed to it, once another party has.
    inside = yes & np.isin(key(home[document], who), key(pair[:, 0], pair[:, 1]))
    partners = np.bincount(document[inside], minlength=int(data.size))
    himself = np.isin(key(made[:, 0], made[:, 1]), key(document[inside], who[inside]))
    agreed.append(key(*maker[partners[made[:, 0]] - himself > 0].T))
    settled = np.concatenate(agreed)
    open_ = pair[~np.isin(key(pair[:, 0], pair[:, 1]), settled)]
    for p, a in zip(terms[open_[:, 0]], terms[open_[:, 1]], strict=True):
        yield "undocumented", p, "agreement", a, ""
    rules = np.column_stack((of_platform, documents))[
        data.column("documentKind", documents) == number["commonRulesKind"]
    ]
    flip = [1, 0]
    linked = np.unique(
        data.joined(data.pairs("connectedTo")[:, flip], data.pairs("manages")[:, flip]), axis=0
    )
    asked = np.unique(np.column_stack(_through(rules, linked)), axis=0)
    heard = np.concatenate((key(document, who), key(made[:, 0], made[:, 1])))
    unheard = asked[~np.isin(key(asked[:, 0], asked[:, 1]), heard)]
    for d, a in unheard.tolist():
        yield "undocumented", terms[home[d]], "", terms[a], terms[d]


def _through(rules: Pairs, linked: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each common rule with the managers of what is connected to its platform."""
    linked = linked[np.argsort(linked[:, 0], kind="stable")]
    low = np.searchsorted(linked[:, 0], rules[:, 0], "left")
    high = np.searchsorted(linked[:, 0], rules[:, 0], "right")
    counts = high - low
    starts = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return np.repeat(rules[:, 1], counts), linked[starts + np.arange(counts.sum()), 1]


def closure(edges: Path) -> int:
    """Return how many pairs can reach each other, by squaring a boolean matrix."""
    pairs = np.load(edges)
    nodes, flat = np.unique(pairs, return_inverse=True)
    flat = flat.reshape(pairs.shape)
    reach = np.zeros((len(nodes), len(nodes)), dtype=np.float32)
    reach[flat[:, 0], flat[:, 1]] = 1
    while True:
        wider = ((reach @ reach + reach) > 0).astype(np.float32)
        if (wider == reach).all():
            return int(reach.sum())
        reach = wider
