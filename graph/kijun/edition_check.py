"""``kijun source check``: another edition, read from a file, beside the guideline."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kijun import source
from kijun.edition_page import page
from kijun.edition_rows import EDITION_COLUMNS, UNTOUCHED, edition_rows, notes
from kijun.editions import compare
from kijun.engine import Engine
from kijun.formats import Answer
from kijun.lines import visible
from kijun.resting import sentences


class Check(NamedTuple):
    """What a check found: the rows, a report as HTML on demand, and whether anything differs.

    Rows and report hold words of the other edition; nothing of it is kept anywhere else.
    """

    answer: Answer
    html: Callable[[], str]
    findings: bool


def check(
    path: str | os.PathLike[str], engine: Engine, lang: str = "ja", *, unchanged: bool = True
) -> Check:
    """Compare the edition in a file with the guideline, by its words where a copy is attached.

    Without ``unchanged`` the answer leaves out sentences that are as they were. The report is in
    Japanese whatever ``lang`` is.

    A file that is something else altogether is a finding, not an error: the answer's first row
    (status ``not_an_edition``) says how many sentences were found in it.

    Raises:
        BadInput: the file cannot be read, has no chapters with sentences, or far too many.
        KijunError: the attached copy is damaged.
    """
    known = sentences(engine, lang)
    name = visible(Path(path).name)
    edition = source.read(path)
    texts = source.sentence_texts(known.hashes)
    comparison = compare(edition, known.hashes, texts, visible(str(path)))
    rows = edition_rows(comparison, known, lang, unchanged=unchanged)
    nodes = dict.fromkeys(
        iri
        for row in rows
        if row["status"] not in UNTOUCHED
        for key in ("sentence_iri", "norms_iri", "definitions_iri")
        for iri in _iris(row.get(key))
    )
    answer = Answer(
        "source-check",
        EDITION_COLUMNS,
        rows,
        notes(comparison, name, lang),
        tuple(nodes),
        "他の版との照合" if lang == "ja" else "Another edition beside the guideline",
    )

    def html() -> str:
        japanese = known if lang == "ja" else sentences(engine, "ja")
        return page(comparison, japanese, name)

    return Check(answer, html, comparison.differs)


def _iris(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [iri for iri in value if isinstance(iri, str)] if isinstance(value, list) else []
