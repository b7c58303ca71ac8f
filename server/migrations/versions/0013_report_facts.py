"""What reports read of records (SPEC Z9); filled when somebody reads a report."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    of_file = (["case", "org"], ["case_file.id", "case_file.org"])
    op.create_table(
        "report_fact",
        sa.Column("record", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("case", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.Column("begun_ms", sa.BigInteger, nullable=False),
        sa.Column("outcome_ms", sa.BigInteger, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.ForeignKeyConstraint(*of_file, ondelete="CASCADE"),
    )
    op.create_index("report_fact_kind", "report_fact", ["kind", "org", "day"])
    op.create_index("report_fact_case", "report_fact", ["case", "org"])
    op.create_table(
        "report_file",
        sa.Column("case", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(*of_file, ondelete="CASCADE"),
    )


def downgrade():
    for table in ("report_file", "report_fact"):
        op.drop_table(table)
