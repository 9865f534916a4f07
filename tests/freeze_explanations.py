"""Freeze the explanations that were read by hand again: ``python tests/freeze_explanations.py``.

The kept explanations (``tests/proofs``) were read against the guideline, sentence by sentence, and
``readings.toml`` beside them says how: the sentences, why the steps follow, what is doubtful. Write
them again only after a change that is meant.
"""

from __future__ import annotations

import sys
from pathlib import Path

from asked_explanations import NICT, PENSION, ask
from kijun.outline import walk

KEPT = Path(__file__).parent / "proofs"
STATISTICS, WATER = "統計センター", "水資源機構"

CASES: dict[str, tuple[str, ...]] = {
    "nict-3-1-1-1a": (NICT, "3(1)①-1a"),
    "nict-3-3-8a": (NICT, "3(3)-8a"),
    "nict-5-2-1b-to-mic": (NICT, "5(2)-1b", "総務省"),
    "ipa-4-1-2a": ("情報処理推進機構", "4(1)-2a"),
    "ipa-6-5-1a": ("情報処理推進機構", "6(5)-1a"),
    "ipa-6-1-2a": ("情報処理推進機構", "6(1)-2a"),
    "archives-3-3-7a": ("国立公文書館", "3(3)-7a"),
    "archives-6-2-1a": ("国立公文書館", "6(2)-1a"),
    "cabinet-office-4-1-3a": ("内閣府", "4(1)-3a"),
    "pension-6-4-3a": (PENSION, "6(4)-3a"),
    "pension-4-3-2b": (PENSION, "4(3)-2b"),
    "pension-6-4-2a": (PENSION, "6(4)-2a"),
    "mhlw-4-3-3a": ("厚生労働省", "4(3)-3a"),
    "pension-4-1-4a": (PENSION, "4(1)-4a"),
    "pension-is-no-agency": (PENSION, "独立行政法人"),
    "pension-6-4-3a-to-mhlw": (PENSION, "6(4)-3a", "厚生労働省"),
    "mic-to-nisc-4-2-4a": ("総務省", "4(2)-4a", "NISC"),
    "statistics-is-executive": (STATISTICS, "行政執行法人"),
    "statistics-3-2-1a": (STATISTICS, "3(2)-1a"),
    "statistics-3-3-1a": (STATISTICS, "3(3)-1a"),
    "statistics-6-5-1b": (STATISTICS, "6(5)-1b"),
    "statistics-4-2-2a": (STATISTICS, "4(2)-2a"),
    "statistics-6-1-2c": (STATISTICS, "6(1)-2c"),
    "statistics-4-1-3a": (STATISTICS, "4(1)-3a"),
    "statistics-4-2-3b-to-mic": (STATISTICS, "4(2)-3b", "総務省"),
    "statistics-6-3-1a": (STATISTICS, "6(3)-1a"),
    "water-is-corporation": (WATER, "独立行政法人等"),
    "water-3-1-2-1a": (WATER, "3(1)②-1a"),
    "water-3-3-7b": (WATER, "3(3)-7b"),
    "water-5-2-1a": (WATER, "5(2)-1a"),
    "water-6-1-2b": (WATER, "6(1)-2b"),
    "water-4-3-2b": (WATER, "4(3)-2b"),
    "water-6-4-3a-to-mhlw": (WATER, "6(4)-3a", "厚生労働省"),
    "maff-to-nisc-6-4-2a": ("農林水産省", "6(4)-2a", "NISC"),
    "water-6-4-2b": (WATER, "6(4)-2b"),
}
"""What is explained in each kept file: a body, a norm and, for a line, whom it is to."""


def kept(name: str) -> str:
    lines = []
    for place, node in walk(ask(*CASES[name])):
        parts = [str(node[key]) for key in ("rule", "source", "interpretation") if node[key]]
        lines.append(" | ".join([f"{place} {node['statement']}", *parts]))
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name in CASES:
        (KEPT / f"{name}.txt").write_text(kept(name), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}\n")
