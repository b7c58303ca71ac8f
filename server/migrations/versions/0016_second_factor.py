"""The second factor: what an authenticator app and the server know (SPEC J8)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "second_factor",
        sa.Column("user", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("secret", TEXT, nullable=True),
        sa.Column("pending", TEXT, nullable=True),
        sa.Column("set_at", TEXT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("recovery", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["user", "org"], ["user_account.id", "user_account.org"]),
    )


def downgrade():
    op.drop_table("second_factor")
