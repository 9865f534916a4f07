"""Holes in words: what is uncovered, and how 6(3) was read to say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kijun.boundary import Boundary, Hole, Role
from kijun.terms import LOCAL, NS

_STATES = {"provided": ("提供", "provided"), "satisfied": ("充足", "satisfied")}
_PRESUPPOSED = {
    NS + "comprehensiveDocument": (
        "包括的な文書をつくること自体は、6(3)では前提とされているだけである。",
        "That the comprehensive document be made at all is only presupposed in 6(3).",
    ),
    NS + "operatingStructure": (
        "運用管理の体制をつくること自体は、6(3)では前提とされているだけである。",
        "That the operating structure be put in place at all is only presupposed in 6(3).",
    ),
}
"""The concerns of which the guideline does not say that they be settled at all."""

_COOPERATION = (
    "6(3)の「協力・連携体制」は、当事者どうしの連絡の道を含むと読む。",
    "The cooperation of 6(3) is read as including a way for the parties to tell each other.",
)
_OPEN_LIST = (
    "6(3)の一覧は「等」で開いており、追加事項の漏れも防ぐべきものと読む。",
    "The list in 6(3) is open; omissions in concerns that users add are read as to be prevented.",
)
_LAYER = (
    "基盤の層だけを管理する機関も、運用管理を行う当事者と読む。",
    "Whoever manages only a layer of the platform is read as a party too.",
)
_UNLAYERED = (
    "層の記載がないので、一つの機関がすべてを管理する（6(3)から除かれる）のでないことは確かめていない。",
    "No layer is given, so it was not checked whether one agency manages it all and 6(3) "
    "leaves it out.",
)


class HoleWords:
    """Says holes of one boundary in one language; ``named`` are the names of all things by IRI."""

    def __init__(self, boundary: Boundary, named: Mapping[str, str], lang: str) -> None:
        self.boundary = boundary
        self.named = named
        self.at = int(lang != "ja")

    def presupposed(self, hole: Hole) -> bool:
        """Say whether the text only presupposes what is missing."""
        return hole.concern in _PRESUPPOSED

    def readings(self, hole: Hole) -> Iterator[str]:
        """Yield how 6(3) was read for this hole, beyond how its norm is read."""
        if hole.concern in _PRESUPPOSED:
            yield _PRESUPPOSED[hole.concern][self.at]
        if hole.kind == "unconnected":
            yield _COOPERATION[self.at]
        if (hole.concern or "").startswith(LOCAL):
            yield _OPEN_LIST[self.at]
        parties = self.boundary.parties.get(hole.system, {})
        if any(set(parties.get(one, ())) == {Role("layer")} for one in self.parties(hole)):
            yield _LAYER[self.at]
        if hole.system in self.boundary.unlayered:
            yield _UNLAYERED[self.at]

    def parties(self, hole: Hole) -> list[str]:
        """Return whom a hole concerns, by IRI; nobody where it is the platform's as a whole."""
        match hole.kind:
            case "doubly_owned":
                return self._sorted(self._holders[hole.system, hole.concern])
            case "unconnected" | "unprovided":
                ends = (hole.party, hole.other)
                return list(dict.fromkeys(end for end in ends if end is not None))
            case _:
                return [hole.party] if hole.party is not None else []

    def told(self, hole: Hole) -> str:
        """Return where the hole is and what is uncovered, as a sentence that stands alone."""
        where = self._name(hole.system)
        return (
            f"「{where}」：{self.detail(hole)}" if self.at == 0 else f"{where}: {self.detail(hole)}"
        )

    def detail(self, hole: Hole) -> str:
        """Return what is uncovered, as a sentence."""
        return getattr(self, "_" + hole.kind)(hole)[self.at]  # type: ignore[no-any-return]

    def _unallocated(self, hole: Hole) -> tuple[str, str]:
        concern = self._name(hole.concern)
        if hole.party is None:
            return f"「{concern}」を持つ当事者がない。", f'No party holds "{concern}".'
        party = self._name(hole.party)
        return f"{party}に「{concern}」の分担がない。", f'{party} has no part in "{concern}".'

    def _unmet(self, hole: Hole) -> tuple[str, str]:
        concern, party = self._name(hole.concern), self._name(hole.party)
        return (
            f"{party}は「{concern}」の責任を負うが、これを果たしたという記載がない。",
            f'{party} has a responsibility for "{concern}", and nothing says that it is met.',
        )

    def _unprovided(self, hole: Hole) -> tuple[str, str]:
        concern, party = self._name(hole.concern), self._name(hole.party)
        if hole.other is None:
            return (
                f"{party}は「{concern}」を継承するというが、これを提供する当事者がほかにない。",
                f'{party} inherits "{concern}", and no other party provides it.',
            )
        if hole.other == hole.party:
            return (
                f"{party}は「{concern}」を自らから継承するという。",
                f'{party} says that it inherits "{concern}" from itself.',
            )
        other = self._name(hole.other)
        return (
            f"{party}は「{concern}」を{other}から継承するというが、{other}の提供の記載がない。",
            f'{party} inherits "{concern}" from {other}, and nothing says that {other} '
            "provides it.",
        )

    def _doubly_owned(self, hole: Hole) -> tuple[str, str]:
        concern = self._name(hole.concern)
        holders = [self._name(party) for party in self.parties(hole)]
        leaders = [end for *start, end in self.boundary.leaders if tuple(start) == hole[1:3]]
        ja, en = "、".join(holders), ", ".join(holders)
        why = (
            ("主導する機関が二つ以上ある", "more than one of them leads")
            if leaders
            else ("主導する機関が決まっていない", "nothing says which of them leads")
        )
        return f"「{concern}」を{ja}が持ち、{why[0]}。", f'"{concern}" is held by {en}; {why[1]}.'

    def _unevidenced(self, hole: Hole) -> tuple[str, str]:
        concern, party = self._name(hole.concern), self._name(hole.party)
        ja, en = _STATES[str(hole.other)]
        return (
            f"{party}の「{concern}」の{ja}に、証拠の記載がない。",
            f'{party} claims "{concern}" as {en}, with no evidence.',
        )

    def _undocumented(self, hole: Hole) -> tuple[str, str]:
        party = self._name(hole.party)
        if hole.party is None:
            return "包括的な文書がない。", "There is no comprehensive document."
        if hole.other is None:
            return (
                f"この基盤の文書について、{party}と合意したという記載がない。",
                f"No document of this platform was agreed with {party}.",
            )
        document = self._name(hole.other)
        return (
            f"共通規程「{document}」について、連携する情報システムを管理する{party}と協議したという"
            "記載がない。",
            f'The common rules "{document}" were not discussed with {party}, which manages a '
            "connected system.",
        )

    def _unconnected(self, hole: Hole) -> tuple[str, str]:
        one, other = self._name(hole.party), self._name(hole.other)
        return (
            f"{one}と{other}の間に、報告の線も連絡窓口もない。",
            f"There is no reporting line and no contact between {one} and {other}.",
        )

    def _misclassified(self, hole: Hole) -> tuple[str, str]:
        match hole.other:
            case "one_manager":
                return (
                    "基盤と書かれているが、記載された層をすべて一つの機関が管理しており、"
                    "6(3)の基盤から除かれる。境界は調べていない。",
                    "It is declared a platform, but one agency manages every layer given, which "
                    "6(3) leaves out. Its boundary was not examined.",
                )
            case "not_shared":
                return (
                    "基盤と書かれているが、整備・運用管理機関のほかに使う機関の記載がない。"
                    "境界は調べていない。",
                    "It is declared a platform, but nothing says that anyone but its operator "
                    "uses it. Its boundary was not examined.",
                )
            case "several_managers":
                return (
                    "一つの機関のものと書かれているが、層を管理する機関が二つ以上ある。ほかの機関が使う"
                    "なら6(3)の基盤に当たるが、その記載がないので境界は調べていない。",
                    "It is declared one agency's own, but several manage its layers. If others use "
                    "it, it is a platform under 6(3); nothing says so, and its boundary was not "
                    "examined.",
                )
            case _:
                return (
                    "一つの機関のものと書かれているが、ほかの機関も使い、層を管理する機関が二つ以上"
                    "ある。6(3)の基盤に当たるので、基盤と書き直すまで境界は調べない。",
                    "It is declared one agency's own, but others use it and several manage its "
                    "layers, so it is a platform by 6(3). Its boundary is not examined until it "
                    "is declared one.",
                )

    def _name(self, iri: str | None) -> str:
        return self.named[iri] if iri is not None else ""

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str | None], list[str]]:
        found: dict[tuple[str, str | None], list[str]] = {}
        for platform, concern, party in self.boundary.holders:
            found.setdefault((platform, concern), []).append(party)
        return found

    def _sorted(self, iris: Iterable[str]) -> list[str]:
        return sorted(set(iris), key=lambda iri: (self.named[iri], iri))
