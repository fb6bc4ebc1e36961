"""Questions to the people behind the bot, and which messages in their group belong to which."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("pseudonym", sa.LargeBinary, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        # What was asked and where to write to who asked: both gone once it is closed.
        sa.Column("body", sa.LargeBinary),
        sa.Column("address", sa.LargeBinary),
        # The random name of the role's holder who took it.
        sa.Column("taker", sa.Text, nullable=False),
        # The group (hashed) and its topic; `awaits_thread` while the topic is being begun.
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("awaits_thread", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("touched_at", sa.BigInteger, nullable=False),
        # Since when the person waits; empty while they do not.
        sa.Column("waits_since", sa.BigInteger),
        sa.Column("reminded", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("closed_at", sa.BigInteger),
    )
    op.create_index("ticket_person", "ticket", ["pseudonym"])
    op.create_index("ticket_waits", "ticket", ["waits_since"])
    op.create_index("ticket_thread", "ticket", ["place", "thread"])
    op.create_table(
        "ticket_message",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True),
        sa.Column("ticket", sa.Text, nullable=False),
    )
    op.create_index("ticket_message_ticket", "ticket_message", ["ticket"])
