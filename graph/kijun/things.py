"""What kinds of things a picture of the graph can show, and what each is called.

Statements about statements (lines, duties, register entries, supervisions) are no things of
their own: they are drawn as edges between things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Store

from kijun.asking import norm_name
from kijun.engine import Engine, labels
from kijun.sections import notation
from kijun.terms import ID, LOCAL, NS

KINDS: Mapping[str, Mapping[str, str]] = {
    "body": {"ja": "機関", "en": "body"},
    "office": {"ja": "組織", "en": "office"},
    "class": {"ja": "類型・役割", "en": "class or role"},
    "system": {"ja": "情報システム", "en": "information system"},
    "hole": {"ja": "穴", "en": "hole"},
    "norm": {"ja": "規範", "en": "norm"},
    "section": {"ja": "節", "en": "section"},
    "sentence": {"ja": "文", "en": "sentence"},
    "definition": {"ja": "用語の定義", "en": "definition"},
    "document": {"ja": "文書", "en": "document"},
    "silence": {"ja": "沈黙", "en": "silence"},
    "presupposed": {"ja": "前提とされた行為", "en": "presupposed act"},
    "law": {"ja": "法律", "en": "law"},
    "article": {"ja": "条文", "en": "article"},
    "post": {"ja": "役職", "en": "post"},
}
"""The kinds of things, in the order in which a search prefers them."""

STATED = {"silence": "statement", "presupposed": "statement", "hole": "detail"}
"""The kinds that have no name: what they say, by this property, is what they are called."""

OWN = ("body", "office", "system", "document", "hole", "post")
"""The kinds of things that a user's profile adds."""

_LAW = f"{ID}law/"
_NAME_KEY = NamedNode(f"{NS}nameKey")


def kind_of(iri: str) -> str | None:
    """Return the kind of a thing by its IRI, or None for what is no thing of its own.

    >>> kind_of("https://w3id.org/kijun/id/norm/6-4-2a")
    'norm'
    >>> kind_of("https://w3id.org/kijun/id/line/6-4-2a/x") is None
    True
    """
    if iri.startswith(NS):
        return "class"
    if iri.startswith(_LAW):
        return "article" if "/" in iri.removeprefix(_LAW) else "law"
    for home, kinds in ((ID, KINDS), (LOCAL, OWN)):
        if iri.startswith(home):
            # A profile's body has nodes of its own beneath it, such as its register entry.
            kind, _, rest = iri.removeprefix(home).partition("/")
            inner = kind in ("body", "system") and "/" in rest
            return kind if kind in kinds and not inner else None
    return None


def is_thing(store: Store, iri: str) -> bool:
    """Say whether the graph speaks of a thing of this IRI that can be shown.

    Of the terms, only classes and roles that can act are things; they have names to be found by.
    """
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    needed = _NAME_KEY if kind_of(iri) == "class" else None
    return kind_of(iri) is not None and any(store.quads_for_pattern(node, needed, None, None))


def sentence_parts(iri: str) -> tuple[str, int]:
    """Return the section and the number of a sentence.

    >>> sentence_parts("https://w3id.org/kijun/id/sentence/6-4-2")
    ('6(4)', 2)
    """
    slug, _, number = iri.removeprefix(f"{ID}sentence/").rpartition("-")
    return notation(slug), int(number)


def titles(engine: Engine, store: Store, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return what each thing is called on the day: its label, its place, or what it says."""
    wanted = list(dict.fromkeys(iris))
    placed = {iri: name for iri in wanted if (name := _placed(iri, lang)) is not None}
    stated = {
        iri: name
        for iri in wanted
        if (said := STATED.get(kind_of(iri) or ""))
        and (name := text(store, NamedNode(iri), NamedNode(NS + said), lang)) is not None
    }
    rest = [iri for iri in wanted if iri not in placed and iri not in stated]
    named = {**labels(engine, rest, lang), **placed, **stated}
    return {iri: _headed(iri, named[iri]) for iri in wanted}


def _placed(iri: str, lang: str) -> str | None:
    match kind_of(iri):
        case "norm":
            return norm_name(iri)
        case "sentence":
            section, number = sentence_parts(iri)
            return f"{section} 第{number}文" if lang == "ja" else f"{section}, sentence {number}"
    return None


def _headed(iri: str, name: str) -> str:
    if kind_of(iri) != "section":
        return name
    return f"{notation(iri.removeprefix(f'{ID}section/'))} {name}"


def text(store: Store, subject: NamedNode, predicate: NamedNode, lang: str) -> str | None:
    """Return a literal of a thing in a language (else in Japanese, else any), or None."""
    found = {
        quad.object.language or "": quad.object.value
        for quad in store.quads_for_pattern(subject, predicate, None, None)
        if isinstance(quad.object, Literal)
    }
    return found.get(lang) or found.get("ja") or next((found[key] for key in sorted(found)), None)
