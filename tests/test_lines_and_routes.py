"""Reporting lines and routes of real bodies, as the sentences and the registers say."""

from __future__ import annotations

import csv

from expected_answers import (
    AMED,
    CORPORATIONS,
    JAEA,
    MINISTRIES,
    NENKIN,
    NICT,
    REGISTERS,
    SOUMU,
    YEAR_2016,
    YEAR_2026,
    graph,
    names,
    printed,
)
from kijun.errors import BadInput
from kijun.terms import ID, NS


def test_one_line_for_each_competent_minister() -> None:
    def ministries(body: str, day: str = YEAR_2016) -> list[object]:
        rows = graph(day).reports(body, about="incident").rows
        return sorted(str(row["to"]) for row in rows if row["norm"] == "6(4)-3a")

    assert ministries(JAEA) == sorted(["文部科学省", "経済産業省", "環境省"])
    assert ministries(NENKIN) == ["厚生労働省"]
    assert len(ministries(NICT)) == 6
    assert "財務省" in ministries(NICT)
    assert "財務省" not in ministries(NICT, YEAR_2026)
    assert len(ministries(AMED)) == len(ministries(AMED, YEAR_2026)) == 4


def test_lines_follow_the_registers_of_supervision() -> None:
    """Count ministers in the tables themselves; three offices have a ministry as their reading."""
    behind = {"原子力規制委員会": "環境省", "国家公安委員会": "警察庁", "内閣総理大臣": "内閣府"}
    wanted: dict[str, set[str]] = {}
    with (REGISTERS / "organizations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "ministry" and row["as_of"] < "2020":
                names = row["supervising_ministry"].split(";")
                wanted[row["name_ja"]] = {behind.get(name, name) for name in names}
    found: dict[str, set[str]] = {}
    for row in graph().reports(expand=True).rows:
        if row["norm"] == "5(2)-1b":
            found.setdefault(str(row["from"]), set()).add(str(row["to"]))
    assert len(found) == 97
    assert {body: found[body] for body in found} == {body: wanted[body] for body in found}


def test_a_ministry_behind_a_minister_is_marked_also_where_corporations_do_not_show() -> None:
    """What is told to everyone, or to NISC, rests on the reading as well (4(2), 4(3))."""

    def readings(**ends: str) -> dict[tuple[object, object], str]:
        return {
            (row["norm"], row["to"] if "sender" in ends else row["from"]): str(
                row["interpretation"] or ""
            )
            for row in graph().reports(**ends).rows
        }

    said = "主務大臣としての国家公安委員会の府省庁を、委員会に置かれる警察庁と読む。"
    police = readings(sender="警察庁")
    assert said in police["4(3)-2b", "国民"]
    assert said in police["4(2)-4a", "NISC"]
    # As a ministry it tells NISC of its own incidents, whomever it supervises.
    assert said not in police["6(4)-2a", "NISC"]
    told = readings(receiver="警察庁")
    assert said in told["4(3)-4b", "NISC"]
    assert said not in told["6(5)-4a", "NISC"]
    assert not readings(sender="総務省")["4(3)-2b", "国民"]
    behind = readings(sender="内閣府")["4(3)-2b", "国民"]
    assert behind.count("名簿は内閣府を所管とし、法律は内閣総理大臣を主務大臣とする。") == 1
    assert "主務大臣としての内閣総理大臣の府省庁を内閣府と読む。" in behind


def test_the_competent_minister_is_an_office_wherever_it_is_named() -> None:
    for body, ministry in (("国立公文書館", "内閣府"), ("国民生活センター", "消費者庁")):
        rows = graph().duties(ministry, route="supervision", all_paths=True).rows
        over = [row for row in rows if body in row["path"]]  # type: ignore[operator]
        assert len({row["norm"] for row in over}) == 7
        for row in over:
            assert row["path"][:3] == [ministry, "内閣総理大臣", body]  # type: ignore[index]
            assert f"府省庁は名簿のとおり{ministry}と読む。" in str(row["interpretation"])
        for row in graph().reports(body, ministry).rows:
            assert f"府省庁は名簿のとおり{ministry}と読む。" in str(row["interpretation"])


def test_single_points_are_by_business_only_where_each_cuts_its_own() -> None:
    def said(sender: str, receiver: str, **options: object) -> tuple[object, bool]:
        found = graph().route(sender, receiver, **options)  # type: ignore[arg-type]
        return found.rows[0]["single_points"], any("業務ごと" in note for note in found.notes)

    assert said(NENKIN, SOUMU) == (["NISC", "厚生労働省"], False)
    assert said("国立印刷局", "警察庁") == (["NISC", "財務省"], False)
    points, by_business = said(NICT, "NISC")
    assert by_business
    assert len(points) == 6  # type: ignore[arg-type]
    assert said(AMED, "NISC") == ([], False)


def test_the_two_lanes_of_4_2() -> None:
    rows = [
        row
        for row in printed("reports", "--from", JAEA)
        if row["sentence_iri"] == f"{ID}sentence/4-2-3"
    ]
    working = [row for row in rows if row["norm"] == "4(2)-3a"]
    executive = [row for row in rows if row["norm"] == "4(2)-3b"]
    assert {row["lane"] for row in working} == {"working"}
    assert {row["lane"] for row in executive} == {"executive"}
    ministries = {row["to"] for row in working}
    assert {row["to"] for row in executive} == {f"{name} 管理職" for name in ministries} | {
        f"{JAEA} 役員"
    }


def test_no_line_sends_a_corporation_to_the_centre() -> None:
    for day in (YEAR_2016, YEAR_2026):
        kg = graph(day)
        ministries = {row["body"] for row in kg.duties(members_of=MINISTRIES, route="role").rows}
        rows = kg.reports(receiver="NISC", expand=True).rows
        assert {row["from"] for row in rows} == ministries
        assert {row["norm"] for row in rows} == {"4(2)-4a", "6(4)-2a", "6(4)-2b"}


def test_asked_about_classes_lines_join_classes() -> None:
    rows = graph().reports().rows
    assert all(str(row["from_iri"]).startswith((NS, f"{ID}office/")) for row in rows)
    assert not any(f"{ID}body/" in f"{row['from_iri']}{row['to_iri']}" for row in rows)
    assert {row["act"] for row in rows} <= {
        "連絡",
        "報告",
        "共有",
        "情報提供",
        "周知",
        "注意喚起",
        "助言",
        "公表",
    }
    consent = next(row for row in rows if row["norm"] == "6(4)-4b")
    assert consent["condition"] == "情報元の同意"


def test_a_topic_limits_lines_to_itself_and_its_kin() -> None:
    def sections(topic: str) -> set[object]:
        return {row["norm"] for row in graph().reports(about=topic).rows}

    assert sections("監査結果") == {"5(2)-1b"}
    assert "5(2)-1b" not in sections("incident")
    assert {"6(4)-2a", "6(4)-3a", "4(2)-3a"} <= sections("incident") == sections("インシデント")


def test_what_supervision_splits_is_said_with_its_article() -> None:
    for row in printed("reports", "--from", NICT, "--to", "総務省"):
        assert "第22条" in str(row["condition"])
    joint = printed("reports", "--from", AMED, "--to", "厚生労働省")
    assert joint
    assert all("法人全体" in str(row["condition"]) for row in joint)
    assert all("第18条" in str(row["condition"]) for row in joint)


def test_a_ministry_that_is_a_reading_is_marked_so() -> None:
    rows = printed("reports", "--from", NICT, "--to", "警察庁")
    assert rows
    # The weakest ground: that 警察庁 was a reporting unit in 2016 is recalled.
    assert {row["basis"] for row in rows} == {"recalled"}
    assert all("国家公安委員会" in str(row["interpretation"]) for row in rows)


# --- routes -----------------------------------------------------------------------------


def points(body: str, day: str = YEAR_2016) -> set[str]:
    found = {
        tuple(names(row, "single_points"))
        for row in graph(day).route(body, "NISC", "incident").rows
    }
    assert len(found) == 1
    return set(found.pop())


def test_single_points_of_failure() -> None:
    assert points(NENKIN) == {"厚生労働省"}
    assert points(SOUMU) == set()
    assert points(NICT) == {"総務省", "国土交通省", "農林水産省", "文部科学省", "財務省", "警察庁"}
    assert points(JAEA) == {"文部科学省", "経済産業省", "環境省"}
    for day in (YEAR_2016, YEAR_2026):
        assert points(AMED, day) == set()


def test_joint_supervision_of_the_whole_body_leaves_no_single_point() -> None:
    for body in ("住宅金融支援機構", "奄美群島振興開発基金"):
        assert points(body) == set()


def test_a_route_is_a_chain_from_party_to_party() -> None:
    for body in (NICT, AMED, NENKIN):
        rows = printed("route", body, "NISC", "--about", "incident")
        for row in rows:
            legs = row["legs"]
            assert isinstance(legs, list)
            assert row["length"] == len(legs) == 2
            assert (legs[0]["from"], legs[-1]["to"]) == (body, "NISC")
            # Managers of a ministry are the ministry.
            assert legs[0]["to"].removesuffix(" 管理職") == legs[1]["from"]
            assert not any(leg["reading"] for leg in legs)
            assert legs[0]["lane"] == row["lane"]
        ministries = {row["legs"][1]["from"] for row in rows}  # type: ignore[index]
        assert len(rows) == 6 * len(ministries)
        lanes = [row["lane"] for row in rows]
        assert lanes.count("working") == lanes.count("executive") == lanes.count(None)


def test_a_leg_without_haste_is_slow_beside_one_with_it() -> None:
    for row in printed("route", NENKIN, "NISC", "--about", "incident"):
        for leg in row["legs"]:  # type: ignore[attr-defined]
            assert leg["slow"] == (leg["norm"] == "4(2)-4a")
    lengths = [row["length"] for row in printed("route", NICT, SOUMU)]
    assert lengths == sorted(lengths)


def test_between_classes_what_ministries_must_tell_a_supervising_one_must_tell_too() -> None:
    for sender in (CORPORATIONS, "独立行政法人"):
        rows = graph().route(sender, "NISC", "incident").rows
        last = {row["legs"][-1]["norm"]: row["legs"][-1] for row in rows}  # type: ignore[index]
        assert last.keys() == {"4(2)-4a", "6(4)-2a"}
        assert (last["6(4)-2a"]["timing"], last["6(4)-2a"]["slow"]) == ("速やかに", False)
        assert last["4(2)-4a"]["slow"] is True
        assert {tuple(names(row, "single_points")) for row in rows} == {("所管府省庁",)}


def test_nobody_has_a_route_to_itself() -> None:
    try:
        rows = list(graph().route(NICT, "NICT").rows)
    except BadInput:
        rows = []
    assert rows == []


def test_a_class_beside_a_body_is_not_said_to_be_out_of_reach() -> None:
    """The text does lead from the corporation to its ministry: "no route" would be wrong."""
    try:
        rows = list(graph().route(NICT, "所管府省庁").rows)
    except BadInput:
        return
    assert rows


def test_there_is_no_way_back_from_the_centre_to_a_corporation_about_an_incident() -> None:
    for body in (NICT, NENKIN):
        answer = graph().route("NISC", body, "incident")
        assert not answer.rows
        assert any("経路は文にない" in note for note in answer.notes)
