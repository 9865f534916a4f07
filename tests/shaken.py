"""Profiles made by chance in which anything may be amiss: what the engines must agree on anyway.

``shaken(seed)`` takes the planted profile of a seed, drops and repeats rows and lets cells say
something else. Nobody knows what is uncovered in it, so it shows only whether the rules and the
definitions agree, in corners that no one thought of.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from kijun.profile import Place, Profile, Row
from planted import JOINT, SINGLE, planted

BODIES, SYSTEMS, PLATFORMS, DOCUMENTS, CONCERNS = "bodies", "systems", "platforms", "docs", "what"
Said = tuple[str, ...]

CELLS: Mapping[str, Mapping[str, str | Said]] = {
    "systems": {"declared": ("基盤", "単独"), "operator": BODIES, "manager": BODIES},
    "layers": {"system": SYSTEMS, "manager": BODIES},
    "uses": {"body": BODIES, "system": SYSTEMS},
    "connections": {"system": SYSTEMS, "platform": PLATFORMS},
    "allocations": {
        "concern": CONCERNS,
        "party": BODIES,
        "state": ("提供", "責任", "継承", "充足"),
        "provider": BODIES,
        "lead": ("はい", "いいえ"),
        "evidence": ("記録", "議事録"),
    },
    "documents": {"kind": ("包括文書", "共通規程", "その他"), "maker": BODIES},
    "agreements": {"document": DOCUMENTS, "body": BODIES, "kind": ("合意", "協議")},
    "contacts": {
        "sender": BODIES,
        "receiver": BODIES,
        "both": ("はい", "いいえ"),
        "platform": PLATFORMS,
    },
    "exclusions": {"platform": PLATFORMS, "concern": CONCERNS, "party": BODIES},
}
"""What cells may come to say: one of these words, or the name of any such thing of the profile."""

OPEN = {
    *(("systems", "operator"), ("systems", "manager")),
    *(("allocations", "provider"), ("allocations", "lead"), ("allocations", "evidence")),
    *(("documents", "maker"), ("contacts", "both"), ("contacts", "platform")),
    *(("exclusions", "concern"), ("exclusions", "party")),
}
"""The cells that may be empty."""

Cells = dict[str, str]


def shaken(seed: int) -> Profile:
    """Return the shaken profile of a seed; it may have errors."""
    random = Random(seed)
    rows = {
        key: [dict(row.cells) for row in rows] for key, rows in planted(seed).profile.rows.items()
    }
    named = _named(rows)
    for _ in range(random.randint(2, 20)):
        table = random.choice(list(CELLS))
        there = rows.setdefault(table, [])
        if table == "exclusions" and random.random() < 0.5:
            there.append({"platform": random.choice(named[PLATFORMS]), "reason": "例"})
        if there:
            _shake(random, table, there, named)
    numbered = {
        key: tuple(
            Row(row, Place(f"shaken-{seed}.xlsx", key, number))
            for number, row in enumerate(found, 2)
        )
        for key, found in rows.items()
    }
    return Profile(f"shaken-{seed}.xlsx", numbered)


def _named(rows: Mapping[str, list[Cells]]) -> Mapping[str, Said]:
    """Return the things of a profile by kind."""
    systems = tuple(sorted(row["id"] for row in rows["systems"]))
    bodies = {
        cell
        for table in ("systems", "uses", "contacts", "allocations")
        for row in rows.get(table, ())
        for key, cell in row.items()
        if key in ("operator", "manager", "body", "sender", "receiver", "party")
    }
    return {
        BODIES: tuple(sorted(bodies)),
        SYSTEMS: systems,
        PLATFORMS: tuple(mark for mark in systems if "-s" not in mark),
        DOCUMENTS: tuple(sorted(row["id"] for row in rows["documents"])),
        CONCERNS: (*SINGLE, *JOINT, "合意形成", *(row["name"] for row in rows.get("concerns", ()))),
    }


def _shake(random: Random, table: str, rows: list[Cells], named: Mapping[str, Said]) -> None:
    row = random.choice(rows)
    named_by_others = table in ("systems", "documents")
    match random.randint(0, 5):
        case 0 if not named_by_others:
            rows.remove(row)
        case 1 if not named_by_others:
            rows.append(dict(row))
        case _:
            column, words = random.choice(list(CELLS[table].items()))
            said = named[words] if isinstance(words, str) else words
            if (table, column) in OPEN and random.random() < 0.3:
                row.pop(column, None)
            else:
                row[column] = random.choice(said)
