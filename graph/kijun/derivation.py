"""The whole graph for one state of the registers: what is asserted, and what follows from it.

Asserted quads come from the Turtle files, each layer in its own named graph. What follows comes
from the rules (:mod:`kijun.reasoning`) and stands in the graph ``derived``; nothing in it is
written by hand, and each of its nodes names the norm, and so the sentence, on which it rests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import clingo
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kijun.content import graph_files
from kijun.dates import State
from kijun.modelling import model
from kijun.naming import closure_quads, names_of_bodies, naming_quads
from kijun.reasoning import STRENGTH, Model, Term, atoms, parts, unrolled
from kijun.refusals import refuse
from kijun.terms import ID, LOCAL, NS, RDF, SKOS, XSD, curie, expand, graph_iri

Subject: TypeAlias = NamedNode | BlankNode | Triple
Object: TypeAlias = NamedNode | BlankNode | Literal | Triple

_GRAPH = NamedNode(graph_iri("derived"))
_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(SKOS + "prefLabel")
# Acts and norms state all their classes themselves; nothing follows for them.
_STATED_IN_FULL = ("kijun:Act", "kijun:Norm")
_OF_SUPERVISION = ("jointForWholeBody", "business", "article", "interpretation")
_ROLE_LABEL = {"manager": ("管理職", "managers"), "executive": ("役員", "executives")}


def asserted_quads() -> Iterator[Quad]:
    """Yield every quad of the Turtle files, each in the graph of its layer."""
    for layer, path in graph_files():
        graph = NamedNode(graph_iri(layer))
        for quad in parse(path.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def quads(state: State, *, without: Collection[str] = ()) -> Iterator[Quad]:
    """Yield the asserted quads and those that follow from them for one state.

    ``without`` names rules to leave out (see :func:`kijun.reasoning.rule_names`).
    """
    asserted = Store()
    asserted.bulk_extend(asserted_quads())
    yield from asserted
    yield from derived_quads(asserted, state, without=without)


def derived_quads(
    asserted: Store, state: State, *, without: Collection[str] = ()
) -> Iterator[Quad]:
    """Yield what the rules derive from an asserted graph for one state, in a fixed order.

    Raises:
        KijunError: a norm says what the rules would pass over.
    """
    control = model(parts(asserted, state, without=without))
    refuse(control)
    names = dict(names_of_bodies(asserted, state))
    writer = _Writer(asserted, names)
    yield from naming_quads(asserted, state, names)
    yield from writer.classification(control)
    yield from writer.duties(control)
    yield from writer.lines(control)
    yield from writer.routes(control)
    yield from writer.assignments(control)
    yield from writer.scope()
    yield from closure_quads(asserted)


class _Writer:
    """Turns ground atoms into quads of the derived graph."""

    def __init__(self, asserted: Store, names: Mapping[str, Sequence[Literal]]) -> None:
        self.asserted = asserted
        self.names = names
        self.keeps_force = {
            quad.subject.value: quad.object.value == "true"
            for quad in self._all("keepsForce")
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }
        self.force = {q.subject: q.object for q in self._all("force")}
        self.primary = {
            curie(quad.subject.value)
            for quad in self._all("isPrimary")
            if isinstance(quad.subject, NamedNode) and _literal(quad.object).value == "true"
        }
        self.supervised: dict[Term, Term] = {}
        self.supervisors: Counter[Term] = Counter()
        self.behind: dict[tuple[Term, ...], list[Term]] = defaultdict(list)
        self.line_iris: dict[tuple[Term, ...], list[NamedNode]] = defaultdict(list)

    def _all(self, name: str) -> Iterable[Quad]:
        return self.asserted.quads_for_pattern(None, NamedNode(NS + name), None, None)

    def classification(self, control: clingo.Control | Model) -> Iterator[Quad]:
        unclassified = {
            thing for thing, kind in atoms(control, "type", 2) if kind in _STATED_IN_FULL
        }
        for thing, kind in atoms(control, "type", 2):
            if thing not in unclassified:
                yield _quad(_node(thing), _TYPE, _node(kind))
        for relation in (
            "supervises",
            "competentFor",
            "sharedWith",
            "partlyManagedBy",
            "goalArticle",
        ):
            for subject, value in atoms(control, relation, 2):
                yield _quad(_node(subject), NS + relation, _node(value))

    def duties(self, control: clingo.Control | Model) -> Iterator[Quad]:
        displaced = {(body, norm): own for body, norm, own in atoms(control, "displaced", 3)}
        groups: dict[tuple[Term, ...], list[tuple[tuple[str, ...], Term, Term, Term]]]
        groups = defaultdict(list)
        for body, norm, route, grade, chain, confidence, supervision in atoms(control, "duty", 7):
            groups[body, norm, route].append((unrolled(chain), grade, confidence, supervision))
        for (body, norm, route), paths in groups.items():
            # Of paths as long as each other, the one by primary supervision comes first.
            paths.sort(key=lambda path: (len(path[0]), path[3] not in self.primary, repr(path)))
            for rank, (path, grade, confidence, supervision) in enumerate(paths, 1):
                iri = NamedNode(f"{_home(body)}duty/{_local(body)}/{_local(norm)}/{route}/{rank}")
                yield _quad(iri, _TYPE, NamedNode(NS + "InheritedDuty"))
                yield _quad(iri, NS + "body", _node(body))
                yield _quad(iri, NS + "norm", _node(norm))
                yield _quad(iri, NS + "route", NamedNode(f"{NS}{route}Route"))
                yield _quad(iri, NS + "rank", _number(rank))
                yield _quad(iri, NS + "path", Literal(" ".join(map(expand, path))))
                yield _quad(iri, NS + "pathLength", _number(len(path)))
                yield _quad(iri, NS + "confidence", _node(confidence))
                force = self.force[_node(norm)]
                if grade is not None:
                    yield _quad(iri, NS + "grade", _node(grade))
                    if not self.keeps_force[_node(grade).value]:
                        force = NamedNode(NS + "regard")
                yield _quad(iri, NS + "derivedForce", force)
                if supervision is not None:
                    yield _quad(iri, NS + "throughSupervision", _node(supervision))
                    yield from self._copied(iri, supervision, ("interpretation",))
                own = displaced.get((body, norm)) if route == "incorporation" else None
                if own is not None:
                    yield _quad(iri, NS + "displacedBy", _node(own))

    def lines(self, control: clingo.Control | Model) -> Iterator[Quad]:
        for norm, teller, told, act, reading in atoms(control, "class_line", 5):
            iri = self._line_iri(norm, teller, told, act, None, reading)
            yield from self._line(
                iri, norm, _node(teller), _node(told), act, None, reading, "class"
            )
        for supervision, *_, corporation in atoms(control, "supervision", 4):
            self.supervised[supervision] = corporation
            self.supervisors[corporation] += 1
        self._note_readings_behind(control)
        sure = {thing: confidence for thing, _, confidence in atoms(control, "entered", 3)}
        sure.update((one, confidence) for one, confidence in atoms(control, "confidence", 2))
        repeated = set(atoms(control, "repeated", 6))
        for line in atoms(control, "line", 6):
            if line in repeated:
                continue
            norm, teller, told, act, supervision, reading = line
            sender, receiver = _node(teller), _party(told)
            if isinstance(told, tuple):
                yield from self._post(receiver, told)
            iri = self._line_iri(norm, teller, told, act, supervision, reading)
            if _main(reading):
                self.line_iris[norm, teller, told, act].append(iri)
            yield from self._line(iri, norm, sender, receiver, act, supervision, reading, "body")
            if supervision is None:
                for one in (*self.behind[norm, reading, teller], *self.behind[norm, reading, told]):
                    yield from self._copied(iri, one, ("interpretation",))
            # A line is as sure as the least sure of its two bodies and of their relation.
            ends = (teller, told[2] if isinstance(told, tuple) else told, supervision)
            grounds = [sure[end] for end in ends if end in sure]
            weakest = max(grounds, key=STRENGTH.index, default=STRENGTH[0])
            yield _quad(iri, NS + "confidence", _node(weakest))
            if _main(reading):
                yield _quad(sender, NS + "informs", receiver)
        for norm, teller, told, topic in atoms(control, "broken_return", 4):
            iri = NamedNode(f"{ID}broken-return/{_local(norm)}/{_local(topic)}/{_local(told)}")
            yield _quad(iri, _TYPE, NamedNode(NS + "BrokenReturn"))
            yield _quad(iri, NS + "norm", _node(norm))
            yield _quad(iri, NS + "from", _node(told))
            yield _quad(iri, NS + "to", _node(teller))
            yield _quad(iri, NS + "about", _node(topic))

    def _note_readings_behind(self, control: clingo.Control | Model) -> None:
        """Note on which readings a ministry is at the end of a line that joins no one supervision.

        It tells, or is told, as one who supervises; where the minister of a corporation is another,
        that the ministry stands behind is a reading, which would be lost among the corporations.
        """
        through: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        for supervision, ministry, minister, corporation in atoms(control, "supervision", 4):
            if ministry != minister:
                through[corporation].append((ministry, supervision))
        over: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        for body, kind, *_ in atoms(control, "class_path", 4):
            over[kind] += through.get(body, [])
        told_as = {end: over[kind] for end, kind in atoms(control, "supervises_all", 2)}
        for norm, teller, told, _, reading in atoms(control, "class_line", 5):
            for end in (teller, told):
                for ministry, supervision in told_as.get(end, []):
                    self.behind[norm, reading, ministry].append(supervision)

    def _line_iri(
        self, norm: Term, teller: Term, told: Term, act: Term, supervision: Term, reading: Term
    ) -> NamedNode:
        ends = (_local(teller), _local(told) if isinstance(told, str) else "-".join(_parts(told)))
        name = f"{_home(teller, told)}line/{_local(norm)}/{ends[0]}/{ends[1]}/{_local(act)}"
        if supervision is not None:
            # Two supervisions may join the same two bodies: 内閣府 for itself and for its head.
            name += "/" + str(supervision).rsplit("/", 1)[1]
        return NamedNode(name if reading is None else f"{name}/{_local(reading)}")

    def _line(
        self,
        iri: NamedNode,
        norm: Term,
        sender: NamedNode,
        receiver: NamedNode,
        act: Term,
        supervision: Term,
        reading: Term,
        level: str,
    ) -> Iterator[Quad]:
        yield _quad(iri, _TYPE, NamedNode(NS + "ReportingLine"))
        yield _quad(iri, NS + "norm", _node(norm))
        yield _quad(iri, NS + "from", sender)
        yield _quad(iri, NS + "to", receiver)
        yield _quad(iri, NS + "act", _node(act))
        yield _quad(iri, NS + "level", NamedNode(f"{NS}{level}Level"))
        if supervision is not None:
            yield _quad(iri, NS + "throughSupervision", _node(supervision))
            shared = self.supervisors[self.supervised[supervision]] > 1
            copied = _OF_SUPERVISION if shared else ("interpretation",)
            yield from self._copied(iri, supervision, copied)
        if reading is not None:
            relation = "inDirection" if _main(reading) else "underReading"
            yield _quad(iri, NS + relation, _node(reading))
            yield from self._copied(iri, reading, ("interpretation", "trigger"))
        source = _node(norm if reading is None else reading)
        topics = list(
            self.asserted.quads_for_pattern(source, NamedNode(NS + "about"), None, None)
        ) or list(self.asserted.quads_for_pattern(_node(norm), NamedNode(NS + "about"), None, None))
        for topic in topics:
            yield _quad(iri, NS + "about", topic.object)

    def _copied(self, iri: NamedNode, source: Term, names: Iterable[str]) -> Iterator[Quad]:
        """Say of a derived node what its source says, so that one pattern finds it."""
        for name in names:
            for quad in self.asserted.quads_for_pattern(_node(source), NamedNode(NS + name), None):
                yield _quad(iri, NS + name, quad.object)

    def _post(self, post: NamedNode, told: tuple[Term, ...]) -> Iterator[Quad]:
        role, body = _parts_of_post(told)
        yield _quad(post, _TYPE, NamedNode(NS + "Post"))
        yield _quad(post, NS + "partOfAgency", _node(body))
        for label in self.names.get(_node(body).value, ()):
            japanese, english = _ROLE_LABEL[role]
            text = f"{label.value} {japanese if label.language == 'ja' else english}"
            yield _quad(post, _LABEL, Literal(text, language=label.language))

    def routes(self, control: clingo.Control | Model) -> Iterator[Quad]:
        counts: dict[Term, int] = defaultdict(int)
        for source, *hops in atoms(control, "path", 4):
            legs = [hop for hop in hops if isinstance(hop, tuple)]
            counts[source] += 1
            iri = NamedNode(f"{_home(source)}route/{_local(source)}/nisc/{counts[source]}")
            yield _quad(iri, _TYPE, NamedNode(NS + "ReportingRoute"))
            yield _quad(iri, NS + "from", _node(source))
            yield _quad(iri, NS + "to", _node(legs[-1][2]))
            yield _quad(iri, NS + "length", _number(len(legs)))
            for order, (norm, teller, told, act) in enumerate(legs, 1):
                leg = NamedNode(f"{iri.value}/leg-{order}")
                yield _quad(iri, NS + "leg", leg)
                yield _quad(leg, _TYPE, NamedNode(NS + "RouteLeg"))
                yield _quad(leg, NS + "order", _number(order))
                ends = (told, ("post", "manager", told))
                for line in (
                    line for end in ends for line in self.line_iris[norm, teller, end, act]
                ):
                    yield _quad(leg, NS + "line", line)

    def assignments(self, control: clingo.Control | Model) -> Iterator[Quad]:
        for pattern, norm in atoms(control, "assigned", 2):
            yield _quad(_node(pattern), NS + "assignedBy", _node(norm))
        assigned = set(atoms(control, "assigned", 2))
        for pattern, norm in atoms(control, "candidate", 2):
            if (pattern, norm) not in assigned:
                yield _quad(_node(pattern), NS + "searched", _node(norm))
        for (pattern,) in atoms(control, "unassigned", 1):
            yield _quad(_node(pattern), NS + "silent", Literal(True))

    def scope(self) -> Iterator[Quad]:
        """Say how much of the text was searched for whatever is called silent."""
        counts = [
            sum(1 for _ in self.asserted.quads_for_pattern(None, _TYPE, NamedNode(NS + kind), None))
            for kind in ("Norm", "Sentence")
        ]
        for kind in ("PossibleSilence", "PresupposedAct"):
            for quad in self.asserted.quads_for_pattern(None, _TYPE, NamedNode(NS + kind), None):
                for text, language in (
                    ("全{1}文の規範{0}件", "ja"),
                    ("all {0} norms of the {1} sentences", "en"),
                ):
                    value = Literal(text.format(*counts), language=language)
                    yield _quad(quad.subject, NS + "scopeSearched", value)


def _quad(subject: Subject, predicate: NamedNode | str, value: Object) -> Quad:
    node = _named(predicate) if isinstance(predicate, str) else predicate
    return Quad(subject, node, value, _GRAPH)


# Bodies, norms and properties stand in thousands of quads.
@lru_cache(maxsize=1 << 14)
def _named(iri: str) -> NamedNode:
    return NamedNode(iri)


def _literal(term: Object) -> Literal:
    assert isinstance(term, Literal)
    return term


def _node(term: Term) -> NamedNode:
    assert isinstance(term, str)
    return _named(expand(term))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def _party(term: Term) -> NamedNode:
    if isinstance(term, tuple):
        role, body = _parts_of_post(term)
        return NamedNode(f"{_home(body)}post/{_local(body)}/{role}")
    return _node(term)


def _parts_of_post(term: tuple[Term, ...]) -> tuple[str, str]:
    _, role, body = term
    assert isinstance(role, str)
    assert isinstance(body, str)
    return role, body


def _parts(term: Term) -> tuple[str, str]:
    assert isinstance(term, tuple)
    role, body = _parts_of_post(term)
    return _local(body), role


def _main(reading: Term) -> bool:
    """Say whether a line is the sentence's own, not that of another reading of it."""
    return reading is None or str(reading).startswith("id:direction/")


def _home(*terms: Term) -> str:
    """Return where what is derived of some things has its IRIs: of a user's own, among those."""
    ends = (term[-1] if isinstance(term, tuple) else term for term in terms)
    return LOCAL if any(str(end).startswith(LOCAL) for end in ends) else ID


def _local(term: Term) -> str:
    assert isinstance(term, str)
    return term.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
