"""The tables of bodies (``ontology/registers/*.csv``), read and checked as a whole.

Whatever is wrong is a :class:`~kijun.errors.BadInput` that names the file and the row (the line
of the file, the header being row 1). What comes out is consistent: every body has one identity,
every supervisor is in the register of organs of its time, every organ has a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kijun import dates
from kijun.corporate_numbers import check_digit
from kijun.dates import Register, rows
from kijun.errors import BadInput

CONFIDENCES = ("found", "derived", "recalled")
"""How sure a statement is, the surest first."""

IAA_CLASSES = {
    "mid_term": "MidTermAgency",
    "national_rnd": "NationalResearchAgency",
    "executive": "ExecutiveAgency",
}
"""The classes of 独立行政法人 (通則法 2条2項 to 4項)."""

ROLES = {
    "unit": "Ministry",
    "subordinate": "SubordinateAgency",
    "independent": "IndependentOrgan",
    "office": "MinisterialOffice",
}
"""What an organ of the state is to the guideline: 府省庁, or how it relates to one."""

PRIME_MINISTER = "内閣総理大臣"

_LAW = re.compile(
    r"(?P<name>\S+)(?: (?P<part>\S+))? "
    r"https://laws\.e-gov\.go\.jp/law/(?P<id>\S+)(?: (?P<hooks>.+))?"
)
_LAW_ID = re.compile(r"[0-9]{3}[A-Z]{2}[0-9]{10}")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Text(NamedTuple):
    """A remark in both languages; empty strings where nothing is to be said."""

    ja: str = ""
    en: str = ""


class Role(NamedTuple):
    """What an organ is to the guideline on the date of a register, and who answers for it."""

    role: str
    through: str
    reading: Text
    alternative: Text
    source: str
    confidence: str


class Entry(NamedTuple):
    """A body as one register has it; ``body`` is its 法人番号 or slug, ``role`` is for organs."""

    register: Register
    body: str
    name: Text
    kind: str
    supervisors: tuple[str, ...]
    law: str
    law_name: str
    articles: str
    row: int
    source: str
    confidence: str
    role: Role | None


class Tables(NamedTuple):
    """The tables of bodies.

    ``roles`` has as key the id of a register and a name, ``identity`` gives the 法人番号 or slug of
    each name, ``aliases`` holds (name, alias, language), and ``laws`` the confidence of those law
    ids that were not simply found.
    """

    registers: tuple[Register, ...]
    entries: tuple[Entry, ...]
    roles: dict[tuple[str, str], Role]
    identity: dict[str, str]
    aliases: tuple[tuple[str, str, str], ...]
    laws: dict[str, str]


def read(folder: Path) -> Tables:
    """Read and check every table of a folder.

    Raises:
        BadInput: a table or column is missing, or a row cannot be right.
    """
    registers = dates.registers(folder / "registers.csv")
    roles = _roles(folder, registers)
    slugs = {
        row["name_ja"]: _pattern(_SLUG, row["slug"], "slug", place)
        for place, row in rows(folder / "unnumbered.csv", "name_ja slug")
    }
    entries = _entries(folder, registers, roles, slugs)
    identity = {entry.name.ja: entry.body for entry in entries}
    laws = {
        row["law_id"]: confidence(row, place)
        for place, row in rows(folder / "law_ids.csv", "law_id confidence")
    }
    aliases = tuple(_aliases(folder, identity))
    return Tables(registers, entries, roles, identity, aliases, laws)


def weakest(*confidences: str) -> str:
    """Return the least sure of several confidences."""
    return max(confidences, key=CONFIDENCES.index)


def _number(text: str, place: str) -> str:
    if not re.fullmatch(r"[0-9]{13}", text):
        raise BadInput(f'{place}: houjin_bangou "{text}" has not 13 digits; correct it')
    if int(text[0]) != check_digit(text[1:]):
        raise BadInput(f"{place}: the check digit of houjin_bangou {text} is wrong; correct it")
    return text


def confidence(row: dict[str, str], place: str) -> str:
    """Return the confidence that a row states, or raise :class:`BadInput` for an unknown one."""
    if row["confidence"] not in CONFIDENCES:
        known = ", ".join(CONFIDENCES)
        raise BadInput(f'{place}: confidence "{row["confidence"]}" is unknown; use one of {known}')
    return row["confidence"]


def _pattern(pattern: re.Pattern[str], text: str, what: str, place: str) -> str:
    if not pattern.fullmatch(text):
        raise BadInput(f'{place}: {what} "{text}" has not the form {pattern.pattern}; correct it')
    return text


def text_of(row: dict[str, str], name: str) -> Text:
    """Return the Japanese and English cell of one remark of a row."""
    return Text(row[f"{name}_ja"], row[f"{name}_en"])


def _roles(folder: Path, registers: Iterable[Register]) -> dict[tuple[str, str], Role]:
    known = {register.id for register in registers if register.kind == "ministry"}
    columns = "register name_ja role answers_through reading_ja alternative_ja source confidence"
    roles: dict[tuple[str, str], Role] = {}
    places = {}
    for place, row in rows(folder / "reporting_units.csv", columns):
        key = row["register"], row["name_ja"]
        if key[0] not in known:
            raise BadInput(f'{place}: register "{row["register"]}" lists no organs; correct it')
        if row["role"] not in ROLES:
            known_roles = ", ".join(ROLES)
            raise BadInput(f'{place}: role "{row["role"]}" is unknown; use one of {known_roles}')
        if key in roles:
            raise BadInput(f"{place}: {row['name_ja']} comes twice; remove one")
        if (row["role"] in {"subordinate", "office"}) != bool(row["answers_through"]):
            raise BadInput(
                f"{place}: answers_through is for the roles subordinate and office, and only them"
            )
        places[key] = place
        roles[key] = Role(
            row["role"],
            row["answers_through"],
            text_of(row, "reading"),
            text_of(row, "alternative"),
            row["source"],
            confidence(row, place),
        )
    for (register, _), role in roles.items():
        if role.through and getattr(roles.get((register, role.through)), "role", "") != "unit":
            place = places[register, _]
            raise BadInput(f'{place}: answers_through "{role.through}" is no reporting unit')
    return roles


def _entries(
    folder: Path,
    registers: Iterable[Register],
    roles: dict[tuple[str, str], Role],
    slugs: dict[str, str],
) -> tuple[Entry, ...]:
    by_date = {(register.kind, register.date.isoformat()): register for register in registers}
    columns = (
        "name_ja name_en kind iaa_class supervising_ministry houjin_bangou law as_of source "
        "confidence"
    )
    entries = []
    seen: dict[tuple[str, str], str] = {}
    identity: dict[str, str] = {}
    for place, row in rows(folder / "organizations.csv", columns):
        name = row["name_ja"]
        register = by_date.get((row["kind"], row["as_of"]))
        if not name:
            raise BadInput(f"{place}: name_ja is empty; give the name")
        if register is None:
            what = f'kind "{row["kind"]}" of {row["as_of"]}'
            raise BadInput(f"{place}: there is no register of {what}; add it to registers.csv")
        if row["houjin_bangou"]:
            body = _number(row["houjin_bangou"], place)
        elif name in slugs:
            body = slugs[name]
        else:
            raise BadInput(f"{place}: {name} has no number; give it, or a slug in unnumbered.csv")
        if identity.setdefault(name, body) != body:
            raise BadInput(f"{place}: {name} has the number {identity[name]} elsewhere")
        if (register.id, body) in seen:
            raise BadInput(f"{place}: {body} is in {seen[register.id, body]} too; remove one")
        seen[register.id, body] = place
        law = _LAW.fullmatch(row["law"])
        if not law or not _LAW_ID.fullmatch(law["id"]):
            raise BadInput(f'{place}: law "{row["law"]}" is not a name and an e-Gov address')
        role = roles.get((register.id, name)) if register.kind == "ministry" else None
        entries.append(
            Entry(
                register,
                body,
                Text(name, row["name_en"]),
                _class(row, role, place),
                tuple(filter(None, row["supervising_ministry"].split(";"))),
                law["id"],
                law["name"],
                law["part"] or law["hooks"] or "",
                int(place.rpartition(" ")[2]),
                row["source"],
                confidence(row, place),
                role,
            )
        )
    return tuple(entries)


def _class(row: dict[str, str], role: Role | None, place: str) -> str:
    if row["kind"] == "ministry":
        if role is None:
            raise BadInput(f"{place}: {row['name_ja']} has no role; add it to reporting_units.csv")
        return ROLES[role.role]
    if row["kind"] == "designated":
        return "DesignatedCorporation"
    if row["iaa_class"] not in IAA_CLASSES:
        known = ", ".join(IAA_CLASSES)
        raise BadInput(f'{place}: iaa_class "{row["iaa_class"]}" is unknown; use one of {known}')
    return IAA_CLASSES[row["iaa_class"]]


def _aliases(folder: Path, identity: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    seen = set()
    for place, row in rows(folder / "abbreviations.csv", "name_ja alias lang source confidence"):
        alias = row["name_ja"], row["alias"], row["lang"]
        if row["name_ja"] not in identity and row["name_ja"] != PRIME_MINISTER:
            raise BadInput(f"{place}: {row['name_ja']} is in no register; use a name that is")
        if row["lang"] not in {"ja", "en"} or not row["alias"]:
            raise BadInput(f"{place}: an alias and its language, ja or en, are needed")
        if alias in seen:
            raise BadInput(f"{place}: {row['alias']} comes twice; remove one")
        confidence(row, place)
        seen.add(alias)
        yield alias
