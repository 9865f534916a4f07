"""Where questions are answered: the embedded store, or anything else that speaks SPARQL.

An engine turns the text of a SELECT into rows of terms; the rest of kijun asks only through it,
so that every answer can come from any engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple

from kijun.catalogue import Term, question
from kijun.errors import BadInput
from kijun.saying import worded

Row = dict[str, Term | None]
"""The terms of one solution by variable; None where a variable is unbound."""


def embedded_only(what: str, option: str) -> BadInput:
    """Return the error for what no other engine can give, asked of an endpoint by an option."""
    return BadInput(
        worded(
            "{what} works on the graph of this machine, which is the same as there; "
            "leave out {option}",
            what=what,
            option=option,
        )
    )


class Engine(Protocol):
    """Answers SELECT queries over the union of all layers."""

    names: Mapping[str, str]
    """Names on the day asked about, by IRI, where they are not those of the graph."""

    def select(self, text: str) -> list[Row]:
        """Return the solutions of a query in its order."""
        ...

    def described(self, iris: Iterable[str]) -> Iterable[Triple]:
        """Return the triples whose subject is one of some things."""
        ...

    def naming(self, text: str) -> Store:
        """Return as much of the graph as :func:`kijun.names.resolve` looks at for a name."""
        ...

    def confirm(self) -> None:
        """Raise where what was read so far may not be of one graph."""
        ...


class Embedded:
    """The embedded store as an engine."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names: Mapping[str, str] = {}

    def select(self, text: str) -> list[Row]:
        """Return the solutions of a query in its order."""
        solutions = self.store.query(text, use_default_graph_as_union=True)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("a question of the catalogue is a SELECT")
        variables = [variable.value for variable in solutions.variables]
        return [dict(zip(variables, solution, strict=True)) for solution in solutions]

    def described(self, iris: Iterable[str]) -> Iterator[Triple]:
        """Yield the triples whose subject is one of some things."""
        for iri in iris:
            for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, None):
                yield quad.triple

    def naming(self, text: str) -> Store:  # noqa: ARG002
        """Return the whole store: looking into it costs nothing."""
        return self.store

    def confirm(self) -> None:
        """Do nothing: the store is read-only."""


def ask(engine: Engine, name: str, /, **values: Sequence[Term] | Term | None) -> list[Row]:
    """Ask a question of the catalogue with some of its parameters bound.

    A value is a term, several terms of which each is tried, or None for unbound.

    Raises:
        UnknownName: no question of that name, or no such parameter.
    """
    bound = {
        key: value if isinstance(value, Sequence) else [value]
        for key, value in values.items()
        if value is not None
    }
    return engine.select(question(name).bound(bound))


def labels(engine: Engine, iris: Iterable[str], lang: str) -> Mapping[str, str]:
    """Return the label of each thing in a language (else in Japanese, else any, else its id)."""
    wanted = sorted(set(iris))
    found: dict[str, dict[str, str]] = {}
    if wanted:
        for row in ask(engine, "labels", thing=[NamedNode(iri) for iri in wanted]):
            thing, label = row["thing"], row["label"]
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found.setdefault(thing.value, {})[label.language or ""] = label.value
    return {
        iri: engine.names.get(iri) or _best(found.get(iri, {}), lang) or iri.rpartition("/")[2]
        for iri in wanted
    }


def _best(texts: Mapping[str, str], lang: str) -> str | None:
    return texts.get(lang) or texts.get("ja") or next(iter(texts.values()), None)
