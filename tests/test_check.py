"""``kijun check PROFILE``: what a person sees, in which form, and with which exit status."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

import kijun
from csv_profiles import ABOUT, folder, found
from kijun import judge, shapes
from kijun.cli import main

pytest.importorskip("pyshacl")


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A profile with one error and one warning."""
    return folder(
        tmp_path / "profile",
        利用=[{"利用機関": "財務賞", "システム": "P1"}],
        連絡先=[{"連絡元": "総務省", "連絡先": "総務省"}],
    )


def test_a_clean_profile_is_status_zero_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", folder(tmp_path / "p"), "--lang", "ja"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "取扱い：機密性2情報"
    assert err.splitlines()[-1] == "誤りも注意すべき所もない。"


def test_findings_are_status_one_with_place_and_mend(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, rows = found(capsys, wrong)
    assert status == 1
    assert [(row["severity"], row["kind"]) for row in rows] == [
        ("error", "unknown-name"),
        ("warning", "own-contact"),
    ]
    first = rows[0]
    assert first["file"] == f"{wrong}/利用.csv"
    assert (first["row"], first["column"], first["sheet"]) == (2, "利用機関", None)
    assert first["place"] == f"{wrong}/利用.csv 2行「利用機関」"
    assert first["message"] == "「財務賞」という機関はない"
    assert first["mend"] == "「財務省」のことか"


def test_warnings_alone_are_status_one_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = folder(tmp_path / "p", 連絡先=[{"連絡元": "総務省", "連絡先": "総務省"}])
    status, rows = found(capsys, written)
    assert (status, [row["severity"] for row in rows]) == (1, ["warning"])


def test_a_finding_that_rests_on_a_sentence_names_its_norm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = {"記号": "D1", "基盤": "P1", "種別": "共通規程", "名称": "規程", "作成機関": "財務省"}
    _, (row,) = found(capsys, folder(tmp_path / "p", 文書=[rules]))
    assert (row["kind"], row["norm"], row["section"]) == (
        "rules-not-by-operator",
        "6(3)-6a",
        "6(3)",
    )
    assert row["norm_iri"] == "https://w3id.org/kijun/id/norm/6-3-6a"


def test_the_table_reads_well_in_both_languages(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", wrong, "--lang", "ja"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split() == ["程度", "所在", "内容", "直し方"]
    assert "誤り1件、注意1件。誤りを直すまで、このプロファイルからは答えない。" in err
    assert main(["check", wrong, "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split() == ["severity", "where", "what", "how", "to", "mend", "it"]
    assert 'no body is called "財務賞"' in out
    assert "Errors: 1; warnings: 1." in err


def test_every_export_carries_the_marking(wrong: str, tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "table"):
        out = tmp_path / f"found.{form}"
        assert main(["check", wrong, "--format", form, "-o", str(out)]) == 1
        if form == "xlsx":
            sheet = openpyxl.load_workbook(out).active
            assert sheet is not None
            assert "取扱い：機密性2情報" in [cell.value for cell in sheet["A"]]
        else:
            assert out.read_text("utf-8-sig").count("取扱い：機密性2情報")


def test_a_file_of_findings_is_written_for_a_clean_profile_too(tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    assert main(["check", folder(tmp_path / "p"), "-o", str(out)]) == 0
    (header,) = out.read_text("utf-8-sig").splitlines()
    assert header.startswith("note,severity,kind,place,file,sheet,row,column,node")


def test_cells_of_a_user_come_out_inert(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uses = [{"利用機関": "=HYPERLINK(1)\x1b[31m", "システム": "P1"}]
    written = folder(tmp_path / "p", 利用=uses)
    out = tmp_path / "found.csv"
    assert main(["check", written, "-o", str(out)]) == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell]
    capsys.readouterr()
    assert main(["check", written, "--lang", "ja"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_several_profiles_are_checked_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = {**ABOUT, "作成機関": "財務省"}
    ours = folder(tmp_path / "a", 利用=[{"利用機関": "財務省", "システム": "P1"}])
    status, rows = found(capsys, ours, folder(tmp_path / "b", 表紙=[theirs]))
    assert (status, [row["kind"] for row in rows]) == (1, ["one-sided"])
    assert found(capsys, ours) == (0, [])


def test_the_day_decides_which_bodies_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = folder(tmp_path / "p", 利用=[{"利用機関": "こども家庭庁", "システム": "P1"}])
    status, rows = found(capsys, written)
    assert (status, [row["kind"] for row in rows]) == (1, ["not-in-registers"])
    assert found(capsys, written, "--as-of", "2026-04-01") == (0, [])


def test_files_that_cannot_be_read_are_all_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"%PDF-1.4")
    gone = tmp_path / "gone.xlsx"
    assert main(["check", str(broken), folder(tmp_path / "p"), str(gone)]) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert str(broken) in line
    assert f"{gone}: there is no such file" in line


def test_a_profile_given_twice_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = folder(tmp_path / "p")
    assert main(["check", written, f"{written}/../p"]) == 2
    assert "given twice; give it once" in capsys.readouterr().err


def test_something_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 2
    assert "name a profile, or say --owl" in capsys.readouterr().err


def test_a_format_that_there_is_not(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", wrong, "--format", "docx"]) == 2
    assert "choose one of table, json" in capsys.readouterr().err


def test_without_the_extra_the_error_says_which(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shapes, "installed", lambda: False)
    assert main(["check", wrong]) == 2
    assert 'pip install "kijun[check]"' in capsys.readouterr().err


def test_python_has_the_same_answer(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = found(capsys, wrong)
    table = kijun.open().check(wrong)
    assert list(table) == [{k: v for k, v in row.items() if k in set(table[0])} for row in rows]
    assert table == kijun.check(wrong)
    assert len(table.where(severity="error")) == 1
    assert len(table.where(severity="誤り")) == 1


def test_nothing_that_users_wrote_is_kept(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    homes = {name: tmp_path / name for name in ("KIJUN_CACHE", "KIJUN_DATA")}
    for name, home in homes.items():
        monkeypatch.setenv(name, str(home))
    main(["norms", "--format", "json"])  # builds the snapshot
    before = {path: path.stat().st_mtime_ns for home in homes.values() for path in _files(home)}
    assert main(["check", wrong]) == 1
    assert {
        path: path.stat().st_mtime_ns for home in homes.values() for path in _files(home)
    } == before
    kept = b"".join(path.read_bytes() for home in homes.values() for path in _files(home))
    assert "財務賞".encode() not in kept


def _files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and "lock" not in path.name.lower()]


needs_judge = pytest.mark.skipif(
    not judge.installed(), reason="needs HermiT: pip install 'kijun[owl]'"
)


@needs_judge
def test_the_judge_names_the_rows_that_clash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bodies = [
        {"名称": "架空機構", "類型": "指定法人", "所管府省庁": "総務省"},
        {"名称": "架空機構", "類型": "中期目標管理法人", "所管府省庁": "総務省"},
    ]
    written = folder(tmp_path / "p", 機関=bodies)
    status, rows = found(capsys, "--owl", written)
    assert status == 1
    (clash,) = [row for row in rows if row["kind"] == "clash"]
    assert clash["severity"] == "error"
    assert clash["sources"] == [f"{written}/機関.csv 2行", f"{written}/機関.csv 3行"]
    assert "架空機構は指定法人でも独立行政法人でもあることになる" in str(clash["message"])
    assert {row["kind"] for row in rows} == {"clash", "contradiction", "two-classes"}


@needs_judge
def test_the_judge_finds_nothing_in_a_clean_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bodies = [{"名称": "架空機構", "類型": "指定法人", "所管府省庁": "総務省"}]
    written = folder(tmp_path / "p", 機関=bodies, 利用=[{"利用機関": "架空機構", "システム": "P1"}])
    assert main(["check", "--owl", written, "--lang", "en"]) == 0
    assert "of them yours), consistent" in capsys.readouterr().err


@needs_judge
def test_rdf_that_is_a_profile_is_checked_and_other_rdf_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "p.ttl"
    assert main(["profile", "convert", folder(tmp_path / "p"), str(profile)]) == 0
    raw = tmp_path / "raw.ttl"
    raw.write_text(
        "<https://w3id.org/kijun/id/body/7012405000492> a <https://w3id.org/kijun/ns#Ministry> .",
        encoding="utf-8",
    )
    status, rows = found(capsys, "--owl", str(profile), str(raw))
    assert (status, [row["kind"] for row in rows]) == (1, ["clash"])
