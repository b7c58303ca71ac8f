"""What reminders are kept in. Moments are UTC text; no column holds a name, an address or a note."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base, org_foreign_key


class Reminder(Base):
    """One reminder of one person, written in the transaction of the entry that causes it (N2).

    `id` is random and stays while the reminder is moved: it is Topic and tag, so that one sent again replaces the
    first. `due` is what was worked out, `try_at` when a worker takes it next; a claim moves `try_at` past its lease.
    """

    __tablename__ = "reminder"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    #: the case file, for checking access at sending; null where it is about none
    case: Mapped[str | None]
    record: Mapped[str]
    cause: Mapped[str]
    step: Mapped[str]
    #: push, sms or webhook
    channel: Mapped[str] = mapped_column(default="push")
    about: Mapped[str]
    due: Mapped[str]
    drop_at: Mapped[str]
    #: waiting, sent, failed, dropped or done
    state: Mapped[str]
    #: why the latest try was not taken, of an alarm
    reason: Mapped[str | None]
    try_at: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None]
    #: JSON `[subscription id, …]` that took it already
    taken_by: Mapped[str] = mapped_column(default="[]")
    sent_at: Mapped[str | None]
    seen_at: Mapped[str | None]
    #: 1 for a drill, and said everywhere
    drill: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        org_foreign_key("user_account", "user"),
        Index("reminder_waits", "state", "try_at", "org"),
        Index("reminder_of", "record", "org", "cause", "user", "step", "channel", unique=True),
        Index("reminder_user", "user", "org", "state", "due"),
    )


#: as rows are read: whatever columns were asked for are those of the model
ReminderRow = Reminder


class ReminderPreferences(Base):
    """What a person has chosen, as JSON (`server/reminders/preferences.py`)."""

    __tablename__ = "reminder_preferences"
    user: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    __table_args__ = (org_foreign_key("user_account", "user"),)


class PushSubscription(Base):
    """Where a browser takes pushes. Bound to the session that made it, and gone with it (N7)."""

    __tablename__ = "push_subscription"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str]
    user: Mapped[str]
    #: unique: a browser that is another person's now is no longer the first one's
    endpoint: Mapped[str]
    p256dh: Mapped[str]
    auth: Mapped[str]
    #: the public VAPID key that it was made with
    key: Mapped[str]
    created_at: Mapped[str]
    __table_args__ = (
        org_foreign_key("session", "session"),
        org_foreign_key("user_account", "user"),
        Index("push_subscription_session", "session", "org"),
        Index("push_subscription_user", "user", "org"),
        Index("push_subscription_endpoint", "endpoint", "org", unique=True),
    )


SubscriptionRow = PushSubscription


class CalendarFeed(Base):
    """A person's secret calendar address: only its hash is kept (I1)."""

    __tablename__ = "calendar_feed"
    user: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    created_at: Mapped[str]
    __table_args__ = (
        org_foreign_key("user_account", "user"),
        Index("calendar_feed_secret", "secret_hash", "org", unique=True),
    )
