"""Break-glass and the review of what was opened for a time: /api/break-glass, /api/team/openings (SPEC S11, S12)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, select

from server.config import LIMITS, Settings
from server.core import journal, timestamps
from server.core.database import writing
from server.core.journal_file import lines_of
from server.core.models import Access, AccessEvent, AuditEvent, db
from server.core.reminder_tables import Reminder
from server.openings.tables import FileOpening
from server.reminders import inbox
from server.sync import erasing
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.reminding import CASE, Entries, Now, open_case
from tests.server.test_every_role import take_role
from tests.server.test_limits_in_time import sync
from tests.server.test_returners import records

PAAVO: dict[str, Any] = {
    "client_name": "Paavo Nieminen",
    "birth_year": 1961,
    "client_id": "OV-0007",
    "status": "active",
}
BY_NAME = {"name": "nieminen, paavo", "birth_year": 1961}
SAID = {"why": "crisis_at_hand", "words": "Paavo on ovella sekavana, Aino ei vastaa."}
NOTE = "note-1"


@pytest.fixture
def enter(app: Flask) -> Entries:
    return Entries(app, Now())


@pytest.fixture
def paavo(app: Flask, cast: Cast, enter: Entries) -> None:
    """Aino's client; Mikko leads the team, Sanna works in another one."""
    open_case(app, cast.aino, cast.mikko, **PAAVO)
    enter(cast.aino, NOTE, {"text": "Soitettu."}, kind="note")


def opened(phone: Phone, **known: Any) -> tuple[int, Any]:
    answer = phone.post("/api/break-glass", {**(known or BY_NAME), **SAID})
    assert answer.json is not None
    return answer.status_code, answer.json.get("problem", {}).get("code") or answer.json


def waiting(phone: Phone) -> list[dict[str, Any]]:
    answer = phone.get("/api/team/openings")
    assert answer.status_code == 200, answer.json
    return list(answer.get_json()["openings"])


def reviewed(phone: Phone, opening: str, *, was_right: bool, words: str = "") -> tuple[int, Any]:
    answer = phone.put(f"/api/team/openings/{opening}/review", {"was_right": was_right, "words": words})
    said = (answer.json or {}).get("problem", {})
    return answer.status_code, said.get("fields") or said.get("code")


@pytest.mark.usefixtures("paavo")
def test_s11_a_client_at_the_door(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[S11] [A9] Sanna opens the file for a day by name and year of birth; Aino is told, and the log says why."""
    sanna, aino, mikko = sign_in("sanna"), sign_in("aino"), sign_in("mikko")
    assert NOTE not in records(sanna)
    status, told = opened(sanna)
    assert (status, told["case"]) == (200, CASE)
    left = timestamps.moment(told["until"]) - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(hours=LIMITS.break_glass_hours)
    assert NOTE in records(sanna)
    (one,) = aino.get(f"/api/cases/{CASE}/openings").get_json()["openings"]
    assert [one[name] for name in ("user", "way", "why", "words", "client_id", "was_right")] == [
        cast.sanna.id,
        "break_glass",
        *SAID.values(),
        "OV-0007",
        None,
    ]
    assert (mikko.get("/api/team/board").get_json()["openings"], waiting(mikko)) == (1, [one])
    (entry,) = mikko.get("/api/admin/access-log/client?client=OV-0007").get_json()["entries"]
    assert [entry[name] for name in ("person", "what", "reason", "why")] == [
        cast.sanna.id,
        "break_glass_opened",
        "break_glass",
        "crisis_at_hand",
    ]
    with app.app_context():
        (noted,) = db.session.scalars(select(AuditEvent.detail).where(AuditEvent.event == "break_glass_opened"))
        assert "Paavo" not in noted
        granted = select(AccessEvent.reason).where(AccessEvent.user == cast.sanna.id, AccessEvent.case == CASE)
        assert list(db.session.scalars(granted)) == ["break_glass"]
        (row,) = db.session.scalars(select(Reminder).where(Reminder.cause == "file_opened"))
        assert (row.user, row.case) == (cast.aino.id, CASE)
        row.sent_at, row.state = timestamps.now(), "sent"
        db.session.commit()
        found = inbox.entries(db.session.connection(), cast.aino.actor, datetime.now(UTC))
        assert [each["kind"] for each in found] == ["file_opened"]


@ON_SQLITE
@pytest.mark.usefixtures("paavo")
@pytest.mark.parametrize(
    "known",
    [
        {"client_id": "OV-0008"},
        {"client_id": "OV-000"},
        {"name": "Paavo", "birth_year": 1961},
        {"name": "Paavo Nieminen", "birth_year": 1962},
        {"name": "Paavo Niemine", "birth_year": 1961},
        {"name": " ", "birth_year": 1961},
    ],
)
def test_s11_nobody_is_found_by_less(sign_in: SignIn, known: dict[str, Any]) -> None:
    """[S11] Neither by a part of a name or code, nor without the year."""
    assert opened(sign_in("sanna"), **known) == (404, "not_found")


@ON_SQLITE
@pytest.mark.parametrize(
    "header",
    [
        {"safety": ["non_disclosure"]},
        {"status": "ended"},
        {"service": {"start": "2024-01-01", "end": "2024-12-31"}},
        {"birth_year": None},
    ],
)
def test_s11_who_is_not_opened_so_is_answered_as_nobody(
    app: Flask, cast: Cast, sign_in: SignIn, header: dict[str, Any]
) -> None:
    """[S11] Under a non-disclosure, after the service, with less known than was asked by."""
    open_case(app, cast.aino, cast.mikko, **PAAVO | header)
    assert opened(sign_in("sanna")) == (404, "not_found")


@ON_SQLITE
def test_s11_a_non_disclosure_that_another_entry_hides_counts(
    app: Flask, cast: Cast, enter: Entries, sign_in: SignIn
) -> None:
    """[S11] [M1] Two wrote the flags differently and nobody has chosen: either is held."""
    open_case(app, cast.aino, cast.mikko, **PAAVO)
    enter(cast.aino, f"header-{CASE}", {"safety": ["non_disclosure"]}, kind="case")
    other = Entries(app, Now())
    other(cast.mikko, f"header-{CASE}", {"safety": ["dog"]}, kind="case")
    assert opened(sign_in("sanna"), client_id="ov-0007") == (404, "not_found")


@pytest.mark.usefixtures("paavo")
def test_s11_two_who_fit_are_told_apart_by_the_code(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[S11] Two files of one client are opened together (H7)."""
    open_case(app, cast.liisa, case="case-2", **PAAVO | {"client_id": "OV-0009"})
    sanna = sign_in("sanna")
    assert opened(sanna) == (404, "not_found")
    assert opened(sanna, client_id="OV-0009")[1]["case"] == "case-2"
    open_case(app, cast.aino, case="case-3", duplicate_of=CASE)
    assert opened(sanna, client_id="OV-0007")[0] == 200
    with app.app_context():
        own = select(Access.case).where(Access.user == cast.sanna.id, Access.reason == "break_glass")
        assert set(db.session.scalars(own)) == {CASE, "case-2", "case-3"}


@ON_SQLITE
@pytest.mark.usefixtures("paavo")
@pytest.mark.parametrize(("who", "told"), [("satu", (403, "not_allowed")), ("olli", (404, "not_found"))])
def test_s11_nobody_else(sign_in: SignIn, who: str, told: tuple[int, str]) -> None:
    """[S11] Who does not work with clients; another organisation."""
    assert opened(sign_in(who)) == told


@ON_SQLITE
@pytest.mark.usefixtures("paavo")
def test_s11_who_reads_it_anyway_gets_no_end(sign_in: SignIn) -> None:
    """[S11] And nothing waits for a review."""
    mikko = sign_in("mikko")
    assert opened(mikko) == (200, {"case": CASE, "until": None})
    assert waiting(mikko) == []


@ON_SQLITE
@pytest.mark.usefixtures("paavo")
def test_s11_tries_wait(sign_in: SignIn) -> None:
    """[S11] Right or wrong, as wrong passwords do, and for the person on whatever device."""
    sanna = sign_in("sanna")
    for number in range(LIMITS.tries_free):
        assert opened(sanna, client_id=f"OV-1{number}")[0] == 404
    assert opened(sanna) == (429, "too_many_tries")
    assert opened(sign_in("sanna", device="laptop"))[0] == 429
    assert opened(sign_in("liisa"))[0] == 200


@ON_SQLITE
@pytest.mark.usefixtures("paavo")
@pytest.mark.parametrize(
    "less",
    [
        {**BY_NAME, **SAID, "words": "  "},
        {**BY_NAME, **SAID, "why": "curious"},
        {"name": "Paavo Nieminen", **SAID},
        SAID,
    ],
)
def test_s11_whom_and_why_are_asked_for(sign_in: SignIn, less: dict[str, Any]) -> None:
    """[S11]"""
    assert sign_in("sanna").post("/api/break-glass", less).status_code == 422


@pytest.mark.usefixtures("paavo")
def test_s12_what_was_not_right_ends_at_once(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[S12] In words, once; what waits stands first."""
    sanna, mikko, liisa = sign_in("sanna"), sign_in("mikko"), sign_in("liisa")
    opened(liisa)
    (first,) = waiting(mikko)
    assert reviewed(mikko, first["id"], was_right=True) == (204, None)
    opened(sanna)
    cursor = sync(sanna)["cursor"]
    second, old = waiting(mikko)
    assert [old["id"], old["was_right"], old["reviewed_by"]] == [first["id"], True, cast.mikko.id]
    assert reviewed(mikko, second["id"], was_right=False) == (422, {"words": ["invalid"]})
    assert reviewed(mikko, second["id"], was_right=False, words="Sanna ei ollut töissä.") == (204, None)
    assert reviewed(mikko, second["id"], was_right=True) == (409, "opening_reviewed")
    assert {"case": CASE, "event": "purge"} in sync(sanna, cursor=cursor)["files"]
    assert NOTE in records(liisa)
    assert mikko.get("/api/team/board").get_json()["openings"] == 0
    assert waiting(mikko)[0]["review_words"] == "Sanna ei ollut töissä."
    with app.app_context():
        ended = select(AccessEvent.reason).where(AccessEvent.user == cast.sanna.id, AccessEvent.event == "revoke")
        assert list(db.session.scalars(ended)) == ["opening_not_right"]


@pytest.mark.usefixtures("paavo")
def test_s12_nobody_reviews_oneself_or_another_team(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[S12] Mikko opens a client of the other team: not his to review, nor a worker's or an administrator's."""
    open_case(app, cast.sanna, case="case-9", client_id="OV-0099")
    mikko = sign_in("mikko")
    assert opened(mikko, client_id="OV-0099")[0] == 200
    assert waiting(mikko) == []
    with app.app_context():
        (id_,) = db.session.scalars(select(FileOpening.id))
    assert reviewed(mikko, id_, was_right=True) == (404, "not_found")
    take_role(app, cast.mikko, "service_manager")
    manager = sign_in("mikko")
    assert waiting(manager) == []
    assert reviewed(manager, id_, was_right=True) == (404, "not_found")
    for name in ("sanna", "satu"):
        assert sign_in(name).get("/api/team/openings").status_code == 403
    (seen,) = sign_in("sanna").get("/api/cases/case-9/openings").get_json()["openings"]
    assert seen["id"] == id_


@pytest.mark.usefixtures("paavo")
def test_s12_a_restored_backup_knows_openings_and_reviews(
    app: Flask, settings: Settings, cast: Cast, sign_in: SignIn
) -> None:
    """[S12] [L5] And gives nothing back that was not right; what is erased takes the words along (A13)."""
    mikko = sign_in("mikko")
    opened(sign_in("liisa"))
    opened(sign_in("sanna"))
    second = next(one for one in waiting(mikko) if one["user"] == cast.sanna.id)
    assert reviewed(mikko, second["id"], was_right=False, words="Ei perustetta.") == (204, None)
    before = waiting(mikko)
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(FileOpening))
        transaction.execute(delete(Access).where(Access.reason == "break_glass"))
        transaction.execute(delete(AuditEvent))
    with app.app_context():
        journal.replay(settings.journal_path)
        readers = select(Access.user).where(Access.case == CASE, Access.reason == "break_glass")
        assert list(db.session.scalars(readers)) == [cast.liisa.id]
    assert waiting(mikko) == before
    with app.app_context(), writing() as transaction:
        erasing.erase(transaction, cast.aino.org, [CASE], None)
    with app.app_context():
        assert list(db.session.scalars(select(FileOpening))) == []
    assert "Paavo on" not in orjson.dumps(list(lines_of(settings.journal_path))).decode()


@pytest.mark.usefixtures("paavo")
def test_s11_whoever_opened_it_gives_nobody_access(cast: Cast, sign_in: SignIn, enter: Entries) -> None:
    """[S11] [S9] [S12] Naming oneself own worker makes no day longer; what was not right is not opened again."""
    sanna, mikko = sign_in("sanna"), sign_in("mikko")
    assert opened(sanna)[0] == 200
    enter(cast.sanna, f"header-{CASE}", {"own_worker": cast.sanna.id}, kind="case")
    (one,) = waiting(mikko)
    assert reviewed(mikko, one["id"], was_right=False, words="Ei ollut hätää.") == (204, None)
    assert NOTE not in records(sanna)
    assert opened(sanna) == (403, "not_allowed")
    assert NOTE in records(sign_in("aino")), "the own worker keeps the file"


def test_s11_a_client_of_ones_own_tells_nothing(app: Flask, cast: Cast, sign_in: SignIn, enter: Entries) -> None:
    """[S11] Sanna enters somebody who is called as Paavo: the answer is the same, whether there is a hidden Paavo."""
    told = []
    for name in ("before", "after"):
        if name == "before":
            open_case(app, cast.sanna, cast.mikko, case="case-of-sanna", **PAAVO | {"client_id": "X-1"})
        else:
            open_case(app, cast.aino, cast.mikko, **PAAVO)
            enter(cast.aino, f"header-{CASE}", {"safety": ["non_disclosure"]}, kind="case")
        told.append(opened(sign_in("sanna")))
    assert told[0] == told[1] == (200, {"case": "case-of-sanna", "until": None})
