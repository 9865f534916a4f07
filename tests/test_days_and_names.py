"""Bodies by name and by day: who answers for whom, and whether the text was in force."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence

import pytest

from expected_answers import (
    CORPORATIONS,
    MINISTRIES,
    NENKIN,
    NICT,
    SOUMU,
    YEAR_2016,
    YEAR_2026,
    duties,
    graph,
    printed,
)
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import open_graph
from kijun.terms import ID


@pytest.mark.parametrize(
    ("asked", "ministry"),
    [
        ("国税庁", "財務省"),
        ("消防庁", "総務省"),
        ("国家公安委員会", "警察庁"),
        ("内閣総理大臣", "内閣府"),
    ],
)
def test_a_ministry_answers_for_what_is_no_reporting_unit(asked: str, ministry: str) -> None:
    answer = graph().duties(asked)
    assert answer.rows == graph().duties(ministry).rows
    assert any(asked in note and f"{ministry}が答える" in note for note in answer.notes)
    english = graph(lang="en").duties(asked)
    assert any("is answered for by" in note for note in english.notes)


def test_the_two_offices_say_that_the_ministry_is_a_reading() -> None:
    for asked in ("国家公安委員会", "内閣総理大臣"):
        assert any("と読む" in note for note in graph().duties(asked).notes)


def test_the_board_of_audit_is_outside() -> None:
    answer = graph().duties("会計検査院")
    assert not answer.rows
    assert any("府省庁に含まれない" in note for note in answer.notes)
    assert not graph().reports("会計検査院").rows


def test_a_class_is_no_body() -> None:
    for kind in ("独立行政法人", MINISTRIES, "国立研究開発法人", CORPORATIONS):
        with pytest.raises(BadInput, match="is a class or a role; name a body"):
            graph().duties(kind)


def test_every_way_to_name_a_body_leads_to_it() -> None:
    rows = duties(NICT)
    for name in ("NICT", "7012405000492", f"{ID}body/7012405000492", " ｎｉｃｔ "):
        assert duties(name) == rows
    assert printed("duties", NICT, "--lang", "en")[0]["body"] == next(
        row["body"] for row in graph(lang="en").duties("NICT").rows
    )


@pytest.mark.parametrize(
    ("day", "body", "there"),
    [
        (YEAR_2026, "国立女性教育会館", False),
        (YEAR_2016, "国立女性教育会館", True),
        (YEAR_2026, "男女共同参画機構", True),
        (YEAR_2016, "男女共同参画機構", False),
        (YEAR_2026, "デジタル庁", True),
        (YEAR_2016, "デジタル庁", False),
        (YEAR_2026, "国立国際医療研究センター", False),
        ("2016-10-11", NENKIN, False),
        ("2016-10-11", NICT, True),
    ],
)
def test_a_body_outside_the_registers_of_the_day(day: str, body: str, there: bool) -> None:
    answer = graph(day).duties(body)
    assert bool(answer.rows) == there
    assert any(f"{body}は、" in note and "名簿にない" in note for note in answer.notes) != there


def test_a_renamed_body_answers_under_its_name_of_the_day() -> None:
    number = "8010405006889"
    assert {row["body"] for row in duties(number)} == {"郵便貯金・簡易生命保険管理機構"}
    assert {row["body"] for row in duties(number, YEAR_2026)} == {
        "郵便貯金簡易生命保険管理・郵便局ネットワーク支援機構"
    }


@pytest.mark.parametrize("day", ["2016-03-31", "2015-01-01", "0001-01-01"])
def test_before_the_first_register_there_are_norms_but_no_bodies(day: str) -> None:
    kg = graph(day)
    assert len(kg.norms().rows) == len(graph().norms().rows)
    for answer in (kg.duties(NICT), kg.reports(NICT), kg.route(NICT, "NISC")):
        assert not answer.rows
        assert any(day in note and "名簿" in note for note in answer.notes)
    assert kg.reports().rows


def test_before_the_first_register_the_reason_is_true() -> None:
    note = graph("2015-01-01").duties(NICT).notes[-1]
    assert "2015-01-01の名簿" in note or "2015-01-01以前の名簿" in note


@pytest.mark.parametrize(
    ("day", "in_force", "word"),
    [
        ("2016-04-01", False, "まだ決定されていない"),
        ("2016-08-30", False, "まだ決定されていない"),
        ("2016-08-31", None, "不明"),
        (YEAR_2016, None, "不明"),
        ("2018-07-24", None, "不明"),
        ("2018-07-25", False, "後の版"),
        (YEAR_2026, False, "後の版"),
        ("9999-12-31", False, "後の版"),
    ],
)
def test_whether_the_text_was_in_force(day: str, in_force: bool | None, word: str) -> None:
    kg = graph(day)
    assert word in kg.notes()[0]
    assert {row["in_force"] for row in kg.duties(NICT).rows} == {in_force}
    assert {row["in_force"] for row in kg.reports().rows} == {in_force}


def test_answers_name_the_register_that_they_rest_on() -> None:
    notes = " ".join(graph(YEAR_2026).duties(NENKIN).notes)
    assert "指定法人は2016年10月12日の名簿による" in notes
    assert "確認されていない" in notes
    between = " ".join(graph("2020-05-05").duties(NICT).notes)
    assert "2016-10-12から用いる名簿" in between


def test_days_may_be_given_as_dates() -> None:
    kg = open_graph(datetime.date(2026, 4, 1))
    assert list(kg.duties(NICT).rows) == duties(NICT, YEAR_2026)


def test_unknown_names_bring_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        graph().duties("総務")
    assert "総務省" in caught.value.candidates
    with pytest.raises(UnknownName) as caught:
        graph().reports(about="インシデンド")
    assert "インシデント" in caught.value.candidates


def test_answers_are_the_same_each_time() -> None:
    def text(rows: Sequence[Mapping[str, object]]) -> str:
        return json.dumps(list(rows), ensure_ascii=False)

    first, second = open_graph(YEAR_2016), open_graph(YEAR_2016)
    assert text(first.duties(members_of="指定法人").rows) == text(
        second.duties(members_of="指定法人").rows
    )
    assert text(first.reports(SOUMU).rows) == text(second.reports(SOUMU).rows)
    assert text(first.route(NICT, "NISC").rows) == text(second.route(NICT, "NISC").rows)
