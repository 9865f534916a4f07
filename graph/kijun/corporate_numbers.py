"""法人番号: thirteen digits, of which the first checks the others.

A number that answers to nothing is told as a number: what is wrong with its digits, and whose
number it would be with one slip of the hand mended. Names that merely look like it say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from kijun.saying import worded

LENGTH = 13
_LEAST, _MOST = LENGTH - 2, LENGTH + 2


def check_digit(base: str) -> int:
    """Return the first digit of a 法人番号, from the 12 digits that follow it.

    Nine less the remainder by nine of the sum of the digits, those at even places from the right
    doubled (法人番号の指定等に関する省令 第2条).

    >>> check_digit("010005007126")
    5
    """
    total = sum(int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(base)))
    return 9 - total % 9


def is_meant(text: str) -> bool:
    """Say whether someone who wrote a text meant a 法人番号: it is figures, of about that length.

    >>> is_meant("7012405000493"), is_meant("2016"), is_meant("総務省")
    (True, False, False)
    """
    return text.isascii() and text.isdecimal() and _LEAST <= len(text) <= _MOST


def fault(digits: str, written: str) -> str:
    """Return why figures are the 法人番号 of nothing that is known; ``written`` is how they came.

    >>> fault("7012405000493", "7012405000493")
    '法人番号 "7012405000493" has a wrong check digit'
    >>> fault("701240500049", "701240500049")
    '法人番号 "701240500049" has 12 digits instead of 13'
    """
    if len(digits) != LENGTH:
        return worded(
            '法人番号 "{number}" has {count} digits instead of 13',
            number=written,
            count=len(digits),
        )
    if int(digits[0]) != check_digit(digits[1:]):
        return worded('法人番号 "{number}" has a wrong check digit', number=written)
    return worded('no register has the 法人番号 "{number}"', number=written)


def slips(text: str, numbers: Iterable[str]) -> list[str]:
    """Return the numbers that one slip turns into a text: a digit wrong, left out, doubled or

    exchanged with its neighbour.

    >>> slips("7012405000493", ["7012405000492", "7012045000493", "5010005007126"])
    ['7012405000492', '7012045000493']
    """
    return [number for number in numbers if _slipped(text, number)]


def _slipped(text: str, number: str) -> bool:
    if len(text) != len(number):
        short, long = sorted((text, number), key=len)
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    wrong = [place for place, (one, two) in enumerate(zip(text, number, strict=True)) if one != two]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and text[first : second + 1] == number[second] + number[first]
    return len(wrong) == 1
