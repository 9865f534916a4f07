"""Holes as rows and as nodes of the graph: keys, notes, refusals, and what is never kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import kijun
from boundary_profiles import ALONE, CLEAN, SHARED, SMALL, opened, shared, small
from kijun.boundary import KINDS
from kijun.cli import main
from kijun.errors import BadInput
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import display_width
from kijun.tables import render
from kijun.terms import ID, LOCAL, NS, RDF
from profile_rows import MARKING, profile

__all__ = ["shared", "small"]


# Rows


def test_the_example_has_each_kind_of_hole_and_the_others_none(shared: KnowledgeGraph) -> None:
    assert {row["kind"] for row in shared.gaps()} == set(KINDS)
    assert not len(open_graph(profiles=[CLEAN]).gaps())
    assert not len(open_graph(profiles=[ALONE]).gaps())


def test_a_row_has_the_keys_of_the_contract_and_its_sentence(shared: KnowledgeGraph) -> None:
    wanted = ["kind", "platform", "system", "parties", "concern", "detail", "norm", "section"]
    wanted += ["sentence", "basis"]
    for row in shared.gaps():
        assert set(wanted) <= set(row)
        assert (row["section"], row["basis"]) == ("6(3)", "derived")
        assert row["norm"].startswith(f"6(3)-{row['sentence']}")
        assert row["sentence_iri"] == f"{ID}sentence/6-3-{row['sentence']}"
        assert row["detail"]
        assert row["places"]
        assert all(place.startswith(SHARED) for place in row["places"])
        assert row["hole_iri"].startswith(f"{LOCAL}hole/{row['kind']}/")


def test_what_is_only_presupposed_and_what_is_read_is_said(small: KnowledgeGraph) -> None:
    rows = small.gaps()
    (document,) = rows.where(kind="undocumented", concern="包括的な文書")
    assert document["presupposed"]
    assert "前提とされているだけ" in document["interpretation"]
    (unmet,) = rows.where(kind="unmet")
    assert unmet["presupposed"]
    (of_layer, *_) = rows.where(kind="unallocated", parties="環境省", concern="責任と役割分担")
    assert "層だけを管理する機関" in of_layer["interpretation"]
    assert not of_layer["presupposed"]
    (pair, *_) = rows.where(kind="unconnected")
    assert "連絡の道を含むと読む" in pair["interpretation"]


def test_the_table_marks_what_is_read_and_what_is_only_presupposed(small: KnowledgeGraph) -> None:
    rows = small.gaps()
    assert {row["marked"] for row in rows} == {"前提", "あり", None}
    for row in rows:
        assert (row["marked"] == "前提") == row["presupposed"]
        assert (row["marked"] is None) == (row["interpretation"] is None)
    lines = render(rows.columns, rows.rows, width=100).splitlines()
    at = lines[0].index("読み")
    assert lines[0].index("規範") < at < lines[0].index("記載箇所")
    assert max(map(display_width, lines)) <= 100
    # The room of one column; the words of a hole still stand in one sitting.
    assert len(lines) <= 8 * len(rows)


def test_a_system_is_named_where_it_alone_makes_the_party(small: KnowledgeGraph) -> None:
    (row, *_) = small.gaps().where(kind="unallocated", parties="架空法人")
    assert (row["platform"], row["system"]) == ("共通基盤", "業務")
    (row, *_) = small.gaps().where(kind="unmet")
    assert row["system"] is None


def test_a_row_says_where_it_was_written(small: KnowledgeGraph) -> None:
    (unmet,) = small.gaps().where(kind="unmet")
    assert unmet["places"] == ["profile.xlsx シート「分担」3行"]
    (document,) = small.gaps().where(kind="undocumented", concern="包括的な文書")
    assert document["places"] == ["profile.xlsx シート「システム」2行"]


def test_english_rows_are_english() -> None:
    rows = kijun.open(SHARED, lang="en").gaps()
    for row in rows:
        said = re.sub(r'"[^"]*"', "", row["detail"])
        for name in row["parties"]:
            said = said.replace(name, "")
        assert said.isascii(), said


def test_answers_begin_with_the_marking(small: KnowledgeGraph) -> None:
    for answer in (small.gaps(), small.matrix(), small.coverage(), small.learning(), small.norms()):
        assert answer.notes[0] == f"取扱い：{MARKING}"
        assert answer.notes[1] == "架空の例による。"


def test_notes_tell_the_scope_and_what_lies_outside_it() -> None:
    graph = opened(
        systems=[*SMALL["systems"], "P2 無主基盤 基盤", "S3 電算 単独 財務省"],
        layers=[*SMALL["layers"], "S3 全体 財務省"],
        uses=["防衛省 P1", "防衛省 P2", "防衛省 S3"],
        allocations=["P1 体制 農林水産省 提供 - - 規程"],
        exclusions=["P1 体制 環境省 範囲外", "P2 - - 更改待ち"],
    )
    notes = "\n".join(graph.gaps().notes)
    assert "調べた範囲：基盤2、当事者3、" in notes
    assert "「共通基盤」を使うだけで、6(3)を負わない機関：防衛省。" in notes
    assert "整備・運用管理機関の記載がない基盤：無主基盤。" in notes
    assert "確かめられない基盤：無主基盤。" in notes
    assert "6(3)から除かれるシステム：電算。" in notes
    assert "「共通基盤」の体制・環境省（範囲外）" in notes
    assert "「無主基盤」のすべての事項・すべての当事者（更改待ち）" in notes
    assert "当事者でない機関の分担は調べていない：農林水産省。" in notes


def test_a_platform_without_operator_is_examined_and_told() -> None:
    graph = opened(systems=["P1 共通基盤 基盤", "S1 業務 単独 架空法人"])
    assert graph.gaps().where(kind="unallocated", concern="包括的な文書")
    assert graph.learning().where(who="総務省")


def test_without_any_platform_there_is_nothing_and_the_reason() -> None:
    graph = opened(systems=["P1 甲 単独 総務省", "S1 乙 単独 架空法人"], layers=[], allocations=[])
    assert not len(graph.gaps())
    assert "境界を調べるべき基盤は宣言されていない。" in graph.gaps().notes


def test_holes_are_found_without_deriving_the_whole_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the whole graph was derived")

    monkeypatch.setattr("kijun.situated.situated", refused)
    graph = opened()
    for answer in (graph.gaps(), graph.matrix(), graph.coverage(), graph.repair()):
        assert len(answer)
    assert graph.explain(graph.gaps()[0]["hole_iri"]).rows


def test_without_a_profile_the_question_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="no profile is open"):
        kg.gaps()


# The whole graph


def test_a_profile_reaches_other_answers(small: KnowledgeGraph) -> None:
    duties = small.duties("架空法人")
    assert {row["route"] for row in duties} == {"platform", "class", "role", "incorporation"}
    platform = duties.where(route="platform")
    assert len(platform) == 9
    assert platform[0]["path"] == [
        "架空法人",
        "業務",
        "共通基盤",
        "連携する情報システムを管理する機関",
        "整備・運用管理機関",
    ]
    assert {row["basis"] for row in duties} == {"derived"}
    assert small.duties("総務省", route="platform").where(norm="6(3)-6a")
    lines = small.reports("架空法人", "財務省")
    assert len(lines)
    route = small.route("架空法人", "NISC", about="incident")
    assert [leg["to"] for leg in route[0]["legs"]] == ["財務省", "NISC"]
    assert small.find("架空法人").note is None


def test_holes_are_nodes_of_the_graph(small: KnowledgeGraph) -> None:
    asked = small.sparql(
        "SELECT ?kind (COUNT(?hole) AS ?holes) { ?hole a kijun:Hole ; kijun:holeKind ?kind } "
        "GROUP BY ?kind"
    )
    counted = {row["kind"].rpartition("#")[2]: row["holes"] for row in asked}
    assert sum(counted.values()) == len(small.gaps())
    iris = {row["hole_iri"] for row in small.gaps()}
    typed = small.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(NS + "Hole"))
    assert {quad.subject.value for quad in typed if isinstance(quad.subject, NamedNode)} == iris


def test_nothing_of_a_profile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path))
    graph = opened(systems=["P1 秘密基盤名 基盤 総務省", "S1 業務 単独 架空法人"])
    assert len(graph.gaps())
    assert len(graph.duties("架空法人"))
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not [data for data in kept if "秘密基盤名".encode() in data]
    assert not list(
        open_graph().store.quads_for_pattern(NamedNode(f"{LOCAL}system/P1"), None, None)
    )


def test_a_graph_of_another_day_has_the_profile_too() -> None:
    graph = open_graph("2026-04-01", profiles=[profile(**SMALL)])
    assert graph.gaps().where(kind="unmet")
    assert graph.duties("架空法人", route="platform")


# Refusals


def test_a_profile_with_errors_is_refused_with_the_first_and_their_number() -> None:
    with pytest.raises(BadInput) as error:
        opened(uses=["総務賞 P1", "総務省 P9"])
    assert str(error.value) == (
        'profile.xlsx, sheet 利用, row 2, column 利用機関: no body is called "総務賞"; '
        "did you mean 総務省?; at least 1 more error; see all with kijun check"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gaps"], "name a profile"),
        (["gaps", "nowhere.xlsx"], "there is no such file"),
        (["gaps", SHARED, "--explain", "99"], "there are 9 holes"),
        (["gaps", SHARED, "--explain", "0"], "give the number of a row"),
        (["gaps", SHARED, "--matrix", "--learn"], "not allowed with"),
        (["gaps", SHARED, "--format", "html"], "html is for --matrix"),
        (["explain", f"{LOCAL}hole/unmet/x", "--profile", SHARED], "there is no hole"),
        (["explain", f"{LOCAL}hole/unmet/x"], "no profile is open"),
        (["explain", f"{LOCAL}hole/unmet/x", "6(4)-2a", "--profile", SHARED], "by its IRI alone"),
    ],
)
def test_bad_calls(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
