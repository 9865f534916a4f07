"""What would change under an assumption: duties, reporting lines, routes to NISC, single points.

The assumption is made in a copy of the asserted graph in memory, the rules are grounded again on
it, and what follows is compared with what follows now. Nothing is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Quad, Store

from kijun.changes import Change, Several, changes, edited
from kijun.consequences import CHANGES, DIFFERENCE_COLUMNS, KINDS, Difference, differences
from kijun.dates import State
from kijun.derivation import derived_quads
from kijun.engine import Embedded, Engine
from kijun.errors import BadInput
from kijun.formats import Answer
from kijun.lookup import homes
from kijun.norms import norms
from kijun.saying import worded
from kijun.single_points import POINT_COLUMNS, point_rows, points_in_words
from kijun.standing import DERIVED, Graph
from kijun.tables import Column
from kijun.terms import NS
from kijun.worlds import World, world

_NORM, _BODY = NamedNode(NS + "norm"), NamedNode(NS + "body")


def whatif(
    graph: Graph,
    *,
    without: Several = (),
    without_line: Several = (),
    minister: Several = (),
    of_class: Several = (),
    body: str | None = None,
    single_points: bool = False,
) -> Answer:
    """Return what would change if things were otherwise, one row per duty, line, route or reach.

    What may be assumed is written as :func:`kijun.changes.changes` says; ``body`` leaves only
    what concerns one body. With ``single_points`` the rows are instead every party whose failure
    alone would keep some body's word of an incident from NISC, as things would then be.

    Raises:
        BadInput: nothing is assumed, or something that cannot be, or two things that clash.
        UnknownName: nothing is called so.
    """
    assumed = changes(
        graph,
        without=without,
        without_line=without_line,
        minister=minister,
        of_class=of_class,
    )
    if not assumed and not single_points:
        raise BadInput(
            worded(
                "nothing is assumed; give --without, --without-line, --minister or --class, "
                "or ask for --single-points"
            )
        )
    match = None if body is None else graph.find(body)
    if match is not None and match.iri.startswith(NS):
        raise BadInput(
            worded('--body "{body}": {name} is a class; name one body', body=body, name=match.label)
        )
    about = None if match is None else match.answers_through or match.iri
    effective = [change for change in assumed if not change.idle]
    now, then = _worlds(graph, effective, about, duties=not single_points)
    gone = {change.gone for change in assumed if change.gone}
    notes = [*graph.notes(), *_assumptions(assumed, now, graph.lang)]
    if match is not None and match.note:
        notes.append(match.note)
    if single_points:
        rows = point_rows(now, then, graph.lang, gone, compared=bool(assumed))
        if about is not None:
            rows = [row for row in rows if about in (row["point_iri"], row["body_iri"])]
        notes += points_in_words(rows, now, then, graph.lang, gone)
        return _answer("single-points", POINT_COLUMNS, rows, notes)
    rows = differences(now, then, graph.lang, gone=gone)
    if about is not None:
        rows = [row for row in rows if _concerns(row, about, homes(graph.engine))]
    rows = _sorted(rows, gone, {iri: n.order for iri, n in norms(graph.engine, "ja").items()})
    if not all(_idle(change, now, graph.lang) for change in assumed):
        notes += _summary(rows, graph.lang)
    return _answer("whatif", DIFFERENCE_COLUMNS, rows, notes)


def _answer(
    kind: str, columns: tuple[Column, ...], rows: list[Difference], notes: Iterable[str]
) -> Answer:
    keys = ("norm_iri", "sentence_iri")
    nodes = dict.fromkeys(str(row[key]) for row in rows for key in keys if row.get(key))
    empty = {column.key: None for column in columns}
    whole = [{**empty, **row} for row in rows]
    return Answer(kind, columns, whole, list(dict.fromkeys(notes)), list(nodes))


def _worlds(
    graph: Graph, effective: Sequence[Change], about: str | None, *, duties: bool
) -> tuple[World, World]:
    """Return what follows now, and what follows under some changes: the rules grounded again.

    Duties, if wanted, are those of the bodies for whom anything about them differs; of these,
    only ``about`` and those who supervise it, if there is one.
    """
    engine: Engine = graph.engine
    bodies: set[str] = set()
    edits = [quad for change in effective for quad in (*change.removed, *change.added)]
    if edits:
        store = edited(graph, effective)
        store.bulk_extend(list(derived_quads(store, graph.state or State("none", ()))))
        engine = Embedded(store)
        touched = {quad.subject.value for quad in edits if isinstance(quad.subject, NamedNode)}
        bodies = _affected(graph.store, store, touched) if duties else set()
        if about is not None:
            bodies &= {about, *_supervisors(graph.store, about), *_supervisors(store, about)}
    cuts = [change.cut for change in effective if change.cut]
    in_force = graph.validity.in_force
    now = world(graph.engine, graph.lang, bodies=bodies, in_force=in_force)
    if not effective:
        return now, now
    return now, world(engine, graph.lang, bodies=bodies, in_force=in_force, cuts=cuts)


def _affected(before: Store, after: Store, touched: Collection[str]) -> set[str]:
    """Return the bodies of all duties that differ, or whose norm is itself touched."""
    differing: set[Quad] = set()
    for name in ("path", "derivedForce", "displacedBy"):
        predicate = NamedNode(NS + name)
        old, new = (
            set(s.quads_for_pattern(None, predicate, None, DERIVED)) for s in (before, after)
        )
        differing |= old ^ new
    duties = {quad.subject for quad in differing}
    for name in touched:
        of_norm = (
            s.quads_for_pattern(None, _NORM, NamedNode(name), DERIVED) for s in (before, after)
        )
        duties.update(quad.subject for quads in of_norm for quad in quads)
    return {
        quad.object.value
        for store in (before, after)
        for duty in duties
        for quad in store.quads_for_pattern(duty, _BODY, None, DERIVED)
        if isinstance(quad.object, NamedNode)
    }


def _supervisors(store: Store, body: str) -> set[str]:
    found = store.quads_for_pattern(None, NamedNode(NS + "supervises"), NamedNode(body), DERIVED)
    return {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}


def _concerns(row: Difference, party: str, home: Mapping[str, str]) -> bool:
    path = row.get("path_iri")
    ends = [row.get(key) for key in ("body_iri", "from_iri", "to_iri")]
    found = [*ends, *(path if isinstance(path, list) else [])]
    return any(home.get(str(iri), iri) == party for iri in found)


def _sorted(rows: list[Difference], gone: set[str], orders: Mapping[str, int]) -> list[Difference]:
    kinds, gravest = list(KINDS), list(CHANGES)

    def order(row: Difference) -> tuple[object, ...]:
        of_norm = row["kind"] in ("line", "duty")
        # What the parties taken out themselves lose is of least interest.
        return (
            row["body_iri"] in gone,
            kinds.index(str(row["kind"])),
            orders[str(row["norm_iri"])] if of_norm else -gravest.index(str(row["change"])),
            str(row["body_iri"]),
            str(row["change"]),
            str(row.get("line_iri")),
            str(row.get("route")),
            str(row.get("path_iri")),
        )

    return sorted(rows, key=order)


def _assumptions(assumed: Sequence[Change], now: World, lang: str) -> list[str]:
    """Return each assumption in a sentence, with why it changes nothing where that is so."""
    japanese = lang == "ja"
    notes = []
    for change in assumed:
        notes.append(f"仮定：{change.words}。" if japanese else f"Assumed: {change.words}.")
        if idle := _idle(change, now, lang):
            notes.append(f"何も変わらない：{idle}" if japanese else f"Nothing changes: {idle}")
        notes += change.notes
    if any(not _idle(change, now, lang) for change in assumed):
        notes.append(
            "現れるもの・変わるものは仮定の上でのことで、確からしさ（basis）は仮定を除いた根拠の"
            "ものである。何も保存していない。"
            if japanese
            else "What appears or changes does so under the assumption; basis is that of all else "
            "it rests on. Nothing was saved."
        )
    return notes


def _idle(change: Change, now: World, lang: str) -> str | None:
    """Return why an assumption changes nothing, or None where it may change something."""
    cut = change.cut
    if cut is None or any(
        cut.hits(str(line["norm_iri"]), str(line["from_iri"]), str(line["to_iri"]))
        for line in now.lines
    ):
        return change.idle
    if lang == "ja":
        return "この日、その間にその規範の線はない。"
    return "On this day that norm makes no line between them."


def _summary(rows: Sequence[Difference], lang: str) -> list[str]:
    """Return how many rows of each kind there are, and which bodies are cut off."""
    japanese = lang == "ja"
    if not rows:
        return [
            "義務も、報告の線も、インシデントの届く経路も変わらない。"
            if japanese
            else "No duty, no reporting line and no route of incident information changes."
        ]
    counts = Counter((str(row["kind"]), str(row["change"])) for row in rows)
    parts = []
    for kind, name in KINDS.items():
        found = {change: counts[kind, change] for change in CHANGES if counts[kind, change]}
        if found and japanese:
            said = "・".join(f"{CHANGES[change]}{count}" for change, count in found.items())
            parts.append(f"{name}：{said}")
        elif found:
            said = ", ".join(f"{count} {change}" for change, count in found.items())
            parts.append(f"{kind}: {said}")
    notes = ["。".join(parts) + "。" if japanese else "; ".join(parts) + "."]
    for change, japanese_words, english_words in (
        ("vanishes", "インシデントを伝える経路をすべて失う機関", "Bodies that lose every route"),
        (
            "changes",
            "業務の線や系統の一部が変わる機関",
            "Bodies with other business lines or lanes",
        ),
        ("appears", "インシデントを伝える経路ができる機関", "Bodies that gain a route"),
    ):
        wanted = [str(r["body"]) for r in rows if (r["kind"], r["change"]) == ("reach", change)]
        if wanted and japanese:
            notes.append(f"{japanese_words}（{len(wanted)}）：{'、'.join(wanted)}。")
        elif wanted:
            notes.append(f"{english_words} ({len(wanted)}): {', '.join(wanted)}.")
    return notes
