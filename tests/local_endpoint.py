"""An endpoint without a server: a store of this process, which notes what it is told to do."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode, QuerySolutions, Store, Triple

from kijun.remote_endpoint import RemoteEndpoint, Solutions


class LocalEndpoint(RemoteEndpoint):
    """Does what a server would; ``updates_left`` is how many updates it lives to do."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9/query", environment={})
        self.store = Store()
        self.done: list[str] = []
        self.selected: list[str] = []
        self.updates_left = 1_000_000

    def select(self, text: str, *, timeout: float | None = None) -> Solutions:
        self.selected.append(text)
        found = self.store.query(text)
        if not isinstance(found, QuerySolutions):
            return Solutions(truth=bool(found))
        names = tuple(variable.value for variable in found.variables)
        return Solutions(names, tuple(tuple(row) for row in found))

    def construct(self, text: str, *, timeout: float | None = None) -> list[Triple]:
        return list(self.store.query(text))  # type: ignore[arg-type]

    def update(self, text: str, *, timeout: float | None = None) -> None:
        if not self.updates_left:
            raise KeyboardInterrupt
        self.updates_left -= 1
        self.done.append(text)
        self.store.update(text)

    def sizes(self) -> dict[str, int]:
        """Return how many triples each graph holds, by its name."""
        graphs = sorted(name.value for name in self.store.named_graphs())
        found = {
            name: sum(1 for _ in self.store.quads_for_pattern(None, None, None, NamedNode(name)))
            for name in graphs
        }
        return {name: size for name, size in found.items() if size}

    def kinds(self) -> list[str]:
        """Return what was done, in short: the verb and the end of the graph's name."""
        made = []
        for text in self.done:
            verb = text.split(" ", 1)[0]
            place = re.search(r"GRAPH <[^>]*/([^>/]+)>", text)
            made.append(f"{verb} {place[1] if place else ''}")
        return made
