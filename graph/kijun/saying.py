"""What kijun says to a person beside its answers: errors, help and notices, in their language.

The sentences stand in the code in English, whole, with named blanks; ``messages/`` holds each of
them in Japanese (gettext: ``.po`` the source, ``.mo`` what is read). Who speaks to a person says so
with :func:`speak`; before that, as from Python, the language is English.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("ja", "en")
"""The languages that kijun speaks."""

_SPOKEN: ContextVar[str] = ContextVar("kijun_language", default="en")


def speak(lang: str) -> None:
    """Speak a language from now on, in this thread or task."""
    _SPOKEN.set(lang)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while.

    >>> with speaking("ja"):
    ...     worded('no day "{day}"', day="2016-02-30"), listing(["ja", "en"])
    ('no day "2016-02-30"', 'ja、en')
    """
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """Return the language that is spoken: ``ja`` or ``en``."""
    return _SPOKEN.get()


def worded(template: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken, with its blanks filled."""
    return translated(template).format(**values)


def translated(template: str) -> str:
    """Return a sentence in the language that is spoken, its blanks as they are."""
    return template if _SPOKEN.get() == "en" or not template else _japanese().gettext(template)


def translated_number(one: str, many: str, number: int) -> str:
    """Return a sentence in the language that is spoken, in the form that fits a number."""
    english = one if number == 1 else many
    return english if _SPOKEN.get() == "en" else _japanese().ngettext(one, many, number)


def listing(words: Iterable[object]) -> str:
    """Return words as a list in the language that is spoken."""
    return (", " if _SPOKEN.get() == "en" else "、").join(map(str, words))


def quoted(words: Iterable[str]) -> str:
    """Return names to choose from, each in quotation marks of the language that is spoken.

    >>> quoted(["総務省", "財務省"])
    '"総務省" or "財務省"'
    """
    if _SPOKEN.get() == "ja":
        return "か".join(f"「{word}」" for word in words)
    *most, last = (f'"{word}"' for word in words)
    return " or ".join(filter(None, [", ".join(most), last]))


def cause(error: BaseException) -> str:
    """Return why something failed, in one line: what the system says of it, where it says that.

    >>> with speaking("ja"):
    ...     cause(FileNotFoundError(2, "No such file or directory", "x.csv"))
    'そのようなファイルやフォルダはない'
    """
    words = getattr(error, "strerror", None) or str(error)
    return translated(" ".join(words.split()))


@cache
def _japanese() -> gettext.NullTranslations:
    # Without its catalogue, kijun still says what is wrong, in English.
    folder = Path(__file__).with_name("messages")
    return gettext.translation("kijun", folder, ["ja"], fallback=True)
