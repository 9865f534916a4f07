"""What differs between two bodies or classes, or between one body on two days.

A row is a duty, a line or a trait that only one of them has, or that both have differently; duties
and lines name the norm, section and sentence that they rest on, traits the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from kijun.contrasts import KINDS, Difference, contrast_columns, contrast_rows
from kijun.engine import ask
from kijun.errors import BadInput
from kijun.formats import Answer
from kijun.lookup import within
from kijun.names import Match
from kijun.norms import optional, value
from kijun.portraits import Portrait, body_portrait, class_portrait
from kijun.saying import worded
from kijun.standing import BODY, Graph
from kijun.terms import NS

End = tuple[Graph, Match]
"""One side of a comparison: a graph of a day, and what is looked at in it."""


def diff(first: Graph, a: str, b: str | None = None, *, second: Graph | None = None) -> Answer:
    """Return what differs between two bodies, or two classes, or one of them on two days.

    ``second`` is the graph on the other day (without it, both are looked at on the same day);
    ``b`` is what ``a`` is compared with (without it, with itself on the other day).

    Raises:
        BadInput: there is nothing to compare with, or a body and a class are compared.
        UnknownName: nothing is called so.
    """
    if b is None and second is None:
        raise BadInput(worded("give a second body to compare with, or a second day (--and DATE)"))
    other = second or first
    ends = (first, first.find(a)), (other, other.find(a if b is None else b))
    kinds = [match.iri.startswith(NS) for _, match in ends]
    if kinds[0] != kinds[1]:
        labelled = [match.label for _, match in ends]
        raise BadInput(
            worded(
                "{one} and {other}: a class and a body cannot be compared; name two "
                "bodies or two classes",
                one=labelled[0],
                other=labelled[1],
            )
        )
    if kinds[0]:
        for graph, match in ends:
            if NS + "Agency" not in within(graph.engine, match.iri):
                raise BadInput(
                    worded(
                        "{name} is no class of bodies; name a body or such a class",
                        name=match.label,
                    )
                )
        portraits = [class_portrait(graph, match) for graph, match in ends]
    else:
        same = ends[0][1].iri == ends[1][1].iri
        portraits = [body_portrait(graph, match, articles=same) for graph, match in ends]
    one, two = portraits
    columns = contrast_columns(one, two, first, second)
    empty = {column.key: None for column in columns}
    rows = [{**empty, **row} for row in contrast_rows(one, two, first, other)]
    keys = ("norm_iri", "sentence_iri")
    nodes = dict.fromkeys(str(row[key]) for row in rows for key in keys if row[key])
    return Answer("diff", columns, rows, _notes(ends, portraits, rows), list(nodes))


def _notes(ends: Sequence[End], portraits: Sequence[Portrait], rows: list[Difference]) -> list[str]:
    """Return what each side rests on, what came between two days, and how much differs."""
    (first, _), (second, _) = ends
    japanese, two_days = first.lang == "ja", first.day != second.day
    said: list[tuple[str, str]] = []
    for graph, match in ends:
        told = [*graph.notes(), *([match.note] if match.note else [])]
        said += [(str(graph.day), note) for note in told]
    alike = [note for _, note in said]
    days = {note: {day for day, other in said if other == note} for note in alike}
    mark = "：" if japanese else ": "
    notes = [
        f"{day}{mark}{note}" if two_days and len(days[note]) == 1 else note for day, note in said
    ]
    if two_days:
        notes += _between(first, second, [portrait.iri for portrait in portraits])
    elif portraits[0].iri == portraits[1].iri:
        name = portraits[0].label
        notes.append(
            f"{name}を、同じ日の{name}と比べている。"
            if japanese
            else f"{name} is compared with itself on the same day."
        )
    elif not japanese:
        one, two = (portrait.label for portrait in portraits)
        notes.append(f'"vanishes" is what only {one} has, "appears" what only {two} has.')
    counts = Counter(str(row["kind"]) for row in rows)
    parts = [
        f"{name if japanese else kind}{counts[kind] if japanese else f' {counts[kind]}'}"
        for kind, name in KINDS.items()
        if counts[kind]
    ]
    if japanese:
        notes.append(f"違い：{'、'.join(parts) or 'なし'}。")
    else:
        notes.append(f"Differences: {', '.join(parts) or 'none'}.")
    return list(dict.fromkeys(notes))


def _between(first: Graph, second: Graph, bodies: Iterable[str]) -> list[str]:
    """Return the known changes of some bodies between two days, each with its source."""
    nodes = [NamedNode(iri) for iri in dict.fromkeys(bodies) if iri.startswith(BODY)]
    early, late = sorted((first.day.isoformat(), second.day.isoformat()))
    if not nodes:
        return []
    notes = []
    for row in ask(second.engine, "successions", body=nodes, lang=Literal(second.lang)):
        on = optional(row, "on") or optional(row, "latest")
        if on is not None and early < on <= late:
            said, source = value(row, "statement"), value(row, "provenance")
            notes.append(
                f"この間の変更：{on} {said}（{source}）"
                if second.lang == "ja"
                else f"Changed in between: {on}, {said} ({source})"
            )
    return notes
