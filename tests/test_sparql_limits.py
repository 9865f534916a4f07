"""Limits of users' queries: size, depth, time, memory, answer; and what a crash leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from asked_snapshots import in_memory, on_disk, posix, refusal, snapshot
from kijun import query_text
from kijun.errors import LimitReached
from kijun.sparql import ask_sparql
from kijun.store import Snapshot

__all__ = ["in_memory", "on_disk", "snapshot"]


def test_a_query_that_is_too_large_is_refused(in_memory: Snapshot) -> None:
    assert str(query_text.SIZE) in refusal(in_memory, "ASK {} #" + "府" * (query_text.SIZE // 3))


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_a_query_that_is_too_deep_is_refused(in_memory: Snapshot, pair: str) -> None:
    deep = pair[0] * 4000 + pair[1] * 4000
    assert "deep" in refusal(in_memory, f"SELECT * {{ ?s ?p {deep} }}")


def test_a_thousand_nested_exists_are_refused(in_memory: Snapshot) -> None:
    text = "SELECT * {" + "FILTER NOT EXISTS { ?s ?p ?o " * 1000 + "}" * 1001
    assert "deep" in refusal(in_memory, text)


def test_brackets_in_strings_do_not_count(in_memory: Snapshot) -> None:
    assert ask_sparql(in_memory, f"ASK {{ ?s ?p '{'(' * 500}' }} # {'{' * 500}").truth is False


def test_the_allowed_depth_is_harmless(in_memory: Snapshot) -> None:
    depth = query_text.DEPTH - 1
    for text in (
        "ASK {" + "{" * depth + "}" * depth + "}",
        "ASK { FILTER(" + "(" * (depth - 1) + "1" + ")" * (depth - 1) + ") }",
        "ASK {" + "FILTER NOT EXISTS { ?s ?p 1 " * depth + "}" * depth + "}",
    ):
        assert ask_sparql(in_memory, text).kind == "ask"


@posix
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s " + "<a:a>/" * 9000 + "<a:a> ?o }",
        "SELECT * {" + "{} UNION " * 7000 + "{} }",
        "SELECT * { FILTER(" + "!" * 60_000 + "1) }",
    ],
    ids=["path", "union", "not"],
)
def test_a_query_that_crashes_the_engine_does_not_crash_us(snapshot: Snapshot, text: str) -> None:
    assert "broke down" in refusal(snapshot, text, LimitReached)


PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"


def test_a_query_that_takes_too_long_is_stopped(snapshot: Snapshot) -> None:
    begun = time.monotonic()
    with pytest.raises(LimitReached, match=r"longer than 0\.5 s") as caught:
        ask_sparql(snapshot, f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", timeout=0.5)
    assert time.monotonic() - begun < 5
    assert caught.value.exit_status == 3


@posix
def test_a_query_that_eats_memory_is_stopped(snapshot: Snapshot) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS does not hold processes to such a limit")
    with pytest.raises(LimitReached, match="100 MB of memory"):
        ask_sparql(snapshot, f"SELECT * {{ {PRODUCT} }} ORDER BY ?a", memory=100 << 20, timeout=60)


def test_a_huge_answer_is_stopped(snapshot: Snapshot) -> None:
    for text in (f"SELECT * {{ {PRODUCT} }}", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(LimitReached, match="answer is larger than 0"):
            ask_sparql(snapshot, text, answer=10_000)


@posix
def test_a_worker_of_a_dead_parent_ends_by_itself() -> None:
    """It may use a little more processor time than allowed, and no more."""
    code = (
        "import sys\nsys.path[:0] = " + repr([str(Path(__file__).parent)]) + "\n"
        "import os, signal, subprocess\nfrom asked_snapshots import *\n"
        "real = subprocess.Popen\n"
        "class Told(real):\n"
        "    def __init__(self, *a, **k):\n"
        "        super().__init__(*a, **k)\n"
        "        print(self.pid, flush=True)\n"
        "subprocess.Popen = Told\n"
        "held = pyoxigraph.Store(); held.bulk_extend(quads())\n"
        f"ask_sparql(Snapshot(held, None), 'SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}', timeout=1)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    for _ in range(600):  # processor time is scarce where many tests run at once
        try:
            os.kill(worker, 0)
            state = Path(f"/proc/{worker}/stat")
            if state.exists() and state.read_text("ascii").split()[2] == "Z":
                return
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker is still there")
