"""What must hold of the answers to questions, one by one: classes, powers, articles, terms."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import freeze_questions
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.parameters import terms_and_notes


def _rows(name: str) -> list[dict[str, str]]:
    kept = freeze_questions.frozen(name)
    assert kept is not None
    return list(csv.DictReader(io.StringIO(kept)))


def test_publication_is_asked_for_agencies_and_the_direction_only() -> None:
    published = {(row["主体"], row["所管の範囲"]) for row in _rows("publications")}
    assert published == {("主務大臣", "独立行政法人"), ("サイバーセキュリティ戦略本部", "")}
    assert "4(3)-3a" in {row["規範"] for row in _rows("unpublished-results")}
    assert "4(3)-2a" not in {row["規範"] for row in _rows("unpublished-results")}


def test_the_classes_differ_where_the_text_makes_them_differ(kg: KnowledgeGraph) -> None:
    def differing(question_: str, one: str, two: str) -> set[object]:
        rows = kg.ask(question_, class1=one, class2=two).rows
        return {row["norm"] for row in rows}

    agency, designated = "IncorporatedAdministrativeAgency", "DesignatedCorporation"
    assert differing("treatment-differences", agency, designated) == {
        "4(1)-3a",
        "4(3)-2a",
        "4(3)-2b",
    }
    assert differing("treatment-differences", designated, agency) == {"4(1)-4a", "4(3)-3a"}
    assert not differing("class-differences", agency, designated)
    assert not differing("class-differences", designated, agency)
    only_ministries = differing("class-differences", "Ministry", "Corporation")
    assert {"6(4)-2a", "6(4)-2b"} <= only_ministries
    only_corporations = differing("class-differences", "Corporation", "Ministry")
    assert {"5(2)-1a", "5(2)-1b", "6(4)-3a"} <= only_corporations
    assert not only_ministries & only_corporations


def test_the_class_bears_what_each_of_its_bodies_bears(kg: KnowledgeGraph) -> None:
    bodies = {"日本年金機構": "指定法人", "情報通信研究機構": "国立研究開発法人"}
    for body, kind in bodies.items():
        by_class = {row["norm"] for row in kg.ask("class-duties", **{"class": kind}).rows}
        assert by_class == {row["norm"] for row in kg.duties(body).rows}, body


def test_a_body_is_under_the_powers_over_its_class(kg: KnowledgeGraph) -> None:
    def powers(body: str) -> set[object]:
        return {row["body"] for row in kg.ask("powers-to-order", body=body).rows}

    assert powers("理化学研究所") == {"国立研究開発法人"}
    assert powers("日本年金機構") == {"日本年金機構"}
    assert len(powers("独立行政法人")) == 3
    assert not powers("地方公共団体情報システム機構")


def test_a_renumbered_article_leads_to_its_successor(kg: KnowledgeGraph) -> None:
    moved = kg.ask("articles-on-day", day="2026-04-01", article="基本法第25条第1項第2号").rows
    assert [(row["article"], row["formerly"]) for row in moved] == [
        ("基本法第26条第1項第2号", ["基本法第25条第1項第2号"])
    ]
    both = kg.ask("articles-on-day", day="2026-04-01", article="基本法第13条").rows
    assert len(both) == 2
    # The one ended on an unknown day, the other began on one.
    assert [(row["earliest"], row["latest"]) for row in both] == [
        (None, "2026-04-09"),
        ("2016-10-21", None),
    ]


def test_goals_are_those_of_the_class_and_of_every_competent_minister(kg: KnowledgeGraph) -> None:
    rows = kg.ask("goal-of-body", body="日本原子力研究開発機構").rows
    assert {row["norm"] for row in rows} == {"4(1)-3a", "4(3)-2a"}
    for row in rows:
        assert row["instrument"] == "中長期目標"
        assert row["chief"] == ["文部科学省"]
        assert row["other"] == ["経済産業省", "原子力規制委員会"]
    assert not kg.ask("goal-of-body", body="日本年金機構").rows


def test_a_supervision_is_one_row_and_its_minister_is_meant_itself(kg: KnowledgeGraph) -> None:
    for day in ("2016-10-12", "2026-04-01"):
        rows = open_graph(day).ask("supervision").rows
        assert len({row["supervision_iri"] for row in rows}) == len(rows)
    rows = kg.ask("supervision", minister="原子力規制委員会").rows
    assert {row["minister"] for row in rows} == {"原子力規制委員会"}
    assert {row["ministry"] for row in rows} == {"環境省"}
    assert len(rows) == 2


def test_what_a_name_was_taken_for_is_said(kg: KnowledgeGraph) -> None:
    def given(question_: str, **values: str) -> tuple[str, list[str]]:
        terms, notes = terms_and_notes(kg.engine, kg.find, question_, values, "ja")
        (found,) = terms.values()
        return str(found[0]), notes

    regulation = kg.find("原子力規制委員会")
    ministry, notes = given("supervision", ministry="原子力規制委員会")
    assert ministry == f"<{regulation.answers_through}>"
    assert notes == [regulation.note]
    assert given("supervision", minister="原子力規制委員会") == (f"<{regulation.iri}>", [])
    assert given("body", body="原子力規制委員会") == (f"<{regulation.iri}>", [])


def test_every_norm_has_a_time_an_event_or_neither() -> None:
    timed = {row["規範"] for row in _rows("due-by-timing")}
    on_events = {row["規範"] for row in _rows("due-on-events")}
    neither = {row["規範"] for row in _rows("due-without-date")}
    every = {row["規範"] for row in _rows("norms")}
    assert not neither & (timed | on_events)
    assert timed | on_events | neither == every


def test_the_standards_pass_their_stages_in_order() -> None:
    stages = defaultdict(list)
    for row in _rows("making-of-the-standards"):
        stages[row["文書"]].append((row["段階"], row["関わり方"], row["関わる者"]))
    assert len(stages) == 4
    for document, found in stages.items():
        assert [stage for stage, _, _ in found] == sorted(stage for stage, _, _ in found)
        decider = (
            "NISC" if document == "対策基準策定ガイドライン" else "サイバーセキュリティ戦略本部"
        )
        assert found[-1][1:] == ("決定", decider)


def test_all_sentences_are_norms_or_have_a_kind(kg: KnowledgeGraph) -> None:
    named = {row["sentence_iri"] for row in kg.ask("norms").rows}
    kinds = {row["sentence_iri"] for row in kg.ask("sentences-without-norms").rows}
    every = {row["sentence_iri"] for row in kg.ask("sentences").rows}
    assert len(every) == 63
    assert not named & kinds
    assert named | kinds == every


def test_a_moved_article_is_told_of_the_norms_that_cite_it_only(kg: KnowledgeGraph) -> None:
    of_norm = kg.ask("moved-articles", day="2026-04-01", norm="3(3)-8a").rows
    assert {row["norm"] for row in of_norm} == {"3(3)-8a"}
    assert {row["definition"] for row in of_norm} == {None}
    assert not kg.ask("moved-articles", day="2026-04-01", norm="6(4)-2a").rows


def test_what_rests_on_an_article_names_norms_and_definitions(kg: KnowledgeGraph) -> None:
    rows = kg.ask("which-law-rests-on", article="基本法第25条第1項第2号").rows
    assert {row["norm"] for row in rows if row["norm"]} >= {"3(3)-8a", "5(1)-2b"}
    assert {row["definition"] for row in rows if row["definition"]} == {"本部監査"}


def test_how_many_questions_there_are_is_said_alike(kg: KnowledgeGraph) -> None:
    listed = kg.catalogue()
    assert listed.notes[0].startswith(f"問いは{len(listed)}件。")
    root = Path(__file__).parents[1]
    for name, phrase in (
        ("README.md", f"lists {len(listed)} questions"),
        ("README.ja.md", f"{len(listed)}の問い"),
        ("CHANGELOG.md", f"A catalogue of {len(listed)} questions"),
    ):
        assert phrase in (root / name).read_text(encoding="utf-8"), name


def test_paths_and_forces_of_duties_are_those_of_the_command(kg: KnowledgeGraph) -> None:
    asked = kg.ask("duties", body="造幣局", rank="1")
    told = {(row["norm"], row["route"]): row for row in kg.duties("造幣局")}
    assert len(asked) == len(told) > 40
    for row in asked:
        route = str(row["route_iri"]).rpartition("#")[2].removesuffix("Route")
        same = told[row["norm"], route]
        assert row["path"] == same["path"]
        assert row["path_iri"] == same["path_iri"]
        assert row["derived_force"] == same["derived_force"]
    column = next(column for column in asked.columns if column.key == "derived_force")
    assert column.text("regard", "ja") == "考慮"


def test_what_is_taken_over_by_regard_arrives_so_in_a_class(kg: KnowledgeGraph) -> None:
    taken = {"regard": 0, "kept": 0}
    for row in kg.ask("class-duties", **{"class": "指定法人"}):
        kept = row["force_iri"] == row["derived_force_iri"]
        assert kept == (row["grade"] not in ("踏まえ", "参照しつつ"))
        taken["kept" if kept else "regard"] += 1
    assert min(taken.values()) > 10


def test_norms_that_use_a_term_come_with_their_own_sentence(kg: KnowledgeGraph) -> None:
    for row in kg.ask("who-definitions-bind"):
        assert str(row["norm"]).startswith(f"{row['section']}-{row['sentence']}")


def test_where_rows_come_from_is_left_out_of_japanese_tables() -> None:
    for name in ("names-on-day", "successions", "supervision"):
        shown = {
            lang: {c.key: c.in_table for c in open_graph(lang=lang).ask(name).columns}
            for lang in ("ja", "en")
        }
        assert [shown[lang]["provenance"] for lang in ("ja", "en")] == [False, True]
