"""Photos and documents that hang on records (SPEC X)."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "attachment_file",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("case", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", TEXT, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("type", TEXT, nullable=True),
        sa.Column("kept_sha256", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["case", "org"], ["case_file.id", "case_file.org"], ondelete="CASCADE"),
    )
    op.create_index("attachment_file_case", "attachment_file", ["case", "org"])
    op.create_index("attachment_file_user", "attachment_file", ["user", "org"])
    op.create_table(
        "attachment_piece",
        sa.Column("attachment", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("part", TEXT, primary_key=True),
        sa.Column("begins", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment", "org"], ["attachment_file.id", "attachment_file.org"], ondelete="CASCADE"
        ),
    )


def downgrade():
    op.drop_table("attachment_piece")
    op.drop_table("attachment_file")
