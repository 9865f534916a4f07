"""Answers to the questions of the catalogue, with labels, IRIs and citations on every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kijun.catalogue import Term, names, question
from kijun.engine import Engine, ask, labels
from kijun.norms import FORCES, local
from kijun.sections import notation
from kijun.tables import Column
from kijun.terms import ID, NS

HEADINGS = {
    "norm": "規範",
    "sentence": "文",
    "section": "節",
    "statement": "内容（我々の言葉）",
    "statement2": "次の区間の内容（我々の言葉）",
    "statement3": "最後の区間の内容（我々の言葉）",
    "from": "発",
    "to": "宛",
    "about": "話題",
    "body": "機関",
    "bearer": "主体",
    "recipient": "相手",
    "force": "強さ",
    "nearest": "近い規範",
    "shared": "共有システム",
    "scope": "調べた範囲",
    "silence": "沈黙",
    "presupposed": "前提とされた行為",
    "action": "行為",
    "timing": "時期",
    "condition": "条件",
    "trigger": "きっかけ",
    "corporation": "法人",
    "ministry": "府省庁",
    "minister": "主務（名簿の記載）",
    "answersThrough": "代わって答える府省庁",
    "article": "条文",
    "law": "法律",
    "document": "文書",
    "class": "類",
    "confidence": "確からしさ",
    "reading": "読み方",
    "route": "経路",
    "business": "業務",
    "provenance": "出どころ",
    "grade": "度合い",
    "act": "伝える行為",
    "address": "所在",
    "addressee": "宛先",
    "agency": "機関",
    "alternative": "別の読み方",
    "altName": "ほかの名前",
    "basis": "拠るもの",
    "called": "名称",
    "change": "変化",
    "chief": "主たる主務（名簿の記載）",
    "cited": "引く条文",
    "class1": "負う・受ける類",
    "classArticle": "類型の条文",
    "concern": "決める事項",
    "confirmedBy": "確認の出どころ",
    "considered": "踏まえるもの",
    "content": "条文の内容（我々の言葉）",
    "corporateNumber": "法人番号",
    "corporationForce": "法人に及ぶ強さ",
    "correctionArticle": "是正の条文",
    "dateConfidence": "日付の確からしさ",
    "dated": "日付",
    "day": "決定日",
    "decided": "決定日",
    "decider": "決定者",
    "definition": "用語",
    "depth": "段",
    "definedIn": "用語を定める節",
    "definedSentence": "用語を定める文",
    "derived_force": "及ぶ強さ",
    "displacedBy": "代わる規範",
    "earliest": "早くとも",
    "edition": "版",
    "entryClass": "名簿での類",
    "evaluationArticle": "評価の条文",
    "first": "最初の規範",
    "formerly": "移る前の条文",
    "gained": "加わった主務",
    "goalArticle": "目標の条文",
    "heldByOne": "一者が持つか",
    "holder": "権限を持つ者",
    "hook": "手がかり",
    "instrument": "目標",
    "joint": "全体共管か",
    "keepsForce": "強さを保つか",
    "kind": "種類",
    "lane": "階層",
    "last": "最後の規範",
    "latest": "遅くとも",
    "length": "長さ",
    "level": "線の段",
    "limitedTo": "限り",
    "lost": "外れた主務",
    "meaning": "意味",
    "name": "規範名",
    "next": "次の規範",
    "notation": "節の表記",
    "note": "注",
    "now": "今の条文",
    "nowContent": "今の内容（我々の言葉）",
    "number": "数",
    "object": "対象",
    "on": "日",
    "other": "ほかの主務（名簿の記載）",
    "otherBearer": "別の主体",
    "otherRecipient": "別の相手",
    "outcome": "調べた結果",
    "overseer": "する者",
    "own": "法人自身の規範",
    "ownStatement": "法人自身の規範の内容（我々の言葉）",
    "parent": "上の節",
    "part": "関わり方",
    "party": "関わる者",
    "path": "道筋",
    "period": "期間",
    "phrase": "鍵となる句",
    "planArticle": "計画の条文",
    "post": "役職",
    "power": "権限",
    "predecessor": "前の機関",
    "predecessorName": "前の名称",
    "primary": "主たる所管か",
    "rank": "順位",
    "reach": "及ぶ範囲",
    "regards": "所管の範囲",
    "register": "名簿",
    "registerDate": "名簿の日付",
    "replacement": "代わる文書",
    "replaces": "代えられる版",
    "roleWithin": "役割が置かれる機関",
    "row": "名簿の行",
    "sha256": "ハッシュ",
    "short": "略称",
    "since": "いつから",
    "stage": "段階",
    "state": "状態",
    "status": "状態",
    "step": "順番",
    "successor": "後の機関",
    "successorName": "後の名称",
    "takenFrom": "引き継ぐ節",
    "takenSentence": "引き継ぐ文",
    "taker": "同様に行う者",
    "textDate": "法文の日付",
    "thing": "機関など",
    "timing2": "次の時期",
    "told": "知らされる者",
    "told2": "次に知らされる者",
    "told3": "最後に知らされる者",
    "unchangedAsOf": "変わっていないと確かめた日",
    "underReading": "線を生む読み方",
    "until": "失効日",
    "use": "使われ方",
    "validFrom": "有効になった日",
    "validUntil": "有効でなくなった日",
    "withoutRecipient": "相手なしと読むか",
    "yields": "譲る定め",
}
"""Japanese headings for the variables of questions; one without a heading shows its name."""

CATALOGUE_COLUMNS = (
    Column("section", "節", "section", weight=2),
    Column("question", "問い", "question", weight=2),
    Column("summary", "内容", "summary", weight=6),
    Column("parameters", "指定できるもの", "parameters", weight=2),
    Column("description", "説明", "description", in_table=False),
)
"""The keys of the catalogue's rows."""

_SENTENCE = f"{ID}sentence/"
_NORM = f"{ID}norm/"
CODED = {"derivedForce": "derived_force"}
"""Variables whose things are codes, under the keys of the commands that answer with them too."""

_WORDS = {"derived_force": FORCES}
_PATH = "path"
_ENGLISH = "provenance"
"""Where a row comes from, which is noted in English: Japanese tables do without it."""

_HIDDEN = ("order", "silence", "presupposed", "line", "duty", "supervision", "term")


def question_answer(
    engine: Engine, name: str, lang: str, values: Mapping[str, Sequence[Term] | Term | None]
) -> tuple[tuple[Column, ...], list[dict[str, object]]]:
    """Return the columns and rows of a question's answer.

    Each variable becomes a key: a thing gives its label and, as ``…_iri``, its IRI; a sentence
    gives ``section`` (a string) and ``sentence`` (its number); a norm gives its name.

    Raises:
        UnknownName: no such question or parameter.
    """
    asked = question(name)
    if "lang" in asked.parameters:
        values = {"lang": Literal(lang), **values}
    found = ask(engine, name, **values)
    iris = {
        term.value
        for row in found
        for term in row.values()
        if isinstance(term, NamedNode) and term.value.startswith((ID, NS))
    }
    iris.update(
        step
        for row in found
        if isinstance(path := row.get(_PATH), Literal)
        for step in path.value.split()
    )
    named = labels(engine, {iri for iri in iris if not iri.startswith((_SENTENCE, _NORM))}, lang)
    rows = _merged([_row(row, named) for row in found], asked.lists)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = tuple(
        Column(
            key,
            HEADINGS.get(key, key),
            key,
            in_table=not key.endswith("_iri")
            and key not in _HIDDEN
            and (key, lang) != (_ENGLISH, "ja"),
            weight=6 if key.startswith(("statement", "content")) else 5 if key == _PATH else 2,
            words=_WORDS.get(key),
            between=" → " if key == _PATH else None,
        )
        for key in keys
    )
    return columns, rows


def _merged(rows: list[dict[str, object]], lists: Sequence[str]) -> list[dict[str, object]]:
    """Put rows that differ only in some variables into one, with lists for those variables."""
    # A row without a value of some variable has no IRI for it, where another row has.
    every = {key for row in rows for key in row}
    listed = [key for name in lists for key in (name, f"{name}_iri") if key in every]
    groups: dict[str, dict[str, object]] = {}
    for row in rows:
        key = repr([(name, value) for name, value in row.items() if name not in listed])
        whole = groups.setdefault(key, {**row, **{name: [] for name in listed}})
        for name in listed:
            values = whole[name]
            assert isinstance(values, list)
            if (found := row.get(name)) is not None and found not in values:
                values.append(found)
    return list(groups.values()) if lists else rows


def catalogue_rows(lang: str) -> list[dict[str, object]]:
    """Return one row per question about the guideline, by the first section that it asks about.

    Questions without a section serve the others and are left out.
    """
    asked = [found for found in map(question, names()) if found.sections]
    asked.sort(key=lambda found: (_rank(found.sections[0]), found.name))
    return [
        {
            "section": "、".join(found.sections).replace("all", "全体" if lang == "ja" else "all"),
            "question": found.name,
            "summary": found.summary[lang],
            "parameters": [name for name in found.parameters if name != "lang"],
            "description": found.description[lang],
        }
        for found in asked
    ]


def _rank(section: str) -> tuple[int, str]:
    return (0, "") if section == "all" else (1, "9" if section == "附則" else section)


def _row(row: Mapping[str, Term | None], named: Mapping[str, str]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for key, term in row.items():
        if term is None:
            shown[CODED.get(key, key)] = None
        elif key in CODED and isinstance(term, NamedNode):
            shown[CODED[key]] = local(term.value)
            shown[f"{CODED[key]}_iri"] = term.value
        elif key == _PATH and isinstance(term, Literal):
            steps = term.value.split()
            shown[key] = [
                norm_name(step) if step.startswith(_NORM) else named.get(step, step)
                for step in steps
            ]
            shown[f"{key}_iri"] = steps
        elif isinstance(term, NamedNode):
            if term.value.startswith(_SENTENCE):
                slug, _, number = term.value.removeprefix(_SENTENCE).rpartition("-")
                shown["section"] = notation(slug)
                shown["sentence"] = int(number)
                shown["sentence_iri"] = term.value
            elif term.value.startswith(_NORM):
                shown[key] = norm_name(term.value)
                shown[f"{key}_iri"] = term.value
            else:
                shown[key] = named.get(term.value, term.value)
                shown[f"{key}_iri"] = term.value
        elif isinstance(term, Literal) and term.datatype.value.endswith("#boolean"):
            shown[key] = term.value == "true"
        elif isinstance(term, Literal) and term.datatype.value.endswith("#integer"):
            shown[key] = int(term.value)
        else:
            shown[key] = term.value
    return shown


def norm_name(iri: str) -> str:
    """Return the name of a norm from its IRI: section, sentence, letter.

    >>> norm_name("https://w3id.org/kijun/id/norm/6-4-2b")
    '6(4)-2b'
    """
    slug, _, rest = iri.removeprefix(_NORM).rpartition("-")
    return f"{notation(slug)}-{rest}"
