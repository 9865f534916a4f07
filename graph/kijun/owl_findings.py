"""What the OWL judge finds in the graph of a day, with or without files of a user's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kijun.clashes import Assertion, Clash
from kijun.engine import labels
from kijun.errors import BadInput
from kijun.findings import Contradiction
from kijun.judge import SECONDS, Verdict, judge
from kijun.lines import visible
from kijun.owl_profile import Violation
from kijun.saying import cause, worded
from kijun.situation_sources import GIVEN, Sourced
from kijun.standing import Graph
from kijun.terms import SKOS, expand

FORMS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}
"""The endings of files that the reasoner can be given as they stand."""

_LARGEST = 20_000_000
_LABEL = NamedNode(SKOS + "prefLabel")


class Judged(NamedTuple):
    """What the reasoner finds, and its verdict in one sentence."""

    contradictions: tuple[Contradiction, ...]
    summary: str


def by_owl(
    graph: Graph,
    files: Sequence[str | os.PathLike[str]] = (),
    *,
    situation: Sourced | None = None,
    seconds: float = SECONDS,
) -> Judged:
    """Return what the OWL reasoner finds in the graph, in files of RDF and in a situation.

    Raises:
        BadInput: a file that cannot be read; their endings are those of :data:`FORMS`.
        MissingExtra: the extra ``owl`` is not installed.
        LimitReached: the reasoner needed more time or memory.
    """
    names: dict[str, str] = dict(situation.names) if situation else {}
    own = list(situation.quads) if situation else []
    own += (quad for file in files for quad in _read(Path(file), names))
    verdict = judge([*graph.store, *own], seconds=seconds, names=names)
    words = _Words(graph, own, verdict)
    found = (*words.clashes(), *words.impossible(), *words.violations())
    return Judged(found, words.summary(len(own), len(found)))


def _read(path: Path, names: dict[str, str]) -> Iterator[Quad]:
    """Yield what a file states, in a graph that stands for the file."""
    form = FORMS[path.suffix.lower()]
    graph = NamedNode(GIVEN + quote(str(path)))
    names[graph.value] = str(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(
                worded(
                    "{path}: larger than {largest} MB; check it in parts",
                    path=path,
                    largest=_LARGEST // 1_000_000,
                )
            )
        for quad in parse(path.read_bytes(), form, rename_blank_nodes=True):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except OSError as error:
        raise BadInput(
            worded("{path}: cannot be read ({reason})", path=path, reason=cause(error))
        ) from None
    except SyntaxError as error:
        message = visible(str(error.msg))
        raise BadInput(
            worded("{path}, line {line}: {message}", path=path, line=error.lineno, message=message)
            if error.lineno
            else worded("{path}: {message}", path=path, message=message)
        ) from None


class _Words:
    """The findings of a verdict, in the language and with the labels of a graph."""

    def __init__(self, graph: Graph, own: Iterable[Quad], verdict: Verdict) -> None:
        self.graph = graph
        self.japanese = graph.lang == "ja"
        self.verdict = verdict
        self.named = self._named(own)

    def _named(self, own: Iterable[Quad]) -> Mapping[str, str]:
        wanted = set(self.verdict.unsatisfiable) | {one.term for one in self.verdict.violations}
        for clash in self.verdict.clashes:
            wanted |= {clash.thing, *clash.excluded}
            wanted |= {end for one in clash.assertions for end in one[:3]}
        iris = {name: expand(name) for name in wanted if expand(name) != name}
        found = labels(self.graph.engine, iris.values(), self.graph.lang)
        # What has no label is called by the end of its IRI; its compact IRI says more.
        named = {
            name: found[iri] for name, iri in iris.items() if found[iri] != iri.rpartition("/")[2]
        }
        own_labels = {
            quad.subject.value: quad.object.value
            for quad in own
            if quad.predicate == _LABEL
            and isinstance(quad.object, Literal)
            and isinstance(quad.subject, NamedNode)
        }
        for name in wanted:
            if name not in named and expand(name) in own_labels:
                named[name] = own_labels[expand(name)]
        named["rdf:type"] = "類" if self.japanese else "is a"
        return named

    def _name(self, name: str) -> str:
        return self.named.get(name, name)

    def _statement(self, one: Assertion) -> str:
        said = " ".join(map(self._name, one[:3]))
        return f"{said}（{one.source}）" if self.japanese else f"{said} ({one.source})"

    def clashes(self) -> Iterator[Contradiction]:
        for clash in self.verdict.clashes:
            yield self._clash(clash)

    def _clash(self, clash: Clash) -> Contradiction:
        named = clash._replace(
            thing=self._name(clash.thing), excluded=tuple(map(self._name, clash.excluded))
        )
        return Contradiction(
            "unsatisfiable" if clash.kind == "memberless" else "clash",
            named.thing,
            _iri(clash.thing),
            named.sentence(self.graph.lang),
            tuple(map(self._statement, clash.assertions)),
            tuple(map(str, clash.assertions)),
            tuple(dict.fromkeys(one.source for one in clash.assertions)),
        )

    def impossible(self) -> Iterator[Contradiction]:
        """Yield the classes that can have no member and of which no clash says why."""
        told = {clash.thing for clash in self.verdict.clashes if clash.kind == "memberless"}
        for name in self.verdict.unsatisfiable:
            if name not in told:
                label = self._name(name)
                text = (
                    f"{label}に属するものはありえない。"
                    if self.japanese
                    else f"{label} can have no member."
                )
                yield Contradiction("unsatisfiable", label, _iri(name), text)

    def violations(self) -> Iterator[Contradiction]:
        for one in self.verdict.violations:
            yield self._violation(one)

    def _violation(self, one: Violation) -> Contradiction:
        sentence = one.sentence(self.graph.lang)
        return Contradiction(
            "owl-profile",
            self._name(one.term),
            _iri(one.term),
            sentence,
            (one.file,),
            (),
            (one.file,),
        )

    def summary(self, own: int, found: int) -> str:
        """Return the verdict in one sentence."""
        judged, verdict = self.verdict.judged, self.verdict
        if self.japanese:
            what = f"記述{judged:,}件（うち利用者のもの{own:,}件）" if own else f"記述{judged:,}件"
            told = "矛盾はなく" if verdict.consistent else "矛盾があり"
            rest = f"指摘{found}件。" if found else "成り立たない類もOWL 2 DLを外れる所もない。"
            return f"HermiTによる判定：{what}に{told}、{rest}"
        what = f"{judged:,} statements" + (f" ({own:,} of them yours)" if own else "")
        told = "consistent" if verdict.consistent else "inconsistent"
        rest = f"findings: {found}" if found else "every class can have members, OWL 2 DL is kept"
        return f"HermiT's verdict: {what}, {told}; {rest}."


def _iri(name: str) -> str | None:
    return expand(name) if name not in ("[]", "the ontology") else None
