"""Digests by class of visibility (D1), the reason of a handed-over change (S7), wiped devices (L5)"""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Everything that was stored before is of the class that goes with its case file.
BY_CLASS = """UPDATE case_file SET digests = '{"file":"' || digest || '"}'"""
OF_THE_FILE = "UPDATE case_file SET digest = substr(digests, 10, 64) WHERE digests <> '{}'"


def upgrade():
    with op.batch_alter_table("case_file") as table:
        table.add_column(sa.Column("digests", TEXT, nullable=False, server_default="{}"))
    op.execute(BY_CLASS)
    with op.batch_alter_table("case_file") as table:
        table.drop_column("digest")
        table.alter_column("digests", server_default=None)
    with op.batch_alter_table("held_change") as table:
        table.add_column(sa.Column("problem", TEXT, nullable=True))
        table.create_index("held_change_author", ["author", "org"])
    with op.batch_alter_table("device") as table:
        table.add_column(sa.Column("wipe_asked_at", TEXT, nullable=True))
        table.add_column(sa.Column("wiped_at", TEXT, nullable=True))


def downgrade():
    with op.batch_alter_table("device") as table:
        table.drop_column("wiped_at")
        table.drop_column("wipe_asked_at")
    with op.batch_alter_table("held_change") as table:
        table.drop_index("held_change_author")
        table.drop_column("problem")
    with op.batch_alter_table("case_file") as table:
        table.add_column(sa.Column("digest", TEXT, nullable=False, server_default="0" * 64))
    op.execute(OF_THE_FILE)
    with op.batch_alter_table("case_file") as table:
        table.drop_column("digests")
        table.alter_column("digest", server_default=None)
