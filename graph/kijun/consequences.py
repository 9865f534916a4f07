"""What differs between two derivations of one government: duties, lines, routes and reach.

Each difference is a row with a ``change`` (appears, vanishes, changes) and the norm, section and
sentence that it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from itertools import pairwise

from kijun.duties import DUTY_COLUMNS, ROUTES, Duty
from kijun.norms import FORCES, LANES
from kijun.reach import NISC, Parties
from kijun.reporting import REPORT_COLUMNS
from kijun.standing import BODY, OFFICE
from kijun.tables import Column
from kijun.terms import ID
from kijun.worlds import World, business_names, citation, legs_in_words, place, told_first

Difference = dict[str, object]

KINDS = {"reach": "到達", "route": "経路", "line": "報告の線", "duty": "義務"}
"""What a row is about: whether a body reaches NISC, by whom it does, a line, a duty."""

CHANGES = {"appears": "現れる", "vanishes": "消える", "changes": "変わる"}
"""What becomes of it."""

_FIRST = (
    Column("change", "変化", "change", words=CHANGES),
    Column("kind", "種類", "kind", words=KINDS),
    Column("body", "機関", "body", weight=2),
    Column("norm", "規範", "norm"),
    Column("detail", "内容", "what", weight=6),
    Column("before", "前", "before", weight=2),
    Column("after", "後", "after", weight=2),
    Column("before_force", "前の強さ", "force before", in_table=False, words=FORCES),
    Column("after_force", "後の強さ", "force after", in_table=False, words=FORCES),
    Column("norms", "規範（すべて）", "all norms", in_table=False),
    Column("norms_iri", "規範IRI（すべて）", "all norm IRIs", in_table=False),
)
_REST = {
    column.key: column._replace(in_table=False)
    for column in (*DUTY_COLUMNS, *REPORT_COLUMNS)
    if column.key not in {first.key for first in _FIRST}
}
DIFFERENCE_COLUMNS = (*_FIRST, *_REST.values())
"""The keys of a difference: what it is, then those of a duty and of a line, null if not of one."""

_LAW = f"{ID}law/"


def differences(
    before: World, after: World, lang: str, *, gone: Collection[str] = ()
) -> list[Difference]:
    """Return the differences between two worlds: reach, routes, lines, duties, in no order.

    ``gone`` are parties taken out; that they reach nobody themselves is no difference.
    """
    return [
        *_reach(before, after, lang, set(gone)),
        *_routes(before, after, lang),
        *_lines(before, after, lang),
        *_duties(before, after, lang),
    ]


def _duties(before: World, after: World, lang: str) -> Iterator[Difference]:
    old, new = ({_duty_key(duty): duty for duty in reversed(w.duties)} for w in (before, after))
    for key in {**old, **new}:
        change, contrast = _contrast(old.get(key), new.get(key), _DUTY_FIELDS, lang)
        if change is not None:
            duty = new.get(key) or old[key]
            route = str(duty["route"])
            way = " → ".join(map(str, _listed(duty["path"])))
            named = ROUTES[route] if lang == "ja" else route
            detail = f"{named}：{way}" if lang == "ja" else f"{named}: {way}"
            yield {**duty, "change": change, "kind": "duty", "detail": detail, **contrast}


def _duty_key(duty: Duty) -> Hashable:
    """Return what makes it the same duty: also the parties on its path, not the classes."""
    parties = [iri for iri in _listed(duty["path_iri"]) if iri.startswith((BODY, OFFICE))]
    return duty["body_iri"], duty["norm_iri"], duty["route"], *parties


def _lines(before: World, after: World, lang: str) -> Iterator[Difference]:
    old, new = ({str(line["line_iri"]): line for line in w.lines} for w in (before, after))
    for iri in {**old, **new}:
        change, contrast = _contrast(old.get(iri), new.get(iri), _LINE_FIELDS, lang)
        if change is not None:
            line = new.get(iri) or old[iri]
            other = "別の読み方" if lang == "ja" else "another reading"
            said = [str(part) for part in (line["about"], other if line["reading"] else "") if part]
            colon, left, right, comma = "：（）；" if lang == "ja" else (": ", " (", ")", "; ")
            yield {
                **line,
                "change": change,
                "kind": "line",
                "body": line["from"],
                "body_iri": line["from_iri"],
                "detail": f"→ {line['to']}{colon}{line['act']}"
                + (f"{left}{comma.join(said)}{right}" if said else ""),
                **contrast,
            }


_Field = tuple[str, str, Callable[[Mapping[str, object], str], str]]


def _force(key: str) -> Callable[[Mapping[str, object], str], str]:
    return lambda row, lang: FORCES[str(row[key])] if lang == "ja" else str(row[key])


def _text(key: str) -> Callable[[Mapping[str, object], str], str]:
    def shown(row: Mapping[str, object], lang: str) -> str:
        value = row[key]
        listed = value if isinstance(value, list) else [value or ""]
        return ("、" if lang == "ja" else ", ").join(map(str, listed))

    return shown


def _articles(row: Mapping[str, object], lang: str) -> str:
    ends = zip(_listed(row["path"]), _listed(row["path_iri"]), strict=True)
    return ("、" if lang == "ja" else ", ").join(name for name, iri in ends if iri.startswith(_LAW))


def _lane(row: Mapping[str, object], lang: str) -> str:
    lane = str(row["lane"] or "")
    return LANES.get(lane, lane) if lang == "ja" else lane


_DUTY_FIELDS: tuple[_Field, ...] = (
    ("", "", _force("derived_force")),
    ("条文", "article", _articles),
    ("代わる規範", "displaced by", _text("displaced_by")),
    ("相手", "recipient", _text("recipient")),
)
_LINE_FIELDS: tuple[_Field, ...] = (
    ("", "", _force("force")),
    ("条件", "condition", _text("condition")),
    ("時期", "timing", _text("timing")),
    ("系統", "lane", _lane),
    ("話題", "about", _text("about")),
)


def _contrast(
    old: Mapping[str, object] | None,
    new: Mapping[str, object] | None,
    fields: tuple[_Field, ...],
    lang: str,
) -> tuple[str | None, Difference]:
    """Return what becomes of a duty or line (None: nothing), and how it reads before and after."""
    # The first field is the force, which alone says what there is where there is no other side.
    shown = [
        None if row is None else [show(row, lang) for *_, show in fields] for row in (old, new)
    ]
    first, second = shown
    force = "derived_force" if fields is _DUTY_FIELDS else "force"
    codes = [None if row is None else row[force] for row in (old, new)]
    contrast: Difference = {"before_force": codes[0], "after_force": codes[1]}
    if first is None or second is None:
        change = "appears" if first is None else "vanishes"
        contrast |= {"before": first and first[0], "after": second and second[0]}
        return change, contrast
    differing = [
        nth for nth, pair in enumerate(zip(first, second, strict=True)) if len(set(pair)) > 1
    ]
    for key, texts in (("before", first), ("after", second)):
        parts = []
        for nth in differing:
            name = fields[nth][lang != "ja"]
            nothing = "なし" if lang == "ja" else "none"
            colon = ("：" if lang == "ja" else ": ") if name else ""
            parts.append(f"{name}{colon}{texts[nth] or nothing}")
        contrast[key] = ("；" if lang == "ja" else "; ").join(parts)
    return ("changes" if differing else None), contrast


def _routes(before: World, after: World, lang: str) -> Iterator[Difference]:
    named = {**before.named, **after.named}
    for parties in {**before.routes, **after.routes}:
        old, new = (w.routes.get(parties) for w in (before, after))
        if old == new:
            continue
        where = after if new is not None else before
        path = [named[party] for party in parties]
        yield {
            **_first_leg(where, parties),
            "change": "appears" if old is None else "vanishes" if new is None else "changes",
            "kind": "route",
            "body": path[0],
            "body_iri": parties[0],
            "from": path[0],
            "from_iri": parties[0],
            "to": path[-1],
            "to_iri": parties[-1],
            "path": path,
            "path_iri": list(parties),
            "detail": " → ".join(path),
            "before": legs_in_words(before, parties, lang),
            "after": legs_in_words(after, parties, lang),
        }


def _first_leg(world: World, parties: Parties) -> Difference:
    """Return the citation of a route: the norm of its first leg, and all norms on it."""
    legs = [
        sorted((world.network.edges[(*ends, key)] for key in keys), key=place)
        for ends, keys in zip(pairwise(parties), world.routes[parties], strict=True)
    ]
    return citation([line for leg in legs for line in leg])


def _reach(before: World, after: World, lang: str, gone: set[str]) -> Iterator[Difference]:
    named = {**before.named, **after.named}
    nisc = named.get(NISC, "NISC")
    for body in {**before.ways, **after.ways}:
        old, new = (w.ways.get(body) for w in (before, after))
        if old == new or body in gone:
            continue
        if new is None:
            change = "vanishes"
            detail = f"{nisc}へ届く経路がなくなる" if lang == "ja" else f"cut off from {nisc}"
        elif old is None:
            change = "appears"
            detail = f"{nisc}へ届く経路ができる" if lang == "ja" else f"reaches {nisc}"
        else:
            change, detail = "changes", _ways_in_words(before, after, body, lang)
        where = after if old is None else before
        own = [
            line
            for route in where.routes
            if route[0] == body
            for line in where.network[body][route[1]].values()
        ]
        yield {
            **citation(sorted(own, key=place)),
            "change": change,
            "kind": "reach",
            "body": named[body],
            "body_iri": body,
            "to": nisc,
            "to_iri": NISC,
            "detail": detail,
            "before": told_first(before, body, lang),
            "after": told_first(after, body, lang),
        }


def _ways_in_words(before: World, after: World, body: str, lang: str) -> str:
    """Return which business lines and lanes a body loses or gains on its way to NISC."""
    parts = []
    for one, other, verb in (
        (before, after, ("切れる", "lost")),
        (after, before, ("できる", "gained")),
    ):
        lanes = one.ways[body].lanes - other.ways[body].lanes
        shares = one.ways[body].businesses - other.ways[body].businesses
        ministries = business_names(one, body, lang)
        lane_names = sorted(LANES[lane] if lang == "ja" else lane for lane in lanes)
        for kind, plural, names in (
            ("業務の線", "business lines", sorted(ministries[share] for share in shares)),
            ("系統", "lanes", lane_names),
        ):
            if names and lang == "ja":
                parts.append(f"{verb[0]}{kind}：{'、'.join(names)}")
            elif names:
                parts.append(f"{plural} {verb[1]}: {', '.join(names)}")
    return ("。" if lang == "ja" else "; ").join(parts)


def _listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value
