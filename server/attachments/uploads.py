"""A file on its way in: by tus 1.0, piece after piece, and nothing counts as kept before it is whole (X2, X3).

Whoever wrote the record of an attachment sends its bytes, whatever has become of their access since; the record says
which bytes. A piece is stored whole or not at all, so what was cut off anywhere goes on from the last piece.
"""

from hashlib import sha256
from typing import NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.orm import Session as Transaction

from server.attachments import keeping, pictures, scanning, sniffing
from server.attachments.tables import AttachmentFile, AttachmentPiece
from server.config import LIMITS
from server.core import timestamps
from server.core.actor import Actor
from server.core.models import User
from server.core.problems import Problem
from server.core.transaction import in_one_transaction
from server.rules import merge
from server.rules.shape import is_id
from server.sync import log
from server.sync.exchange import reading

KIND = "attachment"
PDF_TYPE = "application/pdf"


class Upload(NamedTuple):
    """How far a file has come; `seq` once it is kept."""

    length: int
    received: int
    seq: int | None


def begin(actor: Actor, record: str, length: int) -> Upload:
    """A new upload, or the one that was begun before."""
    if length > LIMITS.attachment_bytes_max:
        raise Problem("attachment_too_large")
    return in_one_transaction(lambda transaction: _begin(transaction, actor, record, length))


def _begin(transaction: Transaction, actor: Actor, record: str, length: int) -> Upload:
    declared = _declared(transaction.connection(), actor, record)
    if length != declared.length:
        raise Problem("upload_malformed")
    there = _row(transaction.connection(), actor, record)
    if there is not None:
        if not _is_of(there, actor, declared):  # the record names another file by now, or another person's
            raise Problem("upload_malformed")
        return Upload(there.length, there.received, there.seq)
    # one after another: two that begin at once would each find room for itself
    transaction.execute(select(User.id).where(User.org == actor.org, User.id == actor.user).with_for_update())
    sent = select(func.coalesce(func.sum(AttachmentFile.length), 0))
    sent = sent.where(AttachmentFile.org == actor.org, AttachmentFile.user == actor.user)
    if transaction.execute(sent).scalar_one() + length > LIMITS.attachment_person_bytes_max:
        raise Problem("attachment_quota")
    about = {"id": record, "org": actor.org, "user": actor.user, "begun_at": timestamps.now(), **declared._asdict()}
    transaction.execute(insert(AttachmentFile).values(received=0, **about))
    return Upload(length, 0, None)


def how_far(actor: Actor, record: str) -> Upload:
    """Of an upload that was begun. One whose server was killed after its last piece is finished now."""
    with reading() as connection:
        declared = _declared(connection, actor, record)
        row = _row(connection, actor, record)
    if row is None or not _is_of(row, actor, declared):
        raise Problem("not_found")
    if row.received == row.length and row.seq is None:
        return _finish(actor, record)
    return Upload(row.length, row.received, row.seq)


def append(actor: Actor, record: str, offset: int, content: bytes) -> Upload:
    """The next piece. With the last one the file is looked at, and kept or refused."""
    come = in_one_transaction(lambda transaction: _append(transaction, actor, record, offset, content))
    if come.received < come.length or come.seq is not None:
        return come
    return _finish(actor, record)


def _append(transaction: Transaction, actor: Actor, record: str, offset: int, content: bytes) -> Upload:
    declared = _declared(transaction.connection(), actor, record)
    row = _row(transaction.connection(), actor, record, lock=True)
    if row is None or not _is_of(row, actor, declared):
        raise Problem("not_found")
    if offset != row.received:
        raise Problem("upload_offset")
    if offset + len(content) > row.length:
        raise Problem("upload_malformed")
    if content:
        piece = {"attachment": record, "org": actor.org, "part": keeping.GIVEN, "begins": offset, "content": content}
        transaction.execute(insert(AttachmentPiece).values(piece))
        come = update(AttachmentFile).where(*_of(actor.org, record))
        transaction.execute(come.values(received=offset + len(content)))
    return Upload(row.length, offset + len(content), row.seq)


def _finish(actor: Actor, record: str) -> Upload:
    """Look at what has come: outside of any transaction, since drawing takes long."""
    with reading() as connection:
        # In this order: where somebody else finishes meanwhile, the row tells.
        given = keeping.content_of(connection, actor.org, record, keeping.GIVEN)
        row = _row(connection, actor, record)
    if row is None:
        raise Problem("not_found")
    if row.seq is not None:
        return Upload(row.length, row.received, row.seq)
    if len(given) != row.length or sha256(given).hexdigest() != row.sha256:
        _forget(actor, record)
        raise Problem("attachment_damaged")
    if scanning.finds_something(given):
        _forget(actor, record)
        raise Problem("attachment_malware")
    drawn = _drawn(given)
    if drawn is None:
        _forget(actor, record)
        raise Problem("attachment_type")
    return in_one_transaction(lambda transaction: _keep(transaction, actor, record, drawn))


class DrawnFile(NamedTuple):
    type: str
    whole: bytes
    small: bytes | None


def _drawn(given: bytes) -> DrawnFile | None:
    sort = sniffing.sort_of(given)
    if sort == sniffing.PDF:
        return DrawnFile(PDF_TYPE, given, None)
    if sort is None:
        return None
    try:
        return DrawnFile(pictures.TYPE, *pictures.redrawn(given))
    except pictures.NoPicture:
        return None


def _keep(transaction: Transaction, actor: Actor, record: str, drawn: DrawnFile) -> Upload:
    row = _row(transaction.connection(), actor, record, lock=True)
    if row is None:
        raise Problem("not_found")
    if row.seq is not None:  # two asked at once, and the other was faster
        return Upload(row.length, row.received, row.seq)
    keeping.keep(transaction, actor.org, record, drawn.whole, drawn.small)
    seq = log.take_seqs(transaction.connection(), actor.org, 1)
    about = {"seq": seq, "type": drawn.type, "kept_sha256": sha256(drawn.whole).hexdigest()}
    transaction.execute(update(AttachmentFile).where(*_of(actor.org, record)).values(about))
    return Upload(row.length, row.received, seq)


def _forget(actor: Actor, record: str) -> None:
    """Nothing of it stays; whoever sends it begins anew."""
    gone = delete(AttachmentFile).where(*_of(actor.org, record), AttachmentFile.seq.is_(None))
    in_one_transaction(lambda transaction: transaction.execute(gone))


def forget_unfinished(transaction: Transaction) -> None:
    """Of what has not become whole in `attachment_unfinished_days` nothing stays, and it counts in nobody's quota."""
    begun_before = timestamps.ago(days=LIMITS.attachment_unfinished_days)
    transaction.execute(
        delete(AttachmentFile).where(AttachmentFile.seq.is_(None), AttachmentFile.begun_at < begun_before)
    )


class DeclaredFile(NamedTuple):
    """What the record says of its file."""

    case: str
    length: int
    sha256: str


def _declared(connection: Connection, actor: Actor, record: str) -> DeclaredFile:
    """Which file the record names, where it is this person who named it; `not_found` for any other."""
    row = log.records(connection, actor.org, [record]).get(record) if is_id(record) else None
    named = merge.unpack(orjson.loads(row.body))["fields"].get("file", []) if row and row.kind == KIND else []
    for _change, _rank, author, value in named:
        if row and author == actor.user and isinstance(value, dict) and _is_whole(value):
            return DeclaredFile(row.case, value["bytes"], value["sha256"])
    raise Problem("not_found")


def _is_whole(value: dict[str, object]) -> bool:
    """Each part of a value may be missing."""
    return isinstance(value.get("bytes"), int) and isinstance(value.get("sha256"), str)


class BegunUpload(NamedTuple):
    """What its row says: whose it is, of which file, and how far it has come."""

    user: str
    length: int
    sha256: str
    received: int
    seq: int | None


def _is_of(row: BegunUpload, actor: Actor, declared: DeclaredFile) -> bool:
    """Whether what has come is this person's, and the file that they name: bytes of another are nobody's proof."""
    return row.user == actor.user and row.sha256 == declared.sha256 and row.length == declared.length


def _row(connection: Connection, actor: Actor, record: str, *, lock: bool = False) -> BegunUpload | None:
    columns = [getattr(AttachmentFile, name) for name in BegunUpload._fields]
    wanted = select(*columns).where(*_of(actor.org, record))
    row = connection.execute(wanted.with_for_update() if lock else wanted).first()
    return None if row is None else BegunUpload(*row)


def _of(org: str, record: str) -> tuple[ColumnElement[bool], ...]:
    return (AttachmentFile.id == record, AttachmentFile.org == org)
