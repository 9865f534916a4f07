"""What answers say of changes by the day asked about: names, bodies that ended, successors."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pytest

import kijun
from kijun.history import in_words
from kijun.knowledge import KnowledgeGraph

CHANGE = "名簿の後の変更"
SUMMARY = "名簿の後に外れた機関"


@cache
def graph(day: str = "2016-10-12", lang: Literal["ja", "en"] = "ja") -> KnowledgeGraph:
    return kijun.open(as_of=day, lang=lang)


def notes(found: kijun.Table, start: str) -> list[str]:
    return [note for note in found.notes if note.startswith(start)]


@pytest.mark.parametrize("body", ["森林総合研究所", "教職員支援機構", "NISC"])
def test_a_renaming_shows_both_names_and_no_body_twice(body: str) -> None:
    rows = graph().ask("successions", body=body, kind="改称").rows
    assert rows
    for row in rows:
        assert row["predecessorName"] != [row["successorName"]]
        assert row["successorName"]
        assert row["predecessor"] is None
        assert row["successor"] is None
        assert str(row["change"]) != str(row["statement"]).rstrip("。")


def test_a_succession_shows_both_bodies() -> None:
    (row,) = graph().ask("successions", body="国立女性教育会館").rows
    assert (row["predecessor"], row["successor"]) == ("国立女性教育会館", "男女共同参画機構")


def test_rows_that_name_an_ended_body_say_so_once() -> None:
    found = graph("2020-04-01").ask("supervision", corporation="日本貿易保険")
    (note,) = notes(found, CHANGE)
    assert "2017-04-01、日本貿易保険が株式会社になり" in note
    assert not notes(found, SUMMARY)
    assert not notes(graph("2017-03-31").ask("supervision", corporation="日本貿易保険"), CHANGE)


def test_many_bodies_get_one_sentence() -> None:
    day = graph("2025-06-01")
    for found in (
        day.ask("bodies-by-class"),
        day.duties(members_of="独立行政法人"),
        day.reports(expand=True),
    ):
        (note,) = notes(found, SUMMARY)
        assert "日本貿易保険（2017-04-01、" in note
        assert "国立国際医療研究センター（2025-04-01、" in note
        assert not notes(found, CHANGE)


def test_the_body_asked_about_is_told_in_full() -> None:
    (note,) = notes(graph("2025-06-01").duties("国立国際医療研究センター"), CHANGE)
    assert "国立健康危機管理研究機構" in note


@pytest.mark.parametrize(
    ("day", "body", "said"),
    [
        ("2021-05-01", "デジタル庁", "2021年中、デジタル庁が置かれた"),
        ("2020-04-01", "情報通信研究機構", "2015-12-28から2026-04-01までの間（日は不明）"),
    ],
)
def test_a_change_with_bounds_only_is_told_from_its_first_day(
    day: str, body: str, said: str
) -> None:
    (note,) = notes(graph(day).duties(body), CHANGE)
    assert said in note


def test_a_change_is_not_told_before_it_can_have_come() -> None:
    assert not notes(graph("2020-12-31").duties("デジタル庁"), CHANGE)
    assert not notes(graph("2026-04-01").duties("情報通信研究機構"), CHANGE)


@pytest.mark.parametrize(
    ("earliest", "latest", "ja", "en"),
    [
        ("2020-01-01", "2020-12-31", "2020年中", "in 2020"),
        (
            "2020-02-01",
            None,
            "2020-02-01以後（日は不明）",
            "not before 2020-02-01 (the day is unknown)",
        ),
        (None, "2020-02-01", "2020-02-01まで（日は不明）", "by 2020-02-01 (the day is unknown)"),
        (None, None, "日は不明", "the day is unknown"),
    ],
)
def test_bounds_in_words(earliest: str | None, latest: str | None, ja: str, en: str) -> None:
    assert in_words(earliest, latest, "ja") == ja
    assert in_words(earliest, latest, "en") == en


def test_a_renamed_body_and_its_posts_have_the_name_of_the_day() -> None:
    found = graph("2020-04-01").reports("教職員支援機構")
    assert not notes(found, CHANGE)
    assert len(notes(found, "教員研修センターは、2017-04-01から教職員支援機構という")) == 1
    parties = {str(row[end]) for row in found.rows for end in ("from", "to")}
    assert "教職員支援機構 役員" in parties
    assert not any("教員研修センター" in party for party in parties)
    english = graph("2020-04-01", "en").reports("教職員支援機構")
    name = "National Institute for School Teachers and Staff Development"
    assert f"{name} executives" in {row["to"] for row in english.rows}


@pytest.mark.parametrize("day", ["2016-10-12", "2026-04-01"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JIHS", "特殊法人"),
        ("国立健康危機管理研究機構", "特殊法人"),
        ("1011105011401", "特殊法人"),
        ("株式会社日本貿易保険", "株式会社"),
        ("5010001182633", "株式会社"),
    ],
)
def test_an_organisation_in_no_register_is_known(text: str, kind: str, day: str) -> None:
    found = graph(day).duties(text)
    assert not found.rows
    (note,) = (note for note in found.notes if "独立行政法人等に含まれない" in note)
    assert kind in note
    assert "確認されていない" in note
    assert not graph(day).reports(text).rows


def test_the_headquarters_by_its_number() -> None:
    assert graph().find("2000012010035") == graph().find("戦略本部")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("国立女性教育会館", "2026-04-01に男女共同参画機構が承継した。"),
        ("国立国際医療研究センター", "2025-04-01に国立健康危機管理研究機構が承継した。"),
        ("日本貿易保険", "2017-04-01に株式会社日本貿易保険になった。"),
    ],
)
def test_a_body_that_is_gone_names_its_successor(body: str, said: str) -> None:
    day = graph("2026-04-01")
    asked = day.ask("supervision", corporation=body)
    for found in (day.duties(body), day.reports(body), asked):
        assert any("名簿にない" in note and said in note for note in found.notes)


def test_notes_in_japanese_are_in_japanese() -> None:
    for day in ("2020-04-01", "2025-08-01"):
        for found in (graph(day).duties(), graph(day).ask("bodies-by-class")):
            text = "".join(found.notes)
            assert "登録簿" not in text
            assert " the " not in text
            assert "recalled" not in text
