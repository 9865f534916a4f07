"""How two wordings of a sentence compare: how alike they are, and what differs by phrase.

Likeness counts pairs of neighbouring characters (white space left out): it needs no dictionary,
and moving a clause costs little.  Differences are told in whole words where the script shows
them (runs of kanji, katakana, letters or figures), because a reader compares words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from kijun.text import bare

Pairs = frozenset[tuple[str, int]]
"""Pairs of neighbouring characters, each numbered by occurrence so that repeats count."""


class Piece(NamedTuple):
    """A run of characters in a comparison: in both wordings, or only in one of them."""

    kind: Literal["same", "gone", "new"]
    text: str


def pairs(text: str) -> Pairs:
    """Return the pairs of neighbouring characters of a text without its white space."""
    words = bare(text)
    counts: dict[str, int] = {}
    found = []
    for place in range(max(len(words) - 1, 1)):
        pair = words[place : place + 2]
        counts[pair] = counts.get(pair, 0) + 1
        found.append((pair, counts[pair]))
    return frozenset(found)


def likeness(left: Pairs, right: Pairs) -> float:
    """Return the share of pairs that two texts have in common (Dice), from 0 to 1.

    >>> likeness(pairs("猫は歩く。"), pairs("猫は走る。"))
    0.25
    """
    return 2 * len(left & right) / (len(left) + len(right))


# --- differences ------------------------------------------------------------------------

_WORD = re.compile(r"[一-龥々〆]+|[ァ-ヺー]+|[ぁ-ゖ]+|[A-Za-zＡ-Ｚａ-ｚ]+|[0-9０-９]+|.", re.DOTALL)
_WHOLE = re.compile(r"[ァ-ヺーA-Za-zＡ-Ｚａ-ｚ0-9０-９]{2}")
"""Two neighbours that belong to one word or number, which no difference cuts through."""

_SHORT = 2


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Return how one wording turns into another, in whole phrases; white space is left out.

    >>> [tuple(piece) for piece in differences("府省庁は報告する。", "主務大臣は報告する。")]
    [('gone', '府省庁'), ('new', '主務大臣'), ('same', 'は報告する。')]
    """
    before, after = _WORD.findall(bare(old)), _WORD.findall(bare(new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[tuple[str, str]] = []
    for tag, start, end, begin, stop in matcher.get_opcodes():
        left, right = "".join(before[start:end]), "".join(after[begin:stop])
        pieces += [(left, left)] if tag == "equal" else _trimmed(left, right)
    return tuple(_pieces(_joined(pieces)))


def marked(pieces: Iterable[Piece], marks: tuple[str, str, str, str]) -> str:
    """Return a comparison as one text; the marks stand around what is gone and what is new.

    >>> marked(differences("猫は歩く。", "猫が歩く。"), ("[-", "-]", "{+", "+}"))
    '猫[-は-]{+が+}歩く。'
    """
    around = {"same": ("", ""), "gone": marks[:2], "new": marks[2:]}
    return "".join(piece.text.join(around[piece.kind]) for piece in pieces)


def _trimmed(old: str, new: str) -> list[tuple[str, str]]:
    """Take off what two differing phrases begin and end with alike, in whole words."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    while head and (_WHOLE.match(old, head - 1) or _WHOLE.match(new, head - 1)):
        head -= 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while tail and any(
        _WHOLE.match(word, len(word) - tail - 1) for word in (old, new) if len(word) > tail
    ):
        tail -= 1
    rest = old[head : len(old) - tail], new[head : len(new) - tail]
    parts = [(old[:head],) * 2, rest, (old[len(old) - tail :],) * 2]
    return [(left, right) for left, right in parts if left or right]


def _joined(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join neighbours of one kind, and changes with next to nothing between them."""
    found: list[tuple[str, str]] = []
    for place, (left, right) in enumerate(parts):
        same = left == right
        between = (
            0 < place < len(parts) - 1 and len(left) < _SHORT and left not in "。、・（）「」年月日"
        )
        if same and between and parts[place - 1][0] != parts[place - 1][1]:
            following = parts[place + 1]
            same = following[0] == following[1]
        if found and (found[-1][0] == found[-1][1]) == same:
            found[-1] = (found[-1][0] + left, found[-1][1] + right)
        else:
            found.append((left, right))
    return found


def _pieces(parts: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    for left, right in parts:
        if left == right:
            yield Piece("same", left)
        else:
            if left:
                yield Piece("gone", left)
            if right:
                yield Piece("new", right)


# --- what kind of difference ------------------------------------------------------------

_ERA = "(?:明治|大正|昭和|平成|令和|西暦)"
_FIGURE = "[0-9○〇◯●元一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:{_ERA}{_FIGURE}{{0,4}}|{_FIGURE}{{1,4}})年{_FIGURE}{{0,3}}月{_FIGURE}{{0,3}}日"
)
_BLANK = re.compile("[○〇◯●]|年月|月日")
_FORMS = str.maketrans({"，": "、", ",": "、", "．": "。", ".": "。", "｡": "。", "､": "、"})


def nature(old: str, new: str) -> Literal["dates", "dates_filled", "forms", "wording"]:
    """Return what kind of difference lies between two wordings that are not the same.

    ``dates_filled``: only blank dates were filled in; ``dates``: only dates differ; ``forms``:
    only forms of characters (full or half width, ， for 、) differ; ``wording``: anything else.

    >>> nature("平成○年○月○日決定", "平成28年8月31日決定"), nature("（Ａ）", "(A)")
    ('dates_filled', 'forms')
    """
    left, right = _plain(old), _plain(new)
    if left == right:
        return "forms"
    if _DATE.sub("日付", left) != _DATE.sub("日付", right):
        return "wording"
    changed = [
        pair
        for pair in zip(_DATE.findall(left), _DATE.findall(right), strict=True)
        if pair[0] != pair[1]
    ]
    filled = all(_BLANK.search(first) and not _BLANK.search(then) for first, then in changed)
    return "dates_filled" if filled else "dates"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", bare(text).translate(_FORMS)).translate(_FORMS)
