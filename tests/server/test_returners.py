"""POST /api/returners: the earlier file of somebody who comes back, opened for a time, with a reason, logged (S10)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import select, update

from server.config import LIMITS
from server.core import timestamps
from server.core.database import writing
from server.core.models import Access, AccessEvent, AuditEvent, db
from server.sync.opening import RETURNER
from tests.cast import Cast, Phone, SignIn
from tests.reminding import Entries, Now, open_case
from tests.server.test_limits_in_time import sync

REFERRED, REFERRAL, EARLIER, PLAN = "referred-1", "referral-1", "earlier-1", "plan-1"


@pytest.fixture
def enter(app: Flask) -> Entries:
    return Entries(app, Now())


@pytest.fixture
def referred(app: Flask, cast: Cast, enter: Entries) -> None:
    """Sanna's client, whose case has ended, is referred to team North: Aino and Liisa read the referral, and Mikko."""
    open_case(app, cast.sanna, case=EARLIER)
    enter(cast.sanna, f"header-{EARLIER}", {"status": "ended"}, kind="case", case=EARLIER)
    enter(cast.sanna, PLAN, {"client_part": "Maksan vuokran."}, kind="plan", case=EARLIER)
    enter(cast.aino, REFERRED, {"home": "intake", "client_name": "Sulo Niemi"}, kind="case", case=REFERRED)
    enter(cast.aino, REFERRAL, {"returner_of": EARLIER}, kind="referral", case=REFERRED)


def asked(phone: Phone, case: str = REFERRED, why: str = "old_plan") -> tuple[int, Any]:
    answer = phone.post("/api/returners", {"case": case, "why": why})
    assert answer.json is not None
    return answer.status_code, answer.json.get("problem", {}).get("code") or answer.json


def records(phone: Phone) -> set[str]:
    """Whatever a fresh device of this person gets."""
    replies = [sync(phone)]
    while replies[-1]["more"]:
        replies.append(sync(phone, cursor=replies[-1]["cursor"]))
    return {record["id"] for reply in replies for record in reply["records"]}


def answers(enter: Entries, cast: Cast) -> None:
    said = {"at": timestamps.now(), "by": cast.aino.id}
    enter(cast.aino, REFERRAL, {"first_response": said}, kind="referral", case=REFERRED)


@pytest.mark.usefixtures("referred")
def test_it_works(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[S10] [row 54] Who has answered the referral reads the old plan for a fortnight, and the log says why."""
    aino = sign_in("aino")
    assert PLAN not in records(aino)
    assert asked(aino) == (403, "returner_not_yours")
    answers(enter, cast)
    status, opened = asked(aino)
    assert (status, opened["case"]) == (200, EARLIER)
    ends = timestamps.moment(opened["until"]) - datetime.now(UTC)
    assert timedelta(days=13) < ends <= timedelta(days=LIMITS.returner_access_days)
    assert PLAN in records(aino)
    with app.app_context():
        (noted,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "returner_opened"))
        assert noted.actor == cast.aino.id
        said = orjson.loads(noted.detail)
        told = [said[name] for name in ("case", "for", "why", "until")]
        assert told == [EARLIER, REFERRED, "old_plan", opened["until"]]
        granted = select(AccessEvent.reason).where(AccessEvent.user == cast.aino.id, AccessEvent.case == EARLIER)
        assert list(db.session.scalars(granted)) == [RETURNER]


@pytest.mark.usefixtures("referred")
def test_s10_it_ends(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[S10] [S6] After its time the file leaves the device; asked again it opens again."""
    aino = sign_in("aino")
    answers(enter, cast)
    assert asked(aino)[0] == 200
    cursor = sync(aino)["cursor"]
    with app.app_context(), writing() as transaction:
        own = update(Access).where(Access.user == cast.aino.id, Access.case == EARLIER)
        transaction.execute(own.values(expires_at=timestamps.ago(seconds=1)))
    assert {"case": EARLIER, "event": "purge"} in sync(aino, cursor=cursor)["files"]
    assert asked(aino)[0] == 200
    assert PLAN in records(aino)


@pytest.mark.usefixtures("referred")
def test_s10_whoever_supervises_the_referral_needs_no_answer(sign_in: SignIn) -> None:
    """[S10]"""
    mikko = sign_in("mikko")
    assert asked(mikko)[0] == 200
    assert PLAN in records(mikko)


@pytest.mark.usefixtures("referred")
def test_s10_whose_client_it_has_become_opens_it_too(cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[S10] [H4] The referral stays in the file of the client."""
    enter(cast.liisa, REFERRED, {"home": "case", "own_worker": cast.liisa.id}, kind="case", case=REFERRED)
    assert asked(sign_in("liisa"))[0] == 200


@pytest.mark.usefixtures("referred")
@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("liisa", (403, "returner_not_yours")),
        ("satu", (403, "not_allowed")),
        ("olli", (404, "not_found")),
    ],
)
def test_s10_nobody_else(sign_in: SignIn, who: str, told: tuple[int, str]) -> None:
    """[S10] A colleague who has not answered, an administrator, another organisation."""
    assert asked(sign_in(who)) == told


@pytest.mark.usefixtures("referred")
def test_s10_a_case_that_goes_on_stays_closed(cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[S10] Its own worker is asked; until the service is over."""
    enter(cast.sanna, f"header-{EARLIER}", {"status": "active"}, kind="case", case=EARLIER)
    mikko = sign_in("mikko")
    assert asked(mikko) == (409, "returner_goes_on")
    over = {"service": {"start": "2024-01-01", "end": "2024-12-31"}}
    enter(cast.sanna, f"header-{EARLIER}", over, kind="case", case=EARLIER)
    assert asked(mikko)[0] == 200


@pytest.mark.usefixtures("referred")
@pytest.mark.parametrize("named", [None, "nobody-1", REFERRED])
def test_s10_a_referral_that_names_no_earlier_case(
    cast: Cast, enter: Entries, sign_in: SignIn, named: str | None
) -> None:
    """[S10] None, one that is not there, itself: all alike."""
    enter(cast.aino, REFERRAL, {"returner_of": named}, kind="referral", case=REFERRED)
    assert asked(sign_in("mikko")) == (404, "not_found")


@pytest.mark.usefixtures("referred")
def test_s10_who_reads_it_anyway_goes_on_doing_so(app: Flask, cast: Cast, enter: Entries, sign_in: SignIn) -> None:
    """[S10] Their access has no end, and gets none."""
    open_case(app, cast.mikko, case="earlier-2", status="ended")
    enter(cast.aino, REFERRAL, {"returner_of": "earlier-2"}, kind="referral", case=REFERRED)
    assert asked(sign_in("mikko")) == (200, {"case": "earlier-2", "until": None})
    with app.app_context():
        access = db.session.get_one(Access, (cast.mikko.org, cast.mikko.id, "earlier-2"))
        assert (access.reason, access.expires_at) == ("own_client", None)


@pytest.mark.usefixtures("referred")
def test_s10_a_reason_is_asked_for(sign_in: SignIn) -> None:
    """[S10]"""
    assert asked(sign_in("mikko"), why="curious") == (422, "fields_invalid")
