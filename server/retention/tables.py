"""What keeps a file although its time is over."""

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base


class LegalHold(Base):
    """A file that must not be erased: a complaint, a lawsuit, an inspection (A14). `reason` names no client."""

    __tablename__ = "legal_hold"
    case: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    #: nobody's where a command did it
    by: Mapped[str | None]
    at: Mapped[str]
    __table_args__ = (ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"]),)
