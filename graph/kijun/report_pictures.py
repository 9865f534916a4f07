"""Pictures of reporting: the lines of one party, and the routes between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kijun.legend import MARKS
from kijun.parties import Answers, Parties
from kijun.picture import Facts, Link, Mark, Picture, said
from kijun.reporting import REPORT_COLUMNS
from kijun.tables import Column
from kijun.terms import NS

Row = Mapping[str, Any]

_STATEMENT = Column("statement", "内容（我々の言葉）", "statement (our words)")
_COLUMNS = (*REPORT_COLUMNS, _STATEMENT, Column("text", "原文", "text"))
_SAID = (
    "statement citation timing lane condition trigger act about interpretation text from to "
    "norm phrase basis in_force"
)


def _sameness(row: Row, asked: str) -> str:
    """Return what two lines of one party must share to be drawn as one."""
    keys = ("norm_iri", "act_iri", "about", "timing", "lane", "reading")
    return str([row["from_iri"] == asked, *(row[key] for key in keys)])


def reports_picture(
    graph: Answers, body: str, about: str | None = None, *, expand: bool = False
) -> Picture:
    """Return the lines from and to one party; partners with the same lines share a frame.

    Raises:
        UnknownName: no such party or topic.
    """
    out = graph.reports(body, None, about, expand=expand)
    back = graph.reports(None, body, about, expand=expand)
    known = {row["line_iri"] for row in out}
    rows = [*out, *(row for row in back if row["line_iri"] not in known)]
    table = out._replace(
        rows=tuple(rows), notes=tuple(dict.fromkeys([*out.notes, *back.notes])), nodes=()
    )
    match = graph.find(body)
    asked = match.answers_through or match.iri
    names = {row[f"{end}_iri"]: row[end] for row in rows for end in ("from", "to")}
    label = names.setdefault(asked, match.label)
    parties = Parties(graph.engine)
    statements = _statements(graph)
    by_partner: dict[str, list[Row]] = {}
    for row in rows:
        partner = row["to_iri"] if row["from_iri"] == asked else row["from_iri"]
        by_partner.setdefault(partner, []).append(row)
    groups: dict[tuple[object, ...], list[str]] = {}
    for partner, lines in by_partner.items():
        lines.sort(key=lambda row: _sameness(row, asked))
        same = (_sameness(row, asked) for row in lines)
        groups.setdefault((parties.level(partner), *same), []).append(partner)
    marks = [parties.mark(asked, label)._replace(asked=True)]
    links: list[Link] = []
    for partners in groups.values():
        below = parties.level(partners[0]) < parties.level(asked)
        mark = _group(partners, names, by_partner, parties, graph.lang)
        if partners == [asked]:
            mark = mark._replace(id=f"{asked} itself")
        marks.append(mark._replace(rank=-1 if below else 1))
        for same_lines in zip(*(by_partner[partner] for partner in partners), strict=True):
            sent = same_lines[0]["from_iri"] == asked
            ends = (asked, mark.id) if sent else (mark.id, asked)
            lines_of = dict(zip((names[partner] for partner in partners), same_lines, strict=True))
            links.append(_link(lines_of, ends, statements, graph.lang))
    title = f"{label}の報告の線" if graph.lang == "ja" else f"Reporting lines of {label}"
    return Picture(title, graph.lang, tuple(marks), tuple(links), table)


def route_picture(graph: Answers, sender: str, receiver: str, about: str | None = None) -> Picture:
    """Return every route from one party to another, with the parties that no route can spare.

    Raises:
        UnknownName: no such party or topic.
    """
    table = graph.route(sender, receiver, about)
    parties = Parties(graph.engine)
    statements = _statements(graph)
    first, last = (graph.find(name) for name in (sender, receiver))
    ends = [match.answers_through or match.iri for match in (first, last)]
    names = {ends[0]: first.label, ends[1]: last.label}
    legs: dict[str, Row] = {}
    turns: dict[tuple[str, str], None] = {}
    for route in table:
        before = None
        for leg in route["legs"]:
            legs.setdefault(leg["line_iri"], leg)
            names.setdefault(leg["from_iri"], leg["from"])
            if leg["to_iri"] not in parties.homes:
                names.setdefault(leg["to_iri"], leg["to"])
            # What a class is told, the class that belongs to it passes on.
            if before is not None and before != leg["from_iri"]:
                turns[before, leg["from_iri"]] = None
            before = parties.homes.get(leg["to_iri"], leg["to_iri"])
    links = [
        _link(
            {"": leg},
            (leg["from_iri"], parties.homes.get(leg["to_iri"], leg["to_iri"])),
            statements,
            graph.lang,
        )
        for leg in legs.values()
    ]
    links += [Link(f"{one} {other}", one, other, ("belongs",)) for one, other in turns]
    ranks = _distances(ends[0], links)
    ranks[ends[1]] = max([0, *(rank for end, rank in ranks.items() if end != ends[1])]) + 1
    cut = {point for route in table for point in route["single_points_iri"]}
    marks = []
    for iri in dict.fromkeys([*ends, *(end for link in links for end in link[1:3])]):
        mark = parties.mark(iri, names[iri], rank=ranks.get(iri, 0))._replace(asked=iri in ends)
        if iri in cut:
            mark = mark._replace(kind="cut", facts=_cut(graph.lang))
        marks.append(mark)
    start, goal = names[ends[0]], names[ends[1]]
    topics = dict.fromkeys(row["about"] for row in table) if about is not None else {}
    on = "（{}）" if graph.lang == "ja" else " ({})"
    title = f"{start}から{goal}への経路" if graph.lang == "ja" else f"Routes from {start} to {goal}"
    title += on.format("、".join(topics)) if topics else ""
    return Picture(title, graph.lang, tuple(marks), tuple(links), table)


def _cut(lang: str) -> Facts:
    return (("この経路では" if lang == "ja" else "on these routes", MARKS["cut"].name(lang)),)


def _distances(start: str, links: Iterable[Link]) -> dict[str, int]:
    onward: dict[str, list[str]] = {}
    for link in links:
        onward.setdefault(link.source, []).append(link.target)
    found, frontier = {start: 0}, [start]
    while frontier:
        following = dict.fromkeys(end for one in frontier for end in onward.get(one, ()))
        frontier = [end for end in following if end not in found]
        found.update(dict.fromkeys(frontier, max(found.values()) + 1))
    return found


def _statements(graph: Answers) -> dict[str, str]:
    return {row["norm_iri"]: row["statement"] for row in graph.norms()}


def _group(
    partners: Sequence[str],
    names: Mapping[str, str],
    lines: Mapping[str, Sequence[Row]],
    parties: Parties,
    lang: str,
) -> Mark:
    """Return the mark of a partner, or a frame around partners whose lines are the same."""
    marks = [
        parties.mark(partner, names[partner], facts=_own(lines[partner], lang))
        for partner in partners
    ]
    if len(marks) == 1:
        return marks[0]
    many = Counter(MARKS[mark.kind].name(lang) for mark in marks)
    kinds = ("・" if lang == "ja" else ", ").join(f"{kind} {count}" for kind, count in many.items())
    label = f"{kinds}（線は同じ）" if lang == "ja" else f"{kinds} (same lines)"
    return Mark(f"{partners[0]} group", label, "frame", members=tuple(marks))


def _own(lines: Sequence[Row], lang: str) -> Facts:
    """Return what holds for one partner and not for the norm: its share of a supervision."""
    (heading,) = (column.label(lang) for column in REPORT_COLUMNS if column.key == "condition")
    conditions = dict.fromkeys(str(row["condition"]) for row in lines if row["condition"])
    return tuple((heading, condition) for condition in conditions)


def _link(
    lines: Mapping[str, Row], ends: tuple[str, str], statements: Mapping[str, str], lang: str
) -> Link:
    """Return the link of lines that differ in the partner alone, by the partner's name."""
    row = next(iter(lines.values()))
    kinds = [str(row["act_iri"]).removeprefix(NS)]
    kinds += ["otherReading"] if row["reading"] else []
    kinds += ["slow"] if row.get("slow") else []
    texts: dict[str, dict[str, list[str]]] = {}
    for name, line in lines.items():
        whole = {**line, "statement": statements.get(str(line["norm_iri"]))}
        for heading, text in said(whole, _COLUMNS, _SAID, lang):
            texts.setdefault(heading, {}).setdefault(text, []).append(name)
    facts = tuple((heading, _joined(found, lines, lang)) for heading, found in texts.items())
    return Link(str(row["line_iri"]), *ends, tuple(kinds), _label(row, lang), facts)


def _joined(texts: Mapping[str, Sequence[str]], lines: Mapping[str, Row], lang: str) -> str:
    """Say what lines share, and where they differ, whose it is."""
    comma, colon = ("、", "：") if lang == "ja" else (", ", ": ")
    if all(names == [text] for text, names in texts.items()):
        return comma.join(texts)
    if len(texts) == 1 and len(lines) == sum(map(len, texts.values())):
        return next(iter(texts))
    return "\n".join(f"{comma.join(names)}{colon}{text}" for text, names in texts.items())


def _label(row: Row, lang: str) -> str:
    """Return what, when and on which lane in a first line, about what in a second."""
    when = [str(words) for words in (row["timing"], _lane(row, lang)) if words]
    bracketed = "（{}）" if lang == "ja" else " ({})"
    said_when = bracketed.format(("、" if lang == "ja" else ", ").join(when)) if when else ""
    return f"{row['norm']} {row['act']}{said_when}\n{row['about'] or ''}".rstrip()


def _lane(row: Row, lang: str) -> str:
    column = next(column for column in REPORT_COLUMNS if column.key == "lane")
    return column.text(row["lane"], lang)
