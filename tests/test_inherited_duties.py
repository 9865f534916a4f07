"""Duties of real bodies: routes, forces, paths and what is displaced, as the design says."""

from __future__ import annotations

import freeze_answers
from expected_answers import NENKIN, NICT, SOUMU, YEAR_2016, YEAR_2026, duties, every, graph, names
from kijun.terms import ID


def test_the_three_bodies_and_the_centre_inherit_by_the_routes_of_the_design() -> None:
    def routes(body: str) -> dict[str, set[object]]:
        found: dict[str, set[object]] = {}
        for row in duties(body):
            found.setdefault(str(row["route"]), set()).add(row["section"])
        return found

    for corporation in (NICT, NENKIN):
        found = routes(corporation)
        assert found.keys() == {"incorporation", "role", "class"}
        assert found["incorporation"] == {"3(1)①", "3(1)②", "3(1)③", "3(2)", "3(3)", "6(5)"}
        assert found["role"] == {"6(1)"}
    ministry = routes(SOUMU)
    assert ministry.keys() == {"supervision", "role", "class"}
    assert ministry["supervision"] == {"4(1)", "4(2)", "4(3)", "6(1)", "6(4)"}
    assert ministry["role"] == {"3(3)", "6(1)"}
    assert not any(str(section).startswith("4") for section in ministry["class"])
    assert routes("NISC").keys() == routes("戦略本部").keys() == {"direct"}


def test_a_path_names_its_norms_whatever_rows_stand_beside_it() -> None:
    for row in duties(NICT, route="incorporation"):
        assert names(row, "path")[-1 if row["bearer"] == "府省庁" else -2] == row["norm"]
        for step, iri in zip(names(row, "path"), names(row, "path_iri"), strict=True):
            if iri.startswith(f"{ID}norm/"):
                assert "(" in step, step


def test_one_row_for_each_norm_and_route() -> None:
    for body in freeze_answers.BODIES.values():
        rows = [(row["norm"], row["route"]) for row in duties(body)]
        assert len(rows) == len(set(rows))
        every = [(row["norm"], row["route"]) for row in duties(body, all_paths=True)]
        assert set(every) == set(rows)
        assert len(every) >= len(rows)


def test_force_survives_only_grades_that_bind() -> None:
    grades = {
        **dict.fromkeys(("4(1)-2a", "4(2)-1a", "4(2)-1b", "4(3)-1a", "4(3)-1b"), "踏まえ"),
        "6(5)-2a": "同様に",
    }
    seen = set()
    for row in every(all_paths=True):
        if row["route"] != "incorporation":
            assert row["grade"] is None
            assert row["derived_force"] == row["force"]
            continue
        through = [step for step in names(row, "path") if step in grades]
        assert [grades[step] for step in through] == [row["grade"]]
        seen.add(row["grade"])
        weak = row["grade"] == "踏まえ"
        assert row["derived_force"] == ("regard" if weak else row["force"])
        assert "置き換えて読む" in str(row["interpretation"])
    assert seen == {"踏まえ", "同様に"}


def test_the_incorporating_norm_keeps_its_own_row_and_force() -> None:
    own = {row["norm"]: row for row in duties(NICT) if row["route"] == "class"}
    for norm in ("4(1)-2a", "4(2)-1a", "4(3)-1a", "6(5)-2a"):
        assert own[norm]["derived_force"] == "must"


def test_audit_advice_of_the_own_section_displaces_the_incorporated_one() -> None:
    rows = {row["norm"]: row for row in duties(NICT)}
    assert rows["3(3)-8a"]["displaced_by"] == "4(3)-5a"
    assert rows["3(3)-8a"]["displaced_by_iri"] == f"{ID}norm/4-3-5a"
    assert rows["4(3)-5a"]["derived_force"] == "must"
    assert rows["4(3)-5a"]["displaced_by"] is None


def test_a_corporation_does_not_bear_what_only_ministries_bear() -> None:
    corporations = {row["body"] for row in every() if row["norm"] == "6(4)-3a"}
    assert len(corporations) == 97
    for row in [row for row in every() if row["body"] in corporations]:
        assert row["norm"] not in ("6(4)-2a", "6(4)-2b")
        assert "NISC" not in names(row, "recipient")
        assert row["route"] != "supervision"
        if row["bearer"] == "府省庁":
            assert row["route"] == "incorporation"


def test_the_path_begins_with_the_body_and_the_citation_is_at_hand() -> None:
    for row in every(all_paths=True):
        path, iris = names(row, "path"), names(row, "path_iri")
        assert (path[0], iris[0]) == (row["body"], row["body_iri"])
        assert len(path) == len(iris)
        if row["route"] == "incorporation":
            assert row["norm"] in path


def test_the_goal_article_follows_the_class_of_the_corporation() -> None:
    found = {
        names(row, "path")[1]: names(row, "path_iri")[-1]
        for row in duties(SOUMU, all_paths=True)
        if row["norm"] == "4(1)-3a"
    }
    act = f"{ID}law/411AC0000000103/"
    assert found["統計センター"] == f"{act}art-35-9-1"
    assert found[NICT] == f"{act}art-35-4-1"
    assert found["郵便貯金・簡易生命保険管理機構"] == f"{act}art-29-1"
    assert not {"地方職員共済組合", "地方公共団体情報システム機構"} & found.keys()


def test_only_the_evaluation_of_an_iaa_must_be_published() -> None:
    designated = {str(row["body"]) for row in graph().duties(members_of="指定法人").rows}
    assert len(designated) == 9
    welfare = duties("厚生労働省", all_paths=True)
    evaluates = [names(row, "path")[1] for row in welfare if row["norm"] == "4(3)-3a"]
    assert evaluates == [NENKIN]
    for row in [row for row in every(all_paths=True) if row["route"] == "supervision"]:
        corporation = names(row, "path")[1]
        if row["norm"] in ("4(1)-3a", "4(3)-2a", "4(3)-2b"):
            assert corporation not in designated
        if row["norm"] in ("4(1)-4a", "4(3)-3a"):
            assert corporation in designated


def test_a_ministry_that_supervises_nobody_has_no_duty_of_supervision() -> None:
    assert {row["route"] for row in duties("人事院")} == {"class", "role"}
    assert "6(4)-2a" in [row["norm"] for row in duties("人事院")]


def test_ministries_report_for_themselves_and_for_those_they_supervise() -> None:
    rows = [row["route"] for row in duties(SOUMU) if row["norm"] == "6(4)-2a"]
    assert sorted(rows) == ["class", "supervision"]
    assert [row["route"] for row in duties(SOUMU) if row["norm"] == "6(4)-2b"] == ["class"]


def test_the_limits_of_duties_agree_with_the_whole() -> None:
    kg = graph()
    bodies = {row["body"] for row in every()}
    assert len(bodies) == 88 + 9 + 22 + 2
    assert {*freeze_answers.BODIES.values(), "サイバーセキュリティ戦略本部"} <= bodies
    designated = list(kg.duties(members_of="指定法人").rows)
    assert {row["body"] for row in designated} < bodies
    chosen = {row["body"] for row in designated}
    assert designated == [row for row in every() if row["body"] in chosen]
    for route in ("supervision", "incorporation", "direct"):
        rows = list(kg.duties(route=route).rows)
        assert rows == [row for row in every() if row["route"] == route]
    assert duties(NICT) == [row for row in every() if row["body"] == NICT]
    assert duties(SOUMU, route="platform") == []


def test_classes_at_both_dates_have_the_counts_of_the_registers() -> None:
    def count(day: str, kind: str) -> int:
        rows = graph(day).duties(members_of=kind, route="role").rows
        return len({row["body"] for row in rows})

    for kind, counts in {
        "中期目標管理法人": (54, 53),
        "国立研究開発法人": (27, 26),
        "行政執行法人": (7, 7),
        "指定法人": (9, 9),
        "府省庁": (22, 25),
    }.items():
        assert (count(YEAR_2016, kind), count(YEAR_2026, kind)) == counts, kind
