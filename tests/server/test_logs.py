"""`ovikello log verify` (L9): what is edited, removed or cut off in a log is found, and a state that differs."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Connection, delete, select, text, update

from server import backup
from server.cli import main
from server.config import Settings
from server.core import audit, chain, journal
from server.core.actor import Actor
from server.core.database import writing
from server.core.models import AuditEvent, CaseFile, ChainHead, Change, Record, SecurityEvent, db
from server.integrity import anchors, verify
from server.integrity.verify import Fault
from server.sync import scope
from tests.cast import ON_SQLITE, Cast, SignIn
from tests.reminding import Entries, Now, open_case

CASE = "case-1"
LOGS = ("change", "audit_event", "security_event")
#: of each log, what a row says
CHANGING = {
    "change": ("content", "author", "device", "at", "received", "record", "kind", "salt", "hash"),
    "audit_event": ("id", "at", "actor", "event", "detail", "salt", "sealed", "hash"),
    "security_event": ("id", "event", "first_at", "last_at", "account", "place", "detail", "salt", "sealed", "hash"),
}

Tamper = Callable[..., None]


@pytest.fixture
def written(app: Flask, cast: Cast) -> Flask:
    """Two organisations with entries, and five events of one of them."""
    open_case(app, cast.aino, cast.liisa)
    open_case(app, cast.olli, case="case-west")
    enter = Entries(app, Now())
    for number in range(4):
        enter(cast.aino, "note-1", {"text": f"Versio {number}"}, kind="note")
    enter(cast.aino, "note-2", {"text": "Toinen"}, kind="note")
    enter(cast.olli, "note-3", {"text": "Toisaalla"}, kind="note", case="case-west")
    with app.app_context():
        for person in (cast.liisa, cast.sanna):
            with writing() as transaction:
                scope.grant(transaction, person.org, person.id, [CASE], "team")
        for number in range(3):
            audit.note_reading(cast.aino.actor, "history_read", {"case": CASE, "record": f"note-{number}"})
    return app


def found(app: Flask) -> list[Fault]:
    with app.app_context(), db.engine.connect() as connection:
        return list(verify.faults(connection, verify.anchored(journal.path_of(app))))


def tampered(app: Flask, *statements: Any) -> list[Fault]:
    """What is found while these hold; afterwards all is as before."""
    with app.app_context(), db.engine.connect().execution_options(write=True) as connection:
        for statement in statements:
            connection.execute(statement)
        return list(verify.faults(connection, verify.anchored(journal.path_of(app))))


def table(log: str) -> Any:
    return {"change": Change, "audit_event": AuditEvent, "security_event": SecurityEvent}[log]


def rows_of(log: str, org: str, *where: Any) -> tuple[Any, ...]:
    model = table(log)
    of_case = (model.case == CASE,) if log == "change" else ()
    return (model.org == org, *of_case, *where)


def length_of(app: Flask, log: str, org: str) -> int:
    model = table(log)
    with app.app_context(), db.engine.connect() as connection:
        return len(connection.execute(select(model.id).where(*rows_of(log, org))).all())


def test_l9_what_is_whole_has_no_fault(written: Flask) -> None:
    """[L9] [L7] The happy path, with anchors and without."""
    assert found(written) == []
    with written.app_context():
        assert anchors.write_anchors(written) == 2
        assert anchors.write_anchors(written) == 0  # nothing has grown
    assert found(written) == []


@ON_SQLITE
@pytest.mark.parametrize("log", LOGS)
def test_l9_an_edited_row_is_found_where_it_stands(written: Flask, cast: Cast, log: str) -> None:
    """[L9] [L7] Of any column, at both ends and in the middle; of one log, and of no other."""
    last = length_of(written, log, cast.aino.org) - 1
    model = table(log)
    for place in {0, last // 2, last}:
        for column in CHANGING[log]:
            edit = update(model).where(*rows_of(log, cast.aino.org, model.chain_index == place))
            faults = tampered(written, edit.values({column: "0" * 64}))
            assert (faults[0].org, faults[0].log, faults[0].what, faults[0].at) == (
                cast.aino.org,
                log,
                "edited",
                place,
            ), column
            assert {fault.log for fault in faults} == {log}


@ON_SQLITE
@pytest.mark.parametrize("log", LOGS)
def test_l9_a_removed_row_is_found(written: Flask, cast: Cast, log: str) -> None:
    """[L9] The first, one in the middle, and two side by side."""
    last = length_of(written, log, cast.aino.org) - 1
    model = table(log)
    for gone in ([0], [last // 2], [1, 2]):
        remove = delete(model).where(*rows_of(log, cast.aino.org, model.chain_index.in_(gone)))
        fault = tampered(written, remove)[0]
        assert (fault.log, fault.what, fault.at) == (log, "removed", gone[0])


@ON_SQLITE
@pytest.mark.parametrize("log", LOGS)
def test_l9_a_log_cut_off_is_found(written: Flask, cast: Cast, log: str) -> None:
    """[L9] From the last row on, from the middle on, and all of it."""
    last = length_of(written, log, cast.aino.org) - 1
    model = table(log)
    for start in (last, last // 2, 0):
        cut = delete(model).where(*rows_of(log, cast.aino.org, model.chain_index >= start))
        fault = tampered(written, cut)[0]
        assert (fault.log, fault.what, fault.at) == (log, "cut_off", start)


def cut_and_lied(log: str, org: str, end: tuple[int, str]) -> Sequence[Any]:
    """A log cut off by somebody who says that it was never longer."""
    model = table(log)
    cut = delete(model).where(*rows_of(log, org, model.chain_index >= end[0]))
    if log == "change":
        lie = update(CaseFile).where(CaseFile.id == CASE).values(chain_length=end[0], chain_head=end[1])
    else:
        lie = update(ChainHead).where(ChainHead.org == org, ChainHead.log == log)
        lie = lie.values(length=end[0], head=end[1])
    return [cut, lie]


@pytest.mark.parametrize("log", LOGS)
def test_l9_the_journal_remembers_what_was_cut_off(written: Flask, cast: Cast, log: str) -> None:
    """[L9] Whoever can write the database makes it hold in itself; the anchor beside it does not agree."""
    last = length_of(written, log, cast.aino.org) - 1
    model = table(log)
    with written.app_context(), db.engine.connect() as connection:
        row = rows_of(log, cast.aino.org, model.chain_index == last - 2)
        end = (last - 1, str(connection.scalar(select(model.hash).where(*row))))
    lie = cut_and_lied(log, cast.aino.org, end)
    assert [fault for fault in tampered(written, *lie) if fault.what in {"cut_off", "rewritten"}] == []
    with written.app_context():
        anchors.write_anchors(written)
    faults = [fault for fault in tampered(written, *lie) if fault.what == "cut_off"]
    assert [(fault.log, fault.at) for fault in faults] == [(log, last)]


def test_l9_a_log_that_was_written_anew_is_not_what_was_anchored(written: Flask, cast: Cast) -> None:
    """[L9] Every hash worked out again, and the end too: in itself it holds."""
    with written.app_context():
        anchors.write_anchors(written)
        with db.engine.connect().execution_options(write=True) as connection:
            rewrite(connection, cast.aino.org)
            faults = list(verify.faults(connection, verify.anchored(journal.path_of(written))))
    last = length_of(written, "audit_event", cast.aino.org) - 1
    assert faults == [Fault(cast.aino.org, "audit_event", "rewritten", at=last)]


def rewrite(connection: Connection, org: str) -> None:
    """The second event is another, and all that follow are chained again."""
    second = rows_of("audit_event", org, AuditEvent.chain_index == 1)
    connection.execute(update(AuditEvent).where(*second).values(actor="somebody"))
    previous = ""
    own = select(AuditEvent.__table__).where(AuditEvent.org == org).order_by(AuditEvent.chain_index)
    for row in connection.execute(own).all():
        sealed = chain.sealed_of(AuditEvent, row.salt, row._asdict())
        previous = chain.hash_of(previous, sealed)
        connection.execute(update(AuditEvent).where(AuditEvent.id == row.id).values(sealed=sealed, hash=previous))
    head = update(ChainHead).where(ChainHead.org == org, ChainHead.log == "audit_event")
    connection.execute(head.values(head=previous))


def test_l9_an_event_erased_by_law_breaks_no_chain(written: Flask, cast: Cast) -> None:
    """[L7] Its words and its salt are gone; that something stood there, and what follows, still holds."""
    erased = update(AuditEvent).where(*rows_of("audit_event", cast.aino.org, AuditEvent.chain_index == 1))
    assert tampered(written, erased.values(detail="{}", actor=None, salt=None)) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (update(Record).where(Record.id == "note-1").values(body=Record.body.op("||")(" ")), []),
        (delete(Record).where(Record.id == "note-2"), ["record", "digest"]),
        (update(Record).where(Record.id == "note-2").values(case="case-west"), ["record", "digest", "no_file"]),
        (delete(CaseFile).where(CaseFile.id == CASE), ["no_file", "no_file"]),
        (text("UPDATE record SET body = replace(body, 'Toinen', 'Muutettu') WHERE id = 'note-2'"), ["record"]),
        (text("UPDATE case_file SET digests = '{}' WHERE id = 'case-1'"), ["digest"]),
    ],
    ids=["white space", "removed", "moved", "no file", "edited", "digest"],
)
def test_l9_the_state_is_rebuilt_and_compared(written: Flask, statement: Any, what: list[str]) -> None:
    """[L9] [L1] A log that holds, and a record that says something else."""
    assert sorted(fault.what for fault in tampered(written, statement)) == sorted(what)


@ON_SQLITE
def test_l9_what_a_restore_takes_away_is_not_missed(
    written: Flask, settings: Settings, cast: Cast, tmp_path: Any
) -> None:
    """[L9] [L5] The anchors of what came after the backup go with it, those of before stay."""
    made = backup.back_up(written, tmp_path / "backups")
    Entries(written, Now())(cast.aino, "note-9", {"text": "Varmuuskopion jälkeen"}, kind="note")
    with written.app_context():
        audit.note_reading(cast.aino.actor, "history_read", {"case": CASE, "record": "note-9"})
        anchors.write_anchors(written)
        db.session.remove()
        db.engine.dispose()
    backup.restore(settings, made)
    backup.begin_new_epoch(written)
    assert found(written) == []
    Entries(written, Now())(cast.aino, "note-10", {"text": "Toiseen suuntaan"}, kind="note")
    assert found(written) == []
    cut = delete(AuditEvent).where(AuditEvent.org == cast.aino.org, AuditEvent.chain_index >= 1)
    assert {fault.what for fault in tampered(written, cut)} == {"cut_off"}


def test_l9_two_organisations_note_at_once(written: Flask, cast: Cast, sign_in: SignIn) -> None:
    """[L7] Each log is its own; what is rolled back leaves no gap."""
    with written.app_context():
        with pytest.raises(ZeroDivisionError):
            note_and_fail(cast.aino.actor)
        with writing() as transaction:
            for person in (cast.olli, cast.aino, cast.olli):
                audit.note(transaction, person.actor, "repair", {"cases": []})
    assert sign_in("olli").sign_out().status_code == 204
    assert found(written) == []


def note_and_fail(actor: Actor) -> None:
    with writing() as transaction:
        audit.note(transaction, actor, "repair", {"cases": [CASE]})
        raise ZeroDivisionError


@pytest.fixture
def verified(written: Flask, settings: Settings) -> Callable[[], Any]:
    """`ovikello log verify` on this installation."""
    environment = {
        "OVIKELLO_DATA_DIR": str(settings.data_dir),
        "OVIKELLO_DATABASE_URL": settings.database_url,
        "OVIKELLO_SECRET_KEY": settings.secret_key,
        "OVIKELLO_PRODUCTION": "",
    }
    with written.app_context():
        db.session.remove()
    return lambda: CliRunner().invoke(main, ["log", "verify"], env=environment)


def test_l9_the_command_says_what_is_wrong(written: Flask, cast: Cast, verified: Callable[[], Any]) -> None:
    """[L9] In a sentence each, and it fails."""
    whole = verified()
    assert (whole.exit_code, whole.output) == (0, "Every log holds, and the state is what they say.\n")
    with written.app_context(), writing() as transaction:
        transaction.execute(delete(AuditEvent).where(AuditEvent.org == cast.aino.org, AuditEvent.chain_index == 1))
        transaction.execute(update(Change).where(Change.case == CASE, Change.chain_index == 2).values(author="x"))
    broken = verified()
    assert broken.exit_code == 1
    assert f"audit log (organisation {cast.aino.org}): row 1 is missing." in broken.output
    assert f"case file {CASE} (organisation {cast.aino.org}): row 2 was edited." in broken.output
    assert "2 faults." in broken.output
