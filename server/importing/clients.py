"""Clients of a table: which rows can be taken, and their case files, opened as the office opens one.

A header goes through the exchange's own door: the check of values, the log with its chain, digests and the feed. The
own worker and the leaders of the team read it; whoever brings it in does not.
"""

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple, cast

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as Transaction

from server.core import journal
from server.core.models import User
from server.importing.named import clients_in, named_in
from server.importing.rows import Columns, Judged, RowFault, read
from server.importing.table import Table
from server.kinds.faults import fault_of
from server.sync import opening, scope
from server.sync.apply import Arrival, apply_all
from server.sync.protocol import ChangeJson, change_in
from server.sync.push import received_stamp

ADULT_YEARS = 18
NAMES = ("client_name", "family_name", "given_names")


class Importer(NamedTuple):
    """In whose name: an administrator on a device, or the organisation itself by a command."""

    org: str
    user: str | None
    device: str


class Wanted(NamedTuple):
    """A client who can be entered: the file's id, of which row it is, and its header."""

    case: str
    worker: str
    team: str | None
    header: dict[str, object]


class Clients:
    """The clients that there are, and those of the table so far: who is the same as somebody else?

    The same code is the same client; the same name too, unless two codes or two years of birth tell them apart.
    """

    def __init__(self) -> None:
        self.by_code: dict[str, RowFault] = {}
        self.by_name: dict[str, list[tuple[str, object, RowFault]]] = {}

    def add(self, values: Mapping[str, object], by_code: RowFault, by_name: RowFault) -> None:
        code, name = _code_of(values), _name_key(values)
        if code:
            self.by_code.setdefault(code, by_code)
        if name:
            self.by_name.setdefault(name, []).append((code, values.get("birth_year"), by_name))

    def like(self, values: Mapping[str, object]) -> RowFault | None:
        code, year = _code_of(values), values.get("birth_year")
        if code in self.by_code:
            return self.by_code[code]
        for other, born, fault in self.by_name.get(_name_key(values), ()):
            if not (code and other) and not (year and born and year != born):
                return fault
        return None


def judged(connection: Connection, org: str, table: Table, columns: Columns, today: date) -> list[Judged]:
    named = named_in(connection, org)
    cases, headers = clients_in(connection, org)
    code, name = columns.at("client_id"), columns.at(*NAMES)
    there, above = Clients(), Clients()
    for header in headers:
        for values in _versions(header):
            there.add(values, RowFault("there_by_code", code), RowFault("there_by_name", name))
    found = []
    for row in table.rows:
        one = _checked(read(row, columns, named), columns, today)
        if case_id(org, table, one) in cases:
            one = one.left_out("there", RowFault("there_by_import", None))
        elif above_it := above.like(one.values):
            one = one.left_out("faulty", above_it)
        elif (there_is := there.like(one.values)) and not one.faults:
            one = one.left_out("there", there_is)
        twice = RowFault("twice_in_file", code if _code_of(one.values) else name, (str(one.number),))
        above.add(one.values, twice, twice._replace(column=name))
        found.append(one)
    return found


def _checked(one: Judged, columns: Columns, today: date) -> Judged:
    """What the client's form asks for, and what the kind takes."""
    values, faults = one.values, list(one.faults)
    failed = {fault.column for fault in faults}
    if not _name_of(values) and not failed & {columns.at(each) for each in NAMES}:
        faults.append(RowFault("name_missing", columns.at(*NAMES)))
    born = values.get("birth_year")
    if isinstance(born, int):
        if born > today.year:
            faults.append(RowFault("out_of_range", columns.at("birth_year"), ("1900", str(today.year))))
        elif today.year - born < ADULT_YEARS and "age_override" not in values:
            faults.append(RowFault("minor", columns.at("birth_year")))
    start, end = values.get("service.start"), values.get("service.end")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        faults.append(RowFault("end_before_start", columns.at("service.end")))
    faults += _refused(header_of(values), columns)
    return one._replace(faults=faults, outcome="faulty" if faults else one.outcome)


def _refused(header: dict[str, object], columns: Columns) -> Iterable[RowFault]:
    """What the door of the exchange would say of this header, at the column that brought it."""
    change = change_in(_change("a", "a", header, received_stamp(0, 0)))
    for path in change.problem.fields if change.problem else ():
        code, *given = fault_of("case", path, header[path]).split(":")
        parts = [key for key in columns.place if key.partition(".")[0] == path]
        yield RowFault(code, columns.at(*parts), tuple(given))


def header_of(values: Mapping[str, object]) -> dict[str, object]:
    """Paths and values of the header: parts come together, and two names are shown as one, as on the client's form."""
    header: dict[str, object] = {}
    for key, value in values.items():
        field, _, part = key.partition(".")
        if part:
            header[field] = {**cast("dict[str, object]", header.get(field, {})), part: value}
        else:
            header[field] = value
    if "family_name" in values or "given_names" in values:
        header["client_name"] = _name_of({**values, "client_name": None})
    return header


def case_id(org: str, table: Table, one: Judged) -> str:
    """The same for the same row of the same file, so that what broke off goes on where it stopped."""
    return _id("case", org, table.digest, one.number)


def _id(*of: object) -> str:
    return str(uuid.UUID(bytes=sha256("\0".join(map(str, of)).encode()).digest()[:16], version=5))


def _name_of(values: Mapping[str, object]) -> str:
    parts = (values.get("given_names"), values.get("family_name"))
    return str(values.get("client_name") or " ".join(str(each) for each in parts if each))


def _name_key(values: Mapping[str, object]) -> str:
    """Whichever name comes first."""
    return " ".join(sorted(_name_of(values).casefold().replace(",", " ").split()))


def _code_of(values: Mapping[str, object]) -> str:
    return str(values.get("client_id") or "").casefold()


def _versions(header: Mapping[str, Sequence[object]]) -> Iterable[dict[str, object]]:
    """Where two have written a name or a code differently, either is the client's."""
    most = max((len(header.get(path, ())) for path in ("client_id", *NAMES)), default=0)
    for number in range(most):
        yield {path: held[min(number, len(held) - 1)] for path, held in header.items() if held}


# --- entering -------------------------------------------------------------------------------------------------------


def enter(transaction: Transaction, importer: Importer, table: Table, rows: Sequence[Judged]) -> int:
    """The case files of these rows, but for those that are there. Returns how many were opened."""
    org, connection = importer.org, transaction.connection()
    teams = {user.id: user.team for user in transaction.scalars(select(User).where(User.org == org))}
    wanted = [_wanted(org, table, one, teams) for one in rows]
    known = scope.lock_files(connection, org, [each.case for each in wanted])
    wanted = [each for each in wanted if each.case not in known]
    if not wanted:
        return 0
    for each in wanted:
        scope.open_file(transaction, org, each.case, each.team)
    for (person, reason), cases in sorted(_readers(transaction, org, wanted).items()):
        scope.grant(transaction, org, person, cases, reason, by=importer.user)
    now_ms = time.time_ns() // 1_000_000
    changes = [
        _change(each.case, _id("change", each.case), each.header, received_stamp(now_ms, number))
        for number, each in enumerate(wanted)
    ]
    _apply(transaction, org, changes, importer.user or org, importer.device)
    for change in changes:  # a line for each: erasing one client blanks that line and no other
        said = {"change": change, "author": importer.user}
        journal.record(transaction, org, "case_header", {"case": change["case"]}, importer.user, said)
    return len(wanted)


def _wanted(org: str, table: Table, one: Judged, teams: Mapping[str, str | None]) -> Wanted:
    header, worker = header_of(one.values), str(one.values["own_worker"])
    team = cast("str | None", header.get("team") or teams.get(worker))
    return Wanted(case_id(org, table, one), worker, team, header | ({"team": team} if team else {}))


def _readers(transaction: Transaction, org: str, wanted: Sequence[Wanted]) -> dict[tuple[str, str], list[str]]:
    """By person and reason: the own worker, and who leads the team (S9)."""
    leaders = {team: opening.leaders_of(transaction, org, team) for team in {each.team for each in wanted}}
    found: dict[tuple[str, str], list[str]] = {}
    for each in wanted:
        found.setdefault((each.worker, opening.OWN_CLIENT), []).append(each.case)
        for leader in leaders[each.team] - {each.worker}:
            found.setdefault((leader, opening.SUPERVISION), []).append(each.case)
    return found


def _change(case: str, id_: str, header: dict[str, object], at: str) -> ChangeJson:
    return {"id": id_, "record": case, "kind": "case", "case": case, "at": at, "set": header, "seen": {}}


def _apply(transaction: Transaction, org: str, changes: Sequence[ChangeJson], author: str, device: str) -> None:
    connection = transaction.connection()
    files = scope.lock_files(connection, org, [change["case"] for change in changes])
    arrivals = [Arrival(change_in(each), author, device, each["at"]) for each in changes]
    apply_all(connection, org, files, {}, arrivals)
