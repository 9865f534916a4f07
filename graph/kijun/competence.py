"""Another competent minister for a corporation, as edits of the rows that say who supervises it.

Where the minister is no ministry (内閣総理大臣, 国家公安委員会), the one behind is read as the
registers read it. A row that stays keeps all it says, unless supervision becomes joint or ceases
to be, or begins or ceases to be shared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kijun.errors import BadInput, UnknownName
from kijun.names import Match
from kijun.saying import worded
from kijun.standing import OFFICE, Graph, Standing
from kijun.terms import ID, NS, RDF, graph_iri

ASSUMED = f"{ID}supervision/assumed/"
"""Where the rows stand that only an assumption makes."""

_BODIES = NamedNode(graph_iri("bodies"))
_HOW = ("jointForWholeBody", "business", "article")


class Otherwise(NamedTuple):
    """Quads out and in; ``idle`` says why that is nothing, ``notes`` what else to know."""

    words: str
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    idle: str | None
    notes: tuple[str, ...]


def otherwise(
    graph: Graph, facts: Standing, corporation: Match, sign: str, text: str, gone: Collection[str]
) -> Otherwise:
    """Return what it takes that a corporation is supervised as ``text`` says.

    ``sign`` is ``=`` (by these alone), ``+=`` (by these too) or ``-=`` (no longer by these);
    names are apart by ``,`` (each for a line of business) or ``+`` (jointly for the whole body).
    ``gone`` are parties that are taken out.

    Raises:
        BadInput: one of them cannot be a competent minister on the day.
        UnknownName: nothing is called so.
    """
    asked = _ministers(graph, facts, text)
    for match in asked:
        if {match.iri, match.answers_through} & set(gone):
            raise BadInput(
                worded(
                    "--minister: {body} is taken out by --without, so it cannot supervise "
                    "{corporation}; drop one",
                    body=match.label,
                    corporation=corporation.label,
                )
            )
    rows = {
        minister: row
        for row in facts.rows("supervised", corporation.iri)
        for minister in facts.values(row, "competentMinister")
    }
    left = {
        minister: row
        for minister, row in rows.items()
        if not {minister, facts.value(row, "supervisingMinistry")} & set(gone)
    }
    named = {match.iri: match for match in asked}
    wanted = {"=": set(named), "+=": set(left) | set(named), "-=": set(left) - set(named)}[sign]
    joint_now = any(facts.value(row, "jointForWholeBody") == "true" for row in rows.values())
    stays_joint = joint_now and (sign == "-=" or (sign == "+=" and len(named) == 1))
    shared = len(wanted) > 1
    joint = shared and ("+" in text or stays_joint)
    removed: list[Quad] = []
    added: list[Quad] = []
    for minister, row in left.items():
        if minister not in wanted:
            removed += facts.quads(row, None, None)
        elif not _fits(facts, row, shared=shared, joint=joint):
            removed += [quad for name in _HOW for quad in facts.quads(row, name, None)]
            added += _how(row, graph.lang, shared=shared, joint=joint)
    primary = any(
        minister in wanted and facts.value(row, "isPrimary") == "true"
        for minister, row in left.items()
    )
    fresh = [match for iri, match in named.items() if iri in wanted and iri not in left]
    register = NamedNode(facts.values(facts.rows("entryOf", corporation.iri)[0], "register")[0])
    for match in fresh:
        row = NamedNode(f"{ASSUMED}{_local(corporation.iri)}/{_local(match.iri)}")
        added += _row(row, facts, corporation, match, register, primary=not primary)
        added += _how(row, graph.lang, shared=shared, joint=joint)
        primary = True
    japanese, name = graph.lang == "ja", corporation.label
    notes = [match.note for match in fresh if match.note]
    if not wanted and removed:
        notes.append(
            f"{name}を所管する者がいなくなる。"
            if japanese
            else f"Nobody is left to supervise {name}."
        )
    idle = (
        f"{name}の所管はもともとそのとおりである。"
        if japanese
        else f"{name} is supervised so already."
    )
    words = _words(name, sign, asked, graph.lang, shared=shared, joint=joint)
    changed = removed or added
    return Otherwise(words, tuple(removed), tuple(added), None if changed else idle, tuple(notes))


def _ministers(graph: Graph, facts: Standing, text: str) -> list[Match]:
    """Return who is named; a comma may also be part of an English name."""
    found = []
    for part in text.split("+"):
        pieces = part.split(",")
        while pieces:
            match, used = _longest(graph, pieces)
            _check(facts, match)
            found.append(match)
            pieces = pieces[used:]
    return found


def _longest(graph: Graph, pieces: Sequence[str]) -> tuple[Match, int]:
    """Return what most of some pieces, from the first, mean together, and how many they are."""
    failed: UnknownName | None = None
    for end in range(len(pieces), 0, -1):
        try:
            return graph.find(",".join(pieces[:end]).strip()), end
        except UnknownName as error:
            failed = error
    assert failed is not None
    raise failed


def _check(facts: Standing, match: Match) -> None:
    kinds = facts.classes(match.iri)
    if NS + "Ministry" in kinds:
        return
    competent = any(facts.quads(None, "competentMinister", NamedNode(match.iri)))
    if match.answers_through and competent and (kinds or match.iri.startswith(OFFICE)):
        return
    if match.answers_through:
        raise BadInput(
            worded(
                "--minister: {body} is no ministry and competent for no corporation; name "
                "the ministry that answers for it",
                body=match.label,
            )
        )
    raise BadInput(
        worded(
            "--minister: {body} is no ministry on that day, so it cannot supervise; "
            "name a ministry or a competent minister",
            body=match.label,
        )
    )


def _fits(facts: Standing, row: NamedNode, *, shared: bool, joint: bool) -> bool:
    """Say whether a row can stay as it is."""
    said = any(facts.value(row, name) for name in ("business", "article"))
    return said == shared and (facts.value(row, "jointForWholeBody") == "true") == joint


def _how(row: NamedNode, lang: str, *, shared: bool, joint: bool) -> list[Quad]:
    """Return what a row says of how supervision is shared."""
    quads = [_quad(row, NS + "jointForWholeBody", Literal(joint))]
    if shared:
        text = "仮定" if lang == "ja" else "assumed"
        quads.append(_quad(row, NS + "business", Literal(text, language=lang)))
    return quads


def _row(
    row: NamedNode,
    facts: Standing,
    corporation: Match,
    minister: Match,
    register: NamedNode,
    *,
    primary: bool,
) -> list[Quad]:
    behind = minister.answers_through or minister.iri
    holders = [*facts.rows("entryOf", minister.iri), NamedNode(minister.iri)]
    readings = [
        quad.object
        for holder in (holders if minister.answers_through else [])
        for quad in facts.quads(holder, "interpretation", None)
        if isinstance(quad.object, Literal)
    ]
    return [
        _quad(row, RDF + "type", NamedNode(NS + "Supervision")),
        _quad(row, NS + "register", register),
        _quad(row, NS + "supervised", NamedNode(corporation.iri)),
        _quad(row, NS + "supervisingMinistry", NamedNode(behind)),
        _quad(row, NS + "competentMinister", NamedNode(minister.iri)),
        _quad(row, NS + "confidence", NamedNode(NS + ("derived" if readings else "found"))),
        _quad(row, NS + "isPrimary", Literal(primary)),
        *(_quad(row, NS + "interpretation", reading) for reading in readings),
    ]


def _words(
    name: str, sign: str, asked: Sequence[Match], lang: str, *, shared: bool, joint: bool
) -> str:
    if lang == "ja":
        listed = "、".join(match.label for match in asked)
        if sign == "-=":
            return f"{name}の所管から{listed}を外す"
        how = ("（法人全体の共管）" if joint else "（業務別共管）") if shared else ""
        verb = f"に{listed}を加える" if sign == "+=" else f"を{listed}とする"
        return f"{name}の所管{verb}{how}"
    listed = ", ".join(match.label for match in asked)
    if sign == "-=":
        return f"{name} no longer supervised by {listed}"
    how = (" jointly" if joint else " by business line") if shared else ""
    return f"{name} supervised by {listed}{' too' if sign == '+=' else ''}{how}"


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(predicate), value, _BODIES)


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]
