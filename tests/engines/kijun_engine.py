"""kijun itself: the rules of the repository, grounded over what a file says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kijun.axioms import quoted
from kijun.boundary import boundary_program
from kijun.invented import STATE
from kijun.reasoning import atoms, ground, program
from kijun.terms import NS, curie

Row = tuple[str, ...]
KINDS = ("unallocated", "unmet", "unprovided", "unevidenced", "doubly_owned", "undocumented")
STATES = ("provided", "satisfied", "responsibility", "inherited")
DOCUMENTS = {"comprehensiveDocumentKind": "comprehensive", "commonRulesKind": "common_rules"}


def load(source: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    return store


def duties(store: Store) -> set[Row]:
    control = ground(program(store, STATE))
    return {(short(b), short(n), str(r)) for b, n, r, *_ in atoms(control, "duty", 7)}


def holes(store: Store) -> set[Row]:
    return read_holes(ground(boundary_program(store, STATE, facts(store))))


def read_holes(control) -> set[Row]:  # type: ignore[no-untyped-def]
    return {
        tuple(
            str(end) if kind == "unevidenced" and place == 4 else short(end)
            for place, end in enumerate((kind, *ends))
        )
        for kind, *ends, _ in atoms(control, "hole", 6)
        if kind in KINDS
    }


def lines(store: Store) -> set[Row]:
    """Return who tells whom, whoever stands in a ministry as the ministry."""
    return read_lines(ground(program(store, STATE)))


def read_lines(control) -> set[Row]:  # type: ignore[no-untyped-def]
    found = set()
    for _, sender, receiver, *_, reading in atoms(control, "line", 6):
        if reading is None or str(reading).startswith("id:direction/"):
            end = receiver[2] if isinstance(receiver, tuple) else receiver
            found.add((short(sender), short(end)))
    return found


def derive(store: Store) -> int:
    from kijun.derivation import derived_quads

    return sum(1 for _ in derived_quads(store, STATE))


def whole(source: Path) -> int:
    """Load, derive, and answer the three questions for all bodies, from one grounding."""
    import rustworkx

    store = load(source)
    control = ground(boundary_program(store, STATE, facts(store)))
    found = {(b, n, r) for b, n, r, *_ in atoms(control, "duty", 7)}
    holes_ = read_holes(control)
    edges = sorted(read_lines(control))
    nodes = {
        name: place for place, name in enumerate(sorted({end for edge in edges for end in edge}))
    }
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from_no_data([(nodes[a], nodes[b]) for a, b in edges])
    pairs = sum(len(rustworkx.descendants(graph, one)) for one in nodes.values())
    return len(found) + len(holes_) + pairs


def short(term: object) -> str:
    text = "" if term is None else str(term)
    return text.removeprefix("kijun:").removeprefix("id:")


def facts(store: Store) -> dict[str, tuple[()]]:
    """Return what the rules on boundaries see, straight from the quads of the situations."""
    return dict.fromkeys(_facts(store), ())


def _facts(store: Store) -> Iterator[str]:
    def pairs(name: str) -> Iterator[tuple[str, object]]:
        for quad in store.quads_for_pattern(None, NamedNode(NS + name), None, None):
            yield quad.subject.value, quad.object  # type: ignore[union-attr]

    def constant(term: object) -> str:
        return quoted(curie(term if isinstance(term, str) else term.value))  # type: ignore[attr-defined]

    yield from (f"declaredAs({constant(s)},{constant(o)})" for s, o in pairs("declaredAs"))
    told: dict[str, dict[str, str]] = {}
    names = ("atPlatform", "ofConcern", "ofParty", "inState", "counterparty", "evidencedBy")
    names += ("documentKind", "ofDocument", "agreementKind", "contactFrom", "contactTo")
    for name in names:
        for subject, value in pairs(name):
            told.setdefault(subject, {})[name] = "" if isinstance(value, Literal) else value.value  # type: ignore[attr-defined]
    for document, maker in pairs("madeBy"):
        yield f"made({constant(document)},{constant(maker)})"
    for node, said in told.items():
        me = constant(node)
        if "inState" in said:
            ends = ",".join(constant(said[n]) for n in ("atPlatform", "ofConcern", "ofParty"))
            state = said["inState"].removeprefix(NS)
            yield f"allocation({me},{ends},{state})"
            if state == "inherited" and "counterparty" in said:
                yield f"relies_on({me},{constant(said['counterparty'])})"
            if "evidencedBy" in said:
                yield f"shows({me})"
        elif "documentKind" in said:
            kind = DOCUMENTS[said["documentKind"].removeprefix(NS)]
            yield f"document({me},{constant(said['atPlatform'])},{kind})"
        elif "agreementKind" in said:
            how = said["agreementKind"].removeprefix(NS)
            yield f"{how}({me},{constant(said['ofDocument'])},{constant(said['ofParty'])})"
        elif "contactFrom" in said:
            one, other = constant(said["contactFrom"]), constant(said["contactTo"])
            platform = constant(said["atPlatform"])
            yield f"contact({me},{one},{other},{platform})"
            yield f"contact({me},{other},{one},{platform})"


def closure(edges: Path) -> int:
    """Return how many pairs can reach each other: networkx is kijun's engine for routes."""
    from engines.graph_engines import networkx_closure

    return networkx_closure(edges)
