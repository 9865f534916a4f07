"""Answers as JSON: the keys of each command, sound rows, and bodies kept whole."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

import freeze_answers
from expected_answers import NICT, SOUMU, YEAR_2026, asked, graph, names, printed
from kijun.terms import ID, NS

TEXT = (str,)
MAYBE = (str, type(None))
WHOLE = (int,)
LIST = (list,)
TRUTH = (bool,)
FORCE = (bool, type(None))

NORM: dict[str, tuple[type, ...]] = {
    "norm": TEXT,
    "norm_iri": TEXT,
    "section": TEXT,
    "sentence": WHOLE,
    "force": TEXT,
    "bearer": TEXT,
    "recipient": LIST,
    "statement": TEXT,
    "action": TEXT,
    "condition": MAYBE,
    "trigger": MAYBE,
    "timing": MAYBE,
    "lane": MAYBE,
    "phrase": TEXT,
    "interpretation": MAYBE,
    "bearer_iri": TEXT,
    "recipient_iri": LIST,
    "action_iri": LIST,
    "timing_iri": LIST,
    "section_iri": TEXT,
    "sentence_iri": TEXT,
}
DUTY = {
    "body": TEXT,
    **NORM,
    "derived_force": TEXT,
    "route": TEXT,
    "grade": MAYBE,
    "path": LIST,
    "basis": TEXT,
    "in_force": FORCE,
    "displaced_by": MAYBE,
    "duty_iri": TEXT,
    "body_iri": TEXT,
    "grade_iri": MAYBE,
    "path_iri": LIST,
    "displaced_by_iri": MAYBE,
}
LINE: dict[str, tuple[type, ...]] = {
    "norm": TEXT,
    "norm_iri": TEXT,
    "from": TEXT,
    "to": TEXT,
    "act": TEXT,
    "about": MAYBE,
    "trigger": MAYBE,
    "timing": MAYBE,
    "lane": MAYBE,
    "condition": MAYBE,
    "section": TEXT,
    "sentence": WHOLE,
    "phrase": TEXT,
    "interpretation": MAYBE,
    "basis": TEXT,
    "in_force": FORCE,
    "force": TEXT,
    "marked": MAYBE,
    "reading": TRUTH,
    "line_iri": TEXT,
    "from_iri": TEXT,
    "to_iri": TEXT,
    "act_iri": TEXT,
    "about_iri": LIST,
    "timing_iri": LIST,
    "section_iri": TEXT,
    "sentence_iri": TEXT,
}
LEG = {**LINE, "slow": TRUTH}
ROUTE: dict[str, tuple[type, ...]] = {
    "legs": LIST,
    "length": WHOLE,
    "single_points": LIST,
    "about": TEXT,
    "lane": MAYBE,
    "single_points_iri": LIST,
    "about_iri": TEXT,
}
PROMISED = {
    "norms": "norm norm_iri section sentence force bearer recipient statement action condition "
    "trigger timing lane phrase interpretation",
    "duties": "norm norm_iri section sentence force bearer recipient statement action condition "
    "trigger timing lane phrase interpretation body derived_force route grade path basis in_force",
    "reports": "norm norm_iri from to act about trigger timing lane condition section sentence "
    "phrase interpretation basis in_force",
    "route": "legs length single_points",
}
"""The keys that the design fixes; a row may have more, never fewer."""

FORCES = {"must", "need", "should", "may"}
SHAPES = [
    (("norms",), NORM),
    (("norms", "--lang", "en"), NORM),
    (("duties", NICT), DUTY),
    (("duties", SOUMU, "--all-paths"), DUTY),
    (("duties", NICT, "--as-of", YEAR_2026), DUTY),
    (("duties", "--class", "指定法人"), DUTY),
    (("reports",), LINE),
    (("reports", "--from", NICT), LINE),
    (("reports", "--expand", "--about", "incident"), LINE),
    (("route", NICT, "NISC", "--about", "incident"), ROUTE),
    (("route", NICT, SOUMU), ROUTE),
]


@pytest.mark.parametrize(("arguments", "shape"), SHAPES, ids=[" ".join(s[0]) for s in SHAPES])
def test_every_row_has_exactly_the_keys_of_its_command(
    arguments: tuple[str, ...], shape: dict[str, tuple[type, ...]]
) -> None:
    rows = printed(*arguments)
    assert rows
    assert set(PROMISED[arguments[0]].split()) <= shape.keys()
    for row in rows:
        _check(row, shape)
        for leg in row.get("legs", ()):  # type: ignore[attr-defined]
            _check(leg, LEG)


def _check(row: Mapping[str, object], shape: Mapping[str, tuple[type, ...]]) -> None:
    assert list(row) == list(shape)
    for key, kinds in shape.items():
        # bool is an int to isinstance, but not in JSON
        assert type(row[key]) in kinds, (key, row[key])
        if kinds in (TEXT, MAYBE):
            assert row[key] != "", key
        if kinds == LIST and key != "legs":
            assert all(isinstance(item, str) and item for item in names(row, key)), key
        twin = f"{key}_iri"
        if twin in shape and shape[key] == shape[twin] == LIST:
            assert len(names(row, key)) == len(names(row, twin)), key
        if twin in shape and row[key] is None:
            assert row[twin] in (None, []), key
        if key.endswith("_iri") and row[key]:
            iris = row[key] if isinstance(row[key], list) else [row[key]]
            assert all(str(iri).startswith((ID, NS)) for iri in iris), key  # type: ignore[union-attr]
    if "force" in row:
        assert row["force"] in FORCES
        assert row["lane"] in (None, "working", "executive")
        assert str(row["norm"]).startswith(f"{row['section']}-{row['sentence']}")
    if "basis" in row:
        assert row["basis"] in ("found", "derived", "recalled")
    if "route" in row:
        assert row["route"] in (
            "platform",
            "supervision",
            "incorporation",
            "role",
            "class",
            "direct",
        )
        assert row["derived_force"] in FORCES | {"regard"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_question_answers_with_sound_rows(lang: str) -> None:
    kg = graph(lang=lang)
    for listed in kg.catalogue().rows:
        for row in asked(str(listed["question"]), lang):
            assert isinstance(row.get("section") or "", str), listed["question"]
            assert isinstance(row.get("sentence") or 1, int), listed["question"]
            for key, value in row.items():
                assert value != "", (listed["question"], key)
                if key.endswith("_iri"):
                    assert key.removesuffix("_iri") in row, (listed["question"], key)


def test_questions_that_cite_give_a_sentence_on_every_row() -> None:
    from kijun.catalogue import question

    kg = graph()
    for listed in kg.catalogue().rows:
        name = str(listed["question"])
        if question(name).cites is None:
            continue
        for row in asked(name):
            assert {"section", "sentence", "sentence_iri"} <= row.keys(), name
            assert row["sentence_iri"], (name, row)


def test_the_sample_row_of_the_design() -> None:
    sample = {
        "norm": "6(4)-2a",
        "section": "6(4)",
        "sentence": 2,
        "force": "must",
        "bearer": "府省庁",
        "recipient": ["NISC"],
        "statement": "府省庁は、自ら又は所管する独法等のインシデントを知ったら、"
        "すぐにNISCへ知らせる。",
        "action": "連絡",
        "trigger": "自ら又は所管する独法等のインシデントの認知",
        "timing": "速やかに",
        "condition": None,
        "lane": None,
        "phrase": "速やかに NISC に連絡する",
        "interpretation": None,
        "norm_iri": "https://w3id.org/kijun/id/norm/6-4-2a",
    }
    row = next(row for row in printed("norms") if row["norm"] == "6(4)-2a")
    assert {key: row[key] for key in sample} == sample


def test_what_belongs_to_the_norm_is_the_same_in_every_answer() -> None:
    norms = {row["norm"]: row for row in printed("norms")}
    own = NORM.keys() - {"interpretation"}
    for body in freeze_answers.BODIES.values():
        for row in printed("duties", body):
            norm = norms[row["norm"]]
            assert {key: row[key] for key in own} == {key: norm[key] for key in own}
    # In a line the trigger, timing and interpretation may be those of one direction or reading.
    for row in printed("reports", "--from", SOUMU):
        norm = norms[row["norm"]]
        for key in ("norm_iri", "section", "sentence", "force", "phrase", "sentence_iri"):
            assert row[key] == norm[key]


# --- kept answers -----------------------------------------------------------------------


@pytest.mark.parametrize("name", freeze_answers.CASES)
def test_kept_answer(name: str) -> None:
    place = freeze_answers.FOLDER / f"{name}.json"
    arguments = freeze_answers.CASES[name]
    now = freeze_answers.kept(name, printed(*arguments))
    before = json.loads(place.read_text(encoding="utf-8"))
    hint = f"kijun {' '.join(arguments)}: if meant, run python tests/freeze_answers.py and read it"
    assert [row for row in now if row not in before] == [], hint
    assert [row for row in before if row not in now] == [], hint
    assert now == before, hint


def test_no_kept_answer_is_left_over() -> None:
    kept = {
        place.stem
        for place in freeze_answers.FOLDER.glob("*.json")
        if place.stem.startswith(("duties-", "reports-", "route-"))
    }
    assert kept == freeze_answers.CASES.keys()
