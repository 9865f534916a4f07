"""A bar for what takes a while: on a terminal only, and only where tqdm is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import TypeVar

T = TypeVar("T")

FEW = 10
"""So many things are done before a bar would be read."""


def watched(things: Iterable[T], unit: str) -> Iterable[T]:
    """Return things, with a bar on standard error that goes on as they are taken.

    There is none in a pipe, none for a few things, and none without tqdm (extra ``remote``). It is
    gone when the last has been taken.
    """
    if isinstance(things, Sized) and len(things) < FEW:
        return things
    try:
        from tqdm import tqdm
    except ImportError:
        return things
    return tqdm(things, unit=f" {unit}", unit_scale=True, disable=None, leave=False)  # type: ignore[no-any-return]
