"""The names of the guideline's sections and sentences: as cited, and in IRIs.

A section is cited exactly as printed, always as a string: ``2``, ``2(1)``, ``3(1)①``, ``附則``.
"""

from __future__ import annotations

import re

from kijun.errors import BadInput
from kijun.saying import worded
from kijun.terms import ID

SUPPLEMENT = "附則"
"""The notation of the supplementary provision, which stands after the numbered chapters."""

_NOTATION = re.compile(rf"([1-9]\d?|{SUPPLEMENT})(?:\(([1-9]\d?)\))?([①-⑳])?", re.ASCII)
_SLUG = re.compile(r"([1-9]\d?|suppl)(?:-(0(?=-)|[1-9]\d?))?(?:-(20|1\d|[1-9]))?", re.ASCII)


def notation_of(chapter: str, item: int = 0, circled: int = 0) -> str:
    """Return the notation of a section by the numbers of its levels; 0 is no such level.

    >>> notation_of("3", 1, 2), notation_of("6", 3), notation_of("附則")
    ('3(1)②', '6(3)', '附則')
    """
    notation = f"{chapter}({item})" if item else chapter
    return notation + (chr(ord("①") + circled - 1) if circled else "")


def slug(notation: str) -> str:
    """Return a section's name in IRIs.

    >>> slug("3(1)①"), slug("附則")
    ('3-1-1', 'suppl')

    A circled number directly under a chapter keeps a zero in the middle place, so that
    ``2①`` (``2-0-1``) and ``2(1)`` (``2-1``) stay apart.

    Raises :exc:`BadInput` for a string that is no notation, such as ``"(1)"``.
    """
    match = _NOTATION.fullmatch(notation)
    if match is None:
        raise BadInput(
            worded(
                '"{notation}" is no section; write it as printed, e.g. 3(1)① or 附則',
                notation=notation,
            )
        )
    chapter, item, circled = match.groups()
    parts = ["suppl" if chapter == SUPPLEMENT else chapter]
    if item or circled:
        parts.append(item or "0")
    if circled:
        parts.append(str(ord(circled) - ord("①") + 1))
    return "-".join(parts)


def notation(slug: str) -> str:
    """Return the notation that :func:`slug` made a slug of.

    >>> notation("3-1-1")
    '3(1)①'

    Raises :exc:`BadInput` for a string that is no slug.
    """
    match = _SLUG.fullmatch(slug)
    if match is None:
        raise BadInput(worded('"{slug}" names no section; write e.g. 3-1-1 or suppl', slug=slug))
    chapter, item, circled = match.groups(default="0")
    return notation_of(SUPPLEMENT if chapter == "suppl" else chapter, int(item), int(circled))


def section_iri(notation: str) -> str:
    """Return the IRI of a section; raises :exc:`BadInput` like :func:`slug`."""
    return f"{ID}section/{slug(notation)}"


def sentence_iri(notation: str, ordinal: int) -> str:
    """Return the IRI of a section's sentence; raises :exc:`BadInput` like :func:`slug`."""
    return f"{ID}sentence/{slug(notation)}-{ordinal}"
