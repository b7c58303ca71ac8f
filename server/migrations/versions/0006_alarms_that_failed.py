"""An alarm that was not taken is kept with its reason, and climbs (SPEC K9)"""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("reminder", sa.Column("reason", TEXT, nullable=True))
    op.add_column("check_in", sa.Column("climbed_at", TEXT, nullable=True))


def downgrade():
    with op.batch_alter_table("check_in") as table:
        table.drop_column("climbed_at")
    with op.batch_alter_table("reminder") as table:
        table.drop_column("reason")
