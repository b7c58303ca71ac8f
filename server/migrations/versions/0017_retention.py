"""Files that were erased by law, and those that are held (SPEC A13, A14)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("case_file", sa.Column("erased_at", TEXT, nullable=True))
    op.create_table(
        "legal_hold",
        sa.Column("case", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=True),
        sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"]),
    )


def downgrade():
    op.drop_table("legal_hold")
    op.drop_column("case_file", "erased_at")
