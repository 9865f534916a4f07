"""The text of a query, read without an engine: its code, its bounds, its errors' places.

A query is split into comments, strings, IRIs and the rest, its code. Only where that split
holds for every reading of the text is a mention of SERVICE in a string, comment or IRI
known to be harmless; where it does not (``?a<?b#>``), the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kijun.errors import BadInput
from kijun.saying import worded

SIZE = 64 * 1024
"""How many bytes a query may have."""

DEPTH = 64
"""How deep its brackets may be nested; the engine breaks down at some thousand."""

_PIECE = re.compile(
    r"""
      (?P<comment> \# [^\r\n]* )
    | (?P<string>
        \"\"\" (?: \"{0,2} (?: [^"\\] | \\. ) )* \"\"\" | ''' (?: '{0,2} (?: [^'\\] | \\. ) )* '''
      | " (?: [^"\\\r\n] | \\. )* " | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<iri> < [^\x00-\x20<>"{}|^`]* > )
    | (?P<escape> \\. )
    """,
    re.VERBOSE | re.DOTALL,
)
# In an expression "<" may mean "less than". Read so, neither of these could end or hide
# anything: "//" is no expression, and without these characters all stays inside its bracket.
_SURELY_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://[^\\]*|[^()'#\\]*)>")
_SERVICE = re.compile("service", re.IGNORECASE)
_KEYWORD = re.compile(r"(?<![\w?$:@.%\\-])service(?![\w:.%-])", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w?$:@.%\\-])from(?![\w:.%-])", re.IGNORECASE)
_GRAPH = re.compile(r"(?<![\w?$:@.%\\-])graph(?![\w:.%-])", re.IGNORECASE)
_PROLOGUE = re.compile(
    r"\s* (?: (?: BASE \s* <x*> | PREFIX \s* [^\s:<]* : \s* <x*> | VERSION \s* [\"'] x* [\"'] )"
    r" \s* )*",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATE = re.compile(
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_WORD = re.compile("[A-Za-z]+")
_TEMPLATE = re.compile(r"CONSTRUCT\s*\{", re.IGNORECASE)
_WHERE = re.compile(r"\bWHERE\s*\Z", re.IGNORECASE)
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NAME_BEFORE = re.compile(r"[^\s{}()\[\],;|/^]*\Z")
_SHOWN = re.compile(r"(?:at line )?(\d+)(?:, column |行)(\d+)(?:: |字目：)")
_OPEN, _CLOSE = "([{", ")]}"


class Code(NamedTuple):
    """A query that was read.

    ``blank`` is its text with comments, strings and IRIs blanked out, place for place;
    ``mentions_service`` says whether that word is in what is left, ``names_dataset`` whether
    it chooses its graphs itself (FROM), ``names_graphs`` whether it has patterns on them (GRAPH),
    ``form`` which kind of query it is, in capitals.
    """

    text: str
    blank: str
    mentions_service: bool
    names_dataset: bool
    names_graphs: bool
    form: str


def read_query(text: str) -> Code:
    """Read the text of a query and check what can be checked without an engine.

    Raises ``BadInput`` for one that is too large or nested too deeply, that is an update or
    calls SERVICE, and where the split into code and the rest might hide such a call.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise BadInput(
            worded("the query is not valid text {place}", place=show(text, error.start))
        ) from None
    if size > SIZE:
        raise BadInput(
            worded(
                "the query has {size} bytes; {most} are allowed, so shorten it",
                size=size,
                most=SIZE,
            )
        )
    text = text.removeprefix("\ufeff")
    blank, doubtful = _blanked(text)
    _check_depth(text, blank)
    if not blank.strip():
        raise BadInput(worded("the query is empty; write a SELECT, ASK, CONSTRUCT or DESCRIBE"))
    start = _PROLOGUE.match(blank)
    if start and (update := _UPDATE.match(blank, start.end())):
        raise BadInput(
            worded(
                "queries only read, and this one is an update ({verb}) {place}; use SELECT, "
                "ASK, CONSTRUCT or DESCRIBE",
                verb=update[0].upper(),
                place=show(text, update.start()),
            )
        )
    if _SERVICE.search(text) and doubtful is not None:
        raise BadInput(
            worded(
                "it cannot be ruled out that the query calls SERVICE, because of the < "
                "{place}; put a blank behind it, or write a full IRI",
                place=show(text, doubtful),
            )
        )
    if keyword := _KEYWORD.search(blank):
        raise BadInput(
            worded(
                "the query calls SERVICE, which would reach the network, {place}; ask the "
                "graph itself",
                place=show(text, keyword.start()),
            )
        )
    form = _WORD.match(blank, start.end() if start else 0)
    return Code(
        text,
        blank,
        bool(_SERVICE.search(blank)),
        bool(_FROM.search(blank)),
        bool(_GRAPH.search(blank)),
        form[0].upper() if form else "",
    )


def _blanked(text: str) -> tuple[str, int | None]:
    """Return a text with comments, strings and IRIs blanked out, and the first doubtful IRI."""
    doubtful: int | None = None

    def blank(match: re.Match[str]) -> str:
        nonlocal doubtful
        piece = match[0]
        if match.lastgroup == "comment":
            return " " * len(piece)
        if match.lastgroup == "escape":
            return piece
        if match.lastgroup == "iri" and doubtful is None and not _SURELY_IRI.fullmatch(piece):
            doubtful = match.start()
        return piece[0] + "x" * (len(piece) - 2) + piece[-1]

    # Tabs become blanks because rdflib's parser would widen them, and move its places.
    return _PIECE.sub(blank, text).replace("\t", " "), doubtful


def over_graphs(text: str, graphs: Iterable[str]) -> str:
    """Return a query that names no graph as one over the union of some, and of nothing else.

    Raises ``BadInput`` for a DESCRIBE without a pattern, where they have no place.

    >>> print(over_graphs("SELECT (EXISTS {?a ?b ?c} AS ?any) WHERE {}", ["urn:g"]))
    SELECT (EXISTS {?a ?b ?c} AS ?any)
    FROM <urn:g>
    WHERE {}
    """
    blank, _ = _blanked(text)
    place = _dataset_place(blank)
    clause = "\n".join(f"FROM <{graph}>" for graph in graphs)
    return f"{text[:place].rstrip()}\n{clause}\n{text[place:]}"


def _dataset_place(blank: str) -> int:
    """Return where FROM belongs: before the pattern, behind the template of a CONSTRUCT."""
    prologue = _PROLOGUE.match(blank)
    start = prologue.end() if prologue else 0
    template = _TEMPLATE.match(blank, start)
    if template:
        return blank.index("}", template.end()) + 1
    depth = 0
    for at in range(start, len(blank)):
        if blank[at] == "{" and not depth:
            return at - len(found[0]) if (found := _WHERE.search(blank, start, at)) else at
        depth += (blank[at] in "([{") - (blank[at] in ")]}")
    raise BadInput(worded("the query has no pattern; write it as DESCRIBE ... WHERE {{ ... }}"))


def _check_depth(text: str, blank: str) -> None:
    depth = 0
    for at, character in enumerate(blank):
        if character in _OPEN:
            depth += 1
            if depth > DEPTH:
                raise BadInput(
                    worded(
                        "the query nests brackets more than {depth} deep {place}; make it flatter",
                        depth=DEPTH,
                        place=show(text, at),
                    )
                )
        elif character in _CLOSE:
            depth -= 1


def show(text: str, offset: int) -> str:
    """Return "at line L, column C: ..." in one line, with the line and the place in it."""
    offset = min(offset, len(text))
    line = text.count("\n", 0, offset) + 1
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    before, after = text[begin:offset], text[offset : len(text) if end < 0 else end]
    column = len(before) + 1
    if len(before) > 60:
        before = "…" + before[-60:]
    if len(after) > 40:
        after = after[:40] + "…"
    return worded(
        "at line {line}, column {column}: {before}<-- HERE {after}",
        line=line,
        column=column,
        before=_legible(before.lstrip()),
        after=_legible(after.rstrip()),
    ).rstrip()


def _legible(text: str) -> str:
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def place_in(message: str) -> tuple[int, int] | None:
    """Return the line and column that :func:`show` put into a message, both from 1, if any.

    >>> place_in(f"it fails {show('ASK {', 4)}"), place_in("it fails")
    ((1, 5), None)
    """
    found = _SHOWN.search(message)
    return (int(found[1]), int(found[2])) if found else None


def locate(code: Code, message: str, other: int | None) -> tuple[int, str]:
    """Return where a query does not parse, and the reason if the engine gives one.

    ``message`` is the engine's, ``other`` where another parser stopped. The engine names the
    place *behind* the keywords that it expected there, so their length is taken off, and the
    rightmost place that any reading got to is the best.
    """
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message)
    if not found:
        return other or 0, f" ({message})"
    text = code.text
    at = 0
    for _ in range(int(found[1]) - 1):
        at = text.find("\n", at) + 1
    at = min(at + int(found[2]) - 1, len(text))
    expected = found[3]
    if reason := re.search(r"(?:^|, )([A-Z][A-Za-z]* [A-Za-z][^,\[\"]*)", expected):
        if reason[1].startswith("Prefix"):
            name = _NAME_BEFORE.search(code.blank, 0, at)
            at = name.start() if name else at
            return at, worded(" (its prefix is not declared; add a PREFIX line)")
        if reason[1].startswith("IRI"):
            at = max(text.rfind("<", 0, at), 0)
        return at, f" ({reason[1].strip()})"
    places = [at - len(word) for word in re.findall(r"(?:^|, )(\w+)(?=, |$)", expected)]
    if re.search(r'(?:^|, )(?:"|\[(?!_\]))', expected):
        places.append(at)
    if other is not None:
        places.append(other)
    return max([0, *places]), ""
