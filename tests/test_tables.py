"""Tables fit, break Japanese where it may be broken, and let no control through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.lines import NO_END, NO_START, display_width, visible, wrap
from kijun.tables import Column, cell_text, render

WORDS = {"must": "義務", "should": "推奨", "null": "不明"}
NORMS = (
    Column("norm", "番号", "norm"),
    Column("force", "強さ", "force", words=WORDS),
    Column("bearer", "義務者", "bearer", weight=2),
    Column("recipient", "相手", "recipient", weight=2),
    Column("statement", "内容", "statement", weight=6),
    Column("norm_iri", "IRI", "IRI", in_table=False),
    Column("lane", "層", "lane"),
)
ROWS: list[dict[str, object]] = [
    {
        "norm": "6(4)-2a",
        "force": "must",
        "bearer": "府省庁",
        "recipient": ["NISC"],
        "statement": "府省庁は、自ら又は所管する独法等のインシデントを知ったら、"
        "すぐにNISCへ知らせる。",
        "norm_iri": "https://w3id.org/kijun/id/norm/6-4-2a",
        "lane": None,
    },
    {
        "norm": "3(1)①-1a",
        "force": "should",
        "bearer": "整備・運用管理機関",
        "recipient": ["行政事務従事者", "管理職", "役員"],
        "statement": "計画には、教育・自己点検・「監査」の取組を盛り込む（毎年見直す。）。",
        "lane": None,
    },
]
LEGS = (Column("from", "報告元", "from"), Column("to", "報告先", "to"))
ROUTES = (
    Column("legs", "区間", "legs", columns=LEGS),
    Column("length", "区間数", "length"),
    Column("single_points", "単一点", "single points"),
)

japanese = st.text(
    st.sampled_from("府省庁はインシデントー、。・（）「」①ゃっNISC a1(/-) \u3099\u3000é"),
    max_size=60,
)
anything = st.text(max_size=40)
cells = st.one_of(japanese, anything, st.none(), st.booleans(), st.integers(), st.lists(japanese))


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(text=st.one_of(japanese, anything), width=st.integers(2, 90), listed=st.booleans())
def test_wrapped_lines_fit_and_lose_only_white_space(text: str, width: int, listed: bool) -> None:
    lines = wrap(text, width, listed=listed)
    assert all(display_width(line) <= width for line in lines)
    assert squeezed("".join(lines)) == squeezed(visible(text))


@given(text=japanese, width=st.integers(40, 90))
def test_no_line_breaks_the_rules_of_japanese_print(text: str, width: int) -> None:
    run = 0
    for char in text:
        run = run + 2 if char in NO_START | NO_END else 0
        if run > 16:
            return  # nowhere to break within the width
    lines = [line for line in wrap(text.strip(), width) if line]
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if unicodedata.normalize("NFD", line)[-1] in NO_END]


def test_marks_stay_with_their_neighbours() -> None:
    assert wrap("報告する。連絡する", 8) == ["報告す", "る。連絡", "する"]
    assert wrap("これは「監査」です", 8) == ["これは", "「監査」", "です"]
    assert wrap("すぐにNISCへ知らせる", 9) == ["すぐに", "NISCへ知", "らせる"]
    assert wrap("独法のインシデントの認知", 12) == ["独法の", "インシデント", "の認知"]
    assert wrap("総務省、財務省、NISC", 12, listed=True) == ["総務省、", "財務省、NISC"]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("府省庁", 6),
        ("ｶﾞ", 2),
        ("か\u3099", 2),
        ("①", 1),
        ("NISC", 4),
        ("e\u0301", 1),
        ("☀\ufe0f", 2),
    ],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_ambiguous_signs_take_what_the_caller_says() -> None:
    assert display_width("3(1)①", ambiguous=2) == 6
    text = render(NORMS, ROWS, width=80, ambiguous=2)
    assert max(display_width(line, 2) for line in text.splitlines()) <= 80


@given(text=anything)
def test_no_control_reaches_a_terminal(text: str) -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in visible(text) if c != "\n" and unicodedata.category(c) in hidden]


def test_controls_are_named() -> None:
    assert (
        visible("\x1b]0;x\x07\u202e\ud800\x9b\x7f\t.\r\n") == "␛]0;x␇<U+202E><U+D800><U+009B>␡ .\n"
    )
    table = render((Column("a", "名", "a\x1b"),), [{"a": "\x1b[2J\u200b"}], lang="en")
    assert "\x1b" not in table
    assert "␛[2J<U+200B>" in table


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries({c.key: cells for c in NORMS if c.in_table}), min_size=1, max_size=4
    ),
    width=st.integers(2, 130),
    lang=st.sampled_from(["ja", "en"]),
)
def test_tables_fit_and_lose_nothing(rows: list[dict[str, object]], width: int, lang: str) -> None:
    table = render(NORMS, rows, width=width, lang=lang)
    assert max((display_width(line) for line in table.splitlines()), default=0) <= width
    assert not [line for line in table.split("\n") if line != line.rstrip(" ")]
    missing = {c for row in rows for c in squeezed(visible(cell_text(row["statement"], lang)))}
    assert not missing - set(table)


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_cells_can_be_read_down_their_column(width: int) -> None:
    table = render(NORMS[:5], ROWS, width=width)
    header, rule, *body = table.splitlines()
    assert header.split() == ["番号", "強さ", "義務者", "相手", "内容"]
    assert set(rule) == {"-", " "}
    assert max(map(display_width, table.splitlines())) <= width
    start = len(rule) - len(rule.split()[-1])
    column = ""
    for line in body:
        seen = 0
        for char in line:
            column += char if seen >= start else ""
            seen += display_width(char)
    assert squeezed(column) == "".join(str(row["statement"]) for row in ROWS)


def test_empty_columns_and_keys_for_machines_are_left_out() -> None:
    table = render(NORMS, ROWS, width=120)
    assert "層" not in table
    assert "https" not in table
    assert "義務" in table
    assert "must" not in table
    assert "must" in render(NORMS, ROWS, width=120, lang="en")


def test_short_rows_stand_close_and_long_ones_apart() -> None:
    two = (Column("a", "甲", "a"), Column("b", "乙", "b"))
    short: list[dict[str, object]] = [{"a": "1", "b": "あ"}, {"a": "2", "b": "い"}]
    assert render(two, short) == "甲  乙\n--  --\n1   あ\n2   い\n"
    tall: list[dict[str, object]] = [{"a": "1", "b": "あ\nい"}, {"a": "2", "b": "う"}]
    assert render(two, tall) == "甲  乙\n--  --\n1   あ\n    い\n\n2   う\n"


def test_narrow_terminals_get_records() -> None:
    text = render(NORMS, ROWS, width=50)
    assert text.startswith(
        "番号:   6(4)-2a\n強さ:   義務\n義務者: 府省庁\n相手:   NISC\n内容:   府省庁は"
    )
    assert "\n\n番号:   3(1)①-1a\n" in text
    assert "層" not in text


def test_no_limit_wraps_nothing() -> None:
    lines = render(NORMS, ROWS, width=None).splitlines()
    assert len(lines) == 4
    assert str(ROWS[0]["statement"]) in lines[2]


def test_no_rows_make_no_table() -> None:
    assert render(NORMS, []) == ""
    assert render(ROUTES, []) == ""


@pytest.mark.parametrize("width", [20, 50, 80, None])
def test_routes_are_blocks_with_a_line_for_each_leg(width: int | None) -> None:
    routes: list[dict[str, object]] = [
        {
            "legs": [{"from": "A機構", "to": ministry}, {"from": ministry, "to": "NISC"}],
            "length": 2,
            "single_points": [ministry],
        }
        for ministry in ("総務省", "財務省")
    ]
    text = render(ROUTES, routes, width=width)
    assert max(map(display_width, text.splitlines())) <= (width or 100)
    if width in {80, None}:
        assert text.splitlines() == [
            "区間数: 2",
            "",
            "区間  報告元  報告先",
            "----  ------  ------",
            "経路 1　単一点: 総務省",
            "1     A機構   総務省",
            "2     総務省  NISC",
            "",
            "経路 2　単一点: 財務省",
            "1     A機構   財務省",
            "2     財務省  NISC",
        ]
    assert "Route 1" in render(ROUTES, routes, lang="en")


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (None, "", ""),
        (True, "はい", "yes"),
        (3, "3", "3"),
        (["甲", "乙"], "甲、乙", "甲; 乙"),
        ([], "", ""),
        ({"a": ["x", 1]}, "a: x、1", "a: x; 1"),
    ],
)
def test_values_as_people_read_them(value: object, ja: str, en: str) -> None:
    assert (cell_text(value), cell_text(value, "en")) == (ja, en)


def test_words_for_codes() -> None:
    words = {"true": "有効", "null": "不明", "must": "義務"}
    assert [cell_text(v, "ja", words) for v in (True, None, "must", ["must", "x"], False)] == [
        "有効",
        "不明",
        "義務",
        "義務、x",
        "いいえ",
    ]
    assert cell_text(True, "en", words) == "yes"
