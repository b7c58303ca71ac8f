"""The audit log as a hash chain, and a security log (SPEC L7, L8)"""

import secrets
from hashlib import sha256

import orjson
import sqlalchemy as sa
from alembic import op

#: compared byte by byte, see server/core/models.py
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("chain_index IS NULL")
CONTENT = ("id", "org", "at", "actor", "event", "detail")
ROWS_AT_ONCE = 1000


def upgrade():
    op.create_table(
        "chain_head",
        *text("org", "log"),
        sa.Column("length", sa.BigInteger(), nullable=False),
        *text("head"),
        sa.PrimaryKeyConstraint("org", "log"),
    )
    op.create_table(
        "security_event",
        *text("id", "org", "event", "first_at", "last_at"),
        sa.Column("count", sa.BigInteger(), nullable=False),
        *text("account", "about", "place", nullable=True),
        *text("detail", "key"),
        sa.Column("chain_index", sa.BigInteger(), nullable=True),
        *text("salt", "sealed", "hash", nullable=True),
        sa.PrimaryKeyConstraint("id", "org"),
    )
    op.create_index("security_event_chain", "security_event", ["org", "chain_index"], unique=True)
    op.create_index(
        "security_event_open", "security_event", ["key", "org"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("security_event_at", "security_event", ["org", "last_at"])
    with op.batch_alter_table("audit_event") as table:
        table.add_column(sa.Column("chain_index", sa.BigInteger(), nullable=True))
        for name in ("salt", "sealed", "hash"):
            table.add_column(sa.Column(name, TEXT, nullable=True))
    chain_what_is_there()
    with op.batch_alter_table("audit_event") as table:
        table.alter_column("chain_index", nullable=False)
        for name in ("sealed", "hash"):
            table.alter_column(name, nullable=False)
        table.create_index("audit_event_chain", ["org", "chain_index"], unique=True)


def downgrade():
    with op.batch_alter_table("audit_event") as table:
        table.drop_index("audit_event_chain")
        for name in ("hash", "sealed", "salt", "chain_index"):
            table.drop_column(name)
    op.drop_table("security_event")
    op.drop_table("chain_head")


def text(*names, nullable=False):
    return [sa.Column(name, TEXT, nullable=nullable) for name in names]


def chain_what_is_there():
    """As server/core/chain.py does, in the order in which things happened."""
    connection = op.get_bind()
    columns = [sa.column(name) for name in (*CONTENT, "chain_index", "salt", "sealed", "hash")]
    events = sa.table("audit_event", *columns)
    ends = {}
    links = []
    for row in connection.execute(sa.select(*columns[: len(CONTENT)]).order_by("at", "id")).all():
        length, head = ends.get(row.org, (0, ""))
        salt = secrets.token_hex(16)
        sealed = sha256(salt.encode() + b"\n" + orjson.dumps([getattr(row, name) for name in CONTENT])).hexdigest()
        head = sha256(bytes.fromhex(head) + bytes.fromhex(sealed)).hexdigest()
        links.append({"of_id": row.id, "of_org": row.org, "i": length, "s": salt, "d": sealed, "h": head})
        ends[row.org] = (length + 1, head)
    place = events.update().where(events.c.id == sa.bindparam("of_id"), events.c.org == sa.bindparam("of_org"))
    place = place.values(
        chain_index=sa.bindparam("i"), salt=sa.bindparam("s"), sealed=sa.bindparam("d"), hash=sa.bindparam("h")
    )
    for start in range(0, len(links), ROWS_AT_ONCE):
        connection.execute(place, links[start : start + ROWS_AT_ONCE])
    heads = sa.table("chain_head", *(sa.column(name) for name in ("org", "log", "length", "head")))
    if ends:
        op.bulk_insert(
            heads,
            [{"org": org, "log": "audit_event", "length": end[0], "head": end[1]} for org, end in ends.items()],
        )
