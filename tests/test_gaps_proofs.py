"""Proofs of holes from the users' own rows, and the words of their rules and atoms."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from clingo import ast

from boundary_profiles import SHARED, run, shared, small
from kijun import boundary_atom_words, boundary_rule_words
from kijun.boundary import boundary_rule_names
from kijun.content import rules_of_situations
from kijun.errors import UnknownName
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.profile import Profile
from kijun.terms import LOCAL
from profile_rows import MARKING

__all__ = ["shared", "small"]


def places(nodes: Iterable[dict[str, object]]) -> list[str]:
    found = []
    for node in nodes:
        cited = node["citation"]
        if isinstance(cited, dict) and cited["kind"] == "profile":
            found.append(str(cited["label"]))
        found += places(node["premises"])  # type: ignore[arg-type]
    return found


def test_each_kind_of_hole_is_proved_from_the_users_own_rows(shared: KnowledgeGraph) -> None:
    for row in shared.gaps():
        (node,) = shared.explain(row["hole_iri"]).rows
        assert row["detail"] in str(node["statement"])
        assert str(node["rule"]).startswith("hole_")
        assert f"6(3)第{row['sentence']}文" in str(node["source"])
        cited = places([dict(node)])
        assert cited
        assert all(SHARED in one for one in cited)
        if row["kind"] not in ("misclassified", "unallocated", "undocumented", "unconnected"):
            claimed = {place.rpartition(" ")[2] for place in row["places"]}
            assert any(one.endswith(tuple(claimed)) for one in cited)


def test_a_proof_by_number_is_that_of_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "gaps", SHARED, "--format", "json")
    row = json.loads(out)[2]
    status, told, _ = run(capsys, "gaps", SHARED, "--explain", "3", "--format", "json")
    assert status == 1
    (node,) = json.loads(told)
    assert row["detail"] in node["statement"]
    _, again, _ = run(capsys, "explain", row["hole_iri"], "--profile", SHARED, "--format", "json")
    assert json.loads(again) == json.loads(told)


def test_a_platform_duty_is_proved_from_the_users_own_rows(small: KnowledgeGraph) -> None:
    (node, *_) = small.explain("架空法人", "6(3)-2b").rows
    assert node["rule"] == "platform"
    assert "経路：基盤" in str(node["statement"])
    assert any("シート「連携」2行" in place for place in places([dict(node)]))
    said = json.dumps(node, ensure_ascii=False)
    assert "架空法人は、プロファイルに「" in said
    assert "架空法人は、名簿に「" not in said, "what a user says stands in no register"


def test_a_proof_does_not_prove_twice(shared: KnowledgeGraph) -> None:
    row = shared.gaps().where(kind="unconnected")[0]
    (node,) = shared.explain(row["hole_iri"]).rows

    def statements(one: dict[str, object]) -> list[str]:
        below = [s for p in one["premises"] for s in statements(p)]  # type: ignore[attr-defined]
        return ([str(one["statement"])] if one["premises"] else []) + below

    said = statements(dict(node))
    assert len(said) == len(set(said))


def test_every_rule_and_atom_on_boundaries_has_words(shared: KnowledgeGraph) -> None:
    from kijun.absences import Rules

    unnamed = Rules(rules_of_situations()).unnamed() - {"none"}
    assert set(boundary_rule_words.RULES) == set(boundary_rule_names())
    assert set(boundary_rule_words.UNNAMED) == unnamed
    heads = set()

    def take(node: ast.AST) -> None:
        if node.ast_type == ast.ASTType.Rule:
            for one in (node.head, *node.body):
                if one.atom.ast_type == ast.ASTType.SymbolicAtom:
                    name = one.atom.symbol.name
                    heads.add(name)
                    if name == "none":
                        heads.update(f"none {term.name}" for term in one.atom.symbol.arguments)

    ast.parse_string(rules_of_situations(), take)
    assert set(boundary_atom_words.STATEMENTS) <= heads
    absent = {f"none {name}" for name in boundary_atom_words.ABSENT}
    assert absent == {name for name in heads if name.startswith("none ")}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_atom_of_the_example_has_a_sentence(lang: str) -> None:
    graph = open_graph(profiles=[SHARED], lang=lang)
    explainer = graph._hole_explainer
    seen = {}
    for symbol in explainer.proofs._literals:
        inner = symbol.arguments[0].name if symbol.name == "none" else ""
        seen.setdefault((symbol.name, inner), symbol)
    for (name, _), symbol in seen.items():
        if name not in ("rule", "path"):
            said = str(explainer.narrator.node(explainer.proofs.proof(symbol))["statement"])
            assert said
            assert "{" not in said
            assert "urn:" not in said, said


def test_an_unknown_hole_is_told(small: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="there is no hole"):
        small.explain(f"{LOCAL}hole/unmet/P9/体制/-/-")


def test_a_profile_given_as_an_object_is_read(small: KnowledgeGraph) -> None:
    assert isinstance(small.sources[0], Profile)
    assert small.profiles[0].marking == MARKING
    assert repr(small) == '<kijun.KnowledgeGraph of 2016-10-12, "ja">'
