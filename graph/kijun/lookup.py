"""What the words of a request mean: parties, sections and topics, as terms of the graph."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kijun.engine import Engine, ask, labels
from kijun.errors import BadInput, UnknownName
from kijun.names import name_key
from kijun.norms import local, norms, optional, value
from kijun.saying import listing, worded
from kijun.terms import expand

_NARROW = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_CIRCLED = tuple("①②③④⑤⑥⑦⑧⑨")


def printed(text: str) -> str:
    """Return a notation as it is printed: ASCII digits and parentheses, no blanks around it."""
    return text.translate(_NARROW).strip()


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


def belonging(engine: Engine, parties: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each class, those of some parties (by IRI) that are it or belong to it."""
    found: dict[str, set[str]] = {}
    for party in parties:
        for wide in within(engine, party):
            found.setdefault(wide, set()).add(party)
    return found


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
    wanted = printed(text)
    known = {value(row, "notation"): value(row, "section") for row in ask(engine, "sections")}
    found = [iri for name, iri in known.items() if name == wanted or _is_part(name, wanted)]
    if not found:
        raise BadInput(
            worded(
                'no section is called "{text}"; the sections are {known}',
                text=text[:20],
                known=listing(known),
            )
        )
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


def norm(engine: Engine, text: str) -> str:
    """Return the IRI of a norm by its name, such as ``6(4)-2a``, or by its IRI.

    Raises:
        UnknownName: no norm is called so; the error holds the nearest names.
    """
    wanted = printed(text).replace("－", "-")
    known = {one.name: iri for iri, one in norms(engine, "ja").items()}
    found = known.get(wanted) or (expand(text) if expand(text) in known.values() else None)
    if found is None:
        from difflib import get_close_matches

        near = tuple(get_close_matches(wanted, known, n=5, cutoff=0.5))
        raise unknown_norm(text, near)
    return found


def unknown_norm(text: str, near: tuple[str, ...]) -> UnknownName:
    """Return the error for a name that no norm has, with the nearest names."""
    name = text[:40]
    told = (
        worded('no norm is called "{name}"; did you mean {near}?', name=name, near=listing(near))
        if near
        else worded('no norm is called "{name}"; see kijun norms for their names', name=name)
    )
    return UnknownName(told, text, near)


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
    raise UnknownName(
        worded('no topic is called "{text}"; one of {shown}', text=text[:60], shown=listing(shown)),
        text,
        shown,
    )
