"""An answer as table, JSON, CSV, XLSX or Turtle.

What an answer must say first (that the edition is not in force, on which register it
rests) are its notes. JSON is a bare list, so there the caller says them on stderr.
CSV has them in a first column ``note`` on every row: the file begins with them, stays
rectangular for every reader, and a row that is copied or filtered keeps its caveat.
XLSX has them above the header, Turtle in leading comments, a table in a file on top.

CSV keeps each cell from running as a formula by a leading apostrophe, which a reader
may strip from cells whose second character is one of ``= + - @`` (or full-width).
Lists are joined by ``"; "``; a route is one line for each of its legs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from kijun.cells import neutral, plain
from kijun.delivery import to_file, to_stream
from kijun.errors import BadInput
from kijun.lines import visible, wrap
from kijun.saying import listing, worded
from kijun.tables import Column, Row, render
from kijun.terms import ID, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Triple

FORMATS = ("table", "json", "csv", "xlsx", "turtle")

Describe = Callable[[Sequence[str]], "Iterable[Triple]"]
"""Returns the triples to show for some nodes, given by IRI."""

_SUFFIXES = {".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".ttl": "turtle", ".txt": "table"}
_ENDINGS = {**_SUFFIXES, ".html": "html", ".htm": "html", ".svg": "svg", ".jsonld": "jsonld"}
_KIND = re.compile(re.escape(ID) + "([a-z]+)/")
# Controls, bidirectional and zero-width signs that no escape-free text may carry.
_HIDDEN_IN_JSON = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# The same without what a Turtle name may contain: names cannot hold \u escapes.
_HIDDEN_IN_TURTLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]"
)


class Answer:
    """Rows with what is needed to show them in any format; it does not change.

    ``rows`` hold JSON-ready values by key: str, int, bool, None, a list of str, or a
    list of such rows. ``columns`` fix the order of the keys; a key that a row lacks is
    null, a key without a column follows the others. ``notes`` are sentences in the
    reader's language, ``nodes`` the IRIs behind the rows.
    """

    __slots__ = ("columns", "kind", "nodes", "notes", "rows", "title")

    kind: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    notes: Sequence[str]
    nodes: Sequence[str]
    title: str

    def __init__(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Sequence[Row],
        notes: Sequence[str] = (),
        nodes: Sequence[str] = (),
        title: str = "",
    ) -> None:
        self._set(kind=kind, columns=columns, rows=rows, notes=notes, nodes=nodes, title=title)

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} is fixed: an answer does not change")

    def _replace(self, **changes: object) -> Self:
        """Return the same answer with some of its parts replaced."""
        other = object.__new__(type(self))
        kept = (name for kind in type(self).__mro__ for name in getattr(kind, "__slots__", ()))
        other._set(**{name: getattr(self, name) for name in kept} | changes)
        return other


def write_answer(
    answer: Answer,
    form: str,
    out: Path | str | None = None,
    *,
    lang: str = "ja",
    width: int | None = 100,
    ambiguous: int = 1,
    describe: Describe | None = None,
    stream: BinaryIO | None = None,
) -> None:
    """Write an answer to a file, or to standard output if ``out`` is None or ``"-"``.

    ``stream`` takes the place of standard output. See :func:`answer_bytes` for the
    rest and :mod:`kijun.delivery` for how a file is replaced.

    Raises:
        BadInput: no such format, a place that cannot be written, XLSX to a terminal.
    """
    to_disk = out is not None and str(out) != "-"
    data = answer_bytes(
        answer,
        form,
        lang=lang,
        width=width,
        ambiguous=ambiguous,
        describe=describe,
        noted=to_disk,
    )
    if out is not None and to_disk:
        to_file(data, out)
    else:
        to_stream(data, stream, binary=form == "xlsx")


def answer_bytes(
    answer: Answer,
    form: str,
    *,
    lang: str = "ja",
    width: int | None = 100,
    ambiguous: int = 1,
    describe: Describe | None = None,
    noted: bool = True,
) -> bytes:
    """Return an answer in one format: the same bytes for the same answer.

    ``width``, ``ambiguous`` and ``noted`` (begin with the notes) are for tables,
    ``lang`` for tables and XLSX, ``describe`` for Turtle.

    Raises:
        BadInput: no such format, or Turtle of an answer with no nodes behind it.
    """
    if form == "table":
        text = render(answer.columns, answer.rows, width=width, lang=lang, ambiguous=ambiguous)
        if noted and answer.notes:
            told = [line for note in answer.notes for line in wrap(note, width, ambiguous)]
            text = "\n".join([*told, "", text])
        return text.encode()
    if form == "json":
        return _json(answer)
    if form == "csv":
        return _csv(answer)
    if form == "xlsx":
        from kijun.workbook import workbook_bytes

        columns, rows = flat(answer)
        return workbook_bytes(answer.title or answer.kind, answer.notes, columns, rows, lang)
    if form == "turtle":
        return _turtle(answer, describe)
    raise BadInput(
        worded(
            'no format is called "{form}"; choose one of {known}',
            form=visible(form),
            known=listing(FORMATS),
        )
    )


def format_for(out: Path | str | None, given: str | None = None) -> str:
    """Return the format asked for: the one given, else by the file's ending, else table.

    Raises:
        BadInput: the file's ending names no format, or another than the one given.

    >>> format_for("duties.xlsx"), format_for("duties.data", "csv"), format_for(None)
    ('xlsx', 'csv', 'table')
    """
    if given is not None or out is None:
        return agreed(out, given or "table")
    ending = Path(out).suffix.lower()
    if ending and ending not in _SUFFIXES:
        raise BadInput(
            worded(
                "{out}: no format goes by the ending {ending}; use {known} or say --format",
                out=out,
                ending=ending,
                known=listing(_SUFFIXES),
            )
        )
    return _SUFFIXES.get(ending, "table")


def agreed(out: Path | str | None, form: str, also: Mapping[str, str] | None = None) -> str:
    """Return a format that was asked for by name, where the file to write is not called otherwise.

    ``also`` are endings that mean something else to a command than they do to answers.

    Raises:
        BadInput: the file has the ending of another format; the error names both.

    >>> agreed("duties.csv", "xlsx")
    Traceback (most recent call last):
    kijun.errors.BadInput: duties.csv: .csv is for csv, but --format says xlsx; change one of them
    """
    ending = Path(out or "").suffix.lower()
    named = {**_ENDINGS, **(also or {})}.get(ending, form)
    # Any text may stand in a .txt file.
    if named != form and not (ending == ".txt" and form != "xlsx"):
        raise BadInput(
            worded(
                "{file}: {ending} is for {named}, but --format says {form}; change one of them",
                file=visible(str(out)),
                ending=ending,
                named=named,
                form=visible(form),
            )
        )
    return form


def flat(answer: Answer) -> tuple[list[Column], list[dict[str, object]]]:
    """Return all columns and rows with nothing nested: one row for each leg of a route.

    A nested answer gets ``route`` and ``leg``, both counted from 1, in front; a leg's
    key that its route has too is prefixed with the name of the list.
    """
    nested = next((column for column in answer.columns if column.columns), None)
    if nested is None:
        return _all_columns(answer.columns, answer.rows), [dict(row) for row in answer.rows]
    outer = [c for c in _all_columns(answer.columns, answer.rows) if c.key != nested.key]
    legs = [_legs(row, nested.key) for row in answer.rows]
    inner = _all_columns(nested.columns, [leg for group in legs for leg in group])
    taken = {"route", "leg", *(column.key for column in outer)}
    names = {c.key: f"{nested.key}_{c.key}" if c.key in taken else c.key for c in inner}
    counters = [Column("route", "経路", "route"), Column("leg", "区間", "leg")]
    columns = [*counters, *(c._replace(key=names[c.key]) for c in inner), *outer]
    rows = []
    for number, (row, group) in enumerate(zip(answer.rows, legs, strict=True), 1):
        shared = {column.key: row.get(column.key) for column in outer}
        for place, leg in enumerate(group or [{}], 1):
            own = {name: leg.get(key) for key, name in names.items()}
            rows.append({"route": number, "leg": place if group else None, **own, **shared})
    return columns, rows


def _legs(row: Row, key: str) -> list[Row]:
    value = row.get(key)
    return [leg for leg in value if isinstance(leg, Mapping)] if isinstance(value, list) else []


def _all_columns(columns: Sequence[Column], rows: Iterable[Row]) -> list[Column]:
    known = {column.key: column for column in columns}
    for row in rows:
        for key in row:
            if key not in known:
                known[key] = Column(key, key, key, in_table=False)
    return list(known.values())


def _json(answer: Answer) -> bytes:
    rows = [_complete(answer.columns, row) for row in answer.rows]
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    # Such signs occur inside strings only, where the escape means the same.
    return (_HIDDEN_IN_JSON.sub(_escaped, text) + "\n").encode()


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def _complete(columns: Sequence[Column], row: Row) -> dict[str, object]:
    whole: dict[str, object] = {column.key: None for column in columns} | dict(row)
    for column in columns:
        if column.columns:
            whole[column.key] = [_complete(column.columns, leg) for leg in _legs(row, column.key)]
    return whole


def _csv(answer: Answer) -> bytes:
    columns, rows = flat(answer)
    note_key = "note"
    while any(column.key == note_key for column in columns):
        note_key += "_"
    note = _csv_cell(" ".join(answer.notes))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([note_key, *(_csv_cell(column.key) for column in columns)])
    for row in rows:
        writer.writerow([note, *(_csv_cell(plain(row.get(column.key))) for column in columns)])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: str | int | bool | None) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(neutral(value)) if isinstance(value, str) else value


def _turtle(answer: Answer, describe: Describe | None) -> bytes:
    import pyoxigraph

    if describe is None or (answer.rows and not answer.nodes):
        raise BadInput(
            worded("turtle shows the nodes behind the rows and here are none; choose json")
        )
    triples = sorted(set(describe(sorted(set(answer.nodes)))), key=str) if answer.nodes else []
    data: Any = pyoxigraph.serialize(
        triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=_prefixes(triples)
    )
    lines = data.decode().splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    body = "".join([*sorted(lines[:start]), *lines[start:]])
    said = [*answer.notes, answer.title] if answer.title else answer.notes
    comments = "".join(f"# {line}\n" for part in said for line in visible(part).splitlines())
    body = _HIDDEN_IN_TURTLE.sub(lambda found: f"\\u{ord(found[0]):04X}", body)
    return (comments + body).encode()


def _prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes in use, each kind of the project's things with its own."""
    used = {}
    for triple in triples:
        for term in triple:
            iri: str = getattr(term, "datatype", term).value
            kind = _KIND.match(iri)
            if kind is not None and kind[1] not in PREFIXES:
                used[kind[1]] = kind[0]
            used |= {name: ns for name, ns in PREFIXES.items() if ns != ID and iri.startswith(ns)}
    return used
