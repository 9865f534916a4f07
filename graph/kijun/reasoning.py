"""The rules of ``ontology/rules``, grounded by clingo over the facts of one state.

What goes in is the asserted graph; what comes out are ground atoms as plain tuples. Every rule
that stands for a step of law or of definition carries ``rule(name)``, so that it can be named in
a proof and switched off in a test.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

import clingo
from pyoxigraph import Literal, NamedNode, Store

from kijun.axioms import compile_axioms, quoted
from kijun.content import rule_files
from kijun.dates import State
from kijun.terms import NS, RDF, SKOS, curie

Term: TypeAlias = str | int | tuple["Term", ...] | None
"""A ground term: a compact IRI or a constant, a number, a nested tuple, or None for ``nil``."""

_TYPE = NamedNode(RDF + "type")
_RULE = re.compile(r"\brule\(([a-z_]+)\)")

RELATIONS = {
    NS + name: name
    for name in [
        "bearer",
        "recipient",
        "action",
        "about",
        "regards",
        "roleWithin",
        "cites",
        "incorporates",
        "incorporated",
        "grade",
        "source",
        "section",
        "partOf",
        "alternativeReading",
        "withoutRecipient",
        "towards",
        "sameActAs",
        "actSought",
        "bearerSought",
        "recipientSought",
        "topicSought",
        "documentSought",
        "regardsSought",
        "concernsDocument",
        "operates",
        "uses",
        "manages",
        "connectedTo",
        "hasLayer",
        "layerManagedBy",
        "declaredAs",
        "playedIn",
    ]
} | {
    SKOS + "broader": "broader",
    NS + "concern": "asks",
    NS + "heldByOne": "held_by_one",
}
"""The properties that the rules see, nearly all under their own names."""

STATED = ("Office", "LineAct", "InformationSystem", "SystemLayer", "Agency", "Norm")
"""The classes that things of the graph state of themselves."""

_READ = ("bearer", "recipient", "action", "about")
STRENGTH = ("kijun:found", "kijun:derived", "kijun:recalled")
"""How far a fact is confirmed, the surest first."""


def rule_names() -> list[str]:
    """Return the label of every rule, the compiled axioms' included, sorted."""
    texts = [path.read_text(encoding="utf-8") for path in rule_files()]
    compiled = ("subclass", "has_value", "defined_class", "domain_of_use", "range_of_use")
    return sorted({name for text in texts for name in _RULE.findall(text)}.union(compiled))


class Program(NamedTuple):
    """A logic program in two parts: what is given, and by which rules more follows from it."""

    facts: list[str]
    rules: str

    @property
    def text(self) -> str:
        """The whole, as clingo reads it."""
        return "\n".join([*self.facts, self.rules])


def program(
    asserted: Store,
    state: State,
    *,
    without: Collection[str] = (),
    subjects: Collection[str] | None = None,
) -> str:
    """Return the whole logic program for one state: facts, compiled axioms and rules.

    See :func:`parts` for the parameters.
    """
    return parts(asserted, state, without=without, subjects=subjects).text


def parts(
    asserted: Store,
    state: State,
    *,
    without: Collection[str] = (),
    subjects: Collection[str] | None = None,
) -> Program:
    """Return the program for one state in two parts.

    ``without`` names rules to leave out; a name that no rule has raises ``KeyError``. ``subjects``
    names the files of rules that are wanted (``lines``), where not all of them are.
    """
    names = rule_names()
    for name in without:
        if name not in names:
            raise KeyError(name)
    rules = compile_axioms(asserted)
    rules += [
        path.read_text(encoding="utf-8")
        for path in rule_files()
        if subjects is None or path.stem in subjects
    ]
    switches = [f"rule({name})." for name in names if name not in without]
    return Program([*switches, *facts(asserted, state)], "\n".join(rules))


def facts(asserted: Store, state: State) -> list[str]:
    """Return the facts that the rules start from, sorted, as the registers of a state give them."""
    found = set(_relation_facts(asserted))
    for kind in STATED:
        for thing in _subjects(asserted, _TYPE, NS + kind):
            found.add(f"asserted_type({_constant(thing)},{quoted('kijun:' + kind)}).")
            if kind == "Norm":
                found.add(f"norm({_constant(thing)}).")
    for register in state.registers:
        found.update(_register_facts(asserted, register.iri))
    for first, one in enumerate(STRENGTH):
        for second, other in enumerate(STRENGTH):
            weaker = STRENGTH[max(first, second)]
            found.add(f"weaker({quoted(one)},{quoted(other)},{quoted(weaker)}).")
    return sorted(found)


def _relation_facts(asserted: Store) -> Iterator[str]:
    readings = set(_subjects(asserted, _TYPE, NS + "Reading"))
    readings.update(_subjects(asserted, _TYPE, NS + "Direction"))
    for iri, name in RELATIONS.items():
        for quad in asserted.quads_for_pattern(None, NamedNode(iri), None, None):
            relation = f"{name}_read" if quad.subject in readings and name in _READ else name
            yield f"{relation}({_constant(quad.subject)},{_constant(quad.object)})."


def _register_facts(asserted: Store, register: str) -> Iterator[str]:
    for node in _subjects(asserted, NamedNode(NS + "register"), register):
        values = {
            quad.predicate.value.removeprefix(NS): quad.object
            for quad in asserted.quads_for_pattern(node, None, None, None)
        }
        confidence = _constant(values["confidence"])
        if "entryOf" in values:
            body, kind = _constant(values["entryOf"]), _constant(values["entryClass"])
            yield f"entered({body},{kind},{confidence})."
        else:
            names = ("supervisingMinistry", "competentMinister", "supervised")
            ends = ",".join(_constant(values[name]) for name in names)
            yield f"supervision({_constant(node)},{ends})."
            yield f"confidence({_constant(node)},{confidence})."


def _subjects(asserted: Store, predicate: NamedNode, value: str) -> Iterator[NamedNode]:
    for quad in asserted.quads_for_pattern(None, predicate, NamedNode(value), None):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _constant(node: object) -> str:
    if isinstance(node, NamedNode):
        return _quoted(node.value)
    assert isinstance(node, Literal)
    return quoted(node.value)


# The same few thousand things are the ends of all facts.
@lru_cache(maxsize=1 << 15)
def _quoted(iri: str) -> str:
    return quoted(curie(iri))


class Model(Protocol):
    """All atoms that follow, from whichever engine."""

    def atoms(self, name: str, arity: int) -> list[tuple[Term, ...]]:
        """Return the atoms of a relation as plain terms, in no order."""
        ...


def ground(text: str) -> clingo.Control:
    """Ground a program of stratified rules completely: afterwards every atom is a fact."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], text)
    control.ground([("base", [])])
    return control


def atoms(model: clingo.Control | Model, name: str, arity: int) -> list[tuple[Term, ...]]:
    """Return the atoms of one signature as sorted tuples of plain terms."""
    if isinstance(model, clingo.Control):
        plain = _Plain()
        found = model.symbolic_atoms.by_signature(name, arity)
        terms = [tuple([plain[one] for one in atom.symbol.arguments]) for atom in found]
    else:
        terms = model.atoms(name, arity)
    written = _Written()
    # The order of their representations; a comma sorts before all that may follow it.
    return sorted(terms, key=lambda atom: [written[one] for one in atom])


class _Written(dict[Term, str]):
    """Terms as they are written, each written once: the same path ends many atoms."""

    def __missing__(self, term: Term) -> str:
        if isinstance(term, tuple):
            made = f"({', '.join([self[one] for one in term])})"
        else:
            made = repr(term)
        self[term] = made
        return made


class _Plain(dict[clingo.Symbol, Term]):
    """Ground terms as plain ones, each read from clingo once: the same path ends many atoms."""

    def __missing__(self, symbol: clingo.Symbol) -> Term:
        made: Term
        if symbol.type == clingo.SymbolType.String:
            made = symbol.string
        elif symbol.type == clingo.SymbolType.Number:
            made = symbol.number
        elif not symbol.arguments:
            made = None if symbol.name == "nil" else symbol.name
        else:
            inner = tuple([self[one] for one in symbol.arguments])
            made = (symbol.name, *inner) if symbol.name else inner
        self[symbol] = made
        return made


def unrolled(chain: Term) -> tuple[str, ...]:
    """Turn a nested pair, newest first, into the tuple of its nodes, oldest first.

    >>> unrolled(("c", ("b", ("a", None))))
    ('a', 'b', 'c')
    """
    nodes: list[str] = []
    while isinstance(chain, tuple):
        head, chain = chain
        assert isinstance(head, str)
        nodes.append(head)
    return tuple(reversed(nodes))
