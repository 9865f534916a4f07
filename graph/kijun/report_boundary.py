"""The part of a report on the boundaries of shared systems: scope, matrix, holes, what is left out.

A reader has to see beside the holes what was examined and what was not, and for what reason: what
is left out of the scope, and whom 6(3) does not bind since it merely uses a platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kijun.boundary import KINDS
from kijun.boundary_notes import scope_notes
from kijun.engine import Embedded
from kijun.holes import names
from kijun.lines import visible
from kijun.matrix import Grid as Matrix
from kijun.matrix import cell_words, grids
from kijun.report import Cell, Grid, Part, Rows, cell, speaker
from kijun.tables import cell_text

if TYPE_CHECKING:
    from kijun.declarations import Exclusion
    from kijun.report_source import Reportable
    from kijun.situation import Situation

_TONES = {"hole": "open", "covered": "good", "excluded": "idle"}


class ReportBoundary:
    """What a body operates, is a party to or uses, of the systems that ``situation`` describes."""

    def __init__(self, graph: Reportable, situation: Situation, body: str) -> None:
        self.graph, self.situation, self.body = graph, situation, body
        self.lang, self.say = graph.lang, speaker(graph.lang)
        cells = list(graph.matrix())
        mine = {row["platform_iri"] for row in cells if row["party_iri"] == body}
        # What is declared wrongly has no parties, but somebody operates it or manages a layer.
        own = {one.iri for one in situation.systems if body in one.operators + one.managers}
        own |= {layer.system for layer in situation.layers if body in layer.managers}
        self.holes: Rows = [
            row
            for row in graph.gaps()
            if row["platform_iri"] in mine
            or row["system_iri"] in own
            or body in _list(row["parties_iri"])
        ]
        self.cells: Rows = [row for row in cells if row["platform_iri"] in mine]
        self.used = [one for one, user in sorted(graph.boundary.users) if user == body]
        near = {*mine, *own, *self.used}
        self.exclusions = [one for one in situation.exclusions if one.platform in near]

    @cached_property
    def _named(self) -> Mapping[str, str]:
        engine = Embedded(self.graph.plain.store)
        return names(self.graph.boundary, self.situation, engine, self.lang)

    def summary(self) -> list[str]:
        """Return how many platforms and holes there are, and how many are only presupposed."""
        say = self.say
        platforms = len({row["platform_iri"] for row in self.cells})
        assumed = sum(bool(row["presupposed"]) for row in self.holes)
        told = [
            say(
                f"当事者となる基盤は{platforms}、その境界の穴は{len(self.holes)}件である"
                + (
                    f"（うち、前提とされているだけのことに拠るもの{assumed}件）。"
                    if assumed
                    else "。"
                ),
                f"It is a party to {platforms} platforms, with {len(self.holes)} holes"
                + (f", {assumed} of them on what is only presupposed." if assumed else "."),
            )
        ]
        if self.used:
            listed = say("、", ", ").join(self._named[one] for one in self.used)
            told.append(
                say(
                    f"使うだけで、6(3)を負わない基盤：{listed}。",
                    f"Platforms that it merely uses, without bearing 6(3): {listed}.",
                )
            )
        return told

    def part(self) -> Part:
        """Return the part: what was examined, a matrix for each platform, holes, what is left out.

        Its sentences tell the scope of all that the profiles describe, as the holes do.
        """
        say = self.say
        heading = say("共有する情報システムの境界", "Boundaries of shared systems")
        told = scope_notes(self.graph.boundary, self.situation, self._named, self.lang)
        made = [self._matrix(one) for one in grids(self.cells)]
        made += [self._holes()] if self.holes else []
        made += [self._left_out()] if self.exclusions else []
        if not self.cells and not self.holes:
            none = say(
                "この機関が当事者となる基盤は、記述にない。",
                "No platform is described to which it is a party.",
            )
            told.insert(0, none)
        elif not self.exclusions:
            none = say("理由を付けて除外したものはない。", "Nothing was left out of the scope.")
            told.append(none)
        return Part(heading, tuple(map(visible, told)), tuple(made))

    def _matrix(self, grid: Matrix) -> Grid:
        width = 80 // max(1, len(grid.parties))
        headings = [(self.say("事項", "concern"), 20), *((p, width) for p in grid.parties)]
        rows = tuple(
            (
                Cell(visible(concern)),
                *(
                    cell(cell_words(one, self.lang), _TONES.get(str(one["status"]), "plain"))
                    for one in cells
                ),
            )
            for concern, cells in grid.concerns
        )
        caption = self.say(f"基盤「{grid.platform}」", f"Platform {grid.platform}")
        return Grid(visible(caption), tuple((visible(h), w) for h, w in headings), rows)

    def _holes(self) -> Grid:
        say = self.say
        headings = (
            (say("穴の種類", "kind"), 12),
            (say("基盤・システム", "platform"), 15),
            (say("機関", "parties"), 17),
            (say("内容", "what is uncovered"), 37),
            (say("規範", "norm"), 9),
            (say("読み", "read"), 10),
        )
        rows = tuple(
            (
                Cell(say(KINDS[str(row["kind"])], str(row["kind"]).replace("_", " ")), "open"),
                cell(row["platform"] or row["system"]),
                cell(cell_text(row["parties"], self.lang)),
                cell(row["detail"]),
                cell(row["norm"]),
                cell(self._mark(row)),
            )
            for row in self.holes
        )
        return Grid(say("境界の穴", "Holes"), headings, rows)

    def _mark(self, row: Mapping[str, object]) -> object:
        presupposed = self.say("前提のみ", "presupposed only")
        return presupposed if row["presupposed"] else row["marked"]

    def _left_out(self) -> Grid:
        say = self.say
        headings = (
            (say("基盤", "platform"), 18),
            (say("事項", "concern"), 18),
            (say("当事者", "party"), 18),
            (say("理由", "reason"), 28),
            (say("記載箇所", "where it is written"), 18),
        )
        caption = say("調べる範囲から除外したもの", "Left out of the scope")
        return Grid(caption, headings, tuple(map(self._exclusion, self.exclusions)))

    def _exclusion(self, one: Exclusion) -> tuple[Cell, ...]:
        say = self.say
        return (
            cell(self._named[one.platform]),
            cell(self._named[one.concern] if one.concern else say("すべて", "all")),
            cell(self._named[one.party] if one.party else say("すべて", "all")),
            cell(one.reason),
            cell(one.place.words(self.lang)),
        )


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else []
