"""kijun itself: the rules of the repository, grounded over what a file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kijun.axioms import quoted
from kijun.boundary import boundary_parts
from kijun.bulk import Bulk
from kijun.closure import Closure
from kijun.columns import Column
from kijun.invented import DAY, STATE
from kijun.reasoning import Model
from kijun.terms import ID, NS, curie

if TYPE_CHECKING:
    from kijun.knowledge import KnowledgeGraph

Row = tuple[str, ...]
KINDS = ("unallocated", "unmet", "unprovided", "unevidenced", "doubly_owned", "undocumented")
STATES = ("provided", "satisfied", "responsibility", "inherited")
DOCUMENTS = {"comprehensiveDocumentKind": "comprehensive", "commonRulesKind": "common_rules"}


class Loaded(NamedTuple):
    """The graph, and what the rules start from as columns."""

    store: Store
    bulk: Bulk


def load(source: Path) -> Loaded:
    store = loaded(source)
    return Loaded(store, Bulk(boundary_parts(store, STATE, facts(store))))


def loaded(source: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    return store


def duties(given: Loaded) -> set[Row]:
    return read_duties(given.bulk)


def read_duties(bulk: Bulk) -> set[Row]:
    # The paths of the proofs are not asked for.
    return read(bulk, "duty", 7, range(3))


def read(bulk: Bulk, name: str, arity: int, ends: Sequence[int]) -> set[Row]:
    return set(zip(*(shown(bulk, end) for end in bulk.columns(name, arity, ends)), strict=True))


def shown(bulk: Bulk, column: Column) -> Iterator[str]:
    used, places = np.unique(column, return_inverse=True)
    texts = [short(term) for term in bulk.relations.terms.plain(used)]
    return map(texts.__getitem__, places.tolist())


def holes(given: Loaded) -> set[Row]:
    return read_holes(given.bulk)


def read_holes(bulk: Bulk) -> set[Row]:
    return {row for row in read(bulk, "hole", 6, range(5)) if row[0] in KINDS}


def lines(given: Loaded) -> set[Row]:
    return read_lines(given.bulk)


def read_lines(model: Model) -> set[Row]:
    """Return who tells whom, whoever stands in a ministry as the ministry."""
    found = set()
    for _, sender, receiver, *_, reading in model.atoms("line", 6):
        if reading is None or str(reading).startswith("id:direction/"):
            end = receiver[2] if isinstance(receiver, tuple) else receiver
            found.add((short(sender), short(end)))
    return found


def load_for_derive(source: Path) -> Store:
    return loaded(source)


load_for_proved = load_for_derive


def derive(store: Store) -> int:
    from kijun.derivation import derived_quads

    return sum(1 for _ in derived_quads(store, STATE))


def proved(store: Store) -> int:
    """Derive with the proof of every atom recorded, as what is explained is."""
    from kijun.proofs import Proofs
    from kijun.reasoning import program

    return len(Proofs(program(store, STATE))._symbols)


def snapshot(source: Path) -> KnowledgeGraph:
    from kijun.knowledge import KnowledgeGraph
    from kijun.store import Snapshot

    disk = source.with_name("disk")
    return KnowledgeGraph(
        DAY, STATE, Snapshot(Store.read_only(str(disk)), disk), "ja", verbatim=False
    )


load_for_duties_of = load_for_explorer = load_for_page = snapshot


def duties_of(graph: KnowledgeGraph, body: str) -> set[Row]:
    """Return what the snapshot says of one body, from which the rules are gone long since."""
    from kijun.engine import ask

    rows = ask(
        graph.engine, "duties", body=NamedNode(ID + body), rank=Literal(1), lang=Literal("ja")
    )
    names = ("body", "norm", "route")
    return {
        tuple(short(curie(row[name].value)).removesuffix("Route") for name in names)  # type: ignore[union-attr]
        for row in rows
    }


def holes_at(given: Loaded, platform: str) -> set[Row]:
    return {row for row in holes(given) if row[1] == platform}


def explorer(graph: KnowledgeGraph) -> int:
    """Return the size of what the explorer asks for to show a body and a ministry."""
    import json

    from kijun.explorer_data import Explorer

    asked = Explorer(graph)
    shown = [asked.start(), asked.search("第1法人")]
    for one in ("id:body/c1", "id:body/m1"):
        shown += [asked.thing(one), asked.near(one), asked.lines(one), asked.duties(one)]
    return len(json.dumps(shown, ensure_ascii=False))


def page(graph: KnowledgeGraph) -> int:
    """Return the size of the page of all duties of a ministry."""
    from kijun.table_page import html_of

    return len(html_of(graph.duties("id:body/m1"), "ja", ""))


def reached(edges: Path, start: int) -> int:
    from engines.graph_engines import networkx_reached

    return networkx_reached(edges, start)


def whole(source: Path) -> int:
    """Load, derive, and answer the three questions for all bodies."""
    bulk = load(source).bulk
    return len(read_duties(bulk)) + len(read_holes(bulk)) + len(Closure(read_lines(bulk)))


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
    return len(Closure(map(tuple, np.load(edges).tolist())))
