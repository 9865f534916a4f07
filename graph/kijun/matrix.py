"""The matrix of a boundary as people draw it: a grid for each platform, concerns by parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kijun.boundary import KINDS
from kijun.boundary_tables import STATES
from kijun.coverage import STATUSES
from kijun.tables import Column, render

_ENGLISH = {"excluded": "left out", "other": "–"}


class Grid(NamedTuple):
    """The matrix of one platform: its parties, and a row of cells for each concern.

    A cell is a row of the matrix table (:data:`kijun.boundary_tables.MATRIX_COLUMNS`).
    """

    platform: str
    parties: tuple[str, ...]
    concerns: tuple[tuple[str, tuple[Mapping[str, object], ...]], ...]


def grids(rows: Iterable[Mapping[str, object]]) -> list[Grid]:
    """Return the grids of a matrix table, in its order."""
    found: dict[str, dict[str, dict[str, Mapping[str, object]]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        keys = [str(row[f"{key}_iri"]) for key in ("platform", "concern", "party")]
        names.update(
            zip(keys, (str(row[k]) for k in ("platform", "concern", "party")), strict=True)
        )
        found.setdefault(keys[0], {}).setdefault(keys[1], {})[keys[2]] = row
    return [
        Grid(
            names[platform],
            tuple(names[party] for party in next(iter(concerns.values()))),
            tuple((names[one], tuple(cells.values())) for one, cells in concerns.items()),
        )
        for platform, concerns in found.items()
    ]


def cell_words(cell: Mapping[str, object], lang: str) -> str:
    """Return what stands in a cell of a grid: how the party stands to the concern, and holes."""
    status = str(cell["status"])
    if status in _ENGLISH:
        return STATUSES[status] if lang == "ja" else _ENGLISH[status]
    states, kinds = _strings(cell["states"]), _strings(cell["kinds"])
    said = [STATES[one] if lang == "ja" else one for one in states]
    said += [f"✕{KINDS[one]}" if lang == "ja" else f"✕ {one.replace('_', ' ')}" for one in kinds]
    return (" " if lang == "ja" else ", ").join(said)


def matrix_text(rows: Iterable[Mapping[str, object]], width: int | None, lang: str) -> str:
    """Return the grids as text for terminals."""
    first = Column("concern", "事項", "concern", weight=2)
    parts = []
    for grid in grids(rows):
        columns = [first, *(Column(str(n), p, p) for n, p in enumerate(grid.parties))]
        lines = [
            {"concern": concern, **{str(n): cell_words(one, lang) for n, one in enumerate(cells)}}
            for concern, cells in grid.concerns
        ]
        parts.append(f"■ {grid.platform}\n\n{render(columns, lines, width=width, lang=lang)}")
    return "\n".join(parts)


def legend(lang: str) -> str:
    """Return what the signs in a grid mean, as one line."""
    if lang == "ja":
        return "✕は穴。「－」は、一者が持つ事項をほかの当事者が持つことを示す。"
    return "✕ is a hole; – means that another party holds what one party holds for all."


def _strings(value: object) -> Sequence[str]:
    assert isinstance(value, (list, tuple))
    return value
