"""Days as people in Japan write them: in the common era or by 和暦, in figures or in kanji.

Only whole days are read, and nothing is guessed: ``10/12/2016`` could be two days and is none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

ERAS = (
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("令和", "R", date(2019, 5, 1), date.max),
)
"""Each era with its letter, its first and its last day."""

_FIGURES = "〇一二三四五六七八九"
_NUMBER = r"([0-9]{1,2}|[〇一二三四五六七八九十]{1,4})"
_REST = rf"[-./年]{_NUMBER}[-./月]{_NUMBER}日?"
_WEEKDAY = re.compile(r"\([日月火水木金土](曜日?)?\)$")
_TIME = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$")
_COMMON = re.compile(rf"(?:西暦)?([0-9]{{4}}|[〇一二三四五六七八九]{{4}}){_REST}")
_ERA = re.compile(
    rf"(大正|昭和|平成|令和|[TSHR]|[大昭平令])(元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,4}}){_REST}",
    re.IGNORECASE,
)


class WrittenDay(NamedTuple):
    """A day that was read; ``era_over`` where it is counted by an era that had already ended."""

    day: date
    era_over: bool = False


def written_day(text: str) -> WrittenDay | None:
    """Return the day that a text means, or None where it means none for certain.

    >>> str(written_day("平成28年10月12日").day), str(written_day("Ｈ２８．１０．１２").day)
    ('2016-10-12', '2016-10-12')
    >>> written_day("平成三十二年四月一日")
    WrittenDay(day=datetime.date(2020, 4, 1), era_over=True)
    >>> written_day("10/12/2016"), written_day("平成○年○月○日"), written_day("2016-02-30")
    (None, None, None)
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    bare = _WEEKDAY.sub("", _TIME.sub("", bare))
    bare = "".join(bare.split())
    if found := _COMMON.fullmatch(bare):
        year, month, day = map(_number, found.groups())
        made = _day(year, month, day)
        return None if made is None else WrittenDay(made)
    if found := _ERA.fullmatch(bare):
        name, counted, *rest = found.groups()
        first, last = next(
            (first, last)
            for era, letter, first, last in ERAS
            if name in (era, era[0]) or name.upper() == letter
        )
        year = first.year - 1 + (1 if counted == "元" else _number(counted))
        made = _day(year, *map(_number, rest))
        return WrittenDay(made, made > last) if made and made >= first else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return a number in figures or kanji; of 十 as it is counted: 二十八 is 28."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
    return int("".join(str(_FIGURES.index(c)) if c in _FIGURES else c for c in text))
