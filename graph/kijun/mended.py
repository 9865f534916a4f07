"""A situation in which steps of a repair were taken, so that its boundaries can be examined again.

Each step becomes the rows that a user would write after it, with evidence where that is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kijun.coverage import DOCUMENT
from kijun.declarations import Agreement, Allocation, Contact, Document
from kijun.profile import Place
from kijun.remedies import Step
from kijun.situation import Situation
from kijun.terms import LOCAL

_HERE = Place("repair")
_SHOWN = "repair"
_STATES = {"allocate": "satisfied", "provide": "provided", "satisfy": "satisfied"}

Parties = Mapping[str, Collection[str]]


def mended(situation: Situation, steps: Iterable[Step], parties: Parties) -> Situation:
    """Return a situation in which every step was taken.

    ``parties`` are those of each platform. Who leads is decided last, among all who then hold.
    """
    ordered = sorted(steps, key=lambda step: (step.kind == "lead", step.kind != "document"))
    for number, step in enumerate(ordered):
        situation = _taken(step, situation, f"{LOCAL}step/{number}", parties)
    return situation


def _taken(step: Step, told: Situation, iri: str, parties: Parties) -> Situation:
    match step.kind:
        case "redeclare":
            systems = tuple(
                one._replace(shared=not one.shared) if one.iri == step.system else one
                for one in told.systems
            )
            return told._replace(systems=systems)
        case "lead":
            return _led(step, told, iri, parties)
        case "restate":
            systems = tuple(
                one._replace(shared=False) if one.iri == step.system else one
                for one in told.systems
            )
            layers = tuple(one for one in told.layers if one.system != step.system)
            return told._replace(systems=systems, layers=layers)
        case "rename":
            return told._replace(allocations=tuple(_renamed(one, step) for one in told.allocations))
        case "document":
            return told._replace(documents=(*told.documents, _document(step, iri, "comprehensive")))
        case "agree" | "consult":
            return _agreed(step, told, iri)
        case "contact":
            ends = step.who or "", step.other or ""
            contact = Contact(iri, *ends, False, step.system, None, None, _HERE)
            return told._replace(contacts=(*told.contacts, contact))
        case _:
            row = _allocation(step, iri, step.who, _STATES.get(step.kind) or step.other or "")
            return told._replace(allocations=(*told.allocations, row))


def _allocation(step: Step, iri: str, who: str | None, state: str) -> Allocation:
    ends = step.system, step.concern or "", who or ""
    return Allocation(iri, *ends, state, None, False, _SHOWN, None, _HERE)


def _document(step: Step, iri: str, kind: str) -> Document:
    makers = (step.who,) if step.kind == "document" and step.who else ()
    return Document(iri, _SHOWN, _SHOWN, step.system, kind, makers, (), None, (_HERE,))


def _renamed(one: Allocation, step: Step) -> Allocation:
    here = (one.platform, one.concern, one.party) == (step.system, step.concern, step.who)
    if here and one.state == "inherited" and one.provider in (None, step.who):
        return one._replace(state="satisfied", provider=None, evidence=_SHOWN)
    return one


def _agreed(step: Step, told: Situation, iri: str) -> Situation:
    """Any document will do where none is named; where there is none, one is made for it."""
    there = [one.iri for one in told.documents if one.platform == step.system]
    if not there:
        made = _document(step, f"{iri}/document", "other")
        told, there = told._replace(documents=(*told.documents, made)), [made.iri]
    agreed = step.kind == "agree"
    ends = step.other or there[0], step.who or ""
    agreement = Agreement(iri, *ends, agreed, None, None, _HERE)
    return told._replace(agreements=(*told.agreements, agreement))


def _led(step: Step, told: Situation, iri: str, parties: Parties) -> Situation:
    """Let the first who holds a concern lead, and nobody else."""
    here = step.system, step.concern
    there = [one for one in told.allocations if (one.platform, one.concern) == here]
    holders = [one.party for one in there if one.state in ("provided", "responsibility")]
    holders += [
        maker
        for one in told.documents
        if one.platform == step.system and one.kind == "comprehensive" and step.concern == DOCUMENT
        for maker in one.makers
    ]
    holders += [one.party for one in there if one.state == "satisfied"]
    leader = next((one for one in holders if one in parties[step.system]), None)
    if leader is None:
        return told
    rest = tuple(
        one._replace(leads=False) if (one.platform, one.concern) == here else one
        for one in told.allocations
    )
    row = _allocation(step, iri, leader, "satisfied")._replace(leads=True)
    return told._replace(allocations=(*rest, row))
