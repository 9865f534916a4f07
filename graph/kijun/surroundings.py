"""What stands around a thing: the relations of the graph as edges, one step at a time.

Each relation is read through a *link*: the statement that ties two things (a duty, a register
entry), or one of the two things itself. The way from the link to either end is a property, a
property the other way round (``^``), or nothing where the link is that end. So one step costs as
much as there are neighbours, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kijun.engine import Engine, ask
from kijun.norms import value
from kijun.terms import ID, NS
from kijun.things import is_thing, kind_of


class Relation(NamedTuple):
    """One kind of edge: how to reach its ends from its link, and its two names.

    ``forth`` is the relation as said of the thing at its start, ``back`` of the thing at its end.
    """

    kind: str
    start: str
    end: str
    forth: Mapping[str, str]
    back: Mapping[str, str]


def _words(ja: str, en: str) -> dict[str, str]:
    return {"ja": ja, "en": en}


REPORTS = Relation(
    "reports", "from", "to", _words("知らせる", "tells"), _words("知らされる", "told by")
)
INCLUDES = Relation(
    "includes", "", "", _words("含む類型", "includes"), _words("上位の類型", "part of")
)
INHERITS = Relation(
    "inherits", "norm", "body", _words("及ぶ機関", "reaches"), _words("負う規範", "bears")
)

MEMBER = Relation(
    "member",
    "entryClass",
    "entryOf",
    _words("名簿の機関", "has members"),
    _words("類型", "of the class"),
)

RELATIONS = (
    Relation(
        "supervises",
        "",
        "supervises",
        _words("所管する", "supervises"),
        _words("所管", "supervised by"),
    ),
    MEMBER,
    Relation(
        "answers",
        "entryOf",
        "answersThrough",
        _words("代わって答える府省庁", "answered for by"),
        _words("代わって答える", "answers for"),
    ),
    REPORTS,
    INCLUDES,
    Relation("bears", "bearer", "", _words("主体となる規範", "bears"), _words("主体", "borne by")),
    Relation(
        "addresses",
        "",
        "recipient",
        _words("相手", "directed at"),
        _words("相手となる規範", "recipient of"),
    ),
    Relation("states", "source", "", _words("定める", "states"), _words("根拠の文", "stated in")),
    Relation(
        "states", "definedIn", "", _words("定める", "states"), _words("根拠の文", "stated in")
    ),
    Relation("holds", "section", "", _words("文", "holds"), _words("節", "in section")),
    Relation("holds", "partOf", "", _words("下の節", "holds"), _words("上の節", "in section")),
    Relation(
        "incorporates",
        "^incorporates",
        "incorporated",
        _words("引き継ぐ", "incorporates"),
        _words("引き継がれる先", "incorporated by"),
    ),
    Relation(
        "overrides",
        "",
        "overrides",
        _words("優先する", "overrides"),
        _words("優先される", "overridden by"),
    ),
    Relation(
        "sameAct",
        "",
        "sameActAs",
        _words("同じ行為", "same act as"),
        _words("同じ行為", "same act as"),
    ),
    Relation(
        "cites", "", "cites", _words("引く条文", "cites"), _words("引く規範・定義", "cited by")
    ),
    Relation("defines", "", "defines", _words("定義する", "defines"), _words("定義", "defined by")),
    Relation(
        "concerns",
        "",
        "concernsDocument",
        _words("関わる文書", "concerns"),
        _words("関わる規範", "concerned by"),
    ),
    Relation(
        "passes", "", "passesStage", _words("経る会議", "passes"), _words("経る規範", "passed by")
    ),
    Relation(
        "decides",
        "decidedBy",
        "",
        _words("決定する文書", "decides"),
        _words("決定者", "decided by"),
    ),
    Relation(
        "partOf",
        "partOfDocument",
        "",
        _words("含む文書", "contains"),
        _words("含まれる文書", "part of"),
    ),
    Relation(
        "hosts",
        "partOfAgency",
        "",
        _words("置かれる組織", "hosts"),
        _words("置かれる機関", "hosted by"),
    ),
    Relation(
        "became",
        "predecessor",
        "successor",
        _words("後の機関", "became"),
        _words("前の機関", "was before"),
    ),
    Relation(
        "near",
        "",
        "nearest",
        _words("近い規範", "nearest norm"),
        _words("近い沈黙", "near silence"),
    ),
    Relation(
        "founded",
        "entryOf",
        "establishedBy",
        _words("設置根拠法", "founded by"),
        _words("設置する機関", "founds"),
    ),
    Relation("articleOf", "articleOf", "", _words("条文", "article"), _words("法律", "article of")),
    INHERITS,
)
"""The relations in the order in which a first picture takes them up."""

EDGES: Mapping[str, Mapping[str, str]] = {
    "reports": _words("知らせる", "tells"),
    "supervises": _words("所管", "supervises"),
    "member": _words("属する機関", "has member"),
    "answers": _words("代わって答える", "is answered for by"),
    "includes": _words("類型の上下", "includes"),
    "bears": _words("主体", "bears"),
    "addresses": _words("相手", "is directed at"),
    "inherits": _words("及ぶ", "reaches"),
    "states": _words("根拠の文", "states"),
    "holds": _words("節と文", "holds"),
    "incorporates": _words("引き継ぎ", "incorporates"),
    "overrides": _words("優先", "overrides"),
    "sameAct": _words("同じ行為", "same act as"),
    "cites": _words("引用", "cites"),
    "defines": _words("定義", "defines"),
    "concerns": _words("関わる文書", "concerns"),
    "passes": _words("経る会議", "passes"),
    "decides": _words("決定", "decides"),
    "partOf": _words("文書の構成", "contains"),
    "hosts": _words("置かれる組織", "hosts"),
    "became": _words("承継", "became"),
    "near": _words("近い規範", "is near"),
    "founded": _words("設置根拠法", "is founded by"),
    "articleOf": _words("条文", "has article"),
}
"""What each kind of edge is called, read from its start to its end."""


class Edge(NamedTuple):
    """One edge: its kind, its ends and the link that it was read from, as IRIs."""

    kind: str
    start: str
    end: str
    link: str


class Surroundings:
    """The edges at each thing of a graph.

    Register entries count where their register is in use on the day, inherited duties by their
    shortest path.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._wider, self._narrower = _inclusions(engine)

    def edges(self, iri: str, relation: Relation, *, forth: bool) -> list[Edge]:
        """Return the edges of a relation that start at a thing (or, not ``forth``, end there)."""
        if relation is INCLUDES:
            found = self._narrower if forth else self._wider
            pairs = [(iri, other) if forth else (other, iri) for other in found.get(iri, ())]
            return [Edge("includes", start, end, end) for start, end in sorted(pairs)]
        here, there = (relation.start, relation.end)[:: 1 if forth else -1]
        found_edges = {
            Edge(relation.kind, *((iri, other) if forth else (other, iri)), link.value)
            for link in self._follow(NamedNode(iri), _turned(here))
            if self._counts(relation, link)
            for other in (found.value for found in self._follow(link, there))
            if other != iri and is_thing(self._store, other)
        }
        return sorted(found_edges)

    def _follow(self, node: NamedNode, step: str) -> Iterator[NamedNode]:
        if not step:
            yield node
            return
        predicate = NamedNode(NS + step.removeprefix("^"))
        back = step.startswith("^")
        here, there = (None, node) if back else (node, None)
        for quad in self._store.quads_for_pattern(here, predicate, there, None):
            found = quad.subject if back else quad.object
            if isinstance(found, NamedNode):
                yield found

    def _counts(self, relation: Relation, link: NamedNode) -> bool:
        """Say whether a link is of the kind that its relation is read from."""
        kind = link.value.removeprefix(ID).partition("/")[0]
        if relation is INHERITS:
            return kind == "duty" and self._has(link, "rank", Literal(1))
        if relation is REPORTS:
            return kind == "line"
        if "entryOf" in (relation.start, relation.end):
            registers = self._follow(link, "register")
            return any(self._has(register, "inUse", Literal(True)) for register in registers)
        if relation.start == "section":
            return kind == "sentence"
        return relation.start != "partOfAgency" or kind_of(link.value) == "office"

    def _has(self, node: NamedNode, name: str, found: Literal) -> bool:
        return any(self._store.quads_for_pattern(node, NamedNode(NS + name), found, None))


def _turned(step: str) -> str:
    return step and (step[1:] if step.startswith("^") else f"^{step}")


def _inclusions(engine: Engine) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the next wider and the next narrower classes of each class."""
    above: dict[str, set[str]] = {}
    for row in ask(engine, "superclasses"):
        one, within = value(row, "class"), value(row, "within")
        if one != within and within.startswith(NS) and one.startswith(NS):
            above.setdefault(one, set()).add(within)
    wider = {
        one: {c for c in found if not any(c in above.get(d, ()) for d in found)}
        for one, found in above.items()
    }
    narrower: dict[str, set[str]] = {}
    for one, found in wider.items():
        for other in found:
            narrower.setdefault(other, set()).add(one)
    return wider, narrower
