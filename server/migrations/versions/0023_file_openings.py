"""Files opened for a time, their reasons and reviews (SPEC S11, S12)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "file_opening",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("case", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("way", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("until", TEXT, nullable=False),
        sa.Column("reviewed_at", TEXT, nullable=True),
        sa.Column("reviewed_by", TEXT, nullable=True),
        sa.Column("was_right", sa.Boolean(), nullable=True),
        sa.Column("review_words", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"]),
    )
    op.create_index("file_opening_case", "file_opening", ["case", "org"])
    op.create_index("file_opening_waits", "file_opening", ["org", "reviewed_at", "at"])


def downgrade():
    op.drop_table("file_opening")
