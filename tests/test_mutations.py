"""The run of planted mistakes: that its page is of these rules, and that it tells right."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import mutation_report
import mutations
from kijun.content import ONTOLOGY, SITUATED, rule_files

PAGE = Path(__file__).parents[1] / "docs" / "mutations.md"


def _mutant(name: str, operator: str, change: str) -> mutations.Mutant:
    (found,) = (
        mutant
        for mutant in mutations.mutants()
        if (mutant.rule.name, mutant.operator) == (name, operator) and change in mutant.change
    )
    return found


def test_the_page_is_of_the_rules_as_they_are() -> None:
    assert mutation_report.read(PAGE.read_text(encoding="utf-8")) == mutation_report.counted(), (
        "the rules have changed since docs/mutations.md was written; run make mutations"
    )


def test_the_page_tells_which_files_it_covers() -> None:
    page = PAGE.read_text(encoding="utf-8")
    covered = {file for file, _ in mutation_report.read(page)}
    assert covered == {*(path.name for path in rule_files()), mutations.AXIOMS}
    there = {path.name for path in (ONTOLOGY / "rules").glob("*.lp")}
    assert there - covered <= set(SITUATED)
    assert all(f"`{name}`" in page for name in SITUATED)


def test_no_mutant_survives_on_the_page() -> None:
    assert re.search(r"^## Survivors\n\nNone\.$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_rule_has_a_mutant() -> None:
    assert all(planted for _, planted in mutation_report.counted().values())


def test_the_kinds_of_mistakes_are_those_that_are_named() -> None:
    assert {mutant.operator for mutant in mutations.mutants()} == set(mutations.OPERATORS)


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
