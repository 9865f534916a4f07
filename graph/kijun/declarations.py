"""What profiles declare, one kind of fact for each table, every one with its place.

Bodies, systems, documents and concerns are IRIs; a name of a user's own is in the labels of the
:class:`~kijun.situation.Situation` to which the facts belong.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kijun.profile import Place


class About(NamedTuple):
    """What a profile says of itself."""

    iri: str
    source: str
    title: str
    author: str | None
    written: date | None
    marking: str
    invented: bool
    place: Place


class Body(NamedTuple):
    """A body that no register holds; ``kind`` is its class, ``ministries`` supervise it."""

    iri: str
    name: str
    short: str | None
    kind: str
    ministries: tuple[str, ...]
    number: str | None
    place: Place


class System(NamedTuple):
    """A system; ``shared`` is how it is declared, ``named`` who manages it if not its operator."""

    iri: str
    mark: str
    name: str
    shared: bool
    operators: tuple[str, ...]
    named: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def managers(self) -> tuple[str, ...]:
        """Those who manage it: whoever is named, or else its operators."""
        return self.named or self.operators


class Layer(NamedTuple):
    """A layer of a system, and who manages it."""

    iri: str
    system: str
    name: str
    managers: tuple[str, ...]
    place: Place


class Use(NamedTuple):
    """That a body uses a system; ``through`` is the system connected to it that shows so."""

    body: str
    system: str
    through: str | None
    place: Place


class Connection(NamedTuple):
    """That a system is connected to a platform."""

    system: str
    platform: str
    place: Place


class Allocation(NamedTuple):
    """How a party stands to a concern: ``state`` is one of the four words of OSCAL."""

    iri: str
    platform: str
    concern: str
    party: str
    state: str
    provider: str | None
    leads: bool
    evidence: str | None
    day: date | None
    place: Place


class Document(NamedTuple):
    """A document of a platform; ``kind`` is ``comprehensive``, ``common-rules`` or ``other``."""

    iri: str
    mark: str
    name: str
    platform: str
    kind: str
    makers: tuple[str, ...]
    scope: tuple[str, ...]
    day: date | None
    places: tuple[Place, ...]


class Agreement(NamedTuple):
    """That a document was agreed with a party, or (``agreed`` false) discussed with it only."""

    iri: str
    document: str
    party: str
    agreed: bool
    day: date | None
    evidence: str | None
    place: Place


class Contact(NamedTuple):
    """A way of telling that was set up; ``platform`` is None where it is for all of them."""

    iri: str
    sender: str
    receiver: str
    both: bool
    platform: str | None
    lane: str | None
    point: str | None
    place: Place


class Evidence(NamedTuple):
    """Whether a body meets a norm, by its own inspection; ``status`` is a term or None."""

    iri: str
    body: str
    norm: str
    status: str | None
    owner: str | None
    document: str | None
    day: date | None
    place: Place


class Concern(NamedTuple):
    """A concern that users add, of one platform or (None) of all."""

    iri: str
    name: str
    single: bool
    platform: str | None
    place: Place


class Exclusion(NamedTuple):
    """What is left out of the scope; None stands for all."""

    iri: str
    platform: str
    concern: str | None
    party: str | None
    reason: str
    place: Place
