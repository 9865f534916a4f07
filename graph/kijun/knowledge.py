"""The knowledge graph as one object: open it for a day, ask it, and get answers with citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kijun import duties, lookup, norms, parameters, reporting, validity
from kijun.content import fingerprint
from kijun.dates import DEFAULT_DAY, State, parse_day, state_at
from kijun.engine import Embedded, labels
from kijun.errors import BadInput, UnknownName
from kijun.formats import Answer
from kijun.names import Match, resolve
from kijun.store import Snapshot, open_snapshot
from kijun.tables import Column
from kijun.terms import ID, NS

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

Rows = list[dict[str, object]]


class KnowledgeGraph:
    """The graph as it stands on one day; made by :func:`open_graph`.

    ``day`` is the day asked about, ``state`` the registers behind it (None before the first),
    ``lang`` the language of labels and statements, ``verbatim`` whether rows carry the sentence
    of the attached copy, ``notices`` what a reader should be told about the graph itself.
    """

    def __init__(
        self, day: date, state: State | None, snapshot: Snapshot, lang: str, *, verbatim: bool
    ) -> None:
        self.day = day
        self.state = state
        self.snapshot = snapshot
        self.lang = lang
        self.engine = Embedded(snapshot.store)
        self.validity = validity.validity(self.engine, day, lang)
        self._texts = _attached_texts() if verbatim else None

    @property
    def store(self) -> Store:
        """The embedded store, opened read-only."""
        return self.snapshot.store

    def notes(self) -> list[str]:
        """Return what every answer begins by saying: validity of the text, registers used."""
        if self.state is None:
            return [self.validity.note, _no_register(self.day, self.lang)]
        return [self.validity.note, *self.state.notes(self.lang, self.day)]

    def find(self, text: str) -> Match:
        """Return what a name, 法人番号 or IRI means on the day.

        Raises:
            UnknownName: nothing is called so; AmbiguousName where several things are.
        """
        return resolve(self.store, text, state=self.state, lang=self.lang)

    def norms(self, section: str | None = None, bearer: str | None = None) -> Answer:
        """Return the norms of the guideline in its order.

        ``section`` is a notation such as ``6(4)`` or ``3`` (which includes its parts), ``bearer``
        a class, office or role, or a body, which stands for the classes to which it belongs.

        Raises:
            BadInput: no such section.
            UnknownName: nothing is called so.
        """
        said: list[str] = []
        bearers: list[str] | None = None
        if bearer is not None:
            match = self.find(bearer)
            said.append(match.note or "")
            bearers = [match.iri, *lookup.classes(self.engine, match.answers_through or match.iri)]
        sections = None if section is None else lookup.sections(self.engine, section)
        found = norms.norms(self.engine, self.lang, sections=sections, bearers=bearers)
        rows = norms.norm_rows(self.engine, found, self.lang)
        return self._answer("norms", norms.NORM_COLUMNS, rows, said, ("norm_iri", "sentence_iri"))

    def duties(
        self,
        body: str | None = None,
        *,
        members_of: str | None = None,
        route: str | None = None,
        all_paths: bool = False,
    ) -> Answer:
        """Return what a body must, needs to, should or may do, one row per norm and route.

        ``members_of`` gives the rows of every body of a class; with neither, those of all bodies.

        Raises:
            UnknownName: no such body, class or route; AmbiguousName where a name is not enough.
        """
        said: list[str] = []
        bodies: list[str] | None = None
        if route is not None and route not in duties.ROUTES:
            known = tuple(duties.ROUTES)
            raise UnknownName(
                f'no route is called "{route}"; one of {", ".join(known)}', route, known
            )
        if body is not None:
            match = self.find(body)
            if match.iri.startswith(NS):
                raise BadInput(f'"{body}" is a class; ask for its members with --class')
            said.append(match.note or "")
            bodies = [match.answers_through or match.iri]
        elif members_of is not None:
            match = self.find(members_of)
            bodies = lookup.members(self.engine, match.iri)
            if not bodies:
                said.append(_no_member(match.label, self.lang))
        rows = (
            duties.duty_rows(
                self.engine,
                bodies,
                self.lang,
                route=route,
                all_paths=all_paths,
                in_force=self.validity.in_force,
            )
            if bodies is None or bodies
            else []
        )
        columns = tuple(
            column._replace(in_table=bodies is None or len(bodies) > 1)
            if column.key == "body"
            else column
            for column in duties.DUTY_COLUMNS
        )
        nodes = ("duty_iri", "norm_iri", "sentence_iri")
        return self._answer("duties", columns, rows, said, nodes)

    def reports(
        self,
        sender: str | None = None,
        receiver: str | None = None,
        about: str | None = None,
        *,
        expand: bool = False,
    ) -> Answer:
        """Return the lines on which someone must tell someone something.

        Asked about classes and offices, lines join classes, in the words of the text; asked about
        a real body (or with ``expand``), they join real bodies.

        Raises:
            UnknownName: no such party or topic.
        """
        said: list[str] = []
        ends = [None if text is None else self._party(text, said) for text in (sender, receiver)]
        level = "body" if expand or any(f"{ID}body/" in end for end in ends if end) else "class"
        limits = [None if end is None else self._as_end(end, level) for end in ends]
        topics = None
        if about is not None:
            topics = lookup.carriers(self.engine, lookup.topic(self.engine, about, self.lang))
        rows = reporting.line_rows(
            self.engine,
            self.lang,
            level=level,
            senders=limits[0],
            receivers=limits[1],
            topics=topics,
            in_force=self.validity.in_force,
        )
        nodes = ("line_iri", "norm_iri", "sentence_iri")
        return self._answer("reports", reporting.REPORT_COLUMNS, rows, said, nodes)

    def route(self, sender: str, receiver: str, about: str | None = None) -> Answer:
        """Return every route from one party to another, leg by leg.

        Raises:
            UnknownName: no such party or topic.
        """
        from kijun import network

        said: list[str] = []
        ends = [self._party(text, said) for text in (sender, receiver)]
        level = "body" if any(f"{ID}body/" in end for end in ends) else "class"
        lines = reporting.line_rows(
            self.engine, self.lang, level=level, in_force=self.validity.in_force
        )
        topics = lookup.covering(self.engine)
        if about is not None:
            topic = lookup.topic(self.engine, about, self.lang)
            topics = {topic: topics[topic]}
        shares = lookup.shares(self.engine)
        rows = network.routes(
            network.reporting_network(lines, lookup.homes(self.engine)),
            ends[0],
            ends[1],
            topics,
            labels(self.engine, topics, self.lang),
            lambda line: shares.get(str(line["line_iri"])),
        )
        if not rows:
            said.append(_no_route(sender, receiver, self.lang))
        legs = [leg for row in rows for leg in row["legs"]]  # type: ignore[attr-defined]
        answer = self._answer("route", network.ROUTE_COLUMNS, rows, said, ())
        self._add_texts(legs)
        keys = ("line_iri", "norm_iri", "sentence_iri")
        return answer._replace(nodes=_nodes(legs, keys))

    def ask(self, name: str, **values: str) -> Answer:
        """Answer a question of the catalogue; each row names the sentence it rests on.

        ``values`` are what a person writes for the question's parameters: names of bodies,
        sections, norms, topics, days.

        Raises:
            UnknownName: no such question or parameter; BadInput for a value that means nothing.
        """
        from kijun.asking import question_answer

        terms = {
            key: parameters.parameter(self.engine, self.find, key, text, self.lang)
            for key, text in values.items()
        }
        columns, rows = question_answer(self.engine, name, self.lang, terms)
        nodes = tuple(column.key for column in columns if column.key.endswith("_iri"))
        return self._answer(name, columns, rows, [], nodes)

    def catalogue(self) -> Answer:
        """Return the questions that can be asked, by section of the guideline."""
        from kijun.asking import CATALOGUE_COLUMNS, catalogue_rows

        return Answer("ask", CATALOGUE_COLUMNS, catalogue_rows(self.lang))

    def query(self, text: str, *, timeout: float = 30.0) -> Answer:
        """Answer a SPARQL query of the user's own, read only, in a process of its own.

        Raises:
            BadInput: it does not parse, is an update or calls SERVICE; LimitReached on its limits.
        """
        from kijun.querying import result_answer
        from kijun.sparql import ask_sparql

        result = ask_sparql(self.snapshot, text, timeout=timeout)
        return result_answer(result, self.notes())

    def describe(self, iris: Iterable[str]) -> Iterable[Triple]:
        """Return the triples whose subject is one of some things."""
        for iri in iris:
            for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, None):
                yield quad.triple

    def _answer(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Rows,
        said: Iterable[str],
        keys: Sequence[str],
    ) -> Answer:
        if self._texts is not None and any(column.key == "sentence_iri" for column in columns):
            self._add_texts(rows)
            columns = (*columns, Column("text", "原文", "text", weight=8))
        notes = [note for note in dict.fromkeys([*self.notes(), *said]) if note]
        return Answer(kind, columns, rows, notes, _nodes(rows, keys))

    def _add_texts(self, rows: Iterable[dict[str, object]]) -> None:
        for row in rows if self._texts is not None else ():
            row["text"] = self._texts.get(str(row.get("sentence_iri"))) if self._texts else None

    def _party(self, text: str, said: list[str]) -> str:
        match = self.find(text)
        said.append(match.note or "")
        return match.answers_through or match.iri

    def _as_end(self, iri: str, level: str) -> list[str]:
        """Return what a party asked about is called at the ends of lines: also by its posts."""
        if level == "class":
            return lookup.within(self.engine, iri)
        if iri.startswith(NS):
            return [iri, *lookup.members(self.engine, iri)]
        posts = lookup.homes(self.engine)
        return [iri, *(post for post, home in posts.items() if home == iri)]


def _nodes(rows: Iterable[dict[str, object]], keys: Sequence[str]) -> list[str]:
    found = (row.get(key) for row in rows for key in keys)
    return list(dict.fromkeys(iri for iri in found if isinstance(iri, str)))


def _attached_texts() -> dict[str, str]:
    from kijun.source import sentence_texts

    texts = sentence_texts()
    if texts is None:
        raise BadInput(
            "no copy of the guideline is attached; attach yours with `kijun source attach FILE`"
        )
    return texts


def _no_register(day: date, lang: str) -> str:
    if lang == "ja":
        return f"{day}より前の名簿はデータにないので、機関についての答えはない。"
    return f"No register in the data is as old as {day}, so there is no answer about bodies."


def _no_member(label: str, lang: str) -> str:
    if lang == "ja":
        return f"その日の名簿で「{label}」に属する機関はない。"
    return f"No body belongs to {label} in the registers of that day."


def _no_route(sender: str, receiver: str, lang: str) -> str:
    if lang == "ja":
        return f"「{sender}」から「{receiver}」へ届く経路は文にない。"
    return f"The text makes no route from {sender} to {receiver}."


def open_graph(
    day: date | str | None = None,
    *,
    lang: str = "ja",
    verbatim: bool = False,
    notice: Callable[[str], None] = lambda _: None,
) -> KnowledgeGraph:
    """Open the graph as it stands on a day (2016-10-12 unless told otherwise).

    The built graph is kept as a snapshot on disk and built again when what it is made from has
    changed; ``notice`` is told when that went wrong. ``verbatim`` adds the attached sentences.

    Raises:
        BadInput: an impossible day, or ``verbatim`` with no copy attached.
    """
    asked = parse_day(day) if isinstance(day, str) else day or DEFAULT_DAY
    state = state_at(asked)
    used = state or State("none", ())

    def quads() -> Iterable[Quad]:
        from kijun.derivation import quads as all_quads

        return all_quads(used)

    snapshot = open_snapshot(fingerprint(used.key), quads, notice=notice)
    return KnowledgeGraph(asked, state, snapshot, lang, verbatim=verbatim)
