"""What the OWL reasoner is shown of a graph, and where each statement of it stands.

The registers say of whom they speak in n-ary nodes that hold a date's state; OWL sees what follows
from those in use: that a body is of its entered class, that a ministry supervises a corporation.
What OWL cannot say is stated too: who uses a system without operating it (its world is open), that
two agencies which manage one system are different, and that a system is taken for the platform
that it is declared to be, where none of its layers is known. Annotations, dates and all else that
OWL 2 does not know are left out, and so is what the rules derived, since the reasoner judges that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kijun.content import graph_files
from kijun.owl_profile import ANNOTATION, RESERVED, Subject, Term, well_formed
from kijun.terms import ID, NS, OWL, RDF, RDFS, graph_iri

_TYPE = NamedNode(RDF + "type")
_DERIVED = graph_iri("derived")
_ANNOTATIONS = {
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(OWL + name for name in ("versionInfo", "deprecated", "imports")),
}


class Statement(NamedTuple):
    """One statement shown to the reasoner, and the quads in which it stands."""

    subject: Subject
    predicate: NamedNode
    object: Term
    sources: tuple[Quad, ...]

    def line(self) -> str:
        """Return the statement as a line of N-Triples."""
        return f"{self.subject} {self.predicate} {self.object} ."

    @property
    def is_about_terms(self) -> bool:
        """Whether the statement is in the words of OWL only, and so no fact."""
        words = (self.predicate, self.object) if self.predicate == _TYPE else (self.predicate,)
        return all(isinstance(w, NamedNode) and w.value.startswith(RESERVED) for w in words)

    @property
    def is_ours(self) -> bool:
        """Whether the ontology's own files state it."""
        return not self.sources or all(
            quad.graph_name == NamedNode(graph_iri("terms")) for quad in self.sources
        )


def shown(quads: Iterable[Quad]) -> list[Statement]:
    """Return what the reasoner is shown of a graph, without repetition, in the graph's order.

    Entries and supervisions count where a register has ``kijun:inUse``, as the derived layer says.
    """
    given = list(quads)
    annotations = _ANNOTATIONS | {
        quad.subject.value
        for quad in given
        if quad.predicate == _TYPE
        and quad.object == NamedNode(ANNOTATION)
        and isinstance(quad.subject, NamedNode)
    }
    asserted = [quad for quad in given if not _is_derived(quad)]
    plain = (
        Statement(quad.subject, quad.predicate, quad.object, (quad,))
        for quad in asserted
        if quad.predicate.value not in annotations and _known(quad)
    )
    in_use = {quad.subject for quad in given if quad.predicate.value == NS + "inUse"}
    facts = _Facts(asserted)
    found: dict[tuple[Subject, NamedNode, Term], Statement] = {}
    for statement in (*plain, *facts.of_registers(in_use), *facts.of_systems()):
        found.setdefault(statement[:3], statement)
    return list(found.values())


def _is_derived(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value == _DERIVED


def _known(quad: Quad) -> bool:
    if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
        return False
    return not isinstance(quad.object, Literal) or well_formed(quad.object)


class _Facts:
    """What follows for OWL from statements that it does not read itself."""

    def __init__(self, asserted: list[Quad]) -> None:
        self.by: dict[str, list[Quad]] = defaultdict(list)
        self.said: dict[tuple[Subject, str], list[Quad]] = defaultdict(list)
        for quad in asserted:
            if quad.predicate.value.startswith(NS):
                name = quad.predicate.value[len(NS) :]
                self.by[name].append(quad)
                self.said[quad.subject, name].append(quad)

    def _pairs(
        self, node: Subject, subject: str, relation: NamedNode, value: str, *more: Quad
    ) -> Iterator[Statement]:
        for one in self.said[node, subject]:
            for other in self.said[node, value]:
                if not isinstance(one.object, Literal):
                    yield Statement(one.object, relation, other.object, (one, other, *more))

    def of_registers(self, in_use: set[Subject]) -> Iterator[Statement]:
        for listed in self.by["register"]:
            if listed.object not in in_use:
                continue
            node = listed.subject
            yield from self._pairs(node, "entryOf", _TYPE, "entryClass", listed)
            for end, relation in (
                ("supervisingMinistry", "supervises"),
                ("competentMinister", "competentFor"),
            ):
                yield from self._pairs(node, end, NamedNode(NS + relation), "supervised", listed)

    def of_systems(self) -> Iterator[Statement]:
        operated = {(quad.subject, quad.object) for quad in self.by["operates"]}
        shared, managed = NamedNode(NS + "sharedWith"), NamedNode(NS + "partlyManagedBy")
        for quad in self.by["uses"]:
            if (quad.subject, quad.object) not in operated and not isinstance(quad.object, Literal):
                yield Statement(quad.object, shared, quad.subject, (quad,))
        managers: dict[Subject, dict[Term, tuple[Quad, ...]]] = defaultdict(dict)
        for quad in self.by["hasLayer"]:
            if not isinstance(quad.object, Literal):
                for by in self.said[quad.object, "layerManagedBy"]:
                    managers[quad.subject].setdefault(by.object, (quad, by))
        used = {
            quad.object for quad in self.by["uses"] if (quad.subject, quad.object) not in operated
        }
        for quad in self.by["declaredAs"]:
            declared = quad.object == NamedNode(NS + "declaredShared")
            if declared and quad.subject in used and quad.subject not in managers:
                yield Statement(quad.subject, _TYPE, NamedNode(NS + "SharedPlatform"), (quad,))
        for system, found in managers.items():
            for manager, sources in found.items():
                yield Statement(system, managed, manager, sources)
            for one, other in combinations(sorted(found, key=str), 2):
                if not isinstance(one, Literal):
                    yield Statement(one, NamedNode(OWL + "differentFrom"), other, ())


class Places:
    """Tells in which file a quad stands: one of kijun's own, or the graph it was given in.

    ``names`` says what graphs are called, by their IRIs.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}
        self._files: dict[tuple[Subject, NamedNode, Term], str] | None = None
        self._subjects: dict[Subject, str] = {}

    def __call__(self, quad: Quad) -> str:
        """Return the file's name with its folder, or the IRI of the graph."""
        if self._files is None:
            self._files = {}
            self._read(self._files)
        found = self._files.get((quad.subject, quad.predicate, quad.object))
        if found is None and _shipped(quad):
            found = self._subjects.get(quad.subject)
        if found is not None:
            return found
        name = quad.graph_name
        if isinstance(name, NamedNode):
            return self._names.get(name.value, name.value)
        return "the data given"

    def _read(self, files: dict[tuple[Subject, NamedNode, Term], str]) -> None:
        from pyoxigraph import RdfFormat, parse

        for _, path in graph_files():
            name = f"{path.parent.name}/{path.name}"
            for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
                files.setdefault((quad.subject, quad.predicate, quad.object), name)
                self._subjects.setdefault(quad.subject, name)


def _shipped(quad: Quad) -> bool:
    name = quad.graph_name
    return isinstance(name, NamedNode) and name.value.startswith(ID + "graph/")
