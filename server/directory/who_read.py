"""Who has read a client's file, when and why: the client's own question (A9). Without what stands in the file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypedDict

import orjson
from sqlalchemy import Row, or_, select, tuple_
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core import audit, timestamps
from server.core.actor import Actor
from server.core.models import AccessEvent, AuditEvent, CaseFile, Reading, User
from server.core.pages import parts_of
from server.core.problems import Problem
from server.directory import caseloads, managing
from server.kinds import homes
from server.rules.clock import parse
from server.rules.shape import is_id
from server.sync import one_person, scope

#: what the server notes itself of what is handed out (L3), by the name under which it is told
NOTED = (
    "history_read",
    "visit_read",
    "calendar_read",
    "held_read",
    "client_data_read",
    "attachment_read",
    "documents_read",  # of logs from before 1.12.2026
    "document_made",
    "break_glass_opened",
    "returner_opened",
)
OPENED = "file_read"
OF_ONE_SECOND_MAX = 200


class WhoseReadings(NamedTuple):
    """Whose readings: of one person, or of a client's files."""

    user: str | None = None
    cases: Sequence[str] = ()


class Reasons:
    """By which reason these people had access to these files, at any moment."""

    def __init__(self, transaction: Transaction, org: str, people: Iterable[str], cases: Iterable[str]) -> None:
        events = select(AccessEvent.user, AccessEvent.case, AccessEvent.at, AccessEvent.reason).where(
            AccessEvent.org == org,
            AccessEvent.user.in_(people),
            AccessEvent.case.in_(cases),
            AccessEvent.event == scope.GRANT,
        )
        self._grants: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for user, case, at, reason in transaction.execute(events.order_by(AccessEvent.seq)):
            self._grants[user, case].append((at, reason))

    def at(self, user: str, case: str, moment: str) -> str | None:
        before = [reason for at, reason in self._grants[user, case] if at <= moment]
        return before[-1] if before else None


class ReadingEntry(TypedDict):
    """A reading as it is kept; `of_client` and `of_person` tell it with names."""

    id: str
    at: str
    what: str
    user: str
    case: str
    #: of an opening (S12), the code of its reason
    why: str | None


class ToldReading(TypedDict):
    id: str
    at: str
    what: str
    person: str
    display_name: str
    role: str
    case: str
    client_id: str
    reason: str | None
    why: str | None


def of_client(transaction: Transaction, actor: Actor, asked: str, after: str) -> tuple[list[ToldReading], str | None]:
    """Readings of one client's files (H7), the latest first, in pages. `asked` is a file's id, or the client's code."""
    case = file_seen(transaction, actor, asked)
    all_files = one_person.files_of(transaction.connection(), actor.org, case)
    seen = select(CaseFile.id).where(CaseFile.org == actor.org, CaseFile.id.in_(all_files))
    files = sorted(transaction.scalars(seen.where(*managing.seen(transaction, actor, CaseFile.team))))
    return _page(transaction, actor, WhoseReadings(cases=files), after)


def of_person(transaction: Transaction, actor: Actor, person: str, after: str) -> tuple[list[ToldReading], str | None]:
    """What one person has read, the latest first, in pages."""
    user = managing.person_seen(transaction, actor, person)
    return _page(transaction, actor, WhoseReadings(user=user.id), after)


def file_seen(transaction: Transaction, actor: Actor, asked: str) -> str:
    """A client's file of the organisation, or of the leader's own team, by its id or the client's code."""
    wanted = select(CaseFile.id).where(
        CaseFile.org == actor.org,
        CaseFile.home.in_(homes.OF_A_CLIENT),
        *managing.seen(transaction, actor, CaseFile.team),
    )
    if is_id(asked) and (found := transaction.scalar(wanted.where(CaseFile.id == asked))):
        return found
    codes = caseloads.client_codes(transaction, actor.org, transaction.scalars(wanted).all())
    named = sorted(case for case, code in codes.items() if code and code.casefold() == asked.strip().casefold())
    if not named:
        raise Problem("not_found")
    return named[0]


def _page(
    transaction: Transaction, actor: Actor, about: WhoseReadings, after: str
) -> tuple[list[ToldReading], str | None]:
    most = LIMITS.list_page_max
    found = _opened(transaction, actor.org, about, after) + _noted(transaction, actor.org, about, after)
    found.sort(key=lambda entry: (entry["at"], entry["id"]), reverse=True)
    following = f"{found[most - 1]['at']}/{found[most - 1]['id']}" if len(found) > most else None
    audit.note(transaction, actor, "access_log_read", {"user": about.user} if about.user else {"cases": about.cases})
    return _told(transaction, actor.org, found[:most]), following


def _opened(transaction: Transaction, org: str, about: WhoseReadings, after: str) -> list[ReadingEntry]:
    wanted = select(Reading.id, Reading.at, Reading.user, Reading.case).where(Reading.org == org)
    wanted = wanted.where(Reading.user == about.user if about.user else Reading.case.in_(about.cases))
    place = parts_of(after, 2)
    if bound := _stamp_after(place[0]):
        wanted = wanted.where(Reading.at < bound)
    # Stamps are finer than the seconds of a place: of its own second those are left out that were told.
    newest = wanted.order_by(Reading.at.desc()).limit(LIMITS.list_page_max + 1 + OF_ONE_SECOND_MAX)
    rows = transaction.execute(newest)
    found = [
        ReadingEntry(id=row.id, at=moment_of(row.at), what=OPENED, user=row.user, case=row.case, why=None)
        for row in rows
    ]
    return [entry for entry in found if not after or [entry["at"], entry["id"]] < place]


def moment_of(stamp: str) -> str:
    return timestamps.text(datetime.fromtimestamp(parse(stamp).time_ms / 1000, UTC))


def _stamp_after(moment: str) -> str | None:
    """The first stamp of the second after a moment; None for what is no moment."""
    try:
        return f"{round(timestamps.moment(moment).timestamp() + 1) * 1000:013}"
    except ValueError:
        return None


def _noted(transaction: Transaction, org: str, about: WhoseReadings, after: str) -> list[ReadingEntry]:
    """One entry for each file that an event names, where that is what was asked for."""
    wanted = select(AuditEvent.id, AuditEvent.at, AuditEvent.actor, AuditEvent.event, AuditEvent.detail)
    wanted = wanted.where(AuditEvent.org == org, AuditEvent.event.in_(NOTED))
    named = [AuditEvent.detail.contains(f'"{case}"', autoescape=True) for case in about.cases]
    wanted = wanted.where(AuditEvent.actor == about.user if about.user else or_(*named))
    if after:
        wanted = wanted.where(tuple_(AuditEvent.at, AuditEvent.id) < tuple_(*parts_of(after, 2)))
    newest = wanted.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(LIMITS.list_page_max + 1)
    found: list[ReadingEntry] = []
    for row in transaction.execute(newest):
        said = orjson.loads(row.detail)
        files = said.get("cases") or [said.get("case")]
        found += [_entry(row, each, said.get("why")) for each in files if each and (about.user or each in about.cases)]
    return found


def _entry(row: Row[str, str, str | None, str, str], case: str, why: str | None) -> ReadingEntry:
    return {"id": row.id, "at": row.at, "what": row.event, "user": row.actor or "", "case": case, "why": why}


def _told(transaction: Transaction, org: str, entries: list[ReadingEntry]) -> list[ToldReading]:
    """With names, codes, and why the person had access at that moment."""
    people = {entry["user"] for entry in entries}
    cases = sorted({entry["case"] for entry in entries})
    accounts = {user.id: user for user in transaction.scalars(select(User).where(User.org == org, User.id.in_(people)))}
    codes = caseloads.client_codes(transaction, org, cases)
    reasons = Reasons(transaction, org, people, cases)
    return [
        {
            "id": entry["id"],
            "at": entry["at"],
            "what": entry["what"],
            "person": entry["user"],
            "display_name": accounts[entry["user"]].display_name if entry["user"] in accounts else "",
            "role": accounts[entry["user"]].role if entry["user"] in accounts else "",
            "case": entry["case"],
            "client_id": codes.get(entry["case"]) or "",
            "reason": reasons.at(entry["user"], entry["case"], entry["at"]),
            "why": entry["why"],
        }
        for entry in entries
    ]
