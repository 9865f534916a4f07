"""Explanations as tests ask for them, in either language, and the nodes of what comes back."""

from __future__ import annotations

from functools import cache
from typing import Any

from kijun.explanations import Explainer
from kijun.inquiries import explained
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.narration import Node
from kijun.outline import walk

PENSION, NICT, MOFA = "日本年金機構", "情報通信研究機構", "外務省"


@cache
def opened(lang: str = "ja") -> tuple[KnowledgeGraph, Explainer]:
    graph = open_graph(lang=lang)
    return graph, Explainer(graph.store, graph.engine, graph.state, lang)


def ask(*what: str, lang: str = "ja", **options: Any) -> list[Node]:
    graph, explainer = opened(lang)
    body, norm, to = (*what, None, None)[:3]
    assert body is not None
    return explained(explainer, graph.find, body, norm, to=to, **options)[0]


def nodes(found: list[Node]) -> list[Node]:
    return [node for _, node in walk(found)]
