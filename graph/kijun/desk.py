"""What a command needs of the command line, without printing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Desk(NamedTuple):
    """How a command tells a person something, and in which language and width it answers.

    ``tell`` writes one line to standard error, ``locale`` returns ``ja`` or ``en``, ``width`` is
    that of the output in cells. ``show``, where there is one, takes an answer with what was asked,
    the graph and the format, in place of a file or standard output.
    """

    tell: Callable[[str], None]
    locale: Callable[[], str]
    width: int
    show: Callable[..., None] | None = None
