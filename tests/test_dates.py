"""Which registers are in use on a day, and how a day is written."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kijun import dates
from kijun.errors import BadInput


def used(day: date) -> tuple[str, tuple[str, ...]]:
    state = dates.state_at(day)
    assert state is not None
    return state.key, tuple(register.id for register in state.registers)


FIRST = ("2016-04-01", ("iaa-2016-04-01", "ministry-2016-04-01"))
DEFAULT = ("2016-10-12", ("iaa-2016-04-01", "ministry-2016-04-01", "designated-2016-10-12"))
LATEST = ("2026-04-01", ("iaa-2026-04-01", "ministry-2026-09-14", "designated-2016-10-12"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 4, 1), FIRST),
        (date(2016, 10, 11), FIRST),
        (date(2016, 10, 12), DEFAULT),
        (date(2026, 3, 31), DEFAULT),
        (date(2026, 4, 1), LATEST),
        (date(2026, 9, 14), LATEST),
        (date(9999, 12, 31), LATEST),
    ],
)
def test_the_state_of_a_day(day: date, expected: tuple[str, tuple[str, ...]]) -> None:
    assert used(day) == expected


def test_before_the_first_register_there_is_no_state() -> None:
    assert dates.state_at(date(2016, 3, 31)) is None


def test_the_default_day_is_the_first_with_all_three_kinds() -> None:
    assert dates.DEFAULT_DAY.isoformat() == "2016-10-12"
    assert used(dates.DEFAULT_DAY) == DEFAULT


def test_all_states_and_their_keys() -> None:
    assert [state.key for state in dates.states()] == ["2016-04-01", "2016-10-12", "2026-04-01"]


def test_notes_say_what_a_later_state_cannot_confirm() -> None:
    assert dates.states()[0].notes() == ()
    assert dates.states()[1].notes() == ()
    later = dates.states()[2]
    assert any("2026年9月14日" in note and "デジタル庁2021年" in note for note in later.notes())
    assert any("unconfirmed" in note for note in later.notes("en"))
    assert len(later.notes()) == len(later.notes("en")) == 2


def test_a_day_between_the_registers_is_said_to_be_one() -> None:
    state = dates.states()[1]
    assert state.notes("en", date(2016, 10, 12)) == ()
    assert "2016-10-12" in state.notes("en", date(2020, 1, 1))[0]
    assert "2016-10-12" in state.notes("ja", date(2020, 1, 1))[0]


def test_every_register_has_source_confidence_and_labels() -> None:
    for register in dates.registers():
        assert register.source
        assert register.confidence in {"found", "derived", "recalled"}
        assert set(register.label) == set(register.scope) == {"ja", "en"}


@pytest.mark.parametrize("text", ["2016-10-12", "2024-02-29", "0001-01-01"])
def test_a_day_is_read(text: str) -> None:
    assert dates.parse_day(text).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016",
        "2016-4-1",
        "20160401",
        "2016-W14-5",
        "2016-02-30",
        "2015-02-29",
        "2016/04/01",
        "２０16-04-01",
        " 2016-04-01",
        "2016-04-01\n",
        "平成28年4月1日",
        "today",
        "0000-01-01",
    ],
)
def test_what_is_no_day_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadInput, match="YYYY-MM-DD") as caught:
        dates.parse_day(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["2016-10-12", "2016/10/12", "平成28年10月12日", "Ｈ28.10.12", "平成二十八年十月十二日"]
)
def test_a_day_is_asked_for_in_any_form_that_profiles_take(text: str) -> None:
    assert dates.asked_day(text) == dates.DEFAULT_DAY


@pytest.mark.parametrize("text", ["平成32年10月12日", "28-10-12", "10/12/2016", "平成28年○月○日"])
def test_a_day_that_is_none_or_two_is_refused_with_both_forms(text: str) -> None:
    with pytest.raises(BadInput, match="no such day; write YYYY-MM-DD or 平成28年10月12日"):
        dates.asked_day(text)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("iaa-2016-04-01,iaa", "iaa-2016-04-01,agency", "row 2"),
        ("ministry-2016-04-01,ministry,2016-04-01", "ministry-2016-04-01,ministry,2016-04-31", "3"),
        ("ministry-2016-04-01,", "iaa-2016-04-01,", "row 3"),
        ("used_from", "from", "row 1"),
    ],
)
def test_a_wrong_table_is_named_with_its_row(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    text = dates.REGISTERS.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "registers.csv"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"registers\.csv.*{place}"):
        dates.registers(wrong)


def test_names_and_dates_load_nothing_heavy() -> None:
    code = "import sys, kijun.names; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"rdflib", "networkx", "clingo", "difflib", "dataclasses", "inspect", "zipfile"}
    assert not loaded & heavy
