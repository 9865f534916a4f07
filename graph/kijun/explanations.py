"""Why a norm reaches a body, a line is there or a thing is of a class, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import clingo
from pyoxigraph import NamedNode, Store

from kijun.absences import Rules, Wanted
from kijun.citations import Citations
from kijun.dates import State
from kijun.denials import Denials
from kijun.engine import Engine
from kijun.narration import Narrator, Node
from kijun.norms import norms
from kijun.phrasing import Phrasing
from kijun.profile import Place
from kijun.proofs import Pattern, Proofs, plain
from kijun.reasoning import program, unrolled
from kijun.terms import NS, curie, graph_iri, is_a

_ROUTE_ORDER = ("platform", "supervision", "incorporation", "role", "class", "direct")
_ANY: Pattern = None


class Explainer:
    """Explains what holds in one state of the graph; grounding happens once, when it is made.

    ``texts`` are the sentences of the attached copy by IRI, where they are to be shown. ``text`` is
    the program, where it is not that of the store, and ``stated`` says where users wrote its facts.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine,
        state: State | None,
        lang: str = "ja",
        texts: Mapping[str, str] | None = None,
        *,
        text: str | None = None,
        stated: Mapping[str, Sequence[Place]] | None = None,
    ) -> None:
        used = state or State("none", ())
        self.store = store
        self.lang = lang
        self.text = program(_asserted(store), used) if text is None else text
        self.proofs = Proofs(self.text)
        self.rules = Rules(self.text)
        self.norms = norms(engine, lang)
        self.words = Phrasing(engine, self.norms, lang)
        self.cite = Citations(store, used, self.norms, lang, texts, stated)
        self.narrator = Narrator(store, self.words, self.cite)
        self.denials = Denials(self.proofs, self.narrator)

    # What follows

    def duty(
        self, body: str, norm: str, *, route: str | None = None, all_paths: bool = False
    ) -> list[Node]:
        """Return how a norm reaches a body, one proof a route; or why it does not.

        ``body`` and ``norm`` are IRIs. Only the shortest path of each route is given unless
        ``all_paths`` is set. Where the norm does not reach the body there is one node that says
        why not, and one that says whether it is owed *about* the body by those who supervise it.
        """
        ends: list[Pattern] = [_string(body), _string(norm)]
        wanted = clingo.Function(route) if route else _ANY
        atoms = self.proofs.matching("duty", [*ends, wanted, _ANY, _ANY, _ANY, _ANY])
        if not atoms:
            return [self._no_duty(body, norm, route), *self._owed_about(body, norm)]
        by_route: dict[str, list[clingo.Symbol]] = {}
        for atom in sorted(atoms, key=_shortest):
            by_route.setdefault(atom.arguments[2].name, []).append(atom)
        found = []
        for name in sorted(by_route, key=_ROUTE_ORDER.index):
            found += by_route[name] if all_paths else by_route[name][:1]
        nodes = [self._node(atom) for atom in found]
        displaced = self.proofs.matching("displaced", [*ends, _ANY])
        return [*nodes, *(self._node(atom) for atom in displaced)]

    def classification(self, thing: str, kind: str) -> list[Node]:
        """Return why a thing is of a class, or why it is not."""
        return self._of("type", [_string(thing), _string(kind)])

    def lines(self, sender: str, receiver: str, norm: str | None = None) -> list[Node]:
        """Return why there are lines between two parties; one node says why there is none.

        Parties are IRIs: of bodies or offices, or of classes for lines in the words of the text.
        """
        first = _ANY if norm is None else _string(norm)
        classes = any(end.startswith(NS) for end in (sender, receiver))
        name, open_ends = ("class_line", 2) if classes else ("line", 3)
        patterns = [
            [first, _string(sender), _party(end), *[_ANY] * open_ends]
            for end in ([receiver] if classes else self._posts(receiver))
        ]
        atoms = [
            atom
            for pattern in patterns
            for atom in self.proofs.matching(name, pattern)
            if not self.proofs.matching("repeated", atom.arguments)
        ]
        return [self._node(atom) for atom in atoms] or self._of(name, patterns[0])

    def line(self, iri: str) -> list[Node]:
        """Return why one line, given by its IRI, is there; nothing where there is no such line."""
        ends = {name: self._object(iri, name) for name in _LINE}
        if any(ends[name] is None for name in _LINE[:4]):
            return []
        norm, sender, receiver, act = (str(ends[name]) for name in _LINE[:4])
        reading = _optional(ends["inDirection"] or ends["underReading"])
        pattern = [_string(norm), _string(sender), _party(receiver), _string(act)]
        edge = _optional(ends["throughSupervision"])
        atoms = self.proofs.matching("line", [*pattern, edge, reading])
        atoms = atoms or self.proofs.matching("class_line", [*pattern, reading])
        return [self._node(atom) for atom in atoms]

    def legs(self, lines: Iterable[str]) -> list[Node]:
        """Return why each leg of a route is there, by the IRIs of its lines in order."""
        return [node for iri in lines for node in self.line(iri)]

    def atoms(self, name: str, *arguments: Pattern) -> list[Node]:
        """Return the proofs of every atom of a signature whose arguments are as given."""
        found = self.proofs.matching(name, arguments)
        return [self._node(atom) for atom in found]

    # What does not follow

    def _of(self, name: str, pattern: Sequence[Pattern]) -> list[Node]:
        atoms = self.proofs.matching(name, pattern)
        if atoms:
            return [self._node(atom) for atom in atoms]
        failures = self.rules.failures(self.proofs, name, pattern)
        return [self.denials.denied(self.words.missing(Wanted(name, tuple(pattern))), failures)]

    def _no_duty(self, body: str, norm: str, route: str | None) -> Node:
        pattern = [_string(body), _string(norm), _ANY, _ANY, _ANY, _ANY, _ANY]
        if route:
            pattern[2] = clingo.Function(route)
        failures = self.rules.failures(self.proofs, "duty", pattern)
        name, who = self.norms[norm].name, self.words.name(curie(body))
        said = (
            f"規範{name}は{who}に及ばない。"
            if self.lang == "ja"
            else f"Norm {name} does not reach {who}."
        )
        return self.denials.denied(said, failures, self.cite.of_norm(norm))

    def _owed_about(self, body: str, norm: str) -> list[Node]:
        """Say whether those who supervise a body bear the norm with regard to it."""
        edges = self.proofs.matching("supervision", [_ANY, _ANY, _ANY, _string(body)])
        about_any = self.proofs.matching("regards", [_string(norm), _ANY])
        if not edges or not (about_any or self.proofs.matching("supervisory", [_string(norm)])):
            return []
        found = [
            atom
            for edge in edges
            for atom in self.proofs.matching(
                "duty",
                [edge.arguments[1], _string(norm), _ANY, _ANY, _ANY, _ANY, edge.arguments[0]],
            )
        ]
        if found:
            return [self._node(atom) for atom in found]
        failures = self.rules.failures(
            self.proofs,
            "duty",
            [_ANY, _string(norm), _ANY, _ANY, _ANY, _ANY, _ANY],
            only="supervision",
            given={("supervision", 3): _string(body)},
        )
        name, who = self.norms[norm].name, self.words.name(curie(body))
        said = (
            f"規範{name}は、{who}について、その所管府省庁にも課されていない。"
            if self.lang == "ja"
            else f"Nor is norm {name} owed about {who} by those who supervise it."
        )
        return [self.denials.denied(said, failures, self.cite.of_norm(norm))]

    def _node(self, atom: clingo.Symbol) -> Node:
        return self.narrator.node(self.proofs.proof(atom))

    def _object(self, iri: str, name: str) -> str | None:
        for quad in self.store.quads_for_pattern(NamedNode(iri), NamedNode(NS + name), None, None):
            value: str | None = getattr(quad.object, "value", None)
            return value
        return None

    def _posts(self, body: str) -> list[str]:
        pattern = self.store.quads_for_pattern(
            None, NamedNode(f"{NS}partOfAgency"), NamedNode(body), None
        )
        posts = {getattr(quad.subject, "value", "") for quad in pattern}
        return [body, *sorted(post for post in posts if is_a("post", post))]


_LINE = ("norm", "from", "to", "act", "throughSupervision", "inDirection", "underReading")


def _asserted(store: Store) -> Store:
    """Return the asserted quads alone: rules must not start from what they derived."""
    derived = NamedNode(graph_iri("derived"))
    kept = Store()
    kept.bulk_extend(quad for quad in store if quad.graph_name != derived)
    return kept


def _string(iri: str) -> clingo.Symbol:
    return clingo.String(curie(iri))


def _optional(iri: str | None) -> clingo.Symbol:
    return clingo.Function("nil") if iri is None else _string(iri)


def _party(iri: str) -> clingo.Symbol:
    if is_a("post", iri):
        body, _, role = iri.replace("post/", "body/", 1).rpartition("/")
        return clingo.Function("post", [clingo.String(role), _string(body)])
    return _string(iri)


def _shortest(duty: clingo.Symbol) -> tuple[int, str]:
    path = unrolled(plain(duty.arguments[4]))
    return len(path), repr(path)
