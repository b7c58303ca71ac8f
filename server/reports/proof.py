"""A statement of hours that can be proven: computed from the log of the case file as it stood at a length of its chain,
which it names. Who has the log can compute it again, and say which line differs (SPEC Z7)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, NotRequired, TypedDict

from sqlalchemy import Connection

from server.core.actor import Actor
from server.core.problems import Problem
from server.reports import reading
from server.reports.days import Period, month_of
from server.reports.facts import Fact, case_files, fact_in
from server.reports.hours import MINUTES
from server.reports.readers import reader_of
from server.reports.shape import shown
from server.reports.statement import Line, Statement, statement_of
from server.sync import history

VERSION = 1
#: who reads statements: those who bill, and those who pay
READERS = "LC"
DECIMALS = 2


class ProvenLine(TypedDict):
    record: str
    day: str
    visit_kind: str | None
    outcome: str | None
    direct_minutes: int
    indirect_minutes: int


class LogEnd(TypedDict):
    length: int
    head: str


class OtherLog(LogEnd):
    """Of another file of the same client (H7)."""

    file: str


class StatementDocument(TypedDict):
    version: int
    organisation: str
    decision: str
    month: str
    client: str | None
    contracted_hours: int | float | None
    direct_minutes: int
    indirect_minutes: int
    delivered_hours: int | float | None
    remaining_hours: int | float | None
    not_delivered: int
    lines: list[ProvenLine]
    #: the length of the log that it was computed from, and the hash of its last row
    chain: NotRequired[LogEnd]
    #: the same of the client's other files, where there are any
    other_chains: NotRequired[list[OtherLog]]


def statement(connection: Connection, actor: Actor, decision: str, month: date) -> StatementDocument:
    """The statement of now; `not_found` without access to the case file, or without such a decision."""
    if reader_of(actor) not in READERS:
        raise Problem("not_found")
    files = reading.files_of_decision(connection, actor, decision)
    found = at_length(connection, actor.org, files, decision, month_of(month))
    if found is None:
        raise Problem("not_found")
    file, *others = files
    told = document(actor.org, found)
    told["chain"] = {"length": file.chain_length, "head": file.chain_head}
    if others:
        told["other_chains"] = [
            {"file": each.id, "length": each.chain_length, "head": each.chain_head} for each in others
        ]
    return told


def at_length(
    connection: Connection, org: str, files: Sequence[reading.LoggedFile], decision: str, month: Period
) -> Statement | None:
    """As the logs of these files have it, each up to its length."""
    facts = [
        fact_in(record, file.id, kind, state)
        for file in files
        for record, (kind, state) in history.state_at(connection, org, file.id, file.chain_length).items()
    ]
    for case in case_files(files, [fact for fact in facts if fact]):
        decided: Fact | None = next((each for each in case.all("decision") if each.id == decision), None)
        if decided:
            return statement_of(case, decided, month)
    return None


def document(org: str, found: Statement) -> StatementDocument:
    """No text, and the client by number."""
    delivered = Fraction(found.direct + found.indirect, MINUTES)
    return {
        "version": VERSION,
        "organisation": org,
        "decision": found.decision.id,
        "month": f"{found.month.start:%Y-%m}",
        "client": found.case.header.text("client_id"),
        "contracted_hours": shown(found.contracted, "hours", DECIMALS),
        "direct_minutes": found.direct,
        "indirect_minutes": found.indirect,
        "delivered_hours": shown(delivered, "hours", DECIMALS),
        "remaining_hours": shown(found.remaining, "hours", DECIMALS),
        "not_delivered": found.not_delivered,
        "lines": [_line(line) for line in found.lines],
    }


def _line(line: Line) -> ProvenLine:
    return {
        "record": line.visit.id,
        "day": line.day.isoformat(),
        "visit_kind": line.visit.text("visit_kind"),
        "outcome": line.visit.text("outcome.code"),
        "direct_minutes": line.direct,
        "indirect_minutes": line.indirect,
    }


class GivenStatement(NamedTuple):
    """What somebody says is a statement of ours; its chain and lines were looked at."""

    said: Mapping[str, object]
    chain: LogEnd
    lines: Sequence[Mapping[str, object]]
    other_chains: Sequence[OtherLog] = ()


def differences(connection: Connection, given: GivenStatement) -> Iterator[str]:
    """What a statement says otherwise than the log at the length that it names; nothing where it holds."""
    org, decision, month = (str(given.said.get(name, "")) for name in ("organisation", "decision", "month"))
    file = reading.any_file_of_decision(connection, org, decision)
    if file is None:
        yield f"There is no decision {decision} in this installation."
        return
    files = _as_named(connection, org, file, given)
    for each in files:
        if history.head_at(connection, org, each.id, each.chain_length) != each.chain_head:
            yield f"The log of the case file never ended with {each.chain_head[:12]}… at {each.chain_length} rows."
            return
        if history.broken_link(connection, org, each.id) is not None:
            yield "The log of the case file does not hold: see ovikello log verify."
    found = at_length(connection, org, files, decision, month_of(date.fromisoformat(f"{month}-01")))
    anew = document(org, found) if found else None
    for name, value in (anew or {}).items():
        if name != "lines" and given.said.get(name) != value:
            yield f"{name}: the statement says {given.said.get(name)}, the records {value}."
    yield from _lines(given.lines, anew["lines"] if anew else [])


def _as_named(
    connection: Connection, org: str, file: reading.LoggedFile, given: GivenStatement
) -> list[reading.LoggedFile]:
    """The files of the statement, each with the end of its log that the statement names."""
    named: dict[str, LogEnd] = {file.id: given.chain, **{each["file"]: each for each in given.other_chains}}
    return [
        each._replace(chain_length=named[each.id]["length"], chain_head=named[each.id]["head"])
        for each in reading.logged_files(connection, org, named.keys())
    ]


def _lines(given: Sequence[Mapping[str, object]], anew: Sequence[ProvenLine]) -> Iterator[str]:
    told = {line.get("record") for line in given}
    known: dict[object, ProvenLine] = {line["record"]: line for line in anew}
    for number, line in enumerate(given, 1):
        own = known.get(line.get("record"))
        if own is None:
            yield f"line {number}: the records have no such entry ({line.get('record')})."
            continue
        for name, value in own.items():
            if line.get(name) != value:
                yield f"line {number}, {name}: the statement says {line.get(name)}, the records {value}."
    for record in known.keys() - told:
        yield f"a line is missing: {known[record]['day']} ({record})."
