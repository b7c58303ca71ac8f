"""What leaves the server as a push, and where it may go (N8, N9): against a push service that decrypts."""

import logging
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from itsdangerous import Signer
from sqlalchemy import select

from server.core.models import db
from server.core.outbound import AddressRefused, NoAnswer, OutboundReply, Wire, checked, is_public, post
from server.core.reminder_tables import PushSubscription
from server.reminders import vapid, web_push
from tests.cast import ON_SQLITE, SignIn
from tests.push_service import HOST, PushService
from tests.server.test_hostile import CONTRACTED, fields_of

CONTACT = "mailto:it@example.org"
ROW: Any = SimpleNamespace(id="0" * 32, cause="visit_upcoming", about="2026-11-25T12:00:00Z", drill=0)
WORDS = Signer("as long as the server asks for it: 0123456789", salt=web_push.PUT_OFF)
HEADERS = {"TTL": "60", "Urgency": "high", "Topic": ROW.id}


@pytest.fixture
def signer(tmp_path: Path) -> vapid.Signer:
    return vapid.Signer(tmp_path / "vapid-keys.json", CONTACT)


def subscription(pushes: PushService, signer: vapid.Signer) -> Any:
    given = pushes.subscribe().as_json()
    return SimpleNamespace(endpoint=given["endpoint"], key=vapid.keys_in(signer.path)[0].public, **given["keys"])


def send(pushes: PushService, signer: vapid.Signer, to: Any, wire: Wire | None = None) -> OutboundReply:
    return web_push.send(wire or pushes.wire(), signer, to, web_push.payload(ROW, WORDS), HEADERS)


def test_n8_it_works(pushes: PushService, signer: vapid.Signer) -> None:
    """[N8, U21] Decrypted with the browser's own key, signed for that service: kind, moment, id and word only."""
    to = subscription(pushes, signer)
    assert send(pushes, signer, to) == OutboundReply(201)
    (message,) = pushes.messages
    said = {"kind": "visit_upcoming", "at": "2026-11-25T12:00:00Z", "id": "0" * 32}
    assert message.payload == said | {"later": web_push.word_of("0" * 32, WORDS)}
    assert (message.ttl, message.urgency, message.topic, message.key) == (60, "high", "0" * 32, to.key)
    assert pushes.problems == []


def test_n8_a_drill_says_so(pushes: PushService, signer: vapid.Signer) -> None:
    """[N8]"""
    drill: Any = SimpleNamespace(**vars(ROW) | {"drill": 1})
    web_push.send(pushes.wire(), signer, subscription(pushes, signer), web_push.payload(drill, WORDS), HEADERS)
    assert pushes.messages[0].payload["drill"] is True


@pytest.mark.parametrize(
    "endpoint",
    [
        f"http://{HOST}/x",
        f"https://{HOST}:8443/x",
        f"https://someone@{HOST}/x",
        f"https://{HOST}.example.org/x",
        "https://example.org/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://push.apple.com.example.org/x",
        "https://evilnotify.windows.com/x",
        f"https://{HOST}/x\r\nHost: example.org",
        f"https://{HOST}/" + "x" * 1000,
        f"https://{HOST}:port/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_n9_only_push_services_that_we_know(pushes: PushService, signer: vapid.Signer, endpoint: str) -> None:
    """[N9] Security 28."""
    to = subscription(pushes, signer)
    to.endpoint = endpoint
    with pytest.raises(AddressRefused):
        send(pushes, signer, to)
    assert pushes.seen == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],  # noqa: S104 - an address that a name resolves to
        ["224.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["fe80::1%eth0"],
        ["93.184.215.14", "127.0.0.1"],
        ["not an address"],
        [],
    ],
)
def test_n9_a_name_that_resolves_to_the_inside_is_refused(
    pushes: PushService, signer: vapid.Signer, addresses: list[str]
) -> None:
    """[N9] Security 28: and all its addresses have to be public."""
    wire = replace(pushes.wire(), resolve=lambda _host: addresses)
    with pytest.raises(AddressRefused, match="not public"):
        send(pushes, signer, subscription(pushes, signer), wire)
    assert pushes.seen == []


def test_n9_the_address_that_was_checked_is_the_one_used(pushes: PushService, signer: vapid.Signer) -> None:
    """[N9] A name that changes its mind between the two gains nothing."""
    used: list[tuple[str, str]] = []
    plain = pushes.wire()

    def connect(host: str, address: str, timeout_s: float) -> Any:
        used.append((host, address))
        return plain.connect(host, address, timeout_s)

    send(pushes, signer, subscription(pushes, signer), replace(plain, connect=connect))
    assert used == [(HOST, "93.184.215.14")]


def test_n9_a_redirect_is_an_answer_and_not_followed(pushes: PushService, signer: vapid.Signer) -> None:
    """[N9] Security 28."""
    pushes.mischief = "redirect"
    assert send(pushes, signer, subscription(pushes, signer)).status == 307
    assert len(pushes.seen) == 1


@pytest.mark.parametrize(("mischief", "answered"), [("slow", False), ("endless", True), ("endless head", False)])
def test_n9_nothing_takes_longer_than_the_limit(
    pushes: PushService, signer: vapid.Signer, mischief: str, answered: bool
) -> None:
    """[N9] Security 28: an answer that drips, a body and a head without end."""
    pushes.mischief = mischief
    browser, wire = subscription(pushes, signer), pushes.wire(limit_s=1)
    began = time.monotonic()
    if answered:
        assert send(pushes, signer, browser, wire).status == 201
    else:
        with pytest.raises(NoAnswer):
            send(pushes, signer, browser, wire)
    assert time.monotonic() - began < 2


def test_n9_nobody_there(signer: vapid.Signer, pushes: PushService) -> None:
    """[N9]"""

    def refuse(*_: Any) -> Any:
        raise ConnectionRefusedError

    wire = replace(pushes.wire(), connect=refuse)
    with pytest.raises(NoAnswer, match="ConnectionRefusedError"):
        send(pushes, signer, subscription(pushes, signer), wire)


def test_n9_by_default_the_inside_is_out_of_reach() -> None:
    """[N9] What the other tests replace is this."""
    with pytest.raises(AddressRefused, match="not public"):
        post(Wire(), "https://localhost/", {}, b"")
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert checked("https://example.org").hostname == "example.org"


def test_n9_no_log_line_names_the_address(
    pushes: PushService, signer: vapid.Signer, caplog: pytest.LogCaptureFixture
) -> None:
    """[N9] An address is a secret of the browser's; and no answer's body is read, let alone logged."""
    caplog.set_level(logging.DEBUG)
    to = subscription(pushes, signer)
    pushes.answers[to.endpoint.rpartition("/")[2]] = [500]
    send(pushes, signer, to)
    assert to.endpoint.rpartition("/")[2] not in caplog.text


def test_n11_two_keys(pushes: PushService, signer: vapid.Signer) -> None:
    """[N11] Security 42: the older key signs for those that subscribed with it, until a second rotation."""
    before, after = subscription(pushes, signer), None
    (first,) = vapid.keys_in(signer.path)
    second, kept = vapid.rotate(signer.path)
    assert kept == first
    after = subscription(pushes, signer)
    send(pushes, signer, before)
    send(pushes, signer, after)
    assert [message.key for message in pushes.messages] == [first.public, second.public]
    vapid.rotate(signer.path)
    with pytest.raises(web_push.KeyGone):
        send(pushes, vapid.Signer(signer.path, CONTACT), before)
    send(pushes, vapid.Signer(signer.path, CONTACT), after)
    assert pushes.problems == []


def test_n11_keys_are_made_once_and_are_nobody_elses(tmp_path: Path) -> None:
    """[N11]"""
    path = tmp_path / "vapid-keys.json"
    assert vapid.keys_in(path) == vapid.keys_in(path)
    assert path.stat().st_mode & 0o077 == 0


def test_keys_of_a_subscription_are_looked_at(pushes: PushService) -> None:
    keys = pushes.subscribe().as_json()["keys"]
    assert web_push.are_keys(**keys)
    assert not web_push.are_keys(keys["p256dh"][:-4], keys["auth"])
    assert not web_push.are_keys(keys["p256dh"], keys["auth"][:-4])
    assert not web_push.are_keys("A" * 87, keys["auth"])
    assert not web_push.are_keys("!", "!")


ENDPOINT = "endpoint"
STRANGERS = [
    "https://example.org/x",
    f"https://{HOST}.example.org/x",
    f"https://example.org/{HOST}",
    f"http://{HOST}/x",
    f"https://{HOST}:8443/x",
    f"https://{HOST}@example.org/x",
    "https://10.0.0.1/x",
    "https://localhost/x",
    "https://push.apple.com.evil.example/x",
]


@ON_SQLITE
@pytest.mark.parametrize("stranger", STRANGERS)
def test_n9_no_address_takes_a_subscription_of_any_other_host(
    app: Flask, sign_in: SignIn, pushes: PushService, stranger: str
) -> None:
    """[N9] Security 28: wherever the contract takes an endpoint, it is looked at before it is kept."""
    aino = sign_in("aino")
    given = pushes.subscribe().as_json() | {"key": aino.get("/api/push").get_json()["key"]}
    taking = [
        (method, path)
        for path, operations in CONTRACTED["paths"].items()
        for method, operation in operations.items()
        if method != "parameters" and any(ENDPOINT in fields for fields in fields_of(operation))
    ]
    assert ("put", "/api/push/subscription") in taking
    for method, path in taking:
        reply = aino.client.open(path, method=method.upper(), json=given | {ENDPOINT: stranger}, headers=aino.headers)
        assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "push_service_unknown")
        good = aino.client.open(path, method=method.upper(), json=given, headers=aino.headers)
        assert good.status_code == 204
    with app.app_context():
        kept = db.session.scalars(select(PushSubscription.endpoint)).all()
    assert kept == [given[ENDPOINT]]
