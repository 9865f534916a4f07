"""The questions of ``queries/questions``: one SPARQL query a file, with a header that is read.

A header is made of ``#+ key: value`` lines: ``summary`` and ``description`` (Japanese and English
apart by `` / ``), ``section``, ``parameters``, ``cites`` and, if need be, ``lists``. Values enter a
query at three kinds of places and never elsewhere: ``LANG(?note) IN ("ja")`` holds the languages
(the parameter ``lang``), ``VALUES ?day { ... }`` a default that a value replaces, and a line
``#? body`` is the place of an optional ``VALUES ?body { ... }``. A file so runs as it stands in any
SPARQL tool. A parameter stands in every group that compares with it: what is bound outside an
OPTIONAL or a UNION is not seen inside by every engine. The language is no variable, as with one an
engine would rather join an OPTIONAL with all that the graph holds than look it up row by row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from kijun.content import QUERIES
from kijun.errors import BadInput, UnknownName
from kijun.saying import listing, worded

Term = NamedNode | Literal | BlankNode

_HEADER = re.compile(r"#\+ ([a-z]+): (.*)")
_FOLDER = QUERIES / "questions"
_LANGUAGE = "lang"
_LANGUAGES = re.compile(r'(LANG\(\?\w+\) IN \()"[a-z]+"(?=\))')


class Question(NamedTuple):
    """One question: its name is its file's, ``summary`` and ``description`` map ``ja`` and ``en``.

    ``sections`` are those of the guideline that it asks about, ``parameters`` the variables that a
    caller may bind, ``cites`` the variable that holds the sentence each row rests on (None where
    rows are facts of other kinds), ``lists`` those whose values are put together in one row.
    """

    name: str
    summary: dict[str, str]
    description: dict[str, str]
    sections: tuple[str, ...]
    parameters: tuple[str, ...]
    cites: str | None
    lists: tuple[str, ...]
    text: str

    def bound(self, values: Mapping[str, Sequence[Term]]) -> str:
        """Return the query with values in place: for each parameter, the terms it may take.

        Raises:
            UnknownName: a value for a parameter that the question does not have.
        """
        text = self.text
        for name, terms in values.items():
            if name not in self.parameters:
                told = (
                    worded(
                        'question {question} has no parameter "{name}"; it has: {known}',
                        question=self.name,
                        name=name,
                        known=listing(self.parameters),
                    )
                    if self.parameters
                    else worded(
                        'question {question} takes no parameter, so leave out "{name}"',
                        question=self.name,
                        name=name,
                    )
                )
                raise UnknownName(told, name, self.parameters)
            if name == _LANGUAGE:
                place = _LANGUAGES
                written = ", ".join(map(str, terms))
            else:
                place = re.compile(
                    rf"^([ \t]*)#\? {name}[ \t]*$|VALUES \?{name} \{{[^}}]*\}}", re.MULTILINE
                )
                written = f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
            text, count = place.subn(lambda found, w=written: (found[1] or "") + w, text)  # type: ignore[misc]
            if not count:
                raise BadInput(
                    worded(
                        "queries/questions/{question}.rq: parameter {name} needs a line "
                        '"#? {name}" or "VALUES ?{name} {{ ... }}"',
                        question=self.name,
                        name=name,
                    )
                )
        return text


def names() -> list[str]:
    """Return the names of all questions, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.rq"))


def question(name: str) -> Question:
    """Return the question of a name.

    Raises:
        UnknownName: there is none; the error holds the nearest names.
        BadInput: its header lacks a line.
    """
    if not re.fullmatch(r"[a-z0-9-]+", name) or not (path := _FOLDER / f"{name}.rq").is_file():
        import difflib

        near = tuple(difflib.get_close_matches(name, names(), n=3, cutoff=0.4))
        told = (
            worded(
                'no question is called "{name}"; did you mean {near}?',
                name=name[:60],
                near=listing(near),
            )
            if near
            else worded(
                'no question is called "{name}"; `kijun ask` lists them all', name=name[:60]
            )
        )
        raise UnknownName(told, name, near)
    text = path.read_text(encoding="utf-8")
    header = {
        str(found[1]): str(found[2])
        for found in map(_HEADER.match, text.splitlines())
        if found is not None
    }
    missing = {"summary", "description", "section", "parameters", "cites"} - header.keys()
    if missing:
        raise BadInput(
            worded(
                "queries/questions/{name}.rq: header lacks {missing}",
                name=name,
                missing=listing(sorted(missing)),
            )
        )
    return Question(
        name=name,
        summary=_languages(header["summary"]),
        description=_languages(header["description"]),
        sections=_list(header["section"]),
        parameters=_list(header["parameters"]),
        cites=None if header["cites"] == "none" else header["cites"],
        lists=_list(header.get("lists", "")),
        text=text,
    )


def _languages(text: str) -> dict[str, str]:
    japanese, _, english = text.partition(" / ")
    return {"ja": japanese, "en": english or japanese}


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip() not in ("", "none"))
