"""Snapshots that queries are put to, on disk and in memory, and what they are told when refused."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pyoxigraph
import pytest

from kijun import store
from kijun.errors import BadInput, KijunError
from kijun.sparql import ask_sparql
from kijun.store import Snapshot
from kijun.terms import ID, NS, graph_iri

KEY = "0123456789abcdef" * 4
posix = pytest.mark.skipif(os.name != "posix", reason="uses limits of POSIX")


def quads() -> Iterator[pyoxigraph.Quad]:
    node, literal = pyoxigraph.NamedNode, pyoxigraph.Literal
    norms, text = node(graph_iri("norms")), node(graph_iri("text"))
    for n in range(300):
        norm = node(f"{ID}norm/{n}")
        yield pyoxigraph.Quad(norm, node(f"{NS}section"), literal(f"6({n})"), norms)
        said = literal(f"第{n}の義務", language="ja")
        yield pyoxigraph.Quad(norm, node(f"{NS}statement"), said, text)
    blank = pyoxigraph.BlankNode("b")
    yield pyoxigraph.Quad(node(f"{ID}norm/0"), node(f"{NS}about"), blank, norms)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIJUN_CACHE", str(tmp_path_factory.mktemp("cache") / "写し x"))
        yield store.open_snapshot(KEY, quads, notice=pytest.fail)


@pytest.fixture(scope="module")
def in_memory() -> Snapshot:
    held = pyoxigraph.Store()
    held.bulk_extend(quads())
    return Snapshot(held, None)


@pytest.fixture(params=["on_disk", "in_memory"])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    found: Snapshot = request.getfixturevalue(request.param)
    return found


def refusal(snapshot: Snapshot, text: str, kind: type[KijunError] = BadInput) -> str:
    with pytest.raises(kind) as caught:
        ask_sparql(snapshot, text)
    assert "\n" not in str(caught.value)
    assert type(caught.value) is kind
    return str(caught.value)
