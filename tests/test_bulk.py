"""The rules over columns give just the atoms that clingo grounds, relation by relation."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import clingo
import pytest
from pyoxigraph import Store

pytest.importorskip("numpy")

import kijun
from governments import government as made
from kijun import invented, modelling
from kijun.boundary import boundary_parts
from kijun.bulk import Bulk
from kijun.clauses import clauses
from kijun.derivation import asserted_quads, derived_quads
from kijun.errors import KijunError
from kijun.knowledge import KnowledgeGraph
from kijun.reasoning import Program, Term, _Plain, ground, parts

ROOT = Path(__file__).parent.parent
Atoms = dict[tuple[str, int], set[tuple[Term, ...]]]


def signatures(control: clingo.Control) -> set[tuple[str, int]]:
    return {(name, arity) for name, arity, _ in control.symbolic_atoms.signatures}


def by_clingo(program: Program) -> Atoms:
    control = ground(program.text)
    plain = _Plain()
    found: Atoms = defaultdict(set)
    for name, arity in signatures(control):
        for one in control.symbolic_atoms.by_signature(name, arity):
            atom = tuple(plain[argument] for argument in one.symbol.arguments)
            inner = atom[0] if name == "none" else None
            # What is denied is a relation of its own there.
            if isinstance(inner, tuple):
                found[f"none:{inner[0]}", len(inner) - 1].add(inner[1:])
            else:
                found[name, arity].add(atom)
    return found


def agree(program: Program) -> Atoms:
    expected = by_clingo(program)
    bulk = Bulk(program)
    assert expected
    for (name, arity), rows in expected.items():
        found = bulk.atoms(name, arity)
        assert set(found) == rows, f"{name}/{arity}"
        assert len(found) == len(rows), f"{name}/{arity} has rows twice"
    heads = {rule.head.key for rule in clauses(program.rules)} - expected.keys()
    assert not any(bulk.atoms(*key) for key in heads)
    return expected


def rules_over(facts: str, rules: str) -> Bulk:
    return Bulk(Program([fact for fact in facts.split() if fact], rules))


@pytest.mark.parametrize("seed", range(3))
def test_some_ends_of_a_relation(seed: int) -> None:
    one = made(seed)
    program = parts(one.store(), one.state)
    for (name, arity), rows in by_clingo(program).items():
        ends = tuple(range(arity))[::-2]
        bulk = Bulk(program)
        found = list(
            zip(*map(bulk.relations.terms.plain, bulk.columns(name, arity, ends)), strict=True)
        )
        assert set(found) == {tuple(row[end] for end in ends) for row in rows}, name
        assert len(found) == len(set(found)), name
        # Worked out already, and as a whole.
        assert set(bulk.atoms(name, arity)) == rows


def test_of_a_taxonomy_only_what_is_asked_for_is_worked_out() -> None:
    rules = "type(X,b) :- type(X,a). type(X,c) :- type(X,b). deep(X) :- type(X,b)."
    bulk = rules_over('type("1",a)', rules)
    assert bulk.atoms("deep", 1) == [("1",)]
    assert bulk.relations.size(("type", 2)) == 2
    assert set(bulk.atoms("type", 2)) == {("1", "a"), ("1", "b"), ("1", "c")}


def test_real_government(kg: KnowledgeGraph) -> None:
    store = Store()
    store.bulk_extend(asserted_quads())
    found = agree(parts(store, kg.state))  # type: ignore[arg-type]
    assert len(found["duty", 7]) > 1000


@pytest.mark.parametrize("seed", range(25))
def test_governments_made_by_chance(seed: int) -> None:
    one = made(seed)
    agree(parts(one.store(), one.state))


@pytest.mark.parametrize("seed", [1, 2])
def test_invented_governments_with_their_boundaries(seed: int) -> None:
    from engines.kijun_engine import facts

    store = Store()
    store.bulk_extend(invented.government(1, seed))
    program = boundary_parts(store, invented.STATE, facts(store))
    found = agree(program)
    assert min(len(found[key]) for key in (("hole", 6), ("line", 6), ("path", 4))) > 100


@pytest.mark.parametrize("rule", ["subclass", "in_scope"])
def test_a_rule_that_is_switched_off(rule: str) -> None:
    from engines.kijun_engine import facts

    store = Store()
    store.bulk_extend(invented.government(1))
    agree(boundary_parts(store, invented.STATE, facts(store), without=[rule]))


def test_the_engine_is_chosen_by_the_number_of_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Program(["p(1)."], "q(X) :- p(X).")
    assert isinstance(modelling.model(few), clingo.Control)
    many = Program([f'p("{n}").' for n in range(modelling.MANY)], "q(X) :- p(X).")
    assert isinstance(modelling.model(many), Bulk)
    monkeypatch.setattr(modelling, "find_spec", lambda _: None)
    assert isinstance(modelling.model(many), clingo.Control)


def test_the_same_graph_is_written_by_either(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    store.bulk_extend(invented.government(1))
    written = []
    for many in (0, 10**9):
        monkeypatch.setattr(modelling, "MANY", many)
        written.append(list(derived_quads(store, invented.STATE)))
    assert written[0] == written[1]
    assert len(written[0]) > 100_000


def test_an_example_has_the_same_holes_from_either(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for many in (0, 10**9):
        monkeypatch.setattr(modelling, "MANY", many)
        found.append(kijun.open(ROOT / "ontology/profiles/examples/shared-platform").gaps())
    assert len(found[0]) > 5
    assert list(found[0]) == list(found[1])


# What the rules write, one by one: over columns each is another way through the code.

EDGES = 'e("a","b"). e("b","c"). e("c","a"). e("c","d"). e("ä","d"). e("B","d").'
CASES = {
    "closure": "r(X,Y) :- e(X,Y). r(X,Z) :- r(X,Y), e(Y,Z).",
    "the same variable twice": "r(X) :- e(X,Y), e(Y,Z), e(Z,X).",
    "one atom, one variable twice": "l(X,X) :- e(X,_). r(X) :- l(X,X).",
    "a constant": 'r(X) :- e(X,"d").',
    "a constant in the head": 'r(X,yes,nil) :- e(X,"d").',
    "no variable in common": 'r(X,Y) :- e(X,"d"), e("a",Y).',
    "nothing but existence": 'r("some") :- e(_,_).',
    "nothing there": 'r("none") :- e("d",_).',
    "order": "r(X,Y) :- e(X,_), e(Y,_), X < Y.",
    "difference": "r(X,Y) :- e(X,Z), e(Y,Z), X != Y.",
    "equality": 'r(X) :- e(X,Y), Y = "d".',
    "denial": "r(X) :- e(_,X), not e(X,_).",
    "denial of all": 'r("x") :- e(_,_), not f(_).  f("z") :- e("d",_).',
    "denial of a constant": 'r(X) :- e(X,_), not e(X,"d").',
    "a path": "p(X,(X,nil)) :- e(X,_). p(Y,(Y,P)) :- p(X,P), e(X,Y), P = (X,nil). r(P) :- p(_,P).",
    "a path taken apart": "p((X,(Y,nil))) :- e(X,Y). r(X,T) :- p((X,T)). r(Y,X) :- p((X,(Y,_))).",
    "a term with a name": "p(by(X)) :- e(X,_). p(X) :- e(_,X). r(X) :- p(by(X)). s(X) :- p(X).",
    "terms of three": "p((X,Y,Z)) :- e(X,Y), e(Y,Z). r(X,Z) :- p((X,_,Z)).",
    "a chain of comparisons": "r(X,Y,Z) :- e(X,_), e(Y,_), e(Z,_), X < Y, Y < Z.",
    "a fact among the rules": 'e("d","e"). r(X) :- e("d",X).',
    "facts and rules of one relation": 'e(Y,X) :- e(X,Y). r(X) :- e("d",X).',
    "none is a relation for each": "none(e(X)) :- e(_,X), not e(X,_). r(X) :- none(e(X)).",
}


@pytest.mark.parametrize("name", CASES)
def test_each_form_of_a_rule(name: str) -> None:
    agree(Program([f"{fact}." for fact in EDGES.rstrip(".").split(". ")], CASES[name]))


def test_strings_keep_their_quotation_marks() -> None:
    bulk = Bulk(Program(['e("a\\"b\\\\c\\nd",x).'], "r(X,Y) :- e(X,Y)."))
    assert bulk.atoms("r", 2) == [('a"b\\c\nd', "x")]


@pytest.mark.parametrize(
    "rule",
    [
        "r(X) :- #count { Y : e(X,Y) } > 1.",
        "r(X+1) :- e(X,_).",
        "{ r(X) } :- e(X,_).",
        "r(X) :- e(X,Y), X > Y.",
        "r(X) :- e(X,_), not not e(X,_).",
        "r(X) :- e(X,_), not r(X).",
        "#show r/1.",
        "r(X) ; s(X) :- e(X,_).",
        "r(1) :- e(_,_).",
    ],
)
def test_what_is_not_known_is_an_error(rule: str) -> None:
    with pytest.raises(KijunError, match="ontology/rules"):
        rules_over('e("a","b").', rule).atoms("r", 1)


def test_only_strings_have_an_order() -> None:
    with pytest.raises(TypeError):
        rules_over('e("a","b"). e(c,"d").', "r(X,Y) :- e(X,_), e(Y,_), X < Y.").atoms("r", 2)


def test_only_what_is_asked_for_is_worked_out() -> None:
    bulk = rules_over('e("a","b").', "r(X) :- e(X,_). s(X) :- r(X). t(X) :- e(_,X).")
    bulk.atoms("r", 1)
    assert not bulk.relations.rows(("s", 1))[0].size
    assert not bulk.relations.rows(("t", 1))[0].size
    assert bulk.atoms("s", 1) == [("a",)]
