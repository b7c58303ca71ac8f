"""Which file was opened to whom for a time, why, and what a leader thought of it."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base


class FileOpening(Base):
    """One opening of a client's file (S10, S11) and its review (S12). It goes with the file (A13)."""

    __tablename__ = "file_opening"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    user: Mapped[str]
    #: `break_glass` or `returner`: the reason of the access, too
    way: Mapped[str]
    #: the code of the reason, and what was written beside it
    why: Mapped[str]
    words: Mapped[str]
    at: Mapped[str]
    until: Mapped[str]
    reviewed_at: Mapped[str | None]
    reviewed_by: Mapped[str | None]
    was_right: Mapped[bool | None]
    review_words: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"]),
        Index("file_opening_case", "case", "org"),
        Index("file_opening_waits", "org", "reviewed_at", "at"),
    )
