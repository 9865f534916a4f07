"""Pictures hold all that their answers hold, and say where it stands."""

from __future__ import annotations

from collections import Counter

import pytest

import kijun
from kijun import lookup
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph
from kijun.legend import LINKS, MARKS, look
from kijun.norms import FORCES
from kijun.parties import KIND_OF_CLASS
from kijun.picture import Link, Mark, Picture
from kijun.terms import NS
from kijun.views import VIEWS

ALL = (
    ("reports", ("厚生労働省",), {}),
    ("reports", ("日本年金機構",), {}),
    ("reports", ("NISC",), {}),
    ("reports", ("NISC",), {"expand": True}),
    ("reports", ("総務省",), {"about": "incident"}),
    ("route", ("情報通信研究機構", "NISC"), {"about": "incident"}),
    ("route", ("独立行政法人等", "NISC"), {}),
    ("route", ("NISC", "日本年金機構"), {}),
    ("duties", ("総務省",), {}),
    ("duties", ("日本年金機構",), {}),
    ("duties", ("会計検査院",), {}),
    ("drafting", (), {}),
    ("framework", (), {}),
)


def picture(kg: KnowledgeGraph, what: str, *names: str, **options: object) -> Picture:
    return kg.view(what, *names, **options).picture  # type: ignore[arg-type]


def marks(shown: Picture) -> dict[str, Mark]:
    return {mark.id: mark for mark in shown.all_marks()}


def facts(thing: Mark | Link) -> dict[str, str]:
    return dict(thing.facts)


def ends(shown: Picture, link: Link) -> tuple[list[str], list[str]]:
    """Return whom a link joins: a frame stands for each of its members."""
    by_id = marks(shown)

    def labels(name: str) -> list[str]:
        return [member.label for member in by_id[name].members] or [by_id[name].label]

    return labels(link.source), labels(link.target)


@pytest.mark.parametrize(("what", "names", "options"), ALL)
def test_a_picture_is_sound(
    kg: KnowledgeGraph, what: str, names: tuple[str, ...], options: dict[str, object]
) -> None:
    shown = picture(kg, what, *names, **options)
    there = Counter(mark.id for mark in shown.all_marks())
    assert max(there.values()) == 1, "a mark is one thing"
    assert len({link.id for link in shown.links} | set(there)) == len(shown.links) + len(there)
    for link in shown.links:
        assert {link.source, link.target} <= set(there)
        assert set(link.kinds) <= set(LINKS)
        assert look(link.kinds).colour
    assert {mark.kind for mark in shown.all_marks()} <= set(MARKS)
    assert shown.notes[: len(kg.notes())] == tuple(kg.notes()), "what must be said comes first"
    assert shown == picture(kg, what, *names, **options), "the same picture each time"


@pytest.mark.parametrize("body", ["厚生労働省", "日本年金機構", "情報通信研究機構"])
def test_every_line_of_a_body_is_drawn(kg: KnowledgeGraph, body: str) -> None:
    shown = picture(kg, "reports", body)
    asked, label = kg.find(body).iri, kg.find(body).label
    homes = lookup.homes(kg.engine)
    drawn = Counter(
        (link.kinds[0], sender, receiver, "otherReading" in link.kinds, facts(link)["規範"])
        for link in shown.links
        for sender in ends(shown, link)[0]
        for receiver in ends(shown, link)[1]
    )
    rows = {row["line_iri"]: row for row in [*kg.reports(body), *kg.reports(None, body)]}
    told = Counter(
        (
            row["act_iri"].removeprefix(NS),
            row["from"],
            # Telling its managers is telling the ministry; its own executives are told by it.
            label if homes.get(row["to_iri"]) == asked != row["from_iri"] else row["to"],
            row["reading"],
            row["norm"],
        )
        for row in rows.values()
    )
    assert drawn == told
    assert len(shown.table.rows) == len(rows)
    assert [mark.label for mark in shown.marks if mark.asked] == [label]


def test_a_line_says_its_statement_and_where_it_stands(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "reports", "総務省")
    (link,) = (link for link in shown.links if link.label.startswith("6(4)-2a"))
    assert link.label == "6(4)-2a 連絡（速やかに）\nインシデント"
    said = facts(link)
    assert said["根拠"] == "6(4) 第2文"
    assert (
        said["内容（我々の言葉）"] == kg.norms(section="6(4)").where(norm="6(4)-2a")[0]["statement"]
    )
    assert (said["発"], said["宛"], said["時期"]) == ("総務省", "NISC", "速やかに")
    assert said["効力"] == "不明"


def test_what_differs_between_partners_stays_with_each(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "reports", "厚生労働省")
    (frame,) = (mark for mark in shown.marks if mark.members)
    conditions = {member.label: facts(member).get("条件") for member in frame.members}
    rows = kg.reports("厚生労働省").where(norm="4(2)-4a", act="注意喚起")
    assert conditions == {row["to"]: row["condition"] for row in rows}
    assert conditions["水資源機構"]
    assert conditions["国立病院機構"] is None
    (alert,) = (link for link in shown.links if link.kinds[0] == "alert")
    for name, condition in conditions.items():
        assert (condition is None) or f"{name}：{condition}" in facts(alert)["条件"].splitlines()
    assert "国立病院機構" not in facts(alert)["条件"]


def test_partners_share_a_frame_only_with_the_same_lines(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "reports", "NISC", expand=True)
    frames = [mark for mark in shown.marks if mark.members]
    assert sum(len(frame.members) for frame in frames) == 22
    advised = kg.reports("NISC", expand=True).where(norm="4(3)-4b")
    supervising = {row["to"] for row in advised}
    assert {frozenset(member.label for member in frame.members) for frame in frames} == {
        frozenset(supervising),
        frozenset({row["to"] for row in kg.reports("NISC", expand=True)} - supervising),
    }


def test_every_leg_of_every_route_is_drawn(kg: KnowledgeGraph) -> None:
    routes = kg.route("情報通信研究機構", "NISC", about="incident")
    shown = picture(kg, "route", "情報通信研究機構", "NISC", about="incident")
    legs = {leg["line_iri"]: leg for row in routes for leg in row["legs"]}
    assert {link.id for link in shown.links} == set(legs)
    slow = {iri for iri, leg in legs.items() if leg["slow"]}
    assert {link.id for link in shown.links if "slow" in link.kinds} == slow != set()
    cut = {mark.label for mark in shown.marks if mark.kind == "cut"}
    assert cut == set(routes[0]["single_points"])
    ranks = {mark.label: mark.rank for mark in shown.marks}
    assert ranks["情報通信研究機構"] < min(ranks[point] for point in cut) < ranks["NISC"]
    assert shown.title.endswith("（インシデント）")


def test_a_route_between_classes_goes_on_through_the_wider_class(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "route", "独立行政法人等", "NISC")
    by_id = marks(shown)
    turns = {
        (by_id[link.source].label, by_id[link.target].label)
        for link in shown.links
        if link.kinds == ("belongs",)
    }
    assert ("所管府省庁", "府省庁") in turns


def test_where_there_is_no_route_the_picture_says_so(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "route", "NISC", "日本年金機構", about="監査結果")
    assert not shown.links
    assert "経路は文にない" in shown.notes[-1]
    assert {mark.label for mark in shown.marks} == {"NISC", "日本年金機構"}


@pytest.mark.parametrize("body", ["総務省", "日本年金機構", "統計センター"])
def test_every_duty_stands_in_a_frame_behind_its_way(kg: KnowledgeGraph, body: str) -> None:
    shown = picture(kg, "duties", body)
    rows = {row["duty_iri"]: row for row in kg.duties(body)}
    frames = {mark.id: mark for mark in shown.marks if mark.members}
    drawn = {member.id: frame for frame in frames.values() for member in frame.members}
    assert set(drawn) == set(rows)
    into = {link.target: link for link in shown.links}
    for duty, row in rows.items():
        link = into[drawn[duty].id]
        assert link.kinds[0] == row["derived_force"], "the link carries the force that arrives"
        assert ("incorporates" in link.kinds) == (row["route"] == "incorporation")
        way = [link.source]
        while way[-1] in into:
            way.append(into[way[-1]].source)
        steps = [step.rpartition(" ")[2] for step in reversed(way)]
        assert steps == [step for step in row["path_iri"] if step != row["norm_iri"]]
    regarded = {row["norm"] for row in rows.values() if row["displaced_by"]}
    displaced = {mark.label.split()[0] for mark in shown.all_marks() if mark.kind == "displaced"}
    assert displaced == regarded


def test_the_framework_holds_every_norm_and_whom_it_is_directed_at(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "framework")
    by_id = marks(shown)
    bearers = {
        heading.partition("（")[0]: mark.id for mark in shown.marks for heading, _ in mark.facts
    }
    norms = kg.norms()
    assert bearers == {row["norm"]: row["bearer_iri"] for row in norms}
    directed = {
        (heading.partition("（")[0], by_id[link.target].id)
        for link in shown.links
        for heading, _ in link.facts
    }
    assert directed == {
        (row["norm"], recipient)
        for row in norms
        for recipient in row["recipient_iri"]
        if recipient != row["bearer_iri"]
    }


def test_the_making_of_the_standards_is_in_steps(kg: KnowledgeGraph) -> None:
    shown = picture(kg, "drafting")
    by_id = marks(shown)
    drawn = {
        (by_id[link.source].label, by_id[link.target].label, link.label, heading.partition("（")[0])
        for link in shown.links
        for heading, _ in link.facts
    }
    assert drawn == {
        (row["party"], row["document"], f"{'①②③'[row['stage'] - 1]} {row['part']}", row["norm"])
        for row in kg.ask("making-of-the-standards")
    }


def test_the_legend_speaks_the_words_of_the_ontology(kg: KnowledgeGraph) -> None:
    labels = {
        row["term"].removeprefix(NS): row["label"]
        for row in kg.sparql(
            "SELECT ?term ?label { ?term skos:prefLabel ?label . FILTER(LANG(?label) = 'ja') }"
        )
    }
    own = {"must", "need", "should", "may", "regard", "belongs", "role", "slow", "otherReading"}
    own |= {"directs", "supervises", "incorporates"}
    own |= {"runs", "connects", "unprovided", "unconnected"}
    for kind, drawn in LINKS.items():
        if kind not in own:
            assert drawn.ja == labels[kind]
    for force, word in FORCES.items():
        assert LINKS[force].ja == f"負う：{word}"
    for name, kind in KIND_OF_CLASS.items():
        if name in ("Ministry", "DesignatedCorporation"):
            assert MARKS[kind].ja == labels[name]


@pytest.mark.parametrize(("what", "names", "options"), ALL)
def test_nothing_is_said_by_colour_alone(
    kg: KnowledgeGraph, what: str, names: tuple[str, ...], options: dict[str, object]
) -> None:
    shown = picture(kg, what, *names, **options)
    bare = {link.kinds for link in shown.links if not link.label}
    looks = [look(kinds)._replace(ja="", en="", colour="") for kinds in bare]
    assert len(set(looks)) == len(looks), "links without words differ in dashes or width"
    kinds = {mark.kind for mark in shown.all_marks()}
    outlines = [(MARKS[k].shape, MARKS[k].dashes, MARKS[k].width) for k in kinds]
    assert len(set(outlines)) == len(outlines), "marks differ in shape, border or dashes"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_and_lines_stand_out_from_their_ground() -> None:
    for drawn in MARKS.values():
        assert contrast("#1a1a1a", drawn.fill) >= 7
    for kind, line in LINKS.items():
        assert not line.colour or contrast(line.colour, "#ffffff") >= 3, kind


def test_english_pictures_are_english(kg: KnowledgeGraph) -> None:
    english = kijun.open(lang="en")
    shown = english.view("route", "NICT", "NISC", about="incident").picture
    assert shown.title.startswith("Routes from National Institute of Information")
    assert any("(promptly)" in link.label for link in shown.links)
    assert facts(shown.links[0])["citation"].startswith("4(2), sentence")
    assert english.view("framework").picture.title == "Who does what to whom"


def test_views_refuse_what_they_cannot_draw(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match=f"choose one of {', '.join(VIEWS)}"):
        kg.view("everything")
    with pytest.raises(BadInput, match="names wanted: 2, given: 1; say view route FROM TO"):
        kg.view("route", "NISC")
    with pytest.raises(BadInput, match="view duties takes no about; leave it out"):
        kg.view("duties", "総務省", about="incident")
    with pytest.raises(UnknownName):
        kg.view("reports", "存在しない省")
    with pytest.raises(BadInput, match="is a class"):
        kg.view("duties", "府省庁")
