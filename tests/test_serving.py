"""The server's door: pages, headers, and whom it turns away."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kijun import serving
from kijun.errors import BadInput
from kijun.knowledge import KnowledgeGraph
from kijun.loopback import HEADERS, is_local, listening_address
from kijun.server import listening
from kijun.serving import application

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the pages are served from, empty as in a fresh clone."""
    monkeypatch.setattr(serving, "STATIC", tmp_path)
    return tmp_path


@pytest.fixture
def client(kg: KnowledgeGraph, static: Path) -> TestClient:
    return TestClient(application(kg), base_url=HERE, raise_server_exceptions=False)


# Pages


@pytest.mark.parametrize("path", ["/", "/query"])
def test_a_page_that_is_not_built_says_how_to_build_it(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "make explorer" in answer.text
    assert "/sparql" in answer.text


def test_built_pages_and_assets_are_served(client: TestClient, static: Path) -> None:
    static.joinpath("index.html").write_text("<title>探索</title>", encoding="utf-8")
    static.joinpath("query.html").write_text("<title>問合せ</title>", encoding="utf-8")
    static.joinpath("app.js").write_text("1", encoding="utf-8")
    assert "探索" in client.get("/").text
    assert "問合せ" in client.get("/query").text
    script = client.get("/static/app.js")
    assert script.text == "1"
    assert "javascript" in script.headers["content-type"]


@pytest.mark.parametrize(
    "path", ["/static/../serving.py", "/static/%2e%2e/serving.py", "/static/..%2fserving.py", "/x"]
)
def test_nothing_else_is_served(client: TestClient, static: Path, path: str) -> None:
    static.parent.joinpath("serving.py").write_text("secret", encoding="utf-8")
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/", "/query", "/static/none.js", "/none"])
def test_every_answer_binds_the_browser_to_this_server(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert not [name for name in headers if name.startswith("access-control-")]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy
    assert "unsafe-eval" not in policy


# Strangers


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8642", "[::1]:8642", "127.9.9.9:80"],
)
def test_a_request_to_this_machine_is_heard(client: TestClient, host: str) -> None:
    assert is_local(host)
    assert client.get("/", headers={"host": host}).status_code == 404


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:8642",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.0.0.1@example.org",
        "localhost:8642@example.org",
        "localhost.",
        "10.0.0.1",
        "0.0.0.0:8642",
        "[::]:8642",
        "[::ffff:10.0.0.1]",
        "2130706433",
        "0x7f.1",
        "::1",
        "[::1",
        "localhost:port",
        "",
    ],
)
def test_a_request_in_a_foreign_name_is_refused(client: TestClient, host: str) -> None:
    assert not is_local(host)
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Host" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8888"},
        {"origin": "https://127.0.0.1:8642"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_request_from_another_page_is_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": HERE},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_its_own_pages_and_links_are_heard(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code == 404


def test_a_form_on_another_page_reaches_nothing(client: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.post("/", headers=headers).status_code == 403


def test_a_fault_of_ours_tells_its_kind_only(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __truediv__(self, _name: str) -> None:
            raise RuntimeError("what the user asked")

    monkeypatch.setattr(serving, "STATIC", Broken())
    answer = client.get("/")
    assert answer.status_code == 500
    assert "RuntimeError" in answer.text
    assert "what the user asked" not in answer.text


# Addresses


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        ("127.0.0.2", "127.0.0.2"),
        ("::1", "::1"),
        ("[::1]", "::1"),
    ],
)
def test_it_listens_on_this_machine(host: str, address: str) -> None:
    assert listening_address(host) == address


def test_it_sends_small_packets_at_once() -> None:
    """Without it each answer takes 40 ms, and no other test would say so."""
    with (
        listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        accepted, _ = listener.accept()
        # asyncio looks at this to switch Nagle's algorithm off.
        assert accepted.proto == socket.IPPROTO_TCP
        accepted.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "", "::ffff:1.2.3.4"])
def test_it_listens_nowhere_else(host: str) -> None:
    with pytest.raises(BadInput, match="this machine only") as caught:
        listening_address(host)
    assert "127.0.0.1" in str(caught.value)
