"""Which files of clients are due to be erased (A12): the years of the county's duty, counted from the closing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as Transaction

from server.catalogue import entries_of
from server.core.models import CaseFile
from server.core.problems import Problem
from server.kinds import homes
from server.retention.tables import LegalHold
from server.rules.dates import FINLAND
from server.sync import erasing, one_person, record_queries, scope
from server.sync.shown import ShownRecord, shown_record

#: of a decision that names no duty, and of a referral that never came to one: housing social work is for adults
USUAL_TASK = "working_age_services"
#: by the county's duty, how many years from the closing (National Archives, from 1.1.2024); of a child it is by hand
YEARS: Mapping[str, int | None] = {
    entry["code"]: entry.get("retention_years") for entry in entries_of("service_task_thl")
}
CLOSED = frozenset({"ended", "refused"})
#: when a referral that led to nothing was answered or taken back
ANSWERED = ("withdrawn_at", "first_response")

RetentionState = Literal["due", "held", "kept", "undecided"]


class HoldRow(NamedTuple):
    reason: str
    by: str | None
    at: str


class RetentionRow(NamedTuple):
    """A closed file. `undecided`: the day of closing is not known, or its duty's years are counted otherwise."""

    case: str
    client_id: str
    team: str | None
    state: RetentionState
    task: str
    closed_on: date | None
    #: the last day on which it is kept
    kept_until: date | None
    hold: HoldRow | None
    records: int


def closed_files(connection: Connection, org: str, among: Collection[str] | None = None) -> list[RetentionRow]:
    """Every file of a client that somebody closed or that is held, or those `among` these; due the longest first.

    A duplicate goes with the file that is kept (H7): it is counted, held and due with it.
    """
    day = datetime.now(FINLAND).date()
    files = select(CaseFile.id, CaseFile.team).where(
        CaseFile.org == org, CaseFile.home.in_(homes.OF_A_CLIENT), CaseFile.erased_at.is_(None)
    )
    if among is not None:
        files = files.where(CaseFile.id.in_(among))
    teams = {row.id: row.team for row in connection.execute(files)}
    headers = {row.case: shown_record(row) for row in record_queries.headers(connection, org, teams)}
    kept = one_person.duplicates(connection, org)
    files_of = {case: one_person.together(kept, case) for case in headers if case not in kept}
    held = holds_of(connection, org)
    holds = {case: held[file] for case, files in files_of.items() for file in files if file in held}
    closed = {
        case
        for case, files in files_of.items()
        if case in holds or all(headers[file].values.get("status") in CLOSED for file in files if file in headers)
    }
    all_files = [file for case in closed for file in files_of[case]]
    beside: dict[str, list[ShownRecord]] = defaultdict(list)
    for record in map(
        shown_record, record_queries.of_kinds(connection, org, all_files, ["exit", "decision", "referral"])
    ):
        if not record.values.get("removed"):
            beside[kept.get(record.case, record.case)].append(record)
    counts = record_queries.counts(connection, org, all_files)
    found = [
        _row(
            headers[case],
            teams[case],
            beside[case],
            holds.get(case),
            sum(counts.get(file, 0) for file in files_of[case]),
            day,
        )
        for case in closed
    ]
    return sorted(found, key=lambda row: (row.kept_until or date.max, row.client_id, row.case))


def erase_due(transaction: Transaction, org: str, cases: Sequence[str], by: str | None) -> int:
    """Erases these files and returns how many records they held (A13). Nothing is erased by itself.

    `not_due_for_erasing` where one of them is not due by now, or is held: then none is.
    """
    connection = transaction.connection()
    kept = one_person.duplicates(connection, org)
    files = sorted({file for case in cases for file in one_person.together(kept, case)})
    scope.lock_files(connection, org, files)  # nobody holds one meanwhile
    states = {row.case: row.state for row in closed_files(connection, org, files)}
    if any(states.get(case) != "due" for case in cases):
        raise Problem("not_due_for_erasing")
    return erasing.erase(transaction, org, files, by)


def holds_of(connection: Connection, org: str) -> dict[str, HoldRow]:
    rows = connection.execute(
        select(LegalHold.case, LegalHold.reason, LegalHold.by, LegalHold.at).where(LegalHold.org == org)
    )
    return {row.case: HoldRow(row.reason, row.by, row.at) for row in rows}


def _row(
    header: ShownRecord,
    team: str | None,
    records: Sequence[ShownRecord],
    hold: HoldRow | None,
    count: int,
    today: date,
) -> RetentionRow:
    task = longest_kept(record.text("task") for record in records if record.kind == "decision")
    closed_on, years = closing_day(records), YEARS.get(task)
    until = years_after(closed_on, years) if closed_on and years else None
    state: RetentionState = "undecided" if until is None else "due" if until < today else "kept"
    state = "held" if hold else state
    return RetentionRow(header.case, header.text("client_id") or "", team, state, task, closed_on, until, hold, count)


def closing_day(records: Iterable[ShownRecord]) -> date | None:
    """The latest exit; of a referral that led to nothing the day on which it was answered or taken back."""
    said = [record.values.get("on") for record in records if record.kind == "exit"]
    if not any(said):
        said = [record.values.get(name) for record in records if record.kind == "referral" for name in ANSWERED]
    days = [day for value in said if (day := _day(value))]
    return max(days, default=None)


def longest_kept(tasks: Iterable[str | None]) -> str:
    """Of several duties the one that keeps longest: what is decided by hand before all others."""
    named = sorted({task for task in tasks if task is not None and task in YEARS})
    return max(named, key=lambda task: YEARS[task] or 1000, default=USUAL_TASK)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _day(value: object) -> date | None:
    """Of a day, of a moment (Finland's day), or of a part that says one; None for any other."""
    match value:
        case {"at": str(at)} | str(at):
            pass
        case _:
            return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment.astimezone(FINLAND).date() if moment.tzinfo else moment.date()
