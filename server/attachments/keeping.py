"""The bytes of attachments in rows: what has come, and what is kept."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session as Transaction

from server.attachments.tables import AttachmentFile, AttachmentPiece
from server.core.bulk import among, listed

GIVEN, WHOLE, SMALL = "given", "whole", "small"
#: what is kept is stored in rows of so many bytes
PIECE_BYTES = 256 * 2**10


def content_of(connection: Connection, org: str, record: str, part: str) -> bytes:
    wanted = select(AttachmentPiece.content).where(*_pieces_of(org, record), AttachmentPiece.part == part)
    return b"".join(connection.scalars(wanted.order_by(AttachmentPiece.begins)))


def keep(transaction: Transaction, org: str, record: str, whole: bytes, small: bytes | None) -> None:
    """In place of what came."""
    transaction.execute(delete(AttachmentPiece).where(*_pieces_of(org, record)))
    for part, content in ((WHOLE, whole), (SMALL, small or b"")):
        for begins in range(0, len(content), PIECE_BYTES):
            piece = {"part": part, "begins": begins, "content": content[begins : begins + PIECE_BYTES]}
            transaction.execute(insert(AttachmentPiece).values(attachment=record, org=org, **piece))


class SpoiltFile(NamedTuple):
    org: str
    case: str
    id: str


def spoilt(connection: Connection) -> Iterator[SpoiltFile]:
    """Those whose bytes are not what was kept (L9)."""
    kept = select(AttachmentFile.org, AttachmentFile.case, AttachmentFile.id, AttachmentFile.kept_sha256)
    for row in connection.execute(kept.where(AttachmentFile.seq.is_not(None)).order_by(AttachmentFile.id)).all():
        if sha256(content_of(connection, row.org, row.id, WHOLE)).hexdigest() != row.kept_sha256:
            yield SpoiltFile(row.org, row.case, row.id)


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13)."""
    of_files = select(AttachmentFile.id).where(
        AttachmentFile.org == org, among(AttachmentFile.case, bindparam("cases"))
    )
    given = {"cases": listed(cases)}
    pieces = delete(AttachmentPiece).where(AttachmentPiece.org == org, AttachmentPiece.attachment.in_(of_files))
    connection.execute(pieces, given)
    connection.execute(
        delete(AttachmentFile).where(AttachmentFile.org == org, among(AttachmentFile.case, bindparam("cases"))), given
    )


def _pieces_of(org: str, record: str) -> tuple[ColumnElement[bool], ...]:
    return (AttachmentPiece.attachment == record, AttachmentPiece.org == org)
