"""Where a body or a supervision stands in the registers, and the law on which its row rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Store

from kijun.content import ONTOLOGY
from kijun.dates import State, rows
from kijun.duties import BASES
from kijun.norms import joined
from kijun.terms import ID, NS, RDFS, SKOS

Citation = dict[str, object]

_CO_COLUMNS = "name_ja as_of primary co_supervisor article law_id note source confidence"


class RegisterCitations:
    """Cites rows of the registers of one state, in one language."""

    def __init__(self, store: Store, state: State, lang: str) -> None:
        self.store = store
        self.state = state
        self.lang = lang

    def entry(self, body: str, kind: str) -> Citation | None:
        """Return the row that enters a body under a class, or None where none does."""
        for register in self.state.registers:
            for entry in self.subjects("entryOf", body):
                values = self.values(entry)
                if (
                    NamedNode(register.iri) in values.get("register", [])
                    and NamedNode(kind) in values["entryClass"]
                ):
                    cited = self._row(entry, register.iri, values)
                    return self._based(cited, values, "establishedBy", "articles")
        return None

    def supervision(self, iri: str) -> Citation | None:
        """Return the row that says who supervises whom, or None where no register does."""
        values = self.values(iri)
        registers = values.get("register")
        if not registers:
            return None
        register, body = registers[0], values["supervised"][0]
        entry = next(
            entry
            for entry in self.subjects("entryOf", _value(body))
            if register in self.values(entry)["register"]
        )
        row = self.values(entry)
        cited = self._row(iri, _value(register), {**values, "row": row["row"]})
        shared = self._shared_row(_value(register), row, values)
        if shared is not None:
            cited["label"] = f"{cited['label']}{'；' if self.lang == 'ja' else '; '}{shared}"
            cited["shared_row"] = shared
        return self._based(cited, values, "law", "article")

    def _row(
        self, iri: str, register: str, values: Mapping[str, Sequence[NamedNode | Literal]]
    ) -> Citation:
        found = next(r for r in self.state.registers if register == r.iri)
        row = int(_value(values["row"][0]))
        sure = _value(values["confidence"][0]).removeprefix(NS)
        label = found.label.get(self.lang) or found.id
        label += (
            f"、organizations.csv {row}行、{BASES[sure]}"
            if self.lang == "ja"
            else f", organizations.csv row {row}, {sure}"
        )
        return {
            "kind": "register",
            "label": label,
            "iri": iri,
            "file": "ontology/registers/organizations.csv",
            "row": row,
            "register": found.id,
            "register_date": found.date.isoformat(),
            "confidence": sure,
            "provenance": "; ".join(sorted(map(_value, values["provenance"]))),
        }

    def _shared_row(
        self,
        register: str,
        entry: Mapping[str, Sequence[NamedNode | Literal]],
        edge: Mapping[str, Sequence[NamedNode | Literal]],
    ) -> str | None:
        """Return the row of the table of joint supervision that gives an edge, if one does."""
        found = next(r for r in self.state.registers if register == r.iri)
        if _value(edge["isPrimary"][0]) == "true" or not found.co_supervision:
            return None
        names = {_value(one) for one in entry["entryName"]}
        minister = _value(edge["competentMinister"][0])
        called = set(self._names(minister))
        for place, row in rows(ONTOLOGY / "registers" / "co_supervision.csv", _CO_COLUMNS):
            if (
                row["as_of"] == found.co_supervision
                and row["name_ja"] in names
                and row["co_supervisor"] in called
            ):
                number = place.rpartition(" ")[2]
                return (
                    f"co_supervision.csv {number}行"
                    if self.lang == "ja"
                    else f"co_supervision.csv row {number}"
                )
        return None

    def _names(self, iri: str) -> Iterable[str]:
        for entry in self.subjects("entryOf", iri):
            yield from map(_value, self.values(entry)["entryName"])
        for quad in self.store.quads_for_pattern(_node(iri), NamedNode(SKOS + "prefLabel"), None):
            if isinstance(quad.object, Literal):
                yield quad.object.value

    def _based(
        self,
        cited: Citation,
        values: Mapping[str, Sequence[NamedNode | Literal]],
        law: str,
        article: str,
    ) -> Citation:
        """Add the law on which a row of a register rests, with the articles it names."""
        laws = [self.law(_value(one)) for one in values.get(law, [])]
        printed = "".join(_value(one) for one in values.get(article, []))
        for one in laws:
            one["article"] = printed or None
        if laws:
            cited["law"] = laws
            cited["label"] = self.with_law(str(cited["label"]), laws)
        return cited

    def law(self, iri: str) -> Citation:
        """Return how a law or an article is cited: label, e-Gov address, confidence."""
        values = self.values(iri)
        see = self.store.quads_for_pattern(_node(iri), NamedNode(RDFS + "seeAlso"), None)
        sure = values.get("confidence")
        return {
            "label": self.text(iri, SKOS + "prefLabel") or iri.removeprefix(f"{ID}law/"),
            "iri": iri,
            "address": next((_value(quad.object) for quad in see), None),
            "confidence": _value(sure[0]).removeprefix(NS) if sure else None,
        }

    def with_law(self, label: str, laws: object) -> str:
        """Return a citation in words with the laws on which it rests."""
        assert isinstance(laws, list)
        parts = [label]
        for law in laws:
            sure = law["confidence"]
            sure = BASES.get(sure, sure) if self.lang == "ja" else sure
            name = f"{law['label']}{law.get('article') or ''}"
            inner = joined((part for part in (law["address"], sure) if part), self.lang)
            parts.append(f"{name}（{inner}）" if self.lang == "ja" else f"{name} ({inner})")
        return ("；" if self.lang == "ja" else "; ").join(parts)

    def subjects(self, name: str, value: str) -> list[str]:
        """Return the things that have a value, by IRI."""
        found = self.store.quads_for_pattern(None, NamedNode(NS + name), _node(value), None)
        return sorted({q.subject.value for q in found if isinstance(q.subject, NamedNode)})

    def values(self, iri: str) -> dict[str, list[NamedNode | Literal]]:
        """Return what the graph says of a thing, by local name of the property."""
        found: dict[str, list[NamedNode | Literal]] = {}
        for quad in self.store.quads_for_pattern(_node(iri), None, None, None):
            if isinstance(quad.object, NamedNode | Literal):
                found.setdefault(quad.predicate.value.removeprefix(NS), []).append(quad.object)
        return found

    def text(self, iri: str, predicate: str) -> str | None:
        """Return a text about a thing in this language, else in Japanese."""
        texts = {
            quad.object.language: quad.object.value
            for quad in self.store.quads_for_pattern(_node(iri), NamedNode(predicate), None)
            if isinstance(quad.object, Literal)
        }
        return texts.get(self.lang) or texts.get("ja")


def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def _value(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value
