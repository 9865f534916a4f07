"""Another edition beside the guideline: what is the same, and what became of the rest."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kijun import edition_rows, likeness, sections, text
from kijun.edition_page import page
from kijun.editions import MOST, Comparison, Match, compare
from kijun.errors import BadInput
from kijun.resting import Sentences

CATS = """\
猫の指針
１ 目的
本指針は、猫の昼寝について必要な事項を定める（平成○年○月○日決定）。
２ 昼寝
(1) 場所
猫は、日当たりのよい縁側で、午前中に二時間ほど昼寝をする。
飼い主は、縁側に座布団を置き、猫が嫌がらないときは背中をなでることができる。
猫は、雨の日には、押し入れの毛布の上で丸くなる。
(2) 食事
飼い主は、毎朝七時に新しい水と魚を用意し、猫が残した分を夕方までに片付ける。
附則 旧指針は廃止する。
"""


def words_of(edition: text.Edition) -> dict[str, str]:
    return {sections.sentence_iri(s.section, s.ordinal): s.text for s in edition.sentences}


def against(known: str, other: str, *, attached: bool = True) -> Comparison:
    texts = words_of(text.split(known))
    hashes = {iri: text.sha256(words) for iri, words in texts.items()}
    return compare(text.split(other), hashes, texts if attached else None)


def told(comparison: Comparison) -> list[str]:
    """Everything that is not unchanged, as ``status ours > theirs``."""
    cite = edition_rows.citation
    return [
        f"{m.status} {'+'.join(map(cite, m.known))}>{'+'.join(map(cite, m.theirs))}"
        for m in comparison.matches
        if m.status != "unchanged"
    ]


def swapped(original: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert original.count(old) == 1, old
        original = original.replace(old, new)
    return original


def only(comparison: Comparison, status: str) -> Match:
    [match] = [m for m in comparison.matches if m.status == status]
    return match


# --- small editions -----------------------------------------------------------------------


def test_the_same_text_is_unchanged() -> None:
    found = against(CATS, CATS.replace("\n猫は", "\n\n  猫 は").replace("毎朝", "毎\n朝"))
    assert told(found) == []
    assert (found.counts(), found.share, found.is_edition, found.differs) == (
        {"unchanged": 6},
        1.0,
        True,
        False,
    )


SMALL_EDITS = {
    "added": (
        [("猫は、雨の日", "犬は、庭を走る。\n猫は、雨の日")],
        ["new >2(1)-3", "renumbered 2(1)-3>2(1)-4"],
    ),
    "added first": (
        [("本指針は", "まず猫を飼う。\n本指針は")],
        ["new >1-1", "renumbered 1-1>1-2"],
    ),
    "dropped": (
        [("猫は、雨の日には、押し入れの毛布の上で丸くなる。\n", "")],
        ["gone 2(1)-3>"],
    ),
    "moved to another section": (
        [
            ("猫は、雨の日には、押し入れの毛布の上で丸くなる。\n", ""),
            ("片付ける。\n", "片付ける。\n猫は、雨の日には、押し入れの毛布の上で丸くなる。\n"),
        ],
        ["moved 2(1)-3>2(2)-2"],
    ),
    "moved and changed": (
        [
            ("猫は、雨の日には、押し入れの毛布の上で丸くなる。\n", ""),
            ("片付ける。\n", "片付ける。\n猫は、雪の日には、押し入れの毛布の上で丸くなる。\n"),
        ],
        ["changed 2(1)-3>2(2)-2"],
    ),
    "split": (
        [("座布団を置き、猫が", "座布団を置く。飼い主は、猫が")],
        ["split 2(1)-2>2(1)-2+2(1)-3", "renumbered 2(1)-3>2(1)-4"],
    ),
    "merged": (
        [("昼寝をする。\n飼い主は", "昼寝をし、飼い主は")],
        ["merged 2(1)-1+2(1)-2>2(1)-1", "renumbered 2(1)-3>2(1)-2"],
    ),
    "recipient changed": ([("猫が嫌がらない", "犬が嫌がらない")], ["changed 2(1)-2>2(1)-2"]),
    "section inserted": (
        [("２ 昼寝", "２ 遊び\n飼い主は、毎晩遊ぶ。\n３ 昼寝")],
        [
            "new >2-1",
            "renumbered 2(1)-1>3(1)-1",
            "renumbered 2(1)-2>3(1)-2",
            "renumbered 2(1)-3>3(1)-3",
            "renumbered 2(2)-1>3(2)-1",
        ],
    ),
    "rewritten in place": (
        [
            (
                "猫は、雨の日には、押し入れの毛布の上で丸くなる。",
                "猫は、雨天の場合、毛布の上で丸く眠る。",
            )
        ],
        ["changed 2(1)-3>2(1)-3"],
    ),
    "repeated": (
        [("附則", "(3) 再び\n猫は、雨の日には、押し入れの毛布の上で丸くなる。\n附則")],
        ["new >2(3)-1"],
    ),
}


@pytest.mark.parametrize("name", SMALL_EDITS)
def test_a_small_edit_is_seen(name: str) -> None:
    pairs, expected = SMALL_EDITS[name]
    found = against(CATS, swapped(CATS, *pairs))
    assert told(found) == expected
    assert found.differs
    assert found.is_edition


def test_renumbered_sections_are_named() -> None:
    pairs, _ = SMALL_EDITS["section inserted"]
    assert against(CATS, swapped(CATS, *pairs)).renumbered == (
        ("2(1)", "3(1)"),
        ("2(2)", "3(2)"),
    )


def test_a_moved_sentence_says_that_it_changed_too() -> None:
    pairs, _ = SMALL_EDITS["moved and changed"]
    match = only(against(CATS, swapped(CATS, *pairs)), "changed")
    assert match.displaced
    assert edition_rows.detail(match, match.known[0], "ja") == "文言が変わった、場所も変わった"


def test_a_repeated_sentence_is_named_as_such() -> None:
    pairs, _ = SMALL_EDITS["repeated"]
    assert only(against(CATS, swapped(CATS, *pairs)), "new").nature == "repeated"


def test_neighbours_that_change_places() -> None:
    first, second = "猫は、雨の日には、押し入れの毛布の上で丸くなる。", "猫は、晴れの日に庭を歩く。"
    known = CATS.replace(first, first + second)
    assert told(against(known, CATS.replace(first, second + first))) == [
        "moved 2(1)-3>2(1)-4",
        "renumbered 2(1)-4>2(1)-3",
    ]


def test_dates_filled_in_are_a_change_of_dates_only() -> None:
    match = only(against(CATS, CATS.replace("○年○月○日", "28年8月31日")), "changed")
    assert match.nature == "dates_filled"
    assert edition_rows.changes(match.pieces, "ja") == [
        "「○」 → 「28」",
        "「○」 → 「8」",
        "「○」 → 「31」",
    ]


def test_links_in_sequence_are_the_most_that_rise() -> None:
    links = [likeness.Link((n,), (m,), 1.0) for n, m in enumerate([3, 0, 1, 4, 2])]
    assert [link.right[0] for link in likeness.in_sequence(links)] == [0, 1, 2]
    assert likeness.in_sequence([]) == []


# --- hashes alone -------------------------------------------------------------------------


def test_by_hash_equal_sentences_are_exact_and_nothing_is_guessed() -> None:
    other = swapped(
        CATS,
        ("背中を", "お腹を"),
        ("猫は、雨の日には、押し入れの毛布の上で丸くなる。\n", ""),
        ("片付ける。\n", "片付ける。\n猫は、雨の日には、押し入れの毛布の上で丸くなる。\n"),
    )
    found = against(CATS, other, attached=False)
    assert told(found) == ["not_found 2(1)-2>", "not_ours >2(1)-2", "moved 2(1)-3>2(2)-2"]
    assert (found.by_hash, found.is_edition) == (True, True)
    assert all(not match.pieces for match in found.matches)
    assert "分からない" in "".join(edition_rows.notes(found, "x", "ja"))


def test_by_hash_another_text_may_still_be_an_edition() -> None:
    found = against(CATS, "１ 目的\n犬は走る。", attached=False)
    assert (found.share, found.is_edition) == (0.0, None)


# --- something else altogether ------------------------------------------------------------

OTHER = "１ 犬\n犬は吠える。\n犬は骨を埋める。\n附則 旧指針は廃止する。\n"


def test_another_text_is_no_edition() -> None:
    found = against(CATS, OTHER)
    assert found.is_edition is False
    assert round(found.share, 2) == 0.17
    rows = edition_rows.edition_rows(found, Sentences({}, {}, {}, {}, {}), "ja")
    assert [row["status"] for row in rows] == ["not_an_edition", "unchanged"]
    assert "6文のうち、相手に見いだせたのは1文（17%）" in str(rows[0]["detail"])


def test_far_too_many_sentences_are_refused() -> None:
    with pytest.raises(BadInput, match=r"the edition: holds 2001 sentences, the guideline 6"):
        against(CATS, "１ 犬\n" + "犬は吠える。" * (MOST + 1))


# --- the page -----------------------------------------------------------------------------


class Tags(HTMLParser):
    """The tags of a page and the words inside <ins> and <del>; fails where they do not nest."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: dict[str, list[str]] = {"ins": [], "del": []}
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "style", "onclick"}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.words:
            self.words[self.open[-1]].append(data)


NOTHING = Sentences({}, {}, {}, {}, {})


def test_the_page_marks_differences_and_escapes_everything() -> None:
    evil = "<script>alert(1)</script>"
    other = swapped(
        CATS, ("背中を", "お腹を"), ("猫は、雨", f"{evil}と\u202e\"&'を見る。\n猫は、雨")
    )
    markup = page(against(CATS, other), NOTHING, f"{evil}.txt")
    found = Tags(markup)
    assert "背中" in found.words["del"]
    assert "お腹" in found.words["ins"]
    assert any(evil in words for words in found.words["ins"])
    assert not found.seen & {"script", "img", "link", "iframe", "a"}
    assert "\u202e" not in markup
    assert "&lt;script&gt;" in markup
    assert "default-src 'none'" in markup
    assert not re.search(r"https?:|url\(|@import", markup)
    assert markup.startswith('<!DOCTYPE html>\n<html lang="ja">')


def test_the_page_of_an_equal_text_says_so() -> None:
    markup = page(against(CATS, CATS), NOTHING, "cats.txt")
    assert "すべての文が同じ場所に同じ文言である" in markup
    assert "<h2>文ごとの違い</h2>" not in markup
    Tags(markup)


def test_the_page_of_another_text_begins_with_the_verdict() -> None:
    markup = page(against(CATS, OTHER), NOTHING, "dogs.txt")
    assert "指針の版とは認められない" in markup
    assert "吠える" not in markup
    Tags(markup)
