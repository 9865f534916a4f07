"""``kijun load``: the graph of a day put onto a server, with a bar on a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from kijun.addresses import checked_address, update_address
from kijun.desk import Desk
from kijun.errors import MissingExtra
from kijun.knowledge import open_graph
from kijun.loaded import LoadedGraph
from kijun.loading import Done, Progress, load
from kijun.remote_endpoint import RemoteEndpoint
from kijun.saying import worded

SECONDS = 600.0
"""How long one request of a load may take: the last one sums up the whole graph."""


def run(given: argparse.Namespace, desk: Desk) -> int:
    """Load the graph of the day, and say what was done."""
    lang = given.lang or desk.locale()
    address = checked_address(given.address)
    endpoint = RemoteEndpoint(address, given.updates or update_address(address), timeout=SECONDS)
    graph = open_graph(given.as_of, lang=lang, notice=lambda text: desk.tell(f"kijun: {text}"))
    try:
        with bar() as progress:
            done = load(
                endpoint,
                LoadedGraph.of(graph.state),
                graph.store,
                keep=given.keep,
                progress=progress,
            )
    except KeyboardInterrupt:
        desk.tell(
            "止めた。送りかけのグラフは一覧に載らないので使われない。もう一度実行すれば続きから送る。"
            if lang == "ja"
            else "Stopped. What was sent is not listed and so not used; run it again to go on."
        )
        raise
    for sentence in told(done, address, lang):
        desk.tell(sentence)
    return 0


@contextmanager
def bar() -> Iterator[Progress]:
    """Show a progress bar while the block runs, on a terminal only.

    Raises:
        MissingExtra: the extra ``remote`` is not installed.
    """
    try:
        from tqdm import tqdm
    except ImportError as error:
        raise MissingExtra(
            worded(
                "the progress bar needs tqdm, which is not installed; pip install 'kijun[remote]'"
            )
        ) from error
    with tqdm(unit=" triples", unit_scale=True, disable=None, leave=False) as shown:

        def progress(reached: int, whole: int) -> None:
            shown.total = whole
            shown.update(reached - shown.n)

        yield progress


def told(done: Done, address: str, lang: str) -> list[str]:
    """Return what a person reads after a load."""
    graph, number = done.graph, f"{done.graph.triples:,}"
    if lang == "ja":
        what = f"{done.sent:,}を送った" if done.sent else "すでにあった"
        said = [f"{graph.key}のグラフ（{number}トリプル）：{what}。件数と検査和は一致した。"]
        said += [f"古いグラフを除いた：{one.iri}" for one in done.removed]
        return [*said, f"kijun … --endpoint {address} で問い合わせられる。"]
    what = f"{done.sent:,} sent" if done.sent else "was there already"
    said = [f"The graph of {graph.key} ({number} triples): {what}; count and checksum agree."]
    said += [f"Removed an old graph: {one.iri}" for one in done.removed]
    return [*said, f"Ask it with: kijun ... --endpoint {address}"]
