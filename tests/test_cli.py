"""The command line from end to end: exit statuses, one-line errors, languages, formats, files.

Most commands run in this process; a real one is started where the surroundings matter (a closed
pipe, another code page, closed streams).
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kijun import cli, turtle
from kijun.terms import ID, LAYERS, NS, graph_iri

SOURCE = Path(__file__).resolve().parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
NICT, NENKIN = "情報通信研究機構", "日本年金機構"
DRAFT, DRAFT_EN = "この本文は2016年の案", "This text is a draft of 2016"
NORMS_QUERY = "SELECT ?norm WHERE { ?norm a kijun:Norm } ORDER BY ?norm LIMIT 3"
posix = pytest.mark.skipif(os.name != "posix", reason="needs devices or limits of POSIX")


class Ran(NamedTuple):
    status: int
    data: bytes
    told: str

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def rows(self) -> list[dict[str, object]]:
        found = json.loads(self.text)
        assert isinstance(found, list)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in a Japanese locale unless the test sets another."""
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")

    def command(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            stream = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
            monkeypatch.setattr(sys, "stdin", stream)
        capsysbinary.readouterr()
        status = cli.main(list(arguments))
        out, err = capsysbinary.readouterr()
        return Ran(status, out, err.decode())

    return command


@pytest.fixture
def refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command that must fail with status 2 and one line, and return the line.

    It is English, as the locale is no Japanese one; with ``japanese``, the same is asked again in
    one, and the Japanese line comes back.
    """

    def command(*arguments: str, stdin: bytes | None = None, japanese: bool = False) -> str:
        monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8" if japanese else "C")
        ran = run(*arguments, stdin=stdin)
        assert ran.status == 2, ran.told
        assert ran.data == b""
        # Where only the writing failed, the notes of the answer stand before the error.
        *notes, told, end = ran.told.split("\n")
        assert (end, told[:7]) == ("", "kijun: ")
        assert all(note.startswith(DRAFT) for note in notes), ran.told
        assert told.isprintable()
        return told

    return command


def process(
    *arguments: str, data: bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kijun", *arguments],
        input=data,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=60,
        check=False,
    )


# --- what is wrong is one line ------------------------------------------------------------


BAD_USAGE = pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["COMMAND"]),
        (["frobnicate"], ["frobnicate", "duties"]),
        (["norms", "--sect", "3"], ["--sect"]),
        (["duties"], ["BODY", "--all", "--class"]),
        (["duties", NICT, "--nope"], ["--nope"]),
        (["duties", NICT, NENKIN], [NENKIN]),
        (["duties", "--all", "--class", "府省庁"], ["--class", "--all"]),
        (["duties", "総務"], ["総務", "総務省"]),
        (["duties", "機構"], ["機構", "did you mean"]),
        (["duties", ""], ['""']),
        (["duties", "　"], ["nothing is called"]),
        (["duties", "府省庁"], ["府省庁", "--class"]),
        (["duties", f"{ID}body/0000000000000"], ["0000000000000"]),
        (["duties", "1234567890123"], ["1234567890123"]),
        (["duties", "総務\x1b[31m省\u202e"], ["総務"]),
        (["duties", "あ" * 5000], ["nothing is called"]),
        (["duties", NICT, "--route", "by-air"], ["by-air", "supervision", "incorporation"]),
        (["duties", "--class", "特別法人"], ["特別法人"]),
        (["reports", "--from", "どこか"], ["どこか"]),
        (["reports", "--about", "天気"], ["天気", "インシデント"]),
        (["route", NICT], ["TO"]),
        (["route", NICT, "NISC", "--about", "weather"], ["weather", "インシデント"]),
        (["norms", "--section", "9"], ["9", "6(4)", "附則"]),
        (["norms", "--section", "(4)"], ["(4)", "6(4)"]),
        (["norms", "--section", ""], ['""', "6(4)"]),
        (["norms", "--bearer", "誰か"], ["誰か"]),
        (["norms", "--format", "yaml"], ["yaml", "json", "xlsx"]),
        (["norms", "--format"], ["--format"]),
        (["norms", "--lang", "fr"], ["fr", "ja", "en"]),
        (["norms", "--as-of", "2016-02-30"], ["2016-02-30", "YYYY-MM-DD"]),
        (["norms", "--as-of", "10/12/2016"], ["10/12/2016", "YYYY-MM-DD"]),
        (["norms", "--as-of", "平成32年1月1日"], ["平成32年1月1日", "YYYY-MM-DD"]),
        (["norms", "--as-of", "２０１６-02-30"], ["YYYY-MM-DD"]),
        (["norms", "--as-of", ""], ['""', "YYYY-MM-DD"]),
        (["norms", "--verbatim"], ["source attach"]),
        (["ask", "nothing-like-it-at-all"], ["nothing-like-it-at-all"]),
        (["ask", "silence"], ["silence", "silences"]),
        (["ask", "../questions/silences"], ["silences"]),
        (["ask", "silences", "--colour", "red"], ["colour"]),
        (["ask", "silences", "stray"], ["stray"]),
        (["ask", "silences", "--shared"], ["--shared"]),
        (["ask", "duties", "--body", NICT, "--body", NICT], ["--body", "twice"]),
        (["ask", "duties", "--body", "どこか"], ["どこか"]),
        (["ask", "norms", "--section", "99"], ["99", "6(4)"]),
        (["ask", "silences", "--lang", "fr"], ["--lang"]),
        (["source"], ["FILE"]),
        (["source", "detach", "x"], ["detach"]),
        (["export", "--layer", "gossip"], ["gossip", "bodies", "derived"]),
        (["export", "--format", "csv"], ["csv", "turtle", "jsonld"]),
        (["query"], ["FILE"]),
        (["query", "x.rq", "--timeout", "0"], ["--timeout"]),
        (["query", "x.rq", "--timeout", "nan"], ["--timeout"]),
        (["query", "x.rq", "--timeout", "soon"], ["--timeout"]),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)


@BAD_USAGE
def test_bad_usage_is_one_line(
    refused: Callable[..., str], arguments: list[str], words: Sequence[str]
) -> None:
    told = refused(*arguments)
    for word in words:
        assert word in told


def same_in_japanese(english: str, japanese: str) -> None:
    """Hold that a line is in Japanese and speaks of the same names, options and places."""
    assert re.search("[ぁ-ん]", japanese), japanese
    assert "「" not in english
    for name in re.findall(r'"([^"]*)"', english):
        assert name.strip() in japanese
    assert set(re.findall(r"--[a-z-]+", english)) <= set(re.findall(r"--[a-z-]+", japanese))
    assert re.findall(r"line \d+", english) == [
        f"line {line}" for line in re.findall(r"(\d+)行\d", japanese)
    ]


@BAD_USAGE
def test_bad_usage_is_one_line_in_japanese_too(
    refused: Callable[..., str], arguments: list[str], words: Sequence[str]
) -> None:
    same_in_japanese(refused(*arguments), refused(*arguments, japanese=True))


def test_an_ambiguous_name_brings_all_that_it_can_mean(
    run: Run, refused: Callable[..., str]
) -> None:
    keys = run("query", "-", "--format", "json", stdin=_AMBIGUOUS).rows
    if not keys:
        pytest.skip("no two things of the graph share a name")
    assert "can mean" in refused("duties", str(keys[0]["key"]))


_AMBIGUOUS = b"""SELECT ?key WHERE { ?a kijun:nameKey ?key . ?b kijun:nameKey ?key
  FILTER(STR(?a) < STR(?b)) } ORDER BY ?key LIMIT 1"""


# --- queries --------------------------------------------------------------------------------


@pytest.fixture
def query_file(tmp_path: Path) -> Callable[[bytes], str]:
    def write(data: bytes) -> str:
        place = tmp_path / "問い.rq"
        place.write_bytes(data)
        return str(place)

    return write


BAD_QUERIES = pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"SELECT ?s WHERE {\n  ?s ?p }\n", ["does not parse", "line 2", "column"]),
        (b"SELEC ?s WHERE { ?s ?p ?o }", ["line 1, column 1"]),
        ("# 注\nSELECT ?s WHERE { ?s nope:x ?o }".encode(), ["line 2", "prefix"]),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", ["update", "INSERT"]),
        (b"PREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", ["update", "DELETE"]),
        (b"DROP ALL", ["update", "DROP"]),
        (b"LOAD <http://example.org/>", ["update", "LOAD"]),
        (b"SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", ["SERVICE"]),
        (b"", ["empty"]),
        (b" \n\t", ["empty"]),
        (b"\xef\xbb\xbf", ["empty"]),
        (b"# only a comment", ["empty"]),
        ('SELECT ?s { ?s ?p "府省庁" }'.encode("cp932"), ["UTF-8"]),
        (b"\xff\xfeS\x00E\x00", ["UTF-8"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["UTF-8"]),
        (b"SELECT ?s { ?s ?p \x00 }", ["line 1"]),
        (b"#" + b"a" * 70_000, ["KB"]),
        (b"SELECT * {" + b"{" * 200 + b"}" * 200 + b"}", ["deep"]),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)


@BAD_QUERIES
def test_a_query_that_cannot_be_asked(
    refused: Callable[..., str],
    query_file: Callable[[bytes], str],
    data: bytes,
    words: Sequence[str],
) -> None:
    told = refused("query", query_file(data))
    for word in words:
        assert word in told


@BAD_QUERIES
def test_a_query_that_cannot_be_asked_in_japanese_too(
    refused: Callable[..., str],
    query_file: Callable[[bytes], str],
    data: bytes,
    words: Sequence[str],
) -> None:
    place = query_file(data)
    same_in_japanese(refused("query", place), refused("query", place, japanese=True))


def test_a_query_file_that_is_none(refused: Callable[..., str], tmp_path: Path) -> None:
    assert "missing.rq" in refused("query", str(tmp_path / "missing.rq"))
    assert str(tmp_path) in refused("query", str(tmp_path))
    assert "kijun" in refused("query", "a\0b.rq")


def test_a_query_from_standard_input(run: Run, refused: Callable[..., str]) -> None:
    rows = run("query", "-", "--format", "json", stdin=NORMS_QUERY.encode()).rows
    assert [list(row) for row in rows] == [["norm"]] * 3
    assert "standard input" in refused("query", "-", stdin=b"")


def test_the_three_kinds_of_answers_to_a_query(run: Run) -> None:
    def rows(text: str) -> list[dict[str, object]]:
        return run("query", "-", "--format", "json", stdin=text.encode()).rows

    assert rows("ASK { ?s a kijun:Norm }") == [{"answer": True}]
    assert rows("ASK { ?s a kijun:Nothing }") == [{"answer": False}]
    assert rows("SELECT ?s { ?s a kijun:Nothing }") == []
    norm = "<https://w3id.org/kijun/id/norm/6-4-2a>"
    made = rows(f"CONSTRUCT {{ {norm} kijun:force ?f }} WHERE {{ {norm} kijun:force ?f }}")
    assert made == [
        {"subject": norm[1:-1], "predicate": f"{NS}force", "object": f"{NS}must"},
    ]
    assert {row["subject"] for row in rows(f"DESCRIBE {norm}")} == {norm[1:-1]}
    values = rows('SELECT (7 AS ?n) (true AS ?t) ("府"@ja AS ?s) (?u AS ?none) WHERE {}')
    assert values == [{"n": 7, "t": True, "s": "府", "none": None}]


def test_ill_typed_literals_are_shown_as_they_are(run: Run) -> None:
    text = 'SELECT ("abc"^^xsd:integer AS ?a) (?n AS ?b) { VALUES ?n { "' + "9" * 5000
    ran = run("query", "-", "--format", "json", stdin=(text + '"^^xsd:integer } }').encode())
    assert ran.rows == [{"a": "abc", "b": "9" * 5000}]


def test_a_query_that_takes_too_long_is_a_limit(run: Run) -> None:
    text = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ran = run("query", "-", "--timeout", "0.5", stdin=text)
    assert (ran.status, ran.data) == (3, b"")
    assert ran.told.startswith("kijun: ")
    assert "0.5秒" in ran.told
    assert ran.told.count("\n") == 1


def test_an_answer_with_no_nodes_has_no_turtle(refused: Callable[..., str]) -> None:
    assert "json" in refused("query", "-", "--format", "turtle", stdin=b"ASK { ?s ?p ?o }")


# --- the guideline's own text ------------------------------------------------------------------


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("KIJUN_DATA", str(folder))
    return folder


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        ("府省庁は、定める。".encode(), ["１"]),
        ("１ 目的\n府省庁は、".encode("cp932"), ["cp932"]),
        ("１ 目的".encode("utf-16"), ["UTF-16"]),
        (b"%PDF-1.7 ...", ["PDF"]),
        (b"PK\x03\x04....", ["ZIP"]),
        (b"abc\x00def", ["binary"]),
        ("１ 目的\nこれは別の文である。\n附則 なし。\n".encode(), ["63"]),
    ],
    ids=["empty", "other", "cp932", "utf-16", "pdf", "docx", "binary", "another"],
)
def test_a_source_that_cannot_be_attached(
    refused: Callable[..., str],
    own_data: Path,
    tmp_path: Path,
    data: bytes,
    words: Sequence[str],
) -> None:
    place = tmp_path / "案.txt"
    place.write_bytes(data)
    told = refused("source", "attach", str(place))
    for word in [str(place), *words]:
        assert word in told
    japanese = refused("source", "attach", str(place), japanese=True)
    same_in_japanese(told, japanese)
    assert str(place) in japanese
    assert not own_data.exists()


@pytest.mark.parametrize("action", ["attach", "check"])
def test_a_source_that_is_no_file(
    refused: Callable[..., str], own_data: Path, tmp_path: Path, action: str
) -> None:
    assert "no such file" in refused("source", action, str(tmp_path / "x.txt"))
    assert "folder" in refused("source", action, str(tmp_path))


@pytest.fixture
def attached(source_text: str, own_data: Path, run: Run) -> Path:
    ran = run("source", "attach", str(SOURCE))
    assert (ran.status, ran.data) == (0, b"")
    assert "63文" in ran.told
    return own_data


def test_verbatim_shows_the_sentence_of_every_row(attached: Path, run: Run) -> None:
    sentences = {
        row["sentence_iri"]: row["text"]
        for row in run("ask", "sentences", "--verbatim", "--format", "json").rows
    }
    assert len(sentences) == 63
    assert all(isinstance(text, str) and len(text) > 10 for text in sentences.values())
    for arguments in (
        ["norms"],
        ["duties", NICT],
        ["reports", "--from", NENKIN],
        ["route", NENKIN, "NISC", "--about", "incident"],
        ["ask", "silences"],
    ):
        rows = run(*arguments, "--verbatim", "--format", "json").rows
        legs = [leg for row in rows for leg in row.get("legs", [row])]  # type: ignore[attr-defined]
        assert legs
        for leg in legs:
            assert leg["text"] == sentences[leg["sentence_iri"]]
            phrase = "".join(str(leg.get("phrase", "")).split())
            assert phrase in "".join(str(leg["text"]).split())


@pytest.mark.parametrize(
    "arguments",
    [["norms", "--section", "6(4)"], ["duties", NENKIN, "--route", "role"], ["ask", "silences"]],
    ids=lambda value: value[0],
)
def test_a_verbatim_table_shows_the_text(attached: Path, run: Run, arguments: list[str]) -> None:
    bare = run(*arguments).text
    full = run(*arguments, "--verbatim").text
    assert "原文" in full
    assert "原文" not in bare
    assert len(full) > len(bare)


def test_without_verbatim_no_sentence_leaves_the_copy(attached: Path, run: Run) -> None:
    rows = run("norms", "--format", "json").rows
    assert not any("text" in row for row in rows)


def test_a_damaged_copy_is_said_and_never_quoted(
    attached: Path, run: Run, refused: Callable[..., str]
) -> None:
    copy = attached / "sentences.json"
    copy.write_text(
        copy.read_text(encoding="utf-8").replace("府省庁", "某省庁", 1), encoding="utf-8"
    )
    assert "source attach" in refused("norms", "--verbatim")
    assert run("norms").status == 0


def test_check_finds_what_changed(
    source_text: str, own_data: Path, tmp_path: Path, run: Run, refused: Callable[..., str]
) -> None:
    same = run("source", "check", str(SOURCE), "--format", "json")
    assert same.status == 0
    other = tmp_path / "別の版.txt"
    other.write_text(source_text.replace("速やかに NISC", "直ちに NISC"), encoding="utf-8")
    ran = run("source", "check", str(other), "--format", "json")
    assert ran.status == 1
    assert any("6(4)-2a" in json.dumps(row, ensure_ascii=False) for row in ran.rows)
    other.write_bytes(source_text.encode("cp932"))
    assert "cp932" in refused("source", "check", str(other))


# --- where the answer goes --------------------------------------------------------------------


def test_places_that_cannot_be_written(refused: Callable[..., str], tmp_path: Path) -> None:
    for name, *arguments in (
        ("x.csv", "norms"),
        ("x.xlsx", "norms", "--format", "xlsx"),
        ("x.ttl", "export", "--layer", "text"),
    ):
        assert "folder" in refused(*arguments, "-o", str(tmp_path))
        assert "does not exist" in refused(*arguments, "-o", str(tmp_path / "none" / name))
    assert list(tmp_path.iterdir()) == []


def _locked(place: Path) -> bool:
    place.chmod(0o500)
    return not os.access(place, os.W_OK)


def test_a_read_only_place(refused: Callable[..., str], tmp_path: Path) -> None:
    if not _locked(tmp_path):
        pytest.skip("whoever runs this may write everywhere")
    assert "permission" in refused("norms", "-o", str(tmp_path / "x.csv"))


@posix
def test_a_full_disk(refused: Callable[..., str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert "/dev/full" in refused("norms", "-o", "/dev/full")


@posix
def test_a_workbook_is_not_poured_into_a_terminal() -> None:
    import pty

    controller, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kijun", "norms", "--format", "xlsx"],
            stdout=terminal,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(controller)
    assert done.returncode == 2
    assert b"terminal" in done.stderr


def test_a_hyphen_is_standard_output(run: Run, tmp_path: Path) -> None:
    plain = run("norms", "--section", "6(4)", "--format", "csv")
    assert run("norms", "--section", "6(4)", "--format", "csv", "-o", "-").data == plain.data
    assert not (tmp_path / "-").exists()
    turtle_text = run("export", "--layer", "text", "-o", "-").text
    assert "kijun:Sentence" in turtle_text


ANSWERS = [
    ["norms", "--section", "6(4)"],
    ["duties", NENKIN],
    ["reports", "--from", NENKIN],
    ["route", NENKIN, "NISC", "--about", "incident"],
    ["ask", "silences"],
]


@pytest.mark.parametrize("arguments", ANSWERS, ids=lambda value: value[0])
def test_every_answer_in_every_format_by_the_ending_of_the_file(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    def written(name: str) -> bytes:
        ran = run(*arguments, "-o", str(tmp_path / name))
        assert (ran.status, ran.data) == (0, b"")
        assert DRAFT in ran.told
        return (tmp_path / name).read_bytes()

    rows = json.loads(written("a.json"))
    count = sum(len(row.get("legs", [row])) for row in rows)
    told = list(csv.reader(io.StringIO(written("a.CSV").decode("utf-8-sig"))))
    assert len(told) == 1 + count
    assert len({len(row) for row in told}) == 1
    assert told[0][0] == "note"
    assert all(row[0].startswith(DRAFT) for row in told[1:])
    sheet = openpyxl.load_workbook(io.BytesIO(written("a.xlsx"))).active
    assert sheet is not None
    cells = [
        [cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)
    ]
    assert any(str(row[0]).startswith(DRAFT) for row in cells[:2])
    # Two rows of headings: the words, and the keys.
    assert len([row for row in cells if len(row) > 3]) == 2 + count
    ttl = written("a.ttl").decode()
    assert ttl.startswith(f"# {DRAFT}")
    described = {str(node) for node in rdflib.Graph().parse(data=ttl, format="turtle").subjects()}
    key = next(
        name for name in ("duty_iri", "line_iri", "norm_iri", "silence_iri") if name in told[0]
    )
    assert {row[told[0].index(key)] for row in told[1:]} <= described
    table = written("a.txt").decode()
    assert table.startswith(DRAFT)
    assert all(cli.visible(line) == line for line in table.splitlines())


def test_the_format_given_stands_beside_an_ending_that_names_none(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "a.data"
    assert run("norms", "--format", "json", "-o", str(place)).status == 0
    assert len(json.loads(place.read_text(encoding="utf-8"))) > 80


@pytest.mark.parametrize(
    "words",
    [
        ("norms", "--format", "xlsx", "-o", "a.csv"),
        ("export", "--format", "turtle", "-o", "a.jsonld"),
        ("view", "drafting", "--format", "svg", "-o", "a.html"),
    ],
)
def test_an_ending_that_contradicts_the_format_is_bad_usage(
    refused: Callable[..., str], words: tuple[str, ...], tmp_path: Path
) -> None:
    *command, name = words
    said = refused(*command, str(tmp_path / name))
    assert Path(name).suffix in said
    assert f"--format says {words[words.index('--format') + 1]}" in said
    assert not list(tmp_path.iterdir())


def test_the_day_may_be_written_by_era(run: Run) -> None:
    plain = run("duties", NENKIN, "--as-of", "2026-04-01", "--format", "json")
    for day in ("令和8年4月1日", "2026/4/1", "２０２６-04-01"):
        assert run("duties", NENKIN, "--as-of", day, "--format", "json") == plain


def test_an_existing_file_stays_when_the_command_fails(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    place = tmp_path / "a.json"
    place.write_text("old", encoding="utf-8")
    refused("duties", "どこか", "-o", str(place))
    assert place.read_text(encoding="utf-8") == "old"


def test_an_empty_answer_is_an_answer_with_its_reason(run: Run) -> None:
    ran = run("duties", "会計検査院", "--format", "json")
    assert (ran.status, ran.rows) == (0, [])
    assert "府省庁に含まれない" in ran.told
    ran = run("duties", NENKIN, "--as-of", "2015-01-01", "--format", "json")
    assert (ran.status, ran.rows) == (0, [])
    assert "名簿" in ran.told
    ran = run("route", "NISC", NENKIN, "--about", "incident")
    assert (ran.status, ran.data) == (0, b"")
    assert "経路は文にない" in ran.told


# --- languages and notes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "japanese"),
    [
        ({"LC_ALL": "ja_JP.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8"}, False),
        ({"LC_ALL": "de_DE.UTF-8"}, False),
        ({"LC_ALL": "cs_CZ.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "ja_JP"}, False),
    ],
    ids=str,
)
def test_tables_follow_the_locale_and_everything_else_is_japanese(
    run: Run, monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], japanese: bool
) -> None:
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    table = run("norms", "--section", "6(4)")
    assert (DRAFT if japanese else DRAFT_EN) in table.told
    assert ("規範" in table.text) == japanese
    rows = run("norms", "--section", "6(4)", "--format", "json")
    assert rows.rows[1]["bearer"] == "府省庁"
    assert DRAFT in rows.told


def test_lang_wins_over_the_locale(run: Run) -> None:
    ran = run("norms", "--section", "6(4)", "--lang", "en", "--format", "json")
    assert DRAFT_EN in ran.told
    row = ran.rows[1]
    assert row["norm"] == "6(4)-2a"
    assert str(row["bearer"]).isascii()
    assert str(row["statement"]).isascii()
    assert row["phrase"] == "速やかに NISC に連絡する"
    for arguments in (["duties", NENKIN], ["reports", "--from", NENKIN], ["ask", "silences"]):
        english = run(*arguments, "--lang", "en")
        assert DRAFT_EN in english.told
        assert "norm" in english.text or "statement" in english.text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_tables_keep_to_the_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    from kijun.lines import display_width

    monkeypatch.setattr(cli, "_width", lambda output: width)
    for arguments in ANSWERS:
        lines = run(*arguments, "--lang", lang).text.splitlines()
        assert lines
        assert max(map(display_width, lines)) <= width


def test_notes_go_to_standard_error_once_for_every_answer(run: Run) -> None:
    for arguments in ANSWERS:
        ran = run(*arguments, "--as-of", "2026-04-01")
        told = ran.told.splitlines()
        assert "後の版に替わっている" in told[0]
        assert any("確認されていない" in line for line in told)
        assert len(told) == len(set(told))
        assert "後の版" not in ran.text


def test_export_says_what_the_text_is(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--layer", "text", "-o", str(tmp_path / "text.ttl"))
    assert DRAFT in ran.told
    assert (tmp_path / "text.ttl").read_text(encoding="utf-8").startswith(f"# {DRAFT}")
    ran = run("export", "--layer", "text", "--format", "jsonld")
    assert DRAFT in ran.told


# --- ask --------------------------------------------------------------------------------------


def test_ask_lists_the_questions_with_their_parameters(run: Run) -> None:
    rows = run("ask", "--format", "json").rows
    names = {str(row["question"]) for row in rows}
    assert {"silences", "presupposed", "broken-returns", "norms", "duties", "reports"} <= names
    for row in rows:
        assert row["summary"]
        assert isinstance(row["parameters"], list)
    table = "".join(run("ask", "--lang", "en").text.split())
    assert "silences" in table
    assert "broken-returns" in table


def test_ask_takes_values_in_both_forms_and_options_behind_the_name(run: Run) -> None:
    apart = run("ask", "duties", "--body", NENKIN, "--format", "json")
    assert apart.rows
    for arguments in (
        ["ask", "duties", f"--body={NENKIN}", "--format", "json"],
        ["ask", "duties", "--format", "json", "--body", NENKIN],
        ["ask", "--format", "json", "duties", "--body", NENKIN],
        ["ask", "duties", "--format=json", f"--body={NENKIN}"],
    ):
        assert run(*arguments).data == apart.data
    later = run(
        "ask", "duties", "--body", "デジタル庁", "--as-of", "2026-04-01", "--format", "json"
    )
    assert later.rows
    english = run("ask", "silences", "--lang", "en", "--format", "json")
    assert str(english.rows[0]["statement"]).isascii()


def test_a_parameter_narrows_the_answer(run: Run) -> None:
    def told(*arguments: str) -> list[dict[str, object]]:
        rows = run("ask", "sentences", *arguments, "--format", "json").rows
        return [{key: value for key, value in row.items() if value is not None} for row in rows]

    some = told("--section", "6(4)")
    assert some == [row for row in told() if row["section"] == "6(4)"]
    assert len(some) == 4
    one = run("ask", "norms", "--norm", "6(4)-2a", "--format", "json").rows
    assert {row["norm"] for row in one} == {"6(4)-2a"}
    shared = run("ask", "silences", "--shared", "true", "--format", "json").rows
    rest = run("ask", "silences", "--shared", "false", "--format", "json").rows
    assert len(shared) + len(rest) == len(run("ask", "silences", "--format", "json").rows)
    assert all(row["shared"] is True for row in shared)


# --- export -----------------------------------------------------------------------------------


def _plain(layers: Sequence[str]) -> rdflib.Graph:
    """Return layers of the graph as rdflib holds them."""
    from kijun.knowledge import open_graph

    store = open_graph().store
    triples = {
        quad.triple
        for layer in layers
        for quad in store.quads_for_pattern(
            None, None, None, pyoxigraph.NamedNode(graph_iri(layer))
        )
    }
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=data, format="nt")


def test_exported_turtle_is_canonical_and_the_same_graph(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "kijun.ttl"
    layers = ["--layer", "text", "--layer", "norms"]
    assert run("export", *layers, "-o", str(place)).status == 0
    text = place.read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# "))
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert turtle.canonical(read) == body
    assert len(read) > 2000
    assert set(read) == set(_plain(["text", "norms"]))
    assert run("export", *layers).data == place.read_bytes()


def test_an_export_holds_all_that_is_asserted(run: Run) -> None:
    read = rdflib.Graph().parse(data=run("export").data, format="turtle")
    wanted = _plain([layer for layer in LAYERS if layer != "derived"])
    assert len(read) == len(wanted)
    # Lists of OWL have blank nodes, whose names differ; everything else is the same.
    assert set(_named(read)) == set(_named(wanted))


def _named(graph: rdflib.Graph) -> list[tuple[rdflib.term.Node, ...]]:
    return [
        triple for triple in graph if not any(isinstance(term, rdflib.BNode) for term in triple)
    ]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_exported_json_ld_reads_back(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "kijun.jsonld"
    assert run("export", "--layer", "text", "--layer", "norms", "-o", str(place)).status == 0
    read = rdflib.Graph().parse(data=place.read_text(encoding="utf-8"), format="json-ld")
    assert isomorphic(read, _plain(["text", "norms"]))


def test_export_takes_its_format_from_the_option_or_the_ending(run: Run, tmp_path: Path) -> None:
    for name, form in (("a.jsonld", "{["), ("a.json", "{["), ("a.ttl", "#"), ("a", "#")):
        assert run("export", "--layer", "text", "-o", str(tmp_path / name)).status == 0
        assert (tmp_path / name).read_text(encoding="utf-8")[0] in form
    assert run("export", "--layer", "text", "--format", "jsonld").text[0] in "[{"


def test_one_layer_holds_nothing_of_another(run: Run) -> None:
    text = run("export", "--layer", "text").text
    assert "kijun:Sentence" in text
    assert "kijun:operativePhrase" not in text
    assert "kijun:InheritedDuty" not in run("export", "--layer", "norms").text


# --- surroundings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "LANG": "C"},
    ],
    ids=str,
)
def test_output_is_utf_8_on_any_console(env: dict[str, str]) -> None:
    done = process("norms", "--section", "3(1)①", env=env)
    assert done.returncode == 0
    assert "3(1)①-1a" in done.stdout.decode("utf-8")
    assert DRAFT in done.stderr.decode("utf-8")
    failed = process("norms", "--section", "㊿", env={**env, "PYTHONUTF8": "1"})
    assert failed.returncode == 2
    assert "㊿" in failed.stderr.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kijun", "duties", "--class", "指定法人", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        assert command.stdout.read(1) == b"["
        command.stdout.close()
        told = command.stderr.read().decode()
        assert command.wait(timeout=60) == 0
    assert "Traceback" not in told
    assert "Broken" not in told


@posix
@pytest.mark.parametrize(
    ("redirected", "status", "word"),
    [("norms >&-", 2, "standard output"), ("norms 2>&-", 0, ""), ("query - <&-", 2, "input")],
)
def test_closed_streams(redirected: str, status: int, word: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m kijun {redirected}', sys.executable],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_damaged_snapshot_is_built_again_and_said_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "cache"))
    # The graph of a day without registers is the smallest.
    command = ["norms", "--as-of", "2015-01-01", "--format", "json"]
    before = run(*command)
    assert "作り直した" not in before.told
    (place,) = (tmp_path / "cache").glob("graph-*")
    table = max(place.glob("*.sst"), key=lambda file: file.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    again = run(*command)
    assert (again.status, again.data) == (0, before.data)
    assert again.told.count("作り直した") == 1
    assert "作り直した" not in run(*command).told


def test_a_cache_that_cannot_be_kept_is_no_obstacle(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("KIJUN_CACHE", str(blocked / "cache"))
    ran = run("ask", "sections", "--as-of", "2015-01-01", "--format", "json")
    assert ran.status == 0
    assert len(ran.rows) > 20
    assert "メモリに作った" in ran.told
    assert list(tmp_path.iterdir()) == [blocked]


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    from kijun.content import VERSION

    for arguments, word in (
        (["--version"], VERSION),
        (["--help"], "Exit status"),
        *([[name, "--help"], "--format"] for name in ("norms", "duties", "reports", "route")),
        (["ask", "--help"], "NAME"),
        (["query", "--help"], "--timeout"),
        (["source", "--help"], "attach"),
        (["export", "--help"], "--layer"),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        assert ended.value.code == 0
        assert word in capsys.readouterr().out
