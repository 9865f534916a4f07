"""The shapes: each has an example that passes, one that fails, and the report on it."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
import rdflib

from freeze_shapes import FOLDER, SUBJECTS, found_in, report, shapes_of
from kijun import column_shapes, shapes
from kijun.content import ONTOLOGY
from kijun.errors import MissingExtra
from kijun.profile_schema import TABLES
from kijun.terms import ID, NS, OWL, SH

pytest.importorskip("pyshacl")


def kept(subject: str) -> list[dict[str, str]]:
    with (FOLDER / f"{subject}-report.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(subject: str) -> set[str]:
    """The shapes of a file that say something when they are broken."""
    graph = shapes_of(subject)
    found = graph.subjects(rdflib.URIRef(f"{SH}message"))
    return {str(one).removeprefix(shapes.SHAPE) for one in found if isinstance(one, rdflib.URIRef)}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_passing_example_breaks_no_shape(subject: str) -> None:
    assert found_in(f"{subject}-pass", shapes_of(subject)) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_failing_example_breaks_what_the_report_says(subject: str) -> None:
    expected = (FOLDER / f"{subject}-report.csv").read_text(encoding="utf-8")
    assert report(subject) == expected


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_shape_has_an_example_that_breaks_it(subject: str) -> None:
    assert {row["shape"] for row in kept(subject)} == named(subject)


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one != "columns"])
def test_each_shape_is_looked_for_in_the_passing_example_too(subject: str) -> None:
    """Without the things that a shape is about, an example passes for the wrong reason."""
    example = rdflib.Graph().parse(FOLDER / f"{subject}-pass.ttl")
    graph = shapes_of(subject)
    for shape in named(subject):
        node = rdflib.URIRef(shapes.SHAPE + shape)
        classes = graph.objects(node, rdflib.URIRef(f"{SH}targetClass"))
        properties = graph.objects(node, rdflib.URIRef(f"{SH}targetSubjectsOf"))
        objects = graph.objects(node, rdflib.URIRef(f"{SH}targetObjectsOf"))
        nodes = graph.objects(node, rdflib.URIRef(f"{SH}targetNode"))
        about = [
            *(thing for one in objects for thing in example.objects(None, one)),
            *(thing for one in nodes for thing in example.subjects(None, one)),
            *(thing for one in classes for thing in example.subjects(rdflib.RDF.type, one)),
            *(thing for one in properties for thing in example.subjects(one)),
        ]
        assert about, shape


def test_each_case_of_a_column_breaks_that_column_alone() -> None:
    rows = kept("columns")
    assert all(row["focus"].startswith(f"{row['shape']}-") for row in rows)
    assert len({row["focus"] for row in rows}) == len(rows)


def test_every_column_has_its_case() -> None:
    cases = {row["focus"] for row in kept("columns")}
    for table in TABLES:
        for column in table.columns if table.kind else ():
            name = f"{table.key}-{column.key}"
            assert (f"{name}-missing" in cases) == column.required
            assert (f"{name}-twice" in cases) == (not column.many)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_file_names_what_it_imports(subject: str) -> None:
    graph = shapes_of(subject)
    home = rdflib.URIRef(f"{ID}shapes/{subject}")
    assert (home, rdflib.RDF.type, rdflib.URIRef(f"{OWL}Ontology")) in graph
    assert list(graph.objects(home, rdflib.URIRef(f"{OWL}imports"))) == [
        rdflib.URIRef(NS.removesuffix("#"))
    ]


def test_shapes_speak_of_terms_that_there_are() -> None:
    terms = rdflib.Graph()
    for path in (ONTOLOGY / "terms").glob("*.ttl"):
        terms.parse(path)
    known = {str(one) for one in terms.subjects()}
    used = {
        str(node)
        for triple in shapes.shapes_graph()
        for node in triple
        if str(node).startswith(NS) and isinstance(node, rdflib.URIRef)
    }
    assert used - known == set()


def test_each_shape_says_in_both_languages_what_it_means_to_break_it() -> None:
    said = shapes.messages()
    assert set(said) == {name for subject in SUBJECTS for name in named(subject)}
    assert all(ja and en for ja, en in said.values())


def test_the_shapes_of_the_columns_are_those_of_the_schema() -> None:
    from kijun import turtle

    made = turtle.canonical(column_shapes.column_shapes())
    shipped = (ONTOLOGY / "shapes" / "columns.ttl").read_text(encoding="utf-8")
    assert made == shipped, "run `make facts`"


def test_the_command_writes_the_shapes_of_the_columns(tmp_path) -> None:  # type: ignore[no-untyped-def]
    column_shapes.main(["-o", str(tmp_path / "columns.ttl")])
    shipped = (ONTOLOGY / "shapes" / "columns.ttl").read_bytes()
    assert (tmp_path / "columns.ttl").read_bytes() == shipped


def test_without_the_extra_an_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "installed", lambda: False)
    with pytest.raises(MissingExtra, match=r'"kijun\[check\]"'):
        shapes.breaches([])


def test_checking_a_graph_changes_nothing_in_it() -> None:
    graph = rdflib.Graph().parse(FOLDER / "systems-fail.ttl")
    before = set(graph)
    assert shapes.breaches_in(graph)
    assert set(graph) == before


def test_shapes_reach_no_network(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The imports named in the shapes are not followed."""
    program = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = refuse\n"
        "import rdflib\nfrom kijun import shapes\n"
        f"assert shapes.breaches_in(rdflib.Graph().parse({str(FOLDER / 'contacts-fail.ttl')!r}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
