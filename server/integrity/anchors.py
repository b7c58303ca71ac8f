"""Anchors of the logs (L9): how long each one is and how it ends, told to the journal beside the database.

Whoever can write the database can cut a log off and say that it was never longer; the journal remembers. An anchor
names the case files whose log has grown since the one before; after a restore it names every log, so that what the
restore took away is not missed.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import Connection, select
from uuid6 import uuid7

from server.core import chain, journal, journal_file, timestamps
from server.core.journal_detail import Detail
from server.core.models import AuditEvent, CaseFile, Organisation, SecurityEvent, db

LOGS: tuple[chain.Log, ...] = (AuditEvent, SecurityEvent)


class Anchor(NamedTuple):
    """A log of an organisation (`case` for that of a case file) had this row as its `length`th."""

    org: str
    log: str
    case: str
    length: int
    head: str


def write_anchors(app: Flask, *, restored: bool = False) -> int:
    """Anchor whatever has grown since the last time. Returns how many lines that were."""
    path = journal.path_of(app)
    before = {} if restored else _latest(path)
    with db.engine.connect() as connection:
        said = [_said(connection, org, before.get(org, {})) for org in ("", *_organisations(connection))]
    grown = [each | {"restored": True} if restored else each for each in said if each]
    lines: list[journal_file.Line] = [
        {
            "id": str(uuid7()),
            "at": timestamps.now(),
            "org": str(detail.pop("org")),
            "event": journal_file.ANCHOR,
            "detail": detail,
        }
        for detail in grown
    ]
    if lines:
        journal_file.append(path, lines)
    return len(lines)


def kept_anchors(path: Path) -> list[Anchor]:
    """What the journal knows of each log. Of what a restore has taken away, nothing."""
    found: dict[str, list[Anchor]] = {}
    for line in _lines(path):
        anchors = _anchors_in(line)
        if line["detail"].get("restored"):
            length = {(each.log, each.case): each.length for each in anchors}
            kept = found.get(line["org"], [])
            found[line["org"]] = [each for each in kept if each.length <= length.get((each.log, each.case), 0)]
        found.setdefault(line["org"], []).extend(anchors)
    return [each for anchors in found.values() for each in anchors]


def _anchors_in(line: journal_file.Line) -> list[Anchor]:
    org, detail = line["org"], Detail(line["detail"])
    of_org = [Anchor(org, log, "", *_end(end)) for log, end in detail.within("logs").items()]
    return of_org + [Anchor(org, "change", case, *_end(end)) for case, end in detail.within("files").items()]


def _end(said: object) -> tuple[int, str]:
    """How long a log was, and the hash of its last row."""
    match said:
        case [int(length), str(head)]:
            return length, head
    raise TypeError("an anchor without length and head")


def _lines(path: Path) -> Iterable[journal_file.Line]:
    return (line for line in journal_file.all_of(path) if line["event"] == journal_file.ANCHOR)


def _latest(path: Path) -> dict[str, Mapping[str, object]]:
    """By organisation, what its last anchor said."""
    return {line["org"]: line["detail"] for line in _lines(path)}


def _organisations(connection: Connection) -> list[str]:
    return list(connection.scalars(select(Organisation.id).order_by(Organisation.id)))


def _said(connection: Connection, org: str, before: Mapping[str, object]) -> dict[str, object]:
    """What there is to say of an organisation; nothing where all is as before. The seq is read first."""
    seq = connection.scalar(select(Organisation.seq).where(Organisation.id == org)) or 0
    logs = {log.__tablename__: list(chain.head_of(connection, log, org)) for log in LOGS}
    if before and (seq, logs) == (before["seq"], before["logs"]):
        return {}
    files = select(CaseFile.id, CaseFile.chain_length, CaseFile.chain_head).where(CaseFile.org == org)
    grown = files.where(CaseFile.last_seq > before.get("seq", -1), CaseFile.chain_length > 0)
    ends = {row.id: [row.chain_length, row.chain_head] for row in connection.execute(grown)}
    if not ends and not any(length for length, _ in logs.values()):
        return {}
    return {"org": org, "seq": seq, "logs": logs, "files": ends}
