"""Devices that wait for news: who is told of what, and how many wait without a thread (P11)."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest
from flask import Flask

from server.config import Settings
from server.core import timestamps
from server.core.database import writing
from server.core.parked import PARK
from server.core.slow_requests import WORKING
from server.live import waiting_room
from server.live.waiting_room import NEWS, NOTHING, OF_A_PERSON_MAX, Waiting, WaitingRoom
from server.sync import news, scope
from tests.cast import Cast, Phone, SignIn
from tests.ports import free_port
from tests.reminding import CASE, Entries, Now, open_case
from tests.server.test_limits_in_time import sync

TOLD_WITHIN_S = 10
#: long enough for several looks
NOT_TOLD_S = 0.5


class Waits:
    """One waiting request, as the server's loop would have it."""

    def __init__(self, phone: Phone) -> None:
        self.answers: Queue[bytes] = Queue()
        (waiting,) = asked(phone, sync(phone)["cursor"])
        waiting.enter(self.answers.put)

    def is_told(self, within_s: float = TOLD_WITHIN_S) -> bytes | None:
        try:
            return self.answers.get(timeout=within_s)
        except Empty:
            return None


def asked(phone: Phone, cursor: str, wait_s: int = 0) -> list[Waiting]:
    """Whom the server would keep."""
    kept: list[Waiting] = []
    given = {"query_string": {"cursor": cursor}, "environ_overrides": {PARK: kept.append}}
    reply = phone.client.get("/api/news", headers=phone.headers, **given)
    assert reply.json == {"news": False, "wait_s": wait_s}
    return kept


@pytest.fixture
def room(app: Flask) -> Iterator[WaitingRoom]:
    room: WaitingRoom = app.extensions["ovikello-live"]
    yield room
    room.take_out(list(room.waiting()))
    last = time.monotonic() + TOLD_WITHIN_S
    while room.is_watched and time.monotonic() < last:
        time.sleep(0.01)


@pytest.fixture
def enter(app: Flask, cast: Cast) -> Entries:
    open_case(app, cast.aino, cast.mikko)
    return Entries(app, Now())


@pytest.mark.usefixtures("room")
def test_p11_who_reads_the_file_is_told(enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[P11] Aino writes; Mikko, who reads the file, hears of it, and Liisa does not."""
    mikko, liisa = Waits(sign_in("mikko")), Waits(sign_in("liisa"))
    enter(cast.aino, "note-1", {"text": "Uusi"}, kind="note")
    assert mikko.is_told() == NEWS
    assert liisa.is_told(NOT_TOLD_S) is None


@pytest.mark.usefixtures("room")
def test_p11_what_came_before_the_wait_is_told_at_once(enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[P11] Between a device's exchange and its wait nothing is lost: its cursor says what it has."""
    phone = sign_in("mikko")
    cursor = sync(phone)["cursor"]
    enter(cast.aino, "note-1", {"text": "Uusi"}, kind="note")
    (waiting,) = asked(phone, cursor)
    answers: Queue[bytes] = Queue()
    waiting.enter(answers.put)
    assert answers.get(timeout=TOLD_WITHIN_S) == NEWS


@pytest.mark.usefixtures("room", "enter")
def test_p11_access_given_or_taken_is_news(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[P11] Of the person whose access it is."""
    for change in (scope.grant, scope.revoke):
        liisa, sanna = Waits(sign_in("liisa")), Waits(sign_in("sanna"))
        with app.app_context(), writing() as transaction:
            change(transaction, cast.liisa.org, cast.liisa.id, [CASE], "handed_on")
        assert liisa.is_told() == NEWS
        assert sanna.is_told(NOT_TOLD_S) is None


@pytest.mark.usefixtures("room")
def test_p11_access_that_is_over_hears_nothing(app: Flask, enter: Entries, cast: Cast, sign_in: SignIn) -> None:
    """[P11] [S6] Though its end is not written yet."""
    with app.app_context(), writing() as transaction:
        until = timestamps.ago(seconds=-2)
        scope.grant(transaction, cast.liisa.org, cast.liisa.id, [CASE], "stand_in", expires_at=until)
    liisa = Waits(sign_in("liisa"))
    time.sleep(2.1)
    enter(cast.aino, "note-1", {"text": "Uusi"}, kind="note")
    assert liisa.is_told(NOT_TOLD_S) is None


def test_p11_nobody_waits_for_ever(room: WaitingRoom, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """[P11] Answered without news after a while; nobody waits then, and nobody looks."""
    monkeypatch.setattr(waiting_room, "WAIT_S", 0.2)
    assert Waits(sign_in("aino")).is_told() == NOTHING
    for _ in range(100):
        if not room.is_watched:
            break
        time.sleep(0.02)
    assert (room.is_watched, room.waiting()) == (False, [])


@pytest.mark.usefixtures("room")
def test_p11_a_look_that_breaks_is_not_the_last(
    enter: Entries, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[P11] Whatever broke it: the next look tells."""
    monkeypatch.setattr(waiting_room, "AFTER_FAILURE_S", 0.05)
    heads, broken = news.heads, threading.Event()

    def breaking(*given: Any) -> Any:
        if broken.is_set():
            return heads(*given)
        broken.set()
        raise RuntimeError

    monkeypatch.setattr(news, "heads", breaking)
    mikko = Waits(sign_in("mikko"))
    assert broken.wait(TOLD_WITHIN_S)
    enter(cast.aino, "note-1", {"text": "Uusi"}, kind="note")
    assert mikko.is_told() == NEWS


def test_p11_a_person_waits_on_so_many_devices(room: WaitingRoom, sign_in: SignIn) -> None:
    """[P11] One more sends the oldest away; a full room asks to come back later."""
    phone = sign_in("aino")
    waits = [Waits(phone) for _ in range(OF_A_PERSON_MAX + 1)]
    assert waits[0].is_told() == NOTHING
    assert len(room.waiting()) == OF_A_PERSON_MAX
    room.is_full_at = OF_A_PERSON_MAX
    assert asked(phone, sync(phone)["cursor"], wait_s=60) == []


@pytest.mark.parametrize("cursor", ["never written by us", "x" * 1999])
def test_p11_another_servers_cursor_asks_for_an_exchange(sign_in: SignIn, cursor: str) -> None:
    """[P11] [P5] It tells the rest. Where nobody can keep a connection, a device asks again in a minute."""
    phone = sign_in("aino")
    ask = {"headers": phone.headers}
    assert phone.client.get("/api/news", query_string={"cursor": cursor}, **ask).json == {"news": True, "wait_s": 0}
    own = sync(phone)["cursor"]
    assert phone.client.get("/api/news", query_string={"cursor": own}, **ask).json == {"news": False, "wait_s": 60}


# --- as it is served ------------------------------------------------------------------------------------------------


@pytest.fixture
def served(settings: Settings) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The port of a server process on the same database."""
    port = free_port()
    environment = os.environ | {
        "OVIKELLO_DATA_DIR": str(settings.data_dir),
        "OVIKELLO_DATABASE_URL": settings.database_url,
        "OVIKELLO_SECRET_KEY": settings.secret_key,
    }
    command = [str(Path(sys.executable).with_name("ovikello")), "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment) as process:
        for _ in range(300):
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                    connection.request("GET", "/api/health")
                    connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process
        process.kill()


def ask_over(
    port: int, phone: Phone, connection: http.client.HTTPConnection | None = None
) -> http.client.HTTPConnection:
    """A request that has been sent, and not been answered."""
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    cookies = "; ".join(f"{each.key}={each.value}" for each in (phone.client._cookies or {}).values())
    connection.request("GET", f"/api/news?cursor={sync(phone)['cursor']}", headers=phone.headers | {"Cookie": cookies})
    return connection


def answer(connection: http.client.HTTPConnection) -> tuple[int, dict[str, Any], str | None]:
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read()), reply.headers.get("Content-Security-Policy")


def test_p11_many_wait_and_take_no_thread(
    served: tuple[int, subprocess.Popen[bytes]], cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[P11] More wait than there are places for work; news go to all of them, over a connection that stays; who hung up
    is forgotten; nobody who waits keeps the server from ending."""
    port, process = served
    devices = [(person.name, number) for person in (cast.aino, cast.mikko) for number in range(OF_A_PERSON_MAX - 1)]
    phones = [sign_in(name, device=f"{name}-{number}") for name, number in devices]
    assert len(phones) > WORKING
    with ExitStack() as open_until_the_end:
        waiting = [open_until_the_end.enter_context(closing(ask_over(port, phone))) for phone in phones]
        ask_over(port, phones[0]).close()
        enter(cast.aino, "note-1", {"text": "Uusi"}, kind="note")
        answers = [answer(connection) for connection in waiting]
        assert {(status, told["news"]) for status, told, _ in answers} == {(200, True)}
        assert all(policy for _, _, policy in answers), "the headers of every answer"
        again = ask_over(port, phones[3], waiting[3])
        threading.Timer(0.5, process.send_signal, [signal.SIGTERM]).start()
        assert answer(again)[:2] == (200, {"news": False, "wait_s": 0})
        process.wait(15)
