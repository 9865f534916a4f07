"""An answer that shows itself: a sequence of rows for Python, terminals, Jupyter and pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kijun.errors import UnknownName
from kijun.formats import Answer, Describe, format_for, write_answer
from kijun.lines import wrap
from kijun.saying import listing, worded
from kijun.tables import Column, render

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
"""A row by key: str, int, bool, None, a list of str, or (the legs of a route) a list of rows."""

SHOWN = 20
"""How many rows ``repr`` shows; ``print`` shows all."""


class Table(Answer, Sequence[Row]):
    """The rows of an answer, which know their columns, notes and nodes; nothing in it changes.

    A table is a sequence of rows, each a dictionary of its own: what is done to a row that was
    taken out leaves the table as it was answered. ``columns`` describe the keys, ``notes`` are
    the sentences that the answer must say first, ``nodes`` the IRIs behind the rows, ``lang`` is
    the language in which it shows itself. Slices and :meth:`where` give tables.

    >>> import kijun
    >>> lines = kijun.open().reports(about="incident").where(lane=None)
    >>> row = lines[0]
    >>> row["norm"], row["from"], row["to"], row["section"], row["sentence"]
    ('4(2)-4a', '所管府省庁', 'NISC', '4(2)', 4)
    """

    __slots__ = ("_describe", "lang")

    lang: str
    _describe: Describe | None

    def __init__(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Sequence[Mapping[str, object]],
        notes: Sequence[str] = (),
        nodes: Sequence[str] = (),
        title: str = "",
        *,
        lang: str = "ja",
        describe: Describe | None = None,
    ) -> None:
        super().__init__(kind, columns, tuple(rows), tuple(notes), tuple(nodes), title)
        self._set(lang=lang, _describe=describe)

    @classmethod
    def of(cls, answer: Answer, lang: str, describe: Describe | None = None) -> Table:
        """Return an answer as a table.

        >>> Table.of(Answer("query", (Column("x", "値", "value"),), [{"x": 1}]), "ja")[0]
        {'x': 1}
        """
        parts = (answer.kind, answer.columns, answer.rows, answer.notes, answer.nodes)
        return cls(*parts, answer.title, lang=lang, describe=describe)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows, in the order of the columns.

        >>> import kijun
        >>> kijun.open().norms().keys[:5]
        ('norm', 'norm_iri', 'section', 'sentence', 'force')
        """
        return tuple(column.key for column in self.columns)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return map(_copied, self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Table: ...
    def __getitem__(self, place: int | slice) -> Row | Table:
        if isinstance(place, slice):
            return self._with(self.rows[place])
        return _copied(self.rows[place])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.kind, self.columns, self.rows, self.notes, self.lang) == (
            (other.kind, other.columns, other.rows, other.notes, other.lang)
        )

    __hash__ = None  # type: ignore[assignment]

    def where(self, test: Callable[[Row], object] | None = None, /, **values: object) -> Table:
        """Return the rows that pass a test and have the values given by key.

        A value is what JSON or the table shows (``"must"`` or ``"義務"``); a list or set of
        values means any of them, None an empty cell; in a cell with a list, one of its items must
        fit. A key that is a word of Python takes an underscore: ``from_="総務省"``.

        Raises:
            UnknownName: the rows have no such key; the error holds all keys.

        >>> import kijun
        >>> norms = kijun.open().norms()
        >>> norms.where(force="may") == norms.where(force="権能")
        True
        >>> [row["norm"] for row in norms.where(force="must", recipient="NISC")]
        ['4(2)-4a', '6(4)-2a', '6(4)-2b']
        >>> len(norms.where(lambda row: row["section"].startswith("6"), force=["should", "may"]))
        9
        >>> norms.where(farce="must")
        Traceback (most recent call last):
        kijun.errors.UnknownName: the rows have no key "farce"; did you mean "force"?
        """
        known = {column.key: column for column in self.columns}
        wanted = []
        for name, value in values.items():
            key = name if name in known else name.removesuffix("_")
            if key not in known:
                raise _unknown_key(key, tuple(known))
            among = value if isinstance(value, (list, tuple, set, frozenset)) else (value,)
            wanted.append((known[key], tuple(among)))
        return self._with(
            [
                row
                for row in self.rows
                if all(_fits(row.get(c.key), among, c, self.lang) for c, among in wanted)
                and (test is None or test(_copied(row)))
            ]
        )

    def to_frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame, with all keys as columns.

        Codes such as ``force`` are categories (the code, not its Japanese word), truth values
        ``boolean`` and whole numbers ``Int64``, both with missing values; texts are ``string``.
        Lists become tuples, which ``explode`` takes apart and ``groupby`` can compare. A route
        becomes one row for each leg, with ``route`` and ``leg`` in front. The notes are in
        ``frame.attrs["notes"]``.

        Raises:
            MissingExtra: pandas is not installed.

        >>> import kijun
        >>> frame = kijun.open().norms().to_frame()
        >>> str(frame["force"].dtype), str(frame["sentence"].dtype)
        ('category', 'Int64')
        >>> int((frame.explode("recipient")["recipient"] == "NISC").sum())
        3
        """
        from kijun.frame import frame

        return frame(self)

    def save(self, place: Path | str, form: str | None = None) -> None:
        """Write the table to a file: CSV, XLSX, JSON, Turtle or text, by its ending or ``form``.

        CSV, XLSX, Turtle and text begin with the notes. Turtle shows the nodes behind the rows.

        Raises:
            BadInput: no such format, or a place that cannot be written.

        >>> import kijun, pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "norms.csv"
        >>> kijun.open().norms(section="6(4)").save(place)
        >>> place.read_text(encoding="utf-8-sig").splitlines()[0][:30]
        'note,norm,norm_iri,section,sen'
        """
        form = format_for(place, form)
        write_answer(self, form, place, lang=self.lang, describe=self._describe)

    def __str__(self) -> str:
        return self._text(len(self))

    def __repr__(self) -> str:
        return self._text(SHOWN)

    def _repr_html_(self) -> str:
        from kijun.table_page import html_of

        return html_of(self, self.lang, _nothing(self.lang))

    def _text(self, most: int) -> str:
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
        said = [line for note in self.notes for line in wrap(note, width)]
        rows = self.rows[:most]
        table = render(self.columns, rows, width=width, lang=self.lang)
        parts = ["\n".join(said), table.rstrip("\n") or _nothing(self.lang)]
        if len(rows) < len(self):
            parts.append(
                f"（{len(self)}行のうち先頭の{len(rows)}行。print() で全部）"
                if self.lang == "ja"
                else f"(the first {len(rows)} of {len(self)} rows; print() shows all)"
            )
        return "\n\n".join(part for part in parts if part)

    def _with(self, rows: Sequence[Mapping[str, object]]) -> Table:
        """Return a table of some of the rows, with the nodes that are behind them."""
        left = {iri for row in rows for iri in _strings(row)}
        nodes = tuple(iri for iri in self.nodes if iri in left)
        return self._replace(rows=tuple(rows), nodes=nodes)


def _nothing(lang: str) -> str:
    return "該当する行はない。" if lang == "ja" else "There are no such rows."


def _copied(row: Mapping[str, Any]) -> Row:
    return {
        key: [_copied(part) if isinstance(part, Mapping) else part for part in value]
        if isinstance(value, (list, tuple))
        else value
        for key, value in row.items()
    }


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)


def _fits(value: object, among: Sequence[object], column: Column, lang: str) -> bool:
    found = value if isinstance(value, (list, tuple)) else [value]
    return any(
        # True is 1 in Python, and neither the other in a table.
        (item == wanted and isinstance(item, bool) == isinstance(wanted, bool))
        or (wanted is not None and column.text(item, lang) == wanted)
        for item in (found or [None])
        for wanted in among
    )


def _unknown_key(key: str, known: tuple[str, ...]) -> UnknownName:
    import difflib

    near = tuple(difflib.get_close_matches(key, known, n=1)) or known
    told = (
        worded('the rows have no key "{key}"; did you mean "{near}"?', key=key[:60], near=near[0])
        if len(near) == 1
        else worded(
            'the rows have no key "{key}"; they have {known}', key=key[:60], known=listing(near)
        )
    )
    return UnknownName(told, key, known)
