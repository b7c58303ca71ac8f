"""By what clients are recognised, and who looks alike (SPEC H9). The worker fills in what stands at its start."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WAITS = sa.text("waits IS NOT NULL")

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "likeness_key",
        sa.Column("case", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("birth_year", sa.BigInteger()),
        sa.Column("phone", TEXT),
        sa.Column("waits", TEXT),
    )
    op.create_index("likeness_key_phone", "likeness_key", ["phone", "org"])
    op.create_index("likeness_key_year", "likeness_key", ["org", "birth_year"])
    op.create_index("likeness_key_waits", "likeness_key", ["waits"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "likeness_pair",
        sa.Column("one", TEXT, primary_key=True),
        sa.Column("other", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("apart_at", TEXT),
        sa.Column("apart_by", TEXT),
    )
    op.create_index("likeness_pair_other", "likeness_pair", ["other", "org"])


def downgrade():
    op.drop_table("likeness_pair")
    op.drop_table("likeness_key")
