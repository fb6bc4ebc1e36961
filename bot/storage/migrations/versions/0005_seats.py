"""Pairs of who offers a seat and who looks for one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "seat_match",
        sa.Column("id", sa.Text, primary_key=True),
        # The receipts of two submissions; a person is found only through these.
        sa.Column("offer", sa.Text, nullable=False),
        sa.Column("look", sa.Text, nullable=False),
        # Empty until the side has answered; then 0 or 1.
        sa.Column("offer_agreed", sa.Integer),
        sa.Column("look_agreed", sa.Integer),
        sa.Column("made_on", sa.Text, nullable=False),
    )
    op.create_index("seat_match_pair", "seat_match", ["offer", "look"], unique=True)
