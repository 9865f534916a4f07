"""The picture of what a body inherits: its duties in frames, each behind the way they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kijun.duties import DUTY_COLUMNS, ROUTES
from kijun.norms import FORCES
from kijun.parties import Answers, Parties
from kijun.picture import Link, Mark, Picture, said
from kijun.tables import Column
from kijun.terms import ID, NS

Row = Mapping[str, Any]

_OFFICER = f"{NS}ChiefInformationSecurityOfficer"
_COLUMNS = (*DUTY_COLUMNS, Column("text", "原文", "text"))
_EXAMPLE = {
    "ja": "所管による道筋は、所管する法人のうち一つを例に示す。",
    "en": "A way by supervision is shown with one of the supervised corporations as its example.",
}
_SAID = (
    "statement citation derived_force route path grade condition timing lane displaced_by trigger "
    "interpretation text force phrase basis in_force"
)


def duties_picture(graph: Answers, body: str) -> Picture:
    """Return what a body inherits; norms that come the same way with the same force share a frame.

    Raises:
        UnknownName: no such body.
    """
    table = graph.duties(body)
    written = {row["norm_iri"]: row["force"] for row in graph.norms()}
    parties = Parties(graph.engine)
    match = graph.find(body)
    asked = match.answers_through or match.iri
    label = next((row["body"] for row in table), match.label)
    marks = {asked: parties.mark(asked, label)._replace(asked=True)}
    links: dict[str, Link] = {}
    frames: dict[tuple[tuple[str, ...], str, str], list[Row]] = {}
    for row in table:
        frames.setdefault((_way(row), row["route"], row["derived_force"]), []).append(row)
    for (steps, route, force), rows in frames.items():
        names = dict(zip(rows[0]["path_iri"], rows[0]["path"], strict=True))
        before = asked
        for rank, step in enumerate(steps[1:], 1):
            # A post is one for each way: the norm before it says for what it stands.
            name = f"{before} {step}" if step == _OFFICER else step
            marks.setdefault(name, _step(step, names[step], parties)._replace(id=name, rank=rank))
            kind = written.get(step) or _kind(step)
            links.setdefault(f"{before} {name}", Link(f"{before} {name}", before, name, (kind,)))
            before = name
        frame = _frame(rows, route, force, graph.lang)
        marks[frame.id] = frame._replace(rank=len(steps))
        kinds = (force, "incorporates") if route == "incorporation" else (force,)
        grade = str(rows[0]["grade"] or "")
        links[frame.id] = Link(f"{frame.id} link", before, frame.id, kinds, grade)
    if any(row["route"] == "supervision" for row in table):
        table = table._replace(notes=(*table.notes, _EXAMPLE[graph.lang]))
    title = f"{label}が負う規範と道筋" if graph.lang == "ja" else f"What {label} inherits, and how"
    return Picture(title, graph.lang, tuple(marks.values()), tuple(links.values()), table)


def _way(row: Row) -> tuple[str, ...]:
    """Return the path from the body to the norm, without the norm: it stands in the frame.

    The office that a norm takes along stands before it, as it is the office that has the norm.
    """
    return tuple(step for step in row["path_iri"] if step != row["norm_iri"])


def _step(iri: str, label: str, parties: Parties) -> Mark:
    kind = iri.removeprefix(ID).partition("/")[0]
    if iri.startswith(ID) and kind in ("norm", "law"):
        return Mark(iri, label, {"law": "article"}.get(kind, kind))
    return parties.mark(iri, label)


def _kind(step: str) -> str:
    """Return what leads to a step of a path that is no norm."""
    if step == _OFFICER:
        return "role"
    return "supervises" if step.startswith(f"{ID}body/") else "belongs"


def _frame(rows: Sequence[Row], route: str, force: str, lang: str) -> Mark:
    members = tuple(
        Mark(
            row["duty_iri"],
            f"{row['norm']} {row['action'] or ''}".strip(),
            "displaced" if row["displaced_by"] else "norm",
            facts=said(row, _COLUMNS, _SAID, lang),
        )
        for row in rows
    )
    words = (ROUTES[route], FORCES[force]) if lang == "ja" else (route, force)
    label = f"{words[0]}：{words[1]} {len(rows)}件" if lang == "ja" else (
        f"{words[0]}: {words[1]} ({len(rows)})"
    )  # fmt: skip
    return Mark(f"{rows[0]['duty_iri']} frame", label, "frame", members=members)
