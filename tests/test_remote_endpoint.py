"""One request to an endpoint: what is sent, what is believed, and what is said when it fails."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from pyoxigraph import Literal, NamedNode

from kijun import remote_endpoint
from kijun.addresses import Secrets, checked_address, private, update_address
from kijun.errors import BadInput, KijunError, LimitReached
from kijun.remote_endpoint import RemoteEndpoint
from kijun.remote_refusals import ATTEMPTS, Unanswered
from servers import free_port
from stub_server import ONE_ROW, Says, Stub, says, stub

QUERY = "SELECT ?s WHERE { ?s ?p ?o }"
SECRET = {"KIJUN_ENDPOINT_USER": "reader", "KIJUN_ENDPOINT_PASSWORD": "s3cret-word"}


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as made:
        yield made


def endpoint(server: Stub, *answers: Says, waits: list[float] | None = None, **more: object):  # type: ignore[no-untyped-def]
    """An endpoint that the stub plays; its pauses are noted and not waited for."""
    server.says = list(answers)
    pause = (waits if waits is not None else []).append
    more.setdefault("environment", {})
    return RemoteEndpoint(server.address, pause=pause, **more)  # type: ignore[arg-type]


# --- what is sent and read --------------------------------------------------------------------


def test_a_query_is_a_posted_form_and_never_part_of_the_address(server: Stub) -> None:
    found = endpoint(server, says()).select(QUERY)
    assert found.variables == ("s",)
    assert found.rows == ((Literal("府省庁", language="ja"),),)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/query")
    assert asked.form == {"query": [QUERY]}
    assert asked.fields["Accept"] == "application/sparql-results+json"
    assert asked.fields["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in asked.fields


def test_an_update_goes_to_its_own_address_as_a_form(server: Stub) -> None:
    server.says = [says(b"", "text/plain")]
    there = RemoteEndpoint("http://127.0.0.1:9/query", server.address, environment={})
    there.update("DROP SILENT GRAPH <urn:g>")
    assert [asked.form for asked in server.asked] == [{"update": ["DROP SILENT GRAPH <urn:g>"]}]


def test_the_kind_of_a_query_is_not_guessed_from_the_words_in_it(server: Stub) -> None:
    words = "SELECT ?s WHERE { ?s <urn:INSERT> 'DELETE DATA' }"
    endpoint(server, says()).select(words)
    assert server.asked[0].form == {"query": [words]}


def test_an_ask_and_a_construct_are_read_whole(server: Stub) -> None:
    yes = endpoint(server, says(b'{"head": {}, "boolean": true}')).select("ASK {}")
    assert yes.truth is True
    line = b'<urn:a> <urn:b> "\\u5E9C"@ja .\n'
    (triple,) = endpoint(server, says(line, "application/n-triples")).construct("DESCRIBE <urn:a>")
    assert (triple.subject, triple.object) == (NamedNode("urn:a"), Literal("府", language="ja"))


# --- busy servers ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_and_longer_waited_for_each_time(
    server: Stub, status: int
) -> None:
    waits: list[float] = []
    busy = says(b"later", "text/plain", status)
    assert endpoint(server, busy, busy, busy, says(), waits=waits).select(QUERY).rows
    assert waits == [0.5, 1.0, 2.0]
    assert len(server.asked) == 4


def test_a_server_says_itself_how_long_to_wait_within_reason(server: Stub) -> None:
    waits: list[float] = []
    answers = [
        says(b"", "text/plain", 503, Retry_After=told) for told in ("7", "86400", "tomorrow")
    ]
    endpoint(server, *answers, says(), waits=waits).select(QUERY)
    assert waits == [7.0, remote_endpoint.PATIENCE, 2.0]


def test_a_server_that_stays_busy_is_a_limit(server: Stub) -> None:
    waits: list[float] = []
    there = endpoint(server, says(b"full", "text/plain", 503), waits=waits)
    with pytest.raises(LimitReached, match=r"was busy \(503\) at each of 5 attempts.*: full$"):
        there.select(QUERY)
    assert (len(server.asked), len(waits)) == (ATTEMPTS, ATTEMPTS - 1)


def test_other_errors_are_not_tried_again(server: Stub) -> None:
    with pytest.raises(Unanswered, match=r"refused \(500\)"):
        endpoint(server, says(b"", "text/plain", 500)).select(QUERY)
    assert len(server.asked) == 1


# --- answers that are none ----------------------------------------------------------------------

HTML = b"<!DOCTYPE html><html><head><title>Please log\n in</title></head></html>"


def chunked(*chunks: bytes, end: bool) -> Says:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for chunk in chunks:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if end:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def unmeasured(body: bytes) -> Says:
    """An answer whose end is that of the connection, so that nothing tells a cut from the end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(HTML, "text/html; charset=utf-8"), r'with text/html \("Please log in"\) instead of'),
        (says(b"s\n1\n", "text/csv"), "answered with text/csv instead of application/sparql-res"),
        (says(ONE_ROW, ""), "with something that it does not name instead of"),
        (says(HTML, "text/html", 500), r'refused \(500\) \("Please log in"\)$'),
        (says(b"line 1: no", "text/plain", 400), r"refused \(400\): line 1: no$"),
        (says(b"x" * 5000, "text/plain", 400), r"refused \(400\): x{300}$"),
        (says(b"", "text/plain", 404), r"is no endpoint \(404\); check its path$"),
        (says(ONE_ROW, Content_Length="9999"), "broke off in the middle of its answer"),
        (chunked(ONE_ROW[:40], end=False), "broke off in the middle of its answer"),
        (chunked(ONE_ROW[:40], end=True), "sent no whole SPARQL results"),
        (unmeasured(ONE_ROW[:-3]), "sent no whole SPARQL results"),
        (unmeasured(b""), "sent no whole SPARQL results"),
        (says(b'{"head": {"vars": ["s"]}}'), "sent no whole SPARQL results"),
        (says(ONE_ROW + b"x"), "sent no whole SPARQL results"),
        (says(ONE_ROW.replace(b'"s":', b'"t":')), "sent no whole SPARQL results"),
    ],
)
def test_what_is_no_whole_answer_is_an_error(server: Stub, answer: Says, error: str) -> None:
    with pytest.raises(Unanswered, match=error) as raised:
        endpoint(server, answer).select(QUERY)
    assert raised.value.exit_status == 2
    assert "\n" not in str(raised.value)


def test_a_whole_answer_in_chunks_is_one(server: Stub) -> None:
    assert (
        len(endpoint(server, chunked(ONE_ROW[:40], ONE_ROW[40:], end=True)).select(QUERY).rows) == 1
    )


def test_triples_that_are_cut_are_an_error(server: Stub) -> None:
    there = endpoint(server, says(b"<urn:a> <urn:b> <urn", "application/n-triples"))
    with pytest.raises(Unanswered, match="no whole N-Triples"):
        there.construct("DESCRIBE <urn:a>")


def test_a_server_that_cuts_at_its_limits_with_status_200_is_caught(server: Stub) -> None:
    by_time = says(ONE_ROW, X_SQL_State="S1TAT")
    with pytest.raises(LimitReached, match="limit of its own and sent part"):
        endpoint(server, by_time).select(QUERY)
    by_rows = says(ONE_ROW, X_SPARQL_MaxRows="1")
    with pytest.raises(LimitReached, match="cuts every answer at 1 rows"):
        endpoint(server, by_rows).select(QUERY)
    with pytest.raises(LimitReached, match="cut the answer"):
        endpoint(server, says(b"", "application/n-triples", X_SPARQL_MaxRows="10000")).construct(
            "DESCRIBE <urn:a>"
        )
    below = says(ONE_ROW, X_SPARQL_MaxRows="2")
    assert len(endpoint(server, below).select(QUERY).rows) == 1


def test_an_update_that_is_refused_does_not_repeat_what_was_in_it(server: Stub) -> None:
    said = b"Virtuoso 42000 Error SR186: No permission\n\nSPARQL query:\nINSERT DATA { <urn:a> }"
    with pytest.raises(Unanswered, match=r"refused \(500\): Virtuoso .* No permission$"):
        endpoint(server, says(said, "text/plain", 500)).update("INSERT DATA { <urn:a> }")


# --- time, size, place ---------------------------------------------------------------------------


def slow(handler: BaseHTTPRequestHandler) -> None:
    """Say a little now and then, each time sooner than any time-out of one read."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(40):
        time.sleep(0.05)
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


@pytest.mark.parametrize("answer", [slow, silent])
def test_time_is_limited_for_the_whole_answer(server: Stub, answer: Says) -> None:
    there = endpoint(server, answer, timeout=0.3)
    began = time.monotonic()
    with pytest.raises(LimitReached, match=r"no whole answer within 0\.3 s") as raised:
        there.select(QUERY)
    assert time.monotonic() - began < 1
    assert raised.value.exit_status == 3


def test_one_query_may_have_a_time_of_its_own(server: Stub) -> None:
    with pytest.raises(LimitReached, match=r"within 0\.2 s"):
        endpoint(server, silent).select(QUERY, timeout=0.2)


def test_an_answer_without_end_is_a_limit(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_endpoint, "LARGEST", 1 << 20)
    with pytest.raises(LimitReached, match="larger than 1 MB"):
        endpoint(server, says(b" " * (3 << 20))).select(QUERY)


def test_a_server_that_is_not_there_is_named() -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(Unanswered, match=r"cannot be asked.*check the address, and whether"):
        RemoteEndpoint(address, environment={}).select(QUERY)


def test_what_speaks_no_http_is_no_server(server: Stub) -> None:
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    with pytest.raises(Unanswered, match="cannot be asked"):
        endpoint(server, nonsense).select(QUERY)


# --- redirects and secrets -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed_and_no_secret_sent_along(server: Stub, status: int) -> None:
    with stub() as other:
        other.says = [says()]
        place = other.address.replace("http://", "http://user:word@") + "?token=abc"
        there = endpoint(
            server, says(b"", "text/plain", status, Location=place), environment=SECRET
        )
        with pytest.raises(Unanswered, match="sends elsewhere") as raised:
            there.select(QUERY)
        assert other.asked == []
    assert other.address in str(raised.value)
    assert "word" not in str(raised.value)
    assert "abc" not in str(raised.value)


def basic(handler: BaseHTTPRequestHandler) -> None:
    if handler.headers.get("Authorization") == "Basic cmVhZGVyOnMzY3JldC13b3Jk":
        says()(handler)
    else:
        says(b"who?", "text/plain", 401, WWW_Authenticate='Basic realm="x"')(handler)


def digest(handler: BaseHTTPRequestHandler) -> None:
    """Let in who proves by digest that they know the word, which so is never sent."""
    told = handler.headers.get("Authorization", "")
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', told))

    def md5(*parts: str) -> str:
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    expected = md5(md5("reader", "kijun", "s3cret-word"), "nonce1", md5("POST", handler.path))
    if "qop" in fields:
        expected = md5(
            md5("reader", "kijun", "s3cret-word"),
            "nonce1",
            fields["nc"],
            fields["cnonce"],
            "auth",
            md5("POST", handler.path),
        )
    if fields.get("response") == expected:
        says()(handler)
    else:
        challenge = 'Digest realm="kijun", nonce="nonce1", qop="auth", algorithm=MD5'
        says(b"who?", "text/plain", 401, WWW_Authenticate=challenge)(handler)


@pytest.mark.parametrize("answer", [basic, digest])
def test_name_and_password_from_the_environment_open_the_door(server: Stub, answer: Says) -> None:
    assert len(endpoint(server, answer, environment=SECRET).select(QUERY).rows) == 1
    # The word is only given to who asks for it.
    assert "Authorization" not in server.asked[0].fields
    assert "s3cret-word" not in str(server.asked)


@pytest.mark.parametrize("answer", [basic, digest])
def test_the_wrong_password_is_said_without_it(server: Stub, answer: Says) -> None:
    wrong = {**SECRET, "KIJUN_ENDPOINT_PASSWORD": "n0t-it"}
    with pytest.raises(Unanswered, match=r"is not enough for it|401") as raised:
        endpoint(server, answer, environment=wrong).select(QUERY)
    assert "n0t-it" not in str(raised.value)


def test_without_a_name_the_error_says_where_one_goes(server: Stub) -> None:
    with pytest.raises(Unanswered, match="set KIJUN_ENDPOINT_USER and KIJUN_ENDPOINT_PASSWORD"):
        endpoint(server, basic).select(QUERY)


def test_a_token_is_sent_at_once(server: Stub) -> None:
    endpoint(server, says(), environment={"KIJUN_ENDPOINT_TOKEN": "t0ken"}).select(QUERY)
    assert server.asked[0].fields["Authorization"] == "Bearer t0ken"


def test_secrets_that_a_server_repeats_are_hidden(server: Stub) -> None:
    said = says(b"no user reader with s3cret-word", "text/plain", 403)
    with pytest.raises(Unanswered, match=r"no user reader with …$"):
        endpoint(server, said, environment=SECRET).select(QUERY)


def test_neither_word_nor_token_goes_in_the_clear_to_another_machine() -> None:
    with pytest.raises(BadInput, match="would travel in the clear to db; give an https"):
        RemoteEndpoint("http://db/query", environment={"KIJUN_ENDPOINT_TOKEN": "t0ken"})
    with pytest.raises(BadInput, match="in the clear to db"):
        RemoteEndpoint(
            "https://db/query", "http://db/update", environment={"KIJUN_ENDPOINT_TOKEN": "t0ken"}
        )
    # A digest may be sent there, but a password may not.
    there = RemoteEndpoint("http://db/query", environment=SECRET)
    names = {type(one).__name__ for one in there._opener("http://db/query").handlers}
    assert "HTTPDigestAuthHandler" in names
    assert "HTTPBasicAuthHandler" not in names


@pytest.mark.parametrize(
    ("environment", "error"),
    [
        ({"KIJUN_ENDPOINT_PASSWORD": "x"}, "is set without KIJUN_ENDPOINT_USER"),
        ({**SECRET, "KIJUN_ENDPOINT_TOKEN": "x"}, "are both set"),
    ],
)
def test_secrets_that_do_not_fit_together(environment: dict[str, str], error: str) -> None:
    with pytest.raises(BadInput, match=error):
        Secrets.from_environment(environment)


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("https://me:word@db.example/query", "at db.example holds a user name or password"),
        ("https://token@db.example/query", "at db.example holds a user name or password"),
        ("https://db.example/query?apikey=word", "has parameters"),
        ("https://db.example/query#word", "has parameters"),
        ("https://db.example/query?", "has parameters"),
        ("ftp://db.example/query", "is none; write http"),
        ("file:///word", "is none; write http"),
        ("db.example/query", "is none; write http"),
        ("http:///query", "is none; write http"),
        ("http://db.example:word/", "is none; write http"),
        ("http://db.example:99999/", "is none; write http"),
        ("http://db.example/a b", "is none; write http"),
        ("http://db.example/\r\nX: word", "is none; write http"),
        ("http://日本.example/", "is none; write http"),
        ("http://[::1/", "is none; write http"),
        ("", "is none; write http"),
    ],
)
def test_addresses_that_may_not_be_asked(address: str, error: str) -> None:
    with pytest.raises(BadInput, match=error) as raised:
        checked_address(address)
    assert "word" not in str(raised.value).replace("password", "").replace("PASSWORD", "")


def test_an_address_is_private_by_its_scheme_or_as_loopback() -> None:
    for address in ("https://db/", "http://localhost:1/", "http://127.9.9.9/", "http://[::1]/"):
        assert private(address)
    for address in ("http://db/", "http://10.0.0.1/", "http://127.0.0.1.example/"):
        assert not private(address)


def test_updates_go_where_each_kind_of_server_takes_them() -> None:
    assert update_address("http://h/ds/query") == "http://h/ds/update"
    assert update_address("http://h/repositories/k") == "http://h/repositories/k/statements"
    for same in ("http://h:8890/sparql", "http://h:8890/sparql-auth", "http://h/repositories/"):
        assert update_address(same) == same


def test_every_error_is_one_of_ours() -> None:
    assert issubclass(Unanswered, KijunError)
