"""Entries that an organisation adds to lists of the catalogue (SPEC A20)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "own_entry",
        sa.Column("code", TEXT, primary_key=True),
        sa.Column("org", TEXT, sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("catalogue", TEXT, nullable=False),
        sa.Column("fi", TEXT, nullable=False),
        sa.Column("sv", TEXT, nullable=False),
        sa.Column("en", TEXT, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
    )


def downgrade():
    op.drop_table("own_entry")
