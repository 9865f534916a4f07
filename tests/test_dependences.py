"""Single points of failure of the whole government, against the routes and grounding again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import NamedNode, Store

from assumptions import answered, ask
from kijun import reasoning
from kijun.changes import changes, edited
from kijun.knowledge import KnowledgeGraph
from kijun.reach import dependences
from kijun.terms import ID, expand
from kijun.worlds import world


def test_the_single_points_of_the_whole_government(kg: KnowledgeGraph) -> None:
    answer = answered(kg, single_points=True)
    whole = Counter(row["point"] for row in answer.rows if row["cut"] == "all")
    # 97 corporations less the 17 that several ministers share.
    assert sum(whole.values()) == 80
    assert (whole["文部科学省"], whole["厚生労働省"], whole["総務省"]) == (21, 17, 7)
    partly = {(row["point"], row["body"]): row for row in answer.rows if row["cut"] == "business"}
    assert {body for _, body in partly} >= {"情報通信研究機構", "宇宙航空研究開発機構"}
    assert len([1 for _, body in partly if body == "情報通信研究機構"]) == 6
    police = partly["警察庁", "情報通信研究機構"]
    assert police["businesses"] == ["警察庁"]
    assert police["basis"] == "recalled"
    assert not [row for row in answer.rows if row["body"] == "日本医療研究開発機構"]
    assert {row["change"] for row in answer.rows} == {None}
    pension = next(row for row in answer.rows if row["body"] == "日本年金機構")
    assert (pension["point"], pension["cut"]) == ("厚生労働省", "all")
    assert pension["lanes"] == ["executive", "working"]
    assert pension["norms"] == ["4(2)-3a", "4(2)-3b", "6(4)-3a"]
    assert any(note.startswith("単一障害点13") for note in answer.notes)


def test_points_agree_with_the_routes_of_each_body(kg: KnowledgeGraph) -> None:
    points: dict[object, set[object]] = {}
    for row in answered(kg, single_points=True).rows:
        points.setdefault(row["body"], set()).add(row["point"])
    for body in (
        "日本年金機構",
        "情報通信研究機構",
        "日本医療研究開発機構",
        "量子科学技術研究開発機構",
        "土木研究所",
        "統計センター",
    ):
        routes = kg.route(body, "NISC", about="インシデント").rows
        assert set(routes[0]["single_points"]) == points.get(body, set()), body


def _reaching(kg: KnowledgeGraph, **assumed: Iterable[str]) -> set[str]:
    """Return who has a route to NISC by the rules, grounded on the edited facts."""
    return _starts(kg, edited(kg, changes(kg, **assumed)))  # type: ignore[arg-type]


def _starts(kg: KnowledgeGraph, facts: Store) -> set[str]:
    assert kg.state is not None
    control = reasoning.ground(reasoning.program(facts, kg.state))
    return {expand(str(path[0])) for path in reasoning.atoms(control, "path", 4)}


def test_single_points_agree_with_grounding_again(kg: KnowledgeGraph) -> None:
    """Whoever is a point cuts off just whom it is said to; others cut off nobody."""
    found = world(kg.engine, "ja", bodies=())
    cut: dict[str, set[str]] = {}
    for dependence in dependences(found.network, found.share_of):
        if dependence.whole:
            cut.setdefault(dependence.point, set()).add(dependence.body)
    everyone = _reaching(kg)
    assert everyone == set(found.ways)
    others = [f"{ID}body/{number}" for number in ("8000012130001", "7012405000492")]
    for point in [*sorted(cut), *others]:
        left = _reaching(kg, without=[point])
        assert everyone - left - {point} == cut.get(point, set()), point
    assert not _reaching(kg, without=["NISC"])


def test_a_business_line_is_cut_by_its_ministry(kg: KnowledgeGraph) -> None:
    """Under one of its ministers alone, the body reaches NISC until that ministry is gone."""
    body = kg.find("情報通信研究機構").iri
    found = world(kg.engine, "ja", bodies=())
    points = [d.point for d in dependences(found.network, found.share_of) if d.body == body]
    assert len(points) == 6
    for point, minister in ((points[0], points[0]), (kg.find("警察庁").iri, "国家公安委員会")):
        assert point in points
        alone = edited(kg, changes(kg, minister=[f"情報通信研究機構={minister}"]))
        assert body in _starts(kg, alone)
        for quad in changes(kg, without=[point])[0].removed:
            alone.remove(quad)
        for quad in list(alone.quads_for_pattern(None, None, NamedNode(point), None)):
            if "/supervision/" in str(quad.subject):
                alone.remove(quad)
        assert body not in _starts(kg, alone)


def test_reach_agrees_with_grounding_again(kg: KnowledgeGraph) -> None:
    assumptions: list[dict[str, list[str]]] = [
        {"without": ["総務省", "財務省"]},
        {"minister": ["日本年金機構=総務省"], "without": ["厚生労働省"]},
        {"of_class": ["日本年金機構=行政執行法人"]},
    ]
    everyone = _reaching(kg)
    for assumed in assumptions:
        gone = {kg.find(text).iri for text in assumed.get("without", ())}
        rows = ask(kg, **assumed)
        lost = {
            row["body_iri"] for row in rows if (row["kind"], row["change"]) == ("reach", "vanishes")
        }
        assert everyone - _reaching(kg, **assumed) - gone == lost, assumed
