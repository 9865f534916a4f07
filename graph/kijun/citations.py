"""Where an asserted fact stands: its sentence, its row of a register, its article or its term.

A citation is a JSON-ready object with ``kind``, ``label`` (the citation in words), ``iri``, and
what its kind brings: ``section``, ``sentence``, ``norm``, ``phrase``; ``file``, ``row``,
``register``, ``register_date``, ``confidence``, ``provenance``; ``definition``; ``law``, a list of
``label``, ``iri``, ``address``, ``confidence``. Nothing stands in it that the graph does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kijun.boundary_atom_words import ABSENT
from kijun.content import SITUATED, rule_files, rules_of_situations
from kijun.dates import State
from kijun.norms import Norm, joined
from kijun.profile import Place
from kijun.reasoning import Term
from kijun.register_citations import Citation, RegisterCitations
from kijun.sections import notation
from kijun.terms import ID, NS, SKOS, curie, expand, graph_iri

CONVENTIONS = (
    *("claim", "corporate", "supervises_all", "relates", "fixed", "covers", "target", "main"),
)
"""Facts that the files of rules state themselves."""

_OF_PROFILES = {*ABSENT, "partlyManagedBy"}
_OF_SYSTEMS = {"operates", "manages", "platform_path", "declaredAs", "sharedWith"}
_OF_TERMS = {"sub", "broader", "playedIn"}
_SENTENCE = f"{ID}sentence/"


class Citations(RegisterCitations):
    """Cites the facts of one state; ``norms`` are all norms in one language, by IRI.

    ``texts`` are the sentences of the attached copy by IRI, where they are to be shown; ``stated``
    says of the facts that users wrote where they did.
    """

    def __init__(
        self,
        store: Store,
        state: State,
        norms: Mapping[str, Norm],
        lang: str,
        texts: Mapping[str, str] | None = None,
        stated: Mapping[str, Sequence[Place]] | None = None,
    ) -> None:
        super().__init__(store, state, lang)
        self.norms = norms
        self.texts = texts
        self.stated = stated or {}

    def of_user(self, atom: str) -> Citation | None:
        """Return where a user wrote a fact, given as clingo writes it; None where nobody did."""
        places = self.stated.get(atom)
        if not places:
            return None
        label = joined((place.words(self.lang) for place in places), self.lang) or ""
        first = places[0]
        label = f"プロファイル：{label}" if self.lang == "ja" else f"profile: {label}"
        return {
            "kind": "profile",
            "label": label,
            "iri": None,
            "file": first.file,
            "sheet": first.sheet or None,
            "row": first.row,
            "node": first.node or None,
        }

    def of_fact(self, name: str, terms: Sequence[Term]) -> Citation:
        """Return the citation of an asserted atom."""
        first = expand(str(terms[0])) if terms else ""
        kind = first.removeprefix(ID).partition("/")[0]
        if name == "entered":
            return self.entry(first, expand(str(terms[1]))) or self._elsewhere(first)
        if name in ("supervision", "confidence"):
            return self.supervision(first) or self._elsewhere(first)
        if name == "weaker":
            return self._convention("kijun.reasoning", None)
        if name in CONVENTIONS and kind != "body":
            term = first if first.startswith((NS, ID)) else None
            return self._convention(_stated_in(name), term)
        if name in _OF_TERMS:
            return self.of_terms([first, expand(str(terms[1]))])
        if name in ("asserted_type", "held_by_one") and first.startswith(NS):
            return self.of_terms([first])
        if kind in ("section", "sentence"):
            return self._place(first)
        norm = self.norm_of(first)
        if norm is not None:
            cited = self.of_norm(norm)
            if name == "cites":
                cited["law"] = [self.law(expand(str(terms[1])))]
                cited["label"] = self.with_law(str(cited["label"]), cited["law"])
            return cited
        return self._elsewhere(first)

    # The guideline

    def of_norm(self, iri: str) -> Citation:
        """Return the citation of a norm: its sentence, its name and its operative phrase."""
        norm = self.norms[iri]
        cited = self._sentence(norm.sentence, norm)
        cited |= {"norm": norm.name, "norm_iri": iri, "phrase": norm.phrase}
        return cited

    def norm_of(self, iri: str) -> str | None:
        """Return the norm to which a direction, a reading or an incorporation belongs."""
        if iri in self.norms:
            return iri
        for name in ("towards", "alternativeReading", "incorporates"):
            for quad in self.store.quads_for_pattern(None, NamedNode(NS + name), NamedNode(iri)):
                if isinstance(quad.subject, NamedNode) and quad.subject.value in self.norms:
                    return quad.subject.value
        return None

    def _sentence(self, iri: str, norm: Norm | None = None) -> Citation:
        section, _, number = iri.removeprefix(_SENTENCE).rpartition("-")
        place = f"{notation(section)}第{number}文"
        if self.lang != "ja":
            place = f"{notation(section)}, sentence {number}"
        label = place
        if norm is not None:
            label = (
                f"{place}（規範{norm.name}「{norm.phrase}」）"
                if self.lang == "ja"
                else f"{place} (norm {norm.name}: 「{norm.phrase}」)"
            )
        cited: Citation = {
            "kind": "sentence",
            "label": label,
            "iri": iri,
            "section": notation(section),
            "sentence": int(number),
        }
        if self.texts is not None:
            cited["text"] = self.texts.get(iri)
        return cited

    def _place(self, iri: str) -> Citation:
        if iri.startswith(_SENTENCE):
            return self._sentence(iri)
        printed = notation(iri.removeprefix(f"{ID}section/"))
        heading = self.text(iri, SKOS + "prefLabel")
        label = f"指針の節{printed}" if self.lang == "ja" else f"section {printed} of the guideline"
        if heading:
            label += f"「{heading}」"
        return {"kind": "section", "label": label, "iri": iri, "section": printed}

    # Law and terms

    def of_terms(self, iris: Sequence[str], law: str | None = None) -> Citation:
        """Return the citation of what the ontology says of some terms, the first above all."""
        said = []
        for iri in iris:
            name = self.text(iri, SKOS + "prefLabel") or curie(iri)
            definition = (self.text(iri, SKOS + "definition") or "").rstrip("。.")
            term = f"「{name}」（{curie(iri)}）" if self.lang == "ja" else f"{name} ({curie(iri)})"
            colon = "：" if self.lang == "ja" else ": "
            said.append(f"{term}{colon}{definition}" if definition else term)
        label = ("オントロジー：" if self.lang == "ja" else "ontology: ") + "；".join(said)
        cited: Citation = {
            "kind": "axiom",
            "label": label if self.lang == "ja" else label.replace("；", "; "),
            "iri": iris[0],
            "terms": list(iris),
            "definition": self.text(iris[0], SKOS + "definition"),
        }
        if law is not None:
            cited["law"] = [self.law(law)]
            cited["label"] = self.with_law(str(cited["label"]), cited["law"])
        return cited

    # Everything else

    def searched(self, name: str) -> Citation:
        """Return the scope that was searched for what ``none(...)`` says is not there."""
        sentences = sum(
            1 for _ in self.store.quads_for_pattern(None, NamedNode(NS + "sha256"), None, None)
        )
        if name in ("type", "entered"):
            names = joined((r.label.get(self.lang, r.id) for r in self.state.registers), self.lang)
            scope = f"{names}のすべて" if self.lang == "ja" else f"all of {names}"
        elif name == "in_touch":
            scope = "開いたプロファイルと、指針の報告の線すべて"
            if self.lang != "ja":
                scope = "the profiles given, and all reporting lines of the guideline"
        elif name in _OF_PROFILES:
            scope = "開いたプロファイルすべて" if self.lang == "ja" else "the profiles given"
        elif name in _OF_SYSTEMS:
            scope = "与えられたシステムの記載" if self.lang == "ja" else "the systems declared"
        elif self.lang == "ja":
            scope = f"全{sentences}文の規範{len(self.norms)}件"
        else:
            scope = f"all {len(self.norms)} norms of the {sentences} sentences"
        label = f"調べた範囲：{scope}" if self.lang == "ja" else f"scope searched: {scope}"
        return {"kind": "scope", "label": label, "iri": None}

    def _convention(self, place: str, term: str | None) -> Citation:
        label = f"規則の取り決め（{place}）"
        if self.lang != "ja":
            label = f"a convention of the rules ({place})"
        cited: Citation = {"kind": "convention", "label": label, "iri": term, "file": place}
        if term is not None and (definition := self.text(term, SKOS + "definition")):
            cited["definition"] = definition
        return cited

    def _elsewhere(self, iri: str) -> Citation:
        """Cite a thing by the sentence it names, or by the layer in which it is stated."""
        for source in self.values(iri).get("source", []):
            return self._sentence(source.value)
        layers = {
            quad.graph_name.value.rpartition("/")[2]
            for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, None)
            if isinstance(quad.graph_name, NamedNode)
            and quad.graph_name.value != graph_iri("derived")
        }
        where = joined(sorted(layers), self.lang) or "?"
        label = f"データの記載（{where}）" if self.lang == "ja" else f"stated in the data ({where})"
        return {"kind": "data", "label": label, "iri": iri}

    def readings(self, iri: str) -> list[str]:
        """Return how a thing of the graph says that it was read, in one language."""
        pattern = self.store.quads_for_pattern(
            NamedNode(iri), NamedNode(NS + "interpretation"), None
        )
        return sorted(
            {
                quad.object.value
                for quad in pattern
                if isinstance(quad.object, Literal) and quad.object.language == self.lang
            }
        )


def _stated_in(name: str) -> str:
    """Return the file of rules that states a fact of its own."""
    stated = re.compile(rf"(?:^|\. ){name}\(", re.MULTILINE)
    if stated.search(rules_of_situations()):
        return f"ontology/rules/{SITUATED[0]}"
    places: list[Path] = [p for p in rule_files() if stated.search(p.read_text(encoding="utf-8"))]
    return f"ontology/rules/{places[0].name}" if places else "ontology/rules"
