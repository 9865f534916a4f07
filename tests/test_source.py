"""A copy of the guideline is attached whole and checked, or not at all."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pyoxigraph
import pytest

from kijun import content, sections, source, text
from kijun.errors import BadInput, KijunError
from kijun.terms import NS

SOURCE = Path(__file__).parents[2] / "shared" / "sources" / "shishin-2016-draft.txt"
SMALL = "見本\n１ 目的\n猫は歩く。\n犬は走る。\n(1) 範囲\nNISC が見る。\n附則 終わる。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test out of the real data folder."""
    monkeypatch.setenv("KIJUN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = tmp_path / "edition.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def expected(edition: Path) -> dict[str, str]:
    return {
        sections.sentence_iri(sentence.section, sentence.ordinal): text.sha256(sentence.text)
        for sentence in source.read(edition).sentences
    }


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


# --- the real text ------------------------------------------------------------------------


def test_the_guideline_matches_the_shipped_facts(folder: Path) -> None:
    if not SOURCE.is_file():
        pytest.skip("the guideline's text is not beside the repository (../shared/sources)")
    report = source.attach(SOURCE)
    assert (report.source, report.sentences) == (SOURCE, 63)
    assert report.copy == folder / "sentences.json"
    words = source.sentence_texts()
    assert words is not None
    assert set(words) == set(source.shipped_hashes())
    phrase = "速やかに NISC に連絡する"
    assert phrase in words[sections.sentence_iri("6(4)", 2)]


def test_a_changed_guideline_is_refused(tmp_path: Path, folder: Path) -> None:
    if not SOURCE.is_file():
        pytest.skip("the guideline's text is not beside the repository (../shared/sources)")
    changed = tmp_path / "changed.txt"
    original = SOURCE.read_text(encoding="utf-8")
    changed.write_text(original.replace("緊密な情報共有", "密な情報共有"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"62 of the 63 sentences match.*kijun source check"):
        source.attach(changed)
    assert kept(folder) == []


def test_the_shipped_facts_hold_63_hashes() -> None:
    found = source.shipped_hashes()
    assert len(found) == 63
    assert all(len(digest) == 64 for digest in found.values())


# --- attaching ----------------------------------------------------------------------------


def test_attach_and_read_back(edition: Path, expected: dict[str, str], folder: Path) -> None:
    assert source.sentence_texts(expected) is None
    assert source.attach(edition, expected) == (edition, folder / "sentences.json", 4)
    assert source.sentence_texts(expected) == {
        sections.sentence_iri("1", 1): "猫は歩く。",
        sections.sentence_iri("1", 2): "犬は走る。",
        sections.sentence_iri("1(1)", 1): "NISC が見る。",
        sections.sentence_iri("附則", 1): "終わる。",
    }
    assert kept(folder) == ["sentences.json"]
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_hashes_may_come_from_a_store(edition: Path, expected: dict[str, str]) -> None:
    store = pyoxigraph.Store()
    predicate = pyoxigraph.NamedNode(NS + "sha256")
    graph = pyoxigraph.NamedNode("https://w3id.org/kijun/id/graph/text")
    for iri, digest in expected.items():
        node = pyoxigraph.NamedNode(iri)
        store.add(pyoxigraph.Quad(node, predicate, pyoxigraph.Literal(digest), graph))
    found = source.hashes(store.quads_for_pattern(None, predicate, None))
    assert found == expected
    assert source.attach(edition, found).sentences == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("猫", "虎", "3 of the 4 sentences match"),
        ("犬は走る。\n", "", "3 of the 4 sentences match"),
        ("附則 終わる。\n", "", "3 of the 4 sentences match"),
        ("猫は歩く。", "猫は歩く。鳥は飛ぶ。", "4 of the 4 sentences match, but in other places"),
        ("犬は走る。", "犬は走る", "3 of the 4"),
    ],
)
def test_another_edition_is_not_attached(
    edition: Path, expected: dict[str, str], folder: Path, old: str, new: str, said: str
) -> None:
    edition.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput, match=said) as caught:
        source.attach(edition, expected)
    assert "kijun source check" in str(caught.value)
    assert kept(folder) == []


def test_a_refused_file_leaves_the_attached_copy(edition: Path, expected: dict[str, str]) -> None:
    source.attach(edition, expected)
    before = source.sentence_texts(expected)
    edition.write_text(SMALL.replace("猫", "虎"), encoding="utf-8")
    with pytest.raises(BadInput):
        source.attach(edition, expected)
    assert source.sentence_texts(expected) == before


def test_a_byte_order_mark_is_no_text(edition: Path, expected: dict[str, str]) -> None:
    edition.write_text(SMALL, encoding="utf-8-sig")
    assert source.attach(edition, expected).sentences == 4
    assert source.read(edition).front == ("見本",)


# --- files that are no edition ------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\x0c", "is empty"),
        (SMALL.encode("cp932"), "cp932"),
        (SMALL.encode("utf-16"), "UTF-16"),
        (SMALL.encode("utf-16-be"), "binary"),
        (b"%PDF-1.7\n\x00", "PDF"),
        (b"PK\x03\x04\x00", "office document"),
        (b"\x00\x01\x02", "binary"),
        (b"\x81\xff\xff", "not UTF-8"),
        ("ただの文。".encode(), "no chapter"),
        (b"a" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_unusable_files(edition: Path, folder: Path, data: bytes, said: str) -> None:
    edition.write_bytes(data)
    with pytest.raises(BadInput, match=said) as caught:
        source.attach(edition)
    assert str(caught.value).startswith(f"{edition}: ")
    assert "\n" not in str(caught.value)
    assert kept(folder) == []


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        source.read(tmp_path / "absent.txt")
    with pytest.raises(BadInput, match="is a folder"):
        source.read(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        source.read(tmp_path / "edition.txt\0")


def test_an_unreadable_file(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match=r"cannot be read \(Permission denied\)"):
        source.read(edition)


# --- a damaged copy -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"sentences": null}',
        b'{"sentences": {}}',
        b"[" * 100_000,
        "one word",
        "one more",
        "one less",
        "a number",
    ],
)
def test_a_damaged_copy_is_never_quoted(
    edition: Path, expected: dict[str, str], damage: bytes | str
) -> None:
    copy = source.attach(edition, expected).copy
    if isinstance(damage, bytes):
        copy.write_bytes(damage)
    else:
        held = json.loads(copy.read_text(encoding="utf-8"))
        iri = sections.sentence_iri("1", 1)
        if damage == "one less":
            del held["sentences"][iri]
        elif damage == "one more":
            held["sentences"][iri + "0"] = "鳥は飛ぶ。"
        else:
            held["sentences"][iri] = "猫は走る。" if damage == "one word" else [7]
        copy.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(KijunError, match="kijun source attach"):
        source.sentence_texts(expected)


def test_a_copy_of_an_edition_that_kijun_no_longer_encodes(
    edition: Path, expected: dict[str, str]
) -> None:
    source.attach(edition, expected)
    with pytest.raises(KijunError, match="kijun source attach"):
        source.sentence_texts()


def test_a_cut_write_leaves_the_old_copy(
    edition: Path, expected: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.attach(edition, expected)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KijunError, match=r"cannot be written \(No space left on device\)"):
        source.attach(edition, expected)
    monkeypatch.undo()
    monkeypatch.setenv("KIJUN_DATA", str(folder))
    assert kept(folder) == ["sentences.json"]
    assert source.sentence_texts(expected) is not None


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_kill_before_the_rename_leaves_the_old_copy(
    edition: Path, expected: dict[str, str], folder: Path
) -> None:
    source.attach(edition, expected)
    program = textwrap.dedent(
        """
        import json, os, pathlib, signal, sys
        from kijun import source
        pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        source.attach(sys.argv[1], json.loads(sys.argv[2]))
        """
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(edition), json.dumps(expected)], check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert len(kept(folder)) == 2  # the copy, and what the killed process left beside it
    assert source.sentence_texts(expected) is not None
    source.attach(edition, expected)
    assert source.sentence_texts(expected) is not None


# --- where the copy is kept ---------------------------------------------------------------


def test_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert source.data_folder() == tmp_path / "data"
    monkeypatch.delenv("KIJUN_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert source._data_folder(windows=False) == tmp_path / "xdg" / "kijun"
    assert source._data_folder(windows=True) == tmp_path / "local" / "kijun"
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.delenv("LOCALAPPDATA")
    assert source._data_folder(windows=False) == tmp_path / ".local" / "share" / "kijun"
    assert source._data_folder(windows=True) == tmp_path / "AppData" / "Local" / "kijun"


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("KIJUN_DATA")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(KijunError, match="set KIJUN_DATA"):
        source.data_folder()


def test_a_folder_that_cannot_be_written(
    edition: Path, expected: dict[str, str], folder: Path
) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(KijunError, match=r"cannot be written \(.*set KIJUN_DATA"):
        source.attach(edition, expected)
    assert source.sentence_texts(expected) is None


def test_never_inside_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: Path, expected: dict[str, str]
) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "ontology").mkdir(parents=True)
    (checkout / "pyproject.toml").touch()
    monkeypatch.setattr(content, "ONTOLOGY", checkout / "ontology")
    monkeypatch.setenv("KIJUN_DATA", str(checkout / "notes"))
    with pytest.raises(KijunError, match="inside kijun's own source folder"):
        source.attach(edition, expected)
    assert not (checkout / "notes").exists()


@pytest.mark.parametrize("broken", [None, "", "no turtle"])
def test_an_installation_without_the_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str | None
) -> None:
    monkeypatch.setattr(content, "ONTOLOGY", tmp_path)
    if broken is not None:
        (tmp_path / "facts").mkdir()
        (tmp_path / "facts" / "text.ttl").write_text(broken, encoding="utf-8")
    with pytest.raises(KijunError, match="install kijun again"):
        source.shipped_hashes()


def test_reading_stays_light() -> None:
    program = "import sys; from kijun import source; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"rdflib", "networkx", "clingo", "tempfile", "dataclasses"}.isdisjoint(loaded)
