"""Whom and what an organisation has already: people, teams and clients, read in one look."""

from collections.abc import Iterator

import orjson
from sqlalchemy import Connection, select

from server.core.models import CaseFile, SignInName, Team, User
from server.importing.values import Colleague, Named
from server.kinds import homes
from server.kinds.readers import CASEWORKERS
from server.rules.json import Json
from server.sync import record_queries


def named_in(connection: Connection, org: str) -> Named:
    wanted = select(User.id, SignInName.name, User.display_name, User.team, User.role, User.active)
    joined = wanted.join(SignInName, (SignInName.account == User.id) & (SignInName.org == User.org))
    people = [
        Colleague(row.id, row.name, row.display_name, row.team, row.active and row.role in CASEWORKERS)
        for row in connection.execute(joined.where(User.org == org).order_by(User.id))
    ]
    shown: dict[str, list[Colleague]] = {}
    for each in people:
        shown.setdefault(each.display_name.casefold(), []).append(each)
    teams = connection.execute(select(Team.name, Team.id).where(Team.org == org))
    return Named({each.name.casefold(): each for each in people}, shown, {name.casefold(): id_ for name, id_ in teams})


def taken_names(connection: Connection) -> set[str]:
    """Sign-in names, which are unique over the installation."""
    return set(connection.scalars(select(SignInName.name)))


def clients_in(connection: Connection, org: str) -> tuple[set[str], list[dict[str, list[Json]]]]:
    """The case files of clients, and what their headers hold of each field."""
    files = select(CaseFile.id).where(CaseFile.org == org, CaseFile.home.in_(homes.OF_A_CLIENT))
    cases = set(connection.scalars(files))
    headers = record_queries.headers(connection, org, cases)
    return cases, [dict(_held(orjson.loads(row.body)["fields"])) for row in headers]


def _held(fields: dict[str, list[tuple[int, Json]]]) -> Iterator[tuple[str, list[Json]]]:
    for path, versions in fields.items():
        yield path, [value for _, value in versions]
