"""Which node of the graph a name means.

Bodies, offices, roles and classes carry ``kijun:nameKey``: each name that they ever had, in the
form that :func:`name_key` gives it. A name of 2016 and one of 2026 lead to the same legal person.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kijun.dates import State
from kijun.errors import AmbiguousName, UnknownName
from kijun.saying import quoted, worded
from kijun.terms import ID, LOCAL, NS, SKOS, expand

_NAME_KEY = NamedNode(NS + "nameKey")
_ENTRY_OF = NamedNode(NS + "entryOf")
_ENTRY_NAME = NamedNode(NS + "entryName")
_REGISTER = NamedNode(NS + "register")
_REGISTER_DATE = NamedNode(NS + "registerDate")
_ANSWERS_THROUGH = NamedNode(NS + "answersThrough")
_PREDECESSOR = NamedNode(NS + "predecessor")
_SUCCESSOR = NamedNode(NS + "successor")
_CHANGED_ON = NamedNode(NS + "changedOn")
_CHANGE_KIND = NamedNode(NS + "changeKind")
_CONVERSION = NamedNode(NS + "conversion")
_INTERPRETATION = NamedNode(NS + "interpretation")
_PREF_LABEL = NamedNode(SKOS + "prefLabel")
_LONGEST = 200


class Match(NamedTuple):
    """What a name means.

    ``label`` is the name on the day asked for. ``answers_through`` is the IRI of the ministry that
    answers in its place, where the thing is no reporting unit itself, and ``note`` the sentence
    that says so, or says what else a reader should know; both are None where nothing is to say.
    """

    iri: str
    label: str
    answers_through: str | None
    note: str | None


def name_key(text: str) -> str:
    """Return the form of a name under which it is looked up.

    NFKC, case folded, without white space, punctuation, symbols and invisible characters, so that
    full width, ``・`` and hyphens make no difference. For comparing only: it loses what ① means.

    >>> name_key("Ｊ‐ＬＩＳ") == name_key("j-lis")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "PZCS")


def resolve(
    store: Store, text: str, *, state: State | None = None, lang: str = "ja", near: bool = True
) -> Match:
    """Return the one thing that a name, a 法人番号 or an IRI (short or long) means.

    ``state`` chooses the registers that give the label and say who answers; without it the newest
    entry does. ``lang`` (``ja`` or ``en``) is the language of label and note. Without ``near``,
    the nearest names, which take a hundredth of a second to find, are not sought.

    Raises:
        UnknownName: nothing has that name; the error holds the nearest names.
        AmbiguousName: several things have it; the error holds all of them.
    """
    found = _by_iri(store, text.strip()) or _by_key(store, name_key(text))
    if not found:
        alike = nearest(store, name_key(text)) if near else ()
        shown = (_label(store, NamedNode(iri), lang) for iri in alike)
        raise _unknown(text, tuple(dict.fromkeys(shown))[:5])
    matches = [_match(store, iri, state, lang) for iri in found]
    if len(matches) > 1:
        labels = tuple(sorted(match.label for match in matches))
        raise AmbiguousName(
            worded(
                '"{name}" can mean {labels}; give the full name',
                name=_shown(text),
                labels=quoted(labels),
            ),
            text,
            labels,
        )
    return matches[0]


def _by_iri(store: Store, text: str) -> list[str]:
    iri = expand(text)
    if not iri.startswith((ID, NS, LOCAL)):
        return []
    try:
        node = NamedNode(iri)
    except ValueError:
        return []
    return [iri] if _objects(store, node, _NAME_KEY) else []


def _by_key(store: Store, key: str) -> list[str]:
    quads = store.quads_for_pattern(None, _NAME_KEY, Literal(key), None) if key else ()
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})


def _match(store: Store, iri: str, state: State | None, lang: str) -> Match:
    node = NamedNode(iri)
    entries = _entries(store, node)
    entry = _entry(entries, state)
    label = (entry and _text(store, entry, _ENTRY_NAME, lang)) or _label(store, node, lang)
    holder = entry or node
    notes = []
    if state and entries and not entry:
        notes.append(
            f"{label}は、{state.key}から用いる名簿にない。"
            if lang == "ja"
            else f"{label} is in no register used from {state.key}."
        )
        notes += _succeeded(store, node, lang)
    through = next(iter(_objects(store, holder, _ANSWERS_THROUGH)), None)
    ministry = through.value if isinstance(through, NamedNode) else None
    if ministry:
        behind = _label(store, NamedNode(ministry), lang)
        notes.append(
            f"{label}については、{behind}が答える。"
            if lang == "ja"
            else f"{label} is answered for by {behind}."
        )
    notes.append(_text(store, holder, _INTERPRETATION, lang) or "")
    note = ("" if lang == "ja" else " ").join(part for part in notes if part)
    return Match(iri, label, ministry, note or None)


def _succeeded(store: Store, body: NamedNode, lang: str) -> list[str]:
    """Return who took the place of a body, and when."""
    told = []
    for quad in store.quads_for_pattern(None, _PREDECESSOR, body, None):
        change = quad.subject
        assert isinstance(change, NamedNode)
        day = next((found.value for found in _objects(store, change, _CHANGED_ON)), None)
        became = _CONVERSION in _objects(store, change, _CHANGE_KIND)
        for heir in _objects(store, change, _SUCCESSOR):
            if isinstance(heir, NamedNode) and heir != body:
                name = _label(store, heir, lang)
                if lang == "ja":
                    how = "になった" if became else "が承継した"
                    told.append(f"{f'{day}に' if day else '後に'}{name}{how}。")
                else:
                    how = f"It became {name}" if became else f"{name} succeeded it"
                    told.append(f"{how} {f'on {day}' if day else 'later'}.")
    return sorted(told)


def _entries(store: Store, body: NamedNode) -> list[tuple[str, str, NamedNode]]:
    """Return date, register and node of each register entry of a body, the earliest first."""
    found = []
    for quad in store.quads_for_pattern(None, _ENTRY_OF, body, None):
        entry = quad.subject
        if not isinstance(entry, NamedNode):
            continue
        for register in _objects(store, entry, _REGISTER):
            if not isinstance(register, NamedNode):
                continue
            day = next((d.value for d in _objects(store, register, _REGISTER_DATE)), "")
            found.append((day, register.value, entry))
    return sorted(found, key=lambda item: item[:2])


def _entry(entries: list[tuple[str, str, NamedNode]], state: State | None) -> NamedNode | None:
    used = {register.iri for register in state.registers} if state else None
    chosen = [entry for _, register, entry in entries if used is None or register in used]
    return chosen[-1] if chosen else None


def _objects(store: Store, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
    values = {
        quad.object
        for quad in store.quads_for_pattern(subject, predicate, None, None)
        if isinstance(quad.object, NamedNode | Literal)
    }
    return sorted(values, key=str)


def _text(store: Store, subject: NamedNode, predicate: NamedNode, lang: str) -> str | None:
    texts = {
        value.language: value.value
        for value in _objects(store, subject, predicate)
        if isinstance(value, Literal)
    }
    return texts.get(lang) or texts.get("ja") or next(iter(texts.values()), None)


def _label(store: Store, node: NamedNode, lang: str) -> str:
    """Return the name of a thing; of a body, which has none for all days, its newest."""
    named = _text(store, node, _PREF_LABEL, lang)
    if named is None and (entries := _entries(store, node)):
        named = _text(store, entries[-1][2], _ENTRY_NAME, lang)
    return named or node.value.rpartition("/")[2]


def _unknown(text: str, near: tuple[str, ...]) -> UnknownName:
    from kijun import corporate_numbers

    name, key = _shown(text), name_key(text)
    if corporate_numbers.is_meant(key):
        wrong = corporate_numbers.fault(key, name)
        return UnknownName(
            worded("{wrong}; did you mean {near}?", wrong=wrong, near=quoted(near))
            if near
            else worded("{wrong}; look it up again", wrong=wrong),
            text,
            near,
        )
    told = (
        worded('nothing is called "{name}"; did you mean {near}?', name=name, near=quoted(near))
        if near
        else worded(
            'nothing is called "{name}"; give a Japanese or English name, an abbreviation, '
            "a 法人番号 or an IRI",
            name=name,
        )
    )
    return UnknownName(told, text, near)


def nearest(store: Store, key: str) -> tuple[str, ...]:
    """Return the IRIs of things with a name like a key, the best first.

    Where none is much like it, those that share half of its signs or begin as it does are given:
    a name half in kana is no more like its kanji. A 法人番号 is like those from which one slip
    leads to it, and like no name.
    """
    if not key or len(key) > _LONGEST:
        return ()
    subjects: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _NAME_KEY, None, None):
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
            subjects.setdefault(quad.object.value, set()).add(quad.subject.value)
    alike = _alike(key, sorted(subjects))
    return tuple(dict.fromkeys(iri for k in alike for iri in sorted(subjects[k])))


def _alike(key: str, keys: list[str]) -> list[str]:
    from difflib import SequenceMatcher, get_close_matches

    from kijun import corporate_numbers

    if corporate_numbers.is_meant(key):
        return corporate_numbers.slips(key, keys)
    if len(key) == 1:
        return []
    near = {*get_close_matches(key, keys, n=10), *(other for other in keys if key in other)}
    if not near:
        near.update(get_close_matches(key, keys, n=10, cutoff=0.5))
        near.update(other for other in keys if other[:2] == key[:2])
    matcher = SequenceMatcher(b=key)

    def likeness(other: str) -> tuple[float, str]:
        matcher.set_seq1(other)
        return -matcher.ratio(), other

    return sorted(near, key=likeness)


def _shown(text: str) -> str:
    short = text if len(text) <= 60 else text[:60] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)
