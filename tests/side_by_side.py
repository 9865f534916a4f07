"""Engines side by side on the same governments: ``make bench`` prints how kijun compares.

Each engine answers each question in a process of its own; what is measured is the processor's time
of that process and its children, and its peak memory. Loading is a line of its own and not part of
the questions. The answers are compared row by row: who answers otherwise is told so, whatever the
time. See ``docs/side-by-side.md`` for what the questions are and what was left out.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from side_by_side_page import OF_ONE, OWN, QUESTIONS, Measured, Results, Scale, page, wrong

LIMIT, LONG = 900.0, 5.0
"""After so many seconds a run is stopped, or not repeated."""

MODULES = {
    "kijun": "engines.kijun_engine",
    "pyoxigraph": "engines.oxigraph_engine",
    "rdflib": "engines.rdflib_engine",
    "DuckDB": "engines.duckdb_engine",
    "numpy": "engines.numpy_engine",
    "networkx": "engines.graph_engines",
    "rustworkx": "engines.graph_engines",
    "HermiT": "engines.hermit_engine",
}
OVER_EDGES = ("DuckDB", "numpy")
EVERY = ("kijun", "pyoxigraph", "rdflib", "DuckDB", "numpy")
GRAPHS = ("kijun", "rustworkx", "networkx", "pyoxigraph", "rdflib", "DuckDB")
PLAN = {
    "load": EVERY,
    "derive": ("kijun", "pyoxigraph", "HermiT"),
    "duties": EVERY,
    "holes": EVERY,
    "closure": (*GRAPHS, "numpy"),
    "whole": ("kijun", "pyoxigraph"),
    "duties_of": EVERY,
    "holes_at": EVERY,
    "reached": GRAPHS,
    **dict.fromkeys(OWN, ("kijun",)),
}
ONLY_SMALL = {
    ("proved", "kijun"),
    ("derive", "HermiT"),
    ("duties", "rdflib"),
    ("duties_of", "rdflib"),
    ("holes", "rdflib"),
    ("holes_at", "rdflib"),
    ("closure", "rdflib"),
}
"""What takes half a minute at scale 1 already, or did not end at scale 10."""

WARM = {
    "networkx": ("kijun", "networkx"),
    "rustworkx": ("kijun", "rustworkx"),
}


def answer(engine: str, question: str, folder: Path) -> dict[str, Any]:
    """Answer in this process and return what that took."""
    module = importlib.import_module(MODULES[engine])
    source = folder if engine in OVER_EDGES else folder / "government.nq"
    if question in ("closure", "reached"):
        name = f"{engine}_{question}" if engine.endswith("workx") else question
        given = folder / ("told.nt" if engine in ("pyoxigraph", "rdflib") else "told.npy")
        asked = [int((folder / "start.txt").read_text())] if question == "reached" else []
        work = lambda: getattr(module, name)(given, *asked)  # noqa: E731
    elif question in ("load", "whole"):
        work = lambda: getattr(module, question)(source)  # noqa: E731
    else:
        loaded = getattr(module, f"load_for_{question}", module.load)(source)
        asked = [OF_ONE[question]] if question in OF_ONE else []
        work = lambda: getattr(module, question)(loaded, *asked)  # noqa: E731
    # What is imported when it is first needed is not the question's work.
    for library, users in WARM.items():
        if engine in users and question in ("closure", "reached", "whole"):
            importlib.import_module(library)
    before = _spent()
    found: Any = work()
    counted = question == "load" or isinstance(found, int)
    rows = [] if counted else list(found)
    seconds = _spent() - before
    if not counted:
        found = sorted(set(map(tuple, rows)))
    told = "" if question == "load" else repr(found)
    return {
        "seconds": seconds,
        "megabytes": _peak(),
        "rows": 0 if question == "load" else found if isinstance(found, int) else len(found),
        "digest": hashlib.sha256(told.encode()).hexdigest(),
    }


def _spent() -> float:
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def _peak() -> float:
    # Not ru_maxrss: that of a child begins with what its parent had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1000


def prepare(folder: Path, scale: int) -> int:
    """Write a government, its integer edges, who tells whom, and its graph on disk.

    Returns how many triples the government has.
    """
    import numpy
    from pyoxigraph import RdfFormat, Store, serialize

    from engines import edges, kijun_engine
    from kijun.derivation import derived_quads
    from kijun.invented import STATE, government

    source = folder / "government.nq"
    with source.open("wb") as file:
        serialize(government(scale), file, format=RdfFormat.N_QUADS)
    edges.write(source, folder)
    told = sorted(kijun_engine.lines(kijun_engine.load(source)))
    ends = sorted({end for pair in told for end in pair})
    numbers = {name: place for place, name in enumerate(ends)}
    numpy.save(folder / "told.npy", numpy.array([[numbers[a], numbers[b]] for a, b in told]))
    informs = "https://w3id.org/kijun/ns#informs"
    lines = "".join(f"<urn:{numbers[a]}> <{informs}> <urn:{numbers[b]}> .\n" for a, b in told)
    (folder / "told.nt").write_text(lines)
    (folder / "start.txt").write_text(str(numbers[OF_ONE["reached"]]))
    disk = Store(str(folder / "disk"))
    store = kijun_engine.loaded(source)
    disk.bulk_extend(store)
    disk.bulk_extend(derived_quads(store, STATE))
    disk.optimize()
    disk.flush()
    return len(store)


POINT = {
    "kijun": """
import sys, pyoxigraph
from kijun.duties import duty_rows
from kijun.engine import Embedded
store = pyoxigraph.Store.read_only(sys.argv[1])
print(len(duty_rows(Embedded(store), ["https://w3id.org/kijun/id/body/c1"], "ja")))
""",
    "bare pyoxigraph": """
import sys, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
print(len(list(store.query(sys.argv[2], use_default_graph_as_union=True))))
""",
}


def point(folder: Path, runs: int) -> dict[str, Measured]:
    """Measure one question about one body in fresh processes, start-up included."""
    from pyoxigraph import Literal, NamedNode

    from kijun.catalogue import question

    body = NamedNode("https://w3id.org/kijun/id/body/c1")
    text = question("duties").bound({"lang": [Literal("ja")], "body": [body], "rank": [Literal(1)]})
    found = {}
    for engine, program in POINT.items():
        times, rows = [], 0
        for _ in range(max(runs, 5)):
            before = _spent()
            command = [sys.executable, "-c", program, str(folder / "disk"), text]
            rows = int(subprocess.run(command, capture_output=True, check=True).stdout)
            times.append(_spent() - before)
        found[engine] = Measured(statistics.median(times), 0.0, rows, str(rows))
    return found


def measured(engine: str, question: str, folder: Path, runs: int) -> Measured:
    """Run an engine in fresh processes; the median of some runs, one where a run is long."""
    found: list[dict[str, Any]] = []
    command = [sys.executable, __file__, "--one", engine, question, str(folder)]
    for _ in range(runs):
        try:
            done = subprocess.run(command, capture_output=True, timeout=LIMIT, check=True)
        except subprocess.TimeoutExpired:
            return Measured(fault=f"over {LIMIT:g} s")
        except subprocess.CalledProcessError as error:
            last = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            return Measured(fault=last[:80] or "failed")
        found.append(json.loads(done.stdout))
        if found[-1]["seconds"] > LONG:
            break
    seconds = statistics.median(one["seconds"] for one in found)
    memory = statistics.median(one["megabytes"] for one in found)
    return Measured(seconds, memory, found[-1]["rows"], found[-1]["digest"])


def bench(scales: list[int], runs: int, questions: Iterable[str]) -> Results:
    """Measure at all scales; what is measured is told on the way."""
    results: Results = {}
    for scale in scales:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            size = prepare(folder, scale)
            results[scale] = found = Scale(size, {})
            for question in questions:
                if question == "point":
                    found.questions[question] = point(folder, runs)
                    continue
                engines = found.questions.setdefault(question, {})
                for engine in PLAN[question]:
                    if scale > 1 and (question, engine) in ONLY_SMALL:
                        continue
                    engines[engine] = measured(engine, question, folder, runs)
                    print(question, scale, engine, engines[engine], file=sys.stderr, flush=True)
    return results


def main() -> int:
    """Measure, or answer one question for whoever measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "QUESTION", "FOLDER"))
    parser.add_argument("--scale", type=int, action="append")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--question", action="append", choices=QUESTIONS)
    parser.add_argument("-o", "--output", metavar="FILE", help="also write the page there")
    given = parser.parse_args()
    if given.one:
        engine, question, folder = given.one
        print(json.dumps(answer(engine, question, Path(folder))))
        return 0
    results = bench(given.scale or [1], given.runs, given.question or QUESTIONS)
    made = "\n".join(page(results))
    print(made)
    if given.output:
        Path(given.output).write_text(f"{made}\n", encoding="utf-8")
    return 1 if wrong(results) else 0


if __name__ == "__main__":
    sys.exit(main())
