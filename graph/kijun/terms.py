"""Namespaces and the named graphs of kijun, as plain strings."""

from __future__ import annotations

NS = "https://w3id.org/kijun/ns#"
"""Terms: classes, properties and controlled concepts."""

ID = "https://w3id.org/kijun/id/"
"""Things: sections, sentences, norms, bodies, laws, derived rows."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
ELI = "http://data.europa.eu/eli/ontology#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES = {
    "kijun": NS,
    "id": ID,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "org": ORG,
    "eli": ELI,
    "sh": SH,
}
"""The prefixes used in every file and every answer of kijun."""

LAYERS = ("terms", "text", "norms", "law", "bodies", "derived")
"""The layers of the graph, each a named graph ``id/graph/<layer>``."""

SITUATIONS = "situations"
"""The layer of what users say of their own systems; it is in no snapshot."""

LOCAL = "urn:kijun:local:"
"""What users describe; such an IRI means something only beside the profiles it comes from."""


HOMES = (ID, LOCAL)
"""Where things have their IRIs: those of the graph, and those that users describe."""


def is_a(kind: str, iri: str) -> bool:
    """Say whether an IRI is that of a thing of a kind, such as ``body`` or ``line``.

    >>> is_a("body", "id:body/1"), is_a("body", LOCAL + "body/x"), is_a("body", ID + "line/1")
    (False, True, False)
    """
    return iri.startswith(tuple(f"{home}{kind}/" for home in HOMES))


def graph_iri(layer: str) -> str:
    """Return the IRI of the named graph that holds one layer.

    Raises ``KeyError`` for a name that is neither in :data:`LAYERS` nor :data:`SITUATIONS`.
    """
    if layer not in (*LAYERS, SITUATIONS):
        raise KeyError(layer)
    return f"{ID}graph/{layer}"


def curie(iri: str) -> str:
    """Shorten an IRI by the project's prefixes, or return it unchanged."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(short: str) -> str:
    """Turn a compact IRI of the project's prefixes back into the IRI."""
    prefix, colon, local = short.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return short
