"""How an answer of the graph is put together: names, notes, sentences, the table around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Store

from kijun import lookup, validity
from kijun.dates import DEFAULT_DAY, State
from kijun.engine import Embedded, Engine, ask, embedded_only, labels
from kijun.errors import BadInput
from kijun.names import Match, resolve
from kijun.norms import value
from kijun.saying import worded
from kijun.store import Snapshot
from kijun.table import Table
from kijun.tables import Column, marked
from kijun.terms import NS

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kijun.history import Renamed
    from kijun.remote import Remote
    from kijun.situation import Situation

TITLES = {
    "norms": {"ja": "規範の一覧", "en": "Norms"},
    "duties": {"ja": "機関が負う規範", "en": "Duties"},
    "reports": {"ja": "報告の線", "en": "Reporting lines"},
    "route": {"ja": "報告の経路", "en": "Reporting routes"},
    "explain": {"ja": "証明", "en": "Proof"},
    "whatif": {"ja": "もし変えたら", "en": "What if"},
    "diff": {"ja": "違い", "en": "Differences"},
    "gaps": {"ja": "境界の穴", "en": "Holes at boundaries"},
    "matrix": {"ja": "事項と当事者", "en": "Concerns and parties"},
    "coverage": {"ja": "境界の状況", "en": "What is covered"},
    "learning": {"ja": "インシデントの届く先", "en": "Who would learn of an incident"},
    "displaced": {"ja": "共通規程が優先する範囲", "en": "What common rules displace"},
    "repair": {"ja": "穴をふさぐ手立て", "en": "What would close the holes"},
}
"""The titles of answers in workbooks and other files, by kind."""

Rows = list[dict[str, object]]


class Answering:
    """A graph on one day, with what all its answers share."""

    def __init__(
        self,
        day: date,
        state: State | None,
        source: Snapshot | Remote,
        lang: str,
        *,
        verbatim: bool,
        situation: Situation | None = None,
    ) -> None:
        self.day = day
        self.state = state
        self._source = source
        self.lang = lang
        self.situation = situation
        self.validity = validity.validity(self.plain_engine, day, lang)
        self._texts = _attached_texts() if verbatim else None

    @property
    def plain(self) -> Snapshot:
        """The embedded store without what profiles say.

        Raises:
            BadInput: the graph is on an endpoint.

        >>> import kijun
        >>> len(kijun.open().plain.store) > 100_000
        True
        """
        if not isinstance(self._source, Snapshot):
            raise embedded_only(worded("this"), "endpoint=")
        return self._source

    @property
    def plain_engine(self) -> Engine:
        """What answers without what profiles say, and with the names that the text prints.

        >>> import kijun
        >>> kijun.open(as_of="2026-04-01").plain_engine.names
        {}
        """
        if isinstance(self._source, Snapshot):
            return Embedded(self._source.store)
        return self._source.unnamed()

    @cached_property
    def snapshot(self) -> Snapshot:
        """The open graph; with profiles, all that follows from them too, derived when first used.

        >>> import kijun
        >>> kg = kijun.open()
        >>> kg.snapshot is kg.plain
        True
        """
        if self.situation is None:
            return self.plain
        from kijun.situated import situated

        return situated(self.situation, self.state)

    @cached_property
    def engine(self) -> Engine:
        """What answers SPARQL over the graph, with the names of the day.

        >>> import kijun
        >>> len(kijun.open().engine.select("SELECT ?n { ?n <https://w3id.org/kijun/ns#force> ?f }"))
        91
        """
        here = isinstance(self._source, Snapshot)
        engine = Embedded(self.store) if here else self.plain_engine
        if self._renamed:
            from kijun.history import names_of_posts

            posts = names_of_posts(engine, self._renamed, self.lang)
            engine.names = {**{iri: one.label for iri, one in self._renamed.items()}, **posts}
        return engine

    @cached_property
    def _renamed(self) -> dict[str, Renamed]:
        # On the default day nothing has yet another name, so the cold path is spared this.
        if self.day == DEFAULT_DAY:
            return {}
        from kijun.history import names_on

        return names_on(self.plain_engine, self.day, self.lang)

    @property
    def store(self) -> Store:
        """The embedded store, opened read-only: every layer is a named graph.

        >>> import kijun
        >>> len(list(kijun.open().store.named_graphs()))
        6
        """
        return self.snapshot.store

    @property
    def verbatim(self) -> bool:
        """Whether answers hold the sentences of the attached copy.

        >>> import kijun
        >>> kijun.open().verbatim
        False
        """
        return self._texts is not None

    def notes(self) -> list[str]:
        """Return what every answer begins by saying: validity of the text, registers used.

        >>> import kijun
        >>> kijun.open(as_of="1999-01-01", lang="en").notes()[1]
        'No register in the data is as old as 1999-01-01, so there is no answer about bodies.'
        """
        notes = [] if self.situation is None else _notes_of_profiles(self.situation, self.lang)
        if self.state is None:
            return [*notes, self.validity.note, _no_register(self.day, self.lang)]
        return [*notes, self.validity.note, *self.state.notes(self.lang, self.day)]

    def find(self, text: str, *, near: bool = True) -> Match:
        """Return what a name, 法人番号 or IRI means on the day.

        Without ``near``, an error does not look for the nearest names, which takes time.

        Raises:
            UnknownName: nothing is called so; AmbiguousName where several things are.

        >>> import kijun
        >>> kg = kijun.open()
        >>> kg.find("NICT").label, kg.find("国税庁").note
        ('情報通信研究機構', '国税庁については、財務省が答える。')
        >>> kg.find("情報通信研究")
        Traceback (most recent call last):
        kijun.errors.UnknownName: nothing is called "情報通信研究"; did you mean "情報通信研究機構"?
        """
        store = self.engine.naming(text)
        return resolve(store, text, state=self.state, lang=self.lang, near=near)

    def describe(self, iris: Iterable[str]) -> Iterable[Triple]:
        """Return the triples whose subject is one of some things.

        >>> import kijun
        >>> kg = kijun.open()
        >>> norm = kg.norms(section="6(4)")[0]["norm_iri"]
        >>> {triple.subject.value for triple in kg.describe([norm])} == {norm}
        True
        """
        return self.engine.described(iris)

    def _answer(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Rows,
        said: Iterable[str],
        keys: Sequence[str],
        asked: Iterable[str] = (),
    ) -> Table:
        if self._texts is not None and any(column.key == "sentence_iri" for column in columns):
            self._add_texts(rows)
            columns = (*columns, Column("text", "原文", "text", weight=8))
        if self.situation is not None:
            columns = marked(columns, rows, self.situation.marking)
        past = [] if self.day == DEFAULT_DAY else self._changes(rows, list(asked))
        notes = [note for note in dict.fromkeys([*self.notes(), *said, *past]) if note]
        # An answer on boundaries does without the whole graph, which would be derived for this.
        if self.situation is None or "engine" in vars(self):
            self.engine.confirm()
        nodes = nodes_of(rows, keys)
        title = TITLES.get(kind, {}).get(self.lang, "")
        shown = {"lang": self.lang, "describe": self.describe}
        return Table(kind, columns, rows, notes, nodes, title, **shown)  # type: ignore[arg-type]

    def _changes(self, rows: Rows, asked: Sequence[str]) -> list[str]:
        """Return what has changed by the day and bears on an answer."""
        from kijun.history import change_notes, moved_notes, renaming_notes

        # What a user describes has no history, and need not be derived for it.
        plain = self.plain_engine
        shown = {*_iris(rows), *asked}
        printed = labels(plain, shown & self._renamed.keys(), self.lang)
        for row in rows:
            if "number" in row and "class_iri" in row:
                # A number of bodies counts those that no row names.
                shown.update(lookup.members(plain, str(row["class_iri"])))
        start = self.state.key if self.state else self.day.isoformat()
        return [
            *renaming_notes(self._renamed, shown, printed, self.lang),
            *change_notes(plain, asked, shown, start, self.day, self.lang),
            *moved_notes(plain, self.day, shown, self.lang),
        ]

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


def _iris(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for row in rows:
        for key, cell in row.items():
            cells = cell if isinstance(cell, list) else [cell]
            if key.endswith("_iri"):
                yield from (one for one in cells if isinstance(one, str))
            else:
                yield from _iris(one for one in cells if isinstance(one, dict))


def nodes_of(rows: Iterable[dict[str, object]], keys: Sequence[str]) -> list[str]:
    """Return the IRIs in some keys of the rows, each once, in order."""
    found = (row.get(key) for row in rows for key in keys)
    return list(dict.fromkeys(iri for iri in found if isinstance(iri, str)))


def _attached_texts() -> dict[str, str]:
    from kijun.source import sentence_texts

    texts = sentence_texts()
    if texts is None:
        raise BadInput(
            worded(
                "no copy of the guideline is attached; attach yours with `kijun source attach FILE`"
            )
        )
    return texts


def _notes_of_profiles(situation: Situation, lang: str) -> list[str]:
    """Return how profiles are to be handled, and what they are, before anything rests on them."""
    japanese = lang == "ja"
    notes = [situation.handling(lang)]
    if any(about.invented for about in situation.profiles):
        notes.append("架空の例による。" if japanese else "This rests on invented examples.")
    warnings = len(situation.findings) - len(situation.errors)
    # What rules ask of rows together is looked at by kijun check alone, which may find more.
    if warnings:
        notes.append(
            f"プロファイルに注意すべき点が少なくとも{warnings}件ある"
            "（すべては kijun check で見られる）。"
            if japanese
            else f"At least {warnings} warning{'s' if warnings > 1 else ''} about the profiles; "
            "kijun check shows all of them."
        )
    return notes


def _no_register(day: date, lang: str) -> str:
    if lang == "ja":
        return f"{day}の名簿はデータにないので、機関についての答えはない。"
    return f"No register in the data is as old as {day}, so there is no answer about bodies."


def no_member(label: str, lang: str) -> str:
    """Return the note of an answer about a class without bodies."""
    if lang == "ja":
        return f"その日の名簿で「{label}」に属する機関はない。"
    return f"No body belongs to {label} in the registers of that day."


def wider_bearers(name: str, lang: str) -> str:
    """Return the note of norms that speak of a wider class than the one asked about."""
    if lang == "ja":
        return f"「{name}」だけを主体とする規範はないので、これを含む類の規範を示す。"
    return f"No norm speaks of {name} alone; these are the norms of the classes that include it."


def normless(engine: Engine, sections: Iterable[str], lang: str) -> list[str]:
    """Return why sections hold no norm: the kind of each of their sentences."""
    rows = ask(engine, "sentences-without-norms", lang=Literal(lang))
    found = [
        row for row in rows if value(row, "sentence").rpartition("-")[0] in _as_sentences(sections)
    ]
    named = labels(engine, {value(row, "kind") for row in found}, lang)
    return [
        f"この節の文は「{named[value(row, 'kind')]}」の文で、規範を持たない。"
        if lang == "ja"
        else f"Its sentence is of the kind '{named[value(row, 'kind')]}' and holds no norm."
        for row in found
    ]


def _as_sentences(sections: Iterable[str]) -> set[str]:
    return {section.replace("/section/", "/sentence/") for section in sections}


def partial_points(names: Sequence[str], by: str, lang: str) -> str:
    """Return which single points cut only the routes of a business line, or of a lane."""
    if lang == "ja":
        kind = "業務" if by == "business" else "系統"
        return (
            f"欠けると届かなくなる所のうち{'、'.join(names)}は{kind}ごとのもので、"
            f"それぞれその{kind}の経路だけをすべて切る。"
        )
    kind = "business" if by == "business" else "lane"
    return (
        f"Of the single points, {', '.join(names)} hold by {kind}: "
        f"each cuts all routes of its own {kind} only."
    )


def no_route(sender: str, receiver: str, lang: str) -> str:
    """Return the note of an answer without a route."""
    if lang == "ja":
        return f"「{sender}」から「{receiver}」へ届く経路は文にない。"
    return f"The text makes no route from {sender} to {receiver}."
