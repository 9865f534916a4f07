"""kijun (基準): the guideline on running government information-security measures as a graph.

>>> import kijun
>>> kg = kijun.open(as_of="2016-10-12", lang="ja")
>>> duty = kg.duties("日本年金機構").where(derived_force="must")[0]
>>> duty["norm"], duty["section"], duty["sentence"]
('4(1)-2a', '4(1)', 2)

``open`` gives the graph on a day, a :class:`KnowledgeGraph`; every answer is a :class:`Table`.
Importing the package loads nothing else: what is heavy comes when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from IPython.core.interactiveshell import InteractiveShell

    from kijun.errors import (
        AmbiguousName,
        BadInput,
        KijunError,
        LimitReached,
        MissingExtra,
        UnknownName,
    )
    from kijun.knowledge import KnowledgeGraph
    from kijun.names import Match
    from kijun.profile import Profile
    from kijun.table import Table
    from kijun.tables import Column

    __version__: str

__all__ = [
    "AmbiguousName",
    "BadInput",
    "Column",
    "KijunError",
    "KnowledgeGraph",
    "LimitReached",
    "Match",
    "MissingExtra",
    "Profile",
    "Table",
    "UnknownName",
    "__version__",
    "check",
    "load_ipython_extension",
    "open",
]

_HOMES = {
    "AmbiguousName": "kijun.errors",
    "BadInput": "kijun.errors",
    "Column": "kijun.tables",
    "KijunError": "kijun.errors",
    "KnowledgeGraph": "kijun.knowledge",
    "LimitReached": "kijun.errors",
    "Match": "kijun.names",
    "MissingExtra": "kijun.errors",
    "Profile": "kijun.profile",
    "Table": "kijun.table",
    "UnknownName": "kijun.errors",
}


def open(  # noqa: A001
    *profiles: str | Path | Profile,
    as_of: date | str | None = None,
    lang: Literal["ja", "en"] = "ja",
    verbatim: bool = False,
    endpoint: str | None = None,
) -> KnowledgeGraph:
    """Open the graph as it stands on a day (2016-10-12 unless told otherwise).

    ``profiles`` are files or folders in which you describe your own systems; what they say is added
    in memory only and never kept. ``lang`` is the language of labels and statements; ``verbatim``
    adds to each row the sentence of your own copy (``kijun source attach FILE``).
    ``endpoint`` is the address of a SPARQL server that holds the graph (``kijun load``) and answers
    in place of the embedded store; it takes no profiles.

    Raises:
        BadInput: an impossible day or language, ``verbatim`` with no copy, or a profile with errors
            (``kijun check`` shows all of them).

    >>> import kijun
    >>> kijun.open(lang="en").norms(section="3(1)")[0]["bearer"]
    'ministry'
    >>> kijun.open(as_of="2016-02-30")
    Traceback (most recent call last):
    kijun.errors.BadInput: date "2016-02-30": no such day; write YYYY-MM-DD or 平成28年10月12日
    """
    import warnings

    from kijun.errors import BadInput
    from kijun.knowledge import open_graph

    if lang not in ("ja", "en"):
        from kijun.saying import worded

        raise BadInput(worded('there is no language "{lang}"; choose ja or en', lang=lang))
    return open_graph(
        as_of,
        profiles=profiles,
        lang=lang,
        verbatim=verbatim,
        endpoint=endpoint,
        notice=lambda text: warnings.warn(text, stacklevel=4),
    )


def check(
    *profiles: str | Path,
    as_of: date | str | None = None,
    lang: Literal["ja", "en"] = "ja",
    owl: bool = False,
) -> Table:
    """Return everything wrong with profiles of your own, and how to mend it; no row if nothing.

    The same as ``kijun.open(as_of=as_of, lang=lang).check(*profiles, owl=owl)``.

    Raises:
        BadInput: an impossible day or language, or a file that cannot be read at all.
        MissingExtra: the extra ``check`` (``owl`` for the reasoner) is not installed.
    """
    return open(as_of=as_of, lang=lang).check(*profiles, owl=owl)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Give a notebook ``%kijun`` and ``%%sparql``; ``%load_ext kijun`` calls this.

    ``%kijun`` takes the words of the command line and gives a table or a drawing; ``%%sparql``
    gives a DataFrame.
    """
    from kijun.magics import load

    load(shell)


def __getattr__(name: str) -> object:
    """Import what is asked for, so that importing the package stays cheap."""
    from importlib import import_module

    if name == "__version__":
        found: object = import_module("kijun.content").VERSION
    elif name in _HOMES:
        found = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f'module "kijun" has no attribute "{name}"')
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
