"""What the explorer asks of a graph, as JSON-ready dictionaries; nothing here knows of HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from pyoxigraph import Literal

from kijun import lookup
from kijun.boundary_scenes import BoundaryScenes
from kijun.catalogue import question
from kijun.dates import states
from kijun.dossier import Dossiers
from kijun.elements import facts
from kijun.engine import ask, labels
from kijun.errors import BadInput
from kijun.holes import HOLE_COLUMNS
from kijun.knowledge import KnowledgeGraph
from kijun.namebook import Found, Namebook
from kijun.names import name_key
from kijun.norms import FORCES, LANES, value
from kijun.relations import EDGES
from kijun.saying import worded
from kijun.terms import NS, PREFIXES, curie
from kijun.things import KINDS, titles

Json = dict[str, Any]


class Explorer(BoundaryScenes):
    """One graph, on one day and in one language, as the explorer asks for it."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        super().__init__(graph)
        self._proving = Lock()

    @cached_property
    def _names(self) -> Namebook:
        return Namebook(self.graph.store)

    def about(self) -> Json:
        """Return day and language, what must be said first, and what pictures can be made of."""
        graph, lang = self.graph, self.graph.lang
        sections = {
            value(row, "section"): value(row, "notation") for row in ask(graph.engine, "sections")
        }
        topics = sorted(lookup.covering(graph.engine))
        headings = titles(graph.engine, graph.store, sections, lang)
        named = labels(graph.engine, topics, lang)
        return {
            "day": graph.day.isoformat(),
            "lang": lang,
            "in_force": graph.validity.in_force,
            "notes": graph.notes(),
            "marking": [one.marking for one in graph.profiles if one.marking],
            "profiles": len(graph.profiles),
            "days": [
                {
                    "id": state.key,
                    "label": "、".join(register.label[lang] for register in state.registers),
                }
                for state in states()
            ],
            "kinds": _choices({kind: words[lang] for kind, words in KINDS.items()}),
            "edges": _choices({kind: words[lang] for kind, words in EDGES.items()}),
            "sections": _choices({sections[iri]: headings[iri] for iri in sections}),
            "forces": _choices(FORCES if lang == "ja" else {code: code for code in FORCES}),
            "lanes": _choices(LANES if lang == "ja" else {code: code for code in LANES}),
            "topics": _choices({iri.removeprefix(NS): named[iri] for iri in topics}),
        }

    def search(self, text: str, kinds: Iterable[str] = (), limit: int = 20) -> Json:
        """Return what answers to a text, the best first, and how many there are in ``all``.

        Each has ``id``, ``kind``, ``label``, ``matched`` (the name that matched, where it is
        another), ``hint`` and ``absent`` (a body that the registers of the day do not hold).
        """
        lang = self.graph.lang
        found, every = self._names.search(text, kinds, limit)
        iris = [one.iri for one in found if one.kind != "question"]
        named = titles(self.graph.engine, self.graph.store, iris, lang)
        return {"hits": [self._hit(one, named) for one in found], "all": every}

    def _hit(self, one: Found, named: Mapping[str, str]) -> Json:
        if one.kind == "question":
            identity, label, hint = one.iri, question(one.iri).summary[self.graph.lang], one.iri
        else:
            identity, label = curie(one.iri), named[one.iri]
            hint = self.norms[one.iri].statement if one.iri in self.norms else ""
        shown = name_key(one.matched) in (name_key(label), name_key(hint))
        return {
            "id": identity,
            "kind": one.kind,
            "label": label,
            "matched": None if shown else one.matched,
            "hint": hint or None,
            "absent": one.kind == "body" and one.iri not in self._names.present,
        }

    def thing(self, identity: str) -> Json:
        """Return the dossier of a thing (:mod:`kijun.dossier`), with what must be said of it.

        Raises:
            UnknownName: there is no such thing.
        """
        iri = self.known(identity)
        found = Dossiers(self.graph, self.surroundings, self.norms).dossier(iri)
        hole = self.holes.get(iri)
        if hole is not None:
            said = ("norm", "section", "sentence", "interpretation")
            found |= {key: hole[key] for key in said} | {
                "statement": hole["detail"],
                "sentence_id": curie(str(hole["sentence_iri"])),
                "told": facts(hole, HOLE_COLUMNS, self.graph.lang),
            }
        note = self.graph.find(iri).note if found["kind"] in ("body", "office") else None
        return {**found, "notes": [*self.graph.notes(), *([note] if note else [])]}

    def why(
        self,
        body: str | None = None,
        norm: str | None = None,
        *,
        alone: str | None = None,
        route: str | None = None,
    ) -> Json:
        """Return the proof that a norm (or a class) holds of a body, or of a line or hole alone.

        ``rows`` are nested: ``statement``, ``rule_in_words``, ``source``, ``interpretation``,
        ``holds`` and ``premises``, a list of the same. Where the norm does not hold of the body,
        they say which premise is missing.
        """
        with self._proving:
            if alone is not None:
                answer = self.graph.explain(alone)
            elif body is not None and norm is not None:
                answer = self.graph.explain(body, norm, route=route)
            else:
                raise BadInput(worded("name a line, a hole, or a body and a norm"))
        return {"rows": [dict(row) for row in answer.rows], "notes": list(answer.notes)}

    def questions(self) -> Json:
        """Return the questions of the catalogue, each as a query that runs as it stands."""
        rows = self.graph.catalogue()
        asked = ("section", "summary", "description", "parameters")
        return {
            "prefixes": PREFIXES,
            "questions": [
                {"id": row["question"]}
                | {key: row[key] for key in asked}
                | {"query": _spoken(row["question"], self.graph.lang)}
                for row in rows
            ],
        }


def _choices(words: Mapping[str, str]) -> list[Json]:
    return [{"id": code, "label": word} for code, word in words.items()]


def _spoken(name: str, lang: str) -> str:
    """Return the query of a question, in the language that the page is in."""
    asked = question(name)
    return asked.bound({"lang": [Literal(lang)]} if "lang" in asked.parameters else {})
