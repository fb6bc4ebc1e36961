"""The first tables: person, inbox, outbox, feedback, question, setting."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("chosen_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("problem", sa.Text),
        sa.Column("received_at", sa.BigInteger, nullable=False),
    )
    unsettled = sa.text("state <> 'done'")
    op.create_index(
        "inbox_unsettled", "inbox", ["state", "update_id"], sqlite_where=unsettled, postgresql_where=unsettled
    )
    op.create_index("inbox_received", "inbox", ["received_at"])
    op.create_table(
        "outbox",
        # The order of replies is the order of their numbers, so numbers must never be used twice.
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("planned_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "feedback",
        sa.Column("entry", sa.Text, primary_key=True),
        sa.Column("locale", sa.Text, primary_key=True),
        sa.Column("verdict", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_table(
        "question",
        # A random number, so that nobody can name another person's question.
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("entry", sa.Text),
        # The day, not the moment: a moment could tell who asked.
        sa.Column("asked_on", sa.Text, nullable=False),
    )
    op.create_index("question_asked", "question", ["asked_on"])
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
