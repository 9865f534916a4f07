"""The watch over pages: it must notice what it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import is_own, watched


def page(folder: Path, body: str) -> str:
    path = folder / "page.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>t</title>{body}", encoding="utf-8")
    return path.as_uri()


def test_a_page_that_behaves_passes(browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    address = page(tmp_path, "<p>基準</p><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    with watched(browser, address) as shown:
        assert shown.inner_text("p") == "基準"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<script src='https://example.org/x.js'></script>", "not its own"),
        ("<link rel=stylesheet href='other.css'>", "not its own"),
        ("<script>fetch('http://127.0.0.1:9/').catch(() => 0)</script>", "not its own"),
        ("<script>new WebSocket('ws://127.0.0.1:9/')</script>", "not its own"),
        ("<script>throw Error('broken')</script>", "broken"),
        ("<script>console.error('complaint')</script>", "complaint"),
    ],
)
def test_a_page_that_strays_or_breaks_fails(  # type: ignore[no-untyped-def]
    browser, tmp_path: Path, body: str, message: str
) -> None:
    with pytest.raises(AssertionError, match=message), watched(browser, page(tmp_path, body)):
        pass


def test_what_is_a_pages_own() -> None:
    server = "http://127.0.0.1:8642/query?x=1"
    assert is_own(server, "http://127.0.0.1:8642/static/a.js")
    assert is_own(server, "ws://127.0.0.1:8642/socket")
    assert not is_own(server, "http://127.0.0.1:8643/")
    assert not is_own(server, "https://127.0.0.1:8642/")
    assert is_own("file:///a/b.html", "file:///a/b.html#x")
    assert not is_own("file:///a/b.html", "file:///a/c.js")
    assert is_own(server, "data:text/plain,x")
