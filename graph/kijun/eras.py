"""Days as people write them, in the Western calendar or by Japanese era."""

from __future__ import annotations

import datetime
import re
import unicodedata

ERAS = {
    "明治": (1868, datetime.date(1873, 1, 1), datetime.date(1912, 7, 29)),
    "大正": (1912, datetime.date(1912, 7, 30), datetime.date(1926, 12, 24)),
    "昭和": (1926, datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    "平成": (1989, datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    "令和": (2019, datetime.date(2019, 5, 1), datetime.date.max),
}
"""The first year, first day and last day of each era; 明治 from the solar calendar on."""

_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_DAY = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR]\.?)?\s*(?P<year>元|\d{1,4})\s*[-/.年]\s*"
    r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:[ T]00:00(?::00(?:\.0+)?)?)?",
    re.IGNORECASE,
)


def day_of(text: str) -> datetime.date | None:
    """Return the day that a text writes out in full, None where it writes none.

    A year of the Western calendar has four digits; a day must lie within its era.

    >>> day_of("平成28年10月12日"), day_of("Ｒ元.5.1"), day_of("2016/10/12")
    (datetime.date(2016, 10, 12), datetime.date(2019, 5, 1), datetime.date(2016, 10, 12))
    >>> day_of("平成32年1月1日"), day_of("28-10-12"), day_of("2016年○月○日")
    (None, None, None)
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    era, written = found["era"], found["year"]
    first, last = datetime.date.min, datetime.date.max
    if era:
        name = _LETTERS.get(era[0].upper(), era)
        start, first, last = ERAS[name]
        year = start - 1 + (1 if written == "元" else int(written))
    elif len(written) == 4:
        year = int(written)
    else:
        return None
    try:
        day = datetime.date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if first <= day <= last else None
