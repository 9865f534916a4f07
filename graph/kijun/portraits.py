"""What a body or a class is on one day, in a form in which two of them can be compared.

Its duties, what those who supervise it owe about it, its reporting lines by counterpart, and its
name, classes, competent ministers or supervised corporations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.duties import ROUTES, Duty, duty_rows
from kijun.engine import Row, ask, labels
from kijun.history import names_on
from kijun.lookup import classes, homes, within
from kijun.names import Match
from kijun.norms import FORCES, local, norm_rows, norms, optional, value
from kijun.reporting import Line, line_rows
from kijun.standing import Graph, Standing
from kijun.terms import ID, NS

LineKey = tuple[str, str, tuple[str, ...], bool, bool]
"""What makes lines alike but for the other party: norm, act, topics, other reading, who tells."""


class Borne(NamedTuple):
    """A norm as it reaches a party: in words, as codes, and the row that cites it."""

    text: str
    forces: tuple[str, ...]
    routes: tuple[str, ...]
    row: Mapping[str, object]


class Told(NamedTuple):
    """Lines that are alike: a row that cites them, the other parties by IRI, how sure each is."""

    row: Mapping[str, object]
    others: Mapping[str, str]
    bases: Collection[str]


class Trait(NamedTuple):
    """What a party is or has: its name, what else is to be read, where that is from, how sure."""

    name: str
    label: str
    iri: str
    provenance: str | None
    basis: str | None


class Portrait(NamedTuple):
    """All that is compared; ``traits`` by kind (name, class, minister, corporation) and key."""

    iri: str
    label: str
    duties: Mapping[str, Borne]
    about: Mapping[str, Borne]
    lines: Mapping[LineKey, Told]
    traits: Mapping[str, Mapping[str, Trait]]


def body_portrait(graph: Graph, match: Match, *, articles: bool) -> Portrait:
    """Return what a body or office is; ``articles`` tells ministers apart by their clauses too."""
    iri = match.answers_through or match.iri
    facts = Standing(graph)
    engine, lang, in_force = graph.engine, graph.lang, graph.validity.in_force
    own = duty_rows(engine, [iri], lang, in_force=in_force)
    bosses = {
        ministry
        for row in facts.rows("supervised", iri)
        for ministry in facts.values(row, "supervisingMinistry")
    }
    owed = duty_rows(
        engine, sorted(bosses), lang, route="supervision", all_paths=True, in_force=in_force
    )
    posts = {post for post, home in homes(engine).items() if home == iri}
    ends = [iri, *sorted(posts)]
    told = line_rows(engine, lang, level="body", senders=ends, in_force=in_force)
    heard = line_rows(engine, lang, level="body", receivers=ends, in_force=in_force)
    renamed = names_on(engine, graph.day, lang).get(iri)
    label = graph.find(iri).label
    name = renamed.label if renamed else label
    return Portrait(
        iri,
        label,
        _borne(own, lang),
        _regarding([duty for duty in owed if iri in _listed(duty["path_iri"])[1:]], lang),
        _told(told, posts, lang, tells=True)
        | _told((line for line in heard if line["from_iri"] != iri), posts, lang, tells=False),
        {
            "name": {name: _named(facts, iri, name, renamed and renamed.provenance)},
            "class": _classes(graph, facts, iri),
            "minister": _supervisions(graph, facts, iri, "supervised", articles=articles),
            "corporation": _supervisions(graph, facts, iri, "supervisingMinistry"),
        },
    )


def class_portrait(graph: Graph, match: Match) -> Portrait:
    """Return what a class of bodies is, in the words of the text."""
    engine, lang, in_force = graph.engine, graph.lang, graph.validity.in_force
    kinds = within(engine, match.iri)
    node, language = NamedNode(match.iri), Literal(lang)
    duties = ask(engine, "class-duties", **{"class": node}, lang=language)
    owed: list[Row] = []
    if NS + "Corporation" in kinds:
        regards = [NamedNode(kind) for kind in kinds]
        owed = ask(engine, "supervision-norms", regards=regards, lang=language)
    wanted = {value(row, "norm") for row in (*duties, *owed)}
    rows = {
        str(row["norm_iri"]): {**row, "basis": "found", "in_force": in_force}
        for row in norm_rows(engine, norms(engine, lang, only=sorted(wanted)), lang)
    }
    goals: dict[str, set[str]] = {}
    for row in ask(engine, "goal-instruments", **{"class": node}, lang=language):
        goals.setdefault(value(row, "norm"), set()).add(value(row, "goalArticle"))
    named = labels(engine, {iri for found in goals.values() for iri in found} | set(kinds), lang)
    told = line_rows(engine, lang, level="class", senders=kinds, in_force=in_force)
    heard = line_rows(engine, lang, level="class", receivers=kinds, in_force=in_force)
    return Portrait(
        match.iri,
        match.label,
        _of_class(duties, rows, kinds, lang),
        {
            iri: _one(
                rows[iri],
                [str(rows[iri]["force"])],
                sorted(named[g] for g in goals.get(iri, ())),
                lang,
            )
            for iri in dict.fromkeys(value(row, "norm") for row in owed)
        },
        _told(told, (), lang, tells=True) | _told(heard, (), lang, tells=False),
        {
            "class": {
                kind: Trait(named[kind], named[kind], kind, None, None)
                for kind in kinds[1:]
                if _telling(kind)
            }
        },
    )


def force_in_words(force: str, lang: str) -> str:
    """Return a force as people read it."""
    return FORCES[force] if lang == "ja" else force


def _borne(duties: Iterable[Duty], lang: str) -> dict[str, Borne]:
    """Return how each norm reaches a body, by all its routes in the order of their ranks."""
    groups: dict[str, list[Duty]] = {}
    for duty in duties:
        groups.setdefault(str(duty["norm_iri"]), []).append(duty)
    ranks = list(ROUTES)
    found = {}
    for iri, group in groups.items():
        group.sort(key=lambda duty: ranks.index(str(duty["route"])))
        parts = [
            _way(str(d["derived_force"]), str(d["route"]), d["displaced_by"], lang) for d in group
        ]
        found[iri] = Borne(
            _joined(parts, lang),
            tuple(str(duty["derived_force"]) for duty in group),
            tuple(str(duty["route"]) for duty in group),
            group[0],
        )
    return found


def _way(force: str, route: str, displaced: object, lang: str) -> str:
    if lang == "ja":
        instead = f"、{displaced}が代わる" if displaced else ""
        return f"{FORCES[force]}（{ROUTES[route]}{instead}）"
    instead = f", displaced by {displaced}" if displaced else ""
    return f"{force} ({route}{instead})"


def _regarding(duties: Iterable[Duty], lang: str) -> dict[str, Borne]:
    """Return what supervisors owe about a body, whoever they are."""
    groups: dict[str, list[Duty]] = {}
    for duty in duties:
        groups.setdefault(str(duty["norm_iri"]), []).append(duty)
    found = {}
    for iri, group in groups.items():
        articles = {
            name
            for duty in group
            for name, node in zip(_listed(duty["path"]), _listed(duty["path_iri"]), strict=True)
            if node.startswith(f"{ID}law/")
        }
        forces = sorted({str(duty["derived_force"]) for duty in group}, key=list(FORCES).index)
        found[iri] = _one(group[0], forces, sorted(articles), lang)
    return found


def _one(row: Mapping[str, object], forces: list[str], articles: list[str], lang: str) -> Borne:
    text = _joined((force_in_words(force, lang) for force in forces), lang)
    if articles:
        text += f"（{'、'.join(articles)}）" if lang == "ja" else f" ({', '.join(articles)})"
    return Borne(text, tuple(forces), (), row)


def _of_class(
    found: Iterable[Row],
    rows: Mapping[str, Mapping[str, object]],
    kinds: Collection[str],
    lang: str,
) -> dict[str, Borne]:
    groups: dict[str, dict[tuple[str, str], str]] = {}
    for row in found:
        regards = optional(row, "regards")
        iri = value(row, "norm")
        route = local(value(row, "route")).removesuffix("Route")
        if route == "class" and regards is not None and regards not in kinds:
            # The sentence speaks of those that the class supervises, not of the class itself.
            route = "supervision"
        force = local(value(row, "derivedForce"))
        own = optional(row, "own") if route == "incorporation" else None
        instead = None if own is None else rows[own]["norm"] if own in rows else local(own)
        groups.setdefault(iri, {})[route, force] = _way(force, route, instead, lang)
    ranks = list(ROUTES)
    return {
        iri: Borne(
            _joined((ways[key] for key in sorted(ways, key=lambda key: ranks.index(key[0]))), lang),
            tuple(force for _, force in sorted(ways)),
            tuple(route for route, _ in sorted(ways)),
            rows[iri],
        )
        for iri, ways in groups.items()
    }


def _told(
    lines: Iterable[Line], posts: Collection[str], lang: str, *, tells: bool
) -> dict[LineKey, Told]:
    """Return the lines of one side by what makes them alike; own posts are the same to all."""
    groups: dict[LineKey, list[tuple[Line, str, str]]] = {}
    for line in lines:
        about = tuple(_listed(line["about_iri"]))
        key = str(line["norm_iri"]), str(line["act_iri"]), about, bool(line["reading"]), tells
        ends = ("to_iri", "to") if tells else ("from_iri", "from")
        other, label = (str(line[end]) for end in ends)
        if tells and other in posts:
            other = f"{ID}post/own/{other.rpartition('/')[2]}"
            label = "自らの役員" if lang == "ja" else "its own executives"
        groups.setdefault(key, []).append((line, other, label))
    return {
        key: Told(
            # The shortest reading is that of the norm, with nothing on a single supervision.
            min((line for line, *_ in group), key=lambda line: len(str(line["interpretation"]))),
            {other: label for _, other, label in group},
            {str(line["basis"]) for line, *_ in group},
        )
        for key, group in groups.items()
    }


def _telling(kind: str) -> bool:
    """Say whether a class tells one body from another."""
    return kind.startswith(NS) and local(kind) not in ("Agency", "Body")


def _named(facts: Standing, iri: str, name: str, known: str | None) -> Trait:
    rows = facts.rows("entryOf", iri)
    source = facts.value(rows[0], "provenance") if rows else None
    basis = facts.value(rows[0], "confidence") if rows else None
    return Trait(name, name, iri, known or source, "found" if basis is None else local(basis))


def _classes(graph: Graph, facts: Standing, iri: str) -> dict[str, Trait]:
    """Return the classes of a body as the rules find them, each resting on its entries."""
    rows = facts.rows("entryOf", iri)
    source = _joined((text for row in rows for text in facts.values(row, "provenance")), "en")
    confidence = [local(text) for row in rows for text in facts.values(row, "confidence")]
    kinds = list(filter(_telling, classes(graph.engine, iri)))
    named = labels(graph.engine, kinds, graph.lang)
    basis = confidence[0] if confidence else None
    return {kind: Trait(named[kind], named[kind], kind, source or None, basis) for kind in kinds}


def _supervisions(
    graph: Graph, facts: Standing, iri: str, side: str, *, articles: bool = False
) -> dict[str, Trait]:
    """Return the competent ministers of a corporation, or the corporations of a ministry."""
    other = "competentMinister" if side == "supervised" else "supervised"
    found = {}
    for row in facts.rows(side, iri):
        ((party,), ministry) = facts.values(row, other), facts.value(row, "supervisingMinistry")
        name = graph.find(party).label
        said = []
        if side == "supervised" and ministry not in (None, party):
            said.append(graph.find(str(ministry)).label)
        if articles:
            joint = facts.value(row, "jointForWholeBody") == "true"
            how = ("法人全体の共管" if graph.lang == "ja" else "jointly") if joint else None
            said += [text for text in (how, facts.value(row, "article")) if text]
        label = name
        if said:
            label += f"（{'、'.join(said)}）" if graph.lang == "ja" else f" ({', '.join(said)})"
        found[" ".join([party, *said])] = Trait(
            name,
            label,
            party,
            _joined(facts.values(row, "provenance"), "en") or None,
            local(facts.value(row, "confidence") or NS + "found"),
        )
    return found


def _joined(parts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(parts)


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value
