"""``kijun serve`` as a process of its own: started, asked and ended."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from kijun.knowledge import KnowledgeGraph


class Server(NamedTuple):
    """A server that runs, and its address without a stroke at the end."""

    process: subprocess.Popen[bytes]
    url: str
    said: list[str]


@contextlib.contextmanager
def serving(*words: str, **environment: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kijun", "serve", "--port", "0", "--lang", "en", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        assert process.stderr is not None
        said = []
        while line := process.stderr.readline().decode():
            said.append(line)
            if found := re.search(r"http://\S+?:\d+(?=/)", line):
                yield Server(process, found[0], said)
                return
        pytest.fail("".join(said))
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def running(kg: KnowledgeGraph) -> Iterator[Server]:
    with serving() as found:
        yield found


def get(url: str, query: str, accept: str = "*/*") -> tuple[int, bytes]:
    request = urllib.request.Request(
        f"{url}/sparql?{urllib.parse.urlencode({'query': query})}", headers={"accept": accept}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
