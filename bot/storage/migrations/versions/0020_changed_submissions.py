"""Submissions that their people changed after they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0006"


def upgrade() -> None:
    # The day of the last change, empty where there was none.
    op.add_column("submission", sa.Column("changed_on", sa.Text))
