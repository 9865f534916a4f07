"""The questions of the catalogue by section, each with a command and how its answer begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kijun import catalogue
from kijun.asking import HEADINGS
from kijun.catalogue import Question
from kijun.errors import KijunError
from kijun.facts import Facts, Piece, Row, Words, address, listed, said
from kijun.formats import Answer
from kijun.knowledge import KnowledgeGraph
from kijun.sections import section_iri
from kijun.tables import Column
from kijun.terms import ID

VALUES: Mapping[str, tuple[str, ...]] = {
    "body": ("情報通信研究機構", "日本年金機構", "総務省"),
    "corporation": ("情報通信研究機構",),
    "ministry": ("総務省",),
    "minister": ("総務大臣", "総務省"),
    "agency": ("総務省",),
    "thing": ("NISC",),
    "class": ("指定法人", "国立研究開発法人", "独立行政法人"),
    "class1": ("独立行政法人",),
    "class2": ("指定法人",),
    "from": ("情報通信研究機構", "総務省", "独立行政法人等"),
    "to": ("NISC", "総務省"),
    "bearer": ("府省庁", "整備・運用管理機関", "NISC"),
    "recipient": ("NISC", "府省庁"),
    "party": ("NISC",),
    "section": ("6(4)", "3(1)③"),
    "about": ("インシデント",),
    "topic": ("インシデント",),
    "norm": ("6(4)-2a", "4(1)-3a", "2(1)-1a"),
    "article": ("基本法第13条", "基本法第25条第1項第2号"),
    "day": ("2026-04-01",),
    "route": ("supervision",),
    "level": ("class",),
    "rank": ("1",),
    "shared": ("true",),
    "force": ("必要",),
    "timing": ("速やかに",),
    "grade": ("踏まえ",),
    "lane": ("管理職・役員",),
    "action": ("監査",),
    "reach": ("広い",),
    "outcome": ("見つからず",),
    "status": ("案",),
    "regards": ("指定法人",),
    "word": ("監査",),
    "sentence": ("6(4)-2", "1-1"),
    "document": ("府省庁ポリシー", "統一規範"),
    "definition": ("独立行政法人等",),
    "kind": ("同意", "改称", "命令"),
    "register": ("iaa-2016-04-01",),
}
"""What to write for a parameter by way of example; the first that has an answer is shown.

The most telling parameters come first: they are asked where the whole answer is long.
"""

ROWS = 5
"""How many rows of an answer are shown."""

LONG = 100
"""An answer with more rows is asked of one body, class or the like instead."""


class Table(NamedTuple):
    """The beginning of an answer: heads, the cells of each row, and how many rows there are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    size: int

    @property
    def more(self) -> bool:
        """Whether the answer goes on."""
        return self.size > len(self.rows)


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
    heading: Words
    examples: tuple[Example, ...]
    others: tuple[str, ...]


def chapters(
    graphs: Sequence[KnowledgeGraph], headings: Mapping[str, Words], facts: Facts
) -> list[Chapter]:
    """Return the catalogue by section: the whole text, each section, and what serves the rest.

    ``graphs`` are the graph of one day in Japanese and in English, ``headings`` those of the
    sections in the guideline's order, by notation.
    """
    asked = [catalogue.question(name) for name in catalogue.names()]
    found = []
    whole = said("指針の全体", "The whole guideline")
    rest = said("ほかの問いを支える問い", "Questions that serve others")
    for place, heading in {"all": whole, **headings, "": rest}.items():
        first = [one for one in asked if (one.sections[0] if one.sections else "") == place]
        others = [one.name for one in asked if place and place in one.sections[1:]]
        if first or others:
            examples = tuple(_example(graphs, one, facts) for one in first)
            shown = place if place in headings else ""
            found.append(Chapter(_anchor(place), shown, heading, examples, tuple(others)))
    return found


def _anchor(place: str) -> str:
    if place in ("all", ""):
        return f"section-{place or 'none'}"
    return section_iri(place).removeprefix(ID).replace("/", "-")


def _example(graphs: Sequence[KnowledgeGraph], asked: Question, facts: Facts) -> Example:
    values: dict[str, str] = {}
    answer: Answer = graphs[0].ask(asked.name)
    if len(answer.rows) > LONG:
        for name in VALUES:
            tried = _tried(graphs[0], asked, name) if name in asked.parameters else None
            if tried is not None:
                answer, values = tried[1], {name: tried[0]}
                break
    english = graphs[1].ask(asked.name, **values)
    options = "".join(f" --{name} {_quoted(value)}" for name, value in values.items())
    return Example(
        asked.name,
        said(asked.summary["ja"], asked.summary["en"]),
        said(asked.description["ja"], asked.description["en"]),
        tuple(_rows(graphs[0], asked)),
        f"kijun ask {asked.name}{options}",
        (table(answer, "ja", facts), table(english, "en", facts)),
    )


def _tried(graph: KnowledgeGraph, asked: Question, name: str) -> tuple[str, Answer] | None:
    """Return the first example for a parameter that has an answer, with it."""
    for value in VALUES.get(name, ()):
        try:
            answer = graph.ask(asked.name, **{name: value})
        except KijunError:
            continue
        if answer.rows:
            return value, answer
    return None


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
        tried = _tried(graph, asked, name)
        option = f"--{name} {_quoted(tried[0])}" if tried is not None else f"--{name}"
        shown.append(said(f"{HEADINGS.get(name, name)} {option}", option))
    if shown:
        yield Row(said("絞り込み", "parameters"), tuple(shown))


def _quoted(value: str) -> str:
    return f"'{value}'" if not value.isalnum() and "(" in value else value


def table(answer: Answer, lang: str, facts: Facts) -> Table:
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
    cells = [[_cell(column, row, lang, facts) for column in columns] for row in rows]
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


def _cell(column: Column, row: Mapping[str, object], lang: str, facts: Facts) -> tuple[Piece, ...]:
    value, iri = row.get(column.key), row.get(f"{column.key}_iri")
    if isinstance(value, list) and isinstance(iri, list) and len(value) == len(iri):
        found: list[Piece] = []
        for one, where in zip(value, iri, strict=True):
            found += [Piece("、" if lang == "ja" else ", ")] if found else []
            found.append(Piece(column.text(one, lang), _leads(where, facts)))
        return tuple(found)
    text = column.text(value, lang)
    return (Piece(text, _leads(iri, facts) or _leads(text, facts)),)


def _leads(where: object, facts: Facts) -> str | None:
    if not isinstance(where, str):
        return None
    return where if where.startswith("https://laws.e-gov.go.jp/") else facts.href(where)
