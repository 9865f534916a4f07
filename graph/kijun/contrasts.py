"""Two portraits side by side: what only one of them has, and what both have differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kijun.duties import BASES
from kijun.norms import FORCES, NORM_COLUMNS, norms
from kijun.portraits import Borne, LineKey, Portrait, Told, Trait
from kijun.reporting import REPORT_COLUMNS
from kijun.standing import Graph
from kijun.tables import Column
from kijun.validity import FORCE_WORDS

Difference = dict[str, object]
KINDS = {
    "name": "名称",
    "class": "類",
    "minister": "主務大臣",
    "corporation": "所管する法人",
    "duty": "義務",
    "about": "所管する側の義務",
    "line": "報告の線",
}
"""What a row is about; ``about`` is what those who supervise a body owe about it."""

_OTHERS = {
    "minister": ("主務大臣の改称", "a competent minister renamed"),
    "corporation": ("所管する法人の改称", "a supervised corporation renamed"),
}
_SIDES = ("first", "second")
_CITED = tuple(column._replace(in_table=False) for column in NORM_COLUMNS if column.key != "norm")
_SEEN = {"norm", "from", "to", "from_iri", "to_iri", "line_iri", "condition", "basis", "in_force"}
_OF_LINES = tuple(
    column._replace(in_table=False)
    for column in REPORT_COLUMNS
    if column.key not in _SEEN.union(column.key for column in _CITED)
)


def contrast_columns(
    one: Portrait, two: Portrait, first: Graph, second: Graph | None
) -> tuple[Column, ...]:
    """Return the columns: the two sides stand under their names, or under their days."""
    if second is not None:
        heads = [f"{first.day}", f"{second.day}"]
        if one.iri != two.iri:
            heads = [f"{one.label} {heads[0]}", f"{two.label} {heads[1]}"]
        words = {"appears": "現れる", "vanishes": "消える", "changes": "変わる"}
    else:
        heads = [one.label, two.label]
        words = {"appears": f"{two.label}だけ", "vanishes": f"{one.label}だけ", "changes": "異なる"}
    return (
        Column("change", "違い", "change", words=words, weight=2),
        Column("kind", "種類", "kind", words=KINDS),
        Column("norm", "規範", "norm"),
        Column("detail", "内容", "what", weight=5),
        *(Column(side, head, head, weight=3) for side, head in zip(_SIDES, heads, strict=True)),
        *_CITED,
        *_OF_LINES,
        *(
            Column(f"{side}_{key}", f"{word}{ja}", f"{english} {en}", in_table=False, words=words)
            for side, word, english in (
                ("first", "前者の", "first"),
                ("second", "後者の", "second"),
            )
            for key, ja, en, words in (
                ("force", "強さ", "force", FORCES),
                ("route", "経路", "route", None),
                ("iri", "IRI", "IRI", None),
                ("in_force", "効力", "in force", FORCE_WORDS),
            )
        ),
        Column("common", "共通の数", "in common", in_table=False),
        Column("provenance", "出どころ", "provenance", in_table=False),
        Column("basis", "確からしさ", "basis", in_table=False, words=BASES),
        Column("in_force", "効力", "in force", in_table=False, words=FORCE_WORDS),
    )


def contrast_rows(one: Portrait, two: Portrait, first: Graph, second: Graph) -> list[Difference]:
    """Return what differs between two portraits, each made from a graph of its day."""
    lang = first.lang
    found = [
        *_traits(one, two, lang),
        *_borne("duty", one.duties, two.duties),
        *_borne("about", one.about, two.about),
        *_lines(one.lines, two.lines, lang),
    ]
    orders = {iri: norm.order for iri, norm in norms(second.engine, lang).items()}
    kinds = list(KINDS)
    valid = {"first": first.validity.in_force, "second": second.validity.in_force}
    for row in found:
        sides = {"appears": ["second"], "vanishes": ["first"]}.get(str(row["change"]), _SIDES)
        known = {valid[side] for side in sides}
        # A norm that is compared across two days is in force where it is so on both.
        row["in_force"] = known.pop() if len(known) == 1 else None
        row |= {f"{side}_in_force": valid[side] for side in _SIDES}
    return sorted(
        found,
        key=lambda row: (
            kinds.index(str(row["kind"])),
            orders.get(str(row.get("norm_iri")), 0),
            str(row["change"]),
            str(row.get("detail")),
            str(row.get("act_iri")),
        ),
    )


def _change(first: object, second: object) -> str:
    if not first:
        return "appears"
    return "changes" if second else "vanishes"


def _borne(
    kind: str, first: Mapping[str, Borne], second: Mapping[str, Borne]
) -> Iterator[Difference]:
    for iri in {**first, **second}:
        one, two = first.get(iri), second.get(iri)
        if one is not None and two is not None and one.text == two.text:
            continue
        rows = [borne.row for borne in (one, two) if borne is not None]
        yield {
            **{column.key: rows[0][column.key] for column in NORM_COLUMNS},
            "change": _change(one, two),
            "kind": kind,
            "detail": rows[0]["statement"],
            "basis": _weakest(str(row["basis"]) for row in rows),
            **_sides("", one and one.text, two and two.text),
            **_sides("_force", one and list(one.forces), two and list(two.forces)),
            **_sides("_route", one and list(one.routes), two and list(two.routes)),
        }


def _sides(suffix: str, one: object, two: object) -> Difference:
    return {f"{side}{suffix}": said for side, said in zip(_SIDES, (one, two), strict=True)}


def _lines(
    first: Mapping[LineKey, Told], second: Mapping[LineKey, Told], lang: str
) -> Iterator[Difference]:
    """Yield the lines whose other parties differ; parties that both have are only counted."""
    for key in {**first, **second}:
        one, two = first.get(key), second.get(key)
        others = [{} if told is None else told.others for told in (one, two)]
        own = [
            {iri: label for iri, label in mine.items() if iri not in theirs}
            for mine, theirs in (others, others[::-1])
        ]
        if not any(own):
            continue
        row = (one or two or Told({}, {}, ())).row
        *_, reading, tells = key
        yield {
            **{column.key: row[column.key] for column in REPORT_COLUMNS if column.key not in _SEEN},
            "norm": row["norm"],
            "change": _change(*others),
            "kind": "line",
            "detail": _line_in_words(row, lang, reading=reading, tells=tells),
            "common": len(others[0].keys() & others[1].keys()),
            "basis": _weakest(
                base for told in (one, two) if told is not None for base in told.bases
            ),
            **_sides("", *(sorted(found.values()) or None for found in own)),
            **_sides("_iri", *(sorted(found) or None for found in own)),
            **_sides("_force", *(told and [told.row["force"]] for told in (one, two))),
        }


def _line_in_words(row: Mapping[str, object], lang: str, *, reading: bool, tells: bool) -> str:
    topics = str(row["about"] or "")
    if lang == "ja":
        said = [topics, "別の読み方" if reading else ""]
        direction = "知らせる相手" if tells else "知らせてくる者"
        return f"{row['act']}（{'；'.join(part for part in said if part)}）の{direction}"
    said = [topics, "another reading" if reading else ""]
    direction = "whom it tells" if tells else "who tells it"
    return f"{row['act']} ({'; '.join(part for part in said if part)}): {direction}"


def _traits(one: Portrait, two: Portrait, lang: str) -> Iterator[Difference]:
    for kind in KINDS:
        if kind == "name" and one.iri != two.iri:
            continue
        both = [portrait.traits.get(kind, {}) for portrait in (one, two)]
        own: list[list[Trait]] = [
            [trait for key, trait in sorted(mine.items()) if key not in theirs]
            for mine, theirs in (both, both[::-1])
        ]
        renamed = [
            (both[0][key], both[1][key])
            for key in sorted(both[0].keys() & both[1].keys())
            if kind in _OTHERS and both[0][key].name != both[1][key].name
        ]
        for old, new in renamed:
            yield {
                "change": "changes",
                "kind": "name",
                "detail": _OTHERS[kind][lang != "ja"],
                "provenance": [text for text in (new.provenance,) if text] or None,
                "basis": _weakest(trait.basis for trait in (old, new) if trait.basis),
                **_sides("", [old.name], [new.name]),
                **_sides("_iri", [old.iri], [new.iri]),
            }
        if not any(own):
            continue
        traits = [trait for found in own for trait in found]
        yield {
            "change": _change(*both),
            "kind": kind,
            "common": len(both[0].keys() & both[1].keys()),
            "provenance": list(dict.fromkeys(t.provenance for t in traits if t.provenance)) or None,
            "basis": _weakest(trait.basis for trait in traits if trait.basis),
            **_sides("", *([trait.label for trait in found] or None for found in own)),
            **_sides("_iri", *([trait.iri for trait in found] or None for found in own)),
        }


def _weakest(bases: Iterable[str]) -> str | None:
    return max(bases, key=list(BASES).index, default=None)
