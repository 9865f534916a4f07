"""Another edition beside the guideline: which sentences it keeps, changes, splits, adds or drops.

:func:`compare` aligns an edition with the sentences that the graph knows.  What it can say
depends on what it is given:

* **With the sentences' words** (the attached copy) it aligns by text.  Equal sentences are paired
  by hash; what is left is paired by likeness, best first, also one sentence with up to four
  neighbours (split, merged); what is still left is paired in sequence between those, where order
  speaks for a pair that has been rewritten.
* **With hashes alone** equal sentences are exact, wherever they stand.  Of every other sentence
  nobody can say whether it was changed or dropped, so nothing is guessed.

Only sentences are compared: title, headings, captions and page numbers are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from kijun import sections
from kijun.errors import BadInput
from kijun.likeness import Link, alike, gaps_filled, in_sequence
from kijun.saying import worded
from kijun.terms import ID
from kijun.text import Edition, Sentence, bare, sha256
from kijun.wording import Piece, differences, nature

Status = Literal[
    "unchanged",
    "renumbered",
    "moved",
    "changed",
    "split",
    "merged",
    "gone",
    "new",
    "not_found",
    "not_ours",
]
"""What became of a sentence.

``renumbered``: the same words in the same sequence, under another number because of what stands
before them; ``moved``: the same words taken out of their sequence or into another section;
``gone`` and ``new`` need the words; by hash alone they are ``not_found`` (changed or dropped)
and ``not_ours`` (changed or added).
"""

SAME = frozenset({"unchanged"})
"""The statuses that are no finding."""

ENOUGH = 0.2
"""The share of the guideline's sentences that must be found for a text to be an edition of it."""

MOST = 2_000
"""More sentences than any edition of the guideline has; the draft of 2016 has 63."""


class Known(NamedTuple):
    """A sentence that the graph knows: where it stands, its hash, and its words if attached."""

    iri: str
    section: str
    ordinal: int
    sha256: str
    text: str | None


class Match(NamedTuple):
    """Sentences that belong together: one and one, one and several, or one and none.

    ``displaced`` says that the place changed, not only the number.  ``likeness`` (0 to 1) and
    ``pieces`` (the difference) are given where words were compared; ``nature`` says what kind of
    difference it is (:func:`kijun.wording.nature`), or ``repeated`` for a new sentence whose words
    stand elsewhere too.  ``after`` is the known sentence that a new one follows.
    """

    status: Status
    known: tuple[Known, ...]
    theirs: tuple[Sentence, ...]
    displaced: bool = False
    likeness: float | None = None
    nature: str | None = None
    pieces: tuple[Piece, ...] = ()
    after: Known | None = None


class Comparison(NamedTuple):
    """What became of every sentence, in the guideline's order, new ones where they stand.

    ``share`` is the share of the guideline's sentences that were found beyond doubt;
    ``is_edition`` whether that is enough (None: nothing is attached, so few equal sentences prove
    nothing).  ``by_hash`` says that only hashes were compared.  ``renumbered`` pairs the sections
    that stand under another number.
    """

    matches: tuple[Match, ...]
    share: float
    is_edition: bool | None
    by_hash: bool
    renumbered: tuple[tuple[str, str], ...]

    @property
    def differs(self) -> bool:
        """Whether anything but unchanged sentences was found."""
        return any(match.status not in SAME for match in self.matches)

    def counts(self) -> dict[str, int]:
        """Return how many sentences there are of each status: theirs where new, else known."""
        found: Counter[str] = Counter()
        for match in self.matches:
            found[match.status] += len(match.known) or len(match.theirs)
        return dict(found)


def compare(
    edition: Edition,
    hashes: Mapping[str, str],
    texts: Mapping[str, str] | None = None,
    name: str = "the edition",
) -> Comparison:
    """Compare an edition with the known sentences.

    ``hashes`` are the SHA-256 by sentence IRI, ``texts`` the words by sentence IRI, or None where
    no copy is attached; ``name`` is what an error calls the edition.

    Raises:
        BadInput: the edition has far more sentences than any edition of the guideline.
    """
    theirs = edition.sentences
    if len(theirs) > MOST:
        raise BadInput(
            worded(
                "{name}: holds {count} sentences, the guideline {all}; give one edition "
                "of the guideline alone",
                name=name,
                count=len(theirs),
                all=len(hashes),
            )
        )
    known = _in_order(hashes, texts)
    links = _equal(known, theirs)
    if texts is not None:
        left = [sentence.text or "" for sentence in known]
        right = [sentence.text for sentence in theirs]
        links += alike(left, right, links)
    share = sum(len(link.left) for link in links) / max(len(known), 1)
    is_edition = True if share >= ENOUGH else None if texts is None else False
    if texts is not None and is_edition:
        links += gaps_filled(left, right, links)
    counterparts = _counterparts(known, theirs, links)
    matches = _matches(known, theirs, links, counterparts, by_hash=texts is None)
    renumbered = tuple(pair for pair in counterparts.items() if pair[0] != pair[1])
    return Comparison(tuple(matches), share, is_edition, texts is None, renumbered)


def _in_order(hashes: Mapping[str, str], texts: Mapping[str, str] | None) -> list[Known]:
    found = []
    for iri, digest in hashes.items():
        slug, _, number = iri.removeprefix(f"{ID}sentence/").rpartition("-")
        words = None if texts is None else texts[iri]
        known = Known(iri, sections.notation(slug), int(number), digest, words)
        # 附則 stands after every chapter.
        levels = [int(part) if part.isdecimal() else 100 for part in slug.split("-")]
        found.append((levels, known.ordinal, known))
    return [known for _, _, known in sorted(found)]


def _equal(known: Sequence[Known], theirs: Sequence[Sentence]) -> list[Link]:
    """Pair equal sentences: first in the same place, then in the same section, then anywhere."""
    where: dict[str, list[int]] = {}
    for place, sentence in enumerate(theirs):
        where.setdefault(sha256(sentence.text), []).append(place)
    links: dict[int, Link] = {}
    for near in (2, 1, 0):
        for place, ours in enumerate(known):
            free = where.get(ours.sha256, []) if place not in links else []
            wanted = (ours.section, ours.ordinal)[:near]
            for other in free:
                if theirs[other][:near] == wanted:
                    free.remove(other)
                    links[place] = Link((place,), (other,), 1.0)
                    break
    return list(links.values())


def _counterparts(
    known: Sequence[Known], theirs: Sequence[Sentence], links: Sequence[Link]
) -> dict[str, str]:
    """Return which section of theirs each section became: where most of its sentences are."""
    votes = Counter(
        (known[left].section, theirs[right].section)
        for link in links
        for left in link.left
        for right in link.right
    )
    order = {pair: place for place, pair in enumerate(votes)}
    found: dict[str, str] = {}
    for pair in sorted(votes, key=lambda p: (-votes[p], p[0] != p[1], order[p])):
        if pair[0] not in found and pair[1] not in found.values():
            found[pair[0]] = pair[1]
    return found


def _matches(
    known: Sequence[Known],
    theirs: Sequence[Sentence],
    links: Sequence[Link],
    counterparts: Mapping[str, str],
    *,
    by_hash: bool,
) -> list[Match]:
    """Return what became of each sentence, new ones behind what they follow."""
    kept = set(in_sequence(links))
    at_left = {place: link for link in links for place in link.left}
    at_right = {place: link for link in links for place in link.right}
    found: list[tuple[tuple[int, int], Match]] = []
    for place, ours in enumerate(known):
        link = at_left.get(place)
        if link is None:
            lost = () if ours.text is None else (Piece("gone", bare(ours.text)),)
            status: Status = "not_found" if by_hash else "gone"
            found.append(((place, -1), Match(status, (ours,), (), pieces=lost)))
        elif place == link.left[0]:
            there = theirs[link.right[0]]
            displaced = link not in kept or counterparts.get(ours.section) != there.section
            pair = [known[p] for p in link.left], [theirs[p] for p in link.right]
            found.append(((place, -1), _match(*pair, link, displaced=displaced)))
    digests = {ours.sha256 for ours in known}
    behind = -1
    for place, sentence in enumerate(theirs):
        if place in at_right:
            behind = at_right[place].left[-1]
            continue
        again = sha256(sentence.text) in digests
        status = "not_ours" if by_hash and not again else "new"
        match = Match(
            status,
            (),
            (sentence,),
            nature="repeated" if again else None,
            pieces=(Piece("new", bare(sentence.text)),) if status == "new" else (),
            after=known[behind] if behind >= 0 else None,
        )
        # What is gone from the same gap comes first, as in any comparison of texts.
        gap = next((p for p in range(behind + 1, len(known)) if p in at_left), len(known))
        found.append(((gap - 1, place), match))
    return [match for _, match in sorted(found, key=lambda pair: pair[0])]


def _match(
    ours: Sequence[Known], theirs: Sequence[Sentence], link: Link, *, displaced: bool
) -> Match:
    known, there = tuple(ours), tuple(theirs)
    if len(known) == len(there) == 1 and known[0].sha256 == sha256(there[0].text):
        if (known[0].section, known[0].ordinal) == there[0][:2]:
            return Match("unchanged", known, there, likeness=1.0)
        return Match("moved" if displaced else "renumbered", known, there, displaced, 1.0)
    old = "".join(sentence.text or "" for sentence in known)
    new = "".join(sentence.text for sentence in there)
    status: Status = "merged" if len(known) > 1 else "split" if len(there) > 1 else "changed"
    kind, pieces = nature(old, new), differences(old, new)
    return Match(status, known, there, displaced, round(link.likeness, 3), kind, pieces)
