"""GET /api/team/board, /stand-ins and /unmet: what a supervisor has to look at that only the server knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Device, UnmetRule
from server.core.reminder_tables import Reminder
from server.core.sign_in_tables import AuthSession
from server.safety.tables import CheckIn
from server.sync import scope
from tests.cast import Cast, Phone, SignIn
from tests.reminding import CASE, open_case

CHECK_IN = "019273ab-0000-7000-8000-00000000c0de"

Change = Callable[..., None]


@pytest.fixture
def change(app: Flask) -> Change:
    """Rows as time would have left them."""

    def changed(model: Any, *where: Any, **values: Any) -> None:
        with app.app_context(), writing() as transaction:
            transaction.execute(update(model).where(*where).values(values))

    return changed


@pytest.fixture
def lacking(app: Flask, cast: Cast) -> None:
    """A file that Aino and Mikko read, in which two records lack something; and one that Mikko does not."""
    open_case(app, cast.aino, cast.mikko)
    open_case(app, cast.sanna, case="case-south")
    rows = [("r-1", CASE), ("r-2", CASE), ("r-3", "case-south")]
    with app.app_context(), writing() as transaction:
        for record, case in rows:
            rules = '["month", "due_on"]'
            transaction.add(UnmetRule(record=record, org=cast.aino.org, case=case, kind="rent", rules=rules))


def board(phone: Phone) -> dict[str, Any]:
    answer = phone.get("/api/team/board")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return dict(answer.json)


def armed(phone: Phone, minutes: int = 30) -> None:
    body = {"minutes": minutes, "at": timestamps.now(), "place": None, "visit": None, "colleague": None}
    assert phone.put(f"/api/checkins/{CHECK_IN}", body | {"drill": False}).status_code == 200


def test_nothing_stands_out(sign_in: SignIn) -> None:
    """[Q4] A team of which nobody has signed in: numbers that are 0, and lists that are empty."""
    found = board(sign_in("mikko"))
    assert found.pop("server_time")
    assert found == {
        "late": 0,
        "alarms_failed": 0,
        "waiting": 0,
        "unmet": {"records": 0, "cases": 0},
        "drafts": [],
        "phones": [],
        "stand_ins": [],
        "openings": 0,
        "readers_differ": [],
        "alike": [],
    }


def test_who_is_out_late_and_whose_alarm_nobody_took(sign_in: SignIn, change: Change) -> None:
    """[Q4] Out in time is no exception; a quarter of an hour late, and an alarm that no channel took, are."""
    mikko, aino = sign_in("mikko"), sign_in("aino")
    armed(aino)
    assert (board(mikko)["late"], board(mikko)["alarms_failed"]) == (0, 0)
    change(CheckIn, CheckIn.id == CHECK_IN, deadline=timestamps.ago(minutes=15))
    to_liisa = (Reminder.record == CHECK_IN, Reminder.cause == "checkin_colleague")
    change(Reminder, *to_liisa, state="failed", reason="no_address")
    assert (board(mikko)["late"], board(mikko)["alarms_failed"]) == (1, 1)
    assert aino.post(f"/api/checkins/{CHECK_IN}/safe", {"at": timestamps.now()}).status_code == 200
    assert (board(mikko)["late"], board(mikko)["alarms_failed"]) == (0, 0)


@pytest.mark.parametrize(
    ("hours", "ended", "why"),
    [(23, None, None), (25, None, "silent"), (25, "reuse", "session_ended"), (25, "sign_out", None), (800, None, None)],
)
def test_a_phone_that_is_not_heard(
    cast: Cast, sign_in: SignIn, change: Change, hours: int, ended: str | None, why: str | None
) -> None:
    """[Q4] For more than a day, unless its person signed out there, or it is out of use for a month."""
    mikko = sign_in("mikko")
    sign_in("liisa")
    heard = timestamps.ago(hours=hours)
    change(Device, Device.user == cast.liisa.id, created_at=heard, last_sync_at=heard)
    if ended:
        change(AuthSession, AuthSession.user == cast.liisa.id, ended_at=heard, end_reason=ended)
    found = [(phone["user"], phone["heard"], phone["why"]) for phone in board(mikko)["phones"]]
    assert found == ([(cast.liisa.id, heard, why)] if why else [])


def test_a_phone_whose_person_uses_another(cast: Cast, sign_in: SignIn, change: Change) -> None:
    """[Q4] Something unsent may lie on it all the same."""
    sign_in("liisa", device="laptop-of-liisa")
    sign_in("liisa")
    change(Device, Device.id == cast.liisa.device, created_at=timestamps.ago(hours=30), last_sync_at=None)
    assert [phone["why"] for phone in board(sign_in("mikko"))["phones"]] == ["elsewhere"]


def test_drafts_are_counted_by_person(cast: Cast, sign_in: SignIn) -> None:
    """[Q4] As their phones say them: that there are some, and since when."""
    since = timestamps.ago(hours=5)
    drafts = [{"id": f"019273ab-0000-7000-8000-00000000000{n}", "since": since} for n in range(2)]
    assert sign_in("aino").put("/api/reminders/drafts", {"drafts": drafts}).status_code in {200, 204}
    assert board(sign_in("mikko"))["drafts"] == [{"user": cast.aino.id, "count": 2, "since": since}]


def test_stand_ins_that_end_within_a_week(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[Q4] Of files that this supervisor may read; one that lasts longer is not told of yet."""
    open_case(app, cast.aino, cast.mikko)
    open_case(app, cast.aino, case="case-of-others")
    until = timestamps.text(datetime.now(UTC) + timedelta(days=3))
    with app.app_context(), writing() as transaction:
        for case in (CASE, "case-of-others"):
            scope.grant(transaction, cast.sanna.org, cast.sanna.id, [case], "stand_in", expires_at=until)
        later = timestamps.text(datetime.now(UTC) + timedelta(days=8))
        scope.grant(transaction, cast.liisa.org, cast.liisa.id, [CASE], "stand_in", expires_at=later)
    mikko = sign_in("mikko")
    assert board(mikko)["stand_ins"] == [{"user": cast.sanna.id, "until": until, "cases": 1}]
    standing = [
        {"user": cast.sanna.id, "until": until, "cases": [CASE]},
        {"user": cast.liisa.id, "until": later, "cases": [CASE]},
    ]
    assert mikko.get("/api/team/stand-ins").json == {"stand_ins": sorted(standing, key=lambda one: str(one["user"]))}


@pytest.mark.usefixtures("lacking")
def test_what_lacks_something(sign_in: SignIn) -> None:
    """[Q4] Records and clients are counted, and listed with the names of the rules that are not met."""
    mikko = sign_in("mikko")
    assert board(mikko)["unmet"] == {"records": 2, "cases": 1}
    page = mikko.get("/api/team/unmet").json
    assert page is not None
    assert page["next"] is None
    assert [(each["case"], each["record"], each["rules"]) for each in page["records"]] == [
        (CASE, "r-1", ["month", "due_on"]),
        (CASE, "r-2", ["month", "due_on"]),
    ]


def test_what_lacks_something_comes_in_pages(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[Q4] Every record is on one of them."""
    open_case(app, cast.aino, cast.mikko)
    count = LIMITS.list_page_max + 1
    with app.app_context(), writing() as transaction:
        for number in range(count):
            transaction.add(UnmetRule(record=f"r-{number}", org=cast.aino.org, case=CASE, kind="rent", rules="[]"))
    mikko = sign_in("mikko")
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = mikko.get(f"/api/team/unmet?after={after}").json
        assert page is not None
        found += [each["record"] for each in page["records"]]
        after = page["next"]
    assert sorted(found) == sorted(f"r-{number}" for number in range(count))


@pytest.mark.parametrize("path", ["/api/team/board", "/api/team/stand-ins", "/api/team/unmet"])
@pytest.mark.parametrize("who", ["aino", "satu", "olli"])
def test_only_a_supervisor(sign_in: SignIn, who: str, path: str) -> None:
    """[Q4] Not a worker, not an administrator, nobody of another organisation."""
    answer = sign_in(who).get(path)
    assert answer.status_code == 403
    assert answer.json == {"problem": {"code": "not_allowed"}}


@pytest.mark.usefixtures("lacking")
def test_another_team_is_another_supervisors(cast: Cast, sign_in: SignIn, change: Change) -> None:
    """[Q4] Mikko hears nothing of South: not of who is out, nor of phones, drafts and records."""
    armed(sign_in("sanna"))
    change(CheckIn, CheckIn.id == CHECK_IN, deadline=timestamps.ago(minutes=15))
    change(Device, Device.user == cast.sanna.id, created_at=timestamps.ago(hours=30), last_sync_at=None)
    found = board(sign_in("mikko"))
    assert (found["late"], found["phones"], found["unmet"]["cases"]) == (0, [], 1)
