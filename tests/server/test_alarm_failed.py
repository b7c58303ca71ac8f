"""An alarm that nobody took: kept with its reason, red for the leader at once, and on to the next step (K9)."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from server.config import SettingsInvalid, settings_from
from server.core import timestamps
from server.core.database import writing
from server.core.models import Organisation, User, db
from server.directory import OfficeMistake
from server.safety import alarm_channels, check_ins
from server.safety.channels import Gateway as To
from server.safety.check_ins import Arming
from server.worker.worker import Worker
from tests.cast import Cast, Phone, SignIn
from tests.gateway import HOOK_HOST, SMS_HOST, Gateway, gateway
from tests.push_service import PushService
from tests.reminding import Clock, reminders, subscribe, work

TOKEN = "a token of the gateway's"
INSIDE_ADDRESS = "10.20.30.40"
ARMING: Arming = {
    "minutes": 60,
    "at": "2099-11-25T12:00:00Z",
    "place": None,
    "visit": None,
    "colleague": None,
    "drill": False,
}


@pytest.fixture
def clock() -> Clock:
    return Clock("2099-11-25T14:00")


@pytest.fixture
def alarms(app: Flask, cast: Cast) -> Iterator[Gateway]:
    """An SMS gateway, and phone numbers that exist nowhere."""
    with app.app_context(), writing() as transaction:
        organisation = transaction.get_one(Organisation, cast.aino.org)
        alarm_channels.keep(transaction, organisation, "sms", f"https://{SMS_HOST}/send", TOKEN)
        for person in (cast.liisa, cast.mikko, cast.satu):
            transaction.get_one(User, person.key).phone = f"+358 50 000 {person.name}"
    with gateway() as running:
        yield running


@pytest.fixture
def gate() -> Iterator[Gateway]:
    """A gateway that no installation knows of yet."""
    with gateway() as running:
        yield running


@pytest.fixture
def worker(app: Flask, clock: Clock, pushes: PushService, alarms: Gateway) -> Worker:
    return Worker(app, alarms.wire(pushes), clock)


@pytest.fixture
def arm(app: Flask, cast: Cast, clock: Clock) -> Callable[..., None]:
    def arm(person: str = "aino", **more: Any) -> None:
        given: Any = {**ARMING, **more}
        with app.app_context(), writing() as transaction:
            check_ins.arm(transaction, getattr(cast, person).actor, "c-1", given, clock())

    return arm


@pytest.fixture
def leader(sign_in: SignIn, pushes: PushService) -> Phone:
    """Liisa and Mikko have browsers that take pushes."""
    subscribe(sign_in("liisa"), pushes)
    mikko = sign_in("mikko")
    subscribe(mikko, pushes)
    return mikko


def shown(leader: Phone) -> dict[str, Any]:
    (found,) = leader.get("/api/checkins").get_json()["check_ins"]
    return dict(found)


def failures(leader: Phone) -> list[tuple[str, str]]:
    return [(each["channel"], each["reason"]) for each in shown(leader)["alarms_failed"]]


def refuses(alarms: Gateway) -> None:
    alarms.always[SMS_HOST] = 401


def is_forbidden(alarms: Gateway) -> None:
    alarms.always[SMS_HOST] = 403


def is_moved(alarms: Gateway) -> None:
    alarms.always[SMS_HOST] = 302


def is_gone(alarms: Gateway) -> None:
    alarms.always[SMS_HOST] = 410


def lies_inside(alarms: Gateway) -> None:
    alarms.addresses[SMS_HOST] = INSIDE_ADDRESS


def lies_on_this_machine(alarms: Gateway) -> None:
    alarms.addresses[SMS_HOST] = "127.0.0.1"


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        (refuses, "answered_401"),
        (is_forbidden, "answered_403"),
        (is_moved, "answered_302"),
        (is_gone, "answered_410"),
        (lies_inside, "address_refused"),
        (lies_on_this_machine, "address_refused"),
    ],
)
def test_k9_a_channel_that_refuses(
    app: Flask,
    cast: Cast,
    clock: Clock,
    arm: Callable[..., None],
    alarms: Gateway,
    worker: Worker,
    leader: Phone,
    caplog: pytest.LogCaptureFixture,
    breaks: Callable[[Gateway], None],
    reason: str,
) -> None:
    """[K9] Stored as failed with its reason, logged without anybody's name, red at once; the supervisor is told now."""
    arm()
    breaks(alarms)
    clock.turn("2099-11-25T15:10")
    with caplog.at_level(logging.WARNING, "ovikello.worker"):
        work(app, worker)
    (row,) = reminders(app, cause="checkin_colleague", channel="sms")
    assert (row.state, row.reason, row.sent_at) == ("failed", reason, None)
    found = shown(leader)
    assert (found["stage"], found["nobody_confirmed"], found["may_see_place"]) == ("supervisor", True, True)
    assert ("sms", reason) in failures(leader)
    (told,) = reminders(app, cause="checkin_supervisor", channel="push", user=cast.mikko.id)
    assert told.state == "sent"
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert f"an alarm was not taken: checkin_colleague, sms, {reason}" in said
    for secret in ("liisa", "+358", SMS_HOST, INSIDE_ADDRESS, TOKEN, row.user):
        assert secret not in said


@pytest.mark.parametrize(("status", "reason"), [(503, "answered_503"), (429, "answered_429")])
def test_k9_a_channel_that_fails_is_red_at_once_and_climbs_at_the_second_try(
    app: Flask,
    cast: Cast,
    clock: Clock,
    arm: Callable[..., None],
    alarms: Gateway,
    worker: Worker,
    leader: Phone,
    status: int,
    reason: str,
) -> None:
    """[K9] [N10] It goes on being tried; once it is taken, nothing is red for it any more."""
    arm()
    alarms.always[SMS_HOST] = status
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    assert failures(leader) == [("sms", reason)]
    of_mikko = {"cause": "checkin_supervisor", "channel": "push", "user": cast.mikko.id}
    assert [row.state for row in reminders(app, **of_mikko)] == ["waiting"]
    clock.turn("2099-11-25T15:11")
    work(app, worker)
    assert [row.state for row in reminders(app, **of_mikko)] == ["sent"]
    alarms.always.clear()
    clock.turn("2099-11-25T15:13")
    work(app, worker)
    assert failures(leader) == []
    assert {row.state for row in reminders(app, channel="sms")} == {"sent"}


def test_k9_who_has_nothing_to_take_it_with(
    app: Flask, cast: Cast, clock: Clock, arm: Callable[..., None], worker: Worker, sign_in: SignIn
) -> None:
    """[K9] No browser, no phone number: colleague, supervisor, and then the administrators, at once."""
    with app.app_context(), writing() as transaction:
        for person in (cast.liisa, cast.mikko):
            transaction.get_one(User, person.key).phone = ""
    arm()
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    assert {(row.cause, row.state, row.reason) for row in reminders(app, channel="push") if row.state == "failed"} == {
        ("checkin_colleague", "failed", "no_address"),
        ("checkin_supervisor", "failed", "no_address"),
    }
    assert [row.state for row in reminders(app, user=cast.satu.id, channel="sms")] == ["sent"]
    # one of the step has taken it, so who has no browser is nobody's alarm
    assert failures(sign_in("satu")) == [("push", "no_address")]


def test_k9_a_closed_account_and_a_worker_that_was_down(
    app: Flask, cast: Cast, clock: Clock, arm: Callable[..., None], worker: Worker, leader: Phone
) -> None:
    """[K9]"""
    arm(colleague=cast.liisa.id)
    with app.app_context(), writing() as transaction:
        transaction.get_one(User, cast.liisa.key).active = False
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    assert {row.reason for row in reminders(app, cause="checkin_colleague")} == {"no_account"}
    assert shown(leader)["stage"] == "supervisor"


def test_k9_an_alert_that_nobody_took(
    app: Flask, cast: Cast, clock: Clock, arm: Callable[..., None], alarms: Gateway, worker: Worker
) -> None:
    """[K9] To the administrators, since colleague and supervisor were told of it already."""
    refuses(alarms)
    arm()
    clock.turn("2099-11-25T14:20")
    with app.app_context(), writing() as transaction:
        check_ins.alert(transaction, cast.aino.actor, "c-1", "2099-11-25T12:20:00Z", clock())
    work(app, worker)
    assert {row.cause for row in reminders(app, user=cast.satu.id)} == {"checkin_alert"}


def test_k9_what_is_seen_to_or_over_climbs_no_more(
    app: Flask, cast: Cast, clock: Clock, arm: Callable[..., None], alarms: Gateway, worker: Worker, leader: Phone
) -> None:
    """[K9] And more time gives the escalation its times back."""
    refuses(alarms)
    arm()
    clock.turn("2099-11-25T15:10")
    with app.app_context(), writing() as transaction:
        check_ins.confirm(transaction, cast.mikko.actor, "c-1", is_safe=False, now=clock())
    work(app, worker)
    assert {row.due for row in reminders(app, cause="checkin_supervisor")} == {"2099-11-25T13:20:00Z"}
    with app.app_context(), writing() as transaction:
        check_ins.extend(transaction, cast.aino.actor, "c-1", 30, "2099-11-25T13:00:00Z", clock())
    assert (shown(leader)["stage"], failures(leader)) == ("on", [])


def test_k9_the_person_hears_nothing_of_it(
    app: Flask, clock: Clock, arm: Callable[..., None], alarms: Gateway, worker: Worker, sign_in: SignIn
) -> None:
    """[K9] Who of the colleagues could not be reached is nothing for a screen that somebody may look at."""
    aino = sign_in("aino")
    refuses(alarms)
    arm()
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    assert aino.get("/api/checkins/mine").get_json()["check_in"]["alarms_failed"] == []


def test_k9_where_nobody_would_hear_it_is_not_armed(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[K9] [K1] An alarm to nobody is none."""
    with app.app_context(), writing() as transaction:
        for person in (cast.liisa, cast.mikko, cast.satu):
            transaction.get_one(User, person.key).active = False
    aino = sign_in("aino")
    reply = aino.put("/api/checkins/c-1", {"minutes": 30, "at": timestamps.text(datetime.now(UTC))})
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (409, "check_in_nobody")
    assert aino.get("/api/checkins/mine").get_json()["check_in"] is None


# --- a channel is tried when it is set ---------------------------------------------------------------------------


def trial(gate: Gateway, pushes: PushService, kind: str = "sms", inside: str = "", token: str = TOKEN) -> None:
    host = SMS_HOST if kind == "sms" else HOOK_HOST
    hosts = frozenset(inside.split()) if inside else frozenset()
    alarm_channels.try_out(gate.wire(pushes), To(kind, f"https://{host}/send", token), "+358401234567", hosts)


def test_k6_a_channel_is_tried_with_a_drill(gate: Gateway, pushes: PushService) -> None:
    """[K6] As an alarm would come, with its token, its signature and a key of its own."""
    trial(gate, pushes)
    trial(gate, pushes, "webhook")
    (_, sms_headers, sms, _), (_, hook_headers, hook, _) = gate.received
    assert (sms["to"], sms["text"][:11]) == ("+358401234567", "HARJOITUS: ")
    assert sms_headers["Authorization"] == f"Bearer {TOKEN}"
    assert (hook["event"], hook["drill"]) == ("trial", True)
    assert hook_headers["Ovikello-Signature"]
    assert sms_headers["Idempotency-Key"] != hook_headers["Idempotency-Key"]


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (refuses, "answered 401"),
        (is_moved, "answered 302"),
        (lies_inside, "OVIKELLO_INSIDE_GATEWAYS"),
        (lies_on_this_machine, "OVIKELLO_INSIDE_GATEWAYS"),
        (lambda gate: gate.answers.append(503), "answered 503"),
    ],
)
def test_k6_what_the_trial_finds_is_said(
    gate: Gateway, pushes: PushService, breaks: Callable[[Gateway], None], said: str
) -> None:
    """[K6]"""
    breaks(gate)
    with pytest.raises(OfficeMistake, match=said):
        trial(gate, pushes)


@pytest.mark.parametrize("token", ["", "two\nlines", "ääkköset"])
def test_k6_a_token_that_no_header_holds(gate: Gateway, pushes: PushService, token: str) -> None:
    """[K6] It would fail at every alarm."""
    with pytest.raises(OfficeMistake, match="token"):
        trial(gate, pushes, token=token)


@pytest.mark.parametrize("address", [INSIDE_ADDRESS, "192.168.1.7", "172.16.0.1", "fd12:3456::1", "::ffff:10.0.0.1"])
def test_n9_a_gateway_inside_for_exactly_the_host_that_the_operator_names(
    gate: Gateway, pushes: PushService, address: str
) -> None:
    """[N9]"""
    gate.addresses = {SMS_HOST: address, HOOK_HOST: address}
    trial(gate, pushes, inside=SMS_HOST)
    assert len(gate.received) == 1
    with pytest.raises(OfficeMistake):
        trial(gate, pushes, "webhook", inside=SMS_HOST)
    assert len(gate.received) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1"])  # noqa: S104
def test_n9_never_this_machine_or_what_answers_on_every_link(gate: Gateway, pushes: PushService, address: str) -> None:
    """[N9] Whoever is named."""
    gate.addresses[SMS_HOST] = address
    with pytest.raises(OfficeMistake, match="no public address"):
        trial(gate, pushes, inside=SMS_HOST)
    assert gate.received == []


def test_n9_an_alarm_goes_to_a_gateway_inside(
    app: Flask, clock: Clock, arm: Callable[..., None], alarms: Gateway, pushes: PushService, leader: Phone
) -> None:
    """[N9] [K6] By the setting of server and worker."""
    lies_inside(alarms)
    settings = app.extensions["ovikello-settings"]
    app.extensions["ovikello-settings"] = replace(settings, inside_gateways=frozenset({SMS_HOST}))
    arm()
    clock.turn("2099-11-25T15:10")
    work(app, Worker(app, alarms.wire(pushes), clock))
    assert [each["to"][-5:] for each in alarms.at(SMS_HOST)] == ["liisa"]
    assert failures(leader) == []
    with app.app_context():
        db.session.rollback()


def test_n9_the_setting_takes_hosts_and_nothing_else(tmp_path: Any) -> None:
    """[N9] A pattern, a network or a whole address would open more than one host."""

    def inside(given: str) -> frozenset[str]:
        environment = {"OVIKELLO_DATA_DIR": str(tmp_path), "OVIKELLO_INSIDE_GATEWAYS": given}
        return settings_from(environment).inside_gateways

    assert inside("") == frozenset()
    assert inside(" SMS.inside.example, 10.1.2.3,fd00::7 ") == {"sms.inside.example", "10.1.2.3", "fd00::7"}
    for wrong in ("*", "*.example", "10.0.0.0/8", "https://sms.inside", "sms.inside:8443", "a b", ".example", "-"):
        with pytest.raises(SettingsInvalid, match="OVIKELLO_INSIDE_GATEWAYS"):
            inside(wrong)
