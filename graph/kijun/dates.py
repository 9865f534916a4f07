"""Which registers of bodies an answer for one day rests on.

The registers (``ontology/registers/registers.csv``) are lists of bodies as they were on a date.
From its ``used_from`` day on, a register replaces the earlier one of its kind; the set of
registers in use on a day is a *state*, and there are only as many states as such days.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kijun.content import ONTOLOGY
from kijun.errors import BadInput
from kijun.saying import worded
from kijun.terms import ID, LOCAL

DEFAULT_DAY = datetime.date(2016, 10, 12)
"""The first day on which all three kinds of corporations existed."""

REGISTERS = ONTOLOGY / "registers" / "registers.csv"
"""The table of registers."""

KINDS = ("iaa", "ministry", "designated")
"""The kinds of registers: 独立行政法人, organs of the state, 指定法人."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXTS = ("label", "note", "carried", "scope")
_COLUMNS = "id kind register_date used_from co_supervision_as_of source confidence " + " ".join(
    f"{name}_{lang}" for name in _TEXTS for lang in ("ja", "en")
)


class Register(NamedTuple):
    """One list of bodies, as it was on ``date``, consulted from ``used_from`` on.

    ``notes`` is told with every answer that rests on it and ``carried`` once a later register of
    another kind has come into use beside it; ``scope`` says what the list itself leaves open.
    These three and ``label`` map ``ja`` and ``en`` to a sentence, or to nothing.
    ``co_supervision`` is the date that the table of joint supervision gives for this register.
    """

    id: str
    kind: str
    date: datetime.date
    used_from: datetime.date
    co_supervision: str
    label: dict[str, str]
    notes: dict[str, str]
    carried: dict[str, str]
    scope: dict[str, str]
    source: str
    confidence: str

    @property
    def iri(self) -> str:
        """The node of the register; one that users write has its whole IRI for its id."""
        return self.id if self.id.startswith(LOCAL) else f"{ID}register/{self.id}"


class State(NamedTuple):
    """The registers in use on a day; ``key`` is the day from which just these are in use."""

    key: str
    registers: tuple[Register, ...]

    def notes(self, lang: str = "ja", day: datetime.date | None = None) -> tuple[str, ...]:
        """Return what a reader of an answer should be told about these registers.

        ``lang`` is ``ja`` or ``en``. ``day`` is the day that was asked for: where it is not the
        first day of the state, one more note says that later changes are not in the data.
        """
        told = []
        if day is not None and day.isoformat() != self.key:
            told.append(
                f"{day}の答えは{self.key}から用いる名簿による。その間の変更は反映していない。"
                if lang == "ja"
                else f"The answer for {day} rests on the registers used from {self.key}; "
                "changes between these days are not applied."
            )
        for register in self.registers:
            # A register is carried over when it is older than the state and nothing newer came.
            later = register.carried if register.used_from.isoformat() < self.key else {}
            told.extend(text for text in (register.notes.get(lang), later.get(lang)) if text)
        return tuple(told)


def asked_day(text: str) -> datetime.date:
    """Read a day as a person writes it: ``YYYY-MM-DD``, or any form that profiles take.

    >>> asked_day("平成28年10月12日"), asked_day("2016/10/12")
    (datetime.date(2016, 10, 12), datetime.date(2016, 10, 12))

    Raises:
        BadInput: no such day, or one that could be two.
    """
    if not _DAY.fullmatch(text):
        from kijun.eras import day_of

        day = day_of(text)
        if day is not None:
            return day
    return parse_day(text)


def parse_day(text: str) -> datetime.date:
    """Read a day written as ``YYYY-MM-DD``, as in the tables of registers.

    >>> parse_day("2016-10-12")
    datetime.date(2016, 10, 12)

    Raises:
        BadInput: any other form, or a day that no calendar has.
    """
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:40])
    raise BadInput(
        worded('date "{text}": no such day; write YYYY-MM-DD or 平成28年10月12日', text=shown)
    )


def state_at(day: datetime.date) -> State | None:
    """Return the state of the registers on a day, or None before the first register."""
    newest: dict[str, Register] = {}
    for register in registers():
        if register.used_from <= day:
            newest[register.kind] = register
    if not newest:
        return None
    used = tuple(newest[kind] for kind in KINDS if kind in newest)
    return State(max(register.used_from for register in used).isoformat(), used)


def state_needed_at(day: datetime.date) -> State:
    """Return the state of the registers on a day, for what says nothing true without one.

    Raises:
        BadInput: the day is before the first register.
    """
    state = state_at(day)
    if state is None:
        first = min(register.used_from for register in registers())
        raise BadInput(
            worded(
                "no register in the data is as old as {day}, so nothing is said of profiles on "
                "that day; choose a day from {first} on",
                day=day,
                first=first,
            )
        )
    return state


def states() -> tuple[State, ...]:
    """Return every state there is, the earliest first."""
    days = sorted({register.used_from for register in registers()})
    return tuple(state for day in days if (state := state_at(day)))


@cache
def registers(path: Path = REGISTERS) -> tuple[Register, ...]:
    """Return the registers of a table, the earliest used first.

    Raises:
        BadInput: a column is missing, a kind is unknown, a date is none or an id comes twice.
    """
    found: dict[str, Register] = {}
    for place, row in rows(path, _COLUMNS):
        try:
            register = _register(row)
        except BadInput as error:
            raise BadInput(f"{place}: {error}") from error
        if register.id in found:
            raise BadInput(f"{place}: {register.id} comes twice; remove one")
        found[register.id] = register
    return tuple(sorted(found.values(), key=lambda register: (register.used_from, register.id)))


def rows(path: Path, columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a table with its place (``file, row n``), for use in errors.

    Raises:
        BadInput: the file cannot be read, is not UTF-8, lacks a column or has a ragged row.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error.reason
        raise BadInput(f"{path.name}: cannot be read as UTF-8 text ({why})") from error
    lines = text.removesuffix("\n").split("\n")
    header = next(csv.reader(lines[:1]), [])
    for column in columns.split():
        if column not in header:
            raise BadInput(f"{path.name}, row 1: column {column} is missing; add it")
    # No cell holds a line break, so a quote left open is found on its own line.
    for number, line in enumerate(lines[1:], 2):
        cells = next(csv.reader([line]), [])
        if len(cells) != len(header) or line.count('"') % 2:
            raise BadInput(f"{path.name}, row {number}: not {len(header)} cells; mend the commas")
        yield f"{path.name}, row {number}", dict(zip(header, cells, strict=True))


def _register(row: dict[str, str]) -> Register:
    if row["kind"] not in KINDS:
        raise BadInput(f'kind "{row["kind"]}" is unknown; use one of {", ".join(KINDS)}')
    label, notes, carried, scope = (
        {lang: row[f"{name}_{lang}"] for lang in ("ja", "en") if row[f"{name}_{lang}"]}
        for name in _TEXTS
    )
    return Register(
        id=row["id"],
        kind=row["kind"],
        date=parse_day(row["register_date"]),
        used_from=parse_day(row["used_from"]),
        co_supervision=row["co_supervision_as_of"],
        label=label,
        notes=notes,
        carried=carried,
        scope=scope,
        source=row["source"],
        confidence=row["confidence"],
    )
