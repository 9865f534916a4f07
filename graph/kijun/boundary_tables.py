"""Boundaries as tables: concerns by parties, and how much of it all is covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kijun.boundary import KINDS, Boundary, Hole
from kijun.coverage import STATUSES, Coverage, Share, beside
from kijun.hole_words import HoleWords
from kijun.situation import Situation
from kijun.tables import Column

STATES = {
    "provided": "提供",
    "responsibility": "責任",
    "inherited": "継承",
    "satisfied": "充足",
    "made": "作成",
    "agreed": "合意",
}
"""How a party stands to a concern: the four words of OSCAL, and what documents say."""

LEVELS = {"all": "全体", "platform": "基盤", "party": "当事者"}

MATRIX_COLUMNS = (
    Column("platform", "基盤", "platform", weight=2),
    Column("concern", "事項", "concern", weight=2),
    Column("party", "当事者", "party", weight=2),
    Column("status", "状況", "status", words=STATUSES),
    Column("states", "分担", "states", words=STATES),
    Column("kinds", "穴の種類", "kinds of holes", words=KINDS, weight=2),
    Column("details", "穴の内容", "details", weight=6),
    Column("platform_iri", "基盤IRI", "platform IRI", in_table=False),
    Column("concern_iri", "事項IRI", "concern IRI", in_table=False),
    Column("party_iri", "当事者IRI", "party IRI", in_table=False),
    Column("holes_iri", "穴IRI", "holes IRI", in_table=False),
)
"""The keys of the matrix, one row for each cell."""

SUMMARY_COLUMNS = (
    Column("level", "単位", "level", words=LEVELS),
    Column("name", "名称", "name", weight=3),
    Column("parties", "当事者", "parties"),
    Column("items", "調べた数", "items"),
    Column("covered", "穴のない数", "covered"),
    Column("percent", "％", "percent"),
    Column("holes", "穴", "holes"),
    Column("beside", "％に入らない穴", "beside the %"),
    Column("kinds", "穴の種類", "kinds of holes", weight=4),
    *(Column(k, name, k.replace("_", " "), in_table=False) for k, name in KINDS.items()),
    Column("users", "利用のみ", "mere users"),
    Column("excluded", "除外", "left out"),
    Column("name_iri", "IRI", "IRI", in_table=False),
)
"""The keys of the summary: how much is covered, and how many holes of each kind there are.

``percent`` is of the items without a hole; ``beside`` counts the holes that are on no item, and so
leave it as it is.
"""

Rows = list[dict[str, object]]


def matrix_rows(
    boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
) -> Rows:
    """Return the matrix of every platform that is examined, cell by cell."""
    coverage, words = Coverage(boundary, situation), HoleWords(boundary, named, lang)
    return [
        {
            "platform": named[cell.platform],
            "concern": named[cell.concern],
            "party": named[cell.party],
            "status": cell.status,
            "states": list(cell.states),
            "kinds": list(dict.fromkeys(hole.kind for hole in cell.holes)),
            "details": [words.detail(hole) for hole in cell.holes],
            "platform_iri": cell.platform,
            "concern_iri": cell.concern,
            "party_iri": cell.party,
            "holes_iri": [hole.iri for hole in cell.holes],
        }
        for platform in platforms(boundary, situation)
        for cell in coverage.cells(platform)
    ]


def summary_rows(
    boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
) -> Rows:
    """Return how much is covered: of all, of each platform and of each party."""
    return list(_Summary(boundary, situation, named, lang).rows())


class _Summary:
    def __init__(
        self, boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
    ) -> None:
        self.boundary = boundary
        self.situation = situation
        self.named = named
        self.words = HoleWords(boundary, named, lang)
        self.coverage = Coverage(boundary, situation)
        self.japanese = lang == "ja"

    def rows(self) -> Iterator[dict[str, object]]:
        everybody = {p for found in self.boundary.parties.values() for p in found}
        users = {user for _, user in self.boundary.users}
        whole = self.coverage.whole()
        holes, out = list(self.boundary.holes), len(self.boundary.left_out)
        yield self._row("all", None, whole, holes, len(everybody), len(users), out)
        shares = self.coverage.of_platforms()
        for system in self.situation.systems:
            holes = [hole for hole in self.boundary.holes if hole.system == system.iri]
            if system.iri in shares or holes:
                yield self._row(
                    "platform",
                    system.iri,
                    shares.get(system.iri, Share(0, 0)),
                    holes,
                    len(self.boundary.parties.get(system.iri, ())),
                    sum(platform == system.iri for platform, _ in self.boundary.users),
                    sum(platform == system.iri for platform, _, _ in self.boundary.left_out),
                )
        shares = self.coverage.of_parties()
        for party in sorted(shares, key=lambda iri: (self.named[iri], iri)):
            holes = [one for one in self.boundary.holes if party in self.words.parties(one)]
            out = sum(who == party for _, _, who in self.boundary.left_out)
            yield self._row("party", party, shares[party], holes, None, None, out)

    def _row(
        self,
        level: str,
        iri: str | None,
        share: Share,
        holes: list[Hole],
        parties: int | None,
        users: int | None,
        excluded: int,
    ) -> dict[str, object]:
        kinds = Counter(hole.kind for hole in holes)
        return {
            "level": level,
            "name": self.named[iri] if iri else "すべて" if self.japanese else "all",
            "parties": parties,
            "items": share.items,
            "covered": share.covered,
            "percent": share.percent,
            "holes": len(holes),
            "beside": beside(holes),
            "kinds": [self._counted(kind, kinds[kind]) for kind in KINDS if kinds[kind]],
            **{kind: kinds[kind] for kind in KINDS},
            "users": users,
            "excluded": excluded,
            "name_iri": iri,
        }

    def _counted(self, kind: str, count: int) -> str:
        return f"{KINDS[kind]}{count}" if self.japanese else f"{kind.replace('_', ' ')} {count}"


def platforms(boundary: Boundary, situation: Situation) -> list[str]:
    """Return the platforms that are examined, in the order in which they are described."""
    return [one.iri for one in situation.systems if one.iri in boundary.parties]
