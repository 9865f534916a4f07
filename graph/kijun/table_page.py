"""A table as HTML for notebooks: classic, JupyterLab and VS Code.

It stands alone: no network, no library. A few lines of script make the columns sortable and add
a filter box; where scripts do not run, what is left is a plain table with a citation on each row.
Everything that comes from the answer is escaped, and nothing of it is inside the script.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from kijun.formats import Answer, flat
from kijun.lines import visible
from kijun.tables import Column
from kijun.terms import ID, NS, curie

MOST = 500
"""How many rows are shown; a notebook with ten thousand is slow to open."""

_WIDE = 4

_STYLE = """
.kijun-table { max-width: 100%; overflow-x: auto; line-break: strict; word-break: auto-phrase; }
.kijun-table p { margin: .2em 0; font-size: .9em; }
.kijun-table table { border-collapse: collapse; font-size: .9em; line-height: 1.5; margin: .4em 0; }
.kijun-table th, .kijun-table td { border: 1px solid rgba(128, 128, 128, .4); padding: .25em .5em;
  text-align: left !important; vertical-align: top; white-space: normal; min-width: 3.5em; }
.kijun-table th { white-space: nowrap; background: rgba(128, 128, 128, .14); }
.kijun-table .wide { min-width: 18em; }
.kijun-table .cite, .kijun-table .code { white-space: nowrap; }
.kijun-table [title].cite { text-decoration: underline dotted; text-underline-offset: .2em; }
.kijun-table details div { white-space: normal; min-width: 22em; max-width: 34em; }
.kijun-table summary { cursor: pointer; }
.kijun-table th[tabindex] { cursor: pointer; }
.kijun-table th[aria-sort="ascending"]::after { content: " ▲"; }
.kijun-table th[aria-sort="descending"]::after { content: " ▼"; }
.kijun-table input { font: inherit; padding: .15em .4em; min-width: 16em; }
"""

# Every output's script starts all tables that have not been started: notebooks do not tell a
# script where it stands, and the same table may be shown twice.
_SCRIPT = """
document.querySelectorAll(".kijun-table:not([data-ready])").forEach(function (whole) {
  whole.dataset.ready = "1";
  var table = whole.querySelector("table"), body = table && table.tBodies[0];
  if (!body) return;
  var rows = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
  var line = document.createElement("p"), box = document.createElement("input");
  var count = document.createElement("span");
  box.type = "search";
  box.placeholder = whole.dataset.filter;
  box.setAttribute("aria-label", whole.dataset.filter);
  box.dataset.lmSuppressShortcuts = "true";
  count.setAttribute("aria-live", "polite");
  line.append(box, " ", count);
  table.before(line);
  if (window.Jupyter && Jupyter.keyboard_manager) Jupyter.keyboard_manager.register_events(box);
  function plain(text) { return text.normalize("NFKC").toLowerCase(); }
  var texts = rows.map(function (row) { return plain(row.textContent); });
  function filter() {
    var words = plain(box.value).split(/\\s+/).filter(Boolean), left = 0;
    rows.forEach(function (row, place) {
      row.hidden = !words.every(function (word) { return texts[place].includes(word); });
      left += !row.hidden;
    });
    count.textContent = left + " / " + rows.length;
  }
  function sort(place) {
    var order = { ascending: "descending", descending: "none" }[
      heads[place].getAttribute("aria-sort")] || "ascending";
    heads.forEach(function (head) { head.setAttribute("aria-sort", "none"); });
    heads[place].setAttribute("aria-sort", order);
    var sign = order === "descending" ? -1 : 1;
    function text(row) { return row.cells[place].dataset.value || row.cells[place].textContent; }
    var sorted = order === "none" ? rows : rows.slice().sort(function (a, b) {
      return sign * text(a).localeCompare(text(b), whole.lang, { numeric: true });
    });
    body.append.apply(body, sorted);
  }
  heads.forEach(function (head, place) {
    head.tabIndex = 0;
    head.setAttribute("aria-sort", "none");
    head.addEventListener("click", function () { sort(place); });
    head.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(place); }
    });
  });
  box.addEventListener("input", filter);
  filter();
});
"""


def html_of(table: Answer, lang: str, empty: str) -> str:
    """Return a table as HTML that can stand in any page, the same for the same table.

    ``empty`` is what stands there when it has no rows.

    Each row that rests on a sentence begins with its citation; where the reader's copy is
    attached and asked for (``verbatim``), the sentence opens there, and shows on hover.
    """
    japanese = lang == "ja"
    columns, rows = flat(table)
    cited = any(row.get("sentence") is not None for row in rows)
    hidden = {"text", *(("section", "sentence") if cited else ())}
    shown = [
        column
        for column in columns
        if column.in_table
        and column.key not in hidden
        and any(column.text(row.get(column.key), lang) for row in rows)
    ]
    lines = [f"<p>{_text(note)}</p>" for note in table.notes]
    if not rows:
        lines.append(f"<p>{_text(empty)}</p>")
    if len(rows) > MOST:
        lines.append(
            f"<p>{len(rows)}行のうち先頭の{MOST}行を示す。並べ替えと絞り込みもこの範囲で働く。</p>"
            if japanese
            else f"<p>The first {MOST} of {len(rows)} rows; sort and filter work on these.</p>"
        )
    if rows:
        lines += _grid(shown, rows[:MOST], lang, cited=cited)
    wanted = "絞り込み（語を空白で区切る）" if japanese else "filter: words that a row has"
    return "\n".join(
        [
            # The last two classes keep MathJax away from a $ in a text.
            '<div class="kijun-table tex2jax_ignore mathjax_ignore"'
            f' lang="{_text(lang)}" data-filter="{wanted}">',
            f"<style>{_STYLE}</style>",
            *lines,
            f"<script>{_SCRIPT}</script>" if rows else "",
            "</div>",
        ]
    )


def _grid(
    columns: Sequence[Column], rows: Sequence[Mapping[str, object]], lang: str, *, cited: bool
) -> list[str]:
    heads = [
        f'<th scope="col" title="{_text(column.key)}"{_class(column)}>{_text(column.label(lang))}'
        "</th>"
        for column in columns
    ]
    if cited:
        heads.insert(0, f'<th scope="col">{"根拠" if lang == "ja" else "citation"}</th>')
    lines = ["<table>", "<thead>", "<tr>", *heads, "</tr>", "</thead>", "<tbody>"]
    for row in rows:
        cells = [_citation(row, lang)] if cited else []
        cells += [_cell(column, row.get(column.key), lang) for column in columns]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return [*lines, "</tbody>", "</table>"]


def _citation(row: Mapping[str, object], lang: str) -> str:
    section, sentence = row.get("section"), row.get("sentence")
    if sentence is None:
        return "<td></td>"
    words = f"{section} 第{sentence}文" if lang == "ja" else f"{section}, sentence {sentence}"
    text, phrase = row.get("text"), row.get("phrase")
    # Sorted by what is printed, not by the sentence that may stand behind it.
    place = f'<td class="cite" data-value="{_text(words)}"'
    if text:
        said = _text(text)
        return (
            f'{place} title="{said}"><details><summary>{_text(words)}</summary>'
            f"<div>{said}</div></details></td>"
        )
    hover = f' title="{_text(phrase)}"' if phrase else ""
    return f"{place}{hover}>{_text(words)}</td>"


def _cell(column: Column, value: object, lang: str) -> str:
    words = column.text(value, lang)
    if isinstance(value, str) and value.startswith((ID, NS)):
        return f'<td title="{_text(value)}">{_text(curie(value))}</td>'
    return f"<td{_class(column)}>{_text(words)}</td>"


def _class(column: Column) -> str:
    if column.weight >= _WIDE:
        return ' class="wide"'
    return ' class="code"' if column.words else ""


def _text(words: object) -> str:
    return html.escape(visible(str(words)))
