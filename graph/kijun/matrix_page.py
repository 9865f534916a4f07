"""The matrix of each platform, and its holes with their citations, as one page of HTML.

The page stands alone: no script, no network, no font but the reader's own. Everything in it is
escaped, and controls in a user's words are shown by name.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kijun.boundary import KINDS
from kijun.lines import visible
from kijun.matrix import Grid, cell_words, grids, legend

_STYLE = """
:root { --ink: #1c1c1c; --soft: #5a5f66; --line: #9aa1ab; --tint: #eef1f5;
  --hole: #f8cbad; --covered: #e2f0d9; --excluded: #d9d9d9; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 80rem; color: var(--ink);
  background: #fff; line-height: 1.7; line-break: strict; overflow-wrap: anywhere;
  font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo,
    sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; border-bottom: 2px solid var(--ink); }
.notes { color: var(--soft); font-size: .9rem; }
.notes p { margin: .25rem 0; }
.notes p.marking { color: #9c0006; font-weight: 700; font-size: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.5; }
th, td { border: 1px solid var(--line); padding: .35rem .55rem; text-align: left;
  vertical-align: top; min-width: 6.5em; }
th { background: var(--tint); }
td.hole { background: var(--hole); font-weight: 700; }
td.covered { background: var(--covered); }
td.excluded { background: var(--excluded); }
ol { padding-left: 1.6rem; font-size: .92rem; }
li { margin: .35rem 0; }
.cited { color: var(--soft); }
@media print {
  body { padding: 0; max-width: none; font-size: 9pt; }
  tr, li { break-inside: avoid; }
  td, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { size: A4 landscape; margin: 14mm; }
"""


def matrix_page(
    title: str,
    notes: Sequence[str],
    cells: Sequence[Mapping[str, object]],
    holes: Sequence[Mapping[str, object]],
    lang: str,
) -> str:
    """Return the page: notes first, then a grid for each platform, then every hole in words."""
    # How the profiles are to be handled is always said first.
    kinds = (' class="marking"', *[""] * len(notes))
    said = "".join(f"<p{kind}>{_text(note)}</p>" for note, kind in zip(notes, kinds, strict=False))
    body = "".join(_section(grid, lang) for grid in grids(cells))
    listed = "".join(_holes(holes, lang))
    heading = "穴の一覧" if lang == "ja" else "The holes"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{_text(title)}</h1>\n<div class="notes">{said}<p>{_text(legend(lang))}</p></div>\n'
        f"{body}<h2>{heading}</h2>\n<ol>\n{listed}</ol>\n</body>\n</html>\n"
    )


def _section(grid: Grid, lang: str) -> str:
    first = "事項" if lang == "ja" else "concern"
    head = "".join(f'<th scope="col">{_text(one)}</th>' for one in (first, *grid.parties))
    rows = "".join(
        f'<tr><th scope="row">{_text(concern)}</th>'
        + "".join(_cell(cell, lang) for cell in cells)
        + "</tr>\n"
        for concern, cells in grid.concerns
    )
    return (
        f'<h2>{_text(grid.platform)}</h2>\n<div class="wide"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _cell(cell: Mapping[str, object], lang: str) -> str:
    details = cell["details"]
    assert isinstance(details, list)
    title = f' title="{_text(" ".join(details))}"' if details else ""
    return f'<td class="{cell["status"]}"{title}>{_text(cell_words(cell, lang))}</td>'


def _holes(holes: Iterable[Mapping[str, object]], lang: str) -> Iterator[str]:
    for hole in holes:
        kind = str(hole["kind"])
        name = KINDS[kind] if lang == "ja" else kind.replace("_", " ")
        where = hole["platform"] or hole["system"]
        places = hole["places"]
        assert isinstance(places, list)
        apart = "、" if lang == "ja" else "; "
        cited = (
            f"規範{hole['norm']}、{hole['section']}第{hole['sentence']}文"
            if lang == "ja"
            else f"norm {hole['norm']}, {hole['section']}, sentence {hole['sentence']}"
        )
        reading = hole["interpretation"]
        yield (
            f"<li><b>{_text(name)}</b> {_text(where)}{'：' if lang == 'ja' else ': '}"
            f'{_text(hole["detail"])}<br><span class="cited">{_text(cited)}'
            f"{'。' if lang == 'ja' else '. '}{_text(reading or '')} "
            f"{_text(apart.join(places))}</span></li>\n"
        )


def _text(words: object) -> str:
    return html.escape(visible(str(words)).replace("\n", " "))
