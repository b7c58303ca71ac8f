"""Break-glass: a client whom somebody may not read and must, opened for a day, with a reason that is reviewed (S11)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile
from server.core.problems import Problem
from server.kinds import homes
from server.kinds.readers import CASEWORKERS
from server.openings import noting
from server.openings.noting import Reason
from server.openings.returners import is_over
from server.reminders import schedule
from server.reminders.due_rules import Due, quiet_end
from server.reminders.preferences import DEFAULTS
from server.rules import merge
from server.rules.names import normalized_name
from server.sync import one_person, record_queries, scope
from server.sync.opening import BREAK_GLASS, OPENING_WAYS
from server.sync.shown import ShownRecord, StoredRecord, shown_record

#: the closed list, as codes: the audit log holds nothing that somebody wrote of a client
REASONS = ("crisis_at_hand", "danger", "authority_asks", "own_worker_away")
#: in any entry that is held, as in the data API (Z18)
UNLISTED = f'"{one_person.NON_DISCLOSURE}"'
#: of this file's own worker
TOLD_FOR = timedelta(days=7)


class Known(NamedTuple):
    """By what somebody knows the client: the code, or the whole name and the year of birth."""

    client_id: str | None
    name: str | None
    birth_year: int | None


class Opened(NamedTuple):
    case: str
    #: None where this person reads it anyway
    until: str | None


def open_file(transaction: Transaction, actor: Actor, known: Known, reason: Reason) -> Opened:
    """`not_found` for a client who is not here, is not known by this alone, or is not opened so, all alike."""
    if actor.role not in CASEWORKERS:
        raise Problem("not_allowed")
    connection = transaction.connection()
    files = _files_of(connection, actor, known)
    if not files:
        raise Problem("not_found")
    scope.lock_files(connection, actor.org, files)
    lacking = [file for file in files if file not in _read_for_good(connection, actor)]
    if not lacking:
        return Opened(files[0], None)
    if not noting.may_open(connection, actor.org, actor.user, files):
        raise Problem("not_allowed")
    until = timestamps.ago(hours=-LIMITS.break_glass_hours)
    scope.grant(transaction, actor.org, actor.user, lacking, BREAK_GLASS, by=actor.user, expires_at=until)
    opening = noting.note(transaction, actor, BREAK_GLASS, lacking[0], reason, until)
    _tell_own_workers(connection, actor, files, opening)
    return Opened(files[0], until)


def _files_of(connection: Connection, actor: Actor, known: Known) -> list[str]:
    """All files of the one client who is meant (H7), the kept one first; none where that is nobody, or not opened.

    A client of one's own who is called so too changes no answer: it would tell of one who is not opened.
    """
    org = actor.org
    standing = select(CaseFile.id).where(
        CaseFile.org == org, CaseFile.home.in_(homes.OF_A_CLIENT), CaseFile.erased_at.is_(None)
    )
    kept = one_person.duplicates(connection, org)
    rows = record_queries.headers(connection, org, connection.scalars(standing))
    meant = {kept.get(row.case, row.case) for row in rows if _is_meant(shown_record(row), known)}
    of_each = [one_person.together(kept, file) for file in sorted(meant)]
    opened = [files for files in of_each if _is_opened([row for row in rows if row.case in files])]
    read = _read_for_good(connection, actor)
    foreign = [files for files in opened if not read.issuperset(files)]
    if len(foreign) == 1:
        return foreign[0]
    return next((files for files in opened if not foreign), [])


def _is_opened(rows: Sequence[StoredRecord]) -> bool:
    return all(UNLISTED not in row.body for row in rows) and any(not is_over(shown_record(row)) for row in rows)


def _is_meant(header: ShownRecord, known: Known) -> bool:
    if known.client_id is not None:
        return normalized_name(header.text("client_id") or "") == normalized_name(known.client_id) != ""
    is_called = _words_of(header.text("client_name") or "") == _words_of(known.name or "") != []
    return is_called and known.birth_year is not None and header.values.get("birth_year") == known.birth_year


def _words_of(name: str) -> list[str]:
    """Whichever name comes first."""
    return sorted(normalized_name(name.replace(",", " ")).split())


def _read_for_good(connection: Connection, actor: Actor) -> set[str]:
    """Or for another reason: an opening is made longer, a stand-in stays one."""
    own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user, LASTS)
    return set(connection.scalars(own.where(Access.reason.not_in(OPENING_WAYS))))


def _tell_own_workers(connection: Connection, actor: Actor, files: Sequence[str], opening: str) -> None:
    held = (
        merge.unpack(orjson.loads(row.body))["fields"] for row in record_queries.headers(connection, actor.org, files)
    )
    # While two people have named two, both are (S9).
    named = {value for fields in held for *_, value in fields.get("own_worker", ())} - {actor.user}
    readers = schedule.readers_of(connection, actor.org, files, timestamps.now())
    # With a file that they read: of a client with two files that may be the other one.
    read_in = {user: file for file in reversed(files) for user in readers.get(file, {})}
    workers = sorted(person for person in named if isinstance(person, str) and person in read_in)
    chosen = schedule.preferences_of(connection, actor.org, workers)
    now = datetime.now(UTC)
    schedule.add(
        connection,
        actor.org,
        [
            schedule.WantedReminder(
                worker,
                read_in[worker],
                f"opening:{opening}",
                Due(schedule.FILE_OPENED, "", quiet_end(now, chosen.get(worker, DEFAULTS)), now, now + TOLD_FOR),
            )
            for worker in workers
        ],
    )
