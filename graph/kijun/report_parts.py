"""What a printable report about one body says, part by part, whatever it is printed as.

Open obligations come first, then the rest, and apart from them what is only to be taken into
account; the lines on which the body tells and is told, the boundaries of the systems that it
shares, how the text was read, and the sentences on which all of it rests.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kijun.checklist import due_words
from kijun.duties import substitution
from kijun.errors import BadInput
from kijun.inspection import STATUSES, is_obligation, is_regarded, standing
from kijun.lines import visible
from kijun.norms import FORCES
from kijun.report import Cell, Grid, Part, Report, Rows, cell, speaker
from kijun.report_boundary import ReportBoundary
from kijun.report_lines import ReportLines
from kijun.saying import worded

if TYPE_CHECKING:
    from kijun.report_source import Reportable

_DONE = ("met", "not-applicable")


def report_of(graph: Reportable, body: str, today: datetime.date) -> Report:
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
    def __init__(self, graph: Reportable, body: str, today: datetime.date) -> None:
        self.graph, self.lang, self.today = graph, graph.lang, today
        self.say = speaker(self.lang)
        match = graph.find(body)
        self.iri = match.answers_through or match.iri
        order = {row["norm"]: number for number, row in enumerate(graph.norms())}
        self.table = graph.duties(body)
        self.duties = sorted(self.table, key=lambda row: order[row["norm"]])
        self.name = str(self.duties[0]["body"]) if self.duties else match.label
        lines = graph.reports(body, None).rows, graph.reports(None, body).rows
        self.lines = ReportLines(*lines, self.lang)
        said = graph.situation
        self.boundary = ReportBoundary(graph, said, self.iri) if said and said.systems else None
        self.owed = [row for row in self.duties if is_obligation(row) and not is_regarded(row)]
        self.regarded = [row for row in self.duties if is_obligation(row) and is_regarded(row)]
        # Every row of the report that rests on a norm.
        self.rows: Rows = [*self.duties, *lines[0], *lines[1]]
        self.rows += self.boundary.holes if self.boundary else []

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
        made = [self._summary(), *self._duty_parts(), self.lines.part(), self._boundary()]
        made += [*self._readings(), self._sources()]
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

    # Parts

    def _summary(self) -> Part:
        say = self.say
        forces = Counter(str(row["derived_force"]) for row in self.owed)
        by_force = say("、", ", ").join(
            f"{say(FORCES[force], force)}{say('', ' ')}{number}"
            for force, number in forces.most_common()
        )
        told = [
            say(
                f"{self.name}が負う規範は{len(self.owed)}件である（{by_force}）。",
                f"{self.name} bears {len(self.owed)} norms ({by_force}).",
            )
        ]
        if self.regarded:
            told.append(
                say(
                    f"このほか、考慮すべき規範が{len(self.regarded)}件ある。そのものとして負うものでは"
                    "ないので、上の件数に含めない。",
                    f"It has to take {len(self.regarded)} more into account, which are not owed as "
                    "such and not counted above.",
                )
            )
        told += self._substituted()
        if self._inspected:
            told += self._inspection()
        else:
            told.append(
                say(
                    "自己点検の結果は与えられていない。",
                    "No self-inspection was given.",
                )
            )
        told += self.lines.summary()
        told += map(visible, self.boundary.summary() if self.boundary else ())
        return Part(say("概要", "Summary"), tuple(told))

    def _substituted(self) -> list[str]:
        """Return how a norm that another section hands on is read, if there is any."""
        number = sum(row["route"] == "incorporation" for row in self.duties)
        if not number:
            return []
        return [
            self.say(
                f"引き継ぎによる規範（{number}件、表の「読み」に「引き継ぎ」とあるもの）は、別の節が"
                f"府省庁（とそのCISO）について定めることを、{self.name}（とそのCISO）に置き換えて読んだ"
                "ものであり、この置換えは指針の文にはなく、読み方である。",
                f"What is handed on by incorporation ({number} norms, marked so in the tables) is "
                f"what another section says of a ministry (and its CISO), with {self.name} (and "
                "its CISO) in its place; this is a reading and not said in the text.",
            )
        ]

    def _inspection(self) -> list[str]:
        say = self.say
        owed, regarded = (standing(rows, self.lang) for rows in (self.owed, self.regarded))
        told = [say(f"自己点検（負う規範）：{owed}。", f"Self-inspection, what it bears: {owed}.")]
        if self.regarded:
            told.append(
                say(
                    f"自己点検（考慮すべき規範）：{regarded}。",
                    f"Self-inspection, what it takes into account: {regarded}.",
                )
            )
        return told

    @property
    def _inspected(self) -> bool:
        return "status" in self.table.keys

    def _duty_parts(self) -> list[Part]:
        say = self.say
        if not self._inspected:
            parts = [Part(say("負う規範", "What it bears"), (), (self._duties("", self.owed),))]
        else:
            todo = [row for row in self.owed if row["status"] not in _DONE]
            todo.sort(key=_urgency)
            done = [row for row in self.owed if row["status"] in _DONE]
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
        if self.regarded:
            rows = sorted(self.regarded, key=_urgency) if self._inspected else self.regarded
            said = say(
                "踏まえ又は参照しつつ引き継ぐもの。考慮に入れるのであって、そのものとして負うのではない。",
                "Handed on to be taken into account, and not owed as such.",
            )
            name = say("考慮すべき規範", "What it takes into account")
            parts.append(Part(name, (said,), (self._duties("", rows),)))
        rest = [row for row in self.duties if not is_obligation(row)]
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
            (say("読み", "read"), 7),
        ]
        if self._inspected:
            headings += [
                (say("状況", "status"), 11),
                (say("担当", "owner"), 10),
                (say("文書・日付", "document, date"), 14),
            ]
        return Grid(caption, tuple(headings), tuple(self._duty(row) for row in rows))

    def _duty(self, row: Mapping[str, object]) -> tuple[Cell, ...]:
        force = str(row["derived_force"])
        cells = [
            Cell(str(row["norm"])),
            cell(row["statement"]),
            Cell(self.say(FORCES[force], force)),
            cell(due_words(row, self.lang)),
            cell(self._mark(row)),
        ]
        if self._inspected:
            status = str(row["status"] or "")
            waits = "plain" if is_regarded(row) else "open"
            tone = "good" if status == "met" else "idle" if status in ("", *_DONE) else waits
            shown = " ".join(str(row[key]) for key in ("document", "date") if row[key])
            word = self.say(STATUSES.get(status, "—"), status or "—")
            cells += [Cell(word, tone), cell(row["owner"]), cell(shown)]
        return tuple(cells)

    def _mark(self, row: Mapping[str, object]) -> str:
        if row["route"] == "incorporation":
            return self.say("引き継ぎ", "handed on")
        return self.say("あり", "yes") if row["interpretation"] else ""

    def _boundary(self) -> Part:
        if self.boundary is not None:
            return self.boundary.part()
        heading = self.say("共有する情報システムの境界", "Boundaries of shared systems")
        none = self.say(
            "情報システムの記述は与えられていないので、境界は調べていない。",
            "No systems were described, so no boundary was examined.",
        )
        return Part(heading, (none,))

    def _readings(self) -> Iterator[Part]:
        """Yield how the text was read where it leaves something open, norm by norm."""
        say = self.say
        handed_on = substitution(self.lang)
        read: dict[str, dict[str, None]] = {}
        for row in self.rows:
            # What is said once of all that is handed on is not said again of each.
            text = str(row["interpretation"] or "").replace(handed_on, "").strip()
            if text:
                read.setdefault(str(row["norm"]), {})[text] = None
        rows = tuple(
            (Cell(norm), cell("\n".join(_apart(read[norm]))))
            for norm in (str(row["norm"]) for row in self.graph.norms())
            if norm in read
        )
        if rows:
            said = say(
                "表の「読み」に印のあるものは、文が明らかにしていないことを次のように読んでいる。",
                "Where the tables mark a reading, the text leaves open what is read as follows.",
            )
            headings = (say("規範", "norm"), 10), (say("読み方", "reading"), 90)
            yield Part(say("読み方", "Readings"), (said,), (Grid("", headings, rows),))

    def _sources(self) -> Part:
        """List the sentences behind every row, with the reader's own copy where it is attached."""
        say = self.say
        used: dict[tuple[str, int], list[str]] = {}
        texts: dict[tuple[str, int], str] = {}
        for row in self.rows:
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
                *([cell(texts[key])] if any(texts.values()) else []),
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


def _apart(readings: Iterable[str]) -> list[str]:
    """Return readings each once, where some of them are others with more to them."""
    found: list[str] = []
    for text in sorted(readings, key=len):
        rest = text
        for known in found:
            rest = rest.replace(known, "")
        if rest.strip():
            found.append(rest.strip())
    return found


def _urgency(row: Mapping[str, object]) -> int:
    return list(STATUSES).index(str(row["status"]))
