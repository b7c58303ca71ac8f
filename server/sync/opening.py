"""Files that devices open, and access that follows what their headers say (SPEC S8, S9, H4–H6).

All of it works in the transaction of the changes that cause them, once the case files of the batch are locked.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import Connection, select, union_all, update
from sqlalchemy.orm import Session as Transaction

from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile, Team, User
from server.core.roles import LEADER
from server.kinds import KINDS, homes
from server.kinds.homes import Home
from server.kinds.readers import CASEWORKERS
from server.rules.merge import Version
from server.sync import log, scope
from server.sync.apply import ApplyResult, Touched
from server.sync.protocol import Incoming

#: files that are there from the first thing that is written into them
OPENED_BY_USE = frozenset({homes.TEAM, homes.OWN})
OWN_CLIENT, SUPERVISION, OPENED, STAND_IN = "own_client", "supervision", "opened", "stand_in"
#: for a time and reviewed (S12): whoever reads so gives nobody access, oneself least of all
BREAK_GLASS, RETURNER = "break_glass", "returner"
OPENING_WAYS = (BREAK_GLASS, RETURNER)


def is_header(change: Incoming) -> bool:
    """A change of the record that heads a case file made on a device: its id is the file's (S8)."""
    return change.kind == "case" and change.record == change.case


def open_files(transaction: Transaction, actor: Actor, changes: Sequence[Incoming]) -> None:
    """Open the files that these changes begin, where the organisation has none of that id: those that a header heads
    (S8, H4), and the team's or the person's own on the first thing that is written into it (H6)."""
    sound = [change for change in changes if change.problem is None]
    headed = {change.case for change in sound if is_header(change)} if actor.role in CASEWORKERS else set()
    by_use = {change.case: home for change in sound if (home := _home_of(change.kind)) in OPENED_BY_USE}
    if not headed and not by_use:
        return
    known = scope.lock_files(transaction.connection(), actor.org, {change.case for change in changes})
    author = transaction.get_one(User, (actor.user, actor.org))
    for case, home in sorted(by_use.items()):
        if case not in known and case == (author.id if home == homes.OWN else author.team):
            _open_by_use(transaction, author, case, home)
    for case in sorted(headed - known.keys() - _taken_ids(transaction, actor.org, headed)):
        heads = [change for change in sound if change.case == case and is_header(change)]
        is_intake = any(change.set.get("home") == homes.INTAKE for change in heads)
        _open_with_header(transaction, author, case, homes.INTAKE if is_intake else homes.CASE)


def not_granted(connection: Connection, actor: Actor, changes: Sequence[Incoming], missing: Set[str]) -> set[str]:
    """Of the files that are not there those that this person wants to open, now or before, and may not (H5)."""
    if not missing or actor.role in CASEWORKERS:
        return set()
    headed = {change.case for change in changes if change.case in missing and _heads(change)}
    wanted = headed - _taken_ids(connection, actor.org, headed)
    return wanted | log.held_openings(connection, actor.org, actor.user, missing)


def _heads(change: Incoming) -> bool:
    return is_header(change) and change.problem is None


def join_team(transaction: Transaction, user: User) -> None:
    """Somebody new reads what their team has (H6)."""
    if user.team and transaction.get(CaseFile, (user.team, user.org)) is not None:
        scope.grant(transaction, user.org, user.id, [user.team], homes.TEAM)


def change_place(transaction: Transaction, user: User, team: str | None, role: str, by: str | None) -> None:
    """Another team or role, and the access that goes with it (A5): the team's file and its intakes, and what its
    leader supervises. A client goes on with whoever works with them."""
    led_before = user.team if user.role == LEADER else None
    leads = team if role == LEADER else None
    left = user.team if user.team != team else None
    if left:
        own = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS)
        of_team = own.join(CaseFile, (CaseFile.id == Access.case) & (CaseFile.org == Access.org))
        lost = of_team.where(CaseFile.team == left, Access.reason.in_((homes.TEAM, homes.INTAKE)))
        scope.revoke(transaction, user.org, user.id, transaction.scalars(lost).all(), "left_team", by=by)
    if led_before and led_before != leads:
        own = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS)
        led = own.where(Access.reason == SUPERVISION)
        scope.revoke(transaction, user.org, user.id, transaction.scalars(led).all(), "leads_no_more", by=by)
    user.team, user.role = team, role
    transaction.flush()
    if team and left != team:
        join_team(transaction, user)
    files = select(CaseFile.id).where(CaseFile.org == user.org, CaseFile.team == team)
    readable = select(Access.case).where(Access.org == user.org, Access.user == user.id, LASTS)
    new = files.where(CaseFile.id.not_in(readable))
    if leads and led_before != leads:
        new, reason = new.where(CaseFile.home.in_(homes.OF_A_CLIENT)), SUPERVISION
    elif team and role in CASEWORKERS and not leads:
        new, reason = new.where(CaseFile.home == homes.INTAKE), homes.INTAKE
    else:
        return
    if cases := transaction.scalars(new).all():
        scope.grant(transaction, user.org, user.id, cases, reason, by=by)


def move_file(transaction: Transaction, org: str, case: str, team: str, by: str) -> None:
    """A client goes to another team: its leaders supervise from now on, and those of the one before do not."""
    file = transaction.get_one(CaseFile, (case, org))
    if file.team == team:
        return
    before, leaders = leaders_of(transaction, org, file.team), leaders_of(transaction, org, team)
    file.team = team
    supervising = set(scope.readers_for(transaction, org, case, SUPERVISION))
    for person in sorted((before - leaders) & supervising):
        scope.revoke(transaction, org, person, [case], "other_team", by=by)
    for person in sorted(leaders):
        if transaction.get(Access, (org, person, case), populate_existing=True) is None:
            scope.grant(transaction, org, person, [case], SUPERVISION, by=by)


def _home_of(kind: str) -> str | None:
    declared = KINDS.get(kind)
    return declared.home_file if declared else None


def _taken_ids(transaction: Transaction | Connection, org: str, ids: Set[str]) -> set[str]:
    """Those that a person's or a team's own file has, or is going to have: no client's file takes their place."""
    wanted = (select(each.id).where(each.org == org, each.id.in_(ids)) for each in (User, Team))
    return set(transaction.scalars(union_all(*wanted))) if ids else set()


def _open_by_use(transaction: Transaction, author: User, case: str, home: Home) -> None:
    scope.open_file(transaction, author.org, case, author.team, home=home)
    people = {author.id} if home == homes.OWN else _team(transaction, author)
    for person in sorted(people):
        scope.grant(transaction, author.org, person, [case], home, by=author.id)


def _open_with_header(transaction: Transaction, author: User, case: str, home: Home) -> None:
    """An intake is for the whole team, a client for whoever opened the file; both for the leaders."""
    scope.open_file(transaction, author.org, case, author.team, home=home)
    leaders = leaders_of(transaction, author.org, author.team)
    for leader in leaders - {author.id}:
        scope.grant(transaction, author.org, leader, [case], SUPERVISION, by=author.id)
    of_intake = _able(transaction, author.org, _team(transaction, author)) - leaders if home == homes.INTAKE else set()
    for person in sorted(of_intake - {author.id}):
        scope.grant(transaction, author.org, person, [case], homes.INTAKE, by=author.id)
    reason = homes.INTAKE if home == homes.INTAKE and author.id not in leaders else OPENED
    scope.grant(transaction, author.org, author.id, [case], reason, by=author.id)


def follow_headers(
    transaction: Transaction, org: str, by: str, outcome: ApplyResult, files: Mapping[str, scope.FileRow]
) -> set[str]:
    """What follows from headers that have just been applied: intakes become cases (H4), own workers change (S9).

    Returns the files that `by` can read no longer.
    """
    headers = [record for record in outcome.records.values() if record.kind == "case"]
    for record in headers:
        if files[record.case].home == homes.INTAKE and homes.CASE in _held_of(record.state["fields"], "home"):
            _become_case(transaction, org, by, record.case)
    return _follow_own_workers(transaction, org, by, headers)


def _become_case(transaction: Transaction, org: str, by: str, case: str) -> None:
    """For good. Of those who read the intake for being in the team, only who took it in goes on."""
    transaction.execute(update(CaseFile).where(CaseFile.org == org, CaseFile.id == case).values(home=homes.CASE))
    for person in scope.readers_for(transaction, org, case, homes.INTAKE):
        if person == by:
            scope.grant(transaction, org, person, [case], OPENED, by=by)
        else:
            scope.revoke(transaction, org, person, [case], "intake_over", by=by)


def _follow_own_workers(transaction: Transaction, org: str, by: str, headers: Iterable[Touched]) -> set[str]:
    """Give access to those who have become own workers, and take it from those who no longer are (S9).

    Every value that is held counts: while two people have named two colleagues, both have access.
    """
    lost: set[str] = set()
    for record in headers:
        own = transaction.get(Access, (org, by, record.case), populate_existing=True)
        if own is not None and own.reason in OPENING_WAYS:
            continue
        before, after = (_held_of(fields, "own_worker") for fields in (record.before, record.state["fields"]))
        for person in sorted(_able(transaction, org, after - before)):
            scope.grant(transaction, org, person, [record.case], OWN_CLIENT, by=by)
        for person in sorted(before - after):
            if not _keeps_access(transaction, org, person, record.case, by):
                scope.revoke(transaction, org, person, [record.case], "own_worker_changed", by=by)
                lost |= {record.case} if person == by else set()
    return lost


def _held_of(fields: Mapping[str, Sequence[Version]], path: str) -> set[str]:
    """All that a path holds, but for nothing."""
    return {value for _, _, _, value in fields.get(path, ()) if isinstance(value, str) and value}


def _team(transaction: Transaction, person: User) -> set[str]:
    """The person, and the open accounts of their team."""
    if person.team is None:
        return {person.id}
    members = select(User.id).where(User.org == person.org, User.team == person.team, User.active)
    return {person.id, *transaction.scalars(members)}


def _able(transaction: Transaction, org: str, people: Set[str]) -> set[str]:
    """Those of `people` who may work with clients here: others are named and get nothing."""
    if not people:
        return set()
    able = select(User.id).where(User.org == org, User.id.in_(people), User.active, User.role.in_(CASEWORKERS))
    return set(transaction.scalars(able))


def _keeps_access(transaction: Transaction, org: str, person: str, case: str, by: str) -> bool:
    """Whether somebody who is no longer own worker reads the file for another reason."""
    access = transaction.get(Access, (org, person, case), populate_existing=True)
    if access is None or access.reason != OWN_CLIENT:
        return True
    team = transaction.scalar(select(CaseFile.team).where(CaseFile.org == org, CaseFile.id == case))
    if person in leaders_of(transaction, org, team):
        scope.grant(transaction, org, person, [case], SUPERVISION, by=by)
        return True
    return False


def leaders_of(transaction: Transaction, org: str, team: str | None) -> set[str]:
    """Who leads a team, with an open account."""
    if team is None:
        return set()
    leaders = select(User.id).where(User.org == org, User.team == team, User.role == LEADER, User.active)
    return set(transaction.scalars(leaders))
