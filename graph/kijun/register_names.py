"""What the registers of a day call bodies: names to IRIs and back, for files that people write."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kijun.profile import Profile, Row, several
from kijun.profile_schema import BY_KEY
from kijun.terms import ID, NS, expand


class RegisterNames(NamedTuple):
    """How a profile's cells name what is in the graph.

    ``iri`` returns the IRI of the body that a name means, or None; ``label`` the name of what an
    IRI means, or None. ``bodies`` are the names of the day in the order of a list to choose from,
    ``norms`` those of all norms.
    """

    iri: Callable[[str], str | None] = lambda _: None
    label: Callable[[str], str | None] = lambda _: None
    bodies: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()


NO_NAMES = RegisterNames()
"""Where there is no graph: names stay as they are."""


def in_words(profile: Profile, names: RegisterNames) -> Profile:
    """Return a profile in which bodies that RDF gave as IRIs have their names."""

    def word(value: str) -> str:
        iri = expand(value)
        return (names.label(iri) or value) if iri.startswith((ID, NS)) else value

    def words(key: str, row: Row) -> Row:
        cells = dict(row.cells)
        for column in BY_KEY[key].columns:
            if column.form == "body" and column.key in cells:
                cell = cells[column.key]
                parts = several(cell) if column.many else (cell,)
                cells[column.key] = "、".join(map(word, parts))
        return Row(cells, row.place)

    rows = {key: tuple(words(key, row) for row in found) for key, found in profile.rows.items()}
    return Profile(profile.source, rows)
