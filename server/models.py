"""What the server keeps. Ids are text, moments are UTC ISO text or stamps; columns never come from a message."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, ForeignKey, Index, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

#: text that is compared byte by byte on either database, as ids, stamps and moments have to be
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    registry = registry(type_annotation_map={str: TEXT, int: BigInteger})


db = SQLAlchemy(model_class=Base)

#: the records that head their case files (P8)
HEADER = text("kind = 'case'")


# --- who ------------------------------------------------------------------------------------------------------------


class Organisation(Base):
    """A service provider or county. `seq` is the one counter that orders everything it syncs (P1)."""

    __tablename__ = "organisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    epoch: Mapped[str]
    seq: Mapped[int] = mapped_column(default=0)
    #: the seq proven to be in a backup (P10); none is configured while it is empty
    durable_seq: Mapped[int | None]


class Team(Base):
    __tablename__ = "team"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")


class User(Base):
    """A person who signs in. `name` is the sign-in name, `display_name` what colleagues see."""

    __tablename__ = "user_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    team: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    password_hash: Mapped[str]
    password_changed_at: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class Device(Base):
    """One browser profile of one person; its id is made by the browser and bound to the person who first used it."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str]
    created_at: Mapped[str]
    last_sync_at: Mapped[str | None]
    revoked_at: Mapped[str | None]
    #: told to make its store unreadable at next contact, and when it said that it had
    wipe_asked_at: Mapped[str | None]
    wiped_at: Mapped[str | None]


class Session(Base):
    """A family of refresh tokens: one successor, a grace for lost replies, reuse after it ends the family."""

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    device: Mapped[str] = mapped_column(ForeignKey("device.id"))
    refresh_id: Mapped[str]
    previous_refresh_id: Mapped[str | None]
    rotated_at: Mapped[str]
    created_at: Mapped[str]
    last_used_at: Mapped[str]
    ended_at: Mapped[str | None]
    end_reason: Mapped[str | None]


class WrongTries(Base):
    """Wrong passwords lately, by a hash of who tried (`server/auth/throttle.py`)."""

    __tablename__ = "wrong_tries"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[str]
    wait_until: Mapped[str]


# --- case files and who may read them -------------------------------------------------------------------------------


class CaseFile(Base):
    """The unit of access, pulling and erasing. The shared file's id is the organisation's."""

    __tablename__ = "case_file"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    team: Mapped[str | None]
    opened_at: Mapped[str]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: the log's hash chain (L2)
    chain_length: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(default="")
    #: JSON `{class of visibility: digest of what is held}` (D1)
    digests: Mapped[str] = mapped_column(default="{}")


class Access(Base):
    """Who has access now. The past is in `AccessEvent`."""

    __tablename__ = "access"
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    expires_at: Mapped[str | None]
    __table_args__ = (Index("access_case", "org", "case"),)


class AccessEvent(Base):
    """`grant` or `revoke`: each has its own seq, so that devices hear of it in order (P1, P7)."""

    __tablename__ = "access_event"
    org: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user: Mapped[str]
    case: Mapped[str]
    event: Mapped[str]
    at: Mapped[str]
    by: Mapped[str | None]
    reason: Mapped[str]
    __table_args__ = (Index("access_event_user", "org", "user", "seq"),)


# --- records, their log, and what waits -----------------------------------------------------------------------------


# Keys and indexes begin with the column that tells most apart, not with the organisation: quicker to compare, and
# a planner without statistics never takes to reading all that an organisation has.


class Record(Base):
    """The current state of a record. `body` is the JSON that is sent (W9, without `seq`): pages are spliced of it."""

    __tablename__ = "record"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    kind: Mapped[str]
    seq: Mapped[int]
    #: the moment that puts it among the coming days (P8)
    due: Mapped[str | None]
    body: Mapped[str]
    #: JSON `{path: [change id, …]}` of seen ids that have not arrived (M2)
    awaited: Mapped[str | None]
    __table_args__ = (
        Index("record_case_seq", "case", "org", "seq"),
        Index("record_case_due", "case", "org", "due"),
        Index("record_header", "case", "org", "seq", sqlite_where=HEADER, postgresql_where=HEADER),
    )


class Change(Base):
    """The log (L1): every applied change as it came, hash-chained for each case file (L2). Append-only."""

    __tablename__ = "change"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    record: Mapped[str]
    kind: Mapped[str]
    seq: Mapped[int]
    author: Mapped[str]
    device: Mapped[str]
    at: Mapped[str]
    received: Mapped[str]
    #: JSON `{"seen": …, "set": …}`
    content: Mapped[str]
    chain_index: Mapped[int]
    salt: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        Index("change_chain", "case", "org", "chain_index", unique=True),
        Index("change_record", "record", "org", "chain_index"),
    )


class HeldChange(Base):
    """A change for the supervisor, never deleted: its author had lost access before it arrived (S4), or hands it
    over since it was refused (S7)."""

    __tablename__ = "held_change"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    author: Mapped[str]
    device: Mapped[str]
    received: Mapped[str]
    #: JSON of the whole change
    change: Mapped[str]
    #: JSON of the problem with which a handed-over change was refused
    problem: Mapped[str | None]
    decision: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[str | None]
    __table_args__ = (Index("held_change_author", "author", "org"),)


class Mark(Base):
    """A random value at a transaction's last seq, by which a restored or forked server is noticed (P5)."""

    __tablename__ = "mark"
    org: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str]
    at: Mapped[str]
    __table_args__ = (Index("mark_at", "org", "at"),)


class Reading(Base):
    """Who opened which case file when, offline reading too, without content (L3)."""

    __tablename__ = "reading"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    device: Mapped[str]
    case: Mapped[str]
    at: Mapped[str]
    received: Mapped[str]


class AuditEvent(Base):
    """What was done to people, sessions, access, held changes and digests. Append-only."""

    __tablename__ = "audit_event"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str]
    at: Mapped[str]
    actor: Mapped[str | None]
    event: Mapped[str]
    #: JSON, without a client's data
    detail: Mapped[str]
