"""Tokens of the data API (SPEC A19)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "data_token",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("org", TEXT, sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("secret_hash", TEXT, nullable=False),
        sa.Column("kinds", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("with_codes", sa.Boolean(), nullable=False),
        sa.Column("made_by", TEXT, nullable=True),
        sa.Column("made_at", TEXT, nullable=False),
        sa.Column("ends_at", TEXT, nullable=False),
        sa.Column("revoked_at", TEXT, nullable=True),
        sa.Column("last_used_at", TEXT, nullable=True),
    )
    op.create_index("data_token_secret", "data_token", ["secret_hash", "org"], unique=True)


def downgrade():
    op.drop_table("data_token")
