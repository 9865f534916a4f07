"""Explanations in words: corporations of all classes read by hand, cited leaves, and why not.

The kept explanations (``tests/proofs``) were read against the guideline, sentence by sentence, and
``readings.toml`` beside them says how: the sentences, why the steps follow, what is doubtful;
``python tests/test_explanations.py`` writes them again after a change that is meant.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import clingo
import pytest
from clingo import ast

from kijun.atom_words import ABSENT, STATEMENTS
from kijun.errors import BadInput, UnknownName
from kijun.explanations import Explainer
from kijun.inquiries import explained
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.missing_words import MISSING
from kijun.narration import Node
from kijun.outline import explanation, outline, walk, write_explanation
from kijun.proofs import Proofs, plain
from kijun.reasoning import rule_names
from kijun.rule_words import RULES, UNNAMED
from kijun.terms import ID, NS

KEPT = Path(__file__).parent / "proofs"
REGISTERS = Path(__file__).resolve().parents[1] / "ontology" / "registers"
PENSION, NICT, MOFA = "日本年金機構", "情報通信研究機構", "外務省"
STATISTICS, WATER = "統計センター", "水資源機構"

CASES: dict[str, tuple[str, ...]] = {
    "nict-3-1-1-1a": (NICT, "3(1)①-1a"),
    "nict-3-3-8a": (NICT, "3(3)-8a"),
    "nict-5-2-1b-to-mic": (NICT, "5(2)-1b", "総務省"),
    "ipa-4-1-2a": ("情報処理推進機構", "4(1)-2a"),
    "ipa-6-5-1a": ("情報処理推進機構", "6(5)-1a"),
    "ipa-6-1-2a": ("情報処理推進機構", "6(1)-2a"),
    "archives-3-3-7a": ("国立公文書館", "3(3)-7a"),
    "archives-6-2-1a": ("国立公文書館", "6(2)-1a"),
    "cabinet-office-4-1-3a": ("内閣府", "4(1)-3a"),
    "pension-6-4-3a": (PENSION, "6(4)-3a"),
    "pension-4-3-2b": (PENSION, "4(3)-2b"),
    "pension-6-4-2a": (PENSION, "6(4)-2a"),
    "mhlw-4-3-3a": ("厚生労働省", "4(3)-3a"),
    "pension-4-1-4a": (PENSION, "4(1)-4a"),
    "pension-is-no-agency": (PENSION, "独立行政法人"),
    "pension-6-4-3a-to-mhlw": (PENSION, "6(4)-3a", "厚生労働省"),
    "mic-to-nisc-4-2-4a": ("総務省", "4(2)-4a", "NISC"),
    "statistics-is-executive": (STATISTICS, "行政執行法人"),
    "statistics-3-2-1a": (STATISTICS, "3(2)-1a"),
    "statistics-3-3-1a": (STATISTICS, "3(3)-1a"),
    "statistics-6-5-1b": (STATISTICS, "6(5)-1b"),
    "statistics-4-2-2a": (STATISTICS, "4(2)-2a"),
    "statistics-6-1-2c": (STATISTICS, "6(1)-2c"),
    "statistics-4-1-3a": (STATISTICS, "4(1)-3a"),
    "statistics-4-2-3b-to-mic": (STATISTICS, "4(2)-3b", "総務省"),
    "statistics-6-3-1a": (STATISTICS, "6(3)-1a"),
    "water-is-corporation": (WATER, "独立行政法人等"),
    "water-3-1-2-1a": (WATER, "3(1)②-1a"),
    "water-3-3-7b": (WATER, "3(3)-7b"),
    "water-5-2-1a": (WATER, "5(2)-1a"),
    "water-6-1-2b": (WATER, "6(1)-2b"),
    "water-4-3-2b": (WATER, "4(3)-2b"),
    "water-6-4-3a-to-mhlw": (WATER, "6(4)-3a", "厚生労働省"),
    "maff-to-nisc-6-4-2a": ("農林水産省", "6(4)-2a", "NISC"),
    "water-6-4-2b": (WATER, "6(4)-2b"),
}
"""What is explained in each kept file: a body, a norm and, for a line, whom it is to."""


DENIED = ("Ministry", "Corporation", "DesignatedCorporation", "CompetentMinister", "Office")
DENIED += ("PlatformManagingAgency", "PlatformOperator", "SharedPlatform")


@cache
def opened(lang: str = "ja") -> tuple[KnowledgeGraph, Explainer]:
    graph = open_graph(lang=lang)
    return graph, Explainer(graph.store, graph.engine, graph.state, lang)


@cache
def readings() -> dict[str, Any]:
    return tomllib.loads((KEPT / "readings.toml").read_text(encoding="utf-8"))


def ask(*what: str, lang: str = "ja", **options: Any) -> list[Node]:
    graph, explainer = opened(lang)
    body, norm, to = (*what, None, None)[:3]
    assert body is not None
    return explained(explainer, graph.find, body, norm, to=to, **options)[0]


def nodes(found: list[Node]) -> list[Node]:
    return [node for _, node in walk(found)]


def leaves(found: list[Node]) -> list[Node]:
    return [node for node in nodes(found) if not node["premises"]]


def kept(name: str) -> str:
    lines = []
    for place, node in walk(ask(*CASES[name])):
        parts = [str(node[key]) for key in ("rule", "source", "interpretation") if node[key]]
        lines.append(" | ".join([f"{place} {node['statement']}", *parts]))
    return "\n".join([*lines, ""])


# What was read by hand


@pytest.mark.parametrize("name", CASES)
def test_the_explanations_that_were_read_have_not_changed(name: str) -> None:
    assert kept(name) == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def test_every_kept_explanation_is_still_made() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == set(CASES)


def test_every_kept_explanation_was_read() -> None:
    assert set(readings()) == set(CASES)
    for name, read in readings().items():
        assert set(read) == {"sentences", "words", "follows", "doubtful"}, name
        assert read["follows"].endswith("."), name


@pytest.mark.parametrize("name", CASES)
def test_a_reading_is_of_the_sentences_that_the_proof_rests_on(name: str) -> None:
    found = nodes(ask(*CASES[name]))
    assert sorted(readings()[name]["sentences"]) == sorted(
        {
            f"{citation['section']}-{citation['sentence']}"
            for node in found
            if isinstance(citation := node["citation"], dict) and citation["kind"] == "sentence"
        }
    )
    displaced = any(node["rule"] == "displaced" for node in found)
    assert displaced == ("displaces" in readings()[name]["follows"])
    # Where the graph marks a reading, whoever read the proof has said what may be disputed.
    assert readings()[name]["doubtful"] != "nothing" or not any(
        node["interpretation"] for node in found
    )


@pytest.mark.parametrize("name", CASES)
def test_the_words_of_a_reading_stand_in_its_sentences(name: str, source_text: str) -> None:
    from kijun.text import split

    texts = {
        f"{s.section}-{s.ordinal}": "".join(s.text.split()) for s in split(source_text).sentences
    }
    read = readings()[name]
    assert bool(read["words"]) == bool(read["sentences"])
    for words in read["words"]:
        assert len(words) <= 24
        assert any("".join(words.split()) in texts[place] for place in read["sentences"]), words


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_leaf_cites_what_it_rests_on(name: str, lang: str) -> None:
    for leaf in leaves(ask(*CASES[name], lang=lang)):
        citation = leaf["citation"]
        assert isinstance(citation, dict), leaf["statement"]
        assert leaf["source"] == citation["label"]
        wanted = {
            "sentence": ("section", "sentence", "iri"),
            "section": ("section", "iri"),
            "register": ("file", "row", "register_date", "confidence", "provenance", "iri"),
            "axiom": ("iri", "definition"),
            "convention": ("file",),
            "scope": ("label",),
        }[str(citation["kind"])]
        assert all(citation.get(key) for key in wanted), citation
        for law in citation.get("law", []):
            assert law["address"].startswith("https://laws.e-gov.go.jp/law/")
            assert law["confidence"] in ("found", "derived", "recalled")


def test_a_cited_row_is_the_row_of_the_file() -> None:
    with (REGISTERS / "organizations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    seen = set()
    for what in CASES.values():
        for node in nodes(ask(*what)):
            citation = node["citation"]
            if isinstance(citation, dict) and citation["kind"] == "register":
                body = rows[citation["row"] - 1][0]
                assert body in str(node["statement"]) or "所管の記載" in str(node["statement"])
                seen.add(body)
    assert {NICT, PENSION, "国立公文書館"} <= seen


def test_a_cited_phrase_stands_in_the_cited_sentence(source_text: str) -> None:
    from kijun.sections import sentence_iri
    from kijun.text import split

    found = {
        sentence_iri(s.section, s.ordinal): "".join(s.text.split())
        for s in split(source_text).sentences
    }
    checked = 0
    for what in CASES.values():
        for node in nodes(ask(*what)):
            citation = node["citation"]
            if isinstance(citation, dict) and citation.get("phrase"):
                assert "".join(citation["phrase"].split()) in found[citation["iri"]]
                checked += 1
    assert checked > 50


def test_grades_and_readings_are_shown() -> None:
    light, full = ask(NICT, "3(1)①-1a"), ask("情報処理推進機構", "6(5)-1a")
    assert "考慮" in str(light[0]["statement"])
    assert any("踏まえ" in str(node["interpretation"]) for node in nodes(light))
    assert "置き換えて読む" in str(light[0]["interpretation"])
    assert "及ぶ強さ：義務" in str(full[0]["statement"])
    assert any("同様に" in str(node["interpretation"]) for node in nodes(full))
    police = ask("警察庁", "6(4)-2a", route="supervision", all_paths=True)
    assert any("国家公安委員会" in str(node["interpretation"]) for node in nodes(police))
    assert "双方向" in str(ask("総務省", "4(2)-4a", "NISC")[0]["interpretation"])
    displaced = ask(NICT, "3(3)-8a")
    assert displaced[-1]["rule"] == "displaced"


def test_joint_supervision_cites_its_own_row() -> None:
    (line,) = ask(NICT, "5(2)-1b", "文部科学省")
    assert any("co_supervision.csv" in str(node["source"]) for node in nodes([line]))


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


# Why not


def iri(name: str) -> str:
    return opened()[0].find(name).iri.replace(ID, "id:")


def entered(body: str, kind: str) -> str:
    return f'entered("{iri(body)}","kijun:{kind}","kijun:found").'


def supervised(ministry: str, body: str) -> str:
    ends = f'"{iri(ministry)}","{iri(ministry)}","{iri(body)}"'
    return f'supervision("id:x",{ends}). confidence("id:x","kijun:found").'


def taken_over(by: str, section: str) -> str:
    return (
        f'incorporates("id:norm/{by}","id:y"). incorporated("id:y","id:section/{section}"). '
        'grade("id:y","kijun:sameAs").'
    )


WHY_NOT = [
    # who, norm, the missing premise, facts that bring it, and who then bears the norm
    (PENSION, "4-3-2b", "supervision", supervised, (PENSION, NICT), PENSION),
    (PENSION, "4-3-2b", "class_path", entered, (PENSION, "MidTermAgency"), "厚生労働省"),
    (PENSION, "6-4-2a", "class_path", entered, (PENSION, "Ministry"), PENSION),
    (PENSION, "6-4-2b", "class_path", entered, (PENSION, "Ministry"), PENSION),
    (NICT, "6-4-2a", "takes_over", taken_over, ("6-4-3a", "6-4"), NICT),
    (NICT, "6-4-2b", "takes_over", taken_over, ("6-4-3a", "6-4"), NICT),
    ("総務省", "6-3-4a", "class_path", entered, ("総務省", "PlatformManagingAgency"), "総務省"),
    ("総務省", "6-3-6a", "class_path", entered, ("総務省", "PlatformOperator"), "総務省"),
    ("内閣法制局", "4-1-4a", "supervision", supervised, ("内閣法制局", PENSION), "内閣法制局"),
    (MOFA, "4-1-4a", "class_path", entered, ("国際交流基金", "DesignatedCorporation"), MOFA),
    ("国税庁", "6-4-2a", "class_path", entered, ("国税庁", "Ministry"), "国税庁"),
    ("会計検査院", "6-4-2a", "class_path", entered, ("会計検査院", "Ministry"), "会計検査院"),
]


@pytest.mark.parametrize(("who", "norm", "lacking", "facts", "given", "bearer"), WHY_NOT)
def test_with_the_missing_premise_the_duty_appears(
    who: str, norm: str, lacking: str, facts: Any, given: tuple[str, str], bearer: str
) -> None:
    _, explainer = opened()
    body = iri(who)
    ends = [clingo.String(iri(bearer)), clingo.String(f"id:norm/{norm}"), *[None] * 5]
    before = set(explainer.proofs.matching("duty", ends))
    own = explainer.rules.failures(
        explainer.proofs, "duty", [clingo.String(body), ends[1], *[None] * 5]
    )
    about = explainer.rules.failures(
        explainer.proofs,
        "duty",
        [None, *ends[1:]],
        only="supervision",
        given={("supervision", 3): clingo.String(body)},
    )
    missing = [f for f in (own if bearer == who else about) if f.missing.name == lacking]
    assert missing, "the explanation does not name the premise"
    changed = Proofs(f"{explainer.text}\n{facts(*given)}")
    appeared = set(changed.matching("duty", ends)) - before
    assert appeared
    # What now holds is the very premise that was named as missing, and the new proof uses it.
    used = {step.atom for atom in appeared for step in changed.proof(atom).steps()}
    wanted = [one for failure in missing for one in failure.tries]
    assert any(
        atom.name == one.name
        and all(x is None or x == y for x, y in zip(one.arguments, atom.arguments, strict=True))
        for one in wanted
        for atom in used
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_why_the_pension_service_has_no_published_evaluation(lang: str) -> None:
    borne, about = ask(PENSION, "4(3)-2b", lang=lang)
    assert not borne["holds"]
    assert not about["holds"]
    said = " ".join(str(node["statement"]) for node in nodes([about]))
    if lang == "ja":
        assert "日本年金機構は「独立行政法人」に属さない" in said
        assert "名簿に「指定法人」として載っている" in said
        assert "厚生労働省は日本年金機構を所管する" in said
    else:
        assert "does not belong to the class incorporated administrative agency" in said


def test_what_is_not_borne_but_owed_about_a_body_is_said_so() -> None:
    first, *rest = ask(NICT, "4(3)-2b")
    assert not first["holds"]
    assert all(node["rule"] == "supervision" and node["holds"] for node in rest)
    assert any("総務省" in str(node["statement"]) for node in rest)


def test_why_a_ministry_without_corporations_guides_none() -> None:
    said = [str(node["statement"]) for node in nodes(ask("内閣法制局", "4(1)-4a"))]
    assert "名簿に、内閣法制局が所管する法人はない。" in said
    each = [str(node["statement"]) for node in nodes(ask(MOFA, "4(1)-4a"))]
    assert "国際交流基金は「指定法人」に属さない。" in each
    assert "国際協力機構は「指定法人」に属さない。" in each


def test_a_platform_that_is_not_declared_is_said_not_to_be() -> None:
    said = " ".join(str(node["statement"]) for node in nodes(ask("総務省", "6(3)-4a")))
    assert "基盤となる情報システムの記載は、データに一つもない" in said


def test_what_is_no_reporting_unit_answers_through_another() -> None:
    graph, explainer = opened()
    found, said = explained(explainer, graph.find, "国税庁", "6(4)-2a")
    assert all(node["holds"] for node in found)
    assert "財務省" in str(found[0]["statement"])
    assert any("財務省が答える" in one for one in said)


def test_a_class_is_explained_or_denied() -> None:
    assert ask(NICT, "国立研究開発法人")[0]["holds"]
    assert ask("総務省", "所管府省庁")[0]["rule"] == "defined_class"
    (denied,) = ask(PENSION, "独立行政法人")
    assert not denied["holds"]
    assert denied["premises"]


def test_no_line_leads_from_a_corporation_straight_to_nisc() -> None:
    (denied,) = ask(PENSION, "6(4)-2a", "NISC")
    assert not denied["holds"]


def test_a_line_and_the_legs_of_a_route_are_explained_by_their_iris() -> None:
    graph, explainer = opened()
    for route in graph.route(NICT, "NISC", "incident").rows:
        iris = [leg["line_iri"] for leg in route["legs"]]
        told = explainer.legs(iris)
        assert len(told) == len(iris)
        assert all(node["holds"] for node in told)
    assert explainer.lines(f"{NS}Ministry", f"{ID}office/nisc")


def test_every_line_and_every_duty_of_the_graph_is_explained() -> None:
    graph, explainer = opened()
    lines = {
        row["line"].value
        for row in graph.engine.select(f"SELECT ?line {{ ?line a <{NS}ReportingLine> }}")
    }
    assert lines
    assert not [one for one in sorted(lines)[::25] if not explainer.line(one)]
    for row in graph.duties(PENSION).rows:
        assert all(n["holds"] for n in explainer.duty(row["body_iri"], row["norm_iri"]))


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


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name in CASES:
        (KEPT / f"{name}.txt").write_text(kept(name), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}\n")
