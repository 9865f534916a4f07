"""The table of kinds of findings: complete, in words, and as its page says."""

from __future__ import annotations

import re
from pathlib import Path

from checked_profiles import Check, check, clean
from kijun import complaints, shape_findings, shapes
from kijun.content import ONTOLOGY, PACKAGE
from kijun.knowledge import KnowledgeGraph
from kijun.profile import Reading
from kijun.profile_check import checked
from kijun.profile_faults import kinds
from kijun.profile_schema import BY_KEY
from kijun.shape_graph import shape_graph
from profile_rows import profile

__all__ = ["check"]


def test_each_kind_of_shape_is_in_the_table_and_each_shape_points_somewhere() -> None:
    for name, pointer in shape_findings.pointers().items():
        assert name in shapes.messages()
        assert pointer.kind in kinds()
        for table in pointer.tables.split():
            columns = {column.key for column in BY_KEY[table].columns}
            named = {pointer.column, pointer.shows, pointer.value} - {"", shape_findings.ROW}
            assert named <= columns
            assert not pointer.focus or columns & set(pointer.focus.split())
    by_hand = {name for name in shapes.messages() if name.partition("-")[0] not in BY_KEY}
    assert set(shape_findings.pointers()) == by_hand


def test_every_kind_in_the_code_is_in_the_table_and_every_one_there_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    used = set(re.findall(r'\b(?:fault|stated|_between)\(\s*"([a-z-]+)"', text))
    used |= {pointer.kind for pointer in shape_findings.pointers().values()}
    assert used <= set(kinds())
    unused = {kind for kind in set(kinds()) - used if f'"{kind}"' not in text}
    assert not unused


def test_every_kind_has_words_and_a_mend_in_both_languages() -> None:
    of_shapes = {pointer.kind for pointer in shape_findings.pointers().values()}
    for kind, row in kinds().items():
        assert row["severity"] in ("error", "warning")
        assert bool(row["said_ja"]) == bool(row["said_en"])
        assert row["said_ja"] or kind in of_shapes, kind
        assert row["mend_ja"], kind
        assert row["mend_en"], kind


def test_the_norms_behind_kinds_are_norms(kg: KnowledgeGraph) -> None:
    known = {row["norm"] for row in kg.norms()}
    assert {row["norm"] for row in kinds().values()} - {""} <= known


def test_a_complaint_is_no_longer_than_a_line(check: Check) -> None:
    (one,) = check(profile(**clean(uses=[{"body": "無" * 500, "system": "P1"}])))
    assert len(one.said[0]) < 120
    assert complaints.nearest("総務賞", ["総務省"]) == ["総務省"]


def test_the_page_of_kinds_is_what_it_would_be_made_again(tmp_path: Path) -> None:
    from kijun import check_page

    made = tmp_path / "check.md"
    check_page.main(["-o", str(made)])
    kept = Path(__file__).parents[1] / "docs" / "check.md"
    assert made.read_text("utf-8") == kept.read_text("utf-8"), "run `make docs`"
    assert all(f"| `{kind}` |" in made.read_text("utf-8") for kind in kinds())


def test_shapes_are_shipped() -> None:
    assert (ONTOLOGY / "profiles" / "shapes.csv").is_file()


def test_what_is_resolved_without_error_keeps_the_rules_of_its_columns(kg: KnowledgeGraph) -> None:
    """The columns are asked twice: in resolving cells, and by the shapes made from the schema."""
    from planted import profiles

    written, _ = profiles(range(12))
    found = checked([Reading(one) for one in written], kg)
    assert not found.situation.errors
    seen = shapes.breaches(shape_graph(found.situation, kg.store))
    by_column = [one for one in seen if one.shape.partition("-")[0] in BY_KEY]
    between = [one for one in by_column if one.constraint == "MaxCount"]
    assert by_column == between, "only what several profiles say of one thing may come twice"
    assert {one.kind for one in found.findings if one.severity == "error"} == set()
