"""How two wordings compare: whole words in differences, and what kind of difference it is."""

from __future__ import annotations

import doctest

import pytest

from kijun import edition_rows, text, wording


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


@pytest.mark.parametrize("module", [edition_rows, wording])
def test_the_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
