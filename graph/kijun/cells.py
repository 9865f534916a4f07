"""What a value looks like in one cell of CSV or XLSX, where it must not run as a formula."""

from __future__ import annotations

import json

_FORMULA = frozenset("=＝+＋-－@＠\t\r")


def neutral(text: str) -> str:
    """Return a cell's text so that no spreadsheet runs it as a formula.

    >>> neutral("=1+1"), neutral(" ＝SUM(A1)"), neutral("6(4)-2a")
    ("'=1+1", "' ＝SUM(A1)", '6(4)-2a')
    """
    risky = text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA
    return f"'{text}" if text and risky else text


def plain(value: object) -> str | int | bool | None:
    """Return a value for one cell of CSV or XLSX: lists joined, objects as JSON."""
    if value is None or isinstance(value, (int, bool)):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(_words(item) for item in value)
    return _words(value)


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
