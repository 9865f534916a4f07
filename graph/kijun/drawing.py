"""A picture as one HTML file that works without a network: pyvis, wrapped.

pyvis draws; what it puts around its drawing is not taken over: none of its modes is offline, its
headings are not escaped, and its hover text becomes HTML as soon as it holds "href". So only its
inline styles and scripts are kept, and the page, its legend, search, filter and hover are ours.
The page's own policy forbids every request, whatever may be in it.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from kijun.boxes import FONT, Box
from kijun.content import PACKAGE
from kijun.errors import MissingExtra
from kijun.legend import INK, LINKS, MARKS, MarkLook, look
from kijun.lines import visible
from kijun.picture import Link, Mark, Picture
from kijun.placement import Placement, extent, place
from kijun.saying import worded
from kijun.table_page import html_of

LEGIBLE, READABLE = 0.5, 0.75
"""Below the first scale a whole picture would be too small to read, and opens at the second."""

FRAME_HEIGHT = 760
"""The height of a picture in a notebook, in pixels."""

_FONT_FACE = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"
_RADII = {"box": 2, "round": 8, "stadium": 40}
_FAINT = "#9a9a9a"
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    # What all nodes and edges share is said once.
    "nodes": {
        "font": {"size": FONT, "face": _FONT_FACE, "color": INK},
        # Plain 0 would be taken for no margin given.
        "margin": dict.fromkeys(("top", "right", "bottom", "left"), 0),
    },
    "edges": {
        "smooth": {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal",
            "roundness": 0.45,
        },
        "selectionWidth": 1.5,
        "hoverWidth": 1,
    },
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
    },
}

_WORDS = {
    "ja": {
        "search": "検索",
        "searched": "名前・規範番号・伝え方など",
        "found": "{}件",
        "whole": "全体",
        "start": "最初の表示",
        "nearer": "拡大",
        "farther": "縮小",
        "details": "内容と根拠",
        "choose": "図の箱や線に触れるか、選ぶと、内容と根拠の文がここに出る。",
        "legend": "凡例",
        "links": "線の種類（外すと隠れる）",
        "table": "この図のもとの表",
        "empty": "該当する行はない。",
        "noscript": "図を描くにはスクリプトが要る。同じ内容は下の表にある。",
    },
    "en": {
        "search": "Search",
        "searched": "name, norm, act …",
        "found": "{} found",
        "whole": "Whole",
        "start": "First view",
        "nearer": "Nearer",
        "farther": "Farther",
        "details": "Statement and citation",
        "choose": "Point at a box or a line, or choose it, to read what it says and where.",
        "legend": "Legend",
        "links": "Kinds of links (untick to hide)",
        "table": "The table behind this picture",
        "empty": "There are no such rows.",
        "noscript": "The picture needs scripts; the table below says the same.",
    },
}


def page_of(picture: Picture) -> str:
    """Return a picture as a page of HTML, the same for the same picture.

    Raises:
        MissingExtra: pyvis is not installed.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from pyvis.network import Network
    except ImportError as error:
        raise MissingExtra(
            worded("a picture is drawn by pyvis, which is not installed; pip install 'kijun[view]'")
        ) from error
    placed = place(picture)
    made = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    made.options = _OPTIONS
    for node in _nodes(picture, placed):
        made.add_node(**node)
    for edge in _edges(picture, placed):
        made.add_edge(**edge)
    parts = _Inline(made.generate_html(notebook=False))
    words = _WORDS[picture.lang]
    templates = PACKAGE / "templates"
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    links = Counter(kind for link in picture.links for kind in link.kinds)
    marks = Counter(mark.kind for mark in picture.all_marks())
    return environment.get_template("picture.html").render(
        lang=picture.lang,
        title=visible(picture.title),
        notes=[visible(note) for note in picture.notes],
        words=words,
        styles=parts.styles,
        scripts=parts.scripts,
        own_style=(templates / "picture.css").read_text(encoding="utf-8"),
        own_script=(templates / "picture.js").read_text(encoding="utf-8"),
        data=_json(_data(picture, placed, words)),
        links=[(kind, LINKS[kind], links[kind]) for kind in LINKS if kind in links],
        marks=[(MARKS[kind], marks[kind]) for kind in MARKS if kind in marks],
        table=html_of(picture.table._replace(notes=()), picture.lang, words["empty"]),
    )


def frame_of(picture: Picture) -> str:
    """Return a picture for a notebook: its page in a frame that reaches nothing outside."""
    return (
        f'<iframe srcdoc="{html.escape(page_of(picture))}" title="{html.escape(picture.title)}"'
        f' sandbox="allow-scripts" style="width: 100%; height: {FRAME_HEIGHT}px; border: 0">'
        "</iframe>"
    )


class _Inline(HTMLParser):
    """The styles and scripts that stand in a page itself; what it would fetch is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self._into: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fetched = any(name in ("src", "href") for name, _ in attrs)
        self._into = {"style": self.styles, "script": self.scripts}.get(tag)
        if self._into is not None and not fetched:
            self._into.append("")
        else:
            self._into = None

    def handle_endtag(self, _tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def _nodes(picture: Picture, placed: Placement) -> list[dict[str, Any]]:
    """Return the nodes of pyvis: frames below, then marks and labels; knots are not seen."""
    marks = sorted(picture.all_marks(), key=lambda mark: not mark.members)
    nodes = [_mark_node(mark, placed.boxes[mark.id]) for mark in marks]
    nodes += [_label_node(link, placed.boxes[link.id]) for link in picture.links if link.label]
    there = {str(node["n_id"]) for node in nodes}
    nodes += [_knot_node(name, box) for name, box in placed.boxes.items() if name not in there]
    return nodes


def _mark_node(mark: Mark, box: Box) -> dict[str, Any]:
    drawn = MARKS[mark.kind]
    node = _node(mark.id, box, drawn, drawn.width + (2 if mark.asked else 0))
    if mark.members:
        node["heightConstraint"]["valign"] = "top"
        node["margin"] = {"top": 8, "right": 0, "bottom": 0, "left": 0}
        node["heightConstraint"]["minimum"] = box.height - 8
    return node


def _label_node(link: Link, box: Box) -> dict[str, Any]:
    drawn = look(link.kinds)
    return _node(
        link.id, box, MarkLook("", "", "#ffffff", drawn.colour, "round", 1, drawn.dashes), 1
    )


def _node(name: str, box: Box, drawn: MarkLook, width: float) -> dict[str, Any]:
    colours = {"background": drawn.fill, "border": drawn.border}
    return {
        "n_id": name,
        "label": visible(box.label) or " ",
        "x": round(box.x, 1),
        "y": round(box.y, 1),
        "shape": "box",
        "color": {**colours, "highlight": colours, "hover": colours},
        "borderWidth": width,
        "borderWidthSelected": width + 2,
        "shapeProperties": {
            "borderDashes": list(drawn.dashes) or False,
            "borderRadius": _RADII[drawn.shape],
        },
        "widthConstraint": {"minimum": round(box.width, 1)},
        "heightConstraint": {"minimum": round(box.height, 1)},
    }


def _knot_node(name: str, box: Box) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    return {
        "n_id": name,
        "label": " ",
        "x": round(box.x, 1),
        "y": round(box.y, 1),
        "shape": "dot",
        "size": 0.5,
        "color": {"background": clear, "border": clear},
        "borderWidth": 0,
        "chosen": False,
        "font": {"size": 1},
    }


def _edges(picture: Picture, placed: Placement) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = []
    for link in picture.links:
        drawn = look(link.kinds)
        names = _segments(link, placed)
        for name, (one, other) in names.items():
            edges.append(
                {
                    "source": one,
                    "to": other,
                    "id": name,
                    "color": dict.fromkeys(("color", "highlight", "hover"), drawn.colour),
                    "width": drawn.width,
                    "dashes": list(drawn.dashes) or False,
                    "arrows": {
                        "to": {
                            "enabled": drawn.arrow and name == list(names)[-1],
                            "scaleFactor": 0.7,
                        }
                    },
                }
            )
    return edges


def _segments(link: Link, placed: Placement) -> dict[str, tuple[str, str]]:
    way = placed.ways[link.id]
    return {f"{link.id} part {place}": ends for place, ends in enumerate(pairwise(way))}


def _data(picture: Picture, placed: Placement, words: Mapping[str, str]) -> dict[str, object]:
    """Return what the page's script needs: every thing with what it says and what draws it."""
    homes = {member.id: mark.id for mark in picture.marks for member in mark.members}
    asked = next((mark.id for mark in picture.all_marks() if mark.asked), None)
    things: list[dict[str, object]] = []
    for mark in picture.all_marks():
        thing = _thing(mark.id, mark.label, [MARKS[mark.kind].name(picture.lang)], mark.facts)
        things.append({**thing, "nodes": [mark.id], "edges": [], "frame": homes.get(mark.id),
                       "members": [member.id for member in mark.members]})  # fmt: skip
    for link in picture.links:
        names = [LINKS[kind].name(picture.lang) for kind in link.kinds]
        own = [*([link.id] if link.label else []), *placed.ways[link.id]]
        things.append({**_thing(link.id, link.label, names, link.facts), "nodes": own,
                       "edges": list(_segments(link, placed)), "kinds": link.kinds,
                       "ends": [link.source, link.target]})  # fmt: skip
    return {
        "things": things,
        "focus": asked,
        "extent": extent(placed),
        "legible": LEGIBLE,
        "readable": READABLE,
        "ink": INK,
        "faint": _FAINT,
        "words": words,
    }


def _thing(
    name: str, label: str, kinds: Sequence[str], facts: Sequence[tuple[str, str]]
) -> dict[str, object]:
    return {
        "id": name,
        "name": visible(label),
        "kind": "・".join(kinds),
        "facts": [(visible(heading), visible(text)) for heading, text in facts],
    }


def _json(data: object) -> str:
    """Return JSON that can stand in a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
