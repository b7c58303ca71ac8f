"""One check-in of a person is on at a time, whatever two devices say at once (SPEC K1)"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: armed after one that was still on: the screens showed the first, so that one stays
SECOND = """
SELECT second.id FROM check_in AS second JOIN check_in AS first ON first."user" = second."user"
WHERE first.ended_at IS NULL AND second.ended_at IS NULL
AND (first.armed_at < second.armed_at OR (first.armed_at = second.armed_at AND first.id < second.id))
"""


def upgrade():
    op.execute("DELETE FROM reminder WHERE record IN (" + SECOND + ")")  # noqa: S608 - a constant
    op.execute("UPDATE check_in SET ended_at = armed_at, place = NULL WHERE id IN (" + SECOND + ")")  # noqa: S608 - a constant
    with op.batch_alter_table("check_in") as table:
        table.drop_index("check_in_user")
        on = sa.text("ended_at IS NULL")
        table.create_index("check_in_on", ["user"], unique=True, sqlite_where=on, postgresql_where=on)


def downgrade():
    with op.batch_alter_table("check_in") as table:
        table.drop_index("check_in_on")
        table.create_index("check_in_user", ["user", "ended_at"], unique=False)
