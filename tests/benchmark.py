"""The times that the README states, measured side by side in fresh processes.

Run by ``make bench``; no test waits for it. Wall-clock times of a shared machine go up and down,
so each line shows the median of several runs and the processor's own time beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

BODY = "情報通信研究機構"
NUMBER = "7012405000492"
RUNS = 9
COLD_MS, RATIO, BUILD_S = 150, 10, 5

DUMP = """
import sys, pyoxigraph
from kijun import dates, derivation
quads = derivation.quads(dates.state_at(dates.DEFAULT_DAY))
triples = (quad.triple for quad in quads)
pyoxigraph.serialize(triples, sys.argv[1], format=pyoxigraph.RdfFormat.TURTLE)
"""

WITH_RDFLIB = """
import json, sys, rdflib
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="turtle")
rows = graph.query('''
    PREFIX kijun: <https://w3id.org/kijun/ns#>
    SELECT ?norm ?route ?section ?ordinal ?statement WHERE {
        ?body kijun:corporateNumber "%s" .
        ?duty a kijun:InheritedDuty ; kijun:body ?body ; kijun:norm ?norm ; kijun:route ?route .
        ?norm kijun:source ?sentence ; kijun:statement ?statement .
        ?sentence kijun:ordinal ?ordinal ; kijun:section ?node .
        ?node kijun:notation ?section .
        FILTER (LANG(?statement) = "ja")
    } ORDER BY ?section ?ordinal ?norm
''' % sys.argv[2])
print(json.dumps([[str(value) for value in row] for row in rows], ensure_ascii=False))
"""


class Times(NamedTuple):
    """The medians of one command, in milliseconds, and what it said last."""

    wall: float
    processor: float
    output: bytes


def timed(command: list[str], environment: dict[str, str], runs: int) -> Times:
    """Run a command some times in fresh processes."""
    walls, processors = [], []
    output = b""
    for _ in range(runs):
        before, start = os.times(), time.perf_counter()
        output = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        ).stdout
        walls.append(time.perf_counter() - start)
        after = os.times()
        used = after.children_user - before.children_user
        processors.append(used + after.children_system - before.children_system)
    return Times(statistics.median(walls) * 1000, statistics.median(processors) * 1000, output)


def main() -> int:
    """Measure, print, and return 1 where a goal is missed."""
    kijun = str(Path(sys.executable).with_name("kijun"))
    duties = [kijun, "duties", BODY, "--format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": f"{folder}/cache"}
        graph = f"{folder}/graph.ttl"
        build = timed([sys.executable, "-c", DUMP, graph], environment, 1)
        first = timed(duties, environment, 1)
        cold = timed(duties, environment, RUNS)
        peer = timed([sys.executable, "-c", WITH_RDFLIB, graph, NUMBER], environment, 3)
        size = Path(graph).stat().st_size
    if b"[]" in (cold.output.strip(), peer.output.strip()):
        print("one of the two found nothing; the comparison says nothing", file=sys.stderr)
        return 1
    ratio = peer.wall / cold.wall
    lines = (
        (f"derive the graph ({size // 1000} kB of Turtle)", build, build.wall < BUILD_S * 1000),
        ("kijun duties, first time (builds the snapshot)", first, first.wall < BUILD_S * 1000),
        (f"kijun duties {BODY} --format json", cold, cold.wall < COLD_MS),
        ("the same graph and question with rdflib", peer, True),
        (f"kijun is {ratio:.1f} times as fast", None, ratio >= RATIO),
    )
    for label, times, reached in lines:
        numbers = f"{times.wall:8.0f} ms, {times.processor:6.0f} ms of processor" if times else ""
        print(f"{label:52} {numbers}{'' if reached else '   GOAL MISSED'}")
    return 0 if all(reached for _, _, reached in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
