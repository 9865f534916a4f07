"""Two spellings of one name, and names that only look the same.

Whoever reads a profile sees no difference between ``基盤Ａ`` and ``基盤A``; a program may see two
things. All that profiles use as names or marks is compared, in all of them together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kijun.names import name_key
from kijun.profile import Finding, Place, Profile, several
from kijun.profile_faults import fault
from kijun.profile_schema import TABLES, Column, Table

_LOOKALIKES = str.maketrans(
    # Kana beside the kanji that they are taken for, then Cyrillic and Greek letters beside Latin
    # ones. Folded names are in lower case.
    "ー-ロカニハエタトオヘ〇аеорсухіјѕԁһαορντυικχ",
    "一一口力二八工夕卜才へ○aeopcyxijsdhaopvtuikx",
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")

_DEFINING = {
    "bodies": {"name": "body", "short": "body"},
    "systems": {"id": "system", "name": "system"},
    "documents": {"id": "document", "name": "document"},
    "concerns": {"name": "concern"},
}
"""Which columns of the tables that describe things give the names by which others refer to them."""

_DIFFERENCES = (
    ("spaces", "空白の有無", "white space"),
    ("width", "全角と半角", "full and half width"),
    ("case", "大文字と小文字", "upper and lower case"),
)


class Written(NamedTuple):
    """One name as it is written in one cell; only names of one ``family`` can be confused."""

    family: str
    text: str
    place: Place


def skeleton(key: str) -> str:
    """Return what is the same for names that look the same, whatever they are made of.

    >>> skeleton("サーバー") == skeleton("サ一バ一"), skeleton("a系") == skeleton("а系")
    (True, True)
    """
    return key.translate(_LOOKALIKES)


def spelling_findings(profiles: Sequence[Profile]) -> list[Finding]:
    """Return where a name is spelt in two ways, or looks like another.

    The spelling used most often, and of those the first, is taken as meant.
    """
    families: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for profile in profiles:
        for name in _names(profile):
            families[name.family, skeleton(_key(name))].append(name)
    return [found for (_, key), names in families.items() if key for found in _variants(names)]


def _key(name: Written) -> str:
    """Return what spellings of one name share; a mark such as ``S1-10`` is not ``S11-0``."""
    if name.family in ("body", "concern"):
        return name_key(name.text)
    folded = unicodedata.normalize("NFKC", name.text).casefold()
    return _DASHES.sub("-", "".join(folded.split()))


def _names(profile: Profile) -> Iterator[Written]:
    for table in TABLES:
        for row in profile.table(table.key):
            for column in table.columns:
                family, text = _family(table, column), row.get(column.key)
                if family and text:
                    place = row.place._replace(column=column.ja)
                    for part in several(text) if column.many else (text,):
                        yield Written(family, part, place)


def _family(table: Table, column: Column) -> str | None:
    if column.form in ("body", "system", "document", "concern"):
        return column.form
    return _DEFINING.get(table.key, {}).get(column.key)


def _variants(names: Sequence[Written]) -> Iterator[Finding]:
    """Yield a finding for each spelling but the one that is meant, at its first place."""
    spelt: dict[str, list[Written]] = defaultdict(list)
    for name in names:
        spelt[name.text].append(name)
    # Of equally frequent ones, max returns the one that was written first.
    meant = max(spelt.values(), key=len)[0]
    for name, *_ in spelt.values():
        if name.text == meant.text:
            continue
        values = {"text": name.text, "other": meant.text, **_words(meant.place)}
        keys = _key(name), _key(meant)
        if keys[0] == keys[1]:
            ja, en = _difference(name.text, meant.text)
            yield fault("two-spellings", name.place, how_ja=ja, how_en=en, **values)
        else:
            yield fault("look-alike-names", name.place, signs=_apart(*keys), **values)


def _words(place: Place) -> dict[str, str]:
    return {f"there_{lang}": place.words(lang) for lang in ("ja", "en")}


def _difference(text: str, other: str) -> tuple[str, str]:
    """Say in both languages what makes two spellings of one name differ."""
    for step, ja, en in _DIFFERENCES:
        text, other = _without(text, step), _without(other, step)
        if text == other:
            return ja, en
    return "記号の有無", "signs"


def _without(text: str, step: str) -> str:
    if step == "spaces":
        return "".join(text.split())
    return unicodedata.normalize("NFKC", text) if step == "width" else text.casefold()


def _apart(key: str, other: str) -> str:
    """Name the characters in which two names of the same look differ."""
    found = [*_only(key, other), *_only(other, key)]
    return ", ".join(f"{char} U+{ord(char):04X}" for char in found)


def _only(here: Iterable[str], there: str) -> list[str]:
    return [char for char in dict.fromkeys(here) if char not in there]
