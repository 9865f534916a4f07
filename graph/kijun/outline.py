"""An explanation as text, rows or JSON: each statement numbered, its premises beneath it.

``1.2`` is the second premise of the first statement, so that a step can be named in an audit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from kijun.delivery import to_file, to_stream
from kijun.formats import Answer, Describe, write_answer
from kijun.lines import display_width, wrap
from kijun.narration import Node
from kijun.tables import Column

COLUMNS = (
    Column("statement", "言明", "statement", weight=6),
    Column("rule", "規則", "rule"),
    Column("source", "出典", "source", weight=5),
    Column("premises", "前提", "premises", in_table=False),
    Column("holds", "成り立つか", "holds"),
    Column("rule_in_words", "規則の内容", "rule in words", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("source_iri", "出典IRI", "source IRI", in_table=False),
    Column("citation", "出典の内訳", "citation", in_table=False),
)
"""The keys of a node; ``premises`` is a list of the same."""

_PARTS = ("kind", "section", "sentence", "norm", "phrase", "text", "file", "row", "register_date")
_FLAT = (
    Column("place", "番号", "place"),
    Column("depth", "深さ", "depth"),
    *(column for column in COLUMNS if column.key not in ("premises", "citation")),
    *(Column(part, part, part, in_table=False) for part in (*_PARTS, "confidence", "provenance")),
)
_LABELS = {
    "rule": ("規則", "rule"),
    "source": ("出典", "source"),
    "interpretation": ("読み方", "reading"),
    "text": ("原文", "text"),
}
_DEEPEST = 24


def walk(nodes: Sequence[Node], place: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every node with its number, each before its premises."""
    for number, node in enumerate(nodes, 1):
        here = f"{place}.{number}" if place else str(number)
        yield here, node
        yield from walk(premises(node), here)


def shortened(nodes: Sequence[Node], lang: str) -> list[Node]:
    """Return the same nodes, where what was proved before is not proved again but referred to."""
    proved: dict[str, str] = {}

    def short(found: Sequence[Node], above: str) -> list[Node]:
        made = []
        for number, node in enumerate(found, 1):
            place = f"{above}.{number}" if above else str(number)
            said = str(node["statement"])
            if premises(node) and said in proved:
                seen = proved[said]
                source = f"{seen}で示した" if lang == "ja" else f"shown in {seen}"
                made.append({**node, "premises": [], "source": source, "citation": None})
                continue
            proved.setdefault(said, place)
            made.append({**node, "premises": short(premises(node), place)})
        return made

    return short(nodes, "")


def premises(node: Mapping[str, object]) -> list[Node]:
    """Return the premises of a node."""
    found = node["premises"]
    assert isinstance(found, list)
    return found


def outline(nodes: Sequence[Node], lang: str, width: int | None = 100, ambiguous: int = 1) -> str:
    """Return an explanation as an indented text whose lines take at most ``width`` cells."""
    lines: list[str] = []
    for place, node in walk(nodes):
        depth = place.count(".")
        if not depth and lines:
            lines.append("")
        indent = min(2 * depth, _DEEPEST, 2 * ((width or 100) // 10))
        lines += _hanging(
            " " * indent + place + " ", str(node["statement"]), width, ambiguous, indent + 2
        )
        rule = node["rule_in_words"] and f"{node['rule_in_words']} [{node['rule']}]"
        citation = node["citation"]
        text = citation.get("text") if isinstance(citation, dict) else None
        for key, value in (
            ("rule", rule),
            ("source", node["source"]),
            ("text", text),
            ("interpretation", node["interpretation"]),
        ):
            if value:
                label = _LABELS[key][0] + "：" if lang == "ja" else _LABELS[key][1] + ": "
                lines += _hanging(
                    " " * (indent + 4) + label, str(value), width, ambiguous, indent + 6
                )
    return "\n".join([*lines, ""]) if lines else ""


def _hanging(start: str, text: str, width: int | None, ambiguous: int, indent: int) -> list[str]:
    room = None if width is None else max(width - display_width(start, ambiguous), 2)
    if room is not None and room < 12:
        indent, start = 0, start.lstrip()
        room = max((width or 12) - display_width(start, ambiguous), 2)
    first, *_ = wrap(text, room, ambiguous) or [""]
    rest = text[len(first) :].lstrip() if text.startswith(first) else ""
    left = None if width is None else max(width - indent, 2)
    more = wrap(rest, left, ambiguous) if rest else []
    return [(start + first).rstrip(), *(" " * indent + line for line in more)]


def flat(nodes: Sequence[Node]) -> list[dict[str, object]]:
    """Return one row for each node, with its number and depth."""
    rows: list[dict[str, object]] = []
    for place, node in walk(nodes):
        row = {key: value for key, value in node.items() if key not in ("premises", "citation")}
        citation = node["citation"]
        parts = citation if isinstance(citation, dict) else {}
        keys = (*_PARTS, "confidence", "provenance")
        rows.append(
            {"place": place, "depth": place.count("."), **row}
            | {key: parts.get(key) for key in keys}
        )
    return rows


def behind(nodes: Sequence[Node]) -> list[str]:
    """Return the IRIs of all that an explanation cites."""
    found: list[str] = []
    for _, node in walk(nodes):
        citation = node["citation"]
        parts = citation if isinstance(citation, dict) else {}
        laws = parts.get("law") or []
        found += [iri for iri in (parts.get("iri"), parts.get("norm_iri")) if isinstance(iri, str)]
        found += [law["iri"] for law in laws]
    return list(dict.fromkeys(found))


def explanation(nodes: Sequence[Node], notes: Sequence[str]) -> Answer:
    """Return an explanation as an answer, nested as in JSON."""
    return Answer("explain", COLUMNS, nodes, notes, behind(nodes))


def write_explanation(
    answer: Answer,
    form: str,
    out: Path | str | None = None,
    *,
    lang: str = "ja",
    width: int | None = 100,
    ambiguous: int = 1,
    describe: Describe | None = None,
    stream: BinaryIO | None = None,
) -> None:
    """Write an explanation: as an outline for ``table``, flat for CSV and XLSX, else nested.

    The rest is as in :func:`kijun.formats.write_answer`, which raises the same errors.
    """
    nodes = [dict(row) for row in answer.rows]
    if form == "table":
        text = outline(nodes, lang, width, ambiguous)
        if out is not None and str(out) != "-":
            told = [line for note in answer.notes for line in wrap(note, width, ambiguous)]
            to_file("\n".join([*told, "", text]).encode() if told else text.encode(), out)
        else:
            to_stream(text.encode(), stream, binary=False)
        return
    if form in ("csv", "xlsx"):
        answer = answer._replace(columns=_FLAT, rows=flat(nodes))
    write_answer(
        answer,
        form,
        out,
        lang=lang,
        width=width,
        ambiguous=ambiguous,
        describe=describe,
        stream=stream,
    )
