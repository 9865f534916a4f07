"""Atoms and proofs of the rules as sentences: the tables of words, filled with names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import clingo

from kijun import atom_words, boundary_atom_words, boundary_rule_words, rule_words
from kijun.absences import Wanted
from kijun.atom_words import Words
from kijun.boundary_atom_words import CONSTANTS
from kijun.duties import ROUTES
from kijun.engine import Engine, labels
from kijun.missing_words import missing
from kijun.norms import FORCES, Norm
from kijun.proofs import Proof, plain
from kijun.reasoning import Term, unrolled
from kijun.sections import notation
from kijun.terms import ID, curie, expand

STATEMENTS = {**atom_words.STATEMENTS, **boundary_atom_words.STATEMENTS}
ABSENT = {**atom_words.ABSENT, **boundary_atom_words.ABSENT}
_RULES = {
    **rule_words.UNNAMED,
    **boundary_rule_words.UNNAMED,
    **rule_words.RULES,
    **boundary_rule_words.RULES,
}
_ROLES = {"manager": ("管理職", "managers"), "executive": ("役員", "executives")}
_KINDS = {
    "incorporation": ("{}の引き継ぎ", "the taking over in {}"),
    "direction": ("{}の向き{}", "direction {1} of {0}"),
    "reading": ("{}の別の読み方{}", "reading {1} of {0}"),
}
_OWN_MINISTER = ("{}大臣", "the minister at the head of {1}")
"""Who is competent where no one else is named: only a 省 has a minister of its own."""

_BY = ("{}の管理", "managing {}")
_REGARD = (
    "考慮にとどまり、そのままの義務ではない",
    "regard, to be taken into account and not owed as such",
)

_DECLARED = (
    "{0}は、プロファイルに「{1}」として載っている。",
    "{0} is declared in a profile as: {1}.",
)
_COMPARED = (
    "この規則が求める一致又は不一致の条件に合わない。",
    "What the rule wants to be the same, or to differ, is not so.",
)


class Phrasing:
    """Puts atoms into words in one language; ``norms`` are all norms of the graph by IRI."""

    def __init__(self, engine: Engine, norms: Mapping[str, Norm], lang: str) -> None:
        self.engine = engine
        self.norms = norms
        self.lang = lang
        self._names: dict[str, str] = {}

    def pick(self, words: Words) -> str:
        """Return the sentence of this language."""
        return words[0 if self.lang == "ja" else 1]

    def learn(self, terms: Iterable[Term]) -> None:
        """Look the names of all things in some terms up at once."""
        wanted = {expand(one) for term in terms for one in _things(term)} - set(self._names)
        self._names |= labels(self.engine, wanted, self.lang) if wanted else {}

    def statement(self, proof: Proof) -> str:
        """Return what an atom says."""
        if proof.name == "none":
            inner = proof.atom.arguments[0]
            return self._filled(ABSENT[inner.name], tuple(map(plain, inner.arguments)))
        if proof.name == "path":
            legs = [leg for leg in proof.terms[1:] if isinstance(leg, tuple)]
            end = legs[-1][2]
            terms: tuple[Term, ...] = (proof.terms[0], 0, 0, 0, end, len(legs))
            return self._filled(STATEMENTS["path"], terms)
        if proof.name == "supervision" and proof.terms[1] == proof.terms[2]:
            parts = [self.name(term) for term in proof.terms]
            parts[2] = self.pick(_OWN_MINISTER).format(parts[1].removesuffix("省"), parts[1])
            return self.pick(STATEMENTS[proof.name]).format(*parts)
        if proof.name in ("class_path", "supervision_path", "platform_path"):
            place = 2
            chain = self.chain(proof.terms[place])
            parts = [self.name(term) for term in proof.terms]
            parts[place] = chain
            return self.pick(STATEMENTS[proof.name]).format(*parts)
        return self._filled(STATEMENTS[proof.name], proof.terms)

    def duty(self, proof: Proof, force: str) -> str:
        """Return what a duty says, with its route and the force with which it arrives."""
        norm = self.norms[expand(str(proof.terms[1]))]
        route = str(proof.terms[2])
        if force == "regard":
            arriving = self.pick(_REGARD)
        else:
            arriving = FORCES[force] if self.lang == "ja" else force
        said = self.statement(proof).rstrip("。.")
        if self.lang == "ja":
            how = f"経路：{ROUTES[route]}、及ぶ強さ：{arriving}"
            return f"{said}（{how}）。規範の内容：{norm.statement}"
        return f"{said} (route: {route}; force: {arriving}). The norm: {norm.statement}"

    def declared(self, proof: Proof) -> str:
        """Return what a user, and no register, says of the class of a body."""
        return self._filled(_DECLARED, proof.terms)

    def missing(self, wanted: Wanted) -> str:
        """Return what it is that a rule lacks."""
        terms = tuple(None if one is None else plain(one) for one in wanted.arguments)
        if wanted.name == "none":
            inner = wanted.arguments[0]
            assert inner is not None
            absent = self._filled(ABSENT[inner.name], tuple(map(plain, inner.arguments)))
            return self._denied(absent)
        if words := missing(wanted.name, terms):
            return self._filled(words, terms)
        if wanted.name not in STATEMENTS:
            return self.pick(_COMPARED)
        return self._denied(self._filled(STATEMENTS[wanted.name], terms))

    def excluded(self, atom: clingo.Symbol) -> str:
        """Return that an atom holds which a rule rules out."""
        said = self._filled(STATEMENTS[atom.name], tuple(map(plain, atom.arguments)))
        if self.lang == "ja":
            return f"{said.rstrip('。')}ので、この規則の前提が欠ける。"
        return f"{said.rstrip('.')}, which the rule excludes."

    def _denied(self, said: str) -> str:
        return f"次のことはいえない：{said}" if self.lang == "ja" else f"This does not hold: {said}"

    def rule(self, name: str) -> str:
        """Return what a rule says."""
        return self.pick(_RULES[name])

    def chain(self, term: Term) -> str:
        """Return the nodes of a path, from the first to the last."""
        return " → ".join(map(self.name, unrolled(term)))

    def _filled(self, words: Words, terms: Sequence[Term]) -> str:
        return self.pick(words).format(*map(self.name, terms))

    def name(self, term: Term) -> str:
        """Return what a term is called; an open place is "any"."""
        if term is None:
            return "（任意）" if self.lang == "ja" else "any"
        if isinstance(term, int):
            return str(term)
        if isinstance(term, tuple):
            if term[:1] == ("post",):
                role, body = str(term[1]), self.name(term[2])
                return (
                    f"{body}の{_ROLES[role][0]}"
                    if self.lang == "ja"
                    else (f"the {_ROLES[role][1]} of {body}")
                )
            if term[:1] == ("by",):
                return self.pick(_BY).format(self.name(term[1]))
            return self.chain(term)
        if term in CONSTANTS:
            return self.pick(CONSTANTS[term])
        iri = expand(term)
        if iri in self.norms:
            return self.norms[iri].name
        kind, _, rest = iri.removeprefix(ID).partition("/")
        if iri.startswith(ID) and kind in ("section", "sentence"):
            return self._place(kind, rest)
        if iri.startswith(ID) and kind in _KINDS:
            head, _, number = rest.rpartition("-")
            whole = self.norms.get(f"{ID}norm/{rest}")
            part = self.norms.get(f"{ID}norm/{head}")
            named = whole.name if whole else part.name if part else rest
            return self.pick(_KINDS[kind]).format(named, number)
        if iri.startswith(ID) and kind == "supervision":
            return "名簿の所管の記載" if self.lang == "ja" else "an entry of supervision"
        if iri not in self._names:
            self.learn([term])
        found = self._names.get(iri)
        return found if found is not None else curie(iri)

    def _place(self, kind: str, rest: str) -> str:
        if kind == "section":
            return notation(rest)
        section, _, number = rest.rpartition("-")
        if self.lang == "ja":
            return f"{notation(section)}第{number}文"
        return f"{notation(section)}, sentence {number}"


def _things(term: Term) -> Iterator[str]:
    if isinstance(term, tuple):
        for part in term:
            yield from _things(part)
    elif isinstance(term, str) and ":" in term:
        yield term
