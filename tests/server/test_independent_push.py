"""The worker against a push service that is not ours, and whose code shares nothing with our sender's."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core.models import db
from server.core.reminder_tables import PushSubscription
from server.reminders import vapid
from server.worker.worker import Worker
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.independent_push import IndependentPush, independent_push
from tests.reminding import Clock, Entries, open_case, plan, reminders, work

pytestmark = ON_SQLITE


@pytest.fixture(scope="module")
def service() -> Iterator[IndependentPush]:
    with independent_push() as running:
        yield running


@pytest.fixture
def clock(app: Flask, cast: Cast) -> Clock:
    """On the evening before a visit of Aino's, as she is told of it."""
    clock = Clock("2099-11-24T09:00")
    open_case(app, cast.aino)
    Entries(app, clock)(cast.aino, "visit-1", plan("2099-11-25T14:00", "2099-11-25T15:00"))
    clock.turn("2099-11-24T18:00")
    return clock


@pytest.fixture
def worker(app: Flask, service: IndependentPush, clock: Clock) -> Worker:
    return Worker(app, service.wire(), clock)


def subscribe(phone: Phone, service: IndependentPush, made_with: str = "") -> dict[str, Any]:
    """As the app does with the server's key; `made_with` another key at the push service."""
    key = phone.get("/api/push").get_json()["key"]
    subscription = service.subscribe(made_with or key)
    reply = phone.put("/api/push/subscription", subscription | {"key": key})
    assert reply.status_code == 204, reply.json
    return subscription


def subscriptions(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count(PushSubscription.id))) or 0
        db.session.rollback()
        return found


def test_n8_it_works(app: Flask, sign_in: SignIn, service: IndependentPush, worker: Worker) -> None:
    """[N8] Decrypted, and its VAPID token verified, by somebody else's code."""
    subscription = subscribe(sign_in("aino"), service)
    work(app, worker)
    (row,) = reminders(app, step="evening")
    at = {"kind": "visit_upcoming", "at": "2099-11-25T12:00:00Z", "id": row.id}
    assert [message | {"later": ""} for message in service.messages(subscription)] == [at | {"later": ""}]
    assert row.state == "sent"


def test_n11_a_token_of_another_key_is_refused_there(
    app: Flask,
    sign_in: SignIn,
    service: IndependentPush,
    worker: Worker,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """[N10, N11] Nothing is taken, nothing tried again, and it stands in the inbox all the same."""
    caplog.set_level(logging.WARNING, "ovikello.worker")
    subscription = subscribe(sign_in("aino"), service, made_with=vapid._new().public)
    work(app, worker)
    assert service.messages(subscription) == []
    assert [record.getMessage() for record in caplog.records] == ["answered 400"]
    (row,) = reminders(app, step="evening")
    assert (row.state, row.taken_by, row.tries) == ("sent", "[]", 1)
    clock.pass_(hours=1)
    assert work(app, worker) == 0


def test_n7_a_subscription_that_has_expired_there_is_taken_away(
    app: Flask, sign_in: SignIn, service: IndependentPush, worker: Worker
) -> None:
    """[N7] It answers 410."""
    subscription = subscribe(sign_in("aino"), service)
    service.expire(subscription)
    assert subscriptions(app) == 1
    work(app, worker)
    assert service.messages(subscription) == []
    assert subscriptions(app) == 0
