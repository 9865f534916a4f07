"""Lines of text by display width, broken as in Japanese print, safe for terminals.

Display width follows Unicode's East Asian Width: W and F take two cells, combining
marks none, everything else one; *ambiguous* characters such as ``①`` take as many as
the caller says. Lines break (JIS X 4051, simplified) between any two wide characters
and between words elsewhere, never before a closing mark such as 「。」 and never after
an opening one; words in katakana stay whole if they fit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

NO_START = frozenset(
    "、。，．,.・:;：；?!？！」』）)］]｝}〉》】〕’”ー々〻ゝゞヽヾ％%…‥"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ"
)
"""Characters that may not begin a line."""

NO_END = frozenset("「『（(［[｛{〈《【〔‘“｢")
"""Characters that may not end a line."""

_SEPARATORS = frozenset("、;→")
_NEVER, _IN_WORD, _IN_ITEM, _GOOD = 0, 1, 2, 3


def visible(text: str) -> str:
    """Return the text with every invisible control shown by name; line feeds stay.

    >>> visible("\\x1b[31m red") , visible("a\\u202eb")
    ('␛[31m red', 'a<U+202E>b')
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(char: str) -> str:
    if char == "\t":
        return " "
    code = ord(char)
    nobody = code & 0xFFFE == 0xFFFE  # U+FFFE, U+FFFF and their like: illegal in XML
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    if char == "\n" or not (hidden or nobody):
        return char
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def display_width(text: str, ambiguous: int = 1) -> int:
    """Return how many terminal cells a text without line feeds takes."""
    if text.isascii():
        return len(text)
    return sum(width for _, width in _clusters(text, ambiguous))


def _clusters(text: str, ambiguous: int) -> list[tuple[str, int]]:
    """Split into characters with their combining marks, each with its width."""
    found: list[tuple[str, int]] = []
    for char in text:
        if unicodedata.category(char) in {"Mn", "Me"}:
            before, width = found.pop() if found else ("", 0)
            # The emoji selector makes terminals draw a narrow sign in two cells.
            found.append((before + char, 2 if char == "\ufe0f" else width))
            continue
        kind = unicodedata.east_asian_width(char)
        found.append((char, 2 if kind in "WF" else ambiguous if kind == "A" else 1))
    return found


def _breaks(clusters: Sequence[tuple[str, int]], listed: bool) -> list[int]:
    """Say for each position how well a line may end before that cluster."""
    kinds = []
    before, spaced, wide = " ", False, False
    for text, width in clusters:
        char = text[0]
        if text.isspace():
            kinds.append(_NEVER)
            spaced = True
            continue
        breakable = width == 2 or "｡" <= char <= "ﾟ"
        if char in NO_START or before in NO_END:
            kinds.append(_NEVER)
        elif listed and before in _SEPARATORS:
            kinds.append(_GOOD)
        elif spaced or ((breakable or wide) and not (_katakana(before) and _katakana(char))):
            kinds.append(_IN_ITEM if listed else _GOOD)
        else:
            kinds.append(_IN_WORD)
        before, spaced, wide = char, False, breakable
    return kinds


def _katakana(char: str) -> bool:
    """Whether the sign belongs to a borrowed word, which reads badly when cut."""
    return "ァ" <= char <= "ー" and char != "・"


def wrap(text: str, width: int | None, ambiguous: int = 1, *, listed: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` cells (at least 2; None: unlimited).

    Only white space at a break is dropped. A rule of Japanese line breaking gives way
    only where no other break fits. ``listed`` keeps the items of a list whole.
    """
    lines: list[str] = []
    for paragraph in visible(text).split("\n"):
        if width is None or display_width(paragraph, ambiguous) <= width:
            lines.append(paragraph.rstrip())
        else:
            clusters = _clusters(paragraph.strip(), ambiguous)
            lines.extend(_filled(clusters, _breaks(clusters, listed), max(width, 2)))
    return lines


def _filled(clusters: Sequence[tuple[str, int]], kinds: Sequence[int], width: int) -> Iterator[str]:
    start = 0
    while start < len(clusters):
        ends = [0, 0, 0, 0]
        used, position = 0, start
        while position < len(clusters):
            text, cells = clusters[position]
            if position > start:
                ends[kinds[position]] = position
            used += cells
            # Spaces may hang over the edge: they are dropped at a break.
            if used > width and not text.isspace():
                break
            position += 1
        else:
            ends[_GOOD] = position
        end = next((end for end in reversed(ends) if end), 0)
        yield "".join(text for text, _ in clusters[start:end]).rstrip()
        while end < len(clusters) and clusters[end][0].isspace():
            end += 1
        start = end


def longest_word(text: str, ambiguous: int = 1, *, listed: bool = False) -> int:
    """Return the width of the longest part that :func:`wrap` would rather not cut."""
    longest = run = 0
    clusters = _clusters(text.replace("\n", " "), ambiguous)
    for (part, cells), kind in zip(clusters, _breaks(clusters, listed), strict=True):
        run = 0 if part.isspace() else cells if kind == _GOOD else run + cells
        longest = max(longest, run)
    return longest
