"""The rows of reminders follow the records, in the transaction of the entry that causes them (N2).

Rows are keyed by (record, cause, person, step, channel). A plan that changes moves its row, takes it away or brings
it back; so nothing stale is ever left, and a reminder that moved replaces the one already shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, cast
from uuid import uuid4

import orjson
from sqlalchemy import Connection, bindparam, delete, select, update

from server.core import bulk, timestamps
from server.core.bulk import among, listed
from server.core.models import LASTS, Access, User
from server.core.reminder_tables import Reminder, ReminderPreferences, ReminderRow
from server.kinds import KINDS
from server.kinds.due import Deadline, Rhythm
from server.kinds.readers import CASEWORKERS
from server.reminders.calendar_days import local
from server.reminders.due_rules import Due, due_of
from server.reminders.preferences import DEFAULTS, Preferences, preferences_in
from server.rules import clock
from server.rules.conditions import Values, kinds_named
from server.rules.phases import phase_on
from server.sync import one_person, opening, record_queries
from server.sync.events import AppliedRecord
from server.sync.shown import ShownRecord, shown_record, shown_state

#: the kinds of which a deadline asks for other records of the file, and for which; a header moves its whole file anyhow
BESIDE = {
    name: asked
    for name, kind in KINDS.items()
    if (asked := frozenset[str]().union(*(kinds_named(due.unless) for due in kind.falls_due)) - {"case"})
}
KINDS_DUE = frozenset(name for name, kind in KINDS.items() if kind.falls_due)
#: told to a client's own worker: somebody else opened the file (S11)
FILE_OPENED = "file_opened"
RHYTHMS = frozenset(due.cause for kind in KINDS.values() for due in kind.falls_due if isinstance(due, Rhythm))


class WantedReminder(NamedTuple):
    """A row as it should be."""

    user: str
    case: str | None
    record: str
    due: Due
    channel: str = "push"
    drill: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        return (self.record, self.due.cause, self.user, self.due.step, self.channel)


class Reader(NamedTuple):
    """Why somebody has access, and their role."""

    reason: str
    role: str


#: by case file, those with access
Readers = Mapping[str, Mapping[str, Reader]]


class _Visits(NamedTuple):
    """Of one client, by each of their files."""

    files: list[str]
    by_file: Mapping[str, list[Values]]

    def read_by(self, user: str, readers: Readers) -> list[Values]:
        """What somebody does not read tells them nothing, by no reminder that stays away either."""
        return [one for file in self.files if user in readers.get(file, {}) for one in self.by_file.get(file, [])]


def reschedule(connection: Connection, org: str, touched: Iterable[AppliedRecord], stamp: str) -> None:
    """Bring the reminders of touched records up to date. They are stored.

    `stamp` is that of their receipt.
    """
    said = [shown_state(each) for each in touched if each.kind in KINDS_DUE]
    if not said:
        return
    # A header says whose case it is, so it concerns everything of its file; and a visit moves its case's rhythm.
    whole = {each.case for each in said if each.kind == "case"}
    rest = {each.case for each in said} - whole
    headers = [*map(shown_record, record_queries.headers(connection, org, rest))] if rest else []
    said = [each for each in said if each.case in rest]
    said += map(shown_record, record_queries.of_kinds(connection, org, whole, KINDS_DUE)) if whole else []
    visited = {each.case for each in said if each.kind == "visit"}
    kept = _kept_for(connection, org, [each for each in (*said, *headers) if each.kind == "case"])
    moving = visited | {kept[each.case] for each in said if each.case in kept}
    if further := moving - whole - rest:
        headers += map(shown_record, record_queries.headers(connection, org, further))
    said += [header for header in headers if header.case in moving]
    said += _beside(connection, org, touched, {each.id for each in said})
    _bring_up_to_date(connection, org, said, headers, _moment_of(stamp), kept)


def _kept_for(connection: Connection, org: str, headers: Iterable[ShownRecord]) -> dict[str, str]:
    """By duplicate the file that is kept for it (H7), where one of these says it is one: then all that do are read.
    Whether a file is kept for another its own header does not say: `recount_due_rhythms` asks."""
    return one_person.duplicates(connection, org) if any(map(one_person.names_another, headers)) else {}


def _beside(connection: Connection, org: str, touched: Iterable[AppliedRecord], known: set[str]) -> list[ShownRecord]:
    """What else is settled, or due again, by the records that were touched."""
    found: list[ShownRecord] = []
    for kind, asked in BESIDE.items():
        cases = {each.case for each in touched if each.kind in asked}
        found += map(shown_record, record_queries.of_kinds(connection, org, cases, {kind})) if cases else ()
    return [each for each in found if each.id not in known]


def reschedule_cases(connection: Connection, org: str, cases: Iterable[str], now: str | None = None) -> None:
    """Bring all reminders of case files up to date: access or somebody's preferences have changed."""
    wanted = set(cases)
    if wanted:
        said = [*map(shown_record, record_queries.of_kinds(connection, org, wanted, KINDS_DUE))]
        kept = one_person.duplicates(connection, org)
        _bring_up_to_date(connection, org, said, (), now or timestamps.now(), kept)


def recount_due_rhythms(connection: Connection, org: str, now: str) -> None:
    """Rhythms that are about to be told of as missed, by the visits of all files of their clients (H7)."""
    due = connection.scalars(_RHYTHMS_DUE, {"org": org, "now": now})
    reschedule_cases(connection, org, [case for case in due if case], now)


def with_rhythms(connection: Connection) -> list[tuple[str, str]]:
    """Organisation and case file of every rhythm that waits to be told of as missed."""
    waiting = select(Reminder.org, Reminder.case).where(Reminder.cause.in_(RHYTHMS), Reminder.state == "waiting")
    found = connection.execute(waiting.where(Reminder.case.is_not(None)).distinct())
    return [(row.org, row.case or "") for row in found]


def _moment_of(stamp: str) -> str:
    return timestamps.text(datetime.fromtimestamp(clock.parse(stamp).time_ms / 1000, UTC))


def _bring_up_to_date(
    connection: Connection,
    org: str,
    said: Sequence[ShownRecord],
    known: Iterable[ShownRecord],
    now: str,
    kept: Mapping[str, str],
) -> None:
    """`known` are headers of files of which `said` has none, `kept` the files that are kept for duplicates."""
    headers = {each.case: each for each in (*known, *said) if each.kind == "case"}
    files = {case: one_person.together(kept, case) for case in {each.case for each in said}}
    readers = readers_of(connection, org, {file for of_one in files.values() for file in of_one}, now)
    chosen = preferences_of(connection, org, {user for people in readers.values() for user in people})
    visits = _visits(connection, org, [each for each in said if each.kind == "case"], files)
    today = local(datetime.fromisoformat(now)).date()
    others = _others(connection, org, said)
    wanted = [
        row
        for each in said
        for row in _rows_of(
            each, headers.get(each.case), readers, chosen, _Visits(files[each.case], visits), today, others
        )
    ]
    write_reminders(connection, org, [each.id for each in said], wanted, now)


def _rows_of(
    said: ShownRecord,
    header: ShownRecord | None,
    readers: Readers,
    chosen: Mapping[str, Preferences],
    visits: _Visits,
    today: date,
    others: Mapping[str, list[ShownRecord]],
) -> Iterable[WantedReminder]:
    kind = KINDS[said.kind]
    phase = phase_on(today, header.values) if header else None
    beside = [(each.kind, each.values) for each in others.get(said.case, []) if each.id != said.id]
    reasons = {
        user: reader.reason for user, reader in readers.get(said.case, {}).items() if reader.role in kind.readers
    }
    for declared in kind.falls_due:
        own_worker = header.text("own_worker") if header else None
        people = {said.text(field) for field in declared.people} - {None} or {own_worker}
        if isinstance(declared, Deadline) and declared.whole_file and own_worker is None:
            people = set(reasons)
        for user in told(people, own_worker, reasons):
            met = visits.read_by(user, readers) if isinstance(declared, Rhythm) else []
            for due in due_of(declared, said.values, met, chosen.get(user, DEFAULTS), phase, beside):
                yield WantedReminder(user, said.case, said.id, due)


def _others(connection: Connection, org: str, said: Iterable[ShownRecord]) -> dict[str, list[ShownRecord]]:
    """By case file, the records that its deadlines ask for."""
    found: dict[str, list[ShownRecord]] = {}
    for kind, asked in BESIDE.items():
        cases = {each.case for each in said if each.kind == kind}
        for row in record_queries.of_kinds(connection, org, cases, asked) if cases else ():
            one = shown_record(row)
            if not one.values.get("removed"):
                found.setdefault(one.case, []).append(one)
    return found


def told(people: set[str | None], own_worker: str | None, reasons: Mapping[str, str]) -> list[str]:
    """Those named who may still read the case file; and who stands in for them, while access lasts (N4)."""
    named = {user for user in people if user is not None and user in reasons}
    if own_worker in people or named != people:
        named |= {user for user, reason in reasons.items() if reason == opening.STAND_IN}
    return sorted(named)


def _visits(
    connection: Connection, org: str, headers: Iterable[ShownRecord], files: Mapping[str, list[str]]
) -> dict[str, list[Values]]:
    """By file the visits of the clients that have a rhythm; `files`: by case file all of its client."""
    rhythms = [declared.days for declared in KINDS["case"].falls_due if isinstance(declared, Rhythm)]
    cases = {header.case for header in headers if any(header.values.get(days) for days in rhythms)}
    found: dict[str, list[Values]] = {}
    for row in record_queries.latest_visits(connection, org, {file for case in cases for file in files[case]}):
        found.setdefault(row.case, []).append(shown_record(row).values)
    return found


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13), what was sent too."""
    connection.execute(_OF_FILES, {"org": org, "cases": listed(cases)})


def readers_of(connection: Connection, org: str, cases: Iterable[str], now: str) -> Readers:
    """Who has access to each case file now, for what reason, in what role."""
    given = {"org": org, "cases": listed(sorted(cases)), "now": now}
    readers: dict[str, dict[str, Reader]] = {}
    for case, user, reason, role in connection.execute(_READERS, given):
        readers.setdefault(case, {})[user] = Reader(reason, role)
    return readers


def is_reader(row: ReminderRow, readers: Readers) -> bool:
    """Whether the person of a reminder has access to its case file, in a role that reads what it is about (N4, D4)."""
    reader = readers.get(row.case or "", {}).get(row.user)
    return row.case is None or (reader is not None and reader.role in _hearers(row.cause))


def _hearers(cause: str) -> frozenset[str]:
    """The roles that read the kinds of which this falls due."""
    if cause == FILE_OPENED:
        return CASEWORKERS
    of = [kind.readers for kind in KINDS.values() if any(each.cause == cause for each in kind.falls_due)]
    return frozenset().union(*of)


def preferences_of(connection: Connection, org: str, users: Iterable[str]) -> dict[str, Preferences]:
    """What each of these people has chosen; those who have chosen nothing are left out."""
    rows = connection.execute(_PREFERENCES, {"org": org, "users": listed(sorted(users))})
    return {user: preferences_in(orjson.loads(body)) for user, body in rows}


_READERS = (
    select(Access.case, Access.user, Access.reason, User.role)
    .join(User, (User.id == Access.user) & (User.org == Access.org))
    .where(Access.org == bindparam("org"), among(Access.case, bindparam("cases")), LASTS)
)
_PREFERENCES = select(ReminderPreferences.user, ReminderPreferences.body).where(
    ReminderPreferences.org == bindparam("org"), among(ReminderPreferences.user, bindparam("users"))
)


# --- rows as they are, and as they should be --------------------------------------------------------------------


def write_reminders(
    connection: Connection, org: str, records: Sequence[str], wanted: Iterable[WantedReminder], now: str
) -> None:
    """Make the rows of these records those that are wanted, and touch none that is right already.

    Of the steps of one cause that had passed before they were ever written, only the latest is kept: who plans a
    visit for today is not told of it as yesterday evening would have.
    """
    there = {_key(row): row for row in _stored(connection, org, records)}
    by_key = {row.key: row for row in wanted}
    gone = [row.id for key, row in there.items() if key not in by_key]
    moved = [
        {"of_id": there[key].id, "of_org": org} | {f"new_{name}": value for name, value in _values(row.due).items()}
        for key, row in by_key.items()
        if key in there and _has_moved(there[key], row.due)
    ]
    new = _timely([row for key, row in by_key.items() if key not in there], now)
    if gone:
        connection.execute(_GONE, {"org": org, "ids": listed(gone)})
    if moved:
        connection.execute(_MOVED, moved)
    bulk.insert(connection, Reminder, [_new(org, row) for row in new])


def add(connection: Connection, org: str, wanted: Iterable[WantedReminder]) -> None:
    """Rows that come to those there are."""
    by_key = {row.key: row for row in wanted}
    records = sorted({row.record for row in by_key.values()})
    for row in _stored(connection, org, records):
        by_key.pop(_key(row), None)
    bulk.insert(connection, Reminder, [_new(org, row) for row in by_key.values()])


def _stored(connection: Connection, org: str, records: Iterable[str]) -> Iterable[ReminderRow]:
    given = {"org": org, "records": listed(records)}
    return cast("Iterable[ReminderRow]", connection.execute(_OF_RECORDS, given))


def _timely(rows: Sequence[WantedReminder], now: str) -> list[WantedReminder]:
    kept: list[WantedReminder] = []
    passed: dict[tuple[str, ...], WantedReminder] = {}
    for row in rows:
        if timestamps.text(row.due.send_at) > now:
            kept.append(row)
        elif timestamps.text(row.due.drop_at) > now:
            key = (row.record, row.due.cause, row.user, row.channel)
            latest = passed.get(key)
            passed[key] = row if latest is None or latest.due.send_at < row.due.send_at else latest
    return kept + list(passed.values())


def _has_moved(row: ReminderRow, due: Due) -> bool:
    return (row.due, row.about) != (timestamps.text(due.send_at), timestamps.text(due.about))


def _key(row: ReminderRow) -> tuple[str, ...]:
    return (row.record, row.cause, row.user, row.step, row.channel)


def _values(due: Due) -> dict[str, object]:
    send_at = timestamps.text(due.send_at)
    return {
        "due": send_at,
        "try_at": send_at,
        "about": timestamps.text(due.about),
        "drop_at": timestamps.text(due.drop_at),
        "state": "waiting",
        "tries": 0,
        "taken_by": "[]",
        "seen_at": None,
        "claim": None,
        "reason": None,
    }


def _new(org: str, row: WantedReminder) -> dict[str, object]:
    own = {"id": uuid4().hex, "org": org, "user": row.user, "case": row.case, "record": row.record}
    named = {"cause": row.due.cause, "step": row.due.step, "channel": row.channel, "drill": row.drill}
    return {**own, **named, **_values(row.due)}


_KEYS = (Reminder.record, Reminder.cause, Reminder.user, Reminder.step, Reminder.channel)
_OF_RECORDS = select(Reminder.id, *_KEYS, Reminder.due, Reminder.about).where(
    Reminder.org == bindparam("org"), among(Reminder.record, bindparam("records"))
)
_RHYTHMS_DUE = (
    select(Reminder.case)
    .where(
        Reminder.org == bindparam("org"),
        Reminder.cause.in_(RHYTHMS),
        Reminder.state == "waiting",
        Reminder.try_at <= bindparam("now"),
    )
    .distinct()
)
_CHANGING = ("due", "try_at", "about", "drop_at", "state", "tries", "taken_by", "seen_at", "claim", "reason")
_OF_FILES = delete(Reminder).where(Reminder.org == bindparam("org"), among(Reminder.case, bindparam("cases")))
_GONE = delete(Reminder).where(Reminder.org == bindparam("org"), among(Reminder.id, bindparam("ids")))
_MOVED = (
    update(Reminder)
    .where(Reminder.id == bindparam("of_id"), Reminder.org == bindparam("of_org"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
