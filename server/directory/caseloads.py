"""A worker's caseload, handing it over, and what an account's end would leave behind (A4, A6)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile, Device, ReviewItem, User
from server.core.sign_in_tables import AuthSession
from server.directory import changes, managing, people, standing_in
from server.kinds import homes
from server.rules import merge
from server.sync import opening, record_queries, scope

#: of a visit that has not been made yet
UNMADE = frozenset({"outcome", "actual"})
FAR_AHEAD = "2101-01-01T00:00:00Z"


class Moved(NamedTuple):
    cases: int
    visits: int


def caseload(transaction: Transaction, user: User) -> list[dict[str, object]]:
    """The files of clients that this person reads, by the code of each and why; no client's name."""
    own = select(Access.case, Access.reason, Access.expires_at, CaseFile.home, CaseFile.team, CaseFile.opened_at)
    of_file = own.join(CaseFile, (CaseFile.id == Access.case) & (CaseFile.org == Access.org))
    wanted = of_file.where(Access.org == user.org, Access.user == user.id, LASTS)
    rows = transaction.execute(wanted.where(CaseFile.home.in_(homes.OF_A_CLIENT))).all()
    cases = [row.case for row in rows]
    headers = _headers(transaction, user.org, cases)
    stand_ins = standing_in.by_case(transaction, user.org, cases)
    found = [
        {
            "case": row.case,
            "client_id": _shown(headers.get(row.case), "client_id") or "",
            "reason": row.reason,
            "until": row.expires_at,
            "is_intake": row.home == homes.INTAKE,
            "is_own": user.id in _held(headers.get(row.case), "own_worker"),
            "team": row.team,
            "opened_at": row.opened_at,
            "stand_ins": stand_ins.get(row.case, []),
        }
        for row in rows
    ]
    return sorted(found, key=lambda each: (not each["is_own"], each["client_id"], each["case"]))


def transfer(transaction: Transaction, actor: Actor, from_: User, to: str, cases: Sequence[str] | None) -> Moved:
    """Clients go to a colleague, all or those that are named, and with them what is planned and not made yet (A6).

    Written as a change of each header in the name of whoever hands over, so that access follows as ever (S9).
    """
    receiver = managing.receiver_of_clients(transaction, actor, from_, to)
    wanted = changes.chosen_cases(transaction, from_, cases)
    visits = sum(_transfer_case(transaction, actor, from_, receiver, case) for case in wanted)
    return Moved(len(wanted), visits)


def _transfer_case(transaction: Transaction, actor: Actor, from_: User, to: User, case: str) -> int:
    org = actor.org
    header = {"own_worker": to.id, **({"team": to.team} if to.team else {})}
    visits = list(_planned_for(transaction, org, from_.id, case))
    heads = [row.id for row in record_queries.headers(transaction.connection(), org, [case])]
    wanted: list[people.WantedRecord] = [
        (heads[0] if heads else case, "case", header),
        *((id_, "visit", {"worker": to.id}) for id_ in visits),
    ]
    written = people.written_records(transaction, org, case, wanted, actor.user)
    for change in written:
        if change["kind"] == "case":
            said = {"case": case, "from": from_.id, "to": to.id}
            again = {"change": change, "author": actor.user}
            journal.record(transaction, org, "case_header", said, actor.user, again)
    if to.team:
        opening.move_file(transaction, org, case, to.team, actor.user)
    left = transaction.get(Access, (org, from_.id, case), populate_existing=True)
    if left is not None and left.reason in {opening.OWN_CLIENT, opening.OPENED}:
        scope.revoke(transaction, org, from_.id, [case], "transferred", by=actor.user)
    if transaction.get(Access, (org, to.id, case), populate_existing=True) is None:
        scope.grant(transaction, org, to.id, [case], opening.OWN_CLIENT, by=actor.user)
    return len(visits)


def _planned_for(transaction: Transaction, org: str, worker: str, case: str) -> Iterable[str]:
    for row in record_queries.planned(transaction.connection(), org, [case], timestamps.now(), FAR_AHEAD):
        fields = merge.unpack(orjson.loads(row.body))["fields"]
        if row.kind == "visit" and not UNMADE & fields.keys() and worker in {each[3] for each in fields["worker"]}:
            yield row.id


def effects_of_ending(transaction: Transaction, user: User) -> dict[str, object]:
    """What an account's end would leave behind, told before it is done (A4)."""
    own = changes.cases_worked_with(transaction, user)
    org = user.org
    others = select(Access.case).join(User, (User.id == Access.user) & (User.org == Access.org))
    working = others.where(
        Access.org == org,
        Access.case.in_(own),
        Access.user != user.id,
        Access.reason.in_((opening.OWN_CLIENT, opening.OPENED)),
        LASTS,
        User.active,
    )
    orphaned = sorted(set(own) - set(transaction.scalars(working)))
    headers = _headers(transaction, org, orphaned)
    living = (AuthSession.user == user.id, AuthSession.org == org, AuthSession.ended_at.is_(None))
    in_use = (Device.user == user.id, Device.org == org, Device.revoked_at.is_(None))
    waiting = (ReviewItem.author == user.id, ReviewItem.org == org, ReviewItem.decision.is_(None))
    return {
        "cases": [{"case": case, "client_id": _shown(headers.get(case), "client_id") or ""} for case in orphaned],
        "visits": sum(len(list(_planned_for(transaction, org, user.id, case))) for case in own),
        "devices": len(transaction.scalars(select(Device.id).where(*in_use)).all()),
        "sessions": len(transaction.scalars(select(AuthSession.id).where(*living)).all()),
        "held": len(transaction.scalars(select(ReviewItem.id).where(*waiting)).all()),
    }


def client_codes(transaction: Transaction, org: str, cases: Iterable[str]) -> dict[str, str | None]:
    """The code of each client, by the file."""
    return {case: _shown(header, "client_id") for case, header in _headers(transaction, org, cases).items()}


def _headers(transaction: Transaction, org: str, cases: Iterable[str]) -> dict[str, merge.State]:
    """By the file; a header that a device made has the file's id, an older one its own."""
    found = record_queries.headers(transaction.connection(), org, cases)
    return {row.case: merge.unpack(orjson.loads(row.body)) for row in found}


def _shown(header: merge.State | None, path: str) -> str | None:
    versions = header["fields"].get(path, []) if header else []
    shown = versions[0][3] if versions else None
    return shown if isinstance(shown, str) else None


def _held(header: merge.State | None, path: str) -> set[str]:
    held = header["fields"].get(path, []) if header else []
    return {value for _, _, _, value in held if isinstance(value, str)}
