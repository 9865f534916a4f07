"""What the SHACL shapes in ``ontology/shapes`` find in a graph; the one module that runs pySHACL.

Each shape has an IRI, ``shape:<name>``, and says in Japanese and English what it means to break it.
How grave that is stands apart, in ``ontology/profiles/findings.csv``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Quad

from kijun.content import ONTOLOGY
from kijun.errors import MissingExtra
from kijun.saying import worded
from kijun.terms import ID, SH

if TYPE_CHECKING:
    import rdflib

SHAPE = f"{ID}shape/"
"""What the IRIs of shapes begin with."""


class Breach(NamedTuple):
    """One thing that breaks a shape.

    ``shape`` is the shape's name, ``constraint`` the local name of the SHACL component that it
    breaks (``MinCount``, ``Disjoint`` …), ``focus`` the IRI of the thing, and ``value`` the IRI or
    text that is wrong, empty where something is missing.
    """

    shape: str
    constraint: str
    focus: str
    value: str = ""


def installed() -> bool:
    """Say whether the extra ``check`` is there."""
    return importlib.util.find_spec("pyshacl") is not None


def require() -> None:
    """Raise MissingExtra where the extra ``check`` is not installed."""
    if not installed():
        raise MissingExtra(
            worded(
                'checking a profile needs the extra "check"; install it with: pip install '
                '"kijun[check]"'
            )
        )


def breaches(quads: Iterable[Quad]) -> list[Breach]:
    """Return everything in a graph that breaks a shape, each once, sorted.

    The graph has to say what the shapes look at, with all classes of each thing; nothing is
    inferred and nothing fetched.

    Raises:
        MissingExtra: the extra ``check`` is not installed.
    """
    from kijun.dataset import graph_of

    return breaches_in(graph_of(quad.triple for quad in quads))


def breaches_in(graph: rdflib.Graph, shapes: rdflib.Graph | None = None) -> list[Breach]:
    """Return everything in an rdflib graph that breaks a shape, as :func:`breaches` does."""
    require()
    import pyshacl
    from rdflib import RDF, BNode, Namespace

    sh = Namespace(SH)
    report = pyshacl.validate(
        graph,
        shacl_graph=shapes_graph() if shapes is None else shapes,
        inference="none",
        inplace=True,
        do_owl_imports=False,
    )[1]
    assert not isinstance(report, (bytes, str, Exception))
    found = set()
    for result in report.subjects(RDF.type, sh.ValidationResult):
        parts = [
            report.value(result, sh[key])
            for key in ("sourceShape", "sourceConstraintComponent", "focusNode", "value")
        ]
        # Blank nodes have no name of their own by which to tell anybody of them.
        shape, component, focus, value = (
            "" if part is None or isinstance(part, BNode) else str(part) for part in parts
        )
        constraint = component.removeprefix(SH).removesuffix("ConstraintComponent")
        if constraint in ("Not", "Or", "SPARQL") and value == focus:
            value = ""
        if shape.startswith(SHAPE):  # the rest says again what is inside a named shape
            found.add(Breach(shape.removeprefix(SHAPE), constraint, focus, value))
    return sorted(found)


@cache
def shapes_graph() -> rdflib.Graph:
    """Return all shapes as one graph."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(data=path.read_bytes(), format="turtle")
    return graph


@cache
def messages() -> Mapping[str, tuple[str, str]]:
    """Return what each shape says of what breaks it, in Japanese and English, by its name."""
    from rdflib import URIRef

    said: dict[str, dict[str, str]] = {}
    for shape, text in shapes_graph().subject_objects(URIRef(f"{SH}message")):
        if isinstance(shape, URIRef) and shape.startswith(SHAPE):
            said.setdefault(shape.removeprefix(SHAPE), {})[text.language] = str(text)  # type: ignore[attr-defined]
    return {shape: (words["ja"], words["en"]) for shape, words in said.items()}
