"""`kijun source check` on the real text, on edited copies of it, and on something else."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kijun import content, sections, source, text
from kijun.edition_check import check
from kijun.engine import Embedded
from kijun.errors import BadInput, KijunError
from kijun.formats import answer_bytes
from kijun.terms import graph_iri

SOURCE = Path(__file__).parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
real = pytest.mark.skipif(
    not SOURCE.is_file(), reason="the guideline's text is not beside the repository"
)
CATS = "１ 目的\n猫は、雨の日には、押し入れで丸くなる。\n犬は走る。\n附則 旧指針は廃止する。\n"


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


# --- a file that is no edition ------------------------------------------------------------


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
    assert (statuses.count("not_found"), statuses.count("not_ours")) == (63, 3)
    [row] = [r for r in found.answer.rows if (r.get("section"), r.get("sentence")) == ("6(4)", 2)]
    assert row["norms"] == ["6(4)-2a", "6(4)-2b"]
    assert row["phrase_gone"] == ["6(4)-2a", "6(4)-2b"]
    assert any("分からない" in note for note in found.answer.notes)
    assert "猫は、雨の日には" in found.html()


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
        assert found.html().endswith("</html>\n")
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
