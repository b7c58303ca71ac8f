"""The journal is replayed in order, knows what overtook a line, and brings what the backup never had (L5, L10, L11)."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from server import directory
from server.auth import accounts, passwords
from server.calendar import ical
from server.core import journal, journal_file, timestamps
from server.core.database import writing
from server.core.models import Access, AuditEvent, Base, Organisation, User, db
from server.core.reminder_tables import CalendarFeed, PushSubscription
from server.core.sign_in_tables import AuthSession
from server.safety import alarm_channels
from server.safety.tables import OutboundChannel
from server.sync import scope
from tests.cast import PASSWORD, Cast, SignIn
from tests.push_service import PushService
from tests.reminding import subscribe
from tests.server.test_limits_in_time import change, sync
from tests.server.test_readers import all_records

CASE = "case-1"
NEXT = "lumihanki maaliskuussa"

Deed = Callable[[Any, Cast], object]


class Crash(Exception):
    """The process dies here."""


@pytest.fixture
def path(app: Flask) -> Path:
    return journal.path_of(app)


@pytest.fixture
def opened(app: Flask, cast: Cast) -> None:
    """A case file in which Aino works, and Liisa does not."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, CASE, None)
        scope.grant(transaction, cast.aino.org, cast.aino.id, [CASE], "own_client")


def crash(app: Flask, cast: Cast, deed: Deed) -> None:
    """Its lines stand in the file; its transaction was never committed, and nobody was left to say so."""
    with app.app_context(), suppress(Crash), writing() as transaction:
        deed(transaction, cast)
        transaction.flush()
        journal_file.append(journal.path_of(app), transaction.info.pop(journal.UNWRITTEN))
        raise Crash


def do(app: Flask, cast: Cast, *deeds: Deed) -> None:
    for deed in deeds:
        with app.app_context(), writing() as transaction:
            deed(transaction, cast)


def restart(app: Flask) -> int:
    with app.app_context():
        count = journal.replay(journal.path_of(app))
        db.session.remove()
    return count


def password(word: str) -> Deed:
    return lambda t, cast: accounts.set_password(t, user(t, cast), passwords.hash_of(word), actor=None)


def active(is_active: bool) -> Deed:
    return lambda t, cast: accounts.set_active(t, user(t, cast), active=is_active, actor=None)


def grant(*cases: str) -> Deed:
    return lambda t, cast: scope.grant(t, cast.aino.org, cast.aino.id, cases or [CASE], "own_client")


def revoke(*cases: str) -> Deed:
    return lambda t, cast: scope.revoke(t, cast.aino.org, cast.aino.id, cases or [CASE], "moved")


def user(transaction: Any, cast: Cast) -> User:
    found: User = transaction.get_one(User, (cast.aino.id, cast.aino.org))
    return found


def reads(app: Flask, cast: Cast) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        return scope.readable_cases(connection, cast.aino.actor)[1:]


def fits(app: Flask, cast: Cast, word: str) -> bool:
    with app.app_context():
        return passwords.fits(user(db.session, cast).password_hash, word)


# --- what overtook a line (C19) -------------------------------------------------------------------------------------


def test_l10_a_password_that_was_overtaken_stays_so(app: Flask, cast: Cast) -> None:
    """[L10] A crash between line and commit, then another password, then a restart."""
    crash(app, cast, password("vanha ja unohdettu sana"))
    do(app, cast, password(NEXT))
    assert restart(app) == 0
    assert fits(app, cast, NEXT)


@pytest.mark.usefixtures("opened")
def test_l10_access_that_was_given_again_stays(app: Flask, cast: Cast) -> None:
    """[L10] A revocation that a crash cut off, then a grant: the restart takes nothing away."""
    crash(app, cast, revoke())
    do(app, cast, grant())
    assert restart(app) == 0
    assert reads(app, cast) == [CASE]


@pytest.mark.usefixtures("opened")
def test_l10_case_by_case(app: Flask, cast: Cast) -> None:
    """[L10] Of a line about two case files only the one is replayed that nothing overtook."""
    with app.app_context(), writing() as transaction:
        scope.open_file(transaction, cast.aino.org, "case-2", None)
    do(app, cast, grant("case-2"))
    crash(app, cast, revoke(CASE, "case-2"))
    do(app, cast, grant("case-2"))
    assert restart(app) == 1
    assert reads(app, cast) == ["case-2"]
    assert restart(app) == 0


@pytest.mark.parametrize(
    ("cut_off", "later", "holds"),
    [
        (active(False), active(True), True),
        (active(True), active(False), False),
        (lambda t, cast: ical.revoke(t, cast.aino.actor), lambda t, cast: ical.make(t, cast.aino.actor), 1),
        (lambda t, cast: ical.make(t, cast.aino.actor), lambda t, cast: ical.revoke(t, cast.aino.actor), 0),
    ],
)
def test_l10_other_events_in_both_directions(app: Flask, cast: Cast, cut_off: Deed, later: Deed, holds: object) -> None:
    """[L10] Accounts closed and opened, calendar addresses made and revoked."""
    crash(app, cast, cut_off)
    do(app, cast, later)
    assert restart(app) == 0
    with app.app_context():
        feeds = db.session.query(CalendarFeed).count()
        assert (user(db.session, cast).active if isinstance(holds, bool) else feeds) == holds


@pytest.mark.usefixtures("opened")
def test_l10_what_overtook_may_be_gone_with_the_database(app: Flask, cast: Cast) -> None:
    """[L10] A crash, a later event, a restart; then a backup from before both: the later one holds again."""
    crash(app, cast, revoke())
    do(app, cast, grant(), password(NEXT))
    restart(app)
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(AuditEvent).where(AuditEvent.event.in_(("access_grant", "password"))))
        transaction.execute(update(User).values(password_hash=passwords.NOBODYS_HASH))
    assert restart(app) >= 2
    assert reads(app, cast) == [CASE]
    assert fits(app, cast, NEXT)


@pytest.mark.usefixtures("opened")
def test_l10_after_a_crash_what_takes_is_finished_and_what_gives_is_not(app: Flask, cast: Cast, path: Path) -> None:
    """[L10] Nobody was told that it was done: what gives is given again by whoever saw it fail, what takes is safe."""
    crash(app, cast, revoke())
    crash(app, cast, password("ei koskaan luvattu sana"))
    crash(app, cast, lambda t, cast: scope.grant(t, cast.aino.org, cast.liisa.id, [CASE], "own_client"))
    assert restart(app) == 1
    assert reads(app, cast) == []
    assert fits(app, cast, PASSWORD)
    with app.app_context():
        assert db.session.scalars(select(Access).where(Access.user == cast.liisa.id)).all() == []
    assert [line["event"] for line in journal_file.lines_of(path)][-1] == "access_revoke"
    assert restart(app) == 0


def test_l10_a_line_without_a_state_was_committed(app: Flask, cast: Cast, path: Path) -> None:
    """[L10] As every line that an older version wrote: it is replayed, whatever it does."""
    old: journal_file.Line = {
        "id": "old-1",
        "at": timestamps.now(),
        "org": cast.aino.org,
        "event": "password",
        "actor": None,
        "detail": {"user": cast.aino.id},
        "secret": {"hash": passwords.hash_of(NEXT)},
    }
    journal_file.append(path, [old])
    assert restart(app) == 1
    assert fits(app, cast, NEXT)


def test_l10_a_full_disk_after_the_commit_is_no_failure(app: Flask, cast: Cast, path: Path) -> None:
    """[L10] The mark is missing; the database knows better, and the next start writes it."""
    with app.app_context(), writing() as transaction:
        accounts.set_password(transaction, user(transaction, cast), passwords.hash_of(NEXT), actor=None)
        journal._write_first(transaction)
        app.extensions["ovikello-journal"] = Path("/dev/full")
    app.extensions["ovikello-journal"] = path
    assert [line["state"] for line in journal_file.lines_of(path)] == ["intended"]
    assert restart(app) == 0
    assert [line["state"] for line in journal_file.lines_of(path)] == ["committed"]


def test_l10_two_journals_become_one_in_order(app: Flask, cast: Cast, path: Path, tmp_path: Path) -> None:
    """[L10] A machine that lost its own begins with the backup's, which is older than what it wrote since."""
    do(app, cast, password("vanhempi sana vuosien takaa"))
    older = tmp_path / "older.jsonl"
    path.rename(older)
    old = older.read_text(encoding="utf-8")
    older.write_text(old.replace(timestamps.now()[:4], "2001"), encoding="utf-8")
    do(app, cast, password(NEXT))
    journal_file.join(path, older)
    assert [line["at"][:4] for line in journal_file.lines_of(path)] == ["2001", timestamps.now()[:4]]
    journal_file.join(path, older)
    assert len(list(journal_file.lines_of(path))) == 2
    assert path.stat().st_mode & 0o077 == 0
    with app.app_context(), writing() as transaction:
        transaction.execute(delete(AuditEvent))
    assert restart(app) == 2
    assert fits(app, cast, NEXT)


# --- what the backup never had (C20) --------------------------------------------------------------------------------


GoBack = Callable[[], int]


@pytest.fixture
def go_back(app: Flask) -> GoBack:
    """`go_back()`: the database is what it was when this began, and the journal is replayed. How many lines."""
    tables = Base.metadata.sorted_tables
    with app.app_context(), db.engine.connect() as connection:
        before = {table.name: [dict(row._mapping) for row in connection.execute(select(table))] for table in tables}

    def go_back() -> int:
        with app.app_context():
            with writing() as transaction:
                for table in reversed(tables):
                    transaction.execute(delete(table))
                for table in tables:
                    if before[table.name]:
                        transaction.execute(insert(table), before[table.name])
            db.session.remove()
        return restart(app)

    return go_back


@pytest.mark.parametrize(("deed", "code"), [("wipe", "device_wiped"), ("revoke", "device_revoked")])
def test_l11_a_device_that_came_after_the_backup_stays_shut_out(
    go_back: GoBack, sign_in: SignIn, deed: str, code: str
) -> None:
    """[L11] [V10] It signed in, was wiped or revoked; the backup knew nothing of it. It stays so."""
    phone, laptop = sign_in("aino"), sign_in("aino", device="laptop")
    if deed == "wipe":
        assert laptop.post("/api/devices/phone-of-aino/wipe").status_code == 204
    else:
        assert laptop.delete("/api/devices/phone-of-aino").status_code == 204
    assert go_back() >= 1
    given = {"id": "phone-of-aino", "name": "Phone"}
    again = phone.client.post("/api/session", json={"name": "aino", "password": PASSWORD, "device": given})
    assert again.get_json() == {"problem": {"code": code}}
    sign_in("aino", device="laptop")


def test_l11_a_device_of_an_account_that_came_after_the_backup(
    app: Flask, cast: Cast, go_back: GoBack, sign_in: SignIn
) -> None:
    """[L11] Account, team, sign-in name, what colleagues see, and the wipe: all there, once."""
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        team = directory.add_team(transaction, org, "Itä", "040 000 0001")
        account = directory.Account(org, "Taru", "Taru Uusi", "field_worker", team, "040 000 0002", "sv")
        directory.add_user(transaction, account, NEXT)
    taru = sign_in("taru", password=NEXT)
    taru.post("/api/devices/phone-of-taru/wipe")
    go_back()
    assert restart(app) == 0
    laptop = sign_in("taru", device="laptop", password=NEXT)
    assert (laptop.session["display_name"], laptop.session["language"]) == ("Taru Uusi", "sv")
    records = {r["id"]: r["fields"] for r in sync(laptop)["records"]}
    assert records[laptop.session["user"]]["name"][0][1] == "Taru Uusi"
    assert records[laptop.session["team"]]["phone"][0][1] == "040 000 0001"
    given = {"id": "phone-of-taru", "name": "Phone"}
    again = taru.client.post("/api/session", json={"name": "taru", "password": NEXT, "device": given})
    assert again.get_json() == {"problem": {"code": "device_wiped"}}


def test_l11_an_organisation_that_came_after_the_backup(app: Flask, go_back: GoBack, sign_in: SignIn) -> None:
    """[L11] With its people and clients; its epoch is the one its phones know."""
    with app.app_context(), writing() as transaction:
        org = directory.add_organisation(transaction, "Uusi")
        person = directory.add_user(transaction, directory.Account(org, "uuno", "Uuno"), NEXT)
        case = directory.open_case(transaction, person, "OV-1", "Matti V.")
        epoch = org.epoch
    go_back()
    reply = sync(sign_in("uuno", password=NEXT))
    assert reply["epoch"] == epoch
    assert [r["fields"]["client_name"][0][1] for r in reply["records"] if r["case"] == case] == ["Matti V."]


def test_l11_calendar_addresses_channels_and_subscriptions(
    app: Flask, cast: Cast, sign_in: SignIn, go_back: GoBack
) -> None:
    """[L11] What was made since holds; a calendar address that was revoked and a channel that was removed do not."""
    aino = sign_in("aino")
    address = aino.post("/api/calendar").get_json()["path"]
    liisa = sign_in("liisa")
    gone = liisa.post("/api/calendar").get_json()["path"]
    liisa.delete("/api/calendar")
    with app.app_context(), writing() as transaction:
        org = transaction.get_one(Organisation, cast.aino.org)
        alarm_channels.keep(transaction, org, "sms", "https://sms.example.org/send", "secret")
        alarm_channels.keep(transaction, org, "webhook", "https://hook.example.org/", "secret")
        alarm_channels.remove(transaction, org, "sms")
    go_back()
    assert app.test_client().get(address).status_code == 200
    assert app.test_client().get(gone).status_code == 404
    with app.app_context():
        assert list(db.session.scalars(select(OutboundChannel.channel))) == ["webhook"]


def test_l11_a_browser_that_takes_no_pushes_any_more(app: Flask, sign_in: SignIn, pushes: PushService) -> None:
    """[L11] [N7] Unsubscribed, taken over by another person, or signed out since: no older database brings it back."""
    stays, left, taken, out = (sign_in("aino", device=f"device-{number}") for number in range(4))
    browsers = [subscribe(phone, pushes) for phone in (stays, left, taken, out)]
    with app.app_context():
        rows = [dict(row._mapping) for row in db.session.execute(select(PushSubscription.__table__))]
    left.delete("/api/push/subscription")
    liisa = sign_in("liisa")
    key = liisa.get("/api/push").get_json()["key"]
    assert liisa.put("/api/push/subscription", browsers[2].as_json() | {"key": key}).status_code == 204
    out.sign_out()
    with app.app_context(), writing() as transaction:  # as it was before
        transaction.execute(delete(PushSubscription))
        transaction.execute(insert(PushSubscription), rows)
        transaction.execute(update(AuthSession).values(ended_at=None, end_reason=None))
        transaction.execute(delete(AuditEvent))
    restart(app)
    with app.app_context():
        endpoints = list(db.session.scalars(select(PushSubscription.endpoint)))
    assert endpoints == [browsers[0].as_json()["endpoint"]]


# --- case files that were opened after the backup (C21) -------------------------------------------------------------


def office_opens(app: Flask, cast: Cast, case: str | None = None) -> str:
    with app.app_context(), writing() as transaction:
        return directory.open_case(transaction, user(transaction, cast), "OV-0001", "Matti V.", case)


def test_l11_a_case_file_that_came_after_the_backup_comes_back(
    app: Flask, cast: Cast, go_back: GoBack, sign_in: SignIn
) -> None:
    """[L11] With who works with it and its header, under the same change: what phones had seen of it still counts."""
    case = office_opens(app, cast)
    phone = sign_in("aino")
    (header,) = [record for record in sync(phone)["records"] if record["case"] == case]
    entry = change("entry-1", "note-1") | {"case": case}
    seen = {"client_name": [header["by"][0][0]]}
    edit = {"id": "edit-1", "record": header["id"], "kind": "case", "set": {"client_name": "Matti Virta"}, "seen": seen}
    assert [v["verdict"] for v in sync(phone, changes=[entry, entry | edit])["verdicts"]] == ["applied"] * 2
    go_back()
    phone = sign_in("aino")
    assert [v["verdict"] for v in sync(phone, changes=[entry, entry | edit])["verdicts"]] == ["applied"] * 2
    (again,) = [r for r in sync(sign_in("mikko"))["records"] if r["kind"] == "case"]
    assert again["by"][0][0] in {header["by"][0][0], "edit-1"}
    assert [value for _, value in again["fields"]["client_name"]] == ["Matti Virta"]
    assert restart(app) == 0


def test_l11_where_the_journal_was_lost_too_the_supervisor_gets_it(
    app: Flask, cast: Cast, path: Path, go_back: GoBack, sign_in: SignIn
) -> None:
    """[L11] [S7] Refused and kept, handed over, and let in once the file is opened again under its id."""
    case = office_opens(app, cast)
    path.unlink()
    go_back()
    phone = sign_in("aino")
    entry = change("entry-1", "note-1") | {"case": case}
    (refused,) = sync(phone, changes=[entry])["verdicts"]
    assert (refused["verdict"], refused["problem"]["code"]) == ("refused", "case_unknown")
    (held,) = sync(phone, changes=[entry], escalated=["entry-1"])["verdicts"]
    assert held["verdict"] == "in_review"
    mikko = sign_in("mikko")
    assert mikko.post("/api/review-queue/entry-1/release").get_json()["problem"]["code"] == "case_unknown"
    assert office_opens(app, cast, case) == case
    with pytest.raises(directory.OfficeMistake, match="already"):
        office_opens(app, cast, case)
    assert mikko.post("/api/review-queue/entry-1/release").get_json()["verdict"] == "applied"
    assert "note-1" in {record["id"] for record in all_records(phone)}
