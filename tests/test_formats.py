"""Each format of an answer: the same bytes, nothing lost, nothing that runs, notes first."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence

import openpyxl
import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.errors import BadInput
from kijun.formats import FORMATS, Answer, answer_bytes, flat, format_for, neutral
from kijun.tables import Column
from kijun.terms import ID, NS
from plain_answers import ANSWER, COLUMNS, NORM, NOTES, ROW

LEGS = (Column("from", "報告元", "from"), Column("to", "報告先", "to"))
ROUTES = Answer(
    "route",
    (Column("legs", "区間", "legs", columns=LEGS), Column("length", "区間数", "length")),
    [
        {"legs": [{"from": "機構", "to": "総務省"}, {"from": "総務省", "to": "NISC"}], "length": 2},
        {"legs": [], "length": 0},
    ],
)
text = st.text(max_size=30)


def described(iris: Sequence[str]) -> Iterator[pyoxigraph.Triple]:
    for iri in iris:
        node = pyoxigraph.NamedNode(iri)
        words = pyoxigraph.Literal("知らせる\u202e\x1b\n# =1", language="ja")
        yield pyoxigraph.Triple(node, pyoxigraph.NamedNode(NS + "statement"), words)
        yield pyoxigraph.Triple(
            node, pyoxigraph.NamedNode(NS + "source"), pyoxigraph.NamedNode(ID + "sentence/6-4-2")
        )


def one(value: object) -> Answer:
    return Answer("query", (Column("x", "値", "value"),), [{"x": value}])


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(answer: Answer, lang: str = "ja") -> openpyxl.worksheet.worksheet.Worksheet:
    data = answer_bytes(answer, "xlsx", lang=lang)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_answer_gives_the_same_bytes(form: str) -> None:
    first = answer_bytes(ANSWER, form, describe=described)
    assert first == answer_bytes(ANSWER, form, describe=described)
    assert first


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_answer_has_a_form_too(form: str) -> None:
    data = answer_bytes(ANSWER._replace(rows=[], nodes=()), form, describe=described)
    if form == "json":
        assert data == b"[]\n"
    if form == "csv":
        assert len(csv_rows(data)) == 1


def test_json_has_every_key_and_keeps_codes() -> None:
    data = answer_bytes(ANSWER, "json")
    assert json.loads(data) == [{**ROW, "in_force": None}]
    assert data.endswith(b"]\n")
    assert "国民".encode() in data
    assert list(json.loads(data)[0]) == [column.key for column in COLUMNS]
    legs = json.loads(answer_bytes(ROUTES, "json"))
    assert legs[0]["legs"][1] == {"from": "総務省", "to": "NISC"}


@given(value=st.one_of(text, st.lists(text), st.integers(), st.booleans(), st.none()))
def test_json_reads_back_and_holds_no_control(value: object) -> None:
    data = answer_bytes(one(value), "json").decode()
    assert json.loads(data) == [{"x": value}]
    raw = {c for c in data if c != "\n"}
    assert not {c for c in raw if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not raw & set("\u202e\u2066\u200b\u200f\ufeff")


def test_csv_is_rectangular_and_begins_with_the_notes() -> None:
    data = answer_bytes(ANSWER, "csv")
    assert data.startswith(b"\xef\xbb\xbfnote,")
    header, row = csv_rows(data)
    assert header == ["note", *(column.key for column in COLUMNS)]
    assert row[0] == "本文は2016年の案です。 名簿は2016-10-12現在です。"
    assert row[1:] == ["6(4)-2a", "2", "must", "NISC; 国民", ROW["statement"], "", NORM]


def test_csv_makes_way_for_a_column_called_note() -> None:
    answer = Answer("query", (Column("note", "注", "note"),), [{"note": "x", "more": True}])
    assert csv_rows(answer_bytes(answer, "csv")) == [["note_", "note", "more"], ["", "x", "true"]]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "＝1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\n=1",
        "－1",
        "=cmd|' /C x'!A0",
    ],
)
def test_no_cell_runs_as_a_formula(cell: str) -> None:
    ((_, written),) = csv_rows(answer_bytes(one(cell), "csv"))[1:]
    assert written.startswith("'")
    read = sheet_of(one(cell)).cell(4, 1)
    assert read.data_type == "s"
    assert read.quotePrefix


def test_numbers_and_ids_stay_what_they_are() -> None:
    sheet = sheet_of(
        Answer("query", (), [{"id": "2.10", "n": -5, "b": True, "e": "#N/A", "none": None}])
    )
    row = [(cell.value, cell.data_type) for cell in sheet[4]]
    assert row[:4] == [("2.10", "s"), (-5, "n"), (True, "b"), ("#N/A", "s")]
    assert row[4][0] is None
    assert sheet.cell(4, 1).number_format == "@"
    assert csv_rows(answer_bytes(one(-5), "csv"))[1][1] == "-5"


@given(cell=text)
def test_csv_cells_read_back(cell: str) -> None:
    ((_, written),) = csv_rows(answer_bytes(one(cell), "csv"))[1:]
    assert not [c for c in written if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs"}]
    if cell.isprintable():
        assert written == neutral(cell)
        assert written.removeprefix("'") == cell.removeprefix("'")


@settings(max_examples=30, deadline=None)
@given(cell=text)
def test_xlsx_cells_read_back(cell: str) -> None:
    read = sheet_of(one(cell)).cell(4, 1)
    if cell.isprintable() and cell:
        assert read.value == cell
        assert read.data_type == "s"


def test_xlsx_says_the_notes_and_is_ready_to_filter() -> None:
    sheet = sheet_of(ANSWER)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["規範の一覧", *NOTES]
    assert [cell.value for cell in sheet[4]] == [column.label_ja for column in COLUMNS]
    assert [cell.value for cell in sheet[5]] == [column.key for column in COLUMNS]
    assert [cell.value for cell in sheet[6]][2:6] == [
        "義務",
        "NISC; 国民",
        ROW["statement"],
        "不明",
    ]
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:G6"
    assert sheet.title == "規範の一覧"
    assert sheet.cell(6, 5).alignment.wrap_text
    assert sheet.column_dimensions["E"].width >= 26
    english = sheet_of(ANSWER, "en")
    assert [cell.value for cell in english[6]][2:6] == [
        "must",
        "NISC; 国民",
        ROW["statement"],
        None,
    ]


def test_xlsx_survives_what_xml_and_excel_do_not_hold() -> None:
    long = sheet_of(one("あ" * 40_000)).cell(4, 1).value
    assert isinstance(long, str)
    assert len(long) == 32_767
    assert long.endswith("… [40000]")
    assert sheet_of(one("a\x00\x0b\ufffe\ud800b\x1f")).cell(4, 1).value == ("a␀␋<U+FFFE><U+D800>b␟")
    assert sheet_of(ANSWER._replace(title="a/b:[c]*?\\" + "長" * 40)).title.startswith("a b  c")


def test_routes_are_one_line_for_each_leg() -> None:
    header, *rows = csv_rows(answer_bytes(ROUTES, "csv"))
    assert header == ["note", "route", "leg", "from", "to", "length"]
    assert rows == [
        ["", "1", "1", "機構", "総務省", "2"],
        ["", "1", "2", "総務省", "NISC", "2"],
        ["", "2", "", "", "", "0"],
    ]
    assert sheet_of(ROUTES).max_row == 6


def test_a_leg_key_that_its_route_has_too_keeps_both() -> None:
    answer = ROUTES._replace(rows=[{"legs": [{"from": "甲", "length": 7}], "length": 1}])
    columns, rows = flat(answer)
    assert [column.key for column in columns][2:] == ["from", "to", "legs_length", "length"]
    assert (rows[0]["legs_length"], rows[0]["length"]) == (7, 1)


def test_turtle_holds_the_nodes_and_begins_with_the_notes() -> None:
    data = answer_bytes(ANSWER, "turtle", describe=described)
    lines = data.decode().splitlines()
    assert lines[:3] == [*(f"# {note}" for note in NOTES), "# 規範の一覧"]
    assert "@prefix norm: <https://w3id.org/kijun/id/norm/> ." in lines
    assert "norm:6-4-2a " in data.decode()
    assert b"\x1b" not in data
    assert "\u202e" not in data.decode()
    read = set(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))
    assert {quad.triple for quad in read} == set(described([NORM]))
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)


def test_turtle_needs_nodes() -> None:
    with pytest.raises(BadInput, match="choose json"):
        answer_bytes(ANSWER._replace(nodes=()), "turtle", describe=described)
    with pytest.raises(BadInput, match="choose json"):
        answer_bytes(ANSWER, "turtle")


def test_a_note_cannot_leave_its_comment() -> None:
    evil = ANSWER._replace(notes=("a\n<urn:s> <urn:p> <urn:o> .\r<urn:s>",))
    data = answer_bytes(evil, "turtle", describe=described)
    read = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(read) == 2


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(BadInput, match='no format is called "yaml"; choose one of table'):
        answer_bytes(ANSWER, "yaml")


@pytest.mark.parametrize(
    ("out", "given_", "expected"),
    [
        ("a.XLSX", None, "xlsx"),
        ("a.ttl", None, "turtle"),
        ("a", None, "table"),
        (None, "csv", "csv"),
        ("a.txt", "json", "json"),
    ],
)
def test_format_for(out: str | None, given_: str | None, expected: str) -> None:
    assert format_for(out, given_) == expected


@pytest.mark.parametrize(
    ("out", "given_", "named"),
    [
        ("a.csv", "xlsx", ".csv is for csv, but --format says xlsx"),
        ("a.XLSX", "csv", ".xlsx is for xlsx, but --format says csv"),
        ("a.html", "json", ".html is for html, but --format says json"),
        ("a.txt", "xlsx", ".txt is for table, but --format says xlsx"),
    ],
)
def test_an_ending_that_contradicts_the_format_is_refused(
    out: str, given_: str, named: str
) -> None:
    with pytest.raises(BadInput, match=re.escape(f"{out}: {named}; change one of them")):
        format_for(out, given_)
    assert format_for("a.data", given_) == format_for("-", given_) == given_


def test_nothing_heavy_is_imported_for_light_formats() -> None:
    script = (
        "import sys, kijun.formats as f\n"
        "f.answer_bytes(f.Answer('norms', (), [{'a': 1}]), 'csv')\n"
        "heavy = {'openpyxl', 'rdflib', 'networkx', 'clingo', 'inspect', 'dataclasses'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
