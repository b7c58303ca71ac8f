"""People of a table: which rows can be taken, and their accounts, each with a one-time password as by hand (A3)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from server import directory
from server.config import LIMITS
from server.core.models import Organisation, Team
from server.directory import OfficeMistake, changes
from server.directory.changes import OneTime
from server.importing.named import named_in, taken_names
from server.importing.rows import Columns, Judged, RowFault, read
from server.importing.table import Table
from server.rules.names import normalized_name

LANGUAGE = "fi"


class Invited(NamedTuple):
    """Told once: of the password only a hash is kept."""

    name: str
    password: OneTime


def judged(connection: Connection, org: str, table: Table, columns: Columns) -> list[Judged]:
    named, taken = named_in(connection, org), taken_names(connection)
    found: list[Judged] = []
    above: dict[str, int] = {}
    for row in table.rows:
        one = _checked(read(row, columns, named), columns)
        name = sign_in_name(one.values)
        if name in above:
            twice = RowFault("twice_in_file", columns.at("name"), (str(above[name]),))
            one = one.left_out("faulty", twice)
        elif name in taken and not one.faults:
            one = one.left_out("there", RowFault("name_taken", columns.at("name")))
        if name:
            above.setdefault(name, one.number)
        found.append(one)
    return found


def _checked(one: Judged, columns: Columns) -> Judged:
    """What the office would not take of a name."""
    faults = list(one.faults)
    for key in ("name", "display_name"):
        value = one.values.get(key)
        try:
            if isinstance(value, str):
                directory.line(value, key, LIMITS.line_chars_max)
        except OfficeMistake:
            faults.append(RowFault("invalid", columns.at(key)))
    if "name" in one.values and not sign_in_name(one.values):
        faults.append(RowFault("missing", columns.at("name")))
    return one._replace(faults=faults, outcome="faulty" if faults else one.outcome)


def sign_in_name(values: Mapping[str, object]) -> str:
    return normalized_name(str(values.get("name") or ""))


def enter(
    transaction: Transaction, org: str, by: str | None, rows: Sequence[Judged], passwords: Sequence[OneTime]
) -> list[Invited]:
    """Their accounts; the passwords were hashed before, outside the transaction."""
    organisation = transaction.get_one(Organisation, org)
    told = []
    for one, password in zip(rows, passwords, strict=True):
        changes.invite(transaction, _account(transaction, organisation, one.values), by, password)
        told.append(Invited(sign_in_name(one.values), password))
    return told


def _account(transaction: Transaction, org: Organisation, values: Mapping[str, object]) -> directory.Account:
    said = cast("Mapping[str, str]", values)
    team = transaction.get(Team, (said["team"], org.id)) if "team" in said else None
    return directory.Account(
        org,
        said["name"],
        said["display_name"],
        said["role"],
        team,
        said.get("phone", ""),
        said.get("language", LANGUAGE),
    )
