"""Two spellings of one name, and names that only look the same.

Whoever reads a profile sees no difference between ``共通基盤Ａ`` and ``共通基盤A``, between composed
and decomposed が, or between a name with and without a zero-width space; a program may see two
things. All that a profile uses as a name or mark is compared, in all profiles together.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kijun.lines import visible
from kijun.names import name_key
from kijun.profile import Finding, Place, Profile
from kijun.profile_schema import TABLES, Column, Table

_LOOKALIKES = str.maketrans(
    # Katakana and signs beside the kanji that they are taken for, then Cyrillic and Greek letters
    # beside Latin ones. Folded names are in lower case.
    "ー―ロカニハエタトオヘ〇аеорсухіјѕԁһαορντυικχ",
    "一一口力二八工夕卜才へ○aeopcyxijsdhaopvtuikx",
)

_DEFINING = {
    "bodies": {"name": "body", "short": "body"},
    "systems": {"id": "system", "name": "system name"},
    "documents": {"id": "document"},
    "concerns": {"name": "concern"},
}
"""Which columns of the tables that describe things give the names by which others refer to them."""

_SEPARATORS = "、;；"


class Written(NamedTuple):
    """One name as it is written in one cell; only names of one ``family`` can be confused."""

    family: str
    text: str
    place: Place


def skeleton(text: str) -> str:
    """Return a key that is the same for names that look the same, whatever they are made of.

    >>> skeleton("サーバー") == skeleton("サ一バ一"), skeleton("Ａ系") == skeleton("А系")
    (True, True)
    """
    return name_key(text).translate(_LOOKALIKES)


def spelling_findings(profiles: Sequence[Profile]) -> list[Finding]:
    """Return where one name is spelt in two ways, looks like another, or hides characters.

    The spelling used most often, and of those the first, is taken as meant.
    """
    written = [name for profile in profiles for name in _names(profile)]
    found = [_hidden(name) for name in written if _invisible(name.text)]
    families: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for name in written:
        families[name.family, skeleton(name.text)].append(name)
    for (_, key), names in families.items():
        if key:
            found += _variants(names)
    return found


def _names(profile: Profile) -> Iterator[Written]:
    for table in TABLES:
        for row in profile.table(table.key):
            for column in table.columns:
                family = _family(table, column)
                if family and row.get(column.key):
                    place = row.place._replace(column=column.key)
                    for text in _parts(row.get(column.key), column):
                        yield Written(family, text, place)


def _family(table: Table, column: Column) -> str | None:
    if column.form in ("body", "system", "document", "concern"):
        return column.form
    return _DEFINING.get(table.key, {}).get(column.key)


def _parts(text: str, column: Column) -> list[str]:
    if not column.many:
        return [text]
    for separator in _SEPARATORS:
        text = text.replace(separator, _SEPARATORS[0])
    return [part.strip() for part in text.split(_SEPARATORS[0]) if part.strip()]


def _variants(names: Sequence[Written]) -> Iterator[Finding]:
    """Yield a finding for each spelling but the one that is meant, at its first place."""
    places: dict[str, list[Place]] = defaultdict(list)
    for name in names:
        places[name.text].append(name.place)
    if len(places) < 2:
        return
    meant = max(places, key=lambda text: (len(places[text]), -_place_in(names, text)))
    for text, found in places.items():
        if text != meant:
            same = name_key(text) == name_key(meant)
            yield (_two_spellings if same else _lookalikes)(text, meant, found[0], places[meant][0])


def _place_in(names: Sequence[Written], text: str) -> int:
    return next(number for number, name in enumerate(names) if name.text == text)


def _two_spellings(text: str, meant: str, place: Place, there: Place) -> Finding:
    how = _difference(text, meant)
    shown = visible(text), visible(meant)
    return Finding(
        "two-spellings",
        "warning",
        (
            f"「{shown[0]}」と「{shown[1]}」は、一つの名前の二つの書き方である（{how[0]}）",
            f'"{shown[0]}" and "{shown[1]}" are two spellings of one name ({how[1]})',
        ),
        place,
        (f"{there}と同じに書く", f"write it as in {there}"),
    )


def _lookalikes(text: str, meant: str, place: Place, there: Place) -> Finding:
    apart = _apart(text, meant)
    return Finding(
        "look-alike-names",
        "warning",
        (
            f"「{visible(text)}」は「{visible(meant)}」と見分けがつかないが、違う文字を含む（{apart}）",
            f'"{visible(text)}" looks like "{visible(meant)}" but has other characters ({apart})',
        ),
        place,
        (f"同じものなら{there}と同じに書き、違うものなら別の名前にする",)
        + (f"write it as in {there} if it is the same, or give it another name",),
    )


def _hidden(name: Written) -> Finding:
    return Finding(
        "invisible-characters",
        "warning",
        (
            f"「{visible(name.text)}」に、目に見えない文字がある",
            f'"{visible(name.text)}" has characters that cannot be seen',
        ),
        name.place,
        ("名前を打ち直す", "type the name again"),
    )


def _invisible(text: str) -> bool:
    return any(unicodedata.category(char) in ("Cf", "Cc", "Zl", "Zp") for char in text)


_DIFFERENCES: tuple[tuple[str, str, str], ...] = (
    ("", "目に見えない文字", "characters that cannot be seen"),
    ("NFC", "濁点などの合成", "composed and decomposed characters"),
    ("space", "空白", "white space"),
    ("NFKC", "全角と半角", "full and half width"),
    ("case", "大文字と小文字", "upper and lower case"),
)


def _difference(text: str, other: str) -> tuple[str, str]:
    """Say in both languages what makes two spellings differ."""
    for step, ja, en in _DIFFERENCES:
        text, other = _without(text, step), _without(other, step)
        if text == other:
            return ja, en
    return "記号", "signs"


def _without(text: str, step: str) -> str:
    match step:
        case "":
            return "".join(char for char in text if not _invisible(char))
        case "space":
            return "".join(text.split())
        case "case":
            return text.casefold()
        case _:
            return unicodedata.normalize(step, text)  # type: ignore[arg-type]


def _apart(text: str, other: str) -> str:
    """Name the characters in which two names of the same look differ."""
    left, right = (sorted(set(name)) for name in (text, other))
    return ", ".join(
        f"{char} U+{ord(char):04X}" for char in _only(left, right) + _only(right, left)
    )


def _only(here: Iterable[str], there: Sequence[str]) -> list[str]:
    return [char for char in here if char not in there]
