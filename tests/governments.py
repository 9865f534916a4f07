"""Small governments made by chance, in the project's own vocabulary.

A government has its own bodies, registers, supervisions, systems, sections and norms; the terms
of the ontology and NISC are shared. ``government(seed)`` gives the same one for the same seed;
``governments()`` is the hypothesis strategy that draws the same choices and shrinks them.
What the ontology calls impossible does not come up, but what is odd does: bodies of no register,
ministries with nothing to supervise, offices as competent ministers, two supervisions of one
corporation by one ministry, norms that cite articles of another class, systems nobody operates.
Nor does what :mod:`kijun.refusals` stops at build time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import strategies
from pyoxigraph import Literal, NamedNode, Quad, Store

from kijun import derivation
from kijun.dates import Register, State
from kijun.terms import ID, NS, RDF, SKOS, graph_iri

T = TypeVar("T")
A = NamedNode(RDF + "type")
_DAY = date(2016, 10, 12)
NISC = NamedNode(ID + "office/nisc")
LAW = ID + "law/411AC0000000103/art-"
GOALS = ("29-1", "35-4-1", "35-9-1")

CORPORATIONS = (
    "MidTermAgency",
    "NationalResearchAgency",
    "ExecutiveAgency",
    "DesignatedCorporation",
)
ODD = ("SubordinateAgency", "IndependentOrgan", "MinisterialOffice")
KINDS = ("IncorporatedAdministrativeAgency", "DesignatedCorporation", "Corporation")
CORPORATE = (*CORPORATIONS, "IncorporatedAdministrativeAgency", "Corporation")
BODIES = (*CORPORATE, "Ministry", "GovernmentBody", "Agency", *ODD)
MINISTERIAL = ("Ministry", "SupervisingMinistry", "CompetentMinister")
PLATFORM = ("PlatformOperator", "ConnectedSystemManager", "PlatformManagingAgency")
OUTSIDE = ("Public", "RelatedOrganisation", "RelevantUnit")
TELLING = (
    "notify",
    "report",
    "share",
    "provideInformation",
    "disseminate",
    "alert",
    "advise",
    "publish",
)
DOING = ("establish", "review", "inspect", "confirm", "evaluate", "audit", "support", "train")
TOPICS = (
    "incident",
    "incident",
    "incident",
    "incidentInformation",
    "warning",
    "responseStatus",
    "auditResult",
    "collectedIncidentInformation",
    "evaluationResult",
)
GRADES = ("sameAs", "inAccordance", "conformTo", "basedOn", "judgedBy", "consider", "referTo")
STRENGTHS = ("found", "derived", "recalled")
ROLES = ("ChiefInformationSecurityOfficer", "AdministrativeStaff")


class Government(NamedTuple):
    """A government: its seed, the state of its registers, and what is asserted of it."""

    seed: int
    state: State
    quads: tuple[Quad, ...]

    def store(self, *more: Iterable[Quad]) -> Store:
        """Return its facts and the ontology's terms, and more quads, as one graph."""
        store = Store()
        store.bulk_extend(terms())
        for quads in (self.quads, *more):
            store.bulk_extend(quads)
        return store


@cache
def terms() -> tuple[Quad, ...]:
    """Return the terms of the ontology without what only people read."""
    graph = graph_iri("terms")
    return tuple(
        quad
        for quad in derivation.asserted_quads()
        if quad.graph_name.value == graph
        and (not quad.predicate.value.startswith(SKOS) or quad.predicate.value.endswith("broader"))
        and not quad.predicate.value.endswith("isDefinedBy")
    )


def government(seed: int) -> Government:
    """Return the government of a seed."""
    return _Maker(seed, Random(seed)).made()


def governments() -> strategies.SearchStrategy[Government]:
    """Return the strategy that draws governments."""
    return strategies.builds(
        lambda random: _Maker(0, random).made(), strategies.randoms(use_true_random=False)
    )


class _Maker:
    """One government in the making."""

    def __init__(self, seed: int, random: Random) -> None:
        self.seed = seed
        self.random = random
        self.mark = f"g{seed}"
        self.quads: list[Quad] = []
        self.graph = NamedNode(graph_iri("norms"))
        self.count = 0
        self.directions: list[list[tuple[NamedNode | str, str]]] = []

    def made(self) -> Government:
        self.offices = [NISC]
        if self.chance(0.4):
            self.offices.append(self.thing("office", "council"))
        for office in self.offices:
            self.say(office, A, "Office")
        self.registers()
        self.systems()
        self.sections()
        kinds = (
            self.plain,
            self.plain,
            self.plain,
            self.supervised,
            self.supervised,
            self.role,
            self.directed,
            self.at_platforms,
        )
        for _ in range(self.random.randint(4, 8)):
            self.random.choice(kinds)()
        if self.chance(0.6):
            self.incorporating()
        for number in range(self.random.randint(0, 3)):
            self.pattern(number)
        return Government(self.seed, self.state, tuple(self.quads))

    # What is said

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def some(self, among: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Return a few different ones of several."""
        wanted = self.random.randint(min(least, len(among)), min(most, len(among)))
        return self.random.sample(list(among), wanted)

    def thing(self, kind: str, name: str) -> NamedNode:
        return NamedNode(f"{ID}{kind}/{self.mark}-{name}")

    def say(self, subject: NamedNode, predicate: NamedNode | str, value: object) -> None:
        """Add a statement; a plain string names a term of the ontology."""
        node = NamedNode(NS + predicate) if isinstance(predicate, str) else predicate
        if isinstance(value, str):
            value = NamedNode(NS + value)
        assert isinstance(value, (NamedNode, Literal))
        self.quads.append(Quad(subject, node, value, self.graph))

    # Bodies, registers, supervisions

    def registers(self) -> None:
        used = [
            Register(f"{self.mark}-{name}", "iaa", _DAY, _DAY, "", {}, {}, {}, {}, "", "found")
            for name in ("r1", "r2")
        ]
        self.state = State(_DAY.isoformat(), tuple(used))
        for name in ("r0", "r1", "r2"):
            register = NamedNode(f"{ID}register/{self.mark}-{name}")
            self.say(register, A, "Register")
            self.say(register, "registerDate", Literal(_DAY.isoformat()))
        self.ministries = [self.thing("body", f"m{i}") for i in range(self.random.randint(1, 3))]
        self.corporations = [self.thing("body", f"c{i}") for i in range(self.random.randint(0, 4))]
        odd = [self.thing("body", f"o{i}") for i in range(self.random.randint(0, 2))]
        nowhere = [self.thing("body", f"n{i}") for i in range(self.random.randint(0, 1))]
        self.bodies = [*self.ministries, *self.corporations, *odd, *nowhere]
        for body in self.ministries:
            self.entered(body, "Ministry")
        for body in self.corporations:
            self.entered(body, self.random.choice(CORPORATIONS))
        for body in odd:
            self.entered(body, self.random.choice(ODD))
        for body in self.some(self.bodies, 2):
            self.entry(body, self.random.choice((*CORPORATIONS, *ODD, "Ministry")), "r0")
        self.ministers = [body for body in odd if self.chance(0.5)]
        if self.chance(0.4):
            prime = self.thing("office", "prime-minister")
            self.say(prime, A, "Office")
            self.ministers.append(prime)
        for body in (*self.corporations, *(one for one in nowhere if self.chance(0.5))):
            for number in range(self.random.choice((0, 1, 1, 1, 2, 3))):
                self.supervision(body, number)

    def entered(self, body: NamedNode, kind: str) -> None:
        """Enter a body in a register in use, seldom in both."""
        for name in ("r1", "r2") if self.chance(0.1) else (self.random.choice(("r1", "r2")),):
            self.entry(body, kind, name)

    def entry(self, body: NamedNode, kind: str, register: str) -> None:
        self.count += 1
        entry = self.thing("entry", f"e{self.count}")
        self.say(entry, A, "RegisterEntry")
        self.say(entry, "entryOf", body)
        self.say(entry, "entryClass", kind)
        self.say(entry, "register", NamedNode(f"{ID}register/{self.mark}-{register}"))
        self.say(entry, "confidence", self.random.choice(STRENGTHS))

    def supervision(self, body: NamedNode, number: int) -> None:
        local = body.value.rsplit("-", 1)[1]
        node = NamedNode(f"{ID}supervision/{self.mark}/{local}-{number}")
        ministry = self.random.choice(self.ministries)
        minister = ministry
        if self.ministers and self.chance(0.4):
            minister = self.random.choice(self.ministers)
        register = "r0" if self.chance(0.1) else self.random.choice(("r1", "r2"))
        self.say(node, A, "Supervision")
        self.say(node, "supervised", body)
        self.say(node, "supervisingMinistry", ministry)
        self.say(node, "competentMinister", minister)
        self.say(node, "register", NamedNode(f"{ID}register/{self.mark}-{register}"))
        self.say(node, "confidence", self.random.choice(STRENGTHS))

    # Systems

    def systems(self) -> None:
        agencies = [*self.bodies, *self.offices]
        systems = [self.thing("system", f"s{i}") for i in range(self.random.randint(0, 3))]
        for system in systems:
            if self.chance(0.6):
                self.say(system, A, "InformationSystem")
            if self.chance(0.5):
                self.say(system, "declaredAs", f"declared{self.random.choice(('Shared', 'Own'))}")
            for relation in ("operates", "uses", "manages"):
                for agency in self.some(agencies, 2):
                    self.say(agency, relation, system)
            for other in self.some([one for one in systems if one != system], 1):
                self.say(system, "connectedTo", other)
            for number in range(self.random.randint(0, 3)):
                layer = NamedNode(f"{system.value}-l{number}")
                self.say(system, "hasLayer", layer)
                for agency in self.some(agencies, 2):
                    self.say(layer, "layerManagedBy", agency)

    # Sections and norms

    def sections(self) -> None:
        self.places: list[NamedNode] = []
        for top in ("a", "b"):
            section = self.thing("section", top)
            self.say(section, A, "Section")
            self.places.append(section)
            for number in range(self.random.randint(0, 2)):
                part = self.thing("section", f"{top}{number}")
                self.say(part, A, "Section")
                self.say(part, "partOf", section)
                self.places.append(part)

    def norm(self, bearer: NamedNode | str, place: NamedNode | None = None) -> NamedNode:
        self.count += 1
        place = place or self.random.choice(self.places)
        norm = self.thing("norm", f"{self.count}a")
        sentence = self.thing("sentence", str(self.count))
        self.say(norm, A, "Norm")
        self.say(norm, "force", "must")
        self.say(norm, "bearer", bearer)
        self.say(norm, "section", place)
        self.say(norm, "source", sentence)
        self.say(sentence, "section", place)
        for document in self.some(("basic-policy", "common-rules"), 1):
            self.say(norm, "concernsDocument", NamedNode(f"{ID}document/{document}"))
        return norm

    def plain(self) -> None:
        """A norm of an office or of a class of bodies, of its own affairs."""
        bearer = self.random.choice((*BODIES, "Ministry", "Corporation", *self.offices))
        norm = self.norm(bearer)
        if isinstance(bearer, str) and self.chance(0.1):
            self.say(norm, "regards", bearer)
        self.act(norm, bearer, ())

    def supervised(self) -> None:
        """A norm of a ministry that regards corporations which it supervises."""
        bearer = self.random.choice(MINISTERIAL)
        norm = self.norm(bearer)
        regarded = self.some(CORPORATE, 2, 1)
        if bearer == "Ministry" and self.chance(0.4):
            regarded.append("Ministry")
        elif bearer != "Ministry" and self.chance(0.3):
            regarded = []
        for one in regarded:
            self.say(norm, "regards", one)
        if self.chance(0.4):
            for article in self.some(GOALS, 3, 1):
                self.say(norm, "cites", NamedNode(LAW + article))
        self.act(norm, bearer, regarded)

    def role(self) -> None:
        norm = self.norm(self.random.choice(ROLES))
        self.say(norm, "roleWithin", self.random.choice(BODIES))
        self.say(norm, "action", self.random.choice(DOING))

    def at_platforms(self) -> None:
        """A norm of those who operate platforms or manage what is connected to them."""
        norm = self.norm(self.random.choice(PLATFORM))
        self.say(norm, "action", self.random.choice(DOING))

    def act(self, norm: NamedNode, bearer: NamedNode | str, regarded: Sequence[str]) -> None:
        """Let a norm ask for something to be done or told."""
        told = self.told(bearer)
        if not told or self.chance(0.3):
            self.say(norm, "action", self.random.choice(DOING))
            return
        for act in self.some(TELLING, 2, 1):
            self.say(norm, "action", act)
        for recipient in self.some(told, 2, 1):
            self.say(norm, "recipient", recipient)
        for topic in self.some(TOPICS, 2, 1):
            self.say(norm, "about", topic)
        if self.chance(0.3):
            self.reading(norm, bearer, told, regarded)

    def told(self, bearer: NamedNode | str) -> list[NamedNode | str]:
        """Return whom a bearer may have to tell, in a sentence that this graph can spread."""
        fixed: list[NamedNode | str] = [
            *(office for office in (NISC, *self.offices) if office != bearer),
            *OUTSIDE,
        ]
        if isinstance(bearer, NamedNode):
            return [*fixed, "Ministry", "SupervisingMinistry"]
        if bearer in CORPORATE:
            return [*fixed, "SupervisingMinistry", "Manager", "Executive"]
        return [*fixed, *CORPORATE] if bearer in MINISTERIAL else fixed

    def reading(
        self,
        norm: NamedNode,
        bearer: NamedNode | str,
        told: Sequence[NamedNode | str],
        regarded: Sequence[str],
    ) -> None:
        self.count += 1
        reading = self.thing("reading", str(self.count))
        self.say(norm, "alternativeReading", reading)
        self.say(reading, A, "Reading")
        if self.chance(0.2):
            return
        if self.chance(0.2):
            self.say(reading, "withoutRecipient", Literal(True))
            return
        said = self.some(("bearer", "recipient", "action"), 3, 1)
        if bearer == "Ministry" and "bearer" in said and regarded:
            self.say(reading, "bearer", "SupervisingMinistry")
        if "recipient" in said:
            self.say(reading, "recipient", self.random.choice(told))
        if "action" in said:
            self.say(reading, "action", self.random.choice(TELLING))

    def directed(self) -> None:
        """A norm of two directions of telling."""
        bearer = self.random.choice((*MINISTERIAL, "Corporation", NISC))
        regarded = ["Corporation"] if bearer in MINISTERIAL else []
        if bearer == "Ministry":
            regarded.append("Ministry")
        norm = self.norm(bearer)
        for one in regarded:
            self.say(norm, "regards", one)
        act = self.random.choice(TELLING)
        self.directions.append([])
        for number in range(2):
            direction = NamedNode(norm.value.replace("/norm/", "/direction/") + f"-{number}")
            self.say(norm, "towards", direction)
            self.say(direction, A, "Direction")
            recipient = self.random.choice(self.told(bearer))
            topic = self.random.choice(TOPICS)
            if self.chance(0.5):
                act = self.random.choice(TELLING)
            self.directions[-1].append((recipient, act))
            for thing in (norm, direction):
                self.say(thing, "recipient", recipient)
                self.say(thing, "action", act)
                self.say(thing, "about", topic)

    def incorporating(self) -> None:
        """A norm that takes over a section or sentence, and norms of ministries there."""
        place = self.random.choice(self.places)
        norms = [self.norm("Ministry", place)]
        self.say(norms[0], "action", self.random.choice(DOING))
        if self.chance(0.5):
            norms.append(self.norm(ROLES[0], place))
            self.say(norms[1], "roleWithin", "Ministry")
            self.say(norms[1], "action", self.random.choice(DOING))
        bearer = self.random.choice((*CORPORATE, "GovernmentBody"))
        own = self.norm(bearer)
        self.say(own, "action", self.random.choice(DOING))
        if self.chance(0.2):
            self.say(own, "regards", bearer)
        if self.chance(0.5):
            self.say(own, "sameActAs", self.random.choice(norms))
        node = NamedNode(own.value.replace("/norm/", "/incorporation/"))
        self.say(own, "incorporates", node)
        self.say(node, A, "Incorporation")
        self.say(node, "grade", self.random.choice(GRADES))
        above = [*self.places, NamedNode(norms[0].value[:-1].replace("/norm/", "/sentence/"))]
        self.say(node, "incorporated", self.random.choice(above))

    def pattern(self, number: int) -> None:
        """An act that is sought, of which the text may say nothing."""
        pattern = self.thing("silence", str(number))
        self.say(pattern, A, self.random.choice(("PossibleSilence", "PresupposedAct")))
        if self.directions and self.chance(0.3):
            one, other = self.random.choice(self.directions)
            self.say(pattern, "actSought", one[1])
            self.say(pattern, "recipientSought", other[0])
            return
        if self.chance(0.2):
            topic = self.thing("topic", str(number))
            self.say(topic, A, "Topic")
            self.say(topic, NamedNode(SKOS + "broader"), "incident")
            self.say(pattern, "topicSought", topic)
            for act in TELLING:
                self.say(pattern, "actSought", act)
            return
        acts = self.random.choice((TELLING, DOING))
        for act in self.some(acts, 4, 1):
            self.say(pattern, "actSought", act)
        parties = (*BODIES, "SupervisingMinistry", "PlatformOperator", *self.offices)
        if self.chance(0.4):
            self.say(pattern, "bearerSought", self.random.choice(parties))
        if self.chance(0.4):
            self.say(pattern, "recipientSought", self.random.choice((*parties, *OUTSIDE)))
        if self.chance(0.4):
            self.say(pattern, "topicSought", self.random.choice(TOPICS))
        if self.chance(0.3):
            document = self.random.choice(("basic-policy", "common-rules"))
            self.say(pattern, "documentSought", NamedNode(f"{ID}document/{document}"))
        if self.chance(0.3):
            self.say(pattern, "regardsSought", self.random.choice(CORPORATE))
