"""What is kept of an attachment, for whoever reads the record that it hangs on (X4)."""

from typing import NamedTuple

import orjson
from sqlalchemy import Connection, select

from server.attachments import keeping, pictures, uploads
from server.attachments.tables import AttachmentFile
from server.core.actor import Actor
from server.core.problems import Problem
from server.rules import merge
from server.rules.shape import is_id
from server.sync import log, scope, visibility

ENDINGS = {pictures.TYPE: "jpg", uploads.PDF_TYPE: "pdf"}


class HandedOut(NamedTuple):
    """`name` is neutral: the record's id."""

    type: str
    name: str
    content: bytes


def handed_out(connection: Connection, actor: Actor, case: str, record: str, part: str) -> HandedOut:
    """`not_found` for what is not kept (yet), and for what this person may not read, alike."""
    type_ = _type_of(connection, actor, case, record) if is_id(case) and is_id(record) else None
    content = keeping.content_of(connection, actor.org, record, part) if type_ else b""
    if not type_ or not content:
        raise Problem("not_found")
    return HandedOut(type_, f"{record}.{ENDINGS[type_]}", content)


def _type_of(connection: Connection, actor: Actor, case: str, record: str) -> str | None:
    """Of what is kept and this person's to read."""
    if case not in scope.readable(connection, actor, [case]):
        return None
    rows = log.records(connection, actor.org, [record])
    if record not in rows or rows[record].kind != uploads.KIND:
        return None
    held = merge.unpack(orjson.loads(rows[record].body))["fields"]
    shown = next((value for _, _, _, value in held.get("file", ())), None)
    kept = select(AttachmentFile.type, AttachmentFile.user).where(
        AttachmentFile.id == record,
        AttachmentFile.org == actor.org,
        AttachmentFile.case == case,
        AttachmentFile.sha256 == (shown.get("sha256") if isinstance(shown, dict) else None),
        AttachmentFile.seq.is_not(None),
    )
    file = connection.execute(kept).first()
    if file is None:
        return None
    # Whoever else hangs it elsewhere, hangs it on what they may read themselves.
    hangs_on = [value for _, _, by, value in held.get("about", ()) if by == file.user and isinstance(value, str)]
    if held.get("about") and not hangs_on:
        return None
    rows |= log.records(connection, actor.org, hangs_on)
    may_read = all(row.case == case and visibility.may_read(actor, row) for row in rows.values())
    return file.type if may_read else None
