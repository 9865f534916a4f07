"""The lines on which someone must tell someone something, between classes or real bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kijun.duties import BASES
from kijun.engine import Engine, Row, ask, labels
from kijun.norms import (
    FORCES,
    LANES,
    Norm,
    in_words,
    interpretation,
    joined,
    local,
    norm_row,
    norms,
    optional,
    value,
)
from kijun.tables import Column
from kijun.terms import NS
from kijun.validity import FORCE_WORDS

REPORT_COLUMNS = (
    Column("norm", "規範", "norm"),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("from", "発", "from", weight=2),
    Column("to", "宛", "to", weight=2),
    Column("act", "伝え方", "act"),
    Column("about", "話題", "about", weight=2),
    Column("trigger", "きっかけ", "trigger", in_table=False, weight=2),
    Column("timing", "時期", "timing"),
    Column("lane", "系統", "lane", words=LANES),
    Column("condition", "条件", "condition", weight=3),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("phrase", "要の句", "phrase", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("basis", "確からしさ", "basis", in_table=False, words=BASES),
    Column("in_force", "効力", "in force", in_table=False, words=FORCE_WORDS),
    Column("force", "強さ", "force", in_table=False, words=FORCES),
    Column("marked", "読み", "reading"),
    Column("reading", "別の読み方か", "of another reading", in_table=False),
    Column("line_iri", "線IRI", "line IRI", in_table=False),
    Column("from_iri", "発IRI", "from IRI", in_table=False),
    Column("to_iri", "宛IRI", "to IRI", in_table=False),
    Column("act_iri", "伝え方IRI", "act IRI", in_table=False),
    Column("about_iri", "話題IRI", "about IRI", in_table=False),
    Column("timing_iri", "時期IRI", "timing IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a line; ``reading`` is true for a line that only another reading makes."""

Line = dict[str, object]


def line_rows(
    engine: Engine,
    lang: str,
    *,
    level: str,
    senders: Iterable[str] | None = None,
    receivers: Iterable[str] | None = None,
    topics: Iterable[str] | None = None,
    in_force: bool | None = None,
) -> list[Line]:
    """Return reporting lines with the keys of :data:`REPORT_COLUMNS`, in the guideline's order.

    ``level`` is ``class`` or ``body``; the others are IRIs that limit the lines.
    """
    found = ask(
        engine,
        "reports",
        lang=Literal(lang),
        level=NamedNode(f"{NS}{level}Level"),
        **{
            "from": _nodes(senders),
            "to": _nodes(receivers),
        },
    )
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(value(row, "line"), []).append(row)
    if topics is not None:
        # Kept whole: a line on a topic asked about may be on others too, and says so.
        wanted_topics = set(topics)
        groups = {iri: rows for iri, rows in groups.items() if wanted_topics & _topics(rows)}
    by_iri = norms(engine, lang, only={value(row, "norm") for row in found}) if found else {}
    wanted = {iri for norm in by_iri.values() for iri in (norm.bearer, *norm.recipients)}
    for norm in by_iri.values():
        wanted.update((*norm.actions, *norm.timings))
    for row in found:
        wanted.update(value(row, name) for name in ("from", "to", "act"))
        wanted.update(iri for iri in (optional(row, "about"),) if iri)
    named = labels(engine, wanted, lang)
    return [
        _line(iri, rows, by_iri[value(rows[0], "norm")], named, lang, in_force)
        for iri, rows in groups.items()
    ]


def _nodes(iris: Iterable[str] | None) -> list[NamedNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _topics(rows: Sequence[Row]) -> set[str]:
    return {topic for row in rows if (topic := optional(row, "about")) is not None}


def _line(
    iri: str,
    rows: Sequence[Row],
    norm: Norm,
    named: Mapping[str, str],
    lang: str,
    in_force: bool | None,
) -> Line:
    first = rows[0]
    whole = norm_row(norm, named, lang)
    topics = sorted(_topics(rows))
    read = optional(first, "underReading") is not None
    confidence = optional(first, "confidence")
    # An alternative reading is an event of its own: the norm's haste and condition are not its.
    return {
        "norm": norm.name,
        "norm_iri": norm.iri,
        "from": named[value(first, "from")],
        "to": named[value(first, "to")],
        "act": named[value(first, "act")],
        "about": joined((named[topic] for topic in topics), lang),
        "trigger": optional(first, "trigger") or (None if read else norm.trigger),
        "timing": None if read else whole["timing"],
        "lane": norm.lane,
        "condition": in_words(
            [None if read else norm.condition, _share(first, lang)], " " if lang != "ja" else "ja"
        ),
        "section": whole["section"],
        "sentence": norm.number,
        "phrase": norm.phrase,
        "interpretation": in_words(
            [
                None if read else interpretation(norm, lang),
                *dict.fromkeys(optional(row, "reading") for row in rows),
            ],
            lang,
        ),
        "basis": local(confidence) if confidence else "found",
        "in_force": in_force,
        "force": norm.force,
        "marked": _mark(read=read, open_=norm.reading is not None or _said(rows), lang=lang),
        "reading": read,
        "line_iri": iri,
        "from_iri": value(first, "from"),
        "to_iri": value(first, "to"),
        "act_iri": value(first, "act"),
        "about_iri": topics,
        "timing_iri": [] if read else list(norm.timings),
        "section_iri": norm.section,
        "sentence_iri": norm.sentence,
    }


def _said(rows: Sequence[Row]) -> bool:
    return any(optional(row, "reading") is not None for row in rows)


def _mark(*, read: bool, open_: bool, lang: str) -> str | None:
    """Say in a word whether a line rests on a reading, or is that of another reading."""
    if read:
        return "別の読み方" if lang == "ja" else "another reading"
    if open_:
        return "あり" if lang == "ja" else "yes"
    return None


def _share(row: Row, lang: str) -> str | None:
    """Say for which business a supervision holds, with its article."""
    business, article = optional(row, "business"), optional(row, "article")
    if business is None and article is None:
        return None
    joint = optional(row, "joint") == "true"
    if business is not None and business.startswith(("業務別", "法人全体")):
        # The word before the bracket says so already.
        business = (
            business.removeprefix("業務別").removeprefix("法人全体").strip("共管（）") or None
        )
    if lang == "ja":
        kind = "法人全体の共管" if joint else "業務別共管"
        return f"{kind}（{'、'.join(part for part in (business, article) if part)}）"
    kind = "joint for the whole body" if joint else "by business line"
    return f"{kind} ({', '.join(part for part in (business, article) if part)})"
