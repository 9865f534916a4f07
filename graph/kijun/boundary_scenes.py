"""The pictures of boundaries: what 6(3) says of them, and what profiles declare of systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from kijun.elements import facts
from kijun.errors import BadInput
from kijun.holes import HOLE_COLUMNS
from kijun.matrix import cell_words
from kijun.relations import RELATIONS
from kijun.saying import worded
from kijun.scenes import Json, Scenes, listed
from kijun.surroundings import Edge
from kijun.terms import ID, curie

_TIES = ("operates", "manages", "layer", "uses", "connected")
_ON_SYSTEMS = [relation for relation in RELATIONS if relation.kind in _TIES]


class BoundaryScenes(Scenes):
    """The pictures of a graph, with those of the boundaries of shared systems."""

    @cached_property
    def holes(self) -> Mapping[str, Mapping[str, Any]]:
        """The holes of the profiles as rows, by IRI; none where no profile is open."""
        if not self.graph.profiles:
            return {}
        return {str(row["hole_iri"]): row for row in self.graph.gaps().rows}

    def boundary(self, identity: str | None = None) -> Json:
        """Return the boundary of a platform, or of the platforms in which a body has a part.

        Without a profile, or for whoever has no part in any platform, it is what 6(3) puts on those
        who share one, and what it leaves open.

        Raises:
            UnknownName: there is no such thing.
        """
        iri = self.known(identity) if identity else None
        platforms = self._platforms(iri)
        if not platforms:
            return self._of_the_text(identity)
        picture = self.picture()
        for platform in platforms:
            picture.place(platform, layer=0)
            systems = [platform, *self._connected(platform)]
            for system in systems:
                for relation in _ON_SYSTEMS:
                    edges = self.surroundings.edges(system, relation, forth=False)
                    self.draw(picture, edges)
                    for edge in edges:
                        picture.place(edge.end, layer=0 if edge.end in platforms else -1)
                        if edge.start not in systems:
                            picture.place(edge.start, layer=1)
        shown = set(platforms)
        for hole, row in self.holes.items():
            if shown & {row["platform_iri"], row["system_iri"]}:
                self._hole(picture, hole, row)
        notes = self.graph.gaps().notes
        return self.made(picture, notes, centre=curie(platforms[0] if iri is None else iri))

    def matrix(self) -> Json:
        """Return how each party stands to each concern, a grid for each platform, and all holes.

        ``platforms`` have ``parties``, ``concerns`` and ``cells``, row by row; a cell has
        ``status``, its ``words``, and the ids of its ``holes``. ``holes`` have their words, their
        norm and their places.

        Raises:
            BadInput: no profile is open.
        """
        if not self.graph.profiles:
            raise BadInput(worded("no profile is open; start kijun serve with --profile FILE"))
        table, lang = self.graph.matrix(), self.graph.lang
        grids: dict[str, Json] = {}
        for row in table.rows:
            grid = grids.setdefault(
                str(row["platform_iri"]),
                {
                    "id": curie(str(row["platform_iri"])),
                    "label": row["platform"],
                    "parties": {},
                    "concerns": {},
                    "cells": {},
                },
            )
            party, concern = str(row["party_iri"]), str(row["concern_iri"])
            grid["parties"][party] = {"id": curie(party), "label": row["party"]}
            grid["concerns"][concern] = row["concern"]
            grid["cells"].setdefault(concern, []).append(
                {
                    "status": row["status"],
                    "words": cell_words(row, lang),
                    "details": list(listed(row["details"])),
                    "holes": [curie(str(hole)) for hole in listed(row["holes_iri"])],
                }
            )
        shares = {row["name_iri"]: row for row in self.graph.coverage().rows}
        platforms = [
            grid
            | {
                "parties": list(grid["parties"].values()),
                "concerns": list(grid["concerns"].values()),
                "cells": list(grid["cells"].values()),
                "percent": shares[iri]["percent"] if iri in shares else None,
                "beside": shares[iri]["beside"] if iri in shares else 0,
            }
            for iri, grid in grids.items()
        ]
        holes = [
            {
                "id": curie(iri),
                "norm": row["norm"],
                "detail": row["detail"],
                "kind": HOLE_COLUMNS[0].text(row["kind"], lang),
                "system": curie(str(row["platform_iri"] or row["system_iri"])),
                "platform": row["platform"] or row["system"],
                "places": list(listed(row["places"])),
            }
            for iri, row in self.holes.items()
        ]
        notes = list(dict.fromkeys([*self.graph.notes(), *table.notes]))
        return {"platforms": platforms, "holes": holes, "notes": notes}

    def _platforms(self, iri: str | None) -> list[str]:
        """Return the platforms to which a boundary belongs: of one body or system, or all."""
        if not self.graph.profiles:
            return []
        examined = self.graph.boundary.examined
        amiss = {
            str(row["system_iri"]) for row in self.holes.values() if row["platform_iri"] is None
        }
        every = [*examined, *sorted(amiss.difference(examined))]
        if iri is None:
            return every
        parties, users = self.graph.boundary.parties, self.graph.boundary.users
        return [
            one
            for one in every
            if iri == one
            or iri in self._connected(one)
            or iri in parties.get(one, ())
            or (one, iri) in users
            or any(edge.start == iri for edge in self._managing(one))
        ]

    def _managing(self, system: str) -> Iterable[Edge]:
        for relation in _ON_SYSTEMS:
            yield from self.surroundings.edges(system, relation, forth=False)

    def _connected(self, platform: str) -> list[str]:
        (relation,) = [one for one in _ON_SYSTEMS if one.kind == "connected"]
        edges = self.surroundings.edges(platform, relation, forth=False)
        return [edge.start for edge in edges]

    def _hole(self, picture: Any, hole: str, row: Mapping[str, Any]) -> None:
        """Draw a hole beside whom it concerns: its parties, else its system as a whole."""
        picture.place(
            hole,
            layer=2,
            label=row["detail"],
            hint=HOLE_COLUMNS[0].text(row["kind"], self.graph.lang),
        )
        ends = listed(row["parties_iri"]) or [row["platform_iri"] or row["system_iri"]]
        said = facts(row, HOLE_COLUMNS, self.graph.lang)
        for end in ends:
            picture.lack(str(end), hole, row, said)

    def _of_the_text(self, identity: str | None) -> Json:
        picture = self.picture()
        for iri, norm in self.norms.items():
            if norm.section == f"{ID}section/6-3":
                picture.edge(Edge("bears", norm.bearer, iri, iri))
                picture.place(norm.bearer, layer=0)
                picture.place(iri, layer=1)
                for other in norm.recipients:
                    picture.edge(Edge("addresses", iri, other, iri))
                    picture.place(other, layer=2)
        for row in self.graph.ask("silences", shared="true").rows:
            silence = str(row["silence_iri"])
            picture.place(silence, layer=2)
            for nearest in listed(row["nearest_iri"]):
                picture.edge(Edge("near", silence, nearest, silence))
        picture.layer_rest(1)
        said = _text_only(self.graph.lang, described=bool(self.graph.profiles))
        return self.made(picture, [said], centre=identity)


def _text_only(lang: str, *, described: bool) -> str:
    if lang == "ja":
        why = (
            "この機関は、読み込んだ基盤に関わらない"
            if described
            else "利用者のシステムは読み込まれていない"
        )
        return f"{why}ので、本文6(3)が基盤に関わる者に定めることと、定めていないことを示す。"
    why = (
        "This body has no part in the platforms loaded"
        if described
        else "No systems of yours are loaded"
    )
    return f"{why}: this is what 6(3) puts on those who share a platform, and what it leaves open."
