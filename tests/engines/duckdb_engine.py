"""DuckDB: the same questions in hand-written SQL over a table of integer edges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

Row = tuple[str, ...]

RELATIONS = (
    *("bearer", "regards", "roleWithin", "incorporates", "incorporated", "partOf", "source"),
    *("section", "register", "entryOf", "entryClass", "supervised", "supervisingMinistry"),
    *("operates", "manages", "uses", "connectedTo", "hasLayer", "layerManagedBy", "declaredAs"),
    *("atPlatform", "ofConcern", "ofParty", "inState", "counterparty", "evidencedBy", "madeBy"),
    *("documentKind", "ofDocument", "agreementKind"),
)
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"

DUTIES = """
WITH RECURSIVE above(c, w) AS (
    SELECT s, s FROM sub UNION SELECT o, o FROM sub
    UNION SELECT above.c, sub.o FROM above JOIN sub ON above.w = sub.s),
entry AS (SELECT o.o AS body, k.o AS kind FROM register r
    JOIN entryOf o USING (s) JOIN entryClass k USING (s) WHERE r.o = n('register/invented')),
member AS (SELECT DISTINCT body, w AS class FROM entry JOIN above ON kind = c),
norm AS (SELECT s AS norm FROM type WHERE o = n('Norm')),
own AS (SELECT norm FROM norm WHERE norm NOT IN (SELECT s FROM regards)
    UNION SELECT b.s FROM bearer b JOIN regards r ON b.s = r.s AND b.o = r.o),
over AS (SELECT DISTINCT m.o AS ministry, member.class FROM register r
    JOIN supervised c USING (s) JOIN supervisingMinistry m USING (s)
    JOIN member ON member.body = c.o WHERE r.o = n('register/invented')),
place(norm, part) AS (SELECT s, o FROM source UNION SELECT s, o FROM section
    UNION SELECT place.norm, partOf.o FROM place JOIN partOf ON place.part = partOf.s),
managed AS (SELECT DISTINCT h.s AS platform, m.o AS manager
    FROM hasLayer h JOIN layerManagedBy m ON h.o = m.s),
several AS (SELECT platform FROM managed GROUP BY platform HAVING count(*) > 1
    UNION SELECT s FROM declaredAs WHERE o = n('declaredShared')
        AND s NOT IN (SELECT platform FROM managed)),
shared AS (SELECT DISTINCT u.o AS platform FROM uses u JOIN several ON several.platform = u.o
    WHERE NOT EXISTS (SELECT 1 FROM operates p WHERE p.s = u.s AND p.o = u.o)),
operator AS (SELECT DISTINCT s AS body FROM operates JOIN shared ON o = platform),
connected AS (SELECT DISTINCT m.s AS body FROM manages m JOIN connectedTo c ON m.o = c.s
    JOIN shared ON c.o = platform),
agency AS (SELECT body, n('PlatformOperator') AS class FROM operator
    UNION SELECT body, n('ConnectedSystemManager') FROM connected
    UNION SELECT body, n('PlatformManagingAgency') FROM operator
    UNION SELECT body, n('PlatformManagingAgency') FROM connected),
found AS (
    SELECT b.o AS body, b.s AS norm, 'direct' AS route FROM bearer b
        JOIN type t ON t.s = b.o AND t.o = n('Office') JOIN norm ON norm = b.s
    UNION SELECT body, b.s, 'class' FROM member JOIN bearer b ON b.o = class
        JOIN own ON own.norm = b.s
    UNION SELECT body, w.s, 'role' FROM member JOIN roleWithin w ON w.o = class
    UNION SELECT ministry, b.s, 'supervision' FROM bearer b JOIN norm ON norm = b.s
        JOIN regards r USING (s) JOIN over ON class = r.o
        WHERE b.o IN (n('Ministry'), n('SupervisingMinistry'), n('CompetentMinister'))
        AND r.o <> n('Ministry')
    UNION SELECT ministry, b.s, 'supervision' FROM bearer b JOIN norm ON norm = b.s
        JOIN over ON class = CASE b.o WHEN n('CompetentMinister')
            THEN n('IncorporatedAdministrativeAgency') WHEN n('SupervisingMinistry')
            THEN n('Corporation') END
        WHERE b.s NOT IN (SELECT s FROM regards)
    UNION SELECT member.body, place.norm, 'incorporation' FROM incorporates i
        JOIN own ON own.norm = i.s JOIN bearer b ON b.s = i.s JOIN member ON class = b.o
        JOIN incorporated t ON t.s = i.o JOIN place ON place.part = t.o
        WHERE place.norm <> i.s
        AND place.norm IN (SELECT s FROM bearer WHERE o = n('Ministry')
            UNION SELECT s FROM roleWithin WHERE o = n('Ministry'))
        AND member.body NOT IN (SELECT body FROM entry WHERE kind = n('Ministry'))
    UNION SELECT body, b.s, 'platform' FROM agency JOIN bearer b ON b.o = class
        WHERE b.s NOT IN (SELECT s FROM regards))
SELECT t(body), t(norm), route FROM found
"""

HOLES = """
WITH platform AS (SELECT s AS p FROM declaredAs WHERE o = n('declaredShared')),
party AS (SELECT DISTINCT p, a FROM platform JOIN (
    SELECT o AS p, s AS a FROM operates UNION SELECT o, s FROM manages
    UNION SELECT h.s, m.o FROM hasLayer h JOIN layerManagedBy m ON h.o = m.s
    UNION SELECT c.o, m.s FROM connectedTo c JOIN manages m ON m.o = c.s) USING (p)),
joint AS (SELECT unnest([n('responsibilityAndRoles'), n('operatingStructure'),
    n('normalCooperation'), n('emergencyCooperation'), n('emergencyResponse')]) AS x),
single AS (SELECT unnest([n('responsibilityBoundary'), n('comprehensiveDocument')]) AS x),
row AS (SELECT w.s AS r, w.o AS p, c.o AS x, a.o AS a, i.o AS state, b.o AS provider,
        e.s IS NOT NULL AS shown
    FROM atPlatform w JOIN ofConcern c USING (s) JOIN ofParty a USING (s) JOIN inState i USING (s)
    LEFT JOIN counterparty b USING (s) LEFT JOIN evidencedBy e USING (s)),
inside AS (SELECT row.* FROM row JOIN party USING (p, a)),
document AS (SELECT k.s AS d, w.o AS p, k.o AS kind FROM documentKind k
    JOIN atPlatform w USING (s)),
whole AS (SELECT * FROM document WHERE kind = n('comprehensiveDocumentKind')),
held AS (SELECT p, x, a FROM row JOIN single USING (x)
        WHERE state IN (n('provided'), n('responsibility'))
    UNION SELECT p, n('comprehensiveDocument'), m.o FROM whole JOIN madeBy m ON m.s = d),
agreement AS (SELECT d.o AS d, a.o AS a, k.o AS how FROM ofDocument d JOIN ofParty a USING (s)
    JOIN agreementKind k USING (s)),
agreed AS (SELECT p, a FROM agreement JOIN document USING (d) WHERE how = n('agreed')
    UNION SELECT p, m.o FROM whole JOIN madeBy m ON m.s = d
    UNION SELECT document.p, m.o FROM document JOIN madeBy m ON m.s = d JOIN agreement g USING (d)
        JOIN party ON party.p = document.p AND party.a = g.a
        WHERE how = n('agreed') AND g.a <> m.o),
rules AS (SELECT d, p, m.s AS a FROM document JOIN connectedTo c ON c.o = p
    JOIN manages m ON m.o = c.s WHERE kind = n('commonRulesKind'))
SELECT 'unallocated', t(p), t(x), '', '' FROM platform, single
    WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.p = platform.p AND h.x = single.x)
UNION SELECT 'unallocated', t(p), t(x), t(a), '' FROM party, joint
    WHERE NOT EXISTS (SELECT 1 FROM row r
        WHERE r.p = party.p AND r.x = joint.x AND r.a = party.a)
UNION SELECT 'unmet', t(p), t(x), t(a), '' FROM inside i WHERE state = n('responsibility')
    AND NOT EXISTS (SELECT 1 FROM row r WHERE r.p = i.p AND r.x = i.x AND r.a = i.a
        AND r.state = n('satisfied'))
UNION SELECT 'unprovided', t(p), t(x), t(a), t(provider) FROM inside i
    WHERE state = n('inherited') AND provider IS NOT NULL AND (provider = a
        OR NOT EXISTS (SELECT 1 FROM row r WHERE r.p = i.p AND r.x = i.x AND r.a = i.provider
            AND r.state = n('provided')))
UNION SELECT 'unevidenced', t(p), t(x), t(a), t(state) FROM inside i
    WHERE state IN (n('provided'), n('satisfied'))
    AND NOT EXISTS (SELECT 1 FROM row r WHERE r.p = i.p AND r.x = i.x AND r.a = i.a
        AND r.state = i.state AND r.shown)
UNION SELECT 'doubly_owned', t(p), t(x), '', '' FROM held GROUP BY p, x HAVING count(DISTINCT a) > 1
UNION SELECT 'undocumented', t(p), 'comprehensiveDocument', '', '' FROM platform
    WHERE p NOT IN (SELECT p FROM whole)
UNION SELECT 'undocumented', t(p), 'agreement', t(a), '' FROM party
    WHERE NOT EXISTS (SELECT 1 FROM agreed g WHERE g.p = party.p AND g.a = party.a)
UNION SELECT 'undocumented', t(p), '', t(a), t(d) FROM rules
    WHERE NOT EXISTS (SELECT 1 FROM madeBy m WHERE m.s = rules.d AND m.o = rules.a)
    AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.d = rules.d AND g.a = rules.a)
"""


class Data:
    """A database in memory with one view for each relation."""

    def __init__(self, folder: Path) -> None:
        edges = np.load(folder / "edges.npy")
        self.terms = (folder / "terms.txt").read_text("utf-8").split("\n")
        self.number = {text: place for place, text in enumerate(self.terms)}
        self.base: Any = duckdb.connect(config={"threads": 1})
        columns = {"s": edges[:, 0], "p": edges[:, 1], "o": edges[:, 2]}
        self.base.register("given", columns)
        self.base.execute("CREATE TABLE edge AS SELECT s, p, o FROM given")
        for name, term in [*((n, n) for n in RELATIONS), ("type", TYPE), ("sub", SUBCLASS)]:
            number = self.number.get(term, -1)
            self.base.execute(f'CREATE VIEW "{name}" AS SELECT s, o FROM edge WHERE p = {number}')

    def ask(self, text: str) -> set[Row]:
        """Answer a query in which ``n('...')`` is the number of a term and ``t(x)`` its text."""

        def number(found: re.Match[str]) -> str:
            return str(self.number.get(found[1], -1))

        numbered = re.sub(r"\bn\('([^']*)'\)", number, text)
        rows = self.base.execute(re.sub(r"\bt\((\w+)\)", r"\1", numbered)).fetchall()
        return {tuple(map(self._shown, row)) for row in rows}

    def _shown(self, cell: object) -> str:
        text = str(cell)
        return self.terms[int(text)] if text.isdecimal() else text


def load(folder: Path) -> Data:
    return Data(folder)


def duties(data: Data) -> set[Row]:
    return data.ask(DUTIES)


def duties_of(data: Data, body: str) -> set[Row]:
    return data.ask(f"{DUTIES} WHERE body = n('{body}')")


def holes(data: Data) -> set[Row]:
    return data.ask(HOLES)


def holes_at(data: Data, platform: str) -> set[Row]:
    return data.ask(f"SELECT * FROM ({HOLES}) AS h(k, p, x, a, o) WHERE p = n('{platform}')")


def reached(edges: Path, start: int) -> int:
    return _walked(edges, f"SELECT a, b FROM line WHERE a = {start}")


def closure(edges: Path) -> int:
    return _walked(edges, "SELECT a, b FROM line")


def _walked(edges: Path, first: str) -> int:
    pairs = np.load(edges)
    base = duckdb.connect(config={"threads": 1})
    base.register("given", {"a": pairs[:, 0], "b": pairs[:, 1]})
    base.execute("CREATE TABLE line AS SELECT DISTINCT a, b FROM given")
    text = f"""WITH RECURSIVE reach(a, b) AS ({first}
        UNION SELECT reach.a, line.b FROM reach JOIN line ON reach.b = line.a)
        SELECT count(*) FROM reach"""
    return int(base.execute(text).fetchone()[0])
