"""``kijun profile``: a profile to fill in, and the same profile in another form of file."""

from __future__ import annotations

import argparse
from pathlib import Path

from kijun import lookup
from kijun.content import ONTOLOGY
from kijun.delivery import to_file
from kijun.desk import Desk
from kijun.engine import labels
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import visible
from kijun.profile import Finding, Profile, Reading
from kijun.profile_files import read, write
from kijun.profile_tables import missing_tables
from kijun.register_names import RegisterNames
from kijun.root_faults import root_faults
from kijun.saying import worded
from kijun.table import Row, Table
from kijun.terms import NS

_CLASSES = (
    "Ministry",
    "MidTermAgency",
    "NationalResearchAgency",
    "ExecutiveAgency",
    "DesignatedCorporation",
)
"""The order of bodies in a list to choose from."""


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Make a profile or turn one into another form; return 1 where it could not be read whole.

    Raises:
        BadInput: what is named does not fit, cannot be read or cannot be written.
    """
    if given.form is not None:
        raise BadInput(
            worded("the form of a profile is that of its file's ending; leave out --format")
        )
    if given.profile and given.action != "checklist":
        raise BadInput(
            worded("--profile goes with kijun profile checklist, for the inspection before")
        )
    lang = given.lang or "ja"
    graph = open_graph(
        given.as_of,
        lang=lang,
        profiles=given.profile,
        notice=lambda text: desk.tell(f"kijun: {text}"),
    )
    if given.action == "new":
        place = _new(_only_output(given))
        profile = example(given.example) if given.example else Profile("", {})
        write(profile, place, names_of(graph), lang)
        return 0
    if given.action == "checklist":
        return _checklist(given, graph, desk)
    source, place = _from_and_to(given)
    return _convert(read(source), _new(place), graph, desk, lang)


def _checklist(given: argparse.Namespace, graph: KnowledgeGraph, desk: Desk) -> int:
    from kijun.checklist import checklist_bytes

    if len(given.names) != 1 or not str(given.output).lower().endswith(".xlsx"):
        raise BadInput(worded("say kijun profile checklist BODY -o FILE.xlsx"))
    duties = graph.duties(given.names[0])
    for note in duties.notes:
        desk.tell(visible(note))
    if not duties:
        raise BadInput(
            worded(
                '"{body}" bears no norm on that day; name another body',
                body=visible(given.names[0]),
            )
        )
    place = _new(given.output)
    body = str(duties[0]["body"])
    made = checklist_bytes(
        body,
        _in_order(graph, duties),
        names_of(graph),
        graph.lang,
        duties.notes,
        marking=graph.situation.marking if graph.situation else None,
    )
    to_file(made, place)
    return 0


def _in_order(graph: KnowledgeGraph, duties: Table) -> list[Row]:
    """Return duties in the guideline's order."""
    order = {row["norm"]: number for number, row in enumerate(graph.norms())}
    return sorted(duties, key=lambda row: order[row["norm"]])


def example(name: str) -> Profile:
    """Return an invented profile by its name."""
    reading = read(ONTOLOGY / "profiles" / "examples" / name)
    assert not reading.findings, reading.findings
    return reading.profile


def names_of(graph: KnowledgeGraph) -> RegisterNames:
    """Return what the registers of a graph's day call bodies."""

    def iri(name: str) -> str | None:
        try:
            return graph.find(name).iri
        except UnknownName:
            return None

    def label(iri: str) -> str | None:
        try:
            return graph.find(iri).label
        except UnknownName:
            return None

    bodies: list[str] = []
    for name in _CLASSES:
        found = labels(graph.engine, lookup.members(graph.engine, NS + name), graph.lang)
        bodies += [found[one] for one in sorted(found)]
    norms = dict.fromkeys(str(row["norm"]) for row in graph.norms())
    return RegisterNames(iri, label, tuple(bodies), tuple(norms))


def _convert(reading: Reading, place: str, graph: KnowledgeGraph, desk: Desk, lang: str) -> int:
    # What is written has every table, and would not show any more that one was missing.
    for finding in root_faults(reading.findings, missing_tables(reading.profile)):
        desk.tell(visible(told(finding, lang)))
    errors = sum(finding.severity == "error" for finding in reading.findings)
    if errors:
        desk.tell(
            f"読めない所が{errors}か所あるので、書き出していない。"
            if lang == "ja"
            else f"Nothing was written, as {errors} places could not be read."
        )
        return 1
    write(reading.profile, place, names_of(graph), lang)
    return 0


def told(finding: Finding, lang: str) -> str:
    """Return a finding as one line: where, what, and the mend."""
    return f"{finding.place.words(lang)}: {finding.sentence(lang)}"


def _new(place: str) -> str:
    """Return a place where nothing is lost: what a person has filled in is not written over."""
    if Path(place).is_file():
        raise BadInput(
            worded(
                "{place}: there is such a file; give another name, or remove it",
                place=visible(place),
            )
        )
    return place


def _only_output(given: argparse.Namespace) -> str:
    if given.names or given.output in (None, "-"):
        raise BadInput(worded("say kijun profile new -o FILE, for example -o profile.xlsx"))
    return str(given.output)


def _from_and_to(given: argparse.Namespace) -> tuple[str, str]:
    named = [*given.names, *([given.output] if given.output else [])]
    if len(named) != 2 or given.example:
        raise BadInput(
            worded("say kijun profile convert A B, for example profile.xlsx profile.ttl")
        )
    return named[0], named[1]
