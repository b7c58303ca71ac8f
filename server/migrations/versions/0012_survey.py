"""The clients' survey (SPEC Y): tickets by number, spent ones as hashes, answers that name nobody."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "survey_tickets_made",
        sa.Column("user", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "survey_ticket",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("made_on", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=False),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("scores", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
    )
    op.create_index("survey_answer_day", "survey_answer", ["day", "team", "org"])


def downgrade():
    for table in ("survey_answer", "survey_ticket", "survey_tickets_made"):
        op.drop_table(table)
