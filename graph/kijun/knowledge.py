"""The knowledge graph as one object: open it for a day, ask it, and get answers with citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kijun import duties, lookup, norms, reporting
from kijun.answering import (
    no_member,
    no_route,
    nodes_of,
    normless,
    partial_points,
    wider_bearers,
)
from kijun.content import fingerprint
from kijun.dates import DEFAULT_DAY, State, asked_day, state_at, state_needed_at
from kijun.engine import labels
from kijun.errors import BadInput
from kijun.examining import Examining
from kijun.saying import worded
from kijun.store import open_snapshot
from kijun.table import Table
from kijun.terms import NS, is_a

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Quad

    from kijun.dataset import OfflineDataset
    from kijun.profile import Profile, Reading


class KnowledgeGraph(Examining):
    """The graph as it stands on one day; made by :func:`kijun.open`.

    ``day`` is the day asked about, ``state`` the registers behind it (None before the first),
    ``lang`` the language of labels and statements, ``validity`` whether the text was in force.
    Nothing needs closing: the store is read-only and goes with the object.

    >>> import kijun
    >>> kg = kijun.open(as_of="2026-04-01", lang="en")
    >>> kg.day.isoformat(), kg.validity.in_force
    ('2026-04-01', False)
    """

    sources: tuple[Path | str | Profile | Reading, ...] = ()
    """The profiles that were opened with it, to open another day with the same."""

    def __repr__(self) -> str:
        return f'<kijun.KnowledgeGraph of {self.day}, "{self.lang}">'

    @cached_property
    def rdf(self) -> OfflineDataset:
        """The whole graph as an rdflib Dataset, one named graph a layer, made when first used.

        It is a copy in memory (about two seconds): changes to it change nothing else. Its queries
        never reach the network: SERVICE, FROM and updates are refused.

        >>> import kijun
        >>> kg = kijun.open()
        >>> rows = kg.rdf.query("SELECT ?norm { ?norm kijun:force kijun:may }")
        >>> len(rows) == len(kg.norms().where(force="may"))
        True
        """
        from kijun.dataset import dataset_of

        return dataset_of(self.store)

    def network(self, kind: str = "reporting", level: str | None = None) -> networkx.MultiDiGraph:
        """Return one relation as a directed networkx multigraph.

        ``kind`` is ``reporting`` (who must tell whom), ``supervision``, ``drafting`` (who takes
        part in making the standards) or ``inheritance`` (how obligations come down). ``level`` is
        ``body`` (real bodies, the default where there is one) or ``class``. Nodes are IRIs with
        ``label``, ``kind`` and ``iri``; edges have these too, and the norm, section and sentence
        that they rest on. :mod:`kijun.graphs` lists every attribute.

        Raises:
            UnknownName: no relation is called so; BadInput for a level that it does not have.

        >>> import kijun
        >>> graph = kijun.open().network("reporting", "class")
        >>> names = graph.nodes(data="label")
        >>> told = {names[v] for u, v, act in graph.edges(data="act") if act == "公表"}
        >>> told
        {'国民'}
        """
        from kijun.graphs import network

        return network(self.engine, kind, level, self.lang, self.validity.in_force)

    def norms(self, section: str | None = None, bearer: str | None = None) -> Table:
        """Return the norms of the guideline in its order.

        ``section`` is a notation such as ``6(4)`` or ``3`` (which includes its parts), ``bearer``
        a class, office or role, or a body, which stands for the classes to which it belongs.

        Raises:
            BadInput: no such section.
            UnknownName: nothing is called so.

        >>> import kijun
        >>> norms = kijun.open().norms(section="6(4)", bearer="総務省")
        >>> [(row["norm"], row["phrase"]) for row in norms.where(recipient="NISC")]
        [('6(4)-2a', '速やかに NISC に連絡する'), ('6(4)-2b', '平時においても')]
        """
        said: list[str] = []
        bearers: list[str] | None = None
        if bearer is not None:
            match = self.find(bearer)
            said.append(match.note or "")
            bearers = [
                match.iri,
                *lookup.classes(self.engine, match.answers_through or match.iri),
            ]
        sections = None if section is None else lookup.sections(self.engine, section)
        found = norms.norms(self.engine, self.lang, sections=sections, bearers=bearers)
        if not found and bearers is not None and bearers[0].startswith(NS):
            wider = lookup.within(self.engine, bearers[0])
            found = norms.norms(self.engine, self.lang, sections=sections, bearers=wider)
            said.append(wider_bearers(str(bearer), self.lang) if found else "")
        if not found and sections is not None:
            said += normless(self.engine, sections, self.lang)
        rows = norms.norm_rows(self.engine, found, self.lang)
        return self._answer("norms", norms.NORM_COLUMNS, rows, said, ("norm_iri", "sentence_iri"))

    def duties(
        self,
        body: str | None = None,
        *,
        members_of: str | None = None,
        route: str | None = None,
        all_paths: bool = False,
    ) -> Table:
        """Return what a body must, needs to, should or may do, one row per norm and route.

        ``members_of`` gives the rows of every body of a class; with neither, those of all bodies.

        Raises:
            UnknownName: no such body, class or route; AmbiguousName where a name is not enough.

        >>> import kijun
        >>> duties = kijun.open().duties("情報通信研究機構", route="incorporation")
        >>> row = duties.where(derived_force="regard")[0]
        >>> row["norm"], row["force"], row["path"][-2:]
        ('3(1)①-1a', 'must', ['4(1)-2a', '3(1)①-1a'])
        """
        said: list[str] = []
        bodies: list[str] | None = None
        if route is not None and route not in duties.ROUTES:
            raise duties.unknown_route(route)
        if body is not None:
            match = self.find(body)
            if match.iri.startswith(NS):
                raise BadInput(
                    worded(
                        '"{body}" is a class or a role; name a body, or a class with --class '
                        "(members_of=); the duties of a role are in those of its body",
                        body=body,
                    )
                )
            said.append(match.note or "")
            bodies = [match.answers_through or match.iri]
        elif members_of is not None:
            match = self.find(members_of)
            if not match.iri.startswith(NS):
                template = '"{name}" is no class; leave out --class (members_of=)'
                raise BadInput(worded(template, name=members_of))
            bodies = lookup.members(self.engine, match.iri)
            if not bodies:
                said.append(no_member(match.label, self.lang))
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
        if route == "platform" or (route is None and self.situation is not None):
            from kijun.platform_notes import platform_notes

            missing = route is not None and not rows
            said += platform_notes(self.situation, bodies or (), self.lang, missing=missing)
        columns = self._inspected(columns, rows, said)
        nodes = ("duty_iri", "norm_iri", "sentence_iri")
        asked = bodies if body is not None and bodies else ()
        return self._answer("duties", columns, rows, said, nodes, asked)

    def reports(
        self,
        sender: str | None = None,
        receiver: str | None = None,
        about: str | None = None,
        *,
        expand: bool = False,
    ) -> Table:
        """Return the lines on which someone must tell someone something.

        Asked about classes and offices, lines join classes, in the words of the text; asked about
        a real body (or with ``expand``), they join real bodies.

        Raises:
            UnknownName: no such party or topic.

        >>> import kijun
        >>> lines = kijun.open().reports("総務省", "NISC", about="incident")
        >>> [(row["norm"], row["act"], row["timing"]) for row in lines]
        [('4(2)-4a', '情報提供', None), ('6(4)-2a', '連絡', '速やかに')]
        """
        said: list[str] = []
        ends = [None if text is None else self._party(text, said) for text in (sender, receiver)]
        level = "body" if expand or any(is_a("body", end) for end in ends if end) else "class"
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
        asked = [end for end in ends if end is not None]
        return self._answer("reports", reporting.REPORT_COLUMNS, rows, said, nodes, asked)

    def route(self, sender: str, receiver: str, about: str | None = None) -> Table:
        """Return every route from one party to another, leg by leg.

        Raises:
            UnknownName: no such party or topic.

        >>> import kijun
        >>> route = kijun.open().route("情報通信研究機構", "NISC", about="incident")[0]
        >>> [(leg["norm"], leg["from"], leg["to"]) for leg in route["legs"]]
        [('4(2)-3a', '情報通信研究機構', '国土交通省'), ('6(4)-2a', '国土交通省', 'NISC')]
        """
        from kijun import network

        said: list[str] = []
        ends = [self._party(text, said) for text in (sender, receiver)]
        level = "body" if any(is_a("body", end) for end in ends) else "class"
        lines = reporting.line_rows(
            self.engine, self.lang, level=level, in_force=self.validity.in_force
        )
        if ends[0] == ends[1]:
            raise BadInput(
                worded('"{one}" and "{other}" are one party; name two', one=sender, other=receiver)
            )
        told = {str(line[f"{key}_iri"]) for line in lines for key in ("from", "to")}
        for text, end in zip((sender, receiver), ends, strict=True):
            if level == "body" and end.startswith(NS) and end not in told:
                template = '"{name}" is a class beside a body; name a body, or two classes'
                raise BadInput(worded(template, name=text))
        parties = {*told, *ends} if level == "class" else set()
        topics = lookup.covering(self.engine)
        if about is not None:
            topic = lookup.topic(self.engine, about, self.lang)
            topics = {topic: topics[topic]}
        shares = lookup.shares(self.engine)
        rows, partial, by = network.routes(
            network.reporting_network(
                lines, lookup.homes(self.engine), lookup.belonging(self.engine, parties)
            ),
            ends[0],
            ends[1],
            topics,
            labels(self.engine, topics, self.lang),
            lambda line: shares.get(str(line["line_iri"])),
        )
        if not rows:
            said.append(no_route(sender, receiver, self.lang))
        if partial:
            said.append(partial_points(partial, by, self.lang))
        legs = [leg for row in rows for leg in row["legs"]]  # type: ignore[attr-defined]
        columns = network.route_columns(verbatim=self._texts is not None)
        answer = self._answer("route", columns, rows, said, (), ends)
        self._add_texts(legs)
        keys = ("line_iri", "norm_iri", "sentence_iri")
        return answer._replace(nodes=nodes_of(legs, keys))

    def diff(self, a: str, b: str | None = None, *, other_day: date | str | None = None) -> Table:
        """Return what differs between two bodies or classes, or between two days.

        With ``other_day``, ``a`` on this graph's day is compared with ``b`` (or itself) on that
        day.

        Raises:
            UnknownName: no such body or class; BadInput for two things of different kinds.

        >>> import kijun
        >>> found = kijun.open().diff("情報通信研究機構", "日本年金機構")
        >>> ("4(3)-2b", "vanishes") in {(row["norm"], row["change"]) for row in found}
        True
        """
        from kijun.differences import diff

        second = None
        if other_day is not None:
            second = open_graph(other_day, profiles=self.sources, lang=self.lang)
        return self._told(diff(self, a, b, second=second))

    def export(
        self,
        place: Path | str,
        form: str | None = None,
        layers: Sequence[str] | None = None,
    ) -> None:
        """Write the graph to a file: ``turtle`` or ``jsonld``, by its ending or ``form``.

        ``layers`` are some of ``terms``, ``text``, ``norms``, ``law``, ``bodies``, ``derived``;
        without them, all but ``derived``. Read back, the file gives the same triples.

        Raises:
            BadInput: no such format or layer, or a place that cannot be written.

        >>> import kijun, pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "norms.ttl"
        >>> kijun.open(lang="en").export(place, layers=["norms"])
        >>> place.read_text(encoding="utf-8")[:33]
        '# This text is a draft of 2016. O'
        """
        from kijun.export import form_for, write_export

        write_export(self, form_for(str(place), form), str(place), layers)


def open_graph(
    day: date | str | None = None,
    *,
    profiles: Sequence[Path | str | Profile | Reading] = (),
    lang: str = "ja",
    verbatim: bool = False,
    endpoint: str | None = None,
    notice: Callable[[str], None] = lambda _: None,
) -> KnowledgeGraph:
    """Open the graph as it stands on a day (2016-10-12 unless told otherwise).

    The built graph is kept as a snapshot on disk and built again when what it is made from has
    changed; ``notice`` is told when that went wrong. ``verbatim`` adds the attached sentences.
    What ``profiles`` say is added in memory and never kept. ``endpoint`` is the address of a SPARQL
    server that answers in place of the embedded store.

    Raises:
        BadInput: an impossible day or address, ``verbatim`` without a copy, faulty profiles.
        Unanswered: the endpoint does not hold the graph of this version and day.
    """
    asked = asked_day(day) if isinstance(day, str) else day or DEFAULT_DAY
    state = state_at(asked)
    used = state or State("none", ())
    if endpoint is not None:
        from kijun.remote import opened_for

        remote = opened_for(endpoint, state, profiles=bool(profiles))
        return KnowledgeGraph(asked, state, remote, lang, verbatim=verbatim)

    def quads() -> Iterable[Quad]:
        from kijun.derivation import quads as all_quads

        return all_quads(used)

    snapshot = open_snapshot(fingerprint(used.key), quads, notice=notice)
    plain = KnowledgeGraph(asked, state, snapshot, lang, verbatim=verbatim)
    return _with_profiles(plain, profiles) if profiles else plain


def _with_profiles(
    plain: KnowledgeGraph, sources: Sequence[Path | str | Profile | Reading]
) -> KnowledgeGraph:
    from kijun.situated import described, state_with

    found = described(sources, plain.find, lambda text: lookup.norm(plain.engine, text))
    state = state_with(state_needed_at(plain.day), found)
    graph = KnowledgeGraph(
        plain.day, state, plain.plain, plain.lang, verbatim=plain.verbatim, situation=found
    )
    graph.sources = tuple(sources)
    return graph
