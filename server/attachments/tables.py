"""What attachments are kept in: beside the records, in one database: one backup and one erasure hold both."""

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base


class AttachmentFile(Base):
    """The file of one record of kind `attachment`, under the record's id: on its way, or kept."""

    __tablename__ = "attachment_file"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    #: who sends it, and whose quota it counts in
    user: Mapped[str]
    #: what its record says of it: the file that is sent has so many bytes and this SHA-256
    length: Mapped[int]
    sha256: Mapped[str]
    #: so many bytes have come
    received: Mapped[int]
    begun_at: Mapped[str]
    #: once it is whole: the seq by which a backup is known to hold it, its media type, and the SHA-256 of what is kept
    seq: Mapped[int | None]
    type: Mapped[str | None]
    kept_sha256: Mapped[str | None]
    __table_args__ = (
        ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"], ondelete="CASCADE"),
        Index("attachment_file_case", "case", "org"),
        Index("attachment_file_user", "user", "org"),
    )


class AttachmentPiece(Base):
    """Some bytes of it. `part` is `given` while it comes, then `whole`, and `small` of a picture."""

    __tablename__ = "attachment_piece"
    attachment: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    #: the place of its first byte
    begins: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (
        ForeignKeyConstraint(["attachment", "org"], ["attachment_file.id", "attachment_file.org"], ondelete="CASCADE"),
    )
