"""The smallest repair: it closes every hole, and nothing smaller does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from random import Random

import pytest

from boundary_profiles import CLEAN, SHARED, opened
from kijun import repair as repairs
from kijun.boundary import Boundary, boundary
from kijun.coverage import DOCUMENT
from kijun.dates import State
from kijun.errors import KijunError
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.mended import mended
from kijun.remedies import Remedies, Step
from kijun.repair import Repair, repair, smallest
from kijun.situated import asserted_part, state_with
from kijun.situation import Situation
from planted import planted, profiles
from test_holes_agree import COUNT, resolved, sound

Examine = Callable[[Situation], Boundary]


@pytest.fixture(scope="module")
def examine(kg: KnowledgeGraph) -> Examine:
    asserted = asserted_part(kg.store)

    def examined(told: Situation) -> Boundary:
        return boundary(asserted, state_with(kg.state, told) or State("none", ()), told)

    return examined


def repaired(told: Situation, examine: Examine) -> Repair:
    """Return the repair of a situation, of which it is checked that no hole is left."""
    found = repair(examine(told), told, examine)
    assert not examine(mended(found.situation, taken(found), found.boundary.parties)).holes
    assert found.shared <= set(found.steps)
    return found


def taken(found: Repair) -> list[Step]:
    """Return the steps that are taken once every system is declared as it is."""
    return [step for step in found.steps if step.kind not in ("redeclare", "restate")]


def repertoire(found: Repair) -> list[Step]:
    """Return all steps of which some close a hole."""
    remedies = Remedies(found.boundary, found.situation)
    steps = [step for hole in found.boundary.holes for step in remedies.of(hole)]
    leading = [
        Step("lead", platform, None, concern)
        for platform in found.boundary.examined
        for concern in remedies.held(platform)
    ]
    makes = {step.concern for step in steps if remedies.holder(step)}
    return list(dict.fromkeys([*steps, *(step for step in leading if step.concern in makes)]))


def closes(found: Repair, steps: Iterable[Step], examine: Examine) -> bool:
    return not examine(mended(found.situation, steps, found.boundary.parties)).holes


@pytest.mark.parametrize("first", range(0, COUNT // 2, 100))
def test_a_repair_closes_every_hole(kg: KnowledgeGraph, examine: Examine, first: int) -> None:
    repaired(resolved(kg, profiles(range(first, first + 100))[0]), examine)


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_a_repair_closes_every_hole_where_anything_may_be_amiss(
    kg: KnowledgeGraph, examine: Examine, first: int
) -> None:
    repaired(resolved(kg, sound(kg, range(first, first + 50))), examine)


def test_no_smaller_set_of_steps_closes_every_hole(kg: KnowledgeGraph, examine: Examine) -> None:
    """Tried by taking every smaller set, where there are few enough of them."""
    sizes, tried = set(), 0
    for seed in range(20):
        made = planted(seed).profile if seed % 2 else next(iter(sound(kg, [seed])), None)
        if made is None:
            continue
        found = repaired(resolved(kg, [made]), examine)
        size, steps = len(taken(found)), repertoire(found)
        if size < 1 or size > 3 or len(steps) > 14:
            continue
        sizes.add(size)
        for fewer in combinations(steps, size - 1):
            tried += 1
            assert not closes(found, fewer, examine), (seed, fewer)
    assert sizes == {1, 2, 3}
    assert tried > 80


# By hand


def of(graph: KnowledgeGraph, kind: str) -> list[dict[str, object]]:
    return [dict(row) for row in graph.repair().where(step=kind)]


def test_the_example_is_repaired_with_the_platform_that_hid_as_a_single_system() -> None:
    rows = open_graph(profiles=[SHARED]).repair()
    (wrong,) = rows.where(step="redeclare")
    here = rows.where(platform=wrong["platform"])
    assert len(rows) - len(here) == 8, "one for each hole of the platform that is declared one"
    assert len(here) > 1, "the boundary of the other one is not settled at all"
    assert {row["norm"][:4] for row in rows} == {"6(3)"}
    assert not len(open_graph(profiles=[CLEAN]).repair())


def test_one_document_closes_what_rests_on_it() -> None:
    (step,) = of(opened(), "document")
    assert step["who"] == "総務省"
    assert step["closes"] == 3, "nobody held it, it was not there, and its maker had not agreed"
    assert step["concern_iri"] == DOCUMENT


RELYING = {
    "allocations": [
        "P1 責任分界 総務省 継承 環境省",
        "P1 責任分界 環境省 継承 総務省",
    ]
}


def test_two_providers_of_what_one_holds_need_a_leader() -> None:
    """Each relies on the other: both must provide, and then two hold it."""
    rows = opened(**RELYING).repair().where(concern="責任分界")
    assert sorted(row["step"] for row in rows) == ["lead", "provide", "provide"]
    (lead,) = (row for row in rows if row["step"] == "lead")
    assert (lead["closes"], lead["in_all"], lead["norm"]) == (0, True, "6(3)-4b")


def test_who_holds_the_document_already_had_better_make_it() -> None:
    graph = opened(allocations=["P1 包括的な文書 環境省 提供 - - 記録"])
    (step,) = of(graph, "document")
    assert step["who"] == "環境省", "else two would hold it"
    assert not [row for row in of(graph, "lead") if row["concern"] == "包括的な文書"]


def test_who_alone_is_a_party_does_itself_what_it_would_inherit() -> None:
    graph = opened(
        systems=["P1 共通基盤 基盤 総務省"],
        layers=[],
        connections=[],
        allocations=["P1 体制 総務省 継承"],
    )
    (step,) = of(graph, "rename")
    assert (step["who"], step["concern"]) == ("総務省", "体制")


def test_an_agreement_with_one_serves_whoever_made_the_document() -> None:
    graph = opened(
        documents=["D1 P1 その他 資料 環境省"],
        exclusions=["P1 包括的な文書 - 例", "P1 合意形成 総務省 例"],
    )
    (step,) = of(graph, "agree")
    assert (step["who"], step["with"], step["closes"]) == ("架空法人", "資料", 2)


def test_an_agreement_without_any_document_is_on_one_that_is_made() -> None:
    graph = opened(exclusions=["P1 包括的な文書 - 例"])
    assert len(of(graph, "agree")) == 3
    assert not of(graph, "document")


def test_a_repair_that_leaves_a_hole_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairs, "smallest", lambda *_: (set(), set()))
    with pytest.raises(KijunError, match=r"leaves .* holes, the first of them .*fault of kijun"):
        opened().repair()


# The choice itself


def all_smallest(lines: list[str], steps: int) -> list[set[int]]:
    """Return every smallest set by trying all, on the meaning of the facts."""
    facts: dict[str, list[tuple[int, ...]]] = {}
    for line in lines:
        name, _, rest = line.rstrip(").").partition("(")
        facts.setdefault(name, []).append(tuple(map(int, rest.split(","))))

    def good(chosen: set[int]) -> bool:
        held = {(k, a) for k, a in facts.get("holds", ())}
        held |= {(k, a) for s, k, a in facts.get("makes", ()) if s in chosen}
        settled = {k for s, k in facts.get("settles", ()) if s in chosen}
        settled |= {k for (k,) in facts.get("led", ())}
        met = {(k, a) for k, a in facts.get("meets", ())}
        met |= {(k, a) for s, k, a in facts.get("satisfies", ()) if s in chosen}
        # Who has only met it holds it while nobody provides it.
        held |= {(k, a) for k, a in met if k not in {k2 for k2, _ in held}}
        return all(
            any(s in chosen for s, h in facts["closes"] if h == hole) for (hole,) in facts["open"]
        ) and all(k in settled or len({a for k2, a in held if k2 == k}) < 2 for k, _ in held)

    # A step that closes nothing is taken to let someone lead, and for nothing else.
    useful = sorted({s for name in ("closes", "settles") for s, _ in facts.get(name, ())})
    for size in range(steps + 1):
        if found := [set(c) for c in combinations(useful, size) if good(set(c))]:
            return found
    raise AssertionError("nothing closes all holes")


def ranked(lines: list[str]) -> list[tuple[int, int]]:
    """Return how far each step is from the most obvious one."""
    found = (line.removeprefix("rank(") for line in lines if line.startswith("rank("))
    pairs = (one.rstrip(").").split(",") for one in found)
    return [(int(step), int(rank)) for step, rank in pairs]


def puzzle(seed: int) -> tuple[list[str], int]:
    """Return holes and steps made by chance; the last two steps say who leads."""
    random = Random(seed)
    steps = 8
    lines = []
    for hole in range(random.randint(1, 5)):
        lines.append(f"open({hole}).")
        closing = random.sample(range(steps - 2), random.randint(1, 3))
        lines += [f"closes({step},{hole})." for step in closing]
    for concern in range(2):
        lines.append(f"settles({steps - 2 + concern},{concern}).")
        if random.random() < 0.3:
            lines.append(f"led({concern}).")
        lines += [f"holds({concern},{who})." for who in range(3) if random.random() < 0.2]
        makes = [step for step in range(steps - 2) if random.random() < 0.3]
        lines += [f"makes({step},{concern},{random.randrange(3)})." for step in makes]
        lines += [f"meets({concern},{who})." for who in range(3) if random.random() < 0.4]
        satisfies = [step for step in range(steps - 2) if random.random() < 0.3]
        lines += [f"satisfies({step},{concern},{random.randrange(3)})." for step in satisfies]
    return [*lines, *(f"rank({step},{random.randrange(3)})." for step in range(steps))], steps


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_the_choice_is_that_of_trying_all(first: int) -> None:
    from kijun.content import rules_of_situations

    for seed in range(first, first + 50):
        lines, steps = puzzle(seed)
        chosen, shared = smallest(lines, rules_of_situations("repair.lp"))
        every = all_smallest(lines, steps)
        ranks = dict(ranked(lines))
        least = min(sum(ranks[step] for step in one) for one in every)
        assert chosen in every, seed
        assert sum(ranks[step] for step in chosen) == least, seed
        assert shared == set.intersection(*every), seed
