"""The guideline's text as sections and sentences.

Everything here is pure: characters in, small frozen values out.  The structure is read from
the pattern of the labels (``１``, ``(1)``, ``①``, ``附則``), never from known headings, so
that other editions can be split by the same rules.

* A label counts only in sequence: after ``４`` only ``５`` opens a chapter.  A wrapped line
  that happens to begin with a figure is therefore no heading.
* A sentence ends at 「。」 outside brackets, or with its section.
* Items marked 「・」 belong to the sentence that announces them.
* Titles, headings, captions and page numbers are no sentences.

Identity of a sentence is the SHA-256 of its characters without white space
(``str.isspace``); nothing else is normalised, and labels are left out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from kijun.errors import BadInput
from kijun.saying import worded
from kijun.sections import SUPPLEMENT, notation_of


class Section(NamedTuple):
    """A numbered part of an edition, with or without text of its own.

    ``notation`` is the citation as a string (``"3(1)①"``), ``label`` the label as printed,
    ``heading`` the printed heading (empty where text stands on the label's line) and
    ``parent`` the notation of the enclosing section (empty for a chapter).
    """

    notation: str
    label: str
    heading: str
    parent: str


class Sentence(NamedTuple):
    """One sentence: the notation of its section, its place there from 1, and its words.

    ``text`` is joined for reading: the print's line breaks are gone, spaces inside a line
    are kept.
    """

    section: str
    ordinal: int
    text: str


class Edition(NamedTuple):
    """One edition of the guideline, in the order of print.

    ``front`` holds the lines before the first chapter, ``asides`` what stands between the
    sentences without being one (captions, page numbers), each with its section's notation.
    """

    front: tuple[str, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    asides: tuple[tuple[str, str], ...]


# --- identity of a sentence -------------------------------------------------------------


def bare(text: str) -> str:
    """Return the text without white space: the form that is hashed and counted.

    >>> bare(" 平成 26 年\\n")
    '平成26年'
    """
    return "".join(character for character in text if not character.isspace())


def length(text: str) -> int:
    """Return the number of code points of the bare text."""
    return len(bare(text))


def sha256(text: str) -> str:
    """Return the SHA-256 of the bare text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(bare(text).encode("utf-8")).hexdigest()


# --- splitting --------------------------------------------------------------------------

_CHAPTER = re.compile(r"(?P<label>(?P<n>[0-9０-９]{1,2})[.．]?)(?P<gap>\s+)(?P<rest>\S.*)")
_ITEM = re.compile(
    r"(?P<label>[(（](?P<n>[0-9０-９]{1,2})[)）]|(?P<sign>[⑴-⒇]))(?P<gap>\s*)(?P<rest>\S.*)"
)
_CIRCLED = re.compile(r"(?P<label>(?P<sign>[①-⑳]))(?P<gap>\s*)(?P<rest>\S.*)")
_LEVELS = (_CHAPTER, _ITEM, _CIRCLED)
_SUPPLEMENT = re.compile(r"(?P<label>附\s*則)(?:\s+|(?=[(（])|$)(?P<rest>.*)")

_REFERENCE = re.compile(r"[ぁ-ん、。及又並若]")
"""How a line goes on that begins with a mention such as 「(1)から」, not with a label."""

_CLAUSE = re.compile(r"。|[ぁ-ん]、")
"""What marks a sentence: headings may list nouns, but hold no clause and no full stop."""

_CAPTION = re.compile(r"[図表](?:\s|\s*[0-9０-９]+\s)[^。]*")
_PAGE_NUMBER = re.compile(r"[-‐-―－]?\s*\d{1,3}\s*[-‐-―－]?")
_BULLETS = ("・", "•", "●")
_OPENING, _CLOSING = "（「『(", "）」』)"


def split(text: str, name: str = "the text") -> Edition:
    """Split an edition into sections and sentences.

    ``name`` is what an error calls the text.  White space at the ends of lines, blank lines
    and page breaks make no difference.

    Raises :exc:`BadInput` where no chapter ``１`` with a sentence is found.

    >>> edition = split("題名\\n１ 目的\\nこの文は\\n短い。\\n附則 廃止する。")
    >>> [(s.section, s.ordinal, s.text) for s in edition.sentences]
    [('1', 1, 'この文は短い。'), ('附則', 1, '廃止する。')]
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    reader = _Reader(full_width=max(map(_width, lines), default=0))
    for line in lines:
        reader.read(line)
    edition = reader.edition()
    if not edition.sentences:
        raise BadInput(
            worded(
                "{name}: no chapter １ with sentences under it is found; give the guideline's "
                "text with its labels １, (1), ① and 附則",
                name=name,
            )
        )
    return edition


class _Passage:
    """The sentences of one section, grown line by line."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self._open = ""
        self._depth = 0
        self._in_list = False

    @property
    def complete(self) -> bool:
        return not self._open or self._in_list

    def add(self, line: str, goes_on: bool) -> None:
        """Add a line of text; ``goes_on`` says that the line before it was a full one."""
        if line.startswith(_BULLETS) and self.complete:
            if not self._in_list and self.sentences:
                self._open = self.sentences.pop()
            self._in_list = True
        elif self._in_list and not goes_on:
            self.close()
        if self._in_list:
            self._open = _join(self._open, line)
            return
        start = 0
        for place, character in enumerate(line):
            if character in _OPENING:
                self._depth += 1
            elif character in _CLOSING:
                self._depth = max(0, self._depth - 1)
            elif character == "。" and not self._depth:
                self._open = _join(self._open, line[start : place + 1].strip())
                self.close()
                start = place + 1
        self._open = _join(self._open, line[start:].strip())

    def close(self) -> None:
        if self._open:
            self.sentences.append(self._open)
        self._open, self._depth, self._in_list = "", 0, False


class _Reader:
    """Reads lines in order and keeps the place among the labels."""

    def __init__(self, full_width: int) -> None:
        # Lines hang a character or two over or under the full measure, and no page is
        # narrower than 20 characters.
        self._nearly_full = max(full_width, 40) - 4
        self._front: list[str] = []
        self._seen: list[str] = []
        self._previous = ""
        self._begin()

    def _begin(self) -> None:
        self._counters = [0, 0, 0]
        self._supplement = False
        self._sections: list[Section] = []
        self._passages: list[_Passage] = []
        self._asides: list[tuple[str, str]] = []
        self._stopped = False

    def read(self, line: str) -> None:
        if not self._open_section(line):
            if not self._sections:
                self._front.append(line)
            elif _PAGE_NUMBER.fullmatch(line) or (
                self._passages[-1].complete and _CAPTION.fullmatch(line)
            ):
                self._asides.append((self._sections[-1].notation, line))
            else:
                self._add(line)
        self._seen.append(line)

    def _add(self, line: str) -> None:
        self._stopped = self._stopped or "。" in line
        self._passages[-1].add(line, goes_on=_width(self._previous) >= self._nearly_full)
        self._previous = line

    def _open_section(self, line: str) -> bool:
        """Open the section whose label the line begins with, if it does."""
        complete = not self._passages or self._passages[-1].complete
        match = _SUPPLEMENT.fullmatch(line)
        if match and self._sections and not self._supplement:
            self._supplement = True
            self._counters = [0, 0, 0]
            self._enter(match["label"], "", match["rest"])
            return True
        for level, pattern in enumerate(_LEVELS):
            match = pattern.fullmatch(line)
            if match and self._is_label(level, match, complete):
                rest = match["rest"]
                is_text = _CLAUSE.search(rest) is not None
                self._enter(match["label"], "" if is_text else rest, rest if is_text else "")
                return True
        return False

    def _is_label(self, level: int, match: re.Match[str], complete: bool) -> bool:
        number = _number(match)
        if level == 0:
            # Latin figures begin many wrapped lines (26 年), full-width ones with a gap none.
            if not (complete or match["n"][0] in "０１２３４５６７８９"):
                return False
            if number == 1 and not self._stopped:
                # What came before was a table of contents: it had labels, but no sentence.
                self._front = list(self._seen)
                self._begin()
            if self._supplement:
                return False
        elif not self._sections or (
            not match["gap"] and (not complete or _REFERENCE.match(match["rest"]))
        ):
            return False
        if number != self._counters[level] + 1:
            return False
        self._counters[level:] = [number] + [0] * (2 - level)
        return True

    def _enter(self, label: str, heading: str, text: str) -> None:
        chapter, item, circled = self._counters
        top = SUPPLEMENT if self._supplement else str(chapter)
        notation = notation_of(top, item, circled)
        parent = notation_of(top, item) if circled else top if item else ""
        self._sections.append(Section(notation, label, heading, parent))
        self._passages.append(_Passage())
        if text:
            self._add(text)

    def edition(self) -> Edition:
        sentences: list[Sentence] = []
        for section, passage in zip(self._sections, self._passages, strict=True):
            passage.close()
            for ordinal, words in enumerate(passage.sentences, start=1):
                sentences.append(Sentence(section.notation, ordinal, words))
        return Edition(
            tuple(self._front), tuple(self._sections), tuple(sentences), tuple(self._asides)
        )


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("sign"):
        return int(unicodedata.numeric(groups["sign"]))
    return int(groups["n"])


def _join(left: str, right: str) -> str:
    """Join two lines; only Latin words need a space where the print broke the line."""
    if left and right and left[-1] in _LATIN and right[0] in _LATIN:
        return f"{left} {right}"
    return left + right


_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in line)
