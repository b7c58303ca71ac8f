"""What check-ins are kept in: apart from the clients' records, and without a trail of positions."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base, org_foreign_key

ON = "ended_at IS NULL"


class CheckIn(Base):
    """One time out alone. `…_on_device` is what the phone's clock said, its counterpart when it arrived here (K5)."""

    __tablename__ = "check_in"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    user: Mapped[str]
    visit: Mapped[str | None]
    colleague: Mapped[str | None]
    #: an address, for the supervisor once the escalation has come that far; forgotten when it is over (K4)
    place: Mapped[str | None]
    armed_at: Mapped[str]
    armed_on_device: Mapped[str]
    deadline: Mapped[str]
    drill: Mapped[int]
    #: an alarm did not arrive, and the supervisors' turn came before its time (K9)
    climbed_at: Mapped[str | None]
    alert_at: Mapped[str | None]
    alert_on_device: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[str | None]
    ended_at: Mapped[str | None]
    ended_on_device: Mapped[str | None]
    ended_by: Mapped[str | None]
    __table_args__ = (
        org_foreign_key("user_account", "user"),
        Index("check_in_org", "org", "ended_at"),
        # One is on at a time (K1), also where two devices arm at the same instant.
        Index("check_in_on", "user", "org", unique=True, sqlite_where=text(ON), postgresql_where=text(ON)),
    )


#: as rows are read: whatever columns were asked for are those of the model
CheckInRow = CheckIn


class OutboundChannel(Base):
    """How an organisation hears of an alarm besides push: `sms` or `webhook`, one of each at most (K6)."""

    __tablename__ = "outbound_channel"
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    token: Mapped[str]


class Incident(Base):
    """A threat, apart from the client's record (K7). A correction is another version; none is ever altered."""

    __tablename__ = "incident"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[str]
    arrived: Mapped[str]
    #: JSON of `IncidentShape` (`server/api/incidents.py`)
    body: Mapped[str]
    __table_args__ = (org_foreign_key("user_account", "author"), Index("incident_author", "author", "org"))
