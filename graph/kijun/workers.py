"""Processes that wait for queries: a few, started before they are needed, replaced when they end.

A query takes a process that is free, or waits for one, for some seconds and in a queue of bounded
length. A query that takes more than a moment is *long*: its process gets the lowest priority, so
that short ones beside it hardly notice, and is not used again. Only some processes may be busy
with long queries; one more is ended and told to come back later, so that short queries find a free
process at all times.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from kijun import exchange
from kijun.errors import KijunError, LimitReached
from kijun.exchange import Dataset, Forms, Limits
from kijun.query_text import Code
from kijun.saying import worded
from kijun.store import Snapshot

LONG_AFTER = 0.25
"""After how many seconds of the processor's time a query is long."""

PATIENCE = 5.0
"""For how many seconds a query waits for a free process."""

# What asyncio keeps of a process's output before it stops reading for a while.
_BUFFER = 1 << 20
_LOWEST = 19

_Done = TypeVar("_Done")


class Busy(LimitReached):
    """Too much is asked at once; ``after`` is in how many seconds to try again."""

    after = 5


class _Gone(Exception):
    """A process ended before it took the request."""


class Workers:
    """The processes for the queries on one graph; see :meth:`open`."""

    def __init__(
        self,
        snapshot: Snapshot,
        limits: Limits | None = None,
        *,
        count: int = 6,
        long: int = 2,
        waiting: int = 64,
    ) -> None:
        self.limits = limits or Limits()
        self._opening = exchange.opening(snapshot, self.limits.memory)
        self._count, self._room_for_long, self._room_to_wait = count, long, waiting
        self._fault: KijunError | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Keep the processes while the block runs; end them, and their queries, at its end."""
        # The latest one to be free is the next to be used: its memory is warm.
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Future[Any]] = set()
        self._long: set[_Worker] = set()
        self._waiting = 0
        self._ending = False
        # All at once, none would be ready soon where a graph goes through pipes.
        self._starts = asyncio.Semaphore(2)
        for _ in range(self._count):
            self._begin(self._add())
        try:
            yield
        finally:
            self._ending = True
            for worker in self._all:
                worker.kill()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.gather(*(worker.ended() for worker in self._all))

    async def answer(
        self,
        code: Code,
        forms: Forms,
        *,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> tuple[str, bytes]:
        """Return the kind of an answer (``select``, ``ask``, ``construct``) and all of it.

        Cancelled, it ends the query.

        Raises:
            BadInput: the query does not parse or calls SERVICE.
            LimitReached: a limit on time, memory or size; Busy where too much is asked at once.
            Unwanted: the answer is of a kind, or holds something, that ``forms`` cannot say.
        """
        said = exchange.request(code, self.limits, forms, dataset=dataset, base=base)
        while True:
            worker = await self._free()
            keep = False
            try:
                head, body = await self._in_time(worker, said)
                keep = not worker.long and head["kind"] != "memory"
            except _Gone:
                continue
            finally:
                if keep:
                    self._idle.put_nowait(worker)
                else:
                    self._replace(worker)
            error = exchange.refusal(head, code, self.limits)
            if error is not None:
                raise error
            return head["kind"], body

    async def _free(self) -> _Worker:
        if not self._idle.empty():
            return self._idle.get_nowait()
        if self._waiting >= self._room_to_wait:
            raise Busy(worded("too many queries wait already; try again later"))
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._idle.get()
        except TimeoutError:
            if self._fault is not None:
                raise self._fault from None
            raise Busy(
                worded("all processes are busy with other queries; try again later")
            ) from None
        finally:
            self._waiting -= 1

    async def _in_time(self, worker: _Worker, said: bytes) -> tuple[dict[str, Any], bytes]:
        until = time.monotonic() + self.limits.timeout
        answered = self._begin(worker.answer(said, self.limits))
        pause = LONG_AFTER
        try:
            while not answered.done() and (left := until - time.monotonic()) > 0:
                await asyncio.wait({answered}, timeout=min(pause, left))
                if not answered.done() and not worker.long:
                    missing = LONG_AFTER - worker.used()
                    # The system counts in hundredths of a second.
                    pause = max(missing, 0.02)
                    if missing <= 0:
                        self._lengthen(worker)
                        pause = self.limits.timeout
            if self._ending:
                raise Busy(worded("the server is being ended"))
            if not answered.done():
                raise exchange.slow(self.limits)
            return answered.result()
        finally:
            answered.cancel()
            self._long.discard(worker)

    def _lengthen(self, worker: _Worker) -> None:
        if len(self._long) >= self._room_for_long:
            raise Busy(worded("the query takes long, and so do others already; try again later"))
        self._long.add(worker)
        worker.lower_priority()

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        if not self._ending:
            self._begin(self._remove(worker))
            self._begin(self._add())

    def _begin(self, work: Coroutine[Any, Any, _Done]) -> asyncio.Future[_Done]:
        """Begin some work that ends with the block of :meth:`open` at the latest."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _add(self) -> None:
        while True:
            try:
                async with self._starts:
                    worker = await self._ready()
            except KijunError as error:
                # For instance no memory: told to whom it keeps waiting, and tried again.
                self._fault = error
                await asyncio.sleep(1)
            else:
                self._fault = None
                self._idle.put_nowait(worker)
                return

    async def _ready(self) -> _Worker:
        worker = await _Worker.begun()
        self._all.add(worker)
        try:
            await worker.open(self._opening)
        except KijunError:
            await self._remove(worker)
            raise
        return worker

    async def _remove(self, worker: _Worker) -> None:
        await worker.ended()
        self._all.discard(worker)


class _Worker:
    """One process. ``long`` says that its query is, or was, a long one."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._in, self._out, self._err = process.stdin, process.stdout, process.stderr
        self.long = False
        self._asked = self._used_before = 0.0

    @classmethod
    async def begun(cls) -> _Worker:
        """Start a process."""
        pipe = asyncio.subprocess.PIPE
        try:
            return cls(
                await asyncio.create_subprocess_exec(
                    *exchange.COMMAND,
                    stdin=pipe,
                    stdout=pipe,
                    stderr=pipe,
                    limit=_BUFFER,
                    creationflags=exchange.FLAGS,
                )
            )
        except OSError as error:
            raise exchange.unstarted(error) from error

    async def open(self, opening: bytes) -> None:
        """Say which graph to read, and wait until it is open."""
        try:
            head = await self._said(opening)
        except _Gone:
            head = None
        if head is None or head["kind"] != "ready":
            message = "its process ended" if head is None else " ".join(head["message"].split())
            raise exchange.unreadable(message)

    async def answer(self, said: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
        """Return the head and the body of the answer to a request."""
        head = await self._said(said)
        if head is not None:
            with suppress(asyncio.IncompleteReadError):
                return head, await self._out.readexactly(head["size"])
        err = await self._err.read()
        raise exchange.breakdown(await self._process.wait(), err, limits)

    async def _said(self, said: bytes) -> dict[str, Any] | None:
        """Return the head of the answer to what is said, None where the process ends at it."""
        if self._process.returncode is not None or self._out.at_eof():
            raise _Gone
        try:
            self._in.write(said)
            await self._in.drain()
        except OSError as error:
            raise _Gone from error
        self._asked = time.monotonic()
        line = await self._out.readline()
        if not line.endswith(b"\n"):
            return None
        head: dict[str, Any] = json.loads(line)
        self._used_before = head["used"]
        return head

    def used(self) -> float:
        """Return the processor's seconds that the query has used; elsewhere, those of the clock.

        On a machine that is busy with other things a short query may last, and is still short.
        """
        if sys.platform.startswith("linux"):
            with suppress(OSError, ValueError, IndexError):
                stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii")
                user, system = stat.rpartition(")")[2].split()[11:13]
                return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") - self._used_before
        return time.monotonic() - self._asked

    def lower_priority(self) -> None:
        """Let all other processes come first."""
        self.long = True
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _LOWEST)

    def kill(self) -> None:
        """End the process, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        """End the process, and wait until all of it has gone."""
        self.kill()
        # Read to the end, or its pipes would outlive the event loop.
        for stream in (self._out, self._err):
            while await stream.read(_BUFFER):
                pass
        await self._process.wait()
