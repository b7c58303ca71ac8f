"""The clients of the browser tests, written as a phone writes them: through the exchange."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask
from uuid6 import uuid7

from server.core.database import writing
from server.demo.phone import Phone
from server.demo.rng import MINUTE_MS, span
from server.sync import scope
from server.sync.exchange import exchange
from tests.cast import Cast, Person

DAY_MS = 24 * 60 * MINUTE_MS


@dataclass(frozen=True)
class Client:
    """A case file. `goal` and `visit` are ids of its records; `visit` is planned."""

    case: str
    name: str
    goal: str
    goal_title: str
    visit: str


@dataclass(frozen=True)
class Clients:
    """Paavo is visited just now, Kerttu in three hours; Eino and Tyyne next week. Sulo is Sanna's."""

    paavo: Client
    kerttu: Client
    eino: Client
    tyyne: Client
    sulo: Client


#: name, own worker, goal in the client's words, minutes from now to the planned visit
FILES = {
    "paavo": ("Paavo Lehto", "aino", "Löydän oman yksiön kesäkuun loppuun mennessä", -10),
    "kerttu": ("Kerttu Salmi", "aino", "Käyn kerran viikossa ruokaryhmässä", 180),
    "eino": ("Eino Ranta", "aino", "Maksan vuokran viidenteen päivään mennessä", 7 * 24 * 60),
    "tyyne": ("Tyyne Koski", "liisa", "Keittiö pysyy siistinä", 8 * 24 * 60),
    "sulo": ("Sulo Niemi", "sanna", "Saan maksusuunnitelman pitämään", 30),
}


def enter_clients(app: Flask, cast: Cast) -> Clients:
    """Case files, the access of their workers and leader, and what is in them."""
    now_ms = time.time_ns() // 1_000_000
    with app.app_context():
        return Clients(**{name: _enter(number, name, cast, now_ms) for number, name in enumerate(FILES, 1)})


def phone_of(person: Person, ask: Callable[[Person, dict[str, Any]], Any]) -> Phone:
    """A phone without a screen. Its device is `person.device`; browsers make up their own."""
    return Phone(person.device, lambda request: ask(person, request), random.Random())


def answer(person: Person, request: dict[str, Any]) -> dict[str, Any]:
    """The exchange that phones use, without a network between. Inside the application's context."""
    reply: dict[str, Any] = orjson.loads(exchange(person.actor, orjson.dumps(request)))
    return reply


def enter_more(cast: Cast, count: int) -> None:
    """So many further clients of Aino's, with nothing else in their files. Inside the application's context."""
    phone = phone_of(cast.aino, answer)
    for number in range(count):
        case = str(uuid7())
        with writing() as transaction:
            scope.open_file(transaction, cast.aino.org, case, cast.aino.team)
            scope.grant(transaction, cast.aino.org, cast.aino.id, [case], "own_client")
        headed = _headed(100 + number, f"Asiakas {number:02}", cast.aino)
        phone.write(time.time_ns() // 1_000_000, "case", case, str(uuid7()), headed)
    phone.send()


def _enter(number: int, name: str, cast: Cast, now_ms: int) -> Client:
    full_name, worker_name, title, visit_in_minutes = FILES[name]
    worker: Person = getattr(cast, worker_name)
    client = Client(str(uuid7()), full_name, str(uuid7()), title, str(uuid7()))
    readers = [worker] if worker is cast.sanna else [cast.aino, cast.liisa, cast.mikko]
    with writing() as transaction:
        scope.open_file(transaction, worker.org, client.case, worker.team)
        for reader in readers:
            scope.grant(transaction, worker.org, reader.id, [client.case], "own_client")
    phone = phone_of(worker, answer)
    begun = now_ms - 40 * DAY_MS
    write = phone.write
    write(begun, "case", client.case, str(uuid7()), _headed(number, full_name, worker))
    write(begun + DAY_MS, "goal", client.case, client.goal, _goal(title))
    write(now_ms - 3 * DAY_MS, "visit", client.case, str(uuid7()), _logged(now_ms - 3 * DAY_MS, worker))
    write(
        now_ms - 2 * DAY_MS, "visit", client.case, client.visit, _planned(now_ms + visit_in_minutes * MINUTE_MS, worker)
    )
    phone.send()
    return client


def _headed(number: int, name: str, worker: Person) -> dict[str, Any]:
    return {
        "client_id": f"OV-{number:04}",
        "client_name": name,
        "address": f"Esimerkkikatu {number} A 4",
        "municipality": "Harjula",
        "phone": f"040 000 {number:04}",
        "language": "fi",
        "own_worker": worker.id,
        "team": worker.team,
        "visit_rhythm_days": 7,
        "service": {"start": "2026-01-12"},
        "phases/1": {"phase": "strong", "since": "2026-01-12", "hours_per_month": 11},
    }


def _goal(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "area": "apartment_search",
        "status": "in_progress",
        "client_words": "Tämä on minulle tärkeä.",
        "steps/first": {"text": "Ensimmäinen askel", "order": 0},
    }


def _logged(start_ms: int, worker: Person) -> dict[str, Any]:
    return _planned(start_ms, worker) | {
        "actual": span(start_ms, 60),
        "outcome": {"code": "done"},
        "minutes/client_work_direct": 60,
        "areas": ["home_care"],
        "note": "Siivottiin yhdessä. Palovaroitin toimii.",
    }


def _planned(start_ms: int, worker: Person) -> dict[str, Any]:
    whole = 5 * MINUTE_MS
    return {
        "visit_kind": "home_visit",
        "mode": "face_to_face",
        "place": "client_home",
        "worker": worker.id,
        "plan": span(start_ms // whole * whole, 60),
    }
