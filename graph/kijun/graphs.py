"""The relations of the graph as networkx graphs: who tells whom, supervises, drafts, inherits.

All of them are directed multigraphs. A node is an IRI, an edge has an IRI as its key, and every
attribute is a str, int or bool, so that each of networkx's writers takes them (GraphML, GEXF,
JSON). What is not known is not there. Lists are one text, parts apart by a comma (IRIs by a
space).

Nodes have
    ``label`` (name in the language asked for), ``kind`` (``body``, ``class``, ``office``,
    ``document``, ``norm``, ``section`` or ``sentence``), ``iri``; bodies also ``class``, the
    label of the narrowest class to which the body belongs.

Edges have
    ``label``, ``kind``, ``iri``, and what they rest on: ``norm``, ``norm_iri``, ``section``,
    ``sentence``, ``sentence_iri`` (supervision between bodies rests on a law instead).

The attributes of each kind of edge are listed at the function that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import networkx as nx
from pyoxigraph import NamedNode

from kijun import duties, lookup, norms, reporting
from kijun.asking import norm_name, question_answer
from kijun.engine import Engine, ask, labels
from kijun.errors import BadInput, UnknownName
from kijun.norms import FORCES, value
from kijun.saying import listing, worded
from kijun.sections import notation, section_iri, sentence_iri
from kijun.terms import ID, NS

_CLASSES = (
    "Ministry",
    "MidTermAgency",
    "NationalResearchAgency",
    "ExecutiveAgency",
    "DesignatedCorporation",
)


class Asked(NamedTuple):
    """What is asked for; ``in_force`` is put on each edge that has that key."""

    engine: Engine
    level: str
    lang: str
    in_force: bool | None


class Edge(NamedTuple):
    """An edge to be: the IRIs of its ends, its own, and its attributes."""

    source: str
    target: str
    iri: str
    attributes: Mapping[str, object]


def network(
    engine: Engine, kind: str, level: str | None, lang: str, in_force: bool | None
) -> nx.MultiDiGraph:
    """Return one relation as a networkx graph; ``level`` is ``"body"``, ``"class"`` or None.

    Raises:
        UnknownName: no relation is called so; BadInput for a level that it does not have.
    """
    if kind not in _MAKERS:
        known = tuple(_MAKERS)
        raise UnknownName(
            worded(
                'no network is called "{kind}"; one of {known}', kind=kind, known=listing(known)
            ),
            kind,
            known,
        )
    levels, make = _MAKERS[kind]
    if level is not None and level not in levels:
        raise BadInput(
            worded(
                'the network "{kind}" has no level "{level}"; it has {levels}',
                kind=kind,
                level=level,
                levels=listing(levels),
            )
        )
    return _graph(engine, make(Asked(engine, level or levels[0], lang, in_force)), lang)


def reports(asked: Asked) -> list[Edge]:
    """Return who must tell whom, one edge for each line; ``label`` is how (連絡, 報告 ...).

    Further attributes are the keys of ``kg.reports()``: ``from``, ``to``, ``act``, ``about``,
    ``trigger``, ``timing``, ``lane``, ``condition``, ``force``, ``phrase``, ``interpretation``,
    ``basis``, ``in_force``, ``reading`` (true where only another reading makes the line) and the
    twins in ``_iri``. A line to the managers of a ministry ends at the ministry, one to a
    corporation's own executives returns to it; ``to`` says whom the text names.
    """
    lines = reporting.line_rows(
        asked.engine, asked.lang, level=asked.level, in_force=asked.in_force
    )
    homes = lookup.homes(asked.engine)
    return [
        Edge(
            str(line["from_iri"]),
            homes.get(str(line["to_iri"]), str(line["to_iri"])),
            str(line["line_iri"]),
            {"label": line["act"], "kind": "reports", **line},
        )
        for line in lines
    ]


def supervision(asked: Asked) -> list[Edge]:
    """Return who supervises which corporation.

    Between bodies, one edge for each share of a supervision, from the ministry: ``minister``,
    ``primary``, ``joint`` (for the whole body), ``business``, ``article``, ``law``, ``register``,
    ``confidence``, ``provenance``, ``reading`` and the twins in ``_iri``. Between classes, one
    edge for each norm that they owe because they supervise: ``action``, ``force``, ``statement``.
    """
    if asked.level == "body":
        said = "所管" if asked.lang == "ja" else "supervises"
        shares: dict[str, list[Mapping[str, object]]] = {}
        for row in _rows(asked.engine, "supervision", asked.lang):
            shares.setdefault(str(row["supervision_iri"]), []).append(row)
        return [
            Edge(
                str(rows[0]["ministry_iri"]),
                str(rows[0]["corporation_iri"]),
                iri,
                {"label": said, "kind": "supervises", **_merged(rows)},
            )
            for iri, rows in shares.items()
        ]
    return [
        Edge(
            str(row["bearer_iri"]),
            str(row["regards_iri"]),
            f"{row['norm_iri']} {row['regards_iri']}",
            {**row, "label": row["action"], "kind": "supervises", "iri": row["norm_iri"]},
        )
        for row in _rows(asked.engine, "supervision-norms", asked.lang)
    ]


def drafting(asked: Asked) -> list[Edge]:
    """Return who takes which part in making the standards: from the party to the document.

    ``label`` is the part (drafts, deliberates, is consulted, decides), ``stage`` its place from
    1 to 3, ``statement`` the norm in our words.
    """
    return [
        Edge(
            str(row["party_iri"]),
            str(row["document_iri"]),
            f"{row['norm_iri']} {row['part_iri']}",
            {**row, "label": row["part"], "kind": "drafts", "iri": row["norm_iri"]},
        )
        for row in _rows(asked.engine, "making-of-the-standards", asked.lang)
    ]


def inheritance(asked: Asked) -> list[Edge]:
    """Return how obligations come down, from where they are written to who has them.

    To bodies, one edge for each norm and route (``kind`` is ``inherits``): ``route``,
    ``derived_force``, ``force``, ``grade``, ``path``, ``basis``, ``displaced_by``, ``in_force``
    and the twins in ``_iri``. Between classes, edges of four kinds: ``bears`` (a norm to who must
    heed it; ``force``), ``includes`` (a class to its parts), ``belongs`` (a norm to the section
    or sentence that is taken over) and ``incorporates`` (that to the norm which takes it over;
    ``grade``, ``keepsForce``).
    """
    if asked.level == "class":
        return _classes(asked.engine, asked.lang)
    return [
        Edge(
            str(row["norm_iri"]),
            str(row["body_iri"]),
            str(row["duty_iri"]),
            {**row, "label": _word(duties.ROUTES, row["route"], asked.lang), "kind": "inherits"},
        )
        for row in duties.duty_rows(asked.engine, None, asked.lang, in_force=asked.in_force)
    ]


def _classes(engine: Engine, lang: str) -> list[Edge]:
    written = norms.norm_rows(engine, norms.norms(engine, lang), lang)
    edges = [
        Edge(
            str(row["norm_iri"]),
            str(row["bearer_iri"]),
            f"{row['norm_iri']} bears",
            {
                "label": _word(FORCES, row["force"], lang),
                "kind": "bears",
                "iri": row["norm_iri"],
                **row,
            },
        )
        for row in written
    ]
    for row in _rows(engine, "incorporations", lang):
        number = row["takenSentence"]
        section = str(row["takenFrom"])
        taken = section_iri(section) if number is None else sentence_iri(section, int(str(number)))
        inside = set(lookup.sections(engine, section))
        kept = {
            "label": row["grade"],
            "kind": "incorporates",
            "iri": row["norm_iri"],
            **row,
        }
        edges.append(Edge(taken, str(row["norm_iri"]), f"{row['norm_iri']} incorporates", kept))
        edges += [
            Edge(
                str(norm["norm_iri"]),
                taken,
                f"{norm['norm_iri']} belongs",
                {"label": section, "kind": "belongs", "iri": norm["norm_iri"]}
                | {key: norm[key] for key in ("norm", "norm_iri", "section", "sentence")}
                | {"sentence_iri": norm["sentence_iri"]},
            )
            for norm in written
            if (norm["section_iri"] in inside if number is None else norm["sentence_iri"] == taken)
        ]
    return [*edges, *_inclusions(engine, {edge.target for edge in edges}, lang)]


def _inclusions(engine: Engine, bearers: set[str], lang: str) -> list[Edge]:
    """Return the shortest set of edges that says which bearing class includes which."""
    wider: nx.DiGraph = nx.DiGraph()
    for row in ask(engine, "superclasses"):
        one, within = value(row, "class"), value(row, "within")
        if one != within and one.startswith(NS):
            wider.add_edge(within, one)
    inside = {part for kind in bearers if kind in wider for part in nx.descendants(wider, kind)}
    wider = wider.subgraph(bearers | inside)
    said = "含む" if lang == "ja" else "includes"
    return [
        Edge(source, target, f"{source} {target}", {"label": said, "kind": "includes"})
        for source, target in sorted(nx.transitive_reduction(wider).edges)
    ]


def _rows(engine: Engine, name: str, lang: str) -> list[dict[str, object]]:
    return question_answer(engine, name, lang, {})[1]


def _merged(rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return rows of one thing as one: where they differ, a list."""
    whole: dict[str, list[object]] = {}
    for row in rows:
        for key, found in row.items():
            values = whole.setdefault(key, [])
            if found not in values:
                values.append(found)
    return {key: values[0] if len(values) == 1 else values for key, values in whole.items()}


def _word(words: Mapping[str, str], code: object, lang: str) -> object:
    return words.get(str(code), code) if lang == "ja" else code


def _graph(engine: Engine, edges: Iterable[Edge], lang: str) -> nx.MultiDiGraph:
    made: nx.MultiDiGraph = nx.MultiDiGraph()
    for edge in edges:
        kept = {"iri": edge.iri, **edge.attributes}
        made.add_edge(
            edge.source,
            edge.target,
            key=edge.iri,
            **{name: plain for name, found in kept.items() if (plain := _plain(found)) is not None},
        )
    named = labels(engine, made, lang)
    narrow = _narrowest(engine, lang)
    for node, attributes in made.nodes(data=True):
        attributes |= {"label": _label(node, named), "kind": _kind(node), "iri": node}
        if node in narrow:
            attributes["class"] = narrow[node]
    return made


def _plain(found: object) -> str | int | bool | None:
    if isinstance(found, (list, tuple)):
        texts = [str(part) for part in found if part is not None]
        apart = " " if all(text.startswith((ID, NS)) for text in texts) else ", "
        return apart.join(texts) or None
    return found if found is None or isinstance(found, (int, bool)) else str(found)


def _narrowest(engine: Engine, lang: str) -> dict[str, str]:
    named = labels(engine, [NS + name for name in _CLASSES], lang)
    found: dict[str, str] = {}
    for name in _CLASSES:
        for row in ask(engine, "members", **{"class": NamedNode(NS + name)}):
            found[value(row, "body")] = named[NS + name]
    return found


def _kind(node: str) -> str:
    return "class" if node.startswith(NS) else node.removeprefix(ID).partition("/")[0]


def _label(node: str, named: Mapping[str, str]) -> str:
    kind, _, rest = node.removeprefix(ID).partition("/")
    if kind == "norm":
        return norm_name(node)
    if kind == "section":
        return notation(rest)
    if kind == "sentence":
        section, _, number = rest.rpartition("-")
        return f"{notation(section)}-{number}"
    return named[node]


_Maker = Callable[[Asked], list[Edge]]
_MAKERS: dict[str, tuple[tuple[str, ...], _Maker]] = {
    "reporting": (("body", "class"), reports),
    "supervision": (("body", "class"), supervision),
    "drafting": (("class",), drafting),
    "inheritance": (("body", "class"), inheritance),
}

NETWORKS: Mapping[str, tuple[str, ...]] = {name: made[0] for name, made in _MAKERS.items()}
"""The relations that there are, each with its levels, the usual one first."""
