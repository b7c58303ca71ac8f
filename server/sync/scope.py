"""Who may sync which case file (SPEC S): access as it is, and its events in the order of the feed.

`grant`, `revoke` and `open_file` work in the caller's transaction. Every access event takes a seq
of its own and stands in the journal beside the database, so that a restore brings no access back.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session as Transaction

from server.core import journal, timestamps
from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.journal_detail import Detail
from server.core.models import LASTS, Access, AccessEvent, CaseFile, User
from server.kinds import homes
from server.kinds.homes import Home
from server.sync import events, log

AccessChange = Literal["grant", "revoke"]
GRANT: AccessChange = "grant"
REVOKE: AccessChange = "revoke"


class FileRow(NamedTuple):
    """A case file that is locked: where its log ends, and its digests."""

    id: str
    home: Home
    chain_length: int
    chain_head: str
    digests: str
    erased_at: str | None = None


class DigestRow(NamedTuple):
    id: str
    home: Home
    digests: str
    last_seq: int


class EventRow(NamedTuple):
    """That access was given or taken."""

    seq: int
    case: str
    event: AccessChange


def open_file(
    transaction: Transaction,
    org: str,
    case: str,
    team: str | None,
    opened_at: str | None = None,
    home: Home = homes.CASE,
) -> None:
    """A new, empty file. Nobody has access to it yet. `opened_at` is now unless given."""
    opened = {"home": home, "team": team, "opened_at": opened_at or timestamps.now()}
    transaction.execute(insert(CaseFile).values(org=org, id=case, **opened))
    journal.record(transaction, org, "case_open", {"case": case, **opened}, None)


def grant(
    transaction: Transaction,
    org: str,
    user: str,
    cases: Iterable[str],
    reason: str,
    *,
    by: str | None = None,
    expires_at: str | None = None,
) -> list[str]:
    """Give access to case files, and return those to which it is new.

    Where it existed, `reason` and `expires_at` (a moment) are replaced and nobody hears of it.
    `LookupError` for a person or case file that the organisation does not have.
    """
    wanted = sorted(set(cases))
    _must_exist(transaction, org, user, wanted)
    terms = {"reason": reason, "expires_at": expires_at}
    known = set(_access(transaction, org, user, wanted))
    new = [case for case in wanted if case not in known]
    if known:
        transaction.execute(update(Access).where(*_of(org, user, known)).values(terms))
    if new:
        rows = [{"org": org, "user": user, "case": case, **terms} for case in new]
        transaction.execute(insert(Access), rows)
    _note(transaction, org, user, new, GRANT, reason, by)
    detail = {"user": user, "cases": wanted, **terms}
    journal.record(transaction, org, "access_grant", detail, by)
    events.access_changed(transaction.connection(), org, wanted)
    return new


def revoke(
    transaction: Transaction,
    org: str,
    user: str,
    cases: Iterable[str],
    reason: str,
    *,
    by: str | None = None,
) -> list[str]:
    """Take access to case files away, and return those that were accessible until now."""
    wanted = sorted(set(cases))
    lock_files(transaction.connection(), org, wanted)
    lost = _access(transaction, org, user, wanted)
    if not lost:
        return []
    transaction.execute(delete(Access).where(*_of(org, user, lost)))
    _note(transaction, org, user, lost, REVOKE, reason, by)
    detail = {"user": user, "cases": lost, "reason": reason}
    journal.record(transaction, org, "access_revoke", detail, by)
    events.access_changed(transaction.connection(), org, lost)
    return lost


def revoke_everybodys(transaction: Transaction, org: str, cases: Sequence[str], reason: str, by: str | None) -> None:
    """Nobody has access to these case files any more, nor do the ends of earlier access have to be written."""
    anybodys = select(Access.user).where(Access.org == org, Access.case.in_(cases)).distinct()
    for user in sorted(transaction.scalars(anybodys)):
        revoke(transaction, org, user, cases, reason, by=by)


def expire_stand_ins(transaction: Transaction, org: str, user: str | None = None) -> int:
    """Write the end of every stand-in whose time is over (S6), or of one person's. Returns how many."""
    over = select(Access.user, Access.case).where(Access.org == org, ~LASTS)
    if user is not None:
        over = over.where(Access.user == user)
    cases_of: dict[str, list[str]] = {}
    for person, case in transaction.execute(over):
        cases_of.setdefault(person, []).append(case)
    for person, cases in sorted(cases_of.items()):
        revoke(transaction, org, person, cases, "expired")
    return sum(map(len, cases_of.values()))


def has_expired(connection: Connection, org: str, user: str) -> bool:
    """Whether an end of this person's access is still to be written (S6)."""
    return connection.execute(_EXPIRED, {"org": org, "user": user}).first() is not None


_EXPIRED = select(Access.case).where(Access.org == bindparam("org"), Access.user == bindparam("user"), ~LASTS).limit(1)


def readable_cases(connection: Connection, actor: Actor) -> list[str]:
    """The case files that this person may read (S1), the shared file first."""
    given = {"org": actor.org, "user": actor.user}
    return [actor.org, *connection.scalars(_OWN.order_by(Access.case), given)]


def accessible(connection: Connection, actor: Actor, cases: Iterable[str]) -> set[str]:
    """Those of `cases` that this person has access to now. The shared file is not among them."""
    given = {"org": actor.org, "user": actor.user, "cases": listed(cases)}
    return set(connection.scalars(_ACCESSIBLE, given))


def lasting(connection: Connection, actor: Actor, cases: Iterable[str]) -> set[str]:
    """Those of `cases` that are this person's for good: not for a time, nor because an intake is the whole team's."""
    given = {"org": actor.org, "user": actor.user, "cases": listed(cases)}
    for_good = _ACCESSIBLE.where(Access.expires_at.is_(None), Access.reason != homes.INTAKE)
    return set(connection.scalars(for_good, given))


def readable(connection: Connection, actor: Actor, cases: Iterable[str]) -> set[str]:
    """Those of `cases` that this person may read (S1)."""
    wanted = set(cases)
    return accessible(connection, actor, wanted) | ({actor.org} & wanted)


def readers_for(transaction: Transaction, org: str, case: str, reason: str) -> list[str]:
    """Who may read the file for this reason, in order."""
    found = select(Access.user).where(Access.org == org, Access.case == case, Access.reason == reason, LASTS)
    return sorted(transaction.scalars(found))


def once_accessible(connection: Connection, actor: Actor, cases: Iterable[str]) -> set[str]:
    """Those of `cases` that this person was ever given access to (S3, S4)."""
    given = {"org": actor.org, "user": actor.user, "cases": listed(cases)}
    return set(connection.scalars(_ONCE_ACCESSIBLE, given))


_OWN = select(Access.case).where(Access.org == bindparam("org"), Access.user == bindparam("user"), LASTS)
_ACCESSIBLE = _OWN.where(among(Access.case, bindparam("cases")))
_ONCE_ACCESSIBLE = select(AccessEvent.case).where(
    AccessEvent.org == bindparam("org"),
    AccessEvent.user == bindparam("user"),
    AccessEvent.event == GRANT,
    among(AccessEvent.case, bindparam("cases")),
)


def events_since(connection: Connection, actor: Actor, after: int, bound: int) -> list[EventRow]:
    """The access events with `after < seq ≤ bound`, in order (P7)."""
    given = {"org": actor.org, "user": actor.user, "after": after, "bound": bound}
    return [EventRow._make(row) for row in connection.execute(_EVENTS, given)]


_EVENTS = (
    select(AccessEvent.seq, AccessEvent.case, AccessEvent.event)
    .where(AccessEvent.org == bindparam("org"), AccessEvent.user == bindparam("user"))
    .where(AccessEvent.seq > bindparam("after"), AccessEvent.seq <= bindparam("bound"))
    .order_by(AccessEvent.seq)
)


def lock_files(connection: Connection, org: str, cases: Iterable[str]) -> dict[str, FileRow]:
    """The case files, locked in sorted order until the transaction ends, so that two never deadlock."""
    given = {"org": org, "cases": listed(cases)}
    return {row.id: FileRow._make(row) for row in connection.execute(_LOCKED_FILES, given)}


_LOCKED_FILES = (
    select(
        CaseFile.id,
        CaseFile.home,
        CaseFile.chain_length,
        CaseFile.chain_head,
        CaseFile.digests,
        CaseFile.erased_at,
    )
    .where(CaseFile.org == bindparam("org"), among(CaseFile.id, bindparam("cases")))
    .order_by(CaseFile.id)
    .with_for_update()
)


def digests(connection: Connection, org: str, cases: Iterable[str]) -> list[DigestRow]:
    """Of case files, in the order of their ids (D3)."""
    wanted = select(CaseFile.id, CaseFile.home, CaseFile.digests, CaseFile.last_seq)
    found = connection.execute(wanted.where(CaseFile.org == org, CaseFile.id.in_(list(cases))))
    return sorted(map(DigestRow._make, found))


def _of(org: str, user: str, cases: Iterable[str]) -> Sequence[ColumnElement[bool]]:
    return (Access.org == org, Access.user == user, Access.case.in_(list(cases)))


def _access(transaction: Transaction, org: str, user: str, cases: Iterable[str]) -> list[str]:
    return sorted(transaction.scalars(select(Access.case).where(*_of(org, user, cases))))


def _must_exist(transaction: Transaction, org: str, user: str, cases: list[str]) -> None:
    person = select(User.id).where(User.org == org, User.id == user)
    if transaction.scalar(person) is None:
        raise LookupError(f"no such person: {user}")
    files = lock_files(transaction.connection(), org, cases)
    missing = set(cases) - {file.id for file in files.values() if file.erased_at is None}
    if missing:
        raise LookupError(f"no such case file: {', '.join(sorted(missing))}")


def _note(
    transaction: Transaction,
    org: str,
    user: str,
    cases: Sequence[str],
    event: AccessChange,
    reason: str,
    by: str | None,
) -> None:
    if not cases:
        return
    last = log.take_seqs(transaction.connection(), org, len(cases))
    first = last - len(cases) + 1
    common = {"org": org, "user": user, "event": event, "at": timestamps.now(), "by": by, "reason": reason}
    rows = [{"seq": seq, "case": case, **common} for seq, case in enumerate(cases, first)]
    transaction.execute(insert(AccessEvent), rows)


def _replay_grant(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
    files = select(CaseFile.id).where(
        CaseFile.org == org, CaseFile.id.in_(detail.texts("cases")), CaseFile.erased_at.is_(None)
    )
    cases = list(transaction.scalars(files))
    is_known = transaction.scalar(select(User.id).where(User.org == org, User.id == detail.text("user")))
    if is_known:
        expires_at = detail.text_or_none("expires_at")
        grant(transaction, org, detail.text("user"), cases, detail.text("reason"), by=by, expires_at=expires_at)


def _replay_revoke(transaction: Transaction, org: str, detail: Detail, by: str | None) -> None:
    revoke(transaction, org, detail.text("user"), detail.texts("cases"), detail.text("reason"), by=by)


def _replay_open(transaction: Transaction, org: str, detail: Detail, _by: str | None) -> None:
    case = detail.text("case")
    if transaction.get(CaseFile, (case, org)) is None:
        home = homes.named(detail.text_or_none("home")) or (homes.ORGANISATION if case == org else homes.CASE)
        open_file(transaction, org, case, detail.text_or_none("team"), detail.text("opened_at"), home)


def _about(detail: Detail) -> list[journal.Subject]:
    return [("access", detail.text("user"), case) for case in detail.texts("cases")]


journal.REPLAYS["case_open"] = journal.Replay(_replay_open, gives=lambda _: True)
journal.REPLAYS["access_grant"] = journal.Replay(_replay_grant, _about, gives=lambda _: True)
journal.REPLAYS["access_revoke"] = journal.Replay(_replay_revoke, _about)
