"""Who supervises whom (所管): the competent ministers of each corporation, and who is behind them.

A corporation has one edge for each competent minister: the primary one and, where supervision is
shared, further ones, for a line of business or jointly for the whole body. Where the minister is
no reporting unit (内閣総理大臣, 国家公安委員会, 原子力規制委員会), the one behind is a reading.
Only a 省 has a minister of its own: where a register names 内閣府 or an agency, the table of
readings names the minister.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kijun.dates import Register, rows
from kijun.errors import BadInput
from kijun.register_tables import (
    Entry,
    Role,
    Tables,
    Text,
    confidence,
    text_of,
    weakest,
)

_DIVIDED = ("業務別", "施設別")
"""How the table begins to say by what supervision is divided, and not what is whose."""

_Row = dict[str, str]
_Key = tuple[str, str, str]


class Supervision(NamedTuple):
    """One competent minister of one body, and ``ministry``, the unit behind.

    ``whole_body`` is true where several ministers are competent for the whole body together.
    """

    entry: Entry
    minister: str
    ministry: str
    primary: bool
    whole_body: bool
    business: str
    article: str
    sources: tuple[str, ...]
    confidence: str
    reading: Text
    alternative: Text
    note: Text


def read(folder: Path, tables: Tables) -> tuple[Supervision, ...]:
    """Return every edge of supervision, from the register rows and ``co_supervision*.csv``.

    Raises:
        BadInput: a supervisor is unknown or outside, or two tables do not agree on an edge.
    """
    corporations = [entry for entry in tables.entries if entry.role is None]
    by_name = {(entry.register.id, entry.name.ja): entry for entry in corporations}
    shared = _shared(folder, tables.registers, by_name)
    readings = _readings(folder, by_name)
    found = []
    for entry in corporations:
        key = entry.register.id, entry.name.ja
        place = f"organizations.csv, row {entry.row}"
        if not entry.supervisors or len(set(entry.supervisors)) < len(entry.supervisors):
            raise BadInput(f"{place}: a supervising ministry is missing or comes twice")
        edges = {minister: row for (*rest, minister), row in shared.items() if (*rest,) == key}
        differing = set(edges) ^ set(entry.supervisors[1:])
        if differing:
            names = "、".join(sorted(differing))
            raise BadInput(f"{place}: co_supervision.csv differs on {names}; make them agree")
        organs = organs_beside(tables.registers, entry.register)
        # The clause that names one co-supervisor is the one that names the primary minister.
        article = next((row["article"] for row in edges.values()), "")
        for minister in entry.supervisors:
            role = tables.roles.get((organs, minister))
            if role is None or role.role == "independent":
                raise BadInput(f'{place}: "{minister}" is no ministry or minister in {organs}')
            general, special = readings.get((*key, "")), readings.get((*key, minister))
            competent = special["competent_minister"] if special else ""
            if role.role == "unit" and not minister.endswith("省") and not competent:
                raise BadInput(
                    f"{place}: {minister} has no minister of its own; name the competent one in "
                    "co_supervision_readings.csv"
                )
            if competent and (organs, competent) not in tables.roles:
                raise BadInput(f'{place}: "{competent}" is no minister in {organs}')
            found.append(_supervision(entry, minister, role, edges, article, general, special))
    return tuple(found)


def organs_beside(registers: Iterable[Register], register: Register) -> str:
    """Return the id of the register of organs that is in use when a register comes into use."""
    earlier = [r for r in registers if r.kind == "ministry" and r.used_from <= register.used_from]
    if not earlier:
        raise BadInput(f"registers.csv: no register of organs is in use beside {register.id}")
    return earlier[-1].id


def _supervision(
    entry: Entry,
    minister: str,
    role: Role,
    edges: dict[str, _Row],
    article: str,
    general: _Row | None,
    special: _Row | None,
) -> Supervision:
    said = [row for row in (general, special) if row]
    edge = edges.get(minister)
    told = [row["business_ja"] for row in (special, general) if row and row["business_ja"]]
    return Supervision(
        entry=entry,
        minister=(special or {}).get("competent_minister") or minister,
        ministry=role.through or minister,
        primary=minister == entry.supervisors[0],
        whole_body=bool(general and general["whole_body"] == "true"),
        business=told[0] if told else _business(edge, edges.values()),
        article=next((row["article"] for row in said if row["article"]), article),
        sources=tuple(
            dict.fromkeys([entry.source, *(row["source"] for row in (edge, *said) if row)])
        ),
        confidence=weakest(
            (edge or {}).get("confidence", entry.confidence),
            *([role.confidence] if role.through else []),
            *(row["confidence"] for row in said),
        ),
        reading=_joined(role.reading, said, "reading"),
        alternative=_joined(role.alternative, said, "alternative"),
        note=_joined(Text(), said, "note"),
    )


def _business(edge: _Row | None, edges: Iterable[_Row]) -> str:
    """Return which business is a minister's, where several are competent.

    The table tells it of each further one. The primary one's is divided as theirs is; where theirs
    is named, it is only known that it is divided.
    """
    if edge:
        return edge["note"]
    notes = {row["note"] for row in edges}
    return next(iter(notes), "") if all(note.startswith(_DIVIDED) for note in notes) else "業務別"


def _joined(first: Text, said: Iterable[_Row], name: str) -> Text:
    texts = [first, *(text_of(row, name) for row in said)]
    return Text("".join(text.ja for text in texts), " ".join(text.en for text in texts if text.en))


def _shared(
    folder: Path, registers: Iterable[Register], by_name: dict[tuple[str, str], Entry]
) -> dict[_Key, _Row]:
    by_date = {register.co_supervision: register.id for register in registers}
    found: dict[_Key, _Row] = {}
    columns = "name_ja as_of primary co_supervisor article law_id note source confidence"
    for place, row in rows(folder / "co_supervision.csv", columns):
        register = by_date.get(row["as_of"])
        if not register:
            raise BadInput(f"{place}: no register has {row['as_of']} as co_supervision_as_of")
        entry = by_name.get((register, row["name_ja"]))
        if entry is None:
            raise BadInput(f"{place}: {row['name_ja']} is not in {register}; correct the name")
        if row["primary"] != entry.supervisors[0] or row["law_id"] != entry.law:
            raise BadInput(f"{place}: primary or law_id differs from organizations.csv")
        key = register, row["name_ja"], row["co_supervisor"]
        if key in found:
            raise BadInput(f"{place}: this edge comes twice; remove one")
        confidence(row, place)
        found[key] = row
    return found


def _readings(folder: Path, by_name: dict[tuple[str, str], Entry]) -> dict[_Key, _Row]:
    found: dict[_Key, _Row] = {}
    columns = """register name_ja supervisor competent_minister whole_body business_ja article
        reading_ja reading_en alternative_ja alternative_en note_ja note_en source confidence"""
    for place, row in rows(folder / "co_supervision_readings.csv", columns):
        entry = by_name.get((row["register"], row["name_ja"]))
        if entry is None or (row["supervisor"] and row["supervisor"] not in entry.supervisors):
            raise BadInput(f"{place}: no such edge of supervision; correct register or name")
        if row["competent_minister"] and not (row["supervisor"] and row["reading_ja"]):
            raise BadInput(f"{place}: another minister than the supervisor is a reading; say it")
        if row["whole_body"] not in (("",) if row["supervisor"] else ("true", "false")):
            raise BadInput(f"{place}: whole_body is true or false, and empty for a single edge")
        key = row["register"], row["name_ja"], row["supervisor"]
        if key in found:
            raise BadInput(f"{place}: this reading comes twice; remove one")
        confidence(row, place)
        found[key] = row
    return found
