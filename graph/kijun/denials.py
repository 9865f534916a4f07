"""Why something is not so, as nested nodes: what each rule that could give it lacks."""

from __future__ import annotations

from collections.abc import Sequence

import clingo

from kijun.absences import Failure, Wanted
from kijun.narration import Narrator, Node, made
from kijun.proofs import Pattern, Proofs
from kijun.register_citations import Citation
from kijun.terms import NS, expand

_ANY: Pattern = None
_PLATFORM = "kijun:PlatformManagingAgency"
_REGISTERED = ("class_path", "entered", "supervision", "teller", "type")
_EACH = 5


class Denials:
    """Tells why atoms of one ground program do not hold."""

    def __init__(self, proofs: Proofs, narrator: Narrator) -> None:
        self.proofs = proofs
        self.narrator = narrator
        self.words = narrator.words
        self.cite = narrator.cite
        self.lang = narrator.lang

    def denied(self, said: str, failures: Sequence[Failure], cited: Citation | None = None) -> Node:
        """Return a node for what is not so: each rule that could give it, and what that lacks."""
        by_missing: dict[Wanted, list[Failure]] = {}
        for failure in failures:
            by_missing.setdefault(failure.missing, []).append(failure)
        # The rule that came furthest says most about what is missing.
        groups = sorted(by_missing.values(), key=lambda group: -len(group[0].held))
        premises = [self._failed(group) for group in groups]
        node = made(said, "no_rule", self.words.rule("no_rule"), cited, premises)
        return {**node, "holds": False}

    def _failed(self, group: Sequence[Failure]) -> Node:
        """Return what some rules, which fail in the same premise, lack."""
        missing = group[0].missing
        names = ", ".join(dict.fromkeys(failure.rule for failure in group))
        said = " ".join(dict.fromkeys(self.words.rule(failure.rule) for failure in group))
        tries = group[0].tries
        lacks = [self._lack(one) for one in (tries if 1 < len(tries) <= _EACH else [missing])]
        held = [self.narrator.node(self.proofs.proof(atom)) for atom in group[0].held]
        head = (
            f"規則 {names} は当てはまらない。"
            if self.lang == "ja"
            else (f"The rule {names} does not apply.")
        )
        return {**made(head, names, said, None, [*held, *lacks]), "holds": False}

    def _lack(self, missing: Wanted) -> Node:
        scope = self.cite.searched("type" if missing.name in _REGISTERED else missing.name)
        said, instead = self.words.missing(missing), self._instead(missing)
        if missing.name == "none" and instead:
            assert missing.arguments[0] is not None
            said = self.words.excluded(missing.arguments[0])
            return {**made(said, None, None, None, instead), "holds": False}
        kind = missing.arguments[1] if missing.name in ("class_path", "platform_path") else None
        if missing.name == "platform_path" and kind is not None and not self._of_platforms(kind):
            return self._no_position(missing)
        if kind is not None and self._holds_type(missing):
            said = (
                f"{self._named(missing, 0)}は「{self._named(missing, 1)}」に当たるが、"
                "この規範は所管する法人ごとに、所管の経路で及ぶ。"
                if self.lang == "ja"
                else f"{self._named(missing, 0)} is of the class {self._named(missing, 1)}, but "
                "this norm reaches it by supervision, corporation by corporation."
            )
            return {**made(said, None, None, None, instead), "holds": False}
        if kind is not None and self._of_platforms(kind):
            said += self._no_platform()
            scope = self.cite.searched("platform_path")
        node = made(said, "none", self.words.rule("none"), scope, instead)
        return {**node, "holds": False}

    def _no_position(self, missing: Wanted) -> Node:
        """Return that whom the norm binds has nothing to do with platforms, as the terms say."""
        name = self._named(missing, 1)
        said = (
            f"「{name}」は、基盤となる情報システムにかかわる立場ではない。"
            if self.lang == "ja"
            else f"{name} is no position at a shared platform."
        )
        assert missing.arguments[1] is not None
        kind = missing.arguments[1].string
        is_term = expand(kind).startswith(NS)
        cited = (
            self.cite.of_terms([expand(kind)])
            if is_term
            else self.cite.of_fact("asserted_type", [kind])
        )
        return {**made(said, None, None, cited, []), "holds": False}

    def _instead(self, missing: Wanted) -> list[Node]:
        """Return what is so in place of a premise that is missing."""
        first = missing.arguments[0] if missing.arguments else None
        if missing.name == "none" and first is not None:
            return [self.narrator.node(self.proofs.proof(first))] if first in self.proofs else []
        found: list[clingo.Symbol] = []
        if missing.name in ("class_path", "type") and first is not None:
            found = self.proofs.matching("entered", [first, _ANY, _ANY])
            if self._holds_type(missing):
                found = self.proofs.matching("type", [first, missing.arguments[1]])
        elif missing.name in ("bearer", "regards") and first is not None:
            found = self.proofs.matching(missing.name, [first, _ANY])
        elif missing.name == "takes_over":
            found = self.proofs.matching("takes_over", [_ANY, missing.arguments[1], _ANY])[:1]
        return [self.narrator.node(self.proofs.proof(atom)) for atom in found]

    def _holds_type(self, missing: Wanted) -> bool:
        first, kind = missing.arguments[0], missing.arguments[1]
        return (
            missing.name == "class_path"
            and first is not None
            and kind is not None
            and bool(self.proofs.matching("type", [first, kind]))
        )

    def _of_platforms(self, kind: clingo.Symbol) -> bool:
        wanted = clingo.String(_PLATFORM)
        return kind == wanted or bool(self.proofs.matching("sub", [kind, wanted]))

    def _no_platform(self) -> str:
        known = self.proofs.matching("type", [_ANY, clingo.String("kijun:SharedPlatform")])
        if known:
            return ""
        if self.lang == "ja":
            return "基盤となる情報システムの記載は、データに一つもない。"
        return " No shared platform is declared in the data."

    def _named(self, missing: Wanted, place: int) -> str:
        symbol = missing.arguments[place]
        assert symbol is not None
        return self.words.name(symbol.string)
