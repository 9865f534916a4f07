"""Profiles built in a test from rows of words, as a reader of files would give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kijun.profile import Place, Profile, Row
from kijun.profile_schema import BY_KEY

Rows = Iterable[str | Mapping[str, str]]

_SHORT = {
    "about": "title marking author date invented",
    "bodies": "name class ministry short number",
    "systems": "id name declared operator manager",
    "layers": "system layer manager",
    "uses": "body system",
    "connections": "system platform",
    "allocations": "platform concern party state provider lead evidence",
    "documents": "id platform kind name maker scope",
    "agreements": "document body kind",
    "contacts": "sender receiver both platform lane point",
    "evidence": "body norm status owner document",
    "concerns": "name holding platform",
    "exclusions": "platform concern party reason",
}
"""The columns that a row written as one string fills, in this order; ``-`` leaves one empty."""

MARKING = "機密性2情報・関係者限り"


def profile(source: str = "profile.xlsx", **tables: Rows) -> Profile:
    """Return a profile; a row is a dictionary, or a string of words in the order of the columns."""
    tables.setdefault("about", [f"例 {MARKING} 総務省 - はい"])
    return Profile(
        source,
        {
            key: tuple(
                Row(cells(key, row), Place(source, BY_KEY[key].ja, number))
                for number, row in enumerate(rows, 2)
            )
            for key, rows in tables.items()
        },
    )


def cells(table: str, row: str | Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells of a row."""
    if not isinstance(row, str):
        return row
    words = row.split()
    names = _SHORT[table].split()
    assert len(words) <= len(names), row
    return {name: word for name, word in zip(names, words, strict=False) if word != "-"}
