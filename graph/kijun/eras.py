"""Days as people in Japan write them: in the common era or by 和暦, in figures or in kanji.

Only whole days are read and nothing is guessed: ``10/12/2016`` could be two days and is none, and
a day that lies outside its era was written by mistake.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import NamedTuple


class Era(NamedTuple):
    """An era: its name, letter and first year, and the first and last day that it counts."""

    name: str
    letter: str
    year: int
    first: datetime.date
    last: datetime.date


ERAS = (
    Era("明治", "M", 1868, datetime.date(1873, 1, 1), datetime.date(1912, 7, 29)),
    Era("大正", "T", 1912, datetime.date(1912, 7, 30), datetime.date(1926, 12, 24)),
    Era("昭和", "S", 1926, datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    Era("平成", "H", 1989, datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    Era("令和", "R", 2019, datetime.date(2019, 5, 1), datetime.date.max),
)
"""The eras, 明治 from the solar calendar on."""

_FIGURES = "〇一二三四五六七八九"
_NUMBER = rf"[0-9]{{1,2}}|[{_FIGURES}十]{{1,3}}"
_DAY = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR]\.?|西暦)?"
    rf"(?P<year>元|[0-9]{{1,4}}|[{_FIGURES}十]{{1,4}})"
    rf"[-/.年](?P<month>{_NUMBER})[-/.月](?P<day>{_NUMBER})日?"
    r"(?:\([日月火水木金土](?:曜日?)?\))?(?:T?00:00(?::00(?:\.0+)?)?Z?)?",
    re.IGNORECASE,
)


def day_of(text: str) -> datetime.date | None:
    """Return the day that a text writes out in full, None where it writes none.

    A year of the common era has four digits; a day must lie within its era.

    >>> day_of("平成28年10月12日"), day_of("Ｒ元.5.1"), day_of("2016/10/12")
    (datetime.date(2016, 10, 12), datetime.date(2019, 5, 1), datetime.date(2016, 10, 12))
    >>> day_of("平成二十八年十月十二日（水）")
    datetime.date(2016, 10, 12)
    >>> day_of("平成32年1月1日"), day_of("28-10-12"), day_of("2016年○月○日"), day_of("10/12/2016")
    (None, None, None, None)
    """
    found = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        return None
    era, written = found["era"], found["year"]
    first, last = datetime.date.min, datetime.date.max
    if era and era != "西暦":
        named = next(one for one in ERAS if era[0].upper() in (one.name[0], one.letter))
        first, last = named.first, named.last
        year = named.year - 1 + (1 if written == "元" else _number(written))
    elif len(written) == 4 and "十" not in written:
        year = _number(written)
    else:
        return None
    try:
        day = datetime.date(year, _number(found["month"]), _number(found["day"]))
    except ValueError:
        return None
    return day if first <= day <= last else None


def _number(text: str) -> int:
    """Return a number in figures or kanji, those with 十 as they are counted: 二十八 is 28."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
    return int("".join(str(_FIGURES.index(c)) if c in _FIGURES else c for c in text))
