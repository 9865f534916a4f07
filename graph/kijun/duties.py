"""Which norms a body bears, by which route, and with what force they arrive."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kijun.engine import Engine, ask, labels
from kijun.errors import UnknownName
from kijun.norms import (
    FORCES,
    NORM_COLUMNS,
    in_words,
    interpretation,
    local,
    norm_row,
    norms,
    optional,
    things,
    value,
)
from kijun.saying import listing, worded
from kijun.tables import Column
from kijun.terms import ID, NS
from kijun.validity import FORCE_WORDS

ROUTES = {
    "platform": "基盤",
    "supervision": "所管",
    "incorporation": "引き継ぎ",
    "role": "役割",
    "class": "類型",
    "direct": "直接",
}
"""The routes by which a norm reaches a body; the first that holds names it."""

BASES = {"found": "確認", "derived": "導出", "recalled": "記憶"}

_NORMS = ("norm", "displacedBy")
_SHOWN = ("norm", "statement", "timing")
DUTY_COLUMNS = (
    Column("body", "機関", "body", weight=2),
    *(column._replace(in_table=column.key in _SHOWN) for column in NORM_COLUMNS),
    Column("derived_force", "及ぶ強さ", "derived force", words=FORCES),
    Column("route", "経路", "route", words=ROUTES),
    Column("grade", "度合い", "grade", in_table=False),
    Column("path", "道筋", "path", weight=5, between=" → "),
    Column("basis", "確からしさ", "basis", in_table=False, words=BASES),
    Column("in_force", "効力", "in force", in_table=False, words=FORCE_WORDS),
    Column("displaced_by", "代わり", "displaced by"),
    Column("duty_iri", "引き継ぎIRI", "duty IRI", in_table=False),
    Column("body_iri", "機関IRI", "body IRI", in_table=False),
    Column("grade_iri", "度合いIRI", "grade IRI", in_table=False),
    Column("path_iri", "道筋IRI", "path IRI", in_table=False),
    Column("displaced_by_iri", "代わる規範IRI", "displacing norm IRI", in_table=False),
)
"""The keys of a duty row: those of a norm, and how it reaches the body."""

Duty = dict[str, object]


def unknown_route(route: str) -> UnknownName:
    """Return the error for a route that is not one of :data:`ROUTES`."""
    told = worded(
        'no route is called "{route}"; one of {known}', route=route, known=listing(ROUTES)
    )
    return UnknownName(told, route, tuple(ROUTES))


def duty_rows(
    engine: Engine,
    bodies: Iterable[str] | None,
    lang: str,
    *,
    route: str | None = None,
    all_paths: bool = False,
    in_force: bool | None = None,
) -> list[Duty]:
    """Return one row per body, norm and route, with the keys of :data:`DUTY_COLUMNS`.

    ``bodies`` are IRIs (None: all), ``route`` one of :data:`ROUTES`. Only the shortest path of
    each route is given unless ``all_paths`` is set. ``in_force`` is put on each row.
    """
    found = ask(
        engine,
        "duties",
        lang=Literal(lang),
        body=None if bodies is None else [NamedNode(iri) for iri in bodies],
        route=None if route is None else NamedNode(f"{NS}{route}Route"),
        rank=None if all_paths else Literal(1),
    )
    wanted_norms = {value(row, name) for row in found for name in _NORMS if row[name] is not None}
    # A path leads through norms that may have no row of their own, as with one route only.
    steps = (iri for row in found for iri in value(row, "path").split())
    wanted_norms.update(iri for iri in steps if iri.startswith(f"{ID}norm/"))
    by_iri = norms(engine, lang, only=sorted(wanted_norms)) if found else {}
    wanted = things(by_iri.values()).union(value(row, "body") for row in found)
    for row in found:
        wanted.update(value(row, "path").split())
        wanted.update(iri for name in ("grade",) if (iri := optional(row, name)))
    named = dict(labels(engine, wanted, lang))
    named |= {iri: norm.name for iri, norm in by_iri.items()}
    rows: list[Duty] = []
    for row in found:
        norm = by_iri[value(row, "norm")]
        path = value(row, "path").split()
        grade, displaced = optional(row, "grade"), optional(row, "displacedBy")
        reading = [
            optional(row, "reading"),
            substitution(lang) if local(value(row, "route")) == "incorporationRoute" else None,
            _displacement(named[displaced], lang) if displaced else None,
            interpretation(norm, lang),
        ]
        rows.append(
            {
                "body": named[value(row, "body")],
                **norm_row(norm, named, lang),
                "derived_force": local(value(row, "derivedForce")),
                "route": local(value(row, "route")).removesuffix("Route"),
                "grade": named[grade] if grade else None,
                "path": [named[iri] for iri in path],
                "basis": local(value(row, "confidence")),
                "in_force": in_force,
                "interpretation": in_words(reading, lang),
                "displaced_by": named[displaced] if displaced else None,
                "duty_iri": value(row, "duty"),
                "body_iri": value(row, "body"),
                "grade_iri": grade,
                "path_iri": path,
                "displaced_by_iri": displaced,
            }
        )
    return rows


def substitution(lang: str) -> str:
    """Return how a norm is read that an incorporation brings to a body (a reading of the text)."""
    if lang == "ja":
        return "引き継ぎにより、府省庁（とそのCISO）をこの法人（とそのCISO）に置き換えて読む。"
    return (
        "By incorporation, the ministry (and its CISO) is read as this corporation (and its CISO)."
    )


def _displacement(own: str, lang: str) -> str:
    if lang == "ja":
        return f"同じ行為を自らの節の{own}が定めるので、そちらによる（読み方）。"
    return f"Its own section regulates the same act in {own}, which stands instead (a reading)."
