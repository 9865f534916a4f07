"""Each kind of hole has a passing and a failing example, with the expected report beside it.

``expected.csv`` of ``tests/profiles/KIND`` follows decision 0007, row by row. The shipped
examples show every kind and nothing else, or nothing at all.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import kijun
from kijun.boundary import KINDS
from kijun.profile_command import EXAMPLES
from kijun.profile_files import read
from kijun.profiling import example

PROFILES = Path(__file__).with_name("profiles")
COLUMNS = ("kind", "platform", "system", "parties", "concern", "norm")


def report(profile: object) -> list[dict[str, str]]:
    rows = kijun.open(profile).gaps()  # type: ignore[arg-type]
    return [
        {
            key: "、".join(sorted(row[key])) if key == "parties" else row[key] or ""
            for key in COLUMNS
        }
        for row in rows
    ]


def expected(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kind_has_its_examples() -> None:
    assert sorted(place.name for place in PROFILES.iterdir() if place.is_dir()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["pass", "fail"])
def test_an_example_reads_without_a_finding(kind: str, side: str) -> None:
    assert not read(PROFILES / kind / side).findings


@pytest.mark.parametrize("kind", KINDS)
def test_a_passing_example_has_no_hole(kind: str) -> None:
    assert report(PROFILES / kind / "pass") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_failing_example_has_just_the_holes_that_were_expected(kind: str) -> None:
    found = report(PROFILES / kind / "fail")
    wanted = expected(PROFILES / kind / "expected.csv")
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert {row["kind"] for row in found} == {kind}


def test_the_shared_platform_shows_every_kind_and_nothing_else() -> None:
    found = report(example("shared-platform"))
    wanted = expected(PROFILES / "shared-platform.csv")
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert {row["kind"] for row in found} == set(KINDS)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "shared-platform"])
def test_the_other_examples_have_no_hole(name: str) -> None:
    assert report(example(name)) == []
