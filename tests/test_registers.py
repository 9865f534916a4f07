"""The registers: classes, units, names, supervision, and the files made from them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from kijun import corporate_numbers, register_tables, registers, supervision
from kijun.content import ONTOLOGY
from kijun.names import name_key
from kijun.register_tables import Tables
from kijun.supervision import Supervision
from kijun.terms import ID, NS

FACTS = ONTOLOGY / "facts"
DATA = Path(__file__).parents[2] / "shared" / "data"
SHARED_2026 = "iaa-2026-04-01"
SHARED_2016 = "iaa-2016-04-01"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return register_tables.read(registers.FOLDER)


@pytest.fixture(scope="module")
def edges(tables: Tables) -> tuple[Supervision, ...]:
    return supervision.read(registers.FOLDER, tables)


@pytest.fixture(scope="module")
def graph(tables: Tables, edges: tuple[Supervision, ...]) -> Graph:
    return registers.bodies(tables, edges)


def term(name: str) -> URIRef:
    return URIRef(NS + name)


def thing(local: str) -> URIRef:
    return URIRef(ID + local)


# What is in the registers


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        (
            SHARED_2016,
            {"MidTermAgency": 54, "NationalResearchAgency": 27, "ExecutiveAgency": 7},
        ),
        (
            SHARED_2026,
            {"MidTermAgency": 53, "NationalResearchAgency": 26, "ExecutiveAgency": 7},
        ),
        ("designated-2016-10-12", {"DesignatedCorporation": 9}),
        (
            "ministry-2016-04-01",
            {
                "Ministry": 22,
                "SubordinateAgency": 19,
                "MinisterialOffice": 1,
                "IndependentOrgan": 1,
            },
        ),
        (
            "ministry-2026-09-14",
            {
                "Ministry": 25,
                "SubordinateAgency": 20,
                "MinisterialOffice": 1,
                "IndependentOrgan": 1,
            },
        ),
    ],
)
def test_how_many_bodies_of_each_class_a_register_holds(
    graph: Graph, register: str, expected: dict[str, int]
) -> None:
    entries = graph.subjects(term("register"), thing(f"register/{register}"))
    classes = (graph.value(entry, term("entryClass")) for entry in entries)
    assert Counter(str(c).removeprefix(NS) for c in classes if c) == expected


def test_the_class_of_a_body_is_the_same_at_both_dates(tables: Tables) -> None:
    classes: dict[str, set[str]] = {}
    dates: dict[str, set[str]] = {}
    for entry in tables.entries:
        if entry.register.kind == "iaa":
            classes.setdefault(entry.body, set()).add(entry.kind)
            dates.setdefault(entry.body, set()).add(entry.register.id)
    both = [body for body, found in dates.items() if len(found) == 2]
    assert len(both) == 85
    assert all(len(classes[body]) == 1 for body in both)


def test_the_units_of_2016_and_the_three_since(tables: Tables) -> None:
    units = {
        register: {
            e.name.ja for e in tables.entries if (e.register.id, e.kind) == (register, "Ministry")
        }
        for register in ("ministry-2016-04-01", "ministry-2026-09-14")
    }
    new = units["ministry-2026-09-14"] - units["ministry-2016-04-01"]
    assert new == {"カジノ管理委員会", "こども家庭庁", "デジタル庁"}
    assert units["ministry-2016-04-01"] < units["ministry-2026-09-14"]


@pytest.mark.parametrize(
    ("name", "ministry"),
    [("国税庁", "財務省"), ("原子力規制委員会", "環境省"), ("国家公安委員会", "警察庁")],
)
def test_other_organs_answer_through_a_unit(
    graph: Graph, tables: Tables, name: str, ministry: str
) -> None:
    entry = thing(f"entry/ministry-2016-04-01/{tables.identity[name]}")
    assert graph.value(entry, term("answersThrough")) == thing(f"body/{tables.identity[ministry]}")


def test_every_subordinate_agency_answers_through_its_own_parent(tables: Tables) -> None:
    for entry in tables.entries:
        if entry.role and entry.role.role == "subordinate":
            assert (entry.role.through,) == entry.supervisors


def test_a_unit_is_derived_or_less_and_never_found(graph: Graph) -> None:
    for entry in graph.subjects(term("entryClass"), term("Ministry")):
        assert graph.value(entry, term("confidence")) in {term("derived"), term("recalled")}


def test_there_is_no_body_for_nisc(graph: Graph) -> None:
    assert not list(graph.subjects(term("nameKey"), Literal("nisc")))


# One legal person, one node


def test_a_renamed_body_is_one_node_with_all_its_names(graph: Graph) -> None:
    for old, new in (
        ("教員研修センター", "教職員支援機構"),
        ("森林総合研究所", "森林研究・整備機構"),
        ("石油天然ガス・金属鉱物資源機構", "エネルギー・金属鉱物資源機構"),
        ("郵便貯金・簡易生命保険管理機構", "郵便貯金簡易生命保険管理・郵便局ネットワーク支援機構"),
    ):
        nodes = {
            node
            for name in (old, new)
            for node in graph.subjects(term("nameKey"), Literal(name_key(name)))
        }
        assert len(nodes) == 1
        (node,) = nodes
        assert Literal(new, lang="ja") in graph.objects(node, SKOS.altLabel)
        assert Literal(old, lang="ja") in graph.objects(node, SKOS.altLabel)
        assert len(list(graph.subjects(term("entryOf"), node))) == 2


def test_a_successor_is_another_node(tables: Tables) -> None:
    assert tables.identity["国立女性教育会館"] != tables.identity["男女共同参画機構"]
    assert tables.identity["国立国際医療研究センター"] == "8011105004456"


def test_bodies_without_a_number_have_a_slug(graph: Graph) -> None:
    without = {
        str(node).removeprefix(ID)
        for node in graph.subjects(RDF.type, term("Body"))
        if not graph.value(node, term("corporateNumber"))
    }
    assert without == {"body/nexi", "body/tmg-mutual-aid", "body/local-pension-federation"}
    assert len(list(graph.subjects(RDF.type, term("Body")))) == 145


# Supervision


@pytest.mark.parametrize(
    ("register", "bodies", "further", "whole"),
    [(SHARED_2016, 17, 30, 3), (SHARED_2026, 20, 31, 3), ("designated-2016-10-12", 0, 0, 0)],
)
def test_how_many_bodies_have_several_ministers(
    edges: tuple[Supervision, ...], register: str, bodies: int, further: int, whole: int
) -> None:
    extra = [e for e in edges if e.entry.register.id == register and not e.primary]
    assert len(extra) == further
    assert len({e.entry.body for e in extra}) == bodies
    joint = {e.entry.name.ja for e in edges if e.entry.register.id == register and e.whole_body}
    assert len(joint) == whole


def test_every_corporation_has_one_primary_minister(edges: tuple[Supervision, ...]) -> None:
    primary = Counter((e.entry.register.id, e.entry.body) for e in edges if e.primary)
    assert len(primary) == 88 + 9 + 86
    assert set(primary.values()) == {1}


def test_every_edge_ends_at_a_unit_of_its_time(
    graph: Graph, tables: Tables, edges: tuple[Supervision, ...]
) -> None:
    for edge in edges:
        organs = supervision.organs_beside(tables.registers, edge.entry.register)
        entry = thing(f"entry/{organs}/{tables.identity[edge.ministry]}")
        assert graph.value(entry, term("entryClass")) == term("Ministry")


def test_a_ministry_behind_a_minister_is_a_marked_reading(
    graph: Graph, edges: tuple[Supervision, ...]
) -> None:
    read = [edge for edge in edges if edge.minister != edge.ministry]
    assert {(edge.minister, edge.ministry) for edge in read} == {
        ("内閣総理大臣", "内閣府"),
        ("内閣総理大臣", "消費者庁"),
        ("国家公安委員会", "警察庁"),
        ("原子力規制委員会", "環境省"),
    }
    assert all(edge.reading.ja and edge.reading.en for edge in read)
    assert {edge.confidence for edge in read} == {"derived", "recalled"}
    # Only a 省 has a minister of its own.
    assert all(edge.minister.endswith("省") for edge in edges if edge not in read)
    archives = thing("supervision/iaa-2016-04-01/3010005005429/prime-minister")
    assert graph.value(archives, term("article")) == Literal("第13条", lang="ja")
    jaxa = thing("supervision/iaa-2016-04-01/9012405001241/prime-minister")
    assert graph.value(jaxa, term("competentMinister")) == thing("office/prime-minister")
    assert graph.value(jaxa, term("supervisingMinistry")) == thing("body/2000012010019")
    readings = [t for t in graph.objects(jaxa, term("interpretation")) if isinstance(t, Literal)]
    assert {text.language for text in readings} == {"ja", "en"}


def test_where_several_are_competent_the_share_of_each_is_told(
    edges: tuple[Supervision, ...],
) -> None:
    ministers: dict[tuple[str, str], list[Supervision]] = {}
    for edge in edges:
        ministers.setdefault((edge.entry.register.id, edge.entry.name.ja), []).append(edge)
    assert len(ministers) > 180
    for among in ministers.values():
        assert all(bool(edge.business) == (len(among) > 1) for edge in among), among[0]
    of_nict = ministers["iaa-2016-04-01", "情報通信研究機構"]
    assert {edge.business for edge in of_nict} == {"業務別"}
    assert len(of_nict) == 6
    lending = ministers["iaa-2016-04-01", "北方領土問題対策協会"]
    assert [edge.business for edge in lending] == [
        "全業務（貸付業務は農林水産大臣と共同）",
        "貸付業務に係る事項のみ",
    ]


def test_joint_supervision_of_2026_is_a_reading_of_the_older_text(
    edges: tuple[Supervision, ...],
) -> None:
    for edge in edges:
        if edge.whole_body:
            late = edge.entry.register.id == SHARED_2026
            assert edge.confidence == "derived" or not late
            assert bool(edge.alternative.ja) == late


def test_a_fund_that_is_joint_but_for_two_lines_is_not_joint_as_a_whole(
    edges: tuple[Supervision, ...],
) -> None:
    fund = [edge for edge in edges if edge.entry.name.ja == "農林漁業信用基金"]
    assert len(fund) == 4
    assert not any(edge.whole_body for edge in fund)
    assert all(edge.note.ja for edge in fund)


# The check digit


def test_every_number_has_its_check_digit(tables: Tables) -> None:
    numbers = {entry.body for entry in tables.entries if entry.body.isdecimal()}
    assert len(numbers) == 142
    assert all(corporate_numbers.check_digit(n[1:]) == int(n[0]) for n in numbers)


# The files


def test_the_shipped_files_are_what_the_tables_give(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kijun.registers", "-o", str(tmp_path / "bodies.ttl")],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert done.stdout == done.stderr == b""
    for name in ("bodies.ttl", "law-bodies.ttl"):
        assert (tmp_path / name).read_bytes() == (FACTS / name).read_bytes(), f"make {name} again"


@pytest.mark.parametrize("name", ["organizations.csv", "co_supervision.csv"])
def test_the_tables_that_were_given_are_unchanged(name: str) -> None:
    if not (DATA / name).is_file():
        pytest.skip("the data that the project was given is not beside the repository")
    assert (registers.FOLDER / name).read_bytes() == (DATA / name).read_bytes()


def test_our_own_tables_give_source_and_confidence_for_each_row() -> None:
    own = set(registers.FOLDER.glob("*.csv")) - {
        registers.FOLDER / "organizations.csv",
        registers.FOLDER / "co_supervision.csv",
    }
    assert len(own) == 6
    for path in own:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"], path.name
                assert row["confidence"] in register_tables.CONFIDENCES, path.name


def test_a_renamed_law_is_one_node(tables: Tables) -> None:
    laws = registers.laws(tables)
    node = thing("law/412AC0000000088")
    assert laws.value(node, SKOS.prefLabel) == Literal("独立行政法人教職員支援機構法", lang="ja")
    assert laws.value(node, SKOS.altLabel) == Literal("独立行政法人教員研修センター法", lang="ja")
    derived = laws.value(thing("law/425AC0000000029"), term("confidence"))
    assert derived == term("derived")


def test_the_articles_of_a_designated_corporation_are_kept(graph: Graph) -> None:
    entry = thing("entry/designated-2016-10-12/3010005022218")
    assert graph.value(entry, term("articles")) == Literal("第34条・第35条", lang="ja")
    assert graph.value(entry, term("row")) == Literal(176)
