"""Rows of the registers' tables that cannot be right, each with its message."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kijun import register_tables, registers, supervision
from kijun.errors import BadInput

BAD = [
    pytest.param(
        "organizations.csv", "3010005005429", "4010005005429", "row 2: .*check", id="check digit"
    ),
    pytest.param(
        "organizations.csv", "8010505001641", "8010505001642", "row 3: .*check", id="digit changed"
    ),
    pytest.param(
        "organizations.csv", "3010005005429", "301000500542", "row 2: .*13 digits", id="too short"
    ),
    pytest.param(
        "organizations.csv",
        "3010005005429",
        "３010005005429",
        "row 2: .*13 digits",
        id="full width",
    ),
    pytest.param(
        "organizations.csv",
        "iaa,executive",
        "iaa,exec",
        'row 2: iaa_class "exec"',
        id="unknown class",
    ),
    pytest.param(
        "organizations.csv", ",iaa,executive", ",iai,executive", "row 2: .*iai", id="unknown kind"
    ),
    pytest.param(
        "organizations.csv",
        "executive,総務省",
        "executive,総務庁",
        "row 8: .*総務庁",
        id="unknown ministry",
    ),
    pytest.param(
        "organizations.csv",
        "executive,総務省",
        "executive,金融庁",
        "row 8: 金融庁 has no minister of its own",
        id="an agency without a minister",
    ),
    pytest.param(
        "co_supervision_readings.csv",
        "国立公文書館,内閣府,内閣総理大臣",
        "国立公文書館,内閣府,副総理",
        'row 88: "副総理" is no minister',
        id="unknown minister",
    ),
    pytest.param(
        "co_supervision_readings.csv",
        "名簿は内閣府を所管とし、法律は内閣総理大臣を主務大臣とする。府省庁は名簿のとおり内閣府と読む。,",
        ",",
        "row 3: another minister",
        id="a minister without its reading",
    ),
    pytest.param(
        "organizations.csv",
        "executive,総務省",
        "executive,会計検査院",
        "row 8: .*会計検査院",
        id="outside the Cabinet",
    ),
    pytest.param(
        "organizations.csv",
        "8010505001641",
        "3010005005429",
        "row 3: .*row 2",
        id="number of another",
    ),
    pytest.param(
        "organizations.csv",
        "Archives of Japan,iaa,executive,内閣府,3010005005429",
        "Archives of Japan,iaa,executive,内閣府,8010505001641",
        "row 3: .*row 2",
        id="name of another",
    ),
    pytest.param(
        "organizations.csv",
        "411AC0100000079,2026-04-01",
        "411AC0100000079,2025-04-01",
        "row 2: .*register",
        id="no register",
    ),
    pytest.param(
        "organizations.csv",
        "agencies.json,found",
        "agencies.json,sure",
        'row 2: confidence "sure"',
        id="unknown confidence",
    ),
    pytest.param("organizations.csv", "411AC0100000079", "411AC01", "row 2: law", id="bad law"),
    pytest.param(
        "organizations.csv",
        "executive,総務省",
        "executive,",
        "row 8: a supervising",
        id="no supervisor",
    ),
    pytest.param(
        "organizations.csv", "国立公文書館,", "国立公文書館", "row 2: not 10 cells", id="comma lost"
    ),
    pytest.param("organizations.csv", "国立公文書館,", '"国立公文書館,', "row ", id="quote open"),
    pytest.param("organizations.csv", "as_of", "day", "row 1: column as_of", id="no column"),
    pytest.param(
        "co_supervision.csv",
        "内閣府,農林水産省,第16条",
        "内閣府,財務省,第16条",
        "organizations.csv, row 3: .*財務省",
        id="edge gone",
    ),
    pytest.param(
        "co_supervision.csv",
        "北方領土問題対策協会",
        "南方領土問題対策協会",
        "row 2: 南方領土",
        id="edge of nobody",
    ),
    pytest.param(
        "co_supervision.csv",
        "内閣府,文部科学省,第18条",
        "内閣府,厚生労働省,第18条",
        "row 4: .*twice",
        id="edge twice",
    ),
    pytest.param(
        "reporting_units.csv",
        "ministry-2016-04-01,復興庁",
        "ministry-2016-04-01,復興省",
        "row 210: .*role",
        id="no role",
    ),
    pytest.param(
        "reporting_units.csv",
        "内閣官房,unit",
        "内閣官房,units",
        'row 2: role "units"',
        id="unknown role",
    ),
    pytest.param(
        "reporting_units.csv",
        "国税庁,subordinate,財務省",
        "国税庁,subordinate,大蔵省",
        "大蔵省",
        id="through nobody",
    ),
    pytest.param(
        "abbreviations.csv", "理化学研究所", "理化研究所", "row .*理化研究所", id="alias of nobody"
    ),
    pytest.param(
        "co_supervision_readings.csv",
        "住宅金融支援機構",
        "住宅機構",
        "row .*no such edge",
        id="reading of nobody",
    ),
    pytest.param("unnumbered.csv", "nexi", "NEXI", "row 2: slug", id="slug with capitals"),
    pytest.param(
        "registers.csv",
        "ministry-2016-04-01,",
        "iaa-2016-04-01,",
        "row 3: .*twice",
        id="register comes twice",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), BAD)
def test_a_wrong_row_is_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "registers"
    shutil.copytree(registers.FOLDER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=message) as caught:
        supervision.read(folder, register_tables.read(folder))
    assert "\n" not in str(caught.value)
    assert re.match(r"[a-z_]+\.csv, row [0-9]+: ", str(caught.value))


@pytest.mark.parametrize("name", sorted(path.name for path in registers.FOLDER.glob("*.csv")))
@pytest.mark.parametrize("content", [None, b"", b"id\n\x8f\x91\n"], ids=["gone", "empty", "cp932"])
def test_an_unusable_table_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    folder = tmp_path / "registers"
    shutil.copytree(registers.FOLDER, folder)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    assert registers.main(["-o", str(tmp_path / "b.ttl"), "--tables", str(folder)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(name)
    assert said.count("\n") == 1
    assert not (tmp_path / "b.ttl").exists()
