"""Every party whose failure alone keeps a body's word of an incident from NISC, with the cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from kijun.consequences import CHANGES, Difference
from kijun.duties import BASES
from kijun.norms import LANES
from kijun.reach import Dependence, dependences
from kijun.tables import Column
from kijun.validity import FORCE_WORDS
from kijun.worlds import World, business_names, citation, place

CUTS = {"all": "すべての経路", "business": "業務の線", "lane": "系統"}
"""What a single point of failure cuts: a body's every route, or those of a business or lane."""

POINT_COLUMNS = (
    Column("change", "変化", "change", words=CHANGES),
    Column("point", "欠けると届かなくなる所", "single point", weight=2),
    Column("body", "切り離される機関", "body cut off", weight=2),
    Column("cut", "切れるもの", "what is cut", words=CUTS),
    Column("businesses", "業務の線", "business lines", weight=2),
    Column("lanes", "系統", "lanes", words=LANES),
    Column("norms", "規範", "norms"),
    Column("norm", "最初の規範", "first norm", in_table=False),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("force", "強さ", "force", in_table=False),
    Column("phrase", "要の句", "phrase", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("basis", "確からしさ", "basis", in_table=False, words=BASES),
    Column("in_force", "効力", "in force", in_table=False, words=FORCE_WORDS),
    Column("point_iri", "欠けると届かなくなる所IRI", "single point IRI", in_table=False),
    Column("body_iri", "機関IRI", "body IRI", in_table=False),
    Column("norms_iri", "規範IRI（すべて）", "all norm IRIs", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a single point of failure with one body that it cuts off."""


def point_rows(
    now: World, then: World, lang: str, gone: Collection[str], *, compared: bool
) -> list[Difference]:
    """Return one row per single point and body, those that cut off most first."""
    old, new = (
        {(found.point, found.body): found for found in dependences(w.network, w.share_of)}
        for w in (now, then)
    )
    rows = []
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        # Who is taken out is no point any more; who is cut off depends on nobody.
        if after is None and (set(gone).intersection(key) or key[1] not in then.ways):
            continue
        change = None
        if compared and (before is None or after is None):
            change = "appears" if before is None else "vanishes"
        elif compared and before != after:
            change = "changes"
        where, found = (then, after) if after is not None else (now, before)
        assert found is not None
        rows.append({"change": change, **_point_row(where, found, lang)})
    count = Counter(str(row["point_iri"]) for row in rows if row["cut"] == "all")

    def order(row: Difference) -> tuple[object, ...]:
        point = str(row["point_iri"])
        return -count[point], point, list(CUTS).index(str(row["cut"])), str(row["body_iri"])

    return sorted(rows, key=order)


def _point_row(world: World, found: Dependence, lang: str) -> Difference:
    businesses = business_names(world, found.body, lang)
    own = world.network.out_edges(found.body, keys=True, data=True)
    lines = sorted((line for *_, key, line in own if key in found.lines), key=place)
    return {
        "point": world.named[found.point],
        "point_iri": found.point,
        "body": world.named[found.body],
        "body_iri": found.body,
        "cut": "all" if found.whole else "business" if found.businesses else "lane",
        "businesses": sorted(businesses[share] for share in found.businesses),
        "lanes": list(found.lanes),
        **citation(lines),
    }


def points_in_words(
    rows: Sequence[Difference], now: World, then: World, lang: str, gone: Collection[str]
) -> list[str]:
    """Return how many bodies each single point cuts off, and who is cut off as things are."""
    lost = sorted(now.named[body] for body in now.ways if body not in {*then.ways, *gone})
    notes = []
    if lost and lang == "ja":
        notes.append(f"その前にNISCへ届かなくなっている機関（{len(lost)}）：{'、'.join(lost)}。")
    elif lost:
        notes.append(f"Cut off from NISC before that ({len(lost)}): {', '.join(lost)}.")
    cut: dict[str, Counter[str]] = {}
    for row in rows:
        if row["change"] != "vanishes":
            cut.setdefault(str(row["point"]), Counter())[str(row["cut"])] += 1
    parts = []
    for point, counts in cut.items():
        partly = counts["business"] + counts["lane"]
        if lang == "ja":
            parts.append(
                f"{point}{counts['all']}" + (f"（ほか一部だけ{partly}）" if partly else "")
            )
        else:
            parts.append(
                f"{point} {counts['all']}" + (f" ({partly} more in part)" if partly else "")
            )
    if lang == "ja":
        said = f"単一障害点{len(cut)}と、それが切り離す機関の数：{'、'.join(parts) or 'なし'}。"
    else:
        said = f"{len(cut)} single points, with the bodies that each cuts off: {', '.join(parts)}."
    return [*notes, said]
