"""All that follows from a program, from the engine that is faster for so many facts.

Clingo grounds the rules (:mod:`kijun.reasoning`); over many facts whole relations are joined at
once (:mod:`kijun.bulk`). Both run the same rules and give the same atoms.
"""

from __future__ import annotations

from importlib.util import find_spec

import clingo

from kijun.reasoning import Model, Program, ground

MANY = 6_000
"""From how many facts on the columns are faster, the import of numpy included."""


def model(program: Program) -> clingo.Control | Model:
    """Return all that follows from a program.

    The columns need numpy; where it is not installed, clingo does everything.
    """
    if len(program.facts) < MANY or find_spec("numpy") is None:
        return ground(program.text)
    from kijun.bulk import Bulk

    return Bulk(program)
