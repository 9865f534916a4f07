"""A government that is invented altogether, for what the guideline might say and does not.

Its norms leave out whom they regard, cite the goal article of one class only, speak of supervised
corporations alone, tell a class of corporations other than the one regarded, or a single class;
have other readings that change one point; and ask for two acts in two directions.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from governments import terms
from kijun.terms import ID, NS, SKOS, graph_iri

SUPERVISED = {
    ("mid", "both", "body/both"),
    ("designated", "both", "body/both"),
    ("research", "both", "office/premier"),
    ("research", "agency", "body/agency"),
    ("executive", "agency", "body/agency"),
    ("guarded", "guardian", "body/guardian"),
}
"""Corporation, supervising ministry, competent minister."""

CLASSES = {
    "both": "Ministry",
    "guardian": "Ministry",  # of a designated corporation only
    "agency": "Ministry",  # of incorporated administrative agencies only
    "lone": "Ministry",  # of none
    "mid": "MidTermAgency",
    "research": "NationalResearchAgency",
    "executive": "ExecutiveAgency",
    "designated": "DesignatedCorporation",
    "guarded": "DesignatedCorporation",
}

SURE = {"agency": "derived", "research": "recalled", "guarded/guardian": "recalled"}
"""How sure the entry of a body is, or a supervision; all others are found."""


def entered(body: str) -> str:
    """Return how sure the entry of a body is."""
    return SURE.get(body, "found")


_REGISTERS = {"Ministry": "ministry-2016-04-01", "DesignatedCorporation": "designated-2016-10-12"}

_NORMS = {
    # Which corporations is not said: any, and any incorporated administrative agency.
    "1a": "k:bearer k:SupervisingMinistry ; k:recipient office:headquarters ; k:action k:report ; "
    "k:about k:auditResult",
    "1b": "k:bearer k:CompetentMinister ; k:recipient k:Corporation ; k:action k:alert ; "
    "k:about k:warning",
    "1c": "k:bearer k:CompetentMinister ; k:recipient office:headquarters ; k:action k:report ; "
    "k:about k:warning",
    # The goals of a mid-term agency are cited, those of the others are not.
    "2a": "k:bearer k:CompetentMinister ; k:regards k:IncorporatedAdministrativeAgency ; "
    "k:cites law:29-1 ; k:action k:evaluate",
    # Of supervised corporations only; or of one's own affairs too.
    "3a": "k:bearer k:Ministry ; k:regards k:DesignatedCorporation ; "
    "k:recipient office:headquarters ; k:action k:notify ; k:about k:evaluationResult",
    "3b": "k:bearer k:Ministry ; k:regards k:DesignatedCorporation ; "
    "k:recipient k:IncorporatedAdministrativeAgency ; k:action k:share ; "
    "k:about k:evaluationResult",
    "3c": "k:bearer k:Ministry ; k:regards k:Ministry , k:DesignatedCorporation ; "
    "k:recipient office:headquarters ; k:action k:share ; k:about k:evaluationResult",
    # Readings that change one point each.
    "4a": "k:bearer k:GovernmentBody ; k:recipient office:nisc ; k:action k:notify ; "
    "k:about k:incident ; k:alternativeReading r:4a-told , r:4a-act , r:4a-teller , "
    "r:4a-office , r:4a-nobody , r:4a-none",
    "4b": "k:bearer k:Corporation ; k:recipient office:nisc ; k:action k:support ; "
    "k:about k:incident ; k:alternativeReading r:4b-act , r:4b-told",
    # A single class tells and is told.
    "5a": "k:bearer k:ExecutiveAgency ; k:recipient k:SupervisingMinistry , k:Executive ; "
    "k:action k:report ; k:about k:auditResult",
    "5b": "k:bearer k:Ministry ; k:recipient k:ExecutiveAgency ; k:action k:provideInformation ; "
    "k:about k:auditResult",
    # Two directions with an act each.
    "6a": "k:bearer office:nisc ; k:recipient k:Ministry , k:Public ; k:action k:advise , "
    "k:publish ; k:about k:warning , t:matter ; k:towards d:6a-advise , d:6a-publish",
}

_READINGS = {
    "4a-told": "k:recipient office:headquarters",
    "4a-act": "k:action k:advise",
    "4a-teller": "k:bearer k:Ministry",
    "4a-office": "k:bearer office:headquarters",
    "4a-nobody": "k:action k:report ; k:withoutRecipient true",
    "4a-none": "k:withoutRecipient false",
    "4b-act": "k:action k:provideInformation",
    "4b-told": "k:recipient office:headquarters",
}

_DIRECTIONS = {
    "6a-advise": "k:recipient k:Ministry ; k:action k:advise ; k:about k:warning",
    "6a-publish": "k:recipient k:Public ; k:action k:publish ; k:about t:matter",
}

_SOUGHT = {
    "advice-to-public": "k:actSought k:advise ; k:recipientSought k:Public",
    "advice-to-ministries": "k:actSought k:advise ; k:recipientSought k:Ministry",
    "part-published": "k:actSought k:publish ; k:topicSought t:smallest",
    "part-advised": "k:actSought k:advise ; k:topicSought t:smallest",
    "whole-published": "k:actSought k:publish ; k:topicSought t:whole",
}


@cache
def invented() -> Store:
    """Return the government; the store is shared, so nobody may change it."""
    data = [
        f"PREFIX k: <{NS}> PREFIX b: <{ID}body/> PREFIX office: <{ID}office/>",
        f"PREFIX law: <{ID}law/411AC0000000103/art-> PREFIX skos: <{SKOS}>",
        f"PREFIX r: <{ID}reading/> PREFIX d: <{ID}direction/> PREFIX t: <{ID}topic/>",
        "t:smallest skos:broader t:small . t:small skos:broader t:matter .",
        "t:matter skos:broader t:whole .",
    ]
    data += [f"office:{name} a k:Office ." for name in ("nisc", "headquarters", "premier")]
    data += [
        f'<{ID}register/{name}> k:registerDate "2016-10-12" .'
        for name in ("iaa-2016-04-01", *_REGISTERS.values())
    ]
    for body, kind in CLASSES.items():
        register = _REGISTERS.get(kind, "iaa-2016-04-01")
        data.append(
            f"<{ID}entry/{body}> k:entryOf b:{body} ; k:entryClass k:{kind} ; "
            f"k:register <{ID}register/{register}> ; k:confidence k:{entered(body)} ."
        )
    for body, ministry, minister in SUPERVISED:
        register = _REGISTERS.get(CLASSES[body], "iaa-2016-04-01")
        between = f"{body}/{ministry}"
        data.append(
            f"<{ID}supervision/{body}/{ministry}> k:supervised b:{body} ; "
            f"k:supervisingMinistry b:{ministry} ; k:competentMinister <{ID}{minister}> ; "
            f"k:register <{ID}register/{register}> ; k:confidence k:{SURE.get(between, 'found')} ."
        )
    for name, said in _NORMS.items():
        data.append(f"<{ID}norm/{name}> a k:Norm ; k:force k:must ; {said} .")
    data += [f"r:{name} a k:Reading ; {said} ." for name, said in _READINGS.items()]
    data += [f"d:{name} a k:Direction ; {said} ." for name, said in _DIRECTIONS.items()]
    data += [
        f"<{ID}silence/{name}> a k:PossibleSilence ; {said} ." for name, said in _SOUGHT.items()
    ]
    store = Store()
    store.bulk_extend(terms())
    graph = NamedNode(graph_iri("norms"))
    for quad in parse("\n".join(data).encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return store
