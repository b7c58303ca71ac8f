"""Whether the logs hold and the state is what they say (L9): for the command `ovikello log verify`, and for a backup.

The log of each case file, the audit log and the security log are hash chains, and the journal beside the database
anchors how long they were. An edited row breaks the chain where it stands, a removed one leaves a gap, and one cut off
is missed by the chain's own end or by an anchor.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, func, select

from server.attachments import keeping
from server.attachments.tables import AttachmentFile
from server.core import chain
from server.core.models import AuditEvent, CaseFile, ChainHead, Change, Record
from server.integrity import anchors
from server.integrity.anchors import LOGS, Anchor
from server.rules import digest, merge
from server.sync import erasing, history, visibility


class Fault(NamedTuple):
    """What is wrong: `edited`, `removed`, `cut_off`, `rewritten` (in itself it holds, but it is not what was anchored),
    `record` or `digest` (the state is not what the log says), `no_file` (of a case file that is not there),
    `attachment` (a photo or document is not what was kept). `at` is the place in the log."""

    org: str
    log: str
    what: str
    case: str = ""
    at: int | None = None
    record: str = ""


def anchored(journal: Path) -> list[Anchor]:
    """What the journal says of the logs. For a copy of the database, to be read before the copy is made."""
    return anchors.kept_anchors(journal)


def faults(connection: Connection, known: Iterable[Anchor] = ()) -> Iterator[Fault]:
    """All that is wrong with the database behind the connection; nothing where it is whole."""
    orgs = {*connection.scalars(select(ChainHead.org)), *connection.scalars(select(CaseFile.org))}
    for org in sorted(orgs):
        for log in LOGS:
            for each in chain.breaks(connection, log, org):
                yield Fault(org, log.__tablename__, each.what, at=each.at)
    files = select(CaseFile.org, CaseFile.id, CaseFile.digests, CaseFile.erased_at)
    there = connection.execute(files.order_by(CaseFile.org, CaseFile.id)).all()
    erased = _erased(connection)
    yield from _without_a_file(connection, {(file.org, file.id) for file in there})
    for file in there:
        yield from _of_file(connection, file.org, file.id, orjson.loads(file.digests))
        if file.erased_at is not None and (file.org, file.id) not in erased:
            yield Fault(file.org, Change.__tablename__, "cut_off", file.id, 0)
    for spoilt in keeping.spoilt(connection):
        yield Fault(spoilt.org, AttachmentFile.__tablename__, "attachment", spoilt.case, record=spoilt.id)
    yield from _not_as_anchored(connection, known, erased)


def _erased(connection: Connection) -> dict[tuple[str, str], int]:
    """How long the log of each file was that was erased by law (A13): the audit log, a chain itself, says so."""
    told = connection.execute(select(AuditEvent.org, AuditEvent.detail).where(AuditEvent.event == erasing.ERASED))
    said = [(row.org, orjson.loads(row.detail)) for row in told]
    return {(org, detail["case"]): detail["length"] for org, detail in said}


def _without_a_file(connection: Connection, files: Set[tuple[str, str]]) -> Iterator[Fault]:
    for model in (Change, Record):
        cases = {(row.org, row.case) for row in connection.execute(select(model.org, model.case).distinct())}
        yield from (Fault(org, model.__tablename__, "no_file", case) for org, case in sorted(cases - files))


def _of_file(connection: Connection, org: str, case: str, kept: dict[str, str]) -> Iterator[Fault]:
    at = history.broken_link(connection, org, case)
    if at is not None:
        yield Fault(org, Change.__tablename__, _how_broken(connection, org, case, at), case, at)
        return
    said = history.rebuilt(connection, org, case)
    stored = connection.execute(select(Record.id, Record.body).where(Record.org == org, Record.case == case)).all()
    bodies = {row.id: orjson.loads(row.body) for row in stored}
    states = {record: merge.unpack(body) for record, body in bodies.items()}
    for record in sorted(said.keys() | states.keys()):
        if record not in said or record not in states or said[record]["fields"] != states[record]["fields"]:
            yield Fault(org, Change.__tablename__, "record", case, record=record)
    anew = digest.digests(
        (record, visibility.class_in(bodies[record]), said[record]) for record in said if record in bodies
    )
    if any(kept.get(name, digest.EMPTY) != anew.get(name, digest.EMPTY) for name in kept.keys() | anew.keys()):
        yield Fault(org, Change.__tablename__, "digest", case)


def _how_broken(connection: Connection, org: str, case: str, at: int) -> str:
    of_file = select(func.min(Change.chain_index)).where(Change.org == org, Change.case == case)
    following: int | None = connection.scalar(of_file.where(Change.chain_index >= at))
    if following is None:
        return "cut_off"
    return "edited" if following == at else "removed"


def _not_as_anchored(
    connection: Connection, known: Iterable[Anchor], erased: Mapping[tuple[str, str], int]
) -> Iterator[Fault]:
    for org, log, case, length, head in known:
        if not length or length <= erased.get((org, case), 0):
            continue
        model = next((each for each in LOGS if each.__tablename__ == log), Change)
        row = select(model.hash).where(model.org == org, model.chain_index == length - 1)
        if case:
            row = row.where(Change.case == case)
        stored = connection.scalar(row)
        if stored is None:
            yield Fault(org, log, "cut_off", case, length - 1)
        elif stored != head:
            yield Fault(org, log, "rewritten", case, length - 1)
