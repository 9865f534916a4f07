"""Two bodies, two classes, or one body on two days: every row read against the guideline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable

import pytest

from kijun.contrasts import KINDS
from kijun.differences import diff
from kijun.errors import BadInput, UnknownName
from kijun.formats import FORMATS, answer_bytes
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.terms import ID

Rows = list[dict[str, object]]

NICT_MINISTRIES = ["国土交通省", "文部科学省", "総務省", "警察庁", "財務省", "農林水産省"]


@pytest.fixture(scope="module")
def later() -> KnowledgeGraph:
    return open_graph("2026-04-01")


def ask(kg: KnowledgeGraph, *names: str, second: KnowledgeGraph | None = None) -> Rows:
    return [dict(row) for row in diff(kg, *names, second=second).rows]


def shown(rows: Rows, *keys: str) -> list[tuple[object, ...]]:
    return [tuple(row.get(key) for key in keys) for row in rows]


# Two bodies


def test_a_national_research_agency_and_a_designated_corporation(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "情報通信研究機構", "日本年金機構")
    posts = [f"{name} 管理職" for name in NICT_MINISTRIES]
    telling = [NICT_MINISTRIES, ["厚生労働省"]]
    assert shown(rows, "kind", "norm", "change", "first", "second") == [
        ("class", None, "changes", ["独立行政法人", "国立研究開発法人"], ["指定法人"]),
        (
            "minister",
            None,
            "changes",
            [
                "総務省",
                "国土交通省",
                "農林水産省",
                "国家公安委員会（警察庁）",
                "文部科学省",
                "財務省",
            ],
            ["厚生労働省"],
        ),
        # Goals and a published evaluation for the one, guidance and an evaluation for the other.
        ("about", "4(1)-3a", "vanishes", "義務（通則法第35条の4第1項）", None),
        ("about", "4(1)-4a", "appears", None, "義務"),
        ("about", "4(3)-2a", "vanishes", "義務", None),
        ("about", "4(3)-2b", "vanishes", "義務", None),
        ("about", "4(3)-3a", "appears", None, "義務"),
        ("line", "4(2)-3a", "changes", *telling),
        ("line", "4(2)-3b", "changes", posts, ["厚生労働省 管理職"]),
        ("line", "4(2)-4a", "changes", *telling),
        ("line", "5(2)-1b", "changes", *telling),
        ("line", "6(1)-4b", "changes", *telling),
        ("line", "6(4)-3a", "changes", *telling),
        ("line", "6(4)-3a", "changes", *telling),
    ]
    # Its own executives are told by both, which is no difference.
    assert next(row for row in rows if row["norm"] == "4(2)-3b")["common"] == 1
    published = next(row for row in rows if row["norm"] == "4(3)-2b")
    assert (published["section"], published["sentence"]) == ("4(3)", 2)
    assert published["recipient"] == ["国民"]
    assert (published["first_force"], published["second_force"]) == (["must"], None)


def test_a_ministry_that_supervises_and_one_that_does_not(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "総務省", "金融庁")
    assert shown([row for row in rows if row["kind"] == "duty"], "norm", "first", "second") == [
        ("4(1)-3a", "義務（所管）", None),
        ("4(1)-4a", "義務（所管）", None),
        ("4(2)-4a", "義務（所管）", None),
        ("4(3)-2a", "義務（所管）", None),
        ("4(3)-2b", "義務（所管）", None),
        ("4(3)-3a", "義務（所管）", None),
        ("6(1)-4b", "推奨（所管）", None),
        ("6(1)-4c", "推奨（所管）", None),
        # Both report their own incidents; the one also those of its corporations.
        ("6(4)-2a", "義務（所管）、義務（類型）", "義務（類型）"),
    ]
    (corporations,) = [row for row in rows if row["kind"] == "corporation"]
    assert corporations["change"] == "vanishes"
    assert len(corporations["first"]) == 9  # type: ignore[arg-type]
    assert not [row for row in rows if row["kind"] == "name"]


def test_a_ministry_and_its_corporation(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "総務省", "統計センター")
    forces = {row["norm"]: (row["first"], row["second"]) for row in rows if row["kind"] == "duty"}
    assert forces["3(1)①-1a"] == ("義務（類型）", "考慮（引き継ぎ）")
    assert forces["3(3)-8a"] == ("義務（類型）", "考慮（引き継ぎ、4(3)-5aが代わる）")
    assert forces["6(5)-1a"] == ("義務（類型）", "義務（引き継ぎ）")
    assert forces["6(4)-2b"] == ("義務（類型）", None)
    assert forces["5(2)-1b"] == (None, "義務（類型）")
    assert "6(2)-1a" not in forces  # borne by both alike


def test_offices(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "NISC", "戦略本部")
    forces = {row["norm"]: row["change"] for row in rows if row["kind"] == "duty"}
    assert (forces["2-1a"], forces["2-1b"]) == ("vanishes", "appears")


def test_turning_it_round(kg: KnowledgeGraph) -> None:
    there, back = (ask(kg, *names) for names in (("総務省", "NICT"), ("NICT", "総務省")))
    turned = {"appears": "vanishes", "vanishes": "appears", "changes": "changes"}
    assert sorted(
        (turned[str(row["change"])], row["kind"], str(row["norm"]), str(row["second"]))
        for row in there
        if row["kind"] != "class"
    ) == sorted(
        (row["change"], row["kind"], str(row["norm"]), str(row["first"]))
        for row in back
        if row["kind"] != "class"
    )


@pytest.mark.parametrize(
    "pair",
    [
        ("日本年金機構", "総務省"),
        ("AMED", "統計センター"),
        ("国立公文書館", "NICT"),
        ("復興庁", "外務省"),
    ],
)
def test_it_agrees_with_the_duties_of_each(kg: KnowledgeGraph, pair: tuple[str, str]) -> None:
    rows = [row for row in ask(kg, *pair) if row["kind"] == "duty"]
    one, two = ({row["norm"] for row in kg.duties(name).rows} for name in pair)
    assert {row["norm"] for row in rows if row["change"] == "vanishes"} == one - two
    assert {row["norm"] for row in rows if row["change"] == "appears"} == two - one


def test_it_agrees_with_the_lines_of_each(kg: KnowledgeGraph) -> None:
    rows = [row for row in ask(kg, "日本年金機構", "統計センター") if row["kind"] == "line"]
    for side, name in (("first", "日本年金機構"), ("second", "統計センター")):
        lines = {
            (row["norm"], row["act"], row["to"])
            for row in kg.reports(name).rows
            if row["to"] not in ("関係部門", "関係機関", f"{name} 役員")
        }
        named = {
            (row["norm"], row["act"]): row[side] for row in rows if "相手" in str(row["detail"])
        }
        assert lines == {(*key, to) for key, told in named.items() for to in _listed(told)}


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


# Two days


def test_a_ministry_ten_years_later(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    answer = diff(kg, "総務省", second=later)
    assert shown(list(map(dict, answer.rows)), "kind", "change", "detail", "first", "second") == [
        (
            "name",
            "changes",
            "所管する法人の改称",
            ["郵便貯金・簡易生命保険管理機構"],
            ["郵便貯金簡易生命保険管理・郵便局ネットワーク支援機構"],
        )
    ]
    assert any(
        note.startswith("2026-04-01：指定法人は2016年10月12日の名簿") for note in answer.notes
    )
    heads = [column.label_ja for column in answer.columns if column.key in ("first", "second")]
    assert heads == ["2016-10-12", "2026-04-01"]


def test_a_corporation_that_lost_a_minister(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    answer = diff(kg, "情報通信研究機構", second=later)
    rows = [dict(row) for row in answer.rows]
    minister, *lines = rows
    assert minister["kind"] == "minister"
    assert "財務省（第22条）" in _listed(minister["first"])
    assert len(_listed(minister["first"])) == 6
    assert _listed(minister["second"])[0] == "総務省（第20条）"
    assert len(_listed(minister["second"])) == 5
    assert minister["provenance"]
    for row in lines:
        assert (row["kind"], row["change"], row["second"]) == ("line", "changes", None)
        assert row["first"] in (["財務省"], ["財務省 管理職"])
        assert (row["in_force"], row["first_in_force"], row["second_in_force"]) == (
            *(None, None),
            False,
        )
    assert {row["norm"] for row in lines} == {
        *("4(2)-3a", "4(2)-3b", "4(2)-4a", "5(2)-1b", "6(1)-4b", "6(4)-3a")
    }
    assert any("この間の変更：2026-04-01 財務省が" in note for note in answer.notes)


def test_a_successor_under_another_ministry(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    answer = diff(kg, "国立女性教育会館", "男女共同参画機構", second=later)
    rows = [dict(row) for row in answer.rows]
    assert shown(rows[:1], "kind", "first", "second", "common") == [
        ("minister", None, ["内閣総理大臣（内閣府）"], 1)
    ]
    assert {str(row["second"]) for row in rows[1:]} == {"['内閣府']", "['内閣府 管理職']"}
    assert any("承継された" in note for note in answer.notes)


def test_a_body_that_is_no_more(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    answer = diff(kg, "国立国際医療研究センター", second=later)
    assert {row["change"] for row in answer.rows} == {"vanishes"}
    assert {row["kind"] for row in answer.rows} == {"class", "minister", "duty", "about", "line"}
    assert any("名簿にない" in note for note in answer.notes)
    assert any("国立健康危機管理研究機構" in note for note in answer.notes)


def test_an_office_renamed(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    rows = ask(kg, "NISC", second=later)
    assert shown(rows[:1], "kind", "second") == [("name", ["国家サイバー統括室"])]
    new = ["こども家庭庁", "カジノ管理委員会", "デジタル庁"]
    assert shown(rows[1:], "norm", "first", "second") == [
        (norm, None, new) for norm in ("6(4)-2a", "6(4)-2b", "6(4)-4b", "6(5)-4a")
    ]


def test_a_class_on_two_days(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    assert not ask(kg, "独立行政法人", second=later)


# Classes


def test_two_kinds_of_corporations(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "独立行政法人", "指定法人")
    assert shown(rows, "kind", "norm", "change") == [
        ("about", "4(1)-3a", "vanishes"),
        ("about", "4(1)-4a", "appears"),
        ("about", "4(3)-2a", "vanishes"),
        ("about", "4(3)-2b", "vanishes"),
        ("about", "4(3)-3a", "appears"),
    ]


def test_two_classes_with_other_goals(kg: KnowledgeGraph) -> None:
    rows = ask(kg, "中期目標管理法人", "行政執行法人")
    assert shown(rows, "kind", "norm", "first", "second") == [
        ("about", "4(1)-3a", "義務（通則法第29条第1項）", "義務（通則法第35条の9第1項）")
    ]


def test_ministries_and_corporations_as_classes(kg: KnowledgeGraph) -> None:
    """What the classes bear agrees with what a body of each bears, by the rules."""
    rows = ask(kg, "府省庁", "独立行政法人等")
    forces = {row["norm"]: (row["first"], row["second"]) for row in rows if row["kind"] == "duty"}
    bodies = ask(kg, "総務省", "日本年金機構")
    for row in bodies:
        # A real ministry also has what only those bear that supervise.
        if row["kind"] == "duty" and row["norm"] in forces:
            assert forces[row["norm"]] == (row["first"], row["second"]), row["norm"]
    missing = {row["norm"] for row in bodies if row["kind"] == "duty"} - set(forces)
    assert missing == {"4(1)-3a", "4(1)-4a", "4(2)-4a", "4(3)-2a", "4(3)-2b"}


# What cannot be compared


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["情報通信研究機構"], "give a second body"),
        (["情報通信研究機構", "独立行政法人"], "a class and a body cannot be compared"),
        (["CISO", "府省庁"], "is no class of bodies"),
        (["独立行政法人", "役員"], "is no class of bodies"),
    ],
)
def test_what_cannot_be_compared(kg: KnowledgeGraph, names: list[str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        diff(kg, *names)


def test_an_unknown_name(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="nothing is called"):
        diff(kg, "情報通信研究機構", "ない機構")


def test_with_itself(kg: KnowledgeGraph) -> None:
    answer = diff(kg, "NICT", "情報通信研究機構")
    assert not answer.rows
    assert any("同じ日の情報通信研究機構と比べている" in note for note in answer.notes)


def test_one_that_answers_through_another(kg: KnowledgeGraph) -> None:
    answer = diff(kg, "国税庁", "総務省")
    assert any("国税庁については、財務省が答える" in note for note in answer.notes)
    heads = [column.label_ja for column in answer.columns if column.key == "first"]
    assert heads == ["財務省"]


# The answer itself


def _cases(kg: KnowledgeGraph, later: KnowledgeGraph) -> Iterable[Rows]:
    yield ask(kg, "情報通信研究機構", "日本年金機構")
    yield ask(kg, "総務省", "金融庁")
    yield ask(kg, "府省庁", "独立行政法人等")
    yield ask(kg, "国立国際医療研究センター", second=later)


def test_every_row_says_what_it_rests_on(kg: KnowledgeGraph, later: KnowledgeGraph) -> None:
    answer = diff(kg, "情報通信研究機構", "日本年金機構")
    known = {column.key for column in answer.columns}
    kinds = list(KINDS)
    for rows in _cases(kg, later):
        assert rows
        places = [kinds.index(str(row["kind"])) for row in rows]
        assert places == sorted(places)
        for row in rows:
            assert set(row) <= known
            assert row["first"] or row["second"]
            if row["kind"] in ("duty", "about", "line"):
                assert str(row["sentence_iri"]).startswith(f"{ID}sentence/")
                assert isinstance(row["sentence"], int)
                assert row["basis"] in ("found", "derived", "recalled")
            else:
                assert row["provenance"]


def test_all_formats_take_it(kg: KnowledgeGraph) -> None:
    answer = diff(kg, "情報通信研究機構", "日本年金機構")
    for form in FORMATS:
        assert answer_bytes(answer, form, describe=kg.describe)
    assert len(json.loads(answer_bytes(answer, "json"))) == len(answer.rows)
    table = answer_bytes(answer, "table").decode()
    assert "情報通信" in table
    assert "所管する" in table


def test_in_english() -> None:
    english = open_graph(lang="en")
    answer = diff(english, "NICT", "Japan Pension Service")
    assert any(note.startswith('"vanishes" is what only') for note in answer.notes)
    (published,) = [row for row in answer.rows if row["norm"] == "4(3)-2b"]
    assert (published["first"], published["second"]) == ("must", None)


SCRIPT = """
import sys
from kijun.differences import diff
from kijun.formats import answer_bytes
from kijun.knowledge import open_graph
for names in (("NICT", "日本年金機構"), ("府省庁", "独立行政法人等"), ("総務省", "環境省")):
    sys.stdout.buffer.write(answer_bytes(diff(open_graph(), *names), "csv"))
"""


def test_the_same_bytes_in_every_process(kg: KnowledgeGraph) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
