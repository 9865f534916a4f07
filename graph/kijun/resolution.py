"""What the cells of profiles mean: names, marks, words of closed lists and dates, as terms.

Profiles are read together: a body that one of them adds has its name in all, and a mark that a
profile does not define itself means the one thing elsewhere that has it. What cannot be resolved
is a :class:`~kijun.profile.Finding` with its place and, where there are any, the nearest names.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from kijun import complaints, local_names
from kijun.corporate_numbers import check_digit
from kijun.eras import day_of
from kijun.errors import AmbiguousName, UnknownName
from kijun.names import Match, name_key
from kijun.profile import Finding, Place, Profile, Row
from kijun.profile_schema import BY_KEY, TABLES, TERMS, WORDS, Column, Table
from kijun.terms import LOCAL, NS

Value: TypeAlias = str | bool | datetime.date
"""What one cell holds: the IRI of a thing or a text (as its column says), yes or no, or a day."""

_APART = re.compile(r"[、，；;\n]")
_NUMBER = re.compile(r"[0-9]{13}")
_MARKED = {"systems": "system", "documents": "document"}
_MOST_SOUGHT = 40
"""For how many unknown names the nearest are sought: it takes long, and nobody reads them all."""


class Find(Protocol):
    """Returns what a name means in the registers, or raises UnknownName (``near``: with hints)."""

    def __call__(self, text: str, *, near: bool = True) -> Match:
        """Return what a name means."""
        ...


class Resolved(NamedTuple):
    """One row whose cells mean something: the node it describes, if any, and values by column.

    ``profile`` counts the profiles from 1.
    """

    table: Table
    profile: int
    node: str | None
    values: Mapping[str, tuple[Value, ...]]
    place: Place

    def one(self, key: str) -> str | None:
        """Return the IRI or text in a cell, None where it is empty."""
        found = self.values.get(key, ())
        return str(found[0]) if found else None

    def the(self, key: str) -> str:
        """Return the IRI or text in a cell that is never empty."""
        return str(self.values[key][0])

    def some(self, key: str) -> tuple[str, ...]:
        """Return the IRIs in a cell that may hold several."""
        return tuple(str(value) for value in self.values.get(key, ()))

    def yes(self, key: str) -> bool:
        """Say whether a cell says yes; an empty one does not."""
        return self.values.get(key, (False,))[0] is True

    def day(self, key: str) -> datetime.date | None:
        """Return the day in a cell, None where it is empty."""
        (found, *_) = self.values.get(key, (None,))
        return found if isinstance(found, datetime.date) else None


class Thing(NamedTuple):
    """What a row defines and others refer to: a body, a system, a document, a concern."""

    iri: str
    name: str


class Resolver:
    """Resolves the rows of some profiles; ``findings`` and ``labels`` grow as it goes.

    ``norm`` returns the IRI of a norm by its name, or raises UnknownName.
    """

    def __init__(self, profiles: Sequence[Profile], find: Find, norm: Callable[[str], str]) -> None:
        self.profiles = profiles
        self.find = find
        self.norm = norm
        self.findings: list[Finding] = []
        self.labels: dict[str, str] = {}
        self._matches: dict[str, Match | UnknownName] = {}
        self._unknown = 0
        self._told: set[str] = set()
        self._choices = {name: _by_word(words) for name, words in WORDS.items()}
        self._bodies = self._by_name("bodies", "body", ("name", "short"))
        self._concerns = self._by_name("concerns", "concern", ("name",))
        self._marked = {form: self._by_mark(form) for form in _MARKED.values()}
        self._lost: dict[tuple[str, int], list[tuple[str, Place]]] = {}

    def rows(self) -> Iterator[Resolved]:
        """Yield the rows that can be used, in the order of the tables and of the profiles.

        When all are out, the findings tell, once a table, what refers to a table without marks.
        """
        for table in TABLES:
            for number, profile in enumerate(self.profiles):
                for count, row in enumerate(profile.table(table.key), 1):
                    values = self._values(table, number, row)
                    if values is not None:
                        node = self._node(table, number, count, row)
                        yield Resolved(table, number + 1, node, values, row.place)
        for (form, number), lost in self._lost.items():
            table = BY_KEY[next(key for key, one in _MARKED.items() if one == form)]
            self.findings.append(complaints.no_marks(table, self.profiles[number], lost))

    def _values(self, table: Table, number: int, row: Row) -> dict[str, tuple[Value, ...]] | None:
        """Return what the cells mean, or None where one that is needed means nothing."""
        values: dict[str, tuple[Value, ...]] = {}
        whole = True
        for column in table.columns:
            text = row.get(column.key)
            place = row.place._replace(column=column.ja)
            if not text:
                if column.required:
                    self.findings.append(complaints.missing_cell(column, place))
                    whole = False
                continue
            parts = [part.strip() for part in _APART.split(text)] if column.many else [text]
            found = [self._value(column, part, number, place) for part in parts if part]
            known = tuple(dict.fromkeys(value for value in found if value is not None))
            if known:
                values[column.key] = known
            elif column.required:
                whole = False
        return values if whole else None

    def _node(self, table: Table, number: int, count: int, row: Row) -> str | None:
        if table.kind is None:
            return None
        match table.key:
            case "systems" | "documents":
                return self._marked[_MARKED[table.key]][number][mark_of(row.get("id"))].iri
            case "bodies":
                return self._bodies[name_key(row.get("name"))][0].iri
            case "concerns":
                return self._concerns[name_key(row.get("name"))][0].iri
            case "about":
                return f"{LOCAL}profile/{number + 1}"
            case _:
                return f"{LOCAL}{table.key}/{number + 1}-{count}"

    # Cells

    def _value(self, column: Column, text: str, number: int, place: Place) -> Value | None:
        match column.form:
            case "choice":
                return self._choice(column, text, place)
            case "date":
                day = day_of(text)
                return self._or(day, complaints.bad_date, text, place)
            case "number":
                digits = unicodedata.normalize("NFKC", text).replace("-", "").replace(" ", "")
                if _NUMBER.fullmatch(digits) and int(digits[0]) != check_digit(digits[1:]):
                    self.findings.append(complaints.wrong_digit(digits, place))
                    return None
                right = digits if _NUMBER.fullmatch(digits) else None
                return self._or(right, complaints.bad_number, text, place)
            case "id":
                return mark_of(text)
            case "body":
                return self._body(text, place)
            case "system" | "document":
                return self._reference(column.form, text, number, place)
            case "concern":
                return self._concern(text, place)
            case "norm":
                return self._norm(text, place)
            case _:
                return text

    def _or(
        self,
        value: Value | None,
        complaint: Callable[[str, Place], Finding],
        text: str,
        place: Place,
    ) -> Value | None:
        if value is None:
            self.findings.append(complaint(text, place))
        return value

    def _choice(self, column: Column, text: str, place: Place) -> Value | None:
        name = next(name for name, words in WORDS.items() if words is column.words)
        code = self._choices[name].get(name_key(text))
        if code is None:
            self.findings.append(complaints.unknown_choice(column, text, place))
            return None
        return NS + column.terms[code] if column.terms else code == "yes"

    def _body(self, text: str, place: Place) -> str | None:
        own = self._bodies.get(name_key(text), ())
        match = self.match(text, near=not own)
        known = {one.iri: one.name for one in own}
        if isinstance(match, Match):
            known[match.iri] = match.label
        if len(known) > 1 or isinstance(match, AmbiguousName):
            names = (*known.values(), *getattr(match, "candidates", ()))
            self.findings.append(complaints.ambiguous_body(text, names, place))
            return None
        if own:
            return own[0].iri
        if not isinstance(match, Match):
            near = complaints.nearest(text, [one.name for one in self._things(self._bodies)])
            near += match.candidates
            self.findings.append(complaints.unknown_body(text, near, place))
            return None
        if match.iri.startswith(NS):
            self.findings.append(complaints.no_body(text, place))
            return None
        if match.answers_through:
            match = self._behind(text, match.answers_through, place)
        self.labels[match.iri] = match.label
        return match.iri

    def _behind(self, text: str, iri: str, place: Place) -> Match:
        """Return who answers in the place of a body, and say so where it is named first."""
        behind = self.match(iri)
        assert isinstance(behind, Match)
        if text not in self._told:
            self._told.add(text)
            self.findings.append(complaints.answered_for(text, behind.label, place))
        return behind

    def match(self, text: str, *, near: bool = True) -> Match | UnknownName:
        """Return what a name means in the registers, or why it means nothing there."""
        if text not in self._matches:
            near = near and self._unknown < _MOST_SOUGHT
            try:
                self._matches[text] = self.find(text, near=near)
            except UnknownName as error:
                self._matches[text] = error
                self._unknown += near
        return self._matches[text]

    def _reference(self, form: str, text: str, number: int, place: Place) -> str | None:
        marked = self._marked[form]
        mark, key = mark_of(text), name_key(text)
        if mark in marked[number]:
            return marked[number][mark].iri
        things = {marks[mark] for marks in marked if mark in marks}
        things = things or {one for one in _all(marked) if key and name_key(one.name) == key}
        if len(things) == 1:
            return next(iter(things)).iri
        if things:
            names = sorted(one.name for one in things)
            self.findings.append(complaints.ambiguous_mark(form, text, names, place))
        elif not marked[number]:
            # Each of these cells may be right: it is the table that is wrong.
            self._lost.setdefault((form, number), []).append((text, place))
        else:
            known = [
                word for marks in marked for mark in marks for word in (mark, marks[mark].name)
            ]
            self.findings.append(complaints.dangling_mark(form, text, known, place))
        return None

    def _concern(self, text: str, place: Place) -> str | None:
        code = self._choices["concerns"].get(name_key(text))
        if code is not None:
            return NS + TERMS["concerns"][code]
        added = self._concerns.get(name_key(text))
        if added:
            return added[0].iri
        known = [pair[0] for pair in WORDS["concerns"].values()]
        known += [thing.name for thing in self._things(self._concerns)]
        self.findings.append(complaints.unknown_concern(text, known, place))
        return None

    def _norm(self, text: str, place: Place) -> str | None:
        try:
            return self.norm(text)
        except UnknownName as error:
            self.findings.append(complaints.unknown_norm(text, error.candidates, place))
            return None

    # What rows define

    def _by_name(self, table: str, kind: str, keys: Iterable[str]) -> Mapping[str, Sequence[Thing]]:
        """Return the things that a table adds, by each key of their names."""
        made: dict[str, Thing] = {}
        found: dict[str, list[Thing]] = {}
        for profile in self.profiles:
            for row in profile.table(table):
                name = row.get("name")
                if not name_key(name):
                    continue
                thing = Thing(f"{LOCAL}{kind}/{encoded(name)}", name)
                thing = made.setdefault(name_key(name), thing)
                for key in keys:
                    known = found.setdefault(name_key(row.get(key)), [])
                    if thing not in known:
                        known.append(thing)
        found.pop("", None)
        self.labels.update(made.values())
        return found

    def _things(self, found: Mapping[str, Sequence[Thing]]) -> Iterator[Thing]:
        return (thing for things in found.values() for thing in things)

    def _by_mark(self, form: str) -> list[dict[str, Thing]]:
        """Return what each profile defines, by its marks.

        What two profiles give one mark and one name is one thing. Where they give one mark to
        several things, the names are part of their IRIs.
        """
        table = next(table for table, one in _MARKED.items() if one == form)
        names: dict[str, dict[str, str]] = {}
        for row in (row for profile in self.profiles for row in profile.table(table)):
            mark, name = mark_of(row.get("id")), row.get("name")
            names.setdefault(mark, {}).setdefault(name_key(name), name)
        found = []
        for profile in self.profiles:
            own: dict[str, Thing] = {}
            for row in profile.table(table):
                mark, key = mark_of(row.get("id")), name_key(row.get("name"))
                name = names[mark][key]
                tail = f"/{encoded(name)}" if len(names[mark]) > 1 else ""
                thing = Thing(f"{LOCAL}{form}/{encoded(mark)}{tail}", name)
                if mark and mark in own:
                    place = row.place._replace(column="記号")
                    self.findings.append(complaints.duplicate_mark(form, mark, place))
                own.setdefault(mark, thing)
                self.labels[thing.iri] = name
            own.pop("", None)
            found.append(own)
        return found


def encoded(text: str) -> str:
    """Return a text as part of an IRI, the same for both ways of writing a letter with a mark.

    >>> encoded("共通 1")
    '共通%201'
    """
    return local_names.encoded(unicodedata.normalize("NFC", text))


def mark_of(text: str) -> str:
    """Return a mark as it is compared: full width makes no difference.

    >>> mark_of(" Ｐ１ ")
    'P1'
    """
    return unicodedata.normalize("NFKC", text).strip()


def _all(marked: Iterable[Mapping[str, Thing]]) -> Iterator[Thing]:
    return (thing for marks in marked for thing in marks.values())


def _by_word(words: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {name_key(word): code for code, pair in words.items() for word in (code, *pair)}
