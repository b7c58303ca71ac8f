"""Records that do not say yet what their kind asks for (SPEC G9). What stands is asked with its next change."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "unmet_rule",
        sa.Column("record", TEXT, primary_key=True),
        sa.Column("org", TEXT, primary_key=True),
        sa.Column("case", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("rules", TEXT, nullable=False),
    )
    op.create_index("unmet_rule_case", "unmet_rule", ["case", "org"])


def downgrade():
    op.drop_table("unmet_rule")
