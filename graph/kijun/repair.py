"""The smallest set of steps that would close every hole: who would have to do what.

Which steps close a hole follows from the meanings of ``docs/decisions/0007``; clingo chooses the
fewest (``ontology/rules/repair.lp``). Nearly always there are several smallest sets: one is shown,
and each step says whether all of them have it. Contacts join just the two parties that have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import clingo

from kijun.boundary import Boundary, Hole
from kijun.content import rules_of_situations
from kijun.coverage import AGREEMENT, DOCUMENT
from kijun.norms import Norm
from kijun.sections import notation
from kijun.situation import Situation
from kijun.tables import Column
from kijun.terms import ID

STEPS = {
    "redeclare": "区分を正す",
    "document": "文書をつくる",
    "lead": "主導者を決める",
    "allocate": "分担を決める",
    "provide": "提供する",
    "rename": "提供元を改める",
    "satisfy": "果たす",
    "evidence": "証拠を示す",
    "agree": "合意する",
    "contact": "連絡窓口を設ける",
}
"""The kinds of steps, in the order in which they are shown."""

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


class Step(NamedTuple):
    """One thing that somebody could do; ``other`` is a party or a document."""

    kind: str
    system: str
    who: str | None = None
    concern: str | None = None
    other: str | None = None


class Repair(NamedTuple):
    """A smallest set of steps with the holes that each closes, and those that all sets share."""

    steps: Mapping[Step, tuple[Hole, ...]]
    shared: frozenset[Step]


def repair(boundary: Boundary, situation: Situation) -> Repair:
    """Return a smallest set of steps that closes every hole of a boundary."""
    options = {hole: list(_Options(boundary, situation).of(hole)) for hole in boundary.holes}
    asked = Counter(step for found in options.values() for step in found)
    for hole, found in options.items():
        # A part in a concern need be no provision, unless someone relies on that.
        # And an agreement may be on any document, unless some document asks for it anyway.
        if found[0].kind in ("allocate", "agree"):
            options[hole] = [one for one in found if one == found[0] or asked[one] > 1]
    steps = list(dict.fromkeys(step for found in options.values() for step in found))
    number = {step: n for n, step in enumerate(steps)}
    holes = list(options)
    lines = [f"open({n})." for n in range(len(holes))]
    lines += [f"closes({number[s]},{n})." for n, h in enumerate(holes) for s in options[h]]
    text = "\n".join([*lines, rules_of_situations("repair.lp")])
    chosen, cost = _solved(text, ["--opt-strategy=usc"])
    shared, _ = _solved(text, [f"--opt-mode=enum,{cost}", "--enum-mode=cautious", "0"])
    return Repair(
        {steps[n]: tuple(h for h in holes if steps[n] in options[h]) for n in sorted(chosen)},
        frozenset(steps[n] for n in shared),
    )


def _solved(text: str, options: list[str]) -> tuple[set[int], int]:
    """Return the last model that clingo shows, and its cost."""
    control = clingo.Control(["--warn=none", *options])
    control.add("base", [], text)
    control.ground([("base", [])])
    found: set[int] = set()
    cost = 0
    with control.solve(yield_=True) as models:
        for model in models:
            found = {a.arguments[0].number for a in model.symbols(atoms=True) if a.name == "do"}
            cost = sum(model.cost)
    return found, cost


class _Options:
    """The steps each of which closes a hole, with no hole opened by it."""

    def __init__(self, boundary: Boundary, situation: Situation) -> None:
        self.boundary = boundary
        self.situation = situation
        self.operators = {system.iri: system.operators for system in situation.systems}

    def of(self, hole: Hole) -> Iterator[Step]:
        system, concern, party = hole.system, hole.concern, hole.party
        parties = self.boundary.parties.get(system, {})
        match hole.kind:
            case "misclassified":
                yield Step("redeclare", system)
            case "unallocated" if concern == DOCUMENT:
                yield from self._document(system)
            case "unallocated" if party is None:
                for one in parties:
                    yield Step("provide", system, one, concern)
            case "unallocated":
                yield Step("allocate", system, party, concern)
                yield Step("provide", system, party, concern)
            case "unmet":
                yield Step("satisfy", system, party, concern)
            case "unprovided" if hole.other == party:
                yield Step("rename", system, party, concern)
            case "unprovided" if hole.other is not None:
                yield Step("provide", system, hole.other, concern)
            case "unprovided":
                for one in parties:
                    if one != party:
                        yield Step("provide", system, one, concern)
            case "doubly_owned":
                yield Step("lead", system, None, concern)
            case "unevidenced":
                yield Step("evidence", system, party, concern, hole.other)
            case "undocumented" if concern == DOCUMENT:
                yield from self._document(system)
            case "undocumented" if concern == AGREEMENT:
                yield Step("agree", system, party)
                for document in self.situation.documents:
                    if document.platform == system:
                        yield Step("agree", system, party, None, document.iri)
                yield from self._document(system, party)
            case "undocumented":
                yield Step("agree", system, party, None, hole.other)
            case _:
                yield Step("contact", system, party, None, hole.other)

    def _document(self, system: str, maker: str | None = None) -> Iterator[Step]:
        """Yield who could make the comprehensive document: its maker needs no agreement."""
        holds = any(
            document.platform == system and document.kind == "comprehensive"
            for document in self.situation.documents
        )
        if not holds:
            makers = self.operators[system] or tuple(self.boundary.parties.get(system, ()))
            for one in makers:
                if maker in (None, one):
                    yield Step("document", system, one, DOCUMENT)
        elif maker is None:
            for one in self.boundary.parties.get(system, ()):
                yield Step("provide", system, one, DOCUMENT)


def repair_rows(
    found: Repair, named: Mapping[str, str], by_norm: Mapping[str, Norm]
) -> list[dict[str, object]]:
    """Return the steps as rows, in the order of their kinds."""
    kinds = list(STEPS)

    def order(step: Step) -> tuple[object, ...]:
        ends = (step.system, step.who, step.concern, step.other)
        return kinds.index(step.kind), *(named.get(end or "", "") for end in ends)

    rows: list[dict[str, object]] = []
    for step in sorted(found.steps, key=order):
        holes = found.steps[step]
        norm = by_norm[holes[0].norm]
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
