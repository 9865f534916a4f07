"""The text is split by its labels, and nothing of it is lost."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from pathlib import Path

import pytest

from kijun import text
from kijun.errors import BadInput

SOURCE = Path(__file__).parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
COUNTS = {
    "1": 1,
    "2": 3,
    "2(1)": 1,
    "2(2)": 1,
    "3(1)①": 3,
    "3(1)②": 3,
    "3(1)③": 2,
    "3(2)": 1,
    "3(3)": 8,
    "4(1)": 4,
    "4(2)": 4,
    "4(3)": 5,
    "5(1)": 2,
    "5(2)": 1,
    "5(3)": 1,
    "6(1)": 4,
    "6(2)": 4,
    "6(3)": 6,
    "6(4)": 4,
    "6(5)": 4,
    "附則": 1,
}


@pytest.fixture(scope="module")
def source() -> str:
    if not SOURCE.is_file():
        pytest.skip("the guideline's text is not beside the repository (../shared/sources)")
    return SOURCE.read_text(encoding="utf-8")


def by_section(edition: text.Edition) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sentence in edition.sentences:
        found.setdefault(sentence.section, []).append(sentence.text)
        assert sentence.ordinal == len(found[sentence.section])
    return found


def spoken(edition: text.Edition) -> str:
    """All that an edition holds, in its order: nothing but white space may be missing."""
    sentences = by_section(edition)
    asides: dict[str, str] = {}
    for notation, line in edition.asides:
        asides[notation] = asides.get(notation, "") + line
    parts = list(edition.front)
    for section in edition.sections:
        parts += [section.label, section.heading, *sentences.get(section.notation, [])]
        parts.append(asides.get(section.notation, ""))
    return text.bare("".join(parts))


# --- the real text ------------------------------------------------------------------------


def test_the_guideline_has_63_sentences_in_21_sections(source: str) -> None:
    edition = text.split(source)
    found = {section: len(words) for section, words in by_section(edition).items()}
    assert found == COUNTS
    assert list(found) == list(COUNTS)
    assert (len(edition.sentences), len(found), len(edition.sections)) == (63, 21, 26)


def test_no_character_of_the_guideline_is_lost(source: str) -> None:
    assert spoken(text.split(source)) == text.bare(source)


def test_what_is_no_sentence(source: str) -> None:
    edition = text.split(source)
    assert len(edition.front) == 3
    assert [section for section, _ in edition.asides] == ["5(3)"]
    assert edition.asides[0][1].startswith("図 ")
    assert {s.notation for s in edition.sections if not s.heading} == {"2(1)", "2(2)", "附則"}


def test_the_known_traps_of_the_guideline(source: str) -> None:
    sentences = by_section(text.split(source))
    assert "第 35 条の４第１項" in sentences["4(1)"][2]
    assert sentences["2(2)"][0].startswith("対策基準策定ガイドラインは、")
    assert sentences["附則"][0].endswith("は廃止する。")
    assert sentences["6(3)"][3].endswith("非常時の具体的対応策 等")
    assert sentences["6(3)"][3].count("。・") == 1
    assert sentences["6(3)"][4].startswith("以上の検討")
    assert sentences["6(2)"][3].endswith("求められる")
    assert "（Computer Security Incident Response Team）" in sentences["6(5)"][0]
    assert sentences["1"][0].endswith("定めるものである。")
    for words in (words for section in sentences.values() for words in section):
        assert words == words.strip()
        assert "\n" not in words


def test_print_makes_no_difference(source: str) -> None:
    wanted = [(s.section, s.ordinal, text.sha256(s.text)) for s in text.split(source).sentences]
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    others = {
        "single spaced": "\n".join(lines),
        "Windows": "\r\n".join(lines),
        "indented": "\n".join("\u3000" + line for line in lines),
        "pages": "\n\f".join(lines),
        "numbered pages": "\n".join([*lines[:40], "- 1 -", *lines[40:200], "２", *lines[200:]]),
        "a table of contents": "\n".join(
            lines[:3]
            + ["目次"]
            + [f"{s.label} {s.heading or '…… 9'}" for s in text.split(source).sections]
            + lines[3:]
        ),
    }
    for name, other in others.items():
        found = [(s.section, s.ordinal, text.sha256(s.text)) for s in text.split(other).sentences]
        assert found == wanted, name


# --- small editions of our own ------------------------------------------------------------

SMALL = """\
見本の指針
令和○年○月○日

１ 目的

この見本は、短い文（括弧の中。ここでは切れない。）を
持つ。次の文は「引用。」も持つ。

２ 進め方
次の二点に留意する。

(1) 猫は、晴れた日に
外へ出る。
(2) 犬は走る。
３ 点検
(1) 導入・計画
① 方針の策定
第２条の
４第１項及び第 35 条の
４第１項の規定による。
\f ② 記録
記録は Computer Security
Team が
26 年残す
(2) 運用
次の事項を整理する。
・朝の見回り
・夜の見回り 等

以上を続ける。(1)から(2)までも
同じである。
図 見回りの全体像
４ 雑則
雑な整備
・運用を慎む。
附則 前の見本は
廃止する。
"""


def test_a_small_edition() -> None:
    edition = text.split(SMALL)
    assert by_section(edition) == {
        "1": [
            "この見本は、短い文（括弧の中。ここでは切れない。）を持つ。",
            "次の文は「引用。」も持つ。",
        ],
        "2": ["次の二点に留意する。"],
        "2(1)": ["猫は、晴れた日に外へ出る。"],
        "2(2)": ["犬は走る。"],
        "3(1)①": ["第２条の４第１項及び第 35 条の４第１項の規定による。"],
        "3(1)②": ["記録は Computer Security Team が26 年残す"],
        "3(2)": [
            "次の事項を整理する。・朝の見回り・夜の見回り 等",
            "以上を続ける。",
            "(1)から(2)までも同じである。",
        ],
        "4": ["雑な整備・運用を慎む。"],
        "附則": ["前の見本は廃止する。"],
    }
    assert edition.front == ("見本の指針", "令和○年○月○日")
    assert edition.asides == (("3(2)", "図 見回りの全体像"),)
    assert [(s.notation, s.heading, s.parent) for s in edition.sections] == [
        ("1", "目的", ""),
        ("2", "進め方", ""),
        ("2(1)", "", "2"),
        ("2(2)", "", "2"),
        ("3", "点検", ""),
        ("3(1)", "導入・計画", "3"),
        ("3(1)①", "方針の策定", "3(1)"),
        ("3(1)②", "記録", "3(1)"),
        ("3(2)", "運用", "3"),
        ("4", "雑則", ""),
        ("附則", "", ""),
    ]
    assert spoken(edition) == text.bare(SMALL)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("1. 目的\n文である。\n2. 範囲\n文でない。", {"1": 1, "2": 1}),
        ("１　目的\n（１）導入\n文である。\n（２）運用\n文である。", {"1(1)": 1, "1(2)": 1}),
        ("１ 目的\n⑴ 導入\n文である。\n⑵ 運用\n文である。", {"1(1)": 1, "1(2)": 1}),
        ("１ 目的\n(1)導入\n①計画\n文である。\n②実施\n文である。", {"1(1)①": 1, "1(1)②": 1}),
        ("１ 目的\n① 導入\n文である。", {"1①": 1}),
        ("１ 目的\n文である。\n附　則\n廃止する。", {"1": 1, "附則": 1}),
        ("１ 目的\n文である。\n附則（令和元年）\n施行する。", {"1": 1, "附則": 1}),
        ("１ 目的\n文である。\n３ 飛んだ番号\nこれも文。", {"1": 2}),
        ("１ 目的\n文である。\n(1)及び(2)は同じ。", {"1": 2}),
        ("１ 目的\n次を守る。\n・食べる。\n・寝る。\n終わる。", {"1": 2}),
        ("１ 目的\n・食べる\n・寝る\n終わる。", {"1": 2}),
        ("１ 目的\n閉じない（括弧。\n２ 次\n文である。", {"1": 1, "2": 1}),
        ("１ 目的\n閉じる）だけ。次も文。", {"1": 2}),
        ("１ 目的\n意\n図 する事がある。", {"1": 1}),
    ],
)
def test_other_ways_to_print(lines: str, found: dict[str, int]) -> None:
    edition = text.split(lines)
    assert {name: len(words) for name, words in by_section(edition).items()} == found
    assert spoken(edition) == text.bare(lines)


def test_a_wrapped_item_stays_with_its_list() -> None:
    item = "・" + "長い" * 12
    edition = text.split(f"１ 目的\n次を守る。\n{item}\n事項\n・短い事項\n終わる。")
    assert by_section(edition)["1"] == [f"次を守る。{item}事項・短い事項", "終わる。"]


@pytest.mark.parametrize(
    "words", ["", " \n\f", "ただの文である。", "１ 見出しだけ", "(1) 章がない。"]
)
def test_text_without_the_structure_is_refused(words: str) -> None:
    with pytest.raises(BadInput, match=r"^memo\.txt: no chapter １"):
        text.split(words, "memo.txt")


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_lost_whatever_the_text(seed: int) -> None:
    """Random editions: every character of the input stands in exactly one place."""
    chance = random.Random(seed)
    lines = ["題名", "１ 初め"]
    pieces = [
        "短い文。",
        "長い（括弧。の）文",
        "・項目",
        "図 絵",
        "７",
        "(1) 見出し",
        "① 方針",
        "２ 次",
    ]
    pieces += [
        "４第１項",
        "附則 終わる。",
        "Latin",
        "」閉",
        "（",
        "(2)から",
        "(2) 犬は、走る。",
        "１ 初め",
    ]
    lines += chance.choices(pieces, k=30)
    edition = text.split("\n \n".join([*lines, "終わり。"]))
    everything = [*edition.front, *(line for _, line in edition.asides)]
    everything += [section.label + section.heading for section in edition.sections]
    everything += [sentence.text for sentence in edition.sentences]
    wanted = Counter("".join([*lines, "終わり。"]))
    wanted.pop(" ", None)
    assert Counter(text.bare("".join(everything))) == wanted


# --- identity of a sentence -----------------------------------------------------------------


def test_identity_ignores_white_space_only() -> None:
    assert text.bare(" 平成\u3000２\n年\x85") == "平成２年"
    assert text.length("平成 ２ 年") == 4
    assert text.sha256("平成 ２ 年") == hashlib.sha256("平成２年".encode()).hexdigest()
    assert text.sha256("平成2年") != text.sha256("平成２年")
