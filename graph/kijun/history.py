"""What has changed by the day asked about: names, articles, bodies; each with its source.

The registers and the text are of certain days. Between such days the graph knows single changes
(renamings, successions, moved articles); an answer says those that bear on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.engine import Engine, Row, ask, labels
from kijun.lookup import homes
from kijun.norms import local, optional, value
from kijun.terms import ID, NS, XSD

RENAMING = NS + "renaming"
_ENDING = frozenset(NS + kind for kind in ("conversion", "succession", "merger"))


class Renamed(NamedTuple):
    """A name on a day, since when it holds (None: unknown), and how that is known.

    ``provenance`` is as recorded; ``source`` is what a note says of it in its own language.
    """

    label: str
    since: str | None
    provenance: str
    source: str


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))


def names_on(engine: Engine, day: date, lang: str) -> dict[str, Renamed]:
    """Return the names on a day of what has had several names, by IRI.

    A thing whose name has no text in the language asked for keeps the name of the graph.
    """
    rows: dict[str, list[Row]] = {}
    for row in ask(engine, "names-on-day", day=_day(day), lang=Literal(lang)):
        rows.setdefault(value(row, "thing"), []).append(row)
    return {
        thing: Renamed(
            value(found[0], "called"),
            optional(found[0], "validFrom"),
            value(found[0], "provenance"),
            _source(found, lang),
        )
        for thing, found in rows.items()
    }


def names_of_posts(engine: Engine, named: Mapping[str, Renamed], lang: str) -> dict[str, str]:
    """Return the names of the posts of bodies that have another name on the day, by IRI.

    ``engine`` still has the names of the registers, which the posts were named after.
    """
    posts = {post: home for post, home in homes(engine).items() if home in named}
    printed = labels(engine, {*posts, *posts.values()}, lang)
    return {
        post: printed[post].replace(printed[home], named[home].label, 1)
        for post, home in posts.items()
    }


def renaming_notes(
    named: Mapping[str, Renamed], shown: Collection[str], printed: Mapping[str, str], lang: str
) -> list[str]:
    """Return a sentence for each thing shown whose name on the day is not the printed one.

    ``printed`` are the names that the text or the registers use, ``shown`` the things in an answer.
    """
    return [
        f"{printed[iri]}は、{one.since or '後'}から{one.label}という（{one.source}）。"
        if lang == "ja"
        else f"{printed[iri]} is called {one.label} from {one.since or 'later'} ({one.source})."
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


class Change(NamedTuple):
    """A change of a body: what it is, whom it ends, the days between which it came, its source."""

    kind: str
    ended: str | None
    earliest: str | None
    latest: str | None
    when: str
    statement: str
    source: str


def change_notes(
    engine: Engine,
    asked: Collection[str],
    shown: Collection[str],
    after: str,
    day: date,
    lang: str,
) -> list[str]:
    """Return the known changes that bear on an answer, each once.

    ``after`` is the first day of the registers, on which the answer rests unchanged. Of the bodies
    asked about every change since then is told, of those merely ``shown`` in rows only that they
    ended; several such are one sentence. A renaming whose new name is known is none: the answer
    uses that name (:func:`renaming_notes`).
    """
    told = _changes(engine, asked, after, day, lang)
    others = {
        iri: change
        for iri, change in _changes(engine, shown, after, day, lang).items()
        if iri not in told and change.kind in _ENDING and change.ended in shown
    }
    if len(others) == 1:
        told |= others
    notes = [_said(change, lang) for change in told.values()]
    return notes if len(others) < 2 else [*notes, _summary(engine, others.values(), lang)]


def _changes(
    engine: Engine, bodies: Collection[str], after: str, day: date, lang: str
) -> dict[str, Change]:
    """Return the changes of some bodies that came, or may have come, between two days, by IRI."""
    nodes = [NamedNode(iri) for iri in sorted(set(bodies)) if iri.startswith(f"{ID}body/")]
    rows: dict[str, list[Row]] = {}
    for row in ask(engine, "successions", body=nodes, lang=Literal(lang)) if nodes else ():
        rows.setdefault(value(row, "change"), []).append(row)
    changes = {iri: _change(found, lang) for iri, found in rows.items()}
    return {
        iri: change
        for iri, change in changes.items()
        if (change.earliest or change.latest or day.isoformat()) <= day.isoformat()
        and (change.latest is None or after < change.latest)
        and not (change.kind == RENAMING and optional(rows[iri][0], "successorName"))
    }


def _change(rows: list[Row], lang: str) -> Change:
    row = rows[0]
    on = optional(row, "on")
    earliest, latest = on or optional(row, "earliest"), on or optional(row, "latest")
    return Change(
        value(row, "kind"),
        optional(row, "predecessor"),
        earliest,
        latest,
        on or in_words(earliest, latest, lang),
        value(row, "statement"),
        _source(rows, lang),
    )


def in_words(earliest: str | None, latest: str | None, lang: str) -> str:
    """Return the days between which something came, for a reader.

    >>> in_words("2021-01-01", "2021-12-31", "ja")
    '2021年中'
    >>> in_words("2015-12-28", "2026-04-01", "en")
    'between 2015-12-28 and 2026-04-01 (the day is unknown)'
    """
    year = (earliest or "")[:4]
    whole = earliest == f"{year}-01-01" and latest == f"{year}-12-31"
    if lang == "ja":
        if whole:
            return f"{year}年中"
        if earliest and latest:
            return f"{earliest}から{latest}までの間（日は不明）"
        known = f"{earliest}以後" if earliest else f"{latest}まで" if latest else ""
        return f"{known}（日は不明）" if known else "日は不明"
    if whole:
        return f"in {year}"
    if earliest and latest:
        return f"between {earliest} and {latest} (the day is unknown)"
    known = f"not before {earliest}" if earliest else f"by {latest}" if latest else ""
    return f"{known} (the day is unknown)" if known else "the day is unknown"


def _source(rows: list[Row], lang: str) -> str:
    """Return where something is known from and how surely, in the words of a language."""
    if lang != "ja":
        return value(rows[0], "provenance")
    places = dict.fromkeys(value(row, "address").partition("://")[2] for row in rows)
    of_day = optional(rows[0], "dateConfidence")
    sure = local(of_day or value(rows[0], "confidence"))
    said = {"recalled": "記憶による", "derived": "導いたもの"}.get(sure)
    doubt = [f"日は{said}" if of_day else said] if said else []
    return "、".join([*doubt, *places])


def _said(change: Change, lang: str) -> str:
    if lang == "ja":
        return (
            f"名簿の後の変更：{change.when}、{change.statement}（{change.source}）"
            "この答えは名簿のままである。"
        )
    return (
        f"A change after the registers: {change.when}, {change.statement} ({change.source}) "
        "The answer rests on the registers unchanged."
    )


def _summary(engine: Engine, changes: Iterable[Change], lang: str) -> str:
    """Return one sentence for many bodies that are in the registers and have ended since."""
    ended = [(change.ended, change) for change in changes if change.ended]
    named = labels(engine, {body for body, _ in ended}, lang)
    if lang == "ja":
        each = "、".join(f"{named[body]}（{one.when}、{one.source}）" for body, one in ended)
        return f"名簿の後に外れた機関：{each}。この答えは名簿のままである。"
    each = ", ".join(f"{named[body]} ({one.when}; {one.source})" for body, one in ended)
    return f"Bodies that left after the registers: {each}. The answer rests on them unchanged."
