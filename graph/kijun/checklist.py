"""The self-inspection of one body as a workbook: each obligation with its sentence, to fill in.

It is a profile with one table, so what is written into it loads as evidence. The columns beside
those of the table, headed with ※, are for people and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kijun.duties import ROUTES
from kijun.inspection import STATUSES, is_obligation
from kijun.norms import FORCES
from kijun.profile import Place, Profile, Row
from kijun.profile_schema import BY_KEY
from kijun.profile_sheets import Field
from kijun.profile_template import Lists, book_bytes, fields_of
from kijun.register_names import RegisterNames
from kijun.terms import NS

Duty = Mapping[str, object]

HANDLING = ("取扱注意（仮。機関の基準に従って書き直す）", "To be set by your own rules")
"""What a new form says of its handling, until its author does."""

DUES = {
    "yearly": ("毎年度", "every fiscal year"),
    "regularly": ("定期的", "regularly"),
    "always": ("平時", "in ordinary times"),
    "event": ("事が起きたとき", "on an event"),
    "needed": ("必要に応じて", "as needed"),
    "unset": ("定めなし", "not set"),
}
"""When something is due, by the timing and the trigger of its norm; the first that fits."""

_BY_TIMING = {
    "everyFiscalYear": "yearly",
    "regularly": "regularly",
    "ordinaryTimes": "always",
    "constantly": "always",
}
_BEFORE = (
    "前の点検の記載。今回の証拠とはならない。",
    "What the inspection before said; it is no evidence for this one.",
)
_HOW = (
    (
        "この機関が負う規範を、指針の順に一行に一つ並べた。白い欄に点検の結果を書く。",
        "One row for each norm that the body bears, in the guideline's order; "
        "write what you found into the white cells.",
    ),
    (
        "状況は一覧から選ぶ。「達成」と「一部達成」には、それを示す文書を書く。"
        "文書のないものは証拠なしと扱われる。",
        "Choose a status from the list. Name the document that shows what is met or partly met; "
        "without one it counts as unevidenced.",
    ),
    (
        "「考慮」は、負う規範を通じて参照されるもので、それ自体として義務付けられたものではない。",
        "Where the force is 'regard', the norm is to be taken into account, not owed as such.",
    ),
    (
        "見出しが※で始まる列は説明であり、読まれない。担当には部署や役職を書き、個人名は書かない。",
        "Columns headed with ※ explain and are not read. "
        "As owner write a unit or a post, no person's name.",
    ),
    (
        "書き終えたら kijun duties 機関 --profile このファイル で結果を、"
        "kijun report で報告書を出せる。",
        "Then kijun duties BODY --profile FILE shows the result, and kijun report prints it.",
    ),
)


def obligations(duties: Iterable[Duty]) -> list[Duty]:
    """Return one row a norm, of what is owed or to be regarded: no powers, nothing displaced."""
    found: dict[object, Duty] = {}
    for row in duties:
        if is_obligation(row):
            found.setdefault(row["norm"], row)
    return list(found.values())


def due(row: Mapping[str, object]) -> str:
    """Return when a norm is due, as a key of :data:`DUES`.

    >>> due({"timing_iri": [f"{NS}promptly"], "trigger": "インシデントの認知"})
    'event'
    """
    timings = [str(iri).removeprefix(NS) for iri in _several(row.get("timing_iri"))]
    for timing in timings:
        if timing in _BY_TIMING:
            return _BY_TIMING[timing]
    if row.get("trigger"):
        return "event"
    return "needed" if "asNeeded" in timings else "unset"


def due_words(row: Mapping[str, object], lang: str) -> str:
    """Return when a norm is due in words, with what brings it about and how fast."""
    at = int(lang != "ja")
    key = due(row)
    more = [str(row[name]) for name in ("trigger",) if row.get(name)]
    # What the word for the time says already is not said twice.
    if row.get("timing") and key == "event":
        more.append(str(row["timing"]))
    opening, closing = (("（", "）"), (" (", ")"))[at]
    return DUES[key][at] + (f"{opening}{('、', '; ')[at].join(more)}{closing}" if more else "")


def checklist_bytes(
    body: str,
    duties: Sequence[Duty],
    names: RegisterNames,
    lang: str = "ja",
    notes: Sequence[str] = (),
    *,
    marking: str | None = None,
) -> bytes:
    """Return the workbook for a body; ``notes`` are what an answer about it must say.

    Where the duties hold an inspection (with an open profile), it is shown beside each norm as the
    one before: who was in charge is carried over, what was found has to be found again.
    ``marking`` is that of the profile.
    """
    at = int(lang != "ja")
    rows = obligations(duties)
    place = Place("")
    head = f"{body}の自己点検" if lang == "ja" else f"Self-inspection of {body}"
    about = {"title": head, "author": body, "marking": marking or HANDLING[at]}
    evidence = [Row(_begun(body, row), place) for row in rows]
    profile = Profile("", {"about": (Row(about, place),), "evidence": tuple(evidence)})
    lists = Lists(profile, names, lang)
    sheets = [(BY_KEY[key], fields_of(BY_KEY[key], profile, lists, lang)) for key in _TABLES]
    columns = sheets[1][1]
    columns[0] = columns[0]._replace(width=14, widest=18)
    # First what is inspected, then what is found.
    columns[2:2] = [*_shown(rows, lang), *_before(rows, lang)]
    how = [*(text[at] for text in _HOW), *notes, *_left_out(duties, lang)]
    return book_bytes(profile, sheets, lists, how, lang)


def _begun(body: str, row: Duty) -> dict[str, str]:
    cells = {"body": body, "norm": str(row["norm"])}
    return cells | ({"owner": str(row["owner"])} if row.get("owner") else {})


def _before(rows: Sequence[Duty], lang: str) -> list[Field]:
    """Return the columns on the inspection before, where there was one."""
    if not any(row.get("status", "unsaid") != "unsaid" for row in rows):
        return []
    at = int(lang != "ja")
    told = [
        (STATUSES.get(str(row["status"]), "") if lang == "ja" else str(row["status"] or ""))
        for row in rows
    ]
    return [
        _explaining(("前回の状況", "status before")[at], told, 13, _BEFORE[at]),
        *(
            _explaining(head[at], [str(row[key] or "") for row in rows], width, _BEFORE[at])
            for key, head, width in (
                ("document", ("前回の文書", "document before"), 24),
                ("date", ("前回の点検日", "inspected before"), 14),
            )
        ),
    ]


def _left_out(duties: Sequence[Duty], lang: str) -> list[str]:
    powers = sum(row["derived_force"] == "may" for row in duties)
    displaced = sum(bool(row["displaced_by"]) for row in duties)
    said = []
    if powers:
        said.append(
            (f"権能（できること）{powers}件は並べていない。", f"{powers} powers are left out.")
        )
    if displaced:
        said.append(
            (
                f"自らの節の規範が代わる{displaced}件は並べていない。",
                f"{displaced} norms that its own section displaces are left out.",
            )
        )
    return [pair[int(lang != "ja")] for pair in said]


_TABLES = ("about", "evidence")


def _shown(rows: Sequence[Duty], lang: str) -> list[Field]:
    at = int(lang != "ja")

    def words(known: Mapping[str, str], key: str) -> list[str]:
        return [known[str(row[key])] if lang == "ja" else str(row[key]) for row in rows]

    cited = [
        f"{row['section']} {('第{}文', 'sentence {}')[at].format(row['sentence'])}" for row in rows
    ]
    told = (
        (
            ("出典", "source"),
            cited,
            18,
            ("指針の節と文。", "Section and sentence of the guideline."),
        ),
        (
            ("趣旨", "statement"),
            [str(row["statement"]) for row in rows],
            50,
            ("規範の趣旨（原文ではない）。", "What the norm says, in other words than the text's."),
        ),
        (
            ("強さ", "force"),
            words(FORCES, "derived_force"),
            10,
            ("この機関に及ぶ強さ。", "The force with which it reaches the body."),
        ),
        (
            ("経路", "route"),
            words(ROUTES, "route"),
            11,
            ("どの経路で及ぶか。", "The route by which it reaches the body."),
        ),
        (
            ("時期", "due"),
            [due_words(row, lang) for row in rows],
            24,
            ("いつ行うものか（指針の文言による）。", "When it is due, by the guideline's words."),
        ),
    )
    return [_explaining(head[at], texts, width, note[at]) for head, texts, width, note in told]


def _explaining(head: str, texts: Sequence[str], width: float, note: str) -> Field:
    return Field(f"※{head}", note, texts, shown=True, width=width, widest=width)


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value] if value else []
