"""The words of explanations and their forms: each rule and atom, questions, files, widths."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import clingo
import pytest
from clingo import ast

from asked_explanations import MOFA, NICT, PENSION, ask, nodes, opened
from kijun.atom_words import ABSENT, STATEMENTS
from kijun.errors import BadInput, UnknownName
from kijun.explanations import Explainer
from kijun.missing_words import MISSING
from kijun.outline import explanation, outline, walk, write_explanation
from kijun.proofs import plain
from kijun.reasoning import rule_names
from kijun.rule_words import RULES, UNNAMED
from kijun.terms import ID, NS

DENIED = ("Ministry", "Corporation", "DesignatedCorporation", "CompetentMinister", "Office")
DENIED += ("PlatformManagingAgency", "PlatformOperator", "SharedPlatform")


# Words


def test_every_rule_has_words() -> None:
    _, explainer = opened()
    assert set(RULES) == set(rule_names())
    assert explainer.rules.unnamed() - {"none"} <= set(UNNAMED)
    assert set(UNNAMED) - {"no_rule", "none"} <= explainer.rules.unnamed()
    assert all(all(words) for words in (*RULES.values(), *UNNAMED.values()))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_of_atom_has_words(lang: str) -> None:
    _, explainer = opened(lang)
    seen = {}
    for symbol in explainer.proofs._literals:
        inner = symbol.arguments[0].name if symbol.name == "none" else ""
        seen.setdefault((symbol.name, inner), symbol)
    for (name, _), symbol in seen.items():
        if name != "rule":
            said = str(explainer.narrator.node(explainer.proofs.proof(symbol))["statement"])
            assert said
            assert "{" not in said
            assert "id:" not in said, said


UGLY = re.compile(
    r"（（|））|（任意）|「」|None(?! of)|kijun:|id:|nil|。。|、、|。；|次のことはいえない|[{}]"
)
"""What would show that a sentence was filled with something that has no name."""


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("who", [PENSION, "NISC", "会計検査院"])
def test_what_is_denied_reads_as_a_sentence(who: str, lang: str) -> None:
    graph, explainer = opened(lang)
    body = graph.find(who).iri
    told = [n for norm in list(explainer.norms)[::3] for n in explainer.duty(body, norm)]
    told += [n for kind in DENIED for n in explainer.classification(body, f"{NS}{kind}")]
    told += [n for kind in DENIED for n in explainer.lines(f"{NS}{kind}", body)]
    told += [n for to in (NICT, MOFA) for n in explainer.lines(body, graph.find(to).iri)]
    said = {str(node["statement"]) for node in nodes(told)}
    assert len(said) > 50
    assert not [one for one in said if UGLY.search(one) or "This does not hold" in one]


def test_what_a_rule_excludes_is_said_to_be_so() -> None:
    borne, _ = ask(PENSION, "4(3)-2b")
    (said,) = [n for n in nodes([borne]) if "前提が欠ける" in str(n["statement"])]
    (held,) = said["premises"]
    assert not said["holds"]
    assert held["holds"]
    assert str(held["statement"]).rstrip("。") in str(said["statement"])


def test_no_words_are_left_without_an_atom() -> None:
    heads = set()

    def take(node: ast.AST) -> None:
        if node.ast_type == ast.ASTType.Rule:
            for one in (node.head, *node.body):
                if one.atom.ast_type == ast.ASTType.SymbolicAtom:
                    heads.add(one.atom.symbol.name)
                    inner = one.atom.symbol.arguments[:1]
                    if one.atom.symbol.name == "none":
                        heads.update(f"none {term.name}" for term in inner)

    ast.parse_string(opened()[1].text, take)
    assert set(STATEMENTS) <= heads
    assert {f"none {name}" for name in ABSENT} == {h for h in heads if h.startswith("none ")}
    assert {name.partition(" ")[0] for name in MISSING} <= heads


# Asking, and the forms of an answer


def test_norms_are_named_in_several_ways() -> None:
    for name in ("3(1)①-1a", "３(１)①-1a", "3-1-1-1a", f"{ID}norm/3-1-1-1a"):
        assert ask(NICT, name) == ask(NICT, "3(1)①-1a")


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ((NICT, "6(4)-9z"), UnknownName, "6\\(4\\)-"),
        ((NICT,), BadInput, "norm such as"),
        (("府省庁", "6(4)-2a"), BadInput, "is a class"),
        ((NICT, "総務省"), BadInput, "neither a norm"),
        (("どこにもない機関", "6(4)-2a"), UnknownName, "nothing is called"),
        (("id:line/none", "6(4)-2a"), UnknownName, "no line"),
    ],
)
def test_what_cannot_be_explained_is_an_error(
    what: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        ask(*what)


def test_an_unknown_route_is_an_error() -> None:
    with pytest.raises(UnknownName, match="supervision"):
        ask(NICT, "6(2)-1a", route="nowhere")


def written(form: str, *what: str, lang: str = "ja", width: int = 100) -> bytes:
    graph, _ = opened(lang)
    stream = io.BytesIO()
    answer = explanation(ask(*what, lang=lang), graph.notes())
    write_explanation(answer, form, lang=lang, width=width, describe=graph.describe, stream=stream)
    return stream.getvalue()


def test_json_is_nested_with_the_keys_of_the_contract() -> None:
    def check(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            assert list(row)[:4] == ["statement", "rule", "source", "premises"]
            check(row["premises"])

    rows = json.loads(written("json", NICT, "3(1)①-1a"))
    check(rows)
    assert rows[0]["rule"] == "incorporation"


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_outline_keeps_to_its_width_and_loses_nothing(width: int, lang: str) -> None:
    from kijun.lines import display_width

    found = ask(PENSION, "4(3)-2b", lang=lang)
    text = outline(found, lang, width)
    assert max(map(display_width, text.splitlines())) <= width
    bare = "".join(text.split())
    for place, node in walk(found):
        assert place + "".join(str(node["statement"]).split()) in bare
        if node["source"]:
            assert "".join(str(node["source"]).split()) in bare


def test_rows_are_flat_with_number_and_depth() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", NICT, "6(2)-1a").decode("utf-8-sig"))))
    assert rows[0]["place"] == "1"
    assert {row["depth"] for row in rows} >= {"0", "1", "2"}
    assert any(row["file"].endswith("organizations.csv") and row["row"] == "93" for row in rows)


def test_the_other_forms_are_written() -> None:
    assert written("xlsx", NICT, "6(2)-1a").startswith(b"PK")
    turtle = written("turtle", NICT, "6(2)-1a").decode()
    assert "6-2-1a" in turtle
    assert "7012405000492" in turtle


def test_the_attached_sentence_is_shown_only_where_asked() -> None:
    graph, _ = opened()
    sentence = f"{ID}sentence/6-2-1"
    told = Explainer(graph.store, graph.engine, graph.state, "ja", {sentence: "（写しの文）"})
    found = told.duty(graph.find(NICT).iri, f"{ID}norm/6-2-1a")
    assert "原文：（写しの文）" in outline(found, "ja")
    assert "原文" not in outline(ask(NICT, "6(2)-1a"), "ja")


def test_terms_of_a_statement_are_named() -> None:
    _, explainer = opened()
    post = clingo.parse_term('post("manager","id:body/2000012020001")')
    assert explainer.words.name(plain(post)) == "総務省の管理職"
