"""Nodes and edges of one picture, as JSON-ready dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kijun.engine import labels
from kijun.norms import Norm, joined
from kijun.relations import EDGES, MEMBER
from kijun.sections import notation
from kijun.surroundings import Edge, Surroundings
from kijun.tables import Column
from kijun.terms import ID, NS, curie
from kijun.things import kind_of, sentence_parts, titles

if TYPE_CHECKING:
    from kijun.answering import Answering

MOST = 400
"""How many nodes a picture may have; edges that find no room are counted."""

Json = dict[str, Any]

_NORM = NamedNode(f"{NS}norm")
_SAID = (
    *("norm", "from", "to", "body", "section", "sentence", "statement", "interpretation", "detail"),
    *("in_force", "marked", "reading", "text"),
)


class Picture:
    """A picture in the making: nodes by IRI, edges by what they are read from.

    ``norms`` are all norms of the graph by IRI: an edge that rests on one shows its sentence and
    its force. ``missing`` counts the edges that found no room.
    """

    def __init__(
        self, graph: Answering, surroundings: Surroundings, norms: Mapping[str, Norm]
    ) -> None:
        self._graph = graph
        self._surroundings = surroundings
        self._norms = norms
        self._nodes: dict[str, Json] = {}
        self._edges: dict[str, Json] = {}
        self.missing = 0

    def place(self, iri: str, **attributes: object) -> bool:
        """Place a node, and say whether there was room for it."""
        if iri not in self._nodes and len(self._nodes) >= MOST:
            return False
        self._nodes.setdefault(iri, {}).update(attributes)
        return True

    def beside(self, balance: Mapping[str, int]) -> None:
        """Place those around the centre that have no layer: on its right who gets more from it."""
        for iri, more in balance.items():
            if "layer" not in self._nodes.get(iri, {}):
                self.place(iri, layer=1 if more >= 0 else -1)

    def layer_rest(self, layer: int) -> None:
        """Give all nodes without a layer the same one."""
        for given in self._nodes.values():
            given.setdefault("layer", layer)

    def tie(self, kind: str, start: str, end: str, link: str, **attributes: object) -> str | None:
        """Draw an edge and its two ends; return its id, or None where there was no room."""
        if not (self.place(start) and self.place(end)):
            self.missing += 1
            return None
        identity = " ".join([kind, *map(curie, (start, end, link))])
        self._edges[identity] = {
            "id": identity,
            "kind": kind,
            "source": curie(start),
            "target": curie(end),
            "link": curie(link),
            "label": EDGES[kind][self._graph.lang],
            "facts": [],
            **attributes,
        }
        return identity

    def edge(self, edge: Edge) -> str | None:
        """Draw an edge of the surroundings, with the norm that it rests on and its proof."""
        by = next((iri for iri in (edge.link, edge.start, edge.end) if iri in self._norms), None)
        if by is None:
            quads = self._graph.store.quads_for_pattern(NamedNode(edge.link), _NORM, None, None)
            by = next((getattr(quad.object, "value", "") for quad in quads), None)
        proved = edge.kind in ("member", "inherits")
        why = {"body": curie(edge.end), "norm": curie(edge.start)} if proved else None
        return self.tie(*edge, why=why, **({} if by is None else self._resting(by)))

    def line(
        self, row: Mapping[str, Any], columns: Sequence[Column], ends: tuple[str, str] | None = None
    ) -> str | None:
        """Draw a reporting line or a leg from its row, between other ends if these are told."""
        start, end = ends or (str(row["from_iri"]), str(row["to_iri"]))
        given = {"slow": row["slow"]} if "slow" in row else {}
        return self.tie(
            "reports",
            start,
            end,
            str(row["line_iri"]),
            why={"line": curie(str(row["line_iri"]))},
            **self._of_row(row, columns),
            **given,
            label=row["act"],
            force=row["force"],
            reading=row["reading"],
        )

    def duty(self, row: Mapping[str, Any], columns: Sequence[Column], start: str) -> str | None:
        """Draw a duty from its row, from the body or from what stands for a route."""
        norm, body = str(row["norm_iri"]), str(row["body_iri"])
        return self.tie(
            "inherits",
            start,
            norm,
            str(row["duty_iri"]),
            why={"body": curie(body), "norm": curie(norm), "route": row["route"]},
            **self._of_row(row, columns),
            force=row["derived_force"],
            displaced=row["displaced_by"] is not None,
        )

    def lack(
        self, end: str, hole: str, row: Mapping[str, Any], said: list[list[str]]
    ) -> str | None:
        """Draw that a party or a system lacks what a hole says, from the hole's row."""
        told = {key: row[key] for key in ("basis", "interpretation")}
        resting = self._resting(str(row["norm_iri"])) | {"statement": row["detail"]}
        why = {"hole": curie(hole)}
        return self.tie("lacks", end, hole, hole, **resting, **told, facts=said, why=why)

    def _of_row(self, row: Mapping[str, Any], columns: Sequence[Column]) -> Json:
        resting = self._resting(str(row["norm_iri"]))
        told = ("timing", "about", "basis", "interpretation", "text", "lane")
        return {
            **{key: found for key, found in resting.items() if key not in ("force", "lane")},
            **{key: row.get(key) for key in told},
            "facts": facts(row, columns, self._graph.lang),
        }

    def _resting(self, iri: str) -> Json:
        norm = self._norms[iri]
        return {
            "norm": norm.name,
            "norm_id": curie(iri),
            "section": notation(norm.section.removeprefix(f"{ID}section/")),
            "sentence": norm.number,
            "force": norm.force,
            "lane": norm.lane,
            "statement": norm.statement,
        }

    def elements(self) -> Json:
        """Return ``nodes`` and ``edges``, each node with its title and what filters ask for."""
        lang, engine, store = self._graph.lang, self._graph.engine, self._graph.store
        classes = {
            iri: [edge.start for edge in self._surroundings.edges(iri, MEMBER, forth=False)]
            for iri in self._nodes
            if kind_of(iri) == "body"
        }
        drawn = [iri for iri in self._nodes if "label" not in self._nodes[iri]]
        named = titles(engine, store, drawn, lang)
        kinds = labels(engine, {one for found in classes.values() for one in found}, lang)
        nodes = []
        for iri, given in self._nodes.items():
            shown: Json = {"id": curie(iri), "kind": kind_of(iri), "label": named.get(iri)}
            if iri in self._norms:
                shown |= self._resting(iri) | {"hint": self._norms[iri].statement}
            elif kind_of(iri) == "sentence":
                shown["section"] = sentence_parts(iri)[0]
            elif kind_of(iri) == "section":
                shown["section"] = notation(iri.removeprefix(f"{ID}section/"))
            elif iri in classes:
                shown["hint"] = joined((kinds[one] for one in classes[iri]), lang)
                shown["absent"] = not classes[iri]
            nodes.append(shown | given)
        return {"nodes": nodes, "edges": list(self._edges.values()), "missing": self.missing}


def facts(row: Mapping[str, Any], columns: Iterable[Column], lang: str) -> list[list[str]]:
    """Return the cells of a row as pairs of heading and text, in words.

    What a picture shows in other ways (ends, norm, sentence in full) and IRIs are left out.
    """
    return [
        [column.label(lang), text]
        for column in columns
        if column.key not in _SAID
        and not column.key.endswith("_iri")
        and row.get(column.key) not in (None, [], "")
        and (text := column.text(row[column.key], lang))
    ]
