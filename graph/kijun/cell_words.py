"""What a resolved cell of a profile says, in the words in which people write it."""

from __future__ import annotations

from collections.abc import Mapping

from kijun.profile_schema import TERMS, WORDS
from kijun.resolution import Resolved, Value
from kijun.sections import notation
from kijun.terms import ID, NS

_NORM = f"{ID}norm/"
_WORDS = {
    NS + term: WORDS[name][code] for name, terms in TERMS.items() for code, term in terms.items()
}


def cell_words(row: Resolved, key: str, labels: Mapping[str, str], lang: str = "ja") -> str:
    """Return the values of a cell by their names, the empty string where it says nothing."""
    between = "、" if lang == "ja" else ", "
    return between.join(_words(value, labels, lang) for value in row.values.get(key, ()))


def norm_name(iri: str) -> str:
    """Return what a norm is called, from its IRI.

    >>> norm_name("https://w3id.org/kijun/id/norm/3-1-1-1a")
    '3(1)①-1a'
    """
    section, _, rest = iri.removeprefix(_NORM).rpartition("-")
    return f"{notation(section)}-{rest}"


def _words(value: Value, labels: Mapping[str, str], lang: str) -> str:
    if isinstance(value, bool):
        return WORDS["yes_no"]["yes" if value else "no"][lang != "ja"]
    text = str(value)
    if text.startswith(_NORM):
        return norm_name(text)
    return _WORDS[text][lang != "ja"] if text in _WORDS else labels.get(text, text)
