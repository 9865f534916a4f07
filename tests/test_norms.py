"""The encoding of the norms, held against the text where it is at hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kijun import text
from kijun.knowledge import KnowledgeGraph
from kijun.norms import Norm, norms, value
from kijun.sections import notation
from kijun.terms import ID, NS


@pytest.fixture(scope="module")
def encoded(kg: KnowledgeGraph) -> dict[str, Norm]:
    return {norm.name: norm for norm in norms(kg.engine, "ja").values()}


def _select(kg: KnowledgeGraph, pattern: str) -> list[tuple[str, ...]]:
    rows = kg.engine.select(f"PREFIX kijun: <{NS}> SELECT * WHERE {{ {pattern} }}")
    return sorted(tuple(value(row, name) for name in sorted(row)) for row in rows)


def test_every_sentence_is_a_node_and_none_is_unaccounted_for(kg: KnowledgeGraph) -> None:
    sentences = {row[0] for row in _select(kg, "?s a kijun:Sentence")}
    assert len(sentences) == 63
    sources = {row[1] for row in _select(kg, "?n a kijun:Norm ; kijun:source ?s")}
    kinds = {row[1]: row[0] for row in _select(kg, "?s a kijun:Sentence ; kijun:kind ?k")}
    assert sources | kinds.keys() == sentences
    assert {iri.removeprefix(ID): kind.removeprefix(NS) for iri, kind in kinds.items()} == {
        "sentence/1-1": "purpose",
        "sentence/3-3-5": "explanatory",
        "sentence/4-1-1": "constitutive",
        "sentence/suppl-1": "repeal",
    }


def test_every_norm_names_one_sentence_of_its_section(encoded: dict[str, Norm]) -> None:
    assert len(encoded) == 91
    for name, norm in encoded.items():
        slug = norm.sentence.removeprefix(f"{ID}sentence/").rpartition("-")
        assert notation(slug[0]) == notation(norm.section.removeprefix(f"{ID}section/"))
        assert re.fullmatch(rf"{re.escape(notation(slug[0]))}-{norm.number}[a-z]", name)
        assert norm.iri == f"{ID}norm/{slug[0]}-{norm.number}{name[-1]}"
    assert [n.order for n in sorted(encoded.values(), key=lambda n: n.order)] == list(range(1, 92))


def test_the_forces_are_counted(encoded: dict[str, Norm]) -> None:
    counts = Counter(norm.force for norm in encoded.values())
    assert counts == {"must": 68, "should": 13, "need": 9, "may": 1}


@pytest.mark.parametrize(
    ("name", "force", "bearer", "recipients"),
    [
        ("2-1a", "must", "id:NISC", []),
        ("2-1b", "must", "id:headquarters", []),
        ("2-2a", "must", "id:NISC", ["Ministry"]),
        ("3(1)③-2a", "must", "Ministry", []),
        ("3(2)-1a", "must", "Ministry", ["AdministrativeStaff"]),
        ("3(3)-3a", "should", "Ministry", []),
        ("3(3)-3b", "need", "Ministry", []),
        ("4(2)-3a", "must", "Corporation", ["SupervisingMinistry"]),
        ("4(2)-3b", "must", "Corporation", ["Executive", "Manager"]),
        ("4(3)-2a", "must", "CompetentMinister", ["IncorporatedAdministrativeAgency"]),
        ("4(3)-2b", "must", "CompetentMinister", ["Public"]),
        ("4(3)-3a", "must", "Ministry", ["DesignatedCorporation"]),
        ("4(3)-4b", "must", "id:NISC", ["SupervisingMinistry"]),
        ("5(1)-2a", "should", "Ministry", []),
        ("5(1)-2b", "must", "id:headquarters", ["Ministry"]),
        ("5(1)-2c", "must", "id:NISC", ["Ministry"]),
        ("5(2)-1a", "must", "Corporation", []),
        ("5(2)-1b", "must", "Corporation", ["SupervisingMinistry"]),
        ("5(3)-1c", "must", "id:headquarters", ["Public"]),
        ("6(3)-6a", "may", "PlatformOperator", ["ConnectedSystemManager"]),
        ("6(4)-2a", "must", "Ministry", ["id:NISC"]),
        ("6(4)-2b", "must", "Ministry", ["id:NISC"]),
        ("6(4)-3a", "must", "Corporation", ["SupervisingMinistry"]),
        ("6(4)-4b", "must", "id:NISC", ["Ministry"]),
    ],
)
def test_what_the_text_says_survives(
    encoded: dict[str, Norm], name: str, force: str, bearer: str, recipients: list[str]
) -> None:
    def iri(short: str) -> str:
        if short.startswith("id:"):
            return f"{ID}office/{short.removeprefix('id:').lower()}"
        return NS + short

    norm = encoded[name]
    assert norm.force == force
    assert norm.bearer == iri(bearer)
    assert sorted(norm.recipients) == sorted(map(iri, recipients))


def test_asymmetries_are_kept(encoded: dict[str, Norm], kg: KnowledgeGraph) -> None:
    told_nisc = {n for n, norm in encoded.items() if f"{ID}office/nisc" in norm.recipients}
    assert all(encoded[name].bearer != NS + "Corporation" for name in told_nisc)
    assert encoded["6(4)-2a"].timings == (NS + "promptly",)
    assert NS + "promptly" not in encoded["6(4)-2b"].timings
    assert encoded["6(4)-4b"].condition == "情報元の同意"
    published = {n for n, norm in encoded.items() if NS + "Public" in norm.recipients}
    assert published == {"4(3)-2b", "5(3)-1c"}
    regards = _select(kg, "?n kijun:notation '4(3)-2b' ; kijun:regards ?c")
    assert [row[0] for row in regards] == [NS + "IncorporatedAdministrativeAgency"]
    overrides = _select(kg, "?n kijun:notation '6(3)-6a' ; kijun:overrides ?d")
    assert {row[0].rsplit("/", 1)[1] for row in overrides} == {
        "ministry-policy",
        "corporation-policy",
    }


def test_an_unsaid_bearer_comes_with_its_reading(encoded: dict[str, Norm]) -> None:
    for name in ("3(1)①-2a", "3(3)-4a", "5(1)-1a", "6(3)-1a", "6(3)-5a", "2(1)-1a"):
        assert encoded[name].reading, name
    assert encoded["6(3)-1a"].alternatives
    assert not encoded["3(2)-1a"].reading


def test_phrases_stand_in_their_sentence(source_text: str, encoded: dict[str, Norm]) -> None:
    edition = text.split(source_text)
    by_iri = {(s.section, s.ordinal): text.bare(s.text) for s in edition.sentences}
    for name, norm in encoded.items():
        assert len(norm.phrase) <= 24, name
        section = notation(norm.section.removeprefix(f"{ID}section/"))
        assert text.bare(norm.phrase) in by_iri[section, norm.number], name


def test_statements_are_in_our_own_words(source_text: str, kg: KnowledgeGraph) -> None:
    bare = text.bare(source_text)
    for lang in ("ja", "en"):
        for norm in norms(kg.engine, lang).values():
            words = text.bare(norm.statement)
            assert words
            runs = (words[i : i + 32] for i in range(len(words) - 31))
            assert not any(run in bare for run in runs), (norm.name, lang)


def test_the_phrase_carries_the_force(encoded: dict[str, Norm]) -> None:
    soft = re.compile("必要がある|必要である|重要である|求められる|原則である|ことができる")
    for name, norm in encoded.items():
        found = soft.search(norm.phrase)
        if norm.force == "must":
            assert not found, name
        if norm.force == "may":
            assert "ことができる" in norm.phrase
