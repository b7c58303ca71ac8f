"""The rows of reminders follow the records, in the transaction of the entry that causes them (N2).

Rows are keyed by (record, cause, person, step, channel). A plan that changes moves its row, takes it away or brings
it back; so nothing stale is ever left, and a reminder that moved replaces the one already shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

import orjson
from sqlalchemy import Connection, bindparam, delete, select, update

from server import moments
from server.kinds import KINDS
from server.kinds.due import Rhythm, Values
from server.models import Access
from server.reminders.falling_due import Due, due_of
from server.reminders.preferences import DEFAULTS, Preferences, preferences_in
from server.reminders.tables import Reminder, ReminderPreferences
from server.sync import bulk, looks, merge
from server.sync.bulk import among, listed

KINDS_DUE = frozenset(name for name, kind in KINDS.items() if kind.falls_due)
STAND_IN = "stand_in"


class Said(NamedTuple):
    """What a record says: its shown values by path."""

    id: str
    kind: str
    case: str
    values: Values


class Wanted(NamedTuple):
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


#: by case file, each person's reason for access
Readers = Mapping[str, Mapping[str, str]]


def follow(connection: Connection, org: str, touched: Iterable[Any], stamp: str) -> None:
    """Bring the reminders of touched records up to date. They have `id`, `kind`, `case` and `state`, and are stored.

    `stamp` is that of their receipt.
    """
    said = [Said(each.id, each.kind, each.case, shown(each.state)) for each in touched if each.kind in KINDS_DUE]
    if not said:
        return
    # A header says whose case it is, so it concerns everything of its file; and a visit moves its case's rhythm.
    whole = {each.case for each in said if each.kind == "case"}
    rest = {each.case for each in said} - whole
    headers = [*map(_said, looks.headers(connection, org, rest))] if rest else []
    said = [each for each in said if each.case in rest]
    said += map(_said, looks.of_kinds(connection, org, whole, KINDS_DUE)) if whole else []
    visited = {each.case for each in said if each.kind == "visit"}
    said += [header for header in headers if header.case in visited]
    _bring_up_to_date(connection, org, said, headers, _moment_of(stamp))


def follow_cases(connection: Connection, org: str, cases: Iterable[str], now: str) -> None:
    """Bring all reminders of case files up to date: access or somebody's preferences have changed."""
    wanted = set(cases)
    if wanted:
        said = [*map(_said, looks.of_kinds(connection, org, wanted, KINDS_DUE))]
        _bring_up_to_date(connection, org, said, (), now)


def shown(state: merge.State) -> dict[str, Any]:
    return {path: versions[0][3] for path, versions in state["fields"].items()}


def _said(row: Any) -> Said:
    return Said(row.id, row.kind, row.case, shown(merge.unpack(orjson.loads(row.body))))


def _moment_of(stamp: str) -> str:
    return moments.text(datetime.fromtimestamp(int(stamp[:13]) / 1000, UTC))


def _bring_up_to_date(connection: Connection, org: str, said: Sequence[Said], known: Iterable[Said], now: str) -> None:
    """`known` are headers of files of which `said` has none."""
    headers = {each.case: each for each in (*known, *said) if each.kind == "case"}
    readers = readers_of(connection, org, {each.case for each in said}, now)
    chosen = preferences_of(connection, {user for people in readers.values() for user in people})
    visits = _visits(connection, org, [each for each in said if each.kind == "case"])
    wanted = [
        row
        for each in said
        for row in _rows_of(each, headers.get(each.case), readers.get(each.case, {}), chosen, visits)
    ]
    write(connection, org, [each.id for each in said], wanted, now)


def _rows_of(
    said: Said,
    header: Said | None,
    readers: Mapping[str, str],
    chosen: Mapping[str, Preferences],
    visits: Mapping[str, list[Values]],
) -> Iterable[Wanted]:
    for declared in KINDS[said.kind].falls_due:
        own_worker = header.values.get("own_worker") if header else None
        people = {said.values.get(field) for field in declared.people} - {None} or {own_worker}
        for user in told(people, own_worker, readers):
            of_case = visits.get(said.case, []) if isinstance(declared, Rhythm) else []
            for due in due_of(declared, said.values, of_case, chosen.get(user, DEFAULTS)):
                yield Wanted(user, said.case, said.id, due)


def told(people: set[Any], own_worker: str | None, readers: Mapping[str, str]) -> list[str]:
    """Those named who may still read the case file; and who stands in for them, while access lasts (N4)."""
    named = {user for user in people if user in readers}
    if own_worker in people or named != people:
        named |= {user for user, reason in readers.items() if reason == STAND_IN}
    return sorted(named)


def _visits(connection: Connection, org: str, headers: Iterable[Said]) -> dict[str, list[Values]]:
    """The visits of the cases that have a rhythm."""
    rhythms = [declared.days for declared in KINDS["case"].falls_due if isinstance(declared, Rhythm)]
    cases = {header.case for header in headers if any(header.values.get(days) for days in rhythms)}
    found: dict[str, list[Values]] = {}
    for row in looks.latest_visits(connection, org, cases):
        found.setdefault(row.case, []).append(_said(row).values)
    return found


def readers_of(connection: Connection, org: str, cases: Iterable[str], now: str) -> Readers:
    """Who has access to each case file now, and for what reason."""
    given = {"org": org, "cases": listed(sorted(cases)), "now": now}
    readers: dict[str, dict[str, str]] = {}
    for case, user, reason in connection.execute(_READERS, given):
        readers.setdefault(case, {})[user] = reason
    return readers


def preferences_of(connection: Connection, users: Iterable[str]) -> dict[str, Preferences]:
    """What each of these people has chosen; those who have chosen nothing are left out."""
    rows = connection.execute(_PREFERENCES, {"users": listed(sorted(users))})
    return {user: preferences_in(orjson.loads(body)) for user, body in rows}


_READERS = select(Access.case, Access.user, Access.reason).where(
    Access.org == bindparam("org"),
    among(Access.case, bindparam("cases")),
    (Access.expires_at.is_(None)) | (Access.expires_at > bindparam("now")),
)
_PREFERENCES = select(ReminderPreferences.user, ReminderPreferences.body).where(
    among(ReminderPreferences.user, bindparam("users"))
)


# --- rows as they are, and as they should be --------------------------------------------------------------------


def write(connection: Connection, org: str, records: Sequence[str], wanted: Iterable[Wanted], now: str) -> None:
    """Make the rows of these records those that are wanted, and touch none that is right already.

    Of the steps of one cause that had passed before they were ever written, only the latest is kept: who plans a
    visit for today is not told of it as yesterday evening would have.
    """
    there = {_key(row): row for row in connection.execute(_OF_RECORDS, {"org": org, "records": listed(records)})}
    by_key = {row.key: row for row in wanted}
    gone = [row.id for key, row in there.items() if key not in by_key]
    moved = [
        {"of_id": there[key].id} | {f"new_{name}": value for name, value in _values(row.due).items()}
        for key, row in by_key.items()
        if key in there and _has_moved(there[key], row.due)
    ]
    new = _timely([row for key, row in by_key.items() if key not in there], now)
    if gone:
        connection.execute(delete(Reminder).where(among(Reminder.id, bindparam("ids"))), {"ids": listed(gone)})
    if moved:
        connection.execute(_MOVED, moved)
    bulk.insert(connection, Reminder, [_new(org, row) for row in new])


def _timely(rows: Sequence[Wanted], now: str) -> list[Wanted]:
    kept: list[Wanted] = []
    passed: dict[tuple[str, ...], Wanted] = {}
    for row in rows:
        if moments.text(row.due.send_at) > now:
            kept.append(row)
        elif moments.text(row.due.drop_at) > now:
            key = (row.record, row.due.cause, row.user, row.channel)
            latest = passed.get(key)
            passed[key] = row if latest is None or latest.due.send_at < row.due.send_at else latest
    return kept + list(passed.values())


def _has_moved(row: Any, due: Due) -> bool:
    return (row.due, row.about) != (moments.text(due.send_at), moments.text(due.about))


def _key(row: Any) -> tuple[str, ...]:
    return (row.record, row.cause, row.user, row.step, row.channel)


def _values(due: Due) -> dict[str, Any]:
    send_at = moments.text(due.send_at)
    return {
        "due": send_at,
        "try_at": send_at,
        "about": moments.text(due.about),
        "drop_at": moments.text(due.drop_at),
        "state": "waiting",
        "tries": 0,
        "taken_by": "[]",
        "seen_at": None,
        "claim": None,
    }


def _new(org: str, row: Wanted) -> dict[str, Any]:
    own = {"id": uuid4().hex, "org": org, "user": row.user, "case": row.case, "record": row.record}
    named = {"cause": row.due.cause, "step": row.due.step, "channel": row.channel, "drill": row.drill}
    return {**own, **named, **_values(row.due)}


_KEYS = (Reminder.record, Reminder.cause, Reminder.user, Reminder.step, Reminder.channel)
_OF_RECORDS = select(Reminder.id, *_KEYS, Reminder.due, Reminder.about).where(
    Reminder.org == bindparam("org"), among(Reminder.record, bindparam("records"))
)
_CHANGING = ("due", "try_at", "about", "drop_at", "state", "tries", "taken_by", "seen_at", "claim")
_MOVED = (
    update(Reminder)
    .where(Reminder.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
