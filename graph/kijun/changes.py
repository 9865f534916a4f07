"""What may be assumed otherwise: parties, lines, competent ministers and classes of one state.

An assumption is a set of edits to the asserted quads; what follows from them is derived again
(:mod:`kijun.whatif`). A single line between two parties is no asserted fact, as lines follow
from norms, so it is taken out of what was derived. Nothing is written anywhere.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Store

from kijun.axioms import TYPED_BY_USE
from kijun.dates import State
from kijun.engine import Engine, labels
from kijun.errors import BadInput, UnknownName
from kijun.lookup import homes, members
from kijun.names import Match
from kijun.terms import ID, NS, RDF, XSD, expand, graph_iri
from kijun.validity import Validity

BODY, OFFICE = f"{ID}body/", f"{ID}office/"

CORPORATE = ("MidTermAgency", "NationalResearchAgency", "ExecutiveAgency", "DesignatedCorporation")
"""The classes under which a register enters a corporation."""

_TYPE = NamedNode(RDF + "type")
_DERIVED = NamedNode(graph_iri("derived"))
_BODIES = NamedNode(graph_iri("bodies"))
_WIDE = str.maketrans("０１２３４５６７８９（）＝＋－，、：", "0123456789()=+-,,:")
_ASSIGNED = re.compile(r"(?P<corporation>.*?)\s*(?P<sign>\+=|-=|=)\s*(?P<rest>.*)", re.DOTALL)


class Graph(Protocol):
    """What is needed of an open knowledge graph (:class:`kijun.knowledge.KnowledgeGraph`)."""

    @property
    def day(self) -> date:
        """The day asked about."""

    @property
    def state(self) -> State | None:
        """The registers in use on that day."""

    @property
    def lang(self) -> str:
        """The language of labels and statements."""

    @property
    def engine(self) -> Engine:
        """What answers the questions of the catalogue."""

    @property
    def store(self) -> Store:
        """All layers of the graph."""

    @property
    def validity(self) -> Validity:
        """Whether the text was in force on the day."""

    def find(self, text: str) -> Match:
        """Return what a name, 法人番号 or IRI means on the day."""

    def notes(self) -> list[str]:
        """Return what every answer begins by saying."""


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
    gone: str | None = None
    cut: Cut | None = None
    idle: str | None = None
    notes: tuple[str, ...] = ()


def changes(
    graph: Graph,
    *,
    without: Iterable[str] = (),
    without_line: Iterable[str] = (),
    minister: Iterable[str] = (),
    of_class: Iterable[str] = (),
) -> list[Change]:
    """Return the assumptions that someone wrote, in a fixed order.

    ``without`` are bodies or offices; ``without_line`` ``NORM`` or ``NORM:FROM:TO`` (an end left
    empty is any); ``minister`` ``CORP=A,B`` (by business line), ``CORP=A+B`` (jointly for the
    whole body), ``CORP+=A`` (one more) or ``CORP-=A`` (one fewer); ``of_class`` ``CORP=CLASS``.

    Raises:
        BadInput: something cannot be read or cannot be, or two of them contradict each other.
        UnknownName: nothing is called so.
    """
    editor = _Editor(graph)
    gone = {change.gone: change for change in map(editor.without, dict.fromkeys(without))}
    named = dict.fromkeys(minister), dict.fromkeys(of_class)
    ministers = [editor.assigned(text, "--minister") for text in named[0]]
    classes = [editor.assigned(text, "--class") for text in named[1]]
    for option, given in (("--minister", ministers), ("--class", classes)):
        seen: dict[str, str] = {}
        for corporation, sign, rest in given:
            if seen.setdefault(corporation.iri, sign + rest) != sign + rest:
                raise BadInput(f"{option}: {corporation.label} is given twice; give it once")
            if corporation.iri in gone:
                raise BadInput(f"{option}: {corporation.label} is taken out by --without; drop one")
    found = list(gone.values())
    found += [editor.without_line(text) for text in dict.fromkeys(without_line)]
    for corporation, sign, rest in dict.fromkeys(ministers):
        found.append(editor.ministers(corporation, sign, rest, set(gone)))
    for corporation, sign, rest in dict.fromkeys(classes):
        found.append(editor.of_class(corporation, sign, rest))
    return found


def edited(graph: Graph, assumed: Sequence[Change]) -> Store:
    """Return the asserted quads of a graph, in memory, as they would be under some changes."""
    asserted = Store()
    for name in graph.store.named_graphs():
        if name != _DERIVED:
            asserted.bulk_extend(graph.store.quads_for_pattern(None, None, None, name))
    for change in assumed:
        for quad in change.removed:
            asserted.remove(quad)
    for change in assumed:
        asserted.extend(change.added)
    return asserted


class _Editor:
    """Turns what a person writes into edits of the facts of one state."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.japanese = graph.lang == "ja"
        registers = graph.state.registers if graph.state else ()
        self.registers = {f"{ID}register/{register.id}" for register in registers}

    # Reading facts

    def quads(
        self, subject: NamedNode | None, name: str | None, value: NamedNode | None
    ) -> Iterator[Quad]:
        """Yield the asserted quads of a pattern; ``name`` is that of a property of ours."""
        predicate = None if name is None else NamedNode(NS + name)
        for quad in self.graph.store.quads_for_pattern(subject, predicate, value, None):
            if quad.graph_name != _DERIVED:
                yield quad

    def rows(self, name: str, party: str) -> list[NamedNode]:
        """Return the entries or supervisions of the registers in use that name a party."""
        found = {q.subject for q in self.quads(None, name, NamedNode(party))}
        return sorted(
            (node for node in found if isinstance(node, NamedNode) and self._in_use(node)),
            key=str,
        )

    def _in_use(self, node: NamedNode) -> bool:
        return any(
            isinstance(q.object, NamedNode) and q.object.value in self.registers
            for q in self.quads(node, "register", None)
        )

    def value(self, node: NamedNode, name: str) -> str | None:
        """Return the value of a property that has one at most."""
        for quad in self.quads(node, name, None):
            if isinstance(quad.object, (NamedNode, Literal)):
                return quad.object.value
        return None

    def _said(self, japanese: str, english: str) -> str:
        return japanese if self.japanese else english

    # Parties

    def without(self, text: str) -> Change:
        match = self.graph.find(text)
        if match.iri.startswith(NS):
            raise BadInput(f'--without "{text}": {match.label} is a class; take out one body')
        node = NamedNode(match.iri)
        rows = [
            row
            for name in ("entryOf", "supervised", "supervisingMinistry", "competentMinister")
            for row in self.rows(name, match.iri)
        ]
        removed = [quad for row in rows for quad in self.quads(row, None, None)]
        for name in TYPED_BY_USE:
            removed += [*self.quads(node, name, None), *self.quads(None, name, node)]
        if match.iri.startswith(OFFICE):
            types = self.graph.store.quads_for_pattern(node, _TYPE, None, None)
            removed += [quad for quad in types if quad.graph_name != _DERIVED]
            for name in ("bearer", "recipient"):
                removed += self.quads(None, name, node)
        notes = [match.note] if match.note else []
        housed = [q.subject.value for q in self.quads(None, "partOfAgency", node)
                  if isinstance(q.subject, NamedNode) and q.subject.value.startswith(OFFICE)]
        for label in labels(self.graph.engine, housed, self.graph.lang).values():
            notes.append(
                self._said(
                    f"{label}は{match.label}に置かれるが、別の当事者として残した。",
                    f"{label} stands within {match.label}, but was kept as a party of its own.",
                )
            )
        idle = None
        if not removed:
            idle = self._said(
                f"{match.label}は、この日の名簿にも規範にも現れない。",
                f"{match.label} occurs in no register of this day and in no norm.",
            )
        words = self._said(f"{match.label}を除く", f"without {match.label}")
        return Change(words, tuple(removed), gone=match.iri, idle=idle, notes=tuple(notes))

    # Lines

    def without_line(self, text: str) -> Change:
        plain = text.translate(_WIDE).strip()
        norms = {
            (self.value(quad.subject, "notation") or ""): quad.subject
            for quad in self.graph.store.quads_for_pattern(None, _TYPE, NamedNode(NS + "Norm"))
            if isinstance(quad.subject, NamedNode)
        }
        by_iri = {node.value: name for name, node in norms.items()}
        name = next(
            (
                head
                for head in (by_iri.get(expand(plain)), plain, plain.partition(":")[0].strip())
                if head in norms
            ),
            None,
        )
        if name is None:
            asked = plain.partition(":")[0].strip()
            near = tuple(difflib.get_close_matches(asked, norms, n=3, cutoff=0.6))
            hint = f"did you mean {', '.join(near)}?" if near else "`kijun norms` lists them all"
            raise UnknownName(f'--without-line: no norm is called "{asked[:40]}"; {hint}', asked)
        norm = norms[name]
        if plain == name or expand(plain) == norm.value:
            removed = tuple(self.quads(norm, None, None))
            words = self._said(f"規範{name}を除く", f"without the norm {name}")
            return Change(words, removed)
        sender, receiver = self._ends(plain.removeprefix(name).lstrip(" :"), text)
        shown = [
            self._said("すべて", "anyone") if match is None else match.label
            for match in (sender, receiver)
        ]
        return Change(
            self._said(
                f"{name}の線（{shown[0]}→{shown[1]}）を除く",
                f"without the line of {name} from {shown[0]} to {shown[1]}",
            ),
            cut=Cut(norm.value, self._parties(sender), self._parties(receiver)),
            notes=tuple(match.note for match in (sender, receiver) if match and match.note),
        )

    def _ends(self, text: str, given: str) -> tuple[Match | None, Match | None]:
        """Return the two ends; an IRI may hold colons itself, so each place is tried."""
        parts = text.split(":")
        if len(parts) < 2 or not text.strip(" :"):
            raise BadInput(f'--without-line "{given[:60]}": write NORM or NORM:FROM:TO')
        failed: UnknownName | None = None
        for place in range(1, len(parts)):
            ends = ":".join(parts[:place]).strip(), ":".join(parts[place:]).strip()
            try:
                first, second = (self.graph.find(end) if end else None for end in ends)
            except UnknownName as error:
                failed = failed or error
                continue
            return first, second
        assert failed is not None
        raise failed

    def _parties(self, match: Match | None) -> frozenset[str] | None:
        """Return the parties that an end of a line means: members of a class, posts of a body."""
        if match is None:
            return None
        iri = match.answers_through or match.iri
        found = {iri, *(members(self.graph.engine, iri) if iri.startswith(NS) else ())}
        posts = homes(self.graph.engine)
        return frozenset(found.union(post for post, home in posts.items() if home in found))

    # Corporations

    def assigned(self, text: str, option: str) -> tuple[Match, str, str]:
        """Return corporation, sign and what stands behind it of ``CORP=…``."""
        parts = _ASSIGNED.fullmatch(text.translate(_WIDE).strip())
        if parts is None or not parts["corporation"] or not parts["rest"].strip():
            raise BadInput(f'{option} "{text[:60]}": write CORPORATION=... with something after =')
        match = self.graph.find(parts["corporation"])
        kinds = {self.value(row, "entryClass") for row in self.rows("entryOf", match.iri)}
        if not kinds:
            raise BadInput(
                f"{option}: {match.label} is in no register of {self.graph.day}; "
                "name a corporation of that day"
            )
        if not kinds <= {NS + name for name in CORPORATE}:
            raise BadInput(
                f"{option}: {match.label} is no 独立行政法人 or 指定法人, and only such a "
                "corporation has a class and competent ministers"
            )
        return match, parts["sign"], parts["rest"].strip()

    def of_class(self, corporation: Match, sign: str, text: str) -> Change:
        allowed = [NS + name for name in CORPORATE]
        kind = self.graph.find(text)
        named = labels(self.graph.engine, allowed, self.graph.lang)
        if kind.iri not in allowed or sign != "=":
            raise BadInput(
                f'--class "{corporation.label}{sign}{text[:40]}": write CORPORATION=CLASS '
                f"with one of {', '.join(named[iri] for iri in allowed)}"
            )
        (row,) = self.rows("entryOf", corporation.iri)
        old = tuple(self.quads(row, "entryClass", None))
        words = self._said(
            f"{corporation.label}を{kind.label}とする", f"{corporation.label} as {kind.label}"
        )
        if [quad.object for quad in old] == [NamedNode(kind.iri)]:
            idle = self._said(
                f"{corporation.label}はもともと{kind.label}である。",
                f"{corporation.label} already is {kind.label}.",
            )
            return Change(words, idle=idle)
        added = tuple(
            Quad(q.subject, q.predicate, NamedNode(kind.iri), q.graph_name) for q in old
        )
        return Change(words, old, added)

    def ministers(
        self, corporation: Match, sign: str, text: str, gone: set[str | None]
    ) -> Change:
        kept = {
            self.value(row, "competentMinister") or "": row
            for row in self.rows("supervised", corporation.iri)
        }
        joint_now = any(self.value(row, "jointForWholeBody") == "true" for row in kept.values())
        asked, apart = self._ministers(text)
        if sign == "=" and "+" not in apart and len(asked) > 1:
            joint_now = False
        joint = "+" in apart or (joint_now and not (sign == "=" and len(asked) == 1))
        for match in asked:
            if match.iri in gone or match.answers_through in gone:
                raise BadInput(
                    f"--minister: {match.label} is taken out by --without, so it cannot be "
                    f"competent for {corporation.label}; drop one"
                )
        wanted = {match.iri for match in asked}
        if sign == "+=":
            wanted |= set(kept)
        elif sign == "-=":
            wanted, joint = set(kept) - wanted, joint_now
        words = self._ministers_in_words(corporation, sign, asked, joint)
        removed = [q for iri, row in kept.items() if iri not in wanted
                   for q in self.quads(row, None, None)]
        added: list[Quad] = []
        for iri, row in kept.items():
            if iri in wanted and (self.value(row, "jointForWholeBody") == "true") != joint:
                out, new = self._joined(row, joint=joint)
                removed += out
                added += new
        new_ones = [match for match in asked if match.iri in wanted and match.iri not in kept]
        primary = any(
            iri in wanted and self.value(row, "isPrimary") == "true" for iri, row in kept.items()
        )
        for match in new_ones:
            added += self._supervision(
                corporation, match, primary=not primary, joint=joint, shared=len(wanted) > 1
            )
            primary = True
        idle = None
        if not removed and not added:
            idle = self._said(
                f"{corporation.label}の主務大臣はもともとそのとおりである。",
                f"That is how {corporation.label} is supervised already.",
            )
        notes = [match.note for match in new_ones if match.note]
        if not wanted:
            notes.append(
                self._said(
                    f"{corporation.label}を所管する者がいなくなる。",
                    f"Nobody is left to supervise {corporation.label}.",
                )
            )
        return Change(words, tuple(removed), tuple(added), idle=idle, notes=tuple(notes))
