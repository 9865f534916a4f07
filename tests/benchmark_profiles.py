"""How long the holes of many systems take, from parsed tables and from a hundred workbooks.

Run by ``python tests/benchmark_profiles.py``. Each profile is one agency's of ordinary size: some
systems, their layers, and the allocations at the boundaries of three platforms. openpyxl reads the
same cells for comparison.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

from kijun.knowledge import open_graph
from kijun.profile import Place, Profile, Row
from kijun.profile_files import read, write
from kijun.profile_schema import BY_KEY, WORDS

SIZES = {9: 1.0, 100: 2.0}
"""How many profiles of six systems there are, and in how many seconds their holes are to come."""

BOOKS, AIM_S = 100, 10.0


def one_profile(number: int) -> Profile:
    """Return one agency's profile: 6 systems, 3 of them platforms with 5 parties and 8 concerns."""
    place = Place("made")
    systems = [f"S{number}-{n}" for n in range(6)]
    platforms = systems[:3]
    parties = [f"架空機関{(number + n) % 120}" for n in range(5)]
    concerns = [words[0] for words in WORDS["concerns"].values()]
    rows = {
        "about": [
            ("title", f"架空機関{number}の記述", "author", parties[0], "marking", "取扱注意")
        ],
        "bodies": [("name", party, "class", "指定法人") for party in parties],
        "systems": [
            ("id", s, "name", f"架空システム{s}", "declared", declared, "operator", parties[0])
            for s, declared in zip(systems, ["基盤"] * 3 + ["単独"] * 3, strict=True)
        ],
        "layers": [
            ("system", s, "layer", layer, "manager", parties[n])
            for s in systems
            for n, layer in enumerate(("ハードウェア", "OS", "アプリケーション"))
        ],
        "uses": [("body", party, "system", s) for s in platforms for party in parties],
        "allocations": [
            ("platform", s, "concern", c, "party", p, "state", "充足", "evidence", "議事録")
            for s in platforms
            for c in concerns
            for p in parties
        ],
        "contacts": [
            ("sender", parties[0], "receiver", p, "both", "はい", "platform", s)
            for s in platforms
            for p in parties[1:]
        ],
    }
    assert set(rows) <= set(BY_KEY)
    return Profile(
        "made",
        {
            key: tuple(Row(dict(zip(r[::2], r[1::2], strict=True)), place) for r in found)
            for key, found in rows.items()
        },
    )


def from_tables() -> None:
    """Say how long the holes take from tables that were parsed, the graph being open."""
    open_graph(profiles=[one_profile(0)]).gaps()
    for count, aim in SIZES.items():
        profiles = [one_profile(number) for number in range(count)]
        start, wall = time.process_time(), time.perf_counter()
        graph = open_graph(profiles=profiles)
        holes = len(graph.gaps())
        ours, waited = time.process_time() - start, time.perf_counter() - wall
        print(
            f"{count} profiles, {len(graph.situation.systems)} systems, {holes} holes: "
            f"{ours:.2f} s of processor, {waited:.2f} s in all; "
            f"aim: under {aim:.0f} s: {'reached' if ours < aim else 'missed'}"
        )


def from_workbooks() -> None:
    """Write the workbooks, read them in both ways, and say how long each took."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / f"{number}.xlsx" for number in range(BOOKS)]
        for number, place in enumerate(places):
            write(one_profile(number), place)
        read(places[0])
        start = time.process_time()
        rows = sum(len(found) for place in places for found in read(place).profile.rows.values())
        reading = time.process_time() - start
        start, wall = time.process_time(), time.perf_counter()
        holes = len(open_graph(profiles=[str(place) for place in places]).gaps())
        ours, waited = time.process_time() - start, time.perf_counter() - wall
        print(
            f"{BOOKS} workbooks, {rows} rows, {holes} holes: {ours:.2f} s of processor "
            f"({reading:.2f} s to read them), {waited:.2f} s in all; "
            f"aim: under {AIM_S:.0f} s: {'reached' if ours < AIM_S else 'missed'}"
        )
        start = time.process_time()
        cells = 0
        for place in places[:10]:
            book = load_workbook(place)
            cells += sum(1 for sheet in book for row in sheet for cell in row if cell.value)
        theirs = (time.process_time() - start) * BOOKS / 10
        print(f"openpyxl, the cells alone: {theirs:.2f} s ({cells * BOOKS // 10} cells)")


def main() -> None:
    """Measure both."""
    from_tables()
    from_workbooks()


if __name__ == "__main__":
    main()
