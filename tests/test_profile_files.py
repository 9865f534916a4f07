"""Profiles go from each form of file to each other one and come back as they were."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import made_profiles
from kijun.errors import BadInput
from kijun.profile import Profile
from kijun.profile_files import read, write

FORMS = ("csv", "t.ttl", "j.jsonld", "n.nt", "r.rdf", "w.xlsx")


def same(found: Profile, wanted: dict[str, list[dict[str, object]]], how: object) -> None:
    """Compare table by table, so that a difference can be read."""
    said = made_profiles.plain(found)
    for key, rows in wanted.items():
        assert said[key] == rows, how


def there_and_back(profile: Profile, name: str, folder: Path) -> Profile:
    place = folder / name
    write(profile, place)
    found = read(place)
    assert not found.findings, found.findings
    return found.profile


MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
"""Without shrinking, which takes minutes for things as large as these."""


@MANY
@given(made_profiles.profiles())
def test_each_form_gives_back_what_was_written(profile: Profile) -> None:
    if not any(profile.rows.values()):
        return
    wanted = made_profiles.plain(profile)
    for name in FORMS:
        with tempfile.TemporaryDirectory() as folder:
            same(there_and_back(profile, name, Path(folder)), wanted, name)


@settings(MANY, max_examples=4)
@given(made_profiles.profiles())
def test_any_way_from_form_to_form_keeps_everything(profile: Profile) -> None:
    if not any(profile.rows.values()):
        return
    wanted = made_profiles.plain(profile)
    for way in itertools.permutations(("csv", "t.ttl", "j.jsonld", "w.xlsx"), 3):
        with tempfile.TemporaryDirectory() as folder:
            for name in way:
                profile = there_and_back(profile, name, Path(folder))
            same(profile, wanted, way)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("profile.docx", 'does not go by the ending ".docx"'),
        ("profile.xls", "save it as an .xlsx workbook"),
        ("profile.ods", "save it as an .xlsx workbook"),
        ("profile.yaml", "give an .xlsx workbook, a folder of CSV files, or RDF"),
    ],
)
def test_other_endings_are_told_what_to_be(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(BadInput, match=said):
        read(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file"):
        read(tmp_path / "p.xlsx")
