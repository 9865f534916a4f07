"""The explorer's data on other days, in other languages, and for what cannot be answered."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer_answers import NICT, NISC, SOUMU, client, get
from kijun.elements import facts
from kijun.explorer_api import KEPT, LONGEST, Shelf
from kijun.knowledge import KnowledgeGraph
from kijun.reporting import REPORT_COLUMNS

__all__ = ["client"]


def test_another_language_and_another_day(client: TestClient) -> None:
    about = get(client, "about", lang="en", day="2026-04-01")
    assert (about["lang"], about["day"], about["in_force"]) == ("en", "2026-04-01", False)
    assert any("later edition" in note for note in about["notes"])
    near = get(client, "near", id=SOUMU, lang="en", day="2026-04-01")
    assert near["nodes"][0]["label"] == "Ministry of Internal Affairs and Communications"
    days = [day["id"] for day in about["days"]]
    assert days == ["2016-04-01", "2016-10-12", "2026-04-01"]


def test_before_the_registers_there_is_an_answer_about_the_text_only(client: TestClient) -> None:
    about = get(client, "about", day="1999-01-01")
    assert any("名簿はデータにない" in note for note in about["notes"])
    assert get(client, "start", day="1999-01-01")["edges"]


@pytest.mark.parametrize(
    ("path", "parameters", "status", "said"),
    [
        ("near", {"id": "id:body/0"}, 404, "holds nothing called"),
        ("near", {"id": "javascript:alert(1)"}, 404, "holds nothing called"),
        ("near", {"id": "id:body/ x"}, 404, "holds nothing called"),
        ("near", {"id": "id:line/6-4-2a/x"}, 404, "holds nothing called"),
        ("near", {"id": "kijun:promptly"}, 404, "holds nothing called"),
        ("thing", {"id": "kijun:Norm"}, 404, "holds nothing called"),
        ("near", {}, 400, '"id" is missing'),
        ("near", {"id": NICT, "take": "eats"}, 404, "no relation is called"),
        ("near", {"id": NICT, "take": "reports>up"}, 404, "no relation is called"),
        ("near", {"id": NICT, "room": "0"}, 400, "a number from 1 to"),
        ("near", {"id": NICT, "room": "1" * 400}, 400, "a number from 1 to"),
        ("search", {"q": "x", "limit": "²"}, 400, "a number from 1 to"),
        ("search", {"q": "x" * (LONGEST + 1)}, 400, "has more than"),
        ("search", [("q", "a"), ("q", "b")], 400, "given twice"),
        ("duties", {"id": "kijun:Ministry"}, 400, "is a class"),
        ("route", {"from": NICT, "to": NICT}, 400, "are one party"),
        ("route", {"from": NICT, "to": NISC, "about": "cats"}, 404, "no topic is called"),
        ("why", {"body": NICT}, 400, "name a line, a hole, or a body and a norm"),
        ("why", {"body": NICT, "norm": "9(9)-9z"}, 404, "no norm is called"),
        ("why", {"line": "id:line/x"}, 404, "there is no line"),
        ("about", {"day": "2016-02-30"}, 400, "no such day"),
        ("about", {"lang": "fr"}, 400, "there is no language"),
    ],
)
def test_an_error_is_one_sentence(
    client: TestClient, path: str, parameters: Any, status: int, said: str
) -> None:
    answer = client.get(f"/api/{path}", params=parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert said in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_only_reading_is_possible(client: TestClient) -> None:
    assert client.post("/api/search", params={"q": "x"}).status_code == 405


def test_graphs_of_other_days_are_opened_once_and_not_without_end(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg)
    assert shelf.explorer({}).graph is kg
    english = shelf.explorer({"lang": "en"})
    assert english is shelf.explorer({"lang": "en"})
    for number in range(1, KEPT + 3):
        shelf.explorer({"day": f"1999-01-{number:02}"})
    assert shelf.explorer({}).graph is kg
    assert shelf.explorer({"lang": "en"}) is not english


def test_facts_are_in_words(kg: KnowledgeGraph) -> None:
    row = next(row for row in kg.reports() if row["lane"] == "working")
    shown = dict(facts(row, REPORT_COLUMNS, "ja"))
    assert shown["系統"] == "実務者"
    assert shown["強さ"] == "義務"
    assert "IRI" not in " ".join(shown)
