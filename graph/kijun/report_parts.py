"""What a printable report about one body says, part by part, whatever it is printed as.

Open obligations come first, then the rest, the lines on which the body tells and is told, the
boundaries of the systems that it shares, and the sentences on which all of it rests.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kijun.boundary import KINDS
from kijun.checklist import due_words
from kijun.errors import BadInput
from kijun.inspection import STATUSES, is_obligation, summary
from kijun.lines import visible
from kijun.matrix import Grid as Matrix
from kijun.matrix import cell_words, grids
from kijun.norms import FORCES, LANES
from kijun.report import Cell, Grid, Part, Report
from kijun.saying import worded
from kijun.tables import cell_text

if TYPE_CHECKING:
    from kijun.knowledge import KnowledgeGraph
    from kijun.table import Table

Rows = Sequence[Mapping[str, object]]

_DONE = ("met", "not-applicable")


def report_of(graph: KnowledgeGraph, body: str, today: datetime.date) -> Report:
    """Return the report about a body.

    Raises:
        UnknownName: no such body.
        BadInput: the body bears no norm on the graph's day, or is a class.
    """
    writer = _Writer(graph, body, today)
    if not writer.duties:
        raise BadInput(
            worded('"{body}" bears no norm on that day; name another body', body=visible(body))
        )
    return writer.report()


class _Writer:
    def __init__(self, graph: KnowledgeGraph, body: str, today: datetime.date) -> None:
        self.graph, self.lang, self.today = graph, graph.lang, today
        self.at = int(self.lang != "ja")
        match = graph.find(body)
        self.iri = match.answers_through or match.iri
        order = {row["norm"]: number for number, row in enumerate(graph.norms())}
        self.table = graph.duties(body)
        self.duties = sorted(self.table, key=lambda row: order[row["norm"]])
        self.name = str(self.duties[0]["body"]) if self.duties else match.label
        self.lines = [graph.reports(body, None), graph.reports(None, body)]
        self.holes, self.cells = self._boundaries()

    def say(self, ja: str, en: str) -> str:
        """Return the words of the report's language."""
        return (ja, en)[self.at]

    def report(self) -> Report:
        """Return the whole report."""
        say = self.say
        about = self.graph.profiles
        marking = " / ".join(dict.fromkeys(one.marking for one in about if one.marking))
        facts = [
            (say("機関", "Body"), self.name),
            (say("基準日", "As of"), self.graph.day.isoformat()),
            (say("作成日", "Made on"), self.today.isoformat()),
            (say("取扱い", "Handling"), marking or say("記載なし", "not said")),
        ]
        if about:
            titles = "、".join(dict.fromkeys(one.title for one in about if one.title))
            facts.append((say("基にした記述", "Rests on"), titles))
        title = say(
            f"{self.name}　情報セキュリティ対策の点検報告書",
            f"{self.name}: report on information-security duties",
        )
        parts = [self._summary(), *self._duty_parts(), self._lines(), self._boundary()]
        made = [*parts, self._sources()]
        numbered = [
            part._replace(heading=f"{number}　{part.heading}")
            for number, part in enumerate(made, 1)
        ]
        return Report(
            visible(title),
            visible(marking),
            tuple((name, visible(text)) for name, text in facts),
            # How it is to be handled stands on every page as it is.
            tuple(visible(n) for n in self.graph.notes() if not marking or marking not in n),
            tuple(numbered),
            self.lang,
        )

    def _boundaries(self) -> tuple[Rows, Rows]:
        """Return the holes and the matrix of what the body operates or is a party to."""
        situation = self.graph.situation
        if situation is None or not situation.systems:
            return [], []
        cells = list(self.graph.matrix())
        mine = {row["platform_iri"] for row in cells if row["party_iri"] == self.iri}
        # What is declared wrongly has no parties, but somebody operates it or manages a layer.
        own = {one.iri for one in situation.systems if self.iri in one.operators + one.managers}
        own |= {layer.system for layer in situation.layers if self.iri in layer.managers}
        holes = [
            row
            for row in self.graph.gaps()
            if row["platform_iri"] in mine
            or row["system_iri"] in own
            or self.iri in _list(row["parties_iri"])
        ]
        return holes, [row for row in cells if row["platform_iri"] in mine]

    # Parts

    def _summary(self) -> Part:
        say = self.say
        owed = [row for row in self.duties if is_obligation(row)]
        forces = Counter(str(row["derived_force"]) for row in owed)
        by_force = say("、", ", ").join(
            f"{say(FORCES[force], force)}{say('', ' ')}{number}"
            for force, number in forces.most_common()
        )
        told = [
            say(
                f"{self.name}が負う規範は{len(owed)}件である（{by_force}）。",
                f"{self.name} bears {len(owed)} norms ({by_force}).",
            )
        ]
        if self._inspected:
            told.append(summary(self.duties, self.lang))
        else:
            told.append(
                say(
                    "自己点検の結果は与えられていない。",
                    "No self-inspection was given.",
                )
            )
        sent, received = map(len, self.lines)
        told.append(
            say(
                f"報告の線は、知らせるもの{sent}本、知らされるもの{received}本である。",
                f"It tells on {sent} reporting lines and is told on {received}.",
            )
        )
        if self.graph.situation is not None and self.graph.situation.systems:
            platforms = len({row["platform_iri"] for row in self.cells})
            told.append(
                say(
                    f"当事者となる基盤は{platforms}、その境界の穴は{len(self.holes)}件である。",
                    f"It is a party to {platforms} platforms, with {len(self.holes)} holes.",
                )
            )
        return Part(say("概要", "Summary"), tuple(told))

    @property
    def _inspected(self) -> bool:
        return "status" in self.table.keys

    def _duty_parts(self) -> list[Part]:
        say = self.say
        owed = [row for row in self.duties if is_obligation(row)]
        rest = [row for row in self.duties if not is_obligation(row)]
        if not self._inspected:
            parts = [Part(say("負う規範", "What it bears"), (), (self._duties("", owed),))]
        else:
            urgent = list(STATUSES)
            todo = [row for row in owed if row["status"] not in _DONE]
            todo.sort(key=lambda row: urgent.index(str(row["status"])))
            done = [row for row in owed if row["status"] in _DONE]
            none = say("ない。", "None.")
            parts = [
                Part(
                    say("対応を要する規範", "What is still to be done"),
                    () if todo else (none,),
                    (self._duties("", todo),) if todo else (),
                ),
                Part(
                    say("達成した規範、該当しない規範", "What is met, or does not apply"),
                    () if done else (none,),
                    (self._duties("", done),) if done else (),
                ),
            ]
        if rest:
            said = say(
                "義務ではなくできることと、自らの節の規範が代わるもの。",
                "What it may do, and norms that its own section displaces.",
            )
            name = say("権能その他", "Powers and others")
            parts.append(Part(name, (said,), (self._duties("", rest),)))
        return parts

    def _duties(self, caption: str, rows: Rows) -> Grid:
        say = self.say
        headings = [
            (say("規範", "norm"), 9),
            (say("趣旨", "statement"), 36),
            (say("強さ", "force"), 7),
            (say("時期", "due"), 16),
        ]
        if self._inspected:
            headings += [
                (say("状況", "status"), 9),
                (say("担当", "owner"), 10),
                (say("文書・日付", "document, date"), 14),
            ]
        return Grid(caption, tuple(headings), tuple(self._duty(row) for row in rows))

    def _duty(self, row: Mapping[str, object]) -> tuple[Cell, ...]:
        force = str(row["derived_force"])
        cells = [
            Cell(str(row["norm"])),
            _cell(row["statement"]),
            Cell(self.say(FORCES[force], force)),
            _cell(due_words(row, self.lang)),
        ]
        if self._inspected:
            status = str(row["status"] or "")
            tone = "good" if status == "met" else "idle" if status in ("", *_DONE) else "open"
            shown = " ".join(str(row[key]) for key in ("document", "date") if row[key])
            word = self.say(STATUSES.get(status, "—"), status or "—")
            cells += [Cell(word, tone), _cell(row["owner"]), _cell(shown)]
        return tuple(cells)

    def _lines(self) -> Part:
        say = self.say
        names = (say("知らせる", "It tells"), say("知らされる", "It is told"))
        made = tuple(
            self._line_grid(name, table)
            for name, table in zip(names, self.lines, strict=True)
            if len(table)
        )
        heading = say("報告の線", "Reporting lines")
        return Part(heading, () if made else (say("ない。", "None."),), made)

    def _line_grid(self, caption: str, table: Table) -> Grid:
        say = self.say
        headings = (
            (say("誰が", "from"), 16),
            (say("誰に", "to"), 16),
            (say("行為", "act"), 9),
            (say("何を", "about"), 20),
            (say("いつ", "when"), 18),
            (say("系統", "lane"), 10),
            (say("規範", "norm"), 10),
        )
        rows = tuple(
            (
                _cell(row["from"]),
                _cell(row["to"]),
                _cell(row["act"]),
                _cell(cell_text(row["about"], self.lang)),
                _cell(say("、", "; ").join(str(row[k]) for k in ("trigger", "timing") if row[k])),
                _cell(cell_text(row["lane"], self.lang, LANES)),
                Cell(str(row["norm"])),
            )
            for row in table
        )
        return Grid(caption, headings, rows)

    def _boundary(self) -> Part:
        say = self.say
        heading = say("共有する情報システムの境界", "Boundaries of shared systems")
        if not self.cells and not self.holes:
            said = say(
                "この機関が当事者となる基盤は、記述にない。",
                "No platform is described to which it is a party.",
            )
            return Part(heading, (said,))
        made = [self._matrix(one) for one in grids(self.cells)]
        if self.holes:
            made.append(self._hole_grid())
        return Part(heading, (), tuple(made))

    def _matrix(self, grid: Matrix) -> Grid:
        width = 80 // max(1, len(grid.parties))
        headings = [(self.say("事項", "concern"), 20), *((p, width) for p in grid.parties)]
        tones = {"hole": "open", "covered": "good", "excluded": "idle"}
        rows = tuple(
            (
                Cell(visible(concern)),
                *(
                    _cell(cell_words(cell, self.lang), tones.get(str(cell["status"]), "plain"))
                    for cell in cells
                ),
            )
            for concern, cells in grid.concerns
        )
        caption = self.say(f"基盤「{grid.platform}」", f"Platform {grid.platform}")
        return Grid(visible(caption), tuple((visible(h), w) for h, w in headings), rows)

    def _hole_grid(self) -> Grid:
        say = self.say
        headings = (
            (say("穴の種類", "kind"), 14),
            (say("基盤・システム", "platform"), 16),
            (say("機関", "parties"), 18),
            (say("内容", "what is uncovered"), 40),
            (say("規範", "norm"), 10),
        )
        rows = tuple(
            (
                Cell(say(KINDS[str(row["kind"])], str(row["kind"]).replace("_", " ")), "open"),
                _cell(row["platform"] or row["system"]),
                _cell(cell_text(row["parties"], self.lang)),
                _cell(row["detail"]),
                Cell(str(row["norm"])),
            )
            for row in self.holes
        )
        return Grid(say("境界の穴", "Holes"), headings, rows)

    def _sources(self) -> Part:
        """List the sentences behind every row, with the reader's own copy where it is attached."""
        say = self.say
        used: dict[tuple[str, int], list[str]] = {}
        texts: dict[tuple[str, int], str] = {}
        for row in [*self.duties, *(line for table in self.lines for line in table), *self.holes]:
            key = (str(row["section"]), int(str(row["sentence"])))
            norms = used.setdefault(key, [])
            if row["norm"] not in norms:
                norms.append(str(row["norm"]))
            texts[key] = str(row.get("text") or "")
        order = [(row["section"], row["sentence"]) for row in self.graph.norms()]
        rows = tuple(
            (
                Cell(say(f"{key[0]} 第{key[1]}文", f"{key[0]} sentence {key[1]}")),
                Cell(say("、", ", ").join(used[key])),
                *([_cell(texts[key])] if any(texts.values()) else []),
            )
            for key in dict.fromkeys(order)
            if key in used
        )
        headings = [(say("指針の文", "sentence"), 22), (say("規範", "norms"), 60)]
        if any(texts.values()):
            headings = [headings[0], (headings[1][0], 20), (say("原文", "text"), 58)]
        said = say(
            "趣旨は我々の言葉による要約であり、原文ではない。",
            "Statements are in our own words, not those of the text.",
        )
        return Part(say("出典", "Sources"), (said,), (Grid("", tuple(headings), rows),))


def _cell(value: object, tone: str = "plain") -> Cell:
    return Cell(visible("" if value is None else str(value)), tone)


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else []
