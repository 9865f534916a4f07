"""Engines that share no line of code answer alike on invented governments."""

from __future__ import annotations

import filecmp
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from kijun import invented
from kijun.boundary import NEEDED, boundary_program
from kijun.invented import STATE, government
from kijun.reasoning import atoms, ground

pytest.importorskip("numpy")
pytest.importorskip("duckdb")

from engines import duckdb_engine, edges, kijun_engine, numpy_engine, oxigraph_engine
from side_by_side_page import Measured, Scale, page, wrong


@pytest.fixture(scope="module", params=[1, 2, 3])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("government")
    with (made / "government.nq").open("wb") as file:
        serialize(government(1, request.param), file, format=RdfFormat.N_QUADS)
    edges.write(made / "government.nq", made)
    return made


@pytest.mark.parametrize("question", ["duties", "holes"])
def test_four_engines_give_the_same_rows(folder: Path, question: str) -> None:
    source = folder / "government.nq"
    rules = getattr(kijun_engine, question)(kijun_engine.load(source))
    assert len(rules) > 300
    for engine, place in (
        (oxigraph_engine, source),
        (numpy_engine, folder),
        (duckdb_engine, folder),
    ):
        assert set(getattr(engine, question)(engine.load(place))) == rules, engine.__name__


def test_every_kind_of_hole_is_there(folder: Path) -> None:
    found = kijun_engine.holes(kijun_engine.load(folder / "government.nq"))
    assert {row[0] for row in found} == set(kijun_engine.KINDS)


def test_the_rules_that_boundaries_do_not_need_change_no_hole(folder: Path) -> None:
    store = kijun_engine.loaded(folder / "government.nq")
    stated = kijun_engine.facts(store)
    whole = ground(boundary_program(store, STATE, stated))
    part = ground(boundary_program(store, STATE, stated, subjects=NEEDED))
    for name, arity in (("hole", 6), ("role_at", 3), ("in_scope", 3), ("mere_user", 2)):
        assert atoms(part, name, arity) == atoms(whole, name, arity)
        assert atoms(whole, name, arity)


def test_all_that_is_declared_shared_is_examined(folder: Path) -> None:
    store = kijun_engine.loaded(folder / "government.nq")
    control = ground(boundary_program(store, STATE, kijun_engine.facts(store)))
    assert len(atoms(control, "examined", 1)) == invented.PLATFORMS


# --- invented governments -------------------------------------------------------------------------


def test_the_same_scale_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert invented.main(["1", "--seed", seed, "-o", str(tmp_path / name)]) == 0
    assert filecmp.cmp(tmp_path / "a", tmp_path / "b", shallow=False)
    assert not filecmp.cmp(tmp_path / "a", tmp_path / "c", shallow=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_scale_multiplies_everything() -> None:
    def counted(scale: int, kind: str) -> int:
        return sum(
            1
            for quad in government(scale)
            if quad.predicate.value.endswith("#type") and quad.object.value.endswith(f"#{kind}")  # type: ignore[union-attr]
        )

    for kind, number in (
        ("RegisterEntry", invented.MINISTRIES + invented.CORPORATIONS),
        ("InformationSystem", invented.SYSTEMS),
    ):
        assert counted(1, kind) == number
        assert counted(3, kind) == 3 * number


def test_a_scale_below_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="is 1 or more, not 0"):
        next(government(0))
    with pytest.raises(SystemExit):
        invented.main(["0"])


def test_an_interrupted_write_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(invented, "serialize", stopped)
    with pytest.raises(KeyboardInterrupt):
        invented.main(["1", "-o", str(tmp_path / "g.nq")])
    assert list(tmp_path.iterdir()) == []


def test_writing_takes_no_more_memory_at_a_larger_scale(tmp_path: Path) -> None:
    program = (
        "import sys; from kijun.invented import main; main([sys.argv[1], '-o', sys.argv[2]]); "
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    if not Path("/proc/self/status").is_file():
        pytest.skip("needs /proc")

    def peak(scale: str) -> int:
        command = [sys.executable, "-c", program, scale, str(tmp_path / scale)]
        return int(subprocess.run(command, capture_output=True, check=True).stdout)

    assert peak("20") < peak("1") * 1.5


def test_the_page_tells_who_is_wrong_and_what_was_missed() -> None:
    def found(seconds: float, digest: str) -> Measured:
        return Measured(seconds, 50.0, 7, digest)

    questions = {
        "duties": {"kijun": found(1.0, "a"), "pyoxigraph": found(2.0, "a")},
        "holes": {"kijun": found(1.0, "a"), "rdflib": found(300.0, "b")},
        "closure": {"kijun": found(1.0, "a"), "rustworkx": Measured(fault="over 900 s")},
    }
    made = list(page({1: Scale(100, questions)}))
    assert "| inherited duties, all bodies | pyoxigraph | 20 | 100 | 2.00 | **missed** |" in made
    assert "| uncovered boundaries, all | rdflib | 200 | 1000 | 300 | reached |" in made
    assert "| uncovered boundaries, all | rdflib | 300.000 | 300.00 | 50 | **wrong**: 7 |" in made
    assert "| reporting closure, all pairs | rustworkx | | | | over 900 s |" in made
    assert wrong({1: Scale(100, questions)}) == ["rdflib: uncovered boundaries, all, scale 1"]
