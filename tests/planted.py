"""Profiles made by chance in which nothing is uncovered but what is planted.

``planted(seed)`` gives a profile and the holes that were planted in it, worked out here and not by
the rules. The systems and bodies of a seed are its own, so that many seeds can be examined as one
situation; only a few bodies are real, and contacts that hold for all platforms join none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from random import Random
from typing import NamedTuple

from kijun.profile import Profile
from profile_rows import profile

SINGLE = ("責任分界", "包括的な文書")
JOINT = (
    "責任と役割分担",
    "体制",
    "平常時の協力・連携体制",
    "非常時の協力・連携体制",
    "非常時の具体的対応策",
)
REAL = ("財務省", "文部科学省", "農林水産省", "国土交通省", "環境省", "防衛省")
"""Ministries, between which there are no lines."""

Key = tuple[str, str, str | None, str | None, str | None]
"""A hole: its kind, the platform's mark, concern, party and what else, by name."""

Cells = dict[str, str]


class Planted(NamedTuple):
    """A profile, and what is uncovered in it."""

    profile: Profile
    holes: frozenset[Key]


def planted(seed: int) -> Planted:
    """Return the profile of a seed."""
    return _Maker(seed).made()


class _Platform:
    """One platform in the making: its rows, which nothing is missing from."""

    def __init__(self, mark: str, random: Random, bodies: list[str]) -> None:
        self.mark = mark
        self.random = random
        self.tables: dict[str, list[Cells]] = {
            name: []
            for name in (
                *("systems", "layers", "uses", "connections", "allocations", "documents"),
                *("agreements", "contacts", "exclusions", "concerns"),
            )
        }
        self.holes: set[Key] = set()
        self.whole = True
        found = random.sample(bodies, random.randint(3, min(6, len(bodies))))
        self.operator, *self.others = found
        self.layer_managers = random.sample(found, random.randint(2, 3))
        self.connected = [one for one in self.others if one not in self.layer_managers]
        self.connected += [one for one in self.layer_managers[1:] if random.random() < 0.4]
        if not self.connected:
            self.connected = [self.others[0]]
        self.parties = list(dict.fromkeys([self.operator, *self.layer_managers, *self.connected]))
        self.own = f"{mark}独自" if random.random() < 0.4 else None
        self.own_single = random.random() < 0.5
        self._systems()
        self._documents()
        self._allocations()
        for one, other in combinations(self.parties, 2):
            self._contact(one, other)

    def add(self, table: str, **cells: str) -> None:
        self.tables[table].append({key: cell for key, cell in cells.items() if cell})

    def drop(self, table: str, **cells: str) -> list[Cells]:
        """Take rows out, and return them."""
        gone = [row for row in self.tables[table] if cells.items() <= row.items()]
        self.tables[table] = [row for row in self.tables[table] if row not in gone]
        return gone

    def hole(
        self,
        kind: str,
        concern: str | None = None,
        party: str | None = None,
        other: str | None = None,
    ) -> None:
        self.holes.add((kind, self.mark, concern, party, other))

    @property
    def joint(self) -> list[str]:
        return [*JOINT, *([self.own] if self.own and not self.own_single else [])]

    @property
    def single(self) -> list[str]:
        return ["責任分界", *([self.own] if self.own and self.own_single else [])]

    def _systems(self) -> None:
        name = f"基盤{self.mark}"
        self.add("systems", id=self.mark, name=name, declared="基盤", operator=self.operator)
        if self.random.random() < 0.85:
            for number, manager in enumerate(self.layer_managers):
                self.add("layers", system=self.mark, layer=f"層{number}", manager=manager)
        else:  # of a platform without layers only its operator and the connected are parties
            self.layer_managers = []
            self.parties = list(dict.fromkeys([self.operator, *self.connected]))
        for number, manager in enumerate(self.connected):
            mark = f"{self.mark}-s{number}"
            self.add("systems", id=mark, name=f"業務{mark}", declared="単独", manager=manager)
            self.add("connections", system=mark, platform=self.mark)
        if self.own:
            holding = "一者" if self.own_single else "共同"
            at = self.mark if self.random.random() < 0.8 else ""
            # For all platforms it would count at those of other seeds as well.
            self.add("concerns", name=self.own, holding=holding, platform=at or self.mark)
        if self.random.random() < 0.7 or not (set(self.connected) - {self.operator}):
            self.add("uses", body=self.others[-1], system=self.mark)

    def _documents(self) -> None:
        self.maker = self.random.choice(self.parties)
        mark = f"{self.mark}-d"
        self.add(
            "documents", id=mark, platform=self.mark, kind="包括文書", name=mark, maker=self.maker
        )
        self.add("documents", id=f"{mark}2", platform=self.mark, kind="その他", name=f"{mark}2")
        for party in self.parties:
            if party != self.maker:
                self.add("agreements", document=f"{mark}2", body=party, kind="合意")
        self.rules = self.random.random() < 0.5
        if self.rules:
            named = self.operator if self.random.random() < 0.5 else ""
            self.add(
                "documents",
                id=f"{mark}3",
                platform=self.mark,
                kind="共通規程",
                name=f"{mark}3",
                maker=named,
            )
            for party in dict.fromkeys(self.connected):
                if party != self.operator:
                    kind = self.random.choice(["協議", "合意"])
                    self.add("agreements", document=f"{mark}3", body=party, kind=kind)

    def allocate(self, concern: str, party: str, state: str, **more: str) -> None:
        if state in ("提供", "充足") and "evidence" not in more:
            more["evidence"] = "記録"
        self.add(
            "allocations", platform=self.mark, concern=concern, party=party, state=state, **more
        )

    def _allocations(self) -> None:
        for concern in self.single:
            holder = self.random.choice(self.parties)
            self.allocate(concern, holder, self.random.choice(["提供", "責任"]))
            if self.tables["allocations"][-1]["state"] == "責任":
                self.allocate(concern, holder, "充足")
        for concern in self.joint:
            provider = self.random.choice(self.parties)
            self.allocate(concern, provider, "提供")
            for party in self.parties:
                if party == provider:
                    continue
                match self.random.randint(0, 3):
                    case 0:
                        self.allocate(concern, party, "継承", provider=provider)
                    case 1:
                        self.allocate(concern, party, "継承")
                    case 2:
                        self.allocate(concern, party, "責任")
                        self.allocate(concern, party, "充足")
                    case _:
                        self.allocate(concern, party, "充足")

    def _contact(self, one: str, other: str) -> None:
        ends = self.random.sample([one, other], 2)
        both = "はい" if self.random.random() < 0.3 else ""
        anywhere = self.random.random() < 0.3 and not {one, other} & set(REAL)
        self.add(
            "contacts",
            sender=ends[0],
            receiver=ends[1],
            both=both,
            platform="" if anywhere else self.mark,
        )

    # What is planted

    def without_holder(self) -> None:
        concern = self.random.choice(self.single)
        self.drop("allocations", concern=concern)
        self.hole("unallocated", concern)

    def without_part(self) -> None:
        concern, party = self.random.choice(self.joint), self.random.choice(self.parties)
        if not self._provides(concern, party):
            self.drop("allocations", concern=concern, party=party)
            self.hole("unallocated", concern, party)

    def unmet(self) -> None:
        row = self._pick("責任")
        if row is not None:
            self.drop("allocations", concern=row["concern"], party=row["party"], state="充足")
            self.hole("unmet", row["concern"], row["party"])

    def unprovided(self) -> None:
        row = self._pick("継承")
        if row is None:
            return
        concern, party = row["concern"], row["party"]
        idle = [one for one in self.parties if not self._provides(concern, one)]
        other = self.random.choice(idle)
        self.drop("allocations", concern=concern, party=party)
        self.allocate(concern, party, "継承", provider=other)
        self.hole("unprovided", concern, party, other)

    def provided_by_nobody(self) -> None:
        concern = self.random.choice(self.joint)
        self.drop("allocations", concern=concern)
        one, *others = self.parties
        self.allocate(concern, one, "継承")
        self.hole("unprovided", concern, one)
        for party in others:
            self.allocate(concern, party, "充足")

    def doubly_owned(self) -> None:
        concern = self.random.choice(self.single)
        holders = {row["party"] for row in self.tables["allocations"] if row["concern"] == concern}
        others = [one for one in self.parties if one not in holders]
        if not others or not holders:
            return
        second = self.random.choice(others)
        leading = self.random.random() < 0.4
        self.allocate(concern, second, "提供", lead="はい" if leading else "")
        if not leading:
            self.hole("doubly_owned", concern)

    def two_makers(self) -> None:
        others = [one for one in self.parties if one != self.maker]
        self.allocate("包括的な文書", self.random.choice(others), "提供")
        self.hole("doubly_owned", "包括的な文書")

    def unevidenced(self) -> None:
        row = self._pick("提供") or self._pick("充足")
        if row is not None:
            row.pop("evidence", None)
            state = {"提供": "provided", "充足": "satisfied"}[row["state"]]
            self.hole("unevidenced", row["concern"], row["party"], state)

    def without_document(self) -> None:
        self.drop("documents", kind="包括文書")
        for row in self.tables["agreements"]:
            # An agreement on the common rules would do for its maker.
            row["kind"] = "協議" if row["document"].endswith("-d3") else row["kind"]
        self.hole("undocumented", "包括的な文書")
        self.hole("unallocated", "包括的な文書")
        self.hole("undocumented", "合意形成", self.maker)

    def without_agreement(self) -> None:
        row = self._agreement("2")
        if row is not None and len(self.parties) > 2:
            others = [r for r in self.tables["agreements"] if r["body"] == row["body"]]
            # Whoever made the common rules may have agreed on them with others.
            made = self.rules and row["body"] == self.operator
            if others == [row] and not made:
                self.drop("agreements", **row)
                self.hole("undocumented", "合意形成", row["body"])

    def without_consultation(self) -> None:
        row = self._agreement("3") if self.rules else None
        if row is not None:
            self.drop("agreements", **row)
            self.hole("undocumented", None, row["body"], row["document"])

    def unconnected(self) -> None:
        rows = [
            row for row in self.tables["contacts"] if {row["sender"], row["receiver"]} <= set(REAL)
        ]
        if rows:
            row = self.random.choice(rows)
            self.drop("contacts", **row)
            self.hole("unconnected", None, *sorted([row["sender"], row["receiver"]]))

    def left_out(self) -> None:
        """Plant a hole and leave it out of the scope."""
        concern, party = self.random.choice(self.joint), self.random.choice(self.parties)
        if not self._provides(concern, party):
            self.drop("allocations", concern=concern, party=party)
            self.add("exclusions", platform=self.mark, concern=concern, party=party, reason="例")

    def _provides(self, concern: str, party: str) -> bool:
        return any(
            (row["concern"], row["party"], row["state"]) == (concern, party, "提供")
            for row in self.tables["allocations"]
        )

    def _pick(self, state: str) -> Cells | None:
        rows = [row for row in self.tables["allocations"] if row["state"] == state]
        return self.random.choice(rows) if rows else None

    def _agreement(self, ending: str) -> Cells | None:
        mark = f"{self.mark}-d{ending}"
        rows = [row for row in self.tables["agreements"] if row["document"] == mark]
        return self.random.choice(rows) if rows else None

    # What is declared wrongly: the boundary has no other holes

    def one_manager(self) -> None:
        self.tables["layers"] = []
        for number in range(3):
            self.add("layers", system=self.mark, layer=f"層{number}", manager=self.operator)
        self.holes = {("misclassified", self.mark, None, None, "one_manager")}

    def not_shared(self) -> None:
        self.tables["connections"] = []
        self.tables["uses"] = [{"body": self.operator, "system": self.mark}]
        self.holes = {("misclassified", self.mark, None, None, "not_shared")}

    def said_to_be_own(self) -> None:
        self.tables["systems"][0]["declared"] = "単独"
        self.tables["layers"] = []
        for number, manager in enumerate((self.operator, self.others[0])):
            self.add("layers", system=self.mark, layer=f"層{number}", manager=manager)
        self.add("uses", body=self.others[-1], system=self.mark)
        self.holes = {("misclassified", self.mark, None, None, "shared")}


PLANTS: tuple[Callable[[_Platform], None], ...] = (
    _Platform.without_holder,
    _Platform.without_part,
    _Platform.unmet,
    _Platform.unprovided,
    _Platform.provided_by_nobody,
    _Platform.doubly_owned,
    _Platform.two_makers,
    _Platform.unevidenced,
    _Platform.without_document,
    _Platform.without_agreement,
    _Platform.without_consultation,
    _Platform.unconnected,
    _Platform.left_out,
)
MISFITS = (_Platform.one_manager, _Platform.not_shared, _Platform.said_to_be_own)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random(seed)

    def made(self) -> Planted:
        own = [f"架空{self.seed}機構{n}" for n in range(self.random.randint(2, 4))]
        real = self.random.sample(REAL, 3)
        platforms = []
        for number in range(self.random.randint(1, 3)):
            platform = _Platform(f"P{self.seed}-{number}", self.random, [*real, *own])
            # One plant each: of two, the one could cover or uncover what the other did.
            if self.random.random() < 0.15:
                self.random.choice(MISFITS)(platform)
            elif self.random.random() < 0.9:
                self.random.choice(PLANTS)(platform)
            platforms.append(platform)
        # 府省庁 supervise none of the invented bodies, so that no line joins them.
        tables: dict[str, list[Cells]] = {
            "bodies": [{"name": name, "class": "指定法人"} for name in own]
        }
        for platform in platforms:
            for name, rows in platform.tables.items():
                tables.setdefault(name, []).extend(rows)
        for rows in tables.values():
            self.random.shuffle(rows)
        holes = frozenset(hole for platform in platforms for hole in platform.holes)
        return Planted(profile(f"seed-{self.seed}.xlsx", **tables), holes)


def profiles(seeds: Iterable[int]) -> tuple[list[Profile], frozenset[Key]]:
    """Return the profiles of some seeds, and all that is planted in them."""
    made = [planted(seed) for seed in seeds]
    return [one.profile for one in made], frozenset(hole for one in made for hole in one.holes)
