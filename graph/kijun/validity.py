"""Whether the text was in force on a day, as far as the editions known say.

The graph holds the draft of 2016. The decided text of 2016-08-31 is known only by its opening,
so while it was in effect the status of each sentence is unknown (None); before and after, the
sentences of the draft are not in force (False).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kijun.engine import Engine, ask
from kijun.norms import optional

FORCE_WORDS = {"true": "あり", "false": "なし", "null": "不明"}


class Validity(NamedTuple):
    """Whether the draft's sentences were in force on a day (None: unknown), and why."""

    in_force: bool | None
    note: str


def validity(engine: Engine, day: date, lang: str) -> Validity:
    """Return whether the sentences of the graph were in force on a day.

    Raises:
        ValueError: the graph holds no dated edition.
    """
    decided = sorted(
        (start, optional(row, "until"))
        for row in ask(engine, "editions")
        if (start := optional(row, "decided"))
    )
    if not decided:
        raise ValueError("the graph holds no dated edition of the guideline")
    start, until = decided[0]
    asked = day.isoformat()
    japanese = lang == "ja"
    if asked < start:
        return Validity(
            False,
            f"この本文は2016年の案で、{asked}にはまだ決定されていない（決定は{start}）。"
            if japanese
            else f"This text is a draft of 2016, not yet decided on {asked} (decided {start}).",
        )
    if until is not None and asked >= until:
        return Validity(
            False,
            f"この本文は2016年の案で、{asked}には後の版に替わっている（{until}から）。"
            if japanese
            else f"This text is a draft of 2016; on {asked} a later edition stands (from {until}).",
        )
    return Validity(
        None,
        f"この本文は2016年の案である。{start}に決定された版との一致は冒頭しか確かめていないので、"
        f"{asked}に効力があるかは不明とする。"
        if japanese
        else f"This text is a draft of 2016. Only its opening is known to agree with the edition "
        f"decided on {start}, so whether it was in force on {asked} is unknown.",
    )
