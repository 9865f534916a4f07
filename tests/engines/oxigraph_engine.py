"""pyoxigraph: the questions as SPARQL with MINUS, and the rules as updates."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from engines.sparql_texts import CLOSURE, REACHED
from engines.sparql_texts import duties as duties_text
from engines.sparql_texts import holes as hole_texts
from kijun.content import QUERIES
from kijun.terms import ID, NS

Row = tuple[str, ...]


def load(source: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    return store


def short(term: object) -> str:
    value = "" if term is None else term.value  # type: ignore[attr-defined]
    return value.removeprefix(NS).removeprefix(ID).removesuffix("Route")


def ask(store: Store, text: str) -> list[list[str]]:
    return [list(map(short, row)) for row in store.query(text, use_default_graph_as_union=True)]  # type: ignore[union-attr]


def duties(store: Store) -> set[Row]:
    return {tuple(row[:3]) for row in ask(store, duties_text())}


def duties_of(store: Store, body: str) -> set[Row]:
    text = f"{duties_text()} VALUES ?body {{ <{ID}{body}> }}"
    return {tuple(row[:3]) for row in ask(store, text)}


def holes_at(store: Store, platform: str) -> set[Row]:
    return holes(store, f"VALUES ?platform {{ <{ID}{platform}> }}")


def holes(store: Store, where: str = "") -> set[Row]:
    found = set()
    for kind, texts in hole_texts(where, minus=True).items():
        for text in texts:
            found |= {(kind, *[*row, "", "", ""][:4]) for row in ask(store, text)}
    return found


def reached(edges: Path, start: int) -> int:
    (row,) = ask(load(edges), REACHED % start)
    return int(row[0])


def closure(edges: Path) -> int:
    (row,) = ask(load(edges), CLOSURE)
    return int(row[0])


CLASS_LEVEL = NamedNode(NS + "classLevel")
UPDATES = ("classification", "class-lines", "lines", "duties")
"""The checks that stand for the rules, in the order in which each needs the ones before it."""


def derive(store: Store) -> int:
    """Derive what the rules do by queries whose rows are put back as triples."""
    graph = NamedNode(f"{ID}graph/derived")
    before = len(store)
    for name in UPDATES:
        text = (QUERIES / "checks" / f"{name}.rq").read_text(encoding="utf-8")
        found = store.query(text, use_default_graph_as_union=True)
        names = [variable.value for variable in found.variables]  # type: ignore[union-attr]
        quads = []
        for number, row in enumerate(found):  # type: ignore[arg-type]
            node = NamedNode(f"{ID}row/{name}/{number}")
            quads += [
                Quad(node, NamedNode(NS + key), term, graph)
                for key, term in zip(names, row, strict=True)
                if term is not None
            ]
            if name == "class-lines":
                quads.append(Quad(node, NamedNode(NS + "level"), CLASS_LEVEL, graph))
                reading = row["reading"]
                if reading is not None:
                    relation = "inDirection" if "/direction/" in str(reading) else "underReading"
                    quads.append(Quad(node, NamedNode(NS + relation), reading, graph))
        store.bulk_extend(quads)
    return len(store) - before


def whole(source: Path) -> int:
    store = load(source)
    derive(store)
    # The lines of bodies were derived as rows; the closure runs over them.
    store.update(
        "PREFIX kijun: <https://w3id.org/kijun/ns#> INSERT { GRAPH <urn:told> "
        "{ ?from kijun:informs ?to } } WHERE { GRAPH ?g { ?row kijun:from ?from ; kijun:to ?to ; "
        "kijun:act ?act OPTIONAL { ?row kijun:reading ?reading } } "
        "FILTER(CONTAINS(STR(?row), '/row/lines/')) "
        "FILTER(!BOUND(?reading) || CONTAINS(STR(?reading), '/id/direction/')) }"
    )
    pairs = ask(store, CLOSURE)
    return len(duties(store)) + len(holes(store)) + int(pairs[0][0])
