"""What checks find wrong: one shape for all of them, so that every finding is shown alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kijun.formats import Answer
from kijun.tables import Column

KINDS = {
    "clash": "矛盾",
    "unsatisfiable": "成り立たない類",
    "owl-profile": "OWL 2 DLの外",
}
"""The kinds of findings in Japanese, in the order in which they are shown."""

COLUMNS = (
    Column("kind", "種類", "kind", words=KINDS),
    Column("about", "対象", "about", weight=2),
    Column("about_iri", "対象のIRI", "about (IRI)", in_table=False),
    Column("message", "内容", "what", weight=4),
    Column("statements", "記述と所在", "statements and sources", weight=5, between=" + "),
    Column("statements_iri", "記述（IRI）", "statements (IRI)", in_table=False),
    Column("sources", "所在", "sources", in_table=False),
)


class Finding(NamedTuple):
    """One thing that is wrong: what it is about, in a sentence, and the statements behind it.

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


def answer_of(findings: Iterable[Finding], notes: Sequence[str], lang: str) -> Answer:
    """Return findings as an answer, each once, by kind."""
    order = list(KINDS)
    found = sorted(set(findings), key=lambda one: (order.index(one.kind), one))
    rows = [
        {key: list(v) if isinstance(v, tuple) else v for key, v in one._asdict().items()}
        for one in found
    ]
    nodes = dict.fromkeys(one.about_iri for one in found if one.about_iri)
    title = "検査の結果" if lang == "ja" else "Findings"
    return Answer("check", COLUMNS, rows, notes, list(nodes), title)
