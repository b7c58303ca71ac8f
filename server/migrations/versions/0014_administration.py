"""One-time passwords, when a session's person last gave the password, and who has read a file (SPEC A)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("user_account", sa.Column("password_expires_at", TEXT, nullable=True))
    op.add_column("session", sa.Column("confirmed_at", TEXT, nullable=True))
    op.create_index("reading_case", "reading", ["case", "org", "at"])
    op.create_index("reading_user", "reading", ["user", "org", "at"])


def downgrade():
    op.drop_index("reading_user", "reading")
    op.drop_index("reading_case", "reading")
    op.drop_column("session", "confirmed_at")
    op.drop_column("user_account", "password_expires_at")
