"""Who reaches whom, beside networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kijun.closure import Closure

NODES = st.integers(0, 12)


def by_networkx(steps: set[tuple[int, int]]) -> set[tuple[int, int]]:
    graph = nx.DiGraph(sorted(steps))
    return {(a, b) for a in graph for c in graph[a] for b in {c, *nx.descendants(graph, c)}}


@given(st.sets(st.tuples(NODES, NODES), max_size=40))
def test_the_same_pairs_as_networkx(steps: set[tuple[int, int]]) -> None:
    closure, expected = Closure(sorted(steps)), by_networkx(steps)
    assert set(closure) == expected
    assert len(closure) == len(expected)
    for a in range(14):
        assert set(closure.of(a)) == {y for x, y in expected if x == a}
        assert all(((a, b) in closure) == ((a, b) in expected) for b in range(14))


def test_a_long_way() -> None:
    chain = Closure((n, n + 1) for n in range(3000))
    assert len(chain) == 3000 * 3001 // 2
    assert (0, 3000) in chain
    assert (3000, 0) not in chain
    assert (7, 7) not in chain
