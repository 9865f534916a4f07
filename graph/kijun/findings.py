"""What checks find wrong: one shape for all of them, so that every finding is shown alike.

There are two sorts. What is wrong in a user's files stands at a place and has a mend
(:class:`kijun.profile.Finding`); what the OWL reasoner finds is a contradiction between statements
(:class:`Contradiction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kijun import profile
from kijun.formats import Answer
from kijun.profile_faults import kinds
from kijun.tables import Column
from kijun.terms import ID

KINDS = {
    "clash": "矛盾",
    "unsatisfiable": "成り立たない類",
    "owl-profile": "OWL 2 DLの外",
}
"""The kinds of contradictions in Japanese, in the order in which they are shown."""

COLUMNS = (
    Column("severity", "程度", "severity", words={"error": "誤り", "warning": "注意"}),
    Column("kind", "種類", "kind", words=KINDS),
    Column("place", "所在", "where", weight=3),
    Column("file", "ファイル", "file", in_table=False),
    Column("sheet", "シート", "sheet", in_table=False),
    Column("row", "行", "row", in_table=False),
    Column("column", "列", "column", in_table=False),
    Column("node", "ノード", "node", in_table=False),
    Column("about", "対象", "about", weight=2),
    Column("about_iri", "対象のIRI", "about (IRI)", in_table=False),
    Column("message", "内容", "what", weight=4),
    Column("mend", "直し方", "how to mend it", weight=3),
    Column("statements", "記述と所在", "statements and sources", weight=5, between=" + "),
    Column("statements_iri", "記述（IRI）", "statements (IRI)", in_table=False),
    Column("sources", "所在", "sources", in_table=False),
    Column("norm", "規範", "norm"),
    Column("norm_iri", "規範のIRI", "norm (IRI)", in_table=False),
    Column("section", "節", "section", in_table=False),
)


_OF_CONTRADICTIONS = ("about", "about_iri", "statements", "statements_iri", "sources")


class Contradiction(NamedTuple):
    """What cannot hold: what it is about, in a sentence, and the statements behind it.

    ``statements`` are readable, each with its source; ``statements_iri`` are the same in compact
    IRIs, and ``sources`` the files or graphs in which they stand.
    """

    kind: str
    about: str
    about_iri: str | None
    message: str
    statements: tuple[str, ...] = ()
    statements_iri: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def answer_of(
    contradictions: Iterable[Contradiction] | None,
    notes: Sequence[str],
    lang: str,
    findings: Iterable[profile.Finding] = (),
) -> Answer:
    """Return findings as an answer: first those in files, then contradictions by kind, each once.

    Where no judge was asked (None), nothing speaks of contradictions. The kind of a finding in a
    file is for programs; its sentence says it to people.
    """
    order = list(KINDS)
    clashing = sorted(set(contradictions or ()), key=lambda one: (order.index(one.kind), one))
    found = [_row(one, lang) for one in findings]
    rows = [*found, *map(_contradiction, clashing)]
    nodes = dict.fromkeys(one.about_iri for one in clashing if one.about_iri)
    columns = tuple(
        column._replace(in_table=not found) if column.key == "kind" else column
        for column in COLUMNS
        if contradictions is not None or column.key not in _OF_CONTRADICTIONS
    )
    title = "検査の結果" if lang == "ja" else "Findings"
    return Answer("check", columns, rows, notes, list(nodes), title)


def _row(one: profile.Finding, lang: str) -> dict[str, object]:
    at = int(lang != "ja")
    norm = kinds()[one.kind]["norm"]
    place = one.place
    return {
        "severity": one.severity,
        "kind": one.kind,
        "place": place.words(lang),
        "file": place.file,
        "sheet": place.sheet or None,
        "row": place.row,
        "column": place.column or None,
        "node": place.node or None,
        "message": one.said[at],
        "mend": one.mend[at],
        "norm": norm or None,
        "norm_iri": norm_iri(norm) if norm else None,
        "section": norm.rpartition("-")[0] or None,
    }


def _contradiction(one: Contradiction) -> dict[str, object]:
    row = {key: list(v) if isinstance(v, tuple) else v for key, v in one._asdict().items()}
    return {"severity": "error", **row}


def norm_iri(name: str) -> str:
    """Return the IRI of a norm by its name.

    >>> norm_iri("6(3)-6a")
    'https://w3id.org/kijun/id/norm/6-3-6a'
    """
    from kijun.sections import slug

    section, _, rest = name.rpartition("-")
    return f"{ID}norm/{slug(section)}-{rest}"
