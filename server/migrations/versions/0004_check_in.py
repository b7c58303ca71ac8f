"""Check-ins, the channels of their alarms, threat incidents (SPEC K)"""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "check_in",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("org", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("visit", TEXT, nullable=True),
        sa.Column("colleague", TEXT, nullable=True),
        sa.Column("place", TEXT, nullable=True),
        sa.Column("armed_at", TEXT, nullable=False),
        sa.Column("armed_on_device", TEXT, nullable=False),
        sa.Column("deadline", TEXT, nullable=False),
        sa.Column("drill", sa.BigInteger(), nullable=False),
        sa.Column("alert_at", TEXT, nullable=True),
        sa.Column("alert_on_device", TEXT, nullable=True),
        sa.Column("confirmed_by", TEXT, nullable=True),
        sa.Column("confirmed_at", TEXT, nullable=True),
        sa.Column("ended_at", TEXT, nullable=True),
        sa.Column("ended_on_device", TEXT, nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("check_in") as table:
        table.create_index("check_in_org", ["org", "ended_at"], unique=False)
        table.create_index("check_in_user", ["user", "ended_at"], unique=False)
    op.create_table(
        "outbound_channel",
        sa.Column("org", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("token", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("org", "channel"),
    )
    op.create_table(
        "incident",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("org", TEXT, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("arrived", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["author"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id", "org", "version"),
    )
    with op.batch_alter_table("incident") as table:
        table.create_index("incident_author", ["author", "org"], unique=False)


def downgrade():
    for table in ("incident", "outbound_channel", "check_in"):
        op.drop_table(table)
