"""What an assumption cannot be, what changes nothing, and the answer as it is written."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assumptions import about, answered, ask
from kijun.consequences import DIFFERENCE_COLUMNS
from kijun.errors import BadInput, KijunError, UnknownName
from kijun.formats import FORMATS, answer_bytes
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.single_points import POINT_COLUMNS
from kijun.terms import ID
from kijun.whatif import whatif


@pytest.mark.parametrize(
    ("assumed", "reason"),
    [
        ({"without": ["国税庁"]}, "国税庁については、財務省が答える"),
        ({"without": ["デジタル庁"]}, "この日の名簿にも規範にも現れない"),
        ({"of_class": ["日本年金機構=指定法人"]}, "もともと指定法人である"),
        ({"minister": ["日本年金機構=厚生労働省"]}, "もともとそのとおりである"),
        ({"minister": ["日本年金機構-=財務省"]}, "もともとそのとおりである"),
        ({"minister": ["日本年金機構+=厚生労働省"]}, "もともとそのとおりである"),
        ({"without_line": ["6(4)-3a:日本年金機構:総務省"]}, "その間にその規範の線はない"),
        ({"without_line": ["3(1)①-1a:総務省:NISC"]}, "その間にその規範の線はない"),
    ],
)
def test_what_changes_nothing_says_why(
    kg: KnowledgeGraph, assumed: dict[str, list[str]], reason: str
) -> None:
    answer = whatif(kg, **assumed)  # type: ignore[arg-type]
    assert not answer.rows
    assert any(reason in note for note in answer.notes), answer.notes


@pytest.mark.parametrize(
    ("assumed", "message"),
    [
        ({}, "nothing is assumed"),
        ({"without": ["ない省"]}, "nothing is called"),
        ({"without": ["独立行政法人"]}, "is a class"),
        ({"without_line": ["6(4)-9z"]}, "did you mean 6"),
        ({"without_line": ["6(4)-2a:"]}, "write NORM or NORM:FROM:TO"),
        ({"without_line": ["6(4)-2a:総務省"]}, "write NORM or NORM:FROM:TO"),
        ({"without_line": ["6(4)-2a:ない省:NISC"]}, "nothing is called"),
        ({"minister": ["総務省=財務省"]}, "only such a corporation"),
        ({"minister": ["日本貿易振興会議=財務省"]}, "nothing is called"),
        ({"minister": ["日本年金機構="]}, "with something after ="),
        ({"minister": ["日本年金機構"]}, "with something after ="),
        ({"minister": ["日本年金機構=国税庁"]}, "is no ministry and competent for no corporation"),
        ({"minister": ["日本年金機構=デジタル庁"]}, "is no ministry on that day"),
        ({"minister": ["日本年金機構=日本学術振興会"]}, "is no ministry on that day"),
        ({"minister": ["日本年金機構=総務省", "日本年金機構+=財務省"]}, "given twice"),
        ({"minister": ["男女共同参画機構=総務省"]}, "is in no register of 2016-10-12"),
        ({"minister": ["日本年金機構=総務省"], "without": ["総務省"]}, "drop one"),
        ({"minister": ["日本年金機構=総務省"], "without": ["日本年金機構"]}, "drop one"),
        ({"of_class": ["日本年金機構=中期目標管理法人"], "without": ["日本年金機構"]}, "drop one"),
        ({"of_class": ["総務省=指定法人"]}, "only such a corporation"),
        ({"of_class": ["日本年金機構=独立行政法人"]}, "with one of"),
        ({"of_class": ["日本年金機構+=指定法人"]}, "with one of"),
        ({"of_class": ["NICT=指定法人", "情報通信研究機構=行政執行法人"]}, "given twice"),
        ({"without": ["総務省"], "body": "独立行政法人"}, "is a class"),
    ],
)
def test_what_cannot_be_is_one_line(
    kg: KnowledgeGraph, assumed: dict[str, list[str]], message: str
) -> None:
    with pytest.raises(BadInput) as error:
        whatif(kg, **assumed)  # type: ignore[arg-type]
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert isinstance(error.value, KijunError)


def test_an_unknown_norm_has_candidates(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName) as error:
        whatif(kg, without_line=["6(4)-2"])
    assert set(error.value.candidates) >= {"6(4)-2a", "6(4)-2b"}


# The answer itself


def test_every_row_cites_and_has_the_keys(kg: KnowledgeGraph) -> None:
    known = {column.key for column in DIFFERENCE_COLUMNS}
    for row in ask(kg, without=["総務省"]):
        assert set(row) <= known
        assert str(row["norm_iri"]).startswith(f"{ID}norm/")
        assert str(row["sentence_iri"]).startswith(f"{ID}sentence/")
        assert row["section"]
        assert isinstance(row["sentence"], int)
        assert row["basis"] in ("found", "derived", "recalled")
        assert row["in_force"] is kg.validity.in_force
    known = {column.key for column in POINT_COLUMNS}
    for row in ask(kg, single_points=True):
        assert set(row) <= known
        assert row["section"] == "4(2)"


def test_all_formats_take_it(kg: KnowledgeGraph) -> None:
    for assumed in ({"of_class": ["NICT=行政執行法人"]}, {"single_points": True}):
        answer = answered(kg, **assumed)
        for form in FORMATS:
            assert answer_bytes(answer, form, describe=kg.describe)
        assert len(json.loads(answer_bytes(answer, "json"))) == len(answer.rows)
        ttl = answer_bytes(answer, "turtle", describe=kg.describe).decode()
        assert "norm:4-" in ttl


def test_in_english() -> None:
    english = open_graph(lang="en")
    answer = whatif(english, without=["MHLW"], body="Japan Pension Service")
    assert str(answer.rows[0]["detail"]).startswith("cut off from National center of Incident")
    assert "Assumed: without Ministry of Health, Labour and Welfare." in answer.notes
    assert not any(
        character > "\u3000" for note in answer.notes for character in note if character.isalpha()
    )


def _files() -> dict[str, str]:
    found = {}
    for name in ("KIJUN_CACHE", "KIJUN_DATA"):
        for path in sorted(Path(os.environ[name]).rglob("*")):
            if path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def test_nothing_is_saved(kg: KnowledgeGraph) -> None:
    files, size = _files(), len(kg.store)
    duties = kg.duties("日本年金機構").rows
    whatif(
        kg,
        without=["財務省"],
        without_line=["6(4)-2b"],
        minister=["日本年金機構=総務省"],
        of_class=["NICT=行政執行法人"],
    )
    assert _files() == files
    assert len(kg.store) == size
    assert kg.duties("日本年金機構").rows == duties


SCRIPT = """
import sys
from kijun.formats import answer_bytes
from kijun.knowledge import open_graph
from kijun.whatif import whatif
kg = open_graph()
for answer in (
    whatif(kg, without=sys.argv[1:], minister=["日本年金機構=外務省+厚生労働省"]),
    whatif(kg, single_points=True),
):
    sys.stdout.buffer.write(answer_bytes(answer, "json"))
"""


def test_the_same_bytes_in_every_process_and_order(kg: KnowledgeGraph) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, *without],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed, without in (("1", ["総務省", "財務省"]), ("2", ["MOF", "総務省", "財務省"]))
    }
    assert len(outputs) == 1


def test_only_what_concerns_one_body(kg: KnowledgeGraph) -> None:
    whole = ask(kg, without=["総務省"])
    assert ask(kg, without=["総務省"], body="NICT") == about(whole, "情報通信研究機構")
