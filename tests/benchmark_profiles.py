"""How long a hundred workbooks take to read, beside openpyxl reading the same cells.

Run by ``python tests/benchmark_profiles.py``. Each workbook is one agency's profile of ordinary
size: some systems, their layers, and the allocations at the boundaries of three platforms.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

from kijun.profile import Place, Profile, Row
from kijun.profile_files import read, write
from kijun.profile_schema import BY_KEY, WORDS

BOOKS, AIM_S = 100, 10.0


def one_profile(number: int) -> Profile:
    """Return one agency's profile: 6 systems, 3 of them platforms with 5 parties and 8 concerns."""
    place = Place("made")
    systems = [f"S{number}-{n}" for n in range(6)]
    platforms = systems[:3]
    parties = [f"架空機関{(number + n) % 120}" for n in range(5)]
    concerns = list(WORDS["concerns"])
    rows = {
        "about": [
            ("title", f"架空機関{number}の記述", "author", parties[0], "marking", "取扱注意")
        ],
        "systems": [
            ("id", s, "name", f"架空システム{s}", "declared", "shared", "operator", parties[0])
            for s in systems
        ],
        "layers": [
            ("system", s, "layer", layer, "manager", parties[n])
            for s in systems
            for n, layer in enumerate(("ハードウェア", "OS", "アプリケーション"))
        ],
        "uses": [("body", party, "system", s) for s in platforms for party in parties],
        "allocations": [
            ("platform", s, "concern", c, "party", p, "state", "satisfied", "evidence", "議事録")
            for s in platforms
            for c in concerns
            for p in parties
        ],
        "contacts": [
            ("sender", parties[0], "receiver", p, "both", "yes", "platform", s)
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


def main() -> None:
    """Write the workbooks, read them in both ways, and say how long each took."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / f"{number}.xlsx" for number in range(BOOKS)]
        for number, place in enumerate(places):
            write(one_profile(number), place)
        read(places[0])
        start, wall = time.process_time(), time.perf_counter()
        rows = sum(len(found) for place in places for found in read(place).profile.rows.values())
        ours, waited = time.process_time() - start, time.perf_counter() - wall
        print(f"{BOOKS} workbooks, {rows} rows: {ours:.2f} s of processor, {waited:.2f} s in all")
        start = time.process_time()
        cells = 0
        for place in places[:10]:
            book = load_workbook(place)
            cells += sum(1 for sheet in book for row in sheet for cell in row if cell.value)
        theirs = (time.process_time() - start) * BOOKS / 10
        print(f"openpyxl, the cells alone: {theirs:.2f} s ({cells * BOOKS // 10} cells)")
        print(f"aim: under {AIM_S:.0f} s: {'reached' if waited < AIM_S else 'missed'}")


if __name__ == "__main__":
    main()
