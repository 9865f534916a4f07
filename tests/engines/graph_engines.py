"""networkx and rustworkx: who can reach whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def networkx_reached(edges: Path, start: int) -> int:
    import networkx

    graph = networkx.DiGraph(np.load(edges).tolist())
    found = networkx.descendants(graph, start)
    return len(found) + any(start in graph[one] for one in (start, *found))


def rustworkx_reached(edges: Path, start: int) -> int:
    import rustworkx

    pairs = np.load(edges)
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(int(pairs.max()) + 1))
    graph.add_edges_from_no_data(list(map(tuple, pairs.tolist())))
    found = rustworkx.descendants(graph, start)
    return len(found) + any(graph.has_edge(one, start) for one in (start, *found))


def networkx_closure(edges: Path) -> int:
    import networkx

    graph = networkx.DiGraph(np.load(edges).tolist())
    # A party reaches itself where a circle leads back to it.
    back = {
        n for part in networkx.strongly_connected_components(graph) if len(part) > 1 for n in part
    }
    back |= {a for a, b in graph.edges if a == b}
    return sum(len(networkx.descendants(graph, one)) + (one in back) for one in graph)


def rustworkx_closure(edges: Path) -> int:
    import rustworkx

    pairs = np.load(edges)
    nodes, flat = np.unique(pairs, return_inverse=True)
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from_no_data(list(map(tuple, flat.reshape(pairs.shape).tolist())))
    back = {
        n for part in rustworkx.strongly_connected_components(graph) if len(part) > 1 for n in part
    }
    back |= {a for a, b in graph.edge_list() if a == b}
    return sum(len(rustworkx.descendants(graph, one)) + (one in back) for one in range(len(nodes)))
