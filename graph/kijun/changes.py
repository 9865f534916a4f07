"""What may be assumed otherwise: parties, lines, competent ministers and classes of one state.

An assumption is a set of edits to the asserted quads; what follows from them is derived again
(:mod:`kijun.whatif`). A single line between two parties is no asserted fact, as lines follow
from norms, so it is taken out of what was derived. Nothing is written anywhere.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from kijun.axioms import TYPED_BY_USE
from kijun.competence import otherwise
from kijun.engine import labels
from kijun.errors import BadInput, UnknownName
from kijun.lookup import homes, members, unknown_norm
from kijun.names import Match
from kijun.saying import listing, worded
from kijun.standing import CORPORATE, DERIVED, OFFICE, Graph, Standing
from kijun.terms import NS, RDF, expand

_TYPE = NamedNode(RDF + "type")
_NORM = NamedNode(NS + "Norm")
_WIDE = str.maketrans("０１２３４５６７８９（）＝＋－，、：", "0123456789()=+-,,:")
_ASSIGNED = re.compile(r"(.*?)\s*(\+=|-=|=)\s*(.*)", re.DOTALL)
_ROWS = ("entryOf", "supervised", "supervisingMinistry", "competentMinister")
_IN_NORMS = ("bearer", "recipient")


Several = str | Iterable[str]
"""One text or several."""


class Cut(NamedTuple):
    """Lines taken out: those of a norm between some senders and some receivers (None: any)."""

    norm: str
    senders: frozenset[str] | None
    receivers: frozenset[str] | None

    def hits(self, norm: str, sender: str, receiver: str) -> bool:
        """Say whether a line of a norm between two parties is among them."""
        return (
            norm == self.norm
            and (self.senders is None or sender in self.senders)
            and (self.receivers is None or receiver in self.receivers)
        )


class Change(NamedTuple):
    """One assumption in ``words``, and what it does to the asserted quads.

    ``gone`` is the party taken out, ``cut`` the lines; ``idle`` says why nothing changes, where
    that is so; ``notes`` are what a reader should know besides.
    """

    words: str
    removed: tuple[Quad, ...] = ()
    added: tuple[Quad, ...] = ()
    idle: str | None = None
    notes: tuple[str, ...] = ()
    gone: str | None = None
    cut: Cut | None = None


def changes(
    graph: Graph,
    *,
    without: Several = (),
    without_line: Several = (),
    minister: Several = (),
    of_class: Several = (),
) -> list[Change]:
    """Return the assumptions that someone wrote, in a fixed order.

    ``without`` are bodies or offices; ``without_line`` is ``NORM`` or ``NORM:FROM:TO`` (an end
    left empty is any); ``minister`` is ``CORP=A,B`` (each for a line of business), ``CORP=A+B``
    (jointly for the whole body), ``CORP+=A`` (one more) or ``CORP-=A`` (one fewer); ``of_class``
    is ``CORP=CLASS``.

    Raises:
        BadInput: something cannot be read or cannot be, or two of them contradict each other.
        UnknownName: nothing is called so.
    """
    editor = _Editor(graph)
    gone = {change.gone: change for change in map(editor.without, _several(without))}
    found = list(gone.values())
    found += [editor.without_line(text) for text in dict.fromkeys(_several(without_line))]
    for option, given, make in (
        ("--minister", minister, editor.ministers),
        ("--class", of_class, editor.of_class),
    ):
        seen: dict[str, tuple[str, str]] = {}
        for text in _several(given):
            corporation, sign, rest = editor.assigned(option, text)
            if corporation.iri in gone:
                raise BadInput(
                    worded(
                        "{option}: {corporation} is taken out by --without; drop one",
                        option=option,
                        corporation=corporation.label,
                    )
                )
            before = seen.setdefault(corporation.iri, (sign, rest))
            if before != (sign, rest):
                raise BadInput(
                    worded(
                        "{option}: {corporation} is given twice; give it once",
                        option=option,
                        corporation=corporation.label,
                    )
                )
        for iri, (sign, rest) in seen.items():
            found.append(make(graph.find(iri), sign, rest, [iri for iri in gone if iri]))
    return found


def _several(texts: Several) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def edited(graph: Graph, assumed: Iterable[Change]) -> Store:
    """Return the asserted quads of a graph, in memory, as they would be under some changes."""
    asserted = Store()
    for name in graph.store.named_graphs():
        if name != DERIVED:
            asserted.bulk_extend(graph.store.quads_for_pattern(None, None, None, name))
    assumed = list(assumed)
    for quad in (quad for change in assumed for quad in change.removed):
        asserted.remove(quad)
    asserted.extend(quad for change in assumed for quad in change.added)
    return asserted


class _Editor:
    """Turns what a person writes into edits of the facts of one state."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.facts = Standing(graph)

    def _said(self, japanese: str, english: str) -> str:
        return japanese if self.graph.lang == "ja" else english

    def without(self, text: str) -> Change:
        match = self.graph.find(text)
        if match.iri.startswith(NS):
            raise BadInput(
                worded(
                    '--without "{text}": {name} is a class; take out a body or office',
                    text=text,
                    name=match.label,
                )
            )
        node, facts = NamedNode(match.iri), self.facts
        rows = {row for name in _ROWS for row in facts.rows(name, match.iri)}
        removed = [quad for row in sorted(rows, key=str) for quad in facts.quads(row, None, None)]
        for name in TYPED_BY_USE:
            removed += [*facts.quads(node, name, None), *facts.quads(None, name, node)]
        if match.iri.startswith(OFFICE):
            types = self.graph.store.quads_for_pattern(node, _TYPE, None, None)
            removed += [quad for quad in types if quad.graph_name != DERIVED]
            removed += [quad for name in _IN_NORMS for quad in facts.quads(None, name, node)]
        housed = {str(quad.subject).strip("<>") for quad in facts.quads(None, "partOfAgency", node)}
        kept = [
            self._said(
                f"{label}は{match.label}に置かれるが、別の当事者として残した。",
                f"{label} stands within {match.label}, but was kept as a party of its own.",
            )
            for label in labels(self.graph.engine, housed, self.graph.lang).values()
        ]
        idle = self._said(
            f"{match.label}は、この日の名簿にも規範にも現れない。",
            f"{match.label} occurs neither in a register of this day nor in a norm.",
        )
        return Change(
            self._said(f"{match.label}を除く", f"without {match.label}"),
            tuple(removed),
            gone=match.iri,
            idle=None if removed else idle,
            notes=tuple(note for note in (match.note, *kept) if note),
        )

    def without_line(self, text: str) -> Change:
        plain = text.translate(_WIDE).strip()
        norms = {
            name: quad.subject
            for quad in self.graph.store.quads_for_pattern(None, _TYPE, _NORM, None)
            if isinstance(quad.subject, NamedNode)
            and (name := self.facts.value(quad.subject, "notation"))
        }
        whole = {node.value: name for name, node in norms.items()}.get(expand(plain), plain)
        name, colon, ends = whole.partition(":")
        name = name.strip()
        if name not in norms:
            near = tuple(difflib.get_close_matches(name, norms, n=3, cutoff=0.5))
            raise unknown_norm(name, near)
        norm = norms[name]
        if not colon:
            removed = tuple(self.facts.quads(norm, None, None))
            return Change(self._said(f"規範{name}を除く", f"without the norm {name}"), removed)
        matches = self._ends(ends, text)
        any_one = self._said("すべて", "anyone")
        shown = [any_one if match is None else match.label for match in matches]
        return Change(
            self._said(
                f"{name}の線（{shown[0]}→{shown[1]}）を除く",
                f"without the line of {name} from {shown[0]} to {shown[1]}",
            ),
            cut=Cut(norm.value, self._parties(matches[0]), self._parties(matches[1])),
            notes=tuple(match.note for match in matches if match and match.note),
        )

    def _ends(self, text: str, given: str) -> tuple[Match | None, Match | None]:
        """Return both ends of a line; as an IRI holds colons too, each of them is tried."""
        parts = text.split(":")
        if len(parts) < 2 or not text.strip(" :"):
            raise BadInput(
                worded('--without-line "{given}": write NORM or NORM:FROM:TO', given=given[:60])
            )
        failed: UnknownName | None = None
        for place in range(1, len(parts)):
            ends = ":".join(parts[:place]).strip(), ":".join(parts[place:]).strip()
            try:
                first, second = (self.graph.find(end) if end else None for end in ends)
            except UnknownName as error:
                failed = failed or error
            else:
                return first, second
        assert failed is not None
        raise failed

    def _parties(self, match: Match | None) -> frozenset[str] | None:
        """Return whom an end means: also the members of a class and the posts of a body."""
        if match is None:
            return None
        iri = match.answers_through or match.iri
        found = {iri, *(members(self.graph.engine, iri) if iri.startswith(NS) else ())}
        posts = homes(self.graph.engine)
        return frozenset(found.union(post for post, home in posts.items() if home in found))

    def assigned(self, option: str, text: str) -> tuple[Match, str, str]:
        """Return the corporation, the sign and what follows it of ``CORP=…``."""
        parts = _ASSIGNED.fullmatch(text.translate(_WIDE).strip())
        if parts is None or not parts[1] or not parts[3].strip():
            raise BadInput(
                worded(
                    '{option} "{text}": write CORPORATION=..., with something after =',
                    option=option,
                    text=text[:60],
                )
            )
        match = self.graph.find(parts[1])
        kinds = self.facts.classes(match.iri)
        if not set(kinds) & {NS + name for name in CORPORATE}:
            told = (
                worded(
                    "{option}: {body} is no 独立行政法人 or 指定法人; only such a corporation of "
                    "the day has a class and competent ministers",
                    option=option,
                    body=match.label,
                )
                if kinds
                else worded(
                    "{option}: {body} is in no register of {day}; only a corporation of the day "
                    "has a class and competent ministers",
                    option=option,
                    body=match.label,
                    day=self.graph.day,
                )
            )
            raise BadInput(told)
        return match, parts[2], parts[3].strip()

    def of_class(self, corporation: Match, sign: str, text: str, _: Collection[str]) -> Change:
        allowed = labels(self.graph.engine, [NS + name for name in CORPORATE], self.graph.lang)
        kind = self.graph.find(text)
        if kind.iri not in allowed or sign != "=":
            raise BadInput(
                worded(
                    '--class "{corporation}{sign}{text}": write CORPORATION=CLASS with one of '
                    "{values}",
                    corporation=corporation.label,
                    sign=sign,
                    text=text[:40],
                    values=listing(allowed.values()),
                )
            )
        old = [
            quad
            for row in self.facts.rows("entryOf", corporation.iri)
            for quad in self.facts.quads(row, "entryClass", None)
        ]
        new = NamedNode(kind.iri)
        words = f"{corporation.label}を{kind.label}とする", f"{corporation.label} as {kind.label}"
        if all(quad.object == new for quad in old):
            idle = self._said(
                f"{corporation.label}はもともと{kind.label}である。",
                f"{corporation.label} already is of that class ({kind.label}).",
            )
            return Change(self._said(*words), idle=idle)
        added = tuple(Quad(quad.subject, quad.predicate, new, quad.graph_name) for quad in old)
        return Change(self._said(*words), tuple(old), added)

    def ministers(self, corporation: Match, sign: str, text: str, gone: Collection[str]) -> Change:
        return Change(*otherwise(self.graph, self.facts, corporation, sign, text, gone))
