"""The comparison with another edition as one page of HTML, in Japanese, for screen and print.

The page stands alone: no script, no network, no font but the reader's own. Everything in it is
escaped, and controls in the other edition's words are shown by name.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from kijun.edition_rows import (
    STATUSES,
    UNTOUCHED,
    citation,
    detail,
    notes,
    shown,
    without_phrase,
)
from kijun.editions import Comparison, Match
from kijun.lines import visible
from kijun.norms import FORCES, Norm
from kijun.resting import Sentences
from kijun.text import bare
from kijun.wording import Piece

_STYLE = """
:root { --ink: #1c1c1c; --soft: #5a5f66; --line: #c9ced6; --paper: #fff; --tint: #f4f6f8;
  --gone: #8c1d18; --gone-bg: #fdeceb; --new: #0b5a2b; --new-bg: #e6f5ea; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 62rem; color: var(--ink);
  background: var(--paper); line-height: 1.75; line-break: strict; overflow-wrap: anywhere;
  font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo,
    sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem;
  border-bottom: 2px solid var(--ink); }
p { margin: .25rem 0; }
.notes { color: var(--soft); font-size: .9rem; }
.verdict { border: 2px solid var(--gone); padding: .5rem 1rem; font-weight: 700; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.55; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left;
  vertical-align: top; }
th { background: var(--tint); font-weight: 700; white-space: nowrap; }
table.counts { width: auto; }
.counts td { text-align: right; }
.short { white-space: nowrap; }
article { border: 1px solid var(--line); border-left-width: .35rem; margin: 1rem 0;
  padding: .6rem 1rem .8rem; break-inside: avoid; }
article h3 { font-size: 1rem; margin: 0; }
article .said { color: var(--soft); font-size: .9rem; }
article.gone, article.not_found { border-left-color: var(--gone); }
article.new, article.not_ours { border-left-color: var(--new); }
article.changed, article.split, article.merged { border-left-color: #a86400; }
article.moved { border-left-color: #2b5797; }
.tag { display: inline-block; min-width: 3.2em; padding: 0 .5em; margin-right: .6em;
  border: 1px solid currentColor; border-radius: .2em; font-size: .85rem; text-align: center; }
blockquote { margin: .5rem 0; padding: 0; }
ins { color: var(--new); background: var(--new-bg); text-decoration: underline;
  text-underline-offset: .2em; }
del { color: var(--gone); background: var(--gone-bg); text-decoration: line-through; }
ul { margin: .25rem 0 0; padding-left: 1.3rem; font-size: .9rem; }
.lost { color: var(--gone); font-weight: 700; }
@media print {
  body { padding: 0; max-width: none; font-size: 10pt; }
  h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  ins, del, th, article { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { size: A4; margin: 18mm 16mm; }
"""


def page(comparison: Comparison, known: Sentences, name: str) -> str:
    """Return the report of a comparison with the file of that name as a whole HTML page.

    ``known`` must be in Japanese (:func:`kijun.resting.sentences` with ``"ja"``).
    """
    title = f"他の版との照合：{name}"
    matches = shown(comparison)
    differing = [match for match in matches if match.status not in UNTOUCHED]
    body = [
        f"<h1>{_text('他の版との照合')}</h1>",
        *_head(comparison, name),
        *_touched(comparison, differing, known),
        *_differences(differing, known),
        *_numbers(matches),
        *_unchanged(matches),
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="ja">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta http-equiv="Content-Security-Policy"'
            " content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _text(words: object) -> str:
    return html.escape(visible(str(words)))


def _head(comparison: Comparison, name: str) -> list[str]:
    told = notes(comparison, name, "ja")
    kind = "verdict" if comparison.is_edition is False else ""
    lines = [f'<p class="{kind}">{_text(told[0])}</p>' if kind else f"<p>{_text(told[0])}</p>"]
    counts = comparison.counts()
    if not kind:
        there = [status for status in STATUSES if status in counts]
        heads = "".join(f"<th>{_text(STATUSES[status])}</th>" for status in there)
        cells = "".join(f"<td>{counts[status]}</td>" for status in there)
        lines.append(
            '<table class="counts"><caption>文の数</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
        )
    rest = [note for note in told[1:] if not note.startswith("内訳")]
    lines += [f'<p class="notes">{_text(note)}</p>' for note in rest]
    if any(match.pieces for match in comparison.matches):
        lines.append(
            '<p class="notes">凡例：<del>指針にあって相手にない語句</del>　'
            "<ins>相手に加わった語句</ins>。空白は除いて比べた。</p>"
        )
    if not comparison.differs:
        lines.append("<p><strong>すべての文が同じ場所に同じ文言である。</strong></p>")
    return lines


def _touched(comparison: Comparison, differing: Iterable[Match], known: Sentences) -> list[str]:
    everything = bare("\n".join(s.text for m in comparison.matches for s in m.theirs))
    rows = []
    for match in differing:
        for ours in match.known:
            norms = known.norms.get(ours.iri, [])
            lost = without_phrase(match, norms, everything)
            rows += [_norm_row(norm, match, known, lost=norm in lost) for norm in norms]
    if not rows:
        return []
    where = "不一致の文については、相手の文書全体から探した。" if comparison.by_hash else ""
    return [
        "<h2>触れる規範</h2>",
        '<p class="notes">「要の句」は規範の強さを担う短い句。なくなった規範は読み直しが要る。'
        f"{where}</p>",
        "<table><thead><tr><th>規範</th><th>結果</th><th>相手の文</th><th>主体</th><th>強さ</th>"
        "<th>内容（我々の言葉）</th><th>要の句</th></tr></thead><tbody>",
        *rows,
        "</tbody></table>",
    ]


def _norm_row(norm: Norm, match: Match, known: Sentences, *, lost: bool) -> str:
    place = "、".join(citation(sentence) for sentence in match.theirs) or "―"
    phrase = '<span class="lost">なし</span>' if lost else "あり"
    return (
        f'<tr><td class="short">{_text(norm.name)}</td>'
        f'<td class="short">{_text(STATUSES[match.status])}</td>'
        f'<td class="short">{_text(place)}</td>'
        f"<td>{_text(known.named.get(norm.bearer, ''))}</td>"
        f'<td class="short">{_text(FORCES.get(norm.force, norm.force))}</td>'
        f"<td>{_text(norm.statement)}</td>"
        f'<td class="short">{phrase}</td></tr>'
    )


def _differences(differing: Sequence[Match], known: Sentences) -> list[str]:
    if not differing:
        return []
    lines = ["<h2>文ごとの違い</h2>"]
    for match in differing:
        first = match.known[0] if match.known else None
        ours = "、".join(citation(sentence) for sentence in match.known)
        theirs = "、".join(citation(sentence) for sentence in match.theirs)
        where = " → ".join(part for part in (ours, f"相手の {theirs}" if theirs else "") if part)
        lines += [
            f'<article class="{match.status}">',
            f'<h3><span class="tag">{_text(STATUSES[match.status])}</span>{_text(where)}</h3>',
            f'<p class="said">{_text(detail(match, first, "ja"))}</p>',
            *_wording(match),
            *_resting(match, known),
            "</article>",
        ]
    return lines


def _wording(match: Match) -> list[str]:
    if match.status in ("moved", "not_ours"):
        return [f"<blockquote>{_text(sentence.text)}</blockquote>" for sentence in match.theirs]
    if not match.pieces:
        return []
    return [f"<blockquote>{''.join(map(_piece, match.pieces))}</blockquote>"]


def _piece(piece: Piece) -> str:
    tag = {"same": "", "gone": "del", "new": "ins"}[piece.kind]
    words = _text(piece.text)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _resting(match: Match, known: Sentences) -> list[str]:
    told = []
    for ours in match.known:
        norms = "、".join(norm.name for norm in known.norms.get(ours.iri, []))
        terms = "".join(f"「{term}」" for _, term in known.definitions.get(ours.iri, []))
        kind = known.named.get(known.kinds.get(ours.iri, ""), "")
        told += [
            f"<li>{_text(label)}：{_text(words)}</li>"
            for label, words in (("規範", norms), ("定義", terms), ("文の種類", kind))
            if words
        ]
    return ["<ul>", *told, "</ul>"] if told else []


def _numbers(matches: Iterable[Match]) -> list[str]:
    pairs = [
        f"{citation(match.known[0])} → {citation(match.theirs[0])}"
        for match in matches
        if match.status == "renumbered"
    ]
    if not pairs:
        return []
    return [
        "<h2>番号だけが変わった文</h2>",
        '<p class="notes">文言と順序は同じ。引用するときは相手の番号を使う。</p>',
        f"<p>{_text('、'.join(pairs))}</p>",
    ]


def _unchanged(matches: Iterable[Match]) -> list[str]:
    same = [citation(match.known[0]) for match in matches if match.status == "unchanged"]
    if not same:
        return []
    return ["<h2>同じ文</h2>", f"<p>{_text('、'.join(same))}</p>"]
