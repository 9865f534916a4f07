"""What a norm says, property by property, in words: readings, reliance, cited articles."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal

from kijun.facts import LABEL, Facts, Words, listed, property_label, said, together
from kijun.terms import NS


def values(facts: Facts, iri: str, predicate: str) -> tuple[Words, ...]:
    """Return the values of a property of a norm, what stands behind them included."""
    nodes = facts.iris(iri, predicate)
    match predicate.removeprefix(NS):
        case "bearer":
            (value,) = facts.values(iri, predicate)
            if literal(facts, iri, "bearerImplicit") == "true":
                unsaid = said("（文に主語は書かれていない）", " (no subject is printed)")
                value = together(value, unsaid)
            return (value,)
        case "operativePhrase":
            return (said(f"「{literal(facts, iri, 'operativePhrase')}」"),)
        case "alternativeReading":
            return tuple(_reading(facts, one) for one in nodes)
        case "incorporates":
            return tuple(_incorporation(facts, one) for one in nodes)
        case "follows":
            return tuple(_reliance(facts, one) for one in nodes)
        case "towards":
            return tuple(
                _parts(facts, one, ("recipient", "action", "about", "trigger")) for one in nodes
            )
        case "cites":
            return tuple(article(facts, one) for one in nodes)
        case _:
            return facts.values(iri, predicate)


def _reading(facts: Facts, node: str) -> Words:
    reading = facts.text(node, NS + "interpretation") or said("")
    parts = _parts(facts, node, ("bearer", "recipient", "action", "about"))
    if not parts.ja:
        return reading
    return together(reading, said("（", " ("), parts, said("）", ")"))


def _incorporation(facts: Facts, node: str) -> Words:
    where = listed(facts.label(one) for one in facts.iris(node, NS + "incorporated"))
    reading = facts.text(node, NS + "interpretation")
    more = () if reading is None else (said("。", ". "), reading)
    grade = facts.iris(node, NS + "grade")[0]
    keeps = literal(facts, grade, "keepsForce") == "true"
    told = (
        said("もとの強さのまま及ぶ", "with the same force")
        if keeps
        else said("考慮として及ぶ", "to be regarded, not owed as such")
    )
    how = together(said("（", " ("), facts.label(grade), said("：", ": "), told, said("）", ")"))
    return together(where, how, *more)


def _reliance(facts: Facts, node: str) -> Words:
    name = facts.text(node, LABEL) or said("")
    leads = facts.iris(node, NS + "reliesOn")
    where = [said("→", " → "), listed(map(facts.label, leads))] if leads else []
    grade = facts.label(facts.iris(node, NS + "grade")[0])
    return together(name, *where, said("（", " ("), grade, said("）", ")"))


def _parts(facts: Facts, node: str, names: Sequence[str]) -> Words:
    """Return what a node says by some properties, as ``label: value`` one after the other."""
    found: list[Words] = []
    for name in names:
        for value in facts.values(node, NS + name):
            found += [said("；", "; ")] if found else []
            label = property_label(facts, NS + name)
            found += [said(label.ja[0].text, label.en[0].text), said("：", ": "), value]
    return together(*found)


def article(facts: Facts, iri: str) -> Words:
    """Return a cited article: its name and address, what it says, how sure that is, what moved."""
    found = [facts.label(iri)]
    content = facts.text(iri, NS + "content")
    if content is not None:
        found += [said("：", ": "), content]
    sure = facts.iris(iri, NS + "confidence")
    read = facts.one(iri, NS + "textDate")
    if sure:
        found += [said("（", " ("), facts.label(sure[0])]
        if isinstance(read, Literal):
            found.append(said(f"：{read.value}の法文", f": statute text of {read.value}"))
        found.append(said("）", ")"))
    moved = facts.iris(iri, NS + "renumberedAs")
    if moved:
        until = facts.one(iri, NS + "validUntil")
        day = until.value if isinstance(until, Literal) else None
        found.append(
            said(f"。{day}からは", f". From {day}: ") if day else said("。後に", ". Later: ")
        )
        found.append(listed(map(facts.label, moved)))
        dated = facts.iris(iri, NS + "dateConfidence")
        if dated and day:
            found += [said("（日付は", " (the day: "), facts.label(dated[0]), said("による）", ")")]
    return together(*found)


def literal(facts: Facts, iri: str, name: str) -> str:
    """Return a value that the ontology asks for exactly once.

    Raises:
        ValueError: it is not there.
    """
    found = facts.one(iri, NS + name)
    if not isinstance(found, Literal):
        raise ValueError(f"{iri} has no kijun:{name}")
    return found.value
