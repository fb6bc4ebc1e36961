"""Submissions that their people changed after they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    # The day of the last change, empty where there was none.
    op.add_column("submission", sa.Column("changed_on", sa.Text))
    # An export goes through a form's submissions by their codes, a page at a time.
    op.create_index("submission_page", "submission", ["form", "id"])
