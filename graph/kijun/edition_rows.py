"""The comparison with another edition as rows: what became of a sentence, and what that touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kijun.editions import Comparison, Known, Match
from kijun.norms import Norm
from kijun.resting import Sentences
from kijun.sections import section_iri
from kijun.tables import Column
from kijun.text import Sentence, bare
from kijun.wording import Piece, marked

NO_EDITION = "not_an_edition"
"""The status of the row that says so, before the rows of the sentences found nevertheless."""

STATUSES = {
    "unchanged": "同じ",
    "renumbered": "番号のみ",
    "moved": "移動",
    "changed": "変更",
    "split": "分割",
    "merged": "併合",
    "gone": "削除",
    "new": "追加",
    "not_found": "不一致",
    "not_ours": "未知",
    NO_EDITION: "別の文書",
}
"""The statuses in Japanese; in English and in JSON they go by their own names."""

UNTOUCHED = frozenset({"unchanged", "renumbered"})
"""The statuses that leave the norms of a sentence as they are."""

EDITION_COLUMNS = (
    Column("status", "結果", "status", words=STATUSES),
    Column("section", "節", "section"),
    Column("sentence", "文", "sentence"),
    Column("theirs", "相手の文", "their sentences"),
    Column("detail", "説明", "detail", weight=2),
    Column("change", "変わった語句", "change", weight=4),
    Column("norms", "触れる規範", "norms touched", weight=2),
    Column("phrase_gone", "要の句が消えた規範", "norms without their phrase"),
    Column("definitions", "触れる定義", "definitions touched"),
    Column("kind", "種類", "kind", in_table=False),
    Column("statements", "規範の内容（我々の言葉）", "statements (our words)", in_table=False),
    Column("their_section", "相手の節", "their section", in_table=False),
    Column("their_sentence", "相手の文番号", "their sentence", in_table=False),
    Column("wording", "文言", "wording", in_table=False),
    Column("nature", "違いの性質", "nature of the difference", in_table=False),
    Column("likeness", "一致度", "likeness", in_table=False),
    Column("norms_iri", "規範IRI", "norm IRIs", in_table=False),
    Column("definitions_iri", "定義IRI", "definition IRIs", in_table=False),
    Column("kind_iri", "種類IRI", "kind IRI", in_table=False),
    Column("section_iri", "節IRI", "section IRI", in_table=False),
    Column("sentence_iri", "文IRI", "sentence IRI", in_table=False),
)
"""The keys of a row.

A row stands for one known sentence, or for one of theirs where the guideline has none (``section``
and ``sentence`` are null then).  ``theirs`` lists where its words stand in the other edition,
``their_section`` and ``their_sentence`` are the first of these places.  ``wording`` marks the
difference as ``[-gone-]{+new+}``.  ``phrase_gone`` are those of ``norms`` whose operative phrase
does not occur in the counterpart (by hash alone: nowhere in the file).  ``likeness`` is a whole
number of per cent.
"""

_NATURES = {
    "dates_filled": ("空欄だった日付が入っただけ", "only blank dates were filled in"),
    "dates": ("日付だけが違う", "only dates differ"),
    "forms": (
        "字の形（全角・半角、句読点）だけが違う",
        "only forms of characters differ (width, punctuation)",
    ),
    "wording": ("文言が変わった", "reworded"),
}


def citation(sentence: Known | Sentence) -> str:
    """Return the place of a sentence as one word, such as ``3(3)-4``."""
    return f"{sentence.section}-{sentence.ordinal}"


def shown(comparison: Comparison, *, unchanged: bool = True) -> list[Match]:
    """Return the matches that a reader is shown.

    Of what is no edition only sentences found in it are: that the rest is missing says nothing.
    """
    return [
        match
        for match in comparison.matches
        if (unchanged or match.status != "unchanged")
        and (comparison.is_edition is not False or (match.known and match.theirs))
    ]


def edition_rows(
    comparison: Comparison, known: Sentences, lang: str, *, unchanged: bool = True
) -> list[dict[str, object]]:
    """Return the rows of a comparison with the keys of :data:`EDITION_COLUMNS`.

    Without ``unchanged`` the sentences that are as they were are left out.
    """
    everything = bare("\n".join(s.text for m in comparison.matches for s in m.theirs))
    rows: list[dict[str, object]] = []
    if comparison.is_edition is False:
        rows.append({"status": NO_EDITION, "detail": verdict(comparison, lang)})
    for match in shown(comparison, unchanged=unchanged):
        shared = _shared(match, lang)
        if not match.known:
            rows.append({**shared, "detail": detail(match, None, lang)})
        rows += [
            {
                **shared,
                **_resting(match, ours, known, everything),
                "section": ours.section,
                "sentence": ours.ordinal,
                "detail": detail(match, ours, lang),
                "section_iri": section_iri(ours.section),
                "sentence_iri": ours.iri,
            }
            for ours in match.known
        ]
    return rows


def _shared(match: Match, lang: str) -> dict[str, object]:
    first = match.theirs[0] if match.theirs else None
    wording = marked(match.pieces, ("[-", "-]", "{+", "+}")) or None
    if match.status == "not_ours" and first:
        wording = bare(first.text)
    return {
        "status": match.status,
        "theirs": [citation(sentence) for sentence in match.theirs],
        "change": [] if match.status in ("gone", "not_ours") else changes(match.pieces, lang),
        "their_section": first.section if first else None,
        "their_sentence": first.ordinal if first else None,
        "wording": wording,
        "nature": match.nature,
        "likeness": None if match.likeness is None else round(100 * match.likeness),
    }


def _resting(match: Match, ours: Known, known: Sentences, everything: str) -> dict[str, object]:
    if match.status in UNTOUCHED:
        return {}
    norms = known.norms.get(ours.iri, [])
    definitions = known.definitions.get(ours.iri, [])
    kind = known.kinds.get(ours.iri)
    return {
        "norms": [norm.name for norm in norms],
        "statements": [norm.statement for norm in norms],
        "phrase_gone": [norm.name for norm in without_phrase(match, norms, everything)],
        "definitions": [definition.term for definition in definitions],
        "kind": known.named.get(kind) if kind else None,
        "norms_iri": [norm.iri for norm in norms],
        "definitions_iri": [definition.iri for definition in definitions],
        "kind_iri": kind,
    }


def without_phrase(match: Match, norms: Iterable[Norm], everything: str) -> list[Norm]:
    """Return the norms whose operative phrase is not in the counterpart of their sentence.

    ``everything`` is the whole other edition, bare: by hash alone there is no counterpart, so a
    phrase is then looked for everywhere.
    """
    theirs = bare("\n".join(sentence.text for sentence in match.theirs))
    where = everything if match.status == "not_found" else theirs
    return [norm for norm in norms if bare(norm.phrase) not in where]


def changes(pieces: Sequence[Piece], lang: str) -> list[str]:
    """Return the differing phrases of a comparison, each once.

    >>> changes([Piece("gone", "NISC"), Piece("new", "戦略本部"), Piece("same", "に")], "en")
    ['“NISC” → “戦略本部”']
    """
    opening, closing = "「」" if lang == "ja" else "“”"
    removed, added = ("削除", "追加") if lang == "ja" else ("removed ", "added ")
    told = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1].kind if place else "same"
        after = pieces[place + 1].kind if place + 1 < len(pieces) else "same"
        words = f"{opening}{piece.text}{closing}"
        if piece.kind == "gone" and after != "new":
            told.append(removed + words)
        elif piece.kind == "new" and before == "gone":
            told.append(f"{opening}{pieces[place - 1].text}{closing} → {words}")
        elif piece.kind == "new":
            told.append(added + words)
    return list(dict.fromkeys(told))


def detail(match: Match, ours: Known | None, lang: str) -> str:
    """Return in words what became of a sentence."""
    japanese = lang == "ja"
    others = "、".join(citation(known) for known in match.known if known is not ours)
    after = citation(match.after) if match.after else ""
    ja, en = {
        "unchanged": ("", ""),
        "renumbered": ("文は同じで番号だけが変わった", "the same words under another number"),
        "moved": ("文は同じで場所が変わった", "the same words in another place"),
        "changed": _NATURES.get(match.nature or "", ("", "")),
        "split": (f"{len(match.theirs)}文に分かれた", f"became {len(match.theirs)} sentences"),
        "merged": (f"{others}と一文になった", f"became one sentence with {others}"),
        "gone": ("当たる文がない", "no sentence answers to it"),
        "new": (
            f"{after}の後に加わった" if after else "先頭に加わった",
            f"added after {after}" if after else "added at the beginning",
        ),
        "not_found": (
            "同じ文がない（変更か削除かは不明）",
            "no equal sentence (changed or dropped: not known)",
        ),
        "not_ours": (
            "同じ文が指針にない（変更か追加かは不明）",
            "no equal sentence in the guideline (changed or added: not known)",
        ),
    }[match.status]
    more = [ja if japanese else en]
    if match.displaced and match.status != "moved":
        more.append("場所も変わった" if japanese else "its place changed too")
    if match.nature == "repeated":
        more.append("指針にある文の繰り返し" if japanese else "repeats a sentence of the guideline")
    return ("、" if japanese else "; ").join(part for part in more if part)


def verdict(comparison: Comparison, lang: str) -> str:
    """Return in a sentence how many sentences were found, and whether that makes an edition."""
    total = sum(len(match.known) for match in comparison.matches)
    found = round(comparison.share * total)
    share = round(100 * comparison.share)
    if lang == "ja":
        told = f"指針の{total}文のうち、相手に見いだせたのは{found}文（{share}%）。"
        return told + ("指針の版とは認められない。" if comparison.is_edition is False else "")
    told = f"Of the guideline's {total} sentences {found} were found in the file ({share} %)"
    return told + (
        "; it is no edition of the guideline." if comparison.is_edition is False else "."
    )


def notes(comparison: Comparison, name: str, lang: str) -> list[str]:
    """Return what a reader must know about a comparison: the file, the counts, the limits."""
    japanese = lang == "ja"
    told = [
        (f"照合した文書：{name}。" if japanese else f"Compared with: {name}. ")
        + verdict(comparison, lang)
    ]
    if comparison.is_edition is not False:
        counts = _in_words(comparison.counts(), lang)
        told.append(f"内訳：{counts}。" if japanese else f"Sentences: {counts}.")
    if comparison.renumbered:
        pairs = "、".join(f"{old}→{new}" for old, new in comparison.renumbered)
        told.append(f"節の番号の変更：{pairs}。" if japanese else f"Sections renumbered: {pairs}.")
    if comparison.by_hash and comparison.differs:
        told.append(
            "原文が取り込まれていないので、ハッシュだけで照合した。見つからない文が変更されたのか"
            "削除されたのかは分からない。`kijun source attach FILE` で取り込めば差分も示せる。"
            if japanese
            else "No copy of the guideline is attached, so sentences were compared by hash alone: "
            "whether one that is not found was changed or dropped is not known. Attach your copy "
            "with `kijun source attach FILE` to see the differences."
        )
    told.append(
        "照合したのは文だけで、題名、見出し、図の題、頁番号は照合していない。"
        if japanese
        else "Only sentences were compared, not titles, headings, captions and page numbers."
    )
    return told


def _in_words(counts: Mapping[str, int], lang: str) -> str:
    if lang == "ja":
        return "、".join(f"{STATUSES[s]}{counts[s]}" for s in STATUSES if s in counts)
    return ", ".join(f"{counts[s]} {s.replace('_', ' ')}" for s in STATUSES if s in counts)
