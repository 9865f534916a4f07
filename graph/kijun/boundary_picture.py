"""The picture of a shared platform's boundary: who is party to it, what is covered, the holes.

Each party is a frame around its concerns, as the matrix of ``kijun gaps`` has them, and around
whether word of an incident gets to it. A hole that lies between two parties is a link between them;
one that concerns the platform as a whole stands with the platform. Beside it stand those who are no
parties but may hear of an incident, and systems of the same operators whose declaration is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from kijun.boundary import KINDS, Role
from kijun.engine import labels
from kijun.errors import UnknownName
from kijun.holes import HOLE_COLUMNS
from kijun.learning import LEARNING_COLUMNS, LEARNS, WHO
from kijun.lines import visible
from kijun.parties import Answers
from kijun.picture import Facts, Link, Mark, Picture, said
from kijun.saying import listing, worded
from kijun.table import Table

if TYPE_CHECKING:
    from kijun.boundary import Boundary
    from kijun.situation import Situation

Row = Mapping[str, Any]

ROLES = {
    "operator": ("運用する", "operates"),
    "manager": ("管理する", "manages"),
    "layer": ("層を管理する", "manages a layer"),
    "connection": ("連携する", "connected"),
}
"""What makes somebody a party, in Japanese and English."""

_SAID = "detail citation kind concern parties system interpretation presupposed norm places basis"
_HEARD = "path by conditions"
_WORD = {"first": "told", "yes": "told", "conditional": "perhaps_told", "no": "untold"}
_STATUS = {"covered": "covered", "hole": "hole", "excluded": "excluded", "other": "elsewhere"}
_HEARD_IN_ENGLISH = {
    "first": "the first to know",
    "yes": "arrives",
    "conditional": "may arrive",
    "no": "does not arrive",
}
_SIGNS = {"covered": "○", "hole": "×", "excluded": "－", "elsewhere": "・"}


class Examined(Answers, Protocol):
    """A graph that was opened with profiles."""

    @property
    def boundary(self) -> Boundary:
        """What the rules say of the boundaries."""

    @property
    def situation(self) -> Situation | None:
        """What the profiles say."""

    def learning(self) -> Table:
        """Return who would learn of an incident on each platform."""

    def gaps(self) -> Table:
        """Return the holes."""

    def matrix(self) -> Table:
        """Return how each party stands to each concern."""


def boundary_picture(graph: Examined, platform: str) -> Picture:
    """Return the boundary of a platform, by its name or its IRI.

    Raises:
        UnknownName: no platform of this name is examined; BadInput where no profile is open.
    """
    gaps, matrix = graph.gaps(), graph.matrix()
    named = labels(graph.engine, graph.boundary.examined, graph.lang)
    named = {iri: _platform_name(matrix, iri, label) for iri, label in named.items()}
    asked = next((iri for iri, label in named.items() if platform in (iri, label)), None)
    if asked is None:
        known = tuple(named.values())
        name = visible(platform[:60])
        told = (
            worded(
                'no platform that is examined is called "{name}"; one of {known}',
                name=name,
                known=listing(known),
            )
            if known
            else worded(
                'no platform that is examined is called "{name}"; the profiles declare none',
                name=name,
            )
        )
        raise UnknownName(told, platform, known)
    holes = {row["hole_iri"]: row for row in gaps if row["platform_iri"] == asked}
    cells: dict[str, list[Row]] = {}
    for row in matrix:
        if row["platform_iri"] == asked:
            cells.setdefault(row["party_iri"], []).append(row)
    japanese = graph.lang == "ja"
    heard = {row["who_iri"]: row for row in graph.learning() if row["platform_iri"] == asked}
    marks: list[Mark] = []
    links: list[Link] = []
    placed: set[str] = set()
    for party, roles in graph.boundary.parties[asked].items():
        rows = cells.get(party, [])
        members = tuple(_cell(asked, row, holes, graph.lang) for row in rows)
        placed.update(iri for row in rows for iri in row["holes_iri"] or ())
        if party in heard:
            members = (*members, _word(asked, heard.pop(party), graph.lang))
        label = next((row["party"] for row in rows), None) or _party_name(graph, party)
        runs = any(role.kind != "connection" for role in roles)
        kind = "frame" if members else "party"
        marks.append(Mark(f"{party} party", label, kind, 0 if runs else 2, members=members))
        links += [_role(asked, party, role, graph) for role in dict.fromkeys(roles)]
    there = {mark.id for mark in marks}
    for iri, row in holes.items():
        ends = [f"{party} party" for party in row["parties_iri"]]
        if len(ends) == 2 and set(ends) <= there and row["kind"] in ("unconnected", "unprovided"):
            kind = KINDS[row["kind"]] if japanese else row["kind"]
            label = f"{kind}\n{row['concern'] or ''}".rstrip()
            links.append(Link(iri, ends[0], ends[1], (row["kind"],), label, _told(row, graph.lang)))
            placed.add(iri)
    whole = tuple(
        Mark(
            f"{iri} whole",
            f"× {KINDS[row['kind']] if japanese else row['kind']}",
            "hole",
            facts=_told(row, graph.lang),
        )
        for iri, row in holes.items()
        if iri not in placed
    )
    marks.append(
        Mark(asked, named[asked], "frame" if whole else "platform", 1, members=whole, asked=True)
    )
    outside = tuple(_word(asked, row, graph.lang, named=True) for row in heard.values())
    if outside:
        label = "当事者でない者への知らせ" if japanese else "Word to those who are no parties"
        marks.append(Mark(f"{asked} outside", label, "frame", 2, members=outside))
    doubted = tuple(_misdeclared(row, graph.lang) for row in _beside(graph, asked, gaps))
    if doubted:
        label = "区分の合わない情報システム" if japanese else "Systems declared wrongly"
        marks.append(Mark(f"{asked} beside", label, "frame", 1, members=doubted))
    title = f"{named[asked]}の境界" if japanese else f"The boundary of {named[asked]}"
    table = gaps.where(lambda row: row["platform_iri"] == asked)
    return Picture(title, graph.lang, tuple(marks), tuple(links), table)


def _platform_name(matrix: Table, iri: str, otherwise: str) -> str:
    return next((row["platform"] for row in matrix if row["platform_iri"] == iri), otherwise)


def _party_name(graph: Answers, iri: str) -> str:
    return labels(graph.engine, [iri], graph.lang)[iri]


def _cell(platform: str, row: Row, holes: Mapping[str, Row], lang: str) -> Mark:
    """Return how a party stands to a concern; a hole tells all that is known of it."""
    kind = _STATUS[row["status"]]
    facts: Facts = ()
    for iri in row["holes_iri"] or ():
        if iri in holes:
            facts += _told(holes[iri], lang)
    return Mark(
        f"{platform} {row['party_iri']} {row['concern_iri']}",
        f"{_SIGNS[kind]} {row['concern']}",
        kind,
        facts=facts,
    )


def _word(platform: str, row: Row, lang: str, *, named: bool = False) -> Mark:
    """Return whether word of an incident gets to somebody, and by which way."""
    kind = _WORD[row["learns"]]
    sign = "×" if kind == "untold" else "→"
    if named:
        stands = WHO[row["role"]] if lang == "ja" else row["role"]
        note = "" if row["role"] == "other" else f"（{stands}）" if lang == "ja" else f" ({stands})"
        label = f"{sign} {row['who']}{note}"
    elif lang == "ja":
        label = f"{sign} 知らせ：{LEARNS[row['learns']]}"
    else:
        label = f"{sign} word: {_HEARD_IN_ENGLISH[row['learns']]}"
    facts = said(row, LEARNING_COLUMNS, f"learns {_HEARD}", lang)
    return Mark(f"{platform} {row['who_iri']} word", label, kind, facts=facts)


def _beside(graph: Examined, platform: str, gaps: Table) -> list[Row]:
    """Return the holes of systems that a platform's operators run and declare wrongly."""
    systems = () if graph.situation is None else graph.situation.systems
    running = {one.iri: set(one.operators) for one in systems}
    return [
        row
        for row in gaps
        if row["kind"] == "misclassified"
        and row["platform_iri"] != platform
        and running.get(row["system_iri"], set()) & set(graph.boundary.parties[platform])
    ]


def _misdeclared(row: Row, lang: str) -> Mark:
    return Mark(f"{row['hole_iri']} beside", f"× {row['system']}", "hole", facts=_told(row, lang))


def _told(row: Row, lang: str) -> Facts:
    return said(row, HOLE_COLUMNS, _SAID, lang)


def _role(platform: str, party: str, role: Role, graph: Answers) -> Link:
    words = ROLES[role.kind][graph.lang != "ja"]
    if role.system is not None:
        words += f"\n{labels(graph.engine, [role.system], graph.lang)[role.system]}"
    kind = "connects" if role.kind == "connection" else "runs"
    name = f"{party} {role.kind} {role.system or ''} {platform}"
    return Link(name, f"{party} party", platform, (kind,), words)
