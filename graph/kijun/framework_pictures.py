"""Pictures of the framework itself: who does what to whom, and how the standards are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kijun.parties import Answers, Parties
from kijun.picture import Facts, Link, Mark, Picture, citation
from kijun.tables import Column
from kijun.terms import ID, NS

Row = Mapping[str, Any]

_STATEMENT = Column("statement", "内容（我々の言葉）", "statement (our words)")
_STAGES = "①②③"
_RANKS = {
    **dict.fromkeys(("office/headquarters", "office/nisc"), 0),
    **dict.fromkeys(("Corporation", "GovernmentBody", "ConnectedSystemManager"), 2),
    **dict.fromkeys(("IncorporatedAdministrativeAgency", "DesignatedCorporation"), 3),
    **dict.fromkeys(("Executive", "RelevantUnit", "AdministrativeStaff"), 3),
}
_TELLING = frozenset(
    ("notify", "report", "share", "provideInformation", "disseminate", "alert", "advise", "publish")
)


def framework_picture(graph: Answers) -> Picture:
    """Return who does what to whom: every norm stands in the box of its bearer or on a link.

    A link joins a bearer with a recipient, for telling and for everything else apart, and names
    the acts; what classes take over and which belong to which stands beside it.
    """
    table = graph.norms()
    parties = Parties(graph.engine)
    names = {row["bearer_iri"]: row["bearer"] for row in table}
    own: dict[str, list[Row]] = {}
    between: dict[tuple[str, str, str], list[Row]] = {}
    for row in table:
        own.setdefault(row["bearer_iri"], []).append(row)
        for iri, label in zip(row["recipient_iri"], row["recipient"], strict=True):
            names.setdefault(iri, label)
            kind = "informs" if _TELLING & set(map(_local, row["action_iri"])) else "directs"
            between.setdefault((row["bearer_iri"], iri, kind), []).append(row)
    links = [
        Link(
            f"{one} {kind} {other}", one, other, (kind,), _acts(rows, graph.lang),
            _listed(rows, graph.lang),
        )
        for (one, other, kind), rows in between.items()
        if one != other
    ]  # fmt: skip
    classes = graph.network("inheritance", "class")
    for one, other, kept in classes.edges(data=True):
        if kept["kind"] == "includes" and {one, other} <= names.keys():
            links.append(Link(f"{other} belongs {one}", other, one, ("belongs",)))
    marks = [
        parties.mark(
            iri,
            _counted(label, len(own.get(iri, ())), graph.lang),
            rank=_RANKS.get(iri.removeprefix(NS).removeprefix(ID), 1),
            facts=_listed(own.get(iri, ()), graph.lang),
        )
        for iri, label in names.items()
    ]
    title = "指針の全体像：誰が誰に何をするか" if graph.lang == "ja" else "Who does what to whom"
    return Picture(title, graph.lang, tuple(marks), tuple(links), table)


def drafting_picture(graph: Answers) -> Picture:
    """Return who takes which part in making the standards, with the steps numbered."""
    table = graph.ask("making-of-the-standards")
    parties = Parties(graph.engine)
    steps: dict[tuple[str, str, str], list[Row]] = {}
    marks: dict[str, Mark] = {}
    for row in table:
        steps.setdefault((row["party_iri"], row["document_iri"], row["part_iri"]), []).append(row)
        for key, rank in (("document", 1), ("party", 0 if row["stage"] == 1 else 2)):
            iri = row[f"{key}_iri"]
            mark = parties.mark(iri, row[key], rank=rank)
            marks.setdefault(iri, mark._replace(kind="document") if key == "document" else mark)
    links = [
        Link(
            f"{party} {part} {document}",
            party,
            document,
            (_local(part),),
            f"{_STAGES[rows[0]['stage'] - 1]} {rows[0]['part']}",
            _listed(rows, graph.lang),
        )
        for (party, document, part), rows in steps.items()
    ]
    title = "統一基準群の策定の流れ" if graph.lang == "ja" else "How the standards are made"
    return Picture(title, graph.lang, tuple(marks.values()), tuple(links), table)


def _local(iri: str) -> str:
    return iri.removeprefix(NS)


def _counted(label: str, count: int, lang: str) -> str:
    if not count:
        return label
    return f"{label}\n規範{count}件" if lang == "ja" else f"{label}\n{count} norms"


def _acts(rows: Sequence[Row], lang: str) -> str:
    acts = dict.fromkeys(row["action"] for row in rows)
    return ("・" if lang == "ja" else ", ").join(acts)


def _listed(rows: Sequence[Row], lang: str) -> Facts:
    """Return each norm with its statement and citation."""
    return tuple(
        (f"{row['norm']}（{citation(row, lang)}）" if lang == "ja" else
         f"{row['norm']} ({citation(row, lang)})", str(row["statement"]))
        for row in rows
    )  # fmt: skip
