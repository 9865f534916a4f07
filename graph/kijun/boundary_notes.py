"""What a reader of holes must be told beside them: the scope, and what lies outside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kijun.boundary import Boundary
from kijun.coverage import Coverage, beside
from kijun.situation import Situation

_MOST = 12
"""How many things a note names, before it only counts the rest."""


def notes(
    boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
) -> list[str]:
    """Return the notes of an answer about holes, in the order in which they are to be read."""
    told = _Notes(boundary, situation, named, lang)
    return [*told.scope(), *told.exclusions(), *told.strangers()]


def scope_notes(
    boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
) -> list[str]:
    """Return these notes without what is left out, where a list of that stands beside them."""
    told = _Notes(boundary, situation, named, lang)
    return [*told.scope(), *told.strangers()]


class _Notes:
    def __init__(
        self, boundary: Boundary, situation: Situation, named: Mapping[str, str], lang: str
    ) -> None:
        self.boundary = boundary
        self.situation = situation
        self.named = named
        self.japanese = lang == "ja"
        self.order = {system.iri: n for n, system in enumerate(situation.systems)}

    def scope(self) -> Iterator[str]:
        """Yield what was examined, and what lies outside it by the text."""
        yield self._scope()
        yield self._unchecked()
        yield from self._missing_tables()
        yield from self._without_operator()
        yield from self._unlayered()
        yield from self._carved_out()
        yield from self._users()
        yield from self._unbound()
        yield from self._rules_of_others()

    def _scope(self) -> str:
        share = Coverage(self.boundary, self.situation).whole()
        platforms = len(self.boundary.examined)
        parties = len({p for found in self.boundary.parties.values() for p in found})
        out = len(self.boundary.left_out)
        if not platforms:
            return (
                "境界を調べるべき基盤は宣言されていない。"
                if self.japanese
                else "No platform is declared whose boundary could be examined."
            )
        outside = beside(self.boundary.holes)
        if self.japanese:
            said = f"調べた範囲：基盤{platforms}、当事者{parties}、事項と当事者の組{share.items}"
            said += f"（うち穴のないもの{share.covered}、{share.percent}%）" if share.items else ""
            said += f"。このほか、どの組にも属さず%に入らない穴が{outside}件ある" if outside else ""
            return said + (f"。理由を付けて除外：{out}。" if out else "。")
        said = f"Scope: {platforms} platform(s), {parties} part(ies), {share.items} items"
        said += (
            f", {share.covered} of them without a hole ({share.percent}%)" if share.items else ""
        )
        said += f"; {outside} hole(s) on no item, beside that percentage" if outside else ""
        return said + (f"; {out} left out with a reason." if out else ".")

    def _unchecked(self) -> str:
        return (
            "プロファイルが規則に合うかは、ここでは確かめていない（kijun check で確かめられる）。"
            if self.japanese
            else "Whether the profiles keep the rules was not looked at here; kijun check does."
        )

    def _missing_tables(self) -> Iterator[str]:
        lang = "ja" if self.japanese else "en"
        found = [
            one.place.words(lang) for one in self.situation.findings if one.kind == "missing-table"
        ]
        if found:
            yield (
                f"表がないので、空として読んだもの：{self._joined(found)}。"
                if self.japanese
                else f"Tables that are not there, and are read as empty: {self._joined(found)}."
            )

    def _without_operator(self) -> Iterator[str]:
        lacking = [
            system.iri
            for system in self.situation.systems
            if system.iri in self.boundary.examined and not system.operators
        ]
        if lacking:
            yield (
                f"整備・運用管理機関の記載がない基盤：{self._list(lacking)}。"
                if self.japanese
                else f"Platforms without an operator: {self._list(lacking)}."
            )

    def _unlayered(self) -> Iterator[str]:
        found = self._by_system(self.boundary.unlayered)
        if found:
            yield (
                "層の記載がないので、一つの機関がすべてを管理するとして除かれないかを確かめられない基盤："
                f"{self._list(found)}。"
                if self.japanese
                else "Platforms without layers, of which it cannot be checked whether one agency "
                f"manages them all and 6(3) leaves them out: {self._list(found)}."
            )

    def _carved_out(self) -> Iterator[str]:
        found = self._by_system(self.boundary.carved_out)
        if found:
            yield (
                "ほかの機関も使うが、一つの機関がハードウェアからアプリケーションまで管理しており、"
                f"6(3)から除かれるシステム：{self._list(found)}。"
                if self.japanese
                else "Used by others too, but managed by one agency from hardware to application, "
                f"and so left out by 6(3): {self._list(found)}."
            )

    def _users(self) -> Iterator[str]:
        by_platform: dict[str, list[str]] = {}
        for platform, user in self.boundary.users:
            by_platform.setdefault(platform, []).append(user)
        for platform in self._by_system(by_platform):
            users = sorted(by_platform[platform], key=lambda iri: (self.named[iri], iri))
            name = self.named[platform]
            yield (
                f"「{name}」を使うだけで、6(3)を負わない機関：{self._list(users)}。"
                if self.japanese
                else f'Those who merely use "{name}" and bear nothing under 6(3): '
                f"{self._list(users)}."
            )

    def exclusions(self) -> Iterator[str]:
        """Yield what is left out by the word of the user, with the reasons."""
        every = ("すべての事項", "all concerns"), ("すべての当事者", "all parties")
        at = int(not self.japanese)
        said = []
        for one in self.situation.exclusions:
            concern = self.named[one.concern] if one.concern else every[0][at]
            party = self.named[one.party] if one.party else every[1][at]
            platform = self.named[one.platform]
            said.append(
                f"「{platform}」の{concern}・{party}（{one.reason}）"
                if self.japanese
                else f'{concern}, {party} at "{platform}" ({one.reason})'
            )
        if said:
            shown = self._joined(said)
            yield f"除外：{shown}。" if self.japanese else f"Left out: {shown}."

    def strangers(self) -> Iterator[str]:
        """Tell of allocations to those who are no party, which nothing examines."""
        found = {
            one.party
            for one in self.situation.allocations
            if one.platform in self.boundary.parties
            and one.party not in self.boundary.parties[one.platform]
        }
        if found:
            listed = self._list(sorted(found, key=lambda iri: (self.named[iri], iri)))
            yield (
                f"当事者でない機関の分担は調べていない：{listed}。"
                if self.japanese
                else f"Allocations to those who are no party were not examined: {listed}."
            )

    def _unbound(self) -> Iterator[str]:
        """Tell of those who have a part in a platform and are bound by nothing in 6(3)."""
        examined = set(self.boundary.examined)
        at: dict[str, set[str]] = {one: set() for one in examined}
        managers = {system.iri: system.managers for system in self.situation.systems}
        for system in self.situation.systems:
            if system.iri in at:
                at[system.iri].update(system.operators, system.managers)
        for layer in self.situation.layers:
            if layer.system in at:
                at[layer.system].update(layer.managers)
        for one in self.situation.connections:
            if one.platform in at:
                at[one.platform].update(managers[one.system])
        found = {body for iri in at for body in at[iri] - set(self.boundary.parties[iri])}
        if found:
            listed = self._list(sorted(found, key=lambda iri: (self.named[iri], iri)))
            yield (
                f"その日の政府機関等でないので、当事者としない機関：{listed}。"
                if self.japanese
                else f"No parties, as they are no government bodies on the day: {listed}."
            )

    def _rules_of_others(self) -> Iterator[str]:
        """Tell of common rules that were not set by who alone may set them."""
        operators = {system.iri: set(system.operators) for system in self.situation.systems}
        found = [
            document.name
            for document in self.situation.documents
            if document.kind == "common-rules"
            and not operators[document.platform].intersection(document.makers)
        ]
        if found:
            yield (
                f"基盤を整備し、運用管理する機関が定めたものでないので、共通規程として扱わない文書：{self._joined(found)}。"
                if self.japanese
                else "Not taken as common rules, as the operator of the platform did not set them: "
                f"{self._joined(found)}."
            )

    def _by_system(self, systems: Iterable[str]) -> list[str]:
        return sorted(systems, key=lambda iri: self.order[iri])

    def _list(self, iris: Iterable[str]) -> str:
        return self._joined([self.named[iri] for iri in iris])

    def _joined(self, said: list[str]) -> str:
        shown, rest = said[:_MOST], len(said) - _MOST
        text = ("、" if self.japanese else "; ").join(shown)
        if rest > 0:
            text += f"、ほか{rest}" if self.japanese else f" and {rest} more"
        return text
