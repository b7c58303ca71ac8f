"""Signing in by another provider: who is called what there, and sessions that began so (SPEC J15–J19)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "provider_link",
        sa.Column("user", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("issuer", TEXT, primary_key=True),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("linked_at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["user", "org"], ["user_account.id", "user_account.org"]),
    )
    op.create_index("provider_link_subject", "provider_link", ["subject", "issuer", "org"], unique=True)
    op.add_column("session", sa.Column("provider", TEXT, nullable=True))
    op.add_column("session", sa.Column("provider_factor", sa.Boolean(), nullable=True))


def downgrade():
    op.drop_column("session", "provider_factor")
    op.drop_column("session", "provider")
    op.drop_table("provider_link")
