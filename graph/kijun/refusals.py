"""What a norm may not say, as the rules would pass over it in silence; the build stops instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import clingo

from kijun.errors import KijunError
from kijun.reasoning import Model, Term, atoms
from kijun.terms import expand

_SUPERVISING = ("kijun:Ministry", "kijun:SupervisingMinistry", "kijun:CompetentMinister")
_OUTSIDE = ("kijun:Public", "kijun:RelatedOrganisation", "kijun:RelevantUnit")


def refuse(control: clingo.Control | Model) -> None:
    """Look through ground facts for what no rule reads.

    Raises:
        KijunError: a norm is confined to affairs of others than its bearers; a reading of a norm
            with several directions changes it in part; or nobody knows between which bodies a
            line runs.
    """
    found = (*_borne_by_nobody(control), *_read_in_part(control), *_lines_of_nobody(control))
    if found:
        raise KijunError(f"ontology/facts: {found[0]}")


def _borne_by_nobody(control: clingo.Control | Model) -> Iterator[str]:
    """A class bears what regards itself or nobody in particular; only supervisors bear more."""
    classes = _classes(control)
    regarded = _pairs(control, "regards")
    for norm, bearer in atoms(control, "bearer", 2):
        whose = regarded.get(norm, ())
        if bearer in classes and bearer not in (*_SUPERVISING, *whose) and whose:
            yield (
                f"{_iri(norm)} is borne by {bearer} but regards others only, so that nobody "
                "bears it; name those whom it binds as its bearer"
            )


def _read_in_part(control: clingo.Control | Model) -> Iterator[str]:
    """A reading of a norm with directions says all of them anew, as they differ."""
    directed = _pairs(control, "towards")
    said = [_pairs(control, f"{name}_read") for name in ("bearer", "recipient", "action")]
    for norm, reading in atoms(control, "alternativeReading", 2):
        anew = [reading in one for one in said]
        if norm in directed and any(anew) and not all(anew[1:]):
            yield (
                f"{_iri(reading)} reads {_iri(norm)} otherwise, which has several directions; "
                "give the reading both its recipient and its action"
            )


def _lines_of_nobody(control: clingo.Control | Model) -> Iterator[str]:
    """Between two classes, it must be known which body of the one tells which of the other.

    Parts of platforms are known from a user's systems only; their lines stay between classes.
    """
    above = _pairs(control, "sub")
    offices = {thing for thing, kind in atoms(control, "asserted_type", 2) if _is_office(kind)}
    for norm, teller, told, *_ in atoms(control, "class_line", 5):
        if told in offices or told in _OUTSIDE or _of_platforms(teller, told, above):
            continue
        if teller in offices:
            known = told in ("kijun:Ministry", "kijun:SupervisingMinistry")
        elif teller in _SUPERVISING:
            known = _within(told, "kijun:Corporation", above)
        else:
            known = _within(teller, "kijun:Corporation", above) and told in (
                *("kijun:SupervisingMinistry", "kijun:Manager", "kijun:Executive"),
            )
        if not known:
            yield (
                f"{_iri(norm)}: no rule says which bodies a line from {teller} to {told} joins; "
                "add one to ontology/rules/lines.lp"
            )


def _of_platforms(teller: Term, told: Term, above: dict[Term, set[Term]]) -> bool:
    return any(_within(end, "kijun:PlatformManagingAgency", above) for end in (teller, told))


def _within(kind: Term, wanted: str, above: dict[Term, set[Term]]) -> bool:
    frontier, seen = [kind], {kind}
    while frontier and wanted not in seen:
        frontier = [up for one in frontier for up in above.get(one, ()) if up not in seen]
        seen.update(frontier)
    return wanted in seen


def _classes(control: clingo.Control | Model) -> Collection[Term]:
    return {end for pair in atoms(control, "sub", 2) for end in pair}


def _pairs(control: clingo.Control | Model, name: str) -> dict[Term, set[Term]]:
    found: dict[Term, set[Term]] = defaultdict(set)
    for one, other in atoms(control, name, 2):
        found[one].add(other)
    return found


def _is_office(kind: Term) -> bool:
    return kind == "kijun:Office"


def _iri(thing: Term) -> str:
    return expand(str(thing))
