"""How often what happened, by day and language, without anybody or any text; how often each submission was decided on."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("locale", sa.Text, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        # The entry or form it was about; empty where it was about none.
        sa.Column("detail", sa.Text, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
    # By this two who decide at the same time are told apart, even where both ask for changes.
    op.add_column("review", sa.Column("turn", sa.Integer, nullable=False, server_default="1"))
