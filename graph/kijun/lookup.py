"""What the words of a request mean: parties, sections and topics, as terms of the graph."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kijun.dates import parse_day
from kijun.engine import Engine, ask, labels
from kijun.errors import BadInput, UnknownName
from kijun.names import Match, name_key
from kijun.norms import local, optional, value
from kijun.terms import ID, NS, XSD

if TYPE_CHECKING:
    from kijun.catalogue import Term

_NARROW = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_CIRCLED = tuple("①②③④⑤⑥⑦⑧⑨")


def members(engine: Engine, kind: str) -> list[str]:
    """Return the IRIs of the bodies of a class."""
    return [value(row, "body") for row in ask(engine, "members", **{"class": NamedNode(kind)})]


def classes(engine: Engine, body: str) -> list[str]:
    """Return the IRIs of the classes to which a body belongs."""
    return [value(row, "class") for row in ask(engine, "members", body=NamedNode(body))]


def within(engine: Engine, kind: str) -> list[str]:
    """Return a class and every class that includes it, by IRI."""
    rows = ask(engine, "superclasses", **{"class": NamedNode(kind)})
    return list(dict.fromkeys([kind, *(value(row, "within") for row in rows)]))


def homes(engine: Engine) -> dict[str, str]:
    """Return the agency in which each post stands, by IRI."""
    return {value(row, "post"): value(row, "agency") for row in ask(engine, "posts")}


def shares(engine: Engine) -> dict[str, str]:
    """Return, for each line of a corporation, the business line to which it belongs.

    Joint supervision of the whole body is one business line of all its ministers.
    """
    return {
        value(row, "line"): value(
            row, "corporation" if value(row, "joint") == "true" else "supervision"
        )
        for row in ask(engine, "shares")
    }


def sections(engine: Engine, text: str) -> list[str]:
    """Return the IRIs of a section and of its parts: ``3`` gives 3(1)①, 3(2) and so on.

    Raises:
        BadInput: the guideline has no such section.
    """
    wanted = text.translate(_NARROW).strip()
    printed = {value(row, "notation"): value(row, "section") for row in ask(engine, "sections")}
    found = [iri for name, iri in printed.items() if name == wanted or _is_part(name, wanted)]
    if not found:
        raise BadInput(f'no section is called "{text[:20]}"; the sections are {", ".join(printed)}')
    return found


def _is_part(section: str, wanted: str) -> bool:
    rest = section.removeprefix(wanted)
    return bool(wanted) and rest != section and rest.startswith(("(", *_CIRCLED))


def covering(engine: Engine) -> dict[str, frozenset[str]]:
    """Return each topic with itself and every broader one, by IRI."""
    broader: dict[str, set[str]] = {}
    for row in ask(engine, "topics"):
        wider = optional(row, "broader")
        broader.setdefault(value(row, "topic"), set()).update([wider] if wider else [])
    closed = {}
    for topic in broader:
        reached, frontier = {topic}, {topic}
        while frontier:
            frontier = {wide for one in frontier for wide in broader[one]} - reached
            reached |= frontier
        closed[topic] = frozenset(reached)
    return closed


def topic(engine: Engine, text: str, lang: str) -> str:
    """Return the IRI of a topic by its Japanese or English name or its local name.

    Raises:
        UnknownName: no topic is called so; the error holds all of them.
    """
    return _concept(engine, [value(row, "topic") for row in ask(engine, "topics")], text, lang)


def carriers(engine: Engine, wanted: str) -> list[str]:
    """Return the topics whose lines carry a topic: itself, broader and narrower ones."""
    closed = covering(engine)
    narrower = [one for one, wide in closed.items() if wanted in wide]
    return sorted({*closed[wanted], *narrower})


def _concept(engine: Engine, known: list[str], text: str, lang: str) -> str:
    names = [labels(engine, known, key) for key in ("ja", "en")]
    wanted = name_key(local(text).removeprefix("kijun:"))
    for iri in dict.fromkeys(known):
        if wanted in map(name_key, (local(iri), *(named[iri] for named in names))):
            return iri
    shown = tuple(dict.fromkeys(names[lang != "ja"].values()))
    raise UnknownName(f'no topic is called "{text[:60]}"; one of {", ".join(shown)}', text, shown)


_PARTIES = [
    "body",
    "from",
    "to",
    "bearer",
    "recipient",
    "corporation",
    "ministry",
    "minister",
    "class",
    "agency",
    "party",
    "thing",
    "office",
]


def parameter(
    engine: Engine, find: Callable[[str], Match], name: str, text: str, lang: str
) -> list[Term]:
    """Return the terms that a parameter of a question takes when someone writes ``text`` for it.

    Parties are looked up by name, sections and topics by what is printed, norms by their names,
    days are dates, ``true`` and ``false`` booleans, whole numbers integers; all else is an IRI of
    kijun's own terms (``must``, ``classRoute``).

    Raises:
        BadInput: the text names nothing of the kind.
    """
    from kijun.sections import slug

    if name in _PARTIES:
        match = find(text)
        return [NamedNode(match.answers_through or match.iri)]
    if name == "section":
        return [NamedNode(iri) for iri in sections(engine, text)]
    if name in ("about", "topic"):
        return [NamedNode(iri) for iri in carriers(engine, topic(engine, text, lang))]
    if name == "article":
        return [NamedNode(_article(engine, text, lang))]
    if name in ("norm", "norm1", "norm2"):
        head, _, rest = text.translate(_NARROW).strip().rpartition("-")
        return [NamedNode(f"{ID}norm/{slug(head)}-{rest}")]
    if name == "day":
        day: date = parse_day(text)
        return [Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))]
    if name == "lang":
        return [Literal(text)]
    if text in ("true", "false"):
        return [Literal(text == "true")]
    if text.isascii() and text.isdecimal():
        return [Literal(int(text))]
    if text.isascii() and text.replace("-", "").isalnum():
        return [NamedNode(f"{NS}{text}{_SUFFIX.get(name, '')}")]
    raise BadInput(f'--{name} "{text[:40]}": give one of the words that the answer shows')


def _article(engine: Engine, text: str, lang: str) -> str:
    known = [value(row, "article") for row in ask(engine, "articles")]
    names = {key: labels(engine, known, key) for key in ("ja", "en")}
    wanted = name_key(text)
    for iri in known:
        if wanted in map(
            name_key, (iri, iri.removeprefix(f"{ID}law/"), *(n[iri] for n in names.values()))
        ):
            return iri
    import difflib

    shown = list(names["ja" if lang == "ja" else "en"].values())
    near = tuple(difflib.get_close_matches(text, shown, n=4, cutoff=0.3))
    hint = f"; did you mean {', '.join(near)}?" if near else "; write e.g. 基本法第25条第1項第2号"
    raise UnknownName(f'no article is called "{text[:60]}"{hint}', text, near)


_SUFFIX = {"route": "Route", "level": "Level"}
