"""Clients who look alike: told to the supervisor who reads both files, and to nobody else (SPEC H9)."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from server.core.database import writing
from server.core.models import AuditEvent, LikenessKey, LikenessPair
from server.likeness import comparing
from server.sync import erasing, scope
from server.worker.worker import Worker
from tests.cast import Cast, Person, Phone, SignIn
from tests.reminding import CASE, Clock, Entries, Now, open_case

NORTH, SOUTH, THIRD = "case-north", "case-south", "case-third"
BOTH = [{"one": NORTH, "other": SOUTH}]

Header = Callable[..., None]


@pytest.fixture
def header(app: Flask) -> Header:
    entries = Entries(app, Clock("2026-11-25T14:00"))

    def write(person: Person, case: str, **values: Any) -> None:
        entries(person, f"header-{case}", values, kind="case", case=case)

    return write


@pytest.fixture
def twice(app: Flask, cast: Cast, header: Header) -> None:
    """Aino's team serves Sulo Niemi, and so does Sanna's: spelled a little differently, the same phone nowhere."""
    open_case(app, cast.aino, cast.mikko, case=NORTH)
    open_case(app, cast.sanna, case=SOUTH)
    header(cast.aino, NORTH, client_name="Sulo Niemi-Järvinen", birth_year=1960)
    header(cast.sanna, SOUTH, client_name="Niemijarvinen Zulo", birth_year=1961)


def compare(app: Flask) -> None:
    with app.app_context():
        while comparing.compare_waiting():
            pass


def read_by(app: Flask, person: Person, case: str) -> None:
    with app.app_context(), writing() as transaction:
        scope.grant(transaction, person.org, person.id, [case], "supervision")


def alike(app: Flask, phone: Phone) -> Any:
    compare(app)
    return phone.get("/api/team/board").get_json()["alike"]


def apart(phone: Phone, case: str = SOUTH, other: str = NORTH) -> int:
    return phone.post("/api/team/told-apart", {"case": case, "other": other}).status_code


def pairs(app: Flask) -> list[tuple[str, str]]:
    with app.app_context(), writing() as transaction:
        return [(row.one, row.other) for row in transaction.scalars(select(LikenessPair))]


@pytest.mark.usefixtures("twice")
def test_h9_only_who_supervises_both_is_told(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[H9] Of two teams: neither worker hears anything in any answer, nor does a leader who reads one of the two; a
    supervisor of both is told."""
    phones = {name: sign_in(name) for name in ("aino", "sanna", "mikko")}
    compare(app)
    for name, foreign in (("aino", SOUTH), ("sanna", NORTH)):
        phone = phones[name]
        assert phone.get("/api/team/board").status_code == 403
        reply = phone.post("/api/sync", {"cursor": None, "changes": []})
        assert foreign not in reply.text
        assert apart(phone) == 403
    assert alike(app, phones["mikko"]) == []
    assert (apart(phones["mikko"]), SOUTH in phones["mikko"].get("/api/team/board").text) == (404, False)
    read_by(app, cast.mikko, SOUTH)
    assert alike(app, phones["mikko"]) == BOTH
    read_by(app, cast.aino, SOUTH)
    assert apart(phones["aino"]) == 403


@pytest.mark.usefixtures("twice")
def test_h9_told_apart_once_and_never_told_again(app: Flask, cast: Cast, header: Header, sign_in: SignIn) -> None:
    """[H9] Whatever is written of the two afterwards, and a third file joined to one of them; noted, and only once."""
    read_by(app, cast.mikko, SOUTH)
    mikko = sign_in("mikko")
    assert alike(app, mikko) == BOTH
    assert (apart(mikko), apart(mikko, NORTH, SOUTH), apart(mikko, NORTH, NORTH)) == (204, 204, 404)
    header(cast.sanna, SOUTH, client_name="Sulo Niemi-Järvinen", birth_year=1960)
    assert alike(app, mikko) == []
    open_case(app, cast.aino, cast.mikko, case=THIRD)
    header(cast.aino, THIRD, client_name="Sulo Niemi-Järvinen", duplicate_of=NORTH)
    assert alike(app, mikko) == []
    with app.app_context(), writing() as transaction:
        (noted,) = transaction.scalars(select(AuditEvent).where(AuditEvent.event == "clients_told_apart"))
        assert noted.actor == cast.mikko.id


@pytest.mark.usefixtures("twice")
def test_h9_what_is_settled_or_over_is_not_told(app: Flask, cast: Cast, header: Header, sign_in: SignIn) -> None:
    """[H9] Joined, both over, corrected; one that is over beside one that goes on is."""
    read_by(app, cast.mikko, SOUTH)
    mikko = sign_in("mikko")
    header(cast.sanna, SOUTH, duplicate_of=NORTH)
    assert alike(app, mikko) == []
    header(cast.sanna, SOUTH, duplicate_of=None, status="ended")
    assert alike(app, mikko) == BOTH
    header(cast.aino, NORTH, status="refused")
    assert alike(app, mikko) == []
    header(cast.aino, NORTH, status="active", phone="+358 40 123 4567")
    header(cast.sanna, SOUTH, client_name="Tauno Kallio", phone="040 123 4567")
    assert alike(app, mikko) == BOTH
    header(cast.sanna, SOUTH, phone=None)
    assert alike(app, mikko) == []
    assert pairs(app) == []


@pytest.mark.usefixtures("twice")
def test_h9_a_returners_earlier_case_is_no_news(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[H9] The referral says already whose earlier case it is."""
    read_by(app, cast.mikko, SOUTH)
    entries = Entries(app, Clock("2026-11-25T15:00"))
    entries(cast.sanna, "referral-1", {"returner_of": NORTH}, kind="referral", case=SOUTH)
    mikko = sign_in("mikko")
    assert alike(app, mikko) == []
    entries(cast.sanna, "referral-1", {"removed": {"saw": []}}, kind="referral", case=SOUTH)
    assert alike(app, mikko) == BOTH


@pytest.mark.usefixtures("twice")
def test_h9_nothing_of_it_is_left_of_an_erased_file(app: Flask, cast: Cast) -> None:
    """[H9] [A13] Neither the key nor the pair, also where it was erased while it was compared."""
    compare(app)
    assert pairs(app) == [(NORTH, SOUTH)]
    with app.app_context(), writing() as transaction:
        erasing.erase(transaction, cast.aino.org, [SOUTH], None)
    assert pairs(app) == []
    with app.app_context(), writing() as transaction:
        keys = select(LikenessKey.case).where(LikenessKey.org == cast.aino.org)
        assert set(transaction.scalars(keys)) == {NORTH}


@pytest.mark.usefixtures("twice")
def test_h9_another_organisation_is_not_compared(app: Flask, cast: Cast, header: Header) -> None:
    """[H9] Olli serves somebody of that very name."""
    open_case(app, cast.olli, case=THIRD)
    header(cast.olli, THIRD, client_name="Sulo Niemi-Järvinen", birth_year=1960)
    compare(app)
    assert pairs(app) == [(NORTH, SOUTH)]


@pytest.mark.usefixtures("twice")
def test_h9_the_worker_compares_what_an_older_release_wrote(app: Flask) -> None:
    """[H9] At its start, whatever has no key yet; what has not changed is not compared again."""
    with app.app_context():
        with writing() as transaction:
            transaction.execute(delete(LikenessKey))
        worker = Worker(app, clock=Clock("2026-11-25T14:00"))
        worker.begin()
        assert comparing.compare_waiting() == 2
        worker.begin()
        assert comparing.compare_waiting() == 0
    assert pairs(app) == [(NORTH, SOUTH)]


def test_h9_a_nul_in_a_name_stops_nobody(app: Flask, cast: Cast) -> None:
    """[H9] PostgreSQL keeps none: what an old phone wrote is recognised without it, and the push goes through."""
    open_case(app, cast.aino, client_name="Aino Virtanen", birth_year=1961)
    enter = Entries(app, Now())
    enter(cast.aino, f"header-{CASE}", {"client_name": "Aino\0 Virtanen", "phone": "040\0 555 1234"}, kind="case")


def test_h9_the_phone_of_a_unit_tells_nobody_apart(app: Flask, cast: Cast) -> None:
    """[H9] Whom more than four others share a number with is compared by name and age alone."""
    for number in range(8):
        name = f"{chr(65 + number) * 6} {chr(75 + number) * 9}"
        told = {"client_name": name, "birth_year": 1950 + 5 * number, "phone": "040 555 0000"}
        open_case(app, cast.aino, case=f"unit-{number}", **told)
    open_case(app, cast.aino, case="unit-9", client_name="AAAAAA KKKKKKKKK", birth_year=1950, phone="040 555 0000")
    compare(app)
    assert pairs(app) == [("unit-0", "unit-9")]
