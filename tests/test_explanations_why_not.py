"""Why not: what a denied duty lacks; and explanations of classes, lines and routes."""

from __future__ import annotations

from typing import Any

import clingo
import pytest

from asked_explanations import MOFA, NICT, PENSION, ask, nodes, opened
from kijun.inquiries import explained
from kijun.proofs import Proofs
from kijun.terms import ID, NS


def iri(name: str) -> str:
    return opened()[0].find(name).iri.replace(ID, "id:")


def entered(body: str, kind: str) -> str:
    return f'entered("{iri(body)}","kijun:{kind}","kijun:found").'


def supervised(ministry: str, body: str) -> str:
    ends = f'"{iri(ministry)}","{iri(ministry)}","{iri(body)}"'
    return f'supervision("id:x",{ends}). confidence("id:x","kijun:found").'


def taken_over(by: str, section: str) -> str:
    return (
        f'incorporates("id:norm/{by}","id:y"). incorporated("id:y","id:section/{section}"). '
        'grade("id:y","kijun:sameAs").'
    )


WHY_NOT = [
    # who, norm, the missing premise, facts that bring it, and who then bears the norm
    (PENSION, "4-3-2b", "supervision", supervised, (PENSION, NICT), PENSION),
    (PENSION, "4-3-2b", "class_path", entered, (PENSION, "MidTermAgency"), "厚生労働省"),
    (PENSION, "6-4-2a", "class_path", entered, (PENSION, "Ministry"), PENSION),
    (PENSION, "6-4-2b", "class_path", entered, (PENSION, "Ministry"), PENSION),
    (NICT, "6-4-2a", "takes_over", taken_over, ("6-4-3a", "6-4"), NICT),
    (NICT, "6-4-2b", "takes_over", taken_over, ("6-4-3a", "6-4"), NICT),
    ("総務省", "6-3-4a", "class_path", entered, ("総務省", "PlatformManagingAgency"), "総務省"),
    ("総務省", "6-3-6a", "class_path", entered, ("総務省", "PlatformOperator"), "総務省"),
    ("内閣法制局", "4-1-4a", "supervision", supervised, ("内閣法制局", PENSION), "内閣法制局"),
    (MOFA, "4-1-4a", "class_path", entered, ("国際交流基金", "DesignatedCorporation"), MOFA),
    ("国税庁", "6-4-2a", "class_path", entered, ("国税庁", "Ministry"), "国税庁"),
    ("会計検査院", "6-4-2a", "class_path", entered, ("会計検査院", "Ministry"), "会計検査院"),
]


@pytest.mark.parametrize(("who", "norm", "lacking", "facts", "given", "bearer"), WHY_NOT)
def test_with_the_missing_premise_the_duty_appears(
    who: str, norm: str, lacking: str, facts: Any, given: tuple[str, str], bearer: str
) -> None:
    _, explainer = opened()
    body = iri(who)
    ends = [clingo.String(iri(bearer)), clingo.String(f"id:norm/{norm}"), *[None] * 5]
    before = set(explainer.proofs.matching("duty", ends))
    own = explainer.rules.failures(
        explainer.proofs, "duty", [clingo.String(body), ends[1], *[None] * 5]
    )
    about = explainer.rules.failures(
        explainer.proofs,
        "duty",
        [None, *ends[1:]],
        only="supervision",
        given={("supervision", 3): clingo.String(body)},
    )
    missing = [f for f in (own if bearer == who else about) if f.missing.name == lacking]
    assert missing, "the explanation does not name the premise"
    changed = Proofs(f"{explainer.text}\n{facts(*given)}")
    appeared = set(changed.matching("duty", ends)) - before
    assert appeared
    # What now holds is the very premise that was named as missing, and the new proof uses it.
    used = {step.atom for atom in appeared for step in changed.proof(atom).steps()}
    wanted = [one for failure in missing for one in failure.tries]
    assert any(
        atom.name == one.name
        and all(x is None or x == y for x, y in zip(one.arguments, atom.arguments, strict=True))
        for one in wanted
        for atom in used
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_why_the_pension_service_has_no_published_evaluation(lang: str) -> None:
    borne, about = ask(PENSION, "4(3)-2b", lang=lang)
    assert not borne["holds"]
    assert not about["holds"]
    said = " ".join(str(node["statement"]) for node in nodes([about]))
    if lang == "ja":
        assert "日本年金機構は「独立行政法人」に属さない" in said
        assert "名簿に「指定法人」として載っている" in said
        assert "厚生労働省は日本年金機構を所管する" in said
    else:
        assert "does not belong to the class incorporated administrative agency" in said


def test_what_is_not_borne_but_owed_about_a_body_is_said_so() -> None:
    first, *rest = ask(NICT, "4(3)-2b")
    assert not first["holds"]
    assert all(node["rule"] == "supervision" and node["holds"] for node in rest)
    assert any("総務省" in str(node["statement"]) for node in rest)


def test_why_a_ministry_without_corporations_guides_none() -> None:
    said = [str(node["statement"]) for node in nodes(ask("内閣法制局", "4(1)-4a"))]
    assert "名簿に、内閣法制局が所管する法人はない。" in said
    each = [str(node["statement"]) for node in nodes(ask(MOFA, "4(1)-4a"))]
    assert "国際交流基金は「指定法人」に属さない。" in each
    assert "国際協力機構は「指定法人」に属さない。" in each


def test_a_platform_that_is_not_declared_is_said_not_to_be() -> None:
    said = " ".join(str(node["statement"]) for node in nodes(ask("総務省", "6(3)-4a")))
    assert "基盤となる情報システムの記載は、データに一つもない" in said


def test_what_is_no_reporting_unit_answers_through_another() -> None:
    graph, explainer = opened()
    found, said = explained(explainer, graph.find, "国税庁", "6(4)-2a")
    assert all(node["holds"] for node in found)
    assert "財務省" in str(found[0]["statement"])
    assert any("財務省が答える" in one for one in said)


def test_a_class_is_explained_or_denied() -> None:
    assert ask(NICT, "国立研究開発法人")[0]["holds"]
    assert ask("総務省", "所管府省庁")[0]["rule"] == "defined_class"
    (denied,) = ask(PENSION, "独立行政法人")
    assert not denied["holds"]
    assert denied["premises"]


def test_no_line_leads_from_a_corporation_straight_to_nisc() -> None:
    (denied,) = ask(PENSION, "6(4)-2a", "NISC")
    assert not denied["holds"]


def test_a_line_and_the_legs_of_a_route_are_explained_by_their_iris() -> None:
    graph, explainer = opened()
    for route in graph.route(NICT, "NISC", "incident").rows:
        iris = [leg["line_iri"] for leg in route["legs"]]
        told = explainer.legs(iris)
        assert len(told) == len(iris)
        assert all(node["holds"] for node in told)
    assert explainer.lines(f"{NS}Ministry", f"{ID}office/nisc")


def test_every_line_and_every_duty_of_the_graph_is_explained() -> None:
    graph, explainer = opened()
    lines = {
        row["line"].value
        for row in graph.engine.select(f"SELECT ?line {{ ?line a <{NS}ReportingLine> }}")
    }
    assert lines
    assert not [one for one in sorted(lines)[::25] if not explainer.line(one)]
    for row in graph.duties(PENSION).rows:
        assert all(n["holds"] for n in explainer.duty(row["body_iri"], row["norm_iri"]))
