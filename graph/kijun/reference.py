"""The reference pages in ``docs/``: the ontology, the norms, the questions, and where they are.

``python -m kijun.reference -o docs`` writes them from the graph, the questions' headers and their
real answers; with ``--check`` it names those that are not what it would write. The same content
gives the same bytes. The pages stand alone: no script, no network, no font but the reader's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kijun.commentary import Section, sections
from kijun.content import PACKAGE, VERSION
from kijun.dates import DEFAULT_DAY
from kijun.delivery import to_file
from kijun.errors import KijunError
from kijun.examples import ROWS, chapters
from kijun.facts import DEFINITION, TYPE, Facts, Words, said
from kijun.headwords import grouped
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.terminology import Subject, Term, subjects
from kijun.terms import NS, OWL, RDFS, curie

if TYPE_CHECKING:
    from jinja2 import Environment

Tree = list[tuple[Words, "Tree"]]


def pages() -> dict[str, str]:
    """Return the pages by file name.

    Raises:
        KijunError: Jinja is not installed, or the ontology says what has no words yet.
    """
    graphs = (open_graph(DEFAULT_DAY, lang="ja"), open_graph(DEFAULT_DAY, lang="en"))
    facts = Facts(graphs[0].store)
    found, borrowed = subjects(facts)
    text = sections(facts, _presupposed(graphs))
    questions = chapters(graphs, {one.notation: one.heading for one in text}, facts)
    terms = [term for subject in found for group in subject.groups for term in group.terms]
    common = {
        "curie": curie,
        "version": VERSION,
        "day": DEFAULT_DAY.isoformat(),
        "namespace": NS,
        "validity": said(graphs[0].validity.note, graphs[1].validity.note),
        "notes": tuple(
            said(ja, en) for ja, en in zip(graphs[0].notes(), graphs[1].notes(), strict=True)
        ),
        "counts": {
            "terms": len(terms),
            "norms": sum(section.size for section in text),
            "sentences": sum(len(section.sentences) for section in text),
            "sections": len([section for section in text if section.sentences]),
            "questions": sum(len(chapter.examples) for chapter in questions),
        },
    }
    templates = _templates()
    return {
        name: templates.get_template(name).render(common | own, page=name)
        for name, own in {
            "index.html": {},
            "ontology.html": {
                "subjects": found,
                "borrowed": borrowed,
                "tree": _tree(facts, _classes(found)),
                "japanese": grouped(terms, lambda term: term.label.ja[0].text),
                "english": _by_letter(terms),
            },
            "norms.html": {"sections": text, "forces": _forces(facts, text)},
            "questions.html": {"chapters": questions, "shown": ROWS},
        }.items()
    }


def _templates() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise KijunError(
            "the pages are made with Jinja; install kijun with its [dev] extra"
        ) from error
    return Environment(
        loader=FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _presupposed(graphs: Sequence[KnowledgeGraph]) -> Mapping[str, Sequence[Words]]:
    """Return by sentence what it only presupposes, as the catalogue answers."""
    found: dict[str, list[Words]] = {}
    answers = [graph.ask("presupposed").rows for graph in graphs]
    for ja, en in zip(*answers, strict=True):
        words = said(str(ja["statement"]), str(en["statement"]))
        found.setdefault(str(ja["sentence_iri"]), []).append(words)
    return found


def _classes(found: Sequence[Subject]) -> list[str]:
    title = OWL + "Class"
    return [
        term.iri
        for subject in found
        for group in subject.groups
        for term in group.terms
        if group.kind == title
    ]


def _tree(facts: Facts, classes: Sequence[str]) -> Tree:
    """Return the classes under their superclasses; one with several stands under each."""
    above = {
        iri: [one for one in facts.iris(iri, RDFS + "subClassOf") if one in classes]
        for iri in classes
    }

    def below(parent: str) -> Tree:
        under = [iri for iri in classes if parent in above[iri]]
        return [(facts.label(iri), below(iri)) for iri in under]

    return [(facts.label(iri), below(iri)) for iri in classes if not above[iri]]


def _by_letter(terms: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    found: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda one: (one.label.en[0].text.lower(), one.name)):
        found.setdefault(term.label.en[0].text[0].upper(), []).append(term)
    return sorted(found.items())


def _forces(facts: Facts, text: Sequence[Section]) -> list[tuple[str, Words, Words, int]]:
    """Return the forces in their order, each with its meaning and how many norms have it."""
    norms = [norm for section in text for one in section.sentences for norm in one.norms]
    found = []
    for iri in sorted(facts.subjects(TYPE, NS + "Force"), key=lambda one: _order(facts, one)):
        name = iri.removeprefix(NS)
        meaning = facts.text(iri, DEFINITION) or said("")
        count = len([norm for norm in norms if norm.force == name])
        found.append((name, facts.label(iri), meaning, count))
    return found


def _order(facts: Facts, iri: str) -> int:
    order = facts.one(iri, NS + "order")
    return 0 if order is None else int(order.value)


def differing(folder: Path) -> list[str]:
    """Return the names of the pages in a folder that are missing or not what they would be."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]


def main(arguments: Sequence[str] | None = None, out: IO[str] | None = None) -> int:
    """Write the pages, or check them; return 0, 1 for pages that differ, 2 for bad input."""
    out = out or sys.stderr
    parser = argparse.ArgumentParser(prog="python -m kijun.reference", description=pages.__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder of the pages")
    parser.add_argument("--check", action="store_true", help="name the pages that would change")
    given = parser.parse_args(arguments)
    try:
        if given.check:
            stale = differing(given.output)
            out.writelines(
                f"{given.output / name}: not up to date; run make docs\n" for name in stale
            )
            return 1 if stale else 0
        for name, text in pages().items():
            to_file(text.encode(), given.output / name)
    except KijunError as error:
        out.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
