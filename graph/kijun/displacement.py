"""What common rules displace: the parties' own policies, in the scope of the rules (6(3))."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kijun.boundary import Boundary
from kijun.coverage import Coverage
from kijun.norms import Norm, interpretation
from kijun.sections import notation
from kijun.situation import Situation
from kijun.tables import Column
from kijun.terms import ID

NORM = f"{ID}norm/6-3-6a"
"""The power to set common rules, notwithstanding each party's policy."""

POLICIES = {
    "ministry": f"{ID}document/ministry-policy",
    "corporation": f"{ID}document/corporation-policy",
}
HEARD = {
    "agreed": "合意",
    "consulted": "協議",
    "maker": "作成者",
    "no": "なし",
    "not_asked": "不要",
}
"""Whether a party was heard on the rules; only managers of connected systems have to be."""

DISPLACED_COLUMNS = (
    Column("platform", "基盤", "platform", weight=2),
    Column("rules", "共通規程", "common rules", weight=2),
    Column("maker", "作成者", "maker", weight=2),
    Column("party", "当事者", "party", weight=2),
    Column("policy", "優先される側", "policy displaced", weight=2),
    Column("concerns", "事項", "concerns", weight=4),
    Column("heard", "協議", "heard", words=HEARD),
    Column("norm", "規範", "norm"),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("platform_iri", "基盤IRI", "platform IRI", in_table=False),
    Column("rules_iri", "共通規程IRI", "common rules IRI", in_table=False),
    Column("maker_iri", "作成者IRI", "maker IRI", in_table=False),
    Column("party_iri", "当事者IRI", "party IRI", in_table=False),
    Column("policy_iri", "優先される側IRI", "policy IRI", in_table=False),
    Column("concerns_iri", "事項IRI", "concerns IRI", in_table=False),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of what is displaced, one row for each rule and party."""


def displaced_rows(
    boundary: Boundary,
    situation: Situation,
    named: Mapping[str, str],
    norm: Norm,
    ministries: Collection[str],
    lang: str,
) -> list[dict[str, object]]:
    """Return what each common rule displaces; ``ministries`` have a policy of that kind."""
    order = {iri: n for n, iri in enumerate(Coverage(boundary, situation).concerns)}
    found: dict[tuple[str, str], list[str]] = {}
    for rules, party, concern in boundary.displaced:
        found.setdefault((rules, party), []).append(concern)
    rows: list[dict[str, object]] = []
    for document in situation.documents:
        heard: dict[str, str] = {}
        for one in situation.agreements:
            if one.document == document.iri and heard.get(one.party) != "agreed":
                heard[one.party] = "agreed" if one.agreed else "consulted"
        roles = boundary.parties.get(document.platform, {})
        for party in sorted(roles, key=lambda iri: (named[iri], iri)):
            concerns = sorted(found.get((document.iri, party), ()), key=lambda iri: order[iri])
            if not concerns:
                continue
            connected = any(role.kind == "connection" for role in roles[party])
            otherwise = "no" if connected else "not_asked"
            said = "maker" if party in document.makers else heard.get(party, otherwise)
            policy = POLICIES["ministry" if party in ministries else "corporation"]
            rows.append(
                {
                    "platform": named[document.platform],
                    "rules": document.name,
                    "maker": [named[maker] for maker in document.makers],
                    "party": named[party],
                    "policy": named[policy],
                    "concerns": [named[concern] for concern in concerns],
                    "heard": said,
                    "norm": norm.name,
                    "section": notation(norm.section.removeprefix(f"{ID}section/")),
                    "sentence": norm.number,
                    "interpretation": interpretation(norm, lang),
                    "platform_iri": document.platform,
                    "rules_iri": document.iri,
                    "maker_iri": list(document.makers),
                    "party_iri": party,
                    "policy_iri": policy,
                    "concerns_iri": concerns,
                    "norm_iri": norm.iri,
                    "section_iri": norm.section,
                    "sentence_iri": norm.sentence,
                }
            )
    return rows
