"""The part of a report on reporting lines: those of the text as read, and apart, of other readings.

A line that only another reading makes is none that anybody need expect; it is shown with that
reading, and counted by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from kijun.norms import LANES
from kijun.report import Cell, Grid, Part, Rows, cell, speaker
from kijun.tables import cell_text


class ReportLines:
    """The lines on which a body tells (``sent``) and is told (``received``)."""

    def __init__(self, sent: Rows, received: Rows, lang: str) -> None:
        self.lang, self.say = lang, speaker(lang)
        self.plain = [[row for row in rows if not row["reading"]] for rows in (sent, received)]
        self.others = [[row for row in rows if row["reading"]] for rows in (sent, received)]

    def summary(self) -> list[str]:
        """Return how many lines there are, those of other readings by themselves."""
        sent, received = map(len, self.plain)
        told = [
            self.say(
                f"報告の線は、知らせるもの{sent}本、知らされるもの{received}本である。",
                f"It tells on {sent} reporting lines and is told on {received}.",
            )
        ]
        sent, received = map(len, self.others)
        if sent or received:
            told.append(
                self.say(
                    f"このほか、別の読み方によって初めて生じる線が、知らせるもの{sent}本、知らされるもの"
                    f"{received}本ある（上の本数に含めない）。",
                    f"Only another reading of the text makes {sent} more on which it tells and "
                    f"{received} on which it is told; they are not counted above.",
                )
            )
        return told

    def part(self) -> Part:
        """Return the part, with a table for each direction, and others for other readings."""
        say = self.say
        names = (say("知らせる", "It tells"), say("知らされる", "It is told"))
        made = [
            self._grid(name, rows) for name, rows in zip(names, self.plain, strict=True) if rows
        ]
        for name, rows in zip(names, self.others, strict=True):
            if rows:
                caption = say(f"{name}（別の読み方によれば）", f"{name}, by another reading")
                made.append(self._grid(caption, rows, other=True))
        heading = say("報告の線", "Reporting lines")
        return Part(heading, () if made else (say("ない。", "None."),), tuple(made))

    def _grid(self, caption: str, rows: Rows, *, other: bool = False) -> Grid:
        say = self.say
        headings = [
            (say("誰が", "from"), 14),
            (say("誰に", "to"), 14),
            (say("行為", "act"), 8),
            (say("何を", "about"), 15 if other else 19),
            (say("いつ・条件", "when, condition"), 15 if other else 22),
            (say("系統", "lane"), 8),
            (say("規範", "norm"), 9),
            (say("読み方", "reading"), 22) if other else (say("読み", "read"), 7),
        ]
        return Grid(caption, tuple(headings), tuple(self._line(row, other) for row in rows))

    def _line(self, row: Mapping[str, object], other: bool) -> tuple[Cell, ...]:
        say = self.say
        when = [str(row[key]) for key in ("trigger", "timing", "condition") if row[key]]
        read = row["interpretation"] if other else self._mark(row)
        return (
            cell(row["from"]),
            cell(row["to"]),
            cell(row["act"]),
            cell(cell_text(row["about"], self.lang)),
            cell(say("、", "; ").join(when)),
            cell(cell_text(row["lane"], self.lang, LANES)),
            cell(row["norm"]),
            cell(read),
        )

    def _mark(self, row: Mapping[str, object]) -> str:
        return self.say("あり", "yes") if row["interpretation"] else ""
