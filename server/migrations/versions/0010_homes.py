"""Files have homes (SPEC H): until now there were clients' files and the organisation's own."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("case_file") as table:
        table.add_column(sa.Column("home", TEXT, nullable=False, server_default="case"))
    op.execute("UPDATE case_file SET home = 'organisation' WHERE id = org")


def downgrade():
    with op.batch_alter_table("case_file") as table:
        table.drop_column("home")
