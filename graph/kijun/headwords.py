"""The order of Japanese headwords in an index: by the signs of JIS X 0208.

There is no record of how labels are read. JIS puts its common kanji in the order of their usual
Sino-Japanese readings, which is the nearest to the 五十音 order that signs alone can give.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

_ROWS = (
    ("ア行", "亜あ"),
    ("カ行", "下か"),
    ("サ行", "些さ"),
    ("タ行", "他た"),
    ("ナ行", "奈な"),
    ("ハ行", "巴は"),
    ("マ行", "摩ま"),
    ("ヤ行", "也や"),
    ("ラ行", "羅ら"),
    ("ワ行", "倭わ"),
)
"""The first kanji and the first kana of each row."""

LATIN, OTHER = "英数字", "その他の漢字"
_SECOND_LEVEL = "弌"


def grouped(things: Iterable[T], label: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """Return things under the headings of an index, in its order.

    >>> [head for head, _ in grouped(["規範", "NISC", "あて先", "区間"], str)]
    ['英数字', 'ア行', 'カ行']
    """
    found: dict[str, list[T]] = {}
    for thing in sorted(things, key=lambda one: rank(label(one))):
        found.setdefault(heading(label(thing)), []).append(thing)
    order = [LATIN, *(name for name, _ in _ROWS), OTHER]
    return sorted(found.items(), key=lambda group: order.index(group[0]))


def heading(label: str) -> str:
    """Return the heading under which a label stands.

    >>> heading("規範"), heading("インシデント"), heading("CSIRT")
    ('カ行', 'ア行', '英数字')
    """
    first = _hiragana(unicodedata.normalize("NFKC", label)[:1])
    if first.isascii():
        return LATIN
    place = 1 if "ぁ" <= first <= "ん" else 0
    if place == 0 and _code(first) >= _code(_SECOND_LEVEL):
        return OTHER
    begun = [name for name, starts in _ROWS if _code(starts[place]) <= _code(first)]
    return begun[-1] if begun else _ROWS[0][0]


def rank(label: str) -> tuple[bytes, str]:
    """Return the place of a label among others."""
    return (
        b"".join(_code(_hiragana(sign)) for sign in unicodedata.normalize("NFKC", label)),
        label,
    )


def _hiragana(text: str) -> str:
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in text)


def _code(sign: str) -> bytes:
    return sign.encode("euc_jp", "replace")
