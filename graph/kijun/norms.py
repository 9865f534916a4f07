"""The norms of the guideline as rows: who must, should or may do what, on which sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kijun.engine import Engine, Row, ask, labels
from kijun.sections import notation
from kijun.tables import Column
from kijun.terms import ID, NS

FORCES = {"must": "義務", "need": "必要", "should": "推奨", "may": "権能", "regard": "考慮"}
LANES = {"working": "実務者", "executive": "管理職・役員"}

# The order in which the guideline names several of them: by rule first, then by need.
_TIMINGS = ["immediately", "promptly", "constantly", "ordinaryTimes"]
_TIMINGS += ["everyFiscalYear", "regularly", "asNeeded"]

NORM_COLUMNS = (
    Column("norm", "規範", "norm", weight=1),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("force", "強さ", "force", words=FORCES),
    Column("bearer", "主体", "bearer", weight=2),
    Column("recipient", "相手", "recipient", weight=2),
    Column("statement", "内容（我々の言葉）", "statement (our words)", weight=8),
    Column("action", "行為", "action", in_table=False),
    Column("condition", "条件", "condition", in_table=False),
    Column("trigger", "きっかけ", "trigger", in_table=False),
    Column("timing", "時期", "timing", weight=1),
    Column("lane", "系統", "lane", in_table=False, words=LANES),
    Column("phrase", "要の句", "phrase", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("bearer_iri", "主体IRI", "bearer IRI", in_table=False),
    Column("recipient_iri", "相手IRI", "recipient IRI", in_table=False),
    Column("action_iri", "行為IRI", "action IRI", in_table=False),
    Column("timing_iri", "時期IRI", "timing IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a norm row; ``bearer`` and the like are labels, each with its ``_iri`` twin."""


class Norm(NamedTuple):
    """One norm as the graph holds it: IRIs for things, texts in one language.

    ``alternatives`` are the other readings that stand beside it, in words.
    """

    iri: str
    name: str
    order: int
    section: str
    sentence: str
    number: int
    force: str
    bearer: str
    phrase: str
    statement: str
    object: str
    lane: str | None
    condition: str | None
    trigger: str | None
    reading: str | None
    recipients: tuple[str, ...]
    actions: tuple[str, ...]
    timings: tuple[str, ...]
    topics: tuple[str, ...]
    alternatives: tuple[str, ...]


def norms(
    engine: Engine,
    lang: str,
    *,
    sections: Iterable[str] | None = None,
    bearers: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, Norm]:
    """Return norms by IRI in the guideline's order.

    ``sections``, ``bearers`` and ``only`` (norms) are IRIs that limit them.
    """
    rows = ask(
        engine,
        "norms",
        lang=Literal(lang),
        section=_nodes(sections),
        bearer=_nodes(bearers),
        norm=_nodes(only),
    )
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(value(row, "norm"), []).append(row)
    return {iri: _norm(iri, group) for iri, group in groups.items()}


def _nodes(iris: Iterable[str] | None) -> list[NamedNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _norm(iri: str, rows: Sequence[Row]) -> Norm:
    first = rows[0]
    return Norm(
        iri=iri,
        name=value(first, "name"),
        order=int(value(first, "order")),
        section=value(first, "section"),
        sentence=value(first, "sentence"),
        number=int(value(first, "number")),
        force=local(value(first, "force")),
        bearer=value(first, "bearer"),
        phrase=value(first, "phrase"),
        statement=value(first, "statement"),
        object=value(first, "object"),
        lane=local(text) if (text := optional(first, "lane")) else None,
        condition=optional(first, "condition"),
        trigger=optional(first, "trigger"),
        reading=optional(first, "reading"),
        recipients=_distinct(rows, "recipient"),
        actions=_distinct(rows, "action"),
        timings=tuple(sorted(_distinct(rows, "timing"), key=_haste)),
        topics=_distinct(rows, "about"),
        alternatives=_distinct(rows, "alternative"),
    )


def _haste(timing: str) -> int:
    return _TIMINGS.index(local(timing)) if local(timing) in _TIMINGS else len(_TIMINGS)


def _distinct(rows: Sequence[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({text for row in rows if (text := optional(row, name)) is not None}))


def value(row: Row, name: str) -> str:
    """Return the value of a variable that is always bound."""
    term = row[name]
    assert isinstance(term, (NamedNode, Literal)), f"?{name} is unbound"
    return term.value


def optional(row: Row, name: str) -> str | None:
    """Return the value of a variable, or None where it is unbound."""
    return None if row.get(name) is None else value(row, name)


def local(iri: str) -> str:
    """Return the local name of a term of kijun."""
    return iri.removeprefix(NS)


def things(found: Iterable[Norm]) -> set[str]:
    """Return the IRIs in norms whose labels a reader needs."""
    return {
        iri
        for norm in found
        for iri in (norm.bearer, *norm.recipients, *norm.actions, *norm.timings)
    }


def joined(parts: Iterable[str], lang: str) -> str | None:
    """Return several words as one text, or None for none."""
    return ("、" if lang == "ja" else ", ").join(parts) or None


def in_words(parts: Iterable[str | None], lang: str) -> str | None:
    """Return sentences of a reading one after the other, or None for none."""
    return ("" if lang == "ja" else " ").join(part for part in parts if part) or None


def interpretation(norm: Norm, lang: str) -> str | None:
    """Return how a norm was read where the text leaves it open, and what else it may mean."""
    other = "別の読み方：" if lang == "ja" else "Another reading: "
    return in_words([norm.reading, *(other + text for text in norm.alternatives)], lang)


def norm_row(norm: Norm, named: Mapping[str, str], lang: str) -> dict[str, object]:
    """Return a norm with the keys of :data:`NORM_COLUMNS`."""
    return {
        "norm": norm.name,
        "norm_iri": norm.iri,
        "section": notation(norm.section.removeprefix(f"{ID}section/")),
        "sentence": norm.number,
        "force": norm.force,
        "bearer": named[norm.bearer],
        "recipient": [named[iri] for iri in norm.recipients],
        "statement": norm.statement,
        "action": joined((named[iri] for iri in norm.actions), lang),
        "condition": norm.condition,
        "trigger": norm.trigger,
        "timing": joined((named[iri] for iri in norm.timings), lang),
        "lane": norm.lane,
        "phrase": norm.phrase,
        "interpretation": interpretation(norm, lang),
        "bearer_iri": norm.bearer,
        "recipient_iri": list(norm.recipients),
        "action_iri": list(norm.actions),
        "timing_iri": list(norm.timings),
        "section_iri": norm.section,
        "sentence_iri": norm.sentence,
    }


def norm_rows(engine: Engine, found: Mapping[str, Norm], lang: str) -> list[dict[str, object]]:
    """Return norms as rows with the keys of :data:`NORM_COLUMNS`, in the guideline's order."""
    named = labels(engine, things(found.values()), lang)
    ordered = sorted(found.values(), key=lambda norm: norm.order)
    return [norm_row(norm, named, lang) for norm in ordered]
