"""A small answer with a cell of each sort, for tests of what is written of it."""

from __future__ import annotations

from kijun.formats import Answer
from kijun.tables import Column
from kijun.terms import ID

NOTES = ("本文は2016年の案です。", "名簿は2016-10-12現在です。")
NORM = ID + "norm/6-4-2a"
COLUMNS = (
    Column("norm", "番号", "norm"),
    Column("sentence", "文", "sentence"),
    Column("force", "強さ", "force", words={"must": "義務"}),
    Column("recipient", "相手", "recipient"),
    Column("statement", "内容", "statement", weight=5),
    Column("in_force", "効力", "in force", words={"null": "不明"}),
    Column("norm_iri", "IRI", "IRI", in_table=False),
)
ROW: dict[str, object] = {
    "norm": "6(4)-2a",
    "sentence": 2,
    "force": "must",
    "recipient": ["NISC", "国民"],
    "statement": "知ったら、すぐに知らせる。",
    "norm_iri": NORM,
}
ANSWER = Answer("norms", COLUMNS, [ROW], NOTES, (NORM,), "規範の一覧")
