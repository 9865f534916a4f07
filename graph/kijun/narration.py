"""Proofs as nested nodes: each step in words, with its rule, its source and how it was read.

A node has ``statement``, ``rule``, ``source``, ``premises`` (the keys of the contract) and beside
them ``holds`` (false where a node says that something is not so), ``rule_in_words``,
``interpretation`` (how the text was read), ``source_iri`` and ``citation``, the source in parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Store

from kijun.citations import Citations
from kijun.norms import in_words, interpretation
from kijun.phrasing import Phrasing
from kijun.proofs import Proof
from kijun.register_citations import Citation
from kijun.terms import NS, expand

Node = dict[str, object]

_AXIOMS = ("subclass", "defined_class", "domain_of_use", "range_of_use", "has_value")
_OF_NORM = {"duty": 1, "line": 0, "class_line": 0, "broken_return": 0, "hole": 5}


class Narrator:
    """Tells proofs in one language."""

    def __init__(self, store: Store, words: Phrasing, cite: Citations) -> None:
        self.store = store
        self.words = words
        self.cite = cite
        self.norms = words.norms
        self.lang = words.lang

    def node(self, proof: Proof) -> Node:
        """Return a proof in words, with the citation of everything it rests on."""
        self.words.learn(term for step in proof.steps() for term in step.terms)
        return self._node(proof)

    def _node(self, proof: Proof) -> Node:
        said = self.words.statement(proof)
        if proof.name == "duty":
            said = self.words.duty(proof, self._force(proof))
        elif proof.name == "supervision":
            said = self._with_business(said, str(proof.terms[0]))
        elif proof.name == "entered" and self.cite.of_user(str(proof.atom)):
            said = self.words.declared(proof)
        rule = None if proof.rule is None else self.words.rule(proof.rule)
        premises = [self._node(premise) for premise in proof.premises]
        node = made(said, proof.rule, rule, self._source(proof), premises)
        node["interpretation"] = self._reading(proof)
        return node

    def _with_business(self, said: str, edge: str) -> str:
        """Return what is said of a supervision with the business to which it is confined."""
        business = self.cite.text(expand(edge), f"{NS}business")
        if business is None:
            return said
        if self.lang == "ja":
            business = business.replace("（", "、").replace("）", "")
            return f"{said.removesuffix('）。')}、所管の範囲：{business}）。"
        return f"{said.removesuffix(').')}; business: {business})."

    def _source(self, proof: Proof) -> Citation | None:
        if proof.rule is None:
            stated = self.cite.of_user(str(proof.atom))
            return stated or self.cite.of_fact(proof.name, proof.terms)
        if proof.name == "none":
            return self.cite.searched(proof.atom.arguments[0].name)
        if proof.rule in _AXIOMS:
            return self._axiom(proof)
        if proof.name in _OF_NORM:
            return self.cite.of_norm(expand(str(proof.terms[_OF_NORM[proof.name]])))
        return None

    def _axiom(self, proof: Proof) -> Citation:
        below = [one for one in proof.premises if one.name == "type"]
        if proof.rule == "has_value":
            kind = expand(str(below[0].terms[1]))
            return self.cite.of_terms([kind], law=expand(str(proof.terms[1])))
        kinds = [expand(str(proof.terms[1]))]
        if proof.rule == "subclass":
            kinds.append(expand(str(below[0].terms[1])))
        elif proof.rule != "defined_class":
            kinds.append(f"{NS}{proof.premises[0].name}")
        return self.cite.of_terms(kinds)

    def _force(self, proof: Proof) -> str:
        grade = proof.terms[3]
        keeps = grade is None or self._flag(str(grade), "keepsForce")
        return self.norms[expand(str(proof.terms[1]))].force if keeps else "regard"

    def _flag(self, term: str, name: str) -> bool:
        pattern = self.store.quads_for_pattern(
            NamedNode(expand(term)), NamedNode(NS + name), None, None
        )
        return any(getattr(quad.object, "value", None) == "true" for quad in pattern)

    def _reading(self, proof: Proof) -> str | None:
        """Return how the text was read at this step, where it leaves that open."""
        first = expand(str(proof.terms[0])) if proof.terms else ""
        said: list[str | None] = []
        if proof.name in _OF_NORM:
            said.append(
                interpretation(
                    self.norms[expand(str(proof.terms[_OF_NORM[proof.name]]))], self.lang
                )
            )
        elif proof.name == "towards" or (
            proof.name == "bearer" and self._flag(str(proof.terms[0]), "bearerImplicit")
        ):
            said.append(self.norms[first].reading)
        elif proof.name in ("supervision", "entered") and not self.cite.of_user(str(proof.atom)):
            cited = self.cite.of_fact(proof.name, proof.terms)
            said += self.cite.readings(str(cited["iri"]))
        elif proof.name in ("incorporates", "alternativeReading"):
            said += self.cite.readings(expand(str(proof.terms[1])))
        elif proof.name == "grade":
            said.append(self._grade(str(proof.terms[1])))
        if proof.name == "duty" and str(proof.terms[2]) == "incorporation":
            said += [
                r
                for s in proof.steps()
                if s.name == "incorporates"
                for r in self.cite.readings(expand(str(s.terms[1])))
            ][:1]
        return in_words(said, self.lang)

    def _grade(self, grade: str) -> str:
        keeps, word = self._flag(grade, "keepsForce"), self.words.name(grade)
        if self.lang == "ja":
            return (
                f"「{word}」なので、引き継いだ規範はそのままの強さで及ぶ。"
                if keeps
                else f"「{word}」なので、引き継いだ規範は考慮にとどまり、そのままの義務ではない。"
            )
        return (
            f"By '{word}', what is taken over keeps its force."
            if keeps
            else f"By '{word}', what is taken over is to be taken into account, not owed as such."
        )


def made(
    said: str,
    rule: str | None,
    words: str | None,
    cited: Citation | None,
    premises: Sequence[Node],
) -> Node:
    """Return a node that holds."""
    return {
        "statement": said,
        "rule": rule,
        "source": None if cited is None else cited["label"],
        "premises": list(premises),
        "holds": True,
        "rule_in_words": words,
        "interpretation": None,
        "source_iri": None if cited is None else cited["iri"],
        "citation": cited,
    }
