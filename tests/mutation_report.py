"""The pages ``docs/mutations*.md``: how many planted mistakes are caught.

``python tests/mutation_report.py -o docs`` runs every mutant and writes both pages, ``--only NAME``
one of them; the same rules and expectations give the same page, byte by byte.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import boundary_mutations
import mutations
from mutations import AXIOMS, HELPERS, IDLE, IMPLIED, OPERATORS, Mutant, Outcome, Rule, run

Counted = dict[tuple[str, str], tuple[int, int]]
"""By file and rule: how many rules have that name and how many mutants they make."""

_VERDICTS = ("killed", "equivalent", "survived")

_HEAD = """\
# Mistakes planted in the rules

Written by `make mutations`; do not edit. Each rule of the files below, and each rule compiled from
the class axioms of `ontology/terms`, is given one mistake at a time. The mutant is derived in place
of its rule over small governments (thirteen real bodies with invented systems, norms and
directions, and one that is invented altogether), and what must hold there, by
`tests/test_derivation.py` and the `tests/test_*_in_full.py`, is put to what comes out.

- *killed*: an expectation fails, or the derivation itself stops or never ends;
- *equivalent*: the same triples follow on all governments, so no expectation could tell;
- *survived*: something else follows, and no expectation says so.

Equivalent mutants are not counted as killed: the score is killed / (killed + survived).
"""

_ELSEWHERE = """\
Covered are the files in this table; `boundaries.lp` and `repair.lp`, which are grounded only with
what a user describes, have [a page of their own](mutations-boundaries.md).
"""

_BOUNDARIES_HEAD = """\
# Mistakes planted in the rules on boundaries

Written by `make mutations`; do not edit. It is the sequel of [mutations.md](mutations.md) for the
rules that are grounded only with what a user describes. A mutant of `boundaries.lp` is derived in
place of its rule over three situations (by hand, with a planted hole of every kind, and of profiles
made by chance in which anything may be amiss). What must hold there is said without the rules: the
holes by SPARQL written from the definitions (`queries/checks/holes-*.rq`), all else in plain Python
(`tests/plain_boundary.py`). A mutant of `repair.lp` chooses steps for sixty small sets of holes, of
which every smallest repair is found by trying all.

- *killed*: what comes out is something else, or it stops or never ends;
- *equivalent*: the same comes out, so nothing could tell;
- *survived*: does not occur here, as all that answers read is compared.

The score is killed / (killed + survived).
"""

_BOUNDARIES_NOTE = """\
Lines between bodies, and which systems are platforms, come from the rules of
[the other page](mutations.md).
"""

_NOT_PLANTED = """\
A mistake that makes a rule unsafe is not planted, as clingo refuses it. Nor is a lost `rule(name)`:
`test_every_rule_is_needed` switches each name off and fails where nothing changes.
"""


class Subject(NamedTuple):
    """The rules of one page: what they are, the mistakes in them, and who judges these."""

    head: str
    note: str
    rules: Callable[[], tuple[Rule, ...]]
    mutants: Callable[[], tuple[Mutant, ...]]
    judge: Callable[[Mutant], Outcome] | None = None
    ready: Callable[[], None] | None = None


SUBJECTS = {
    "mutations": Subject(_HEAD, _ELSEWHERE, mutations.rules, mutations.mutants),
    "mutations-boundaries": Subject(
        _BOUNDARIES_HEAD,
        _BOUNDARIES_NOTE,
        boundary_mutations.rules,
        boundary_mutations.mutants,
        boundary_mutations.outcome,
        boundary_mutations.ready,
    ),
}
"""The pages by name."""


def counted(subject: Subject) -> Counted:
    """Return the rules by file and name, with the number of their mutants."""
    planted = Counter((mutant.rule.file, mutant.rule.name) for mutant in subject.mutants())
    there = Counter((rule.file, rule.name) for rule in subject.rules())
    return {place: (number, planted[place]) for place, number in there.items()}


def read(page: str) -> Counted:
    """Return what a page says of the rules and of how many mutants they made."""
    found: Counted = {}
    file = ""
    for line in page.splitlines():
        if heading := re.fullmatch(r"### `(.+)`", line):
            file = heading[1]
        elif file and (row := re.fullmatch(r"\| `(.+)` \| (\d+) \| (\d+) \|(?: \d+ \|){3}", line)):
            found[file, row[1]] = (int(row[2]), int(row[3]))
    return found


def page(subject: Subject, outcomes: Sequence[Outcome]) -> str:
    """Return the page for the outcomes of all mutants of a subject."""
    by_file: dict[str, list[Outcome]] = defaultdict(list)
    by_rule: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        rule = outcome.mutant.rule
        by_file[rule.file].append(outcome)
        by_rule[rule.file, rule.name].append(outcome)
    names = Counter(rule.file for rule in subject.rules())
    lines = [subject.head, "## Score", "", _score(outcomes), "", subject.note]
    lines += _table("file", ((file, names[file], found) for file, found in by_file.items()))
    lines += _table("in all", [("all", sum(names.values()), outcomes)])[2:]
    lines += ["", "## The kinds of mistakes", "", "| kind | what it does | mutants | killed |"]
    lines.append("|---|---|---:|---:|")
    for operator, meaning in OPERATORS.items():
        of_kind = [one for one in outcomes if one.mutant.operator == operator]
        if not of_kind:
            continue
        killed = sum(one.verdict == "killed" for one in of_kind)
        lines.append(f"| {operator} | {meaning} | {len(of_kind)} | {killed} |")
    lines += ["", _NOT_PLANTED, "## Rule by rule", ""]
    for file in by_file:
        rows = (
            (name, number, by_rule[place, name])
            for (place, name), (number, _) in counted(subject).items()
            if place == file
        )
        lines += [f"### `{file}`", "", *_table("rule", rows), ""]
    lines += ["## Survivors", ""]
    survivors = [_shown(one) for one in outcomes if one.verdict == "survived"]
    lines += survivors or ["None."]
    lines += ["", "## Equivalent mutants", "", *_equivalent(outcomes)]
    return "\n".join(lines).rstrip() + "\n"


def _score(outcomes: Sequence[Outcome]) -> str:
    verdicts = Counter(one.verdict for one in outcomes)
    judged = verdicts["killed"] + verdicts["survived"]
    stopped = sum(one.reason.startswith(("the derivation", "it never")) for one in outcomes)
    return (
        f"**{verdicts['killed']} of {judged}** mutants that change something are killed "
        f"({100 * verdicts['killed'] / judged:.1f} %), {stopped} of them because the derivation "
        f"stops or never ends; {verdicts['equivalent']} more are equivalent."
    )


def _table(first: str, rows: Iterable[tuple[str, int, Sequence[Outcome]]]) -> list[str]:
    found = [f"| {first} | rules | mutants | killed | equivalent | survived |"]
    found.append("|---|---:|---:|---:|---:|---:|")
    for name, number, outcomes in rows:
        verdicts = Counter(one.verdict for one in outcomes)
        cells = [number, len(outcomes), *(verdicts[verdict] for verdict in _VERDICTS)]
        found.append(f"| `{name}` | {' | '.join(map(str, cells))} |")
    return found


def _shown(outcome: Outcome) -> str:
    mutant = outcome.mutant
    place = f"`{mutant.rule.file}`, `{mutant.rule.name}`"
    return f"- {place}: {mutant.operator}, {mutant.change} ({outcome.reason})"


def _equivalent(outcomes: Sequence[Outcome]) -> list[str]:
    lines = []
    for reason in (IDLE, HELPERS, IMPLIED):
        of_reason = [one for one in outcomes if one.reason == reason]
        lines += [f"### {reason[0].upper()}{reason[1:]} ({len(of_reason)})", ""]
        axioms = Counter(
            one.mutant.rule.name for one in of_reason if one.mutant.rule.file == AXIOMS
        )
        lines += [f"- compiled axioms, `{name}`: {number}" for name, number in axioms.items()]
        for one in of_reason:
            if one.mutant.rule.file != AXIOMS:
                mutant = one.mutant
                lines.append(f"- `{mutant.rule.name}`: {mutant.operator}, {mutant.change}")
        lines.append("")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every mutant, write the page, and return 1 where one has survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--only", choices=SUBJECTS, help="write only this page")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    chosen = parser.parse_args(arguments)
    survived = False
    for name in [chosen.only] if chosen.only else SUBJECTS:
        subject = SUBJECTS[name]
        if subject.ready is not None:
            subject.ready()
        outcomes = run(subject.mutants(), workers=chosen.workers, judge=subject.judge)
        (chosen.output / f"{name}.md").write_text(page(subject, outcomes), encoding="utf-8")
        print(name, _score(outcomes).replace("*", ""), sep=": ")
        survived |= any(one.verdict == "survived" for one in outcomes)
    return int(survived)


_Plain = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    sys.exit(main())
