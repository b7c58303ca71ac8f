"""The organisation in every key (O1), names of the whole installation (O2), and what stood there before."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import orjson
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, Table, UniqueConstraint, select, text

from server import directory
from server.auth import tokens
from server.core import journal, timestamps
from server.core.database import writing
from server.core.models import AuditEvent, Base, Device, SignInName, User, db
from server.directory import OfficeMistake
from server.sync import history
from server.worker import job_queue
from tests.cast import ON_SQLITE, Cast, Phone, SignIn
from tests.conftest import SECRET

#: what the version with revision 0005 had written: two organisations, their devices, reminders, a check-in, …
STORED: dict[str, Any] = orjson.loads((Path(__file__).parent / "stored" / "revision-0005.json").read_bytes())
PEOPLE: dict[str, str] = STORED["people"]
AFTER_ALL = datetime(2099, 12, 31, tzinfo=UTC)
#: what is not one organisation's
OF_ALL = {"organisation", "sign_in_name", "wrong_tries"}


@pytest.mark.parametrize("table", [each for each in Base.metadata.sorted_tables if each.name not in OF_ALL], ids=str)
def test_o1_every_key_holds_the_organisation(table: Table) -> None:
    """[O1] Else the tables could not be distributed by it."""
    unique = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    keys = [table.primary_key.columns, *unique, *(index.columns for index in table.indexes if index.unique)]
    keys += [each.columns for each in table.foreign_key_constraints]
    assert [list(key.keys()) for key in keys if "org" not in key] == []


@pytest.fixture
def load(app: Flask) -> Callable[[Callable[[Connection], Any]], None]:
    """`load(and_more)` puts what an older version had stored into its tables, more beside it, and migrates."""

    def load(and_more: Callable[[Connection], Any] = lambda _: None) -> None:
        with app.app_context():
            downgrade(revision="0005")
            with db.engine.connect().execution_options(write=True) as connection:
                tables = MetaData()
                tables.reflect(connection)
                for table in reversed(tables.sorted_tables):
                    if table.name != "alembic_version":
                        connection.execute(table.delete())
                for table in tables.sorted_tables:
                    rows = STORED["tables"].get(table.name)
                    if rows:
                        connection.execute(table.insert(), [_of_today(table.name, row) for row in rows])
                and_more(connection)
                connection.commit()
            db.session.remove()
            upgrade()

    return load


def _of_today(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "session":
        return row | dict.fromkeys(("created_at", "last_used_at", "rotated_at"), timestamps.now())
    return row | {"active": bool(row["active"])} if table == "user_account" else row


def test_o1_a_database_of_before_lives_on(app: Flask, sign_in: SignIn, load: Callable[..., None]) -> None:
    """[O1] Two organisations as they stood: everybody goes on where they were."""
    load()
    aino = sign_in("aino")
    assert aino.session["user"] == PEOPLE["aino"]
    devices = {each["id"]: each for each in aino.get("/api/devices").get_json()["devices"]}
    assert devices["lost-phone"]["revoked"]
    assert aino.get("/api/reminders/preferences").get_json()["leads_minutes"] == [30]
    check_in = aino.get("/api/checkins/mine").get_json()["check_in"]
    assert (check_in["id"], check_in["user"]) == ("check-1", PEOPLE["aino"])
    assert aino.get("/api/incidents/incident-1").get_json()["versions"][0]["author"] == PEOPLE["aino"]
    assert aino.get("/api/push").get_json()["subscribed_with"] is None  # of the session before
    assert app.test_client().get(STORED["calendar_path"]).status_code == 200
    mikko = sign_in("mikko")
    assert [each["change"]["id"] for each in mikko.get("/api/review-queue").get_json()["entries"]] == ["held-1"]
    assert _texts(aino) == {"Korjattu ennen siirtoa"}
    assert _texts(sign_in("olli")) == {"Toisen organisaation"}
    with app.app_context():
        assert journal.replay(journal.path_of(app)) == 0
        noted = {each["id"] for each in STORED["tables"]["audit_event"]}
        assert noted <= set(db.session.scalars(select(AuditEvent.id)))
        with db.engine.connect() as connection:
            for file in STORED["tables"]["case_file"]:
                assert history.broken_link(connection, file["org"], file["id"]) is None


def test_j2_the_tokens_of_before_are_not_renewed(app: Flask, load: Callable[..., None]) -> None:
    """[J2] They hold the header's value in the open and their session has no key: who was signed in signs in once."""
    load()
    session = next(each for each in STORED["tables"]["session"] if each["user"] == PEOPLE["aino"])
    now = int(time.time())
    claims = {"sub": PEOPLE["aino"], "sid": session["id"], "jti": session["refresh_id"], "csrf": "c", "type": "refresh"}
    times = {"aud": tokens.AUDIENCE, "iat": now, "nbf": now, "exp": now + 600, "fresh": False}
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.set_cookie(tokens.REFRESH_COOKIE, jwt.encode(claims | times, SECRET, algorithm="HS256"), secure=True)
    body = {"n": 1, "signature": "A" * 86}
    reply = client.post("/api/session/refresh", headers={"X-CSRF-TOKEN": "c"}, json=body)
    assert (reply.status_code, reply.get_json()) == (401, {"problem": {"code": "sign_in_needed"}})


def test_n6_reminders_of_before_are_claimed_organisation_by_organisation(app: Flask, load: Callable[..., None]) -> None:
    """[N6] A check-in first, wherever it is; no batch holds two organisations' rows."""
    load()
    with app.app_context(), writing() as transaction:
        connection = transaction.connection()
        due = job_queue.organisations_due(connection, AFTER_ALL)
        assert due == [org_of("aino"), org_of("olli")]
        assert job_queue.organisations_due(connection, datetime(2026, 1, 1, tzinfo=UTC)) == []
        claimed = {org: job_queue.claim(connection, org, AFTER_ALL, 120) for org in due}
        assert {org: {row.org for row in rows} for org, rows in claimed.items()} == {org: {org} for org in due}
        waiting = [row for row in STORED["tables"]["reminder"] if row["state"] == "waiting"]
        assert sum(map(len, claimed.values())) == len(waiting)
        ours = job_queue.subscriptions_of(connection, org_of("aino"), PEOPLE.values())
        assert set(ours) == {PEOPLE["aino"]}


def org_of(name: str) -> str:
    return str(next(each["org"] for each in STORED["tables"]["user_account"] if each["id"] == PEOPLE[name]))


def test_o2_names_of_before_are_folded_and_stay_apart(app: Flask, sign_in: SignIn, load: Callable[..., None]) -> None:
    """[O2] Where two fold to one, who is in use and came first keeps it; nobody is lost."""

    def also_composed(connection: Connection) -> None:
        later = next(each for each in STORED["tables"]["user_account"] if each["id"] == PEOPLE["olli"])
        row = later | {"id": "zz-later", "name": "väinö", "active": True}
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(
            text(f"INSERT INTO user_account ({names}) VALUES ({', '.join(f':{name}' for name in row)})"),  # noqa: S608
            row,
        )

    load(also_composed)
    assert sign_in("väinö", device="phone-1").session["user"] == PEOPLE["sanna"]
    assert sign_in("väinö-2", device="phone-2").session["user"] == "zz-later"
    with app.app_context():
        named = {each.name: each.account for each in db.session.scalars(select(SignInName))}
    assert len(named) == len(PEOPLE) + 1
    assert named["aino"] == PEOPLE["aino"]


@pytest.mark.parametrize("typed", ["aino", " AINO ", "Ａｉｎｏ", "ai\u00adno", "\ufeffaino", "aino\u200b"])
@ON_SQLITE
def test_o2_a_name_is_folded_wherever_it_is_typed(app: Flask, cast: Cast, sign_in: SignIn, typed: str) -> None:
    """[O2] At the door, at the office, and where somebody else wants it."""
    assert sign_in(typed, device="phone-1").session["name"] == "aino"
    with app.app_context(), writing() as transaction:
        assert directory.user_named(transaction, typed).id == cast.aino.id
        organisation = directory.organisation_named(transaction, "Rantala")
        with pytest.raises(OfficeMistake, match="already"):
            directory.enter(transaction, directory.Account(organisation, typed, "Another"), "hash")


@ON_SQLITE
def test_o2_what_is_nobodys_name_is_refused_in_words(app: Flask) -> None:
    """[O2] Nothing that can be seen is left of it."""
    with app.app_context(), writing() as transaction:
        organisation = directory.organisation_named(transaction, "Rantala")
        with pytest.raises(OfficeMistake, match="name"):
            directory.enter(transaction, directory.Account(organisation, " \u200b\u0000", "Nobody"), "hash")


def test_o1_one_browser_may_hold_two_organisations_stores(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[O1] The same device id twice: each is its own organisation's, wiped and listed apart."""
    aino, olli = sign_in("aino", device="shared"), sign_in("olli", device="shared")
    assert aino.post("/api/devices/shared/wipe").status_code == 204
    assert aino.get("/api/devices").status_code != 200
    (own,) = olli.get("/api/devices").get_json()["devices"]
    assert own["wipe_asked_at"] is None
    with app.app_context():
        rows = db.session.scalars(select(Device).where(Device.id == "shared")).all()
        asked = {each.org: each.wipe_asked_at is not None for each in rows}
        assert asked == {cast.aino.org: True, cast.olli.org: False}
        assert db.session.get_one(User, cast.aino.key).name == "aino"


def _texts(phone: Phone) -> set[str]:
    """The notes that a fresh device of this person gets."""
    body: dict[str, Any] = {"protocol": 2, "schema": 1, "cursor": None, "changes": [], "more_follow": False}
    found: set[str] = set()
    while True:
        reply = phone.post("/api/sync", body).get_json()
        notes = [record for record in reply["records"] if record["kind"] == "note"]
        found |= {record["fields"]["text"][0][1] for record in notes}
        if not reply["more"]:
            return found
        body["cursor"] = reply["cursor"]
