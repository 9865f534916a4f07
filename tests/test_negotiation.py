"""What a client accepts decides the format; an odd header never breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kijun.negotiation import GRAPHS, RESULTS, best


def chosen(accept: str | None) -> tuple[str | None, str | None]:
    found = best(accept, RESULTS), best(accept, GRAPHS)
    return tuple(offer.form if offer else None for offer in found)  # type: ignore[return-value]


@pytest.mark.parametrize("accept", [None, "", "*/*", "*/*;q=0.1", "none", ", ,", "text/csv;q=x"])
def test_who_says_nothing_gets_json_and_turtle(accept: str | None) -> None:
    assert chosen(accept) == ("JSON", "TURTLE")


@pytest.mark.parametrize(
    ("accept", "results", "graph"),
    [
        ("application/sparql-results+json", "JSON", None),
        ("application/sparql-results+xml", "XML", None),
        ("text/csv", "CSV", None),
        ("text/tab-separated-values", "TSV", None),
        ("text/turtle", None, "TURTLE"),
        ("application/n-triples", None, "N_TRIPLES"),
        ("application/ld+json", None, "JSON_LD"),
        ("application/rdf+xml", None, "RDF_XML"),
        ("application/json", "JSON", "JSON_LD"),
        ("application/xml", "XML", "RDF_XML"),
        ("text/html", None, None),
        ("image/*, text/html;q=0.9", None, None),
        # Quality
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "XML", None),
        ("text/csv;q=0.500, application/sparql-results+xml;q=0.5", "XML", None),
        ("text/csv; Q=1 ,application/sparql-results+xml; q = 0.999", "CSV", None),
        ("application/sparql-results+json;q=0, */*", "XML", "TURTLE"),
        ("text/turtle;q=0.0, application/rdf+xml", None, "RDF_XML"),
        ("*/*;q=0", None, None),
        ("text/*;q=0.2, application/*;q=0.1", "CSV", "TURTLE"),
        ("text/*, text/csv;q=0.1", "TSV", "TURTLE"),
        # The more specific range counts, wherever it stands.
        ("*/*, application/sparql-results+json;q=0.1", "XML", "TURTLE"),
        ("text/csv;q=0.1, text/*;q=0.9, */*;q=0.5", "TSV", "TURTLE"),
        # Of equals, the one that is named
        ("*/*, text/csv, application/n-triples", "CSV", "N_TRIPLES"),
        # Parameters, case, odd separators
        ("TEXT/CSV", "CSV", None),
        ("text/csv;header=present", "CSV", None),
        ('application/ld+json;profile="a,b;q=0";q=0.9, text/turtle;q=0.1', None, "JSON_LD"),
        ("text/turtle;charset=utf-8;q=0.2, application/n-triples;q=0.3", None, "N_TRIPLES"),
        ("text/csv,,  application/n-triples", "CSV", "N_TRIPLES"),
        # A malformed range is passed over, and not taken for another.
        ("text/csv;q=2, application/sparql-results+xml;q=0.1", "XML", None),
        ("text/csv;q=-1, application/sparql-results+xml;q=0.1", "XML", None),
        ("csv, application/sparql-results+xml", "XML", None),
        # As clients send it
        ("application/sparql-results+xml,application/rdf+xml,*/*", "XML", "RDF_XML"),
        ("application/sparql-results+json,application/json,text/javascript", "JSON", "JSON_LD"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
            "XML",
            "RDF_XML",
        ),
    ],
)
def test_the_best_accepted_format_is_chosen(
    accept: str, results: str | None, graph: str | None
) -> None:
    assert chosen(accept) == (results, graph)


def test_older_clients_get_the_type_they_asked_for() -> None:
    offer = best("application/json", RESULTS)
    assert offer is not None
    assert offer.media_type == "application/json"


@given(st.text(max_size=200))
def test_no_header_breaks_it(accept: str) -> None:
    for offers in (RESULTS, GRAPHS):
        assert best(accept, offers) in (*offers, None)


@given(
    st.lists(
        st.tuples(st.sampled_from(RESULTS), st.integers(0, 1000)),
        min_size=1,
        unique_by=lambda pair: pair[0].media_type,
    )
)
def test_nothing_is_chosen_over_a_better_one(wanted: list[tuple[object, int]]) -> None:
    said = {offer.media_type.partition(";")[0]: n for offer, n in wanted}  # type: ignore[attr-defined]
    header = ", ".join(f"{kind};q={n / 1000:.3f}" for kind, n in said.items())
    found = best(header, RESULTS)
    most = max(said.values())
    if most == 0:
        assert found is None
    else:
        assert found is not None
        assert said[found.media_type.partition(";")[0]] == most
