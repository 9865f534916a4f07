"""rdflib: the questions as SPARQL with NOT EXISTS."""

from __future__ import annotations

from pathlib import Path

import rdflib

from engines.sparql_texts import CLOSURE, REACHED
from engines.sparql_texts import duties as duties_text
from engines.sparql_texts import holes as hole_texts
from kijun.terms import ID, NS

Row = tuple[str, ...]


def load(source: Path) -> rdflib.Dataset:
    store = rdflib.Dataset(default_union=True)
    store.parse(source=str(source), format="nquads")
    return store


def short(term: object) -> str:
    value = "" if term is None else str(term)
    return value.removeprefix(NS).removeprefix(ID).removesuffix("Route")


def ask(store: rdflib.Dataset, text: str) -> list[list[str]]:
    return [list(map(short, row)) for row in store.query(text)]  # type: ignore[arg-type]


def duties(store: rdflib.Dataset) -> set[Row]:
    return {tuple(row[:3]) for row in ask(store, duties_text())}


def duties_of(store: rdflib.Dataset, body: str) -> set[Row]:
    text = f"{duties_text()} VALUES ?body {{ <{ID}{body}> }}"
    return {tuple(row[:3]) for row in ask(store, text)}


def holes_at(store: rdflib.Dataset, platform: str) -> set[Row]:
    return holes(store, f"VALUES ?platform {{ <{ID}{platform}> }}")


def holes(store: rdflib.Dataset, where: str = "") -> set[Row]:
    found = set()
    for kind, texts in hole_texts(where, minus=False).items():
        for text in texts:
            found |= {(kind, *[*row, "", "", ""][:4]) for row in ask(store, text)}
    return found


def reached(edges: Path, start: int) -> int:
    graph = rdflib.Graph()
    graph.parse(source=str(edges), format="nt")
    text = REACHED.replace("(COUNT(*) AS ?n)", "?b") % start
    return len({b for (b,) in graph.query(text)})  # type: ignore[misc]


def closure(edges: Path) -> int:
    graph = rdflib.Graph()
    graph.parse(source=str(edges), format="nt")
    return len({(a, b) for a, b in graph.query(CLOSURE.replace("(COUNT(*) AS ?n)", "?a ?b"))})  # type: ignore[misc]
