"""What moderators decided on submissions that are moderated."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Only of what somebody looked at: without a row it is submitted and waits.
    op.create_table(
        "review",
        sa.Column("submission", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Text, nullable=False),
    )
