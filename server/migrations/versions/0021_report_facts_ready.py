"""A report's facts are stored as they are read, in the order in which a report asks for them (SPEC Z9)."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FACT, INDEX = "report_fact", "report_fact_kind"


def upgrade():
    _forget()
    op.drop_index(INDEX, FACT)
    with op.batch_alter_table(FACT) as batch:
        batch.drop_column("begun_ms")
        batch.drop_column("outcome_ms")
    op.create_index(INDEX, FACT, ["org", "kind", "case", "day"])


def downgrade():
    _forget()
    op.drop_index(INDEX, FACT)
    with op.batch_alter_table(FACT) as batch:
        batch.add_column(sa.Column("begun_ms", sa.BigInteger, nullable=False))
        batch.add_column(sa.Column("outcome_ms", sa.BigInteger, nullable=False))
    op.create_index(INDEX, FACT, ["kind", "org", "day"])


def _forget():
    """They are made again when somebody reads a report."""
    op.execute("DELETE FROM report_file")
    op.execute("DELETE FROM report_fact")
