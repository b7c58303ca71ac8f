"""The lone-worker check-in: the escalation on a clock that can be turned, and who may see and do what."""

import hmac
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import AuditEvent, Organisation, User, db
from server.safety import alarm_channels, check_ins, escalation
from server.safety.check_ins import Arming
from server.safety.tables import CheckIn
from server.worker.worker import Worker
from tests.cast import Cast, Person, Phone, SignIn
from tests.gateway import HOOK_HOST, SMS_HOST, Gateway, gateway
from tests.push_service import PushService
from tests.reminding import Clock, subscribe, work

PLACE = "Esimerkkikatu 7 B 12"
TOKEN = "a token of the gateway's"
ARMING_AT_ONCE_S = 0.5
ARMING: Arming = {
    "minutes": 60,
    "at": "2099-11-25T12:00:00Z",
    "place": PLACE,
    "visit": None,
    "colleague": None,
    "drill": False,
}


@pytest.fixture
def clock() -> Clock:
    return Clock("2099-11-25T14:00")


@pytest.fixture
def alarms(app: Flask, cast: Cast) -> Iterator[Gateway]:
    """Both channels, and phone numbers that exist nowhere."""
    with app.app_context(), writing() as transaction:
        organisation = transaction.get_one(Organisation, cast.aino.org)
        alarm_channels.keep(transaction, organisation, "sms", f"https://{SMS_HOST}/send", TOKEN)
        alarm_channels.keep(transaction, organisation, "webhook", f"https://{HOOK_HOST}/alarm", TOKEN)
        for person in (cast.liisa, cast.mikko):
            transaction.get_one(User, person.key).phone = f"+358 50 000 {person.name}"
    with gateway() as running:
        yield running


@pytest.fixture
def worker(app: Flask, clock: Clock, pushes: PushService, alarms: Gateway) -> Worker:
    return Worker(app, alarms.wire(pushes), clock)


Do = Callable[..., Any]


@pytest.fixture
def do(app: Flask, clock: Clock) -> Do:
    """`do(watch.safe, cast.aino, "c-1", …)` at the clock's time, as the API does."""

    def do(action: Callable[..., Any], person: Person, *given: Any, **more: Any) -> Any:
        with app.app_context(), writing() as transaction:
            found = action(transaction, person.actor, *given, now=clock(), **more)
            transaction.flush()
            db.session.expunge_all()
            return found

    return do


@pytest.fixture
def phones(sign_in: SignIn, pushes: PushService) -> dict[str, str]:
    """Everybody has a browser that takes pushes; by its token, whose it is."""
    return {
        subscribe(sign_in(name), pushes).token: name for name in ("aino", "liisa", "mikko", "sanna", "satu", "olli")
    }


def heard(pushes: PushService, phones: dict[str, str], since: int = 0) -> list[tuple[str, str]]:
    return sorted((phones[each.token], each.payload["kind"]) for each in pushes.messages[since:])


def test_k2_it_works(
    app: Flask,
    cast: Cast,
    clock: Clock,
    do: Do,
    pushes: PushService,
    alarms: Gateway,
    worker: Worker,
    phones: dict[str, str],
) -> None:
    """[K2] [K6] The phone loses its network after arming; rung by rung, and nobody of another team or organisation."""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    steps = {
        "2099-11-25T14:54": [],
        "2099-11-25T14:55": [("aino", "checkin_soon")],
        "2099-11-25T15:00": [("aino", "checkin_due")],
        "2099-11-25T15:09": [],
        "2099-11-25T15:10": [("liisa", "checkin_colleague")],
        "2099-11-25T15:20": [("mikko", "checkin_supervisor")],
        "2099-11-25T16:00": [],
    }
    for here, told in steps.items():
        clock.turn(here)
        before = len(pushes.messages)
        work(app, worker)
        assert heard(pushes, phones, before) == told, here
    assert [each["to"][-5:] for each in alarms.at(SMS_HOST)] == ["liisa", "mikko"]
    assert [each["event"] for each in alarms.at(HOOK_HOST)] == ["checkin_colleague", "checkin_supervisor"]
    assert pushes.problems == []


def test_k6_an_sms_and_a_webhook_say_no_more_than_they_must(
    app: Flask, cast: Cast, clock: Clock, do: Do, alarms: Gateway, worker: Worker
) -> None:
    """[K6] Signed, and with a key by which a repeat is known."""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    by_host = {host: (headers, body, raw) for host, headers, body, raw in alarms.received}
    headers, sms, _ = by_host[SMS_HOST]
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert sms["text"] == "Työkaverin turvavalvonta ei ole kuitattu. Avaa Ovikello. (15.00)"
    headers, hook, raw = by_host[HOOK_HOST]
    assert hook == {"event": "checkin_colleague", "check_in": "c-1", "at": "2099-11-25T13:00:00Z", "drill": False}
    assert headers["Ovikello-Signature"] == hmac.new(TOKEN.encode(), raw, "sha256").hexdigest()
    assert headers["Idempotency-Key"]


def test_k6_a_gateway_that_is_down_is_asked_again_with_the_same_key(
    app: Flask, cast: Cast, clock: Clock, do: Do, alarms: Gateway, worker: Worker
) -> None:
    """[K6] [N10]"""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    alarms.answers = [503, 503]
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    clock.turn("2099-11-25T15:11")
    work(app, worker)
    keys = [headers["Idempotency-Key"] for _, headers, *_ in alarms.received]
    assert len(keys) == 4
    assert len(set(keys)) == 2


def test_k1_the_same_arming_twice_is_one(cast: Cast, clock: Clock, do: Do) -> None:
    """[K1] A lost reply moves no deadline, and an extension that is repeated is one."""
    first = do(check_ins.arm, cast.aino, "c-1", ARMING)
    assert first.deadline == "2099-11-25T13:00:00Z"
    clock.pass_(minutes=5)
    assert do(check_ins.arm, cast.aino, "c-1", ARMING).deadline == first.deadline
    for _ in range(2):
        extended = do(check_ins.extend, cast.aino, "c-1", 30, first.deadline)
        assert extended.deadline == "2099-11-25T13:30:00Z"
    clock.turn("2099-11-25T16:00")  # when it is late already the time counts from now
    assert do(check_ins.extend, cast.aino, "c-1", 30, extended.deadline).deadline == "2099-11-25T14:30:00Z"


def test_k2_an_extension_moves_the_whole_escalation(
    app: Flask, cast: Cast, clock: Clock, do: Do, pushes: PushService, worker: Worker, phones: dict[str, str]
) -> None:
    """[K2]"""
    armed = do(check_ins.arm, cast.aino, "c-1", ARMING)
    clock.turn("2099-11-25T15:05")
    work(app, worker)
    do(check_ins.extend, cast.aino, "c-1", 30, armed.deadline)
    clock.turn("2099-11-25T15:29")
    before = len(pushes.messages)
    work(app, worker)
    assert heard(pushes, phones, before) == []
    clock.turn("2099-11-25T15:46")
    work(app, worker)
    assert ("liisa", "checkin_colleague") in heard(pushes, phones, before)


def test_k5_an_answer_that_was_given_offline_is_shown_as_what_it_was(
    app: Flask,
    cast: Cast,
    clock: Clock,
    do: Do,
    pushes: PushService,
    alarms: Gateway,
    worker: Worker,
    phones: dict[str, str],
) -> None:
    """[K5] Safe at 14.50 in a cellar, heard of at 15.25: both times stand, and the alarmed hear that it is over."""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    for here in ("2099-11-25T15:10", "2099-11-25T15:20"):
        clock.turn(here)
        work(app, worker)
    clock.turn("2099-11-25T15:25")
    ended = do(check_ins.safe, cast.aino, "c-1", "2099-11-25T12:50:00Z")
    assert (ended.ended_on_device, ended.ended_at) == ("2099-11-25T12:50:00Z", "2099-11-25T13:25:00Z")
    assert escalation.came_late(ended)
    assert ended.place is None
    before = len(pushes.messages)
    work(app, worker)
    assert heard(pushes, phones, before) == [("liisa", "checkin_over"), ("mikko", "checkin_over")]
    # the all-clear replaces the alarm on the screen, since its Topic is the same
    alarm = {each.topic for each in pushes.messages[:before] if each.payload["kind"] in escalation.ALARMS}
    assert {each.topic for each in pushes.messages[before:]} == alarm
    assert alarms.at(SMS_HOST)[-1]["text"] == "Tilanne on ohi. (15.00)"
    clock.turn("2099-11-26T15:00")
    assert work(app, worker) == 0


def test_k5_an_answer_in_time_is_just_that(cast: Cast, clock: Clock, do: Do) -> None:
    """[K5] And said twice it is said once."""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    clock.turn("2099-11-25T14:40")
    ended = do(check_ins.safe, cast.aino, "c-1", "2099-11-25T12:40:00Z")
    assert not escalation.came_late(ended)
    clock.turn("2099-11-25T18:00")
    assert do(check_ins.safe, cast.aino, "c-1", "2099-11-25T16:00:00Z").ended_at == ended.ended_at


def test_k2_a_silent_alert_tells_the_others_at_once(
    app: Flask,
    cast: Cast,
    clock: Clock,
    do: Do,
    pushes: PushService,
    alarms: Gateway,
    worker: Worker,
    phones: dict[str, str],
) -> None:
    """[K2] And nothing shows on the phone that gave it."""
    do(check_ins.arm, cast.aino, "c-1", ARMING)
    clock.turn("2099-11-25T14:20")
    do(check_ins.alert, cast.aino, "c-1", "2099-11-25T12:20:00Z")
    work(app, worker)
    assert heard(pushes, phones) == [("liisa", "checkin_alert"), ("mikko", "checkin_alert")]
    assert {message.urgency for message in pushes.messages} == {"high"}
    assert len(alarms.at(SMS_HOST)) == 2


def test_k3_nobody_has_confirmed(cast: Cast, clock: Clock, do: Do) -> None:
    """[K3] Said to the supervisor from T+20 on, until somebody sees to it; reaching the person ends it."""
    armed = do(check_ins.arm, cast.aino, "c-1", ARMING)
    seen = []
    for here in ("14:50", "14:56", "15:05", "15:15", "15:25"):
        clock.turn(f"2099-11-25T{here}")
        seen.append((escalation.stage(armed, clock()), escalation.nobody_confirmed(armed, clock())))
    assert seen == [("on", False), ("soon", False), ("asked", False), ("colleague", False), ("supervisor", True)]
    taken = do(check_ins.confirm, cast.mikko, "c-1", is_safe=False)
    assert (taken.confirmed_by, escalation.nobody_confirmed(taken, clock())) == (cast.mikko.id, False)
    ended = do(check_ins.confirm, cast.mikko, "c-1", is_safe=True)
    assert (ended.ended_by, ended.ended_on_device, escalation.stage(ended, clock())) == (cast.mikko.id, None, "ended")


def test_k2_a_drill_is_called_one_everywhere(
    app: Flask,
    cast: Cast,
    clock: Clock,
    do: Do,
    pushes: PushService,
    alarms: Gateway,
    worker: Worker,
    phones: dict[str, str],
) -> None:
    """[K2] Push, SMS, webhook and log."""
    do(check_ins.arm, cast.aino, "c-1", ARMING | {"drill": True})
    clock.turn("2099-11-25T15:20")
    work(app, worker)
    assert heard(pushes, phones)
    assert {message.payload["drill"] for message in pushes.messages} == {True}
    assert all(each["text"].startswith("HARJOITUS: ") for each in alarms.at(SMS_HOST))
    assert {each["drill"] for each in alarms.at(HOOK_HOST)} == {True}
    with app.app_context():
        (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "check_in_armed"))
        assert '"drill":true' in event.detail
        db.session.rollback()


@pytest.mark.parametrize(("named", "told"), [("mikko", ["mikko"]), (None, ["liisa"])])
def test_k2_the_colleague_is_the_one_named(
    app: Flask,
    cast: Cast,
    clock: Clock,
    do: Do,
    pushes: PushService,
    worker: Worker,
    phones: dict[str, str],
    named: str | None,
    told: list[str],
) -> None:
    """[K2] Else the team; and where there is no leader the administrators stand in."""
    colleague = getattr(cast, named).id if named else None
    do(check_ins.arm, cast.aino, "c-1", ARMING | {"colleague": colleague})
    clock.turn("2099-11-25T15:10")
    work(app, worker)
    assert [who for who, kind in heard(pushes, phones) if kind == "checkin_colleague"] == told


def test_k2_who_has_nobody_has_the_administrators(
    app: Flask, cast: Cast, clock: Clock, do: Do, pushes: PushService, worker: Worker, phones: dict[str, str]
) -> None:
    """[K2] Sanna is alone in her team."""
    do(check_ins.arm, cast.sanna, "c-1", ARMING)
    clock.turn("2099-11-25T15:20")
    work(app, worker)
    assert {who for who, kind in heard(pushes, phones) if kind in escalation.ALARMS} == {"satu"}


# --- the endpoints ------------------------------------------------------------------------------------------------


def now() -> str:
    return timestamps.text(datetime.now(UTC))


def armed(phone: Phone, id_: str = "c-1", **more: Any) -> dict[str, Any]:
    reply = phone.put(f"/api/checkins/{id_}", {"minutes": 30, "at": now(), "place": PLACE} | more)
    assert reply.status_code == 200, reply.json
    found: dict[str, Any] = reply.get_json()
    return found


def late_by(app: Flask, minutes: int, id_: str = "c-1") -> None:
    """Move a deadline into the past, with its escalation."""
    with app.app_context(), writing() as transaction:
        check_in = transaction.scalars(select(CheckIn).where(CheckIn.id == id_)).one()
        check_in.deadline = timestamps.text(datetime.now(UTC) - timedelta(minutes=minutes))
        check_ins._write_steps(transaction, check_in, datetime.now(UTC))


def test_k1_the_answer_says_that_the_server_watches(sign_in: SignIn) -> None:
    """[K1] And any of the person's devices can say that all is well."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    assert phone.get("/api/checkins/mine").get_json()["check_in"] is None
    found = armed(phone)
    assert (found["stage"], found["drill"], found["may_see_place"]) == ("on", False, False)
    assert PLACE not in str(found)
    assert laptop.get("/api/checkins/mine").get_json()["check_in"]["id"] == "c-1"
    again = phone.put("/api/checkins/c-2", {"minutes": 30, "at": now()})
    assert (again.status_code, again.get_json()["problem"]["code"]) == (409, "check_in_on_already")
    assert laptop.post("/api/checkins/c-1/safe", {"at": now()}).get_json()["stage"] == "ended"
    assert phone.get("/api/checkins/mine").get_json()["check_in"] is None
    assert phone.post("/api/checkins/c-1/alert", {"at": now()}).status_code == 204


def test_k1_two_devices_that_arm_at_once(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[K1] The second comes while the first is being written: it waits, and is told that one is on."""
    laptop = sign_in("aino", device="laptop")
    given = {"minutes": 30, "at": now()}
    with ThreadPoolExecutor(1) as threads:
        with app.app_context(), writing() as transaction:
            check_ins.arm(transaction, cast.aino.actor, "c-1", ARMING, datetime.now(UTC))
            second = threads.submit(laptop.put, "/api/checkins/c-2", given)
            time.sleep(ARMING_AT_ONCE_S)
            assert not second.done()
        reply = second.result()
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (409, "check_in_on_already")


def test_k1_many_taps_on_many_devices(app: Flask, sign_in: SignIn) -> None:
    """[K1] One of them is on, by whichever; the others hear it. Once it is over another may be armed."""
    phones = [sign_in("aino", device=f"device-{number}") for number in range(4)]
    given = {"minutes": 30, "at": now()}
    for round_ in ("a", "b"):
        with ThreadPoolExecutor(len(phones)) as threads:
            tried = [threads.submit(each.put, f"/api/checkins/{round_}-{i}", given) for i, each in enumerate(phones)]
        replies = [each.result() for each in tried]
        assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
        on = phones[0].get("/api/checkins/mine").get_json()["check_in"]["id"]
        assert [reply.get_json()["id"] for reply in replies if reply.status_code == 200] == [on]
        with app.app_context():
            assert db.session.scalars(select(CheckIn.id).where(CheckIn.ended_at.is_(None))).all() == [on]
            db.session.rollback()
        phones[1].post(f"/api/checkins/{on}/safe", {"at": now()})


def test_k3_the_list_comes_in_pages(app: Flask, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[K3] Who called for help first, then who is out, then who is back; nobody twice, nobody of another team."""
    for where in ("core.pages", "safety.check_ins"):
        monkeypatch.setattr(f"server.{where}.LIMITS", replace(LIMITS, list_page_max=2))
    with app.app_context(), writing() as transaction:
        liisa = transaction.get_one(User, cast.liisa.key)
        for number, (team, more) in enumerate(
            [
                (liisa.team, {"ended_at": now()}),
                (liisa.team, {}),
                (liisa.team, {}),
                (liisa.team, {"alert_at": now()}),
                (cast.sanna.team, {}),
                (liisa.team, {"ended_at": "2026-01-01T12:00:00Z"}),
            ]
        ):
            who = {"id": f"u-{number}", "org": cast.aino.org, "team": team, "name": "W", "role": "field_worker"}
            transaction.add(User(**(shared(liisa) | who)))
            times = {"armed_at": now(), "armed_on_device": now(), "deadline": f"2099-11-25T12:00:0{number}Z"}
            transaction.flush()
            transaction.add(CheckIn(id=f"c-{number}", org=cast.aino.org, user=f"u-{number}", drill=0, **times, **more))
    seen: dict[str, list[str]] = {}
    for name in ("mikko", "aino"):
        after: str | None = ""
        seen[name] = []
        phone = sign_in(name)
        while after is not None:
            reply = phone.get(f"/api/checkins?{urlencode({'after': after})}").get_json()
            assert len(reply["check_ins"]) <= 2
            seen[name] += [each["id"] for each in reply["check_ins"]]
            after = reply["next"]
    assert seen == {"mikko": ["c-3", "c-1", "c-2", "c-0"], "aino": []}


def shared(person: User) -> dict[str, Any]:
    """What another row of the table needs besides what is its own."""
    own = {"id", "org", "team", "name", "role"}
    return {column.key: getattr(person, column.key) for column in User.__table__.columns if column.key not in own}


def test_k3_who_is_out(app: Flask, sign_in: SignIn) -> None:
    """[K3] The supervisor sees the own team, an administrator everybody, a colleague once told. Security 6, 8."""
    armed(sign_in("aino"))
    people = {name: sign_in(name) for name in ("liisa", "mikko", "sanna", "satu", "olli")}

    def seen() -> list[str]:
        return [name for name, phone in people.items() if phone.get("/api/checkins").get_json()["check_ins"]]

    assert seen() == ["mikko", "satu"]
    late_by(app, 15)
    assert seen() == ["liisa", "mikko", "satu"]
    for name in ("sanna", "olli"):
        for action in ("extend", "safe", "alert", "confirm", "place"):
            body: dict[str, Any] = {"safe": True} if action == "confirm" else {"at": now()}
            body = {"minutes": 30, "deadline": now()} if action == "extend" else body
            assert people[name].post(f"/api/checkins/c-1/{action}", body).status_code == 404
    arming = {"minutes": 30, "at": now()}
    assert people["sanna"].put("/api/checkins/c-1", arming).status_code == 404
    # Another organisation's id is as good as one that nobody has (O1): what is refused is that Olli has nobody (K9).
    told = people["olli"].put("/api/checkins/c-1", arming).get_json()
    assert (
        told == {"problem": {"code": "check_in_nobody"}} == people["olli"].put("/api/checkins/c-2", arming).get_json()
    )
    assert people["liisa"].post("/api/checkins/c-1/confirm", {"safe": False}).get_json()["confirmed_by"]
    assert people["liisa"].post("/api/checkins/c-1/safe", {"at": now()}).status_code == 404


def test_k4_the_address_is_for_the_supervisor_when_it_is_time(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """[K4] Not before T+20, not for the colleague, noted at each look, and forgotten once it is over."""
    aino, liisa, mikko = (sign_in(name) for name in ("aino", "liisa", "mikko"))
    armed(aino)
    late_by(app, 15)
    assert mikko.post("/api/checkins/c-1/place").status_code == 404
    late_by(app, 25)
    (shown,) = mikko.get("/api/checkins").get_json()["check_ins"]
    assert (shown["may_see_place"], shown["nobody_confirmed"]) == (True, True)
    assert mikko.post("/api/checkins/c-1/place").get_json() == {"place": PLACE}
    for other in (liisa, aino):
        assert other.post("/api/checkins/c-1/place").status_code == 404
    aino.post("/api/checkins/c-1/safe", {"at": now()})
    assert mikko.post("/api/checkins/c-1/place").status_code == 404
    with app.app_context():
        assert db.session.get_one(CheckIn, ("c-1", cast.aino.org)).place is None
        looks = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "check_in_place_seen")).all()
        assert [look.actor for look in looks] == [cast.mikko.id]
        assert all(PLACE not in event.detail for event in db.session.scalars(select(AuditEvent)))
        db.session.rollback()


def test_k1_a_revoked_device_may_still_say_that_all_is_well(sign_in: SignIn) -> None:
    """[K1] Nobody is looked for in vain."""
    aino = sign_in("aino")
    armed(aino)
    sign_in("mikko").delete("/api/devices/phone-of-aino")
    assert aino.put("/api/checkins/c-2", {"minutes": 30, "at": now()}).status_code == 403
    assert aino.post("/api/checkins/c-1/safe", {"at": now()}).status_code == 200


@pytest.mark.parametrize("named", ["sanna", "aino", "olli"])
def test_k2_nobody_of_another_team_is_named(cast: Cast, sign_in: SignIn, named: str) -> None:
    """[K2] They see neither the client nor where it is: an alarm at T+10 would reach nobody who can help."""
    given = {"minutes": 30, "at": now(), "colleague": getattr(cast, named).id}
    aino = sign_in("aino")
    reply = aino.put("/api/checkins/c-1", given)
    assert (reply.status_code, reply.get_json()["problem"]["fields"]) == (422, {"colleague": ["invalid"]})
    assert aino.get("/api/checkins/mine").get_json()["check_in"] is None


@pytest.mark.parametrize("wrong", [{"minutes": 4}, {"minutes": 241}, {"at": "yesterday"}, {"colleague": "nobody"}])
def test_what_is_armed_is_looked_at(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    reply = sign_in("aino").put("/api/checkins/c-1", {"minutes": 30, "at": now()} | wrong)
    assert (reply.status_code, reply.get_json()["problem"]["code"]) == (422, "fields_invalid")
