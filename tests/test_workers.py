"""The processes that wait for queries: used again, replaced, bounded, and gone at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest

from endpoint_apps import DATA, LONG, PRODUCT, small
from kijun import exchange, store, workers
from kijun.errors import BadInput, KijunError, LimitReached
from kijun.exchange import Forms, Limits
from kijun.query_text import read_query
from kijun.store import Snapshot
from kijun.workers import Busy, Workers

posix = pytest.mark.skipif(os.name != "posix", reason="uses signals and limits of POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

Ask = Callable[[str], Awaitable[tuple[str, bytes]]]


def run(use: Callable[[Workers, Ask], Awaitable[None]], pool: Workers) -> None:
    """Run a test with the processes started."""

    def ask(text: str) -> Awaitable[tuple[str, bytes]]:
        return pool.answer(read_query(text), Forms("CSV", "N_TRIPLES"))

    async def inside() -> None:
        async with pool.open():
            await use(pool, ask)

    asyncio.run(asyncio.wait_for(inside(), 60))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text("ascii").split()[2] == "Z")


async def gone(pid: int) -> bool:
    for _ in range(100):
        if not alive(pid):
            return True
        await asyncio.sleep(0.05)
    return False


def pids(pool: Workers) -> set[int]:
    return {worker._process.pid for worker in pool._all}


async def recovered(ask: Ask) -> bool:
    """Say whether a short query is answered, if need be at the second try: time is short here."""
    for _ in range(20):
        with suppress(LimitReached):
            return await ask("ASK {}") == ("ask", b"true")
    return False


async def ready(pool: Workers, count: int) -> None:
    while pool._idle.qsize() < count:
        await asyncio.sleep(0.01)


def test_a_process_answers_one_query_after_the_other() -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        assert await ask("ASK { ?s ?p '7' }") == ("ask", b"true")
        first = pids(pool)
        for n in range(20):
            kind, data = await ask(f"SELECT ?s {{ ?s <{DATA}p> '{n}' }}")
            assert (kind, data) == ("select", f"s\r\n{DATA}s{n}\r\n".encode())
        with pytest.raises(BadInput, match="does not parse"):
            await ask("SELECT * { ?s ?p }")
        kind, data = await ask(f"CONSTRUCT WHERE {{ <{DATA}s1> ?p ?o }}")
        assert (kind, data) == ("construct", f'<{DATA}s1> <{DATA}p> "1" .\n'.encode())
        if first == pids(pool):
            return
        # The refusal may have taken long on a busy machine, and nothing else may.
        assert len(pids(pool)) == 1

    run(use, Workers(small(), count=1))


def test_a_snapshot_on_disk_is_read_by_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path))
    quads = list(small().store)
    kept = store.open_snapshot("0123456789abcdef" * 4, lambda: quads, notice=pytest.fail)
    assert kept.location is not None

    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 3)
        answers = await asyncio.gather(*(ask("ASK { ?s ?p '7' }") for _ in range(30)))
        assert set(answers) == {("ask", b"true")}

    run(use, Workers(kept, count=3))


@posix
def test_a_process_that_died_unused_is_not_noticed() -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 2)
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.3)
        assert await ask("ASK {}") == ("ask", b"true")
        await ready(pool, 1)

    run(use, Workers(small(), count=2))


@posix
@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        (LONG, Limits(timeout=0.2), "longer than 0.2 s"),
        (LONG, Limits(timeout=0.8), "longer than 0.8 s"),
        (f"SELECT * {{ {PRODUCT} }} ORDER BY ?a", Limits(memory=100 << 20), "100 MB of memory"),
        (f"SELECT * {{ {PRODUCT} }}", Limits(answer=5000), "the answer is larger"),
        ("ASK { FILTER(" + "!" * 60_000 + "1) }", Limits(), "broke down"),
    ],
    ids=["soon", "long", "memory", "answer", "crash"],
)
def test_a_limit_is_an_error_and_the_next_query_is_answered(
    text: str, limits: Limits, message: str
) -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        for _ in range(2):
            with pytest.raises(LimitReached, match=message) as caught:
                await ask(text)
            assert not isinstance(caught.value, Busy)
            assert await recovered(ask)

    run(use, Workers(small(), limits, count=1))


@posix
def test_a_long_query_has_the_lowest_priority_and_its_process_is_not_used_again() -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 1)
        (pid,) = pids(pool)
        assert os.getpriority(os.PRIO_PROCESS, pid) < 19
        asked = asyncio.ensure_future(ask(LONG))
        while os.getpriority(os.PRIO_PROCESS, pid) != 19:
            await asyncio.sleep(0.05)
        asked.cancel()
        assert await gone(pid)
        await ready(pool, 1)
        assert pid not in pids(pool)

    run(use, Workers(small(), Limits(timeout=50), count=1))


def test_only_so_many_long_queries_run_at_once() -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 3)
        both = {asyncio.ensure_future(ask(LONG)) for _ in range(2)}
        await asyncio.sleep(0.1)
        assert await ask("ASK {}") == ("ask", b"true")
        ((refused,), (runs,)) = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(Busy, match="others already"):
            await refused
        assert await ask("ASK {}") == ("ask", b"true")
        runs.cancel()

    run(use, Workers(small(), Limits(timeout=50), count=3, long=1))


def test_who_waits_too_long_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.2)

    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 1)
        long = asyncio.ensure_future(ask(LONG))
        await asyncio.sleep(0.05)
        with pytest.raises(Busy, match="all processes are busy"):
            await ask("ASK {}")
        with pytest.raises(LimitReached):
            await long

    run(use, Workers(small(), Limits(timeout=1), count=1))


def test_who_waits_a_little_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 30)

    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 1)
        long = asyncio.ensure_future(ask(LONG))
        await asyncio.sleep(0.05)
        assert await ask("ASK {}") == ("ask", b"true")
        with pytest.raises(LimitReached):
            await long

    run(use, Workers(small(), Limits(timeout=3), count=1))


def test_the_queue_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 30)

    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 1)
        long = asyncio.ensure_future(ask(LONG))
        await asyncio.sleep(0.05)
        waiting = [asyncio.ensure_future(ask("ASK {}")) for _ in range(3)]
        await asyncio.sleep(0.05)
        begun = time.monotonic()
        with pytest.raises(Busy, match="wait already"):
            await ask("ASK {}")
        assert time.monotonic() - begun < workers.PATIENCE / 2
        with pytest.raises(LimitReached):
            await long
        assert await asyncio.gather(*waiting) == [("ask", b"true")] * 3

    run(use, Workers(small(), Limits(timeout=3), count=1, waiting=3))


@posix
def test_a_query_that_nobody_waits_for_is_ended() -> None:
    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 1)
        (pid,) = pids(pool)
        asked = asyncio.ensure_future(ask(LONG))
        await asyncio.sleep(0.2)
        asked.cancel()
        assert await gone(pid)
        assert await ask("ASK {}") == ("ask", b"true")

    run(use, Workers(small(), count=1))


@posix
def test_all_processes_end_with_the_pool() -> None:
    seen: set[int] = set()

    async def use(pool: Workers, ask: Ask) -> None:
        await ready(pool, 3)
        seen.update(pids(pool))
        long = asyncio.ensure_future(ask(LONG))
        await asyncio.sleep(0.1)
        long.cancel()
        seen.update(pids(pool))

    run(use, Workers(small(), count=3))
    assert len(seen) >= 3
    assert not [pid for pid in seen if alive(pid)]


def test_a_graph_that_went_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    missing = Snapshot(pyoxigraph.Store(), tmp_path / "gone")

    async def use(pool: Workers, ask: Ask) -> None:
        with pytest.raises(KijunError, match="could not be read") as caught:
            await ask("ASK {}")
        assert not isinstance(caught.value, LimitReached)

    run(use, Workers(missing, count=2))
    assert not (tmp_path / "gone").exists()


def test_processes_that_cannot_be_started_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.5)
    monkeypatch.setattr(exchange, "COMMAND", ("/nowhere/python",))

    async def use(pool: Workers, ask: Ask) -> None:
        with pytest.raises(KijunError, match="could be started"):
            await ask("ASK {}")

    run(use, Workers(small(), count=1))


@linux
def test_a_graph_in_memory_is_in_no_file_and_no_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a profile says goes through a pipe: no process holds a file that could keep it."""
    for name in ("TMPDIR", "HOME", "KIJUN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)

    async def use(pool: Workers, ask: Ask) -> None:
        await ask("ASK {}")
        await ready(pool, 2)
        for pid in pids(pool):
            process = Path(f"/proc/{pid}")
            held = {str(fd.readlink()).partition(":")[0] for fd in (process / "fd").iterdir()}
            assert held <= {"pipe", "socket"}, held
            assert DATA.encode() not in (process / "cmdline").read_bytes()
            assert DATA.encode() not in (process / "environ").read_bytes()

    run(use, Workers(small(), count=2))
    assert not list(tmp_path.rglob("*"))
