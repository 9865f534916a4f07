"""What has changed by the day asked about: names, articles, bodies; each with its source.

The registers and the text are of certain days. Between such days the graph knows single changes
(renamings, successions, moved articles); an answer says those that bear on it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.engine import Engine, Row, ask, labels
from kijun.norms import optional, value
from kijun.terms import ID, XSD


class Renamed(NamedTuple):
    """A name on a day, since when it holds (None: unknown), and how that is known."""

    label: str
    since: str | None
    provenance: str


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))


def names_on(engine: Engine, day: date, lang: str) -> dict[str, Renamed]:
    """Return the names on a day of what has had several names, by IRI.

    A thing whose name has no text in the language asked for keeps the name of the graph.
    """
    found: dict[str, Renamed] = {}
    for row in ask(engine, "names-on-day", day=_day(day), lang=Literal(lang)):
        renamed = Renamed(
            value(row, "called"), optional(row, "validFrom"), value(row, "provenance")
        )
        found.setdefault(value(row, "thing"), renamed)
    return found


def renaming_notes(
    named: Mapping[str, Renamed], shown: Collection[str], printed: Mapping[str, str], lang: str
) -> list[str]:
    """Return a sentence for each thing shown whose name on the day is not the printed one.

    ``printed`` are the names that the text or the registers use, ``shown`` the things in an answer.
    """
    return [
        f"{printed[iri]}は、{one.since or '後'}から{one.label}という（{one.provenance}）。"
        if lang == "ja"
        else f"{printed[iri]} is called {one.label} from {one.since or 'later'} ({one.provenance})."
        for iri, one in sorted(named.items())
        if iri in shown and printed.get(iri, one.label) != one.label
    ]


def moved_notes(engine: Engine, day: date, norms: Collection[str], lang: str) -> list[str]:
    """Return a warning for each article cited by some norms that no longer stands so on a day.

    ``norms`` are IRIs. One warning names all norms concerned, the article that answers the same
    need then, and how sure the day of the move is.
    """
    rows = ask(engine, "moved-articles", day=_day(day), lang=Literal(lang))
    moved: dict[str, list[Row]] = {}
    for row in rows:
        if optional(row, "norm") in norms:
            moved.setdefault(value(row, "article"), []).append(row)
    named = labels(
        engine,
        {iri for rows in moved.values() for row in rows for iri in _articles(row)},
        lang,
    )
    return [_warning(rows, named, day, lang) for rows in moved.values()]


def _articles(row: Row) -> list[str]:
    return [iri for name in ("article", "now") if (iri := optional(row, name)) is not None]


def _warning(rows: list[Row], named: Mapping[str, str], day: date, lang: str) -> str:
    from kijun.asking import norm_name

    first = rows[0]
    who = list(dict.fromkeys(norm_name(value(row, "norm")) for row in rows))
    article, now = named[value(first, "article")], optional(first, "now")
    since, sure = value(first, "since"), value(first, "confirmedBy")
    recalled = day.isoformat() < sure
    if lang == "ja":
        after = f"同じ必要に応えるのは{named[now]}" if now else "同じ必要に応える条はない"
        doubt = f"（移った日は記憶による。{sure}には確か）" if recalled else ""
        return f"{'、'.join(who)}が引く{article}は、{since}に移っている。{after}{doubt}。"
    after = f"{named[now]} answers the same need" if now else "no article answers the same need"
    doubt = f" (that day is recalled; certain by {sure})" if recalled else ""
    return f"{article}, cited by {', '.join(who)}, moved on {since}; {after}{doubt}."


def change_notes(
    engine: Engine, bodies: Collection[str], after: str, day: date, lang: str
) -> list[str]:
    """Return the known changes of some bodies between the registers used and the day asked about.

    ``after`` is the first day of the registers; the answer itself rests on them unchanged.
    """
    if not bodies:
        return []
    nodes = [NamedNode(iri) for iri in bodies if iri.startswith(f"{ID}body/")]
    if not nodes:
        return []
    notes: dict[str, None] = {}
    for row in ask(engine, "successions", body=nodes, lang=Literal(lang)):
        on = optional(row, "on") or optional(row, "latest")
        if on is not None and after < on <= day.isoformat():
            said = value(row, "statement")
            source = value(row, "provenance")
            notes[
                f"登録簿の後の変更：{on} {said}（{source}）この答えは登録簿のままである。"
                if lang == "ja"
                else f"A change after the registers: {on}, {said} ({source}) "
                "The answer rests on the registers unchanged."
            ] = None
    return list(notes)
