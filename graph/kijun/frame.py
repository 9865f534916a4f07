"""An answer as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kijun.errors import MissingExtra
from kijun.formats import Answer, flat
from kijun.saying import worded
from kijun.tables import Column

if TYPE_CHECKING:
    import pandas


def frame(answer: Answer) -> pandas.DataFrame:
    """Return an answer as a DataFrame; :meth:`kijun.table.Table.to_frame` says how.

    Raises:
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra(
            worded(
                "a DataFrame needs pandas, which is not installed; pip install 'kijun[notebook]'"
            )
        ) from error
    columns, rows = flat(answer)
    made = pandas.DataFrame(
        {
            column.key: _series(pandas, column, [row.get(column.key) for row in rows])
            for column in columns
        }
    )
    made.attrs["notes"] = list(answer.notes)
    return made


def _series(pandas: Any, column: Column, values: Sequence[object]) -> Any:
    known = [value for value in values if value is not None]
    if any(isinstance(value, (list, tuple)) for value in known):
        return pandas.Series([_tuple(value) for value in values], dtype=object)
    if known and all(isinstance(value, bool) for value in known):
        return pandas.Series(values, dtype="boolean")
    if known and all(isinstance(value, int) for value in known):
        return pandas.Series(values, dtype="Int64")
    words = [word for word in column.words or () if word not in ("true", "false", "null")]
    if words:
        # In the order of the column's words, then what it has no word for.
        strange = sorted({str(value) for value in known} - set(words))
        return pandas.Series(
            values, dtype=pandas.CategoricalDtype([*words, *strange], ordered=False)
        )
    if column.words and not known:
        return pandas.Series(values, dtype="boolean")
    texts = [value if value is None or isinstance(value, str) else str(value) for value in values]
    return pandas.Series(texts, dtype="string")


def _tuple(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)
