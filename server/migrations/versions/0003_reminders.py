"""Reminders, what people have chosen about them, push subscriptions, calendar addresses (SPEC N, I)"""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "reminder",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("org", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("case", TEXT, nullable=True),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("due", TEXT, nullable=False),
        sa.Column("drop_at", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("try_at", TEXT, nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("claim", TEXT, nullable=True),
        sa.Column("taken_by", TEXT, nullable=False),
        sa.Column("sent_at", TEXT, nullable=True),
        sa.Column("seen_at", TEXT, nullable=True),
        sa.Column("drill", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("reminder") as table:
        table.create_index("reminder_waits", ["state", "try_at"], unique=False)
        table.create_index("reminder_of", ["record", "org", "cause", "user", "step", "channel"], unique=True)
        table.create_index("reminder_user", ["user", "state", "due"], unique=False)
    op.create_table(
        "reminder_preferences",
        sa.Column("user", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user"),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("session", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("endpoint", TEXT, nullable=False),
        sa.Column("p256dh", TEXT, nullable=False),
        sa.Column("auth", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.id"]),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("endpoint"),
    )
    with op.batch_alter_table("push_subscription") as table:
        table.create_index("ix_push_subscription_session", ["session"], unique=False)
        table.create_index("ix_push_subscription_user", ["user"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("user", TEXT, nullable=False),
        sa.Column("secret_hash", TEXT, nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user"),
        sa.UniqueConstraint("secret_hash"),
    )


def downgrade():
    for table in ("calendar_feed", "push_subscription", "reminder_preferences", "reminder"):
        op.drop_table(table)
