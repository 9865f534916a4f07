"""Proofs are valid: each step an instance of its rule, resting on asserted facts, all needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import clingo
import pytest
from clingo import ast

from kijun.dates import DEFAULT_DAY, state_at
from kijun.derivation import asserted_quads
from kijun.proofs import Proof, Proofs, plain
from kijun.reasoning import program

NICT, IPA, ARCHIVES, PENSION = (
    "id:body/7012405000492",
    "id:body/5010005007126",
    "id:body/3010005005429",
    "id:body/4011305001653",
)
MIC, MHLW = "id:body/2000012020001", "id:body/6000012070001"
SIGNATURES = {"duty": 7, "line": 6, "class_line": 5, "type": 2, "displaced": 3, "path": 4}


@cache
def text() -> str:
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(asserted_quads())
    state = state_at(DEFAULT_DAY)
    assert state is not None
    return program(store, state)


@cache
def proofs() -> Proofs:
    return Proofs(text())


@cache
def parsed() -> tuple[frozenset[str], dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the facts of the program, its rules by name (or head, if unnamed), and all rules."""
    facts, rules, every = set(), defaultdict(list), []

    def take(node: ast.AST) -> None:
        if node.ast_type != ast.ASTType.Rule:
            return
        if not node.body:
            facts.add(str(node.head))
            return
        if all(one.atom.ast_type == ast.ASTType.Comparison for one in node.body):
            # p(X) :- X = "a". is a fact in all but form.
            control = clingo.Control()
            control.add("base", [], str(node))
            control.ground([("base", [])])
            facts.update(str(atom.symbol) for atom in control.symbolic_atoms)
            return
        labels = [str(one) for one in node.body if str(one).startswith("rule(")]
        name = labels[0][5:-1] if labels else node.head.atom.symbol.name
        rules[name].append(str(node))
        every.append(str(node))

    ast.parse_string(text(), take)
    return frozenset(facts), {k: tuple(v) for k, v in rules.items()}, tuple(every)


def holds(lines: Iterable[str], atom: clingo.Symbol) -> bool:
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join(lines))
    control.ground([("base", [])])
    return control.symbolic_atoms[atom] is not None


def match(name: str, *arguments: str | None) -> list[clingo.Symbol]:
    pattern = [None if one is None else clingo.String(one) for one in arguments]
    pattern += [None] * (SIGNATURES[name] - len(pattern))
    return proofs().matching(name, pattern)


def shown() -> list[Proof]:
    """One proof of each route of four corporations and two ministries, lines, a route, classes."""
    found: dict[tuple[str, str, str], clingo.Symbol] = {}
    for body in (NICT, IPA, ARCHIVES, PENSION, MIC, MHLW):
        for name in ("duty", "type", "displaced"):
            for atom in match(name, body):
                proof = proofs().proof(atom)
                found.setdefault((body, name, str(proof.rule)), atom)
        for atom in match("path", body):
            found.setdefault((body, "path", str(proofs().proof(atom).rule)), atom)
    for norm in ("4-2-4a", "6-4-3a", "5-2-1b", "4-2-3b", "4-3-4b", "6-4-4b"):
        for atom in match("line", f"id:norm/{norm}"):
            found.setdefault((norm, "line", str(proofs().proof(atom).rule)), atom)
    return [proofs().proof(atom) for atom in found.values()]


def test_every_derived_atom_has_a_proof_from_asserted_facts() -> None:
    facts, _, _ = parsed()
    checked = 0
    for name, arity in SIGNATURES.items():
        for atom in proofs().matching(name, [None] * arity):
            assert {str(leaf.atom) for leaf in proofs().proof(atom).leaves()} <= facts
            checked += 1
    assert checked > 10_000


def test_every_step_is_an_instance_of_its_rule() -> None:
    _, rules, _ = parsed()
    steps = {step.atom: step for proof in shown() for step in proof.steps() if step.rule}
    assert {"incorporation", "supervision", "role", "class", "none"} <= {
        step.rule for step in steps.values()
    }
    for step in steps.values():
        assert step.rule is not None
        premises = [f"{premise.atom}." for premise in step.premises]
        assert holds([*rules[step.rule], *premises, f"rule({step.rule})."], step.atom), step.atom
        assert all(premise.atom in proofs() for premise in step.premises)


def test_what_is_said_not_to_hold_does_not() -> None:
    absent = {
        step.atom.arguments[0] for proof in shown() for step in proof.steps() if step.name == "none"
    }
    assert absent
    for inner in absent:
        # none(confined(n)) and its like stand for an atom, or for one with open places.
        found = proofs().matching(inner.name, inner.arguments)
        assert not found, inner


def test_the_leaves_are_enough_and_each_is_needed() -> None:
    _, rules, every = parsed()
    labels = [f"rule({name})." for name, lines in rules.items() if f"rule({name})" in lines[0]]
    for proof in shown():
        leaves = sorted({f"{leaf.atom}." for leaf in proof.leaves()})
        assert holds([*every, *labels, *leaves], proof.atom), proof.atom
        for gone in leaves:
            rest = [leaf for leaf in leaves if leaf != gone]
            left = [*every, *labels, *rest]
            if holds(left, proof.atom):
                assert _otherwise_grounded(proof, gone, left), (str(proof.atom), gone)


def _otherwise_grounded(proof: Proof, leaf: str, program: list[str]) -> bool:
    """Say whether a step that may have several grounds still stands without a leaf beneath it.

    Of a class, and of telling as a supervising ministry, any one ground is kept: a ministry
    supervises several corporations, and whoever is supervised is a corporation by the range of
    that relation too. Duties name their path in the head, so nothing stands in for their leaves.
    """
    if proof.name in ("duty", "displaced"):
        return False
    return any(
        step.name in ("type", "teller")
        and leaf in {f"{one.atom}." for one in step.leaves()}
        and holds(program, step.atom)
        for step in proof.steps()
    )


@pytest.mark.parametrize(("body", "norm"), [(NICT, "3-1-1-1a"), (PENSION, "5-2-1b")])
def test_in_the_whole_government_too_a_duty_goes_with_each_of_its_leaves(
    body: str, norm: str
) -> None:
    (atom,) = match("duty", body, f"id:norm/{norm}")
    lines = text().splitlines()
    for leaf in {str(leaf.atom) for leaf in proofs().proof(atom).leaves()}:
        fact = f"{leaf}."
        assert fact in lines, fact
        assert not holds([line for line in lines if line != fact], atom), fact


def test_a_proof_never_rests_on_itself() -> None:
    def check(proof: Proof, above: frozenset[clingo.Symbol]) -> None:
        assert proof.atom not in above
        for premise in proof.premises:
            check(premise, above | {proof.atom})

    for proof in shown():
        check(proof, frozenset())


def test_of_two_circular_rules_the_grounded_one_is_the_proof() -> None:
    made = Proofs("rule(x). p(1) :- q(1), rule(x). q(1) :- p(1). p(1) :- r(1), rule(x). r(1).")
    proof = made.proof(clingo.parse_term("q(1)"))
    assert [step.name for step in proof.steps()] == ["q", "p", "r"]
    assert [step.rule for step in proof.steps()] == ["q", "x", None]


def test_what_does_not_hold_has_no_proof() -> None:
    atom = clingo.parse_term('type("id:body/4011305001653","kijun:Ministry")')
    assert atom not in proofs()
    with pytest.raises(KeyError):
        proofs().proof(atom)


def test_terms_are_as_the_rules_write_them() -> None:
    term = clingo.parse_term('line("a",("b",nil),post("manager","c"),3,class)')
    assert plain(term) == ("line", "a", ("b", None), ("post", "manager", "c"), 3, "class")
