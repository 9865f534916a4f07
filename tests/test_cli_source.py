"""The guideline's own text on the command line: attached, quoted and compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from command_line import NENKIN, NICT, Run, refused, run, same_in_japanese

__all__ = ["refused", "run"]

SOURCE = Path(__file__).resolve().parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("KIJUN_DATA", str(folder))
    return folder


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        ("府省庁は、定める。".encode(), ["１"]),
        ("１ 目的\n府省庁は、".encode("cp932"), ["cp932"]),
        ("１ 目的".encode("utf-16"), ["UTF-16"]),
        (b"%PDF-1.7 ...", ["PDF"]),
        (b"PK\x03\x04....", ["ZIP"]),
        (b"abc\x00def", ["binary"]),
        ("１ 目的\nこれは別の文である。\n附則 なし。\n".encode(), ["63"]),
    ],
    ids=["empty", "other", "cp932", "utf-16", "pdf", "docx", "binary", "another"],
)
def test_a_source_that_cannot_be_attached(
    refused: Callable[..., str],
    own_data: Path,
    tmp_path: Path,
    data: bytes,
    words: Sequence[str],
) -> None:
    place = tmp_path / "案.txt"
    place.write_bytes(data)
    told = refused("source", "attach", str(place))
    for word in [str(place), *words]:
        assert word in told
    japanese = refused("source", "attach", str(place), japanese=True)
    same_in_japanese(told, japanese)
    assert str(place) in japanese
    assert not own_data.exists()


@pytest.mark.parametrize("action", ["attach", "check"])
def test_a_source_that_is_no_file(
    refused: Callable[..., str], own_data: Path, tmp_path: Path, action: str
) -> None:
    assert "no such file" in refused("source", action, str(tmp_path / "x.txt"))
    assert "folder" in refused("source", action, str(tmp_path))


@pytest.fixture
def attached(source_text: str, own_data: Path, run: Run) -> Path:
    ran = run("source", "attach", str(SOURCE))
    assert (ran.status, ran.data) == (0, b"")
    assert "63文" in ran.told
    return own_data


def test_verbatim_shows_the_sentence_of_every_row(attached: Path, run: Run) -> None:
    sentences = {
        row["sentence_iri"]: row["text"]
        for row in run("ask", "sentences", "--verbatim", "--format", "json").rows
    }
    assert len(sentences) == 63
    assert all(isinstance(text, str) and len(text) > 10 for text in sentences.values())
    for arguments in (
        ["norms"],
        ["duties", NICT],
        ["reports", "--from", NENKIN],
        ["route", NENKIN, "NISC", "--about", "incident"],
        ["ask", "silences"],
    ):
        rows = run(*arguments, "--verbatim", "--format", "json").rows
        legs = [leg for row in rows for leg in row.get("legs", [row])]  # type: ignore[attr-defined]
        assert legs
        for leg in legs:
            assert leg["text"] == sentences[leg["sentence_iri"]]
            phrase = "".join(str(leg.get("phrase", "")).split())
            assert phrase in "".join(str(leg["text"]).split())


@pytest.mark.parametrize(
    "arguments",
    [["norms", "--section", "6(4)"], ["duties", NENKIN, "--route", "role"], ["ask", "silences"]],
    ids=lambda value: value[0],
)
def test_a_verbatim_table_shows_the_text(attached: Path, run: Run, arguments: list[str]) -> None:
    bare = run(*arguments).text
    full = run(*arguments, "--verbatim").text
    assert "原文" in full
    assert "原文" not in bare
    assert len(full) > len(bare)


def test_without_verbatim_no_sentence_leaves_the_copy(attached: Path, run: Run) -> None:
    rows = run("norms", "--format", "json").rows
    assert not any("text" in row for row in rows)


def test_a_damaged_copy_is_said_and_never_quoted(
    attached: Path, run: Run, refused: Callable[..., str]
) -> None:
    copy = attached / "sentences.json"
    copy.write_text(
        copy.read_text(encoding="utf-8").replace("府省庁", "某省庁", 1), encoding="utf-8"
    )
    assert "source attach" in refused("norms", "--verbatim")
    assert run("norms").status == 0


def test_check_finds_what_changed(
    source_text: str, own_data: Path, tmp_path: Path, run: Run, refused: Callable[..., str]
) -> None:
    same = run("source", "check", str(SOURCE), "--format", "json")
    assert same.status == 0
    other = tmp_path / "別の版.txt"
    other.write_text(source_text.replace("速やかに NISC", "直ちに NISC"), encoding="utf-8")
    ran = run("source", "check", str(other), "--format", "json")
    assert ran.status == 1
    assert any("6(4)-2a" in json.dumps(row, ensure_ascii=False) for row in ran.rows)
    other.write_bytes(source_text.encode("cp932"))
    assert "cp932" in refused("source", "check", str(other))
