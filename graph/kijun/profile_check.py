"""Everything wrong with what users wrote: all findings at once, each told once, in order.

Readers find what is wrong with cells and sheets, the situation what cannot be resolved, shapes and
the comparisons of :mod:`kijun.spellings`, :mod:`kijun.repetitions`, :mod:`kijun.bygone_names` and
:mod:`kijun.counterparts` what does not fit together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kijun import lookup
from kijun.bygone_names import bygone_findings
from kijun.counterparts import counterpart_findings
from kijun.dates import state_needed_at
from kijun.errors import UnknownName
from kijun.names import Match
from kijun.profile import Finding, Place, Reading, several
from kijun.profile_schema import TABLES
from kijun.repetitions import repetition_findings
from kijun.root_faults import root_faults
from kijun.shape_findings import other_names, shape_findings
from kijun.situation import Situation, situation
from kijun.spellings import spelling_findings
from kijun.standing import Graph
from kijun.terms import ID

_NAMES = {table.key: (table.ja, table.key) for table in TABLES}
_SHEETS = {name: place for place, table in enumerate(TABLES) for name in (table.ja, table.key)}
_COLUMNS = {
    (table.ja, column.ja): place for table in TABLES for place, column in enumerate(table.columns)
}


class Checked(NamedTuple):
    """What profiles say together, and everything that was found wrong in them."""

    situation: Situation
    findings: tuple[Finding, ...]


def checked(readings: Sequence[Reading], graph: Graph) -> Checked:
    """Return what profiles say, with all findings: in the order of the files, sheets and rows.

    Raises:
        BadInput: the day is before the first register; MissingExtra: without the extra ``check``.
    """
    state = state_needed_at(graph.day)
    profiles = [reading.profile for reading in readings]
    found = situation(profiles, graph.find, lambda text: lookup.norm(graph.engine, text))
    read = [finding for reading in readings for finding in reading.findings]
    told = _Told(root_faults(read, found.findings))
    told.add(bygone_findings(graph.store, state, _named(readings, graph)))
    told.add(one for one in shape_findings(found, graph.store) if not told.explained(one))
    told.add(one for one in repetition_findings(found.rows) if not told.explained(one))
    told.add(spelling_findings(profiles))
    told.add(counterpart_findings(found.rows, found.labels))
    sources = [profile.source for profile in profiles]
    return Checked(found, tuple(sorted(told.findings, key=lambda one: _order(one, sources))))


def _named(readings: Iterable[Reading], graph: Graph) -> Iterator[tuple[str, Match, Place]]:
    """Yield each name of a registered body as it is written, what it means, and where."""
    matches: dict[str, Match | None] = {}
    for reading in readings:
        for table in TABLES:
            for row in reading.profile.table(table.key):
                for column in table.columns:
                    text = row.get(column.key) if column.form == "body" else ""
                    for part in several(text) if column.many else filter(None, (text,)):
                        if part not in matches:
                            matches[part] = _match(part, graph)
                        match = matches[part]
                        if match is not None and match.iri.startswith(ID):
                            yield part, match, row.place._replace(column=column.ja)


def _match(text: str, graph: Graph) -> Match | None:
    try:
        return graph.find(text, near=False)
    except UnknownName:
        return None


_OF_PARTIES = {name for key in ("systems", "layers", "connections") for name in _NAMES[key]} | {""}
"""The tables that say who is party to a platform; of RDF, whose errors name none, all of it."""

_ON_PARTIES = (
    *("no-party", "agreement-outside", "rules-not-by-operator"),
    *("no-layers", "no-operator", "unmanaged"),
)
"""The kinds of findings that may only follow from a row of such a table that was left out."""


class _Told:
    """The findings so far, so that a later look does not say again what an earlier one said."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: dict[Finding, None] = {}
        self._kinds: set[tuple[str, Place]] = set()
        self._errors: set[Place] = set()
        self._parties_unsure = False
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings that are not there yet."""
        for one in list(findings):
            self.findings.setdefault(one)
            self._kinds.add((one.kind, one.place))
            if one.severity == "error":
                self._errors |= {one.place, _row(one.place)}
                self._parties_unsure |= _table(one.place) in _OF_PARTIES

    def explained(self, one: Finding) -> bool:
        """Say whether a finding has been told of its cell or row, or follows from what has."""
        if one.kind in ("missing-cell", "contradiction", "wrong-value"):
            return _row(one.place) in self._errors
        if one.kind in _ON_PARTIES and self._parties_unsure:
            return True
        if one.kind == "repeated-row":
            return ("contradiction", one.place) in self._kinds
        named = {one.kind, other_names().get(one.kind, one.kind)}
        places = (one.place, _row(one.place))
        return any((kind, place) in self._kinds for kind in named for place in places)


def _row(place: Place) -> Place:
    return place._replace(column="")


def _table(place: Place) -> str:
    """Return the name of the table where something stands; of RDF, the empty string."""
    name = place.file.rpartition("/")[2]
    return place.sheet or (name.removesuffix(".csv") if name.endswith(".csv") else "")


def _order(one: Finding, sources: Sequence[str]) -> tuple[object, ...]:
    """Return what findings are sorted by: file, sheet, row and column as they stand there."""
    place = one.place
    # A folder of CSV has a file for each table.
    source = next((s for s in sources if place.file == s or place.file.startswith(f"{s}/")), "")
    sheet = place.sheet or place.file.removeprefix(f"{source}/").removesuffix(".csv")
    return (
        sources.index(source) if source else len(sources),
        _SHEETS.get(sheet, -1),
        place.row or 0,
        place.node,
        _COLUMNS.get((sheet, place.column), -1),
        one.severity,
        one.kind,
        one.said,
    )
