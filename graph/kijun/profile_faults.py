"""What may be wrong in a file that a user wrote, in words: made from ``ontology/profiles``."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from kijun.content import ONTOLOGY
from kijun.lines import visible
from kijun.profile import Finding, Place

_LONGEST = 60
_MOST_MEANT = 3
_LISTS = ("known", "note", "rule", "there")
"""Values that are lists or sentences of ours begin with one of these; they are not cut."""


@cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """Return the rows of ``findings.csv``: severity, norm, words and mend of each kind."""
    with (ONTOLOGY / "profiles" / "findings.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row for row in csv.DictReader(file)}


def fault(kind: str, place: Place, *, meant: Sequence[str] = (), **values: str) -> Finding:
    """Return a finding of a kind in ``findings.csv``, with what its words speak of.

    Names that may be ``meant``, the best first, take the place of the mend of the kind.

    >>> fault("bad-date", Place("p.xlsx", "分担", 7), text="10/12/16").sentence("en")[:32]
    '"10/12/16" is no certain date; w'
    """
    said = _words(kind, "said_ja", values), _words(kind, "said_en", values)
    return stated(kind, place, said, meant=meant, **values)


def stated(
    kind: str, place: Place, said: tuple[str, str], *, meant: Sequence[str] = (), **values: str
) -> Finding:
    """Return a finding whose words stand elsewhere, as those of shapes do."""
    mend = _words(kind, "mend_ja", values), _words(kind, "mend_en", values)
    if meant:
        names = list(dict.fromkeys(map(short, meant)))[:_MOST_MEANT]
        ja = "か".join(f"「{name}」" for name in names)
        mend = f"{ja}のことか", f"did you mean {' or '.join(names)}?"
    return Finding(kind, kinds()[kind]["severity"], said, place, mend)


def _words(kind: str, key: str, values: Mapping[str, str]) -> str:
    shown = {
        name: visible(value) if name.startswith(_LISTS) else short(value)
        for name, value in values.items()
    }
    return kinds()[kind][key].format_map(shown)


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
