"""What a body's own inspection says of its obligations: met, open, or nothing said."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kijun.declarations import Evidence
from kijun.profile_schema import TERMS
from kijun.tables import Column
from kijun.terms import NS

STATUSES = {
    "open": "未達成",
    "unevidenced": "証拠なし",
    "partly": "一部達成",
    "unsaid": "記載なし",
    "met": "達成",
    "not-applicable": "該当なし",
}
"""How an obligation stands, the most urgent first. What is said to be met, in part or in full, but
with no document to show it, is unevidenced; what the inspection leaves empty is unsaid."""

COLUMNS = (
    Column("status", "状況", "status", words=STATUSES),
    Column("owner", "担当", "owner"),
    Column("document", "証拠の文書", "document"),
    Column("date", "点検日", "inspected on"),
)
"""The keys that an inspection adds to a duty row."""

_CODES = {NS + term: code for code, term in TERMS["statuses"].items()}
_BEST_FIRST = ("met", "partly", "open", "unevidenced", "unsaid", "not-applicable")
_HIDDEN = ("path", "displaced_by")

Duty = dict[str, object]


def is_obligation(row: Mapping[str, object]) -> bool:
    """Say whether a duty row asks for something: no power, and no other norm in its place."""
    return row["derived_force"] != "may" and not row["displaced_by"]


def is_regarded(row: Mapping[str, object]) -> bool:
    """Say whether a duty row is to be taken into account, and so is not owed as such."""
    return row["derived_force"] == "regard"


def inspect(rows: Iterable[Duty], evidence: Iterable[Evidence]) -> None:
    """Put onto duty rows what the inspections say; a later one takes the place of an earlier."""
    newest: dict[tuple[str, str], Evidence] = {}
    for one in sorted(evidence, key=_weight):
        newest[one.body, one.norm] = one
    for row in rows:
        found = newest.get((str(row["body_iri"]), str(row["norm_iri"])))
        asked = is_obligation(row) or found is not None
        row["status"] = (status(found) if found else "unsaid") if asked else None
        row["owner"] = found.owner if found else None
        row["document"] = found.document if found else None
        row["date"] = found.day.isoformat() if found and found.day else None


def status(one: Evidence) -> str:
    """Return how an obligation stands by its evidence, one of :data:`STATUSES`."""
    code = _CODES.get(one.status or "", "unsaid")
    return "unevidenced" if code in ("met", "partly") and not one.document else code


def with_inspection(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of duty rows with those of an inspection, for which others make room."""
    kept = (
        column._replace(in_table=False) if column.key in _HIDDEN else column for column in columns
    )
    return (*kept, *COLUMNS)


def summary(rows: Iterable[Mapping[str, object]], lang: str) -> str:
    """Return how many obligations stand how, in one sentence."""
    told = standing(filter(is_obligation, rows), lang)
    if lang == "ja":
        return f"自己点検：{told}（権能と、ほかの規範が代わるものは数えない）。"
    return f"Self-inspection: {told} (powers and displaced norms are not counted)."


def standing(rows: Iterable[Mapping[str, object]], lang: str) -> str:
    """Return how many of some obligations stand how."""
    counted = Counter(str(row["status"]) for row in rows)
    if lang == "ja":
        return "、".join(f"{STATUSES[key]}{counted[key]}" for key in _BEST_FIRST)
    return ", ".join(f"{counted[key]} {key}" for key in _BEST_FIRST)


def _weight(one: Evidence) -> tuple[datetime.date, int]:
    """Return what puts the newest evidence last, and of one day the most urgent."""
    return one.day or datetime.date.min, -list(STATUSES).index(status(one))
