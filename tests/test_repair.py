"""The smallest repair: it closes every hole, and nothing smaller that all sets share is missed."""

from __future__ import annotations

import pytest

from kijun.boundary import Boundary, boundary
from kijun.coverage import DOCUMENT
from kijun.dates import State
from kijun.declarations import Agreement, Allocation, Contact, Document
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lookup import norm
from kijun.profile import Place
from kijun.repair import Repair, Step, repair
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation, situation
from planted import profiles
from test_gaps import CLEAN, SHARED

HERE = Place("repair")


def applied(found: Repair, told: Situation) -> Situation:
    """Return a situation in which every step of a repair was taken."""
    for number, step in enumerate(found.steps):
        told = _taken(step, told, f"urn:kijun:local:step/{number}", found.steps[step][0].kind)
    return told


def _taken(step: Step, told: Situation, iri: str, closes: str) -> Situation:
    who, concern, other = step.who or "", step.concern or "", step.other
    states = {"allocate": "satisfied", "provide": "provided", "satisfy": "satisfied"}
    states["evidence"] = other or ""
    if step.kind in states:
        row = Allocation(
            iri, step.system, concern, who, states[step.kind], None, False, "x", None, HERE
        )
        return told._replace(allocations=(*told.allocations, row))
    if step.kind == "lead":
        rows, led = [], False
        for one in told.allocations:
            here = (one.platform, one.concern) == (step.system, concern)
            lead = here and not led and one.state in ("provided", "responsibility")
            led = led or lead
            rows.append(one._replace(leads=lead if here else one.leads))
        return told._replace(allocations=tuple(rows))
    if step.kind == "rename":
        here = step.system, concern, who
        kept = [
            one._replace(state="satisfied", provider=None, evidence="x")
            if (one.platform, one.concern, one.party, one.provider) == (*here, who)
            else one
            for one in told.allocations
        ]
        return told._replace(allocations=tuple(kept))
    if step.kind == "document":
        made = Document(iri, "x", "x", step.system, "comprehensive", (who,), (), None, (HERE,))
        return told._replace(documents=(*told.documents, made))
    if step.kind == "agree":
        # Without a document it may be any of the platform's.
        other = other or next(d.iri for d in told.documents if d.platform == step.system)
        one = Agreement(iri, other, who, True, None, None, HERE)
        return told._replace(agreements=(*told.agreements, one))
    if step.kind == "contact":
        assert other is not None
        tie = Contact(iri, who, other, False, step.system, None, None, HERE)
        return told._replace(contacts=(*told.contacts, tie))
    assert (step.kind, closes) == ("redeclare", "misclassified")
    systems = [
        one._replace(shared=not one.shared) if one.iri == step.system else one
        for one in told.systems
    ]
    return told._replace(systems=tuple(systems))


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_a_repair_closes_every_hole(kg: KnowledgeGraph, first: int) -> None:
    made, _ = profiles(range(first, first + 50))
    told = situation(made, kg.find, lambda text: norm(kg.engine, text))
    asserted, state = asserted_part(kg.store), state_with(kg.state, told) or State("none", ())

    def examined(one: Situation) -> Boundary:
        return boundary(asserted, state, one)

    before = examined(told)
    found = repair(before, told)
    after = examined(applied(found, told))
    # A platform that is declared one only now has had nothing settled at its boundary yet.
    known = {hole.system for hole in before.holes if hole.kind == "misclassified"}
    assert not [hole for hole in after.holes if hole.system not in known]
    assert found.shared <= set(found.steps)
    assert len(found.steps) <= len(before.holes)


def test_the_example_needs_nine_steps_and_the_clean_one_none() -> None:
    rows = open_graph(profiles=[SHARED]).repair()
    assert len(rows) == 9
    assert all(row["in_all"] for row in rows)
    assert {row["norm"][:4] for row in rows} == {"6(3)"}
    assert not len(open_graph(profiles=[CLEAN]).repair())


def test_one_document_closes_what_rests_on_it(kg: KnowledgeGraph) -> None:
    from test_gaps import opened

    graph = opened()
    (step,) = graph.repair().where(step="document")
    assert step["who"] == "総務省"
    assert step["closes"] >= 2
    assert step["concern_iri"] == DOCUMENT
