"""Bodies at the door: what is read, what is refused whole, and that nothing of it is applied (W10)."""

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import orjson
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.serving import make_server

from server.config import LIMITS
from server.core.models import Record, db
from server.core.problems import Problem
from server.rules.clock import tick
from server.sync import protocol
from tests.cast import Phone, SignIn
from tests.ports import serve_in_a_thread

AT = tick("0000000000000-0000-000000000000", 1764755100000, "a1b2c3d4e5f6")
CHANGE = {"id": "c1", "record": "r1", "kind": "note", "case": "north-1", "at": AT, "set": {"text": "x"}, "seen": {}}
BODY = {"protocol": 2, "schema": 1, "device": "d", "cursor": None, "changes": [CHANGE], "more_follow": False}


@pytest.fixture
def aino_online(request: pytest.FixtureRequest, sign_in: SignIn) -> Phone:
    request.getfixturevalue("office")
    return sign_in("aino")


def send(phone: Phone, body: bytes, **headers: str) -> Any:
    given = {**phone.headers, "Content-Type": "application/json", **headers}
    return phone.client.post("/api/sync", data=body, headers=given)


def applied() -> int:
    db.session.rollback()
    return db.session.query(Record).filter_by(kind="note").count()


def test_w10_gzip_both_ways(aino_online: Phone) -> None:
    """[W10] [W1] The happy path over HTTP: packed body, packed reply, our protocol and an epoch."""
    packed = gzip.compress(orjson.dumps(BODY))
    reply = send(aino_online, packed, **{"Content-Encoding": "gzip", "Accept-Encoding": "gzip, br"})
    assert (reply.status_code, reply.headers["Content-Encoding"]) == (200, "gzip")
    assert reply.mimetype == "application/json"
    unpacked = orjson.loads(gzip.decompress(reply.get_data()))
    assert unpacked["protocol"] == 2
    assert unpacked["epoch"]
    assert [verdict["verdict"] for verdict in unpacked["verdicts"]] == ["applied"]


def test_w10_plain_both_ways(aino_online: Phone) -> None:
    """[W10] Whoever asks for no packing gets none."""
    reply = send(aino_online, orjson.dumps(BODY), **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in reply.headers
    assert reply.get_json()["verdicts"][0]["verdict"] == "applied"


DEEP = b"[" * 5000 + b"]" * 5000


NO_REQUESTS = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    b"<html>portal</html>",
    b"\xef\xbb\xbf{}",
    DEEP,
    b'{"protocol":2,"schema":1,"cursor":NaN,"changes":[]}',
    b'{"protocol":2,"schema":1,"cursor":null,"changes":[],"other":Infinity}',
    b'{"protocol":2,"schema":1,"cursor":"\\ud800","changes":[]}',
    b'{"protocol":1e999,"schema":1}',
    orjson.dumps(BODY)[:-1],
    orjson.dumps(BODY) + b"x",
]


def test_w10_what_is_no_json_is_refused_whole(aino_online: Phone) -> None:
    """[W10] Fault 6 and 9: 400, never 500, nothing applied; packed as well as plain."""
    for body in NO_REQUESTS:
        for reply in (
            send(aino_online, body),
            send(aino_online, gzip.compress(body), **{"Content-Encoding": "gzip"}),
        ):
            assert (reply.status_code, reply.get_json()["problem"]["code"]) == (400, "body_malformed"), body
    assert applied() == 0


OTHER_SHAPES: list[dict[str, Any]] = [
    {"protocol": None},
    {"protocol": 0},
    {"protocol": True},
    {"protocol": "1"},
    {"schema": -1},
    {"cursor": 1},
    {"changes": {}},
    {"changes": "x"},
    {"more_follow": "yes"},
    {"reads": {}},
    {"check": 1},
    {"repair": "north-1"},
]


def test_w10_a_request_of_another_shape(aino_online: Phone) -> None:
    """[W10] 400, and its changes are not applied."""
    for wrong in OTHER_SHAPES:
        reply = send(aino_online, orjson.dumps(BODY | wrong))
        assert (reply.status_code, reply.get_json()["problem"]["code"]) == (400, "body_malformed"), wrong
    assert applied() == 0


def test_w13_protocol_1_hears_that_it_needs_an_update(aino_online: Phone) -> None:
    """[W13] 426, and nothing of it is applied: its outbox stays on the phone."""
    old = {"protocol": 1, "schema": 1, "device": "d", "cursor": None, "changes": [CHANGE], "rest": False}
    reply = send(aino_online, orjson.dumps(old))
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (426, "update_needed")
    assert applied() == 0
    assert send(aino_online, orjson.dumps(BODY)).get_json()["verdicts"][0]["verdict"] == "applied"


TOO_MANY: list[dict[str, Any]] = [
    {"changes": [CHANGE | {"id": f"c{n}"} for n in range(LIMITS.batch_changes_max + 1)]},
    {"reads": [{"id": f"r{n}", "case": "a", "at": AT} for n in range(LIMITS.reads_max + 1)]},
    {"check": [f"c{n}" for n in range(LIMITS.checks_max + 1)]},
    {"repair": [f"c{n}" for n in range(LIMITS.checks_max + 1)]},
]


def test_w10_too_many_at_once(aino_online: Phone) -> None:
    """[W10] One past each limit: 413, nothing applied."""
    for wrong in TOO_MANY:
        reply = send(aino_online, orjson.dumps(BODY | wrong))
        assert (reply.status_code, reply.get_json()["problem"]["code"]) == (413, "body_too_large")
    assert applied() == 0


def test_w10_a_full_batch_is_taken(aino_online: Phone) -> None:
    """[W10] The limit itself: a thousand changes."""
    changes = [CHANGE | {"id": f"c{n}", "record": f"r{n}"} for n in range(LIMITS.batch_changes_max)]
    reply = send(aino_online, orjson.dumps(BODY | {"changes": changes}))
    assert {verdict["verdict"] for verdict in reply.get_json()["verdicts"]} == {"applied"}


def test_w10_a_gzip_bomb_costs_no_memory() -> None:
    """[W10] Fault 8: 100 MB in 97 kB are refused with no more than the limit in memory."""
    bomb = gzip.compress(b" " * 100_000_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    with pytest.raises(Problem, match="body_too_large"):
        protocol.unpacked(bomb, "gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2.5 * LIMITS.body_bytes_max


BOMBS = [b"[],", b"{},", b"0,", b'"",', b"[0],", b'{"a":0},', b'"a\\\\",', b'[[[""]]],', b'"\\",\\"",', b"null,"]


@pytest.mark.parametrize("item", BOMBS)
def test_w10_items_are_counted_before_they_are_made(item: bytes) -> None:
    """[W10] Kilobytes packed, of which parsing would make hundreds of megabytes: a few times the limit at most."""
    packed = gzip.compress(b"[" + item * (LIMITS.body_bytes_max // len(item) - 2) + b"0]")
    tracemalloc.start()
    with pytest.raises(Problem, match="body_too_large"):
        protocol.read(protocol.unpacked(packed, "gzip"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * LIMITS.body_bytes_max


def test_w10_a_body_of_long_texts_is_no_body_of_many_items() -> None:
    """[W10] Commas, brackets and quotes in what people write part nothing, however they are escaped."""
    text = 'a,b [c] {d} "e", \\ \\" \\\\ , [ {' * 100
    body = orjson.dumps(BODY | {"changes": [CHANGE | {"set": {"text": text}}] * 500})
    assert body.count(b",") > LIMITS.body_values_max // 2
    assert protocol.holds_few_values(body)
    assert len(protocol.read(body).changes) == 500


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(alphabet='a,[{\\"\n') | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet='a,[{\\"') | st.text(), inner),
)


@given(json_values)
@settings(deadline=None)
def test_w10_no_item_is_overlooked(value: Any) -> None:
    """[W10] Whatever a body holds: a limit of one item less than it has refuses it."""
    body = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protocol, "LIMITS", replace(LIMITS, body_values_max=items_in(value) - 1))
        assert not protocol.holds_few_values(body) or items_in(value) == 0
        patch.setattr(protocol, "LIMITS", replace(LIMITS, body_values_max=2 * items_in(value) + 2))
        assert protocol.holds_few_values(body)


def items_in(value: Any) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return len(value) + sum(map(items_in, value)) if isinstance(value, list) else 0


def test_w10_at_the_limit_and_one_past_it() -> None:
    """[W10] Unpacked bytes, packed or not."""
    most = b" " * LIMITS.body_bytes_max
    assert protocol.unpacked(most, None) == protocol.unpacked(gzip.compress(most), "gzip") == most
    for body, encoding in ((most + b" ", None), (gzip.compress(most + b" "), "gzip")):
        with pytest.raises(Problem, match="body_too_large"):
            protocol.unpacked(body, encoding)


def test_w10_a_packed_body_over_its_limit(aino_online: Phone) -> None:
    """[W10] Refused before it is unpacked."""
    reply = send(aino_online, b"\x00" * (LIMITS.body_packed_bytes_max + 1), **{"Content-Encoding": "gzip"})
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"no gzip", "gzip"),
        (gzip.compress(b"{}")[:-4], "gzip"),
        (gzip.compress(b"{}") + b"more", "gzip"),
        (gzip.compress(b"{") + gzip.compress(b"}"), "gzip"),
        (zlib.compress(b"{}"), "gzip"),
        (b"{}", "br"),
        (b"{}", "deflate"),
    ],
    ids=["plain", "cut", "trailing", "twice", "zlib", "brotli", "deflate"],  # a packed body holds the time
)
def test_w10_packing_that_is_damaged_or_not_ours(body: bytes, encoding: str) -> None:
    """[W10] Cut, prolonged, doubled, or another sort."""
    with pytest.raises(Problem, match="body_malformed"):
        protocol.unpacked(body, encoding)


def nested(levels: int) -> bytes:
    """A body whose deepest list stands so many levels down."""
    value: Any = []
    for _ in range(levels - 5):  # body, changes, change, set and the value itself
        value = [value]
    return orjson.dumps(BODY | {"changes": [CHANGE | {"set": {"newer": value}}]})


def test_w10_depth_at_the_limit_and_one_past_it() -> None:
    """[W10] [W14] Depth is counted from the body; too deep an item is refused alone."""
    assert protocol.read(nested(LIMITS.depth_max)).changes[0].problem is None
    problem = protocol.read(nested(LIMITS.depth_max + 1)).changes[0].problem
    assert problem is not None
    assert problem.code == "change_malformed"


@contextmanager
def listening(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app)
    thread = serve_in_a_thread(server)
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_w10_a_body_that_ends_in_the_middle(office: Flask, aino_online: Phone) -> None:
    """[W10] Fault 6: the phone lost its network while it sent; on a real socket."""
    body = orjson.dumps(BODY)
    names = ("__Host-access", "__Host-refresh")
    jar = {name: aino_online.client.get_cookie(name) for name in names}
    cookies = [f"{name}={cookie.value}" for name, cookie in jar.items() if cookie]
    head = [
        "POST /api/sync HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Cookie: {'; '.join(cookies)}",
        *(f"{name}: {value}" for name, value in aino_online.headers.items()),
    ]
    with listening(office) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(("\r\n".join(head) + "\r\n\r\n").encode() + body[:-20])
        line.shutdown(socket.SHUT_WR)
        answer = line.makefile("rb").read()
    assert answer.split(b" ")[1] == b"400"
    assert b"body_malformed" in answer
    assert applied() == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


DAMAGED = st.builds(lambda wrong: CHANGE | wrong, st.dictionaries(st.sampled_from([*CHANGE]), JSON, max_size=3))
BODIES = st.builds(
    lambda wrong, changes: BODY | {"changes": changes} | wrong,
    st.dictionaries(st.sampled_from([*BODY, "reads", "check", "repair"]), JSON, max_size=2),
    st.lists(DAMAGED, max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(body=BODIES)
def test_w10_whatever_comes_it_is_read_or_refused(body: dict[str, Any]) -> None:
    """[W10] [W4] Fault 9: no other exception leaves the door."""
    refusal: Problem | None = None
    changes: list[protocol.Incoming] = []
    try:
        changes = protocol.read(orjson.dumps(body)).changes
    except Problem as problem:
        refusal = problem
    assert refusal is None or refusal.code in {"body_malformed", "body_too_large"}
    assert all(change.problem is None or change.problem.status in {403, 422} for change in changes)
