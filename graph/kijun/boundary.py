"""What is uncovered at the boundaries of shared systems: the holes of a situation.

The rules are ``ontology/rules/boundaries.lp``, on the meanings of ``docs/decisions/0007``. They are
grounded together with those that classify systems and join bodies by lines, over the facts of the
registers, the norms and the situation. Nothing of it is kept anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

import clingo
from pyoxigraph import Store

from kijun.boundary_facts import Facts, facts
from kijun.content import rules_of_situations
from kijun.dates import State
from kijun.local_names import local_iri, local_parts
from kijun.modelling import model
from kijun.reasoning import Model, Program, Term, atoms, parts
from kijun.situation import Situation
from kijun.terms import curie, expand

KINDS = {
    "misclassified": "区分違い",
    "unallocated": "割当てなし",
    "unmet": "未達",
    "unprovided": "提供なし",
    "doubly_owned": "二重の持ち手",
    "unevidenced": "証拠なし",
    "undocumented": "文書なし",
    "unconnected": "連絡なし",
}
"""The kinds of holes, in the order in which they are shown, with their Japanese names."""

NEEDED = ("classification", "lines")
"""The rules on which those on boundaries rest; grounding only these takes half the time."""

_RULE = re.compile(r"\brule\(([a-z_]+)\)")


class Hole(NamedTuple):
    """One hole: what is uncovered where, by which norm.

    ``system`` is the platform, or for ``misclassified`` the system. ``party`` is whom it concerns
    (None: the platform as a whole); ``other`` is the other party, the provider relied on or the
    document, or a word: which state lacks evidence, or why the declaration does not fit.
    """

    kind: str
    system: str
    concern: str | None
    party: str | None
    other: str | None
    norm: str

    @property
    def iri(self) -> str:
        """The node of the hole, the same for the same hole of the same systems."""
        ends = (self.system, self.concern, self.party, self.other)
        return local_iri("hole", self.kind, *(_tail(end) for end in ends))

    @property
    def arguments(self) -> tuple[clingo.Symbol, ...]:
        """The arguments of the atom of the rules."""
        kind, *ends = self
        return (clingo.Function(kind), *map(_symbol, ends))

    @classmethod
    def of(cls, terms: tuple[Term, ...]) -> Hole:
        """Return the hole of an atom of the rules."""
        kind, *ends = terms
        system, concern, party, other, norm = (
            expand(end) if isinstance(end, str) else None for end in ends
        )
        assert isinstance(kind, str)
        assert system is not None
        assert norm is not None
        return cls(kind, system, concern, party, other, norm)


class Role(NamedTuple):
    """As what somebody is a party: ``operator``, ``manager``, ``layer`` or ``connection``.

    ``system`` is the one connected to the platform.
    """

    kind: str
    system: str | None = None


_ROLES = ("operator", "manager", "layer", "connection")

Scope = tuple[str, str, str]
"""A platform, a concern and a party."""


class Boundary:
    """What the rules say of the boundaries of one situation, read off when it is asked for."""

    def __init__(self, model: clingo.Control | Model, stated: Facts) -> None:
        self._model = model
        self.stated = stated

    def _pairs(self, name: str) -> set[tuple[str, str]]:
        return {(expand(str(a)), expand(str(b))) for a, b in atoms(self._model, name, 2)}

    def _triples(self, name: str) -> set[Scope]:
        found = atoms(self._model, name, 3)
        return {(expand(str(a)), expand(str(b)), expand(str(c))) for a, b, c in found}

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """All holes, in no order that means anything."""
        return tuple(Hole.of(atom) for atom in atoms(self._model, "hole", 6))

    @cached_property
    def examined(self) -> tuple[str, ...]:
        """The platforms whose boundary is examined."""
        return tuple(expand(str(one)) for (one,) in atoms(self._model, "examined", 1))

    @cached_property
    def unlayered(self) -> frozenset[str]:
        """The platforms of which no layer is known."""
        return frozenset(expand(str(one)) for (one,) in atoms(self._model, "unlayered", 1))

    @cached_property
    def carved_out(self) -> frozenset[str]:
        """Systems that others use too, but one agency manages from hardware to application."""
        return frozenset(expand(str(one)) for (one,) in atoms(self._model, "carved_out", 1))

    @cached_property
    def parties(self) -> Mapping[str, Mapping[str, tuple[Role, ...]]]:
        """The parties of each platform that is examined, with their roles: operators first."""
        found: dict[str, dict[str, tuple[Role, ...]]] = {one: {} for one in self.examined}
        for platform, party, role in atoms(self._model, "role_at", 3):
            one = Role("connection", expand(str(role[1]))) if isinstance(role, tuple) else None
            roles = found[expand(str(platform))]
            iri = expand(str(party))
            roles[iri] = (*roles.get(iri, ()), one or Role(str(role)))
        return {
            platform: dict(sorted(roles.items(), key=lambda item: _rank(item[1])))
            for platform, roles in found.items()
        }

    @cached_property
    def users(self) -> set[tuple[str, str]]:
        """Platforms with those who merely use them, and so bear nothing under 6(3)."""
        return self._pairs("mere_user")

    @cached_property
    def scope(self) -> set[Scope]:
        """What is examined: platform, concern and party."""
        return self._triples("in_scope")

    @cached_property
    def left_out(self) -> set[Scope]:
        """What would be examined if no exclusion left it out."""
        return self._triples("left_out")

    @cached_property
    def outside(self) -> set[tuple[str, str]]:
        """Parties left out of the boundary of a platform altogether."""
        return self._pairs("outside")

    @cached_property
    def single(self) -> frozenset[str]:
        """The concerns that one party holds for all."""
        return frozenset(expand(str(one)) for (one,) in atoms(self._model, "single", 1))

    @cached_property
    def holders(self) -> set[Scope]:
        """Who holds a concern of the kind that one party holds: platform, concern, party."""
        return self._triples("held")

    @cached_property
    def leaders(self) -> set[Scope]:
        """Which of them lead."""
        return self._triples("leading")

    @cached_property
    def displaced(self) -> set[Scope]:
        """What common rules displace: the document, the party and the concern."""
        return self._triples("displaces")


def boundary(
    asserted: Store, state: State, situation: Situation, *, without: Collection[str] = ()
) -> Boundary:
    """Return what the rules say of the boundaries of a situation.

    ``asserted`` holds what is asserted of the guideline and the registers of a state, ``without``
    names rules to leave out.
    """
    stated = facts(situation)
    program = boundary_parts(asserted, state, stated, without=without, subjects=NEEDED)
    return Boundary(model(program), stated)


def boundary_program(
    asserted: Store,
    state: State,
    stated: Facts,
    *,
    without: Collection[str] = (),
    subjects: Collection[str] | None = None,
) -> str:
    """Return the whole logic program of a situation: facts, axioms and rules.

    See :func:`boundary_parts` for the parameters.
    """
    return boundary_parts(asserted, state, stated, without=without, subjects=subjects).text


def boundary_parts(
    asserted: Store,
    state: State,
    stated: Facts,
    *,
    without: Collection[str] = (),
    subjects: Collection[str] | None = None,
) -> Program:
    """Return the program of a situation in two parts.

    ``subjects`` names the files of the other rules, where not all of them are wanted.
    """
    rules = rules_of_situations()
    own = set(_RULE.findall(rules))
    rest = [name for name in without if name not in own]
    others = parts(asserted, state, without=rest, subjects=subjects)
    switches = (f"rule({name})." for name in sorted(own.difference(without)))
    given = [*others.facts, *switches, *(f"{fact}." for fact in stated)]
    return Program(given, f"{others.rules}\n{rules}")


def boundary_rule_names() -> list[str]:
    """Return the label of every rule on boundaries, sorted."""
    return sorted(set(_RULE.findall(rules_of_situations())))


def _symbol(end: str | None) -> clingo.Symbol:
    if end is None:
        return clingo.Function("nil")
    return clingo.String(curie(end)) if ":" in end else clingo.Function(end)


def _rank(roles: tuple[Role, ...]) -> int:
    return min(_ROLES.index(role.kind) for role in roles)


def _tail(iri: str | None) -> str:
    """Return the end of an IRI by which a thing is told apart."""
    if iri is None:
        return "-"
    local = local_parts(iri)
    return " ".join(local[1]) if local else re.split(r"[/#]", iri)[-1]
