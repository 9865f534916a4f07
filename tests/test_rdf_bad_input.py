"""RDF that people or attackers may give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bad_profiles import NS, only
from kijun.errors import BadInput
from kijun.profile import Reading
from kijun.profile_files import read


def rdf(folder: Path, text: str, name: str = "p.ttl") -> Reading:
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name)


HEAD = f"@prefix kijun: <{NS}> .\n@prefix : <urn:x:> .\n"


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("p.ttl", HEAD + ":a kijun:mark ", "no sound RDF"),
        ("p.ttl", f"<a> a <{NS}InformationSystem> .", "write whole IRIs"),
        ("p.ttl", "<urn:x> <urn:y> <urn:z> .", "nothing of a profile in this file"),
        ("p.ttl", "<urn:a> <urn:b> " + "[ <urn:b> " * 50_000, "no sound RDF"),
        ("p.ttl", "<urn:a> <urn:b> " + "(" * 50_000, "no sound RDF"),
        ("p.rdf", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r/>', "has a DOCTYPE"),
        ("p.rdf", "<a", "no sound RDF"),
        ("p.jsonld", '{"@context": "https://example.org/c.jsonld"}', "would have to be fetched"),
        ("p.jsonld", '{"@context": [{"a": "urn:a"}, "x"], "a": 1}', "would have to be fetched"),
        ("p.jsonld", '{"@context": {"@import": "https://example.org/c"}}', "have to be fetched"),
        (
            "p.jsonld",
            '{"@context": {"a": {"@id": "urn:a", "@context": "https://e.org/c"}}, "a": {}}',
            "would have to be fetched",
        ),
        ("p.jsonld", "[" * 100_000, "nested too deeply"),
        ("p.jsonld", '{"urn:a":' * 60 + "1" + "}" * 60, "nested too deeply"),
        ("p.jsonld", '{"urn:a":' * 50_000 + "1" + "}" * 50_000, "nested too deeply"),
        ("p.jsonld", "{", "no sound JSON"),
        ("p.jsonld", '{"urn:a": 1, "urn:b": 2, "urn:a": 3}', 'key "urn:a" comes twice'),
        ("p.json", '"\\ud800"', "nothing of a profile|no sound"),
        ("p.jsonld", "\xff", "no sound"),
    ],
)
def test_rdf_that_cannot_be_read(tmp_path: Path, name: str, text: str, error: str) -> None:
    with pytest.raises(BadInput, match=error):
        rdf(tmp_path, text, name)


def test_rdf_xml_in_utf_16_hides_no_doctype(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE r><r/>'
    (tmp_path / "p.rdf").write_bytes(text.encode("utf-16"))
    with pytest.raises(BadInput, match="encoded in UTF-16; save it as UTF-8"):
        read(tmp_path / "p.rdf")


def test_many_statements(tmp_path: Path) -> None:
    text = "".join(f"<urn:{n}> <urn:b> <urn:c> .\n" for n in range(200_001))
    with pytest.raises(BadInput, match="more than 200000 statements"):
        rdf(tmp_path, text, "p.nt")


@pytest.mark.parametrize(
    ("text", "kind", "column"),
    [
        (":a a kijun:InformationSystem ; kijun:mark 3.10 .", "number-as-text", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:mark 3.0 .", "shown-otherwise", "kijun:mark"),
        (':a a kijun:InformationSystem ; kijun:mark "A", "B" .', "several-values", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:mark :b .", "bad-value", "kijun:mark"),
        (":a a kijun:InformationSystem ; kijun:nmae 'a' .", "misspelt-property", ""),
        (":a a kijun:InformationSystem ; :colour 'a' .", "unknown-property", ""),
        (":a a kijun:InformationSystem . :b a kijun:InformationSystme .", "misspelt-class", ""),
        (":a a kijun:InformationSystem . :b a :Cat .", "unknown-class", ""),
        (":a a kijun:InformationSystem . :b kijun:declaredAs 'own' .", "untyped-node", ""),
        (":a a kijun:Profile ; kijun:writtenOn 'soon' .", "bad-date", "kijun:writtenOn"),
        (":a a kijun:SystemLayer ; kijun:layerManagedBy [] .", "bad-value", "kijun:layerManagedBy"),
    ],
)
def test_rdf_that_says_what_cannot_be_read(
    tmp_path: Path, text: str, kind: str, column: str
) -> None:
    found = only(rdf(tmp_path, HEAD + text))
    assert (found.kind, found.place.column) == (kind, column)
    assert found.place.node.startswith("urn:x:")


def test_rdf_as_people_write_it(tmp_path: Path) -> None:
    reading = rdf(
        tmp_path,
        HEAD
        + """
        @prefix body: <https://w3id.org/kijun/id/body/> .
        @prefix norm: <https://w3id.org/kijun/id/norm/> .
        :own a kijun:ExtraBody ; kijun:name "架空省"@ja, "Ministry of Fiction"@en ;
            kijun:operates :P .
        body:2000012020001 kijun:uses :P .
        :P a kijun:InformationSystem ; kijun:mark "P1" ; kijun:declaredAs kijun:declaredShared .
        :Q a kijun:InformationSystem ; kijun:connectedTo :P ; kijun:declaredAs "単独" .
        [] a kijun:Allocation ; kijun:atPlatform :P ; kijun:ofParty :own, "例示省" ;
            kijun:ofConcern kijun:operatingStructure ; kijun:inState kijun:provided .
        [] a kijun:Evidence ; kijun:ofParty "総務省" ; kijun:ofNorm norm:3-1-1-1a .
        """,
    )
    assert [f.kind for f in reading.findings] == ["several-values"]
    rows = {key: [dict(r.cells) for r in rows] for key, rows in reading.profile.rows.items()}
    assert rows["bodies"] == [{"name": "架空省"}]
    assert rows["systems"] == [
        {"id": "P1", "declared": "shared", "operator": "架空省"},
        {"id": "urn:x:Q", "declared": "own"},
    ]
    assert rows["uses"] == [{"body": "id:body/2000012020001", "system": "P1"}]
    assert rows["connections"] == [{"system": "urn:x:Q", "platform": "P1"}]
    assert rows["allocations"] == [
        {"platform": "P1", "concern": "operatingStructure", "state": "provided"}
    ]
    assert rows["evidence"] == [{"body": "総務省", "norm": "3(1)①-1a"}]


def test_the_bundled_context_by_its_address(tmp_path: Path) -> None:
    text = {
        "@context": "https://w3id.org/kijun/context.jsonld",
        "@id": "urn:x:P",
        "@type": "InformationSystem",
        "mark": "P1",
        "declaredAs": "declaredShared",
    }
    reading = rdf(tmp_path, json.dumps(text), "p.jsonld")
    assert not reading.findings
    ((row,),) = [rows for rows in reading.profile.rows.values() if rows]
    assert dict(row.cells) == {"id": "P1", "declared": "shared"}
