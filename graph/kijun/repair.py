"""The smallest set of steps that would close every hole: who would have to do what.

Which steps close a hole is said in :mod:`kijun.remedies`; clingo chooses the fewest
(``ontology/rules/repair.lp``). Nearly always there are several smallest sets: one is shown, and
each step says whether all of them have it. No set is shown before the boundaries, examined again
as if its steps were taken, have no hole left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import clingo

from kijun.boundary import Boundary, Hole
from kijun.content import rules_of_situations
from kijun.errors import KijunError
from kijun.mended import mended
from kijun.norms import Norm
from kijun.remedies import STEPS, Remedies, Step
from kijun.saying import worded
from kijun.sections import notation
from kijun.situation import Situation
from kijun.tables import Column
from kijun.terms import ID

REPAIR_COLUMNS = (
    Column("step", "手立て", "step", words=STEPS),
    Column("platform", "基盤", "platform", weight=2),
    Column("who", "機関", "who", weight=2),
    Column("with", "相手", "with", weight=2),
    Column("concern", "事項", "concern", weight=2),
    Column("closes", "ふさぐ穴", "holes closed"),
    Column("in_all", "必ず要る", "in every smallest set"),
    Column("norm", "規範", "norm", weight=2),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("platform_iri", "基盤IRI", "platform IRI", in_table=False),
    Column("who_iri", "機関IRI", "who IRI", in_table=False),
    Column("with_iri", "相手IRI", "with IRI", in_table=False),
    Column("concern_iri", "事項IRI", "concern IRI", in_table=False),
    Column("holes_iri", "穴IRI", "holes IRI", in_table=False),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a step: who would have to do what, with whom, and the norm of the first hole."""


_ANY_RANK = 1_000_000


class Repair(NamedTuple):
    """A smallest set of steps with the holes that each closes, and those that all sets share.

    A step that closes none keeps another hole from being opened. ``boundary`` and ``situation``
    are those in which systems are declared as they are.
    """

    steps: Mapping[Step, tuple[Hole, ...]]
    shared: frozenset[Step]
    boundary: Boundary
    situation: Situation


def repair(
    boundary: Boundary, situation: Situation, examine: Callable[[Situation], Boundary]
) -> Repair:
    """Return a smallest set of steps that closes every hole of a boundary.

    A wrong declaration is mended first, as it hides what is uncovered; then the fewest steps are
    chosen. They are taken, and ``examine`` looks at the boundaries again.

    Raises:
        KijunError: a hole is left after all, which is a fault of kijun.
    """
    remedies = Remedies(boundary, situation)
    wrong = {
        step: tuple(one for one in boundary.holes if one.system == hole.system)
        for hole in boundary.holes
        if hole.kind == "misclassified"
        for step in remedies.of(hole)
    }
    if wrong:
        situation = mended(situation, wrong, boundary.parties)
        boundary = examine(situation)
    chosen, shared = _chosen(boundary, situation)
    left = examine(mended(situation, chosen, boundary.parties)).holes
    if left:
        raise KijunError(
            worded(
                "the repair that was found leaves {number} holes, the first of them {kind} at "
                "{system}; this is a fault of kijun, please report it",
                number=len(left),
                kind=left[0].kind,
                system=left[0].system,
            )
        )
    return Repair({**wrong, **chosen}, shared | wrong.keys(), boundary, situation)


def _chosen(
    boundary: Boundary, situation: Situation
) -> tuple[Mapping[Step, tuple[Hole, ...]], frozenset[Step]]:
    """Return the fewest steps with the holes that they close, and those in every such set."""
    remedies = Remedies(boundary, situation)
    options = {hole: list(dict.fromkeys(remedies.of(hole))) for hole in boundary.holes}
    asked = Counter(step for found in options.values() for step in found)
    for hole, found in options.items():
        # What closes this hole only is left out where a plainer step does the same: a part in a
        # concern need be no provision, an agreement may be on any document, common rules need
        # no agreement, and whoever relies on somebody need not do it all alone.
        if found[0].kind in ("allocate", "agree", "consult", "lead"):
            options[hole] = [one for one in found if one == found[0] or asked[one] > 1]
        elif found[0].kind == "provide" and found[-1].kind == "rename" and asked[found[-1]] == 1:
            options[hole] = found[:-1]
    chosen: dict[Step, tuple[Hole, ...]] = {}
    shared: set[Step] = set()
    # What is done at one boundary closes nothing at another, so each is chosen for by itself.
    for system in dict.fromkeys(hole.system for hole in options):
        here = {hole: found for hole, found in options.items() if hole.system == system}
        leading = [Step("lead", system, None, concern) for concern in remedies.held(system)]
        steps = list(dict.fromkeys([*(one for found in here.values() for one in found), *leading]))
        lines = _lines(here, steps, leading, remedies)
        taken, in_all = smallest(lines, rules_of_situations("repair.lp"))
        for n in sorted(taken):
            chosen[steps[n]] = tuple(hole for hole, found in here.items() if steps[n] in found)
        shared.update(steps[n] for n in in_all)
    return chosen, frozenset(shared)


def _lines(
    options: Mapping[Hole, Sequence[Step]],
    steps: Sequence[Step],
    leading: Sequence[Step],
    remedies: Remedies,
) -> Iterator[str]:
    """Yield the facts of one boundary: what closes what, and who holds what one is to hold."""
    number = {step: n for n, step in enumerate(steps)}
    parties: dict[str, int] = defaultdict(lambda: len(parties))
    for n, found in enumerate(options.values()):
        yield f"open({n})."
        yield from (f"closes({number[step]},{n})." for step in found)
    for step, rank in _ranks(options).items():
        yield f"rank({number[step]},{rank})."
    for n, lead in enumerate(leading):
        place = lead.system, lead.concern
        yield f"settles({number[lead]},{n})."
        if len(remedies.among(remedies.boundary.leaders, *place)) == 1:
            yield f"led({n})."
        name = "holds" if remedies.assumed(*place) else "meets"
        for party in remedies.among(remedies.boundary.holders, *place):
            yield f"{name}({n},{parties[party]})."
        for step in steps:
            if (step.system, step.concern) == place:
                if maker := remedies.holder(step):
                    yield f"makes({number[step]},{n},{parties[maker]})."
                if meeting := remedies.satisfier(step):
                    yield f"satisfies({number[step]},{n},{parties[meeting]})."


def _ranks(options: Mapping[Hole, Sequence[Step]]) -> Mapping[Step, int]:
    """Return how far each step is from the most obvious one for a hole that it closes."""
    ranks: dict[Step, int] = {}
    for found in options.values():
        for rank, step in enumerate(found):
            ranks[step] = min(rank, ranks.get(step, rank))
    return ranks


def smallest(lines: Iterable[str], rules: str) -> tuple[set[int], set[int]]:
    """Return the numbers of a smallest set of steps, and those that all smallest sets share.

    ``lines`` say which steps close which holes, what has a holder and which steps give it one.
    """
    text = "\n".join([*lines, rules])
    chosen, cost = _solved(text, ["--opt-strategy=usc"])
    # Which of the smallest sets is the most obvious plays no part in what all of them share.
    bound = f"--opt-mode=enum,{cost},{_ANY_RANK}"
    shared, _ = _solved(text, [bound, "--enum-mode=cautious", "0"])
    return chosen, shared


def _solved(text: str, options: list[str]) -> tuple[set[int], int]:
    """Return the last model that clingo shows, and how many steps it has."""
    control = clingo.Control(["--warn=none", *options])
    control.add("base", [], text)
    control.ground([("base", [])])
    found: set[int] = set()
    cost = 0
    with control.solve(yield_=True) as models:
        for model in models:
            found = {a.arguments[0].number for a in model.symbols(atoms=True) if a.name == "do"}
            cost = model.cost[0]
    return found, cost


def said(found: Repair, named: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield what the steps alone do not say: which of them a wrong declaration hid."""
    opened = {step.system for step in found.steps if step.kind == "redeclare"}
    for system in sorted(opened.intersection(found.boundary.examined)):
        yield (
            f"「{named[system]}」は、区分を正すと境界を調べる基盤になるので、そこで要る手立ても含む。"
            if lang == "ja"
            else f"Once {named[system]} is declared a platform its boundary is examined; the steps "
            "needed there are included."
        )


def repair_rows(
    found: Repair, named: Mapping[str, str], by_norm: Mapping[str, Norm]
) -> list[dict[str, object]]:
    """Return the steps as rows, in the order of their kinds."""
    kinds = list(STEPS)

    def order(step: Step) -> tuple[object, ...]:
        ends = (step.system, step.who, step.concern, step.other)
        return kinds.index(step.kind), *(named.get(end or "", "") for end in ends)

    cited = {
        (hole.system, hole.concern): hole.norm for closed in found.steps.values() for hole in closed
    }
    rows: list[dict[str, object]] = []
    for step in sorted(found.steps, key=order):
        holes = found.steps[step]
        # Who leads is asked only where another step closes a hole of the same concern.
        norm = by_norm[holes[0].norm if holes else cited[step.system, step.concern]]
        other = step.other if step.other and ":" in step.other else None
        rows.append(
            {
                "step": step.kind,
                "platform": named[step.system],
                "who": named[step.who] if step.who else None,
                "with": named[other] if other else None,
                "concern": named[step.concern] if step.concern else None,
                "closes": len(holes),
                "in_all": step in found.shared,
                "norm": norm.name,
                "section": notation(norm.section.removeprefix(f"{ID}section/")),
                "sentence": norm.number,
                "platform_iri": step.system,
                "who_iri": step.who,
                "with_iri": other,
                "concern_iri": step.concern,
                "holes_iri": [hole.iri for hole in holes],
                "norm_iri": norm.iri,
                "section_iri": norm.section,
                "sentence_iri": norm.sentence,
            }
        )
    return rows
