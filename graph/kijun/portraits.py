"""What a body or a class is on one day, in a form in which two of them can be compared.

Its duties, what those who supervise it owe about it, its reporting lines by counterpart, and its
name, classes, competent ministers or supervised corporations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.duties import ROUTES, Duty, duty_rows
from kijun.engine import Engine, ask, labels
from kijun.history import names_on
from kijun.lookup import classes, homes, within
from kijun.names import Match
from kijun.norms import FORCES, local, norm_rows, norms, optional, value
from kijun.reporting import Line, line_rows
from kijun.standing import Graph, Standing
from kijun.terms import ID, NS

STRENGTH = ("found", "derived", "recalled")
"""How far a fact is confirmed, the surest first."""

LineKey = tuple[str, str, tuple[str, ...], bool, bool]
"""What makes two lines alike but for the other party: norm, act, topics, reading, who tells."""


class Borne(NamedTuple):
    """A norm as it reaches a party: in words, as codes, and the row that cites it."""

    text: str
    forces: tuple[str, ...]
    routes: tuple[str, ...]
    row: Mapping[str, object]


class Told(NamedTuple):
    """The lines of one kind: a row that cites them, and the other parties by IRI with labels."""

    row: Mapping[str, object]
    others: Mapping[str, str]


class Trait(NamedTuple):
    """A thing that a party is or has, with where that is from and how sure it is."""

    label: str
    iri: str
    provenance: str | None
    basis: str | None


class Portrait(NamedTuple):
    """All that is compared; ``traits`` by kind: name, class, minister, corporation."""

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
    bosses = sorted(
        {
            ministry
            for row in facts.rows("supervised", iri)
            for ministry in facts.values(row, "supervisingMinistry")
        }
    )
    owed = duty_rows(
        engine, bosses, lang, route="supervision", all_paths=True, in_force=in_force
    )
    posts = {post for post, home in homes(engine).items() if home == iri}
    ends = [iri, *sorted(posts)]
    named = names_on(engine, graph.day, lang)
    called = named[iri].label if iri in named else labels(engine, [iri], lang)[iri]
    if iri == match.iri and iri not in named:
        called = match.label
    return Portrait(
        iri,
        called,
        _borne(own, lang),
        _borne([duty for duty in owed if iri in _listed(duty["path_iri"])[1:]], lang, about=True),
        {
            **_told(line_rows(engine, lang, level="body", senders=ends, in_force=in_force), posts,
                    lang, tells=True),
            **_told(
                [
                    line
                    for line in line_rows(
                        engine, lang, level="body", receivers=ends, in_force=in_force
                    )
                    if line["from_iri"] != iri
                ],
                posts,
                lang,
                tells=False,
            ),
        },
        {
            "name": {called: _name(called, iri, facts, named.get(iri) and named[iri].provenance)},
            "class": _classes(engine, facts, iri, lang),
            "minister": _supervision(engine, facts, iri, "supervised", lang, articles=articles),
            "corporation": _supervision(
                engine, facts, iri, "supervisingMinistry", lang, articles=False
            ),
        },
    )
