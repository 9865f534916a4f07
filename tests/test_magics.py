"""The words of a notebook: %kijun and %%sparql."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kijun
from kijun.content import ONTOLOGY
from kijun.knowledge import KnowledgeGraph
from kijun.magics import pointed
from kijun.query_text import show
from kijun.table import Table
from kijun.views import Drawing

SHARED = str(ONTOLOGY / "profiles" / "examples" / "shared-platform")

pytest.importorskip("IPython", reason="needs IPython")
pandas = pytest.importorskip("pandas", reason="needs pandas")


@pytest.fixture(scope="module")
def shell(kg: KnowledgeGraph) -> Iterator[Any]:
    """An IPython of its own, with the extension loaded."""
    from IPython.core.interactiveshell import InteractiveShell

    made = InteractiveShell.instance()
    made.run_line_magic("load_ext", "kijun")
    yield made
    InteractiveShell.clear_instance()


def line(shell: Any, words: str) -> Any:
    return shell.run_line_magic("kijun", words)


def cell(shell: Any, words: str, text: str) -> Any:
    return shell.run_cell_magic("sparql", words, text)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("duties 総務省 --route supervision", lambda kg: kg.duties("総務省", route="supervision")),
        ("reports --from 日本年金機構", lambda kg: kg.reports("日本年金機構")),
        ("route 総務省 NISC --about incident", lambda kg: kg.route("総務省", "NISC", "incident")),
        ("norms --section '6(4)'", lambda kg: kg.norms("6(4)")),
        ("ask silences --shared true", lambda kg: kg.ask("silences", shared="true")),
        ("ask", lambda kg: kg.catalogue()),
        (f"gaps {SHARED}", lambda _: kijun.open(SHARED).gaps()),
        (f"gaps {SHARED} --repair", lambda _: kijun.open(SHARED).repair()),
    ],
)
def test_a_line_gives_the_table_that_python_gives(
    shell: Any, kg: KnowledgeGraph, words: str, same: Any
) -> None:
    found = line(shell, words)
    assert isinstance(found, Table)
    assert found == same(kg)
    assert "<table>" in found._repr_html_()


def test_a_check_gives_a_table_even_of_nothing(shell: Any, kg: KnowledgeGraph) -> None:
    assert line(shell, f"check {SHARED}") == kg.check(SHARED)


def test_a_line_draws(shell: Any, kg: KnowledgeGraph) -> None:
    found = line(shell, "view route 日本年金機構 NISC --about incident")
    assert isinstance(found, Drawing)
    assert found.picture == kg.view("route", "日本年金機構", "NISC", about="incident").picture


def test_a_variable_stands_in_a_line(shell: Any, kg: KnowledgeGraph) -> None:
    shell.user_ns["agency"] = "日本年金機構"
    shell.run_cell("rows = %kijun duties {agency} --as-of 2026-04-01")
    assert shell.user_ns["rows"] == kijun.open(as_of="2026-04-01").duties("日本年金機構")


def test_a_line_writes_files_and_prints_what_is_text(
    shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "n.csv"
    assert line(shell, f"norms --section '6(4)' -o '{place}'") is None
    assert place.read_text(encoding="utf-8-sig").startswith("note,norm,")
    assert line(shell, "explain 日本年金機構 '6(4)-3a'") is None
    assert "6(4)-3a" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("duties 総務", 'nothing is called "総務"'),
        ("norms --section '9'", "no section is called"),
        ("frobnicate", "invalid choice"),
        ("norms --section C:\\new", r"C:\\new"),
        ("norms 'open", "close the quotation mark"),
        ("view everything", "there is no view"),
        ("", "the following arguments are required: COMMAND"),
    ],
)
def test_an_error_is_said_without_a_traceback(shell: Any, words: str, message: str) -> None:
    from IPython.core.error import UsageError

    with pytest.raises(UsageError, match=message):
        line(shell, words)


def test_an_error_is_said_in_the_language_that_the_line_asks_for(shell: Any) -> None:
    from IPython.core.error import UsageError

    with pytest.raises(UsageError, match="「総務」という名前のもの"):
        line(shell, "duties 総務 --lang ja")
    with pytest.raises(UsageError) as caught:
        cell(shell, "--lang ja", "SELECT ?x {\n  ?x foaf:name ?y\n}")
    said = str(caught.value).split("\n")
    assert "2行" in said[0]
    assert "字目" in said[0]
    assert "←" not in said[0]
    assert said[2].index("^") == said[1].index("foaf")


QUERY = "SELECT ?name { ?norm kijun:force kijun:may ; kijun:notation ?name }"


def test_a_query_gives_a_frame_after_its_notes(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = cell(shell, "", QUERY)
    assert list(frame["name"]) == ["6(3)-6a"]
    assert "この本文は2016年の案である" in capsys.readouterr().out
    assert cell(shell, "kept --lang en", QUERY) is None
    assert list(shell.user_ns["kept"]["name"]) == ["6(3)-6a"]


def test_a_query_is_asked_of_the_graph_that_is_named(shell: Any) -> None:
    shell.user_ns["later"] = kijun.open(as_of="2026-04-01")
    text = "SELECT (COUNT(DISTINCT ?r) AS ?registers) { ?e kijun:register ?r }"
    there = cell(shell, "--on later", text)["registers"][0]
    assert there == later_registers(shell.user_ns["later"], text)
    assert cell(shell, "--as-of 2026-04-01", text)["registers"][0] == there


def later_registers(graph: KnowledgeGraph, text: str) -> int:
    return graph.sparql(text)[0]["registers"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("words", "query", "message"),
    [
        ("--on nothing", QUERY, "no open graph has this name; write nothing = kijun.open()"),
        ("--on later --lang en", QUERY, "--on names a graph"),
        ("1x", QUERY, '"1x" cannot be a variable'),
        ("--timeout 0", QUERY, "give seconds between 0 and 3600"),
        ("--as-of 2016-02-30", QUERY, "no such day"),
        ("", "INSERT DATA { <x:a> <x:b> <x:c> }", "queries only read"),
        ("", " # nothing", "the query is empty"),
    ],
)
def test_a_query_that_cannot_be_asked(shell: Any, words: str, query: str, message: str) -> None:
    from IPython.core.error import UsageError

    shell.user_ns["later"] = kijun.open(as_of="2026-04-01")
    with pytest.raises(UsageError) as caught:
        cell(shell, words, query)
    assert message in str(caught.value)


def test_an_error_in_a_query_has_a_caret_at_its_place(shell: Any) -> None:
    from IPython.core.error import UsageError

    text = "SELECT ?x {\n  ?x kijun:statement '総務省'@ja ; foaf:name ?y\n}\n"
    with pytest.raises(UsageError) as caught:
        cell(shell, "", text)
    said = str(caught.value).split("\n")
    assert said[0].startswith("the query does not parse at line 2, column ")
    assert said[0].endswith("(its prefix is not declared; add a PREFIX line)")
    assert said[1] == "    ?x kijun:statement '総務省'@ja ; foaf:name ?y"
    # Three wide signs take six cells.
    assert said[2].index("^") == said[1].index("foaf") + 3


def test_a_caret_stands_where_the_message_says() -> None:
    text = "一行目\n二行目はここ"
    assert pointed(f"wrong {show(text, 7)}; mend it", text).split("\n") == [
        "wrong at line 2, column 4; mend it",
        "  二行目はここ",
        "        ^",
    ]
    assert pointed("no place", text) == "no place"
    assert pointed(f"elsewhere {show(text, 7)}", "x") == f"elsewhere {show(text, 7)}"


def test_without_pandas_a_query_names_the_extra(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from IPython.core.error import UsageError

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"kijun\[notebook\]"):
        cell(shell, "", QUERY)
