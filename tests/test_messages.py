"""What kijun says beside its answers is there in Japanese, whole, and in the right language."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from kijun import arguments, cli
from kijun.errors import BadInput
from kijun.lines import display_width
from kijun.saying import listing, quoted, speaking, spoken, translated, worded
from messages import COMPILED, OF_ARGPARSE, PACKAGE, catalogue, compiled, said_by_modules, templates

FOR_DEVELOPERS = {
    # What makes the graph from its sources fails only while somebody changes these.
    *(
        "axioms",
        "bulk",
        "clauses",
        "strata",
        "content",
        "expressions",
        "jsonld",
        "reference",
        "refusals",
        "register_tables",
    ),
    *("solving", "supervision", "turtle"),
    # The tables of the registers; the day that a person gives is said in their language.
    "dates",
    # Answers over HTTP, to programs.
    *("endpoint", "protocol"),
}
"""Modules whose errors are in English only."""

ERRORS = {
    *("KijunError", "BadInput", "UnknownName", "AmbiguousName", "MissingExtra", "LimitReached"),
    *("Unanswered", "Unwanted", "Busy", "Refused", "ArgumentTypeError"),
}


def blanks(template: str) -> list[str]:
    """Return the blanks of a template, those of argparse too, by name and in order of name."""
    if template in OF_ARGPARSE or template in set(map(_japanese, OF_ARGPARSE)):
        named = [part.partition(")")[0] for part in template.split("%(")[1:]]
        return sorted(named or ["%"] * (template.count("%s") + template.count("%r")))
    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name})


def _japanese(template: str) -> str:
    with speaking("ja"):
        return translated(template)


def of_help() -> set[str]:
    """Return what is said without blanks: help, and what argparse says."""
    said = {text for text, _, _ in said_by_modules()}
    return set(templates()) - said


def test_everything_said_has_japanese_and_nothing_else_has() -> None:
    entries = {one.id: one for one in catalogue() if one.id}
    assert set(templates()) == set(entries), "run python tests/messages.py"
    assert [one.id for one in entries.values() if not one.string or one.fuzzy] == []


def test_what_is_read_is_what_is_written() -> None:
    assert COMPILED.read_bytes() == compiled(catalogue()), "run make messages"


def test_japanese_has_the_blanks_of_the_english() -> None:
    plain = of_help() - set(OF_ARGPARSE)
    for one in catalogue():
        if one.id and one.id not in plain:
            assert blanks(str(one.string)) == blanks(str(one.id)), one.id


def test_japanese_is_written_as_in_check() -> None:
    for one in catalogue():
        text = str(one.string)
        assert '"' not in text.replace('pip install "kijun[', "").replace(']"', ""), text
        assert not any(polite in text for polite in ("です", "ます", "ください")), text


def messages_of_errors(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the text that each error of kijun's is made with."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ERRORS and node.args:
            yield node.args[name == "Refused"]


def in_english_only(text: ast.expr) -> bool:
    """Say whether words stand in a text that no ``worded`` puts into another language."""
    if isinstance(text, ast.Call):
        return False
    if isinstance(text, ast.IfExp):
        return in_english_only(text.body) or in_english_only(text.orelse)
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and any(map(str.isalpha, text.value))
    return any(
        in_english_only(part) for part in ast.iter_child_nodes(text) if isinstance(part, ast.expr)
    )


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_errors_are_said_in_the_language_of_the_person(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = [text.lineno for text in messages_of_errors(tree) if in_english_only(text)]
    assert bool(lines) == (path.stem in FOR_DEVELOPERS), lines


def test_nothing_is_put_together_before_it_is_said() -> None:
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "worded":
                assert isinstance(node.args[0], ast.Constant | ast.Name), (path.stem, node.lineno)


def test_python_speaks_english_unless_told() -> None:
    assert spoken() == "en"
    assert worded("one of {known}", known=listing(["a", "b"])) == "one of a, b"
    assert quoted(["総務省", "財務省"]) == '"総務省" or "財務省"'
    with speaking("ja"):
        assert worded("one of {known}", known=listing(["a", "b"])) == "次から選ぶ：a、b"
        assert quoted(["総務省", "財務省"]) == "「総務省」か「財務省」"
    assert spoken() == "en"


def test_blanks_may_hold_what_looks_like_a_blank() -> None:
    with speaking("ja"):
        assert "「{0}{name}%s」" in worded(
            'nothing is called "{name}"; did you mean {near}?',
            name="{0}{name}%s",
            near=quoted(["x"]),
        )


@pytest.mark.parametrize(
    ("words", "variables", "lang"),
    [
        ([], {"LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja"}, "ja"),
        ([], {"LANG": "Japanese_Japan.932"}, "ja"),
        ([], {"LC_MESSAGES": "ja_JP", "LANG": "en_US"}, "ja"),
        ([], {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "jam_JM"}, "en"),
        (["norms", "--lang", "ja"], {"LANG": "C"}, "ja"),
        (["norms", "--lang=ja"], {"LANG": "en_US"}, "ja"),
        (["norms", "--lang", "en"], {"LANG": "ja_JP"}, "en"),
        (["norms", "--lang", "en", "--lang", "ja"], {"LANG": "C"}, "ja"),
        (["norms", "--lang", "fr"], {"LANG": "ja_JP"}, "ja"),
        (["norms", "--lang"], {"LANG": "C"}, "en"),
    ],
)
def test_the_language_of_errors_and_help(
    monkeypatch: pytest.MonkeyPatch, words: list[str], variables: dict[str, str], lang: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert cli.language_of(words) == lang


@pytest.mark.parametrize(
    ("system", "lang"), [("Japanese_Japan", "ja"), ("English_United States", "en"), (None, "en")]
)
def test_without_a_variable_the_system_says_the_language(
    monkeypatch: pytest.MonkeyPatch, system: str | None, lang: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (system, "932"))
    assert cli.language_of(["norms"]) == lang


def test_a_command_leaves_no_language_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert cli.main(["norms", "--section", "9"]) == 2
    with pytest.raises(BadInput, match="no section is called"):
        arguments_of_a_section()


def arguments_of_a_section() -> None:
    from kijun import lookup
    from kijun.knowledge import open_graph

    lookup.sections(open_graph().engine, "9")


COMMANDS = [[], *([name] for name in arguments.parser([])._subparsers._group_actions[0].choices)]  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize("command", [*COMMANDS, ["ask", "silences"]], ids=" ".join)
def test_help_in_japanese_fits_a_terminal(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = {}
    for lang in ("ja", "en"):
        monkeypatch.setenv("LC_ALL", {"ja": "ja_JP.UTF-8", "en": "C"}[lang])
        with pytest.raises(SystemExit) as ended:
            cli.main([*command, "--help"])
        assert ended.value.code == 0
        shown[lang] = capsys.readouterr().out
    japanese = shown["ja"].splitlines()
    assert japanese[0].startswith("使い方：kijun")
    # argparse never breaks a group of options that exclude one another.
    assert [line for line in japanese if display_width(line) > 80 and " | " not in line] == []
    prose = [re.sub(r"kijun [a-z]+( [a-z]+)?", "", line) for line in japanese]
    left = [line for line in prose if re.search(r"\b[a-z]+ [a-z]+ [a-z]+", line)]
    assert left == [], "not in Japanese"


SHARED = str(PACKAGE.parents[1] / "ontology" / "profiles" / "examples" / "shared-platform")


@pytest.mark.parametrize(
    "words",
    [
        "gaps",
        "gaps nothing.xlsx",
        "gaps {folder}/old.xls",
        "gaps {folder}/note.txt",
        "gaps {shared} --explain 999",
        "gaps {shared} --explain x",
        "gaps {shared} --format html",
        "check",
        "check {folder}/note.txt",
        "check {folder}/empty.csv",
        "profile new",
        "profile new --example nothing -o {folder}/p.xlsx",
        "profile convert one",
        "profile convert nothing.csv {folder}/p.pdf",
        "profile checklist",
        "report 総務省",
        "report 総務省 -o {folder}/r.pdf",
        "report 府省庁 -o {folder}/r.html",
        "view",
        "view nothing",
        "view route 総務省",
        "view duties 総務省 --about incident -o {folder}/v.html",
        "view boundary どこか --profile {shared} -o {folder}/v.html",
        "serve --port 70000",
        "serve --host 0.0.0.0",
        "serve --format csv",
        "whatif",
        "whatif --without 府省庁",
        "whatif --minister 総務省=財務省",
        "whatif --minister 情報通信研究機構=日本年金機構",
        "whatif --class 情報通信研究機構=会社",
        "whatif --without-line 9-9z",
        "diff 総務省",
        "diff 総務省 独立行政法人",
        "explain 総務省",
        "explain 総務省 9-9",
        "explain 府省庁 6(4)-2a",
        "norms -o {folder}/no/x.csv",
        "norms -o {folder}",
        "norms -o {folder}/x.pdf",
        "duties 総務省 --endpoint nonsense",
        "explain 総務省 6(4)-2a --endpoint http://127.0.0.1:9/",
        "source check nothing",
        "query nothing",
    ],
)
def test_what_is_wrong_is_told_in_japanese(
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    for name in ("old.xls", "note.txt", "empty.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    given = words.format(folder=tmp_path, shared=SHARED).split(" ")
    assert cli.main(given) == 2
    *_, told, end = capsys.readouterr().err.split("\n")
    assert (told[:7], end) == ("kijun: ", "")
    assert re.search("[ぁ-ん]", told)
    plain = re.sub(r"kijun [a-z]+( [a-z]+)?|\S*/\S*", "", told)
    assert not re.search(r"\b[a-z]+ [a-z]+ [a-z]+", plain), told
