"""The security log (L8): who came in, who was refused, and that writing it down costs no more than it is worth."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import event, select, update

from server import directory
from server.auth import security_log
from server.cli import main
from server.config import LIMITS, Settings
from server.core import chain, journal, timestamps
from server.core.database import writing
from server.core.models import SecurityEvent, User, db
from server.core.sign_in_tables import WrongTries
from server.integrity import verify
from tests.cast import ON_SQLITE, Cast, SignIn
from tests.reminding import open_case

WRONG = "not the password"
#: as of the trial that found the log missing
SIGN_INS, WRONG_PASSWORDS = 36, 150


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each note at once, but where a test says otherwise."""
    monkeypatch.setattr(security_log, "FLUSH_EVERY_S", 0)


def attempt(app: Flask, name: str, password: str = WRONG, address: str = "203.0.113.7") -> int:
    body = {"name": name, "password": password, "device": {"id": "phone-1", "name": "Phone"}}
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": address, "wsgi.url_scheme": "https"}
    return client.post("/api/session", json=body).status_code


def rows(app: Flask, **where: Any) -> list[Any]:
    with app.app_context(), db.engine.connect() as connection:
        wanted = select(SecurityEvent.__table__).order_by(SecurityEvent.first_at, SecurityEvent.id)
        for name, value in where.items():
            wanted = wanted.where(getattr(SecurityEvent, name) == value)
        return list(connection.execute(wanted).all())


def counted(app: Flask, **where: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows(app, **where):
        found[row.event] += row.count
    return found


def never_wait(app: Flask) -> None:
    with app.app_context(), writing() as transaction:
        transaction.execute(update(WrongTries).values(count=0, wait_until=timestamps.now()))


def faults(app: Flask) -> list[Any]:
    with app.app_context(), db.engine.connect() as connection:
        return list(verify.faults(connection, verify.anchored(journal.path_of(app))))


def test_l8_it_works(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[L8] In, refused, out; each with its account and never with a name or an address."""
    assert attempt(app, "aino") == 401
    aino = sign_in("aino")
    assert aino.get("/api/cases/nobodys/history").status_code == 404
    assert counted(app, account=cast.aino.id) == {
        "account_added": 1,
        "wrong_password": 1,
        "device_added": 1,
        "sign_in": 1,
        "no_access": 1,
    }
    written = " ".join(str(row._asdict()) for row in rows(app))
    assert "203.0.113.7" not in written
    assert "127.0.0.1" not in written
    assert "aino" not in written.replace("phone-of-aino", "")
    assert faults(app) == []


@ON_SQLITE
def test_l8_every_sign_in_and_every_wrong_password_is_counted(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[L8] C8: sign-ins are rows; what repeats itself is one row with a count, and none is missing."""
    for number in range(SIGN_INS):
        sign_in("aino", device=f"phone-{number}")
    for _ in range(WRONG_PASSWORDS):
        never_wait(app)
        assert attempt(app, "aino") == 401
    assert counted(app, account=cast.aino.id)["sign_in"] == SIGN_INS
    (row,) = rows(app, event="wrong_password")
    assert (row.count, row.account, row.org) == (WRONG_PASSWORDS, cast.aino.id, cast.aino.org)
    assert faults(app) == []


@pytest.mark.parametrize(
    ("do", "what"),
    [
        (lambda phone: phone.client.post("/api/password", json={}), "csrf_refused"),
        (lambda phone: phone.client.get("/api/devices"), "csrf_refused"),
        (lambda phone: phone.get("/api/review-queue"), "no_access"),
        (lambda phone: phone.get("/api/cases/nobodys/visits/nothing.ics"), "no_access"),
        (lambda phone: phone.delete("/api/devices/somebody-elses"), "no_access"),
        (lambda phone: phone.post("/api/password", {"current": WRONG, "next": "kukapa tietää mitä"}), "wrong_password"),
    ],
    ids=["csrf", "csrf on a read", "role", "calendar", "device", "own password"],
)
@ON_SQLITE
def test_l8_refusals_are_noted(app: Flask, sign_in: SignIn, do: Callable[..., Any], what: str) -> None:
    """[L8] Of every kind, once and with a count when it is tried again."""
    aino = sign_in("aino")
    for _ in range(3):
        assert do(aino).status_code >= 400
    (row,) = rows(app, event=what)
    assert row.count == 3


def test_l8_a_change_of_what_one_may_not_see_is_noted(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[L8] [S3] A request that is answered with 200, and refuses what it brought."""
    open_case(app, cast.liisa)
    change: dict[str, Any] = {"id": "c-1", "record": "n-1", "kind": "note", "case": "case-1", "seen": {}}
    change |= {"at": "1790000000000-0000-0123456789ab", "set": {"text": "Ei minun"}}
    body = {"protocol": 2, "schema": 1, "cursor": None, "more_follow": False, "changes": [change]}
    sanna = sign_in("sanna")
    assert sanna.post("/api/sync", body).get_json()["verdicts"][0]["verdict"] == "refused"
    (row,) = rows(app, event="no_access")
    assert (row.account, row.org) == (cast.sanna.id, cast.sanna.org)


@ON_SQLITE
def test_l8_names_of_nobody_are_told_apart_and_not_kept(app: Flask) -> None:
    """[L8] People type passwords into the field of the name. Where there is no account there is no organisation."""
    for name in ("kesäilta ja sauna", "toinen", "toinen"):
        never_wait(app)
        assert attempt(app, name) == 401
    found = rows(app, event="wrong_password")
    assert sorted(row.count for row in found) == [1, 2]
    assert {(row.org, row.account) for row in found} == {("", None)}
    assert len({row.about for row in found}) == 2
    assert all("sauna" not in str(row._asdict()) for row in found)


@ON_SQLITE
def test_l8_a_burst_costs_a_write_a_second(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """[L8] The log is no attack itself: a hundred refusals are two writes, and all are counted."""
    monkeypatch.setattr(security_log, "FLUSH_EVERY_S", 3600)
    writes = 0

    def count(*_: Any) -> None:
        nonlocal writes
        writes += 1

    with app.app_context():
        event.listen(db.engine, "commit", count)
    assert attempt(app, "nobody") == 401
    first = rows(app, event="wrong_password")
    assert [row.count for row in first] == [1]  # at once
    writes = 0
    with app.app_context():
        for number in range(100):
            security_log.refused("no_access", "", None, str(number % 3))
            security_log.write_counts()
    assert writes == 0
    monkeypatch.setattr(security_log, "FLUSH_EVERY_S", 0)
    with app.app_context():
        security_log.write_counts()
    assert writes <= 2
    assert sorted(row.count for row in rows(app, event="no_access")) == [33, 33, 34]


@ON_SQLITE
def test_l8_what_cannot_be_told_apart_any_more_is_counted_together(app: Flask) -> None:
    """[L8] Guesses over names without end leave a bounded number of rows, and no guess is lost."""
    many = LIMITS.security_told_apart_max * 3
    with app.app_context():
        for number in range(many):
            security_log.refused("wrong_password", "", None, f"name-{number}")
            if number % 50 == 0:
                security_log.write_counts()
        security_log.write_counts()
    found = rows(app, event="wrong_password")
    assert len(found) <= LIMITS.security_told_apart_max + 1
    assert sum(row.count for row in found) == many
    assert max(row.count for row in found if row.about is None) > LIMITS.security_told_apart_max


def test_l8_a_window_ends_in_the_chain(app: Flask, cast: Cast) -> None:
    """[L8] [L7] Then the row is altered no more, and what comes next is another."""
    attempt(app, "aino")
    later = timestamps.ago(minutes=LIMITS.security_window_minutes + 1)
    with app.app_context():
        with writing() as transaction:
            transaction.execute(update(SecurityEvent).where(SecurityEvent.chain_index.is_(None)).values(first_at=later))
        attempt(app, "aino")
        first, second = rows(app, event="wrong_password")
        assert (first.count, second.count) == (1, 1)
        assert first.chain_index is not None
        assert second.chain_index is None
        with writing() as transaction:
            transaction.execute(update(SecurityEvent).where(SecurityEvent.chain_index.is_(None)).values(first_at=later))
        security_log.close_windows()
        assert [row.chain_index is None for row in rows(app, event="wrong_password")] == [False, False]
        with db.engine.connect() as connection:
            length, _ = chain.head_of(connection, SecurityEvent, cast.aino.org)
            of_org = select(SecurityEvent.id).where(SecurityEvent.org == cast.aino.org)
            assert length == len(connection.execute(of_org).all())
    assert faults(app) == []


@ON_SQLITE
def test_l8_what_cannot_be_written_now_is_not_lost(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """[L8] And the refusal is answered all the same."""

    def fail(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(security_log, "_write", fail)
        assert [attempt(app, "nobody") for _ in range(2)] == [401, 401]
    assert attempt(app, "nobody") == 401
    assert counted(app) == counted(app, event="account_added") + Counter({"wrong_password": 3})


@pytest.fixture
def told(settings: Settings) -> Callable[..., Result]:
    """`told("--account aino")`: `ovikello log security …` on this installation."""
    environment = {
        "OVIKELLO_DATA_DIR": str(settings.data_dir),
        "OVIKELLO_DATABASE_URL": settings.database_url,
        "OVIKELLO_SECRET_KEY": settings.secret_key,
        "OVIKELLO_PRODUCTION": "",
    }
    return lambda line="": CliRunner().invoke(main, ["log", "security", *line.split()], env=environment)


def test_l8_the_administrator_reads_it(app: Flask, sign_in: SignIn, told: Callable[..., Result]) -> None:
    """[L8] By account, by address, by event, since a day; with what the audit log says of the same story."""
    for _ in range(2):
        attempt(app, "aino")
    aino = sign_in("aino")
    aino.sign_out()
    attempt(app, "nobody", address="198.51.100.1")
    with app.app_context(), writing() as transaction:
        directory.reset_password(transaction, directory.user_named(transaction, "liisa"), "kolmas kevät ja lumi")
    everything = told()
    assert everything.exit_code == 0, everything.output
    own = [line.split()[1] for line in told("--account aino").stdout.splitlines()]
    assert own == ["account_added", "user", "wrong_password", "device_added", "sign_in", "session_end"]
    assert "×2" in told("--account aino --event wrong_password").stdout
    assert [line.split()[1] for line in told("--address 198.51.100.1").stdout.splitlines()] == ["wrong_password"]
    assert "password" in [line.split()[1] for line in told("--account liisa").stdout.splitlines()]
    assert told("--since 2099-01-01").stdout == ""
    assert told("--account nobody-here").exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(User.id)) is not None
        db.session.remove()
