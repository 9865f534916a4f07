"""HermiT through owlready2: which things belong to which classes, complete and without proofs."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse


def load(source: Path) -> list[Quad]:
    return list(parse(path=str(source), format=RdfFormat.N_QUADS))


def derive(quads: list[Quad]) -> int:
    from kijun.judge import types
    from kijun.owl_view import shown

    return len(types(shown(quads), seconds=3000))
