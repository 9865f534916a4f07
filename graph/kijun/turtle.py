"""The one canonical form of Turtle that every shipped ``.ttl`` file has.

Subjects, predicates and objects have a fixed order, blank nodes are written where they are used,
and only the prefixes in use are declared, so that a file follows from its triples alone and one
more triple changes one line. There is no place for comments: what is worth saying is a triple.

As a command: ``python -m kijun.turtle --check FILE...`` and ``--write FILE...``.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph
import rdflib
from rdflib.term import BNode, Literal, Node, URIRef

from kijun.delivery import to_file
from kijun.errors import BadInput, KijunError
from kijun.terms import ID, PREFIXES, RDF, XSD

_DEEPEST = 50
_INDENT = "    "
_TYPE = URIRef(RDF + "type")
_FIRST = URIRef(RDF + "first")
_REST = URIRef(RDF + "rest")
_NIL = URIRef(RDF + "nil")
_STRING = URIRef(XSD + "string")

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_KIND = re.compile(rf"{re.escape(ID)}([a-z]+)/(.+)")
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp"})
_VARIATION = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
# Characters that take no room or look like a space although no category says so.
_HIDDEN_TOO = frozenset("\u034f\u115f\u1160\u3164\uffa0")


def canonical(graph: rdflib.Graph) -> str:
    """Return the graph as canonical Turtle.

    Subjects are sorted by IRI and blank ones come last; predicates by their short name after
    ``a``; objects as IRIs, literals (by language, then text) and blank nodes. A blank node may be
    the object of one triple at most and is written in its place; a list has one member a line.
    Literals keep their lexical form and language tag; ``xsd:string`` is left unsaid. Characters
    that cannot be seen (bidi controls, zero width) are written as escapes.

    Two graphs that differ in blank-node labels only give the same text, and
    ``canonical(parse(canonical(g))) == canonical(g)``.

    Raises:
        BadInput: a blank node is used twice or in a circle, or nests deeper than 50 levels.
    """
    return _Writer(graph).text()


def parse(data: bytes, name: str = "the text") -> rdflib.Graph:
    """Read Turtle strictly, with literals exactly as they are written.

    ``name`` is what an error calls the input. ``rdflib`` alone would take bad IRIs, turn
    relative ones into paths of this machine and rewrite ``"01"`` to ``"1"``.

    Raises:
        BadInput: the bytes are no Turtle (with line and column) or use a relative IRI.
    """
    try:
        for _ in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        said = re.sub(r"^Parser error at line \d+ .*?: ", "", error.msg)
        message = f"{name}, line {error.lineno}, column {error.offset}: no valid Turtle: {said}"
        raise BadInput(message) from error
    graph = rdflib.Graph(bind_namespaces="none")
    try:
        with _lexical_forms_kept():
            graph.parse(data=data, format="turtle")
    except (SyntaxError, RecursionError) as error:
        raise BadInput(f"{name}: nests too deep, or is newer than Turtle 1.1") from error
    return graph


def read(path: Path) -> rdflib.Graph:
    """Read one Turtle file as :func:`parse` does.

    Raises:
        BadInput: the file cannot be read or is no Turtle.
    """
    return parse(_bytes(path), str(path))


def write(path: Path, graph: rdflib.Graph) -> bool:
    """Write the graph to a file as canonical Turtle and tell whether the file changed.

    The file is replaced as a whole: a reader, or a kill at any moment, finds the old or the new.

    Raises:
        BadInput: the graph has no canonical form, or the file cannot be written.
    """
    data = canonical(graph).encode()
    if path.is_file() and _bytes(path) == data:
        return False
    to_file(data, path)
    return True


def check(paths: Iterable[Path]) -> list[str]:
    """Return one sentence for each file that is not canonical Turtle, in the order given."""
    problems = []
    for path in paths:
        try:
            found = _bytes(path)
            wanted = canonical(parse(found, str(path))).encode()
        except BadInput as error:
            problems.append(str(error))
            continue
        if found != wanted:
            line = _first_difference(found, wanted)
            problems.append(f"{path}, line {line}: not in canonical form; run `make format`")
    return problems


class _Writer:
    """One graph on its way to text."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.properties: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.uses: dict[Node, int] = defaultdict(int)
        self.left = 0
        for subject, predicate, value in {_plain(triple) for triple in graph}:
            self.properties[subject][predicate].append(value)
            self.uses[value] += 1
            self.left += 1
        self.prefixes: dict[str, str] = {}

    def text(self) -> str:
        named = [node for node in self.properties if not isinstance(node, BNode)]
        blocks = [self.block(node, self.iri(node)) for node in sorted(named, key=str)]
        blank = [node for node in self.properties if isinstance(node, BNode)]
        blocks.extend(sorted(self.block(node, "[]") for node in blank if not self.uses[node]))
        shared = [node for node in self.uses if isinstance(node, BNode) and self.uses[node] > 1]
        if shared or self.left:
            some = min((self.place(node) for node in shared), default="only each other")
            raise BadInput(
                f"blank nodes that are used twice or in a circle (from {some}) have no canonical "
                "form; give them an IRI"
            )
        head = [f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(self.prefixes.items())]
        return "".join(head) + "".join("\n" + block for block in blocks)

    def place(self, node: Node) -> str:
        """Say from which properties a node is used."""
        names = {
            self.iri(predicate)
            for properties in self.properties.values()
            for predicate, values in properties.items()
            if node in values
        }
        return ", ".join(sorted(names))

    def block(self, subject: Node, name: str) -> str:
        return f"{name}\n{self.lines(subject, 1)}.\n"

    def lines(self, subject: Node, depth: int) -> str:
        """Write the properties of a node, one predicate a line."""
        lines = []
        properties = self.properties[subject]
        for verb, predicate in sorted((self.verb(node), node) for node in properties):
            values = sorted(
                (_order(node), self.value(node, depth)) for node in properties[predicate]
            )
            joined = " , ".join(text for _, text in values)
            lines.append(f"{_INDENT * depth}{verb[1]} {joined} ;\n")
            self.left -= len(values)
        return "".join(lines)

    def verb(self, predicate: Node) -> tuple[bool, str]:
        """Return the name of a predicate, in a pair that sorts ``a`` first."""
        return (False, "a") if predicate == _TYPE else (True, self.iri(predicate))

    def value(self, node: Node, depth: int) -> str:
        if isinstance(node, Literal):
            return self.literal(node)
        if node == _NIL:
            return "()"
        if not isinstance(node, BNode):
            return self.iri(node)
        if self.uses[node] > 1:
            return ""
        if depth > _DEEPEST:
            raise BadInput(f"blank nodes nest deeper than {_DEEPEST} levels; give some an IRI")
        members = self.members(node)
        end = _INDENT * depth
        if members is not None:
            self.left -= 2 * len(members)
            inner = "".join(
                f"{end}{_INDENT}{self.value(member, depth + 1)}\n" for member in members
            )
            return f"(\n{inner}{end})"
        if node not in self.properties:
            return "[]"
        return f"[\n{self.lines(node, depth + 1)}{end}]"

    def members(self, node: Node) -> list[Node] | None:
        """Return what a well-formed list holds, or None for any other node."""
        found = []
        seen = set()
        while node != _NIL:
            properties = self.properties.get(node, {})
            if (
                not isinstance(node, BNode)
                or node in seen
                or self.uses[node] != 1
                or set(properties) != {_FIRST, _REST}
                or any(len(values) != 1 for values in properties.values())
            ):
                return None
            seen.add(node)
            found.append(properties[_FIRST][0])
            node = properties[_REST][0]
        return found

    def iri(self, node: Node) -> str:
        short = _short(str(node))
        if short is None:
            return f"<{''.join(_visible(character) for character in _valid(str(node)))}>"
        prefix, namespace, local = short
        self.prefixes[prefix] = namespace
        return f"{prefix}:{local}"

    def literal(self, node: Literal) -> str:
        lexical = str(node)
        if node.datatype == URIRef(XSD + "integer") and _INTEGER.fullmatch(lexical):
            return lexical
        if node.datatype == URIRef(XSD + "boolean") and lexical in {"true", "false"}:
            return lexical
        quoted = '"' + "".join(_ESCAPES.get(c) or _visible(c) for c in lexical) + '"'
        if node.language:
            return f"{quoted}@{node.language}"
        return quoted if node.datatype is None else f"{quoted}^^{self.iri(node.datatype)}"


def _plain(triple: tuple[Node, Node, Node]) -> tuple[Node, Node, Node]:
    """Drop the datatype that a plain string has anyway, which rdflib tells apart."""
    subject, predicate, value = triple
    if isinstance(value, Literal) and value.datatype == _STRING:
        value = Literal(str(value))
    return subject, predicate, value


def _order(node: Node) -> tuple[int, str, str, str]:
    if isinstance(node, Literal):
        return 1, node.language or "", str(node), str(node.datatype or "")
    # Blank nodes have no name to be sorted by: the text that they give decides.
    return (2, "", "", "") if isinstance(node, BNode) else (0, str(node), "", "")


def _short(iri: str) -> tuple[str, str, str] | None:
    """Split an IRI into prefix, namespace and a local name that needs no escapes, if it can be.

    Things of kijun get the prefix of their kind (``sentence:6-4-2``), as the slash in
    ``id:sentence\\/6-4-2`` would have to be escaped.
    """
    kind = _KIND.fullmatch(iri)
    if kind and kind[1] not in PREFIXES and _LOCAL.fullmatch(kind[2]):
        return kind[1], f"{ID}{kind[1]}/", kind[2]
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return prefix, namespace, local
    return None


def _valid(iri: str) -> str:
    try:
        return pyoxigraph.NamedNode(iri).value
    except ValueError as error:
        raise BadInput(f"{iri!r} is no IRI; mend the node that has it") from error


def _visible(character: str) -> str:
    """Return a character as it is, or as an escape if a reader could not see it."""
    category = unicodedata.category(character)
    if category == "Cs":
        raise BadInput("a text holds half a surrogate pair; read it again in its right encoding")
    code = ord(character)
    if not (
        category in _HIDDEN
        or character in _HIDDEN_TOO
        or (category == "Zs" and character not in " \u3000")
        or any(first <= code <= last for first, last in _VARIATION)
    ):
        return character
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


@contextlib.contextmanager
def _lexical_forms_kept() -> Iterator[None]:
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from error


def _first_difference(found: bytes, wanted: bytes) -> int:
    ours, theirs = found.split(b"\n"), wanted.split(b"\n")
    pairs = zip(ours, theirs, strict=False)
    return next(
        (line for line, (one, other) in enumerate(pairs, 1) if one != other),
        min(len(ours), len(theirs)),
    )


def main(arguments: Sequence[str] | None = None, out: IO[str] | None = None) -> int:
    """Run ``--check`` or ``--write`` over files; return 0, 1 for findings, 2 for bad input."""
    out = out or sys.stderr
    parser = argparse.ArgumentParser(prog="python -m kijun.turtle", description=canonical.__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="name the files that are not canonical")
    what.add_argument("--write", action="store_true", help="rewrite files to the canonical form")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    if given.check:
        problems = check(given.files)
        out.writelines(f"{problem}\n" for problem in problems)
        return 1 if problems else 0
    try:
        for path in given.files:
            if write(path, read(path)):
                out.write(f"{path}: rewritten\n")
    except KijunError as error:
        out.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
