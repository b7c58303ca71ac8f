"""PINs that the server counts, and whether an organisation lets them open without a network (SPEC J14)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("organisation", sa.Column("offline_pin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "pin_share",
        sa.Column("device", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("proof_hash", TEXT, nullable=False),
        sa.Column("share", TEXT, nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["device", "org"], ["device.id", "device.org"]),
        sa.ForeignKeyConstraint(["user", "org"], ["user_account.id", "user_account.org"]),
    )
    op.create_index("pin_share_user", "pin_share", ["user", "org"])


def downgrade():
    op.drop_table("pin_share")
    op.drop_column("organisation", "offline_pin")
