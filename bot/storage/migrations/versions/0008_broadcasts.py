"""Announcements, their broadcasts, and one row for each delivery; people who cannot be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    # Set when the person blocked the bot; until they write again nothing is planned for them.
    op.add_column("person", sa.Column("unreachable_at", sa.BigInteger))
    op.create_table(
        "announcement",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "broadcast",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=True),
        # Once each: a button pressed twice sends nothing twice.
        sa.Column("announcement", sa.Text, nullable=False, unique=True),
        # The broadcast whose delivered messages this one changes.
        sa.Column("corrects", sa.BigInteger),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("again", sa.SmallInteger, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        # Where its progress is shown (sealed): an address and the message that is changed.
        sa.Column("reporter", sa.LargeBinary),
        sa.Column("start_at", sa.BigInteger, nullable=False),
        sa.Column("filled_to", sa.LargeBinary),
        sa.Column("is_filled", sa.SmallInteger, nullable=False, server_default="0"),
        # How many deliveries were planned and settled: what progress shows, without counting rows each time.
        sa.Column("planned", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("settled", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("began_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        # What became of the deliveries, once they themselves are forgotten (JSON).
        sa.Column("report", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery",
        sa.Column("broadcast", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("settled_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    # Written as alternatives, so that SQLite sees that one of them is enough (sqlite.org/partialindex.html, 3.2).
    unsettled = sa.text("state = 'planned' OR state = 'sending' OR state = 'held'")
    op.create_index(
        "delivery_unsettled",
        "delivery",
        ["state", "broadcast", "due_at"],
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
