"""The run of planted mistakes: that its page is of these rules, and that it tells right."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import boundary_mutations
import mutation_report
import mutations
from kijun.content import ONTOLOGY

DOCS = Path(__file__).parents[1] / "docs"


def _mutant(name: str, operator: str, change: str) -> mutations.Mutant:
    (found,) = (
        mutant
        for mutant in mutations.mutants()
        if (mutant.rule.name, mutant.operator) == (name, operator) and change in mutant.change
    )
    return found


SUBJECTS = pytest.mark.parametrize("name", mutation_report.SUBJECTS)


def _page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@SUBJECTS
def test_the_page_is_of_the_rules_as_they_are(name: str) -> None:
    counted = mutation_report.counted(mutation_report.SUBJECTS[name])
    assert mutation_report.read(_page(name)) == counted, (
        f"the rules have changed since docs/{name}.md was written; run make mutations"
    )


def test_the_pages_cover_every_file() -> None:
    covered = {
        file for name in mutation_report.SUBJECTS for file, _ in mutation_report.read(_page(name))
    }
    there = {path.name for path in (ONTOLOGY / "rules").glob("*.lp")}
    assert covered == {*there, mutations.AXIOMS}


@SUBJECTS
def test_no_mutant_survives_on_the_page(name: str) -> None:
    assert re.search(r"^## Survivors\n\nNone\.$", _page(name), re.MULTILINE)


@SUBJECTS
def test_every_rule_has_a_mutant(name: str) -> None:
    counted = mutation_report.counted(mutation_report.SUBJECTS[name])
    assert all(planted for _, planted in counted.values())


def test_the_kinds_of_mistakes_are_those_that_are_named() -> None:
    planted = (*mutations.mutants(), *boundary_mutations.mutants())
    assert {mutant.operator for mutant in planted} == set(mutations.OPERATORS)


def test_a_mutant_is_killed_and_another_is_equivalent() -> None:
    forgotten = _mutant("class", "drop condition", "none(confined(N))")
    # An axiom on things that no register and no norm names has nothing to act on.
    idle = next(
        mutant
        for mutant in mutations.mutants()
        if mutant.operator == "drop rule" and 'type(X,"kijun:Law")' in mutant.rule.text
    )
    killed, equivalent = mutations.run([forgotten, idle], workers=2)
    assert killed.verdict == "killed"
    assert killed.reason.startswith("test_")
    assert (equivalent.verdict, equivalent.reason) == ("equivalent", mutations.IDLE)


def test_a_worker_that_fails_is_no_kill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutations, "outcome", lambda _: os._exit(3))
    with pytest.raises(RuntimeError, match="ended with 3"):
        mutations.run(mutations.mutants()[:1], workers=1)


def test_mistakes_in_rules_on_boundaries_are_told() -> None:
    found = boundary_mutations.mutants()
    (unmet,) = (
        one for one in found if (one.rule.name, one.operator) == ("hole_unmet", "drop rule")
    )
    (fewest,) = (one for one in found if one.change == "the most instead of the fewest")
    boundary_mutations.ready()
    killed = mutations.run([unmet, fewest], workers=1, judge=boundary_mutations.outcome)
    assert [one.reason for one in killed] == ["holes-unmet in SPARQL", "the choice, by trying all"]
