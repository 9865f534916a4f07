"""What :mod:`side_by_side` measured as a page: ``docs/side-by-side.md``."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

OF_ALL = ("load", "derive", "duties", "holes", "closure", "whole")
OF_ONE = {"duties_of": "body/c1", "holes_at": "system/p1", "reached": "body/c1"}
OWN = ("proved", "explorer", "page")
QUESTIONS = (*OF_ALL, *OF_ONE, *OWN, "point")
WORDS = {
    "load": "load the file",
    "derive": "derive everything",
    "duties": "inherited duties, all bodies",
    "holes": "uncovered boundaries, all",
    "closure": "reporting closure, all pairs",
    "whole": "load, derive, all three for all",
    "duties_of": "inherited duties, one body",
    "holes_at": "uncovered, one platform",
    "reached": "whom one body's word reaches",
    "proved": "derive, every proof recorded",
    "explorer": "the explorer's data on two bodies",
    "page": "a ministry's duties as HTML",
    "point": "one body's duties, cold",
}
COMPARED = ("duties", "holes", "closure", "whole", *OF_ONE)
"""The questions whose answers must be equal; derivations differ in what they write down."""


class Measured(NamedTuple):
    """What one engine took for one question; ``fault`` says why there is no figure."""

    seconds: float = 0.0
    megabytes: float = 0.0
    rows: int = 0
    digest: str = ""
    fault: str = ""


class Scale(NamedTuple):
    """What was measured at one scale: the number of triples, and by question and engine."""

    triples: int
    questions: dict[str, dict[str, Measured]]


Results = dict[int, Scale]
Ratio = tuple[float, int]
"""How many times as much, and at which scale."""


class Figure(NamedTuple):
    """What is to be reached: ``least`` at least, or at most where ``most`` is set."""

    what: str
    against: str
    least: float
    aim: float
    measure: Callable[[Results], Ratio | None]
    most: bool = False


def slower(question: str, engine: str, *, than: str = "") -> Callable[[Results], Ratio | None]:
    """Return how to tell how many times kijun's time for ``than`` an engine takes."""

    def told(results: Results) -> Ratio | None:
        for scale in sorted(results, reverse=True):
            theirs = results[scale].questions.get(question, {}).get(engine)
            ours = results[scale].questions.get(than or question, {}).get("kijun")
            if theirs and ours and theirs.seconds and ours.seconds:
                return theirs.seconds / ours.seconds, scale
        return None

    return told


def _cold(results: Results) -> Ratio | None:
    ratio = slower("point", "bare pyoxigraph")(results)
    return (1 / ratio[0], ratio[1]) if ratio else None


def _memory(results: Results) -> Ratio | None:
    for scale in sorted(results, reverse=True):
        ours = results[scale].questions.get("derive", {}).get("kijun")
        theirs = results[scale].questions.get("load", {}).get("rdflib")
        if ours and theirs and theirs.megabytes:
            return ours.megabytes / theirs.megabytes, scale
    return None


def _growth(question: str) -> Callable[[Results], Ratio | None]:
    def told(results: Results) -> Ratio | None:
        found = [
            results[scale].questions.get(question, {}).get("kijun")
            for scale in (1, 10)
            if scale in results
        ]
        if len(found) < 2 or not all(one and one.seconds for one in found):
            return None
        small, large = found
        assert small is not None
        assert large is not None
        return large.seconds / small.seconds, 10

    return told


FIGURES = (
    Figure("load, derive, all three for all", "rdflib, load alone", 1.5, 5,
           slower("load", "rdflib", than="whole")),
    Figure("the same", "pyoxigraph, rules as updates", 2, 8, slower("whole", "pyoxigraph")),
    Figure("derive, proofs recorded", "HermiT", 25, 200,
           slower("derive", "HermiT", than="proved")),
    Figure("derive, proofs on demand", "HermiT", 50, 200, slower("derive", "HermiT")),
    *(
        Figure(WORDS[question], engine, least, aim, slower(question, engine))
        for question, engine, least, aim in (
            ("holes", "DuckDB", 0.5, 1.5),
            ("holes", "pyoxigraph", 5, 15),
            ("holes", "rdflib", 200, 1000),
            ("duties", "DuckDB", 0.5, 2),
            ("duties", "pyoxigraph", 20, 100),
            ("duties", "rdflib", 50, 300),
            ("closure", "rustworkx", 0.3, 1),
            ("closure", "rdflib", 20, 80),
        )
    ),
    Figure("cold point question, kijun's time", "a bare pyoxigraph snapshot", 2, 1.3, _cold,
           most=True),
    Figure("peak memory, load and derive", "rdflib's load", 1, 1 / 3, _memory, most=True),
    Figure("all for ten times the data", "kijun at scale 1", 13, 10, _growth("whole"), most=True),
    Figure("cold point question, too", "kijun at scale 1", 1.3, 1, _growth("point"), most=True),
)  # fmt: skip


def figures(results: Results) -> Iterator[str]:
    """Yield the table of what is to be reached."""
    yield "| what | against | asked at least | aim | measured | |"
    yield "|---|---|--:|--:|--:|---|"
    for one in FIGURES:
        ratio = one.measure(results)
        asked = [f"{round(number, 2):g}" for number in (one.least, one.aim)]
        if one.most:
            asked = [f"at most {number}" for number in asked]
        if ratio is None:
            told, verdict = "", "not measured"
        else:
            value, scale = ratio
            reached = [value <= end if one.most else value >= end for end in (one.least, one.aim)]
            verdict = "aim reached" if all(reached) else "reached" if reached[0] else "**missed**"
            told = f"{value:,.2f}" if value < 10 else f"{value:,.0f}"
            verdict += "" if scale == max(results) else f" (scale {scale})"
        yield f"| {one.what} | {one.against} | {asked[0]} | {asked[1]} | {told} | {verdict} |"


def wrong(results: Results) -> list[str]:
    """Return who answered otherwise than kijun."""
    return [
        f"{engine}: {WORDS[question]}, scale {scale}"
        for scale, found in results.items()
        for question, engines in found.questions.items()
        for engine, one in engines.items()
        if question in COMPARED and not one.fault and one.digest != engines["kijun"].digest
    ]


def table(found: Scale) -> Iterator[str]:
    """Yield what was measured at one scale; ``times kijun's`` is of the processor's time."""
    yield "| question | engine | CPU s | times kijun's | peak MB | rows |"
    yield "|---|---|--:|--:|--:|--:|"
    for question, engines in found.questions.items():
        ours = engines.get("kijun", Measured())
        for engine, one in engines.items():
            name = f"| {WORDS[question]} | {engine} |"
            if one.fault:
                yield f"{name} | | | {one.fault} |"
                continue
            rows = "" if question == "load" else f"{one.rows:,}"
            if question in COMPARED and one.digest != ours.digest:
                rows = f"**wrong**: {one.rows:,}"
            ratio = f"{one.seconds / ours.seconds:.2f}" if ours.seconds else ""
            memory = f"{one.megabytes:.0f}" if one.megabytes else ""
            yield f"{name} {one.seconds:.3f} | {ratio} | {memory} | {rows} |"


def page(results: Results) -> Iterator[str]:
    """Yield the page: what is to be reached, what was measured, and what was made of misses."""
    yield from ("# Side by side", "", *_machine(), "")
    yield from (*INTRODUCTION, "", "## What is to be reached", "", *figures(results), "")
    notes = Path(__file__).with_name("side_by_side_notes.txt")
    yield from (notes.read_text(encoding="utf-8").rstrip(), "")
    for scale, found in results.items():
        yield from (f"## Scale {scale}: {found.triples:,} triples", "", *table(found), "")


INTRODUCTION = (
    "Made by `make bench`; one run, so the ratios of a line belong together. Each engine answers",
    "each question in a process of its own over the same invented government (`kijun.invented`).",
    "Counted is the processor's time of that process and its children (the median of three runs),",
    "without start-up and, but for *load*, without loading; the peak memory is that of the whole",
    "process. Answers are compared row by row: whoever answers otherwise is marked as wrong.",
)


def _machine() -> Iterator[str]:
    names = ("pyoxigraph", "rdflib", "clingo", "duckdb", "numpy", "networkx", "rustworkx")
    versions = ", ".join(f"{name} {version(name)}" for name in (*names, "owlready2"))
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    yield f"{day}, {os.cpu_count()} shared cores ({platform.machine()}), {platform.system()},"
    yield f"Python {platform.python_version()}, kijun at {_commit()}; {versions}."


def _commit() -> str:
    command = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return f"version {version('kijun')}"
