"""What may be wrong in a file that a user wrote, in words: made from ``ontology/profiles``."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from kijun.content import ONTOLOGY
from kijun.lines import visible
from kijun.profile import Finding, Place

_LONGEST = 60


@cache
def _kinds() -> Mapping[str, Mapping[str, str]]:
    with (ONTOLOGY / "profiles" / "findings.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row for row in csv.DictReader(file)}


def fault(kind: str, place: Place, **values: str) -> Finding:
    """Return a finding of a kind in ``findings.csv``, with what its words speak of.

    >>> fault("bad-date", Place("p.xlsx", "分担", 7), text="10/12/16").sentence("en")[:32]
    '"10/12/16" is no certain date; w'
    """
    row = _kinds()[kind]
    shown = {name: short(value) if name != "known" else value for name, value in values.items()}
    words = {key: row[key].format_map(shown) for key in row if key not in ("kind", "severity")}
    return Finding(
        kind,
        row["severity"],
        (words["said_ja"], words["said_en"]),
        place,
        (words["mend_ja"], words["mend_en"]),
    )


def nearest(text: str, names: Iterable[str]) -> str | None:
    """Return the name that a misspelt one most probably meant, or None."""
    by_key = {_folded(name): name for name in names}
    # One letter of two is half of a word of kanji.
    cutoff = 0.5 if len(text) < 4 else 0.6
    found = get_close_matches(_folded(text), by_key, n=1, cutoff=cutoff)
    return by_key[found[0]] if found else None


def short(text: str) -> str:
    """Return a user's text for a message: on one line, visible, not long."""
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
