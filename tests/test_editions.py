"""Another edition beside the guideline: what is the same, and what became of the rest."""

from __future__ import annotations

import doctest
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kijun import content, edition_rows, likeness, sections, source, text, wording
from kijun.edition_check import check
from kijun.edition_page import page
from kijun.editions import MOST, Comparison, Match, compare
from kijun.engine import Embedded
from kijun.errors import BadInput, KijunError
from kijun.formats import answer_bytes
from kijun.resting import Sentences
from kijun.terms import graph_iri

SOURCE = Path(__file__).parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
real = pytest.mark.skipif(
    not SOURCE.is_file(), reason="the guideline's text is not beside the repository"
)

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


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test out of the real data folder."""
    monkeypatch.setenv("KIJUN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def engine() -> Embedded:
    store = Store()
    for layer, path in content.graph_files():
        graph = NamedNode(graph_iri(layer))
        store.load(path.read_bytes(), format=RdfFormat.TURTLE, to_graph=graph)
    return Embedded(store)


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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("平成○年○月○日", "平成28年８月31日", "dates_filled"),
        ("平成○年○月○日", "令和元年十二月一日", "dates_filled"),
        ("平成26年4月1日", "平成28年4月1日", "dates"),
        ("平成○年○月○日決定", "平成28年8月31日改定", "wording"),
        ("（ＮＩＳＣ），第１項", "(NISC)、第1項", "forms"),
        ("できる。", "できるものとする。", "wording"),
        ("平成○年○月○日及び平成26年4月1日", "平成28年8月31日及び平成26年4月1日", "dates_filled"),
        ("平成○年○月○日", "平成28年8月31日及び平成28年8月31日", "wording"),
    ],
)
def test_the_nature_of_a_difference(old: str, new: str, expected: str) -> None:
    assert wording.nature(old, new) == expected


def test_dates_filled_in_are_a_change_of_dates_only() -> None:
    match = only(against(CATS, CATS.replace("○年○月○日", "28年8月31日")), "changed")
    assert match.nature == "dates_filled"
    assert edition_rows.changes(match.pieces, "ja") == [
        "「○」 → 「28」",
        "「○」 → 「8」",
        "「○」 → 「31」",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("府省庁は、", "独立行政法人等は、", "[-府省庁-]{+独立行政法人等+}は、"),
        ("独立行政法人は", "独立行政法人等は", "独立行政法人{+等+}は"),
        ("第25条", "第26条", "第[-25-]{+26+}条"),
        ("システムを見る", "サブシステムを見る", "[-システム-]{+サブシステム+}を見る"),
        ("ことができる。", "ことができるものとする。", "ことができる{+ものとする+}。"),
        ("速やかに知らせる", "知らせる", "[-速やかに-]知らせる"),
        ("", "新しい", "{+新しい+}"),
        ("同じ 文", "同じ文", "同じ文"),
    ],
)
def test_differences_keep_words_whole(old: str, new: str, expected: str) -> None:
    pieces = wording.differences(old, new)
    assert wording.marked(pieces, ("[-", "-]", "{+", "+}")) == expected
    assert "".join(p.text for p in pieces if p.kind != "new") == text.bare(old)
    assert "".join(p.text for p in pieces if p.kind != "gone") == text.bare(new)


def test_links_in_sequence_are_the_most_that_rise() -> None:
    links = [likeness.Link((n,), (m,), 1.0) for n, m in enumerate([3, 0, 1, 4, 2])]
    assert [link.right[0] for link in likeness.in_sequence(links)] == [0, 1, 2]
    assert likeness.in_sequence([]) == []


@pytest.mark.parametrize("module", [edition_rows, wording])
def test_the_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


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


def test_a_text_without_chapters_is_bad_input(tmp_path: Path, engine: Embedded) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("拝啓 猫は元気です。", encoding="utf-8")
    with pytest.raises(BadInput, match=r"letter\.txt: no chapter"):
        check(path, engine)


def test_another_text_beside_the_real_graph(tmp_path: Path, engine: Embedded) -> None:
    path = tmp_path / "cats.txt"
    path.write_text(CATS, encoding="utf-8")
    found = check(path, engine)
    assert found.findings
    statuses = [row["status"] for row in found.answer.rows]
    assert (statuses.count("not_found"), statuses.count("not_ours")) == (63, 6)
    [row] = [r for r in found.answer.rows if (r.get("section"), r.get("sentence")) == ("6(4)", 2)]
    assert row["norms"] == ["6(4)-2a", "6(4)-2b"]
    assert row["phrase_gone"] == ["6(4)-2a", "6(4)-2b"]
    assert any("分からない" in note for note in found.answer.notes)
    assert "猫は、雨の日には" in found.html()


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


# --- the real text ------------------------------------------------------------------------


class Real:
    """The guideline's own text, and edited copies of it made at run time."""

    def __init__(self, folder: Path, engine: Embedded) -> None:
        self.raw = SOURCE.read_text(encoding="utf-8")
        self.texts = words_of(text.split(self.raw))
        self.folder = folder
        self.engine = engine

    def sentence(self, section: str, ordinal: int) -> str:
        return self.texts[sections.sentence_iri(section, ordinal)]

    def edited(self, *changes: tuple[str, int, str]) -> Path:
        """Write the sentences anew: each change puts words in the place of a sentence."""
        instead = {(section, ordinal): words for section, ordinal, words in changes}
        lines: list[str] = []
        edition = text.split(self.raw)
        for section in edition.sections:
            heading = section.heading or self.sentence_words(section.notation, instead)
            lines.append(f"{section.label} {heading}")
            if section.heading:
                lines.append(self.sentence_words(section.notation, instead))
        return self.write("\n".join(line for line in lines if line.strip()))

    def sentence_words(self, section: str, instead: dict[tuple[str, int], str]) -> str:
        edition = text.split(self.raw)
        return "\n".join(
            instead.get((s.section, s.ordinal), s.text).replace("・各", "\n・各")
            for s in edition.sentences
            if s.section == section
        )

    def write(self, words: str) -> Path:
        path = self.folder / "edition.txt"
        path.write_text(words, encoding="utf-8")
        return path

    def check(self, path: Path) -> dict[str, list[dict[str, object]]]:
        """Return the rows of a check by status."""
        found = check(path, self.engine)
        by_status: dict[str, list[dict[str, object]]] = {}
        for row in found.answer.rows:
            by_status.setdefault(str(row["status"]), []).append(dict(row))
        assert found.findings == (set(by_status) != {"unchanged"})
        Tags(found.html())
        return by_status


@pytest.fixture
def guideline(tmp_path: Path, engine: Embedded, folder: Path) -> Real:
    source.attach(SOURCE)
    return Real(tmp_path, engine)


def places(rows: list[dict[str, object]]) -> list[str]:
    return [f"{row.get('section')}-{row.get('sentence')}" for row in rows]


@real
@pytest.mark.parametrize("attached", [True, False])
def test_the_real_text_is_unchanged(attached: bool, engine: Embedded) -> None:
    if attached:
        source.attach(SOURCE)
    found = check(SOURCE, engine)
    assert [row["status"] for row in found.answer.rows] == ["unchanged"] * 63
    assert not found.findings
    assert check(SOURCE, engine, unchanged=False).answer.rows == []


@real
def test_sentences_written_anew_are_unchanged(guideline: Real) -> None:
    assert {k: len(v) for k, v in guideline.check(guideline.edited()).items()} == {"unchanged": 63}


@real
def test_a_sentence_added(guideline: Real) -> None:
    words = guideline.sentence("5(2)", 1) + "独立行政法人等は、改善計画を作る。"
    found = guideline.check(guideline.edited(("5(2)", 1, words)))
    assert len(found["unchanged"]) == 63
    [row] = found["new"]
    assert (row["their_section"], row["their_sentence"]) == ("5(2)", 2)
    assert row["detail"] == "5(2)-1の後に加わった"
    assert row["wording"] == "{+独立行政法人等は、改善計画を作る。+}"


@real
def test_a_sentence_dropped(guideline: Real) -> None:
    found = guideline.check(guideline.edited(("6(4)", 3, "")))
    assert places(found["gone"]) == ["6(4)-3"]
    assert found["gone"][0]["norms"] == found["gone"][0]["phrase_gone"] == ["6(4)-3a"]
    assert places(found["renumbered"]) == ["6(4)-4"]
    assert found["renumbered"][0].get("norms") is None


@real
def test_a_sentence_moved(guideline: Real) -> None:
    moved = guideline.sentence("6(4)", 3)
    words = guideline.sentence("4(2)", 4) + moved
    found = guideline.check(guideline.edited(("6(4)", 3, ""), ("4(2)", 4, words)))
    [row] = found["moved"]
    assert (row["section"], row["sentence"], row["theirs"]) == ("6(4)", 3, ["4(2)-5"])
    assert row["norms"] == ["6(4)-3a"]
    assert row["phrase_gone"] == []
    assert set(found) == {"unchanged", "renumbered", "moved"}


@real
def test_a_sentence_split(guideline: Real) -> None:
    words = guideline.sentence("6(4)", 2)
    assert words.count("連絡するとともに、") == 1
    words = words.replace("連絡するとともに、", "連絡する。府省庁は、")
    found = guideline.check(guideline.edited(("6(4)", 2, words)))
    [row] = found["split"]
    assert row["theirs"] == ["6(4)-2", "6(4)-3"]
    assert row["norms"] == ["6(4)-2a", "6(4)-2b"]
    assert places(found["renumbered"]) == ["6(4)-3", "6(4)-4"]


@real
def test_two_sentences_merged(guideline: Real) -> None:
    words = guideline.sentence("3(1)③", 1)[:-1] + "ものとし、" + guideline.sentence("3(1)③", 2)
    found = guideline.check(guideline.edited(("3(1)③", 1, words), ("3(1)③", 2, "")))
    assert places(found["merged"]) == ["3(1)③-1", "3(1)③-2"]
    assert [row["theirs"] for row in found["merged"]] == [["3(1)③-1"]] * 2
    assert found["merged"][0]["definitions"] == ["対策推進計画"]
    assert len(found["unchanged"]) == 61


@real
def test_a_recipient_changed(guideline: Real) -> None:
    words = guideline.sentence("6(4)", 2)
    words = words.replace("速やかに NISC に", "速やかに戦略本部に")
    found = guideline.check(guideline.edited(("6(4)", 2, words)))
    [row] = found["changed"]
    assert row["change"] == ["「NISC」 → 「戦略本部」"]
    assert "[-NISC-]{+戦略本部+}" in str(row["wording"])
    assert row["norms"] == ["6(4)-2a", "6(4)-2b"]
    assert row["phrase_gone"] == ["6(4)-2a"]
    assert len(found["unchanged"]) == 62


@real
def test_dates_filled_in(guideline: Real) -> None:
    raw = guideline.raw.replace("平成○年○月○日", "平成28年８月31日")
    found = guideline.check(guideline.write(raw))
    assert places(found["changed"]) == ["1-1", "2-1"]
    for row in found["changed"]:
        assert row["nature"] == "dates_filled"
        assert row["detail"] == "空欄だった日付が入っただけ"
    assert found["changed"][0]["kind"] == "目的"
    assert "統一規範" in list(found["changed"][0]["definitions"])  # type: ignore[call-overload]
    assert len(found["unchanged"]) == 61


@real
def test_sections_renumbered(guideline: Real, engine: Embedded) -> None:
    raw = guideline.raw.replace("\n６ 情報", "\n６ 教育\n府省庁は、研修を行う。\n７ 情報")
    path = guideline.write(raw)
    found = guideline.check(path)
    assert len(found["renumbered"]) == 22
    assert len(found["new"]) == 1
    assert len(found["unchanged"]) == 41
    notes = check(path, engine).answer.notes
    assert any("6(4)→7(4)" in note for note in notes)


@real
def test_several_at_once(guideline: Real) -> None:
    path = guideline.edited(
        ("2", 1, guideline.sentence("2", 1).replace("○年○月○日", "28年8月31日")),
        ("3(1)①", 3, ""),
        ("3(3)", 2, guideline.sentence("3(3)", 2) + "府省庁は、点検の記録を三年間保存する。"),
        ("4(3)", 4, guideline.sentence("4(3)", 4).replace("NISC", "国家サイバー統括室")),
        ("6(2)", 1, guideline.sentence("6(5)", 3) + guideline.sentence("6(2)", 1)),
        ("6(5)", 3, ""),
    )
    found = guideline.check(path)
    assert places(found["changed"]) == ["2-1", "4(3)-4"]
    assert places(found["gone"]) == ["3(1)①-3"]
    assert places(found["moved"]) == ["6(5)-3"]
    assert [row["theirs"] for row in found["new"]] == [["3(3)-3"]]
    assert len(found["unchanged"]) + len(found["renumbered"]) == 59


@real
def test_something_else_with_the_copy_attached(guideline: Real, engine: Embedded) -> None:
    path = guideline.write(CATS)
    found = check(path, engine)
    assert [row["status"] for row in found.answer.rows] == ["not_an_edition"]
    assert "63文のうち、相手に見いだせたのは0文（0%）" in str(found.answer.rows[0]["detail"])
    assert found.findings


@real
def test_every_format_and_both_languages(guideline: Real, engine: Embedded) -> None:
    path = guideline.edited(("6(4)", 3, ""))
    for lang in ("ja", "en"):
        answer = check(path, engine, lang).answer
        for form in ("table", "json", "csv", "xlsx"):
            assert answer_bytes(answer, form, lang=lang)
    assert "相手の文" in answer_bytes(check(path, engine).answer, "table").decode()
    assert "https://w3id.org/kijun/id/norm/6-4-3a" in check(path, engine).answer.nodes


@real
def test_a_damaged_copy_is_told(guideline: Real, engine: Embedded, folder: Path) -> None:
    (folder / "sentences.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KijunError, match="attach the guideline again"):
        check(SOURCE, engine)


@real
def test_a_much_rewritten_text_is_aligned_in_time(guideline: Real) -> None:
    # Every sentence loses its second clause, and eight come in addition.
    edition = text.split(guideline.raw)
    changes = [
        (s.section, s.ordinal, re.sub(r"、[^、（）]*、", "、", s.text, count=1))
        for s in edition.sentences
    ]
    more = [(a, n, words + "職員は訓練に参加する。") for a, n, words in changes[::8]]
    path = guideline.edited(*changes, *more)
    begun = time.perf_counter()
    found = guideline.check(path)
    assert time.perf_counter() - begun < 5  # 0.2 s here; 1 s is the aim
    aligned = [row for status in ("changed", "unchanged") for row in found[status]]
    aligned = [row for row in aligned if row["section"] == row["their_section"]]
    assert len(aligned) >= 50


@real
def test_nothing_of_the_edition_is_kept(guideline: Real, folder: Path) -> None:
    before = (folder / "sentences.json").read_bytes()
    guideline.check(guideline.edited(("5(2)", 1, "秘密の文である。")))
    assert [path.name for path in folder.iterdir()] == ["sentences.json"]
    assert (folder / "sentences.json").read_bytes() == before
