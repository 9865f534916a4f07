"""The questions as SPARQL, as somebody would first write them, for pyoxigraph and rdflib.

What has no counterpart is taken away by MINUS for the one and by NOT EXISTS for the other: each
engine gets the form that it bears (``docs/side-by-side.md``).
"""

from __future__ import annotations

from kijun.content import QUERIES

JOINT = (
    *("responsibilityAndRoles", "operatingStructure", "normalCooperation"),
    *("emergencyCooperation", "emergencyResponse"),
)
PREFIX = "PREFIX kijun: <https://w3id.org/kijun/ns#>\n"
PARTY = """{ SELECT DISTINCT ?platform ?party WHERE {
    ?platform kijun:declaredAs kijun:declaredShared .
    { ?party kijun:operates ?platform } UNION { ?party kijun:manages ?platform }
    UNION { ?platform kijun:hasLayer/kijun:layerManagedBy ?party }
    UNION { ?system kijun:connectedTo ?platform . ?party kijun:manages ?system }
} }"""
SINGLE = "VALUES ?concern { kijun:responsibilityBoundary kijun:comprehensiveDocument }"
HOLDER = """{ SELECT DISTINCT ?platform ?concern ?holder WHERE {
    { VALUES ?concern { kijun:responsibilityBoundary kijun:comprehensiveDocument }
      VALUES ?state { kijun:provided kijun:responsibility }
      ?row kijun:atPlatform ?platform ; kijun:ofConcern ?concern ; kijun:ofParty ?holder ;
        kijun:inState ?state . }
    UNION
    { VALUES ?concern { kijun:comprehensiveDocument }
      ?document kijun:documentKind kijun:comprehensiveDocumentKind ; kijun:atPlatform ?platform ;
        kijun:madeBy ?holder . }
} }"""


def duties() -> str:
    """Return the question that the repository keeps as a check of its rules."""
    return (QUERIES / "checks" / "duties.rq").read_text(encoding="utf-8")


def holes(only: str, *, minus: bool) -> dict[str, list[str]]:
    """Return the queries for each kind of hole; they give platform, concern, party and other.

    ``only`` is a pattern more, as to ask of one platform.
    """

    def without(pattern: str) -> str:
        return f"MINUS {{ {pattern} }}" if minus else f"FILTER NOT EXISTS {{ {pattern} }}"

    def select(where: str) -> str:
        return (
            f"{PREFIX}SELECT DISTINCT ?platform ?concern ?party ?other WHERE {{ {where} {only} }}"
        )

    def row(state: str, more: str = "") -> str:
        return (
            "?row kijun:atPlatform ?platform ; kijun:ofConcern ?concern ; kijun:ofParty ?party ; "
            f"kijun:inState {state}{more} ."
        )

    same = "kijun:atPlatform ?platform ; kijun:ofConcern ?concern ; kijun:ofParty ?party"
    joint = " ".join(f"kijun:{name}" for name in JOINT)
    party_of_document = "?d kijun:atPlatform ?platform"
    agreed = (
        f"{{ {party_of_document} . ?a kijun:ofDocument ?d ; kijun:ofParty ?party ; "
        "kijun:agreementKind kijun:agreed }"
        f" UNION {{ {party_of_document} ; kijun:madeBy ?party ; "
        "kijun:documentKind kijun:comprehensiveDocumentKind }"
        f" UNION {{ {party_of_document} ; kijun:madeBy ?party . ?a kijun:ofDocument ?d ; "
        "kijun:ofParty ?partner ; kijun:agreementKind kijun:agreed . FILTER(?partner != ?party) }"
    )
    heard = (
        "{ ?other kijun:madeBy ?party } UNION { ?a kijun:ofDocument ?other ; kijun:ofParty ?party }"
    )
    return {
        "unallocated": [
            select(
                "?platform kijun:declaredAs kijun:declaredShared . "
                + SINGLE
                + without(HOLDER if minus else _held())
            ),
            select(f"{PARTY} VALUES ?concern {{ {joint} }} {without(f'?any {same}')}"),
        ],
        "unmet": [
            select(
                f"{PARTY} {row('kijun:responsibility')} "
                + without(f"?any {same} ; kijun:inState kijun:satisfied")
            )
        ],
        "unprovided": [
            select(
                f"{PARTY} {row('kijun:inherited', ' ; kijun:counterparty ?other')} "
                + without(
                    "?any kijun:atPlatform ?platform ; kijun:ofConcern ?concern ; "
                    "kijun:ofParty ?other ; kijun:inState kijun:provided . "
                    + ("?row kijun:ofParty ?party . " if minus else "")
                    + "FILTER(?other != ?party)"
                )
            )
            if not minus
            else select(
                f"{PARTY} {row('kijun:inherited', ' ; kijun:counterparty ?other')} "
                "OPTIONAL { ?any kijun:atPlatform ?platform ; kijun:ofConcern ?concern ; "
                "kijun:ofParty ?other ; kijun:inState kijun:provided } "
                "FILTER(!BOUND(?any) || ?other = ?party)"
            )
        ],
        "unevidenced": [
            select(
                f"{PARTY} VALUES ?other {{ kijun:provided kijun:satisfied }} {row('?other')} "
                + without(f"?any {same} ; kijun:inState ?other ; kijun:evidencedBy ?shown")
            )
        ],
        "doubly_owned": [
            f"{PREFIX}SELECT DISTINCT ?platform ?concern WHERE {{ {HOLDER} {only} }} "
            "GROUP BY ?platform ?concern HAVING (COUNT(DISTINCT ?holder) > 1)"
        ],
        "undocumented": [
            select(
                "?platform kijun:declaredAs kijun:declaredShared . "
                "VALUES ?concern { kijun:comprehensiveDocument } "
                + without(
                    "?d kijun:atPlatform ?platform ; "
                    "kijun:documentKind kijun:comprehensiveDocumentKind"
                )
            ),
            select(f"{PARTY} VALUES ?concern {{ kijun:agreement }} {without(agreed)}"),
            select(
                "?other kijun:documentKind kijun:commonRulesKind ; kijun:atPlatform ?platform . "
                "?system kijun:connectedTo ?platform . ?party kijun:manages ?system . "
                + without(heard)
            ),
        ],
    }


def _held() -> str:
    return (
        "{ VALUES ?state { kijun:provided kijun:responsibility } ?row kijun:atPlatform ?platform ; "
        "kijun:ofConcern ?concern ; kijun:inState ?state } UNION { ?document "
        "kijun:documentKind kijun:comprehensiveDocumentKind ; kijun:atPlatform ?platform ; "
        "kijun:madeBy ?holder FILTER(?concern = kijun:comprehensiveDocument) }"
    )


REACHED = (
    f"{PREFIX}SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?b {{ <urn:%d> kijun:informs+ ?b }} }}"
)
CLOSURE = f"{PREFIX}SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?b {{ ?a kijun:informs+ ?b }} }}"
