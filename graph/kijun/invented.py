"""Whole governments that do not exist, for trying out how kijun bears their size.

``python -m kijun.invented SCALE -o FILE.nq`` writes one as N-Quads, triple by triple, so that its
size is bounded by the disk only. Scale 1 is about as large as the real one: 25 ministries, 100
corporations, 600 systems of which 30 are shared platforms. The same scale and seed give the same
bytes. Norms, law and terms are the real ones; bodies, registers, supervision, systems, what was
agreed about them (with holes of every kind at their boundaries) and what each body found of itself
are made by chance, and are said as profiles say them: each row with the place where it stands.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from kijun.dates import Register, State
from kijun.derivation import asserted_quads
from kijun.progress import watched
from kijun.terms import ID, NS, RDF, SKOS, XSD, graph_iri

MINISTRIES, CORPORATIONS, SYSTEMS, PLATFORMS = 25, 100, 600, 30
"""How many there are at scale 1."""

INSPECTED = 48
"""Of how many norms each body says how it stands with them, in its self-inspection."""

DAY = datetime.date(2016, 10, 12)
STATE = State(
    DAY.isoformat(),
    (Register("invented", "invented", DAY, DAY, "", {}, {}, {}, {}, "invented", "found"),),
)
"""The state whose one register enters the bodies of every invented government."""

SITUATIONS = f"{ID}graph/situations"
"""The graph of what users would say of their systems."""

_BODIES = NamedNode(graph_iri("bodies"))
_SITUATIONS = NamedNode(SITUATIONS)
_REGISTER = NamedNode(f"{ID}register/invented")
_CLASSES = (
    *("MidTermAgency", "MidTermAgency", "NationalResearchAgency", "ExecutiveAgency"),
    "DesignatedCorporation",
)
_SINGLE = ("responsibilityBoundary", "comprehensiveDocument")
_JOINT = (
    *("responsibilityAndRoles", "operatingStructure", "normalCooperation"),
    *("emergencyCooperation", "emergencyResponse"),
)
_ROWS = 100
_LAYERS = ("hardware", "operating system", "middleware", "application")
_STATUSES = ("statusMet", "statusMet", "statusPartlyMet", "statusOpen", "statusNotApplicable")
_TYPE = NamedNode(RDF + "type")


def government(scale: int, seed: int = 1) -> Iterator[Quad]:
    """Yield what is asserted of a government of a scale, the real terms, norms and law included.

    Raises:
        ValueError: a scale below 1.
    """
    if scale < 1:
        raise ValueError(f"the scale of a government is 1 or more, not {scale}")
    names: dict[str, BlankNode] = {}

    def named(term: Any) -> Any:
        # The parser makes up another name for a blank node each time.
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, BlankNode(f"b{len(names)}"))
        return term

    norm, norms = NamedNode(NS + "Norm"), list[NamedNode]()
    kept = {graph_iri(layer) for layer in ("terms", "text", "norms", "law")}
    for quad in asserted_quads():
        name = quad.graph_name
        office = isinstance(quad.subject, NamedNode) and "/office/" in quad.subject.value
        if isinstance(name, NamedNode) and (name.value in kept or office):
            ends = [named(end) for end in (quad.subject, quad.object)]
            yield Quad(ends[0], quad.predicate, ends[1], name)
            if quad.predicate == _TYPE and quad.object == norm:
                norms.append(ends[0])
    yield from _Government(scale, seed, norms).quads()


class _Government:
    """One government in the making: bodies first, then platform by platform."""

    def __init__(self, scale: int, seed: int, norms: Sequence[NamedNode]) -> None:
        self.norms = norms
        self.random = Random(seed)  # noqa: S311 - nothing secret is made
        self.scale = scale
        self.ministries = [self._body("m", n) for n in range(MINISTRIES * scale)]
        self.corporations = [self._body("c", n) for n in range(CORPORATIONS * scale)]
        self.count = self.rows = 0

    def _body(self, kind: str, number: int) -> NamedNode:
        return NamedNode(f"{ID}body/{kind}{number}")

    def quads(self) -> Iterator[Quad]:
        yield from self._registers()
        bodies = [*self.ministries, *self.corporations]
        own = SYSTEMS // PLATFORMS - 1
        for number in range(PLATFORMS * self.scale):
            yield from self._platform(number, bodies, own)
        for body in bodies:
            yield from self._inspected(body)

    def _say(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | str) -> Quad:
        node = NamedNode(NS + value) if isinstance(value, str) else value
        return Quad(subject, NamedNode(NS + predicate), node, _SITUATIONS)

    # Bodies

    def _registers(self) -> Iterator[Quad]:
        yield from self._things(
            _REGISTER,
            "Register",
            registerDate=Literal(DAY.isoformat(), datatype=NamedNode(XSD + "date")),
            registerKind=Literal("invented"),
            inUse=Literal(True),
            confidence=NamedNode(NS + "found"),
        )
        for number, ministry in enumerate(self.ministries):
            yield from self._entered(ministry, "Ministry", f"第{number}省", f"Ministry {number}")
        for number, corporation in enumerate(self.corporations):
            kind = _CLASSES[number % len(_CLASSES)]
            yield from self._entered(corporation, kind, f"第{number}法人", f"Corporation {number}")
            ministers = self.random.sample(self.ministries, self.random.choice((1, 1, 1, 2, 3)))
            for place, ministry in enumerate(ministers):
                node = NamedNode(f"{ID}supervision/invented/c{number}/{place}")
                yield from self._things(
                    node,
                    "Supervision",
                    supervised=corporation,
                    supervisingMinistry=ministry,
                    competentMinister=ministry,
                    register=_REGISTER,
                    confidence=NamedNode(NS + "found"),
                    isPrimary=Literal(place == 0),
                    jointForWholeBody=Literal(False),
                )

    def _entered(self, body: NamedNode, kind: str, ja: str, en: str) -> Iterator[Quad]:
        entry = NamedNode(f"{ID}entry/invented/{body.value.rpartition('/')[2]}")
        yield from self._things(
            entry,
            "RegisterEntry",
            entryOf=body,
            entryClass=NamedNode(NS + kind),
            register=_REGISTER,
            confidence=NamedNode(NS + "found"),
        )
        for text, lang in ((ja, "ja"), (en, "en")):
            name = Literal(text, language=lang)
            yield Quad(entry, NamedNode(NS + "entryName"), name, _BODIES)
        yield Quad(body, NamedNode(NS + "nameKey"), Literal(ja), _BODIES)

    def _things(self, node: NamedNode, kind: str, **said: NamedNode | Literal) -> Iterator[Quad]:
        yield Quad(node, _TYPE, NamedNode(NS + kind), _BODIES)
        for name, value in said.items():
            yield Quad(node, NamedNode(NS + name), value, _BODIES)

    # Systems

    def _platform(self, number: int, bodies: Sequence[NamedNode], own: int) -> Iterator[Quad]:
        random = self.random
        platform = NamedNode(f"{ID}system/p{number}")
        operator, *partners = random.sample(bodies, random.randint(4, 10))
        yield from self._system(platform, "declaredShared", f"共通基盤{number}", operator, operator)
        managers = [operator, *partners[: random.randint(1, 2)]]
        for place, layer in enumerate(_LAYERS):
            yield from self._layer(platform, place, layer, managers[place % len(managers)])
        for place in range(own):
            manager = random.choice([operator, *partners])
            system = NamedNode(f"{ID}system/p{number}s{place}")
            yield from self._system(
                system, "declaredOwn", f"業務{number}-{place}", manager, manager
            )
            for level, layer in enumerate(_LAYERS):
                yield from self._layer(system, level, layer, manager)
            # One in four is a part of this boundary, so that a platform has a dozen parties.
            if place % 4 == 0:
                yield self._say(system, "connectedTo", platform)
                yield self._say(manager, "uses", platform)
        for user in partners:
            yield self._say(user, "uses", platform)
        yield from self._agreed(platform, operator, partners)

    def _system(
        self, system: NamedNode, declared: str, name: str, operator: NamedNode, manager: NamedNode
    ) -> Iterator[Quad]:
        yield from self._row(system, "InformationSystem")
        mark = system.value.rpartition("/")[2]
        for relation, text in (
            ("mark", mark),
            ("nameKey", mark),
            ("name", name),
            ("nameKey", name),
        ):
            yield self._say(system, relation, Literal(text))
        yield self._label(system, name)
        yield self._say(system, "declaredAs", declared)
        yield self._say(operator, "operates", system)
        yield self._say(manager, "manages", system)

    def _layer(
        self, system: NamedNode, place: int, name: str, manager: NamedNode
    ) -> Iterator[Quad]:
        layer = NamedNode(f"{system.value}-l{place}")
        yield from self._row(layer, "SystemLayer")
        yield self._say(layer, "name", Literal(name))
        yield self._label(layer, name)
        yield self._say(system, "hasLayer", layer)
        yield self._say(layer, "layerManagedBy", manager)

    # What was agreed, with something left out here and there

    def _agreed(
        self, platform: NamedNode, operator: NamedNode, partners: Sequence[NamedNode]
    ) -> Iterator[Quad]:
        random = self.random
        for concern in _SINGLE:
            holders = [operator] if random.random() < 0.9 else []
            if random.random() < 0.1:
                holders = [operator, partners[0]]
            for holder in holders:
                yield from self._allocation(platform, concern, holder, "provided", None)
        for concern in _JOINT:
            for party in (operator, *partners):
                if random.random() < 0.9:
                    state = random.choice(("provided", "satisfied", "responsibility", "inherited"))
                    provider = random.choice((operator, *partners))
                    yield from self._allocation(platform, concern, party, state, provider)
        for kind, chance in (("comprehensiveDocument", 0.9), ("commonRules", 0.5)):
            if random.random() < chance:
                yield from self._document(platform, kind, operator, partners)
        for party in partners:
            if random.random() < 0.85:
                yield from self._node(
                    "contact",
                    "Contact",
                    contactFrom=party,
                    contactTo=operator,
                    bothWays=Literal(True),
                    atPlatform=platform,
                )

    def _allocation(
        self,
        platform: NamedNode,
        concern: str,
        party: NamedNode,
        state: str,
        provider: NamedNode | None,
    ) -> Iterator[Quad]:
        said: dict[str, NamedNode | Literal] = {
            "atPlatform": platform,
            "ofConcern": NamedNode(NS + concern),
            "ofParty": party,
            "inState": NamedNode(NS + state),
        }
        if state == "inherited" and provider is not None:
            said["counterparty"] = provider
        if self.random.random() < 0.9:
            said["evidencedBy"] = Literal("議事録")
        yield from self._node("allocation", "Allocation", **said)

    def _document(
        self, platform: NamedNode, kind: str, operator: NamedNode, partners: Sequence[NamedNode]
    ) -> Iterator[Quad]:
        self.count += 1
        document = NamedNode(f"{ID}platform-document/{self.count}")
        yield from self._row(document, "PlatformDocument")
        yield self._say(document, "atPlatform", platform)
        yield self._say(document, "documentKind", f"{kind}Kind")
        yield self._say(document, "madeBy", operator)
        for party in partners:
            if self.random.random() < 0.85:
                how = "agreed" if self.random.random() < 0.7 else "consulted"
                yield from self._node(
                    "agreement",
                    "Agreement",
                    ofDocument=document,
                    ofParty=party,
                    agreementKind=NamedNode(NS + how),
                )

    def _node(self, name: str, kind: str, **said: NamedNode | Literal) -> Iterator[Quad]:
        self.count += 1
        node = NamedNode(f"{ID}{name}/{self.count}")
        yield from self._row(node, kind)
        for predicate, value in said.items():
            yield self._say(node, predicate, value)

    def _row(self, node: NamedNode, kind: str) -> Iterator[Quad]:
        """Yield what every row of a profile says: what it is of, and where it is written."""
        self.rows += 1
        yield Quad(node, _TYPE, NamedNode(NS + kind), _SITUATIONS)
        yield self._say(node, "statedAt", Literal(f"row {self.rows}"))
        yield self._say(node, "statedIn", NamedNode(f"{ID}profile/{self.rows // _ROWS}"))

    def _label(self, node: NamedNode, text: str) -> Quad:
        return Quad(node, NamedNode(SKOS + "prefLabel"), Literal(text), _SITUATIONS)

    # What each body found of itself

    def _inspected(self, body: NamedNode) -> Iterator[Quad]:
        for norm in self.random.sample(self.norms, INSPECTED):
            yield from self._node(
                "evidence",
                "Evidence",
                ofParty=body,
                ofNorm=norm,
                inStatus=NamedNode(NS + self.random.choice(_STATUSES)),
                ownedBy=Literal("情報システム管理室"),
                evidencedBy=Literal("点検票"),
                datedOn=Literal(DAY.isoformat(), datatype=NamedNode(XSD + "date")),
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a government as N-Quads to a file, or to standard output."""
    parser = argparse.ArgumentParser(prog="python -m kijun.invented", description=__doc__)
    parser.add_argument("scale", type=int, help="1 is about the real size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", metavar="FILE.nq")
    given = parser.parse_args(arguments)
    if given.scale < 1:
        parser.error("the scale is 1 or more")
    made = government(given.scale, given.seed)
    if given.output is None:
        serialize(made, sys.stdout.buffer, format=RdfFormat.N_QUADS)
    else:
        part = Path(f"{given.output}.part")
        try:
            with part.open("wb") as file:
                serialize(watched(made, "quads"), file, format=RdfFormat.N_QUADS)
            part.replace(given.output)
        finally:
            part.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
