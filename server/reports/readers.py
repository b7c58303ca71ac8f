"""Who reads which cases in a report (SPEC Z2): workers their own, leaders their team's, commissioners those that the
office gave them access to, and no record of any."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from server.core.actor import Actor
from server.core.models import LASTS, Access, CaseFile, Team, User
from server.core.problems import Problem
from server.core.roles import ADMINS, LEADER
from server.kinds import homes
from server.kinds.readers import CASEWORKERS
from server.reports.shape import Reader

COMMISSIONER = "commissioner_viewer"
#: of the whole organisation
OVER_ALL = ADMINS


def reader_of(actor: Actor) -> Reader:
    """As whom somebody reads reports; a role that reads none is refused."""
    if actor.role == COMMISSIONER:
        return "C"
    if actor.role == LEADER or actor.role in OVER_ALL:
        return "L"
    if actor.role in CASEWORKERS:
        return "W"
    raise Problem("not_allowed")


class ReadableFile(NamedTuple):
    id: str
    home: str
    team: str | None


def files(connection: Connection, actor: Actor) -> Sequence[ReadableFile]:
    """The clients' and teams' files whose records may make this person's figures."""
    wanted = select(CaseFile.id, CaseFile.home, CaseFile.team).where(CaseFile.org == actor.org)
    reader = reader_of(actor)
    if reader == "L":
        wanted = wanted.where(CaseFile.home.in_([*homes.OF_A_CLIENT, homes.TEAM]))
        if actor.role not in OVER_ALL:
            own = select(User.team).where(User.id == actor.user, User.org == actor.org)
            wanted = wanted.where(CaseFile.team == own.scalar_subquery())
    else:
        wanted = wanted.where(CaseFile.home.in_(homes.OF_A_CLIENT)).join(
            Access, (Access.case == CaseFile.id) & (Access.org == CaseFile.org)
        )
        wanted = wanted.where(Access.user == actor.user, LASTS)
    return [ReadableFile(*row) for row in connection.execute(wanted.order_by(CaseFile.id))]


def teams(connection: Connection, actor: Actor) -> set[str | None]:
    """The teams of which a leader hears, with clients or without; others hear of those of their clients."""
    if reader_of(actor) != "L":
        return set()
    if actor.role in OVER_ALL:
        return set(connection.scalars(select(Team.id).where(Team.org == actor.org)))
    return set(connection.scalars(select(User.team).where(User.id == actor.user, User.org == actor.org)))
