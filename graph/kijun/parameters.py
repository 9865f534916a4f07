"""What a person writes for a parameter of a question, as terms of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kijun import lookup
from kijun.dates import parse_day
from kijun.engine import Engine, ask, labels
from kijun.errors import BadInput, UnknownName
from kijun.names import Match, name_key
from kijun.norms import value
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
_ITSELF = ("agency", "thing")
_SUFFIX = {"route": "Route", "level": "Level"}


def parameter(
    engine: Engine, find: Callable[[str], Match], name: str, text: str, lang: str
) -> list[Term]:
    """Return the terms that a parameter takes when someone writes ``text`` for it.

    Parties go by name; as ``bearer`` or ``recipient`` a body stands for its classes too. Sections,
    sentences (``6(4)-2``), norms and articles go by what is printed, topics with those that carry
    them, days as dates, ``word`` as it is; whatever else by its label in either language or by
    the local name of its term (``promptly``, ``速やかに``).

    Raises:
        BadInput: the text names nothing of the kind.
    """
    if name in _CLASS_OR_MEMBER:
        found = find(text)
        own = found.answers_through or found.iri
        return _nodes([own, *lookup.classes(engine, own)])
    if name in PARTIES:
        match = find(text)
        return _nodes([match.iri if name in _ITSELF else match.answers_through or match.iri])
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
        case "norm":
            head, _, rest = lookup.printed(text).rpartition("-")
            return _nodes([f"{ID}norm/{slug(head)}-{rest}"])
        case "register":
            return _nodes([f"{ID}register/{text}"])
        case "day":
            day = parse_day(text)
            return [Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))]
        case "lang" | "word":
            return [Literal(text)]
        case "route" | "level" if text.isascii() and text.isalpha():
            return _nodes([f"{NS}{text}{_SUFFIX[name]}"])
        case "rank" if text.isascii() and text.isdecimal():
            return [Literal(int(text))]
    if text in ("true", "false"):
        return [Literal(text == "true")]
    words = ask(engine, "concepts")
    known = [value(row, "concept") for row in words] + [value(row, "kind") for row in words]
    return _nodes([_labelled(engine, known, text, lang, name)])


def _nodes(iris: Iterable[str]) -> list[Term]:
    return [NamedNode(iri) for iri in dict.fromkeys(iris)]


def _sentence(text: str) -> str:
    section, _, number = lookup.printed(text).rpartition("-")
    if not number.isascii() or not number.isdecimal():
        raise BadInput(f'"{text[:40]}" is no sentence; write section and number, e.g. 6(4)-2')
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
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UnknownName(f'--{name}: nothing is called "{text[:60]}"{hint}', text, near)
