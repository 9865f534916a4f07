"""The holes of a situation as rows, each on its norm and with the places where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kijun.boundary import KINDS, Boundary, Hole
from kijun.duties import BASES
from kijun.engine import Engine, labels
from kijun.hole_words import HoleWords
from kijun.norms import Norm, in_words, interpretation
from kijun.profile import Place
from kijun.profile_schema import TERMS
from kijun.sections import notation
from kijun.situation import Situation
from kijun.tables import Column
from kijun.terms import ID, NS
from kijun.validity import FORCE_WORDS

HOLE_COLUMNS = (
    Column("kind", "種類", "kind", words=KINDS),
    Column("platform", "基盤", "platform", weight=2),
    Column("system", "システム", "system", weight=2),
    Column("parties", "当事者", "parties", weight=3),
    Column("concern", "事項", "concern", weight=2),
    Column("detail", "内容", "detail", weight=8),
    Column("norm", "規範", "norm"),
    Column("marked", "読み", "reading"),
    Column("section", "節", "section", in_table=False),
    Column("sentence", "文", "sentence", in_table=False),
    Column("basis", "確からしさ", "basis", in_table=False, words=BASES),
    Column("in_force", "効力", "in force", in_table=False, words=FORCE_WORDS),
    Column("presupposed", "前提のみ", "presupposed only", in_table=False),
    Column("interpretation", "読み方", "interpretation", in_table=False),
    Column("places", "記載箇所", "places", weight=3),
    Column("hole_iri", "穴IRI", "hole IRI", in_table=False),
    Column("kind_iri", "種類IRI", "kind IRI", in_table=False),
    Column("platform_iri", "基盤IRI", "platform IRI", in_table=False),
    Column("system_iri", "システムIRI", "system IRI", in_table=False),
    Column("parties_iri", "当事者IRI", "parties IRI", in_table=False),
    Column("concern_iri", "事項IRI", "concern IRI", in_table=False),
    Column("norm_iri", "規範IRI", "norm IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a hole: the contract's, how it was read, and where the user wrote what it rests on.

``system`` is the one that is misclassified, or the connected one through which alone a party is
one. ``marked`` says in a word what ``presupposed`` and ``interpretation`` say in full.
"""

BASIS = "derived"
"""What follows from the word of a user is derived, not found."""

HoleRow = dict[str, object]


def hole_rows(
    boundary: Boundary,
    situation: Situation,
    named: Mapping[str, str],
    by_norm: Mapping[str, Norm],
    lang: str,
    *,
    in_force: bool | None = None,
) -> list[HoleRow]:
    """Return the holes in the order of the platforms, kinds, concerns and parties."""
    words = HoleWords(boundary, named, lang)
    places = _Places(situation)
    found = sorted(boundary.holes, key=order_of(situation, named))
    return [
        _row(hole, words, by_norm[hole.norm], places, lang) | {"in_force": in_force}
        for hole in found
    ]


def names(boundary: Boundary, situation: Situation, engine: Engine, lang: str) -> Mapping[str, str]:
    """Return the name of everything that a boundary has to do with, by IRI."""
    wanted = {concern for _, concern, _ in (*boundary.scope, *boundary.left_out)}
    wanted.update(party for parties in boundary.parties.values() for party in parties)
    wanted.update(end for hole in boundary.holes for end in hole[2:5] if end and ":" in end)
    wanted.update(party for _, _, party in boundary.holders)
    wanted.update(party for _, party in boundary.users)
    for one in situation.exclusions:
        wanted.update(end for end in (one.concern, one.party) if end)
    wanted.update(one.party for one in situation.allocations)
    return {**labels(engine, wanted.difference(situation.labels), lang), **situation.labels}


def order_of(situation: Situation, named: Mapping[str, str]) -> _Order:
    """Return the order in which the holes of a situation are shown, as a key for sorting."""
    return _Order(situation, named)


class _Order:
    def __init__(self, situation: Situation, named: Mapping[str, str]) -> None:
        self.named = named
        self.systems = {system.iri: n for n, system in enumerate(situation.systems)}
        self.kinds = list(KINDS)
        printed = [NS + term for term in TERMS["concerns"].values()]
        added = [concern.iri for concern in situation.concerns]
        self.concerns = {iri: n for n, iri in enumerate([*printed, *added])}

    def __call__(self, hole: Hole) -> tuple[object, ...]:
        return (
            self.systems[hole.system],
            self.kinds.index(hole.kind),
            self.concerns.get(hole.concern or "", -1),
            *(self.named.get(end or "", end or "") for end in (hole.party, hole.other)),
            hole.iri,
        )


def _row(hole: Hole, words: HoleWords, norm: Norm, places: _Places, lang: str) -> HoleRow:
    named = words.named
    parties = words.parties(hole)
    presupposed = words.presupposed(hole)
    reading = in_words([*words.readings(hole), interpretation(norm, lang)], lang)
    own = hole.kind == "misclassified" and hole.other == "shared"
    system = hole.system if hole.kind == "misclassified" else _only(words.boundary, hole, parties)
    return {
        "kind": hole.kind,
        "platform": None if own else named[hole.system],
        "system": named[system] if system else None,
        "parties": [named[party] for party in parties],
        "concern": named[hole.concern] if hole.concern else None,
        "detail": words.detail(hole),
        "norm": norm.name,
        "section": notation(norm.section.removeprefix(f"{ID}section/")),
        "sentence": norm.number,
        "basis": BASIS,
        "marked": mark(presupposed=presupposed, reading=reading, lang=lang),
        "presupposed": presupposed,
        "interpretation": reading,
        "places": [place.words(lang) for place in places.of(hole, parties)],
        "hole_iri": hole.iri,
        "kind_iri": NS + kind_term(hole.kind),
        "platform_iri": None if own else hole.system,
        "system_iri": system,
        "parties_iri": parties,
        "concern_iri": hole.concern,
        "norm_iri": norm.iri,
        "section_iri": norm.section,
        "sentence_iri": norm.sentence,
    }


def mark(*, presupposed: bool, reading: str | None, lang: str) -> str | None:
    """Say in a word whether a hole rests on what is only presupposed, or else on a reading."""
    if presupposed:
        return "前提" if lang == "ja" else "assumed"
    if reading:
        return "あり" if lang == "ja" else "yes"
    return None


def kind_term(kind: str) -> str:
    """Return the local name of the term for a kind of hole.

    >>> kind_term("doubly_owned")
    'doublyOwned'
    """
    first, *rest = kind.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _only(boundary: Boundary, hole: Hole, parties: Sequence[str]) -> str | None:
    """Return the connected system through which the one party of a hole is one, if one only."""
    if len(parties) != 1:
        return None
    roles = boundary.parties[hole.system].get(parties[0], ())
    return roles[0].system if len(roles) == 1 else None


class _Places:
    """Where a user wrote what a hole rests on."""

    def __init__(self, situation: Situation) -> None:
        self.systems = {system.iri: system for system in situation.systems}
        self.layers: dict[str, list[Place]] = {}
        for layer in situation.layers:
            self.layers.setdefault(layer.system, []).append(layer.place)
        self.allocated: dict[tuple[str, str, str], list[tuple[str, Place]]] = {}
        for one in situation.allocations:
            key = one.platform, one.concern, one.party
            self.allocated.setdefault(key, []).append((one.state, one.place))
        self.documents = {document.iri: document for document in situation.documents}
        self.made: dict[tuple[str, str], list[Place]] = {}
        for document in situation.documents:
            for maker in document.makers if document.kind == "comprehensive" else ():
                self.made.setdefault((document.platform, maker), []).extend(document.places)
        self.joined: dict[tuple[str, str], list[Place]] = {}
        for layer in situation.layers:
            for manager in layer.managers:
                self.joined.setdefault((layer.system, manager), []).append(layer.place)
        for connection in situation.connections:
            for manager in self.systems[connection.system].managers:
                end = connection.platform, manager
                self.joined.setdefault(end, []).append(connection.place)
        for system in situation.systems:
            for party in (*system.operators, *system.managers):
                self.joined.setdefault((system.iri, party), []).extend(system.places)

    def of(self, hole: Hole, parties: Iterable[str]) -> list[Place]:
        """Return the rows on which a hole rests: what is claimed, or who is a party by which."""
        found: list[Place] = []
        match hole.kind:
            case "misclassified":
                found += self.systems[hole.system].places
                found += self.layers.get(hole.system, [])
            case "unmet":
                found += self._rows(hole, "responsibility")
            case "unprovided":
                found += self._rows(hole, "inherited")
            case "unevidenced":
                found += self._rows(hole, str(hole.other))
            case "doubly_owned":
                for party in parties:
                    key = hole.system, str(hole.concern), party
                    states = ("provided", "responsibility")
                    found += [p for state, p in self.allocated.get(key, ()) if state in states]
                    if hole.concern == NS + "comprehensiveDocument":
                        found += self.made.get((hole.system, party), [])
            case "undocumented" if hole.other is not None:
                found += self.documents[hole.other].places
        if not found:
            for party in parties:
                found += self.joined.get((hole.system, party), [])
        return list(dict.fromkeys(found or self.systems[hole.system].places))

    def _rows(self, hole: Hole, state: str) -> list[Place]:
        key = hole.system, str(hole.concern), str(hole.party)
        return [place for one, place in self.allocated.get(key, ()) if one == state]
