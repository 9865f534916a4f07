"""Sections are named as printed, and their IRIs lead back."""

from __future__ import annotations

import pytest

from kijun import sections
from kijun.errors import BadInput


@pytest.mark.parametrize(
    ("notation", "slug"),
    [
        ("2", "2"),
        ("2(1)", "2-1"),
        ("3(1)①", "3-1-1"),
        ("6(10)", "6-10"),
        ("附則", "suppl"),
        ("附則(2)", "suppl-2"),
        ("2①", "2-0-1"),
        ("3(1)⑳", "3-1-20"),
    ],
)
def test_slugs_go_there_and_back(notation: str, slug: str) -> None:
    assert sections.slug(notation) == slug
    assert sections.notation(slug) == notation
    assert sections.section_iri(notation) == f"https://w3id.org/kijun/id/section/{slug}"


def test_no_two_sections_share_a_slug() -> None:
    notations = [
        sections.notation_of(chapter, item, circled)
        for chapter in ("1", "2", "21", "附則")
        for item in (0, 1, 2, 11)
        for circled in (0, 1, 2, 11)
    ]
    assert len(set(map(sections.slug, notations))) == len(set(notations)) == 64


@pytest.mark.parametrize(
    "wrong", ["", "(1)", "3-1", "３", "0", "3(0)", "3(1)①\n", "附", "2.10", "3㉑"]
)
def test_no_notations(wrong: str) -> None:
    with pytest.raises(BadInput, match="is no section; write it as printed"):
        sections.slug(wrong)


@pytest.mark.parametrize(
    "wrong",
    ["", "0", "３", "3(1)", "3-0", "3-00-1", "3-1-21", "3-1-0", "3-1-1-1", "suppl-0", "3-1\n"],
)
def test_no_slugs(wrong: str) -> None:
    with pytest.raises(BadInput, match="names no section"):
        sections.notation(wrong)


def test_sentence_names() -> None:
    assert sections.sentence_iri("2(1)", 1) == "https://w3id.org/kijun/id/sentence/2-1-1"
    assert sections.sentence_iri("附則", 1) == "https://w3id.org/kijun/id/sentence/suppl-1"
