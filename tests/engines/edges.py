"""The same data for engines that know no RDF: integer edges and the terms they stand for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pyoxigraph import RdfFormat, parse

NS = "https://w3id.org/kijun/ns#"
ID = "https://w3id.org/kijun/id/"


def write(source: Path, folder: Path) -> None:
    """Write the triples of an N-Quads file as ``edges.npy`` and ``terms.txt``."""
    numbers: dict[str, int] = {}
    rows = [
        [numbers.setdefault(_name(term), len(numbers)) for term in quad.triple]
        for quad in parse(path=str(source), format=RdfFormat.N_QUADS)
    ]
    edges = np.unique(np.array(rows, dtype=np.int32), axis=0)
    np.save(folder / "edges.npy", edges)
    names = (text.replace("\n", " ") for text in numbers)
    (folder / "terms.txt").write_text("\n".join(names), encoding="utf-8")


def _name(term: object) -> str:
    """Return a term in short: literals keep a quotation mark, IRIs lose their namespace."""
    value: str = term.value  # type: ignore[attr-defined]
    return (
        value.removeprefix(NS).removeprefix(ID) if "Named" in type(term).__name__ else f'"{value}'
    )
