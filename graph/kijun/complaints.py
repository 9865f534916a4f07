"""What is wrong with a cell or a row of a profile, each as a finding of its kind."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from kijun.profile import Finding, Place, Profile
from kijun.profile_faults import fault, short
from kijun.profile_schema import Column, Table

_NEAR = 3
_MOST_MARKS = 5
_KINDS = {"system": ("システム", "system"), "document": ("文書", "document")}


def missing_cell(column: Column, place: Place) -> Finding:
    """A cell that must be filled in is empty."""
    return fault(
        "missing-cell",
        place,
        column_ja=column.ja,
        column_en=column.en,
        note_ja=column.note_ja.rstrip("。"),
        note_en=column.note_en.rstrip("."),
    )


def unknown_choice(column: Column, text: str, place: Place) -> Finding:
    """A cell holds none of the words of its list."""
    ja, en = ([pair[at] for pair in column.words.values()] for at in (0, 1))
    return fault("unknown-choice", place, text=text, known_ja="、".join(ja), known_en=", ".join(en))


def bad_date(text: str, place: Place) -> Finding:
    """A cell holds no day."""
    return fault("bad-date", place, text=text)


def bad_number(text: str, place: Place) -> Finding:
    """A cell holds no 法人番号."""
    return fault("bad-number", place, text=text)


def wrong_digit(number: str, place: Place) -> Finding:
    """The check digit of a 法人番号 does not fit the other twelve."""
    return fault("check-digit", place, text=number)


def unknown_body(text: str, near: Sequence[str], place: Place) -> Finding:
    """No body has a name."""
    return fault("unknown-name", place, meant=near, text=text)


def ambiguous_body(text: str, names: Iterable[str], place: Place) -> Finding:
    """Several bodies have a name."""
    return fault("ambiguous-name", place, text=text, **_listed(dict.fromkeys(names)))


def no_body(text: str, place: Place) -> Finding:
    """A class or a role stands where a body should."""
    return fault("not-a-body", place, text=text)


def answered_for(name: str, behind: str, place: Place) -> Finding:
    """Another body answers for the one that is named."""
    return fault("answered-through", place, text=name, behind=behind)


def known_body(name: str, place: Place) -> Finding:
    """A body is added that the registers hold."""
    return fault("known-body", place, text=name)


def known_number(number: str, name: str, place: Place) -> Finding:
    """A body is added with the 法人番号 of one that the registers hold."""
    return fault("known-number", place._replace(column="法人番号"), text=number, name=name)


def contradiction(name: str, what: tuple[str, str], place: Place, there: Place) -> Finding:
    """Two rows say different things of one thing that only one can be true of."""
    places = {f"there_{lang}": there.words(lang) for lang in ("ja", "en")}
    return fault("contradiction", place, text=name, what_ja=what[0], what_en=what[1], **places)


def about_rows(count: int, place: Place) -> Finding:
    """A profile does not say once what it is."""
    return fault("about-rows", place, text=str(count))


def own_supervisor(name: str, place: Place) -> Finding:
    """A body supervises itself, by way of others or not."""
    return fault("own-supervisor", place, text=name)


def own_connection(name: str, place: Place) -> Finding:
    """A system is connected to itself."""
    return fault("own-connection", place, text=name)


def no_ministry(name: str, place: Place) -> Finding:
    """What is said to supervise is no ministry."""
    return fault("not-a-ministry", place, text=name)


def no_platform(name: str, place: Place) -> Finding:
    """A row is about the boundary of what is not declared a platform, and so is not examined."""
    return fault("not-a-platform", place, text=name)


def dangling_mark(form: str, text: str, known: Iterable[str], place: Place) -> Finding:
    """No system or document has a mark."""
    ja, en = _KINDS[form]
    near = nearest(text, known)
    return fault("dangling-mark", place, meant=near, text=text, kind_ja=ja, kind_en=en)


def missing_table(table: Table, place: Place) -> Finding:
    """A table that a boundary needs is not there."""
    return fault("missing-table", place, text_ja=table.ja, text_en=table.en)


def no_marks(table: Table, profile: Profile, lost: Sequence[tuple[str, Place]]) -> Finding:
    """Cells refer to a table that is not there, or of which no mark could be read."""
    kind = "no-table" if profile.lacks(table.key) else "no-marks"
    marks = list(dict.fromkeys(short(text) for text, _ in lost))
    shown = marks[:_MOST_MARKS] + ["…"] * (len(marks) > _MOST_MARKS)
    first = lost[0][1]
    return fault(
        kind,
        profile.place(table.key),
        text_ja=table.ja,
        text_en=table.en,
        count=str(len(lost)),
        there_ja=first.words("ja"),
        there_en=first.words("en"),
        **_listed(shown),
    )


def ambiguous_mark(form: str, text: str, names: Sequence[str], place: Place) -> Finding:
    """Several systems or documents have a mark."""
    ja, en = _KINDS[form]
    return fault("ambiguous-mark", place, text=text, kind_ja=ja, kind_en=en, **_listed(names))


def duplicate_mark(form: str, mark: str, place: Place) -> Finding:
    """A mark is given twice in one profile."""
    ja, en = _KINDS[form]
    return fault("duplicate-mark", place, text=mark, kind_ja=ja, kind_en=en)


def unknown_concern(text: str, known: Iterable[str], place: Place) -> Finding:
    """No concern has a name."""
    return fault("unknown-concern", place, meant=nearest(text, known), text=text)


def unknown_norm(text: str, near: Sequence[str], place: Place) -> Finding:
    """No norm has a name."""
    return fault("unknown-norm", place, meant=near, text=text)


def nearest(text: str, names: Iterable[str]) -> list[str]:
    """Return up to three names like a text, the best first."""
    return difflib.get_close_matches(text, list(dict.fromkeys(names)), n=_NEAR)


def _listed(names: Iterable[str]) -> dict[str, str]:
    listed = list(names)
    return {"known_ja": "、".join(listed), "known_en": ", ".join(listed)}
