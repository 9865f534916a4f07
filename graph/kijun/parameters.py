"""What a person writes for a parameter of a question, as terms of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kijun import lookup
from kijun.dates import asked_day
from kijun.engine import Engine, ask, labels
from kijun.errors import BadInput, UnknownName
from kijun.names import Match, name_key
from kijun.norms import value
from kijun.saying import listing, worded
from kijun.sections import sentence_iri, slug
from kijun.terms import ID, NS, XSD, expand

if TYPE_CHECKING:
    from kijun.catalogue import Term

PARTIES = (
    *("body", "from", "to", "office", "agency", "party", "thing"),
    *("corporation", "ministry", "minister", "regards", "class", "class1", "class2"),
)
"""The parameters that take a body, an office, a role or a class by its name."""

_CLASS_OR_MEMBER = ("bearer", "recipient")
_ITSELF = ("agency", "thing", "minister")
_ITSELF_IN = (("body", "body"),)
"""Questions, with the parameter of each, that are about a body and not about who answers for it."""

_SUFFIX = {"route": "Route", "level": "Level"}

EXAMPLES = {
    **dict.fromkeys(("body", "corporation", "from", "thing"), "情報通信研究機構"),
    **dict.fromkeys(("ministry", "bearer"), "総務省"),
    **dict.fromkeys(("class", "class1", "regards"), "独立行政法人"),
    **dict.fromkeys(("class2", "recipient"), "指定法人"),
    "to": "NISC",
    "party": "NISC",
    "agency": "国税庁",
    "minister": "原子力規制委員会",
    "post": "総務省 管理職",
    "article": "基本法第13条",
    "day": "2026-04-01",
    "word": "教育",
    "section": "6(4)",
    "norm": "6(4)-2a",
    "sentence": "6(4)-2",
    "rank": "1",
    "register": "iaa-2016-04-01",
}
"""A value for each parameter whose words are not a closed list."""

_EXAMPLES_IN = {("designated-hooks", "body"): "日本年金機構"}

_KINDS = {
    "about": "Topic",
    "topic": "Topic",
    "action": "Act",
    "concern": "Concern",
    "definition": "Definition",
    "document": "Document",
    "force": "Force",
    "grade": "Grade",
    "lane": "Lane",
    "level": "LineLevel",
    "outcome": "HookOutcome",
    "reach": "Reach",
    "route": "RouteKind",
    "status": "EditionStatus",
    "timing": "Timing",
}
_KIND_IN = {
    "conditions": "ConditionKind",
    "designated-hooks": "HookKind",
    "successions": "ChangeKind",
}
_SHOWN = 20
"""How many words of a closed list an error names at most."""


def terms_and_notes(
    engine: Engine,
    find: Callable[[str], Match],
    question: str,
    values: Mapping[str, str],
    lang: str,
) -> tuple[dict[str, list[Term]], list[str]]:
    """Return the terms for what someone writes for a question's parameters, and what to say of it.

    The notes say which ministry answers in place of a body named, and what else a reader of the
    name should know. A parameter may have an underscore at its end.

    Raises:
        BadInput: a value names nothing of its kind.
    """
    terms: dict[str, list[Term]] = {}
    notes: list[str] = []
    for key, text in values.items():
        name = key.removesuffix("_")
        itself = name in _ITSELF or (question, name) in _ITSELF_IN
        terms[name] = parameter(
            engine, find, name, text, lang, itself=itself, kind=_KIND_IN.get(question)
        )
        if name in (*PARTIES, *_CLASS_OR_MEMBER):
            match = find(text)
            if match.note and not (itself and match.answers_through):
                notes.append(match.note)
    return terms, notes


def example(question: str, name: str) -> str | None:
    """Return a value that a parameter of a question may take, None for closed lists."""
    return _EXAMPLES_IN.get((question, name), EXAMPLES.get(name))


def words(engine: Engine, question: str, name: str, lang: str) -> list[str]:
    """Return the words that a parameter of a question may take; none where they are no short list.

    >>> from kijun.knowledge import open_graph
    >>> words(open_graph().engine, "due-by-timing", "timing", "ja")[0]
    '必要に応じて'
    """
    if name == "shared":
        return ["true", "false"]
    kind = _KIND_IN.get(question) if name == "kind" else _KINDS.get(name)
    return [] if kind is None else list(labels(engine, _of_kind(engine, kind), lang).values())


def _of_kind(engine: Engine, kind: str) -> list[str]:
    rows = ask(engine, "concepts", kind=NamedNode(NS + kind))
    return [value(row, "concept") for row in rows]


def parameter(
    engine: Engine,
    find: Callable[[str], Match],
    name: str,
    text: str,
    lang: str,
    *,
    itself: bool | None = None,
    kind: str | None = None,
) -> list[Term]:
    """Return the terms that a parameter takes when someone writes ``text`` for it.

    Parties go by name; as ``bearer`` or ``recipient`` a body stands for its classes too. Sections,
    sentences (``6(4)-2``), norms and articles go by what is printed, topics with those that carry
    them, days as dates, ``word`` as it is; whatever else by its label in either language or by
    the local name of its term (``promptly``, ``速やかに``).

    ``itself`` says whether a party is meant itself and not who answers for it, ``kind`` the class
    of the words that ``kind`` takes; without them, what most questions mean.

    Raises:
        BadInput: the text names nothing of the kind.
    """
    if name in _CLASS_OR_MEMBER:
        found = find(text)
        own = found.answers_through or found.iri
        return _nodes([own, *lookup.classes(engine, own)])
    if name in PARTIES:
        match = find(text)
        alone = name in _ITSELF if itself is None else itself
        return _nodes([match.iri if alone else match.answers_through or match.iri])
    match name:
        case "section":
            return _nodes(lookup.sections(engine, text))
        case "sentence":
            return _nodes([_sentence(text)])
        case "about" | "topic":
            return _nodes(lookup.carriers(engine, lookup.topic(engine, text, lang)))
        case "article":
            known = [value(row, "article") for row in ask(engine, "articles")]
            return _nodes([_labelled(engine, known, text, lang, "article")])
        case "post":
            known = [value(row, "post") for row in ask(engine, "posts")]
            return _nodes([_labelled(engine, known, text, lang, "post")])
        case "norm":
            head, _, rest = lookup.printed(text).rpartition("-")
            return _nodes([f"{ID}norm/{slug(head)}-{rest}"])
        case "register":
            return _nodes([f"{ID}register/{text}"])
        case "day":
            day = asked_day(text)
            return [Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))]
        case "lang" | "word":
            return [Literal(text)]
        case "route" | "level" if text.isascii() and text.isalpha():
            return _nodes([f"{NS}{text}{_SUFFIX[name]}"])
        case "rank" if text.isascii() and text.isdecimal():
            return [Literal(int(text))]
    if text in ("true", "false"):
        return [Literal(text == "true")]
    if closed := kind if name == "kind" else _KINDS.get(name):
        return _nodes([_labelled(engine, _of_kind(engine, closed), text, lang, name)])
    rows = ask(engine, "concepts")
    known = [value(row, "concept") for row in rows] + [value(row, "kind") for row in rows]
    return _nodes([_labelled(engine, known, text, lang, name)])


def _nodes(iris: Iterable[str]) -> list[Term]:
    return [NamedNode(iri) for iri in dict.fromkeys(iris)]


def _sentence(text: str) -> str:
    section, _, number = lookup.printed(text).rpartition("-")
    if not number.isascii() or not number.isdecimal():
        raise BadInput(
            worded('"{text}" is no sentence; write section and number, e.g. 6(4)-2', text=text[:40])
        )
    return sentence_iri(section, int(number))


def _labelled(engine: Engine, known: Iterable[str], text: str, lang: str, name: str) -> str:
    """Return the one of the known things that has this label, local name or IRI."""
    things = list(dict.fromkeys(known))
    named = {key: labels(engine, things, key) for key in ("ja", "en")}
    wanted = name_key(text)
    for iri in things:
        own = (iri, iri.removeprefix(NS), iri.removeprefix(ID), iri.removeprefix(f"{ID}law/"))
        local = iri.rpartition("/")[2]
        if expand(text) == iri or wanted in map(
            name_key, (*own, local, named["ja"][iri], named["en"][iri])
        ):
            return iri
    import difflib

    shown = list(dict.fromkeys(named["ja" if lang == "ja" else "en"].values()))
    near = tuple(difflib.get_close_matches(text, shown, n=4, cutoff=0.3))
    given = {"parameter": name, "name": text[:60]}
    if len(shown) <= _SHOWN:
        told = worded(
            '--{parameter}: nothing is called "{name}"; one of {known}',
            known=listing(shown),
            **given,
        )
    elif near:
        told = worded(
            '--{parameter}: nothing is called "{name}"; did you mean {near}?',
            near=listing(near),
            **given,
        )
    else:
        told = worded('--{parameter}: nothing is called "{name}"', **given)
    raise UnknownName(
        told,
        text,
        near,
    )
