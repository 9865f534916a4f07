"""Explanations that were read by hand, of corporations of all classes, and their cited leaves."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from asked_explanations import NICT, PENSION, ask, nodes
from freeze_explanations import CASES, KEPT, kept
from kijun.narration import Node

REGISTERS = Path(__file__).resolve().parents[1] / "ontology" / "registers"


@cache
def readings() -> dict[str, Any]:
    return tomllib.loads((KEPT / "readings.toml").read_text(encoding="utf-8"))


def leaves(found: list[Node]) -> list[Node]:
    return [node for node in nodes(found) if not node["premises"]]


@pytest.mark.parametrize("name", CASES)
def test_the_explanations_that_were_read_have_not_changed(name: str) -> None:
    assert kept(name) == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def test_every_kept_explanation_is_still_made() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == set(CASES)


def test_every_kept_explanation_was_read() -> None:
    assert set(readings()) == set(CASES)
    for name, read in readings().items():
        assert set(read) == {"sentences", "words", "follows", "doubtful"}, name
        assert read["follows"].endswith("."), name


@pytest.mark.parametrize("name", CASES)
def test_a_reading_is_of_the_sentences_that_the_proof_rests_on(name: str) -> None:
    found = nodes(ask(*CASES[name]))
    assert sorted(readings()[name]["sentences"]) == sorted(
        {
            f"{citation['section']}-{citation['sentence']}"
            for node in found
            if isinstance(citation := node["citation"], dict) and citation["kind"] == "sentence"
        }
    )
    displaced = any(node["rule"] == "displaced" for node in found)
    assert displaced == ("displaces" in readings()[name]["follows"])
    # Where the graph marks a reading, whoever read the proof has said what may be disputed.
    assert readings()[name]["doubtful"] != "nothing" or not any(
        node["interpretation"] for node in found
    )


@pytest.mark.parametrize("name", CASES)
def test_the_words_of_a_reading_stand_in_its_sentences(name: str, source_text: str) -> None:
    from kijun.text import split

    texts = {
        f"{s.section}-{s.ordinal}": "".join(s.text.split()) for s in split(source_text).sentences
    }
    read = readings()[name]
    assert bool(read["words"]) == bool(read["sentences"])
    for words in read["words"]:
        assert len(words) <= 24
        assert any("".join(words.split()) in texts[place] for place in read["sentences"]), words


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_leaf_cites_what_it_rests_on(name: str, lang: str) -> None:
    for leaf in leaves(ask(*CASES[name], lang=lang)):
        citation = leaf["citation"]
        assert isinstance(citation, dict), leaf["statement"]
        assert leaf["source"] == citation["label"]
        wanted = {
            "sentence": ("section", "sentence", "iri"),
            "section": ("section", "iri"),
            "register": ("file", "row", "register_date", "confidence", "provenance", "iri"),
            "axiom": ("iri", "definition"),
            "convention": ("file",),
            "scope": ("label",),
        }[str(citation["kind"])]
        assert all(citation.get(key) for key in wanted), citation
        for law in citation.get("law", []):
            assert law["address"].startswith("https://laws.e-gov.go.jp/law/")
            assert law["confidence"] in ("found", "derived", "recalled")


def test_a_cited_row_is_the_row_of_the_file() -> None:
    with (REGISTERS / "organizations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    seen = set()
    for what in CASES.values():
        for node in nodes(ask(*what)):
            citation = node["citation"]
            if isinstance(citation, dict) and citation["kind"] == "register":
                body = rows[citation["row"] - 1][0]
                assert body in str(node["statement"]) or "所管の記載" in str(node["statement"])
                seen.add(body)
    assert {NICT, PENSION, "国立公文書館"} <= seen


def test_a_cited_phrase_stands_in_the_cited_sentence(source_text: str) -> None:
    from kijun.sections import sentence_iri
    from kijun.text import split

    found = {
        sentence_iri(s.section, s.ordinal): "".join(s.text.split())
        for s in split(source_text).sentences
    }
    checked = 0
    for what in CASES.values():
        for node in nodes(ask(*what)):
            citation = node["citation"]
            if isinstance(citation, dict) and citation.get("phrase"):
                assert "".join(citation["phrase"].split()) in found[citation["iri"]]
                checked += 1
    assert checked > 50


def test_grades_and_readings_are_shown() -> None:
    light, full = ask(NICT, "3(1)①-1a"), ask("情報処理推進機構", "6(5)-1a")
    assert "考慮" in str(light[0]["statement"])
    assert any("踏まえ" in str(node["interpretation"]) for node in nodes(light))
    assert "置き換えて読む" in str(light[0]["interpretation"])
    assert "及ぶ強さ：義務" in str(full[0]["statement"])
    assert any("同様に" in str(node["interpretation"]) for node in nodes(full))
    police = ask("警察庁", "6(4)-2a", route="supervision", all_paths=True)
    assert any("国家公安委員会" in str(node["interpretation"]) for node in nodes(police))
    assert "双方向" in str(ask("総務省", "4(2)-4a", "NISC")[0]["interpretation"])
    displaced = ask(NICT, "3(3)-8a")
    assert displaced[-1]["rule"] == "displaced"


def test_joint_supervision_cites_its_own_row() -> None:
    (line,) = ask(NICT, "5(2)-1b", "文部科学省")
    assert any("co_supervision.csv" in str(node["source"]) for node in nodes([line]))
