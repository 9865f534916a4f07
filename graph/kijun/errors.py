"""The errors that kijun raises, as a tree.

::

    KijunError                 exit status 2 unless a subclass says otherwise
    ├── BadInput               something a person gave cannot be used
    │   ├── UnknownName        no body, question or term of that name
    │   └── AmbiguousName      several bodies answer to that name
    ├── MissingExtra           a command needs an optional part of the installation
    └── LimitReached           a time or memory limit ended the work (exit status 3)

Each message is one sentence: what is wrong, where, and how to mend it.
"""

from __future__ import annotations


class KijunError(ValueError):
    """The base of all errors that kijun raises on purpose.

    ``exit_status`` is what the command line returns for it.
    """

    exit_status = 2


class BadInput(KijunError):
    """Something a person gave (an argument, a file, a query) cannot be used."""


class UnknownName(BadInput):
    """No body, question or term answers to a name.

    ``name`` is what was asked for, ``candidates`` the nearest names, best first.
    """

    def __init__(self, message: str, name: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.candidates = candidates


class AmbiguousName(UnknownName):
    """Several bodies answer to one name; ``candidates`` holds all of them."""


class MissingExtra(KijunError):
    """A command needs an optional part of the installation that is not there."""


class LimitReached(KijunError):
    """A limit on time or memory ended the work before an answer was complete."""

    exit_status = 3
