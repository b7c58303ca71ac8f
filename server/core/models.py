"""What the server keeps. Ids are text, moments are UTC ISO text or stamps; columns never come from a message."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, Text, bindparam, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, registry

from server.core import timestamps

#: text that is compared byte by byte on either database, as ids, stamps and moments have to be
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    registry = registry(type_annotation_map={str: TEXT, int: BigInteger})


db = SQLAlchemy(model_class=Base)

#: the records that head their case files (P8)
HEADER = text("kind = 'case'")
#: what repeats itself still, and has no place in the chain yet (L8)
OPEN = text("chain_index IS NULL")
#: whose key is new since it was compared with the others (H9)
WAITS_TO_BE_COMPARED = text("waits IS NOT NULL")


# Every key, unique index and foreign key of what belongs to an organisation holds `org`, so that the tables could be
# distributed by it (decision 0022). They begin with the column that tells most apart: quicker to compare, and a planner
# without statistics never takes to reading all that an organisation has.


def org_foreign_key(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key to a row of the same organisation."""
    return ForeignKeyConstraint([column, "org"], [f"{table}.id", f"{table}.org"])


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
    #: whether its devices may open by a PIN without a network (J14)
    offline_pin: Mapped[bool] = mapped_column(default=False)


class Team(Base):
    __tablename__ = "team"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")


class OwnEntry(Base):
    """An entry that an organisation added to a list of the catalogue (A20). It is retired, never removed."""

    __tablename__ = "own_entry"
    code: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    catalogue: Mapped[str]
    fi: Mapped[str]
    sv: Mapped[str]
    en: Mapped[str]
    #: among the organisation's own of that list
    place: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)


class SignInName(Base):
    """Under which name who signs in: one for each account, and unique over the installation.

    The only way from a name to its organisation, so it refers to the account without a foreign key.
    """

    __tablename__ = "sign_in_name"
    #: as `server/rules/names.py` folds what is typed
    name: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str]
    account: Mapped[str]
    __table_args__ = (Index("sign_in_name_account", "account", "org", unique=True),)


class User(Base):
    """A person who signs in. `name` is the sign-in name (read only, from its own table), `display_name` what colleagues
    see."""

    __tablename__ = "user_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    team: Mapped[str | None]
    display_name: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    password_hash: Mapped[str]
    password_changed_at: Mapped[str]
    #: of a one-time password: until when it may be given for one of the person's own (A3)
    password_expires_at: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    name: Mapped[str] = column_property(
        select(SignInName.name)
        .where(SignInName.account == id, SignInName.org == org)  # noqa: A003 - the column
        .scalar_subquery(),
        deferred=True,
    )
    __table_args__ = (org_foreign_key("team", "team"),)


class Device(Base):
    """One browser profile of one person; its id is made by the browser and bound to the person who first used it."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[str]
    last_sync_at: Mapped[str | None]
    revoked_at: Mapped[str | None]
    #: told to make its store unreadable at next contact, and when it said that it had
    wipe_asked_at: Mapped[str | None]
    wiped_at: Mapped[str | None]
    #: SHA-256 of what the device says while it is locked (J5); none before its first sign-in that brought one
    credential_hash: Mapped[str | None]
    __table_args__ = (org_foreign_key("user_account", "user"),)


# --- case files and who may read them -------------------------------------------------------------------------------


class CaseFile(Base):
    """The unit of access, pulling and erasing. The shared file's id is the organisation's."""

    __tablename__ = "case_file"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    #: what may live in it, and for whom it is: `server/kinds/homes.py`
    home: Mapped[str] = mapped_column(default="case")
    team: Mapped[str | None]
    opened_at: Mapped[str]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: the log's hash chain (L2)
    chain_length: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(default="")
    #: JSON `{class of visibility: digest of what is held}` (D1)
    digests: Mapped[str] = mapped_column(default="{}")
    #: when the law had all of it erased (A13): an empty row stays, so that no phone brings anything back
    erased_at: Mapped[str | None]


class Access(Base):
    """Who has access, while it `LASTS`. The past is in `AccessEvent`."""

    __tablename__ = "access"
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    expires_at: Mapped[str | None]
    __table_args__ = (Index("access_case", "org", "case"),)


#: access that is not over (S6). Part of every question after access, so that nobody has to write its end down first.
#: `now` is the moment at which the statement runs, unless it is given.
LASTS = Access.expires_at.is_(None) | (Access.expires_at > bindparam("now", callable_=timestamps.now))


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


class ReportFact(Base):
    """What reports read of a record (Z9): codes, days, numbers and ids of what it shows, and no words.

    Made from `Record` whenever somebody reads a report; may be thrown away at any time.
    """

    __tablename__ = "report_fact"
    record: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    kind: Mapped[str]
    #: Finland's day of a visit
    day: Mapped[str | None]
    #: JSON `[record, day or null, begun_ms, outcome_ms, {field: value}]`, put together once and not at each reading
    content: Mapped[str]
    __table_args__ = (
        Index("report_fact_kind", "org", "kind", "case", "day"),
        Index("report_fact_case", "case", "org"),
        ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"], ondelete="CASCADE"),
    )


class ReportFile(Base):
    """Up to which seq the facts of a case file have followed its records (Z9)."""

    __tablename__ = "report_file"
    case: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    __table_args__ = (ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"], ondelete="CASCADE"),)


class UnmetRule(Base):
    """A record that does not say yet what its kind asks for (G9), by the names of its rules."""

    __tablename__ = "unmet_rule"
    record: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str]
    kind: Mapped[str]
    #: JSON `[name, …]`
    rules: Mapped[str]
    __table_args__ = (Index("unmet_rule_case", "case", "org"),)


class LikenessKey(Base):
    """By what a client is recognised who is entered a second time (H9): one row for each file with a header.

    Made from `Record` in the transaction of the header; goes with the file (A13).
    """

    __tablename__ = "likeness_key"
    case: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    #: the parts of the name, folded and in order
    name: Mapped[str]
    birth_year: Mapped[int | None]
    #: the last digits
    phone: Mapped[str | None]
    #: a random mark while it has not been compared with the others since it changed
    waits: Mapped[str | None]
    __table_args__ = (
        Index("likeness_key_phone", "phone", "org"),
        Index("likeness_key_year", "org", "birth_year"),
        Index("likeness_key_waits", "waits", sqlite_where=WAITS_TO_BE_COMPARED, postgresql_where=WAITS_TO_BE_COMPARED),
    )


class LikenessPair(Base):
    """Two files whose clients look alike (H9), the smaller id first; and who has said that they are two people."""

    __tablename__ = "likeness_pair"
    one: Mapped[str] = mapped_column(primary_key=True)
    other: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    apart_at: Mapped[str | None]
    apart_by: Mapped[str | None]
    __table_args__ = (Index("likeness_pair_other", "other", "org"),)


class SurveyTicketsMade(Base):
    """How many tickets a person fetched on a day (Y1): a number, and none of the tickets."""

    __tablename__ = "survey_tickets_made"
    user: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str]
    made: Mapped[int]


class SurveyTicket(Base):
    """A spent ticket, and the answer that it was spent on, both as SHA-256 (Y1)."""

    __tablename__ = "survey_ticket"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    made_on: Mapped[str]
    answer: Mapped[str]


class SurveyAnswer(Base):
    """What somebody answered, whom nothing here names (Y3)."""

    __tablename__ = "survey_answer"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    team: Mapped[str]
    day: Mapped[str]
    language: Mapped[str]
    #: JSON `{question: 1–5}`; without one the client was asked and did not answer
    scores: Mapped[str]
    text: Mapped[str]
    __table_args__ = (Index("survey_answer_day", "day", "team", "org"),)


class Change(Base):
    """The log (L1): every applied change as it came, hash-chained for each case file (L2). Append-only, until
    the whole file is erased (A13)."""

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


class ReviewItem(Base):
    """A change for the supervisor: its author had lost access before it arrived (S4), or hands it over since it was
    refused (S7). It goes with its file alone (A13)."""

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


class LineageToken(Base):
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
    __table_args__ = (Index("reading_case", "case", "org", "at"), Index("reading_user", "user", "org", "at"))


class AuditEvent(Base):
    """What was done to people, sessions, access, held changes and digests. Append-only, chained (L7)."""

    __tablename__ = "audit_event"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    actor: Mapped[str | None]
    event: Mapped[str]
    #: JSON, without a client's data
    detail: Mapped[str]
    chain_index: Mapped[int]
    #: null once the content was erased by law
    salt: Mapped[str | None]
    sealed: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (Index("audit_event_chain", "org", "chain_index", unique=True),)


class SecurityEvent(Base):
    """Who came in and who was refused (L8): no client's data, no name, no address but as keyed hashes.

    What repeats itself is one row with a count while its window lasts (`chain_index` is null), then it gets its place
    in the chain and is altered no more. `org` is empty where nobody's organisation is known.
    """

    __tablename__ = "security_event"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[str]
    first_at: Mapped[str]
    last_at: Mapped[str]
    count: Mapped[int]
    account: Mapped[str | None]
    #: keyed hash of the name that was tried, where it is nobody's
    about: Mapped[str | None]
    #: keyed hash of the address
    place: Mapped[str | None]
    #: JSON, ids and codes only
    detail: Mapped[str]
    #: what repeats are told by
    key: Mapped[str]
    chain_index: Mapped[int | None]
    salt: Mapped[str | None]
    sealed: Mapped[str | None]
    hash: Mapped[str | None]
    __table_args__ = (
        Index("security_event_chain", "org", "chain_index", unique=True),
        Index("security_event_open", "key", "org", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("security_event_at", "org", "last_at"),
    )


class ChainHead(Base):
    """How long each log of an organisation is, and the hash of its last row (L7)."""

    __tablename__ = "chain_head"
    org: Mapped[str] = mapped_column(primary_key=True)
    log: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int]
    head: Mapped[str]
