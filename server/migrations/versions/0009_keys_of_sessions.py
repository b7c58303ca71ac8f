"""Sessions have a key, devices a credential (SPEC J). Sessions of before have no key and are signed in anew."""

import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("session") as table:
        table.add_column(sa.Column("key", TEXT, nullable=True))
        table.add_column(sa.Column("proofs", TEXT, nullable=False, server_default="[]"))
        table.add_column(sa.Column("access_round", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("device") as table:
        table.add_column(sa.Column("credential_hash", TEXT, nullable=True))


def downgrade():
    with op.batch_alter_table("device") as table:
        table.drop_column("credential_hash")
    with op.batch_alter_table("session") as table:
        table.drop_column("access_round")
        table.drop_column("proofs")
        table.drop_column("key")
