"""The organisation in every key, sign-in names in a table of their own (SPEC O1, O2)

SQLite cannot alter a key, so both databases do the same: what stands in the tables is set aside, the tables are made
anew, and their rows come back with the organisation of their account.
"""

import logging
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

log = logging.getLogger("alembic.runtime.migration")

#: whoever refers to another comes after it
TABLES = (
    "team",
    "user_account",
    "device",
    "session",
    "reminder",
    "reminder_preferences",
    "push_subscription",
    "calendar_feed",
    "check_in",
    "incident",
    "audit_event",
)
#: those that did not say whose they are
OF_ACCOUNTS = ("device", "session", "reminder_preferences", "push_subscription", "calendar_feed")
ON = sa.text("ended_at IS NULL")

# `folded` of server/rules/names.py, as it was when this was written.
INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff]+")
SPACES = re.compile("[\u0009-\u000d \u1680\u2028\u2029]+")


def upgrade():
    aside = set_aside()
    make_with_organisation()
    for table in TABLES:
        bring_back(table, aside[table], org_of_account=table in OF_ACCOUNTS)
    name_accounts(aside["user_account"])
    forget(aside)


def downgrade():
    aside = set_aside()
    make_without_organisation()
    for table in TABLES:
        bring_back(table, aside[table], named=table == "user_account")
    forget(aside)
    op.drop_table("sign_in_name")


# --- rows ---


def set_aside():
    """What stands in the tables, in tables without keys, by the names of the first."""
    aside = {table: f"{table}_before" for table in TABLES}
    for table, kept in aside.items():
        op.execute(f'CREATE TABLE "{kept}" AS SELECT * FROM "{table}"')  # noqa: S608 - names of ours
    for table in reversed(TABLES):
        op.drop_table(table)
    return aside


def forget(aside):
    for kept in aside.values():
        op.drop_table(kept)


def bring_back(table, kept, *, org_of_account=False, named=False):
    """The rows of a table. `org_of_account` where it is to be asked of the account, `named` where the name is."""
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]
    values = {column: f'kept."{column}"' for column in columns}
    joined = ""
    if org_of_account:
        values["org"] = "account.org"
        joined = 'JOIN user_account AS account ON account.id = kept."user"'
    if named:
        values["name"] = "called.name"
        joined = "JOIN sign_in_name AS called ON called.account = kept.id AND called.org = kept.org"
    into = ", ".join(f'"{column}"' for column in columns)
    op.execute(f'INSERT INTO "{table}" ({into}) SELECT {", ".join(values.values())} FROM "{kept}" AS kept {joined}')  # noqa: S608 - names of the tables


def name_accounts(kept):
    """A folded name for every account. Where two fold to one, who is in use and came first keeps it."""
    accounts = op.get_bind().execute(
        sa.text(f'SELECT id, org, name FROM "{kept}" ORDER BY active DESC, id')  # noqa: S608 - a name of ours
    )
    taken = {}
    for account in accounts.all():
        wanted = folded(account.name) or account.id
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        if number > 1:
            log.warning("Two accounts sign in as %s: the account %s is %s from now on.", wanted, account.id, name)
        taken[name] = {"name": name, "org": account.org, "account": account.id}
    names = sa.table("sign_in_name", sa.column("name"), sa.column("org"), sa.column("account"))
    if taken:
        op.bulk_insert(names, list(taken.values()))


def folded(typed):
    composed = unicodedata.normalize("NFKC", INVISIBLE.sub("", typed)).lower()
    return SPACES.sub(" ", unicodedata.normalize("NFKC", composed)).strip(" ")


# --- tables: with the organisation in their keys, or as they were before ---


def text(*names, nullable=False):
    return [sa.Column(name, TEXT, nullable=nullable) for name in names]


def number(name, **more):
    return sa.Column(name, sa.BigInteger(), nullable=False, **more)


def organisation(keys):
    """The column of a table that had none."""
    return text("org") if keys else []


def primary(keys, column="id"):
    return sa.PrimaryKeyConstraint(column, *(["org"] if keys else []))


def within(keys, table, column):
    """A foreign key to a row of the same organisation."""
    of = ["id", "org"] if keys else ["id"]
    return sa.ForeignKeyConstraint([column, "org"][: len(of)], [f"{table}.{name}" for name in of])


def unique(keys, column):
    """As it was before; now it is an index of its own."""
    return [] if keys else [sa.UniqueConstraint(column)]


def make_with_organisation():
    make_accounts(keys=True)
    make_reminders(keys=True)
    make_check_ins(keys=True)
    op.create_table("sign_in_name", *text("name", "org", "account"), sa.PrimaryKeyConstraint("name"))
    op.create_index("sign_in_name_account", "sign_in_name", ["account", "org"], unique=True)
    op.create_index("session_user", "session", ["user", "org"])
    op.create_index("reminder_waits", "reminder", ["state", "try_at", "org"])
    op.create_index("reminder_user", "reminder", ["user", "org", "state", "due"])
    op.create_index("push_subscription_session", "push_subscription", ["session", "org"])
    op.create_index("push_subscription_user", "push_subscription", ["user", "org"])
    op.create_index("push_subscription_endpoint", "push_subscription", ["endpoint", "org"], unique=True)
    op.create_index("calendar_feed_secret", "calendar_feed", ["secret_hash", "org"], unique=True)
    op.create_index("check_in_on", "check_in", ["user", "org"], unique=True, sqlite_where=ON, postgresql_where=ON)


def make_without_organisation():
    make_accounts(keys=False)
    make_reminders(keys=False)
    make_check_ins(keys=False)
    op.create_index("ix_session_user", "session", ["user"])
    op.create_index("reminder_waits", "reminder", ["state", "try_at"])
    op.create_index("reminder_user", "reminder", ["user", "state", "due"])
    op.create_index("ix_push_subscription_session", "push_subscription", ["session"])
    op.create_index("ix_push_subscription_user", "push_subscription", ["user"])
    op.create_index("check_in_on", "check_in", ["user"], unique=True, sqlite_where=ON, postgresql_where=ON)


def make_accounts(keys):
    op.create_table(
        "team",
        *text("id", "org", "name", "phone"),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        primary(keys),
    )
    op.create_table(
        "user_account",
        *text("id", "org"),
        *text("team", nullable=True),
        *([] if keys else text("name")),
        *text("display_name", "role", "phone", "language", "password_hash", "password_changed_at"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        within(keys, "team", "team"),
        primary(keys),
        *unique(keys, "name"),
    )
    op.create_table(
        "device",
        *text("id"),
        *organisation(keys),
        *text("user", "name", "created_at"),
        *text("last_sync_at", "revoked_at", "wipe_asked_at", "wiped_at", nullable=True),
        within(keys, "user_account", "user"),
        primary(keys),
    )
    op.create_table(
        "session",
        *text("id"),
        *organisation(keys),
        *text("user", "device", "refresh_id"),
        *text("previous_refresh_id", nullable=True),
        *text("rotated_at", "created_at", "last_used_at"),
        *text("ended_at", "end_reason", nullable=True),
        within(keys, "user_account", "user"),
        within(keys, "device", "device"),
        primary(keys),
    )
    op.create_table(
        "audit_event",
        *text("id", "org", "at"),
        *text("actor", nullable=True),
        *text("event", "detail"),
        primary(keys),
    )


def make_reminders(keys):
    op.create_table(
        "reminder",
        *text("id", "org", "user"),
        *text("case", nullable=True),
        *text("record", "cause", "step", "channel", "about", "due", "drop_at", "state", "try_at"),
        number("tries"),
        *text("claim", nullable=True),
        *text("taken_by"),
        *text("sent_at", "seen_at", nullable=True),
        number("drill"),
        *text("reason", nullable=True),
        within(keys, "user_account", "user"),
        primary(keys),
    )
    op.create_index("reminder_of", "reminder", ["record", "org", "cause", "user", "step", "channel"], unique=True)
    op.create_table(
        "reminder_preferences",
        *text("user"),
        *organisation(keys),
        *text("body"),
        within(keys, "user_account", "user"),
        primary(keys, "user"),
    )
    op.create_table(
        "push_subscription",
        *text("id"),
        *organisation(keys),
        *text("session", "user", "endpoint", "p256dh", "auth", "key", "created_at"),
        within(keys, "session", "session"),
        within(keys, "user_account", "user"),
        primary(keys),
        *unique(keys, "endpoint"),
    )
    op.create_table(
        "calendar_feed",
        *text("user"),
        *organisation(keys),
        *text("secret_hash", "created_at"),
        within(keys, "user_account", "user"),
        primary(keys, "user"),
        *unique(keys, "secret_hash"),
    )


def make_check_ins(keys):
    op.create_table(
        "check_in",
        *text("id", "org", "user"),
        *text("visit", "colleague", "place", nullable=True),
        *text("armed_at", "armed_on_device", "deadline"),
        number("drill"),
        *text("alert_at", "alert_on_device", "confirmed_by", "confirmed_at", nullable=True),
        *text("ended_at", "ended_on_device", "ended_by", "climbed_at", nullable=True),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        within(keys, "user_account", "user"),
        primary(keys),
    )
    op.create_index("check_in_org", "check_in", ["org", "ended_at"])
    op.create_table(
        "incident",
        *text("id", "org"),
        number("version", autoincrement=False),
        *text("author", "arrived", "body"),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        within(keys, "user_account", "author"),
        sa.PrimaryKeyConstraint("id", "org", "version"),
    )
    op.create_index("incident_author", "incident", ["author", "org"])
