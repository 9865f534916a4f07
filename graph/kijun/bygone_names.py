"""Names of bodies that belong to another day than the one asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Store

from kijun.dates import State
from kijun.names import Match, name_key
from kijun.profile import Finding, Place
from kijun.profile_faults import fault
from kijun.terms import ID, NS

_ENTRY_OF, _ENTRY_NAME, _REGISTER = (
    NamedNode(NS + name) for name in ("entryOf", "entryName", "register")
)


def bygone_findings(
    store: Store, state: State, named: Iterable[tuple[str, Match, Place]]
) -> Iterator[Finding]:
    """Yield where a body is called by a name of another day, or is in no register of this one.

    ``named`` are names as written, what they mean, and where. Each is told once, at its first
    place.
    """
    told: set[str] = set()
    used = {f"{ID}register/{register.id}" for register in state.registers}
    for text, match, place in named:
        if text in told:
            continue
        told.add(text)
        names = _names(store, match.iri)
        if not names and match.iri.startswith(f"{ID}office/"):
            continue
        of_the_day = {
            name for register, found in names.items() if register in used for name in found
        }
        if not of_the_day:
            yield fault("not-in-registers", place, text=text, day=state.key, note=match.note or "")
        elif name_key(text) not in of_the_day and any(
            name_key(text) in found for found in names.values()
        ):
            yield fault("name-of-another-day", place, text=text, day=state.key, now=match.label)


def _names(store: Store, body: str) -> dict[str, set[str]]:
    """Return the keys of a body's names by the register that gives them."""
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _ENTRY_OF, NamedNode(body), None):
        entry = quad.subject
        keys = {
            name_key(one.object.value)
            for one in store.quads_for_pattern(entry, _ENTRY_NAME, None, None)
            if isinstance(one.object, Literal)
        }
        for register in store.quads_for_pattern(entry, _REGISTER, None, None):
            if isinstance(register.object, NamedNode):
                found.setdefault(register.object.value, set()).update(keys)
    return found
