"""The questions of the catalogue by section, each with a command and the beginning of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kijun import catalogue
from kijun.asking import HEADINGS
from kijun.catalogue import Question
from kijun.errors import KijunError
from kijun.facts import Piece, Row, Words, address, listed, said, section_rank
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.sections import section_iri
from kijun.tables import Column
from kijun.terms import ID

VALUES: Mapping[str, str] = {
    "body": "情報通信研究機構",
    "corporation": "情報通信研究機構",
    "ministry": "総務省",
    "minister": "総務大臣",
    "agency": "総務省",
    "thing": "NISC",
    "class": "指定法人",
    "class1": "独立行政法人",
    "class2": "指定法人",
    "from": "総務省",
    "to": "NISC",
    "bearer": "府省庁",
    "recipient": "NISC",
    "party": "NISC",
    "section": "6(4)",
    "about": "インシデント",
    "topic": "インシデント",
    "norm": "6(4)-2a",
    "article": "基本法第13条",
    "day": "2026-04-01",
    "route": "supervision",
    "level": "class",
    "rank": "1",
    "shared": "true",
    "force": "need",
    "timing": "promptly",
    "grade": "consider",
    "lane": "executive",
    "action": "audit",
    "reach": "broadReach",
    "outcome": "hookNotSeen",
    "status": "draftEdition",
    "regards": "DesignatedCorporation",
}
"""What to write for a parameter by way of example, the most telling parameters first."""

ROWS = 5
"""How many rows of an answer are shown."""

LONG = 60
"""An answer with more rows is asked of one body, class or the like instead."""


class Table(NamedTuple):
    """The beginning of an answer: heads, the cells of each row, and how many rows there are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    size: int


class Example(NamedTuple):
    """One question with its real answer, in Japanese and in English."""

    name: str
    summary: Words
    description: Words
    rows: tuple[Row, ...]
    command: str
    answers: tuple[Table, Table]


class Chapter(NamedTuple):
    """The questions that a section raises first, and the names of others that touch it."""

    anchor: str
    notation: str
    examples: tuple[Example, ...]
    others: tuple[str, ...]


def chapters(graphs: Sequence[KnowledgeGraph], notations: Sequence[str]) -> list[Chapter]:
    """Return the catalogue by section: the whole text, each section, and what serves the rest.

    ``graphs`` are the graph of one day in Japanese and in English, ``notations`` the sections in
    the guideline's order.
    """
    asked = [catalogue.question(name) for name in catalogue.names()]
    found = []
    for place in ("all", *sorted(notations, key=section_rank), ""):
        first = [one for one in asked if (one.sections[0] if one.sections else "") == place]
        others = [one.name for one in asked if place and place in one.sections[1:]]
        if first or others:
            examples = tuple(_example(graphs, one) for one in first)
            found.append(Chapter(_anchor(place), place, examples, tuple(others)))
    return found


def _anchor(place: str) -> str:
    if place in ("all", ""):
        return f"section-{place or 'none'}"
    return section_iri(place).removeprefix(ID).replace("/", "-")


def _example(graphs: Sequence[KnowledgeGraph], asked: Question) -> Example:
    values: dict[str, str] = {}
    answer = graphs[0].ask(asked.name)
    if len(answer.rows) > LONG:
        for name in VALUES:
            if name in asked.parameters and (better := _tried(graphs[0], asked, name)) is not None:
                answer, values = better, {name: VALUES[name]}
                break
    english = graphs[1].ask(asked.name, **values)
    options = "".join(f" --{name} {_quoted(value)}" for name, value in values.items())
    return Example(
        asked.name,
        said(asked.summary["ja"], asked.summary["en"]),
        said(asked.description["ja"], asked.description["en"]),
        tuple(_rows(graphs[0], asked)),
        f"kijun ask {asked.name}{options}",
        (table(answer, "ja"), table(english, "en")),
    )


def _tried(graph: KnowledgeGraph, asked: Question, name: str) -> Answer | None:
    """Return the answer with the example value for a parameter, None where it has no rows."""
    try:
        answer = graph.ask(asked.name, **{name: VALUES[name]})
    except KijunError:
        return None
    return answer if answer.rows else None


def _rows(graph: KnowledgeGraph, asked: Question) -> Iterator[Row]:
    sections = [
        said("指針の全体", "the whole guideline")
        if one == "all"
        else said(one, href=address(section_iri(one)))
        for one in asked.sections
    ]
    if sections:
        yield Row(said("節", "sections"), (listed(sections),))
    shown = []
    for name in asked.parameters:
        if name == "lang":
            continue
        value = VALUES.get(name)
        tried = value is not None and _tried(graph, asked, name) is not None
        option = f"--{name} {_quoted(value)}" if tried and value is not None else f"--{name}"
        shown.append(said(f"{HEADINGS.get(name, name)} {option}", option))
    if shown:
        yield Row(said("絞り込み", "parameters"), tuple(shown))


def _quoted(value: str) -> str:
    return f"'{value}'" if not value.isalnum() and "(" in value else value


def table(answer: Answer, lang: str) -> Table:
    """Return the beginning of an answer as cells, in the columns that ``kijun ask`` shows.

    Section and sentence become one column, which leads to the sentence.
    """
    rows = answer.rows[:ROWS]
    cited = any(row.get("sentence_iri") for row in rows)
    columns = [
        column
        for column in answer.columns
        if column.in_table and any(column.text(row.get(column.key), lang) for row in rows)
    ]
    if cited:
        columns = [column for column in columns if column.key not in ("section", "sentence")]
    heads = [column.label(lang) for column in columns]
    cells = [[_cell(column, row, lang) for column in columns] for row in rows]
    if cited:
        heads.append("根拠" if lang == "ja" else "source")
        for row, line in zip(rows, cells, strict=True):
            line.append((_source(row, lang),))
    return Table(tuple(heads), tuple(map(tuple, cells)), len(answer.rows))


def _source(row: Mapping[str, object], lang: str) -> Piece:
    iri = row.get("sentence_iri")
    if not isinstance(iri, str):
        return Piece("")
    number = row["sentence"]
    text = f"{row['section']} 第{number}文" if lang == "ja" else f"{row['section']} s. {number}"
    return Piece(text, address(iri))


def _cell(column: Column, row: Mapping[str, object], lang: str) -> tuple[Piece, ...]:
    value, iri = row.get(column.key), row.get(f"{column.key}_iri")
    if isinstance(value, list) and isinstance(iri, list) and len(value) == len(iri):
        found: list[Piece] = []
        for one, where in zip(value, iri, strict=True):
            found += [Piece("、" if lang == "ja" else ", ")] if found else []
            found.append(Piece(column.text(one, lang), _leads(where)))
        return tuple(found)
    text = column.text(value, lang)
    return (Piece(text, _leads(iri) or _leads(text)),)


def _leads(where: object) -> str | None:
    if not isinstance(where, str):
        return None
    return where if where.startswith("https://laws.e-gov.go.jp/") else address(where)
