"""What a conversation is about for a while, and what is to be said later."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "context",
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("context_expires", "context", ["expires_at"])
    op.create_table(
        "alarm",
        # What it is and whose, as a pseudonym of both: setting the same alarm twice moves it.
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("pseudonym", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        # The entry or submission it is about, so that a change of that can find it.
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
    )
    op.create_index("alarm_due", "alarm", ["due_at"])
    op.create_index("alarm_person", "alarm", ["pseudonym"])
    op.create_index("alarm_subject", "alarm", ["kind", "subject"])
